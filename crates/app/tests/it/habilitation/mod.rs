//! Tracked forms, reviews, proofs, comptes of the desk.

mod administration;
mod courriers;
mod demandes;
mod departs;
mod lien;
mod oubli;
mod preuves;
mod revues;
mod signature;
mod verrous;

use app::habilitation::{self, Habilitation, Personne, Registre, Vue, accept, request};
use app::{AppError, Requete};
use domain::ids::{ConventionId, DemarcheId};
use testkit::TestApp;

pub(super) fn personne(nom: &str) -> Personne {
    Personne {
        civilite: "madame".to_owned(),
        nom: nom.to_owned(),
        prenom: "Ombeline".to_owned(),
        fonction: "Responsable du service social".to_owned(),
        telephone: "01 99 00 56 78".to_owned(),
        courriel: format!("ombeline.{}@departement-82.example", nom.to_lowercase()),
    }
}

pub(super) fn new_id(app: &TestApp) -> DemarcheId {
    DemarcheId::new(app.ctx.new_id())
}

/// The first convention of the caisse of a référent.
pub(super) async fn convention(app: &TestApp, referent: &Requete) -> ConventionId {
    habilitation::structures(&app.ctx, referent).await.unwrap()[0].choix.convention
}

/// The domain that a convention declares for its structure (HA-5).
fn domaine(lieu: &str) -> &'static str {
    match lieu {
        "83" => "ccas-grimaud.example",
        "57" => "metz-metropole.example",
        "92" => "ccas-malakoff.example",
        _ => "departement-82.example",
    }
}

/// A request of the gestionnaire of a place.
pub(super) async fn asked(app: &TestApp, lieu: &str, nom: &str) -> DemarcheId {
    let gestionnaire = app.requete(&format!("{lieu}.gestionnaire")).await;
    let mut personne = personne(nom);
    personne.courriel = format!("ombeline.{}@{}", nom.to_lowercase(), domaine(lieu));
    let saisie = Habilitation { id: new_id(app), convention: String::new(), personne };
    request(&app.ctx, &gestionnaire, &saisie).await.unwrap()
}

pub(super) async fn queue(app: &TestApp, referent: &Requete) -> Registre {
    habilitation::list(&app.ctx, referent, Vue::ATraiter, None).await.unwrap()
}

pub(super) async fn accepted(app: &TestApp, lieu: &str, id: DemarcheId) -> Result<(), AppError> {
    let referent = app.requete(&format!("{lieu}.referent")).await;
    accept(&app.ctx, &referent, (id, 1)).await
}

/// Names of the fields refused.
pub(super) fn fields<T: std::fmt::Debug>(refused: Result<T, AppError>) -> Vec<String> {
    match refused.unwrap_err() {
        AppError::Saisie(erreurs) => erreurs.into_iter().map(|e| e.champ).collect(),
        other => panic!("{other:?}"),
    }
}
