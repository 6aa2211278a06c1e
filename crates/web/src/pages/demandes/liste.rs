//! « Mes demandes »: the structure's demandes, the last filed first, with filters; and what a search by name found, on
//! either side.

use super::filtres;
use crate::frame::Frame;
use crate::pages::composants::{Button, Cell, Details, ErrorSummary, Link, NotificationBanner, Pagination, Table};
use crate::pages::mots::{
    instant, lines, list_base, list_path, next_page, nombre_en_tete, person, previous_page, reference_cell, state_cell,
};
use crate::pages::recherche::RechercheForm;
use crate::pages::{FormState, Page};
use app::demande::{Cherche, Depart, Historique, Lieu, Ligne, Question, VALIDITE};
use askama::Template;
use domain::demande::Sorte;

/// A page of the history.
#[derive(Template)]
#[template(path = "demandes/liste.html")]
pub struct HistoriquePage {
    page: Page,
    titre: String,
    resume: ErrorSummary,
    avis: Option<NotificationBanner>,
    recherche: RechercheForm,
    filtres: Option<Details>,
    lignes: Option<Table>,
    a_lire: Option<String>,
    vide: String,
    liens: Vec<Link>,
    pages: Pagination,
    nouvelle: Option<Button>,
}

impl HistoriquePage {
    /// The rows of the use case for what the address asked; `form` holds a search that was refused.
    #[must_use]
    pub fn new(frame: &Frame, lieu: Lieu, found: &Historique, question: &Question, form: &FormState) -> Self {
        let state = filtres::state(found, question);
        let refused = if form.has_errors() { form } else { &state };
        let titre = title(lieu, &found.cherche);
        // The browser keeps titles in its history: the name stands in the page alone.
        let remembered = if let Cherche::Nom(_) = found.cherche { "Demandes trouvées" } else { titre.as_str() };
        let page = Page::new(frame, remembered).form(refused);
        let base = list_path(lieu, &Question { depart: Depart::Debut, ..question.clone() });
        let listed = lieu == Lieu::Structure || matches!(found.cherche, Cherche::Nom(_));
        let nothing = found.lignes.is_empty() && question.depart == Depart::Debut;
        let bare = nothing && question.filtres.0.is_empty() && found.cherche == Cherche::Rien;
        Self {
            resume: refused.summary(),
            avis: (found.cherche == Cherche::Expiree).then(|| NotificationBanner::important(expired())),
            recherche: RechercheForm::new(&page, lieu, form),
            filtres: (listed && found.cherche != Cherche::Expiree && !bare)
                .then(|| filtres::details(lieu, found, question)),
            lignes: (!found.lignes.is_empty()).then(|| rows(lieu, &found.lignes)),
            a_lire: to_read(found.a_lire),
            vide: empty(lieu, found, question),
            liens: links(lieu, found, question, &base),
            pages: Pagination::new(
                previous_page(&base, found.precedente.as_ref()),
                next_page(&base, found.suite.as_ref()),
            ),
            nouvelle: (bare && lieu == Lieu::Structure).then(|| Button::link("Faire une nouvelle demande", "/")),
            page,
            titre,
        }
    }
}

/// « 3 demandes ont une réponse à lire »; nothing to say where there is none.
pub(crate) fn to_read(a_lire: i64) -> Option<String> {
    match a_lire {
        0 => None,
        1 => Some("1 demande a une réponse à lire".to_owned()),
        n => Some(format!("{} demandes ont une réponse à lire", nombre_en_tete(n))),
    }
}

fn title(lieu: Lieu, cherche: &Cherche) -> String {
    match (cherche, lieu) {
        (Cherche::Nom(nom), _) => format!("Demandes au nom commençant par « {nom} »"),
        (Cherche::Expiree, _) | (Cherche::Rien, Lieu::Bureau) => "Rechercher une demande".to_owned(),
        (Cherche::Rien, Lieu::Structure) => "Mes demandes".to_owned(),
    }
}

fn expired() -> String {
    format!(
        "Cette recherche n’est plus valable. Pour protéger le nom recherché, une recherche sert à vous seul, pendant {} \
         minutes. Saisissez de nouveau le nom.",
        VALIDITE.num_minutes()
    )
}

