//! Caisses and their services.

use crate::db::{Tx, WriteTx};
use crate::entity::{caisse, service};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::caisse::{Departement, TypeDeCaisse};
use domain::calendrier::Zone;
use domain::droits::{Importer, Permis};
use domain::ids::{CaisseId, ServiceId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set,
};
use vault::Scope;

/// A caisse as shown and as rules need it.
#[derive(Clone, Debug)]
pub struct Caisse {
    /// Id.
    pub id: CaisseId,
    /// Who it is and whom it treats.
    pub fiche: domain::caisse::Caisse,
    /// Phone for partners.
    pub telephone: Option<String>,
    /// Mail for partners.
    pub courriel: Option<String>,
    /// Postal address.
    pub adresse: Option<String>,
    /// How to reach it when the portal is away (art. 3.2).
    pub autre_canal: Option<String>,
}

/// A service of a caisse.
#[derive(Clone, Debug)]
pub struct Service {
    /// Id.
    pub id: ServiceId,
    /// Its caisse.
    pub caisse: CaisseId,
    /// `droits`, `c2s`, …
    pub code: String,
    /// Name shown.
    pub nom: String,
    /// Phone.
    pub telephone: Option<String>,
    /// Mail.
    pub courriel: Option<String>,
    /// Postal address.
    pub adresse: Option<String>,
    /// Foreseeable delay in jours ouvrés.
    pub delai_jours: u32,
}

pub(crate) fn caisse_of(m: caisse::Model) -> Result<Caisse, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "caisse", column, row: m.id };
    let departements = m.departements.split(',').map(Departement::parse).collect::<Result<_, _>>();
    Ok(Caisse {
        id: CaisseId::new(m.id),
        fiche: domain::caisse::Caisse {
            zone: Zone::parse(&m.zone).ok_or(corrupt("zone"))?,
            type_de_caisse: TypeDeCaisse::TOUS
                .into_iter()
                .find(|t| t.sigle() == m.type_de_caisse)
                .ok_or(corrupt("type_de_caisse"))?,
            departements: departements.map_err(|_| corrupt("departements"))?,
            slug: m.slug,
            nom: m.nom,
        },
        telephone: m.telephone,
        courriel: m.courriel,
        adresse: m.adresse,
        autre_canal: m.autre_canal,
    })
}

pub(crate) fn service_of(m: service::Model) -> Result<Service, StoreError> {
    let delai_jours = u32::try_from(m.delai_jours).map_err(|_| StoreError::Corrupt {
        table: "service",
        column: "delai_jours",
        row: m.id,
    })?;
    Ok(Service {
        id: ServiceId::new(m.id),
        caisse: CaisseId::new(m.caisse_id),
        code: m.code,
        nom: m.nom,
        telephone: m.telephone,
        courriel: m.courriel,
        adresse: m.adresse,
        delai_jours,
    })
}

/// The caisse of a slug.
///
/// # Errors
/// The database's error.
pub async fn by_slug(tx: &Tx, slug: &str) -> Result<Option<Caisse>, StoreError> {
    caisse::Entity::find().filter(caisse::Column::Slug.eq(slug)).one(&tx.inner).await?.map(caisse_of).transpose()
}

/// Caisses of some ids, in the order of their names.
///
/// # Errors
/// The database's error.
pub async fn some(tx: &Tx, ids: &[CaisseId]) -> Result<Vec<Caisse>, StoreError> {
    let ids = ids.iter().map(|i| i.get());
    let rows = caisse::Entity::find().filter(caisse::Column::Id.is_in(ids)).order_by(caisse::Column::Nom, Order::Asc);
    rows.all(&tx.inner).await?.into_iter().map(caisse_of).collect()
}

