//! Where a visitor begins: one demande of each thing worth seeing, with the account that sees it.

use crate::activite::Dossier;
use crate::assures::HOMONYMES;
use crate::comptes::Ouvert;
use crate::fichier::Piste;
use crate::monde::{Convention, Monde};
use crate::personnes::Devenir;
use crate::reperes::Repere;

/// What is shown of a placed demande: to the structure, or to the agent.
const PLACES: [(Repere, bool, &str); 7] = [
    (Repere::Demande, true, "Un complément est demandé : y répondre (les relances partent à 7 et 14 jours)"),
    (Repere::Relance2, true, "Un complément relancé deux fois : l’avis de clôture part dans quelques jours"),
    (Repere::Avis, true, "L’avis de clôture est parti : sans réponse, la demande se referme dans la semaine"),
    (Repere::Ferme, true, "Refermée sans réponse au complément : répondre la rouvre"),
    (Repere::Relance2, false, "En retard au total, dans les temps une fois l’attente du partenaire déduite"),
    (Repere::Traine, false, "En retard sur les deux horloges : à terminer"),
    (Repere::Interne, false, "En attente interne, avec une note que le partenaire ne voit pas"),
];

/// The tour of what was filled.
pub(crate) fn tour(dossiers: &[Dossier<'_>], monde: &Monde, conventions: &[Convention]) -> Vec<Piste> {
    let placed = PLACES.iter().filter_map(|(repere, partner, what)| {
        let dossier = dossiers.iter().find(|d| d.plan.repere == Some(*repere))?;
        let qui = if *partner { dossier.plan.auteur } else { dossier.plan.agent };
        step(what, monde.find(qui)?, dossier)
    });
    let stays = |d: &&Dossier<'_>| d.plan.auteur.devenir == Devenir::Reste;
    let file = dossiers.iter().rev().filter(stays).find(|d| d.plan.piece);
    let file = file.and_then(|d| {
        step("Une pièce jointe, retenue tant qu’aucun antivirus ne l’a analysée", monde.find(d.plan.auteur)?, d)
    });
    placed.chain(file).chain(homonyms(dossiers, monde, conventions)).collect()
}

fn step(what: &str, qui: &Ouvert, dossier: &Dossier<'_>) -> Option<Piste> {
    let path = format!("/demandes/{}", dossier.reference.as_deref()?);
    Some(Piste { what: what.to_owned(), login: qui.fiche.login.clone(), path })
}

/// Where two people of one name are found.
fn homonyms(dossiers: &[Dossier<'_>], monde: &Monde, conventions: &[Convention]) -> Option<Piste> {
    let (lien, _, nom, ..) = HOMONYMES.iter().find(|h| conventions.iter().any(|c| c.place == h.0))?;
    let auteur = dossiers
        .iter()
        .find(|d| d.plan.lien == *lien && d.plan.auteur.devenir == Devenir::Reste)
        .and_then(|d| monde.find(d.plan.auteur))?;
    let what = format!("Des homonymes à départager : chercher « {nom} »");
    Some(Piste { what, login: auteur.fiche.login.clone(), path: "/demandes".to_owned() })
}

/// The invitation that nobody has opened yet.
pub(crate) fn invitation(path: String) -> Piste {
    Piste {
        what: "Une invitation non ouverte : première connexion d’un technicien".to_owned(),
        login: String::new(),
        path,
    }
}
