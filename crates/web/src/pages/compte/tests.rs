//! Each page from a sample: whole, and saying what it must.

use super::*;
use crate::frame::Frame;
use crate::testing::{assert_page, config, signed};
use app::compte::{Enrolement, LienFerme, MonCompte, SessionListee, Texte};
use app::notification::Rythme;
use chrono::{DateTime, Utc};
use domain::calendrier::Zone;
use domain::compte::engagements::Nature;
use domain::compte::{Profil, UsageLien};
use scraper::{Html, Selector};

fn frame() -> Frame {
    Frame::new(config(), "req-1".into(), "/invitation/abc".into())
}

fn signed_frame(step: Option<&'static str>) -> Frame {
    let frame = frame();
    frame.sign(crate::frame::SignedIn { step, ..signed(Profil::Technicien) });
    frame
}

/// A form refused at some fields, with secrets typed.
fn refused_at(champs: &[&str]) -> FormState {
    let form = FormState::new()
        .with("identifiant", "camille.exemple")
        .with("mot_de_passe", "un secret <b>")
        .with("confirmation", "un secret <b>")
        .with("actuel", "un secret <b>")
        .with("code", "un secret <b>");
    refused(form, champs.iter().map(|c| ErreurChamp::new(*c, "À corriger.")).collect())
}

fn titulaire(usage: UsageLien) -> Titulaire {
    Titulaire {
        usage,
        nom: "Camille Exemple".into(),
        identifiant: "camille.exemple".into(),
        profil: Profil::Technicien,
        regles: vec!["15 caractères au moins".into(), "ni un mot de passe courant".into()],
    }
}

fn enrolement() -> Enrolement {
    let secret = "ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567".to_owned();
    Enrolement {
        uri: format!("otpauth://totp/Espace:camille?secret={}&issuer=Espace", secret.replace(' ', "")),
        secret,
    }
}

fn textes() -> Vec<Texte> {
    let texte = |n: Nature| Texte { nature: n, version: n.version(), phrases: n.texte(Profil::Technicien) };
    Nature::TOUTES.map(texte).to_vec()
}

fn mon_compte() -> MonCompte {
    let le: DateTime<Utc> = "2029-01-08T08:05:00Z".parse().unwrap();
    let session =
        |cle: &str, courante| SessionListee { cle: cle.into(), courante, ouverte: courante, cree_le: le, vue_le: le };
    MonCompte {
        identifiant: "camille.exemple".into(),
        profil: Profil::Technicien,
        organisation: "CCAS de Grimaud".into(),
        nom: "Exemple".into(),
        prenom: "Camille".into(),
        courriel: "camille@ccas.example".into(),
        telephone: None,
        fonction: None,
        mot_de_passe_jusqu_au: Some(le),
        acceptations: vec![(Nature::Cgu, "1".into(), le)],
        sessions: vec![session("aa", true), session("bb", false)],
        rythme: Some(Rythme::ParJour),
        zone: Zone::Metropole,
    }
}

/// Every page, in its plain and its refused state: name and HTML.
fn samples() -> Vec<(&'static str, String)> {
    let (f, none) = (frame(), FormState::new());
    let (bad, s) = (refused_at(&["mot_de_passe", "confirmation"]), signed_frame(None));
    let step = signed_frame(Some("/activation/second-facteur"));
    let render = |page: &dyn askama::DynTemplate| page.dyn_render().unwrap();
    let ferme = |f: &Frame, l| LienFermePage::new(f, l, "/invitation/abc");
    let expire = |usage| LienFerme::Expire { usage };
    vec![
        ("connexion", render(&ConnexionPage::new(&f, &none, Some(Avis::Deconnecte), "/demandes"))),
        ("connexion_refusee", render(&ConnexionPage::new(&f, &refused_at(&["mot_de_passe"]), None, "/"))),
        ("code", render(&CodePage::new(&step, &none, "/"))),
        ("code_refuse", render(&CodePage::new(&step, &refused_at(&["code"]), "/"))),
        ("invitation", render(&ChoixPage::new(&f, &none, titulaire(UsageLien::Invitation)))),
        ("invitation_refusee", render(&ChoixPage::new(&f, &bad, titulaire(UsageLien::Invitation)))),
        ("nouveau_mot_de_passe", render(&ChoixPage::new(&f, &none, titulaire(UsageLien::MotDePasse)))),
        ("lien_inconnu", render(&ferme(&f, LienFerme::Inconnu))),
        ("lien_utilise", render(&ferme(&f, LienFerme::Utilise))),
        ("invitation_expiree", render(&ferme(&f, expire(UsageLien::Invitation)))),
        ("lien_expire", render(&ferme(&f, expire(UsageLien::MotDePasse)))),
        ("compte_ferme", render(&ferme(&f, LienFerme::CompteFerme))),
        ("oubli", render(&OubliPage::new(&f, &none))),
        ("oubli_refuse", render(&OubliPage::new(&f, &refused_at(&["identifiant"])))),
        ("oubli_envoye", render(&OubliEnvoyePage::new(&f))),
        ("attente", render(&AttentePage::new(&f, Essai::Connexion, 61))),
        ("enrolement", render(&EnrolementPage::new(&step, &none, enrolement()))),
        ("enrolement_refuse", render(&EnrolementPage::new(&step, &refused_at(&["code"]), enrolement()))),
        ("codes", render(&CodesPage::new(&step, vec!["ABCD-EFGH-JKMN".into()], "/activation/engagements"))),
        ("engagements", render(&EngagementsPage::new(&step, &none, textes()))),
        ("engagements_refuses", render(&EngagementsPage::new(&step, &refused_at(&["cgu", "engagements"]), textes()))),
        ("mon_compte", render(&MonComptePage::new(&s, mon_compte(), Some(Fait::Session), &none))),
        ("mot_de_passe", render(&MotDePassePage::new(&s, &none, vec!["15 caractères".into()]))),
        (
            "mot_de_passe_expire",
            render(&MotDePassePage::new(&step, &refused_at(&["actuel"]), vec!["15 caractères".into()])),
        ),
    ]
}

