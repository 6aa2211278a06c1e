//! The thread, the events and the receipt of a demande.

use super::agregat::Demande;
use super::portee::within;
use crate::db::{Tx, WriteTx};
use crate::entity::{accuse as accuse_row, demande, evenement as evenement_row, message};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, NaiveDate, Utc};
use domain::demande::Etat;
use domain::droits::{Acte, Permis};
use domain::ids::{CompteId, DemandeId, MessageId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Which side wrote or acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cote {
    /// The structure.
    Partenaire,
    /// The caisse.
    Caisse,
}

/// Stored where no side acted.
const SYSTEME: &str = "systeme";

impl Cote {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Partenaire => "partenaire",
            Self::Caisse => "caisse",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Partenaire, Self::Caisse].into_iter().find(|c| c.code() == code)
    }
}

/// The receipt as issued (DE-5): nothing in it names the assuré.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accuse {
    /// Caisse that received.
    pub caisse: String,
    /// Service in charge.
    pub service: String,
    /// Its phone.
    pub telephone: Option<String>,
    /// Its mail.
    pub courriel: Option<String>,
    /// Its postal address.
    pub adresse: Option<String>,
    /// Foreseeable delay in jours ouvrés.
    pub delai_jours: u32,
    /// Day by which an answer is foreseeable.
    pub echeance: NaiveDate,
    /// Where documents will go: a code (PA-2); none where no document was asked for.
    #[serde(default)]
    pub voie: Option<String>,
    /// What happens if nothing is answered, where the caisse states it.
    pub silence: Option<String>,
}

/// A line of the thread.
#[derive(Clone, Debug)]
pub struct Message {
    /// Id.
    pub id: MessageId,
    /// Side that wrote.
    pub cote: Cote,
    /// Who wrote.
    pub auteur: CompteId,
    /// Text.
    pub texte: String,
    /// When.
    pub ecrit_le: DateTime<Utc>,
    /// When the other side first saw it.
    pub vu_le: Option<DateTime<Utc>>,
}

/// A change of state.
#[derive(Clone, Debug)]
pub struct Evenement {
    /// State reached.
    pub vers: Etat,
    /// When.
    pub le: DateTime<Utc>,
    /// Side that acted; none for the system.
    pub cote: Option<Cote>,
    /// Who acted.
    pub auteur: Option<CompteId>,
}

pub(super) fn evenement(
    tx: &WriteTx,
    id: Uuid,
    demande: DemandeId,
    (vers, le): (Etat, DateTime<Utc>),
    (cote, auteur): (Option<Cote>, Option<CompteId>),
) {
    let row = evenement_row::ActiveModel {
        id: Set(id),
        demande_id: Set(demande.get()),
        le: Set(le),
        vers: Set(vers.code().to_owned()),
        cote: Set(cote.map_or(SYSTEME, Cote::code).to_owned()),
        auteur_id: Set(auteur.map(CompteId::get)),
    };
    tx.add_later(row);
}

/// Writes a line and makes the other side's counter grow, if the demande still has the version read.
///
/// # Errors
/// [`StoreError::Conflict`] when it changed in between or lies outside the proof's scope: nothing is written.
pub async fn ecrire<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    lue: &Demande,
    (id, cote, texte): (MessageId, Cote, &str),
    le: DateTime<Utc>,
) -> Result<(), StoreError> {
    let auteur = permis.auteur().ok_or(StoreError::Conflict)?;
    let other = match cote {
        Cote::Partenaire => demande::Column::NonLusDesk,
        Cote::Caisse => demande::Column::NonLusPartenaire,
    };
    let change = demande::Entity::update_many()
        .col_expr(other, Expr::col(other).add(1))
        .col_expr(demande::Column::Version, Expr::col(demande::Column::Version).add(1))
        .filter(demande::Column::Id.eq(lue.id.get()))
        .filter(within(permis.portee()))
        .filter(demande::Column::Version.eq(lue.version));
    if change.exec(&tx.inner).await?.rows_affected != 1 {
        return Err(StoreError::Conflict);
    }
    let key = tx.caisse_key(lue.caisse).await?;
    let row = message::ActiveModel {
        id: Set(id.get()),
        demande_id: Set(lue.id.get()),
        cote: Set(cote.code().to_owned()),
        auteur_id: Set(auteur.get()),
        scelle: Set(seal(&key, "message", id.get(), &texte)?),
        ecrit_le: Set(le),
        vu_le: Set(None),
    };
    tx.add(row).await?;
    Ok(())
}

