//! Tracked forms about the gestionnaires of a structure: a new one, other data, a departure with its successor (HA-3, HA-7,
//! HA-8). A gestionnaire asks, the référent of the caisse decides, the portal does it on its day.

mod accept;
mod cadre;
mod change;
mod close;
pub(crate) mod dues;
mod enter;
mod fermeture;
mod leave;
mod link;
mod list;
mod notify;
mod refuse;
mod request;
mod saisie;
mod show;
mod swap;
mod withdraw;

pub use accept::accept;
pub use cadre::Choix;
pub use change::{Changement, change};
pub use close::{Equipe, close, team};
pub use enter::{Papier, enter};
pub use leave::{Depart, Successeur, give_successor, leave};
pub use link::{LIEN_JOURS, LienFerme, LienHabilitation, open_link, renew_link, send_link, submit_by_link};
pub use list::{Accueil, Ligne, PAGE, Partante, Registre, Structure, home, list, structures};
pub use refuse::refuse;
pub use request::{Habilitation, request};
pub use show::{Fiche, show};
pub use store::demarche::{Contenu, Demarche, Modification, Personne, Vue};
pub use withdraw::withdraw;

pub(crate) use cadre::{cadre, of_caisse};
pub(crate) use list::tenants;
pub(crate) use notify::ancienne_adresse;
pub(crate) use swap::carry_out;
