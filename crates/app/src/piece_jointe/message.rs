//! Files that come with a line of the thread: all of them or none, with the line.

use super::prepare::{self, Preparee};
use super::{FichierRecu, Refusee};
use crate::context::Contexte;
use crate::error::{AppError, ErreurChamp, Outcome};
use domain::droits::{Permis, Repondre};
use domain::ids::MessageId;
use domain::piece_jointe::{NOMBRE_MAX, NomDeFichier, Refus, Sens};
use store::WriteTx;
use store::demande::{Cote, Demande};
use store::piece_jointe;

/// Files ready to be written with a line.
pub(crate) struct Preparees(Vec<Preparee>);

impl Preparees {
    /// Each as a row to write.
    pub(crate) fn nouvelles(&self) -> impl Iterator<Item = piece_jointe::Nouvelle<'_>> {
        self.0.iter().map(Preparee::nouvelle)
    }
}

/// Inspects, seals and stores the files of a line, before its transaction and after its author was found in scope.
///
/// # Errors
/// [`AppError::Saisie`] at `pieces`, a sentence for each file that may not be kept: then nothing is sent.
pub(crate) async fn prepare_all(ctx: &Contexte, recus: Vec<FichierRecu>) -> Outcome<Preparees> {
    let (mut preparees, mut refusees) = (Vec::new(), Vec::new());
    for (rang, recu) in recus.into_iter().enumerate() {
        if rang >= NOMBRE_MAX {
            refusees.push(Refusee { nom: NomDeFichier::shown(&recu.nom), refus: Refus::TropNombreux });
            continue;
        }
        match prepare::prepare(ctx, recu).await? {
            Ok(preparee) => preparees.push(preparee),
            Err(refusee) => refusees.push(refusee),
        }
    }
    if refusees.is_empty() {
        return Ok(Preparees(preparees));
    }
    Err(AppError::Saisie(refusees.iter().map(Refusee::at_field).collect()))
}

impl Refusee {
    /// The refusal as an error at the field `pieces`.
    #[must_use]
    pub fn at_field(&self) -> ErreurChamp {
        ErreurChamp::new("pieces", format!("« {} » : {}", self.nom, self.refus))
    }
}

/// Writes the files of a line that was just written, in its transaction.
pub(crate) async fn attach_to_message(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<Repondre>,
    (demande, message, cote): (&Demande, MessageId, Cote),
    preparees: &Preparees,
) -> Outcome<()> {
    let sens = match cote {
        Cote::Partenaire => Sens::Entrante,
        Cote::Caisse => Sens::Sortante,
    };
    for preparee in &preparees.0 {
        piece_jointe::add_to_message(tx, permis, (demande, message, sens), &preparee.nouvelle(), ctx.now()).await?;
    }
    Ok(())
}
