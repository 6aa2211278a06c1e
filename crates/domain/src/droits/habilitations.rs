//! The policy on tracked forms, reviews and proofs (HA-3, HA-7, HA-8, HA-12, JO-2).

use super::acteur::{Acteur, ActeurCompte, Rattachement};
use super::permis::{Acte, Permis, Portee, Refus};
use crate::compte::Profil;

macro_rules! actes {
    ($($(#[$doc:meta])* $nom:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $nom;
        impl Acte for $nom {}
    )+};
}

actes! {
    /// Ask for something by a tracked form, or withdraw it.
    Demander,
    /// Decide on a tracked form, enter one from paper, send the link for the first one, ask for a review.
    Decider,
    /// Answer a review.
    Revoir,
}

fn structure(a: &ActeurCompte) -> Option<Portee> {
    match (a.profil, a.rattachement) {
        (Profil::Gestionnaire, Rattachement::Partenaire(partenaire)) => {
            Some(Portee::Partenaire { partenaire, caisses: a.acces.iter().map(|x| x.caisse).collect() })
        }
        _ => None,
    }
}

fn caisse(a: &ActeurCompte, profils: &[Profil]) -> Option<Portee> {
    match a.rattachement {
        Rattachement::Caisse(caisse) if profils.contains(&a.profil) => Some(Portee::Caisse(caisse)),
        _ => None,
    }
}

fn permis<A: Acte>(a: &ActeurCompte, portee: Option<Portee>) -> Result<Permis<A>, Refus> {
    portee.map(|p| Permis::make(p, Some(a.compte))).ok_or(Refus::ActeInterdit)
}

/// Ask by a tracked form, or withdraw one: a gestionnaire, for his structure.
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil; [`Refus::SansAcces`] when no convention is live.
pub fn demander(acteur: &Acteur) -> Result<Permis<Demander>, Refus> {
    let Acteur::Compte(a) = acteur else { return Err(Refus::ActeInterdit) };
    let permis = permis(a, structure(a))?;
    if a.acces.is_empty() { Err(Refus::SansAcces) } else { Ok(permis) }
}

/// Decide on tracked forms and ask for reviews: the référent, for his caisse.
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil.
pub fn decider(acteur: &Acteur) -> Result<Permis<Decider>, Refus> {
    match acteur {
        Acteur::Compte(a) => permis(a, caisse(a, &[Profil::Referent])),
        Acteur::Systeme(_) => Ok(Permis::make(Portee::Tout, None)),
    }
}

/// Answer a review: a gestionnaire for his structure, the administrateur local for the desk of his caisse.
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil.
pub fn attester(acteur: &Acteur) -> Result<Permis<Revoir>, Refus> {
    let Acteur::Compte(a) = acteur else { return Err(Refus::ActeInterdit) };
    permis(a, structure(a).or_else(|| caisse(a, &[Profil::AdministrateurLocal])))
}

/// Tracked forms that an acteur sees: those of his structure, or of his caisse.
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil.
pub fn lire_demarches(acteur: &Acteur) -> Result<Portee, Refus> {
    let Acteur::Compte(a) = acteur else { return Ok(Portee::Tout) };
    structure(a).or_else(|| caisse(a, &[Profil::Referent])).ok_or(Refus::ActeInterdit)
}

/// Reviews that an acteur sees: those of his structure; of the structures of his caisse for the référent, of its desk for
/// the administrateur local.
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil.
pub fn lire_revues(acteur: &Acteur) -> Result<Portee, Refus> {
    let Acteur::Compte(a) = acteur else { return Ok(Portee::Tout) };
    let desk = [Profil::Referent, Profil::AdministrateurLocal];
    structure(a).or_else(|| caisse(a, &desk)).ok_or(Refus::ActeInterdit)
}

/// Proofs that an acteur sees and exports (JO-2): of his structure; of his caisse for the DPO, those about structures for
/// the référent, those about the desk for the administrateur local (CA-4) – which of them is the registre's to say.
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil.
pub fn lire_preuves(acteur: &Acteur) -> Result<Portee, Refus> {
    let Acteur::Compte(a) = acteur else { return Ok(Portee::Tout) };
    let desk = [Profil::Referent, Profil::AdministrateurLocal, Profil::Dpo];
    structure(a).or_else(|| caisse(a, &desk)).ok_or(Refus::ActeInterdit)
}
