//! A compte as rules need it, and one to open.

use chrono::{DateTime, Utc};
use domain::compte::{EtatCompte, Fermeture, Profil};
use domain::droits::Rattachement;
use domain::ids::{CompteId, ServiceId};
use serde::{Deserialize, Serialize};

/// Who the person behind a compte is. Sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identite {
    /// Nom.
    pub nom: String,
    /// Prénom.
    pub prenom: String,
    /// E-mail address.
    pub courriel: String,
    /// Phone.
    #[serde(default)]
    pub telephone: Option<String>,
    /// What the person does in the structure or at the caisse.
    #[serde(default)]
    pub fonction: Option<String>,
}

impl Identite {
    /// « Prénom Nom ».
    #[must_use]
    pub fn nom_affiche(&self) -> String {
        format!("{} {}", self.prenom, self.nom).trim().to_owned()
    }
}

/// A password as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MotDePasse {
    /// Its hash, with its parameters.
    pub empreinte: String,
    /// When it was chosen.
    pub le: DateTime<Utc>,
}

/// A TOTP seed.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFacteur {
    /// Seed; sealed.
    pub secret: Vec<u8>,
    /// Time step of the last code accepted; none until the enrolment is confirmed by a first code.
    pub pas: Option<i64>,
}

impl std::fmt::Debug for SecondFacteur {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFacteur").field("pas", &self.pas).finish_non_exhaustive()
    }
}

/// A compte as rules need it.
#[derive(Clone, Debug)]
pub struct Compte {
    /// Id.
    pub id: CompteId,
    /// What is typed at the sign-in.
    pub identifiant: String,
    /// Its only profil.
    pub profil: Profil,
    /// Its tenant.
    pub rattachement: Rattachement,
    /// Its life.
    pub etat: EtatCompte,
    /// How it was closed; of closed comptes only.
    pub fermeture: Option<Fermeture>,
    /// When the person signed in last.
    pub derniere_connexion: Option<DateTime<Utc>>,
    /// The gestionnaire a technicien is attached to: who opened it, or who followed him.
    pub gestionnaire: Option<CompteId>,
    /// Opened content.
    pub identite: Identite,
    /// Password; none before the invitation is taken up.
    pub mot_de_passe: Option<MotDePasse>,
    /// Second factor; none before the enrolment.
    pub second_facteur: Option<SecondFacteur>,
    /// Grows with every change.
    pub version: i64,
}

impl Compte {
    /// Whether a second factor is registered and confirmed.
    #[must_use]
    pub fn est_enrole(&self) -> bool {
        self.second_facteur.as_ref().is_some_and(|f| f.pas.is_some())
    }
}

/// A compte to open.
pub struct Nouveau<'a> {
    /// Id.
    pub id: CompteId,
    /// Identifiant, free.
    pub identifiant: &'a str,
    /// Profil.
    pub profil: Profil,
    /// Tenant.
    pub rattachement: Rattachement,
    /// Person.
    pub identite: &'a Identite,
    /// Services of an agent.
    pub services: &'a [ServiceId],
    /// The gestionnaire a technicien is attached to.
    pub gestionnaire: Option<CompteId>,
}
