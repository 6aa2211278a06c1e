//! How a use case that does not succeed becomes a page (architecture, point 8). What only the page of a form can
//! answer (fields to mend, a conflict that shows both versions) is caught before it comes here.

use crate::error::{Kind, PageError};
use app::AppError;
use domain::demande::RefusTransition;
use domain::droits::Refus;
use domain::piece_jointe::Etat;

impl From<AppError> for PageError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::SessionFermee => Self::new(Kind::SessionEnded),
            AppError::Introuvable => Self::not_found(),
            AppError::Interdit(refus) => Self::forbidden().saying(refused(refus)),
            AppError::Conflit => Self::new(Kind::Conflict),
            AppError::Etat(refus) => Self::new(Kind::Conflict).saying(impossible(refus)),
            AppError::PieceFermee(etat) => Self::new(Kind::Conflict).saying(closed(etat)),
            AppError::StructureArretee(_) => Self::forbidden().saying(ARRETEE),
            AppError::TropDEssais(seconds) => Self::new(Kind::TooManyRequests(seconds)),
            AppError::Occupe(seconds) => Self::new(Kind::Unavailable(seconds)),
            AppError::Journal(cause) => Self::new(Kind::Unavailable(30)).because(cause),
            // No page left its fields to mend unanswered; a browser that sends them elsewhere is not ours.
            cause @ AppError::Saisie(_) => Self::new(Kind::Malformed).because(cause),
            cause @ (AppError::Stockage(_) | AppError::Interne(_)) => Self::internal(cause),
        }
    }
}

/// Said where the page that names the caisses cannot be shown.
const ARRETEE: &str = "L’accès de votre structure au portail est suspendu. Adressez-vous à votre caisse.";

const fn refused(refus: Refus) -> &'static str {
    match refus {
        Refus::ActeInterdit => "Votre profil ne permet pas cette action.",
        Refus::SansAcces => "Aucune convention active n’ouvre l’accès de votre structure à cette caisse.",
        Refus::FonctionFermee => "Cette fonction n’est pas ouverte à votre structure.",
    }
}

/// Why a file cannot be opened.
const fn closed(etat: Etat) -> &'static str {
    match etat {
        Etat::Quarantaine | Etat::Saine => {
            "Ce fichier attend son analyse antivirus : personne ne peut l’ouvrir avant. Revenez dans quelques minutes."
        }
        Etat::Infectee => "L’analyse a trouvé un virus dans ce fichier : son contenu a été détruit.",
        Etat::Illisible => "L’analyse n’a pas pu lire ce fichier : son contenu a été détruit.",
    }
}

/// Why an act is no longer possible, as a sentence.
pub(crate) fn impossible(refus: RefusTransition) -> String {
    match refus {
        RefusTransition::AutreAgent => {
            "Cette demande est prise en charge par une autre personne de la caisse.".to_owned()
        }
        RefusTransition::HorsDelai => {
            "Le délai pour rouvrir cette demande est passé : faites une nouvelle demande.".to_owned()
        }
        RefusTransition::Impossible { etat, .. } => {
            format!("Cette demande est à l’état « {} », qui ne permet plus cette action.", etat.libelle())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse;
    use domain::demande::NomActe;
    use http::StatusCode;

    #[test]
    fn each_failure_has_its_status() {
        let etat = RefusTransition::Impossible { etat: domain::demande::Etat::Cloturee, acte: NomActe::Annuler };
        let cases = [
            (AppError::SessionFermee, 303),
            (AppError::Introuvable, 404),
            (AppError::Interdit(Refus::FonctionFermee), 403),
            (AppError::Saisie(Vec::new()), 400),
            (AppError::Conflit, 409),
            (AppError::Etat(etat), 409),
            (AppError::TropDEssais(60), 429),
            (AppError::Occupe(3), 503),
            (AppError::Interne("disk".into()), 500),
        ];
        for (error, status) in cases {
            assert_eq!(PageError::from(error).status().as_u16(), status);
        }
    }

    #[test]
    fn a_throttled_person_is_told_how_long_to_wait() {
        let response = PageError::from(AppError::TropDEssais(60)).into_response();
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(response.headers()["retry-after"], "60");
    }

    #[test]
    fn the_cause_of_a_failure_is_for_the_log_alone() {
        let error = PageError::from(AppError::Interne("table demande, row 3".into()));
        assert!(error.chain().unwrap().contains("row 3"));
        assert!(!error.sentence().contains("row 3"));
    }
}
