use super::{Scene, saisie, with};
use app::AppError;
use app::demande::{Cloture, Vue, cancel, close, queue, reply, show, take, take_next};
use domain::demande::{Etat, EtatDemande, Issue, NomActe, RefusTransition};
use domain::droits::Refus;

#[tokio::test]
async fn the_agent_takes_answers_and_closes_and_the_technicien_sees_it() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let agent = scene.signin("82.agent").await;
    assert_eq!(take_next(ctx, &agent).await.unwrap().as_deref(), Some(reference.as_str()));
    let version = show(ctx, &agent, &reference).await.unwrap().demande.version;
    reply(ctx, &agent, &reference, version, "L’attestation part ce soir par courrier.").await.unwrap();
    let cloture = Cloture { version: version + 1, issue: "satisfaite", texte: "" };
    close(ctx, &agent, &reference, &cloture).await.unwrap();
    let vue = show(ctx, &technicien, &reference).await.unwrap();
    assert!(matches!(vue.demande.etat, EtatDemande::Cloturee { issue: Issue::Satisfaite, .. }));
    assert_eq!(vue.echanges.len(), 1);
    assert_eq!(vue.echanges[0].auteur, "Service des droits", "the partner side reads the service, not the agent");
    assert_eq!(vue.agent, None);
    let etats: Vec<Etat> = vue.evenements.iter().map(|e| e.vers).collect();
    assert_eq!(etats, [Etat::Transmise, Etat::PriseEnCharge, Etat::Cloturee]);
    scene.jobs().await;
    let sujets: Vec<String> =
        scene.essai.mailer.sent().into_iter().map(|m| m.sujet).filter(|s| s.contains(&reference)).collect();
    assert_eq!(sujets.len(), 3, "received, answered, closed: {sujets:?}");
}

#[tokio::test]
async fn urgent_first_then_oldest() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let mut references = Vec::new();
    for urgent in [false, false, true, false, true] {
        scene.essai.clock.advance(chrono::TimeDelta::minutes(1));
        let typed = if urgent {
            with(saisie("82"), &[("urgent", "oui"), ("motif_urgence", "Sortie prévue demain")])
        } else {
            saisie("82")
        };
        references.push(scene.file(&technicien, &typed).await);
    }
    let agent = scene.signin("82.agent").await;
    let file = queue(ctx, &agent, Vue::APrendre, None).await.unwrap();
    let shown: Vec<&str> = file.page.lignes.iter().map(|l| l.reference.as_str()).collect();
    assert_eq!(shown, [2, 4, 0, 1, 3].map(|i: usize| references[i].as_str()));
    assert_eq!((file.nombres.a_prendre, file.nombres.miennes), (5, 0));
    assert_eq!(take_next(ctx, &agent).await.unwrap(), Some(references[2].clone()));
    let file = queue(ctx, &agent, Vue::Miennes, None).await.unwrap();
    assert_eq!((file.nombres.a_prendre, file.nombres.miennes, file.page.lignes.len()), (4, 1, 1));
}

#[tokio::test]
async fn only_who_has_it_in_charge_closes_and_a_superviseur_may() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let (agent, colleague) = (scene.signin("82.agent").await, scene.signin("82.agent2").await);
    let version = show(ctx, &agent, &reference).await.unwrap().demande.version;
    take(ctx, &agent, &reference, version).await.unwrap();
    let vue = show(ctx, &colleague, &reference).await.unwrap();
    assert!(vue.actes.is_empty() && !vue.peut_ecrire, "a colleague reads and does not treat");
    let version = vue.demande.version;
    let taken = take(ctx, &colleague, &reference, version).await;
    assert!(matches!(taken, Err(AppError::Etat(RefusTransition::Impossible { acte: NomActe::Prendre, .. }))));
    let cloture = Cloture { version, issue: "satisfaite", texte: "" };
    let closed = close(ctx, &colleague, &reference, &cloture).await;
    assert!(matches!(closed, Err(AppError::Etat(RefusTransition::AutreAgent))));
    let answered = reply(ctx, &colleague, &reference, version, "Bonjour").await;
    assert!(matches!(answered, Err(AppError::Etat(RefusTransition::AutreAgent))));
    let superviseur = scene.signin("82.superviseur").await;
    close(ctx, &superviseur, &reference, &cloture).await.unwrap();
}

#[tokio::test]
async fn the_second_of_two_editors_gets_a_conflict_and_nothing_is_overwritten() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let version = show(ctx, &technicien, &reference).await.unwrap().demande.version;
    reply(ctx, &technicien, &reference, version, "Une précision.").await.unwrap();
    let colleague = scene.signin("82.technicien2").await;
    assert!(matches!(reply(ctx, &colleague, &reference, version, "Autre chose.").await, Err(AppError::Conflit)));
    assert!(matches!(cancel(ctx, &colleague, &reference, version).await, Err(AppError::Conflit)));
    assert_eq!(show(ctx, &colleague, &reference).await.unwrap().echanges.len(), 1);
}

#[tokio::test]
async fn a_partner_cancels_before_it_is_taken_and_not_after() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let agent = scene.signin("82.agent").await;
    let first = scene.file(&technicien, &saisie("82")).await;
    assert!(matches!(cancel(ctx, &agent, &first, 1).await, Err(AppError::Interdit(Refus::ActeInterdit))));
    cancel(ctx, &technicien, &first, 1).await.unwrap();
    assert_eq!(show(ctx, &technicien, &first).await.unwrap().demande.etat.etat(), Etat::Annulee);
    assert_eq!(take_next(ctx, &agent).await.unwrap(), None, "a cancelled demande is not in the queue");
    let second = scene.file(&technicien, &saisie("82")).await;
    take_next(ctx, &agent).await.unwrap();
    let version = show(ctx, &technicien, &second).await.unwrap().demande.version;
    assert!(matches!(cancel(ctx, &technicien, &second, version).await, Err(AppError::Etat(_))));
}

#[tokio::test]
async fn an_outcome_other_than_satisfied_needs_words() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let agent = scene.signin("82.agent").await;
    take_next(ctx, &agent).await.unwrap();
    for (issue, texte, champs) in
        [("", "", vec!["issue"]), ("refusee", " ", vec!["texte"]), ("inconnue", "Bonjour", vec!["issue"])]
    {
        let outcome = close(ctx, &agent, &reference, &Cloture { version: 2, issue, texte }).await;
        let AppError::Saisie(erreurs) = outcome.unwrap_err() else { panic!("{issue} accepted") };
        assert_eq!(erreurs.iter().map(|e| e.champ.as_str()).collect::<Vec<_>>(), champs);
    }
    let cloture = Cloture { version: 2, issue: "refusee", texte: "La personne relève d’un autre régime." };
    close(ctx, &agent, &reference, &cloture).await.unwrap();
    assert_eq!(show(ctx, &technicien, &reference).await.unwrap().echanges.len(), 1);
}
