//! Lists: one partial select each, keyset pages, content opened only for the rows shown.

use super::nouvelle::Contenu;
use super::portee::within;
use crate::db::Tx;
use crate::entity::demande::{Column, Entity};
use crate::entity::{caisse, partenaire, service};
use crate::error::StoreError;
use crate::keys::open;
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendrier::Zone;
use domain::demande::{Etat, Sorte};
use domain::droits::Portee;
use domain::ids::{CaisseId, CompteId, DemandeId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, FromQueryResult, JoinType, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationDef, Select,
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
    /// Day promised.
    pub echeance: NaiveDate,
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
    /// Its instant of filing.
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
}

/// A tab of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Onglet {
    /// Filed, nobody has it.
    APrendre,
    /// In this agent's hands.
    Miennes(CompteId),
    /// Closed or withdrawn.
    Traitees,
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

fn tab(onglet: Onglet) -> Condition {
    match onglet {
        Onglet::APrendre => Condition::all().add(Column::Etat.eq(Etat::Transmise.code())),
        Onglet::Miennes(agent) => Condition::all().add(Column::AgentId.eq(agent.get())).add(
            Column::Etat.is_in([Etat::PriseEnCharge, Etat::AttentePartenaire, Etat::AttenteInterne].map(Etat::code)),
        ),
        Onglet::Traitees => Condition::all().add(Column::Etat.is_in([Etat::Cloturee, Etat::Annulee].map(Etat::code))),
    }
}

/// A page of the desk's queue: urgent first, then oldest (DE-4, CA-1); what is treated, the last filed first.
///
/// # Errors
/// The database's error.
pub async fn file(
    tx: &Tx,
    portee: &Portee,
    onglet: Onglet,
    apres: Option<Curseur>,
    nombre: u64,
) -> Result<Vec<Ligne>, StoreError> {
    read(tx, file_query(portee, onglet, apres, nombre)).await
}

pub(super) fn file_query(portee: &Portee, onglet: Onglet, apres: Option<Curseur>, nombre: u64) -> Select<Entity> {
    let mut query = select().filter(within(portee)).filter(tab(onglet));
    if onglet == Onglet::Traitees {
        query = match apres {
            Some(c) => query.filter(filed_before(c)),
            None => query,
        };
        return query.order_by(Column::TransmiseLe, Order::Desc).order_by(Column::Id, Order::Desc).limit(nombre);
    }
    if let Some(c) = apres {
        let same = Condition::all().add(Column::Urgent.eq(c.urgent));
        let later = Condition::any()
            .add(Column::TransmiseLe.gt(c.transmise_le))
            .add(Condition::all().add(Column::TransmiseLe.eq(c.transmise_le)).add(Column::Id.gt(c.id.get())));
        query = query.filter(Condition::any().add(Column::Urgent.lt(c.urgent)).add(same.add(later)));
    }
    query
        .order_by(Column::Urgent, Order::Desc)
        .order_by(Column::TransmiseLe, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(nombre)
}

/// Rows of a tab, for its counter.
///
/// # Errors
/// The database's error.
pub async fn compter(tx: &Tx, portee: &Portee, onglet: Onglet) -> Result<u64, StoreError> {
    Ok(Entity::find().filter(within(portee)).filter(tab(onglet)).count(&tx.inner).await?)
}

/// How many of the structure's demandes have an answer to read.
///
/// # Errors
/// The database's error.
pub async fn compter_a_lire(tx: &Tx, portee: &Portee) -> Result<u64, StoreError> {
    Ok(unread_query(portee, None).count(&tx.inner).await?)
}

/// How many of the demandes that an agent has in charge have an answer to read.
///
/// # Errors
/// The database's error.
pub async fn compter_miennes_a_lire(tx: &Tx, portee: &Portee, agent: CompteId) -> Result<u64, StoreError> {
    Ok(unread_query(portee, Some(agent)).count(&tx.inner).await?)
}

pub(super) fn unread_query(portee: &Portee, agent: Option<CompteId>) -> Select<Entity> {
    let query = Entity::find().filter(within(portee));
    match agent {
        // As literals: an index of these rows alone is only chosen when the query says so in its text.
        None => query.filter(Expr::col(Column::NonLusPartenaire).gt(Expr::cust("0"))),
        Some(agent) => {
            query.filter(tab(Onglet::Miennes(agent))).filter(Expr::col(Column::NonLusDesk).gt(Expr::cust("0")))
        }
    }
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
        query = query.filter(Column::NonLusPartenaire.gt(0));
    }
    if let Some(c) = apres {
        query = query.filter(filed_before(c));
    }
    query.order_by(Column::TransmiseLe, Order::Desc).order_by(Column::Id, Order::Desc).limit(nombre)
}
