//! The same person again, the same demande again, and the warning of a duplicate.

use super::{Scene, faults, saisie, with};
use app::AppError;
use app::demande::{
    Lieu, Question, cancel_and_redo, close, form, list, load_draft, receipt, review, save_draft, show, submit,
};
use domain::demande::{Etat, Sorte};
use domain::droits::{Raison, Refus};
use testkit::saisies::{self, Champs};

#[tokio::test]
async fn the_same_person_is_taken_again_without_a_field_of_identity() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("83.technicien").await;
    let partial = with(saisie("83"), &[("naissance_jour", ""), ("civilite", "monsieur")]);
    let first = scene.file(&technicien, &partial).await;
    for sorte in Sorte::TOUTES {
        let again = saisies::saisie(sorte).without_person().with("assure", &first);
        let reference = scene.file_of(&technicien, sorte, &again).await;
        let d = receipt(ctx, &technicien, &reference).await.unwrap().demande;
        assert_eq!((d.contenu.nom.as_str(), d.contenu.naissance.as_str()), ("Lefèvre-Müller", "1985-05-00"));
        assert_eq!((d.civilite.as_str(), d.departement.as_str()), ("monsieur", "83"));
    }
    let model = form(ctx, &technicien, Sorte::Contacter, Some(&first)).await.unwrap();
    let assure = model.assure.unwrap();
    assert_eq!((assure.reference.as_str(), assure.prenom.as_str()), (first.as_str(), "Zoé"));
}

#[tokio::test]
async fn the_identity_of_the_earlier_demande_wins_over_what_the_form_says_and_is_edited_later() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("83.technicien").await;
    let first = scene.file(&technicien, &saisie("83")).await;
    let forged = with(saisie("83"), &[("assure", &first), ("nom", "Autre"), ("departement", "69")]);
    let id = scene.draft(&technicien, &forged).await;
    let kept = load_draft(ctx, &technicien, id).await.unwrap().saisie;
    assert_eq!((kept.0["nom"][0].as_str(), kept.0["departement"][0].as_str()), ("Lefèvre-Müller", "83"));
    let edited = with(kept, &[("assure", ""), ("nom", "Autre")]);
    save_draft(ctx, &technicien, Sorte::Document, id, &edited).await.unwrap();
    assert_eq!(review(ctx, &technicien, id).await.unwrap().depot.nom.as_str(), "Autre");
}

#[tokio::test]
async fn a_person_is_taken_again_inside_the_structure_and_nowhere_else() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("83.technicien").await;
    let reference = scene.file(&technicien, &saisie("83")).await;
    let colleague = scene.signin("83.technicien2").await;
    let model = form(ctx, &colleague, Sorte::Etude, Some(&reference)).await.unwrap();
    assert!(model.assure.is_some(), "a colleague's demande is the structure's");
    assert!(model.recents.is_empty(), "recent persons are one's own");
    let stranger = scene.signin("69.technicien").await;
    for wanted in [reference.as_str(), "EP-AAAA-AAAA-AAA", "'"] {
        assert!(matches!(form(ctx, &stranger, Sorte::Etude, Some(wanted)).await, Err(AppError::Introuvable)));
        let id = form(ctx, &stranger, Sorte::Document, None).await.unwrap().brouillon;
        let typed = with(saisie("69"), &[("assure", wanted)]);
        let saved = save_draft(ctx, &stranger, Sorte::Document, id, &typed).await;
        assert!(matches!(saved, Err(AppError::Introuvable)), "{wanted}");
        assert!(matches!(load_draft(ctx, &stranger, id).await, Err(AppError::Introuvable)), "nothing was kept");
    }
}

#[tokio::test]
async fn recent_persons_are_ones_own_each_once_the_latest_first_and_five_at_most() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("83.technicien").await;
    assert!(form(ctx, &technicien, Sorte::Etude, None).await.unwrap().recents.is_empty());
    for nom in ["Un", "Deux", "Trois", "Quatre", "Cinq", "Six", "CINQ"] {
        scene.file(&technicien, &with(saisie("83"), &[("nom", nom)])).await;
        scene.essai.clock.advance(chrono::TimeDelta::seconds(1));
    }
    let recents = form(ctx, &technicien, Sorte::Etude, None).await.unwrap().recents;
    let noms: Vec<&str> = recents.iter().map(|r| r.nom.as_str()).collect();
    assert_eq!(noms, ["CINQ", "Six", "Quatre", "Trois", "Deux"]);
    let twin = with(saisie("83"), &[("nom", "Six"), ("naissance_annee", "1990")]);
    scene.file(&technicien, &twin).await;
    let recents = form(ctx, &technicien, Sorte::Etude, None).await.unwrap().recents;
    assert_eq!((recents[0].nom.as_str(), recents[0].naissance.as_str()), ("Six", "1990-05-12"), "a homonym is another");
}

