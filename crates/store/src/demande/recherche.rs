//! Search by name: the blind index finds candidates, opening them decides (architecture, point 15).

use super::NOM;
use super::listes::{Ligne, filed_before, read, select};
use super::portee::within;
use crate::db::Tx;
use crate::entity::demande::Column;
use crate::entity::demande_nom;
use crate::error::StoreError;
use domain::assure::cle_de_nom;
use domain::droits::Portee;
use domain::ids::CaisseId;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder, QuerySelect};

/// Demandes of the scope at one caisse whose assuré answers to what was typed, the last filed first. Every word must be
/// the beginning of a word of the nom (from 3 letters on) or a whole word of nom or prénom, whatever case and accents;
/// nothing typed finds nothing.
///
/// # Errors
/// The database's error.
pub async fn search_nom(
    tx: &Tx,
    portee: &Portee,
    caisse: CaisseId,
    saisi: &str,
    nombre: u64,
) -> Result<Vec<Ligne>, StoreError> {
    let typed = cle_de_nom(saisi);
    let lookups = vault::name_lookups(&typed);
    if lookups.is_empty() {
        return Ok(Vec::new());
    }
    let key = tx.caisse_key(caisse).await?;
    let mut query = select().filter(within(portee)).filter(Column::CaisseId.eq(caisse.get()));
    for alternatives in &lookups {
        let jetons = alternatives.iter().map(|jeton| key.blind(NOM, jeton).to_vec());
        let hits = Query::select()
            .column(demande_nom::Column::DemandeId)
            .from(demande_nom::Entity)
            .and_where(demande_nom::Column::Jeton.is_in(jetons))
            .to_owned();
        query = query.filter(Column::Id.in_subquery(hits));
    }
    let query = query.order_by(Column::TransmiseLe, Order::Desc).order_by(Column::Id, Order::Desc).limit(nombre);
    let mut found: Vec<Ligne> = Vec::new();
    let mut after = None;
    // The index may hold too much: pages are read until enough of them answer.
    loop {
        let page = read(tx, after.map_or_else(|| query.clone(), |c| query.clone().filter(filed_before(c)))).await?;
        after = page.last().map(Ligne::curseur);
        let full = page.len() as u64 == nombre;
        found.extend(page.into_iter().filter(|ligne| answers(ligne, &typed)));
        if !full || found.len() as u64 >= nombre {
            break;
        }
    }
    found.truncate(usize::try_from(nombre).unwrap_or(usize::MAX));
    Ok(found)
}

fn answers(ligne: &Ligne, typed: &str) -> bool {
    let (nom, prenom) = (cle_de_nom(&ligne.nom), cle_de_nom(&ligne.prenom));
    words(typed).all(|word| words(&nom).any(|n| n.starts_with(word)) || words(&prenom).any(|p| p == word))
}

fn words(key: &str) -> impl Iterator<Item = &str> {
    key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
