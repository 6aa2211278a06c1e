//! Comptes of the desk (CA-4): who opens whom, services, what a leaving agent holds.

use super::fields;
use app::AppError;
use app::administration::{change_services, list, reopen, resend, show, targets};
use app::compte::{Identite, Invitation, Par, deactivate, invite};
use app::demande::{hold, submit, take_next};
use domain::compte::{Cote, EtatCompte, Profil};
use domain::demande::{Etat, Sorte};
use domain::droits::{Portee, Rattachement};
use domain::ids::CompteId;
use store::compte;
use testkit::TestApp;
use testkit::depot::draft;
use testkit::saisies::{Champs, saisie};

fn identite(profil: Profil, place: &str) -> Identite {
    Identite {
        nom: "Essai".to_owned(),
        prenom: "Camille".to_owned(),
        courriel: format!("essai.{}.{place}@essai.example", profil.code()),
        telephone: None,
        fonction: None,
    }
}

async fn etat(app: &TestApp, id: CompteId) -> EtatCompte {
    let tx = app.ctx.store.begin_read().await.unwrap();
    compte::load(&tx, &Portee::Soi(id), id, app.ctx.now()).await.unwrap().unwrap().etat
}

#[tokio::test]
async fn nobody_grants_what_he_may_not_grant() {
    let app = TestApp::monde().await;
    let (ici, ailleurs) = (app.caisse("tarn-et-garonne").await, app.caisse("var").await);
    for qui in ["82.administrateur", "national", "82.referent", "82.superviseur", "82.dpo", "82.agent"] {
        let requete = app.requete(qui).await;
        for profil in Profil::TOUS {
            for (place, caisse) in [("ici", ici), ("ailleurs", ailleurs)] {
                let rattachement = match profil.cote() {
                    Cote::National => Rattachement::National,
                    _ => Rattachement::Caisse(caisse),
                };
                let services = match profil {
                    Profil::Agent => {
                        let tx = app.ctx.store.begin_read().await.unwrap();
                        vec![store::caisse::service(&tx, caisse, "droits").await.unwrap().unwrap().id]
                    }
                    _ => Vec::new(),
                };
                let identite = identite(profil, &format!("{place}.{}", qui.replace('.', "-")));
                let invitation = Invitation { profil, rattachement, identite, services };
                let granted = invite(&app.ctx, &requete, Par::Personne, &invitation).await;
                let may = match qui {
                    "82.administrateur" => {
                        place == "ici" && profil.cote() == Cote::Desk && profil != Profil::AdministrateurLocal
                    }
                    "national" => profil.cote() == Cote::National || profil == Profil::AdministrateurLocal,
                    _ => false,
                };
                // A national compte is one and the same in both places.
                if may && profil.cote() == Cote::National && place == "ailleurs" {
                    continue;
                }
                assert_eq!(granted.is_ok(), may, "{qui} {profil:?} {place}: {granted:?}");
            }
        }
    }
}

#[tokio::test]
async fn an_administrateur_sees_only_those_he_manages_and_never_acts_on_himself() {
    let app = TestApp::monde().await;
    let local = app.requete("82.administrateur").await;
    let seen = list(&app.ctx, &local, None).await.unwrap();
    assert_eq!(seen.lignes.len(), 7, "the desk of his caisse, without himself");
    let me = app.monde.qui("82.administrateur").id();
    assert!(!show(&app.ctx, &local, me).await.unwrap().agit);
    assert!(matches!(deactivate(&app.ctx, &local, me).await, Err(AppError::Interdit(_))));
    for foreign in ["83.agent", "82.technicien", "national"] {
        let id = app.monde.qui(foreign).id();
        assert!(matches!(show(&app.ctx, &local, id).await, Err(AppError::Introuvable)), "{foreign}");
        assert!(matches!(resend(&app.ctx, &local, id).await, Err(AppError::Introuvable)), "{foreign}");
        assert!(matches!(reopen(&app.ctx, &local, (id, 1)).await, Err(AppError::Introuvable)), "{foreign}");
    }
    let national = app.requete("national").await;
    let seen = list(&app.ctx, &national, None).await.unwrap();
    assert_eq!(seen.lignes.len(), 6, "five administrateurs locaux and himself");
    assert_eq!(targets(&app.ctx, &national).await.unwrap().profils.len(), 3);
    let agent = app.requete("82.agent").await;
    assert!(matches!(list(&app.ctx, &agent, None).await, Err(AppError::Interdit(_))));
}

