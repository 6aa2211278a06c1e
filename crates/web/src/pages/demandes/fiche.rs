//! The page of a demande, for either side: who and what, where it stands, the acts open now, thread and history.

use super::accuse::voie_of;
use super::besoin;
use super::bureau::Bureau;
use super::ecrits::{self, Ecrit};
use super::fait::Fait;
use crate::frame::Frame;
use crate::pages::composants::{
    BackLink, Details, ErrorSummary, Markup, NotificationBanner, PieceList, SummaryList, SummaryRow, Tag, TagColour,
};
use crate::pages::mots::{
    HISTORY_PATH, QUEUE_PATH, birth, demande_path, instant, paragraph, person, receipt_pdf_path, row, state_tag,
    urgent_tag, working_days,
};
use crate::pages::pieces::{SANS_ANTIVIRUS, of_demande};
use crate::pages::{FormState, Page, jour_en_lettres};
use app::demande::{ComplementDemande, Cote, Echange, Evenement, Fiche};
use askama::Template;
use domain::caisse::Departement;
use domain::calendrier::Zone;
use domain::demande::{EtatDemande, Horloges, Issue, NomActe};
use domain::piece_jointe::Etat as EtatPiece;

/// A line of the thread as shown.
pub(super) struct Ligne {
    pub(super) caisse: bool,
    pub(super) auteur: String,
    pub(super) le: String,
    pub(super) vu: String,
    pub(super) texte: String,
    pub(super) pieces: PieceList,
}

/// The page of a demande.
#[derive(Template)]
#[template(path = "demandes/fiche.html")]
pub struct FichePage {
    page: Page,
    retour: BackLink,
    avis: Option<NotificationBanner>,
    erreurs: ErrorSummary,
    sorte: &'static str,
    etiquettes: Vec<Tag>,
    assure: SummaryList,
    besoin: SummaryList,
    pieces: PieceList,
    attente: Option<&'static str>,
    suivi: SummaryList,
    reference: String,
    attendu: Option<Attendu>,
    bureau: Option<Bureau>,
    message: Option<Ecrit>,
    rouvrable: Option<String>,
    annuler: bool,
    echanges: Vec<Ligne>,
    historique: Details,
}

impl FichePage {
    /// The demande as the use case shows it; `form` holds what was typed and refused, if anything was.
    #[must_use]
    pub fn new(frame: &Frame, fiche: &Fiche, fait: Option<Fait>, form: &FormState) -> Self {
        let page = Page::new(frame, format!("Demande {}", fiche.demande.reference)).form(form);
        let (jeton, zone) = (page.token(), fiche.caisse.fiche.zone);
        let desk = fiche.cote == Cote::Caisse;
        Self {
            retour: back(&page, fiche.cote),
            avis: fait.map(|f| NotificationBanner::success(f.sentence())),
            erreurs: form.summary(),
            sorte: fiche.demande.sorte.libelle(),
            etiquettes: tags(fiche),
            assure: SummaryList::new(person_rows(fiche)),
            besoin: SummaryList::new(besoin::rows(&fiche.demande, voie_of(&fiche.accuse))),
            pieces: with_filing(fiche),
            attente: waits_for_nobody(fiche).then_some(SANS_ANTIVIRUS),
            suivi: SummaryList::new(progress_rows(fiche)),
            reference: fiche.demande.reference.clone(),
            attendu: fiche.complement.as_ref().filter(|_| !desk).map(|asked| expected(asked, zone)),
            bureau: desk.then(|| Bureau::new(&jeton, fiche, form)),
            message: (fiche.peut_ecrire && !desk).then(|| ecrits::message(jeton, fiche, form)),
            rouvrable: fiche.reouverture.filter(|_| !desk).map(jour_en_lettres),
            annuler: fiche.actes.contains(&NomActe::Annuler),
            echanges: fiche.echanges.iter().map(|e| line(e, fiche)).collect(),
            historique: Details::new("Historique de la demande", history(&fiche.evenements, zone)),
            page,
        }
    }
}

fn back(page: &Page, cote: Cote) -> BackLink {
    match cote {
        Cote::Caisse => BackLink::to("File des demandes", QUEUE_PATH),
        Cote::Partenaire if page.offers(HISTORY_PATH) => BackLink::to("Mes demandes", HISTORY_PATH),
        Cote::Partenaire => BackLink::to("Accueil", "/"),
    }
}

fn tags(fiche: &Fiche) -> Vec<Tag> {
    let d = &fiche.demande;
    let mut tags = vec![state_tag(d.etat.etat())];
    if d.urgent {
        tags.push(urgent_tag());
    }
    if d.etat.etat().est_ouverte() && fiche.horloges.retard_net {
        tags.push(Tag::new("En retard", TagColour::Red));
    }
    tags
}

fn person_rows(fiche: &Fiche) -> Vec<SummaryRow> {
    let (d, c) = (&fiche.demande, &fiche.demande.contenu);
    let departement = Departement::parse(&d.departement).map_or_else(|_| d.departement.clone(), |x| x.to_string());
    vec![
        SummaryRow::new("Personne", person(d.civilite.libelle(), &c.prenom, &c.nom)),
        SummaryRow::new("Date de naissance", birth(&c.naissance)),
        SummaryRow::new("Département de résidence", departement),
    ]
}