/// What is said where there is no row.
fn empty(lieu: Lieu, found: &Historique, question: &Question) -> String {
    let filtered = !question.filtres.0.is_empty();
    let text = match (&found.cherche, lieu) {
        _ if !found.erreurs.is_empty() => "Corrigez les filtres pour voir les demandes.",
        (Cherche::Expiree, _) | (Cherche::Rien, Lieu::Bureau) => "",
        // A search reads so many rows and no more: what it looks for may stand further on.
        _ if found.suite.is_some() => "La recherche continue page suivante.",
        _ if question.depart != Depart::Debut => "Il n’y a pas d’autre demande.",
        (Cherche::Nom(_), _) if filtered => "Aucune demande à ce nom ne correspond aux filtres.",
        (Cherche::Nom(_), _) => {
            "Aucune demande à ce nom. Vérifiez l’orthographe, ou saisissez seulement le début du nom."
        }
        (Cherche::Rien, _) if filtered => "Aucune demande ne correspond aux filtres.",
        (Cherche::Rien, Lieu::Structure) => "Votre structure n’a pas encore envoyé de demande.",
    };
    text.to_owned()
}

/// Ways back: to the beginning of the list, to the list without filters, out of the search.
fn links(lieu: Lieu, found: &Historique, question: &Question, base: &str) -> Vec<Link> {
    let mut links = Vec::new();
    if question.depart != Depart::Debut {
        links.push(Link::new("Revenir aux plus récentes", base));
    }
    if !question.filtres.0.is_empty() && found.lignes.is_empty() {
        links.push(Link::new("Effacer les filtres", filtres::without_filters(lieu, question)));
    }
    if found.cherche != Cherche::Rien && lieu == Lieu::Structure {
        links.push(Link::new("Voir toutes les demandes de la structure", list_base(lieu)));
    }
    links
}

/// A kind in a word or two, for lists.
pub(super) const fn kind(sorte: Sorte) -> &'static str {
    match sorte {
        Sorte::Contacter => "Contact",
        Sorte::Etude => "Étude de dossier",
        Sorte::Difficulte => "Difficulté d’accès",
        Sorte::RendezVous => "Rendez-vous",
        Sorte::Document => "Document",
    }
}

/// Rows as the side that looks reads them.
fn rows(lieu: Lieu, lignes: &[Ligne]) -> Table {
    let headings = match lieu {
        Lieu::Structure => ["Référence", "Personne", "Type", "Caisse", "Envoyée le", "État"],
        Lieu::Bureau => ["Référence", "Personne", "Type", "Structure et service", "Reçue le", "État"],
    };
    let caption = "Demandes, de la plus récente à la plus ancienne";
    let table = Table::new(caption, headings.map(Cell::new).into()).hide_caption();
    lignes.iter().fold(table, |table, l| {
        let (qui, non_lus) = match lieu {
            Lieu::Structure => (Cell::new(l.caisse.as_str()), l.non_lus_partenaire),
            Lieu::Bureau => (Cell::new(lines([l.partenaire.clone(), l.service.clone()])), l.non_lus_desk),
        };
        table.row(vec![
            Cell::new(reference_cell(l)),
            Cell::new(person("", &l.prenom, &l.nom)),
            Cell::new(kind(l.sorte)),
            qui,
            Cell::new(instant(l.zone, l.transmise_le)),
            Cell::new(state_cell(l, non_lus)),
        ])
    })
}

/// Rows of demandes as the partner side reads them on its home page.
pub(crate) fn table(caption: &str, lignes: &[Ligne]) -> Table {
    let headings = ["Référence", "Personne", "Caisse", "Envoyée le", "État"].map(Cell::new);
    lignes.iter().fold(Table::new(caption, headings.into()).hide_caption(), |table, l| {
        table.row(vec![
            Cell::new(reference_cell(l)),
            Cell::new(person("", &l.prenom, &l.nom)),
            Cell::new(l.caisse.as_str()),
            Cell::new(instant(l.zone, l.transmise_le)),
            Cell::new(state_cell(l, l.non_lus_partenaire)),
        ])
    })
}
