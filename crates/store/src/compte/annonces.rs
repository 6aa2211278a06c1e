//! New agents that a structure told its caisses, so that training is offered (HA-13).

use crate::db::{Tx, WriteTx};
use crate::entity::annonce::{ActiveModel, Column, Entity, Model};
use crate::entity::partenaire;
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, Utc};
use domain::droits::{Habiliter, Permis, Portee};
use domain::ids::{CaisseId, CompteId, PartenaireId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::Scope;

/// Who arrives. Sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// Nom.
    pub nom: String,
    /// Prénom.
    pub prenom: String,
    /// What the person does.
    pub fonction: String,
    /// How to reach the person; may be empty.
    pub courriel: String,
    /// Whether the person has a compte of technicien.
    pub technicien: bool,
}

/// One announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annonce {
    /// Id.
    pub id: Uuid,
    /// By which structure.
    pub partenaire: PartenaireId,
    /// Its name; empty while it is written.
    pub structure: String,
    /// To which caisse.
    pub caisse: CaisseId,
    /// Who arrives.
    pub agent: Agent,
    /// Who told.
    pub par: CompteId,
    /// When.
    pub le: DateTime<Utc>,
    /// When the caisse said that training was offered.
    pub traitee_le: Option<DateTime<Utc>>,
}

/// Adds an announcement of the structure of the proof.
///
/// # Errors
/// [`StoreError::Conflict`] outside the proof's scope.
pub async fn insert(tx: &WriteTx, permis: &Permis<Habiliter>, a: &Annonce) -> Result<(), StoreError> {
    let Portee::Partenaire { partenaire, caisses } = permis.portee() else { return Err(StoreError::Conflict) };
    if *partenaire != a.partenaire || !caisses.contains(&a.caisse) {
        return Err(StoreError::Conflict);
    }
    tx.ensure_key(Scope::Comptes, a.le).await?;
    let key = tx.key(Scope::Comptes).await?;
    let row = ActiveModel {
        id: Set(a.id),
        partenaire_id: Set(a.partenaire.get()),
        caisse_id: Set(a.caisse.get()),
        scelle: Set(seal(&key, "annonce", a.id, &a.agent)?),
        annonce_par: Set(a.par.get()),
        annonce_le: Set(a.le),
        traitee_le: Set(None),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Announcements to a caisse, the last first, those after one of them, at most `nombre`.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn page(
    tx: &Tx,
    caisse: CaisseId,
    (apres, nombre): (Option<(DateTime<Utc>, Uuid)>, u64),
) -> Result<Vec<Annonce>, StoreError> {
    let rows: Vec<Row> = page_query(caisse, apres, nombre).into_model().all(&tx.inner).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = tx.key(Scope::Comptes).await?;
    rows.into_iter()
        .map(|Row { annonce: m, structure }| {
            Ok(Annonce {
                agent: open(&key, "annonce", m.id, &m.scelle)?,
                id: m.id,
                partenaire: PartenaireId::new(m.partenaire_id),
                structure,
                caisse: CaisseId::new(m.caisse_id),
                par: CompteId::new(m.annonce_par),
                le: m.annonce_le,
                traitee_le: m.traitee_le,
            })
        })
        .collect()
}

pub(crate) fn page_query(
    caisse: CaisseId,
    apres: Option<(DateTime<Utc>, Uuid)>,
    nombre: u64,
) -> sea_orm::Select<Entity> {
    let to_partenaire: sea_orm::RelationDef =
        Entity::belongs_to(partenaire::Entity).from(Column::PartenaireId).to(partenaire::Column::Id).into();
    let query = Entity::find()
        .select_only()
        .columns([Column::Id, Column::PartenaireId, Column::CaisseId, Column::Scelle, Column::AnnoncePar])
        .columns([Column::AnnonceLe, Column::TraiteeLe])
        .column_as(partenaire::Column::NomCourt, "structure")
        .join(sea_orm::JoinType::InnerJoin, to_partenaire)
        .filter(Column::CaisseId.eq(caisse.get()))
        .order_by(Column::AnnonceLe, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(nombre);
    let Some((le, id)) = apres else { return query };
    let same = Column::AnnonceLe.eq(le).and(Column::Id.lt(id));
    query.filter(Condition::any().add(Column::AnnonceLe.lt(le)).add(same))
}

#[derive(sea_orm::FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    annonce: Model,
    structure: String,
}

/// Notes that training was offered; gives whether it was the first to say so, at this caisse.
///
/// # Errors
/// The database's error.
pub async fn settle(tx: &WriteTx, caisse: CaisseId, id: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let change = Entity::update_many()
        .col_expr(Column::TraiteeLe, Expr::value(Some(now)))
        .filter(Column::Id.eq(id))
        .filter(Column::CaisseId.eq(caisse.get()))
        .filter(Column::TraiteeLe.is_null());
    Ok(change.exec(&tx.inner).await?.rows_affected == 1)
}
