//! The page of a convention: everything its référent needs to know, with the ways to each act.

use super::calendrier::{event, tag};
use super::lettres::max;
use super::{CONVENTIONS_PATH, act_path};
use crate::frame::Frame;
use crate::pages::composants::{
    BulletList, Button, Cell, DateInput, Details, Link, Markup, Pagination, SummaryList, SummaryRow, Table, TextArea,
};
use crate::pages::feuille::{FeuillePage, Formulaire, Phrase};
use crate::pages::mots::{en_tete, instant, label};
use crate::pages::{FormState, jour_en_lettres};
use app::convention::{ActeVu, FicheConvention};
use domain::convention::{Dossier, Montre, PapierVise, Qualite, Situation, Voie};

/// The page of a convention; `form` is a refused evaluation, or empty.
#[must_use]
pub fn fiche_page(frame: &Frame, f: &FicheConvention, form: &FormState) -> FeuillePage {
    let titre = format!("Convention de {}", f.dossier().stipulations.partenaire.nom_affiche());
    let page = FeuillePage::new(frame, titre, form)
        .wide()
        .retour("Toutes les conventions", CONVENTIONS_PATH)
        .with(&SummaryList::new(identity(f)));
    let page = acts_to_do(page, f).titre("Les deux conventions").with(&papers(f));
    let page = days(page, f);
    let page = evaluation(page, frame, f, form);
    let page = page.titre("Comptes, délais et documents").with(&SummaryList::new(terms(f.dossier())));
    let page = functions(page, f);
    let page = missing(page, f);
    let page = letters(page, f);
    let page = versions(page, f);
    history(page, f).with(&everything(f.dossier()))
}

fn identity(f: &FicheConvention) -> Vec<SummaryRow> {
    let s = &f.dossier().stipulations;
    let parties = [
        ("Structure", &s.partenaire),
        ("Caisse", &s.caisse),
        ("CARSAT", &s.carsat),
        ("Union départementale", &s.union),
    ];
    let mut rows = vec![SummaryRow::new("État", tag(f.situation))];
    rows.extend(parties.into_iter().filter(|(_, p)| p.est_connue()).map(|(role, p)| {
        let nom = p.nom_complet().unwrap_or_default();
        SummaryRow::new(
            role,
            label(&[nom, &p.ou_ecrire()].iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join(", ")),
        )
    }));
    rows.push(SummaryRow::new("Clé", f.cle().to_owned()));
    if let Some(le) = f.row.actes.activee_le {
        rows.push(SummaryRow::new("Activée à compter du", jour_en_lettres(le)));
    }
    let fins = [f.row.actes.fin_metier.as_ref(), f.row.actes.fin.as_ref()];
    rows.extend(fins.into_iter().flatten().map(|fin| {
        let quoi = format!("{} : {}", jour_en_lettres(fin.le), label(&fin.motif));
        SummaryRow::new(format!("Fin de {}", label(fin.papier.libelle())), quoi)
    }));
    rows
}

/// What may be done now, as links.
fn acts_to_do(page: FeuillePage, f: &FicheConvention) -> FeuillePage {
    let link = |texte: &str, acte: &str| Link::new(texte, act_path(f.cle(), acte));
    let mut liens = vec![link("Fiches, document imprimé, pièces et échanges", "fiche")];
    let over = f.situation == Situation::Terminee;
    if f.situation == Situation::Activable {
        liens.push(link("Activer la convention", "activation"));
    }
    if !over {
        liens.push(link("Compléter les informations", "completer"));
        if f.row.actes.activee_le.is_some() {
            liens.push(link("Ouvrir ou fermer une fonction", "fonctions"));
        }
        liens.push(link("Enregistrer un avenant", "avenants"));
        liens.push(link("Lettres recommandées", "lettres"));
        if !f.voies.is_empty() {
            liens.push(link("Mettre fin à la convention", "fin"));
        }
    }
    if f.row.actes.fin_acces().is_some() {
        liens.push(link("Suites de ce qui est ouvert", "bonne-fin"));
    }
    page.titre("Agir").with(&BulletList::new(liens))
}

