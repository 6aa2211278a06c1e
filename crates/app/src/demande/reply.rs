//! Writing in the thread, from either side (DE-10). The desk's answer is told to who filed, by a mail without content.

use super::guard;
use super::show::{in_scope, objet, side, writable};
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::notification;
use crate::piece_jointe::{self, FichierRecu, Preparees};
use domain::demande::{NomActe, RefusTransition};
use domain::droits::{self, Acteur};
use domain::ids::MessageId;
use store::WriteTx;
use store::demande::{self, Cote, Demande};

/// Longest line of a thread.
const TEXTE_MAX: usize = 4_000;

/// Reads the text of an answer.
///
/// # Errors
/// [`AppError::Saisie`] when empty, too long, or with a NIR in it.
pub(super) fn read_text(texte: &str) -> Outcome<String> {
    let mut erreurs = Vec::new();
    let texte = guard::text("texte", texte, TEXTE_MAX, &mut erreurs);
    if texte.is_empty() {
        erreurs.push(ErreurChamp::new("texte", "Écrivez votre message avant de l’envoyer."));
    }
    if erreurs.is_empty() { Ok(texte) } else { Err(AppError::Saisie(erreurs)) }
}

/// A line to add, with the files that come with it.
pub struct Ecrit<'a> {
    /// Version the form was made from.
    pub version: i64,
    /// What is written.
    pub texte: &'a str,
    /// Files; all of them are kept, or nothing is written (PJ-1).
    pub fichiers: Vec<FichierRecu>,
}

/// Adds a line without files; `version` is the one the form was made from.
///
/// # Errors
/// As [`reply_with_files`].
pub async fn reply(ctx: &Contexte, requete: &Requete, reference: &str, version: i64, texte: &str) -> Outcome<()> {
    reply_with_files(ctx, requete, reference, Ecrit { version, texte, fichiers: Vec::new() }).await
}

/// Adds a line and its files.
///
/// # Errors
/// [`AppError::Saisie`], at `pieces` for each file that may not be kept, [`AppError::Conflit`] when the demande changed
/// since, [`AppError::Etat`] when it is closed or somebody else has it in charge, [`AppError::Introuvable`] out of scope.
pub async fn reply_with_files(ctx: &Contexte, requete: &Requete, reference: &str, ecrit: Ecrit<'_>) -> Outcome<()> {
    let texte = read_text(ecrit.texte)?;
    let version = ecrit.version;
    let preparees = prepared(ctx, requete, reference, ecrit.fichiers).await?;
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let (mut lue, _) = in_scope(&tx, &acteur, reference).await?;
    let cote = side(&droits::lire_demandes(&acteur)?);
    if lue.version != version {
        // A second click of the same person on the same form is no conflict: the line is there.
        let sent = is_last_line(&tx, &lue, &acteur, &texte).await?;
        return if sent { Ok(()) } else { Err(AppError::Conflit) };
    }
    if !writable(&lue, cote) {
        return Err(RefusTransition::Impossible { etat: lue.etat.etat(), acte: NomActe::Reprendre }.into());
    }
    if cote == Cote::Caisse && !droits::traite(&acteur, lue.etat.agent()) {
        return Err(RefusTransition::AutreAgent.into());
    }
    let message = write(ctx, &tx, &acteur, &mut lue, (cote, &texte)).await?;
    let permis = droits::repondre(&acteur)?;
    piece_jointe::attach_to_message(ctx, &tx, &permis, (&lue, message, cote), &preparees).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "demande.reply", objet(&lue))).await?;
    tx.commit().await?;
    Ok(())
}

/// The files, inspected and stored, for somebody who reads the demande.
async fn prepared(ctx: &Contexte, requete: &Requete, reference: &str, recus: Vec<FichierRecu>) -> Outcome<Preparees> {
    if !recus.is_empty() {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
        in_scope(&tx, &acteur, reference).await?;
    }
    piece_jointe::prepare_all(ctx, recus).await
}

/// Whether the last line of the thread is this text by this person.
async fn is_last_line(tx: &WriteTx, lue: &Demande, acteur: &Acteur, texte: &str) -> Outcome<bool> {
    let last = demande::messages(tx, lue).await?.pop();
    Ok(last.is_some_and(|m| Some(m.auteur) == acteur.compte() && m.texte == texte))
}

/// The step that answering and closing share: the line, and the mail to the author when the desk wrote.
pub(super) async fn write(
    ctx: &Contexte,
    tx: &WriteTx,
    acteur: &Acteur,
    lue: &mut Demande,
    (cote, texte): (Cote, &str),
) -> Outcome<MessageId> {
    let permis = droits::repondre(acteur)?;
    let id = MessageId::new(ctx.new_id());
    demande::ecrire(tx, &permis, lue, (id, cote, texte), ctx.now()).await?;
    lue.version += 1;
    if cote == Cote::Caisse {
        notification::nouvelle(ctx, tx, lue.auteur, &lue.reference).await?;
    }
    Ok(id)
}
