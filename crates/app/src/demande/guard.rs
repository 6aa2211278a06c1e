//! The guard on every free text, on either side (GA-1, GA-3).

use crate::error::ErreurChamp;
use domain::garde::{Famille, examine};

/// Words of the refusal. The number is never echoed: the page shows the text with it taken out.
const NIR: &str = "Ce texte contient un numéro qui ressemble à un numéro de sécurité sociale. Il a été retiré : ce numéro ne doit \
                   jamais être saisi ici. Vérifiez le texte, puis continuez.";

/// Trims a text and refuses a NIR or a text that is too long.
pub(super) fn text(champ: &str, valeur: &str, longueur_max: usize, erreurs: &mut Vec<ErreurChamp>) -> String {
    let valeur = valeur.trim();
    if examine(valeur).iter().any(|t| t.famille == Famille::Nir) {
        erreurs.push(ErreurChamp::new(champ, NIR));
    }
    let longueur = valeur.chars().count();
    if longueur > longueur_max {
        let trop = longueur - longueur_max;
        erreurs.push(ErreurChamp::new(champ, format!("Le texte dépasse {longueur_max} caractères : retirez-en {trop}.")));
    }
    valeur.replace("\r\n", "\n")
}
