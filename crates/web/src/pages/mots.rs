//! Words and small blocks that the pages of demandes share.

use super::composants::{Link, Markup, SummaryRow, Tag, TagColour};
use super::jour_en_lettres;
use app::demande::{Curseur, Lieu, Ligne, NOMBRE_MAX, Question};
use chrono::{DateTime, NaiveDate, Utc};
use domain::assure::DateNaissance;
use domain::calendrier::{Zone, date_heure_en_francais};
use domain::convention::{SousType, Voie};
use domain::demande::{Etat, Mode, Sorte};
use std::fmt::Display;

/// A counter in words: it stops counting at [`NOMBRE_MAX`].
pub(crate) fn nombre(compte: i64) -> String {
    if compte > i64::from(NOMBRE_MAX) { format!("plus de {NOMBRE_MAX}") } else { compte.to_string() }
}

/// A counter where a sentence begins.
pub(crate) fn nombre_en_tete(compte: i64) -> String {
    nombre(compte).replacen("plus", "Plus", 1)
}

/// Address of the form of a kind.
pub(crate) const fn form_path(sorte: Sorte) -> &'static str {
    match sorte {
        Sorte::Contacter => "/demandes/nouvelle/contacter",
        Sorte::Etude => "/demandes/nouvelle/etude",
        Sorte::Difficulte => "/demandes/nouvelle/difficulte",
        Sorte::RendezVous => "/demandes/nouvelle/rendez-vous",
        Sorte::Document => "/demandes/nouvelle/document",
    }
}

/// Where the form of a kind is kept as a draft without a click.
pub(crate) const fn autosave_path(sorte: Sorte) -> &'static str {
    match sorte {
        Sorte::Contacter => "/demandes/nouvelle/contacter/brouillon",
        Sorte::Etude => "/demandes/nouvelle/etude/brouillon",
        Sorte::Difficulte => "/demandes/nouvelle/difficulte/brouillon",
        Sorte::RendezVous => "/demandes/nouvelle/rendez-vous/brouillon",
        Sorte::Document => "/demandes/nouvelle/document/brouillon",
    }
}

/// Address of the form that goes on with a draft.
pub(crate) fn draft_path(sorte: Sorte, brouillon: impl Display) -> String {
    format!("{}?brouillon={brouillon}", form_path(sorte))
}

/// Address of the second page of a difficulty report.
pub(crate) fn situation_path(brouillon: impl Display) -> String {
    format!("/brouillons/{brouillon}/situation")
}

/// Address of the form of a kind for the person of an earlier demande.
pub(crate) fn same_person_path(sorte: Sorte, reference: &str) -> String {
    format!("{}?assure={reference}", form_path(sorte))
}

/// Address of the history.
pub(crate) const HISTORY_PATH: &str = "/demandes";
/// Where a search in the history is sent to.
pub(crate) const SEARCH_PATH: &str = "/demandes/recherche";
/// The desk's search.
pub(crate) const DESK_SEARCH_PATH: &str = "/file/recherche";
/// Address of the desk's queue.
pub(crate) const QUEUE_PATH: &str = "/file";

/// Address of a demande.
pub(crate) fn demande_path(reference: &str) -> String {
    format!("/demandes/{reference}")
}

/// Address of the PDF of a receipt.
pub(crate) fn receipt_pdf_path(reference: &str) -> String {
    format!("/demandes/{reference}/accuse.pdf")
}

/// Address of the lists of past demandes.
pub(crate) const fn list_base(lieu: Lieu) -> &'static str {
    match lieu {
        Lieu::Structure => HISTORY_PATH,
        Lieu::Bureau => DESK_SEARCH_PATH,
    }
}

/// Address of a list from its beginning, with its sealed search and its filters.
pub(crate) fn list_path(lieu: Lieu, question: &Question) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(question.recherche.iter().map(|jeton| ("recherche", jeton)));
    for (name, texts) in &question.filtres.0 {
        query.extend_pairs(texts.iter().map(|text| (name, text)));
    }
    let query = query.finish();
    let joint = if query.is_empty() { "" } else { "?" };
    format!("{}{joint}{query}", list_base(lieu))
}

/// A state as a word; the colour repeats it.
pub(crate) fn state_tag(etat: Etat) -> Tag {
    let colour = match etat {
        Etat::Transmise | Etat::AttentePartenaire | Etat::Brouillon => TagColour::Yellow,
        Etat::PriseEnCharge | Etat::AttenteInterne => TagColour::Blue,
        Etat::Cloturee => TagColour::Green,
        Etat::Annulee | Etat::Archivee | Etat::Purgee => TagColour::Grey,
    };
    Tag::new(etat.libelle(), colour)
}

/// « Urgente ».
pub(crate) fn urgent_tag() -> Tag {
    Tag::new("Urgente", TagColour::Red)
}

