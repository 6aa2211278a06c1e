//! Acts of both sides on one structure at once: they wait for each other in one order (the form or the review's structure
//! first, then its conventions, its reviews, its comptes), and one gestionnaire always stays (HA-8, HA-9).

use super::{accepted, asked, convention, fields};
use app::AppError;
use app::compte::{Creation, Identite, create_technicien, deactivate};
use app::habilitation::{accept, close};
use app::partenaire::{CoupureSaisie, Reprise, cut, lift};
use app::revue::{Reponse, answer, begin, show};
use domain::compte::attestations::Attestation;
use domain::compte::{EtatCompte, Profil};
use domain::droits::Rattachement;
use domain::habilitation::Decision;
use domain::ids::CompteId;
use std::pin::Pin;
use store::compte;
use testkit::TestApp;

type Acte = Pin<Box<dyn Future<Output = Result<(), AppError>> + Send>>;

fn coupure(app: &TestApp) -> CoupureSaisie {
    let today = app.ctx.now().date_naive();
    CoupureSaisie {
        motif: "Usage contraire aux conditions générales".into(),
        par: "Le Directeur de la caisse".into(),
        le: Some(today),
        moyen: "Lettre recommandée".into(),
        numero: "1A 234".into(),
        envoyee_le: Some(today),
    }
}

fn technicien(n: usize) -> Creation {
    let identite = Identite {
        nom: format!("Nouveau {}", ["a", "b", "c"][n]),
        prenom: "Camille".to_owned(),
        courriel: format!("nouveau{n}@ccas-grimaud.example"),
        telephone: None,
        fonction: None,
    };
    Creation { identite, attestations: Attestation::TOUTES.to_vec(), annoncer: true }
}

/// A second gestionnaire of the Var.
async fn second(app: &TestApp) -> CompteId {
    let first = asked(app, "83", "Delorme").await;
    accepted(app, "83", first).await.unwrap();
    let tx = app.ctx.store.begin_read().await.unwrap();
    compte::by_courriel(&tx, "ombeline.delorme@ccas-grimaud.example", app.ctx.now()).await.unwrap()[0].id
}

/// One act of each use case that locks something of the structure of the Var.
async fn acts(app: &TestApp) -> Vec<Acte> {
    let second = second(app).await;
    let waiting = asked(app, "83", "Autre").await;
    let (g, r) = (app.requete("83.gestionnaire").await, app.requete("83.referent").await);
    let convention = convention(app, &r).await;
    let revue = begin(&app.ctx, &g).await.unwrap();
    let fiche = show(&app.ctx, &g, revue).await.unwrap();
    let reponse = Reponse {
        version: fiche.revue.version,
        decisions: fiche.lignes.iter().map(|l| (l.compte, Decision::Conserver)).collect(),
        attestations: Attestation::TOUTES.to_vec(),
    };
    let leaving = app.monde.qui("83.technicien2").id();
    let coupure = coupure(app);
    let of = || (app.ctx.clone(), g.clone(), r.clone());
    let mut acts: Vec<Acte> = Vec::new();
    let (ctx, _, r1) = of();
    acts.push(Box::pin(async move { accept(&ctx, &r1, (waiting, 1)).await }));
    let (ctx, g1, _) = of();
    acts.push(Box::pin(async move { answer(&ctx, &g1, revue, &reponse).await }));
    for n in 0..2 {
        let (ctx, g1, _) = of();
        acts.push(Box::pin(async move { create_technicien(&ctx, &g1, &technicien(n)).await.map(drop) }));
    }
    let (ctx, g1, _) = of();
    acts.push(Box::pin(async move { deactivate(&ctx, &g1, leaving).await }));
    let (ctx, _, r1) = of();
    acts.push(Box::pin(async move { close(&ctx, &r1, (convention, second), "Départ.").await }));
    let (ctx, _, r1) = of();
    acts.push(Box::pin(async move {
        cut(&ctx, &r1, "001-var", &coupure).await?;
        lift(&ctx, &r1, "001-var", &Reprise { motif: "La structure a remédié".into() }).await
    }));
    for _ in 0..2 {
        let (ctx, ..) = of();
        acts.push(Box::pin(async move { app::jobs::run_due(&ctx).await }));
    }
    acts
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn acts_of_both_sides_on_one_structure_at_once_never_wait_in_a_circle() {
    for _ in 0..6 {
        let app = TestApp::monde().await;
        let tasks: Vec<_> = acts(&app).await.into_iter().map(tokio::spawn).collect();
        for (rang, task) in tasks.into_iter().enumerate() {
            match task.await.unwrap() {
                // Whoever came second may find another state, never a database that gave up.
                Ok(()) | Err(AppError::Conflit | AppError::Saisie(_) | AppError::Interdit(_)) => {}
                Err(AppError::SessionFermee | AppError::Introuvable | AppError::StructureArretee(_)) => {}
                Err(other) => panic!("act {rang}: {other:?}"),
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_agents_who_close_the_last_two_gestionnaires_at_once_one_always_finds_the_last() {
    for _ in 0..8 {
        let mut app = TestApp::monde().await;
        let var = app.caisse("var").await;
        app.enter("83.referent2", Profil::Referent, Rattachement::Caisse(var)).await;
        let first = asked(&app, "83", "Delorme").await;
        accepted(&app, "83", first).await.unwrap();
        let tx = app.ctx.store.begin_read().await.unwrap();
        let found = compte::by_courriel(&tx, "ombeline.delorme@ccas-grimaud.example", app.ctx.now()).await.unwrap();
        let (other, ici) = (found[0].id, found[0].rattachement);
        drop(tx);
        let me = app.monde.qui("83.gestionnaire").id();
        let agents = [app.requete("83.referent").await, app.requete("83.referent2").await];
        let convention = convention(&app, &agents[0]).await;
        let closes = |agent: usize, cible: CompteId| {
            let (ctx, requete) = (app.ctx.clone(), agents[agent].clone());
            tokio::spawn(async move { close(&ctx, &requete, (convention, cible), "Décision de la caisse.").await })
        };
        let (a, b) = (closes(0, me), closes(1, other));
        let done = [a.await.unwrap(), b.await.unwrap()];
        let refused: Vec<_> = done.into_iter().filter(Result::is_err).collect();
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert_eq!(fields(refused.into_iter().next().unwrap()), ["compte"]);
        let tx = app.ctx.store.begin_read().await.unwrap();
        let in_use = [EtatCompte::Actif, EtatCompte::Invite];
        assert_eq!(compte::ids(&tx, ici, Profil::Gestionnaire, &in_use).await.unwrap().len(), 1);
    }
}
