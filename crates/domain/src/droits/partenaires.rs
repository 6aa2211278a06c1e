//! The policy on partenaires: sheets, cuts, threads, news and files of conventions (PA-1, PA-3 to PA-5, CO-1). On the
//! desk it is the référent's; on the partner side the gestionnaires', of what is theirs.

use super::acteur::{Acteur, ActeurCompte, Rattachement};
use super::permis::{Couper, Echanger, Permis, Portee, Publier, Refus, TenirFiche, Verser};
use crate::compte::Profil;
use crate::convention::{ObjetFiche, Role};
use crate::ids::{CaisseId, PartenaireId};

/// The convention on which something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entre {
    /// The caisse.
    pub caisse: CaisseId,
    /// The structure.
    pub partenaire: PartenaireId,
}

const fn referent(acteur: &Acteur) -> Option<(&ActeurCompte, CaisseId)> {
    match acteur {
        Acteur::Compte(a) => match (a.profil, a.rattachement) {
            (Profil::Referent, Rattachement::Caisse(caisse)) => Some((a, caisse)),
            _ => None,
        },
        Acteur::Systeme(_) => None,
    }
}

const fn gestionnaire(acteur: &Acteur) -> Option<(&ActeurCompte, PartenaireId)> {
    match acteur {
        Acteur::Compte(a) => match (a.profil, a.rattachement) {
            (Profil::Gestionnaire, Rattachement::Partenaire(partenaire)) => Some((a, partenaire)),
            _ => None,
        },
        Acteur::Systeme(_) => None,
    }
}

/// Scope of the référent's list of structures.
///
/// # Errors
/// [`Refus::ActeInterdit`] unless référent of a caisse.
pub fn lire_partenaires(acteur: &Acteur) -> Result<CaisseId, Refus> {
    referent(acteur).map(|(_, caisse)| caisse).ok_or(Refus::ActeInterdit)
}

/// Scope in which conventions are read with their sheets, files and threads: those of the caisse for its référent,
/// those of the structure for its gestionnaires, at the caisses where its access is open.
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil.
pub fn lire_partages(acteur: &Acteur) -> Result<Portee, Refus> {
    if let Some((_, caisse)) = referent(acteur) {
        return Ok(Portee::Caisse(caisse));
    }
    let (a, partenaire) = gestionnaire(acteur).ok_or(Refus::ActeInterdit)?;
    Ok(Portee::Partenaire { partenaire, caisses: a.acces.iter().map(|x| x.caisse).collect() })
}

/// Write on a sheet: the référent on every sheet of his caisse's conventions; a gestionnaire names the interlocuteurs
/// and the data protection officer of his own structure (PA-4: either side).
///
/// # Errors
/// [`Refus`].
pub fn tenir_fiche(acteur: &Acteur, entre: Entre, role: Role, objet: ObjetFiche) -> Result<Permis<TenirFiche>, Refus> {
    if let Some((a, caisse)) = referent(acteur).filter(|(_, caisse)| *caisse == entre.caisse) {
        // The facts of a structure are its own, whatever caisse writes them down: they stand in all its conventions.
        let portee = match role {
            Role::Partenaire => Portee::Partenaire { partenaire: entre.partenaire, caisses: vec![caisse] },
            Role::Caisse | Role::Carsat | Role::Union => Portee::Caisse(caisse),
        };
        return Ok(Permis::make(portee, Some(a.compte)));
    }
    let (a, partenaire) = gestionnaire(acteur).ok_or(Refus::ActeInterdit)?;
    if partenaire != entre.partenaire || role != Role::Partenaire || objet == ObjetFiche::Faits {
        return Err(Refus::ActeInterdit);
    }
    if !a.acces.iter().any(|x| x.caisse == entre.caisse) {
        return Err(Refus::SansAcces);
    }
    Ok(Permis::make(Portee::Partenaire { partenaire, caisses: vec![entre.caisse] }, Some(a.compte)))
}

/// Enter a new structure: the référent.
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil.
pub fn creer_partenaire(acteur: &Acteur) -> Result<(Permis<TenirFiche>, CaisseId), Refus> {
    let (a, caisse) = referent(acteur).ok_or(Refus::ActeInterdit)?;
    Ok((Permis::make(Portee::Caisse(caisse), Some(a.compte)), caisse))
}

/// Cut a structure, take a cut back, reopen an access that another caisse's cut has frozen, record that a member
/// leaves its union: the référent, at his caisse (PA-3, CO-8). The proof reaches every convention of the structure: a
/// cut stops its comptes everywhere.
///
/// # Errors
/// [`Refus::ActeInterdit`] for everybody else.
pub fn couper(acteur: &Acteur, entre: Entre) -> Result<Permis<Couper>, Refus> {
    let (a, caisse) = referent(acteur).filter(|(_, c)| *c == entre.caisse).ok_or(Refus::ActeInterdit)?;
    let portee = Portee::Partenaire { partenaire: entre.partenaire, caisses: vec![caisse] };
    Ok(Permis::make(portee, Some(a.compte)))
}

/// Which side of a thread one writes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoteEchange {
    /// The caisse's référents.
    Caisse,
    /// The structure's gestionnaires.
    Partenaire,
}

/// Write in the thread of a convention: the référents of its caisse, the gestionnaires of its structure (PA-5).
///
/// # Errors
/// [`Refus`].
pub fn echanger(acteur: &Acteur, entre: Entre) -> Result<(Permis<Echanger>, CoteEchange), Refus> {
    if let Some((a, caisse)) = referent(acteur).filter(|(_, c)| *c == entre.caisse) {
        return Ok((Permis::make(Portee::Caisse(caisse), Some(a.compte)), CoteEchange::Caisse));
    }
    let (a, partenaire) = gestionnaire(acteur).filter(|(_, p)| *p == entre.partenaire).ok_or(Refus::ActeInterdit)?;
    if !a.acces.iter().any(|x| x.caisse == entre.caisse) {
        return Err(Refus::SansAcces);
    }
    let portee = Portee::Partenaire { partenaire, caisses: vec![entre.caisse] };
    Ok((Permis::make(portee, Some(a.compte)), CoteEchange::Partenaire))
}

/// Publish news of one's caisse: its référents (PA-5).
///
/// # Errors
/// [`Refus::ActeInterdit`] for every other profil.
pub fn publier(acteur: &Acteur) -> Result<(Permis<Publier>, CaisseId), Refus> {
    let (a, caisse) = referent(acteur).ok_or(Refus::ActeInterdit)?;
    Ok((Permis::make(Portee::Caisse(caisse), Some(a.compte)), caisse))
}

/// Attach a file to a convention: the référents of its caisse (CO-1).
///
/// # Errors
/// [`Refus::ActeInterdit`] for everybody else.
pub fn verser(acteur: &Acteur, entre: Entre) -> Result<Permis<Verser>, Refus> {
    let (a, caisse) = referent(acteur).filter(|(_, c)| *c == entre.caisse).ok_or(Refus::ActeInterdit)?;
    Ok(Permis::make(Portee::Caisse(caisse), Some(a.compte)))
}
