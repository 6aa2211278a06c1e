//! Sign-in and comptes: one file per intention (HA-1, HA-2, HA-6, HA-14, HA-15; security, « Sign-in »).
//!
//! The way in: a password opens a session at a step; each further step (second factor, an old password to change,
//! engagements) puts a session with a new token in its place; only the last step gives an acteur.

mod accept_engagements;
mod acteur;
mod admin_invite;
mod change_password;
mod choose_password;
mod deactivate;
mod enroll_totp;
mod extend_session;
pub(crate) mod forgot_password;
pub(crate) mod frein;
mod invite;
pub mod jeton;
pub mod lien;
mod open_link;
mod passage;
mod politique;
mod remember_browser;
mod seats;
mod second_factor;
mod sessions;
mod show_own;
mod sign_in;
mod sign_out;
mod totp;
mod trace;

pub use accept_engagements::{Accord, Texte, accept, to_accept};
pub use acteur::{SessionVue, Vu, est_renforcee, load_acteur, session};
pub(crate) use acteur::{load_renforce, seen, zone};
pub use admin_invite::{Administrateur, PremierLien, admin_invite};
pub use change_password::{Changement, change_password, rules};
pub use choose_password::{Choisi, Choix, choose_password};
pub use deactivate::deactivate;
pub use enroll_totp::{Confirme, Enrolement, begin_enrolment, confirm_enrolment};
pub use extend_session::extend_session;
pub use forgot_password::forgot_password;
pub use invite::{Invitation, Invite, Par, invite};
pub(crate) use invite::{ouvre, place};
pub use open_link::{Lien, LienFerme, open_link, renew_link};
pub use passage::Ouverture;
pub(crate) use politique::phrase;
pub use remember_browser::remember_browser;
pub use seats::{Places, seats};
pub use second_factor::second_factor;
pub use sessions::{SessionListee, list_sessions, revoke_session};
pub use show_own::{MonCompte, show_own};
pub use sign_in::{Identifiants, sign_in};
pub use sign_out::sign_out;
pub use store::compte::Identite;
pub use totp::code_at;
pub(crate) use trace::objet as objet_compte;
