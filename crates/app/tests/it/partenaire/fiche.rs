//! Sheets of both sides: kept by people, dated, told (PA-1, PA-4).

use super::{champs, convention, le, overwrite, preuves, projet, told};
use app::AppError;
use app::partenaire::{Cible, create, edit_dpo, edit_faits, edit_personne, list, mine, of_partenaire, sheet};
use domain::convention::{DpoSaisi, FaitsSaisis, PersonneSaisie, Role};
use domain::preuve::Nature;
use testkit::TestApp;

async fn cible(app: &TestApp, cle: &str, role: Role) -> Cible {
    Cible { cle: cle.to_owned(), role, version: convention(app, cle).await.version }
}

fn personne(nom: &str) -> PersonneSaisie {
    PersonneSaisie {
        themes: vec!["referent".to_owned()],
        nom: nom.to_owned(),
        role: "Cheffe de service".to_owned(),
        courriel: "nouvelle@ccas-grimaud.example".to_owned(),
        telephone: "01 99 00 11 22".to_owned(),
    }
}

#[tokio::test]
async fn the_desk_edits_a_sheet_and_the_change_is_dated_proved_and_told_to_all_signatories() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let before = app.mails().len();
    let cible = cible(&app, "001-var", Role::Partenaire).await;
    edit_personne(&app.ctx, &referent, &cible, Some(0), Some(&personne("Olympe Saint-Tropel"))).await.unwrap();
    app.run_jobs().await;
    let feuille = sheet(&app.ctx, &referent, "001-var").await.unwrap();
    let kept = &feuille.histoire[0];
    assert_eq!((kept.partie, kept.objet.code(), kept.le), (Role::Partenaire, "interlocuteur", app.ctx.now()));
    assert_eq!(kept.auteur, Some(app.monde.qui("83.referent").id()));
    let valeur = &kept.valeurs[0];
    assert!(valeur.avant.as_deref().unwrap().contains("Clélie Rocamart"), "{valeur:?}");
    assert!(valeur.apres.as_deref().unwrap().contains("Olympe Saint-Tropel"), "{valeur:?}");
    assert_eq!(preuves(&app, "001-var").await[0].nature, Nature::Changement);
    let told = told(&app, before);
    let to: Vec<&str> = told.iter().map(|(to, _)| to.as_str()).collect();
    for signatory in [
        "partenaires@cpam-var.example",
        "honorine.castelbrun@cpam-var.example",
        "accueil@ccas-grimaud.example",
        "nouvelle@ccas-grimaud.example",
        "service-social@carsat-sud-est.example",
        "gestionnaire.83@essai.example",
        "referent.83@essai.example",
    ] {
        assert!(to.contains(&signatory), "{signatory} is not told: {to:?}");
    }
    assert!(told.iter().all(|(_, sujet)| !sujet.contains("Olympe")), "no person in a mail");
    // The other side reads the current sheet, with the same history.
    let gestionnaire = app.requete("83.gestionnaire").await;
    let theirs = mine(&app.ctx, &gestionnaire).await.unwrap();
    assert_eq!(theirs[0].histoire, feuille.histoire);
    assert_eq!(theirs[0].dossier.stipulations.partenaire.personnes()[0].nom, "Olympe Saint-Tropel");
}

#[tokio::test]
async fn a_gestionnaire_names_interlocuteurs_and_officer_of_his_own_structure_and_nothing_else() {
    let app = TestApp::monde().await;
    let gestionnaire = app.requete("83.gestionnaire").await;
    let ours = cible(&app, "001-var", Role::Partenaire).await;
    let faits = FaitsSaisis::from(&convention(&app, "001-var").await.dossier.stipulations.partenaire);
    let refused = edit_faits(&app.ctx, &gestionnaire, &ours, &faits).await;
    assert!(matches!(refused, Err(AppError::Interdit(_))), "{refused:?}");
    let theirs = Cible { role: Role::Caisse, ..ours.clone() };
    let refused = edit_personne(&app.ctx, &gestionnaire, &theirs, None, Some(&personne("X"))).await;
    assert!(matches!(refused, Err(AppError::Interdit(_))), "{refused:?}");
    let foreign = Cible { cle: "000-tarn-et-garonne".to_owned(), ..ours.clone() };
    let refused = edit_personne(&app.ctx, &gestionnaire, &foreign, None, Some(&personne("X"))).await;
    assert!(matches!(refused, Err(AppError::Introuvable)), "{refused:?}");
    let kept = convention(&app, "001-var").await.dossier.stipulations.partenaire.dpo_saisi();
    let dpo = DpoSaisi { courriel: "dpo@ccas-grimaud.example".to_owned(), ..kept };
    edit_dpo(&app.ctx, &gestionnaire, &ours, &dpo).await.unwrap();
    let sheet = convention(&app, "001-var").await.dossier.stipulations.partenaire;
    assert_eq!(sheet.dpo().unwrap().courriel.as_deref(), Some("dpo@ccas-grimaud.example"));
    let technicien = app.requete("83.technicien").await;
    assert!(matches!(mine(&app.ctx, &technicien).await, Err(AppError::Interdit(_))));
}

