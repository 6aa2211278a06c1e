//! « Mes demandes »: the structure's demandes, the last filed first, in keyset pages (DE-6).

use crate::compte::load_acteur;
use crate::context::{Contexte, Objet, Requete};
use crate::error::Outcome;
use domain::droits::{self, Acteur, Refus};
use store::demande::{Curseur, Ligne};

/// Rows on a page of the technicien.
const LIGNES: u64 = 25;

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// Rows.
    pub lignes: Vec<Ligne>,
    /// Where the next page begins; none on the last.
    pub suite: Option<Curseur>,
}

impl Page {
    /// Makes a page of one row more than shown.
    pub(super) fn cut(mut lignes: Vec<Ligne>, nombre: u64) -> Self {
        let nombre = usize::try_from(nombre).unwrap_or(usize::MAX);
        let more = lignes.len() > nombre;
        lignes.truncate(nombre);
        let last = lignes.last().filter(|_| more);
        let suite = last.map(|l| Curseur { urgent: l.urgent, transmise_le: l.transmise_le, id: l.id });
        Self { lignes, suite }
    }
}

/// A page of the structure's demandes.
///
/// # Errors
/// [`crate::AppError::Interdit`] for other profils, or when the history is off at every caisse (CO-7).
pub async fn list(ctx: &Contexte, requete: &Requete, apres: Option<Curseur>) -> Outcome<Page> {
    let (page, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
        let portee = droits::lire_historique(&acteur)?;
        let droits::Portee::Partenaire { partenaire, .. } = portee else { return Err(Refus::ActeInterdit.into()) };
        let page = Page::cut(store::demande::structure(&tx, &portee, false, apres, LIGNES + 1).await?, LIGNES);
        let objet =
            Objet { nature: "liste", id: Some("structure".to_owned()), partenaire: Some(partenaire), caisse: None };
        let mut entree = ctx.entree(requete, &acteur, "demande.list", objet);
        entree.details = format!("{{\"lignes\":{}}}", page.lignes.len());
        (page, entree)
    };
    ctx.record(entree).await?;
    Ok(page)
}
