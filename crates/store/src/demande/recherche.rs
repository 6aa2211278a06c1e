//! Search by name: the blind index gives rows in the order of the list, opening them decides (architecture, point 15).
//!
//! Each caisse has its own key, and a long word is looked up in two ways: each of these is a run of index rows that is
//! already in order. A page merges the runs, reading from each no more than it may show.

use super::NOM;
use super::criteres::{Criteres, Depart, Tranche, passing, slice};
use super::listes::{Curseur, Ligne, read, select};
use super::portee::within;
use crate::db::Tx;
use crate::entity::demande::{Column, Entity};
use crate::entity::demande_nom;
use crate::error::StoreError;
use domain::assure::cle_de_nom;
use domain::droits::Portee;
use domain::ids::CaisseId;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, Select};
use std::cmp::Ordering;
use vault::ScopeKey;

/// Rows read at once from a run, beyond those of a page, when many of them only look alike.
const LOT: u64 = 400;

/// One run of index rows: those of one token at one caisse, that hold a token of every other word too.
pub(super) struct Suite {
    caisse: CaisseId,
    jeton: Vec<u8>,
    autres: Vec<Vec<Vec<u8>>>,
}

/// A page of the demandes of the scope whose assuré answers to what was typed, the last filed first, full unless it is
/// the last. Every word must be the beginning of a word of the nom (from 3 letters on) or a whole word of nom or prénom,
/// whatever case, accents and order; nothing typed finds nothing. Several caisses are searched each under its own key.
///
/// # Errors
/// The database's error.
pub async fn search_nom(
    tx: &Tx,
    portee: &Portee,
    saisi: &str,
    criteres: &Criteres,
    tranche: Tranche,
) -> Result<Vec<Ligne>, StoreError> {
    let typed = cle_de_nom(saisi);
    let lookups = vault::name_lookups(&typed);
    let mut suites = Vec::new();
    for caisse in caisses(portee).filter(|c| criteres.caisse.is_none_or(|only| only == *c)) {
        suites.extend(runs(&*tx.caisse_key(caisse).await?, caisse, &lookups));
    }
    let wanted = usize::try_from(tranche.nombre).unwrap_or(usize::MAX);
    let (mut found, mut lot) = (Vec::new(), Some(tranche));
    while let Some(next) = lot {
        let mut read_so_far = Vec::new();
        for suite in &suites {
            read_so_far.push(read(tx, search_query(portee, criteres, suite, next)).await?);
        }
        let (lignes, reached) = merge(read_so_far, next);
        found.extend(lignes.into_iter().filter(|ligne| answers(ligne, &typed)));
        // The index may hold too much: what only looks alike is passed over until the page is full.
        lot = reached.filter(|_| found.len() < wanted).map(|c| Tranche {
            depart: next.depart.from(c),
            nombre: next.nombre.saturating_mul(2).clamp(tranche.nombre, tranche.nombre.saturating_add(LOT)),
        });
    }
    found.truncate(wanted);
    if tranche.depart.backwards() {
        found.reverse();
    }
    Ok(found)
}

/// Caisses a scope reaches.
fn caisses(portee: &Portee) -> impl Iterator<Item = CaisseId> {
    let found = match portee {
        Portee::Partenaire { caisses, .. } => caisses.clone(),
        Portee::Services { caisse, .. } | Portee::Caisse(caisse) => vec![*caisse],
        Portee::Soi(_) | Portee::Tout => Vec::new(),
    };
    found.into_iter()
}

/// The runs of a search at one caisse: those of the longest word, which leaves the fewest rows.
pub(super) fn runs(key: &ScopeKey, caisse: CaisseId, lookups: &[Vec<String>]) -> Vec<Suite> {
    let blind = |tokens: &Vec<String>| tokens.iter().map(|t| key.blind(NOM, t).to_vec()).collect::<Vec<_>>();
    let length = |tokens: &Vec<String>| tokens.first().map_or(0, |word| word.chars().count());
    let Some((longest, _)) = lookups.iter().enumerate().max_by_key(|(_, tokens)| length(tokens)) else {
        return Vec::new();
    };
    let others = lookups.iter().enumerate().filter(|(n, _)| *n != longest).map(|(_, tokens)| blind(tokens));
    let autres: Vec<_> = others.collect();
    let jetons = lookups.get(longest).map(blind).unwrap_or_default();
    jetons.into_iter().map(|jeton| Suite { caisse, jeton, autres: autres.clone() }).collect()
}