#[tokio::test]
async fn faults_are_told_at_their_fields_and_a_stale_form_overwrites_nothing() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let ours = cible(&app, "001-var", Role::Partenaire).await;
    let faits = FaitsSaisis { nom: "CCAS".to_owned(), siret: "123".to_owned(), ..FaitsSaisis::default() };
    let told = champs(edit_faits(&app.ctx, &referent, &ours, &faits).await);
    assert_eq!(told, ["nom_court", "siret"]);
    edit_personne(&app.ctx, &referent, &ours, None, Some(&personne("Une de plus"))).await.unwrap();
    let stale = edit_personne(&app.ctx, &referent, &ours, Some(0), None).await;
    assert!(matches!(stale, Err(AppError::Conflit)), "{stale:?}");
    assert_eq!(convention(&app, "001-var").await.dossier.stipulations.partenaire.personnes().len(), 3);
}

#[tokio::test]
async fn facts_of_a_structure_are_one_truth_at_all_its_caisses_and_an_import_does_not_take_them_back() {
    let app = TestApp::monde().await;
    app.with_fictives().await;
    let referent = app.requete("57.referent").await;
    let ours = cible(&app, "002-moselle", Role::Partenaire).await;
    let mut faits = FaitsSaisis::from(&convention(&app, "002-moselle").await.dossier.stipulations.partenaire);
    (faits.nom_court, faits.adresse) = ("Metz".into(), "2 place d’Essai, 57000 Metz".into());
    edit_faits(&app.ctx, &referent, &ours, &faits).await.unwrap();
    let both = [convention(&app, "002-moselle").await, convention(&app, "010-fictive-meurthe-et-moselle").await];
    for c in &both {
        let sheet = &c.dossier.stipulations.partenaire;
        assert_eq!(
            (sheet.nom_affiche(), sheet.ou_ecrire().contains("2 place d’Essai")),
            ("Metz", true),
            "{}",
            c.dossier.cle
        );
    }
    assert_eq!(both[1].dossier.stipulations.partenaire.personnes().len(), 0, "interlocuteurs stay each convention's");
    // The papers say another address and another name: the sheet stands.
    let mut files = testkit::demo::conventions().to_vec();
    files.push(testkit::demo::complements());
    files.extend(testkit::demo::fictives());
    app::convention::import(&app.ctx, &files, false).await.unwrap();
    let again = convention(&app, "002-moselle").await.dossier.stipulations.partenaire;
    assert_eq!((again.nom_affiche(), again.ou_ecrire().contains("2 place d’Essai")), ("Metz", true));
    let tx = app.ctx.store.begin_read().await.unwrap();
    let row = store::partenaire::by_slug(&tx, "metz-metropole").await.unwrap().unwrap();
    assert_eq!((row.nom_court.as_str(), row.departement.as_deref()), ("Metz", Some("57")));
}

#[tokio::test]
async fn an_import_neither_renames_nor_moves_a_structure_that_is_known() {
    let app = TestApp::monde().await;
    let mut files = testkit::demo::fictives().to_vec();
    for (_, text) in &mut files {
        *text = text.replace("nom_court = \"CCAS de Pierre-Bénite\"", "nom_court = \"Autre nom\"");
    }
    app::convention::import(&app.ctx, &files, false).await.unwrap();
    let tx = app.ctx.store.begin_read().await.unwrap();
    let row = store::partenaire::by_slug(&tx, "ccas-pierre-benite").await.unwrap().unwrap();
    assert_eq!((row.nom_court.as_str(), row.departement.as_deref()), ("CCAS de Pierre-Bénite", Some("69")));
}

