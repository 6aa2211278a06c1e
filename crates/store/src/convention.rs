//! Dossiers of conventions: one row per caisse and partenaire, the whole agreement as one document. Beside it: letters,
//! versions, acts, marks of what was told once, and how what is open at the end goes on.

mod actes;
mod lettres;
pub(crate) mod listes;
mod marques;
mod suites;
mod versions;

pub use actes::{ActeNote, NatureActe, actes, noter};
pub use lettres::{Lettre, TexteLettre, ajouter_lettre, lettre, lettres, lettres_de, modifier_lettre};
pub use listes::{ASuivre, DeLaCaisse, a_suivre, of_caisse, suivre};
pub use marques::{Marque, avenants_ecartes, marquer, marques};
pub use suites::{Suite, ecrire_suite, suites};
pub use versions::{Signature, Version, ajouter_version, appliquer, attendent, versions};

use crate::caisse::{Caisse, caisse_of};
use crate::db::{Tx, WriteTx};
use crate::entity::{caisse, convention};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::convention::{Actes, Dossier};
use domain::droits::{Acte, Permis, Portee};
use domain::ids::{CaisseId, ConventionId, PartenaireId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, FromQueryResult, Iterable, JoinType, Order, QueryFilter,
    QueryOrder, QuerySelect, RelationDef, Set,
};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// A dossier as stored, with what the caisse decided on it.
#[derive(Clone, Debug)]
pub struct Enregistree {
    /// Id.
    pub id: ConventionId,
    /// Caisse side.
    pub caisse: CaisseId,
    /// Partner side.
    pub partenaire: PartenaireId,
    /// The agreement.
    pub dossier: Dossier,
    /// Activation, functions switched on, end, cut.
    pub actes: Actes,
    /// Grows with every change.
    pub version: i64,
}

pub(crate) fn stored(m: convention::Model) -> Result<Enregistree, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "convention", column, row: m.id };
    let dossier = serde_json::from_str(&m.document).map_err(|_| corrupt("document"))?;
    let actes = serde_json::from_str(&m.actes).map_err(|_| corrupt("actes"))?;
    Ok(Enregistree {
        id: ConventionId::new(m.id),
        caisse: CaisseId::new(m.caisse_id),
        partenaire: PartenaireId::new(m.partenaire_id),
        dossier,
        actes,
        version: m.version,
    })
}

/// The dossier of a key.
///
/// # Errors
/// The database's error.
pub async fn by_cle(tx: &Tx, cle: &str) -> Result<Option<Enregistree>, StoreError> {
    convention::Entity::find().filter(convention::Column::Cle.eq(cle)).one(&tx.inner).await?.map(stored).transpose()
}

/// Rows inside a scope.
pub(crate) fn within(portee: &Portee) -> Condition {
    let all = Condition::all();
    match portee {
        Portee::Caisse(caisse) => all.add(convention::Column::CaisseId.eq(caisse.get())),
        Portee::Partenaire { partenaire, .. } => all.add(convention::Column::PartenaireId.eq(partenaire.get())),
        Portee::Services { .. } | Portee::Soi(_) => all.add(Expr::val(1).eq(0)),
        Portee::Tout => all,
    }
}

/// The dossier of a key, if it lies in the scope.
///
/// # Errors
/// The database's error.
pub async fn in_scope(tx: &Tx, portee: &Portee, cle: &str) -> Result<Option<Enregistree>, StoreError> {
    let found = convention::Entity::find().filter(convention::Column::Cle.eq(cle)).filter(within(portee));
    found.one(&tx.inner).await?.map(stored).transpose()
}

/// As [`in_scope`], locked until the end of the transaction.
///
/// # Errors
/// The database's error.
pub async fn lock(tx: &WriteTx, portee: &Portee, cle: &str) -> Result<Option<Enregistree>, StoreError> {
    let found = convention::Entity::find()
        .filter(convention::Column::Cle.eq(cle))
        .filter(within(portee))
        .lock(LockType::Update);
    found.one(&tx.inner).await?.map(stored).transpose()
}

