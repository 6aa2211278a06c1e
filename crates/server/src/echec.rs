//! Why a command ends without having done its work, with the exit status that tells a script which kind it was.

use app::AppError;
use app::convention::{ActivationError, ImportError};
use domain::calendrier::date_en_francais;
use domain::convention::Fonctionnalite;
use store::StoreError;

use crate::config::Faults;

/// Why a command failed. The text is French and goes to standard error; it never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Echec {
    /// What was given is wrong: nothing was changed. Exit status 2.
    Entree(String),
    /// The machine, the database or the program failed. Exit status 1.
    Panne(String),
}

impl Echec {
    /// Exit status.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Entree(_) => 2,
            Self::Panne(_) => 1,
        }
    }

    /// The sentence for standard error.
    #[must_use]
    pub fn message(&self) -> &str {
        match self {
            Self::Entree(text) | Self::Panne(text) => text,
        }
    }

    /// A failure that names what was being done.
    pub fn panne(quoi: &str, cause: impl std::fmt::Display) -> Self {
        Self::Panne(format!("{quoi} : {cause}"))
    }
}

impl From<Faults> for Echec {
    fn from(faults: Faults) -> Self {
        Self::Entree(faults.to_string())
    }
}

impl From<StoreError> for Echec {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Locked(path) => Self::Entree(format!(
                "un autre processus utilise déjà ces données ({path}) : l’arrêter d’abord, ou choisir un autre dossier"
            )),
            StoreError::WrongMasterKey => {
                Self::Entree("la clé maîtresse n’est pas celle de cette base : rien n’a été ouvert".to_owned())
            }
            other => Self::Panne(format!("base de données : {other}")),
        }
    }
}

impl From<AppError> for Echec {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Saisie(erreurs) => {
                let lignes: Vec<String> = erreurs.iter().map(|e| format!("{} : {}", e.champ, e.message)).collect();
                Self::Entree(lignes.join("\n"))
            }
            AppError::Stockage(error) => error.into(),
            other => Self::Panne(other.to_string()),
        }
    }
}

impl From<ImportError> for Echec {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Fichiers(erreurs) => {
                let lignes: Vec<String> = erreurs.iter().map(ToString::to_string).collect();
                Self::Entree(lignes.join("\n"))
            }
            ImportError::App(error) => error.into(),
        }
    }
}

/// The text of an activation that was refused.
#[must_use]
pub fn activation(cle: &str, error: ActivationError) -> Echec {
    match error {
        ActivationError::Incomplete(lacunes) => {
            let lignes: Vec<String> = lacunes.iter().map(|l| format!("  - {} ({})", l.raison, l.champ)).collect();
            Echec::Entree(format!("{cle} : la convention ne peut pas être activée, il manque :\n{}", lignes.join("\n")))
        }
        ActivationError::DejaActivee(le) => Echec::Entree(format!(
            "{cle} : la convention est déjà activée, à partir du {} ; rien n’a été changé. Pour ouvrir ou fermer une \
             fonction : « convention fonction {cle} FONCTION --ouvrir » ou « --fermer »",
            date_en_francais(le)
        )),
        ActivationError::Terminee => {
            Echec::Entree(format!("{cle} : la convention est terminée ou coupée, elle ne peut pas être activée"))
        }
        ActivationError::AvantVigueur(debut) => Echec::Entree(format!(
            "{cle} : la convention d’utilisation n’entre en vigueur que le {}, elle ne peut pas être activée avant",
            date_en_francais(debut)
        )),
        ActivationError::App(AppError::Introuvable) => unknown(cle),
        ActivationError::App(error) => error.into(),
    }
}

/// The text of a function that could not be switched.
#[must_use]
pub fn fonction(cle: &str, fonction: Fonctionnalite, error: AppError) -> Echec {
    match error {
        AppError::Introuvable => unknown(cle),
        AppError::Interdit(_) => Echec::Entree(format!(
            "{cle} : la convention ne prévoit pas la fonction « {} », ou ne laisse pas la caisse l’ouvrir et la fermer",
            fonction.code()
        )),
        AppError::Conflit => Echec::Entree(format!(
            "{cle} : la convention n’est pas activée, ses fonctions ne s’ouvrent ni ne se ferment encore"
        )),
        error => error.into(),
    }
}

/// No convention has this key.
#[must_use]
pub fn unknown(cle: &str) -> Echec {
    Echec::Entree(format!("{cle} : aucune convention n’a cette clé"))
}
