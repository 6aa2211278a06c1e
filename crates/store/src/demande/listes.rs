//! Lists: one partial select each, keyset pages, content opened only for the rows shown.

use super::nouvelle::Contenu;
use super::portee::within;
use crate::db::Tx;
use crate::entity::demande::{Column, Entity};
use crate::entity::{caisse, partenaire, service};
use crate::error::StoreError;
use crate::keys::open;
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendrier::{Zone, echeance, jour_civil, jours_ouvres_entre};
use domain::demande::{Etat, Sorte};
use domain::droits::Portee;
use domain::ids::{CaisseId, DemandeId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter, QueryOrder, QuerySelect,
    RelationDef, Select,
};
use uuid::Uuid;

/// A row of a list.
#[derive(Clone, Debug)]
pub struct Ligne {
    /// Id, for the cursor.
    pub id: DemandeId,
    /// Public number.
    pub reference: String,
    /// Kind.
    pub sorte: Sorte,
    /// State.
    pub etat: Etat,
    /// Treated first.
    pub urgent: bool,
    /// Nom of the assuré.
    pub nom: String,
    /// Prénom of the assuré.
    pub prenom: String,
    /// Instant of filing.
    pub transmise_le: DateTime<Utc>,
    /// Day by which an answer is due by the net clock, without the wait that lasts ([`Ligne::echeance_au`]).
    pub echeance: NaiveDate,
    /// When its state began.
    pub etat_depuis: DateTime<Utc>,
    /// Structure, short name.
    pub partenaire: String,
    /// Service in charge.
    pub service: String,
    /// Caisse in charge.
    pub caisse: String,
    /// Its zone, for dates.
    pub zone: Zone,
    /// Lines the partner side has not seen.
    pub non_lus_partenaire: i64,
    /// Lines the desk has not seen.
    pub non_lus_desk: i64,
}

/// Where the next page begins: after this row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Curseur {
    /// Urgency of the row.
    pub urgent: bool,
    /// Its instant of filing; in what is treated, of its end.
    pub transmise_le: DateTime<Utc>,
    /// Its id.
    pub id: DemandeId,
}

impl Ligne {
    /// The cursor of the page that begins after this row.
    #[must_use]
    pub const fn curseur(&self) -> Curseur {
        Curseur { urgent: self.urgent, transmise_le: self.transmise_le, id: self.id }
    }

    /// The day by which an answer is due as of a civil day of the caisse: a wait for the partner pushes it on (DE-8).
    #[must_use]
    pub fn echeance_au(&self, jour: NaiveDate) -> NaiveDate {
        if self.etat != Etat::AttentePartenaire {
            return self.echeance;
        }
        let attendus = jours_ouvres_entre(self.zone, jour_civil(self.zone, self.etat_depuis), jour);
        echeance(self.zone, self.echeance, attendus)
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    reference: String,
    caisse_id: Uuid,
    sorte: String,
    etat: String,
    urgent: bool,
    scelle: Vec<u8>,
    transmise_le: DateTime<Utc>,
    echeance: NaiveDate,
    etat_depuis: DateTime<Utc>,
    partenaire: String,
    service: String,
    caisse: String,
    zone: String,
    non_lus_partenaire: i64,
    non_lus_desk: i64,
}

fn to<E: EntityTrait>(entity: E, from: Column, target: E::Column) -> RelationDef {
    Entity::belongs_to(entity).from(from).to(target).into()
}

pub(super) fn select() -> Select<Entity> {
    Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::Reference,
            Column::CaisseId,
            Column::Sorte,
            Column::Etat,
            Column::EtatDepuis,
            Column::Urgent,
            Column::Scelle,
        ])
        .columns([Column::TransmiseLe, Column::Echeance, Column::NonLusPartenaire, Column::NonLusDesk])
        .column_as(partenaire::Column::NomCourt, "partenaire")
        .column_as(service::Column::Nom, "service")
        .column_as(caisse::Column::Nom, "caisse")
        .column_as(caisse::Column::Zone, "zone")
        .join(JoinType::InnerJoin, to(caisse::Entity, Column::CaisseId, caisse::Column::Id))
        .join(JoinType::InnerJoin, to(partenaire::Entity, Column::PartenaireId, partenaire::Column::Id))
        .join(JoinType::InnerJoin, to(service::Entity, Column::ServiceId, service::Column::Id))
}

pub(super) async fn read(tx: &Tx, query: Select<Entity>) -> Result<Vec<Ligne>, StoreError> {
    let mut found = Vec::new();
    for r in query.into_model::<Row>().all(&tx.inner).await? {
        let corrupt = |column| StoreError::Corrupt { table: "demande", column, row: r.id };
        let key = tx.caisse_key(CaisseId::new(r.caisse_id)).await?;
        let contenu: Contenu = open(&key, "demande", r.id, &r.scelle)?;
        found.push(Ligne {
            id: DemandeId::new(r.id),
            sorte: Sorte::from_code(&r.sorte).ok_or(corrupt("sorte"))?,
            etat: Etat::from_code(&r.etat).ok_or(corrupt("etat"))?,
            reference: r.reference,
            urgent: r.urgent,
            nom: contenu.nom,
            prenom: contenu.prenom,
            transmise_le: r.transmise_le,
            echeance: r.echeance,
            etat_depuis: r.etat_depuis,
            partenaire: r.partenaire,
            service: r.service,
            zone: Zone::parse(&r.zone).ok_or(corrupt("zone"))?,
            caisse: r.caisse,
            non_lus_partenaire: r.non_lus_partenaire,
            non_lus_desk: r.non_lus_desk,
        });
    }
    Ok(found)
}

/// Rows after a cursor in the order « the last filed first ».
pub(super) fn filed_before(c: Curseur) -> Condition {
    let exactly = Condition::any()
        .add(Column::TransmiseLe.lt(c.transmise_le))
        .add(Condition::all().add(Column::TransmiseLe.eq(c.transmise_le)).add(Column::Id.lt(c.id.get())));
    // Said once more as a range, which an index can begin at: a late page costs what the first does.
    Condition::all().add(Column::TransmiseLe.lte(c.transmise_le)).add(exactly)
}

/// A page of the structure's demandes, the last filed first (DE-6).
///
/// # Errors
/// The database's error.
pub async fn structure(
    tx: &Tx,
    portee: &Portee,
    a_lire: bool,
    apres: Option<Curseur>,
    nombre: u64,
) -> Result<Vec<Ligne>, StoreError> {
    read(tx, structure_query(portee, a_lire, apres, nombre)).await
}

pub(super) fn structure_query(portee: &Portee, a_lire: bool, apres: Option<Curseur>, nombre: u64) -> Select<Entity> {
    let mut query = select().filter(within(portee));
    if a_lire {
        // As a literal: an index of these rows alone is only chosen when the query says so in its text.
        query = query.filter(Expr::col(Column::NonLusPartenaire).gt(Expr::cust("0")));
    }
    if let Some(c) = apres {
        query = query.filter(filed_before(c));
    }
    query.order_by(Column::TransmiseLe, Order::Desc).order_by(Column::Id, Order::Desc).limit(nombre)
}
