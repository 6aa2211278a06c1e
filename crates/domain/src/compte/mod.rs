//! A compte: its profil, its life, its password policy, the steps of a sign-in. Pure rules; no storage, no hashing.

mod age;
pub mod attestations;
pub mod conditions;
mod courriel;
pub mod engagements;
mod etape;
mod fermeture;
pub mod identifiant;
mod lien;
pub mod mot_de_passe;
pub mod professionnel;
mod profil;
mod retour;
pub mod secours;
pub mod suppression;
mod tentative;

pub use age::{AgesMotDePasse, JOURS_ADMIS};
pub use courriel::est_courriel;
pub use etape::{Etape, Facteur, pas_accepte};
pub use fermeture::{CoteInactif, Fermeture, RaisonInactif};
pub use lien::UsageLien;
pub use profil::{Cote, EtatCompte, Profil};
pub use retour::Retour;
pub use tentative::{Attente, Compteur, CompteurAdresse, Plafond};
