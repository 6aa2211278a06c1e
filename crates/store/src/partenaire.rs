//! Partenaires.

use crate::db::{Tx, WriteTx};
use crate::entity::partenaire;
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::droits::{Importer, Permis};
use domain::ids::PartenaireId;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

/// An accredited structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partenaire {
    /// Id.
    pub id: PartenaireId,
    /// Name in files.
    pub slug: String,
    /// Legal name.
    pub nom: String,
    /// Short name of the conventions.
    pub nom_court: String,
    /// Its département, which presets the one of an assuré.
    pub departement: Option<String>,
}

fn of(m: partenaire::Model) -> Partenaire {
    Partenaire {
        id: PartenaireId::new(m.id),
        slug: m.slug,
        nom: m.nom,
        nom_court: m.nom_court,
        departement: m.departement,
    }
}

/// The partenaire of a slug.
///
/// # Errors
/// The database's error.
pub async fn by_slug(tx: &Tx, slug: &str) -> Result<Option<Partenaire>, StoreError> {
    Ok(partenaire::Entity::find().filter(partenaire::Column::Slug.eq(slug)).one(&tx.inner).await?.map(of))
}

/// One partenaire.
///
/// # Errors
/// The database's error.
pub async fn load(tx: &Tx, id: PartenaireId) -> Result<Option<Partenaire>, StoreError> {
    Ok(partenaire::Entity::find_by_id(id.get()).one(&tx.inner).await?.map(of))
}

/// Adds a partenaire.
///
/// # Errors
/// [`StoreError::Taken`] when the slug is used.
pub async fn insert(tx: &WriteTx, _: &Permis<Importer>, p: &Partenaire, now: DateTime<Utc>) -> Result<(), StoreError> {
    tx.add(row(p, Some(now))).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Replaces what an import brought anew.
///
/// # Errors
/// The database's error.
pub async fn update(tx: &WriteTx, _: &Permis<Importer>, p: &Partenaire) -> Result<(), StoreError> {
    row(p, None).update(&tx.inner).await?;
    Ok(())
}

fn row(p: &Partenaire, now: Option<DateTime<Utc>>) -> partenaire::ActiveModel {
    partenaire::ActiveModel {
        id: Set(p.id.get()),
        slug: Set(p.slug.clone()),
        nom: Set(p.nom.clone()),
        nom_court: Set(p.nom_court.clone()),
        departement: Set(p.departement.clone()),
        cree_le: now.map_or(sea_orm::NotSet, Set),
    }
}
