//! From the département of residence to the caisse that will receive the demande (DE-2).

use super::form::OuvertA;
use crate::error::Outcome;
use domain::caisse::{Caisse as Fiche, Departement, Rattachement, rattachement_parmi};
use store::Tx;
use store::caisse::Caisse;

/// The caisse de rattachement of a département among the open ones (DE-2): proposed when one, asked when several,
/// explained when none; a caisse chosen by hand wins if it is open.
///
/// # Errors
/// The field at fault and a French sentence.
pub(super) async fn attach(
    tx: &Tx,
    ouvertes: &[OuvertA],
    departement: Departement,
    choisie: Option<&str>,
) -> Outcome<Result<OuvertA, (&'static str, String)>> {
    if let Some(slug) = choisie {
        let found = ouvertes.iter().find(|o| o.caisse.fiche.slug == slug).cloned();
        return Ok(found.ok_or((
            "caisse",
            "Cette caisse n’est pas ouverte à votre structure : choisissez-en une autre.".to_owned(),
        )));
    }
    let rows = store::caisse::of_departement(tx, departement).await?;
    let caisses: Vec<_> = rows.iter().map(|c| c.fiche.clone()).collect();
    let open = |slug: &str| ouvertes.iter().find(|o| o.caisse.fiche.slug == slug).cloned();
    Ok(match rattachement_parmi(&caisses, departement) {
        Rattachement::Une(c) => open(&c.slug).ok_or_else(|| ("departement", closed(&rows, &[c]))),
        Rattachement::Plusieurs(list) => {
            let noms: Vec<&str> = list.iter().map(|c| c.nom.as_str()).collect();
            let ask = format!(
                "Plusieurs caisses se partagent ce département ({}) : choisissez la caisse de rattachement.",
                noms.join(", ")
            );
            if list.iter().any(|c| open(&c.slug).is_some()) {
                Err(("caisse", ask))
            } else {
                Err(("departement", closed(&rows, &list)))
            }
        }
        Rattachement::HorsReseau { explication } => Err(("departement", explication.to_owned())),
    })
}

/// Nothing is filed where no live convention covers the caisse: its public channels are shown (DE-2).
fn closed(rows: &[Caisse], en_charge: &[&Fiche]) -> String {
    let noms: Vec<&str> = en_charge.iter().map(|c| c.nom.as_str()).collect();
    let mut phrase = format!(
        "Ce département relève de : {}. Votre structure n’a pas de convention active avec cette caisse pour cette \
         fonction : rien n’a été envoyé. La personne peut la joindre au 3646, sur son compte ameli ou par courrier.",
        noms.join(" ou ")
    );
    for caisse in rows.iter().filter(|c| en_charge.iter().any(|e| e.slug == c.fiche.slug)) {
        let known: Vec<&str> = [&caisse.telephone, &caisse.adresse].into_iter().filter_map(Option::as_deref).collect();
        if !known.is_empty() {
            phrase.push_str(&format!(" {} : {}.", caisse.fiche.nom, known.join(", ")));
        }
    }
    phrase
}
