use super::{Scene, faults, saisie, with, with_a_nir};
use app::AppError;
use app::demande::{Lieu, Question, form, home, list, load_draft, receipt, review, save_draft, search, submit};
use chrono::TimeDelta;
use domain::convention::{Fonctionnalite, Voie};
use domain::demande::Sorte;
use domain::droits::{Raison, Refus};

#[tokio::test]
async fn a_technicien_files_and_receives_a_receipt_and_a_mail_without_a_name() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let recu = receipt(ctx, &technicien, &reference).await.unwrap();
    assert_eq!(recu.accuse.caisse, "CPAM de Tarn-et-Garonne");
    assert_eq!(recu.accuse.service, "Service des droits");
    assert_eq!((recu.accuse.delai_jours, recu.accuse.echeance.to_string()), (5, "2029-01-15".to_owned()));
    assert_eq!(recu.accuse.silence, None, "what silence means is data, empty by default");
    scene.jobs().await;
    let mails = scene.essai.mailer.sent();
    let mail = mails.iter().find(|m| m.sujet.contains(&reference)).expect("the receipt's mail");
    assert_eq!(mail.destinataire, "technicien.82@departement-82.example");
    assert!(mail.corps.contains(&format!("https://portail.example/demandes/{reference}")));
    for name in ["Lefèvre", "Zoé", "1985", "attestation"] {
        assert!(!mail.corps.contains(name) && !mail.sujet.contains(name), "{name} in a mail");
    }
}

#[tokio::test]
async fn the_same_draft_sent_twice_files_once_and_mails_once() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let id = scene.draft(&technicien, &saisie("82")).await;
    let (first, second) = tokio::join!(submit(ctx, &technicien, id), submit(ctx, &technicien, id));
    let third = submit(ctx, &technicien, id).await.unwrap();
    let (first, second) = (first.unwrap_or_else(|_| third.clone()), second.unwrap_or_else(|_| third.clone()));
    assert_eq!((&first, &second), (&third, &third));
    assert_eq!(list(ctx, &technicien, Lieu::Structure, &Question::default()).await.unwrap().lignes.len(), 1);
    scene.jobs().await;
    let mails = scene.essai.mailer.sent();
    assert_eq!(mails.iter().filter(|m| m.sujet.contains(&third)).count(), 1);
}

#[tokio::test]
async fn every_fault_is_told_at_once_and_nothing_typed_is_lost() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let empty = with(
        saisie("82"),
        &[("civilite", ""), ("nom", ""), ("prenom", ""), ("naissance_annee", ""), ("departement", "")],
    );
    let empty = with(empty, &[("documents", ""), ("information", ""), ("urgent", "oui")]);
    let id = scene.draft(&technicien, &empty).await;
    assert_eq!(
        faults(review(ctx, &technicien, id).await),
        ["civilite", "nom", "naissance_jour", "departement", "documents", "motif_urgence", "information"]
    );
    assert_eq!(load_draft(ctx, &technicien, id).await.unwrap().saisie, empty);
    assert_eq!(faults(submit(ctx, &technicien, id).await).len(), 7, "the check cannot be stepped over");
}

#[tokio::test]
async fn a_code_that_the_page_did_not_offer_is_refused_at_its_field() {
    let scene = Scene::new().await;
    let technicien = scene.signin("82.technicien").await;
    for champ in ["civilite", "departement", "documents", "information", "qualite", "accord"] {
        let id = scene.draft(&technicien, &with(saisie("82"), &[(champ, "zzz")])).await;
        assert_eq!(faults(review(&scene.essai.ctx, &technicien, id).await), [champ]);
    }
}

#[tokio::test]
async fn a_nir_in_any_text_is_refused_never_echoed_and_never_kept() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let texte = with_a_nir();
    for champ in ["precisions", "motif_urgence", "autre_document"] {
        let typed = with(saisie("82"), &[("urgent", "oui"), ("motif_urgence", "Soins prévus demain"), (champ, &texte)]);
        let told: Vec<String> = app::demande::refused(&typed).into_iter().map(|e| e.champ).collect();
        assert_eq!(told, [champ], "whoever typed it is told at the field");
        let id = scene.draft(&technicien, &typed).await;
        let kept = load_draft(ctx, &technicien, id).await.unwrap().saisie;
        let kept = &kept.0[champ][0];
        assert!(!kept.contains("899") && kept.contains("merci"), "the number is out, the rest is kept: {kept}");
    }
    let refused = app::demande::Depot::read(
        Sorte::Document,
        &with(saisie("82"), &[("precisions", &texte)]),
        ctx.now().date_naive(),
    );
    let message = &refused.unwrap_err()[0];
    assert_eq!(message.champ, "precisions");
    assert!(!message.message.contains("899"));
}

