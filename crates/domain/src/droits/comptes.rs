//! The policy on comptes: one's own, and those that one opens and closes for others (HA-1, HA-9, CA-4).

use super::acteur::{Acteur, ActeurCompte, Rattachement};
use super::permis::{Habiliter, Permis, Portee, Refus, SoiMeme};
use crate::compte::{Cote, EtatCompte, Profil};
use crate::ids::{CaisseId, CompteId};
use crate::notification::concerne;

/// Act on one's own compte: password, second factor, acceptances, sessions. An invited compte does it while its first
/// sign-in goes on; a closed one never.
///
/// # Errors
/// [`Refus::ActeInterdit`] for a compte that is inactive or excluded.
pub const fn soi(compte: CompteId, etat: EtatCompte) -> Result<Permis<SoiMeme>, Refus> {
    match etat {
        EtatCompte::Invite | EtatCompte::Actif => Ok(Permis::make(Portee::Soi(compte), Some(compte))),
        EtatCompte::Inactif | EtatCompte::Exclu => Err(Refus::ActeInterdit),
    }
}

/// Choose how to be told of news on demandes: those whom a demande concerns.
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil.
pub const fn choisir_rythme(acteur: &ActeurCompte) -> Result<Permis<SoiMeme>, Refus> {
    if concerne(acteur.profil) {
        Ok(Permis::make(Portee::Soi(acteur.compte), Some(acteur.compte)))
    } else {
        Err(Refus::ActeInterdit)
    }
}

/// A compte to open or to close.
#[derive(Clone, Copy, Debug)]
pub struct Cible<'a> {
    /// Its profil.
    pub profil: Profil,
    /// Its tenant.
    pub rattachement: Rattachement,
    /// For a partner compte: the caisses with which its structure has a convention, live or not.
    pub caisses: &'a [CaisseId],
}

/// Comptes that an acteur may see and close: the structure's for a gestionnaire, the caisse's for its administrateur
/// local, everything for the system and the administrateur national.
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil.
pub fn lire_comptes(acteur: &Acteur) -> Result<Portee, Refus> {
    match acteur {
        Acteur::Systeme(_) => Ok(Portee::Tout),
        Acteur::Compte(a) => match (a.profil, a.rattachement) {
            (Profil::Gestionnaire, Rattachement::Partenaire(partenaire)) => {
                Ok(Portee::Partenaire { partenaire, caisses: a.acces.iter().map(|x| x.caisse).collect() })
            }
            (Profil::AdministrateurLocal, Rattachement::Caisse(caisse)) => Ok(Portee::Caisse(caisse)),
            (Profil::AdministrateurNational, Rattachement::National) => Ok(Portee::Tout),
            _ => Err(Refus::ActeInterdit),
        },
    }
}

/// Open a compte: a gestionnaire opens techniciens of his structure while one convention is live; the référent of a
/// caisse accredits gestionnaires of structures it has a convention with; administrateurs open the desk's and each
/// other's. The quota (HA-2) is a rule of its own.
///
/// # Errors
/// [`Refus`].
pub fn habiliter(acteur: &Acteur, cible: &Cible<'_>) -> Result<Permis<Habiliter>, Refus> {
    if let Acteur::Compte(a) = acteur
        && a.profil == Profil::Gestionnaire
        && a.acces.is_empty()
    {
        return Err(Refus::SansAcces);
    }
    gerer(acteur, cible)
}

/// Close a compte: the same persons as those who open it; a gestionnaire also when no convention is live any more (HA-9).
///
/// # Errors
/// [`Refus`].
pub fn inactiver(acteur: &Acteur, cible: &Cible<'_>) -> Result<Permis<Habiliter>, Refus> {
    gerer(acteur, cible)
}

fn gerer(acteur: &Acteur, cible: &Cible<'_>) -> Result<Permis<Habiliter>, Refus> {
    if !coherent(cible) {
        return Err(Refus::ActeInterdit);
    }
    match acteur {
        Acteur::Systeme(_) => Ok(Permis::make(Portee::Tout, None)),
        Acteur::Compte(a) => portee(a, cible).map(|p| Permis::make(p, Some(a.compte))).ok_or(Refus::ActeInterdit),
    }
}

fn coherent(cible: &Cible<'_>) -> bool {
    matches!(
        (cible.profil.cote(), cible.rattachement),
        (Cote::Partenaire, Rattachement::Partenaire(_))
            | (Cote::Desk, Rattachement::Caisse(_))
            | (Cote::National, Rattachement::National)
    )
}

fn portee(a: &ActeurCompte, cible: &Cible<'_>) -> Option<Portee> {
    match (a.profil, a.rattachement, cible.rattachement) {
        (Profil::Gestionnaire, Rattachement::Partenaire(mien), Rattachement::Partenaire(partenaire)) => {
            let caisses = a.acces.iter().map(|x| x.caisse).collect();
            (mien == partenaire && cible.profil == Profil::Technicien)
                .then_some(Portee::Partenaire { partenaire, caisses })
        }
        (Profil::Referent, Rattachement::Caisse(caisse), Rattachement::Partenaire(partenaire)) => {
            let accredite = cible.profil == Profil::Gestionnaire && cible.caisses.contains(&caisse);
            accredite.then(|| Portee::Partenaire { partenaire, caisses: vec![caisse] })
        }
        (Profil::AdministrateurLocal, Rattachement::Caisse(mienne), Rattachement::Caisse(caisse)) => {
            (mienne == caisse && cible.profil != Profil::AdministrateurLocal).then_some(Portee::Caisse(caisse))
        }
        (Profil::AdministrateurNational, Rattachement::National, Rattachement::Caisse(caisse)) => {
            (cible.profil == Profil::AdministrateurLocal).then_some(Portee::Caisse(caisse))
        }
        (Profil::AdministrateurNational, Rattachement::National, Rattachement::National) => Some(Portee::Tout),
        _ => None,
    }
}
