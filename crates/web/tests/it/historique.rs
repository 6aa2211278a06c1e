//! History and search as pages: filters in the address, the searched name never.

use app::demande::VALIDITE;
use domain::demande::Sorte;
use http::StatusCode;
use testkit::depot::draft;
use testkit::saisies::{Champs, saisie};
use testkit::{Client, Page, TestApp};

/// Files through the use cases; gives the number.
async fn file(app: &TestApp, nom: &str) -> String {
    file_as(app, &app.requete("82.technicien").await, nom).await
}

async fn file_as(app: &TestApp, requete: &app::Requete, nom: &str) -> String {
    let saisie = saisie(Sorte::Document).with("departement", "82").with("prenom", "Solveig").with("nom", nom);
    let id = draft(&app.ctx, requete, Sorte::Document, &saisie).await;
    app::demande::submit(&app.ctx, requete, id).await.unwrap()
}

async fn search(client: &mut Client, side: &str, nom: &str) -> Page {
    client.get(if side == "/demandes" { side } else { "/file" }).await;
    client.post(&format!("{side}/recherche"), &[("nom", nom)]).await
}

#[tokio::test]
async fn a_name_is_searched_without_standing_in_any_address() {
    let app = TestApp::monde().await;
    let reference = file(&app, "Quéméneur").await;
    for (nom, side, list) in [("82.technicien", "/demandes", "/demandes"), ("82.agent", "/file", "/file/recherche")] {
        let mut client = app.signed(nom).await;
        let sent = search(&mut client, side, "QUEMEN").await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{nom}");
        let address = sent.location().to_owned();
        assert!(address.starts_with(&format!("{list}?recherche=")), "{address}");
        assert!(!address.to_lowercase().contains("quemen"), "{address}");
        let found = client.get(&address).await;
        assert_eq!(found.h1(), "Demandes au nom commençant par « QUEMEN »", "{nom}");
        assert!(found.main_text().contains(&reference), "{nom}: {}", found.main_text());
        for href in found.body.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(!href.to_lowercase().contains("quemen"), "{href}");
        }
        let filtered = client.get(&format!("{address}&etat=cloturee")).await;
        assert!(filtered.main_text().contains("Aucune demande à ce nom ne correspond aux filtres."), "{nom}");
        assert!(filtered.body.contains(&format!("href=\"{address}\"")), "{nom}: the way out keeps the search");
        assert_eq!(filtered.attr("input[name=recherche]", "value"), address.split('=').nth(1).map(str::to_owned));
    }
}

#[tokio::test]
async fn a_search_that_is_forged_borrowed_or_old_offers_to_search_again() {
    let app = TestApp::monde().await;
    let reference = file(&app, "Quéméneur").await;
    let mut technicien = app.signed("82.technicien").await;
    let address = search(&mut technicien, "/demandes", "quemeneur").await.location().to_owned();
    let mut colleague = app.signed("82.technicien2").await;
    let forged = format!("{}AA", &address[..address.len() - 2]);
    let refused = async |client: &mut Client, address: &str| {
        let page = client.get(address).await;
        assert_eq!((page.status, page.h1().as_str()), (StatusCode::OK, "Rechercher une demande"), "{address}");
        assert!(page.main_text().contains("Saisissez de nouveau le nom."), "{}", page.main_text());
        assert!(!page.body.contains(&reference) && page.attr("form input[name=nom]", "value").unwrap().is_empty());
    };
    refused(&mut colleague, &address).await;
    for address in [forged.as_str(), "/demandes?recherche=x", "/demandes?recherche=%C3%A9"] {
        refused(&mut technicien, address).await;
    }
    app.advance(VALIDITE);
    refused(&mut technicien, &address).await;
}

#[tokio::test]
async fn a_number_goes_straight_to_its_demande_and_an_unknown_one_is_said_at_the_field() {
    let app = TestApp::monde().await;
    let reference = file(&app, "Quéméneur").await;
    let mut technicien = app.signed("82.technicien").await;
    let sent = search(&mut technicien, "/demandes", &reference.to_lowercase()).await;
    assert_eq!(sent.location(), format!("/demandes/{reference}"));
    let mut stranger = app.signed("83.technicien").await;
    let mut answers = Vec::new();
    for number in [reference.as_str(), "EP-2222-2222-222"] {
        let page = search(&mut stranger, "/demandes", number).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.texts(".govuk-error-summary a"), ["Aucune demande ne porte ce numéro."]);
        assert!(page.title().starts_with("Erreur : "));
        answers.push(page.body.replace(number, "…"));
    }
    assert_eq!(answers[0], answers[1], "a foreign number and an unknown one are told apart");
}

