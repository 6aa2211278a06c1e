//! The comptes of a structure as a browser meets them: the gestionnaire's home, creation, closing, signals, and the
//! caisse's side.

use chrono::TimeDelta;
use domain::calendrier::Zone;
use http::StatusCode;
use testkit::{Client, Page, TestApp};

const TOUT: [(&str, &str); 7] = [
    ("prenom", "Maëlle"),
    ("nom", "Corvalenne"),
    ("fonction", "Accueil"),
    ("courriel", "maelle@departement-82.example"),
    ("atteste_lien", "oui"),
    ("atteste_equipement", "oui"),
    ("atteste_adresse", "oui"),
];

fn went(page: &Page, to: &str) {
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, to), "{}", page.main_text());
}

fn refused(page: &Page, champ: &str) {
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.main_text());
    assert!(page.title().starts_with("Erreur : "));
    let links = page.attr(&format!(".govuk-error-summary a[href='#{champ}']"), "href");
    assert!(links.is_some(), "{champ}: {}", page.main_text());
    assert!(page.attr(&format!("#{champ}"), "id").is_some() || ["profil", "invitation"].contains(&champ), "{champ}");
}

async fn row(client: &mut Client, nom: &str) -> String {
    let page = client.get("/comptes").await;
    let row = page.texts("tbody tr").into_iter().find(|r| r.contains(nom));
    row.unwrap_or_else(|| panic!("nobody is {nom}: {}", page.main_text()))
}

#[tokio::test]
async fn a_gestionnaire_creates_closes_and_reopens_from_his_home() {
    let app = TestApp::monde().await;
    let mut g = app.signed("82.gestionnaire").await;
    went(&g.get("/").await, "/comptes");
    let home = g.get("/comptes").await;
    assert!(home.main_text().contains("2 comptes de technicien sur 25 autorisés"), "{}", home.main_text());
    went(&g.post("/comptes/nouveau", &TOUT).await, "/comptes?fait=cree");
    assert!(g.get("/comptes?fait=cree").await.main_text().contains("Le compte est créé"));
    assert!(row(&mut g, "Maëlle Corvalenne").await.contains("Invité"));
    app.run_jobs().await;
    assert!(app.last_link().starts_with("/invitation/"));
    let page = g.get("/comptes").await;
    let path = page.attr("tbody a[href*='/comptes/']", "href").unwrap();
    let fiche = g.get(&path).await;
    assert!(fiche.h1().starts_with("Compte de "));
    let confirm = g.get(&format!("{path}/fermer")).await;
    if confirm.status == StatusCode::OK {
        assert!(confirm.main_text().contains("ses sessions sont coupées aussitôt"));
    }
}

#[tokio::test]
async fn what_was_typed_stays_when_the_code_is_missing_and_the_code_then_opens_the_act() {
    let app = TestApp::monde().await;
    let mut g = app.signed("82.gestionnaire").await;
    app.advance(TimeDelta::minutes(10));
    let page = g.post("/comptes/nouveau", &TOUT).await;
    refused(&page, "code");
    assert_eq!(page.attr("#courriel", "value").as_deref(), Some("maelle@departement-82.example"));
    let code = app.code(&app.monde.qui("82.gestionnaire").secret);
    let mut fields = TOUT.to_vec();
    fields.push(("code", &code));
    went(&g.post("/comptes/nouveau", &fields).await, "/comptes?fait=cree");
}

