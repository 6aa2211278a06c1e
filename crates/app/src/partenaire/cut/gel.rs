//! What a cut does at the other caisses: it freezes the structure there until each decides, or until no cut holds (PA-3).

use crate::context::Contexte;
use crate::error::Outcome;
use crate::mails::{Mail, partenaires::Lettre};
use crate::notification::{a_la_caisse, aux_deux_cotes};
use crate::partenaire::today;
use chrono::NaiveDate;
use domain::convention::Gel;
use domain::droits::{Couper, Permis};
use domain::ids::CaisseId;
use store::convention::{self, Enregistree};
use store::{Tx, WriteTx};

/// Freezes the access at every other caisse that has not cut it itself, and tells each of them; gives how many.
pub(super) async fn freeze(ctx: &Contexte, tx: &WriteTx, permis: &Permis<Couper>, ici: &Enregistree) -> Outcome<usize> {
    let mut gelees = 0;
    for mut autre in convention::lock_of_partenaire(tx, ici.partenaire).await? {
        let jour = today(ctx, tx, &autre).await?;
        let ended = autre.actes.fin_acces().is_some_and(|f| f.le <= jour) || autre.actes.activee_le.is_none();
        if autre.caisse == ici.caisse || ended || autre.actes.coupee_le.is_some() || autre.actes.gel.is_some() {
            continue;
        }
        autre.actes.gel = Some(by(ici, jour));
        convention::update(tx, permis, &autre, ctx.now()).await?;
        tell_frozen(ctx, tx, (&autre, ici)).await?;
        gelees += 1;
    }
    Ok(gelees)
}

/// Ends the freezes that came from a cut that was taken back. Where another caisse's cut still holds, the freeze is its.
pub(super) async fn thaw(ctx: &Contexte, tx: &WriteTx, permis: &Permis<Couper>, ici: &Enregistree) -> Outcome<()> {
    let toutes = convention::lock_of_partenaire(tx, ici.partenaire).await?;
    for autre in &toutes {
        let Some(gel) = autre.actes.gel.as_ref().filter(|gel| gel.par == ici.dossier.cle_caisse) else { continue };
        let reste = cutting(&toutes, autre.caisse);
        let mut autre = autre.clone();
        autre.actes.gel = reste.map(|par| by(par, gel.le));
        convention::update(tx, permis, &autre, ctx.now()).await?;
        match reste {
            Some(par) => tell_frozen(ctx, tx, (&autre, par)).await?,
            None => tell_open(ctx, tx, &autre).await?,
        }
    }
    Ok(())
}

fn by(c: &Enregistree, le: NaiveDate) -> Gel {
    Gel { le, par: c.dossier.cle_caisse.clone() }
}

/// The first convention of another caisse whose cut holds.
fn cutting(toutes: &[Enregistree], caisse: CaisseId) -> Option<&Enregistree> {
    toutes.iter().find(|d| d.caisse != caisse && d.actes.coupee_le.is_some())
}

/// The freeze under which a convention is activated while another caisse's cut of the structure holds. The caller holds
/// the lock of the convention: a cut either waits for it, and freezes it, or is seen here.
///
/// # Errors
/// The database's error.
pub(crate) async fn gel_en_cours(tx: &Tx, c: &Enregistree, jour: NaiveDate) -> Outcome<Option<Gel>> {
    let toutes = convention::of_partenaire(tx, c.partenaire).await?;
    Ok(cutting(&toutes, c.caisse).map(|par| by(par, jour)))
}

/// Tells the caisse of a convention that it is frozen, where it is: its decision is awaited.
///
/// # Errors
/// The database's error.
pub(crate) async fn dire_gel(ctx: &Contexte, tx: &WriteTx, c: &Enregistree) -> Outcome<()> {
    let Some(gel) = &c.actes.gel else { return Ok(()) };
    let toutes = convention::of_partenaire(tx, c.partenaire).await?;
    match toutes.iter().find(|d| d.dossier.cle_caisse == gel.par) {
        Some(par) => tell_frozen(ctx, tx, (c, par)).await,
        None => Ok(()),
    }
}

async fn tell_frozen(ctx: &Contexte, tx: &WriteTx, (c, par): (&Enregistree, &Enregistree)) -> Outcome<()> {
    let lettre = Lettre::Gel {
        cle: c.dossier.cle.clone(),
        structure: par.dossier.stipulations.partenaire.nom_affiche().to_owned(),
        par: par.dossier.stipulations.caisse.nom_affiche().to_owned(),
    };
    a_la_caisse(ctx, tx, c, |pour| Mail::Partenaires { pour, lettre: lettre.clone() }).await
}

/// Tells both sides that the access is open again.
pub(super) async fn tell_open(ctx: &Contexte, tx: &WriteTx, c: &Enregistree) -> Outcome<()> {
    let s = &c.dossier.stipulations;
    let lettre = Lettre::Reouverture {
        caisse: s.caisse.nom_affiche().to_owned(),
        structure: s.partenaire.nom_affiche().to_owned(),
    };
    aux_deux_cotes(ctx, tx, c, |pour| Mail::Partenaires { pour, lettre: lettre.clone() }).await
}
