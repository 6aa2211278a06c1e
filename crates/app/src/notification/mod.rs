//! Telling people that there is something new on a demande, without saying what (RG-6): at once or by one mail a working
//! day, as each of them chose.

mod choose;

pub use choose::choose;
pub use domain::notification::Rythme;

use crate::compte::zone;
use crate::context::Contexte;
use crate::error::Outcome;
use crate::mails::{self, Mail, Pour};
use domain::compte::{EtatCompte, Profil};
use domain::convention::Role;
use domain::droits::{Portee, Rattachement};
use domain::ids::CompteId;
use domain::notification::prochain_envoi;
use store::convention::Enregistree;
use store::{WriteTx, avis};

/// Tells a compte of either side that there is something new on a demande: a mail with its number and a link, now or at
/// the hour of the daily one. Several news of one transaction are told once; a compte that is not active is not told.
pub(crate) async fn nouvelle(ctx: &Contexte, tx: &WriteTx, compte: CompteId, reference: &str) -> Outcome<()> {
    let found = store::compte::load(tx, &Portee::Soi(compte), compte, ctx.now()).await?;
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

/// Tells both sides of a convention: the contact addresses and active gestionnaires of the structure, the contact
/// addresses and active référents of the caisse. `mail` makes the letter of each.
pub(crate) async fn aux_deux_cotes(
    ctx: &Contexte,
    tx: &WriteTx,
    convention: &Enregistree,
    mail: impl Fn(Pour) -> Mail,
) -> Outcome<()> {
    au_partenaire(ctx, tx, convention, &mail).await?;
    a_la_caisse(ctx, tx, convention, &mail).await
}

/// Tells everybody who signed a convention: both sides, and the CARSAT and the union where they are known (PA-4).
pub(crate) async fn aux_signataires(
    ctx: &Contexte,
    tx: &WriteTx,
    convention: &Enregistree,
    mail: impl Fn(Pour) -> Mail,
) -> Outcome<()> {
    aux_deux_cotes(ctx, tx, convention, &mail).await?;
    for role in [Role::Carsat, Role::Union] {
        for rang in 0..convention.dossier.stipulations.partie(role).adresses().len() {
            mails::push(ctx, tx, &mail(Pour::Signataire { convention: convention.id, role, rang })).await?;
        }
    }
    Ok(())
}

/// Tells the structure of a convention: its contact addresses and its active gestionnaires.
pub(crate) async fn au_partenaire(
    ctx: &Contexte,
    tx: &WriteTx,
    convention: &Enregistree,
    mail: impl Fn(Pour) -> Mail,
) -> Outcome<()> {
    for rang in 0..convention.dossier.stipulations.partenaire.adresses().len() {
        mails::push(ctx, tx, &mail(Pour::Structure { convention: convention.id, rang })).await?;
    }
    comptes(ctx, tx, (Rattachement::Partenaire(convention.partenaire), Profil::Gestionnaire), mail).await
}

/// Tells the caisse of a convention: its contact addresses and its active référents.
pub(crate) async fn a_la_caisse(
    ctx: &Contexte,
    tx: &WriteTx,
    convention: &Enregistree,
    mail: impl Fn(Pour) -> Mail,
) -> Outcome<()> {
    for rang in 0..convention.dossier.stipulations.caisse.adresses().len() {
        mails::push(ctx, tx, &mail(Pour::Caisse { convention: convention.id, rang })).await?;
    }
    comptes(ctx, tx, (Rattachement::Caisse(convention.caisse), Profil::Referent), mail).await
}

async fn comptes(
    ctx: &Contexte,
    tx: &WriteTx,
    (rattachement, profil): (Rattachement, Profil),
    mail: impl Fn(Pour) -> Mail,
) -> Outcome<()> {
    for compte in store::compte::actifs(tx, rattachement, profil, ctx.now()).await? {
        mails::push(ctx, tx, &mail(Pour::Compte(compte))).await?;
    }
    Ok(())
}
