//! Comptes and what belongs to their sign-in: sessions, one-time links, throttle counters, known browsers, recovery
//! codes, acceptances. Tokens and codes are here as hashes only; names, addresses and TOTP seeds are sealed.

pub mod acceptations;
pub mod ages;
mod agregat;
pub mod annonces;
pub(crate) mod bureau;
pub mod codes;
pub mod derogations;
pub mod effacement;
mod entree;
mod lecture;
pub mod liens;
pub mod liste;
pub mod membres;
mod modele;
pub mod navigateurs;
mod oubli;
mod places;
pub mod sessions;
pub mod tentatives;

pub(crate) use agregat::visible;
pub use agregat::{insert, lock, save, signed_in};
pub use bureau::{
    administered, change_identity, ever, ids, in_use_of, lock_in_use_of, reattach, replace_services, services_of,
    with_gestionnaire,
};
pub use entree::{Entree, by_compte, by_session};
pub use lecture::{
    Destinataire, SUPPRIME, actifs, by_courriel, by_identifiant, confirm, confirmed, count, destinataire, identifiants,
    load, lock_installation, noms, personne, services, techniciens,
};
pub use modele::{Compte, Identite, MotDePasse, Nouveau, SecondFacteur};
pub use places::take_place;

use crate::db::WriteTx;
use crate::error::StoreError;
use chrono::{DateTime, TimeDelta, Utc};

/// A used or expired link is kept so many days, so that its page can say what happened to it.
const LIEN_JOURS: i64 = 30;
/// A counter is forgotten so many days after its last try.
const TENTATIVE_JOURS: i64 = 2;
/// A browser is forgotten so many days after its last sign-in.
const NAVIGATEUR_JOURS: i64 = 180;

/// At most so many rows of each table are removed at once.
const TRANCHE: u64 = 200;

/// Removes links, sessions, counters and browsers whose time is over, at most 200 of each; gives how many.
///
/// # Errors
/// The database's error.
pub async fn expire(tx: &WriteTx, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let mut gone = liens::expire(tx, now - TimeDelta::days(LIEN_JOURS)).await?;
    gone += sessions::expire(tx, now).await?;
    gone += tentatives::expire(tx, now - TimeDelta::days(TENTATIVE_JOURS)).await?;
    gone += navigateurs::expire(tx, now - TimeDelta::days(NAVIGATEUR_JOURS)).await?;
    Ok(gone)
}
