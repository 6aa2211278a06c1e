//! Writing in the thread, from either side (DE-10). Whoever filed, or has it in charge, is told. A
//! line of the partner is the complement where one was asked, and opens again what was closed not long ago (DE-7, DE-8).

use super::clock;
use super::destinataires::tell_structure;
use super::guard;
use super::seconde::{is_last_line, locked};
use super::show::{in_scope, objet, side, writable};
use crate::compte::{load_acteur, seen};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::notification;
use crate::piece_jointe::{self, FichierRecu, Preparees};
use domain::calendrier::Zone;
use domain::compte::EtatCompte;
use domain::demande::{Acte, EtatDemande, NomActe, RefusTransition};
use domain::droits::{self, Acteur, Portee};
use domain::ids::{CompteId, MessageId};
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
    let texte = field("texte", texte, "Écrivez votre message avant de l’envoyer.", &mut erreurs);
    if erreurs.is_empty() { Ok(texte) } else { Err(AppError::Saisie(erreurs)) }
}

/// Reads a text that must be there; `vide` is said when it is not.
pub(super) fn field(champ: &str, texte: &str, vide: &str, erreurs: &mut Vec<ErreurChamp>) -> String {
    let texte = guard::text(champ, texte, TEXTE_MAX, erreurs);
    if texte.is_empty() {
        erreurs.push(ErreurChamp::new(champ, vide));
    }
    texte
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
    let version = ecrit.version;
    let (texte, preparees) = both(read_text(ecrit.texte), prepared(ctx, requete, reference, ecrit.fichiers).await)?;
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let (mut lue, zone) = locked(&tx, &acteur, reference).await?;
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
    let message = match moves(ctx, &tx, &lue, zone, cote).await? {
        Some(acte) => answer(ctx, &tx, &acteur, (&mut lue, zone), (acte, &texte)).await?,
        None => write(ctx, &tx, &acteur, &mut lue, (cote, &texte)).await?,
    };
    let permis = droits::repondre(&acteur)?;
    piece_jointe::attach_to_message(ctx, &tx, &permis, (&lue, message, cote), &preparees).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "demande.reply", objet(&lue))).await?;
    tx.commit().await?;
    Ok(())
}

/// Text and files, or everything that is wrong with them at once.
fn both(texte: Outcome<String>, preparees: Outcome<Preparees>) -> Outcome<(String, Preparees)> {
    match (texte, preparees) {
        (Err(AppError::Saisie(mut texte)), Err(AppError::Saisie(fichiers))) => {
            texte.extend(fichiers);
            Err(AppError::Saisie(texte))
        }
        (texte, preparees) => Ok((texte?, preparees?)),
    }
}

/// What a line of that side does besides: the partner's gives what was asked, or opens again; to the service's queue when
/// who had it in charge has left (DE-6).
async fn moves(ctx: &Contexte, tx: &WriteTx, lue: &Demande, zone: Zone, cote: Cote) -> Outcome<Option<Acte>> {
    let reopens_until = match (cote, lue.etat) {
        (Cote::Partenaire, EtatDemande::AttentePartenaire { .. }) => None,
        (Cote::Partenaire, EtatDemande::Cloturee { le, .. }) => {
            Some(ctx.reglages.complement.fin_de_reouverture(zone, le))
        }
        _ => return Ok(None),
    };
    Ok(Some(match (reopens_until, is_there(ctx, tx, lue.etat.agent()).await?) {
        (None, true) => Acte::RecevoirComplement,
        (None, false) => Acte::RecevoirSansAgent,
        (Some(limite), true) => Acte::RouvrirParMessage(limite),
        (Some(limite), false) => Acte::RouvrirSansAgent(limite),
    }))
}

/// Whether there is an agent whose compte is in use; it stays so until the end of the transaction.
async fn is_there(ctx: &Contexte, tx: &WriteTx, agent: Option<CompteId>) -> Outcome<bool> {
    let Some(agent) = agent else { return Ok(false) };
    let compte = store::compte::lock(tx, &Portee::Soi(agent), agent, ctx.now()).await?;
    Ok(compte.is_some_and(|c| c.etat == EtatCompte::Actif))
}

/// A line of the partner that gives the demande back to its agent, or to the queue. Gives the line's id.
async fn answer(
    ctx: &Contexte,
    tx: &WriteTx,
    acteur: &Acteur,
    (lue, zone): (&mut Demande, Zone),
    (acte, texte): (Acte, &str),
) -> Outcome<MessageId> {
    let now = ctx.now();
    let reprise = lue.etat.apply(acte, false, now)?;
    clock::undo_closing(tx, lue, zone).await?;
    demande::prolonger(tx, lue, now).await?;
    let message = write(ctx, tx, acteur, lue, (Cote::Partenaire, texte)).await?;
    let permis = droits::repondre(acteur)?;
    clock::change(tx, &permis, (lue, zone), reprise, (ctx.new_id(), Some(Cote::Partenaire), now)).await?;
    Ok(message)
}

/// The files, inspected and stored, for somebody who reads the demande.
async fn prepared(ctx: &Contexte, requete: &Requete, reference: &str, recus: Vec<FichierRecu>) -> Outcome<Preparees> {
    if !recus.is_empty() {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
        in_scope(&tx, &acteur, reference).await?;
    }
    piece_jointe::prepare_all(ctx, recus).await
}

/// The step that answering, asking and closing share: the line, and the news for whoever filed or has it in charge.
/// Gives the line's id.
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
    match (cote, lue.etat.agent()) {
        (Cote::Caisse, _) => tell_structure(ctx, tx, lue).await?,
        (Cote::Partenaire, Some(agent)) => notification::nouvelle(ctx, tx, agent, &lue.reference).await?,
        (Cote::Partenaire, None) => {}
    }
    Ok(id)
}
