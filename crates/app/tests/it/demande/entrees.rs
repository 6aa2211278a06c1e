//! The entries of the portal, in the words of the conventions (DE-1).

use super::Scene;
use app::Requete;
use app::demande::{form, home};
use domain::demande::Sorte;

/// The sub-kinds that a form offers, in its order.
async fn offered(scene: &Scene, qui: &Requete, sorte: Sorte) -> Vec<&'static str> {
    let sous_types = form(&scene.essai.ctx, qui, sorte, None).await.unwrap().sous_types;
    sous_types.into_iter().map(|t| t.libelle()).collect()
}

#[tokio::test]
async fn the_entries_are_those_of_the_convention_in_its_order_and_words() {
    let scene = Scene::new().await;
    let var = scene.signin("83.technicien").await;
    let accueil = home(&scene.essai.ctx, &var).await.unwrap();
    let entries: Vec<&str> = accueil.ouvertes.iter().map(|s| s.libelle()).collect();
    assert_eq!(
        entries,
        [
            "Contacter votre organisme d’assurance Maladie",
            "Soumettre une demande d’étude de dossier",
            "Signaler une situation de difficultés d’accès aux droits et aux soins d’un assuré",
            "Demander un rendez-vous pour un assuré",
            "Demander un document",
        ]
    );
    assert!(accueil.historique, "the sixth: the history of the structure");
}

#[tokio::test]
async fn each_form_offers_the_sub_kinds_that_its_convention_names() {
    let scene = Scene::new().await;
    let tarn_et_garonne = scene.signin("82.technicien").await;
    let etudes = offered(&scene, &tarn_et_garonne, Sorte::Etude).await;
    assert_eq!(
        etudes,
        [
            "Protection universelle maladie (PUMa)",
            "Complémentaire santé solidaire",
            "Aide médicale de l'État",
            "Aide individuelle d'action sanitaire et sociale",
            "Autre étude de dossier",
        ]
    );
    let difficultes = offered(&scene, &tarn_et_garonne, Sorte::Difficulte).await;
    assert_eq!(
        difficultes,
        [
            "Difficulté d'accès aux droits",
            "Difficulté d'accès aux soins",
            "Difficulté d'accès au numérique",
            "Situation sociale complexe",
        ]
    );
    let rendez_vous = offered(&scene, &tarn_et_garonne, Sorte::RendezVous).await;
    assert_eq!(rendez_vous, ["Rendez-vous avec la caisse", "Examen de prévention en santé"]);
    let documents = offered(&scene, &tarn_et_garonne, Sorte::Document).await;
    assert_eq!(
        documents,
        [
            "Attestation de droits",
            "Notification de droits / justificatif de prestations",
            "Formulaire de perte ou vol de carte Vitale",
            "Certificat provisoire CEAM",
            "Bon de prise en charge de vaccination ou de dépistage",
            "Bon de prise en charge MT'Dents",
            "Invitation à un examen de prévention santé",
            "Autre type de document",
        ]
    );
    let var = scene.signin("83.technicien").await;
    let etudes = offered(&scene, &var, Sorte::Etude).await;
    assert!(etudes.len() == 4 && !etudes.contains(&"Aide individuelle d'action sanitaire et sociale"), "{etudes:?}");
}
