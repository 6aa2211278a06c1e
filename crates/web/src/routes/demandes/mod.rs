//! Demandes: filing (`depot`), finding (`historique`), following (`suivi`), writing and treating (`traitement`), waiting,
//! noting and reopening (`attente`).

mod attente;
mod depot;
mod historique;
mod suivi;
mod traitement;

use crate::echecs::impossible;
use crate::error::PageError;
use crate::extract::Call;
use crate::pages::FormState;
use crate::pages::demandes::{ConflitPage, FichePage, ImpossiblePage, Refait};
use crate::pages::pieces::CHAMP;
use crate::registry::{Registry, RegistryError};
use crate::state::WebState;
use app::{AppError, ErreurChamp, demande};
use axum::response::Response;
use http::StatusCode;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    depot::declare(registry)?;
    historique::declare(registry)?;
    suivi::declare(registry)?;
    traitement::declare(registry)?;
    attente::declare(registry)
}

/// Marks the fields that a use case refused. A date's error stands at the date, not at its day; every refused file is
/// named at the one field of files.
fn refuse(form: &mut FormState, erreurs: Vec<ErreurChamp>) {
    let (fichiers, champs): (Vec<_>, Vec<_>) = erreurs.into_iter().partition(|e| e.champ == CHAMP);
    for ErreurChamp { champ, message } in champs {
        form.refuse(champ.strip_suffix("_jour").unwrap_or(&champ), message);
    }
    if !fichiers.is_empty() {
        form.refuse(CHAMP, fichiers.iter().map(|e| e.message.as_str()).collect::<Vec<_>>().join(" "));
    }
}

/// The page of an act on a demande that did not succeed: fields to mend (422), what changed meanwhile (409), what the
/// state forbids (409); everything else is an error page.
async fn failed(call: &Call, reference: &str, error: AppError, refait: Refait) -> Result<Response, PageError> {
    let Call { frame, ctx, requete } = call;
    match error {
        AppError::Conflit => {
            let fiche = demande::show(ctx, requete, reference).await?;
            Ok(frame.respond(StatusCode::CONFLICT, &ConflitPage::new(frame, &fiche, refait)))
        }
        AppError::Etat(refus) => {
            let page = ImpossiblePage::new(frame, reference, impossible(refus));
            Ok(frame.respond(StatusCode::CONFLICT, &page))
        }
        AppError::Saisie(erreurs) => {
            let form = refused(refait, erreurs);
            let fiche = demande::show(ctx, requete, reference).await?;
            Ok(frame.respond(StatusCode::UNPROCESSABLE_ENTITY, &FichePage::new(frame, &fiche, None, &form)))
        }
        other => Err(other.into()),
    }
}

/// What was typed, without any NIR, with its errors; the closing's text has a name of its own on the page.
fn refused(refait: Refait, mut erreurs: Vec<ErreurChamp>) -> FormState {
    if matches!(refait, Refait::Cloture(_)) {
        for erreur in erreurs.iter_mut().filter(|e| e.champ == "texte") {
            erreur.champ = "reponse_finale".to_owned();
        }
    }
    let mut form = refait.form();
    refuse(&mut form, erreurs);
    form.masked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_a_date_stands_at_the_date() {
        let mut form = FormState::new();
        refuse(&mut form, vec![ErreurChamp::new("naissance_jour", "Cette date n’existe pas.")]);
        assert_eq!(form.error("naissance"), Some("Cette date n’existe pas."));
    }
}
