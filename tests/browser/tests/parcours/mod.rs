//! The journeys. What they share: somebody in front of a browser, the form filled, loads counted.

mod brouillon;
mod bureau;
mod compte;
mod comptes;
mod conventions;
mod depot;
mod faits;
mod fichiers;
mod gestes;
mod historique;
mod isolement;
mod pages;
mod poids;
mod sortes;

use browser::{Browser, JavaScript};
use serde_json::json;
use testkit::monde::MOT_DE_PASSE;
use testkit::{Client, Site, TestApp, Visite};
use web::frame::SESSION_COOKIE;

/// The form that asks for a document.
const FORM: &str = "/demandes/nouvelle/document";
/// « Continuer », « Se connecter » and the like: the button that sends the page's main form.
const SUBMIT: &str = "main form button[type=submit]";

/// How many questions a form asks, the files included: groups with a control that is shown. What only another answer calls
/// for is left out until it is given; without scripts it is shown from the start.
const QUESTIONS: &str = "return new Set([...document.querySelectorAll('main form :is(input, select, textarea)')]\
    .filter(control => control.checkVisibility() && !control.closest('[class*=__conditional--hidden]'))\
    .map(control => control.closest('.govuk-form-group'))).size";

/// The page once its script has run.
const ENHANCED: &str = "body.govuk-frontend-supported";

/// The button of the desk's answer that leads to the next demande.
const ANSWER_AND_NEXT: &str = "form[action$='/messages'] button[name=suite]";

/// The world, served.
async fn site() -> Site {
    TestApp::monde().await.serve().await
}

/// Somebody in front of a browser.
struct Poste<'a> {
    site: &'a Site,
    javascript: JavaScript,
    browser: Browser,
}

impl<'a> Poste<'a> {
    async fn start(site: &'a Site, javascript: JavaScript) -> Self {
        Self { site, javascript, browser: Browser::start(javascript).await }
    }

    async fn open(&self, path: &str) {
        self.browser.open(&self.site.adresse(path)).await;
    }

    /// Path and query of the page shown, without the fragment.
    async fn path(&self) -> String {
        let address = self.browser.address().await;
        let path = address.strip_prefix(&self.site.origine).unwrap_or_else(|| panic!("{address} is elsewhere"));
        path.split('#').next().unwrap_or_default().to_owned()
    }

    async fn text(&self, css: &str) -> String {
        self.browser.text(css).await
    }

    async fn assert_sound(&self) {
        self.browser.assert_sound().await;
    }

    async fn assert_says(&self, what: &str) {
        let said = self.text("main").await;
        assert!(said.contains(what), "« {what} » is not on {}:\n{said}", self.browser.address().await);
    }

    /// Signs in by the pages, with password and code.
    async fn sign_in(&self, nom: &str) {
        let persona = self.site.app.monde.qui(nom).clone();
        self.open("/connexion").await;
        self.browser.fill("#identifiant", &persona.identifiant).await;
        self.browser.fill("#mot_de_passe", MOT_DE_PASSE).await;
        self.browser.follow(SUBMIT).await;
        self.browser.fill("#code", &self.site.app.code(&persona.secret)).await;
        self.browser.follow(SUBMIT).await;
        assert_eq!((self.path().await.as_str(), self.text("h1").await.as_str()), ("/", "Accueil"), "{nom}");
    }

    /// Is signed in as a persona without passing by the pages.
    async fn become_persona(&self, nom: &str) {
        let client = self.site.app.signed(nom).await;
        let value = client.cookie(SESSION_COOKIE).expect("a session");
        let cookie = json!({ "name": SESSION_COOKIE, "value": value, "url": self.site.origine, "path": "/",
            "secure": true, "httpOnly": true });
        assert_eq!(self.browser.devtools("Network.setCookie", cookie).await["success"], true);
    }

    /// Opens the part of the desk's page that holds the form of this act.
    async fn unfold(&self, acte: &str) {
        self.browser.click(&format!("details:has(form[action$='/{acte}']) > summary")).await;
    }

    /// Sends the form of this act, without going on to the next demande.
    async fn act(&self, acte: &str) {
        self.browser.follow(&format!("form[action$='/{acte}'] button:not([name])")).await;
    }

    /// Fills every field that is needed, on the form.
    async fn fill_form(&self, departement: &str) {
        let fields = [
            ("#nom", "Œuvrard d’Àlban"),
            ("#prenom", "Maëlys"),
            ("#naissance", "9"),
            ("#naissance_mois", "11"),
            ("#naissance_annee", "1972"),
            ("#precisions", "Carte perdue lors du déménagement."),
        ];
        self.browser.click("#civilite").await;
        for (css, value) in fields {
            self.browser.fill(css, value).await;
        }
        self.browser.fill("#departement", departement).await;
        self.browser.click("#documents").await;
        self.browser.click("#information").await;
    }

    /// From the form to the receipt; gives the reference.
    async fn file(&self, departement: &str) -> String {
        self.open(FORM).await;
        self.fill_form(departement).await;
        self.browser.follow(SUBMIT).await;
        assert_eq!(self.text("h1").await, "Vérifiez votre demande");
        self.browser.follow(SUBMIT).await;
        self.reference().await
    }

    /// The reference on the receipt shown.
    async fn reference(&self) -> String {
        let path = self.path().await;
        let reference = path.strip_prefix("/demandes/").and_then(|rest| rest.strip_suffix("/accuse"));
        reference.unwrap_or_else(|| panic!("{path} is no receipt")).to_owned()
    }
}

/// A draft for a document about somebody of this name, made without a browser and ready to send; gives its id.
async fn drafted(client: &mut Client, departement: &str, nom: &str) -> String {
    let id = client.get(FORM).await.attr("input[name=brouillon]", "value").expect("a draft");
    let fields = [
        ("brouillon", id.as_str()),
        ("civilite", "madame"),
        ("nom", nom),
        ("prenom", "Maëlys"),
        ("naissance_jour", "9"),
        ("naissance_mois", "11"),
        ("naissance_annee", "1972"),
        ("departement", departement),
        ("documents", "attestation_droits"),
        ("information", "entretien"),
    ];
    let sent = client.post(FORM, &fields).await;
    assert_eq!((sent.status.as_u16(), sent.location()), (303, &*format!("/brouillons/{id}")), "{}", sent.main_text());
    id
}

/// As [`drafted`], then sent; gives the reference.
async fn filed(client: &mut Client, departement: &str, nom: &str) -> String {
    let id = drafted(client, departement, nom).await;
    client.get(&format!("/brouillons/{id}")).await;
    let receipt = client.post(&format!("/brouillons/{id}/envoyer"), &[]).await;
    receipt.location().trim_start_matches("/demandes/").trim_end_matches("/accuse").to_owned()
}

/// Pages loaded, and how often somebody followed a link or sent a form: every request for a page that no redirection
/// caused.
fn loads_and_activations(visites: &[Visite]) -> (usize, usize) {
    let pages: Vec<&Visite> = visites.iter().filter(|v| v.est_un_chargement() || v.status.is_redirection()).collect();
    let followed = pages.windows(2).filter(|pair| pair[0].status.is_redirection()).count();
    let loads = pages.iter().filter(|v| v.est_un_chargement()).count();
    (loads, pages.len() - followed)
}
