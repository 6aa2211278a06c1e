//! The enrolment of a second factor, which nobody skips: a seed for the phone, a first code, ten recovery codes.

use super::frein::{self, Cible};
use super::passage::{self, Ouverture};
use super::{second_factor, totp, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use data_encoding::BASE32_NOPAD;
use domain::compte::{Etape, secours};
use store::compte::{self, Compte, SecondFacteur, codes};

const ACTION: &str = "compte.enroll_totp";

/// What the phone needs.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolement {
    /// Address `otpauth://`, for a QR code or a link on the phone.
    pub uri: String,
    /// The seed in base 32, in groups of four, to be typed.
    pub secret: String,
}

/// The enrolment is done.
#[derive(Clone, PartialEq, Eq)]
pub struct Confirme {
    /// The session goes on.
    pub ouverture: Ouverture,
    /// Recovery codes: shown now and never again.
    pub codes: Vec<String>,
}

/// The seed to put in the phone: made at the first call, the same until it is confirmed.
///
/// # Errors
/// [`AppError::SessionFermee`] at another step; the database's error.
pub async fn begin_enrolment(ctx: &Contexte, requete: &Requete) -> Outcome<Enrolement> {
    let tx = ctx.store.begin_write().await?;
    let (_, compte, permis) = passage::verrouille_a_l_etape(ctx, &tx, requete, &[Etape::Enrolement]).await?;
    let secret = match &compte.second_facteur {
        Some(facteur) => facteur.secret.clone(),
        None => {
            let secret = ctx.random_bytes::<{ totp::GRAINE }>().to_vec();
            let second_facteur = Some(SecondFacteur { secret: secret.clone(), pas: None });
            compte::save(&tx, &permis, &Compte { second_facteur, ..compte.clone() }).await?;
            trace::fait(ctx, &tx, requete, &compte, "compte.begin_enrolment").await?;
            tx.commit().await?;
            secret
        }
    };
    let generateur = totp::generateur(&secret, &compte.identifiant, &ctx.reglages.nom_produit)?;
    let uri = generateur.to_url().map_err(|e| AppError::Interne(e.to_string()))?;
    Ok(Enrolement { uri, secret: en_groupes(&BASE32_NOPAD.encode(&secret)) })
}

fn en_groupes(texte: &str) -> String {
    let signes: Vec<char> = texte.chars().collect();
    signes.chunks(4).map(|groupe| groupe.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Confirms the seed by a first code.
///
/// # Errors
/// [`AppError::Saisie`] at `code`; [`AppError::TropDEssais`]; [`AppError::SessionFermee`] at another step.
pub async fn confirm_enrolment(ctx: &Contexte, requete: &Requete, code: &str) -> Outcome<Confirme> {
    let tx = ctx.store.begin_write().await?;
    let (session, compte, permis) = passage::verrouille_a_l_etape(ctx, &tx, requete, &[Etape::Enrolement]).await?;
    if let Err(error) = frein::compte(ctx, &tx, Cible::Code(compte.id)).await {
        drop(tx);
        return Err(trace::freine(ctx, requete, Some(&compte), ACTION, error).await);
    }
    let juste = match totp::chiffres(code) {
        Some(chiffres) => second_factor::accepte_totp(ctx, &tx, &permis, &compte, &chiffres).await?,
        None => false,
    };
    if !juste {
        trace::refuse_dans(ctx, &tx, requete, Some(&compte), ACTION).await?;
        tx.commit().await?;
        return Err(second_factor::faux());
    }
    frein::reussit(ctx, &tx, Cible::Code(compte.id)).await?;
    let donnes: Vec<String> = (0..secours::NOMBRE).map(|_| secours::code(&ctx.random_bytes())).collect();
    let empreintes: Vec<[u8; 32]> = donnes
        .iter()
        .filter_map(|code| secours::compare(code))
        .map(|code| second_factor::empreinte_secours(ctx, compte.id, &code))
        .collect();
    codes::replace(&tx, &permis, &empreintes).await?;
    let ouverture = passage::avance(ctx, &tx, &permis, (&session, &compte), true).await?;
    trace::fait(ctx, &tx, requete, &compte, ACTION).await?;
    tx.commit().await?;
    Ok(Confirme { ouverture, codes: donnes })
}
