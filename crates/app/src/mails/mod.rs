//! Mails as rows of the outbox: name and ids, rendered by the worker. A mail holds a number and a link, never personal
//! data of an assuré (RG-6).

pub mod comptes;
pub mod conventions;
mod corps;
pub mod habilitations;
mod html;
pub mod partenaires;
mod pour;

pub use pour::Pour;

use crate::context::Contexte;
use crate::error::{AppError, Outcome};
use crate::ports::{Envoi, SendError};
use chrono::NaiveDate;
use domain::ids::{BrouillonId, CompteId};
use serde::{Deserialize, Serialize};
use store::outbox::{self, Acte};
use store::{Tx, WriteTx};
use uuid::Uuid;

/// Name of the act in the outbox.
pub const NATURE: &str = "courriel";

/// A mail to a compte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "modele", rename_all = "snake_case")]
pub enum Mail {
    /// First sign-in by a one-time link (HA-6).
    Invitation {
        /// To whom.
        compte: CompteId,
    },
    /// One-time link to choose a new password.
    MotDePasseOublie {
        /// To whom.
        compte: CompteId,
    },
    /// The password was changed.
    MotDePasseChange {
        /// To whom.
        compte: CompteId,
    },
    /// A demande was received (DE-5).
    Accuse {
        /// To whom.
        compte: CompteId,
        /// Number of the demande.
        reference: String,
    },
    /// A file of a draft was refused by the analysis (PJ-1).
    PieceEcarteeBrouillon {
        /// To whom.
        compte: CompteId,
        /// The draft.
        brouillon: BrouillonId,
        /// A virus was found; otherwise the analysis could not read it.
        virus: bool,
    },
    /// A file of a demande was refused by the analysis (PJ-1).
    PieceEcartee {
        /// To whom.
        compte: CompteId,
        /// Number of the demande.
        reference: String,
        /// A virus was found; otherwise the analysis could not read it.
        virus: bool,
    },
    /// Something new on a demande: an answer, a closing.
    Nouvelle {
        /// To whom.
        compte: CompteId,
        /// Number of the demande.
        reference: String,
    },
    /// A reminder of something asked (DE-8).
    Relance {
        /// To whom.
        compte: CompteId,
        /// Number of the demande.
        reference: String,
    },
    /// Without an answer it will be closed on that day (DE-8).
    AvisCloture {
        /// To whom.
        compte: CompteId,
        /// Number of the demande.
        reference: String,
        /// Day of the closing.
        cloture: NaiveDate,
    },
    /// It was closed because no answer came (DE-8).
    ClotureSansReponse {
        /// To whom.
        compte: CompteId,
        /// Number of the demande.
        reference: String,
    },
    /// Something new on some demandes: the one mail of a working day.
    Recapitulatif {
        /// To whom.
        compte: CompteId,
        /// Numbers of the demandes.
        references: Vec<String>,
    },
    /// On a convention.
    Conventions {
        /// To whom.
        pour: Pour,
        /// What.
        lettre: conventions::Lettre,
    },
    /// On a structure and what it shares with its caisses.
    Partenaires {
        /// To whom.
        pour: Pour,
        /// What.
        lettre: partenaires::Lettre,
    },
    /// On the life of a compte.
    Comptes {
        /// To whom.
        pour: Pour,
        /// What.
        lettre: comptes::Lettre,
    },
    /// On habilitations, departures, reviews.
    Habilitations {
        /// To whom.
        pour: Pour,
        /// What.
        lettre: habilitations::Lettre,
    },
}

impl Mail {
    const fn pour(&self) -> Pour {
        match self {
            Self::Conventions { pour, .. }
            | Self::Partenaires { pour, .. }
            | Self::Comptes { pour, .. }
            | Self::Habilitations { pour, .. } => *pour,
            Self::Invitation { compte }
            | Self::MotDePasseOublie { compte }
            | Self::MotDePasseChange { compte }
            | Self::PieceEcarteeBrouillon { compte, .. }
            | Self::PieceEcartee { compte, .. }
            | Self::Accuse { compte, .. }
            | Self::Nouvelle { compte, .. }
            | Self::Relance { compte, .. }
            | Self::AvisCloture { compte, .. }
            | Self::ClotureSansReponse { compte, .. }
            | Self::Recapitulatif { compte, .. } => Pour::Compte(*compte),
        }
    }
}

/// Adds a mail to the caller's transaction; gives the id of its row.
///
/// # Errors
/// The database's error.
pub async fn push(ctx: &Contexte, tx: &WriteTx, mail: &Mail) -> Outcome<Uuid> {
    let id = ctx.new_id();
    let parametres = serde_json::to_value(mail).map_err(|e| AppError::Interne(e.to_string()))?;
    outbox::push(tx, id, NATURE, &parametres, ctx.now());
    Ok(id)
}

/// Sends the mail of an outbox row: the same at every try, date included, unless its compte has changed since.
///
/// # Errors
/// [`SendError`]: transient ones are tried again.
pub async fn perform(ctx: &Contexte, acte: &Acte) -> Result<(), SendError> {
    let mail: Mail = serde_json::from_str(&acte.parametres).map_err(|e| SendError::Permanent(e.to_string()))?;
    let envoi = {
        let tx = ctx.store.begin_read().await.map_err(|e| SendError::Transient(e.to_string()))?;
        compose(ctx, &tx, &mail, acte).await.map_err(|e| SendError::Transient(e.to_string()))?
    };
    match envoi {
        Some(envoi) => {
            ctx.mailer.send(&envoi).await?;
            confirmed(ctx, &mail).await.map_err(|e| SendError::Transient(e.to_string()))
        }
        // The compte is gone: there is nobody to write to.
        None => Ok(()),
    }
}

/// The mail that confirms a profil was handed over: delays run from it (HA-4).
async fn confirmed(ctx: &Contexte, mail: &Mail) -> Outcome<()> {
    if let Mail::Invitation { compte } = mail {
        let tx = ctx.store.begin_write().await?;
        store::compte::confirm(&tx, *compte, ctx.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn compose(ctx: &Contexte, tx: &Tx, mail: &Mail, acte: &Acte) -> Outcome<Option<Envoi>> {
    let Some(destinataire) = pour::destinataire(tx, mail.pour(), ctx.now()).await? else { return Ok(None) };
    let (sujet, corps) = corps::render(ctx, mail, &destinataire, acte.id)?;
    let html = html::html(&sujet, &corps)?;
    let (identifiant, date) = (acte.id.to_string(), acte.cree_le);
    Ok(Some(Envoi { destinataire: destinataire.courriel, sujet, corps, html, identifiant, date }))
}