#[tokio::test]
async fn a_refused_creation_says_each_fault_at_its_field() {
    let app = TestApp::monde().await;
    let mut g = app.signed("82.gestionnaire").await;
    let page = g.post("/comptes/nouveau", &[("nom", "1234"), ("courriel", "x")]).await;
    for champ in ["nom", "prenom", "courriel", "atteste_lien", "atteste_equipement", "atteste_adresse"] {
        refused(&page, champ);
    }
    assert!(page.main_text().contains("Saisissez le prénom."), "{}", page.main_text());
    let mut gmail = TOUT;
    gmail[3].1 = "maelle@gmail.com";
    let page = g.post("/comptes/nouveau", &gmail).await;
    refused(&page, "courriel");
    assert!(page.main_text().contains("messagerie est ouverte à tous"));
    let page = g.post("/comptes/nouveau", &[("role", "gestionnaire")]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_signal_closes_at_once_and_its_proof_is_printed() {
    let app = TestApp::monde().await;
    let mut g = app.signed("82.gestionnaire").await;
    let mut t = app.signed("82.technicien").await;
    let path = format!("/comptes/{}", app.monde.qui("82.technicien").compte);
    assert!(g.get(&format!("{path}/signaler")).await.main_text().contains("Vous gardez une preuve datée"));
    went(&g.post(&format!("{path}/signaler"), &[("incident", "vol")]).await, &format!("{path}?fait=signale"));
    went(&t.get("/").await, "/connexion");
    let page = g.get(&format!("{path}/preuves")).await;
    assert!(page.main_text().contains("Vol des identifiants"), "{}", page.main_text());
    let pdf = g.get(&format!("{path}/preuves.pdf")).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"));
    let refus = g.post(&format!("{path}/rouvrir"), &[]).await;
    assert_eq!(refus.status, StatusCode::FORBIDDEN, "the caisse reopens");
    let mut r = app.signed("82.referent").await;
    went(&r.post(&format!("{path}/rouvrir"), &[]).await, &format!("{path}?fait=rouvert"));
    let mut ailleurs = app.signed("57.referent").await;
    assert_eq!(ailleurs.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn anybody_signals_his_own_compte_and_takes_what_he_accepted_with_him() {
    let app = TestApp::monde().await;
    let mut agent = app.signed("82.agent").await;
    let csv = agent.get("/mon-compte/acceptations.csv").await;
    assert!(csv.body.starts_with("texte;version;acceptee_le") && csv.body.contains("Mes engagements personnels;1;"));
    assert!(agent.get("/mon-compte").await.attr("a[href='/mon-compte/signalement']", "href").is_some());
    went(&agent.post("/mon-compte/signalement", &[("incident", "perte")]).await, "/connexion");
    went(&agent.get("/").await, "/connexion");
}

#[tokio::test]
async fn the_caisse_sees_names_and_states_allows_addresses_and_excludes() {
    let app = TestApp::monde().await;
    let mut r = app.signed("82.referent").await;
    let structures = r.get("/comptes").await;
    let path = structures.attr("tbody a", "href").unwrap();
    assert_eq!(path, "/partenaires/departement-tarn-et-garonne/comptes");
    assert!(r.get(&path).await.texts("tbody tr").len() >= 3);
    let base = "/partenaires/departement-tarn-et-garonne";
    refused(&r.post(&format!("{base}/adresses"), &[("objet", "gmail.com"), ("motif", "")]).await, "objet");
    let admise = [("objet", "association.org"), ("motif", "Centre social")];
    went(&r.post(&format!("{base}/adresses"), &admise).await, &format!("{base}/adresses?fait=admise"));
    let page = r.get(&format!("{base}/adresses")).await;
    let retrait = page.attr("a[href*='derogation=']", "href").unwrap();
    let id = retrait.split('=').nth(1).unwrap().to_owned();
    assert!(r.get(&retrait).await.h1().contains("association.org"));
    let retire = r.post(&format!("{base}/adresses/retirer"), &[("derogation", &id)]).await;
    went(&retire, &format!("{base}/adresses?fait=retiree"));
    let compte = format!("/comptes/{}", app.monde.qui("82.technicien").compte);
    refused(&r.post(&format!("{compte}/exclure"), &[("motif", "")]).await, "decision");
    let decision =
        [("decision_jour", "3"), ("decision_mois", "1"), ("decision_annee", "2028"), ("motif", "Usage personnel")];
    went(&r.post(&format!("{compte}/exclure"), &decision).await, &format!("{compte}?fait=exclu"));
    app.run_jobs().await;
    assert!(app.mails().iter().any(|m| m.sujet.contains("un utilisateur exclu")));
}

#[tokio::test]
async fn taking_an_exclusion_back_asks_why_at_its_field_and_keeps_what_was_typed() {
    let app = TestApp::monde().await;
    let mut r = app.signed("82.referent").await;
    let path = format!("/comptes/{}", app.monde.qui("82.technicien").compte);
    let decision =
        [("decision_jour", "3"), ("decision_mois", "1"), ("decision_annee", "2028"), ("motif", "Usage personnel")];
    went(&r.post(&format!("{path}/exclure"), &decision).await, &format!("{path}?fait=exclu"));
    let reopen = format!("{path}/rouvrir");
    refused(&r.post(&reopen, &[("motif", "")]).await, "motif");
    let long = "é".repeat(1001);
    let page = r.post(&reopen, &[("motif", &long)]).await;
    refused(&page, "motif");
    assert_eq!(page.text("#motif"), long, "what was too long is given back");
    app.advance(TimeDelta::minutes(10));
    let page = r.post(&reopen, &[("motif", "Erreur sur la personne.")]).await;
    refused(&page, "code");
    assert_eq!(page.text("#motif"), "Erreur sur la personne.");
    let code = app.code(&app.monde.qui("82.referent").secret);
    let typed = [("motif", "Erreur sur la personne."), ("code", code.as_str())];
    went(&r.post(&reopen, &typed).await, &format!("{path}?fait=rouvert"));
}

#[tokio::test]
async fn a_long_list_goes_on_after_the_last_compte_of_a_page() {
    let app = TestApp::monde().await;
    let (me, slug) = (app.requete("82.gestionnaire").await, "departement-tarn-et-garonne");
    // With the three of the structure, one more than a page holds.
    for _ in 0..48 {
        let id = app.invited(slug).await;
        app::compte::deactivate(&app.ctx, &me, id).await.unwrap();
    }
    let theirs = format!("/partenaires/{slug}/comptes");
    for (nom, base) in [("82.gestionnaire", "/comptes"), ("82.referent", theirs.as_str())] {
        let mut reader = app.signed(nom).await;
        let first = reader.get(base).await;
        let last = first.attr("tbody tr:last-child a", "href").unwrap();
        let next = first.attr("a[rel=next]", "href").unwrap();
        assert_eq!(next, format!("{base}?apres={}", last.trim_start_matches("/comptes/")), "{nom}");
        let second = reader.get(&next).await;
        let rows = |page: &Page| page.texts("tbody tr").len();
        assert_eq!((rows(&first), rows(&second)), (50, 1), "{nom}");
        assert!(!first.body.contains(&second.attr("tbody a", "href").unwrap()), "{nom}: each once");
        assert!(second.attr("a[rel=next]", "href").is_none(), "{nom}");
        let named = reader.get(&format!("{base}?apres=camille.cible")).await;
        assert_eq!(named.status, StatusCode::NOT_FOUND, "{nom}: an address names nobody");
    }
}

#[tokio::test]
async fn days_are_those_of_the_caisse_overseas_too() {
    let app = TestApp::monde().await;
    app.stands_in("tarn-et-garonne", Zone::Reunion).await;
    // Still the 8th in Paris, the 9th there.
    app.set_time("2029-01-08T21:30:00Z".parse().unwrap());
    let mut g = app.signed("82.gestionnaire").await;
    let agent = [("nom", "Essaimé"), ("prenom", "Léo"), ("fonction", "Accueil")];
    went(&g.post("/comptes/agents", &agent).await, "/comptes?fait=annonce");
    let mut r = app.signed("82.referent").await;
    let page = r.get("/comptes/annonces").await;
    assert!(page.main_text().contains("Annoncé le 9 janvier 2029"), "{}", page.main_text());
    let id = page.attr("input[name=annonce]", "value").unwrap();
    r.post("/comptes/annonces", &[("annonce", &id)]).await;
    let text = r.get("/comptes/annonces").await.main_text();
    assert!(text.contains("Formation proposée le 9 janvier 2029"), "{text}");
    let base = "/partenaires/departement-tarn-et-garonne/adresses";
    r.post(base, &[("objet", "association.org"), ("motif", "Centre social")]).await;
    let page = r.get(base).await;
    assert!(page.main_text().contains(", le 9 janvier 2029"), "{}", page.main_text());
    let id = page.attr("a[href*='derogation=']", "href").unwrap().split('=').nth(1).unwrap().to_owned();
    r.post(&format!("{base}/retirer"), &[("derogation", &id)]).await;
    let text = r.get(base).await.main_text();
    assert!(text.contains("Retirée le 9 janvier 2029"), "{text}");
    r.post("/actualites", &[("titre", "Un webinaire"), ("texte", "Lundi.")]).await;
    let home = app.signed("82.technicien").await.get("/").await;
    assert!(home.main_text().contains("CPAM de Tarn-et-Garonne, 9 janvier 2029"), "{}", home.main_text());
}

#[tokio::test]
async fn members_and_new_agents_are_declared_and_the_caisse_reads_them() {
    let app = TestApp::monde().await;
    let mut g = app.signed("82.gestionnaire").await;
    refused(&g.post("/comptes/membres", &[("nombre", "beaucoup")]).await, "nombre");
    let juste = [("nombre", "320"), ("au_jour", "2"), ("au_mois", "1"), ("au_annee", "2028")];
    went(&g.post("/comptes/membres", &juste).await, "/comptes?fait=membres");
    refused(&g.post("/comptes/agents", &[("nom", ""), ("prenom", "Léo"), ("fonction", "Accueil")]).await, "nom");
    let agent = [("nom", "Essaimé"), ("prenom", "Léo"), ("fonction", "Accueil")];
    went(&g.post("/comptes/agents", &agent).await, "/comptes?fait=annonce");
    let mut r = app.signed("82.referent").await;
    let page = r.get("/comptes/annonces").await;
    assert!(page.main_text().contains("Léo Essaimé"), "{}", page.main_text());
    let id = page.attr("input[name=annonce]", "value").unwrap();
    went(&r.post("/comptes/annonces", &[("annonce", &id)]).await, "/comptes/annonces?fait=traitee");
    assert!(r.get("/comptes/annonces").await.main_text().contains("Formation proposée le"));
}

#[tokio::test]
async fn the_caisse_decides_how_old_passwords_grow() {
    let app = TestApp::monde().await;
    let mut a = app.signed("82.administrateur").await;
    let page = a.get("/reglages/mots-de-passe").await;
    assert_eq!(page.attr("#jours_partenaire", "value").as_deref(), Some("365"));
    refused(&a.post("/reglages/mots-de-passe", &[("version", "0"), ("jours_desk", "abc")]).await, "jours_desk");
    let decision = [
        ("version", "0"),
        ("jours_partenaire", ""),
        ("jours_desk", "90"),
        ("auteur", "La directrice"),
        ("decision_jour", "3"),
        ("decision_mois", "1"),
        ("decision_annee", "2028"),
        ("motif", "Second facteur pour tous"),
    ];
    went(&a.post("/reglages/mots-de-passe", &decision).await, "/reglages/mots-de-passe?fait=ages");
    let text = a.get("/reglages/mots-de-passe").await.main_text();
    assert!(text.contains("jamais") && text.contains("tous les 90 jours"), "{text}");
}
