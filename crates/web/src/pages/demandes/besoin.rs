//! What a demande asks, as lines of a summary: the same words on the check page of a draft and on the page of a demande.

use crate::pages::composants::{Markup, SummaryRow};
use crate::pages::jour_en_lettres;
use crate::pages::mots::{capital, documents, en_tete, informed, lines, paragraph, route};
use app::demande::{Besoin, Demande, Depot, Joindre};
use chrono::NaiveDate;
use domain::convention::{MotifRecours, Qualite, SousType, Voie};
use domain::demande::{Critere, DemiJournee, Mode, ModeRendezVous, Sorte};

/// What was asked, from a draft or from a filed demande. Empty where the kind does not ask it, or nothing was said.
struct Vue<'a> {
    sorte: Sorte,
    sous_types: Vec<SousType>,
    autre: &'a str,
    objet: &'a str,
    voie: Option<Voie>,
    qualite: Option<Qualite>,
    urgence: Option<&'a str>,
    echeance: Option<NaiveDate>,
    recours: Option<MotifRecours>,
    handicap: bool,
    criteres: Vec<Critere>,
    telephone: &'a str,
    mode: Option<ModeRendezVous>,
    demi_journees: Vec<DemiJournee>,
    precisions: &'a str,
    informee: Option<(Mode, NaiveDate)>,
    accord: Option<(Mode, Option<NaiveDate>)>,
}

/// The lines of a filed demande; `voie` is the route as issued, where documents were asked for.
pub(super) fn rows(demande: &Demande, voie: Option<Voie>) -> Vec<SummaryRow> {
    let vue = Vue { voie, ..of_demande(demande) };
    let mut lignes = needs(&vue);
    lignes.extend(vue.urgence.map(|motif| ("", SummaryRow::new("Motif d’urgence", motif))));
    lignes.extend(text(&vue));
    lignes.extend(person_told(&vue));
    lignes.into_iter().map(|(_, ligne)| ligne).collect()
}

/// The lines of a draft, each with the field that changes it. What may still be added is said too.
pub(super) fn draft_rows(depot: &Depot) -> Vec<(&'static str, SummaryRow)> {
    let vue = of_depot(depot);
    let mut lignes = needs(&vue);
    let urgence = vue.urgence.map_or_else(|| "Non urgente".to_owned(), |motif| format!("Urgente : {motif}"));
    lignes.push(("urgent", SummaryRow::new("Urgence", urgence)));
    lignes
        .push(text(&vue).unwrap_or_else(|| ("precisions", SummaryRow::new(text_title(vue.sorte), "Aucune précision"))));
    lignes.extend(person_told(&vue));
    lignes
}

fn of_depot(depot: &Depot) -> Vue<'_> {
    let mut vue = Vue {
        sorte: depot.sorte(),
        sous_types: depot.sous_types(),
        autre: "",
        objet: "",
        voie: None,
        qualite: None,
        urgence: depot.urgence.as_deref(),
        echeance: None,
        recours: depot.recours,
        handicap: false,
        criteres: Vec::new(),
        telephone: "",
        mode: None,
        demi_journees: Vec::new(),
        precisions: &depot.precisions,
        informee: Some((depot.information, depot.informee_le)),
        accord: depot.accord.map(|mode| (mode, Some(depot.informee_le))),
    };
    match &depot.besoin {
        Besoin::Contacter { objet } => vue.objet = objet,
        Besoin::Etude { autre, echeance, .. } => (vue.autre, vue.echeance) = (autre, *echeance),
        Besoin::Difficulte { handicap, criteres, joindre, .. } => {
            (vue.handicap, vue.criteres) = (*handicap, criteres.clone());
            if let Joindre::Telephone(numero) = joindre {
                vue.telephone = numero;
            }
        }
        Besoin::RendezVous { mode, demi_journees, .. } => {
            (vue.mode, vue.demi_journees) = (Some(*mode), demi_journees.clone());
        }
        Besoin::Document { autre, qualite, .. } => (vue.autre, vue.qualite) = (autre, *qualite),
    }
    vue
}

fn of_demande(demande: &Demande) -> Vue<'_> {
    let c = &demande.contenu;
    Vue {
        sorte: demande.sorte,
        sous_types: demande.sous_types.iter().filter_map(|code| SousType::du_code(code)).collect(),
        autre: if demande.sorte == Sorte::Etude { &c.autre_etude } else { &c.autre_document },
        objet: &c.objet,
        voie: None,
        qualite: c.qualite.as_deref().and_then(Qualite::du_code),
        urgence: Some(c.motif_urgence.as_str()).filter(|motif| !motif.is_empty()),
        echeance: c.echeance_urgence,
        recours: c.recours.as_deref().and_then(MotifRecours::du_code),
        handicap: c.handicap,
        criteres: c.criteres.iter().filter_map(|code| Critere::from_code(code)).collect(),
        telephone: &c.telephone,
        mode: c.mode.as_deref().and_then(ModeRendezVous::from_code),
        demi_journees: c.demi_journees.iter().filter_map(|code| DemiJournee::from_code(code)).collect(),
        precisions: &c.precisions,
        informee: Mode::from_code(&c.information).map(|mode| (mode, c.informee_le)),
        accord: c.accord.as_deref().and_then(Mode::from_code).map(|mode| (mode, c.accord_le)),
    }
}

