//! Reviews of comptes (HA-12): lists with what is late first, one page with every compte, the attestation.

use crate::frame::Frame;
use crate::pages::composants::{
    Button, ButtonGroup, Cell, Checkboxes, Choice, DateInput, InsetText, Link, Markup, Pagination, Radios, Select,
    Table, Tabs, Tag, TagColour, TextInput, Width,
};
use crate::pages::feuille::{FeuillePage, Formulaire, done};
use crate::pages::imprime::document;
use crate::pages::mots::{Gap, instant};
use crate::pages::renfort::code_de_renfort;
use crate::pages::{FormState, jour_en_lettres};
use app::revue::{Fiche, LigneDeRevue, Liste, RYTHME_MAX, Rythme, Vue, imprime};
use domain::compte::attestations::Attestation;
use domain::compte::{EtatCompte, Profil};
use domain::habilitation::{Decision, EtatRevue};

/// Address of the list.
pub const PATH: &str = "/revues";

const FAITS: [(&str, &str); 3] = [
    (
        "attestee",
        "La revue est attestée. Les comptes non conservés sont inactivés. L’attestation datée se lit et s’imprime ici.",
    ),
    ("demandee", "La revue est demandée. Les gestionnaires de la structure en sont informés."),
    ("rythme", "Le rythme des revues est enregistré."),
];

/// Name of the field of a compte.
#[must_use]
pub fn decision_field(compte: impl std::fmt::Display) -> String {
    format!("decision_{compte}")
}

/// What the list of a profil shows beside its reviews.
pub struct Autour<'a> {
    /// Rhythms that may be set.
    pub rythmes: &'a [Rythme],
    /// Profil of the reader.
    pub profil: Profil,
    /// What was typed in one of its forms and refused.
    pub form: &'a FormState,
}

/// A page of reviews.
#[must_use]
pub fn list_page(frame: &Frame, liste: &Liste, vue: Vue, autour: &Autour<'_>, fait: Option<&str>) -> FeuillePage {
    let open = vue == Vue::Ouvertes;
    let tabs = Tabs::new("Vues des revues")
        .tab(Link::new("À faire", PATH).current(open), None)
        .tab(Link::new("Attestées", format!("{PATH}?vue=attestees")).current(!open), None);
    let page =
        FeuillePage::new(frame, "Revues d’habilitation", autour.form).wide().avis(done(fait, &FAITS)).with(&tabs);
    let page = if liste.revues.is_empty() {
        page.phrase(if open { "Aucune revue n’est à faire." } else { "Aucune revue n’est attestée." })
    } else {
        page.with(&table(liste))
    };
    let base = if open { format!("{PATH}?") } else { format!("{PATH}?vue=attestees&") };
    let page = page.with(&Pagination::new(None, liste.suite.map(|id| format!("{base}apres={id}"))));
    match autour.profil {
        Profil::Referent => desk(page, frame, autour),
        Profil::AdministrateurLocal => begin(rhythm(page, frame, autour), frame, "Revoir les comptes de la caisse"),
        _ => begin(page, frame, "Commencer une revue des comptes"),
    }
}

fn table(liste: &Liste) -> Table {
    let headings = ["Revue", "Caisse", "Ouverte le", "Attendue le", "État"].map(Cell::new).into();
    liste.revues.iter().fold(Table::new("Revues", headings).hide_caption(), |table, r| {
        let colour = if r.revue.etat == EtatRevue::Ouverte { TagColour::Yellow } else { TagColour::Green };
        let mut state = Markup::of(&Tag::new(r.revue.etat.libelle(), colour));
        if r.en_retard {
            state = state.and(&Gap).and(&Tag::new("En retard", TagColour::Red));
        }
        table.row(vec![
            Cell::new(Link::new(r.organisation.as_str(), format!("{PATH}/{}", r.revue.id))),
            Cell::new(r.caisse.as_str()),
            Cell::new(instant(r.zone, r.revue.ouverte_le)),
            Cell::new(jour_en_lettres(r.revue.echeance)),
            Cell::new(state),
        ])
    })
}

fn begin(page: FeuillePage, frame: &Frame, text: &str) -> FeuillePage {
    page.with(&Formulaire::post(frame, "/revues/commencer").with(&Button::submit(text).secondary()))
}

fn structures(autour: &Autour<'_>, name: &str) -> Select {
    let mut choices = vec![Choice::new("", "Choisir")];
    let of = |r: &Rythme| r.convention.map(|c| Choice::new(c.to_string(), format!("{} : {} mois", r.nom, r.mois)));
    choices.extend(autour.rythmes.iter().filter_map(of));
    Select::new(name, "Structure, et rythme actuel", choices).form(autour.form)
}

fn desk(page: FeuillePage, frame: &Frame, autour: &Autour<'_>) -> FeuillePage {
    let formulaire = Formulaire::post(frame, PATH)
        .with(&structures(autour, "convention"))
        .with(&DateInput::new("echeance", "À faire au plus tard le").hint("Par exemple, 27 3 2026.").form(autour.form))
        .with(&Button::submit("Demander la revue"));
    rhythm(page.titre("Demander une revue").with(&formulaire), frame, autour)
}

