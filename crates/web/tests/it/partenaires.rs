//! Pages of structures: sheets with bad input, a cut while pages are open, news, the printed document.

use http::StatusCode;
use testkit::TestApp;

const FICHE: &str = "/conventions/001-var/fiche";

/// The version that the form of a page was made from.
fn version(page: &testkit::Page) -> String {
    page.attr("input[name=version]", "value").expect("a version")
}

#[tokio::test]
async fn a_sheet_is_edited_with_what_was_typed_kept_and_every_fault_at_its_field() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("83.referent").await;
    let list = referent.get("/partenaires?recherche=grimaud").await;
    assert!(list.main_text().contains("CCAS de Grimaud"), "{}", list.main_text());
    let sheet = referent.get("/partenaires/ccas-grimaud").await;
    for said in ["La structure", "La caisse", "La CARSAT", "Historique des changements", "SIRET"] {
        assert!(sheet.main_text().contains(said), "{said}");
    }
    let path = format!("{FICHE}/modifier");
    let form = referent.get(&format!("{path}?partie=partenaire")).await;
    let version = version(&form);
    let fields = |siret: &'static str| {
        vec![
            ("nom", "CCAS <b>de</b> Grimaud"),
            ("nom_court", "CCAS"),
            ("siret", siret),
            ("site", "pas un site"),
            ("partie", "partenaire"),
        ]
    };
    let mut bad = fields("123");
    bad.push(("version", version.as_str()));
    let refused = referent.post(&path, &bad).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.title().starts_with("Erreur : "));
    assert_eq!(refused.texts(".govuk-error-summary__list a").len(), 2, "all faults at once");
    assert_eq!(refused.attr("input[name=nom]", "value").as_deref(), Some("CCAS <b>de</b> Grimaud"), "typed is kept");
    assert!(!refused.body.contains("<b>de</b>"), "and escaped");
    let form = referent.get(&format!("{FICHE}/interlocuteur?partie=partenaire")).await;
    let version = self::version(&form);
    let person = [
        ("themes", "referent"),
        ("nom_personne", "Olympe Saint-Tropel"),
        ("role", ""),
        ("courriel_personne", "accueil@ccas-grimaud.example"),
        ("telephone", ""),
        ("partie", "partenaire"),
        ("rang", ""),
        ("version", version.as_str()),
    ];
    let done = referent.post(&format!("{FICHE}/interlocuteur"), &person).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/conventions/001-var/fiche?fait=changee"));
    let mut gestionnaire = app.signed("83.gestionnaire").await;
    let theirs = gestionnaire.get("/ma-structure/fiche").await;
    assert!(theirs.main_text().contains("Olympe Saint-Tropel"), "the other side sees it: {}", theirs.main_text());
    let stale = referent.post(&format!("{FICHE}/interlocuteur"), &person).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_structure_is_entered_and_a_date_that_is_none_is_told_with_the_rest() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("83.referent").await;
    referent.get("/partenaires/nouveau").await;
    let date = [("membres_au_jour", "31"), ("membres_au_mois", "2"), ("membres_au_annee", "2029")];
    let bad = [&[("nom", "Essai"), ("nom_court", ""), ("membres", "12")][..], &date].concat();
    let refused = referent.post("/partenaires/nouveau", &bad).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = refused.texts(".govuk-error-summary__list a").join(" ");
    assert!(told.contains("une date qui existe") && told.contains("nom court"), "{told}");
    let made = referent.post("/partenaires/nouveau", &[("nom", "Essai"), ("nom_court", "Essai")]).await;
    assert_eq!(made.location(), "/partenaires/essai?fait=creee");
    let sheet = referent.get(made.location()).await;
    assert!(sheet.main_text().contains("Projet"), "{}", sheet.main_text());
}

pub fn decision() -> Vec<(&'static str, &'static str)> {
    vec![
        ("motif", "Usage contraire aux conditions"),
        ("par", "Le Directeur"),
        ("le_jour", "7"),
        ("le_mois", "1"),
        ("le_annee", "2029"),
        ("moyen", "Lettre recommandée électronique"),
        ("numero", "1A 22"),
        ("envoyee_le_jour", "8"),
        ("envoyee_le_mois", "1"),
        ("envoyee_le_annee", "2029"),
        ("code", ""),
    ]
}

