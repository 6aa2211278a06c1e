//! `journal verify`: walks the whole chain and names the first bad row.

use super::chain::{Row, Source, link, rows_after};
use crate::db::{Store, Tx};
use crate::entity::journal_chaine;
use crate::error::StoreError;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, HashSet};
use std::fmt;

/// Links read at once.
const SLICE: u64 = 1_000;

/// What is wrong, and with which row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Defect {
    /// A sealed row is gone.
    Missing {
        /// `ecriture` or `lecture`.
        source: &'static str,
        /// Its number.
        numero: i64,
    },
    /// A row, or its link, is not what was sealed.
    Changed {
        /// `ecriture` or `lecture`.
        source: &'static str,
        /// Its number.
        numero: i64,
    },
    /// Links are missing or out of order from here.
    Moved {
        /// Sequence expected.
        sequence: i64,
    },
    /// A row has waited for its seal for more than a minute.
    Unsealed {
        /// `ecriture` or `lecture`.
        source: &'static str,
        /// Its number.
        numero: i64,
    },
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { source, numero } => write!(f, "ligne {source} {numero} : absente"),
            Self::Changed { source, numero } => write!(f, "ligne {source} {numero} : modifiée"),
            Self::Moved { sequence } => write!(f, "maillon {sequence} : absent ou déplacé"),
            Self::Unsealed { source, numero } => {
                write!(f, "ligne {source} {numero} : non scellée depuis plus d’une minute")
            }
        }
    }
}

/// Checks everything; gives the number of sealed rows, or the first defect.
///
/// # Errors
/// The database's error.
pub async fn verify(store: &Store, now: DateTime<Utc>) -> Result<Result<u64, Defect>, StoreError> {
    let main = store.begin_read().await?;
    let journal = store.begin_journal_read().await?;
    let mut checked = 0_i64;
    let mut previous = Vec::new();
    let mut sealed: [HashSet<i64>; 2] = Default::default();
    loop {
        let links = links_after(&journal, checked).await?;
        if links.is_empty() {
            break;
        }
        let rows = rows_of(&main, &journal, &links).await?;
        for chained in &links {
            if chained.sequence != checked + 1 {
                return Ok(Err(Defect::Moved { sequence: checked + 1 }));
            }
            let Some(source) = Source::BOTH.into_iter().find(|s| s.code() == chained.source) else {
                return Ok(Err(Defect::Moved { sequence: chained.sequence }));
            };
            let Some(row) = rows.get(&(source, chained.numero)) else {
                return Ok(Err(Defect::Missing { source: source.code(), numero: chained.numero }));
            };
            if link(&previous, chained.sequence, source, row) != chained.empreinte {
                return Ok(Err(Defect::Changed { source: source.code(), numero: chained.numero }));
            }
            previous.clone_from(&chained.empreinte);
            checked = chained.sequence;
            for (set, s) in sealed.iter_mut().zip(Source::BOTH) {
                if s == source {
                    set.insert(chained.numero);
                }
            }
        }
    }
    for (set, source) in sealed.iter().zip(Source::BOTH) {
        let tx = if source == Source::Ecriture { &main } else { &journal };
        if let Some(defect) = unsealed(tx, source, set, now).await? {
            return Ok(Err(defect));
        }
    }
    Ok(Ok(checked.unsigned_abs()))
}

async fn links_after(tx: &Tx, after: i64) -> Result<Vec<journal_chaine::Model>, StoreError> {
    Ok(journal_chaine::Entity::find()
        .filter(journal_chaine::Column::Sequence.gt(after))
        .order_by(journal_chaine::Column::Sequence, Order::Asc)
        .limit(SLICE)
        .all(&tx.inner)
        .await?)
}

async fn rows_of(
    main: &Tx,
    journal: &Tx,
    links: &[journal_chaine::Model],
) -> Result<BTreeMap<(Source, i64), Row>, StoreError> {
    let mut found = BTreeMap::new();
    for source in Source::BOTH {
        let wanted = links.iter().filter(|l| l.source == source.code()).map(|l| l.numero);
        let (Some(first), Some(last)) = (wanted.clone().min(), wanted.max()) else { continue };
        let tx = if source == Source::Ecriture { main } else { journal };
        let mut after = first - 1;
        while after < last {
            let rows = rows_after(tx, source, after, SLICE).await?;
            let Some(end) = rows.last().map(|r| r.numero) else { break };
            after = end;
            found.extend(rows.into_iter().map(|r| ((source, r.numero), r)));
        }
    }
    Ok(found)
}

async fn unsealed(
    tx: &Tx,
    source: Source,
    sealed: &HashSet<i64>,
    now: DateTime<Utc>,
) -> Result<Option<Defect>, StoreError> {
    let mut after = 0;
    loop {
        let rows = rows_after(tx, source, after, SLICE).await?;
        let Some(end) = rows.last().map(|r| r.numero) else { return Ok(None) };
        after = end;
        let late = rows.iter().find(|r| !sealed.contains(&r.numero) && now - r.le > TimeDelta::minutes(1));
        if let Some(row) = late {
            return Ok(Some(Defect::Unsealed { source: source.code(), numero: row.numero }));
        }
    }
}