/// The dossier of an id: for the system only, pages load in scope.
///
/// # Errors
/// The database's error.
pub async fn by_id(tx: &Tx, id: ConventionId) -> Result<Option<Enregistree>, StoreError> {
    convention::Entity::find_by_id(id.get()).one(&tx.inner).await?.map(stored).transpose()
}

/// Every dossier, in the order of their keys.
///
/// # Errors
/// The database's error.
pub async fn all(tx: &Tx) -> Result<Vec<Enregistree>, StoreError> {
    let rows = convention::Entity::find().order_by(convention::Column::Cle, Order::Asc).all(&tx.inner).await?;
    rows.into_iter().map(stored).collect()
}

/// The dossiers of a partenaire.
///
/// # Errors
/// The database's error.
pub async fn of_partenaire(tx: &Tx, partenaire: PartenaireId) -> Result<Vec<Enregistree>, StoreError> {
    let rows = convention::Entity::find()
        .filter(convention::Column::PartenaireId.eq(partenaire.get()))
        .order_by(convention::Column::Cle, Order::Asc);
    rows.all(&tx.inner).await?.into_iter().map(stored).collect()
}

/// The agreement of a dossier with what the caisse decided on it.
#[derive(Clone, Debug)]
pub struct Accord {
    /// The agreement.
    pub dossier: Dossier,
    /// Activation, functions switched on, end, cut.
    pub actes: Actes,
}

/// A dossier as every request of the partner side needs it.
#[derive(Clone, Debug)]
pub struct Liee {
    /// Id.
    pub id: ConventionId,
    /// Caisse side.
    pub caisse: Caisse,
    /// The agreement, parsed once for each of its versions.
    pub accord: Arc<Accord>,
}

/// Agreements parsed by this process: a version of a dossier that was committed never changes.
#[derive(Default)]
pub(crate) struct Accords(Mutex<HashMap<Cle, Arc<Accord>>>);

/// A dossier, its version, and when that was written: a database put back from a copy may count the same versions again.
type Cle = (Uuid, i64, DateTime<Utc>);

/// Agreements kept at most; beyond that all are read again.
const ACCORDS: usize = 500;

impl Accords {
    fn get(&self, key: Cle) -> Option<Arc<Accord>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned()
    }

    fn keep(&self, key: Cle, accord: &Arc<Accord>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= ACCORDS {
            kept.clear();
        }
        kept.insert(key, Arc::clone(accord));
    }
}

#[derive(FromQueryResult)]
struct Lien {
    lien: Uuid,
    version: i64,
    modifiee_le: DateTime<Utc>,
    #[sea_orm(nested)]
    caisse: caisse::Model,
}

/// The dossiers of a partenaire with their caisses, in the order of their keys.
///
/// # Errors
/// The database's error.
pub async fn liees(tx: &Tx, partenaire: PartenaireId) -> Result<Vec<Liee>, StoreError> {
    let to_caisse: RelationDef =
        convention::Entity::belongs_to(caisse::Entity).from(convention::Column::CaisseId).to(caisse::Column::Id).into();
    let mut query = convention::Entity::find()
        .select_only()
        .column_as(convention::Column::Id, "lien")
        .column(convention::Column::Version)
        .column(convention::Column::ModifieeLe)
        .join(JoinType::InnerJoin, to_caisse)
        .filter(convention::Column::PartenaireId.eq(partenaire.get()))
        .order_by(convention::Column::Cle, Order::Asc);
    for column in caisse::Column::iter() {
        query = query.column(column);
    }
    let rows = query.into_model::<Lien>().all(&tx.inner).await?;
    let cles: Vec<Cle> = rows.iter().map(|r| (r.lien, r.version, r.modifiee_le)).collect();
    let mut accords = kept_or_read(tx, &cles).await?;
    rows.into_iter()
        .map(|r| {
            let corrupt = StoreError::Corrupt { table: "convention", column: "document", row: r.lien };
            let accord = accords.remove(&r.lien).ok_or(corrupt)?;
            Ok(Liee { id: ConventionId::new(r.lien), caisse: caisse_of(r.caisse)?, accord })
        })
        .collect()
}

