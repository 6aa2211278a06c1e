//! The list of what is open at the end, how each goes on, and the caisse that finishes (CO-11).

use super::*;
use app::convention::{end, good_end, hand_over, print_good_end, settle};
use app::demande::{Cloture, close, show, take};
use domain::convention::SuiteFin;
use domain::demande::Sorte;
use testkit::depot::draft;
use testkit::saisies::saisie;

const VAR: &str = "001-var";

/// How a demande goes on, as the mail of a subject to the contact of the structure says.
fn line_told(app: &TestApp, sujet: &str, reference: &str) -> Option<String> {
    let mails = app.mails();
    let mail = mails.iter().find(|m| m.destinataire == "accueil@ccas-grimaud.example" && m.sujet.contains(sujet))?;
    let line = mail.corps.lines().find(|l| l.starts_with(reference))?;
    line.split(" ; ").last().map(str::to_owned)
}

#[tokio::test]
async fn what_is_open_is_listed_settled_given_to_both_sides_and_finished_by_the_caisse_afterwards() {
    let app = TestApp::monde().await;
    let technicien = app.requete("83.technicien").await;
    let sorte = Sorte::Document;
    let id = draft(&app.ctx, &technicien, sorte, &saisie(sorte)).await;
    let reference = app::demande::submit(&app.ctx, &technicien, id).await.unwrap();
    draft(&app.ctx, &technicien, Sorte::Contacter, &saisie(Sorte::Contacter)).await;
    let referent = app.requete("83.referent").await;
    let early = good_end(&app.ctx, &referent, VAR).await;
    assert!(matches!(early, Err(AppError::Introuvable)), "no end is known");
    write(&app, &referent, VAR, &letter("metier", "mise_en_demeure", "2028-12-05")).await;
    end(&app.ctx, &referent, (VAR, version(&app, VAR).await), &asked("metier", "manquement", "2029-01-15"))
        .await
        .unwrap();

    app.run_jobs().await;
    assert_eq!(line_told(&app, "fin de convention", &reference).as_deref(), Some("suite à décider"));

    let list = good_end(&app.ctx, &referent, VAR).await.unwrap();
    assert_eq!((list.lignes.len(), list.brouillons, list.conduit), (1, 1, true));
    assert_eq!((list.lignes[0].demande.reference.as_str(), list.de(sorte).count()), (reference.as_str(), 1));
    let at = (VAR, list.version);
    let nothing = settle(&app.ctx, &referent, at, (&reference, "", "")).await;
    assert_eq!(refused(nothing)[0].0, "suite");
    let nir =
        settle(&app.ctx, &referent, at, (&reference, "terminee_par_la_caisse", "Voir 1 85 05 78 006 084 91")).await;
    assert_eq!(refused(nir)[0].0, "note");
    let other = settle(&app.ctx, &referent, at, ("EP-2222-2222-222", "sans_objet", "")).await;
    assert!(matches!(other, Err(AppError::Introuvable)));
    settle(&app.ctx, &referent, at, (&reference, "terminee_par_la_caisse", "Le service des droits répond."))
        .await
        .unwrap();
    let mails = app.mails().len();
    hand_over(&app.ctx, &referent, at).await.unwrap();
    app.run_jobs().await;
    let told = subjects(&app, mails);
    for who in ["accueil@ccas-grimaud.example", "partenaires@cpam-var.example"] {
        assert!(told.iter().any(|t| t.starts_with(who) && t.contains("suite des demandes ouvertes")), "{told:?}");
    }

    // The gestionnaire reads the list too, others do not.
    let gestionnaire = app.requete("83.gestionnaire").await;
    let seen = good_end(&app.ctx, &gestionnaire, VAR).await.unwrap();
    assert!(!seen.conduit);
    assert_eq!(seen.lignes[0].suite.as_ref().unwrap().suite, SuiteFin::TermineeParLaCaisse);
    assert!(settle(&app.ctx, &gestionnaire, at, (&reference, "sans_objet", "")).await.is_err());
    assert!(matches!(good_end(&app.ctx, &technicien, VAR).await, Err(AppError::Interdit(_))));
    let stranger = app.requete("82.gestionnaire").await;
    assert!(matches!(good_end(&app.ctx, &stranger, VAR).await, Err(AppError::Introuvable)));
    let pdf = print_good_end(&app.ctx, &gestionnaire, VAR).await.unwrap();
    assert!(pdf.starts_with(b"%PDF"));

    // Access closes; the caisse finishes what is open.
    app.set_time(super::at("2029-01-15T09:00:00Z"));
    app.run_jobs().await;
    // Nobody of the structure can sign in any more: the mail of that day says it all.
    assert_eq!(line_told(&app, "accès fermé", &reference).as_deref(), Some("la caisse la termine"));
    let agent = app.requete("83.agent").await;
    take(&app.ctx, &agent, &reference, 1).await.unwrap();
    let cloture = Cloture { version: 2, issue: "satisfaite", texte: "L’attestation est partie par courrier." };
    close(&app.ctx, &agent, &reference, &cloture).await.unwrap();
    assert!(show(&app.ctx, &agent, &reference).await.is_ok());
    let list = good_end(&app.ctx, &app.requete("83.referent").await, VAR).await.unwrap();
    assert_eq!(list.lignes[0].demande.etat, domain::demande::Etat::Cloturee, "what was settled stays on the list");
    app.run_jobs().await;
}
