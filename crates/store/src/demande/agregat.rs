//! The aggregate: loaded in scope, changed by transitions, written back only if nobody changed it in between.

use super::complement;
use super::fil::{self, Cote};
use super::nouvelle::Contenu;
use super::portee::within;
use crate::db::{Tx, WriteTx};
use crate::entity::demande::{self, Column, Entity};
use crate::entity::evenement;
use crate::error::StoreError;
use crate::keys::open;
use chrono::{DateTime, NaiveDate, Utc};
use domain::assure::Civilite;
use domain::demande::{Etat, EtatDemande, Issue, Sorte};
use domain::droits::{Acte, Permis, Portee};
use domain::ids::{CaisseId, CompteId, ConventionId, DemandeId, PartenaireId, ServiceId};
use sea_orm::sea_query::{Expr, LockBehavior, LockType, Query};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// A demande as rules and fiches need it.
#[derive(Clone, Debug)]
pub struct Demande {
    /// Id.
    pub id: DemandeId,
    /// Public number.
    pub reference: String,
    /// Caisse in charge.
    pub caisse: CaisseId,
    /// Service in charge.
    pub service: ServiceId,
    /// Structure.
    pub partenaire: PartenaireId,
    /// Conventions under which it was filed.
    pub convention: ConventionId,
    /// Technicien who filed.
    pub auteur: CompteId,
    /// Kind.
    pub sorte: Sorte,
    /// Sub-kinds, codes.
    pub sous_types: Vec<String>,
    /// Treated first.
    pub urgent: bool,
    /// Département of residence.
    pub departement: String,
    /// Civilité.
    pub civilite: Civilite,
    /// Opened content.
    pub contenu: Contenu,
    /// State with what it knows.
    pub etat: EtatDemande,
    /// Instant of filing.
    pub transmise_le: DateTime<Utc>,
    /// Day by which an answer is due by the net clock: the one promised, later by the waits that have ended (DE-8).
    pub echeance: NaiveDate,
    /// Delay promised, jours ouvrés.
    pub delai_jours: u32,
    /// Grows with every change; a form carries the one it was made from.
    pub version: i64,
}

async fn etat_of(tx: &Tx, m: &demande::Model) -> Result<EtatDemande, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "demande", column, row: m.id };
    let agent = m.agent_id.map(CompteId::new);
    let etat = Etat::from_code(&m.etat).ok_or(corrupt("etat"))?;
    // What the state does not know must not be there.
    if agent.is_some() && matches!(etat, Etat::Transmise | Etat::Annulee) {
        return Err(corrupt("agent_id"));
    }
    if m.issue.is_some() && etat.est_ouverte() {
        return Err(corrupt("issue"));
    }
    let issue = m.issue.as_deref().map(|code| Issue::from_code(code).ok_or(corrupt("issue"))).transpose()?;
    let (en_charge, depuis) = (agent.ok_or(corrupt("agent_id")), m.etat_depuis);
    match etat {
        Etat::Transmise => Ok(EtatDemande::Transmise),
        Etat::PriseEnCharge => Ok(EtatDemande::PriseEnCharge { agent: en_charge?, depuis }),
        Etat::AttenteInterne => Ok(EtatDemande::AttenteInterne { agent: en_charge?, depuis }),
        Etat::AttentePartenaire => {
            let asked = complement::ouvert(tx, m.id).await?.ok_or(corrupt("etat"))?;
            let (motif, reponse_avant) = (asked.motif, asked.reponse_avant);
            Ok(EtatDemande::AttentePartenaire { agent: en_charge?, depuis, motif, reponse_avant })
        }
        Etat::Cloturee => Ok(EtatDemande::Cloturee { agent, le: depuis, issue: issue.ok_or(corrupt("issue"))? }),
        Etat::Annulee => Ok(EtatDemande::Annulee { le: depuis }),
        Etat::Archivee => Ok(EtatDemande::Archivee { agent, le: depuis, issue }),
        Etat::Brouillon | Etat::Purgee => Err(corrupt("etat")),
    }
}

async fn of(tx: &Tx, m: demande::Model) -> Result<Demande, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "demande", column, row: m.id };
    let key = tx.caisse_key(CaisseId::new(m.caisse_id)).await?;
    Ok(Demande {
        id: DemandeId::new(m.id),
        caisse: CaisseId::new(m.caisse_id),
        service: ServiceId::new(m.service_id),
        partenaire: PartenaireId::new(m.partenaire_id),
        convention: ConventionId::new(m.convention_id),
        auteur: CompteId::new(m.auteur_id),
        sorte: Sorte::from_code(&m.sorte).ok_or(corrupt("sorte"))?,
        sous_types: m.sous_types.split(',').filter(|s| !s.is_empty()).map(str::to_owned).collect(),
        urgent: m.urgent,
        civilite: Civilite::parse(&m.civilite).ok_or(corrupt("civilite"))?,
        contenu: open(&key, "demande", m.id, &m.scelle)?,
        etat: etat_of(tx, &m).await?,
        transmise_le: m.transmise_le,
        echeance: m.echeance,
        delai_jours: u32::try_from(m.delai_jours).map_err(|_| corrupt("delai_jours"))?,
        version: m.version,
        departement: m.departement,
        reference: m.reference,
    })
}

