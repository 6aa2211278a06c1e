//! The référent's pages: home, page of a convention, acts with what they refuse, ends, the good end; foreign conventions.

use domain::demande::Sorte;
use http::StatusCode;
use testkit::depot::draft;
use testkit::fichiers::pdf;
use testkit::saisies::saisie;
use testkit::{Client, Page, TestApp};

const VAR: &str = "/conventions/001-var";

/// The version that the form of a page was made from.
async fn version(client: &mut Client, page: &str) -> String {
    client.get(page).await.attr("input[name=version]", "value").expect("a form")
}

fn day<'a>(nom: &str, le: (&'a str, &'a str, &'a str)) -> Vec<(String, &'a str)> {
    vec![(format!("{nom}_jour"), le.0), (format!("{nom}_mois"), le.1), (format!("{nom}_annee"), le.2)]
}

async fn post(client: &mut Client, path: &str, fields: &[(&str, &str)], days: &[(String, &str)]) -> Page {
    let mut all: Vec<(&str, &str)> = fields.to_vec();
    all.extend(days.iter().map(|(name, value)| (name.as_str(), *value)));
    client.post(path, &all).await
}

/// Records a mise en demeure of 5 December 2028.
async fn letter(client: &mut Client) -> Page {
    let version = version(client, &format!("{VAR}/lettres")).await;
    let fields = [
        ("version", version.as_str()),
        ("papier", "metier"),
        ("nature", "mise_en_demeure"),
        ("par", "caisse"),
        ("numero", "1A 000 000 0000 1"),
        ("motif", "Des comptes sont partagés."),
    ];
    let mut days = day("envoyee_le", ("5", "12", "2028"));
    days.extend(day("recue_le", ("", "", "")));
    post(client, &format!("{VAR}/lettres"), &fields, &days).await
}

/// Asks to end the métier on a day; the confirmation.
async fn asked(client: &mut Client, le: (&str, &str, &str)) -> Page {
    let version = version(client, &format!("{VAR}/fin")).await;
    let fields =
        [("version", version.as_str()), ("voie", "metier.manquement"), ("motif", "Le manquement n’est pas réparé.")];
    post(client, &format!("{VAR}/fin"), &fields, &day("le", le)).await
}

#[tokio::test]
async fn the_home_of_a_referent_is_the_calendar_of_his_conventions() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("57.referent").await;
    for path in ["/", "/conventions"] {
        let page = referent.get(path).await;
        let text = page.main_text();
        for said in ["25 août 2029", "24 novembre 2029", "25 novembre 2029", "Eurométropole de Metz", "Renouvelée"] {
            assert!(text.contains(said), "{path}: {said}: {text}");
        }
    }
    let page = referent.get("/conventions/002-moselle").await;
    let text = page.main_text();
    for said in
        ["Convention métier", "En vigueur le", "Nombre de comptes", "Historique", "Tout ce que dit la convention"]
    {
        assert!(text.contains(said), "{said}");
    }
}

#[tokio::test]
async fn a_function_is_switched_with_a_reason_and_the_history_says_it() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("83.referent").await;
    let path = format!("{VAR}/fonctions");
    let version = version(&mut referent, &path).await;
    let silent = [("version", version.as_str()), ("fonction", "document"), ("motif", "")];
    let page = referent.post(&path, &silent).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.texts(".govuk-error-summary a"), ["Dites pourquoi : la raison reste dans l’historique."]);
    assert!(page.attr("input[value=document][checked]", "value").is_some(), "the choice is kept");
    let right = [("version", version.as_str()), ("fonction", "document"), ("motif", "Service en travaux.")];
    let done = referent.post(&path, &right).await;
    assert_eq!(done.location(), format!("{VAR}?fait=fonction"));
    let text = referent.get(done.location()).await.main_text();
    assert!(text.contains("Fonction fermée : Demander un document") && text.contains("Service en travaux."), "{text}");
    // The same form again: the convention has changed since.
    let stale = referent.post(&path, &right).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.main_text().contains("Service en travaux."), "what was typed stays");
    let mut technicien = app.signed("83.technicien").await;
    assert!(!technicien.get("/").await.main_text().contains("Demander un document"));
}