async fn kept_or_read(tx: &Tx, rows: &[Cle]) -> Result<HashMap<Uuid, Arc<Accord>>, StoreError> {
    let kept = rows.iter().filter_map(|cle| Some((cle.0, tx.accords.get(*cle)?)));
    let mut accords: HashMap<Uuid, Arc<Accord>> = kept.collect();
    let missing: Vec<Uuid> = rows.iter().map(|cle| cle.0).filter(|id| !accords.contains_key(id)).collect();
    if missing.is_empty() {
        return Ok(accords);
    }
    for m in convention::Entity::find().filter(convention::Column::Id.is_in(missing)).all(&tx.inner).await? {
        let (id, cle) = (m.id, (m.id, m.version, m.modifiee_le));
        let Enregistree { dossier, actes, .. } = stored(m)?;
        let accord = Arc::new(Accord { dossier, actes });
        // What a writing transaction reads may be its own change, which may never be committed.
        if !tx.writes {
            tx.accords.keep(cle, &accord);
        }
        accords.insert(id, accord);
    }
    Ok(accords)
}

/// The dossiers of a partenaire, locked until the end of the transaction: take it before counting comptes (HA-2).
///
/// # Errors
/// The database's error.
pub async fn lock_of_partenaire(tx: &WriteTx, partenaire: PartenaireId) -> Result<Vec<Enregistree>, StoreError> {
    let rows = convention::Entity::find()
        .filter(convention::Column::PartenaireId.eq(partenaire.get()))
        .order_by(convention::Column::Cle, Order::Asc)
        .lock(LockType::Update);
    rows.all(&tx.inner).await?.into_iter().map(stored).collect()
}

/// Every dossier, locked until the end of the transaction: an import decides on all of them at once.
///
/// # Errors
/// The database's error.
pub async fn lock_all(tx: &WriteTx) -> Result<Vec<Enregistree>, StoreError> {
    let rows = convention::Entity::find().order_by(convention::Column::Cle, Order::Asc).lock(LockType::Update);
    rows.all(&tx.inner).await?.into_iter().map(stored).collect()
}

/// Adds a dossier.
///
/// # Errors
/// [`StoreError::Taken`] when the key is used.
pub async fn insert<A: Acte>(
    tx: &WriteTx,
    _: &Permis<A>,
    d: &Enregistree,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = convention::ActiveModel {
        id: Set(d.id.get()),
        cle: Set(d.dossier.cle.clone()),
        caisse_id: Set(d.caisse.get()),
        partenaire_id: Set(d.partenaire.get()),
        document: Set(serde_json::to_string(&d.dossier)?),
        actes: Set(serde_json::to_string(&d.actes)?),
        version: Set(1),
        cree_le: Set(now),
        modifiee_le: Set(now),
        a_suivre_le: Set(None),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Replaces the agreement of a dossier that still has the version read; its calendar is looked at again by the next run of
/// the reconciler. The tenant condition is the proof's.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody changed it in between, or outside the proof's scope.
pub async fn update<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    d: &Enregistree,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let change = convention::Entity::update_many()
        .col_expr(convention::Column::Document, serde_json::to_string(&d.dossier)?.into())
        .col_expr(convention::Column::Actes, serde_json::to_string(&d.actes)?.into())
        .col_expr(convention::Column::ModifieeLe, now.into())
        .col_expr(convention::Column::ASuivreLe, Expr::value(None::<DateTime<Utc>>))
        .col_expr(convention::Column::Version, Expr::col(convention::Column::Version).add(1))
        .filter(convention::Column::Id.eq(d.id.get()))
        .filter(within(permis.portee()))
        .filter(convention::Column::Version.eq(d.version));
    match change.exec(&tx.inner).await?.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}
