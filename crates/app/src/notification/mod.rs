//! Telling people that there is something new on a demande, without saying what (RG-6): at once or by one mail a working
//! day, as each of them chose.

mod choose;

pub use choose::choose;
pub use domain::notification::Rythme;

use crate::compte::zone;
use crate::context::Contexte;
use crate::error::Outcome;
use crate::mails::{self, Mail};
use domain::compte::EtatCompte;
use domain::droits::Portee;
use domain::ids::CompteId;
use domain::notification::prochain_envoi;
use store::{WriteTx, avis};

/// Tells a compte of either side that there is something new on a demande: a mail with its number and a link, now or at
/// the hour of the daily one. Several news of one transaction are told once; a compte that is not active is not told.
pub(crate) async fn nouvelle(ctx: &Contexte, tx: &WriteTx, compte: CompteId, reference: &str) -> Outcome<()> {
    let found = store::compte::load(tx, &Portee::Soi(compte), compte).await?;
    let Some(vu) = found.filter(|c| c.etat == EtatCompte::Actif) else { return Ok(()) };
    if !avis::first_of(tx, compte, reference) {
        return Ok(());
    }
    match avis::rythme(tx, compte).await? {
        Rythme::ToutDeSuite => {
            mails::push(ctx, tx, &Mail::Nouvelle { compte, reference: reference.to_owned() }).await?;
        }
        Rythme::ParJour => {
            let now = ctx.now();
            let envoi = prochain_envoi(zone(ctx, tx, &vu).await?, now);
            avis::wait(tx, compte, reference, (now, envoi)).await?;
        }
    }
    Ok(())
}
