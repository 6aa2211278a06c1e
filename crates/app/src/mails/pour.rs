//! To whom a mail goes: resolved when it is sent, so that no address lies in the outbox.

use crate::error::Outcome;
use chrono::{DateTime, Utc};
use domain::convention::Role;
use domain::ids::{CompteId, ConventionId, DemarcheId};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::compte::Destinataire;

/// To whom a mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pour {
    /// A compte while it is invited or active.
    Compte(CompteId),
    /// The person behind a compte, also once it is closed.
    Personne(CompteId),
    /// A contact address of the structure of a convention: its place among [`domain::convention::Partie::adresses`].
    Structure {
        /// The convention.
        convention: ConventionId,
        /// The place.
        rang: usize,
    },
    /// The address that a gestionnaire had before this change of his data (HA-7).
    Ancienne(DemarcheId),
    /// A contact address of the caisse of a convention.
    Caisse {
        /// The convention.
        convention: ConventionId,
        /// The place.
        rang: usize,
    },
    /// A contact address of another signatory of a convention: the CARSAT, the union (PA-4).
    Signataire {
        /// The convention.
        convention: ConventionId,
        /// Which party.
        role: Role,
        /// The place.
        rang: usize,
    },
}

/// The address; nobody when it is gone.
pub(super) async fn destinataire(tx: &Tx, pour: Pour, now: DateTime<Utc>) -> Outcome<Option<Destinataire>> {
    match pour {
        Pour::Compte(id) => Ok(store::compte::destinataire(tx, id, now).await?),
        Pour::Personne(id) => Ok(store::compte::personne(tx, id, now).await?),
        Pour::Ancienne(demarche) => crate::habilitation::ancienne_adresse(tx, demarche, now).await,
        Pour::Structure { convention, rang } => contact(tx, convention, Role::Partenaire, rang).await,
        Pour::Caisse { convention, rang } => contact(tx, convention, Role::Caisse, rang).await,
        Pour::Signataire { convention, role, rang } => contact(tx, convention, role, rang).await,
    }
}

async fn contact(tx: &Tx, convention: ConventionId, role: Role, rang: usize) -> Outcome<Option<Destinataire>> {
    let Some(row) = store::convention::by_id(tx, convention).await? else { return Ok(None) };
    let partie = row.dossier.stipulations.partie(role);
    Ok(partie.adresses().get(rang).map(|adresse| Destinataire {
        courriel: (*adresse).to_owned(),
        nom_affiche: partie.nom_affiche().to_owned(),
        identifiant: String::new(),
        profil: None,
    }))
}