fn rhythm(page: FeuillePage, frame: &Frame, autour: &Autour<'_>) -> FeuillePage {
    let desk = autour.profil == Profil::AdministrateurLocal;
    let mois = TextInput::new("mois", "Mois entre deux revues").digits().width(Width::Short);
    let most = if desk { 6 } else { RYTHME_MAX };
    let now = autour.rythmes.first().filter(|_| desk).map(|r| format!(" Actuellement : {} mois.", r.mois));
    let mois = mois.hint(format!("Entre 1 et {most}.{}", now.unwrap_or_default())).form(autour.form);
    let formulaire = Formulaire::post(frame, "/revues/rythme")
        .with_some((!desk).then(|| structures(autour, "structure")))
        .with(&mois)
        .with(&Button::submit("Enregistrer le rythme").secondary());
    page.titre("Rythme des revues").with(&formulaire)
}

/// One review: the comptes to decide on, or the dated attestation.
#[must_use]
pub fn page(frame: &Frame, fiche: &Fiche, form: &FormState, fait: Option<&str>) -> FeuillePage {
    let title = format!("Revue d’habilitation – {}", fiche.organisation);
    let page = FeuillePage::new(frame, title, form).retour("Retour", PATH).avis(done(fait, &FAITS));
    if let Some(document_) = imprime(fiche) {
        let base = format!("{PATH}/{}", fiche.revue.id);
        let buttons = ButtonGroup::new(&Button::link("Télécharger le PDF", format!("{base}/attestation.pdf")))
            .with(&Button::link("Télécharger le tableau (CSV)", format!("{base}/tableau.csv")).secondary());
        return page.wide().with(&buttons).with_markup(&document(&document_));
    }
    let due =
        format!("{}. À faire au plus tard le {}.", fiche.revue.motif.libelle(), jour_en_lettres(fiche.revue.echeance));
    let page = page.with(&InsetText::new(due));
    if !fiche.repond {
        return page.phrase("La structure n’a pas encore répondu.").with(&readonly(fiche));
    }
    let count = fiche.lignes.len();
    page.phrase(&format!(
        "{count} comptes à revoir. Un compte inactivé se ferme aussitôt ; il peut être rouvert pendant six mois."
    ))
    .with(&answer(frame, fiche, form))
}

fn readonly(fiche: &Fiche) -> Table {
    let headings = ["Nom", "Profil", "Dernière connexion"].map(Cell::new).into();
    fiche.lignes.iter().fold(Table::new("Comptes", headings), |table, l| {
        table.row(vec![Cell::new(l.nom.as_str()), Cell::new(l.profil.libelle()), Cell::new(seen(fiche, l))])
    })
}

fn seen(fiche: &Fiche, l: &LigneDeRevue) -> String {
    match (l.etat, l.derniere_connexion) {
        (EtatCompte::Invite, _) => "Invité, jamais connecté".to_owned(),
        (_, None) => "Jamais connecté".to_owned(),
        (_, Some(le)) => instant(fiche.zone, le),
    }
}

fn answer(frame: &Frame, fiche: &Fiche, form: &FormState) -> Formulaire {
    let all = Button::submit("Tout conserver (à vérifier ensuite)").secondary().named("tout", "conserver");
    let mut formulaire =
        Formulaire::post(frame, format!("{PATH}/{}", fiche.revue.id)).version(fiche.revue.version).with(&all);
    for l in &fiche.lignes {
        let mut choices = vec![Choice::new(Decision::Conserver.code(), "Conserver")];
        if l.fermable {
            choices.push(Choice::new(Decision::Inactiver.code(), "Inactiver"));
        }
        let connexion = seen(fiche, l);
        let hint =
            format!("{} · {} · {} · dernière connexion : {connexion}", l.profil.libelle(), l.identifiant, l.courriel);
        let hint = if l.fermable || l.profil != Profil::Gestionnaire {
            hint
        } else {
            format!("{hint}. Pour le fermer, signalez un départ.")
        };
        formulaire = formulaire
            .with(&Radios::new(decision_field(l.compte), l.nom.as_str(), choices).inline().hint(hint).form(form));
    }
    if fiche.revue.partenaire.is_some() {
        let choices = Attestation::TOUTES.map(|a| Choice::new(a.code(), a.texte_de_revue())).to_vec();
        formulaire = formulaire.with(&Checkboxes::new("attestations", "J’atteste que :", choices).form(form));
    }
    formulaire.with_some(code_de_renfort(frame, form)).with(&Button::submit("Attester la revue"))
}

/// The form with every compte kept, to be looked through before it is sent.
#[must_use]
pub fn all_kept(fiche: &Fiche, form: &FormState) -> FormState {
    let mut kept = form.clone();
    for l in &fiche.lignes {
        kept.replace(&decision_field(l.compte), Decision::Conserver.code());
    }
    kept
}
