//! `demo.json`: the accounts, for whoever tries the demonstration by hand or by script.

use serde::{Deserialize, Serialize};

/// One account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompteDemo {
    /// Code of the profil.
    pub profile: String,
    /// Structure or caisse; « National ».
    pub organisation: String,
    /// Prénom and nom.
    pub name: String,
    /// What is typed at the sign-in.
    pub login: String,
    /// Password.
    pub password: String,
    /// Seed of the codes, base 32 without spaces.
    pub totp_secret: String,
}

/// The whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fichier {
    /// The accounts, by organisation.
    pub accounts: Vec<CompteDemo>,
}