fn papers(f: &FicheConvention) -> Table {
    let heads = ["Convention", "État", "Signatures", "En vigueur le", "Renouvelée"].map(Cell::new).into();
    let table = Table::new("Les deux conventions", heads).hide_caption();
    let line = |papier: PapierVise, (situation, fois): (Situation, usize), vigueur| {
        let p = f.dossier().papier(papier);
        let dates: Vec<String> = p
            .parties()
            .iter()
            .map(|role| {
                let le = p.signe_le(*role).map_or("à signer".to_owned(), jour_en_lettres);
                format!("{} : {le}", label(role.libelle()))
            })
            .collect();
        let vigueur: Option<chrono::NaiveDate> = vigueur;
        vec![
            Cell::new(en_tete(papier.libelle())),
            Cell::new(tag(situation)),
            Cell::new(dates.join(" ; ")),
            Cell::new(vigueur.map_or("pas encore".to_owned(), jour_en_lettres)),
            Cell::new(if fois == 0 { "jamais".to_owned() } else { format!("{fois} fois") }),
        ]
    };
    let d = f.dossier();
    table.row(line(PapierVise::Metier, f.metier, d.metier_en_vigueur_le())).row(line(
        PapierVise::Utilisation,
        f.utilisation,
        d.utilisation_en_vigueur_le(),
    ))
}

fn days(page: FeuillePage, f: &FicheConvention) -> FeuillePage {
    let page = page.titre("Dates").phrase(&en_tete(&f.dossier().duree_en_clair()));
    if f.calendrier.is_empty() {
        return page.phrase("Aucune date à venir.");
    }
    let table = Table::new("Dates", ["Date", "Ce qui arrive"].map(Cell::new).into()).hide_caption();
    let table = f.calendrier.iter().fold(table, |table, e| {
        let late = if e.le < f.aujourdhui { " (passée)" } else { "" };
        table.row(vec![Cell::new(format!("{}{late}", jour_en_lettres(e.le))), Cell::new(event(e))])
    });
    page.with(&table)
}

/// The shared evaluation of the first year, once it is due (CO-3).
fn evaluation(page: FeuillePage, frame: &Frame, f: &FicheConvention, form: &FormState) -> FeuillePage {
    match f.evaluation {
        Some((le, true)) => page.phrase(&format!(
            "L’évaluation partagée de la première année, prévue à partir du {}, est faite.",
            jour_en_lettres(le)
        )),
        Some((le, false)) if le <= f.aujourdhui => {
            let formulaire = Formulaire::post(frame, act_path(f.cle(), "evaluation"))
                .version(f.row.version)
                .with(&DateInput::new("evaluee_le", "Date de l’évaluation").form(form))
                .with(&TextArea::new("note", "Ce qui en ressort", max()).rows(3).optional().form(form))
                .with(&Button::submit("Enregistrer l’évaluation"));
            page
                .phrase(&format!(
                    "L’évaluation partagée de la première année est à faire depuis le {}. Elle n’empêche pas le renouvellement et peut conduire à un avenant.",
                    jour_en_lettres(le)
                ))
                .with(&formulaire)
        }
        _ => page,
    }
}

fn terms(d: &Dossier) -> Vec<SummaryRow> {
    let membres = d.membres();
    let places = d.quota(membres).map_or_else(|ferme| en_tete(&format!("création fermée : {ferme}")), |q| q.montre());
    let portail: Vec<&str> =
        Qualite::TOUS.iter().filter(|q| d.voie_de_remise(Some(**q)) == Voie::Portail).map(|q| q.libelle()).collect();
    let route = if portail.is_empty() {
        "à l’adresse de l’assuré connue de la caisse".to_owned()
    } else {
        format!("à l’adresse connue, par le portail pour : {}", label(&portail.join(", ")))
    };
    let delais: Vec<String> = d.delais_gestionnaire().iter().map(|x| label(&x.montre())).collect();
    let said = |texte: String| if texte.is_empty() { "rien d’écrit".to_owned() } else { texte };
    vec![
        SummaryRow::new("Nombre de comptes", places),
        SummaryRow::new("Membres de la structure", membres.map_or("non déclaré".to_owned(), |n| n.to_string())),
        SummaryRow::new("Habilitation d’un gestionnaire", said(delais.join(" ; "))),
        SummaryRow::new(
            "Habilitation des techniciens",
            said(d.delai_techniciens().map(|x| label(&x.montre())).unwrap_or_default()),
        ),
        SummaryRow::new(
            "Départ d’un gestionnaire",
            said(d.preavis_depart().map(|x| label(&x.montre())).unwrap_or_default()),
        ),
        SummaryRow::new("Remise des documents", route),
    ]
}

