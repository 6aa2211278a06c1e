//! The aggregate: loaded in scope, written back only if nobody changed it in between.

use super::modele::{Compte, MotDePasse, Nouveau, SecondFacteur};
use crate::db::{Tx, WriteTx};
use crate::entity::{compte, compte_service};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, Utc};
use domain::compte::{Cote, CoteInactif, EtatCompte, Fermeture, Profil, RaisonInactif, identifiant};
use domain::droits::{Acte, Permis, Portee, Rattachement, SoiMeme};
use domain::ids::{CaisseId, CompteId, PartenaireId};
use sea_orm::sea_query::{Expr, LockType, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, Set};
use vault::{Place, Scope, ScopeKey};

/// Purpose of the blind index of addresses.
const COURRIEL: &str = "compte.courriel";

/// Rows inside a scope.
pub(super) fn within(portee: &Portee) -> Condition {
    let all = Condition::all();
    match portee {
        Portee::Soi(compte) => all.add(compte::Column::Id.eq(compte.get())),
        Portee::Partenaire { partenaire, .. } => all.add(compte::Column::PartenaireId.eq(partenaire.get())),
        Portee::Caisse(caisse) => all.add(compte::Column::CaisseId.eq(caisse.get())),
        Portee::Services { .. } => all.add(Expr::val(1).eq(0)),
        Portee::Tout => all,
    }
}

/// Rows that anybody may still see: a compte is gone at the instant of its deletion, erased or not yet (HA-10).
pub(crate) fn visible(now: DateTime<Utc>) -> Condition {
    Condition::any().add(compte::Column::SupprimerLe.is_null()).add(compte::Column::SupprimerLe.gt(now))
}

fn contains(portee: &Portee, rattachement: Rattachement) -> bool {
    match (portee, rattachement) {
        (Portee::Tout, _) => true,
        (Portee::Partenaire { partenaire, .. }, Rattachement::Partenaire(p)) => *partenaire == p,
        (Portee::Caisse(caisse), Rattachement::Caisse(c)) => *caisse == c,
        _ => false,
    }
}

fn totp_place(row: uuid::Uuid) -> Place<'static> {
    Place { table: "compte", column: "totp", row }
}

/// The blind index of an address.
pub(super) fn courriel_index(key: &ScopeKey, courriel: &str) -> Vec<u8> {
    key.blind(COURRIEL, &identifiant::compare_courriel(courriel)).to_vec()
}

/// How a compte was closed: four columns, all or none.
fn fermeture(m: &compte::Model) -> Result<Option<Fermeture>, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "compte", column, row: m.id };
    match (m.inactif_le, &m.raison_inactif, &m.cote_inactif, m.supprimer_le) {
        (None, None, None, None) => Ok(None),
        (Some(le), Some(raison), Some(cote), Some(supprimer_le)) => Ok(Some(Fermeture {
            le,
            raison: RaisonInactif::from_code(raison).ok_or(corrupt("raison_inactif"))?,
            cote: CoteInactif::from_code(cote).ok_or(corrupt("cote_inactif"))?,
            supprimer_le,
        })),
        _ => Err(corrupt("inactif_le")),
    }
}

/// Opens a row.
pub(super) async fn of(tx: &Tx, m: compte::Model) -> Result<Compte, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "compte", column, row: m.id };
    let key = tx.key(Scope::Comptes).await?;
    let profil = Profil::from_code(&m.profil).ok_or(corrupt("profil"))?;
    let rattachement = match (profil.cote(), m.partenaire_id, m.caisse_id) {
        (Cote::Partenaire, Some(id), None) => Rattachement::Partenaire(PartenaireId::new(id)),
        (Cote::Desk, None, Some(id)) => Rattachement::Caisse(CaisseId::new(id)),
        (Cote::National, None, None) => Rattachement::National,
        _ => return Err(corrupt("profil")),
    };
    let fermeture = fermeture(&m)?;
    let mot_de_passe = match (m.mot_de_passe, m.mot_de_passe_le) {
        (Some(empreinte), Some(le)) => Some(MotDePasse { empreinte, le }),
        (None, None) => None,
        _ => return Err(corrupt("mot_de_passe_le")),
    };
    let second_facteur = match m.totp {
        Some(scelle) => {
            let secret = key.open(&totp_place(m.id), &scelle).map_err(|_| corrupt("totp"))?;
            Some(SecondFacteur { secret: secret.to_vec(), pas: m.totp_pas })
        }
        None => None,
    };
    Ok(Compte {
        id: CompteId::new(m.id),
        identifiant: m.identifiant,
        profil,
        rattachement,
        etat: EtatCompte::from_code(&m.etat).ok_or(corrupt("etat"))?,
        fermeture,
        derniere_connexion: m.derniere_connexion_le,
        gestionnaire: m.gestionnaire_id.map(CompteId::new),
        identite: open(&key, "compte", m.id, &m.scelle)?,
        mot_de_passe,
        second_facteur,
        version: m.version,
    })
}