/// The caisses in charge of a département, in the order of their names.
///
/// # Errors
/// The database's error.
pub async fn of_departement(tx: &Tx, departement: Departement) -> Result<Vec<Caisse>, StoreError> {
    // Codes stand in one text, separated by commas.
    let code = departement.code();
    let alone = [code.to_owned(), format!("{code},%"), format!("%,{code}"), format!("%,{code},%")];
    let holds = alone.iter().fold(Condition::any(), |any, form| any.add(caisse::Column::Departements.like(form)));
    let rows = caisse::Entity::find().filter(holds).order_by(caisse::Column::Nom, Order::Asc);
    rows.all(&tx.inner).await?.into_iter().map(caisse_of).collect()
}

/// Every caisse, in the order of their names.
///
/// # Errors
/// The database's error.
pub async fn all(tx: &Tx) -> Result<Vec<Caisse>, StoreError> {
    let rows = caisse::Entity::find().order_by(caisse::Column::Nom, Order::Asc).all(&tx.inner).await?;
    rows.into_iter().map(caisse_of).collect()
}

/// Adds a caisse with its key.
///
/// # Errors
/// [`StoreError::Taken`] when the slug is used.
pub async fn insert(tx: &WriteTx, _: &Permis<Importer>, caisse: &Caisse, now: DateTime<Utc>) -> Result<(), StoreError> {
    let fiche = &caisse.fiche;
    let departements: Vec<&str> = fiche.departements.iter().map(|d| d.code()).collect();
    let row = caisse::ActiveModel {
        id: Set(caisse.id.get()),
        slug: Set(fiche.slug.clone()),
        nom: Set(fiche.nom.clone()),
        type_de_caisse: Set(fiche.type_de_caisse.sigle().to_owned()),
        departements: Set(departements.join(",")),
        zone: Set(fiche.zone.as_str().to_owned()),
        telephone: Set(caisse.telephone.clone()),
        courriel: Set(caisse.courriel.clone()),
        adresse: Set(caisse.adresse.clone()),
        autre_canal: Set(caisse.autre_canal.clone()),
        cree_le: Set(now),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    tx.ensure_key(Scope::Caisse(caisse.id.get()), now).await
}

/// Replaces the contacts of a caisse, as its conventions give them.
///
/// # Errors
/// The database's error.
pub async fn update_contacts(tx: &WriteTx, _: &Permis<Importer>, caisse: &Caisse) -> Result<(), StoreError> {
    let row = caisse::ActiveModel {
        id: Set(caisse.id.get()),
        telephone: Set(caisse.telephone.clone()),
        courriel: Set(caisse.courriel.clone()),
        adresse: Set(caisse.adresse.clone()),
        autre_canal: Set(caisse.autre_canal.clone()),
        ..Default::default()
    };
    row.update(&tx.inner).await?;
    Ok(())
}

/// Adds a service to a caisse.
///
/// # Errors
/// [`StoreError::Taken`] when the caisse has one of this code.
pub async fn insert_service(tx: &WriteTx, _: &Permis<Importer>, s: &Service) -> Result<(), StoreError> {
    let row = service::ActiveModel {
        id: Set(s.id.get()),
        caisse_id: Set(s.caisse.get()),
        code: Set(s.code.clone()),
        nom: Set(s.nom.clone()),
        telephone: Set(s.telephone.clone()),
        courriel: Set(s.courriel.clone()),
        adresse: Set(s.adresse.clone()),
        delai_jours: Set(i64::from(s.delai_jours)),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Services of a caisse, in the order of their codes.
///
/// # Errors
/// The database's error.
pub async fn services(tx: &Tx, caisse: CaisseId) -> Result<Vec<Service>, StoreError> {
    let rows = service::Entity::find()
        .filter(service::Column::CaisseId.eq(caisse.get()))
        .order_by(service::Column::Code, Order::Asc);
    rows.all(&tx.inner).await?.into_iter().map(service_of).collect()
}

/// One service of a caisse by its code.
///
/// # Errors
/// The database's error.
pub async fn service(tx: &Tx, caisse: CaisseId, code: &str) -> Result<Option<Service>, StoreError> {
    let found = service::Entity::find()
        .filter(service::Column::CaisseId.eq(caisse.get()))
        .filter(service::Column::Code.eq(code))
        .limit(1);
    found.one(&tx.inner).await?.map(service_of).transpose()
}
