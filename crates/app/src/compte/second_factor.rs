//! The code of the second factor, or a recovery code. Either works once.

use super::frein::{self, Cible};
use super::passage::{self, Ouverture};
use super::{totp, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::partenaire::{Arret, stopped};
use domain::compte::{Etape, pas_accepte, secours};
use domain::droits::{Permis, Rattachement, SoiMeme};
use domain::ids::CompteId;
use store::WriteTx;
use store::compte::{self, Compte, SecondFacteur, codes, sessions};

const ACTION: &str = "compte.second_factor";

/// Shows a second factor: at its step of the sign-in, or again in an open session (step-up).
///
/// # Errors
/// [`AppError::Saisie`] at `code`; [`AppError::TropDEssais`]; [`AppError::SessionFermee`] at another step.
pub async fn second_factor(ctx: &Contexte, requete: &Requete, code: &str) -> Outcome<Ouverture> {
    let tx = ctx.store.begin_write().await?;
    let etapes = [Etape::SecondFacteur, Etape::Ouverte];
    let (session, compte, permis) = passage::verrouille_a_l_etape(ctx, &tx, requete, &etapes).await?;
    if let Err(error) = frein::compte(ctx, &tx, Cible::Code(compte.id)).await {
        drop(tx);
        return Err(trace::freine(ctx, requete, Some(&compte), ACTION, error).await);
    }
    if !accepte(ctx, &tx, &permis, &compte, code).await? {
        trace::refuse_dans(ctx, &tx, requete, Some(&compte), ACTION).await?;
        tx.commit().await?;
        return Err(faux());
    }
    frein::reussit(ctx, &tx, Cible::Code(compte.id)).await?;
    if let Some(arret) = Box::pin(arret(ctx, &tx, &compte)).await? {
        // Who has shown both factors is told whom to call; nothing opens.
        sessions::close_all(&tx, &permis, compte.id, None).await?;
        trace::refuse_dans(ctx, &tx, requete, Some(&compte), ACTION).await?;
        tx.commit().await?;
        return Err(AppError::StructureArretee(arret));
    }
    let ouverture = passage::avance(ctx, &tx, &permis, (&session, &compte), true).await?;
    trace::fait(ctx, &tx, requete, &compte, ACTION).await?;
    tx.commit().await?;
    Ok(ouverture)
}

/// Whether a caisse has stopped the structure of a compte (PA-3).
async fn arret(ctx: &Contexte, tx: &WriteTx, compte: &Compte) -> Outcome<Option<Arret>> {
    match compte.rattachement {
        Rattachement::Partenaire(partenaire) => stopped(ctx, tx, partenaire).await,
        Rattachement::Caisse(_) | Rattachement::National => Ok(None),
    }
}

pub(super) fn faux() -> AppError {
    AppError::Saisie(vec![ErreurChamp::new(
        "code",
        "Ce code n’est pas valable, ou il a déjà servi. Attendez le code suivant de votre application.",
    )])
}

async fn accepte(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<SoiMeme>,
    compte: &Compte,
    saisi: &str,
) -> Outcome<bool> {
    if let Some(chiffres) = totp::chiffres(saisi) {
        return accepte_totp(ctx, tx, permis, compte, &chiffres).await;
    }
    match secours::compare(saisi) {
        Some(code) => Ok(codes::consume(tx, permis, &empreinte_secours(ctx, compte.id, &code), ctx.now()).await?),
        None => Ok(false),
    }
}

/// Checks a time-based code and notes its step, so that it works once.
pub(super) async fn accepte_totp(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<SoiMeme>,
    compte: &Compte,
    chiffres: &str,
) -> Outcome<bool> {
    let Some(facteur) = &compte.second_facteur else { return Ok(false) };
    let generateur = totp::generateur(&facteur.secret, &compte.identifiant, &ctx.reglages.nom_produit)?;
    let Some(pas) = totp::pas(&generateur, chiffres, ctx.now()).filter(|pas| pas_accepte(facteur.pas, *pas)) else {
        return Ok(false);
    };
    let second_facteur = Some(SecondFacteur { secret: facteur.secret.clone(), pas: Some(pas) });
    compte::save(tx, permis, &Compte { second_facteur, ..compte.clone() }).await?;
    Ok(true)
}

/// Keyed hash of a recovery code (compared form): without the master key nobody can try codes on the table.
pub(super) fn empreinte_secours(ctx: &Contexte, compte: CompteId, code: &str) -> [u8; 32] {
    ctx.store.keyring().mac("code_secours").sign(format!("{compte}/{code}").as_bytes())
}
