//! Acts on a convention with who, when and why: added, never changed (CO-4, CO-5, CO-7). Reasons are sealed.

use super::Enregistree;
use crate::db::{Tx, WriteTx};
use crate::entity::convention_acte::{ActiveModel, Column, Entity, Model};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, NaiveDate, Utc};
use domain::droits::{Conduire, Permis};
use domain::ids::CompteId;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

macro_rules! natures {
    ($($nom:ident = $code:literal, $libelle:literal;)*) => {
        /// What was done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum NatureActe { $(#[doc = $libelle] $nom,)* }
        impl NatureActe {
            /// Every one.
            pub const TOUTES: [Self; 16] = [$(Self::$nom,)*];
            /// Stored code.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$nom => $code,)* } }
            /// The words shown.
            #[must_use]
            pub const fn libelle(self) -> &'static str { match self { $(Self::$nom => $libelle,)* } }
            fn from_code(code: &str) -> Option<Self> { Self::TOUTES.into_iter().find(|n| n.code() == code) }
        }
    };
}

natures! {
    Activation = "activation", "Activation";
    FonctionOuverte = "fonction_ouverte", "Fonction ouverte";
    FonctionFermee = "fonction_fermee", "Fonction fermée";
    Complement = "complement", "Informations complétées";
    Avenant = "avenant", "Avenant enregistré";
    AvenantApplique = "avenant_applique", "Avenant en vigueur";
    Lettre = "lettre", "Lettre recommandée enregistrée";
    Reception = "reception", "Réception enregistrée";
    Reparation = "reparation", "Manquement réparé";
    Fin = "fin", "Fin enregistrée";
    FinEffective = "fin_effective", "Accès fermé";
    ComptesInactives = "comptes_inactives", "Comptes inactivés";
    Renouvellement = "renouvellement", "Renouvellement tacite";
    Evaluation = "evaluation", "Évaluation de la première année";
    Rappel = "rappel", "Rappel envoyé";
    Suite = "suite", "Suite d’une demande ouverte";
}

/// An act as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActeNote {
    /// Id.
    pub id: Uuid,
    /// What was done.
    pub nature: NatureActe,
    /// On what: a function, a letter, a version, a reference.
    pub objet: String,
    /// From which day it counts.
    pub jour: Option<NaiveDate>,
    /// Who; nobody for the portal itself.
    pub auteur: Option<CompteId>,
    /// When.
    pub le: DateTime<Utc>,
    /// Why.
    pub motif: String,
}

/// Records an act; `motif` may be empty.
///
/// # Errors
/// The database's error.
pub async fn noter(tx: &WriteTx, permis: &Permis<Conduire>, e: &Enregistree, a: &ActeNote) -> Result<(), StoreError> {
    let key = tx.caisse_key(e.caisse).await?;
    let row = ActiveModel {
        id: Set(a.id),
        convention_id: Set(e.id.get()),
        nature: Set(a.nature.code().to_owned()),
        objet: Set(a.objet.clone()),
        jour: Set(a.jour),
        auteur_id: Set(permis.auteur().map(CompteId::get)),
        le: Set(a.le),
        scelle: Set(seal(&key, "convention_acte", a.id, &a.motif)?),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// The acts on a convention that was loaded in scope, the last first, at most so many, before an id.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn actes(tx: &Tx, e: &Enregistree, avant: Option<Uuid>, nombre: u64) -> Result<Vec<ActeNote>, StoreError> {
    let mut query = Entity::find().filter(Column::ConventionId.eq(e.id.get()));
    if let Some(avant) = avant {
        // Ids of one process grow with time: what was recorded before has a smaller one.
        query = query.filter(Column::Id.lt(avant));
    }
    let rows = query.order_by(Column::Id, Order::Desc).limit(nombre).all(&tx.inner).await?;
    let key = tx.caisse_key(e.caisse).await?;
    let of = |m: Model| {
        let corrupt = StoreError::Corrupt { table: "convention_acte", column: "nature", row: m.id };
        Ok(ActeNote {
            id: m.id,
            nature: NatureActe::from_code(&m.nature).ok_or(corrupt)?,
            objet: m.objet,
            jour: m.jour,
            auteur: m.auteur_id.map(CompteId::new),
            le: m.le,
            motif: open(&key, "convention_acte", m.id, &m.scelle)?,
        })
    };
    rows.into_iter().map(of).collect()
}