#[tokio::test]
async fn a_demande_goes_to_the_caisse_of_the_departement_or_nowhere() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    for elsewhere in ["57", "59", "975"] {
        let id = scene.draft(&technicien, &saisie(elsewhere)).await;
        assert_eq!(faults(review(ctx, &technicien, id).await), ["departement"], "{elsewhere}");
    }
    let id = scene.draft(&technicien, &with(saisie("82"), &[("caisse", "moselle")])).await;
    assert_eq!(faults(review(ctx, &technicien, id).await), ["caisse"]);
    let chosen = scene.draft(&technicien, &with(saisie("57"), &[("caisse", "tarn-et-garonne")])).await;
    assert_eq!(review(ctx, &technicien, chosen).await.unwrap().ouverte.caisse.fiche.slug, "tarn-et-garonne");
}

#[tokio::test]
async fn a_function_that_is_off_is_neither_shown_nor_accepted() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("57.technicien").await;
    let id = scene.draft(&technicien, &saisie("57")).await;
    assert!(home(ctx, &technicien).await.unwrap().ouvertes.contains(&Sorte::Document));
    let off = (Fonctionnalite::Document, false);
    assert!(app::convention::switch(ctx, Raison::Import, "002-moselle", off).await.unwrap());
    assert!(!home(ctx, &technicien).await.unwrap().ouvertes.contains(&Sorte::Document));
    assert!(matches!(
        form(ctx, &technicien, Sorte::Document, None).await,
        Err(AppError::Interdit(Refus::FonctionFermee))
    ));
    assert!(submit(ctx, &technicien, id).await.is_err());
    let again = save_draft(ctx, &technicien, Sorte::Document, id, &saisie("57")).await;
    assert!(matches!(again, Err(AppError::Interdit(Refus::FonctionFermee))));
    let history = (Fonctionnalite::Historique, false);
    app::convention::switch(ctx, Raison::Import, "002-moselle", history).await.unwrap();
    let listed = list(ctx, &technicien, Lieu::Structure, &Question::default()).await;
    assert!(matches!(listed, Err(AppError::Interdit(Refus::FonctionFermee))));
    let searched = search(ctx, &technicien, Lieu::Structure, "Lefèvre").await;
    assert!(matches!(searched, Err(AppError::Interdit(Refus::FonctionFermee))));
}

#[tokio::test]
async fn contacter_is_no_function_of_tarn_et_garonne_and_is_one_of_the_others() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    for (departement, stated) in [("82", false), ("83", true), ("57", true), ("92", true), ("69", true)] {
        let technicien = scene.signin(&format!("{departement}.technicien")).await;
        let ouvertes = home(ctx, &technicien).await.unwrap().ouvertes;
        assert_eq!(ouvertes.contains(&Sorte::Contacter), stated, "{departement}");
    }
}

#[tokio::test]
async fn documents_go_to_the_known_address_unless_the_convention_and_a_stated_quality_open_the_portal() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let departement = scene.signin("82.technicien").await;
    let route = async |qualite: &str| {
        let id = scene.draft(&departement, &with(saisie("82"), &[("qualite", qualite)])).await;
        review(ctx, &departement, id).await.unwrap().voie
    };
    assert_eq!(route("").await, Some(Voie::AdresseConnue));
    assert_eq!(route("tutelle_curatelle").await, Some(Voie::Portail));
    let malakoff = scene.signin("92.technicien").await;
    assert!(form(ctx, &malakoff, Sorte::Document, None).await.unwrap().qualites.is_empty());
    let id = scene.draft(&malakoff, &saisie("92")).await;
    assert_eq!(review(ctx, &malakoff, id).await.unwrap().voie, Some(Voie::AdresseConnue));
    let id = scene.draft(&malakoff, &with(saisie("92"), &[("qualite", "tutelle_curatelle")])).await;
    assert_eq!(faults(review(ctx, &malakoff, id).await), ["qualite"], "a quality nobody recorded is refused");
}

