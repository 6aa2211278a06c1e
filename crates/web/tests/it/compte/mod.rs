//! The pages of the sign-in and of one's own compte as a browser meets them.

mod entree;
mod journal;
mod mon_compte;

use app::compte::code_at;
use chrono::TimeDelta;
use domain::compte::Profil;
use domain::droits::Rattachement;
use http::StatusCode;
use testkit::{Client, Page, TestApp};

const MOT: &str = "marronnier quatre bateaux lents";
const AUTRE: &str = "violoncelle sous la neige bleue";

/// Somebody who has finished his first sign-in.
struct Personne {
    identifiant: String,
    secret: String,
    codes: Vec<String>,
}

impl Personne {
    /// The code of this moment; each works once.
    fn code(&self, app: &TestApp) -> String {
        app.advance(TimeDelta::seconds(30));
        code_at(&self.secret, app.ctx.now()).unwrap()
    }
}

async fn invite(app: &TestApp) -> String {
    let caisse = app.caisse("var").await;
    app.invite(Profil::Superviseur, Rattachement::Caisse(caisse), "Fontaine").await
}

fn redirected(page: &Page, to: &str) {
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, to), "{}", page.main_text());
}

fn refused(page: &Page, status: StatusCode) {
    assert_eq!(page.status, status, "{}", page.main_text());
    assert!(page.title().starts_with("Erreur : "), "{}", page.title());
    assert!(!page.texts(".govuk-error-summary a").is_empty());
    assert!(!page.body.contains(MOT) && !page.body.contains(AUTRE), "a password came back");
}

/// Password, second factor, recovery codes, engagements.
async fn activate(app: &TestApp, client: &mut Client) -> Personne {
    let identifiant = invite(app).await;
    let lien = app.last_link();
    let page = client.get(&lien).await;
    assert!(page.main_text().contains("16 caractères au moins") && page.main_text().contains(&identifiant));
    let page = client.post(&lien, &[("mot_de_passe", MOT), ("confirmation", MOT)]).await;
    redirected(&page, "/activation/second-facteur");
    let secret = client.get("/activation/second-facteur").await.text("main code");
    let code = code_at(&secret, app.ctx.now()).unwrap();
    let page = client.post("/activation/second-facteur", &[("code", &code)]).await;
    assert_eq!((page.status, page.h1().as_str()), (StatusCode::OK, "Notez vos codes de secours"));
    let codes = page.texts("main ol code");
    assert_eq!(page.attr("main a.govuk-button", "href").as_deref(), Some("/activation/engagements"));
    // With the token of the page of codes: it was made for the session that follows.
    let page = client.post("/activation/engagements", &[("cgu", "1"), ("engagements", "1")]).await;
    redirected(&page, "/");
    Personne { identifiant, secret, codes }
}

async fn sign_in(app: &TestApp, client: &mut Client, personne: &Personne, retour: &str) -> Page {
    let fields = [("identifiant", personne.identifiant.as_str()), ("mot_de_passe", MOT), ("retour", retour)];
    redirected(&client.post("/connexion", &fields).await, "/connexion/code");
    client.post("/connexion/code", &[("code", &personne.code(app))]).await
}