fn attr(html: &str, css: &str, name: &str) -> Option<String> {
    let html = Html::parse_document(html);
    html.select(&Selector::parse(css).unwrap()).find_map(|e| e.value().attr(name).map(str::to_owned))
}

fn sample(name: &str) -> String {
    samples().into_iter().find(|(n, _)| *n == name).unwrap().1
}

#[test]
fn every_page_is_whole_and_none_gives_a_secret_back() {
    for (name, html) in samples() {
        assert_page(&html);
        assert!(!html.contains("un secret"), "{name}");
        let refused = name.ends_with("refuse") || name.ends_with("refusee") || name.ends_with("refuses");
        assert_eq!(html.contains("<title>Erreur : "), refused || name == "mot_de_passe_expire", "{name}");
    }
}

#[test]
fn browsers_and_password_managers_are_told_what_each_field_is() {
    let told = |page: &str, field: &str| attr(&sample(page), &format!("#{field}"), "autocomplete").unwrap();
    assert_eq!(told("connexion", "identifiant"), "username");
    assert_eq!(told("connexion", "mot_de_passe"), "current-password");
    assert_eq!(told("invitation", "mot_de_passe"), "new-password");
    assert_eq!(told("invitation", "confirmation"), "new-password");
    assert_eq!(told("mot_de_passe", "actuel"), "current-password");
    assert_eq!(told("code", "code"), "one-time-code");
    assert_eq!(told("enrolement", "code"), "one-time-code");
}

#[test]
fn rules_come_before_the_field_they_are_for() {
    for page in ["invitation", "nouveau_mot_de_passe", "mot_de_passe"] {
        let html = sample(page);
        assert!(html.find("15 caractères").unwrap() < html.find("id=\"mot_de_passe\"").unwrap(), "{page}");
    }
}

#[test]
fn no_box_is_ticked_in_advance_and_each_sends_its_version() {
    let html = sample("engagements");
    assert!(!html.contains(" checked"));
    for nature in Nature::TOUTES {
        let css = format!("input[name={}]", nature.code());
        assert_eq!(attr(&html, &css, "value").as_deref(), Some(nature.version()));
    }
}

#[test]
fn only_an_expired_invitation_may_be_sent_again() {
    for (name, html) in samples() {
        let form = attr(&html, "main form[action$='/renouveler']", "action");
        assert_eq!(form.is_some(), name == "invitation_expiree", "{name}");
    }
}

#[test]
fn the_drawing_of_the_seed_keeps_its_blank_edge() {
    let html = sample("enrolement");
    let side: usize = attr(&html, "main svg", "viewBox").unwrap().split(' ').nth(3).unwrap().parse().unwrap();
    let path = attr(&html, "main svg path:nth-of-type(2)", "d").unwrap();
    let modules: Vec<(usize, usize)> = path
        .split('M')
        .filter(|m| !m.is_empty())
        .map(|m| m.strip_suffix("h1v1h-1z").unwrap().split_once(' ').unwrap())
        .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
        .collect();
    assert!(modules.contains(&(4, 4)), "the corner of the first finder");
    assert!(modules.iter().all(|(x, y)| (4..side - 4).contains(x) && (4..side - 4).contains(y)));
}

#[test]
fn pages_look_as_they_were_reviewed() {
    for name in ["connexion_refusee", "invitation", "codes", "mon_compte"] {
        let html = sample(name);
        let main = html.split("<main").nth(1).and_then(|m| m.split("</main>").next()).unwrap();
        insta::assert_snapshot!(name, main);
    }
}
