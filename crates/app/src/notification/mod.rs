//! Telling people that there is something new on a demande, without saying what (RG-6).

use crate::context::Contexte;
use crate::error::Outcome;
use crate::mails::{self, Mail};
use domain::ids::CompteId;
use store::WriteTx;

/// Tells a compte that there is something new on a demande: a mail with its number and a link.
pub(crate) async fn nouvelle(ctx: &Contexte, tx: &WriteTx, compte: CompteId, reference: &str) -> Outcome<()> {
    mails::push(ctx, tx, &Mail::Nouvelle { compte, reference: reference.to_owned() }).await?;
    Ok(())
}
