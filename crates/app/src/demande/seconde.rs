//! The second click: a form that the same person sends twice has done what it says, and is answered as the first time.
//! Every writing act locks its demande, so that the second sending waits for the first and then finds it done.

use super::show::zone_of;
use crate::error::{AppError, Outcome};
use domain::calendrier::Zone;
use domain::demande::Etat;
use domain::droits::{self, Acteur, Portee};
use store::demande::{self, Demande};
use store::{Tx, WriteTx};

/// As [`super::show::in_scope`], locked until the end of the transaction: no other act comes in between.
pub(super) async fn locked(tx: &WriteTx, acteur: &Acteur, reference: &str) -> Outcome<(Demande, Zone)> {
    let portee = droits::lire_demandes(acteur)?;
    let demande = demande::lock(tx, &portee, reference).await?.ok_or(AppError::Introuvable)?;
    let zone = zone_of(tx, demande.caisse).await?;
    Ok((demande, zone))
}

/// What a form leaves behind beside the change of state.
pub(super) enum Laisse<'a> {
    /// Nothing.
    Rien,
    /// A line of the thread.
    Ligne(&'a str),
    /// A note, which the scope reads.
    Note(&'a Portee, &'a str),
}

/// Accepts a form made from an older version when the demande stands exactly where this form, sent by this person, has
/// left it: in that state, by this person's act, with the same words.
///
/// # Errors
/// [`AppError::Conflit`] otherwise.
pub(super) async fn already(
    tx: &Tx,
    acteur: &Acteur,
    lue: &Demande,
    (version, vers): (i64, Etat),
    laisse: Laisse<'_>,
) -> Outcome<()> {
    let moi = acteur.compte();
    // A line is a change of its own.
    let after = if matches!(laisse, Laisse::Ligne(_)) { 2 } else { 1 };
    let mut done = lue.version == version.saturating_add(after) && lue.etat.etat() == vers;
    done = done && demande::evenements(tx, lue).await?.pop().is_some_and(|e| e.auteur == moi && e.vers == vers);
    let same = match laisse {
        _ if !done => false,
        Laisse::Rien => true,
        Laisse::Ligne(texte) => is_last_line(tx, lue, acteur, texte).await?,
        Laisse::Note(portee, texte) => {
            demande::notes(tx, portee, lue).await?.iter().any(|n| Some(n.auteur) == moi && n.texte == texte)
        }
    };
    if same { Ok(()) } else { Err(AppError::Conflit) }
}

/// Whether the last line of the thread is this text by this person.
pub(super) async fn is_last_line(tx: &Tx, lue: &Demande, acteur: &Acteur, texte: &str) -> Outcome<bool> {
    let last = demande::messages(tx, lue).await?.pop();
    Ok(last.is_some_and(|m| Some(m.auteur) == acteur.compte() && m.texte == texte))
}
