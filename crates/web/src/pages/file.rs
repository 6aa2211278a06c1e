//! The desk's queue: four views, urgent first, then oldest.

use super::composants::{Button, Cell, Link, Markup, NotificationBanner, Pagination, Table, Tabs, Tag, TagColour};
use super::demandes::Avant;
use super::jour_en_lettres;
use super::mots::{QUEUE_PATH, instant, lines, next_page, nombre, nombre_en_tete, person, reference_cell, state_cell};
use super::recherche::RechercheForm;
use super::{FormState, Page};
use crate::frame::Frame;
use app::demande::{File, Lieu, Ligne, Vue};
use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};
use domain::demande::reference::Reference;

/// What was just done, told once above the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Annonce {
    /// That demande was done with.
    Faite(Avant, Reference),
    /// « La suivante » was asked for and there was none.
    Vide,
}

impl Annonce {
    fn banner(self, reste: i64) -> NotificationBanner {
        match self {
            Self::Faite(avant, reference) => {
                let suite = match reste {
                    0 => "Il n’y a plus de demande à prendre en charge.".to_owned(),
                    1 => "Il reste 1 demande à prendre en charge.".to_owned(),
                    n => format!("Il reste {} demandes à prendre en charge.", nombre(n)),
                };
                NotificationBanner::success(format!("{} {suite}", avant.sentence(reference)))
            }
            Self::Vide => NotificationBanner::important("Aucune demande n’attend d’être prise en charge."),
        }
    }
}

/// A page of the queue.
#[derive(Template)]
#[template(path = "file.html")]
pub struct FilePage {
    page: Page,
    avis: Option<NotificationBanner>,
    a_lire: Option<String>,
    onglets: Tabs,
    lignes: Option<Table>,
    vide: &'static str,
    suivante: Option<Button>,
    pages: Pagination,
    recherche: RechercheForm,
}

impl FilePage {
    /// The rows of a view. `today` is the civil day of the caisse: what was promised before it is late.
    #[must_use]
    pub fn new(frame: &Frame, file: &File, vue: Vue, annonce: Option<Annonce>, today: NaiveDate) -> Self {
        let rows = &file.page.lignes;
        let page = Page::new(frame, format!("File des demandes – {}", file.caisse));
        Self {
            recherche: RechercheForm::new(&page, Lieu::Bureau, &FormState::new()),
            page,
            avis: annonce.map(|a| a.banner(file.nombres.a_prendre)),
            a_lire: to_read(file.nombres.a_lire),
            onglets: tabs(file, vue),
            lignes: (!rows.is_empty()).then(|| table(vue, rows, today)),
            vide: empty(vue),
            suivante: (file.nombres.a_prendre > 0).then(|| take_next(file.lue_le)),
            pages: Pagination::new(None, next_page(&address(vue), file.page.suite.as_ref())),
        }
    }
}

/// The button of « la suivante », with when its page was read: a second click takes no second demande.
pub(super) fn take_next(lue_le: DateTime<Utc>) -> Button {
    Button::submit("Prendre en charge la suivante").named("lue_le", lue_le.timestamp_micros().to_string())
}

/// What waits to be read among one's own.
fn to_read(a_lire: i64) -> Option<String> {
    let s = if a_lire > 1 { "s" } else { "" };
    (a_lire > 0).then(|| format!("{} de vos demandes en charge : réponse{s} à lire.", nombre_en_tete(a_lire)))
}

/// The word of a view in the address.
#[must_use]
pub const fn view_code(vue: Vue) -> &'static str {
    match vue {
        Vue::APrendre => "a-prendre",
        Vue::Miennes => "miennes",
        Vue::EnAttente => "en-attente",
        Vue::Traitees => "traitees",
    }
}

/// The view of a word; without one, or with another word, what is to be taken.
#[must_use]
pub fn view_of(code: Option<&str>) -> Vue {
    let known = [Vue::APrendre, Vue::Miennes, Vue::EnAttente, Vue::Traitees];
    known.into_iter().find(|vue| code == Some(view_code(*vue))).unwrap_or(Vue::APrendre)
}

fn address(vue: Vue) -> String {
    match vue {
        Vue::APrendre => QUEUE_PATH.to_owned(),
        other => format!("{QUEUE_PATH}?vue={}", view_code(other)),
    }
}

const fn title(vue: Vue) -> &'static str {
    match vue {
        Vue::APrendre => "À prendre en charge",
        Vue::Miennes => "Mes demandes",
        Vue::EnAttente => "Complément demandé",
        Vue::Traitees => "Traitées",
    }
}

const fn empty(vue: Vue) -> &'static str {
    match vue {
        Vue::APrendre => "Aucune demande n’attend d’être prise en charge.",
        Vue::Miennes => "Vous n’avez pas de demande en charge.",
        Vue::EnAttente => "Aucune demande n’attend de réponse d’un partenaire.",
        Vue::Traitees => "Aucune demande n’a encore été traitée.",
    }
}

fn tabs(file: &File, ouverte: Vue) -> Tabs {
    let link = |vue| Link::new(title(vue), address(vue)).current(vue == ouverte);
    Tabs::new("Vues de la file")
        .tab(link(Vue::APrendre), Some(nombre(file.nombres.a_prendre)))
        .tab(link(Vue::Miennes), Some(nombre(file.nombres.miennes)))
        .tab(link(Vue::EnAttente), Some(nombre(file.nombres.en_attente)))
        .tab(link(Vue::Traitees), None)
}

fn table(vue: Vue, lignes: &[Ligne], today: NaiveDate) -> Table {
    let closed = vue == Vue::Traitees;
    let last = if closed { "Terminée le" } else { "Répondre au plus tard le" };
    let headings = ["Référence", "Personne", "Structure et service", "Reçue le", last, "État"];
    let table = Table::new(title(vue), headings.map(Cell::new).into()).hide_caption();
    lignes.iter().fold(table, |table, l| {
        table.row(vec![
            Cell::new(reference_cell(l)),
            Cell::new(person("", &l.prenom, &l.nom)),
            Cell::new(lines([l.partenaire.clone(), l.service.clone()])),
            Cell::new(instant(l.zone, l.transmise_le)),
            if closed { Cell::new(instant(l.zone, l.etat_depuis)) } else { Cell::new(due(l, today)) },
            Cell::new(state_cell(l, l.non_lus_desk)),
        ])
    })
}

fn due(ligne: &Ligne, today: NaiveDate) -> Markup {
    let echeance = ligne.echeance_au(today);
    let day = Markup::text(&jour_en_lettres(echeance));
    let late = ligne.etat.est_ouverte() && echeance < today;
    if late { day.and(&super::mots::Gap).and(&Tag::new("En retard", TagColour::Red)) } else { day }
}
