//! Who acts: a compte with what it may do today, or the system with its reason.

use crate::compte::Profil;
use crate::demande::Sorte;
use crate::ids::{CaisseId, CompteId, ConventionId, PartenaireId, ServiceId};

/// Why the system acts by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raison {
    /// A scheduled or deferred job.
    Tache,
    /// An import at the command line.
    Import,
    /// The installation of the product.
    Installation,
    /// The filling of the demonstration.
    Demonstration,
}

impl Raison {
    /// Code written to the journal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tache => "systeme:tache",
            Self::Import => "systeme:import",
            Self::Installation => "systeme:installation",
            Self::Demonstration => "systeme:demonstration",
        }
    }
}

/// Where a compte belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rattachement {
    /// A structure.
    Partenaire(PartenaireId),
    /// A caisse.
    Caisse(CaisseId),
    /// The whole country.
    National,
}

/// What a compte may do at one caisse: computed from the conventions, never set (glossary « acces »).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acces {
    /// The dossier of conventions it comes from.
    pub convention: ConventionId,
    /// At this caisse.
    pub caisse: CaisseId,
    /// Kinds of demande that are stated by the convention and switched on (CO-7).
    pub sortes: Vec<Sorte>,
    /// Whether « Consulter l'historique des demandes » is on.
    pub historique: bool,
}

/// A compte at work, as loaded inside the current transaction or, for a page that is only read, by its guard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActeurCompte {
    /// The compte.
    pub compte: CompteId,
    /// Its only profil.
    pub profil: Profil,
    /// Its tenant.
    pub rattachement: Rattachement,
    /// Services of an agent; empty for the others.
    pub services: Vec<ServiceId>,
    /// Accesses of a partner compte; empty for the others.
    pub acces: Vec<Acces>,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acteur {
    /// A person through a compte.
    Compte(ActeurCompte),
    /// The system.
    Systeme(Raison),
}

impl Acteur {
    /// The compte behind the act, if any.
    #[must_use]
    pub const fn compte(&self) -> Option<CompteId> {
        match self {
            Self::Compte(a) => Some(a.compte),
            Self::Systeme(_) => None,
        }
    }

    /// Code of profil or reason, for the journal.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Compte(a) => a.profil.code(),
            Self::Systeme(r) => r.code(),
        }
    }
}