/// A piece of a run, in the order of its index.
pub(super) fn search_query(portee: &Portee, criteres: &Criteres, suite: &Suite, lot: Tranche) -> Select<Entity> {
    use demande_nom::Column as Nom;
    let index = Entity::belongs_to(demande_nom::Entity).from(Column::Id).to(Nom::DemandeId).into();
    let mut query = select()
        .join(JoinType::InnerJoin, index)
        .filter(Nom::Jeton.eq(suite.jeton.clone()))
        .filter(Column::CaisseId.eq(suite.caisse.get()))
        .filter(within(portee))
        .filter(passing(criteres, Nom::TransmiseLe));
    if let Portee::Partenaire { partenaire, .. } = portee {
        query = query.filter(Nom::PartenaireId.eq(partenaire.get()));
    }
    for jetons in &suite.autres {
        query = query.filter(Expr::exists(also(jetons)));
    }
    slice(query, (Nom::TransmiseLe, Nom::DemandeId), lot)
}

/// Another word of the same demande: one probe, since every token of a demande carries its structure and its instant of filing.
fn also(jetons: &[Vec<u8>]) -> SelectStatement {
    use demande_nom::Column as Nom;
    let autre = Alias::new("autre");
    Query::select()
        .expr(Expr::val(1))
        .from_as(demande_nom::Entity, autre.clone())
        .and_where(Expr::col((autre.clone(), Nom::Jeton)).is_in(jetons.iter().cloned()))
        .and_where(Expr::col((autre.clone(), Nom::PartenaireId)).equals((demande_nom::Entity, Nom::PartenaireId)))
        .and_where(Expr::col((autre.clone(), Nom::TransmiseLe)).equals((demande_nom::Entity, Nom::TransmiseLe)))
        .and_where(Expr::col((autre, Nom::DemandeId)).equals((demande_nom::Entity, Nom::DemandeId)))
        .to_owned()
}

/// Rows of all runs in order, each once, up to where every run is known; from there the next piece begins, if there may
/// be more.
fn merge(suites: Vec<Vec<Ligne>>, lot: Tranche) -> (Vec<Ligne>, Option<Curseur>) {
    let order = |a: &Curseur, b: &Curseur| in_order(lot.depart, a, b);
    let full = |suite: &&Vec<Ligne>| suite.len() as u64 == lot.nombre;
    let ends = suites.iter().filter(full).filter_map(|suite| suite.last()).map(Ligne::curseur);
    let reached = ends.min_by(order);
    let mut lignes: Vec<Ligne> = suites.into_iter().flatten().collect();
    lignes.retain(|ligne| reached.is_none_or(|end| order(&ligne.curseur(), &end).is_le()));
    lignes.sort_by(|a, b| order(&a.curseur(), &b.curseur()));
    lignes.dedup_by_key(|ligne| ligne.id);
    (lignes, reached)
}

fn in_order(depart: Depart, a: &Curseur, b: &Curseur) -> Ordering {
    let newer = (b.transmise_le, b.id.get()).cmp(&(a.transmise_le, a.id.get()));
    if depart.backwards() { newer.reverse() } else { newer }
}

fn answers(ligne: &Ligne, typed: &str) -> bool {
    let (nom, prenom) = (cle_de_nom(&ligne.nom), cle_de_nom(&ligne.prenom));
    let begins = |word: &str| word.chars().count() >= 3 && words(&nom).any(|n| n.starts_with(word));
    words(typed).all(|word| begins(word) || words(&nom).chain(words(&prenom)).any(|whole| whole == word))
}

fn words(key: &str) -> impl Iterator<Item = &str> {
    key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
