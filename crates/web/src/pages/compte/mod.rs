//! Pages of the sign-in and of one's own compte. No password and no code is ever given back.

mod activation;
mod attente;
mod connexion;
mod liens;
mod mon_compte;
mod qr;
#[cfg(test)]
mod tests;

pub use activation::{CodesPage, EngagementsPage, EnrolementPage};
pub use attente::{AttentePage, Essai};
pub use connexion::{Avis, CodePage, ConnexionPage};
pub use liens::{ChoixPage, LienFermePage, OubliEnvoyePage, OubliPage, Titulaire};
pub use mon_compte::{Fait, MonComptePage, MotDePassePage};

use super::FormState;
use app::ErreurChamp;

/// Fields that never go back to the page.
const SECRETS: [&str; 4] = ["mot_de_passe", "confirmation", "actuel", "code"];

/// The form as it is shown again: refused fields marked, secrets forgotten.
#[must_use]
pub fn refused(form: FormState, erreurs: Vec<ErreurChamp>) -> FormState {
    let mut form = form.masked();
    for erreur in erreurs {
        form.refuse(erreur.champ, erreur.message);
    }
    for secret in SECRETS {
        form.forget(secret);
    }
    form
}
