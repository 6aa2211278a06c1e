//! Typed identifiers: UUIDv7 values that cannot be mixed up. No generation here: clock and randomness are parameters.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Types a raw identifier.
            #[must_use]
            pub const fn new(raw: Uuid) -> Self { Self(raw) }
            /// The raw identifier, for storage.
            #[must_use]
            pub const fn get(self) -> Uuid { self.0 }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> { Uuid::parse_str(s).map(Self) }
        }
    )+};
}

ids! {
    /// A caisse: tenant of the desk side.
    CaisseId,
    /// A team of a caisse.
    ServiceId,
    /// An accredited structure: tenant of the partner side.
    PartenaireId,
    /// A dossier of conventions between one caisse and one partenaire.
    ConventionId,
    /// A sign-in identity.
    CompteId,
    /// A demande.
    DemandeId,
    /// A line of the shared thread of a demande.
    MessageId,
    /// A draft.
    BrouillonId,
    /// A file of a draft or of a demande.
    PieceJointeId,
    /// A tracked form about the comptes of a structure (HA-3, HA-7, HA-8).
    DemarcheId,
    /// A review of comptes (HA-12).
    RevueId,
    /// A line of the thread between référents.
    EchangeId,
    /// A piece of news of a caisse.
    ActualiteId,
    /// A cut of a structure by a caisse.
    CoupureId,
}

/// UUIDv7 made of a time in Unix milliseconds and ten random bytes.
#[must_use]
pub fn uuid_v7(unix_millis: u64, random: &[u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(unix_millis, random).into_uuid()
}
