//! Whether an answer says what the database says. Only what nobody changes meanwhile is compared.

use crate::Outcome;
use crate::fill::{Acces, Cadre};
use crate::journeys::{Echantillon, Travail};
use domain::demande::Etat;
use domain::droits::Portee;
use store::demande::{Criteres, Demande, Depart, Onglet, Tranche};
use store::{Store, Tx};

/// Rows of a page of the search and of the home's list.
const RECHERCHE: u64 = 25;
const ACCUEIL: u64 = 10;
const FILE: u64 = 50;

/// Compares an answer; what differs comes back in words.
///
/// # Errors
/// The database's error, or what the page does not say.
pub async fn compare(store: &Store, cadre: &Cadre, seen: &Echantillon) -> Outcome<()> {
    let tx = store.begin_read().await?;
    let whole = Portee::Caisse(cadre.caisse);
    match &seen.travail {
        Travail::Page(path) if path == "/file" => {
            let service = seen.acces.service.ok_or("an agent without a service")?;
            let portee = Portee::Services { caisse: cadre.caisse, services: vec![service] };
            let rows = store::demande::file(&tx, &portee, Onglet::APrendre, None, FILE).await?;
            says_all(seen, rows.iter().map(|r| r.reference.as_str()))
        }
        Travail::Page(path) if path == "/" => {
            let portee = structure(cadre, &seen.acces)?;
            let rows = store::demande::structure(&tx, &portee, true, None, ACCUEIL).await?;
            says_all(seen, rows.iter().map(|r| r.reference.as_str()))
        }
        Travail::Page(path) => {
            let demande = load(&tx, &whole, path.rsplit('/').next().unwrap_or_default()).await?;
            let thread = store::demande::messages(&tx, &demande).await?;
            let texts = thread.iter().map(|m| m.texte.as_str());
            says_all(seen, texts.chain([demande.contenu.nom.as_str(), &demande.reference]))
        }
        Travail::Chercher(nom) => {
            let tranche = Tranche { depart: Depart::Debut, nombre: RECHERCHE };
            let found = store::demande::search_nom(&tx, &whole, nom, &Criteres::default(), tranche).await?;
            says_all(seen, found.lignes.iter().map(|r| r.reference.as_str()))
        }
        Travail::Deposer { texte, piece, .. } => {
            let reference = seen.path.split('/').nth(2).unwrap_or_default();
            let demande = load(&tx, &whole, reference).await?;
            let files = store::piece_jointe::of_demande(&tx, &demande).await?;
            let kept = demande.contenu.precisions == *texte && files.len() == usize::from(*piece);
            if kept { says_all(seen, [reference]) } else { Err(format!("{reference} is not what was filed").into()) }
        }
        Travail::Clore { reference, texte, .. } => {
            let demande = load(&tx, &whole, reference).await?;
            let thread = store::demande::messages(&tx, &demande).await?;
            let closed = demande.etat.etat() == Etat::Cloturee && thread.last().is_some_and(|m| m.texte == *texte);
            if closed { says_all(seen, [reference.as_str()]) } else { Err(format!("{reference} is not closed").into()) }
        }
        Travail::Entrer(_) => Ok(()),
    }
}

async fn load(tx: &Tx, portee: &Portee, reference: &str) -> Outcome<Demande> {
    let found = store::demande::load(tx, portee, reference).await?;
    Ok(found.ok_or_else(|| format!("{reference} is not there"))?)
}

fn structure(cadre: &Cadre, acces: &Acces) -> Outcome<Portee> {
    let lien = acces.organisation.and_then(|place| cadre.liens.get(place)).ok_or("a technicien without a structure")?;
    Ok(Portee::Partenaire { partenaire: lien.partenaire, caisses: vec![cadre.caisse] })
}

/// Whether the page holds each of these words as people read them.
fn says_all<'a>(seen: &Echantillon, words: impl IntoIterator<Item = &'a str>) -> Outcome<()> {
    let page = plain(&seen.texte);
    match words.into_iter().find(|word| !page.contains(&plain(word))) {
        None => Ok(()),
        Some(_) => Err(format!("{}: the page does not say what the database says", seen.path).into()),
    }
}

/// Letters and digits alone: spaces, hyphens and marks are set by the typography of pages.
fn plain(text: &str) -> String {
    text.replace("&#38;", "&").replace("&#39;", "'").chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn typography_does_not_make_a_page_differ() {
        assert_eq!(plain("EP\u{2011}7K3M Q9TX « là »"), plain("EP-7K3M-Q9TXlà"));
    }
}