fn functions(page: FeuillePage, f: &FicheConvention) -> FeuillePage {
    let page = page.titre("Fonctions");
    if f.fonctions.is_empty() {
        return page.phrase("La convention ne prévoit aucune fonction.");
    }
    let heads = ["Fonction", "État", "Au choix de la caisse"].map(Cell::new).into();
    let table = f.fonctions.iter().fold(Table::new("Fonctions", heads).hide_caption(), |table, v| {
        let etat = if v.ouverte { "ouverte" } else { "fermée" };
        let choix = if v.activable { "oui" } else { "non, toujours ouverte" };
        table.row(vec![Cell::new(label(v.fonction.libelle())), Cell::new(etat), Cell::new(choix)])
    });
    page.with(&table)
}

fn missing(page: FeuillePage, f: &FicheConvention) -> FeuillePage {
    let lacunes = f.dossier().lacunes();
    if lacunes.is_empty() {
        return page;
    }
    page.titre("Ce qui manque pour activer la convention")
        .with(&BulletList::new(lacunes.iter().map(|l| label(&l.raison))))
}

fn letters(page: FeuillePage, f: &FicheConvention) -> FeuillePage {
    if f.lettres.is_empty() {
        return page;
    }
    page.titre("Lettres recommandées").with(&super::lettres::table(f))
}

fn versions(page: FeuillePage, f: &FicheConvention) -> FeuillePage {
    if f.versions.is_empty() {
        return page;
    }
    let page = page.titre("Versions").with(&super::versions::table(f.cle(), &f.versions));
    page.with(&Button::link("Comparer deux versions", act_path(f.cle(), "versions")).secondary())
}

fn history(page: FeuillePage, f: &FicheConvention) -> FeuillePage {
    let page = page.titre("Historique");
    if f.actes.is_empty() {
        return page.phrase("Aucun acte n’est encore enregistré.");
    }
    let heads = ["Le", "Acte", "Par", "Raison"].map(Cell::new).into();
    let table = f.actes.iter().fold(Table::new("Historique", heads).hide_caption(), |table, vu| {
        table.row(vec![
            Cell::new(instant(f.zone, vu.acte.le)),
            Cell::new(act(vu)),
            Cell::new(vu.auteur.clone().unwrap_or_else(|| "le portail".to_owned())),
            Cell::new(label(&vu.acte.motif)),
        ])
    });
    let next = f.actes_suite.map(|id| format!("{}?actes={id}", super::convention_path(f.cle())));
    page.with(&table).with(&Pagination::new(None, next))
}

/// « Fonction fermée : Demander un document, à compter du 3 janvier 2029 ».
fn act(vu: &ActeVu) -> String {
    use app::convention::NatureActe as N;
    let a = &vu.acte;
    let sur = match a.nature {
        N::FonctionOuverte | N::FonctionFermee => {
            domain::convention::Fonctionnalite::du_code(&a.objet).map(|f| label(f.libelle()))
        }
        N::Avenant | N::AvenantApplique => Some(format!("n° {}", a.objet)),
        N::Rappel => domain::convention::NatureRappel::du_code(&a.objet).map(|n| label(n.libelle())),
        N::Fin => PapierVise::du_code(&a.objet).map(|p| label(p.libelle())),
        N::Suite => Some(a.objet.clone()),
        _ => None,
    };
    let mut texte = a.nature.libelle().to_owned();
    if let Some(sur) = sur {
        texte = format!("{texte} : {sur}");
    }
    match a.jour {
        Some(jour) => format!("{texte}, {}", jour_en_lettres(jour)),
        None => texte,
    }
}

/// Every parameter with its source, on demand.
pub(super) fn everything(d: &Dossier) -> Details {
    let mut tout = Markup::default();
    let mut rows: Vec<SummaryRow> = Vec::new();
    let mut theme = "";
    for p in d.parametres() {
        let Some(valeur) = p.valeur else { continue };
        if p.theme != theme {
            if !rows.is_empty() {
                tout = tout.and(&SummaryList::new(std::mem::take(&mut rows)));
            }
            theme = p.theme;
            tout = tout.and(&Phrase::new(label(theme)));
        }
        let source = p.source.map(|s| format!(" ({})", s.mention())).unwrap_or_default();
        rows.push(SummaryRow::new(label(p.libelle), label(&format!("{valeur}{source}"))));
    }
    if !rows.is_empty() {
        tout = tout.and(&SummaryList::new(rows));
    }
    Details::new("Tout ce que dit la convention, avec ses sources", tout)
}
