//! The analysis of files of conventions (CO-1, PJ-1): as that of files of demandes, on their own table.

use super::analyse::verdict;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::{self, Mail, Pour, partenaires::Lettre};
use chrono::TimeDelta;
use domain::droits::{self, Acteur, Raison};
use domain::ids::PieceJointeId;
use domain::piece_jointe::{Etat, Verdict, apres};
use store::piece_convention;

/// A file that was tried is left alone so many seconds.
const REPOS: i64 = 60;
/// Files read at once.
const TRANCHE: u64 = 200;

/// Analyses what waits until the scanner is away or nothing is left; gives whether it is away.
pub(super) async fn run(ctx: &Contexte) -> Outcome<bool> {
    while ctx.fichiers.antivirus.est_branche() {
        let before = ctx.now() - TimeDelta::seconds(REPOS);
        let waiting = {
            let tx = ctx.store.begin_read().await?;
            piece_convention::waiting(&tx, before, TRANCHE).await?
        };
        if waiting.is_empty() {
            return Ok(false);
        }
        for piece in waiting {
            match analyse(ctx, piece).await {
                Ok(true) => {}
                Ok(false) => return Ok(true),
                Err(error) => {
                    tracing::error!(piece = %piece, %error, "file of a convention not analysed, the next ones are");
                    leave(ctx, piece).await?;
                }
            }
        }
    }
    Ok(false)
}

async fn analyse(ctx: &Contexte, id: PieceJointeId) -> Outcome<bool> {
    let found = {
        let tx = ctx.store.begin_read().await?;
        piece_convention::load(&tx, id).await?
    };
    let Some(piece) = found else { return Ok(true) };
    match verdict(ctx, piece).await {
        Ok(verdict) => settle(ctx, id, verdict).await.map(|()| true),
        Err(cause) => {
            tracing::warn!(piece = %id, %cause, "file of a convention not analysed, it stays in quarantine");
            leave(ctx, id).await?;
            Ok(false)
        }
    }
}

async fn leave(ctx: &Contexte, id: PieceJointeId) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let permis = droits::systeme::permis(&Acteur::Systeme(Raison::Tache))?;
    piece_convention::touch(&tx, &permis, id, ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}

async fn settle(ctx: &Contexte, id: PieceJointeId, verdict: Verdict) -> Outcome<()> {
    let etat =
        apres(Etat::Quarantaine, verdict).ok_or_else(|| AppError::Interne(format!("no state follows {verdict:?}")))?;
    let acteur = Acteur::Systeme(Raison::Tache);
    let tx = ctx.store.begin_write().await?;
    let permis = droits::systeme::permis(&acteur)?;
    let owner = piece_convention::owner(&tx, id).await?;
    if !piece_convention::settle(&tx, &permis, id, etat, ctx.now()).await? {
        return Ok(());
    }
    if let Some((auteur, cle)) = owner.filter(|_| !etat.est_gardee()) {
        let lettre = Lettre::PieceEcartee { cle, virus: verdict == Verdict::Infecte };
        mails::push(ctx, &tx, &Mail::Partenaires { pour: Pour::Compte(auteur), lettre }).await?;
    }
    let objet = Objet { nature: "piece_convention", id: Some(id.to_string()), ..Objet::default() };
    let mut entree = ctx.entree(&Requete::systeme("analyse"), &acteur, "piece_convention.analyse", objet);
    entree.details = format!("{{\"etat\":\"{}\"}}", etat.code());
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(())
}