#[tokio::test]
async fn moselle_asks_the_agreement_for_the_examen_and_skips_26_december() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let metz = scene.signin("57.technicien").await;
    let examen = with(saisie("57"), &[("documents", "invitation_examen|attestation_droits")]);
    let id = scene.draft(&metz, &examen).await;
    assert_eq!(faults(review(ctx, &metz, id).await), ["accord"]);
    let id = scene.draft(&metz, &with(examen, &[("accord", "ecrit")])).await;
    assert!(review(ctx, &metz, id).await.is_ok());
    // The year ends: five jours ouvrés from Friday 21 December 2029, the 26th counted in Paris and not in Metz.
    let until = chrono::NaiveDate::from_ymd_opt(2029, 12, 21).unwrap().and_hms_opt(9, 0, 0).unwrap().and_utc();
    scene.essai.clock.set(until);
    for (nom, departement, due) in [("57.technicien", "57", "2030-01-02"), ("83.technicien", "83", "2029-12-31")] {
        let technicien = scene.signin(nom).await;
        let reference = scene.file(&technicien, &saisie(departement)).await;
        let recu = receipt(ctx, &technicien, &reference).await.unwrap();
        assert_eq!(recu.accuse.echeance.to_string(), due, "{nom}");
    }
}

#[tokio::test]
async fn a_draft_expires_thirty_days_after_its_last_change() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let id = scene.draft(&technicien, &saisie("82")).await;
    scene.essai.clock.advance(TimeDelta::days(29));
    let technicien = scene.signin("82.technicien").await;
    save_draft(ctx, &technicien, Sorte::Document, id, &saisie("82")).await.unwrap();
    scene.essai.clock.advance(TimeDelta::days(29));
    scene.jobs().await;
    let technicien = scene.signin("82.technicien").await;
    assert!(load_draft(ctx, &technicien, id).await.is_ok(), "changed 29 days ago");
    scene.essai.clock.advance(TimeDelta::days(2));
    scene.jobs().await;
    let technicien = scene.signin("82.technicien").await;
    assert!(matches!(load_draft(ctx, &technicien, id).await, Err(AppError::Introuvable)));
}

#[tokio::test]
async fn one_name_and_an_unknown_day_of_birth_are_kept_as_given() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let one = with(saisie("82"), &[("nom", ""), ("prenom", "Awa"), ("naissance_jour", ""), ("naissance_mois", "")]);
    let reference = scene.file(&technicien, &one).await;
    let contenu = receipt(ctx, &technicien, &reference).await.unwrap().demande.contenu;
    assert_eq!((contenu.nom.as_str(), contenu.prenom.as_str(), contenu.naissance.as_str()), ("Awa", "", "1985-00-00"));
}

#[tokio::test]
async fn where_no_convention_covers_the_caisse_its_channels_are_told() {
    let scene = Scene::new().await;
    let technicien = scene.signin("83.technicien").await;
    let id = scene.draft(&technicien, &saisie("82")).await;
    let Err(AppError::Saisie(erreurs)) = review(&scene.essai.ctx, &technicien, id).await else { panic!("refused") };
    let message = &erreurs[0].message;
    assert!(message.contains("3646") && message.contains("ameli") && message.contains("rien n’a été envoyé"));
    assert!(message.contains("CPAM de Tarn-et-Garonne : "), "its own address: {message}");
}

#[tokio::test]
async fn a_draft_never_becomes_one_of_another_kind() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("83.technicien").await;
    let id = scene.draft_of(&technicien, Sorte::Document, &saisie("83")).await;
    let other = save_draft(ctx, &technicien, Sorte::Etude, id, &with(saisie("83"), &[("nom", "Autre")])).await;
    assert!(matches!(other, Err(AppError::Conflit)), "{other:?}");
    let kept = load_draft(ctx, &technicien, id).await.unwrap();
    assert_eq!((kept.sorte, kept.saisie), (Sorte::Document, saisie("83")), "what it held is untouched");
}
