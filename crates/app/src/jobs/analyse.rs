//! The analysis of files (PJ-1). The act of the outbox tries each file once, at once; what could not be analysed then stays
//! in quarantine, and the reconciler tries it again every minute until the scanner answers. Nothing external happens in a
//! transaction; run twice, or by two nodes, the second verdict finds nothing to write.

use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::{self, Mail};
use crate::piece_jointe::cle_objet;
use crate::ports::{Constat, SendError};
use chrono::TimeDelta;
use domain::droits::{self, Acteur, Raison};
use domain::ids::PieceJointeId;
use domain::piece_jointe::{Etat, Verdict, apres};
use serde::{Deserialize, Serialize};
use store::WriteTx;
use store::outbox::{self, Acte};
use store::piece_jointe::{self, AAnalyser, Ou};

/// Name of the act in the outbox.
pub(crate) const NATURE: &str = "analyse";
/// A file that was tried is left alone so many seconds.
const REPOS: i64 = 60;
/// Files read at once by the reconciler.
const TRANCHE: u64 = 200;

#[derive(Serialize, Deserialize)]
struct Parametres {
    piece: PieceJointeId,
}

/// Has a file analysed, in the transaction that adds it.
pub(crate) async fn push(ctx: &Contexte, tx: &WriteTx, piece: PieceJointeId) -> Outcome<()> {
    let parametres = serde_json::to_value(Parametres { piece }).map_err(|e| AppError::Interne(e.to_string()))?;
    Ok(outbox::push(tx, ctx.new_id(), NATURE, &parametres, ctx.now()).await?)
}

/// The first try. With the scanner away the act is done all the same: the file waits for the reconciler.
pub(super) async fn perform(ctx: &Contexte, acte: &Acte) -> Result<(), SendError> {
    let Parametres { piece } =
        serde_json::from_str(&acte.parametres).map_err(|e| SendError::Permanent(e.to_string()))?;
    analyse(ctx, piece).await.map(drop).map_err(|e| SendError::Transient(e.to_string()))
}

/// Tries again what waits, the longest left first, until the scanner is away or nothing is left.
pub(super) async fn run(ctx: &Contexte) -> Outcome<()> {
    while ctx.fichiers.antivirus.est_branche() {
        let before = ctx.now() - TimeDelta::seconds(REPOS);
        let waiting = {
            let tx = ctx.store.begin_read().await?;
            piece_jointe::waiting(&tx, before, TRANCHE).await?
        };
        if waiting.is_empty() {
            return Ok(());
        }
        for piece in waiting {
            if !analyse(ctx, piece).await? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Analyses one file; gives whether there was an answer, so that it need not be tried again.
async fn analyse(ctx: &Contexte, id: PieceJointeId) -> Outcome<bool> {
    if !ctx.fichiers.antivirus.est_branche() {
        return Ok(false);
    }
    let found = {
        let tx = ctx.store.begin_read().await?;
        piece_jointe::load(&tx, id).await?
    };
    // Gone, or settled by another node.
    let Some(piece) = found else { return Ok(true) };
    match verdict(ctx, piece).await {
        Ok(verdict) => settle(ctx, id, verdict).await.map(|()| true),
        Err(cause) => {
            tracing::warn!(piece = %id, %cause, "file not analysed, it stays in quarantine");
            let tx = ctx.store.begin_write().await?;
            let permis = droits::systeme::permis(&Acteur::Systeme(Raison::Tache))?;
            piece_jointe::touch(&tx, &permis, id, ctx.now()).await?;
            tx.commit().await?;
            Ok(false)
        }
    }
}

/// What the scanner says of the plain bytes; why it said nothing otherwise.
async fn verdict(ctx: &Contexte, piece: AAnalyser) -> Result<Verdict, String> {
    let AAnalyser { id, cle } = piece;
    let Some(scelle) = ctx.fichiers.objets.get(&cle_objet(id)).await.map_err(|e| e.to_string())? else {
        tracing::error!(piece = %id, "bytes of a file are gone");
        return Ok(Verdict::Illisible);
    };
    let opened = tokio::task::spawn_blocking(move || cle.open(id.get(), &scelle)).await.map_err(|e| e.to_string())?;
    let Ok(octets) = opened else {
        tracing::error!(piece = %id, "bytes of a file do not open");
        return Ok(Verdict::Illisible);
    };
    Ok(match ctx.fichiers.antivirus.scan(&octets).await.map_err(|e| e.to_string())? {
        Constat::Sain => Verdict::Sain,
        Constat::Infecte(nom) => {
            tracing::warn!(piece = %id, virus = %nom, "virus found in a file");
            Verdict::Infecte
        }
        Constat::Illisible(raison) => {
            tracing::warn!(piece = %id, %raison, "file that the scanner cannot read");
            Verdict::Illisible
        }
    })
}

async fn settle(ctx: &Contexte, id: PieceJointeId, verdict: Verdict) -> Outcome<()> {
    let etat =
        apres(Etat::Quarantaine, verdict).ok_or_else(|| AppError::Interne(format!("no state follows {verdict:?}")))?;
    let acteur = Acteur::Systeme(Raison::Tache);
    let tx = ctx.store.begin_write().await?;
    let permis = droits::systeme::permis(&acteur)?;
    let Some(reglee) = piece_jointe::settle(&tx, &permis, id, etat, ctx.now()).await? else { return Ok(()) };
    if !etat.est_gardee() {
        let compte = reglee.auteur;
        let mail = match reglee.ou {
            Ou::Brouillon(brouillon) => Mail::PieceEcarteeBrouillon { compte, brouillon },
            Ou::Demande(reference) => Mail::PieceEcartee { compte, reference },
        };
        mails::push(ctx, &tx, &mail).await?;
    }
    let objet = Objet { nature: "piece_jointe", id: Some(id.to_string()), ..Objet::default() };
    let mut entree = ctx.entree(&Requete::systeme("analyse"), &acteur, "piece.analyse", objet);
    entree.details = format!("{{\"etat\":\"{}\"}}", etat.code());
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    // The key is destroyed: what is left cannot be opened, and is collected as an orphan if this fails.
    if !etat.est_gardee()
        && let Err(error) = ctx.fichiers.objets.delete(&cle_objet(id)).await
    {
        tracing::warn!(piece = %id, %error, "bytes of a refused file left for the collector");
    }
    Ok(())
}
