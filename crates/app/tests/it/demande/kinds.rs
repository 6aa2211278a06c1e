//! Each of the five kinds: filed, refused field by field, as its convention asks.

use super::{Scene, faults, with_a_nir};
use app::AppError;
use app::demande::{Besoin, form, home, load_draft, receipt, refused, review, save_draft, submit};
use domain::convention::{Fonctionnalite, MotifRecours, VoieServiceSocial};
use domain::demande::{Orientation, Sorte};
use domain::droits::{Raison, Refus};
use testkit::saisies::{Champs, saisie};

#[tokio::test]
async fn each_kind_is_filed_at_its_service_and_keeps_everything_typed() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("83.technicien").await;
    for (sorte, service) in [
        (Sorte::Contacter, "Service des droits"),
        (Sorte::Etude, "Complémentaire santé solidaire"),
        (Sorte::Difficulte, "Mission accompagnement santé"),
        (Sorte::RendezVous, "Service des droits"),
        (Sorte::Document, "Service des droits"),
    ] {
        let reference = scene.file_of(&technicien, sorte, &saisie(sorte)).await;
        let recu = receipt(ctx, &technicien, &reference).await.unwrap();
        assert_eq!((recu.demande.sorte, recu.accuse.service.as_str()), (sorte, service));
        assert_eq!(recu.accuse.voie.is_some(), sorte == Sorte::Document, "a route is told of documents alone");
        assert_eq!(recu.demande.contenu.nom, "Lefèvre-Müller");
    }
}

#[tokio::test]
async fn what_a_kind_asks_is_kept_sealed_and_read_back() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("83.technicien").await;
    let etude = saisie(Sorte::Etude).with("etude", "autre_etude").with("autre_etude", "Mutation");
    let etude = etude.with("urgent", "oui").with("motif_urgence", "Fin de droits proche");
    let etude = etude.with("echeance_jour", "31").with("echeance_mois", "1").with("echeance_annee", "2029");
    let difficulte = saisie(Sorte::Difficulte).with("criteres", "numerique|isolement").with("handicap", "oui");
    let difficulte = difficulte.with("joindre", "telephone").with("telephone", "01.99.00.12.34");
    let contenu = async |sorte, saisie| {
        let reference = scene.file_of(&technicien, sorte, &saisie).await;
        receipt(ctx, &technicien, &reference).await.unwrap().demande
    };
    let d = contenu(Sorte::Contacter, saisie(Sorte::Contacter)).await;
    assert_eq!((d.contenu.objet.as_str(), d.sous_types.len()), ("Changement d’adresse", 0));
    let d = contenu(Sorte::Etude, etude).await;
    assert_eq!((d.sous_types[0].as_str(), d.contenu.autre_etude.as_str()), ("autre_etude", "Mutation"));
    assert_eq!(d.contenu.echeance_urgence.unwrap().to_string(), "2029-01-31");
    assert!(d.urgent && d.contenu.recours.is_none(), "the Var asks no reason: none is kept");
    let d = contenu(Sorte::Difficulte, difficulte).await;
    assert_eq!(d.contenu.criteres, ["isolement", "numerique"]);
    assert_eq!((d.contenu.handicap, d.contenu.telephone.as_str()), (true, "01 99 00 12 34"));
    assert_eq!(d.contenu.accord.as_deref(), Some("entretien"));
    assert_eq!(d.contenu.accord_le, Some(d.contenu.informee_le), "the agreement has its day");
    let d = contenu(Sorte::RendezVous, saisie(Sorte::RendezVous)).await;
    assert_eq!(d.contenu.mode.as_deref(), Some("agence"));
    assert_eq!(d.contenu.demi_journees, ["lundi_matin", "jeudi_apres_midi"]);
}

