//! Proofs of authorisation and scopes.

use crate::ids::{CaisseId, CompteId, PartenaireId, ServiceId};
use std::marker::PhantomData;

/// A kind of write that needs a proof.
pub trait Acte {}

macro_rules! actes {
    ($($(#[$doc:meta])* $nom:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $nom;
        impl Acte for $nom {}
    )+};
}

actes! {
    /// File a demande.
    Deposer,
    /// Keep a draft.
    Brouillonner,
    /// Write in the thread.
    Repondre,
    /// Take in charge.
    Prendre,
    /// Close.
    Cloturer,
    /// Withdraw.
    Annuler,
    /// Ask for a complement, wait, go on, note: what the desk does without closing.
    Instruire,
    /// Open again at the desk.
    Rouvrir,
    /// Take out of the partner's lists.
    Archiver,
    /// Create or change a compte.
    Habiliter,
    /// Erase a compte past the instant of its deletion.
    Effacer,
    /// Write caisses, partners and conventions.
    Importer,
    /// Conduct the conventions of a caisse: activate, complete, letters, avenants, ends (CO-4, CO-5, CO-7).
    Conduire,
    /// Create the first administrator.
    Installer,
    /// Say what the analysis of a file found.
    Analyser,
    /// Act on one's own compte (password, second factor, acceptances, sessions).
    SoiMeme,
    /// Keep the sheet of a party.
    TenirFiche,
    /// Cut a structure, freeze and reopen its access.
    Couper,
    /// Write in the thread between référents.
    Echanger,
    /// Publish news of a caisse.
    Publier,
    /// Attach a file to a convention.
    Verser,
}

/// What a load may see. It is part of every query; there is no load without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Portee {
    /// Demandes of one structure at the caisses where its access is open.
    Partenaire {
        /// The structure.
        partenaire: PartenaireId,
        /// Caisses with a live convention.
        caisses: Vec<CaisseId>,
    },
    /// Demandes of some services of one caisse.
    Services {
        /// The caisse.
        caisse: CaisseId,
        /// Its services.
        services: Vec<ServiceId>,
    },
    /// Everything at one caisse.
    Caisse(CaisseId),
    /// One compte and what is its own.
    Soi(CompteId),
    /// The system.
    Tout,
}

/// Proof that `droits` allowed an act. It carries the scope that the guarded write uses as its tenant condition.
#[derive(Clone, Debug)]
pub struct Permis<A: Acte> {
    portee: Portee,
    auteur: Option<CompteId>,
    acte: PhantomData<A>,
}

impl<A: Acte> Permis<A> {
    pub(super) const fn make(portee: Portee, auteur: Option<CompteId>) -> Self {
        Self { portee, auteur, acte: PhantomData }
    }

    /// Tenant condition of the write.
    #[must_use]
    pub const fn portee(&self) -> &Portee {
        &self.portee
    }

    /// The compte that acts; nobody for the system.
    #[must_use]
    pub const fn auteur(&self) -> Option<CompteId> {
        self.auteur
    }
}

/// Why an act is refused. The page for it never says more than the object's owner may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refus {
    /// The profil never performs this act.
    #[error("ce profil ne peut pas accomplir cet acte")]
    ActeInterdit,
    /// No live convention at this caisse.
    #[error("aucune convention active n’ouvre l’accès à cette caisse")]
    SansAcces,
    /// The function is off at this caisse (CO-7).
    #[error("cette fonction n’est pas ouverte à cette caisse")]
    FonctionFermee,
}
