//! Partenaires.

use crate::convention::{Enregistree, stored};
use crate::db::{Tx, WriteTx};
use crate::entity::{convention, partenaire};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::droits::{Acte, Permis};
use domain::ids::{CaisseId, PartenaireId};
use domain::partenaire::compare;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, JoinType, Order, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, SelectTwo, Set,
};

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
pub async fn insert<A: Acte>(
    tx: &WriteTx,
    _: &Permis<A>,
    p: &Partenaire,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx.add(row(p, Some(now))).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Replaces names and département.
///
/// # Errors
/// The database's error.
pub async fn update<A: Acte>(tx: &WriteTx, _: &Permis<A>, p: &Partenaire) -> Result<(), StoreError> {
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
        siret: sea_orm::NotSet,
        recherche: Set(Some(compare(&format!("{} {}", p.nom, p.nom_court)))),
    }
}

/// Notes the SIRET of a structure: no other one has it, also when two are written at once (PA-1).
///
/// # Errors
/// [`StoreError::Taken`] when it is another structure's, or the database's error.
pub async fn note_siret<A: Acte>(
    tx: &WriteTx,
    _: &Permis<A>,
    id: PartenaireId,
    siret: Option<&str>,
) -> Result<(), StoreError> {
    partenaire::Entity::update_many()
        .col_expr(partenaire::Column::Siret, Expr::value(siret.map(str::to_owned)))
        .filter(partenaire::Column::Id.eq(id.get()))
        .exec(&tx.inner)
        .await
        .map_err(StoreError::from_insert)?;
    Ok(())
}

/// The structure with this SIRET, whatever caisse knows it.
///
/// # Errors
/// The database's error.
pub async fn by_siret(tx: &Tx, siret: &str) -> Result<Option<Partenaire>, StoreError> {
    let found = partenaire::Entity::find().filter(partenaire::Column::Siret.eq(siret));
    Ok(found.one(&tx.inner).await?.map(of))
}

/// Which of these words of addresses are taken.
///
/// # Errors
/// The database's error.
pub async fn slugs(tx: &Tx, candidats: &[String]) -> Result<Vec<String>, StoreError> {
    Ok(partenaire::Entity::find()
        .select_only()
        .column(partenaire::Column::Slug)
        .filter(partenaire::Column::Slug.is_in(candidats))
        .into_tuple()
        .all(&tx.inner)
        .await?)
}

/// Where a page of the list begins: after this name and key of a convention.
pub type Apres = (String, String);

/// The structures with which a caisse has a convention, live or not, one line a convention, in the order of their
/// short names. `recherche` is a part of a name, in its compared form.
///
/// # Errors
/// The database's error.
pub async fn of_caisse(
    tx: &Tx,
    caisse: CaisseId,
    recherche: &str,
    apres: Option<&Apres>,
    count: u64,
) -> Result<Vec<(Partenaire, Enregistree)>, StoreError> {
    let rows = of_caisse_query(caisse, recherche, apres, count).all(&tx.inner).await?;
    let line = |(c, p): (convention::Model, Option<partenaire::Model>)| {
        let row = c.id;
        let p = p.ok_or(StoreError::Corrupt { table: "convention", column: "partenaire_id", row })?;
        Ok((of(p), stored(c)?))
    };
    rows.into_iter().map(line).collect()
}

pub(crate) fn of_caisse_query(
    caisse: CaisseId,
    recherche: &str,
    apres: Option<&Apres>,
    count: u64,
) -> SelectTwo<convention::Entity, partenaire::Entity> {
    let to: RelationDef = convention::Entity::belongs_to(partenaire::Entity)
        .from(convention::Column::PartenaireId)
        .to(partenaire::Column::Id)
        .into();
    let nom = Expr::col((partenaire::Entity, partenaire::Column::NomCourt));
    let cle = Expr::col((convention::Entity, convention::Column::Cle));
    let mut query = convention::Entity::find()
        .select_also(partenaire::Entity)
        .join(JoinType::InnerJoin, to)
        .filter(convention::Column::CaisseId.eq(caisse.get()))
        .order_by(partenaire::Column::NomCourt, Order::Asc)
        .order_by(convention::Column::Cle, Order::Asc)
        .limit(count);
    if let Some((apres_nom, apres_cle)) = apres {
        let same = nom.clone().eq(apres_nom.as_str()).and(cle.gt(apres_cle.as_str()));
        query = query.filter(Condition::any().add(nom.gt(apres_nom.as_str())).add(same));
    }
    if !recherche.is_empty() {
        query = query.filter(partenaire::Column::Recherche.contains(recherche));
    }
    query
}