#[tokio::test]
async fn a_text_that_is_no_search_is_refused_at_its_field_and_a_nir_is_not_given_back() {
    let app = TestApp::monde().await;
    let mut agent = app.signed("82.agent").await;
    let key = 97 - (2_720_982_899_004_u64 % 97);
    for (typed, said) in [
        ("ly".to_owned(), "Saisissez au moins 3 lettres du nom"),
        (String::new(), "Saisissez un nom ou un numéro"),
        (format!("2 72 09 82 899 004 {key:02}"), "sécurité sociale"),
    ] {
        let page = search(&mut agent, "/file", &typed).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(page.text("#nom-erreur").contains(said), "{}", page.main_text());
        assert!(!page.body.contains("899"), "{said}");
    }
    assert_eq!(search(&mut agent, "/file", "« Ly »").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn filters_stand_in_the_address_and_bad_ones_are_said_at_their_fields() {
    let app = TestApp::monde().await;
    let reference = file(&app, "Quéméneur").await;
    let mut technicien = app.signed("82.technicien").await;
    let all = "/demandes?etat=transmise&sorte=document&auteur=&caisse=&du_jour=8&du_mois=1&du_annee=2029&au_jour=";
    let page = technicien.get(all).await;
    assert!(page.status == StatusCode::OK && page.main_text().contains(&reference));
    assert!(page.attr("option[value=transmise]", "selected").is_some(), "the form shows what is on");
    assert_eq!(page.attr("#du", "value").as_deref(), Some("8"));
    let none = technicien.get("/demandes?etat=annulee").await;
    assert!(none.main_text().contains("Aucune demande ne correspond aux filtres."));
    assert!(none.main_text().contains("Effacer les filtres"));
    let bad = "/demandes?etat=nimporte&sorte=%3Cb%3E&auteur=1&caisse=var&du_jour=32&du_mois=1&du_annee=2029&au_mois=x";
    let page = technicien.get(bad).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.texts(".govuk-error-summary a").len(), 6, "{:?}", page.texts(".govuk-error-summary"));
    for field in ["etat", "sorte", "auteur", "caisse", "du", "au"] {
        assert!(page.attr(&format!(".govuk-error-summary a[href=\"#{field}\"]"), "href").is_some(), "{field}");
        assert!(page.attr(&format!("#{field}"), "aria-invalid").is_some(), "{field} is shown with its error");
    }
    assert!(page.body.contains("value=\"32\"") && !page.body.contains(&reference));
    let broken = technicien.get("/demandes?apres=pas-un-curseur").await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn more_than_a_page_is_walked_forth_and_back_with_its_filters() {
    let app = TestApp::monde().await;
    let requete = app.requete("82.technicien").await;
    for _ in 0..27 {
        file_as(&app, &requete, "Quéméneur").await;
    }
    let mut technicien = app.signed("82.technicien").await;
    let searched = search(&mut technicien, "/demandes", "quem").await.location().to_owned();
    for begin in ["/demandes?etat=transmise", &searched] {
        let first = technicien.get(begin).await;
        assert_eq!(first.texts("tbody tr").len(), 25);
        assert!(first.attr("a[rel=prev]", "href").is_none());
        let next = first.attr("a[rel=next]", "href").unwrap();
        assert!(next.starts_with(&format!("{begin}&apres=")), "{next}");
        let second = technicien.get(&next).await;
        assert_eq!(second.texts("tbody tr").len(), 2);
        let before = second.attr("a[rel=prev]", "href").unwrap();
        assert!(before.starts_with(&format!("{begin}&avant=")), "{before}");
        assert_eq!(technicien.get(&before).await.texts("tbody th"), first.texts("tbody th"), "back where it began");
        assert!(second.body.contains("Revenir aux plus récentes"));
    }
}
