//! The sealer: adds (sequence, row, hash) for what is committed and not yet sealed. No request touches the chain.

use crate::db::{Store, Tx, WriteTx};
use crate::entity::{journal_chaine, journal_ecriture, journal_lecture};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use uuid::Uuid;

/// How far behind the highest sealed number a row may still be committed (transactions of several nodes end out of order).
const WINDOW: i64 = 2_000;
/// Rows read at once.
const SLICE: u64 = 1_000;
/// Key of the PostgreSQL advisory lock: one sealer at a time over all nodes.
const LOCK: i64 = 0x4550_4a4f;

/// Which table a row comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Source {
    Ecriture,
    Lecture,
}

impl Source {
    pub(super) const BOTH: [Self; 2] = [Self::Ecriture, Self::Lecture];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Ecriture => "ecriture",
            Self::Lecture => "lecture",
        }
    }
}

/// A journal row of either table, as hashed.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub numero: i64,
    pub le: DateTime<Utc>,
    pub canonical: Vec<u8>,
}

macro_rules! canonical {
    ($m:expr) => {
        Row {
            numero: $m.numero,
            le: $m.le,
            canonical: canonical_bytes(&[
                &$m.numero.to_string(),
                &$m.id.to_string(),
                &$m.le.timestamp_micros().to_string(),
                &$m.requete,
                &$m.acteur,
                &text($m.compte_id),
                &$m.action,
                &$m.objet,
                $m.objet_id.as_deref().unwrap_or("\u{0}"),
                &text($m.caisse_id),
                &text($m.partenaire_id),
                $m.adresse.as_deref().unwrap_or("\u{0}"),
                &$m.resultat,
                &$m.details,
            ]),
        }
    };
}

fn text(id: Option<Uuid>) -> String {
    id.map_or_else(|| "\u{0}".to_owned(), |i| i.to_string())
}

/// Length-prefixed fields, so that no two rows share a writing.
fn canonical_bytes(fields: &[&str]) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    for field in fields {
        out.extend_from_slice(&(field.len() as u64).to_be_bytes());
        out.extend_from_slice(field.as_bytes());
    }
    out
}

pub(super) async fn rows_after(tx: &Tx, source: Source, after: i64, limit: u64) -> Result<Vec<Row>, StoreError> {
    Ok(match source {
        Source::Ecriture => {
            let found = journal_ecriture::Entity::find()
                .filter(journal_ecriture::Column::Numero.gt(after))
                .order_by(journal_ecriture::Column::Numero, Order::Asc)
                .limit(limit);
            found.all(&tx.inner).await?.into_iter().map(|m| canonical!(m)).collect()
        }
        Source::Lecture => {
            let found = journal_lecture::Entity::find()
                .filter(journal_lecture::Column::Numero.gt(after))
                .order_by(journal_lecture::Column::Numero, Order::Asc)
                .limit(limit);
            found.all(&tx.inner).await?.into_iter().map(|m| canonical!(m)).collect()
        }
    })
}

/// Hash of a link: what came before, its place, and the row itself.
pub(super) fn link(previous: &[u8], sequence: i64, source: Source, row: &Row) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(previous);
    hash.update(sequence.to_be_bytes());
    hash.update(source.code().as_bytes());
    hash.update(&row.canonical);
    hash.finalize().to_vec()
}

/// Seals on behalf of one process; remembers nothing but how far it looked.
#[derive(Debug, Default)]
pub struct Sealer {
    floor: [i64; 2],
}

impl Sealer {
    /// Seals what is waiting; gives the number of rows sealed. Call it every second and at start.
    ///
    /// # Errors
    /// The database's error; what was not sealed is sealed next time.
    pub async fn seal(&mut self, store: &Store, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let mut total = 0;
        for (floor, source) in self.floor.iter_mut().zip(Source::BOTH) {
            let mut seen = *floor;
            loop {
                let numbers = numbers_after(store, source, seen).await?;
                let Some(last) = numbers.last().copied() else { break };
                total += seal_slice(store, source, (seen, &numbers), now).await?;
                seen = last;
                if (numbers.len() as u64) < SLICE {
                    break;
                }
            }
            // The window stays open, however much there was, for transactions that end out of order.
            *floor = (seen - WINDOW).max(*floor);
        }
        Ok(total)
    }
}