#[tokio::test]
async fn each_missing_field_of_each_kind_is_told_at_its_place() {
    let scene = Scene::new().await;
    let technicien = scene.signin("83.technicien").await;
    for (sorte, champs) in [
        (Sorte::Contacter, &["objet", "precisions", "accord"][..]),
        (Sorte::Etude, &["etude"]),
        (Sorte::Difficulte, &["difficultes", "precisions", "accord"]),
        (Sorte::RendezVous, &["motif", "mode"]),
        (Sorte::Document, &["documents"]),
    ] {
        for champ in champs.iter().chain(&["civilite", "departement", "information"]) {
            let found = scene.faults_of(&technicien, sorte, &saisie(sorte).with(champ, "")).await;
            assert_eq!(found, [*champ], "{sorte:?}");
        }
        let all = champs.iter().fold(saisie(sorte).without_person(), |s, champ| s.with(champ, ""));
        let found = scene.faults_of(&technicien, sorte, &all.with("information", "")).await;
        let mut wanted = vec!["civilite", "nom", "naissance_jour", "departement"];
        // Without a département no convention is known yet that could ask an agreement.
        wanted.extend(champs.iter().filter(|c| **c != "accord"));
        wanted.push("information");
        assert_eq!(found, wanted, "everything at once, in the order of the page: {sorte:?}");
    }
}

#[tokio::test]
async fn a_field_that_another_answer_asks_is_asked_then_and_then_only() {
    let scene = Scene::new().await;
    let technicien = scene.signin("83.technicien").await;
    let with = |sorte, pairs: &[(&str, &str)]| pairs.iter().fold(saisie(sorte), |s, (c, v)| s.with(c, v));
    for (sorte, pairs, wanted) in [
        (Sorte::Etude, &[("etude", "autre_etude")][..], "autre_etude"),
        (Sorte::Difficulte, &[("joindre", "telephone")], "telephone"),
        (Sorte::Difficulte, &[("joindre", "telephone"), ("telephone", "douze")], "telephone"),
        (Sorte::Document, &[("documents", "autre_document")], "autre_document"),
        (Sorte::Contacter, &[("urgent", "oui")], "motif_urgence"),
    ] {
        assert_eq!(scene.faults_of(&technicien, sorte, &with(sorte, pairs)).await, [wanted]);
    }
    let urgent = saisie(Sorte::Etude).with("urgent", "oui").with("motif_urgence", "Fin de droits");
    for (jour, mois, annee) in [("31", "2", "2029"), ("1", "1", "2029"), ("", "2", "2029"), ("1", "2", "29")] {
        let dated =
            urgent.clone().with("echeance_jour", jour).with("echeance_mois", mois).with("echeance_annee", annee);
        assert_eq!(
            scene.faults_of(&technicien, Sorte::Etude, &dated).await,
            ["echeance_jour"],
            "{jour}/{mois}/{annee}"
        );
    }
    let calm = saisie(Sorte::Etude).with("echeance_jour", "zz").with("telephone", "douze");
    assert!(
        review(&scene.essai.ctx, &technicien, scene.draft_of(&technicien, Sorte::Etude, &calm).await).await.is_ok()
    );
}

#[tokio::test]
async fn a_nir_is_refused_in_every_text_of_every_kind_whether_the_text_counts_or_not() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("83.technicien").await;
    for (sorte, champ) in [
        (Sorte::Contacter, "objet"),
        (Sorte::Contacter, "precisions"),
        (Sorte::Etude, "autre_etude"),
        (Sorte::Etude, "precisions"),
        (Sorte::Difficulte, "telephone"),
        (Sorte::Difficulte, "precisions"),
        (Sorte::RendezVous, "precisions"),
        (Sorte::RendezVous, "motif_urgence"),
        (Sorte::Document, "autre_document"),
    ] {
        let typed = saisie(sorte).with(champ, &with_a_nir());
        let read = app::demande::Depot::read(sorte, &typed, ctx.now().date_naive()).unwrap_err();
        assert_eq!(read[0].champ, champ, "{sorte:?}");
        assert!(read.iter().all(|e| !e.message.contains("899")));
        assert_eq!(refused(&typed)[0].champ, champ);
        let id = scene.draft_of(&technicien, sorte, &typed).await;
        assert!(!load_draft(ctx, &technicien, id).await.unwrap().saisie.0[champ][0].contains("899"));
    }
}

