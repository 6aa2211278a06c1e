//! Versions: the list, two of them side by side, one whole (CO-4).

use super::{act_path, convention_path};
use crate::frame::Frame;
use crate::pages::composants::{BulletList, Cell, Link, Table};
use crate::pages::feuille::FeuillePage;
use crate::pages::mots::label;
use crate::pages::{FormState, jour_en_lettres};
use app::convention::{Comparaison, Version, signature_en_clair};
use domain::convention::{Dossier, Source};

fn name(v: &Version) -> String {
    if v.numero == 1 { "Convention d’origine".to_owned() } else { format!("Avenant n° {}", v.numero - 1) }
}

/// The versions of a convention, each with a link to its whole text.
pub(super) fn table(cle: &str, versions: &[Version]) -> Table {
    let heads = ["Version", "Objet", "Signatures", "Prend effet le", "État"].map(Cell::new).into();
    versions.iter().fold(Table::new("Versions", heads).hide_caption(), |table, v| {
        let signatures: Vec<String> = v.signatures.iter().map(|s| signature_en_clair(s.partie, s.le)).collect();
        table.row(vec![
            Cell::new(Link::new(name(v), format!("{}?version={}", act_path(cle, "version"), v.numero))),
            Cell::new(label(&v.objet)),
            Cell::new(label(&signatures.join(" ; "))),
            Cell::new(jour_en_lettres(v.effet_le)),
            Cell::new(if v.appliquee_le.is_some() { "en vigueur ou passée" } else { "à venir" }),
        ])
    })
}

/// Two versions, parameter by parameter.
#[must_use]
pub fn comparaison_page(frame: &Frame, c: &Comparaison) -> FeuillePage {
    let page = FeuillePage::new(frame, format!("Versions : {}", c.structure), &FormState::new())
        .wide()
        .retour("La convention", convention_path(&c.cle));
    if c.versions.is_empty() {
        return page.phrase("Cette convention n’a pas encore d’avenant : elle n’a qu’une version.");
    }
    let title = |n: i64| c.versions.iter().find(|v| v.numero == n).map(name).unwrap_or_default();
    let page = page.with(&table(&c.cle, &c.versions)).titre(&format!("{} et {}", title(c.avant), title(c.apres)));
    let page = if c.a_venir { page.phrase("Cette version n’est pas encore en vigueur.") } else { page };
    let page = if c.differences.is_empty() {
        page.phrase("Ces deux versions disent la même chose.")
    } else {
        page.with(&differences(c))
    };
    let pairs = c.versions.iter().zip(c.versions.iter().skip(1)).map(|(a, b)| {
        let href = format!("{}?de={}&a={}", act_path(&c.cle, "versions"), a.numero, b.numero);
        Link::new(format!("{} et {}", name(a), name(b)), href)
    });
    page.titre("Comparer d’autres versions").with(&BulletList::new(pairs))
}

fn differences(c: &Comparaison) -> Table {
    let heads = ["Ce qui change", "Avant", "Après"].map(Cell::new).into();
    let said = |v: &Option<(String, Option<Source>)>| match v {
        None => "rien d’écrit".to_owned(),
        Some((valeur, None)) => label(valeur),
        Some((valeur, Some(source))) => label(&format!("{valeur} ({})", source.mention())),
    };
    c.differences.iter().fold(Table::new("Différences", heads).hide_caption(), |table, d| {
        let quoi = format!("{} : {}", label(d.theme), label(d.libelle));
        table.row(vec![Cell::new(quoi), Cell::new(said(&d.avant)), Cell::new(said(&d.apres))])
    })
}

/// One version with all that it says.
#[must_use]
pub fn version_page(frame: &Frame, version: &Version, dossier: &Dossier) -> FeuillePage {
    FeuillePage::new(frame, name(version), &FormState::new())
        .wide()
        .retour("Les versions", act_path(&dossier.cle, "versions"))
        .phrase(&label(&version.objet))
        .phrase(&format!("Prend effet le {}.", jour_en_lettres(version.effet_le)))
        .with(&super::fiche::everything(dossier).open())
}
