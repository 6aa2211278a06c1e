//! The throttle: every try is counted under a keyed hash before it is made, for unknown comptes too.

use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::compte::{Attente, Plafond};
use domain::ids::CompteId;
use store::WriteTx;
use store::compte::tentatives::{self, Cle};

/// What tries are counted on.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cible<'a> {
    /// Passwords for an identifiant (compared form), from a browser it knows or not.
    MotDePasse {
        /// Compared form, whether a compte has it or not.
        identifiant: &'a str,
        /// Whether the browser has signed in with it.
        connu: bool,
    },
    /// Codes of a compte.
    Code(CompteId),
    /// Links asked for with this text (compared form).
    Lien(&'a str),
}

impl Cible<'_> {
    fn plafond(self) -> Plafond {
        match self {
            Self::MotDePasse { connu: true, .. } => Plafond::MotDePasseConnu,
            Self::MotDePasse { connu: false, .. } => Plafond::MotDePasseInconnu,
            Self::Code(_) => Plafond::Code,
            Self::Lien(_) => Plafond::Lien,
        }
    }

    fn cle(self, ctx: &Contexte) -> Cle {
        let texte = match self {
            Self::MotDePasse { identifiant, connu: true } => format!("connu/{identifiant}"),
            Self::MotDePasse { identifiant, connu: false } => format!("inconnu/{identifiant}"),
            Self::Code(compte) => format!("code/{compte}"),
            Self::Lien(saisi) => format!("lien/{saisi}"),
        };
        ctx.store.keyring().mac("tentative").sign(texte.as_bytes())
    }
}

impl From<Attente> for AppError {
    fn from(attente: Attente) -> Self {
        Self::TropDEssais(attente.0)
    }
}

/// Counts a try. [`AppError::TropDEssais`] when it may not be made; nothing is counted then.
pub(super) async fn compte(ctx: &Contexte, tx: &WriteTx, cible: Cible<'_>) -> Outcome<()> {
    let (cle, now) = (cible.cle(ctx), ctx.now());
    let compteur = tentatives::compteur(tx, &cle, now).await?.essaie(cible.plafond(), now)?;
    Ok(tentatives::save(tx, &cle, &compteur).await?)
}

/// The try counted last succeeded.
pub(super) async fn reussit(ctx: &Contexte, tx: &WriteTx, cible: Cible<'_>) -> Outcome<()> {
    let cle = cible.cle(ctx);
    let compteur = tentatives::compteur(tx, &cle, ctx.now()).await?.reussit();
    Ok(tentatives::save(tx, &cle, &compteur).await?)
}

/// Forgets the tries on a compte whose owner has chosen a new password by a link.
pub(super) async fn oublie(ctx: &Contexte, tx: &WriteTx, identifiant: &str) -> Outcome<()> {
    for connu in [false, true] {
        tentatives::forget(tx, &Cible::MotDePasse { identifiant, connu }.cle(ctx)).await?;
    }
    Ok(())
}

/// Counts a try of the request's address; a request without one is not slowed.
pub(super) async fn adresse(ctx: &Contexte, tx: &WriteTx, requete: &Requete) -> Outcome<()> {
    let Some(adresse) = requete.adresse.as_deref() else { return Ok(()) };
    let cle = ctx.store.keyring().mac("tentative").sign(format!("adresse/{adresse}").as_bytes());
    let now = ctx.now();
    let compteur = tentatives::adresse(tx, &cle, now).await?.essaie(now)?;
    Ok(tentatives::save_adresse(tx, &cle, &compteur).await?)
}
