//! The forms of the five kinds through the pages: what is refused and kept, the two pages of the difficulty report, the
//! same person again, cancelling and filling anew.

use app::demande::Saisie;
use domain::demande::Sorte;
use http::StatusCode;
use testkit::saisies::{Champs, saisie};
use testkit::{Client, Page, TestApp};

const QUI: &str = "83.technicien";
/// Fields of the second page of the difficulty report.
const SECOND: [&str; 8] =
    ["difficultes", "handicap", "criteres", "joindre", "telephone", "precisions", "urgent", "motif_urgence"];

fn path(sorte: Sorte) -> String {
    format!("/demandes/nouvelle/{}", sorte.code().replace('_', "-"))
}

async fn draft_id(client: &mut Client, path: &str) -> String {
    let page = client.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.main_text());
    page.attr("input[name=brouillon]", "value").expect("the form gives the draft its id")
}

async fn post(client: &mut Client, path: &str, id: Option<&str>, saisie: &Saisie) -> Page {
    let pairs = saisie.0.iter().flat_map(|(champ, valeurs)| valeurs.iter().map(move |v| (champ.as_str(), v.as_str())));
    let fields: Vec<_> = id.map(|id| ("brouillon", id)).into_iter().chain(pairs).collect();
    client.post(path, &fields).await
}

/// One of the two pages of the difficulty report.
fn half(saisie: &Saisie, second: bool) -> Saisie {
    Saisie(
        saisie
            .0
            .iter()
            .filter(|(k, _)| SECOND.contains(&k.as_str()) == second)
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect(),
    )
}

/// From the form to the receipt, as somebody walks it; gives the reference and the number of forms sent.
async fn file(client: &mut Client, from: &str, sorte: Sorte, saisie: &Saisie) -> (String, usize) {
    let id = draft_id(client, from).await;
    let two = sorte == Sorte::Difficulte;
    let first = if two { half(saisie, false) } else { saisie.clone() };
    let mut next = post(client, &path(sorte), Some(&id), &first).await;
    let mut sent = 1;
    if two {
        let situation = format!("/brouillons/{id}/situation");
        assert_eq!((next.status, next.location()), (StatusCode::SEE_OTHER, situation.as_str()), "{}", next.main_text());
        assert_eq!(client.get(&situation).await.h1(), "La situation");
        next = post(client, &situation, None, &half(saisie, true)).await;
        sent += 1;
    }
    assert_eq!(
        (next.status, next.location()),
        (StatusCode::SEE_OTHER, format!("/brouillons/{id}").as_str()),
        "{sorte:?}: {}",
        next.main_text()
    );
    assert_eq!(client.get(next.location()).await.h1(), "Vérifiez votre demande");
    let receipt = client.post(&format!("/brouillons/{id}/envoyer"), &[]).await;
    let reference = receipt.location().trim_start_matches("/demandes/").trim_end_matches("/accuse").to_owned();
    assert_eq!(client.get(receipt.location()).await.h1(), "Demande envoyée");
    (reference, sent + 1)
}

#[tokio::test]
async fn each_kind_is_filed_from_its_page_and_the_same_person_again_without_a_field() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed(QUI).await;
    let home = technicien.get("/").await;
    for sorte in Sorte::TOUTES {
        let link = home.attr(&format!("main a[href='{}']", path(sorte)), "href");
        assert!(link.is_some(), "{sorte:?} is offered");
        let (reference, sent) = file(&mut technicien, &path(sorte), sorte, &saisie(sorte)).await;
        assert_eq!(sent, if sorte == Sorte::Difficulte { 3 } else { 2 }, "and one link from the home");
        let again = format!("{}?assure={reference}", path(sorte));
        let receipt = technicien.get(&format!("/demandes/{reference}/accuse")).await;
        assert!(receipt.attr(&format!("a[href='{again}']"), "href").is_some(), "{sorte:?}: from receipt to form");
        assert_eq!(receipt.main_text().contains("Les documents sont envoyés"), sorte == Sorte::Document);
        let form = technicien.get(&again).await;
        assert!(form.attr("#nom", "value").is_none(), "no field of identity");
        assert!(form.main_text().contains("Zoé Lefèvre-Müller"));
        let same = saisie(sorte).without_person().with("assure", &reference);
        let (second, _) = file(&mut technicien, &again, sorte, &same).await;
        let fiche = technicien.get(&format!("/demandes/{second}")).await.main_text();
        assert!(fiche.contains("Zoé Lefèvre-Müller") && fiche.contains("83 – Var"), "{fiche}");
    }
}

#[tokio::test]
async fn an_empty_form_of_each_kind_says_everything_at_its_field_and_keeps_the_rest() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed(QUI).await;
    for sorte in Sorte::TOUTES {
        let id = draft_id(&mut technicien, &path(sorte)).await;
        let typed = Saisie::default().with("prenom", "Zoé").with("departement", "83");
        let page = post(&mut technicien, &path(sorte), Some(&id), &typed).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{sorte:?}");
        assert!(page.title().starts_with("Erreur : "), "{}", page.title());
        let told = page.texts(".govuk-error-summary a").len();
        assert!(told >= 3, "{sorte:?}: {:?}", page.texts(".govuk-error-summary a"));
        let at_fields = page.texts("form .govuk-error-message").len();
        assert_eq!(told, at_fields, "{sorte:?}: each error has its field on this page");
        assert_eq!(page.attr("#prenom", "value").as_deref(), Some("Zoé"));
        let unknown = technicien.post(&path(sorte), &[("brouillon", &id), ("nir", "1")]).await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST, "{sorte:?}");
    }
}