fn progress_rows(fiche: &Fiche) -> Vec<SummaryRow> {
    let (d, zone) = (&fiche.demande, fiche.caisse.fiche.zone);
    let mut rows = vec![SummaryRow::new("Envoyée le", instant(zone, d.transmise_le))];
    if fiche.cote == Cote::Caisse {
        rows.push(SummaryRow::new("Structure", fiche.partenaire.as_str()));
    } else {
        rows.push(SummaryRow::new("Caisse", fiche.caisse.fiche.nom.as_str()));
    }
    rows.push(SummaryRow::new("Envoyée par", fiche.auteur.as_str()));
    rows.push(SummaryRow::new("Service en charge", fiche.service.nom.as_str()));
    rows.extend(row("Prise en charge par", fiche.agent.as_deref()));
    match d.etat {
        EtatDemande::Cloturee { issue, le, .. } => {
            rows.push(SummaryRow::new("Issue", issue.libelle()));
            rows.push(SummaryRow::new("Clôturée le", instant(zone, le)));
        }
        EtatDemande::Annulee { le } => rows.push(SummaryRow::new("Annulée le", instant(zone, le))),
        EtatDemande::Archivee { issue, le, .. } => {
            rows.extend(row("Issue", issue.map(Issue::libelle)));
            rows.push(SummaryRow::new("Archivée le", instant(zone, le)));
        }
        EtatDemande::Transmise
        | EtatDemande::PriseEnCharge { .. }
        | EtatDemande::AttentePartenaire { .. }
        | EtatDemande::AttenteInterne { .. } => return with_due(rows, fiche),
    }
    rows.push(SummaryRow::new("Délai", elapsed(&fiche.horloges)));
    rows
}

fn with_due(mut rows: Vec<SummaryRow>, fiche: &Fiche) -> Vec<SummaryRow> {
    let h = &fiche.horloges;
    let day = jour_en_lettres(h.echeance_nette);
    rows.push(SummaryRow::new("Réponse prévisible", format!("Le {day} au plus tard")));
    rows.push(SummaryRow::new("Délai écoulé", elapsed(h)));
    rows
}

/// Both clocks: « 3 jours ouvrés, dont 1 en attente du partenaire ».
fn elapsed(h: &Horloges) -> String {
    let total = match h.total {
        0 => return "Aucun jour ouvré".to_owned(),
        n => working_days(n),
    };
    match h.total.saturating_sub(h.net) {
        0 => total,
        n => format!("{total}, dont {n} en attente du partenaire"),
    }
}

/// What is asked of the partner, as he reads it.
struct Attendu {
    motif: &'static str,
    texte: Markup,
    le: String,
    avant: String,
    cloture: String,
}

fn expected(asked: &ComplementDemande, zone: Zone) -> Attendu {
    Attendu {
        motif: asked.motif.libelle(),
        texte: paragraph(&asked.texte),
        le: instant(zone, asked.demande_le),
        avant: jour_en_lettres(asked.reponse_avant),
        cloture: jour_en_lettres(asked.cloture),
    }
}

/// The files that came with the filing; those that came with a line stand at that line.
fn with_filing(fiche: &Fiche) -> PieceList {
    let pieces = fiche.pieces.iter().filter(|p| p.message.is_none());
    of_demande(&fiche.demande.reference, pieces, fiche.antivirus)
}

fn waits_for_nobody(fiche: &Fiche) -> bool {
    !fiche.antivirus && fiche.pieces.iter().any(|p| p.etat == EtatPiece::Quarantaine)
}

/// A line of the thread with its files and its seen date.
pub(super) fn line(echange: &Echange, fiche: &Fiche) -> Ligne {
    let (m, lecteur, zone) = (&echange.message, fiche.cote, fiche.caisse.fiche.zone);
    let pieces = fiche.pieces.iter().filter(|p| p.message == Some(m.id));
    let other = if m.cote == Cote::Caisse { "le partenaire" } else { "la caisse" };
    let vu = match m.vu_le {
        Some(le) => format!("Vu par {other} le {}", instant(zone, le)),
        None if m.cote == lecteur => format!("Pas encore vu par {other}"),
        None => "Nouveau".to_owned(),
    };
    Ligne {
        caisse: m.cote == Cote::Caisse,
        auteur: echange.auteur.clone(),
        le: instant(zone, m.ecrit_le),
        vu,
        texte: m.texte.clone(),
        pieces: of_demande(&fiche.demande.reference, pieces, fiche.antivirus),
    }
}

/// The changes of state, oldest first.
pub(super) fn history(evenements: &[Evenement], zone: Zone) -> Markup {
    let side = |e: &Evenement| match e.cote {
        Some(Cote::Partenaire) => " par le partenaire",
        Some(Cote::Caisse) => " par la caisse",
        None => " automatiquement",
    };
    Markup::of(&History {
        lignes: evenements
            .iter()
            .map(|e| format!("{}{} le {}", e.vers.libelle(), side(e), instant(zone, e.le)))
            .collect(),
    })
}

#[derive(Template)]
#[template(
    source = "<ol class=\"govuk-list\">{% for ligne in lignes %}<li>{{ ligne }}</li>{% endfor %}</ol>",
    ext = "html"
)]
struct History {
    lignes: Vec<String>,
}

impl FichePage {
    fn receipt(&self) -> String {
        format!("{}/accuse", demande_path(&self.reference))
    }

    fn receipt_pdf(&self) -> String {
        receipt_pdf_path(&self.reference)
    }
}
