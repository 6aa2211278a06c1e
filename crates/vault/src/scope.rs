//! Whose key, and where a value lies: the two things a sealed value is bound to.

use uuid::Uuid;

/// Owner of a key (architecture, point 15): a caisse, or the sign-in side of the whole installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Values of one caisse, by its id.
    Caisse(Uuid),
    /// Values of comptes, which belong to no single caisse (TOTP seeds, for example).
    Comptes,
}

impl Scope {
    /// Fixed 17 bytes, different for every scope.
    pub(crate) fn to_bytes(self) -> [u8; 17] {
        let (tag, id) = match self {
            Self::Caisse(id) => (b'c', id.into_bytes()),
            Self::Comptes => (b'p', [0; 16]),
        };
        let mut bytes = [tag; 17];
        for (slot, byte) in bytes.iter_mut().skip(1).zip(id) {
            *slot = byte;
        }
        bytes
    }
}

/// Where a sealed value lies. A value copied to another table, column or row does not open there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// Table name.
    pub table: &'a str,
    /// Column name.
    pub column: &'a str,
    /// Id of the row.
    pub row: Uuid,
}

impl Place<'_> {
    /// Unambiguous bytes of scope and place: the lengths come before the names, so that no two places meet.
    pub(crate) fn bound_to(&self, scope: Scope) -> Vec<u8> {
        let mut bytes = scope.to_bytes().to_vec();
        for name in [self.table, self.column] {
            bytes.extend_from_slice(&(name.len() as u64).to_le_bytes());
            bytes.extend_from_slice(name.as_bytes());
        }
        bytes.extend_from_slice(self.row.as_bytes());
        bytes
    }
}