/// The compte of an id, if it lies in the scope and is not deleted, locked until the end of the transaction.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn lock(
    tx: &WriteTx,
    portee: &Portee,
    id: CompteId,
    now: DateTime<Utc>,
) -> Result<Option<Compte>, StoreError> {
    let found = compte::Entity::find_by_id(id.get()).filter(within(portee)).filter(visible(now)).lock(LockType::Update);
    match found.one(&tx.inner).await? {
        Some(m) => Ok(Some(of(tx, m).await?)),
        None => Ok(None),
    }
}

/// Opens a compte in the state `invite`.
///
/// # Errors
/// [`StoreError::Conflict`] outside the proof's scope; [`StoreError::Taken`] when the identifiant is used, or the
/// address already serves for this profil (HA-1).
pub async fn insert<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    n: &Nouveau<'_>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if !contains(permis.portee(), n.rattachement) {
        return Err(StoreError::Conflict);
    }
    tx.ensure_key(Scope::Comptes, now).await?;
    let key = tx.key(Scope::Comptes).await?;
    let (partenaire, caisse) = match n.rattachement {
        Rattachement::Partenaire(p) => (Some(p.get()), None),
        Rattachement::Caisse(c) => (None, Some(c.get())),
        Rattachement::National => (None, None),
    };
    let row = compte::ActiveModel {
        id: Set(n.id.get()),
        identifiant: Set(n.identifiant.to_owned()),
        profil: Set(n.profil.code().to_owned()),
        partenaire_id: Set(partenaire),
        caisse_id: Set(caisse),
        etat: Set(EtatCompte::Invite.code().to_owned()),
        scelle: Set(seal(&key, "compte", n.id.get(), n.identite)?),
        courriel_index: Set(courriel_index(&key, &n.identite.courriel)),
        mot_de_passe: Set(None),
        mot_de_passe_le: Set(None),
        totp: Set(None),
        totp_pas: Set(None),
        version: Set(1),
        cree_le: Set(now),
        inactif_le: Set(None),
        raison_inactif: Set(None),
        cote_inactif: Set(None),
        supprimer_le: Set(None),
        derniere_connexion_le: Set(None),
        gestionnaire_id: Set(n.gestionnaire.map(CompteId::get)),
        efface_le: Set(None),
        place: Set(None),
        confirme_le: Set(None),
        suppression_annoncee_le: Set(None),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    for service in n.services {
        let row = compte_service::ActiveModel { compte_id: Set(n.id.get()), service_id: Set(service.get()) };
        tx.add(row).await.map_err(StoreError::from_insert)?;
    }
    Ok(())
}

/// Notes a sign-in. No version: it changes nothing that anybody decides on.
///
/// # Errors
/// The database's error.
pub async fn signed_in(tx: &WriteTx, permis: &Permis<SoiMeme>, now: DateTime<Utc>) -> Result<(), StoreError> {
    let change = compte::Entity::update_many()
        .col_expr(compte::Column::DerniereConnexionLe, now.into())
        .filter(within(permis.portee()));
    change.exec(&tx.inner).await?;
    Ok(())
}

/// What a column holds, or nothing any more.
fn kept(keep: bool, column: compte::Column) -> SimpleExpr {
    if keep { Expr::col(column) } else { Expr::cust("NULL") }
}

/// Writes state, closing, gestionnaire, password and second factor over the version read. The tenant condition is the
/// proof's. A compte that no longer counts leaves its place (HA-2).
///
/// # Errors
/// [`StoreError::Conflict`] when the compte changed in between or lies outside the proof's scope: nothing is written.
pub async fn save<A: Acte>(tx: &WriteTx, permis: &Permis<A>, c: &Compte) -> Result<(), StoreError> {
    use compte::Column;
    let key = tx.key(Scope::Comptes).await?;
    let totp = match &c.second_facteur {
        Some(f) => Some(key.seal(&totp_place(c.id.get()), &f.secret)?),
        None => None,
    };
    let change = compte::Entity::update_many()
        .col_expr(Column::Etat, c.etat.code().into())
        .col_expr(Column::InactifLe, Expr::value(c.fermeture.map(|f| f.le)))
        .col_expr(Column::RaisonInactif, Expr::value(c.fermeture.map(|f| f.raison.code())))
        .col_expr(Column::CoteInactif, Expr::value(c.fermeture.map(|f| f.cote.code())))
        .col_expr(Column::SupprimerLe, Expr::value(c.fermeture.map(|f| f.supprimer_le)))
        .col_expr(Column::SuppressionAnnonceeLe, kept(c.fermeture.is_some(), Column::SuppressionAnnonceeLe))
        .col_expr(Column::Place, kept(c.etat.compte_dans_le_quota(), Column::Place))
        .col_expr(Column::GestionnaireId, Expr::value(c.gestionnaire.map(CompteId::get)))
        .col_expr(Column::MotDePasse, Expr::value(c.mot_de_passe.as_ref().map(|m| m.empreinte.clone())))
        .col_expr(Column::MotDePasseLe, Expr::value(c.mot_de_passe.as_ref().map(|m| m.le)))
        .col_expr(Column::Totp, Expr::value(totp))
        .col_expr(Column::TotpPas, Expr::value(c.second_facteur.as_ref().and_then(|f| f.pas)))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(c.id.get()))
        .filter(within(permis.portee()))
        .filter(Column::Version.eq(c.version));
    match change.exec(&tx.inner).await?.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}