type Ligne = (&'static str, SummaryRow);

/// What only this kind asks.
fn needs(vue: &Vue<'_>) -> Vec<Ligne> {
    let types = || documents(vue.sous_types.iter().copied(), vue.autre);
    let mut lignes = match vue.sorte {
        Sorte::Contacter => vec![("objet", SummaryRow::new("Objet", vue.objet))],
        Sorte::Etude => vec![("etude", SummaryRow::new("Type d’étude", types()))],
        Sorte::Difficulte => difficulty(vue, types()),
        Sorte::RendezVous => appointment(vue, types()),
        Sorte::Document => vec![("documents", SummaryRow::new("Documents demandés", types()))],
    };
    lignes.extend(vue.voie.map(|v| ("documents", SummaryRow::new("Envoi des documents", capital(route(v))))));
    let qualite = vue.qualite.map(|q| ("qualite", SummaryRow::new("Qualité du partenaire", en_tete(q.libelle()))));
    lignes.extend(qualite);
    lignes.extend(vue.recours.map(|m| ("recours", SummaryRow::new("Motif du recours", en_tete(m.libelle())))));
    lignes.extend(vue.echeance.map(|le| ("urgent", SummaryRow::new("Utile avant le", jour_en_lettres(le)))));
    lignes
}

fn difficulty(vue: &Vue<'_>, types: Markup) -> Vec<Ligne> {
    let mut lignes = vec![("difficultes", SummaryRow::new("Difficultés", types))];
    if vue.handicap {
        lignes.push(("handicap", SummaryRow::new("Handicap", "La situation est liée à un handicap")));
    }
    if !vue.criteres.is_empty() {
        let criteres = lines(vue.criteres.iter().map(|c| en_tete(c.libelle())));
        lignes.push(("criteres", SummaryRow::new("Critères de fragilité", criteres)));
    }
    let joindre = match vue.telephone {
        "" => "Par la structure".to_owned(),
        numero => format!("Par téléphone, au {numero}"),
    };
    lignes.push(("joindre", SummaryRow::new("Joindre la personne", joindre)));
    lignes
}

fn appointment(vue: &Vue<'_>, types: Markup) -> Vec<Ligne> {
    let mut lignes = vec![("motif", SummaryRow::new("Motif du rendez-vous", types))];
    lignes.extend(vue.mode.map(|m| ("mode", SummaryRow::new("Forme souhaitée", en_tete(m.libelle())))));
    if !vue.demi_journees.is_empty() {
        let jours = lines(vue.demi_journees.iter().map(|d| en_tete(d.libelle())));
        lignes.push(("demi_journees", SummaryRow::new("Disponibilités", jours)));
    }
    lignes
}

/// The long text, when there is one.
fn text(vue: &Vue<'_>) -> Option<Ligne> {
    let title = text_title(vue.sorte);
    (!vue.precisions.is_empty()).then(|| ("precisions", SummaryRow::new(title, paragraph(vue.precisions))))
}

const fn text_title(sorte: Sorte) -> &'static str {
    match sorte {
        Sorte::Contacter => "Message",
        Sorte::Difficulte => "La situation",
        Sorte::RendezVous => "Besoins pratiques",
        Sorte::Etude | Sorte::Document => "Précisions",
    }
}

/// How the person was informed and agreed; the agreement to an examen is changed with what asks for it.
fn person_told(vue: &Vue<'_>) -> Vec<Ligne> {
    let champ = match vue.sorte {
        Sorte::Document => "documents",
        Sorte::RendezVous => "motif",
        Sorte::Contacter | Sorte::Etude | Sorte::Difficulte => "accord",
    };
    let informee =
        vue.informee.map(|(mode, le)| ("information", SummaryRow::new("Personne informée", informed(mode, le))));
    let agreed =
        |(mode, le): (Mode, Option<NaiveDate>)| le.map_or_else(|| en_tete(mode.libelle()), |le| informed(mode, le));
    let accord = vue.accord.map(|accord| (champ, SummaryRow::new("Accord de la personne", agreed(accord))));
    informee.into_iter().chain(accord).collect()
}
