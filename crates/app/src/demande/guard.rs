//! The guard on every free text, on either side (GA-1, GA-3).

use crate::error::ErreurChamp;
use domain::garde::{Famille, examine};
use store::brouillon::Saisie;

/// Words of the refusal. The number is never echoed: the page shows the text with it taken out.
const NIR: &str = "Ce texte contient un numéro qui ressemble à un numéro de sécurité sociale. Il a été retiré : ce numéro ne doit \
                   jamais être saisi ici. Vérifiez le texte, puis continuez.";

/// The fields in which a NIR was typed, each with its refusal (GA-1). A draft is kept without it, so that reading the
/// draft no longer tells: whoever received the form asks here, too.
#[must_use]
pub fn refused(saisie: &Saisie) -> Vec<ErreurChamp> {
    let holds = |texts: &Vec<String>| texts.iter().flat_map(|t| examine(t)).any(|t| t.famille == Famille::Nir);
    saisie.0.iter().filter(|(_, texts)| holds(texts)).map(|(champ, _)| ErreurChamp::new(champ, NIR)).collect()
}

/// Trims a text and refuses a NIR or a text that is too long.
pub(crate) fn text(champ: &str, valeur: &str, longueur_max: usize, erreurs: &mut Vec<ErreurChamp>) -> String {
    let valeur = valeur.trim();
    if examine(valeur).iter().any(|t| t.famille == Famille::Nir) {
        erreurs.push(ErreurChamp::new(champ, NIR));
    }
    let longueur = valeur.chars().count();
    if longueur > longueur_max {
        let trop = longueur - longueur_max;
        erreurs
            .push(ErreurChamp::new(champ, format!("Le texte dépasse {longueur_max} caractères : retirez-en {trop}.")));
    }
    valeur.replace("\r\n", "\n")
}