/// Seals everything that waits, from the first row on.
///
/// # Errors
/// The database's error.
pub async fn seal(store: &Store, now: DateTime<Utc>) -> Result<u64, StoreError> {
    Sealer::default().seal(store, now).await
}

/// Numbers of the rows after one: what is looked at every second is mostly sealed, so the rows are not read for it.
async fn numbers_after(store: &Store, source: Source, after: i64) -> Result<Vec<i64>, StoreError> {
    let tx = begin_source(store, source).await?;
    Ok(match source {
        Source::Ecriture => {
            let column = journal_ecriture::Column::Numero;
            let found = journal_ecriture::Entity::find().select_only().column(column).filter(column.gt(after));
            found.order_by(column, Order::Asc).limit(SLICE).into_tuple().all(&tx.inner).await?
        }
        Source::Lecture => {
            let column = journal_lecture::Column::Numero;
            let found = journal_lecture::Entity::find().select_only().column(column).filter(column.gt(after));
            found.order_by(column, Order::Asc).limit(SLICE).into_tuple().all(&tx.inner).await?
        }
    })
}

async fn begin_source(store: &Store, source: Source) -> Result<Tx, StoreError> {
    match source {
        Source::Ecriture => store.begin_read().await,
        Source::Lecture => store.begin_journal_read().await,
    }
}

async fn seal_slice(
    store: &Store,
    source: Source,
    (after, numbers): (i64, &[i64]),
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let last = numbers.last().copied().unwrap_or(after);
    let known = sealed_numbers(&store.begin_journal_read().await?, source, after, last).await?;
    let Some(first) = numbers.iter().find(|n| !known.contains(n)) else { return Ok(0) };
    let rows = rows_after(&begin_source(store, source).await?, source, first - 1, SLICE).await?;
    let tx = store.begin_journal_write().await?;
    one_sealer(&tx).await?;
    // Looked at again under the lock: another sealer may have been faster.
    let sealed = sealed_numbers(&tx, source, first - 1, rows.last().map_or(last, |r| r.numero)).await?;
    let fresh: Vec<Row> = rows.into_iter().filter(|r| !sealed.contains(&r.numero)).collect();
    let count = append(&tx, source, &fresh, now).await?;
    tx.commit().await?;
    Ok(count)
}

async fn one_sealer(tx: &WriteTx) -> Result<(), StoreError> {
    if tx.backend == DbBackend::Postgres {
        tx.inner.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
    Ok(())
}

async fn sealed_numbers(tx: &Tx, source: Source, after: i64, last: i64) -> Result<HashSet<i64>, StoreError> {
    let found: Vec<i64> = journal_chaine::Entity::find()
        .select_only()
        .column(journal_chaine::Column::Numero)
        .filter(journal_chaine::Column::Source.eq(source.code()))
        .filter(journal_chaine::Column::Numero.gt(after))
        .filter(journal_chaine::Column::Numero.lte(last))
        .into_tuple()
        .all(&tx.inner)
        .await?;
    Ok(found.into_iter().collect())
}

async fn append(tx: &WriteTx, source: Source, rows: &[Row], now: DateTime<Utc>) -> Result<u64, StoreError> {
    if rows.is_empty() {
        return Ok(0);
    }
    let head =
        journal_chaine::Entity::find().order_by(journal_chaine::Column::Sequence, Order::Desc).one(&tx.inner).await?;
    let (mut sequence, mut previous) = head.map_or((0, Vec::new()), |h| (h.sequence, h.empreinte));
    let mut links = Vec::with_capacity(rows.len());
    for row in rows {
        sequence += 1;
        previous = link(&previous, sequence, source, row);
        links.push(journal_chaine::ActiveModel {
            sequence: Set(sequence),
            source: Set(source.code().to_owned()),
            numero: Set(row.numero),
            empreinte: Set(previous.clone()),
            scelle_le: Set(now),
        });
    }
    journal_chaine::Entity::insert_many(links).exec_without_returning(&tx.inner).await?;
    Ok(rows.len() as u64)
}