#[tokio::test]
async fn the_report_mends_one_page_without_losing_the_other_and_comes_straight_back() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed(QUI).await;
    let (form, full) = (path(Sorte::Difficulte), saisie(Sorte::Difficulte));
    let id = draft_id(&mut technicien, &form).await;
    let (check, situation) = (format!("/brouillons/{id}"), format!("/brouillons/{id}/situation"));
    post(&mut technicien, &form, Some(&id), &half(&full, false)).await;
    assert_eq!(technicien.get(&check).await.location(), situation, "goes on where it is not complete");
    let page = post(&mut technicien, &situation, None, &half(&full, true).with("precisions", "")).await;
    assert_eq!((page.status, page.h1().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "La situation"));
    assert!(page.attr("input[value=difficulte_droits]", "checked").is_some(), "boxes stay ticked");
    assert_eq!(page.texts(".govuk-error-summary a").len(), 1);
    post(&mut technicien, &situation, None, &half(&full, true)).await;
    let back = post(&mut technicien, &form, Some(&id), &half(&full, false).with("prenom", "Zoë")).await;
    assert_eq!(back.location(), check, "from the first page straight back to the check page");
    let shown = technicien.get(&check).await.main_text();
    assert!(shown.contains("Zoë") && shown.contains("Ses droits se sont arrêtés"), "{shown}");
    assert!(shown.contains("Mission accompagnement santé"), "ways out are proposed (DE-13)");
}

#[tokio::test]
async fn a_person_of_others_answers_like_an_unknown_one() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed(QUI).await;
    let (reference, _) = file(&mut technicien, &path(Sorte::Etude), Sorte::Etude, &saisie(Sorte::Etude)).await;
    let mut other = app.signed("82.technicien").await;
    let form = path(Sorte::Document);
    let id = draft_id(&mut other, &form).await;
    let mut bodies = Vec::new();
    for reference in [reference.as_str(), "EP-2222-2222-222", "x"] {
        let page = other.get(&format!("{form}?assure={reference}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{reference}");
        let sent = other.post(&form, &[("brouillon", &id), ("assure", reference), ("documents", "carte_vitale")]).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND, "{reference}");
        bodies.push((page.body, sent.body));
    }
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "foreign and unknown are the same page");
    assert!(!other.get("/").await.main_text().contains(&reference));
}

#[tokio::test]
async fn a_demande_is_cancelled_and_filled_anew_in_its_form() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed(QUI).await;
    let (reference, _) =
        file(&mut technicien, &path(Sorte::RendezVous), Sorte::RendezVous, &saisie(Sorte::RendezVous)).await;
    let cancel = format!("/demandes/{reference}/annuler");
    assert!(technicien.get(&cancel).await.attr("button[name=refaire][value=oui]", "class").is_some());
    let redone = technicien.post(&cancel, &[("version", "1"), ("refaire", "oui")]).await;
    assert!(redone.location().starts_with(&format!("{}?brouillon=", path(Sorte::RendezVous))), "{}", redone.location());
    let form = technicien.get(redone.location()).await;
    assert_eq!(form.attr("#prenom", "value").as_deref(), Some("Zoé"));
    assert!(form.attr("input[value=lundi_matin]", "checked").is_some());
    assert!(form.attr("input[name=information]", "checked").is_none(), "informed anew");
    assert!(technicien.get(&format!("/demandes/{reference}")).await.main_text().contains("Annulée"));
    let home = technicien.get("/").await;
    assert!(home.main_text().contains("Demander un rendez-vous pour un assuré : Zoé Lefèvre-Müller"));
    assert!(home.attr(&format!("main a[href='{}']", redone.location()), "href").is_some(), "to its own form");
}

#[tokio::test]
async fn a_draft_opens_in_the_form_of_its_own_kind_only() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed(QUI).await;
    let id = draft_id(&mut technicien, &path(Sorte::Etude)).await;
    post(&mut technicien, &path(Sorte::Etude), Some(&id), &saisie(Sorte::Etude)).await;
    let elsewhere = technicien.get(&format!("{}?brouillon={id}", path(Sorte::Document))).await;
    assert_eq!(elsewhere.location(), format!("{}?brouillon={id}", path(Sorte::Etude)));
    let situation = technicien.get(&format!("/brouillons/{id}/situation")).await;
    assert_eq!(situation.location(), format!("{}?brouillon={id}", path(Sorte::Etude)), "it has one page");
    let other = technicien.get(&format!("{}?brouillon={id}&assure=", path(Sorte::Etude))).await;
    assert_eq!(other.attr("#prenom", "value").as_deref(), Some(""), "another person");
    assert!(other.attr("input[value=c2s]", "checked").is_some(), "for the same need");
}