/// A label of the domain with typographic apostrophes.
pub(crate) fn label(text: &str) -> String {
    text.replace('\'', "’")
}

/// As [`label`], where a line begins.
pub(crate) fn en_tete(text: &str) -> String {
    capital(&label(text))
}

/// With a capital at the beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Names of sub-kinds; the other one with the words of who asked.
pub(crate) fn documents(types: impl IntoIterator<Item = SousType>, autre: &str) -> Markup {
    let name = |t| match t {
        SousType::AutreDocument if !autre.is_empty() => format!("Autre document : {autre}"),
        SousType::AutreEtude if !autre.is_empty() => format!("Autre étude : {autre}"),
        other => label(other.libelle()),
    };
    lines(types.into_iter().map(name))
}

/// Texts under each other.
pub(crate) fn lines(texts: impl IntoIterator<Item = String>) -> Markup {
    Markup::of(&Lines { texts: texts.into_iter().collect() })
}

#[derive(askama::Template)]
#[template(source = "{% for texte in texts %}{% if !loop.first %}<br>{% endif %}{{ texte }}{% endfor %}", ext = "html")]
struct Lines {
    texts: Vec<String>,
}

/// A long text with the lines as they were typed.
pub(crate) fn paragraph(text: &str) -> Markup {
    Markup::of(&Paragraph { text })
}

#[derive(askama::Template)]
#[template(source = "<span class=\"ep-fil__texte\">{{ text }}</span>", ext = "html")]
struct Paragraph<'a> {
    text: &'a str,
}

/// Where the documents go, after « Envoi » (PA-2).
pub(crate) const fn route(voie: Voie) -> &'static str {
    match voie {
        Voie::AdresseConnue => "à l’adresse de la personne connue de la caisse",
        Voie::Portail => "par Espace Partenaires",
    }
}

/// « 5 jours ouvrés ».
pub(crate) fn working_days(jours: u32) -> String {
    let s = if jours > 1 { "s" } else { "" };
    format!("{jours} jour{s} ouvré{s}")
}

/// « Sous 5 jours ouvrés, soit au plus tard le 10 janvier 2029 ».
pub(crate) fn foreseeable(jours: u32, echeance: NaiveDate) -> String {
    format!("sous {}, soit le {} au plus tard", working_days(jours), jour_en_lettres(echeance))
}

/// « Au cours d’un entretien, le 3 janvier 2029 ».
pub(crate) fn informed(mode: Mode, le: NaiveDate) -> String {
    format!("{}, le {}", capital(mode.libelle()), jour_en_lettres(le))
}

/// A stored date of birth as words.
pub(crate) fn birth(canonique: &str) -> String {
    DateNaissance::depuis_canonique(canonique).map_or_else(|| canonique.to_owned(), |d| d.to_string())
}

/// « Madame Rose Martin ».
pub(crate) fn person(civilite: &str, prenom: &str, nom: &str) -> String {
    [civilite, prenom, nom].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// An instant in the zone of the caisse.
pub(crate) fn instant(zone: Zone, le: DateTime<Utc>) -> String {
    date_heure_en_francais(zone, le)
}

/// A row of a summary when there is something to say.
pub(crate) fn row(key: &str, value: Option<&str>) -> Option<SummaryRow> {
    value.filter(|v| !v.is_empty()).map(|v| SummaryRow::new(key, v))
}

/// The reference as a link, with « Urgente » where it is.
pub(crate) fn reference_cell(ligne: &Ligne) -> Markup {
    let link = Markup::of(&Link::new(ligne.reference.as_str(), demande_path(&ligne.reference)));
    if ligne.urgent { link.and(&Gap).and(&urgent_tag()) } else { link }
}

/// The state, with what is to be read.
pub(crate) fn state_cell(ligne: &Ligne, non_lus: i64) -> Markup {
    let state = Markup::of(&state_tag(ligne.etat));
    let s = if non_lus > 1 { "s" } else { "" };
    if non_lus > 0 {
        state.and(&Gap).and(&Lines { texts: vec![format!("{non_lus} message{s} à lire")] })
    } else {
        state
    }
}

#[derive(askama::Template)]
#[template(source = "<br>", ext = "html")]
pub(crate) struct Gap;

/// The address of the page that begins there; `base` already has its other parameters.
pub(crate) fn next_page(base: &str, suite: Option<&Curseur>) -> Option<String> {
    suite.map(|curseur| at(base, "apres", curseur))
}

/// The address of the page that ends there.
pub(crate) fn previous_page(base: &str, precedente: Option<&Curseur>) -> Option<String> {
    precedente.map(|curseur| at(base, "avant", curseur))
}

fn at(base: &str, name: &str, curseur: &Curseur) -> String {
    let joint = if base.contains('?') { '&' } else { '?' };
    format!("{base}{joint}{name}={}", crate::extract::curseur::write(curseur))
}
