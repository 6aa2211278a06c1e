//! The policy on the life of a compte of a structure after its opening: who reopens, signals, excludes, allows an address,
//! declares members, tells of a new agent (HA-2, HA-5, HA-9, HA-11, HA-13, HA-14).

use super::acteur::{Acteur, ActeurCompte, Rattachement};
use super::comptes::Cible;
use super::permis::{Habiliter, Permis, Portee, Refus};
use crate::compte::{Cote, EtatCompte, Fermeture, Profil, suppression::gestionnaire_rouvre};
use crate::ids::{CaisseId, PartenaireId};

/// What the référent of a caisse, or a gestionnaire, may see of a structure bound to `caisses`, live or not: names and
/// states, no content.
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil, another structure, another caisse.
pub fn lire_structure(acteur: &Acteur, partenaire: PartenaireId, caisses: &[CaisseId]) -> Result<Portee, Refus> {
    personne(acteur)
        .and_then(|a| gestionnaire_de(a, partenaire).or_else(|| referent_de(a, partenaire, caisses)))
        .ok_or(Refus::ActeInterdit)
}

/// How a compte is closed.
#[derive(Clone, Copy, Debug)]
pub struct Closing<'a> {
    /// Its state.
    pub etat: EtatCompte,
    /// Since when, why, by which side.
    pub fermeture: Option<&'a Fermeture>,
    /// The caisse that excluded the person, where one did.
    pub exclue_par: Option<CaisseId>,
}

/// Reopen a closed compte (HA-9): a gestionnaire what his structure closed, the référent everything else of a structure bound
/// to his caisse; an exclusion only where his own caisse decided it (HA-11). Quota and convention are rules of their own.
///
/// # Errors
/// [`Refus`].
pub fn reactiver(
    acteur: &Acteur,
    cible: &Cible<'_>,
    Closing { etat, fermeture, exclue_par }: Closing<'_>,
) -> Result<Permis<Habiliter>, Refus> {
    let (a, partenaire) = structure(acteur, cible)?;
    if let Some(portee) = referent_de(a, partenaire, cible.caisses) {
        if etat == EtatCompte::Exclu && Some(a.rattachement) != exclue_par.map(Rattachement::Caisse) {
            return Err(Refus::ActeInterdit);
        }
        return Ok(Permis::make(portee, Some(a.compte)));
    }
    if a.acces.is_empty() {
        return Err(Refus::SansAcces);
    }
    let portee = gestionnaire_de(a, partenaire).filter(|_| gestionnaire_rouvre(cible.profil, etat, fermeture));
    portee.map(|p| Permis::make(p, Some(a.compte))).ok_or(Refus::ActeInterdit)
}

/// Send an invitation again: a gestionnaire to techniciens of his structure, the référent to its gestionnaires and
/// techniciens (HA-6).
///
/// # Errors
/// [`Refus`].
pub fn relancer(acteur: &Acteur, cible: &Cible<'_>) -> Result<Permis<Habiliter>, Refus> {
    let (a, partenaire) = structure(acteur, cible)?;
    if a.profil == Profil::Gestionnaire && a.acces.is_empty() {
        return Err(Refus::SansAcces);
    }
    let technicien = cible.profil == Profil::Technicien;
    let portee = gestionnaire_de(a, partenaire).filter(|_| technicien);
    portee
        .or_else(|| referent_de(a, partenaire, cible.caisses))
        .map(|p| Permis::make(p, Some(a.compte)))
        .ok_or(Refus::ActeInterdit)
}

/// Signal a loss, a theft, a fraud (HA-11): a gestionnaire for every compte of his structure, his own and other
/// gestionnaires' too; the référent of a caisse that the structure is bound to.
///
/// # Errors
/// [`Refus::ActeInterdit`].
pub fn signaler(acteur: &Acteur, cible: &Cible<'_>) -> Result<Permis<Habiliter>, Refus> {
    let (a, partenaire) = structure(acteur, cible)?;
    let portee = gestionnaire_de(a, partenaire).or_else(|| referent_de(a, partenaire, cible.caisses));
    portee.map(|p| Permis::make(p, Some(a.compte))).ok_or(Refus::ActeInterdit)
}