/// The demande of a reference, if it lies in the scope.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn load(tx: &Tx, portee: &Portee, reference: &str) -> Result<Option<Demande>, StoreError> {
    let found = Entity::find().filter(Column::Reference.eq(reference)).filter(within(portee)).one(&tx.inner).await?;
    match found {
        Some(m) => Ok(Some(of(tx, m).await?)),
        None => Ok(None),
    }
}

/// As [`load`], locked until the end of the transaction: on PostgreSQL who comes second waits, and then reads what the
/// first one wrote; on SQLite there is one writer.
///
/// # Errors
/// As for [`load`].
pub async fn lock(tx: &WriteTx, portee: &Portee, reference: &str) -> Result<Option<Demande>, StoreError> {
    let found = Entity::find()
        .filter(Column::Reference.eq(reference))
        .filter(within(portee))
        .lock(LockType::Update)
        .one(&tx.inner)
        .await?;
    match found {
        Some(m) => Ok(Some(of(tx, m).await?)),
        None => Ok(None),
    }
}

/// The reference of the last demande of the scope that this agent took in charge after an instant and has not done
/// anything else with yet.
///
/// # Errors
/// The database's error.
pub async fn taken_since(
    tx: &Tx,
    portee: &Portee,
    agent: CompteId,
    depuis: DateTime<Utc>,
) -> Result<Option<String>, StoreError> {
    let taken = Query::select()
        .column(evenement::Column::DemandeId)
        .from(evenement::Entity)
        .and_where(evenement::Column::DemandeId.into_expr().equals((Entity, Column::Id)))
        .and_where(evenement::Column::AuteurId.eq(agent.get()))
        .and_where(evenement::Column::Vers.eq(Etat::PriseEnCharge.code()))
        .and_where(evenement::Column::Le.gt(depuis))
        .take();
    Ok(Entity::find()
        .select_only()
        .column(Column::Reference)
        .filter(within(portee))
        .filter(Column::AgentId.eq(agent.get()))
        .filter(Column::Etat.eq(Etat::PriseEnCharge.code()))
        .filter(Column::EtatDepuis.gt(depuis))
        .filter(Expr::exists(taken))
        .order_by(Column::EtatDepuis, Order::Desc)
        .limit(1)
        .into_tuple()
        .one(&tx.inner)
        .await?)
}

/// The next demande to take in the scope: urgent first, then oldest (DE-4). On PostgreSQL the row is locked and rows
/// that a colleague holds are passed over; on SQLite there is one writer.
///
/// # Errors
/// As for [`load`].
pub async fn lock_next(tx: &WriteTx, portee: &Portee) -> Result<Option<Demande>, StoreError> {
    let found = Entity::find()
        .filter(Column::Etat.eq(Etat::Transmise.code()))
        .filter(within(portee))
        .order_by(Column::Urgent, Order::Desc)
        .order_by(Column::TransmiseLe, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(1)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(&tx.inner)
        .await?;
    match found {
        Some(m) => Ok(Some(of(tx, m).await?)),
        None => Ok(None),
    }
}

/// Writes a new state over the version read, with its event; a wait for the partner that this leaves is ended. The tenant
/// condition is the proof's. `cote` is none for the system.
///
/// # Errors
/// [`StoreError::Conflict`] when the demande changed in between or lies outside the proof's scope: nothing is written.
pub async fn save<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    lue: &Demande,
    nouveau: EtatDemande,
    (evenement, cote, le): (Uuid, impl Into<Option<Cote>>, DateTime<Utc>),
) -> Result<(), StoreError> {
    let issue = nouveau.issue().map(Issue::code);
    let change = Entity::update_many()
        .col_expr(Column::Etat, nouveau.etat().code().into())
        .col_expr(Column::AgentId, Expr::value(nouveau.agent().map(CompteId::get)))
        .col_expr(Column::EtatDepuis, le.into())
        .col_expr(Column::Issue, Expr::value(issue))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(lue.id.get()))
        .filter(within(permis.portee()))
        .filter(Column::Version.eq(lue.version));
    if change.exec(&tx.inner).await?.rows_affected != 1 {
        return Err(StoreError::Conflict);
    }
    if lue.etat.etat() == Etat::AttentePartenaire && nouveau.etat() != Etat::AttentePartenaire {
        complement::finir(tx, lue.id.get(), le).await?;
    }
    fil::evenement(tx, evenement, lue.id, (nouveau.etat(), le), (cote.into(), permis.auteur()));
    Ok(())
}

/// Sets the day by which an answer is due, once a wait has ended. Part of the change that [`save`] has just written.
///
/// # Errors
/// The database's error.
pub async fn due_day<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    lue: &Demande,
    echeance: NaiveDate,
) -> Result<(), StoreError> {
    let change = Entity::update_many()
        .col_expr(Column::Echeance, echeance.into())
        .filter(Column::Id.eq(lue.id.get()))
        .filter(within(permis.portee()));
    change.exec(&tx.inner).await?;
    Ok(())
}
