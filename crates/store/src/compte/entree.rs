//! Who holds a session, read in one statement: every request begins with it.

use super::agregat::{of, visible};
use super::modele::Compte;
use super::sessions::{self, Session};
use crate::caisse::{Caisse, caisse_of};
use crate::db::Tx;
use crate::entity::{caisse, compte, partenaire, session};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::ids::CompteId;
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, Iterable, JoinType, QueryFilter, QuerySelect, RelationDef, Select,
};

/// A compte with its tenant.
#[derive(Clone, Debug)]
pub struct Entree {
    /// The compte.
    pub compte: Compte,
    /// Name of the structure; none for the desk and the country.
    pub structure: Option<String>,
    /// The caisse of a compte of the desk.
    pub caisse: Option<Caisse>,
}

/// Prefixes of the columns, as each table has an `id`.
const COMPTE: &str = "c_";
const CAISSE: &str = "k_";
const SESSION: &str = "s_";

fn columns<E: EntityTrait, C: Iterable + ColumnTrait>(mut query: Select<E>, prefix: &str) -> Select<E> {
    for column in C::iter() {
        query = query.column_as(column, format!("{prefix}{}", column.as_str()));
    }
    query
}

fn with_tenant() -> Select<compte::Entity> {
    let to_partenaire: RelationDef = compte::Entity::belongs_to(partenaire::Entity)
        .from(compte::Column::PartenaireId)
        .to(partenaire::Column::Id)
        .into();
    let to_caisse: RelationDef =
        compte::Entity::belongs_to(caisse::Entity).from(compte::Column::CaisseId).to(caisse::Column::Id).into();
    let query = compte::Entity::find()
        .select_only()
        .column_as(partenaire::Column::Nom, "structure")
        .join(JoinType::LeftJoin, to_partenaire)
        .join(JoinType::LeftJoin, to_caisse);
    columns::<_, caisse::Column>(columns::<_, compte::Column>(query, COMPTE), CAISSE)
}

async fn entree(tx: &Tx, row: &sea_orm::QueryResult) -> Result<Entree, StoreError> {
    Ok(Entree {
        compte: of(tx, compte::Model::from_query_result(row, COMPTE)?).await?,
        structure: row.try_get("", "structure")?,
        caisse: Option::<caisse::Model>::from_query_result(row, CAISSE)?.map(caisse_of).transpose()?,
    })
}

/// The session of a token's hash, whatever its age, with whose it is; none of a compte that is deleted.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn by_session(
    tx: &Tx,
    empreinte: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<Option<(Session, Entree)>, StoreError> {
    let to_session: RelationDef =
        compte::Entity::belongs_to(session::Entity).from(compte::Column::Id).to(session::Column::CompteId).into();
    let query =
        with_tenant().join(JoinType::InnerJoin, to_session).filter(session::Column::Empreinte.eq(empreinte.to_vec()));
    let query = columns::<_, session::Column>(query, SESSION).filter(visible(now));
    match first(tx, query).await? {
        Some(row) => {
            let session = sessions::of(session::Model::from_query_result(&row, SESSION)?)?;
            Ok(Some((session, entree(tx, &row).await?)))
        }
        None => Ok(None),
    }
}

/// A compte with its tenant, for somebody known without a session.
///
/// # Errors
/// As for [`by_session`].
pub async fn by_compte(tx: &Tx, id: CompteId, now: DateTime<Utc>) -> Result<Option<Entree>, StoreError> {
    match first(tx, with_tenant().filter(compte::Column::Id.eq(id.get())).filter(visible(now))).await? {
        Some(row) => Ok(Some(entree(tx, &row).await?)),
        None => Ok(None),
    }
}

async fn first(tx: &Tx, query: Select<compte::Entity>) -> Result<Option<sea_orm::QueryResult>, StoreError> {
    use sea_orm::{ConnectionTrait, QueryTrait};
    Ok(tx.inner.query_one_raw(query.build(tx.backend)).await?)
}
