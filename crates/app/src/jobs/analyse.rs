//! The analysis of files of demandes and of conventions (PJ-1, CO-1), apart from the outbox: a scanner that hangs holds up
//! neither mails nor the seal of the journal. A new file is tried at once; one without a verdict stays in quarantine and is
//! tried again every minute. Nothing external happens in a transaction; run twice, or by two nodes, the second verdict finds
//! nothing to write.

use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::{self, Mail, Pour, partenaires::Lettre};
use crate::piece_jointe::cle_objet;
use crate::ports::Constat;
use chrono::TimeDelta;
use domain::droits::{self, Acteur, Raison};
use domain::ids::PieceJointeId;
use domain::piece_jointe::{Etat, Verdict, apres};
use store::quarantaine::{self, AAnalyser, Famille, Ou};

/// A file that was tried is left alone so many seconds.
const REPOS: i64 = 60;
/// Files read at once by the reconciler.
const TRANCHE: u64 = 200;

/// Analyses files of demandes, then those of conventions; gives whether the scanner is away.
pub(super) async fn run(ctx: &Contexte) -> Outcome<bool> {
    let mut away = false;
    for famille in [Famille::Demandes, Famille::Conventions] {
        away |= all(ctx, famille).await?;
    }
    Ok(away)
}

/// Analyses what waits, the longest left first, until the scanner is away or nothing is left; gives whether it is away.
async fn all(ctx: &Contexte, famille: Famille) -> Outcome<bool> {
    while ctx.fichiers.antivirus.est_branche() {
        let before = ctx.now() - TimeDelta::seconds(REPOS);
        let waiting = {
            let tx = ctx.store.begin_read().await?;
            quarantaine::waiting(&tx, famille, before, TRANCHE).await?
        };
        if waiting.is_empty() {
            return Ok(false);
        }
        for piece in waiting {
            match analyse(ctx, (famille, piece)).await {
                Ok(true) => {}
                Ok(false) => return Ok(true),
                // One that cannot be read goes behind the others: they are analysed all the same.
                Err(error) => {
                    tracing::error!(piece = %piece, ?famille, %error, "file not analysed, the next ones are");
                    leave(ctx, (famille, piece)).await?;
                }
            }
        }
    }
    Ok(false)
}

/// Analyses one file; gives whether there was an answer, so that it need not be tried again.
async fn analyse(ctx: &Contexte, (famille, id): (Famille, PieceJointeId)) -> Outcome<bool> {
    if !ctx.fichiers.antivirus.est_branche() {
        return Ok(false);
    }
    let found = {
        let tx = ctx.store.begin_read().await?;
        quarantaine::load(&tx, famille, id).await?
    };
    // Gone, or settled by another node.
    let Some(piece) = found else { return Ok(true) };
    match verdict(ctx, piece).await {
        Ok(verdict) => settle(ctx, (famille, id), verdict).await.map(|()| true),
        Err(cause) => {
            tracing::warn!(piece = %id, ?famille, %cause, "file not analysed, it stays in quarantine");
            leave(ctx, (famille, id)).await?;
            Ok(false)
        }
    }
}

/// Sends a file to the end of those that wait.
async fn leave(ctx: &Contexte, piece: (Famille, PieceJointeId)) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let permis = droits::systeme::permis(&Acteur::Systeme(Raison::Tache))?;
    quarantaine::touch(&tx, &permis, piece, ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// What the scanner says of the plain bytes; why it said nothing otherwise.
async fn verdict(ctx: &Contexte, piece: AAnalyser) -> Result<Verdict, String> {
    let AAnalyser { id, cle } = piece;
    let Some(scelle) = ctx.fichiers.objets.get(&cle_objet(ctx, id)).await.map_err(|e| e.to_string())? else {
        // A wrong folder or bucket, a volume that is not mounted: the key must outlive it, nothing is decided.
        tracing::error!(piece = %id, "bytes of a file are not in the object store: is it the right one?");
        return Err("bytes missing".to_owned());
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

async fn settle(ctx: &Contexte, (famille, id): (Famille, PieceJointeId), verdict: Verdict) -> Outcome<()> {
    let etat =
        apres(Etat::Quarantaine, verdict).ok_or_else(|| AppError::Interne(format!("no state follows {verdict:?}")))?;
    let acteur = Acteur::Systeme(Raison::Tache);
    let tx = ctx.store.begin_write().await?;
    let permis = droits::systeme::permis(&acteur)?;
    let settled = quarantaine::settle(&tx, &permis, (famille, id), etat, ctx.now()).await?;
    let Some(reglee) = settled else { return Ok(()) };
    if !etat.est_gardee() {
        let compte = reglee.auteur;
        let virus = verdict == Verdict::Infecte;
        let mail = match reglee.ou {
            Ou::Brouillon(brouillon) => Mail::PieceEcarteeBrouillon { compte, brouillon, virus },
            Ou::Demande(reference) => Mail::PieceEcartee { compte, reference, virus },
            Ou::Convention(cle) => {
                Mail::Partenaires { pour: Pour::Compte(compte), lettre: Lettre::PieceEcartee { cle, virus } }
            }
        };
        mails::push(ctx, &tx, &mail).await?;
    }
    let (nature, action) = match famille {
        Famille::Demandes => ("piece_jointe", "piece.analyse"),
        Famille::Conventions => ("piece_convention", "piece_convention.analyse"),
    };
    let objet = Objet { nature, id: Some(id.to_string()), ..Objet::default() };
    let mut entree = ctx.entree(&Requete::systeme("analyse"), &acteur, action, objet);
    entree.details = format!("{{\"etat\":\"{}\"}}", etat.code());
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    // The key is destroyed: what is left cannot be opened, and is collected as an orphan if this fails.
    if !etat.est_gardee()
        && let Err(error) = ctx.fichiers.objets.delete(&cle_objet(ctx, id)).await
    {
        tracing::warn!(piece = %id, %error, "bytes of a refused file left for the collector");
    }
    Ok(())
}