#[tokio::test]
async fn a_structure_is_entered_once_and_stands_in_the_list_as_a_project() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let saisis = FaitsSaisis {
        nom: "Centre communal d’action sociale d’Essai-sur-Mer".into(),
        nom_court: "CCAS d’Essai-sur-Mer".into(),
        siret: "00083101600019".into(),
        ..FaitsSaisis::default()
    };
    assert_eq!(champs(create(&app.ctx, &referent, &FaitsSaisis::default()).await), ["nom", "nom_court"]);
    let made = create(&app.ctx, &referent, &saisis).await.unwrap();
    assert_eq!((made.slug.as_str(), made.connue), ("ccas-d-essai-sur-mer", false));
    assert_eq!(champs(create(&app.ctx, &referent, &saisis).await), ["siret"], "this caisse has it already");
    let page = list(&app.ctx, &referent, "éssai sur", None).await.unwrap();
    assert_eq!(
        page.lignes.iter().map(|l| (l.slug.as_str(), l.etat.code())).collect::<Vec<_>>(),
        [("ccas-d-essai-sur-mer", "projet")]
    );
    let sheet = of_partenaire(&app.ctx, &referent, "ccas-d-essai-sur-mer").await.unwrap();
    assert!(!sheet.dossier.lacunes().is_empty());
    // Another caisse knows it by its SIRET: one structure, one sheet.
    let other = app.requete("57.referent").await;
    assert!(matches!(of_partenaire(&app.ctx, &other, "ccas-d-essai-sur-mer").await, Err(AppError::Introuvable)));
    let autrement = FaitsSaisis { nom: "Autrement dit".into(), ..saisis };
    let again = create(&app.ctx, &other, &autrement).await.unwrap();
    assert_eq!((again.slug.as_str(), again.connue), ("ccas-d-essai-sur-mer", true));
    let theirs = of_partenaire(&app.ctx, &other, &again.slug).await.unwrap().dossier.stipulations.partenaire;
    assert_eq!(theirs.nom_complet(), Some("Centre communal d’action sociale d’Essai-sur-Mer"));
}

#[tokio::test]
async fn the_list_is_paged_by_name_and_is_the_caisse_s_own() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    for n in 0..30 {
        let nom = format!("Structure {n:02}");
        let saisis = FaitsSaisis { nom: nom.clone(), nom_court: nom, ..FaitsSaisis::default() };
        create(&app.ctx, &referent, &saisis).await.unwrap();
    }
    let first = list(&app.ctx, &referent, "", None).await.unwrap();
    let second = list(&app.ctx, &referent, "", first.suite.as_ref()).await.unwrap();
    assert_eq!((first.lignes.len(), second.lignes.len(), second.suite), (25, 6, None));
    let mut names: Vec<String> = first.lignes.iter().chain(&second.lignes).map(|l| l.nom.clone()).collect();
    names.dedup();
    assert_eq!(names.len(), 31);
    let other = list(&app.ctx, &app.requete("57.referent").await, "", None).await.unwrap();
    assert_eq!(other.lignes.len(), 1);
    for nobody in ["83.agent", "83.gestionnaire", "83.administrateur"] {
        let refused = list(&app.ctx, &app.requete(nobody).await, "", None).await;
        assert!(matches!(refused, Err(AppError::Interdit(_))), "{nobody}");
    }
}

#[tokio::test]
async fn a_project_with_a_known_structure_writes_on_no_other_caisse_s_sheet() {
    let app = TestApp::monde().await;
    let cle = projet(&app, "83.referent", "002-moselle").await;
    let before = convention(&app, "002-moselle").await;
    let referent = app.requete("83.referent").await;
    let ours = cible(&app, &cle, Role::Partenaire).await;
    let mut faits = FaitsSaisis::from(&convention(&app, &cle).await.dossier.stipulations.partenaire);
    (faits.nom_court, faits.siret, faits.domaines) = ("Autre".into(), String::new(), "intrus.example".into());
    edit_faits(&app.ctx, &referent, &ours, &faits).await.unwrap();
    let ours = cible(&app, &cle, Role::Partenaire).await;
    let dpo = DpoSaisi { courriel: "dpo@intrus.example".into(), adresse: "1 rue d’Essai, 83000 Essai".into() };
    edit_dpo(&app.ctx, &referent, &ours, &dpo).await.unwrap();
    assert_eq!(convention(&app, &cle).await.dossier.stipulations.partenaire.nom_affiche(), "Autre", "its own is kept");
    let after = convention(&app, "002-moselle").await;
    assert_eq!((after.dossier, after.version), (before.dossier.clone(), before.version), "nothing of it elsewhere");
    let tx = app.ctx.store.begin_read().await.unwrap();
    let row = store::partenaire::by_slug(&tx, "metz-metropole").await.unwrap().unwrap();
    assert_ne!(row.nom_court, "Autre");
    let siret = before.dossier.stipulations.partenaire.siret.unwrap().valeur;
    assert!(store::partenaire::by_siret(&tx, &siret).await.unwrap().is_some(), "it is still known by its SIRET");
}