/// Enter the director's decision to exclude a user (HA-11): the référent.
///
/// # Errors
/// [`Refus::ActeInterdit`].
pub fn exclure(acteur: &Acteur, cible: &Cible<'_>) -> Result<Permis<Habiliter>, Refus> {
    let (a, partenaire) = structure(acteur, cible)?;
    let portee = referent_de(a, partenaire, cible.caisses);
    portee.map(|p| Permis::make(p, Some(a.compte))).ok_or(Refus::ActeInterdit)
}

/// Allow an address against the rule, or withdraw it (HA-5): the référent.
///
/// # Errors
/// [`Refus::ActeInterdit`].
pub fn deroger(acteur: &Acteur, partenaire: PartenaireId, caisses: &[CaisseId]) -> Result<Permis<Habiliter>, Refus> {
    let of = |a: &ActeurCompte| referent_de(a, partenaire, caisses).map(|p| Permis::make(p, Some(a.compte)));
    personne(acteur).and_then(of).ok_or(Refus::ActeInterdit)
}

/// Declare how many members a structure has (HA-2): its gestionnaires and the référents of its caisses.
///
/// # Errors
/// [`Refus::ActeInterdit`].
pub fn declarer_membres(
    acteur: &Acteur,
    partenaire: PartenaireId,
    caisses: &[CaisseId],
) -> Result<Permis<Habiliter>, Refus> {
    let auteur = acteur.compte();
    lire_structure(acteur, partenaire, caisses).map(|portee| Permis::make(portee, auteur))
}

/// Tell the caisses of a new agent (HA-13): a gestionnaire, where a convention is live.
///
/// # Errors
/// [`Refus`].
pub fn annoncer(acteur: &Acteur) -> Result<Permis<Habiliter>, Refus> {
    let a = personne(acteur).ok_or(Refus::ActeInterdit)?;
    let Rattachement::Partenaire(partenaire) = a.rattachement else { return Err(Refus::ActeInterdit) };
    let portee = gestionnaire_de(a, partenaire).ok_or(Refus::ActeInterdit)?;
    if a.acces.is_empty() { Err(Refus::SansAcces) } else { Ok(Permis::make(portee, Some(a.compte))) }
}

/// Decide how old passwords may grow at a caisse (HA-14): its administrateur local.
///
/// # Errors
/// [`Refus::ActeInterdit`].
pub fn regler_mots_de_passe(acteur: &Acteur) -> Result<Permis<Habiliter>, Refus> {
    match personne(acteur).map(|a| (a, a.profil, a.rattachement)) {
        Some((a, Profil::AdministrateurLocal, Rattachement::Caisse(caisse))) => {
            Ok(Permis::make(Portee::Caisse(caisse), Some(a.compte)))
        }
        _ => Err(Refus::ActeInterdit),
    }
}

const fn personne(acteur: &Acteur) -> Option<&ActeurCompte> {
    match acteur {
        Acteur::Compte(a) => Some(a),
        Acteur::Systeme(_) => None,
    }
}

/// Who acts, and the structure of a compte of the partner side.
fn structure<'a>(acteur: &'a Acteur, cible: &Cible<'_>) -> Result<(&'a ActeurCompte, PartenaireId), Refus> {
    match (personne(acteur), cible.profil.cote(), cible.rattachement) {
        (Some(a), Cote::Partenaire, Rattachement::Partenaire(partenaire)) => Ok((a, partenaire)),
        _ => Err(Refus::ActeInterdit),
    }
}

fn gestionnaire_de(a: &ActeurCompte, partenaire: PartenaireId) -> Option<Portee> {
    let sien = a.profil == Profil::Gestionnaire && a.rattachement == Rattachement::Partenaire(partenaire);
    sien.then(|| Portee::Partenaire { partenaire, caisses: a.acces.iter().map(|x| x.caisse).collect() })
}

fn referent_de(a: &ActeurCompte, partenaire: PartenaireId, caisses: &[CaisseId]) -> Option<Portee> {
    match (a.profil, a.rattachement) {
        (Profil::Referent, Rattachement::Caisse(caisse)) if caisses.contains(&caisse) => {
            Some(Portee::Partenaire { partenaire, caisses: vec![caisse] })
        }
        _ => None,
    }
}
