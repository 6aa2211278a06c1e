//! A union's convention covers its members; one that leaves is warned first (CO-8).

use super::{champs, convention, le, overwrite, preuves, told};
use app::AppError;
use app::demande::submit;
use app::partenaire::{SortieSaisie, keep, leave, members};
use domain::compte::{EtatCompte, Profil};
use domain::convention::{Etat, Fin};
use domain::demande::Sorte;
use domain::preuve::Nature;
use testkit::TestApp;
use testkit::depot::draft;
use testkit::saisies::{self, Champs};

const CLE: &str = "004-rhone";

fn saisie() -> SortieSaisie {
    SortieSaisie {
        avertie_le: Some(le("2029-01-08")),
        moyen: "Lettre recommandée".into(),
        numero: "1A 900".into(),
        effet_le: Some(le("2029-02-08")),
    }
}

#[tokio::test]
async fn the_members_of_a_union_are_listed_with_the_deliberation_that_proves_their_cover() {
    let app = TestApp::monde().await;
    app.with_fictives().await;
    let referent = app.requete("69.referent").await;
    let adhesions = members(&app.ctx, &referent, CLE).await.unwrap();
    assert_eq!(adhesions.court, "UDCCAS 69");
    let shown: Vec<_> = adhesions.membres.iter().map(|m| (m.cle.as_str(), m.deliberation.is_some())).collect();
    assert_eq!(shown, [("004-rhone", true), ("012-fictive-union-69", true)]);
    let sheet = &adhesions.dossier.stipulations.union;
    assert!(!sheet.personnes().is_empty() && sheet.dpo().is_some(), "référents and DPO are the union’s");
    assert!(adhesions.dossier.comite().is_some(), "and so is the steering committee");
    let none = members(&app.ctx, &app.requete("83.referent").await, "001-var").await;
    assert!(matches!(none, Err(AppError::Introuvable)), "no union there");
}

#[tokio::test]
async fn what_a_leaving_closes_is_shown_before_it_is_recorded() {
    let app = TestApp::monde().await;
    let technicien = app.requete("69.technicien").await;
    let typed = saisies::saisie(Sorte::Contacter).with("departement", "69");
    let id = draft(&app.ctx, &technicien, Sorte::Contacter, &typed).await;
    submit(&app.ctx, &technicien, id).await.unwrap();
    let closes = async || members(&app.ctx, &app.requete("69.referent").await, CLE).await.unwrap().consequences;
    let alone = closes().await;
    let mut comptes: Vec<_> = alone.comptes.iter().map(|c| (c.nom.as_str(), c.profil, c.etat)).collect();
    comptes.sort_by_key(|c| c.0);
    let expected = [
        ("gestionnaire Persona GJ", Profil::Gestionnaire, EtatCompte::Actif),
        ("technicien Persona GJ", Profil::Technicien, EtatCompte::Actif),
        ("technicienb Persona GJ", Profil::Technicien, EtatCompte::Actif),
    ];
    assert_eq!((comptes.as_slice(), alone.demandes), (&expected[..], 1));
    assert!(alone.restent.is_empty(), "no other caisse keeps them");
    app.with_fictives().await;
    assert_eq!(closes().await.restent, ["CPAM de l'Isère"], "another convention does");
    let mut other = convention(&app, "011-fictive-isere").await;
    other.actes.fin = Some(Fin::new(le("2029-02-07"), "essai"));
    overwrite(&app, &other).await;
    assert!(closes().await.restent.is_empty(), "unless it ends by the first day without cover");
}

#[tokio::test]
async fn a_member_that_leaves_is_warned_first_and_its_cover_ends_on_the_day() {
    let app = TestApp::monde().await;
    let referent = app.requete("69.referent").await;
    let told_at = champs(leave(&app.ctx, &referent, CLE, &SortieSaisie::default()).await);
    assert_eq!(told_at, ["moyen", "numero", "avertie_le", "effet_le"]);
    let soon = SortieSaisie { effet_le: Some(le("2029-02-07")), ..saisie() };
    assert_eq!(champs(leave(&app.ctx, &referent, CLE, &soon).await), ["effet_le"], "thirty days");
    let before = app.mails().len();
    leave(&app.ctx, &referent, CLE, &saisie()).await.unwrap();
    app.run_jobs().await;
    let told = told(&app, before);
    for signatory in
        ["contact@udccas-69.example", "accueil@ccas-pierre-benite.example", "partenaires@cpam-rhone.example"]
    {
        assert!(told.iter().any(|(to, _)| to == signatory), "{signatory}: {told:?}");
    }
    assert_eq!(preuves(&app, CLE).await[0].nature, Nature::Union);
    let c = convention(&app, CLE).await;
    assert_eq!(c.dossier.etat(&c.actes, le("2029-02-07")), Etat::Active);
    assert_eq!(c.dossier.etat(&c.actes, le("2029-02-08")), Etat::Terminee);
    assert!(matches!(leave(&app.ctx, &referent, CLE, &saisie()).await, Err(AppError::Conflit)), "once");
    let adhesions = members(&app.ctx, &referent, CLE).await.unwrap();
    assert_eq!(adhesions.ici.sortie, Some(le("2029-02-08")));
    keep(&app.ctx, &referent, CLE).await.unwrap();
    let c = convention(&app, CLE).await;
    assert_eq!(c.dossier.etat(&c.actes, le("2029-02-08")), Etat::Active);
    assert!(matches!(keep(&app.ctx, &referent, CLE).await, Err(AppError::Conflit)));
}