#[tokio::test]
async fn an_edit_takes_along_what_it_changed_and_each_convention_keeps_its_own_history() {
    let app = TestApp::monde().await;
    app.with_fictives().await;
    let mut theirs = convention(&app, "010-fictive-meurthe-et-moselle").await;
    let p = &mut theirs.dossier.stipulations.partenaire;
    p.adresse.as_mut().unwrap().valeur = "9 rue du Départ, 54000 Essai".into();
    p.domaines.as_mut().unwrap().valeur = vec!["autre.example".into()];
    overwrite(&app, &theirs).await;
    let referent = app.requete("57.referent").await;
    let ours = cible(&app, "002-moselle", Role::Partenaire).await;
    let mut faits = FaitsSaisis::from(&convention(&app, "002-moselle").await.dossier.stipulations.partenaire);
    faits.adresse = "2 place d’Essai, 57000 Metz".into();
    edit_faits(&app.ctx, &referent, &ours, &faits).await.unwrap();
    let theirs = convention(&app, "010-fictive-meurthe-et-moselle").await;
    let p = &theirs.dossier.stipulations.partenaire;
    assert_eq!(p.domaines.as_ref().unwrap().valeur, ["autre.example"], "what was not edited stands");
    let tx = app.ctx.store.begin_read().await.unwrap();
    let kept = store::fiche::history(&tx, theirs.id, 5).await.unwrap();
    let said: Vec<_> = kept[0].valeurs.iter().map(|v| (v.libelle.as_str(), v.avant.as_deref())).collect();
    assert_eq!(said, [("Adresse", Some("9 rue du Départ, 54000 Essai"))], "its own before");
}

#[tokio::test]
async fn a_sheet_never_loses_what_an_access_depends_on() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let ours = cible(&app, "001-var", Role::Partenaire).await;
    let as_is = FaitsSaisis::from(&convention(&app, "001-var").await.dossier.stipulations.partenaire);
    for (champ, faits) in [
        ("siret", FaitsSaisis { siret: String::new(), ..as_is.clone() }),
        ("adresse", FaitsSaisis { adresse: String::new(), ..as_is.clone() }),
        ("courriel", FaitsSaisis { courriel: String::new(), ..as_is.clone() }),
        ("domaines", FaitsSaisis { domaines: String::new(), ..as_is.clone() }),
    ] {
        let told = champs(edit_faits(&app.ctx, &referent, &ours, &faits).await);
        assert!(told.iter().any(|c| c == champ), "{champ}: {told:?}");
    }
    let gestionnaire = app.requete("83.gestionnaire").await;
    let mut told = Vec::new();
    while !convention(&app, "001-var").await.dossier.stipulations.partenaire.personnes().is_empty() {
        let ours = cible(&app, "001-var", Role::Partenaire).await;
        if let Err(refused) = edit_personne(&app.ctx, &gestionnaire, &ours, Some(0), None).await {
            told = champs::<()>(Err(refused));
            break;
        }
    }
    assert_eq!(told, ["themes"], "the last person of a theme stays");
    let c = convention(&app, "001-var").await;
    assert_eq!(c.dossier.etat(&c.actes, le("2029-01-08")), domain::convention::Etat::Active);
}

#[tokio::test]
async fn after_an_end_the_structure_begins_anew_at_the_same_caisse() {
    let app = TestApp::monde().await;
    let mut ended = convention(&app, "002-moselle").await;
    let saisis = FaitsSaisis::from(&ended.dossier.stipulations.partenaire);
    let referent = app.requete("57.referent").await;
    assert_eq!(champs(create(&app.ctx, &referent, &saisis).await), ["siret"]);
    ended.actes.fin = Some(domain::convention::Fin::new(le("2029-01-08"), "fin"));
    overwrite(&app, &ended).await;
    let made = create(&app.ctx, &referent, &saisis).await.unwrap();
    let sheet = of_partenaire(&app.ctx, &referent, &made.slug).await.unwrap();
    assert_eq!(sheet.dossier.cle, made.cle, "the sheet is the new one's");
    assert_eq!(champs(create(&app.ctx, &referent, &saisis).await), ["siret"], "and it is begun once");
}