#[tokio::test]
async fn an_end_shows_what_it_closes_asks_for_a_code_and_closes_on_its_day() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("83.referent").await;
    assert_eq!(letter(&mut referent).await.location(), format!("{VAR}?fait=lettre"));
    let text = referent.get(VAR).await.main_text();
    assert!(
        text.contains("Mise en demeure") && text.contains("résiliation possible à partir du 21 décembre 2028"),
        "{text}"
    );
    let early = asked(&mut referent, ("20", "12", "2028")).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.main_text().contains("au plus tôt le 21 décembre 2028"));
    let confirm = asked(&mut referent, ("1", "2", "2029")).await;
    assert_eq!(confirm.status, StatusCode::OK);
    let text = confirm.main_text();
    assert!(text.contains("tous ses comptes seront inactivés") && text.contains("3 comptes"), "{text}");
    assert_eq!(confirm.texts("main li").len(), 3, "each compte by its name");
    // Six minutes later the code is asked for, and nothing typed is lost.
    app.advance(chrono::TimeDelta::minutes(6));
    let hidden = |name: &str| confirm.attr(&format!("form[action$=confirmer] input[name={name}]"), "value").unwrap();
    let names = ["version", "voie", "motif", "le_jour", "le_mois", "le_annee"];
    let values: Vec<String> = names.iter().map(|n| hidden(n)).collect();
    let fields: Vec<(&str, &str)> = names.iter().copied().zip(values.iter().map(String::as_str)).collect();
    let path = format!("{VAR}/fin/confirmer");
    let refused = referent.post(&path, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.attr("input[name=code]", "autocomplete").is_some(), "{}", refused.main_text());
    let code = app.code(&app.monde.qui("83.referent").secret);
    let mut with_code = fields.clone();
    with_code.push(("code", &code));
    let done = referent.post(&path, &with_code).await;
    assert_eq!(done.location(), format!("{VAR}?fait=fin"), "{}", done.main_text());
    assert!(referent.get(VAR).await.main_text().contains("Résiliée"));
    app.set_time("2029-02-01T08:00:00Z".parse().unwrap());
    app.run_jobs().await;
    let mut referent = app.signed("83.referent").await;
    assert!(referent.get(VAR).await.main_text().contains("Terminée"));
}

#[tokio::test]
async fn the_good_end_is_read_by_both_sides_settled_by_the_caisse_and_printed() {
    let app = TestApp::monde().await;
    let technicien = app.requete("83.technicien").await;
    let id = draft(&app.ctx, &technicien, Sorte::Document, &saisie(Sorte::Document)).await;
    let reference = app::demande::submit(&app.ctx, &technicien, id).await.unwrap();
    let mut referent = app.signed("83.referent").await;
    assert_eq!(referent.get(&format!("{VAR}/bonne-fin")).await.status, StatusCode::NOT_FOUND, "no end is known");
    letter(&mut referent).await;
    let confirm = asked(&mut referent, ("1", "2", "2029")).await;
    let version = confirm.attr("input[name=version]", "value").unwrap();
    let fields =
        [("version", version.as_str()), ("voie", "metier.manquement"), ("motif", "Le manquement n’est pas réparé.")];
    post(&mut referent, &format!("{VAR}/fin/confirmer"), &fields, &day("le", ("1", "2", "2029"))).await;

    let path = format!("{VAR}/bonne-fin");
    let page = referent.get(&path).await;
    assert!(page.main_text().contains(&reference) && page.main_text().contains("Documents non remis"));
    let version = page.attr("input[name=version]", "value").unwrap();
    let (suite, note) = (format!("suite_{reference}"), format!("note_{reference}"));
    let nothing = [("version", version.as_str()), ("reference", &reference), (&note, "à voir")];
    let refused = referent.post(&path, &nothing).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("à voir") && refused.attr("details[open]", "open").is_some());
    let chosen =
        [("version", version.as_str()), ("reference", &reference), (&suite, "terminee_par_la_caisse"), (&note, "")];
    assert_eq!(referent.post(&path, &chosen).await.location(), format!("{path}?fait=suite"));
    assert_eq!(
        referent.post(&format!("{path}/remettre"), &[("version", &version)]).await.location(),
        format!("{path}?fait=remise")
    );

    let mut gestionnaire = app.signed("83.gestionnaire").await;
    let page = gestionnaire.get(&path).await;
    assert!(page.main_text().contains("La caisse la termine"), "{}", page.main_text());
    assert_eq!(page.texts("main form").len(), 0, "the partner reads, the caisse decides");
    let pdf = gestionnaire.get(&format!("{path}.pdf")).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert_eq!(gestionnaire.get(VAR).await.status, StatusCode::FORBIDDEN);
    let mut stranger = app.signed("82.gestionnaire").await;
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_convention_of_another_caisse_answers_like_one_that_is_not_there() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("57.referent").await;
    let routes: Vec<_> = app.routes.iter().filter(|r| r.path.starts_with("/conventions/{cle}")).cloned().collect();
    assert!(routes.len() > 15, "{}", routes.len());
    for route in routes {
        let path = route.path.replace("{piece}", "01900000-0000-7000-8000-000000000000");
        let (foreign, unknown) = (path.replace("{cle}", "001-var"), path.replace("{cle}", "001-rien"));
        // Their forms have fields of their own, which are read before the convention.
        let sheet = ["fiche", "coupure", "union", "pieces", "echanges"].iter().any(|part| path.contains(part));
        let (a, b) = if route.method == http::Method::GET {
            (referent.get(&foreign).await, referent.get(&unknown).await)
        } else {
            let fields: &[(&str, &str)] = match route.path.rsplit('/').next().unwrap() {
                "recue" | "reparee" => &[("version", "1"), ("lettre", "01900000-0000-7000-8000-000000000000")],
                "confirmer" => &[("version", "1"), ("le_jour", "1"), ("le_mois", "2"), ("le_annee", "2029")],
                _ if sheet => &[],
                _ => &[("version", "1")],
            };
            (referent.post(&foreign, fields).await, referent.post(&unknown, fields).await)
        };
        assert_eq!((a.status, a.body), (b.status, b.body), "{} {}", route.method, route.path);
        if !sheet || route.method == http::Method::GET {
            assert_eq!(b.status, StatusCode::NOT_FOUND, "{} {}", route.method, route.path);
        }
    }
}

