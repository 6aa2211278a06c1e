//! Search by name: the blind index gives rows in the order of the list, opening them decides (architecture, point 15).
//!
//! Each caisse has its own key, a long word is looked up in two ways, and an agent may have several services: each of these
//! is a run of index rows that is already in order. A page merges the runs, reads no more of them than it may show, and
//! stops at [`LUES`] rows, however common the name and however few rows the filters leave.

use super::NOM;
use super::criteres::{Criteres, Depart, Tranche, passing, slice};
use super::listes::{Curseur, Ligne, read, select};
use super::portee::within;
use crate::db::Tx;
use crate::entity::demande::{Column, Entity};
use crate::entity::demande_nom;
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::assure::cle_de_nom;
use domain::droits::Portee;
use domain::ids::{CaisseId, DemandeId};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, Select};
use std::cmp::Ordering;
use uuid::Uuid;
use vault::ScopeKey;

/// Rows of the blind index that a page reads at most.
pub const LUES: u64 = 2_000;
/// Rows of a run read at once at most.
const LOT: u64 = 400;

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Trouvees {
    /// Rows, the last filed first.
    pub lignes: Vec<Ligne>,
    /// When so much was read that the page is not full: where to go on.
    pub reste: Option<Curseur>,
}

/// Index rows of one token in one place: those of a structure, of a service, or of the caisse whose key made the token.
#[derive(Clone)]
pub(super) struct Suite {
    jeton: Vec<u8>,
    ici: Option<(demande_nom::Column, Uuid)>,
}

/// The runs of a search, and for each other word the tokens of which a demande must have one.
#[derive(Default)]
pub(super) struct Suites {
    pub(super) suites: Vec<Suite>,
    pub(super) autres: Vec<Vec<Vec<u8>>>,
}

