//! The référent's home: what is to do, the days ahead, the conventions with their states.

use super::{CONVENTIONS_PATH, convention_path};
use crate::frame::Frame;
use crate::pages::composants::{BulletList, Cell, Link, Markup, Pagination, Table, Tag, TagColour};
use crate::pages::feuille::FeuillePage;
use crate::pages::mots::{en_tete, label};
use crate::pages::{FormState, jour_en_lettres};
use app::convention::{ASuivre, Calendrier, Jour, LigneConvention};
use domain::convention::{Echeance, NatureEcheance, PapierVise, Situation};

/// A state as a word.
pub(super) fn tag(situation: Situation) -> Tag {
    let colour = match situation {
        Situation::Projet | Situation::ASigner | Situation::Activable => TagColour::Yellow,
        Situation::AVenir => TagColour::Blue,
        Situation::Active | Situation::Renouvelee | Situation::Regularisee => TagColour::Green,
        Situation::MiseEnDemeure | Situation::Denoncee | Situation::Resiliee | Situation::Coupee | Situation::Gelee => {
            TagColour::Red
        }
        Situation::Terminee => TagColour::Grey,
    };
    Tag::new(en_tete(situation.libelle()), colour)
}

/// What a day brings, with the paper where it concerns only one.
pub(super) fn event(e: &Echeance) -> String {
    let quoi = en_tete(e.nature.libelle());
    match e.papier {
        Some(PapierVise::Metier) => format!("{quoi} (convention métier)"),
        Some(PapierVise::Utilisation) => format!("{quoi} (convention d’utilisation)"),
        None if matches!(e.nature, NatureEcheance::Renouvellement | NatureEcheance::Terme) => {
            format!("{quoi} (convention métier et convention d’utilisation)")
        }
        None => quoi,
    }
}

/// The calendar of a caisse.
#[must_use]
pub fn calendrier_page(frame: &Frame, c: &Calendrier) -> FeuillePage {
    let page = FeuillePage::new(frame, "Conventions", &FormState::new())
        .wide()
        .phrase(&format!("{} : ce qui est à faire, les dates à venir et l’état de chaque convention.", c.caisse))
        .titre("À suivre");
    let page = if c.a_suivre.is_empty() {
        page.phrase("Rien n’attend de votre part.")
    } else {
        page.with(&BulletList::new(c.a_suivre.iter().map(to_do)))
    };
    let page = page.titre("Dates à venir");
    let page = if c.jours.is_empty() {
        page.phrase("Aucune date à venir.")
    } else {
        let next = c.jours_suite.as_ref().map(|apres| address("jours", apres));
        page.with(&days(&c.jours)).with(&Pagination::new(None, next))
    };
    let page = page.titre("Conventions");
    if c.conventions.is_empty() {
        return page.phrase("Aucune convention n’est enregistrée pour votre caisse.");
    }
    let next = c.suite.as_ref().map(|apres| address("conventions", apres));
    page.with(&conventions(&c.conventions)).with(&Pagination::new(None, next))
}

fn address(name: &str, apres: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair(name, apres).finish();
    format!("{CONVENTIONS_PATH}?{query}")
}

fn to_do(chose: &ASuivre) -> Markup {
    let link = Markup::of(&Link::new(label(&chose.texte), chose.lien.clone()));
    let mut line = match chose.le {
        Some(le) => Markup::text(&format!("{} : ", jour_en_lettres(le))).and_markup(&link),
        None => link,
    };
    if chose.retard {
        line = line.and_markup(&Markup::text(" ")).and(&Tag::new("En retard", TagColour::Red));
    }
    line
}

fn days(jours: &[Jour]) -> Table {
    let heads = ["Date", "Structure", "Ce qui arrive"].map(Cell::new).into();
    jours.iter().fold(Table::new("Dates à venir", heads).hide_caption(), |table, j| {
        table.row(vec![
            Cell::new(jour_en_lettres(j.echeance.le)),
            Cell::new(Link::new(j.structure.clone(), convention_path(&j.cle))),
            Cell::new(event(&j.echeance)),
        ])
    })
}

fn conventions(lignes: &[LigneConvention]) -> Table {
    let heads = ["Structure", "État", "Convention métier", "Convention d’utilisation", "Prochaine date"];
    let table = Table::new("Conventions de la caisse", heads.map(Cell::new).into()).hide_caption();
    lignes.iter().fold(table, |table, l| {
        let prochaine =
            l.prochaine.as_ref().map(|e| format!("{} : {}", jour_en_lettres(e.le), label(e.nature.libelle())));
        table.row(vec![
            Cell::new(Link::new(l.structure.clone(), convention_path(&l.cle))),
            Cell::new(tag(l.situation)),
            Cell::new(en_tete(l.metier.libelle())),
            Cell::new(en_tete(l.utilisation.libelle())),
            Cell::new(prochaine.unwrap_or_else(|| "aucune".to_owned())),
        ])
    })
}
