//! The password policy applied to a form: rules shown before typing, all that is wrong said at once.

use super::acteur::organisation;
use crate::context::Contexte;
use crate::error::{AppError, ErreurChamp, Outcome};
use domain::compte::mot_de_passe::{Politique, forme_comparee};
use domain::compte::{Cote, Profil};
use store::Tx;
use store::compte::Compte;

/// The rules of a profil.
pub(super) fn politique(profil: Profil) -> Politique {
    Politique::pour(profil.cote() != Cote::Partenaire)
}

/// The form in which a password is compared and hashed. A text no password can be is cut: its comparison fails at
/// the usual cost.
pub(super) fn forme(mot: &str) -> String {
    if mot.len() > 1024 { String::new() } else { forme_comparee(mot) }
}

/// Checks a new password typed twice.
pub(super) async fn verifie(
    ctx: &Contexte,
    tx: &Tx,
    compte: &Compte,
    (mot, confirmation): (&str, &str),
) -> Outcome<()> {
    let organisation =
        store::compte::by_compte(tx, compte.id, ctx.now()).await?.as_ref().map(organisation).unwrap_or_default();
    let i = &compte.identite;
    let contexte = [&i.nom, &i.prenom, &i.courriel, &compte.identifiant, &organisation].map(String::as_str);
    let mut erreurs = match politique(compte.profil).verifie(mot, &contexte) {
        Ok(()) => Vec::new(),
        Err(defauts) => defauts.into_iter().map(|d| ErreurChamp::new("mot_de_passe", phrase(&d.to_string()))).collect(),
    };
    if mot != confirmation {
        erreurs.push(ErreurChamp::new("confirmation", "Les deux mots de passe sont différents."));
    }
    if erreurs.is_empty() { Ok(()) } else { Err(AppError::Saisie(erreurs)) }
}

/// A reason as a sentence.
pub(super) fn phrase(raison: &str) -> String {
    let mut signes = raison.chars();
    let debut = signes.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{debut}{}.", signes.as_str())
}
