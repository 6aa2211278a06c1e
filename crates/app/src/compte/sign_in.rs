//! Identifiant and password. Known or unknown compte, right or wrong state: same answer, same cost.

use super::frein::{self, Cible};
use super::passage::{self, Ouverture};
use super::{jeton, politique, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::ports::Verification;
use domain::compte::{Retour, identifiant};
use domain::droits::{Portee, soi};
use store::WriteTx;
use store::compte::{self, Compte, MotDePasse, navigateurs};

const ACTION: &str = "compte.sign_in";

/// What is typed, and the cookie of the browser.
#[derive(Clone, Default)]
pub struct Identifiants {
    /// As typed.
    pub identifiant: String,
    /// As typed.
    pub mot_de_passe: String,
    /// Cookie given by [`super::remember_browser`], if the browser has one.
    pub navigateur: Option<String>,
    /// Page asked for before the sign-in; kept when it is a path of this site.
    pub retour: Option<String>,
}

/// Opens a session at its next step. The try is counted in a first transaction, before the password is hashed; the
/// session is opened in a second one.
///
/// # Errors
/// [`AppError::Saisie`] at `mot_de_passe`, identical whatever is wrong; [`AppError::TropDEssais`];
/// [`AppError::Occupe`] when too many sign in at once.
pub async fn sign_in(ctx: &Contexte, requete: &Requete, saisi: Identifiants) -> Outcome<Ouverture> {
    rempli(&saisi)?;
    let identifiant = identifiant::compare(&saisi.identifiant);
    let (compte, connu) = compte_l_essai(ctx, requete, &identifiant, saisi.navigateur.as_deref()).await?;
    let empreinte = compte.as_ref().and_then(|c| c.mot_de_passe.as_ref()).map(|m| m.empreinte.clone());
    let mot = politique::forme(&saisi.mot_de_passe);
    let juste = ctx.hasher.verify(mot.clone(), empreinte).await?;
    let vivant = compte.as_ref().filter(|c| soi(c.id, c.etat).is_ok() && c.mot_de_passe.is_some());
    let (Verification::Right { rehash }, Some(vivant)) = (juste, vivant) else {
        trace::refuse(ctx, requete, compte.as_ref(), ACTION).await?;
        return Err(faux());
    };
    let nouvelle = if rehash { Some(ctx.hasher.hash(mot).await?) } else { None };
    let cible = Cible::MotDePasse { identifiant: &identifiant, connu };
    let retour = saisi.retour.as_deref().and_then(Retour::parse);
    ouvre(ctx, requete, vivant, (nouvelle, cible, retour)).await
}

fn rempli(saisi: &Identifiants) -> Outcome<()> {
    let mut erreurs = Vec::new();
    if saisi.identifiant.trim().is_empty() {
        erreurs.push(ErreurChamp::new("identifiant", "Saisissez votre identifiant."));
    }
    if saisi.mot_de_passe.is_empty() {
        erreurs.push(ErreurChamp::new("mot_de_passe", "Saisissez votre mot de passe."));
    }
    if erreurs.is_empty() { Ok(()) } else { Err(AppError::Saisie(erreurs)) }
}

fn faux() -> AppError {
    AppError::Saisie(vec![ErreurChamp::new("mot_de_passe", "L’identifiant ou le mot de passe est incorrect.")])
}

/// Counts the try on the identifiant (and, from an unknown browser, on the address); gives the compte, if there is one.
async fn compte_l_essai(
    ctx: &Contexte,
    requete: &Requete,
    identifiant: &str,
    navigateur: Option<&str>,
) -> Outcome<(Option<Compte>, bool)> {
    let tx = ctx.store.begin_write().await?;
    let compte = compte::by_identifiant(&tx, identifiant, ctx.now()).await?;
    let connu = match (&compte, navigateur) {
        (Some(c), Some(cookie)) => navigateurs::knows(&tx, c.id, &jeton::empreinte(cookie)).await?,
        _ => false,
    };
    match compte_dans(ctx, &tx, requete, Cible::MotDePasse { identifiant, connu }).await {
        Ok(()) => {
            tx.commit().await?;
            Ok((compte, connu))
        }
        Err(attente) => {
            drop(tx);
            trace::refuse(ctx, requete, compte.as_ref(), ACTION).await?;
            Err(attente)
        }
    }
}

async fn compte_dans(ctx: &Contexte, tx: &WriteTx, requete: &Requete, cible: Cible<'_>) -> Outcome<()> {
    if !matches!(cible, Cible::MotDePasse { connu: true, .. }) {
        frein::adresse(ctx, tx, requete).await?;
    }
    frein::compte(ctx, tx, cible).await
}

async fn ouvre(
    ctx: &Contexte,
    requete: &Requete,
    verifie: &Compte,
    (nouvelle, cible, retour): (Option<String>, Cible<'_>, Option<Retour>),
) -> Outcome<Ouverture> {
    let tx = ctx.store.begin_write().await?;
    let compte = compte::lock(&tx, &Portee::Soi(verifie.id), verifie.id, ctx.now()).await?;
    // What was compared must still be the password: it may have been changed during the hash.
    let compte = compte.filter(|c| c.mot_de_passe == verifie.mot_de_passe).ok_or_else(faux)?;
    let permis = soi(compte.id, compte.etat).map_err(|_| faux())?;
    frein::reussit(ctx, &tx, cible).await?;
    if let (Some(empreinte), Some(ancien)) = (nouvelle, compte.mot_de_passe.clone()) {
        let mot_de_passe = Some(MotDePasse { empreinte, le: ancien.le });
        compte::save(&tx, &permis, &Compte { mot_de_passe, ..compte.clone() }).await?;
    }
    let ouverture = passage::commence(ctx, &tx, &permis, &compte, retour).await?;
    trace::fait(ctx, &tx, requete, &compte, ACTION).await?;
    tx.commit().await?;
    Ok(ouverture)
}