/// A page of the demandes of the scope whose assuré answers to what was typed, the last filed first, full unless it is
/// the last or [`LUES`] rows of the index were read. Every word must be the beginning of a word of the nom (from 3 letters
/// on) or a whole word of nom or prénom, whatever case, accents and order; nothing typed finds nothing. Several caisses are
/// searched each under its own key.
///
/// # Errors
/// The database's error.
pub async fn search_nom(
    tx: &Tx,
    portee: &Portee,
    saisi: &str,
    criteres: &Criteres,
    tranche: Tranche,
) -> Result<Trouvees, StoreError> {
    let typed = cle_de_nom(saisi);
    let mut all = Suites::default();
    for caisse in caisses(portee).filter(|c| criteres.caisse.is_none_or(|only| only == *c)) {
        all.add(&*tx.caisse_key(caisse).await?, portee, &vault::name_lookups(&typed));
    }
    let wanted = usize::try_from(tranche.nombre).unwrap_or(usize::MAX);
    let (mut lignes, mut lot, mut left) = (Vec::new(), tranche, LUES);
    let reste = loop {
        lot.nombre = Ord::min(lot.nombre, all.share(left));
        let (candidates, reached) = all.read(tx, criteres, lot, &mut left).await?;
        let mut opened = match candidates.as_slice() {
            [] => Vec::new(),
            some => read(tx, rows_query(portee, criteres, &all.autres, some)).await?,
        };
        opened.sort_by(|a, b| in_order(lot.depart, &a.curseur(), &b.curseur()));
        lignes.extend(opened.into_iter().filter(|ligne| answers(ligne, &typed)));
        let reste = reached.filter(|_| lignes.len() < wanted);
        match reste {
            // The index may hold too much: what only looks alike is passed over until the page is full.
            Some(c) if all.share(left) > 0 => {
                lot = Tranche { depart: lot.depart.from(c), nombre: Ord::min(lot.nombre.saturating_mul(2), LOT) };
            }
            _ => break reste,
        }
    };
    lignes.truncate(wanted);
    if tranche.depart.backwards() {
        lignes.reverse();
    }
    Ok(Trouvees { lignes, reste })
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

/// Places of the blind index that a scope looks at.
fn places(portee: &Portee) -> Vec<Option<(demande_nom::Column, Uuid)>> {
    match portee {
        Portee::Partenaire { partenaire, .. } => vec![Some((demande_nom::Column::PartenaireId, partenaire.get()))],
        Portee::Services { services, .. } => {
            services.iter().map(|s| Some((demande_nom::Column::ServiceId, s.get()))).collect()
        }
        Portee::Caisse(_) => vec![None],
        Portee::Soi(_) | Portee::Tout => Vec::new(),
    }
}

impl Suites {
    /// Adds a caisse: runs of the longest word, which leaves the fewest rows.
    pub(super) fn add(&mut self, key: &ScopeKey, portee: &Portee, lookups: &[Vec<String>]) {
        let blind = |tokens: &Vec<String>| tokens.iter().map(|t| key.blind(NOM, t).to_vec()).collect::<Vec<_>>();
        let length = |tokens: &Vec<String>| tokens.first().map_or(0, |word| word.chars().count());
        let Some((longest, words)) = lookups.iter().enumerate().max_by_key(|(_, tokens)| length(tokens)) else {
            return;
        };
        for jeton in blind(words) {
            self.suites.extend(places(portee).into_iter().map(|ici| Suite { jeton: jeton.clone(), ici }));
        }
        self.autres.resize(lookups.len().saturating_sub(1), Vec::new());
        let others = lookups.iter().enumerate().filter(|(n, _)| *n != longest).map(|(_, tokens)| tokens);
        for (jetons, tokens) in self.autres.iter_mut().zip(others) {
            jetons.extend(blind(tokens));
        }
    }

    /// Rows that each run may still read.
    fn share(&self, left: u64) -> u64 {
        left.checked_div(self.suites.len() as u64).unwrap_or(0)
    }

    /// The next piece of all runs.
    async fn read(
        &self,
        tx: &Tx,
        criteres: &Criteres,
        lot: Tranche,
        left: &mut u64,
    ) -> Result<(Vec<Curseur>, Option<Curseur>), StoreError> {
        let mut pieces = Vec::new();
        for suite in &self.suites {
            let rows: Vec<(DateTime<Utc>, Uuid)> =
                suite_query(suite, criteres, lot).into_tuple().all(&tx.inner).await?;
            *left = left.saturating_sub(rows.len() as u64);
            let place = |(transmise_le, id)| Curseur { urgent: false, transmise_le, id: DemandeId::new(id) };
            pieces.push(rows.into_iter().map(place).collect());
        }
        Ok(merge(pieces, lot))
    }
}

/// A piece of a run, in the order of its index, which holds all that is read.
pub(super) fn suite_query(suite: &Suite, criteres: &Criteres, lot: Tranche) -> Select<demande_nom::Entity> {
    use demande_nom::Column as Nom;
    let query = demande_nom::Entity::find()
        .select_only()
        .columns([Nom::TransmiseLe, Nom::DemandeId])
        .filter(Nom::Jeton.eq(suite.jeton.clone()))
        .filter(Condition::all().add_option(suite.ici.map(|(column, id)| column.eq(id))));
    slice(query, (Nom::TransmiseLe, Nom::DemandeId), criteres, lot)
}

/// Those of some demandes that are in the scope, pass the filters and have every other word.
pub(super) fn rows_query(
    portee: &Portee,
    criteres: &Criteres,
    autres: &[Vec<Vec<u8>>],
    candidates: &[Curseur],
) -> Select<Entity> {
    let asked = Expr::from(Condition::all().add(within(portee)).add(passing(criteres)));
    let mut query = select()
        .filter(Column::Id.is_in(candidates.iter().map(|c| c.id.get())))
        // As one truth, which no index answers: SQLite, which knows no statistics, would rather read every demande of the
        // structure than these.
        .filter(asked.is(Expr::custom_keyword("TRUE")));
    for jetons in autres {
        query = query.filter(Expr::exists(also(jetons)));
    }
    query
}

/// Another word of the same demande: one probe, since every token of a demande carries its structure and its instant of
/// filing. The offset keeps PostgreSQL from reading every demande of that word instead.
fn also(jetons: &[Vec<u8>]) -> SelectStatement {
    use demande_nom::Column as Nom;
    let autre = Alias::new("autre");
    Query::select()
        .expr(Expr::val(1))
        .from_as(demande_nom::Entity, autre.clone())
        .and_where(Expr::col((autre.clone(), Nom::Jeton)).is_in(jetons.iter().cloned()))
        .and_where(Expr::col((autre.clone(), Nom::PartenaireId)).equals((Entity, Column::PartenaireId)))
        .and_where(Expr::col((autre.clone(), Nom::TransmiseLe)).equals((Entity, Column::TransmiseLe)))
        .and_where(Expr::col((autre, Nom::DemandeId)).equals((Entity, Column::Id)))
        .limit(1)
        .offset(0)
        .to_owned()
}

/// Places of all runs in order, each once, up to where every run is known; from there the next piece begins, if there may
/// be more.
fn merge(pieces: Vec<Vec<Curseur>>, lot: Tranche) -> (Vec<Curseur>, Option<Curseur>) {
    let order = |a: &Curseur, b: &Curseur| in_order(lot.depart, a, b);
    let full = |piece: &&Vec<Curseur>| piece.len() as u64 == lot.nombre;
    let reached = pieces.iter().filter(full).filter_map(|piece| piece.last().copied()).min_by(order);
    let mut places: Vec<Curseur> = pieces.into_iter().flatten().collect();
    places.retain(|place| reached.is_none_or(|end| order(place, &end).is_le()));
    places.sort_by(order);
    places.dedup();
    (places, reached)
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