#[tokio::test]
async fn a_sub_kind_that_the_convention_does_not_know_is_refused_at_its_field() {
    let scene = Scene::new().await;
    let var = scene.signin("83.technicien").await;
    for (sorte, champ, code) in [
        (Sorte::Etude, "etude", "aide_individuelle"),
        (Sorte::Difficulte, "difficultes", "situation_complexe"),
        (Sorte::RendezVous, "motif", "rendez_vous_examen"),
    ] {
        assert_eq!(scene.faults_of(&var, sorte, &saisie(sorte).with(champ, code)).await, [champ]);
        assert!(!form(&scene.essai.ctx, &var, sorte, None).await.unwrap().sous_types.iter().any(|t| t.code() == code));
        let here = scene.signin("82.technicien").await;
        let known = saisie(sorte).with("departement", "82").with(champ, code);
        let id = scene.draft_of(&here, sorte, &known).await;
        assert!(review(&scene.essai.ctx, &here, id).await.is_ok(), "Tarn-et-Garonne knows {code}");
    }
    // A code of another kind is no answer here.
    let foreign = saisie(Sorte::Etude).with("etude", "attestation_droits");
    assert_eq!(scene.faults_of(&var, Sorte::Etude, &foreign).await, ["etude"]);
}

#[tokio::test]
async fn a_reason_of_recourse_is_asked_and_limited_in_tarn_et_garonne_and_nowhere_else() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let here = scene.signin("82.technicien").await;
    for (sorte, offered) in [
        (Sorte::Etude, &[MotifRecours::AutonomieInsuffisante, MotifRecours::UrgenceSoins][..]),
        (Sorte::RendezVous, &[MotifRecours::AutonomieInsuffisante]),
        (Sorte::Document, &[]),
    ] {
        assert_eq!(form(ctx, &here, sorte, None).await.unwrap().recours, offered, "{sorte:?}");
        let typed = saisie(sorte).with("departement", "82");
        for motif in MotifRecours::TOUS {
            let id = scene.draft_of(&here, sorte, &typed.clone().with("recours", motif.code())).await;
            let told = review(ctx, &here, id).await;
            if offered.contains(motif) {
                assert_eq!(told.unwrap().depot.recours, Some(*motif));
            } else if offered.is_empty() {
                assert_eq!(told.unwrap().depot.recours, None, "not asked: not kept");
            } else {
                assert_eq!(faults(told), ["recours"], "{sorte:?} {}", motif.code());
            }
        }
        if !offered.is_empty() {
            assert_eq!(scene.faults_of(&here, sorte, &typed.with("recours", "")).await, ["recours"]);
        }
    }
    for lieu in ["83", "57", "92", "69"] {
        let technicien = scene.signin(&format!("{lieu}.technicien")).await;
        assert!(form(ctx, &technicien, Sorte::Etude, None).await.unwrap().recours.is_empty(), "{lieu}");
    }
}

#[tokio::test]
async fn what_the_convention_misses_is_told_with_the_faults_of_the_fields() {
    let scene = Scene::new().await;
    let here = scene.signin("82.technicien").await;
    let typed = saisie(Sorte::Etude).with("departement", "82").with("recours", "").with("civilite", "");
    assert_eq!(scene.faults_of(&here, Sorte::Etude, &typed).await, ["civilite", "recours"]);
    let elsewhere = typed.with("departement", "59");
    assert_eq!(scene.faults_of(&here, Sorte::Etude, &elsewhere).await, ["civilite", "departement"]);
}