/// The thread of a demande that was loaded in scope, oldest first.
///
/// # Errors
/// The database's error.
pub async fn messages(tx: &Tx, demande: &Demande) -> Result<Vec<Message>, StoreError> {
    let key = tx.caisse_key(demande.caisse).await?;
    let rows = message::Entity::find()
        .filter(message::Column::DemandeId.eq(demande.id.get()))
        .order_by(message::Column::EcritLe, Order::Asc)
        .order_by(message::Column::Id, Order::Asc);
    let of = |m: message::Model| {
        let cote =
            Cote::from_code(&m.cote).ok_or(StoreError::Corrupt { table: "message", column: "cote", row: m.id })?;
        Ok(Message {
            id: MessageId::new(m.id),
            cote,
            auteur: CompteId::new(m.auteur_id),
            texte: open(&key, "message", m.id, &m.scelle)?,
            ecrit_le: m.ecrit_le,
            vu_le: m.vu_le,
        })
    };
    rows.all(&tx.inner).await?.into_iter().map(of).collect()
}

/// The events of a demande that was loaded in scope, oldest first.
///
/// # Errors
/// The database's error.
pub async fn evenements(tx: &Tx, demande: &Demande) -> Result<Vec<Evenement>, StoreError> {
    let rows = evenement_row::Entity::find()
        .filter(evenement_row::Column::DemandeId.eq(demande.id.get()))
        .order_by(evenement_row::Column::Le, Order::Asc)
        .order_by(evenement_row::Column::Id, Order::Asc);
    let of = |m: evenement_row::Model| {
        let vers =
            Etat::from_code(&m.vers).ok_or(StoreError::Corrupt { table: "evenement", column: "vers", row: m.id })?;
        let cote = match m.cote.as_str() {
            SYSTEME => None,
            code => Some(Cote::from_code(code).ok_or(StoreError::Corrupt {
                table: "evenement",
                column: "cote",
                row: m.id,
            })?),
        };
        Ok(Evenement { vers, le: m.le, cote, auteur: m.auteur_id.map(CompteId::new) })
    };
    rows.all(&tx.inner).await?.into_iter().map(of).collect()
}

/// The receipt of a demande that was loaded in scope.
///
/// # Errors
/// [`StoreError::Corrupt`] when it has none, or the database's error.
pub async fn accuse(tx: &Tx, demande: &Demande) -> Result<Accuse, StoreError> {
    let corrupt = || StoreError::Corrupt { table: "accuse", column: "document", row: demande.id.get() };
    let row = accuse_row::Entity::find_by_id(demande.id.get()).one(&tx.inner).await?.ok_or_else(corrupt)?;
    serde_json::from_str(&row.document).map_err(|_| corrupt())
}

/// One side has seen these lines of a demande that the caller has locked in scope ([`super::lock`]): dates those of the
/// other side and takes them off its counter. A line written since the page was read stays new. Gives whether any was
/// seen for the first time.
///
/// # Errors
/// The database's error.
pub async fn marquer_lu(
    tx: &WriteTx,
    lue: &Demande,
    cote: Cote,
    vus: &[MessageId],
    le: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let (mine, other) = match cote {
        Cote::Partenaire => (demande::Column::NonLusPartenaire, Cote::Caisse),
        Cote::Caisse => (demande::Column::NonLusDesk, Cote::Partenaire),
    };
    let seen = message::Entity::update_many()
        .col_expr(message::Column::VuLe, le.into())
        .filter(message::Column::DemandeId.eq(lue.id.get()))
        .filter(message::Column::Id.is_in(vus.iter().map(|id| id.get())))
        .filter(message::Column::Cote.eq(other.code()))
        .filter(message::Column::VuLe.is_null())
        .exec(&tx.inner)
        .await?
        .rows_affected;
    if seen == 0 {
        return Ok(false);
    }
    let left = message::Entity::find()
        .filter(message::Column::DemandeId.eq(lue.id.get()))
        .filter(message::Column::Cote.eq(other.code()))
        .filter(message::Column::VuLe.is_null())
        .count(&tx.inner)
        .await?;
    demande::Entity::update_many()
        .col_expr(mine, Expr::value(i64::try_from(left).unwrap_or(i64::MAX)))
        .filter(demande::Column::Id.eq(lue.id.get()))
        .exec(&tx.inner)
        .await?;
    Ok(true)
}
