//! The policy on conventions: conducted by the référent of the caisse that signed them (CA-4); the partenaire follows the
//! good end of its own (CO-11).

use super::acteur::{Acteur, Rattachement};
use super::permis::{Conduire, Permis, Portee, Refus};
use crate::compte::Profil;
use crate::ids::CaisseId;

/// Scope in which conventions are read: his caisse's for a référent, all for the system.
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil.
pub const fn lire_conventions(acteur: &Acteur) -> Result<Portee, Refus> {
    match acteur {
        Acteur::Systeme(_) => Ok(Portee::Tout),
        Acteur::Compte(a) => match (a.profil, a.rattachement) {
            (Profil::Referent, Rattachement::Caisse(caisse)) => Ok(Portee::Caisse(caisse)),
            _ => Err(Refus::ActeInterdit),
        },
    }
}

/// Conduct a convention of a caisse: its référent, or the system.
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil, and for the référent of another caisse.
pub fn conduire(acteur: &Acteur, caisse: CaisseId) -> Result<Permis<Conduire>, Refus> {
    match lire_conventions(acteur)? {
        Portee::Tout => Ok(Permis::make(Portee::Tout, None)),
        Portee::Caisse(sienne) if sienne == caisse => Ok(Permis::make(Portee::Caisse(caisse), acteur.compte())),
        _ => Err(Refus::ActeInterdit),
    }
}

/// Scope in which the list of what is still open at the end of a convention is read: the référent's caisse, the
/// gestionnaire's own structure, whatever its conventions still open (CO-11).
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil.
pub fn suivre_fin(acteur: &Acteur) -> Result<Portee, Refus> {
    match acteur {
        Acteur::Compte(a) => match (a.profil, a.rattachement) {
            (Profil::Gestionnaire, Rattachement::Partenaire(partenaire)) => {
                Ok(Portee::Partenaire { partenaire, caisses: a.acces.iter().map(|x| x.caisse).collect() })
            }
            _ => lire_conventions(acteur),
        },
        Acteur::Systeme(_) => lire_conventions(acteur),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Raison;
    use super::super::tests::acteur;
    use super::*;
    use uuid::Uuid;

    const ICI: CaisseId = CaisseId::new(Uuid::from_u128(20));
    const AILLEURS: CaisseId = CaisseId::new(Uuid::from_u128(21));

    #[test]
    fn only_the_referent_of_the_caisse_conducts_its_conventions() {
        for profil in Profil::TOUS {
            let referent = profil == Profil::Referent;
            assert_eq!(lire_conventions(&acteur(profil)).is_ok(), referent, "{profil:?}");
            assert_eq!(conduire(&acteur(profil), ICI).is_ok(), referent, "{profil:?}");
            assert!(conduire(&acteur(profil), AILLEURS).is_err(), "{profil:?}");
            let follows = matches!(profil, Profil::Referent | Profil::Gestionnaire);
            assert_eq!(suivre_fin(&acteur(profil)).is_ok(), follows, "{profil:?}");
        }
        let permis = conduire(&acteur(Profil::Referent), ICI).unwrap();
        assert_eq!((permis.portee(), permis.auteur().is_some()), (&Portee::Caisse(ICI), true));
        assert!(conduire(&Acteur::Systeme(Raison::Tache), AILLEURS).is_ok());
    }
}