#[tokio::test]
async fn services_change_and_a_closed_compte_opens_again() {
    let app = TestApp::monde().await;
    let local = app.requete("82.administrateur").await;
    let agent = app.monde.qui("82.agent").id();
    let fiche = show(&app.ctx, &local, agent).await.unwrap();
    let version = fiche.compte.version;
    assert_eq!(fields(change_services(&app.ctx, &local, (agent, version), &[]).await), ["services"]);
    let other = fiche.services.iter().find(|(_, mine)| !mine).unwrap().0.id;
    change_services(&app.ctx, &local, (agent, version), &[other]).await.unwrap();
    let stale = change_services(&app.ctx, &local, (agent, version), &[other]).await;
    assert!(matches!(stale, Err(AppError::Conflit)));
    let fiche = show(&app.ctx, &local, agent).await.unwrap();
    let mine: Vec<_> = fiche.services.iter().filter(|(_, mine)| *mine).map(|(s, _)| s.id).collect();
    assert_eq!(mine, [other]);
    deactivate(&app.ctx, &local, agent).await.unwrap();
    assert_eq!(etat(&app, agent).await, EtatCompte::Inactif);
    let version = show(&app.ctx, &local, agent).await.unwrap().compte.version;
    reopen(&app.ctx, &local, (agent, version)).await.unwrap();
    assert_eq!(etat(&app, agent).await, EtatCompte::Actif);
    app.requete("82.agent").await;
}

#[tokio::test]
async fn what_a_leaving_agent_holds_goes_back_to_the_queue_with_its_event() {
    let app = TestApp::monde().await;
    let technicien = app.requete("82.technicien").await;
    let mut references = Vec::new();
    for _ in 0..2 {
        let s = saisie(Sorte::Document).with("departement", "82");
        let id = draft(&app.ctx, &technicien, Sorte::Document, &s).await;
        references.push(submit(&app.ctx, &technicien, id).await.unwrap());
    }
    let agent = app.requete("82.agent").await;
    for _ in 0..2 {
        take_next(&app.ctx, &agent).await.unwrap();
    }
    hold(&app.ctx, &agent, &references[1], 2, "Avis du médecin-conseil.").await.unwrap();
    let local = app.requete("82.administrateur").await;
    deactivate(&app.ctx, &local, app.monde.qui("82.agent").id()).await.unwrap();
    app.run_jobs().await;
    app.run_jobs().await;
    let colleague = app.requete("82.agent2").await;
    for reference in &references {
        let fiche = app::demande::show(&app.ctx, &colleague, reference).await.unwrap();
        assert_eq!((fiche.demande.etat.etat(), fiche.demande.etat.agent()), (Etat::Transmise, None), "{reference}");
        let events = fiche.evenements.iter().filter(|e| e.vers == Etat::Transmise).count();
        assert_eq!(events, 2, "filed, and given back once");
    }
    assert!(take_next(&app.ctx, &colleague).await.unwrap().is_some());
}

#[tokio::test]
async fn an_invitation_is_sent_again_a_few_times_a_day_only() {
    let app = TestApp::monde().await;
    let local = app.requete("82.administrateur").await;
    let rattachement = Rattachement::Caisse(app.caisse("tarn-et-garonne").await);
    let identite = identite(Profil::Superviseur, "relance");
    let invitation = Invitation { profil: Profil::Superviseur, rattachement, identite, services: Vec::new() };
    let id = invite(&app.ctx, &local, Par::Personne, &invitation).await.unwrap().compte;
    let mut sent = 0;
    let refused = loop {
        match resend(&app.ctx, &local, id).await {
            Ok(()) if sent < 20 => sent += 1,
            other => break other,
        }
    };
    assert_eq!(fields(refused), ["invitation"]);
    assert!(sent > 0);
}
