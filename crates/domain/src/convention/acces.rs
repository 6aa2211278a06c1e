//! *Accès*: what one compte may do at one caisse. Computed from the convention, never set by hand.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::codes::codes;
use super::fonctions::Fonctionnalite;
use super::{Actes, Dossier, Etat};

codes! {
    /// Profil of a partner compte (HA-1).
    pub enum ProfilPartenaire {
        /// Manages comptes, neither files nor reads demandes.
        Gestionnaire = "gestionnaire", "gestionnaire";
        /// Files and follows demandes.
        Technicien = "technicien", "technicien";
    }
}

/// What the rule needs to know of a compte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompteVu {
    /// Its profil.
    pub profil: ProfilPartenaire,
    /// Whether it may sign in (neither invited, frozen, inactivated nor excluded).
    pub actif: bool,
}

/// Why an accès is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RaisonFermeture {
    /// The compte is not active.
    #[error("le compte n'est pas actif")]
    CompteInactif,
    /// The convention is not active.
    #[error("la convention n'est pas active : {}", .0.libelle())]
    Convention(Etat),
    /// The caisse has cut the structure (PA-3).
    #[error("la caisse a coupé l'accès de la structure")]
    StructureCoupee,
    /// Another caisse has cut the structure, and this one has not reopened its access (PA-3).
    #[error("l'accès est suspendu depuis la décision d'une autre caisse")]
    StructureGelee,
}

impl RaisonFermeture {
    /// Whether a caisse stopped the whole structure: its comptes then do not sign in at all.
    #[must_use]
    pub const fn arrete_la_structure(self) -> bool {
        matches!(self, Self::StructureCoupee | Self::StructureGelee)
    }
}

/// What a compte may do at one caisse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acces {
    /// Nothing, and why.
    Ferme(RaisonFermeture),
    /// A gestionnaire: comptes only, no demande.
    Comptes,
    /// A technicien: these functions.
    Demandes(BTreeSet<Fonctionnalite>),
}

impl Acces {
    /// Whether demandes of this kind may be filed (or the history read).
    #[must_use]
    pub fn permet(&self, fonctionnalite: Fonctionnalite) -> bool {
        matches!(self, Self::Demandes(ouvertes) if ouvertes.contains(&fonctionnalite))
    }

    /// Whether comptes of the structure may be managed.
    #[must_use]
    pub const fn gere_les_comptes(&self) -> bool {
        matches!(self, Self::Comptes)
    }
}

impl Dossier {
    /// The accès of a compte of this partenaire at this caisse on a civil day.
    #[must_use]
    pub fn acces(&self, compte: CompteVu, actes: &Actes, aujourdhui: NaiveDate) -> Acces {
        if !compte.actif {
            return Acces::Ferme(RaisonFermeture::CompteInactif);
        }
        if actes.coupee_le.is_some_and(|le| le <= aujourdhui) {
            return Acces::Ferme(RaisonFermeture::StructureCoupee);
        }
        if actes.gel.is_some() {
            return Acces::Ferme(RaisonFermeture::StructureGelee);
        }
        match self.etat(actes, aujourdhui) {
            Etat::Active => {}
            etat => return Acces::Ferme(RaisonFermeture::Convention(etat)),
        }
        match compte.profil {
            ProfilPartenaire::Gestionnaire => Acces::Comptes,
            ProfilPartenaire::Technicien => Acces::Demandes(
                Fonctionnalite::TOUS.iter().copied().filter(|f| self.fonctionnalite_ouverte(*f, actes)).collect(),
            ),
        }
    }
}
