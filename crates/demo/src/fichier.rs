//! `demo.json`: the accounts, for whoever tries the demonstration by hand or by script, and where to begin.

use serde::{Deserialize, Serialize};

/// One account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompteDemo {
    /// Code of the profil.
    pub profile: String,
    /// Structure or caisse; « National ».
    pub organisation: String,
    /// What the person does there: the services of an agent.
    pub function: String,
    /// Prénom and nom.
    pub name: String,
    /// What is typed at the sign-in.
    pub login: String,
    /// Password.
    pub password: String,
    /// Seed of the codes, base 32 without spaces.
    pub totp_secret: String,
}

/// Something worth looking at, as it stands on the first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piste {
    /// What is to be seen, a French sentence without personal data.
    pub what: String,
    /// Who sees it; empty when nobody has to sign in.
    pub login: String,
    /// Where.
    pub path: String,
}

/// The whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fichier {
    /// The accounts, by organisation.
    pub accounts: Vec<CompteDemo>,
    /// Where to begin.
    pub tour: Vec<Piste>,
}