#[tokio::test]
async fn a_file_that_is_no_convention_is_refused_line_by_line_with_what_was_typed() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("83.referent").await;
    let path = format!("{VAR}/avenants");
    let version = version(&mut referent, &path).await;
    let mut days = day("effet_le", ("1", "2", "2029"));
    for role in ["caisse", "partenaire", "carsat"] {
        days.extend(day(&format!("signature_{role}"), ("5", "1", "2029")));
    }
    let mut fields = vec![("version", version.as_str()), ("papier", "utilisation"), ("objet", "Plus de comptes.")];
    fields.extend(days.iter().map(|(n, v)| (n.as_str(), *v)));
    let wrong = "cle = \"001-var\"\ncle_caisse = \"var\"\ncle_partenaire = \"ccas-grimaud\"\n\n[fonctions]\ncouleur = \"bleu\"\n";
    let page = referent.post_files(&path, &fields, &[("avenant.toml", wrong.as_bytes())]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = page.main_text();
    assert!(text.contains("ligne 6") && text.contains("fonctions.couleur"), "{text}");
    assert!(page.body.contains("Plus de comptes."), "what was typed is kept");
    let binary = referent.post_files(&path, &fields, &[("avenant.toml", pdf("x").as_slice())]).await;
    assert_eq!(binary.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut typed = fields.clone();
    typed.extend([("gestionnaires", "2"), ("techniciens", "7")]);
    let done = referent.post_files(&path, &typed, &[]).await;
    assert_eq!(done.location(), format!("{VAR}?fait=avenant"), "{}", done.main_text());
    let text = referent.get(&format!("{VAR}/versions")).await.main_text();
    assert!(text.contains("2 gestionnaires et 7 techniciens") && text.contains("pas encore en vigueur"), "{text}");
    let text = referent.get(&format!("{VAR}/version?version=1")).await.main_text();
    assert!(text.contains("Convention d’origine"));
}

#[tokio::test]
async fn an_active_convention_that_lacks_nothing_offers_no_field_to_fill() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("83.referent").await;
    let page = referent.get(&format!("{VAR}/completer")).await;
    assert!(page.main_text().contains("Rien n’est à compléter."), "{}", page.main_text());
    assert_eq!(page.texts("main form").len(), 0);
}
