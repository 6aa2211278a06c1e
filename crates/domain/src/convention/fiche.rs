//! The sheet of a party as people keep it (PA-1, PA-4): what is typed is read field by field, each with its refusal in
//! French, and says what it changes. No I/O; the day is a parameter.

mod faits;
mod lecture;
mod personne;
#[cfg(test)]
mod tests;

pub use faits::{Faits, FaitsSaisis};
pub use personne::{DpoSaisi, PersonneSaisie};

use lecture::Lecture;

use super::codes::codes;
use super::montre::Montre;
use super::papier::Role;
use super::partie::{Dpo, Partie};
use super::valeur::{Source, Valeur, lue};
use super::{Dossier, Stipulations};

codes! {
    /// What a change on a sheet is about: who is told depends on it (PA-4).
    pub enum ObjetFiche {
        /// Facts of the structure: names, addresses, numbers.
        Faits = "faits", "fiche";
        /// Its data protection officer.
        Dpo = "dpo", "délégué à la protection des données";
        /// A référent or another interlocuteur.
        Interlocuteur = "interlocuteur", "interlocuteur";
    }
}

/// A field that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusFiche {
    /// Name of the field.
    pub champ: &'static str,
    /// What is wrong and how to mend it.
    pub message: String,
}

/// One value that a change replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changement {
    /// What it is called.
    pub libelle: &'static str,
    /// As it stood; none when nothing did.
    pub avant: Option<String>,
    /// As it stands now; none when it was taken out.
    pub apres: Option<String>,
}

/// Replaces a value where it differs, and says so.
pub(super) fn remplace<T: Montre + PartialEq + Clone>(
    parametre: &mut Option<Valeur<T>>,
    (libelle, valeur): (&'static str, Option<T>),
    source: &Source,
    changements: &mut Vec<Changement>,
) {
    if lue(parametre.as_ref()) == valeur.as_ref() {
        return;
    }
    changements.push(Changement {
        libelle,
        avant: lue(parametre.as_ref()).map(Montre::montre),
        apres: valeur.as_ref().map(Montre::montre),
    });
    *parametre = valeur.map(|valeur| Valeur { valeur, source: source.clone() });
}

impl Stipulations {
    /// The sheet of a party.
    #[must_use]
    pub const fn partie(&self, role: Role) -> &Partie {
        match role {
            Role::Caisse => &self.caisse,
            Role::Carsat => &self.carsat,
            Role::Partenaire => &self.partenaire,
            Role::Union => &self.union,
        }
    }

    /// The sheet of a party, to write on it.
    pub const fn partie_mut(&mut self, role: Role) -> &mut Partie {
        match role {
            Role::Caisse => &mut self.caisse,
            Role::Carsat => &mut self.carsat,
            Role::Partenaire => &mut self.partenaire,
            Role::Union => &mut self.union,
        }
    }
}

impl Dossier {
    /// The parties that have a sheet here: the two sides, and CARSAT and union where they are known.
    #[must_use]
    pub fn fiches(&self) -> Vec<Role> {
        let connue = |role: &Role| match role {
            Role::Caisse | Role::Partenaire => true,
            Role::Carsat | Role::Union => self.stipulations.partie(*role).est_connue(),
        };
        [Role::Partenaire, Role::Caisse, Role::Carsat, Role::Union].into_iter().filter(connue).collect()
    }
}

impl Partie {
    /// The officer as the form shows it at first.
    #[must_use]
    pub fn dpo_saisi(&self) -> DpoSaisi {
        let dpo: Option<&Dpo> = self.dpo();
        DpoSaisi {
            courriel: dpo.and_then(|d| d.courriel.clone()).unwrap_or_default(),
            adresse: dpo.and_then(|d| d.adresse.clone()).unwrap_or_default(),
        }
    }
}