#[tokio::test]
async fn cancel_and_redo_gives_back_everything_but_information_and_agreement() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("83.technicien").await;
    for sorte in Sorte::TOUTES {
        let typed = saisies::saisie(sorte).with("urgent", "oui").with("motif_urgence", "Échéance proche");
        let typed = match sorte {
            Sorte::Difficulte => typed.with("criteres", "isolement").with("joindre", "telephone"),
            _ => typed,
        };
        let typed = if sorte == Sorte::Difficulte { typed.with("telephone", "01 99 00 12 34") } else { typed };
        let reference = scene.file_of(&technicien, sorte, &typed).await;
        let id = cancel_and_redo(ctx, &technicien, &reference, 1).await.unwrap();
        assert_eq!(show(ctx, &technicien, &reference).await.unwrap().demande.etat.etat(), Etat::Annulee);
        let draft = load_draft(ctx, &technicien, id).await.unwrap();
        let wanted = typed.with("information", "").with("accord", "").with("recours", "");
        assert_eq!((draft.sorte, &draft.saisie), (sorte, &wanted));
        let told = faults(submit(ctx, &technicien, id).await);
        assert!(told.starts_with(&["information".to_owned()]), "said anew for each filing: {told:?}");
        let twice = cancel_and_redo(ctx, &technicien, &reference, 1).await.unwrap();
        assert_eq!(twice, id, "a second click makes no second draft");
    }
}

#[tokio::test]
async fn nothing_is_cancelled_when_it_cannot_be_redone() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("57.technicien").await;
    let reference = scene.file(&technicien, &saisie("57")).await;
    assert!(matches!(cancel_and_redo(ctx, &technicien, &reference, 2).await, Err(AppError::Conflit)));
    let stranger = scene.signin("83.technicien").await;
    assert!(matches!(cancel_and_redo(ctx, &stranger, &reference, 1).await, Err(AppError::Introuvable)));
    let agent = scene.signin("57.agent").await;
    assert!(matches!(cancel_and_redo(ctx, &agent, &reference, 1).await, Err(AppError::Interdit(_))));
    let off = (domain::convention::Fonctionnalite::Document, false);
    app::convention::switch(ctx, Raison::Import, "002-moselle", off).await.unwrap();
    let refused = cancel_and_redo(ctx, &technicien, &reference, 1).await;
    assert!(matches!(refused, Err(AppError::Interdit(Refus::FonctionFermee))));
    let ligne = &list(ctx, &technicien, Lieu::Structure, &Question::default()).await.unwrap().lignes[0];
    assert_eq!(ligne.etat, Etat::Transmise, "the withdrawal went with it");
}

#[tokio::test]
async fn an_open_demande_for_the_same_person_is_told_inside_the_structure_until_it_is_closed() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("83.technicien").await;
    let reference = scene.file(&technicien, &saisie("83")).await;
    let colleague = scene.signin("83.technicien2").await;
    let doublon = async |who, sorte, changes: &[(&str, &str)]| {
        let typed = with(saisies::saisie(sorte), changes);
        let id = scene.draft_of(who, sorte, &typed).await;
        review(ctx, who, id).await.unwrap().doublon
    };
    let written_otherwise = [("nom", "LEFEVRE MULLER"), ("prenom", "zoe")];
    assert_eq!(doublon(&colleague, Sorte::Document, &written_otherwise).await.as_ref(), Some(&reference));
    assert_eq!(doublon(&colleague, Sorte::Etude, &[]).await, None, "another kind is another need");
    assert_eq!(doublon(&colleague, Sorte::Document, &[("naissance_jour", "13")]).await, None);
    assert_eq!(doublon(&colleague, Sorte::Document, &[("prenom", "")]).await, None);
    let agent = scene.signin("83.agent").await;
    app::demande::take(ctx, &agent, &reference, 1).await.unwrap();
    assert!(doublon(&colleague, Sorte::Document, &[]).await.is_some(), "still open");
    let cloture = app::demande::Cloture { version: 2, issue: "satisfaite", texte: "Envoyée." };
    close(ctx, &agent, &reference, &cloture).await.unwrap();
    assert_eq!(doublon(&colleague, Sorte::Document, &[]).await, None);
}
