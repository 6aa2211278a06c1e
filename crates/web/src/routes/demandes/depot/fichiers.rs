//! The files that come with a page of a form: kept with the draft before anything is said about the rest of it.

use crate::error::{Kind, PageError};
use crate::extract::{Call, Form};
use crate::pages::pieces::{CHAMP, RETIRER};
use crate::state::spawned;
use app::piece_jointe::{self, FichierRecu};
use app::{AppError, ErreurChamp};
use domain::ids::{BrouillonId, PieceJointeId};

/// Said when the files cannot be kept now. The draft is kept: it was written before.
const LATER: &str = "Vos fichiers n’ont pas pu être enregistrés pour l’instant. Votre saisie est gardée : choisissez-les de \
                     nouveau dans quelques instants, ou continuez sans eux.";
/// Said when another window sent files to the same draft meanwhile.
const ELSEWHERE: &str = "D’autres fichiers ont été joints depuis une autre fenêtre : vérifiez ceux qui sont là, puis \
                         choisissez de nouveau ceux qui manquent.";

/// The files sent with a page, and those to take out.
pub(super) struct Envoi {
    retires: Vec<PieceJointeId>,
    recus: Vec<FichierRecu>,
}

impl Envoi {
    /// Takes what concerns files out of the form: the draft does not hold it.
    pub(super) fn take(form: &mut Form, recus: Vec<FichierRecu>) -> Result<Self, PageError> {
        let ids = form.list(RETIRER).into_iter().map(str::parse);
        let retires = ids.collect::<Result<Vec<PieceJointeId>, _>>().map_err(|_| PageError::new(Kind::Malformed))?;
        form.state.forget(RETIRER);
        Ok(Self { retires, recus })
    }

    /// Takes out, then adds. What could not be kept is told at the field; the other files are there.
    pub(super) async fn keep(self, call: &Call, id: BrouillonId) -> Result<Vec<ErreurChamp>, AppError> {
        for piece in self.retires {
            let (ctx, requete) = call.owned();
            match spawned(async move { piece_jointe::detach(&ctx, &requete, id, piece).await }).await {
                // Taken out already, in another window or by a second click.
                Err(AppError::Introuvable) => {}
                done => done?,
            }
        }
        if self.recus.is_empty() {
            return Ok(Vec::new());
        }
        let ((ctx, requete), recus) = (call.owned(), self.recus);
        match spawned(async move { piece_jointe::attach_to_draft(&ctx, &requete, id, recus).await }).await {
            Ok(jointes) => Ok(jointes.refusees.iter().map(piece_jointe::Refusee::at_field).collect()),
            Err(AppError::Occupe(_)) => Ok(vec![ErreurChamp::new(CHAMP, LATER)]),
            Err(AppError::Conflit) => Ok(vec![ErreurChamp::new(CHAMP, ELSEWHERE)]),
            Err(other) => Err(other),
        }
    }
}