#[tokio::test]
async fn a_cut_refuses_the_next_request_of_every_open_page() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("83.technicien").await;
    let mut gestionnaire = app.signed("83.gestionnaire").await;
    let form = technicien.get("/demandes/nouvelle/document").await;
    assert_eq!(form.status, StatusCode::OK);
    let draft = form.attr("input[name=brouillon]", "value").unwrap();
    let mut referent = app.signed("83.referent").await;
    let before = referent.get("/conventions/001-var/coupure").await;
    for said in ["1 compte sans accès", "2 comptes sans accès", "Toutes fermées", "ne travaille qu’avec votre caisse"]
    {
        assert!(before.main_text().contains(said), "{said}: {}", before.main_text());
    }
    let empty = referent.post("/conventions/001-var/coupure", &[("code", "")]).await;
    assert_eq!(
        (empty.status, empty.texts(".govuk-error-summary__list a").len()),
        (StatusCode::UNPROCESSABLE_ENTITY, 6)
    );
    let done = referent.post("/conventions/001-var/coupure", &decision()).await;
    assert_eq!(done.location(), "/conventions/001-var/coupure?fait=coupee", "{}", done.main_text());
    let autosave =
        technicien.post("/demandes/nouvelle/document/brouillon", &[("brouillon", &draft), ("nom", "Essai")]).await;
    assert!(
        autosave.location().starts_with("/connexion") || autosave.status == StatusCode::FORBIDDEN,
        "{:?}",
        autosave.status
    );
    for page in [technicien.get("/").await, gestionnaire.get("/comptes").await] {
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        assert!(page.location().starts_with("/connexion"), "{}", page.location());
    }
    let shown = referent.get("/conventions/001-var/coupure").await;
    assert!(shown.main_text().contains("L’accès de cette structure est coupé."));
    let lifted = referent.post("/conventions/001-var/coupure/lever", &[("motif", "Remédié"), ("code", "")]).await;
    assert_eq!(lifted.location(), "/conventions/001-var/coupure?fait=levee");
    assert_eq!(app.signed("83.technicien").await.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_signs_in_while_the_structure_is_stopped_reads_whom_to_call() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("83.referent").await;
    referent.get("/conventions/001-var/coupure").await;
    referent.post("/conventions/001-var/coupure", &decision()).await;
    let persona = app.monde.qui("83.technicien");
    let mut visitor = app.client();
    visitor.get("/connexion").await;
    let password = testkit::monde::MOT_DE_PASSE;
    let typed = [("identifiant", persona.identifiant.as_str()), ("mot_de_passe", password), ("retour", "")];
    assert_eq!(visitor.post("/connexion", &typed).await.location(), "/connexion/code");
    visitor.get("/connexion/code").await;
    let code = app.code(&persona.secret);
    let page = visitor.post("/connexion/code", &[("code", code.as_str()), ("retour", "")]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    for said in ["suspendu", "04 65 71 10 21", "honorine.castelbrun@cpam-var.example"] {
        assert!(page.main_text().contains(said), "{said}: {}", page.main_text());
    }
    assert!(!page.body.contains("contraire aux conditions"), "never why");
}

#[tokio::test]
async fn news_stands_on_the_home_until_it_is_read() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("83.referent").await;
    referent.get("/actualites").await;
    let empty = referent.post("/actualites", &[("titre", ""), ("texte", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = referent.post("/actualites", &[("titre", "Un webinaire"), ("texte", "Lundi à dix heures.")]).await;
    assert_eq!(done.location(), "/actualites?fait=publiee");
    for (nom, home) in [("83.technicien", "/"), ("83.gestionnaire", "/comptes")] {
        let mut reader = app.signed(nom).await;
        let page = reader.get(home).await;
        assert!(page.main_text().contains("Lundi à dix heures."), "{nom}: {}", page.main_text());
        let action = page.attr("form[action$='/lue']", "action").unwrap();
        reader.post(&action, &[]).await;
        assert!(!reader.get(home).await.main_text().contains("Lundi à dix heures."), "{nom}");
        assert!(reader.get("/actualites").await.main_text().contains("Lundi à dix heures."), "{nom}");
    }
}

#[tokio::test]
async fn leaving_a_union_shows_what_it_closes_before_its_form() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("69.referent").await;
    let page = referent.get("/conventions/004-rhone/union").await;
    let text = page.main_text();
    for said in ["tous ses comptes seront inactivés. 3 comptes", "technicienb Persona GJ (technicien)"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let (closes, form) = (text.find("Ce que cela ferme"), text.find("Date de l’avertissement"));
    assert!(closes.is_some() && closes < form, "{text}");
    let refused = referent.post("/conventions/004-rhone/union/sortie", &[("moyen", ""), ("code", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.main_text().contains("Ce que cela ferme"), "still, when the form was refused");
    app.with_fictives().await;
    let text = referent.get("/conventions/004-rhone/union").await.main_text();
    assert!(text.contains("Seul l’accès à CPAM du Rhône ferme") && text.contains("CPAM de l’Isère"), "{text}");
    assert!(!text.contains("technicienb"), "{text}");
}

#[tokio::test]
async fn the_printed_conventions_are_a_page_and_a_pdf_for_both_sides() {
    let app = TestApp::monde().await;
    for nom in ["83.referent", "83.gestionnaire"] {
        let mut reader = app.signed(nom).await;
        let page = reader.get("/conventions/001-var/document").await;
        assert_eq!(page.h1(), "Conventions entre CPAM du Var et CCAS de Grimaud");
        assert!(page.main_text().contains("de 11 à 25 membres"));
        let pdf = reader.get("/conventions/001-var/document.pdf").await;
        assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"));
        assert!(pdf.body.starts_with("%PDF-"));
    }
}

#[tokio::test]
async fn a_foreign_convention_answers_like_an_unknown_one() {
    let app = TestApp::monde().await;
    for nom in ["57.referent", "82.gestionnaire"] {
        let mut foreign = app.signed(nom).await;
        for rest in ["fiche", "document", "document.pdf", "pieces", "echanges"] {
            let theirs = foreign.get(&format!("/conventions/001-var/{rest}")).await;
            let none = foreign.get(&format!("/conventions/inconnue/{rest}")).await;
            assert_eq!((theirs.status, theirs.body), (StatusCode::NOT_FOUND, none.body), "{nom} {rest}");
        }
    }
}

#[tokio::test]
async fn a_sheet_that_somebody_else_changed_meanwhile_comes_back_with_what_was_typed() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("83.referent").await;
    let path = format!("{FICHE}/dpo");
    let version = version(&referent.get(&format!("{path}?partie=partenaire")).await);
    let typed = |courriel: &'static str| {
        [("dpo_courriel", courriel), ("dpo_adresse", "1 rue d’Essai, 83000 Essai"), ("partie", "partenaire")]
    };
    let with = |typed: [(&'static str, &'static str); 3]| [&typed[..], &[("version", version.as_str())]].concat();
    let done = referent.post(&path, &with(typed("un@ccas-grimaud.example"))).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.main_text());
    let stale = referent.post(&path, &with(typed("deux@ccas-grimaud.example"))).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.main_text().contains("a changé pendant"), "{}", stale.main_text());
    assert_eq!(stale.attr("input[name=dpo_courriel]", "value").as_deref(), Some("deux@ccas-grimaud.example"));
    let again = self::version(&stale);
    let mut fields = typed("deux@ccas-grimaud.example").to_vec();
    fields.push(("version", &again));
    assert_eq!(referent.post(&path, &fields).await.status, StatusCode::SEE_OTHER, "sent again, it is taken");
}

#[tokio::test]
async fn the_last_person_of_a_theme_stays_and_the_page_says_why() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("83.referent").await;
    let mut refused = None;
    for _ in 0..9 {
        let page = referent.get(&format!("{FICHE}/interlocuteur?partie=partenaire&rang=0&retirer=oui")).await;
        let version = version(&page);
        let fields = [("partie", "partenaire"), ("rang", "0"), ("retirer", "oui"), ("version", version.as_str())];
        let answer = referent.post(&format!("{FICHE}/interlocuteur"), &fields).await;
        if answer.status != StatusCode::SEE_OTHER {
            refused = Some(answer);
            break;
        }
    }
    let page = refused.expect("somebody stays");
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.h1().starts_with("Retirer "), "{}", page.h1());
    assert!(page.main_text().contains("L’accès de la structure en dépend"), "{}", page.main_text());
}