#[tokio::test]
async fn a_report_proposes_what_its_convention_opens_and_keeps_criteria_only_where_there_are_any() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let told = async |departement: &str, champs: &[(&str, &str)]| {
        let technicien = scene.signin(&format!("{departement}.technicien")).await;
        let typed = saisie(Sorte::Difficulte).with("departement", departement);
        let typed = champs.iter().fold(typed, |s, (champ, valeur)| s.with(champ, valeur));
        let id = scene.draft_of(&technicien, Sorte::Difficulte, &typed).await;
        review(ctx, &technicien, id).await.unwrap()
    };
    let var = told("83", &[("criteres", "isolement")]).await;
    assert!(var.orientations.contains(&Orientation::ServiceSocial(VoieServiceSocial::Telephone3646)));
    let metz = told("57", &[("criteres", "isolement"), ("difficultes", "difficulte_soins")]).await;
    let Besoin::Difficulte { criteres, .. } = &metz.depot.besoin else { panic!("a report") };
    assert!(criteres.is_empty(), "Moselle has no criteria: none is kept");
    assert!(metz.orientations.contains(&Orientation::ExamenPrevention));
    let here = told("82", &[("difficultes", "situation_complexe|difficulte_soins")]).await;
    assert!(here.orientations.contains(&Orientation::ServiceSocial(VoieServiceSocial::ParLePartenaire)));
    assert!(here.orientations.contains(&Orientation::ExamenPrevention));
    for (departement, shown) in [("82", false), ("83", true), ("57", false), ("92", false), ("69", true)] {
        let technicien = scene.signin(&format!("{departement}.technicien")).await;
        let model = form(ctx, &technicien, Sorte::Difficulte, None).await.unwrap();
        assert_eq!(model.criteres, shown, "{departement}");
    }
}

#[tokio::test]
async fn each_kind_that_is_off_is_neither_shown_nor_accepted() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("57.technicien").await;
    for (sorte, fonction) in [
        (Sorte::Contacter, Fonctionnalite::Contact),
        (Sorte::Etude, Fonctionnalite::Etude),
        (Sorte::Difficulte, Fonctionnalite::Signalement),
        (Sorte::RendezVous, Fonctionnalite::RendezVous),
    ] {
        let typed = saisie(sorte).with("departement", "57");
        let id = scene.draft_of(&technicien, sorte, &typed).await;
        assert!(home(ctx, &technicien).await.unwrap().ouvertes.contains(&sorte));
        app::convention::switch(ctx, Raison::Import, "002-moselle", (fonction, false)).await.unwrap();
        assert!(!home(ctx, &technicien).await.unwrap().ouvertes.contains(&sorte));
        let closed = Err(AppError::Interdit(Refus::FonctionFermee)).map_err(|e: AppError| e.to_string());
        assert_eq!(form(ctx, &technicien, sorte, None).await.map(|_| ()).map_err(|e| e.to_string()), closed);
        let again = save_draft(ctx, &technicien, sorte, id, &typed).await.map(drop).map_err(|e| e.to_string());
        assert_eq!(again, closed);
        assert!(submit(ctx, &technicien, id).await.is_err());
    }
}

#[tokio::test]
async fn one_form_of_any_kind_files_once() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("83.technicien").await;
    for sorte in Sorte::TOUTES {
        let id = form(ctx, &technicien, sorte, None).await.unwrap().brouillon;
        save_draft(ctx, &technicien, sorte, id, &saisie(sorte)).await.unwrap();
        save_draft(ctx, &technicien, sorte, id, &saisie(sorte).with("nom", "Autre")).await.unwrap();
        let reference = submit(ctx, &technicien, id).await.unwrap();
        assert_eq!(submit(ctx, &technicien, id).await.unwrap(), reference);
        let late = save_draft(ctx, &technicien, sorte, id, &saisie(sorte)).await;
        assert!(matches!(late, Err(AppError::Conflit)), "a filed form is not a draft again");
        assert_eq!(receipt(ctx, &technicien, &reference).await.unwrap().demande.contenu.nom, "Autre");
    }
}
