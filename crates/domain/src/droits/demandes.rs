//! The policy on demandes: filing and following on the partner side, treating on the desk side.

use super::acteur::{Acteur, ActeurCompte, Rattachement};
use super::permis::{
    Acte, Annuler, Brouillonner, Cloturer, Deposer, Instruire, Permis, Portee, Prendre, Refus, Repondre, Rouvrir,
};
use crate::compte::Profil;
use crate::demande::Sorte;
use crate::ids::{CaisseId, CompteId};

fn technicien(acteur: &Acteur) -> Result<(&ActeurCompte, Portee), Refus> {
    match acteur {
        Acteur::Compte(a) if a.profil == Profil::Technicien => match a.rattachement {
            Rattachement::Partenaire(partenaire) => {
                let caisses = a.acces.iter().map(|x| x.caisse).collect();
                Ok((a, Portee::Partenaire { partenaire, caisses }))
            }
            Rattachement::Caisse(_) | Rattachement::National => Err(Refus::ActeInterdit),
        },
        Acteur::Compte(_) | Acteur::Systeme(_) => Err(Refus::ActeInterdit),
    }
}

fn desk(acteur: &Acteur) -> Result<(&ActeurCompte, Portee), Refus> {
    match acteur {
        Acteur::Compte(a) => match (a.profil, a.rattachement) {
            (Profil::Agent, Rattachement::Caisse(caisse)) => {
                Ok((a, Portee::Services { caisse, services: a.services.clone() }))
            }
            (Profil::Superviseur, Rattachement::Caisse(caisse)) => Ok((a, Portee::Caisse(caisse))),
            _ => Err(Refus::ActeInterdit),
        },
        Acteur::Systeme(_) => Err(Refus::ActeInterdit),
    }
}

fn proof<A: Acte>((a, portee): (&ActeurCompte, Portee)) -> Permis<A> {
    Permis::make(portee, Some(a.compte))
}

/// File a demande of a kind at a caisse: a technicien whose convention opens it there (CO-7, DE-2).
///
/// # Errors
/// [`Refus`]: another profil, no live convention, or the function is off.
pub fn deposer(acteur: &Acteur, caisse: CaisseId, sorte: Sorte) -> Result<Permis<Deposer>, Refus> {
    let (a, portee) = technicien(acteur)?;
    let acces = a.acces.iter().find(|x| x.caisse == caisse).ok_or(Refus::SansAcces)?;
    if !acces.sortes.contains(&sorte) {
        return Err(Refus::FonctionFermee);
    }
    Ok(proof((a, portee)))
}

/// Keep a draft: a technicien with the kind open at one caisse at least (DE-12).
///
/// # Errors
/// [`Refus`] as for [`deposer`].
pub fn garder_brouillon(acteur: &Acteur, sorte: Sorte) -> Result<Permis<Brouillonner>, Refus> {
    let (a, _) = technicien(acteur)?;
    if a.acces.is_empty() {
        return Err(Refus::SansAcces);
    }
    if !a.acces.iter().any(|x| x.sortes.contains(&sorte)) {
        return Err(Refus::FonctionFermee);
    }
    Ok(Permis::make(Portee::Soi(a.compte), Some(a.compte)))
}

/// Scope in which demandes are read: the structure's for a technicien (DE-6), the services' for an agent, the caisse's
/// for a superviseur; nobody else reads content (CA-4, HA-1).
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil.
pub fn lire_demandes(acteur: &Acteur) -> Result<Portee, Refus> {
    technicien(acteur).or_else(|_| desk(acteur)).map(|(_, portee)| portee)
}

/// Scope of the home page: the structure's demandes, whatever the history function says (state and thread are DE-6).
///
/// # Errors
/// [`Refus::ActeInterdit`] unless technicien.
pub fn suivre(acteur: &Acteur) -> Result<Portee, Refus> {
    technicien(acteur).map(|(_, portee)| portee)
}

/// Scope of « Consulter l'historique des demandes »: the caisses where that function is on (CO-7).
///
/// # Errors
/// [`Refus::ActeInterdit`] unless technicien, [`Refus::FonctionFermee`] when it is off everywhere.
pub fn lire_historique(acteur: &Acteur) -> Result<Portee, Refus> {
    let (a, portee) = technicien(acteur)?;
    let caisses: Vec<CaisseId> = a.acces.iter().filter(|x| x.historique).map(|x| x.caisse).collect();
    match portee {
        Portee::Partenaire { partenaire, .. } if !caisses.is_empty() => Ok(Portee::Partenaire { partenaire, caisses }),
        _ => Err(Refus::FonctionFermee),
    }
}

/// Scope of the desk's queue.
///
/// # Errors
/// [`Refus::ActeInterdit`] unless agent or superviseur.
pub fn lire_file(acteur: &Acteur) -> Result<Portee, Refus> {
    desk(acteur).map(|(_, portee)| portee)
}

/// Write in the thread, from either side (DE-10).
///
/// # Errors
/// [`Refus::ActeInterdit`] for a profil that reads no demande.
pub fn repondre(acteur: &Acteur) -> Result<Permis<Repondre>, Refus> {
    technicien(acteur).or_else(|_| desk(acteur)).map(proof)
}

/// Withdraw: any technicien of the structure (DE-6, DE-7).
///
/// # Errors
/// [`Refus::ActeInterdit`] unless technicien.
pub fn annuler(acteur: &Acteur) -> Result<Permis<Annuler>, Refus> {
    technicien(acteur).map(proof)
}

/// Take in charge.
///
/// # Errors
/// [`Refus::ActeInterdit`] unless agent or superviseur.
pub fn prendre(acteur: &Acteur) -> Result<Permis<Prendre>, Refus> {
    desk(acteur).map(proof)
}

/// Whether this acteur leads the caisse's agents: he passes the guard « agent en charge » (CA-4).
#[must_use]
pub fn dirige(acteur: &Acteur) -> bool {
    matches!(acteur, Acteur::Compte(a) if a.profil == Profil::Superviseur)
}

/// Whether this acteur treats a demande that `agent` has in charge: the agent himself, or who leads him.
#[must_use]
pub fn traite(acteur: &Acteur, agent: Option<CompteId>) -> bool {
    dirige(acteur) || (agent.is_some() && acteur.compte() == agent)
}

/// Close with an outcome.
///
/// # Errors
/// [`Refus::ActeInterdit`] unless agent or superviseur.
pub fn cloturer(acteur: &Acteur) -> Result<Permis<Cloturer>, Refus> {
    desk(acteur).map(proof)
}

/// Ask for a complement, wait for a colleague, go on, write an internal note (DE-8, DE-10).
///
/// # Errors
/// [`Refus::ActeInterdit`] unless agent or superviseur.
pub fn instruire(acteur: &Acteur) -> Result<Permis<Instruire>, Refus> {
    desk(acteur).map(proof)
}

/// Open a closed demande again at the desk (DE-7).
///
/// # Errors
/// [`Refus::ActeInterdit`] unless agent or superviseur.
pub fn rouvrir(acteur: &Acteur) -> Result<Permis<Rouvrir>, Refus> {
    desk(acteur).map(proof)
}
