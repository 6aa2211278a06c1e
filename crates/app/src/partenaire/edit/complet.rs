//! A change of a sheet never takes from a complete convention what its access needs: to end an access is an act of its own,
//! behind a fresh second factor (CO-5, PA-3).

use crate::error::{AppError, ErreurChamp, Outcome};
use domain::convention::{Dossier, ExerciceDroits, Lacune, ObjetFiche};
use store::convention::Enregistree;

/// Refuses, at its field, a change after which a convention that lacked nothing would lack something.
///
/// # Errors
/// [`AppError::Saisie`] with what would be missing.
pub(super) fn reste((avant, apres): (&Enregistree, &Enregistree), quoi: ObjetFiche) -> Outcome<()> {
    let manques = apres.dossier.lacunes();
    if manques.is_empty() || !avant.dossier.lacunes().is_empty() {
        return Ok(());
    }
    let refus = |l: Lacune| {
        let message =
            format!("{} L’accès de la structure en dépend : remplacez cette information, sans l’ôter.", l.raison);
        ErreurChamp::new(champ(&apres.dossier, &l, quoi), message)
    };
    Err(AppError::Saisie(manques.into_iter().map(refus).collect()))
}

/// The field of the form that gives what is missing.
fn champ(dossier: &Dossier, lacune: &Lacune, quoi: ObjetFiche) -> &'static str {
    match quoi {
        ObjetFiche::Interlocuteur => "themes",
        ObjetFiche::Dpo => match dossier.exercice_droits() {
            Some(ExerciceDroits::DpoPartenairePostal | ExerciceDroits::DpoUnionPostal)
                if lacune.champ != "caisse.dpo" =>
            {
                "dpo_adresse"
            }
            _ => "dpo_courriel",
        },
        ObjetFiche::Faits => {
            let nom = lacune.champ.rsplit('.').next().unwrap_or_default();
            ["nom", "siret", "adresse", "domaines"].into_iter().find(|c| *c == nom).unwrap_or("courriel")
        }
    }
}
