//! From one step of a sign-in to the next: a session with a new token takes the place of the old one.

use super::{age, jeton};
use crate::context::{Appelant, Contexte, Requete};
use crate::error::{AppError, Outcome};
use chrono::TimeDelta;
use domain::compte::engagements;
use domain::compte::{Etape, EtatCompte, Facteur, Retour};
use domain::droits::{Permis, Portee, SoiMeme, soi};
use domain::ids::CompteId;
use store::compte::sessions::{self, Session};
use store::compte::{self, Compte, Entree, acceptations};
use store::{Tx, WriteTx};

/// A session just opened or moved on: put the token in the cookie, then go to the step's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ouverture {
    /// New token; the former one no longer works.
    pub jeton: String,
    /// Where the sign-in stands.
    pub etape: Etape,
    /// Page asked for, to go to once [`Etape::Ouverte`].
    pub retour: Option<Retour>,
}

/// The session of a request, in life: not past its end, not idle for too long.
pub(super) async fn session_vivante(ctx: &Contexte, tx: &Tx, requete: &Requete) -> Outcome<(Session, Entree)> {
    let Some(Appelant::Session(empreinte)) = &requete.appelant else { return Err(AppError::SessionFermee) };
    let (session, entree) = compte::by_session(tx, empreinte, ctx.now()).await?.ok_or(AppError::SessionFermee)?;
    let (compte, now) = (&entree.compte, ctx.now());
    let vivante = now < session.expire_le && now < compte.profil.fin_par_inactivite(session.vue_le);
    let ouvrable = match compte.etat {
        EtatCompte::Actif => true,
        EtatCompte::Invite => session.etape != Etape::Ouverte,
        EtatCompte::Inactif | EtatCompte::Exclu => false,
    };
    if vivante && ouvrable { Ok((session, entree)) } else { Err(AppError::SessionFermee) }
}

/// Session, compte and proof of a request that stands at one of some steps.
pub(super) async fn a_l_etape(
    ctx: &Contexte,
    tx: &Tx,
    requete: &Requete,
    etapes: &[Etape],
) -> Outcome<(Session, Compte, Permis<SoiMeme>)> {
    let (session, Entree { compte, .. }) = session_vivante(ctx, tx, requete).await?;
    if !etapes.contains(&session.etape) {
        return Err(AppError::SessionFermee);
    }
    let permis = soi(compte.id, compte.etat)?;
    Ok((session, compte, permis))
}

/// As [`a_l_etape`], with the compte locked until the end of the transaction.
pub(super) async fn verrouille_a_l_etape(
    ctx: &Contexte,
    tx: &WriteTx,
    requete: &Requete,
    etapes: &[Etape],
) -> Outcome<(Session, Compte, Permis<SoiMeme>)> {
    let (avant, Entree { compte, .. }) = session_vivante(ctx, tx, requete).await?;
    compte::lock(tx, &Portee::Soi(compte.id), compte.id, ctx.now()).await?.ok_or(AppError::SessionFermee)?;
    // Read again behind the lock: another request may have moved on in between.
    let (session, compte, permis) = a_l_etape(ctx, tx, requete, etapes).await?;
    if session.empreinte == avant.empreinte { Ok((session, compte, permis)) } else { Err(AppError::SessionFermee) }
}

async fn etape(ctx: &Contexte, tx: &Tx, compte: &Compte, facteur: Facteur) -> Outcome<Etape> {
    let ages = age::of(tx, compte).await?;
    let expire = compte.mot_de_passe.as_ref().is_none_or(|m| {
        let fin = ages.expire_le(compte.profil, m.le, compte.est_enrole());
        fin.is_some_and(|fin| fin <= ctx.now())
    });
    let acceptes = acceptations::list(tx, compte.id).await?;
    let acceptes: Vec<_> = acceptes.into_iter().map(|a| (a.nature, a.version)).collect();
    Ok(Etape::suivante(facteur, expire, !engagements::manquants(&acceptes).is_empty()))
}

/// Opens a session after a right password.
pub(super) async fn commence(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<SoiMeme>,
    compte: &Compte,
    retour: Option<Retour>,
) -> Outcome<Ouverture> {
    let facteur = if compte.est_enrole() { Facteur::AProuver } else { Facteur::Absent };
    if facteur == Facteur::Absent {
        recommence_l_enrolement(ctx, tx, permis, compte.id).await?;
    }
    let etape = etape(ctx, tx, compte, facteur).await?;
    let (jeton, now) = (jeton::nouveau(ctx), ctx.now());
    let session = Session {
        empreinte: jeton::empreinte(&jeton),
        compte: compte.id,
        etape,
        cree_le: now,
        vue_le: now,
        expire_le: now + TimeDelta::minutes(Etape::MINUTES),
        renforcee_le: None,
        retour: retour.clone(),
    };
    sessions::open(tx, permis, &session).await?;
    Ok(Ouverture { jeton, etape, retour })
}

/// One enrolment at a time: a seed that an earlier sign-in has seen is not the one that will be confirmed.
async fn recommence_l_enrolement(ctx: &Contexte, tx: &WriteTx, permis: &Permis<SoiMeme>, id: CompteId) -> Outcome<()> {
    sessions::close_all(tx, permis, id, None).await?;
    let compte = compte::lock(tx, permis.portee(), id, ctx.now()).await?.ok_or(AppError::SessionFermee)?;
    if compte.second_facteur.is_some() {
        compte::save(tx, permis, &Compte { second_facteur: None, ..compte }).await?;
    }
    Ok(())
}

/// Moves a session whose second factor was shown to its next step, under a new token.
pub(super) async fn avance(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<SoiMeme>,
    (session, compte): (&Session, &Compte),
    renforcee: bool,
) -> Outcome<Ouverture> {
    let etape = etape(ctx, tx, compte, Facteur::Prouve).await?;
    let (jeton, now) = (jeton::nouveau(ctx), ctx.now());
    let s_ouvre = etape == Etape::Ouverte && session.etape != Etape::Ouverte;
    let suivante = Session {
        empreinte: jeton::empreinte(&jeton),
        etape,
        vue_le: now,
        expire_le: if s_ouvre { compte.profil.fin_de_session(now) } else { session.expire_le },
        renforcee_le: if renforcee { Some(now) } else { session.renforcee_le },
        ..session.clone()
    };
    sessions::rotate(tx, permis, &session.empreinte, &suivante).await?;
    if s_ouvre {
        compte::signed_in(tx, permis, now).await?;
    }
    Ok(Ouverture { jeton, etape, retour: session.retour.clone() })
}
