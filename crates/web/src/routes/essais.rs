//! What is declared: who may open each address, and that every link and form of a page leads somewhere.

use super::*;
use crate::pages::demandes::{
    AccusePage, AnnulationPage, ConflitPage, FichePage, HistoriquePage, ImpossiblePage, NouvelleDemandePage, Refait,
    SituationPage, VerificationPage,
};
use crate::pages::exemples::*;
use crate::pages::file::FilePage;
use crate::pages::{AccueilCaissePage, AccueilProfilPage, AccueilTechnicienPage, FormState};
use crate::registry::Route;
use app::demande::{Cote, Historique, Lieu, Question, Vue};
use askama::Template;
use domain::demande::{EtatDemande, Sorte};
use http::Method;
use scraper::{Html, Selector};

fn declared() -> Registry<WebState> {
    let mut registry = Registry::new(crate::testing::config());
    declare_public(&mut registry).unwrap();
    declare_demandes(&mut registry).unwrap();
    registry
}

/// Method, path, object and profils of the routes that a filter keeps.
fn lines(kept: impl Fn(&str) -> bool) -> String {
    let registry = declared();
    let protected = |access| !matches!(access, Access::Public | Access::Static);
    let routes = registry.routes().iter().filter(|r| kept(r.path) && protected(r.access));
    let line = |r: &Route| {
        let Access::Connecte(profils) = r.access else { panic!("{} is open", r.path) };
        let who = profils.iter().map(|p| p.code()).collect::<Vec<_>>().join(" ");
        let who = if profils.len() == Profil::TOUS.len() { "tous".to_owned() } else { who };
        format!("{} {} {:?} {who}", r.method, r.path, r.objet)
    };
    routes.map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_routes_of_conventions_are_the_referent_s_and_both_sides_follow_the_good_end() {
    insta::assert_snapshot!(lines(|path| path.starts_with("/conventions")), @r#"
    GET /conventions None referent
    GET /conventions/{cle} Some(Convention) referent
    GET /conventions/{cle}/versions Some(Convention) referent
    GET /conventions/{cle}/version Some(Convention) referent
    POST /conventions/{cle}/evaluation Some(Convention) referent
    GET /conventions/{cle}/activation Some(Convention) referent
    POST /conventions/{cle}/activation Some(Convention) referent
    GET /conventions/{cle}/fonctions Some(Convention) referent
    POST /conventions/{cle}/fonctions Some(Convention) referent
    GET /conventions/{cle}/completer Some(Convention) referent
    POST /conventions/{cle}/completer Some(Convention) referent
    GET /conventions/{cle}/avenants Some(Convention) referent
    POST /conventions/{cle}/avenants Some(Convention) referent
    GET /conventions/{cle}/lettres Some(Convention) referent
    POST /conventions/{cle}/lettres Some(Convention) referent
    POST /conventions/{cle}/lettres/recue Some(Convention) referent
    POST /conventions/{cle}/lettres/reparee Some(Convention) referent
    GET /conventions/{cle}/fin Some(Convention) referent
    POST /conventions/{cle}/fin Some(Convention) referent
    POST /conventions/{cle}/fin/confirmer Some(Convention) referent
    GET /conventions/{cle}/bonne-fin Some(Convention) referent gestionnaire
    GET /conventions/{cle}/bonne-fin.pdf Some(Convention) referent gestionnaire
    POST /conventions/{cle}/bonne-fin Some(Convention) referent
    POST /conventions/{cle}/bonne-fin/remettre Some(Convention) referent
    "#);
}

#[test]
fn the_routes_are_declared_once_and_make_a_router() {
    insta::assert_snapshot!(lines(|path| !path.starts_with("/conventions")), @r#"
    GET / None tous
    GET /demandes/nouvelle/contacter None technicien
    POST /demandes/nouvelle/contacter None technicien
    GET /demandes/nouvelle/etude None technicien
    POST /demandes/nouvelle/etude None technicien
    GET /demandes/nouvelle/difficulte None technicien
    POST /demandes/nouvelle/difficulte None technicien
    GET /demandes/nouvelle/rendez-vous None technicien
    POST /demandes/nouvelle/rendez-vous None technicien
    GET /demandes/nouvelle/document None technicien
    POST /demandes/nouvelle/document None technicien
    GET /brouillons/{id}/situation Some(Brouillon) technicien
    POST /brouillons/{id}/situation Some(Brouillon) technicien
    POST /demandes/nouvelle/contacter/brouillon None technicien
    POST /demandes/nouvelle/etude/brouillon None technicien
    POST /demandes/nouvelle/difficulte/brouillon None technicien
    POST /demandes/nouvelle/rendez-vous/brouillon None technicien
    POST /demandes/nouvelle/document/brouillon None technicien
    POST /brouillons/{id}/situation/brouillon Some(Brouillon) technicien
    GET /brouillons/{id} Some(Brouillon) technicien
    POST /brouillons/{id}/envoyer Some(Brouillon) technicien
    POST /brouillons/{id}/supprimer Some(Brouillon) technicien
    GET /demandes/{reference}/accuse Some(Demande) technicien
    GET /demandes/{reference}/accuse.pdf Some(Demande) technicien agent superviseur
    GET /demandes None technicien
    GET /demandes/recherche None technicien
    POST /demandes/recherche None technicien
    GET /file/recherche None agent superviseur
    POST /file/recherche None agent superviseur
    GET /demandes/{reference} Some(Demande) technicien agent superviseur
    GET /demandes/{reference}/annuler Some(Demande) technicien
    POST /demandes/{reference}/annuler Some(Demande) technicien
    POST /demandes/{reference}/messages Some(Demande) technicien agent superviseur
    POST /demandes/{reference}/prendre Some(Demande) agent superviseur
    POST /demandes/{reference}/cloturer Some(Demande) agent superviseur
    POST /demandes/{reference}/complement Some(Demande) agent superviseur
    POST /demandes/{reference}/attente-interne Some(Demande) agent superviseur
    POST /demandes/{reference}/reprendre Some(Demande) agent superviseur
    POST /demandes/{reference}/notes Some(Demande) agent superviseur
    POST /demandes/{reference}/rouvrir Some(Demande) agent superviseur
    GET /brouillons/{id}/pieces Some(Brouillon) technicien
    POST /brouillons/{id}/pieces Some(Brouillon) technicien
    POST /brouillons/{id}/pieces/retirer Some(Brouillon) technicien
    GET /demandes/{reference}/pieces/{piece} Some(PieceJointe) technicien agent superviseur
    GET /file None agent superviseur
    POST /file/suivante None agent superviseur
    "#);
    let _ = declared().into_router();
}

fn pages() -> Vec<String> {
    let technicien = frame(Profil::Technicien, "/");
    let agent = frame(Profil::Agent, "/");
    let (empty, now, today) = (FormState::new(), "2029-01-05T09:00:00Z", day(2029, 1, 5));
    let forms = Sorte::TOUTES.into_iter().flat_map(|sorte| {
        let modele = formulaire_complet(sorte);
        [
            NouvelleDemandePage::new(&technicien, &modele, modele.brouillon, &empty).render(),
            VerificationPage::new(&technicien, &recapitulatif_de(sorte)).render(),
        ]
    });
    let report = formulaire_complet(Sorte::Difficulte);
    let found = Historique { lignes: liste().lignes, suite: liste().suite, ..Historique::default() };
    let pages: [&dyn Fn() -> askama::Result<String>; 16] = [
        &|| SituationPage::new(&technicien, &report, report.brouillon, &empty).render(),
        &|| AccusePage::new(&technicien, &recu()).render(),
        &|| FichePage::new(&technicien, &fiche(Cote::Partenaire, EtatDemande::Transmise, now), None, &empty).render(),
        &|| FichePage::new(&agent, &fiche(Cote::Caisse, EtatDemande::Transmise, now), None, &empty).render(),
        &|| FichePage::new(&agent, &fiche(Cote::Caisse, prise(), now), None, &empty).render(),
        &|| FichePage::new(&agent, &fiche(Cote::Caisse, attendue(), now), None, &empty).render(),
        &|| FichePage::new(&technicien, &fiche(Cote::Partenaire, attendue(), now), None, &empty).render(),
        &|| AnnulationPage::new(&technicien, &fiche(Cote::Partenaire, EtatDemande::Transmise, now)).render(),
        &|| ConflitPage::new(&agent, &fiche(Cote::Caisse, prise(), now), Refait::Cloture(empty.clone())).render(),
        &|| ImpossiblePage::new(&agent, REFERENCE, "Phrase.").render(),
        &|| HistoriquePage::new(&technicien, Lieu::Structure, &found, &Question::default(), &empty).render(),
        &|| HistoriquePage::new(&agent, Lieu::Bureau, &found, &Question::default(), &empty).render(),
        &|| FilePage::new(&agent, &file(liste()), Vue::Miennes, None, today).render(),
        &|| AccueilTechnicienPage::new(&technicien, &accueil(), true).render(),
        &|| AccueilCaissePage::new(&agent, &compteurs()).render(),
        &|| AccueilProfilPage::new(&frame(Profil::Dpo, "/"), Profil::Dpo).render(),
    ];
    forms.chain(pages.iter().map(|page| page())).map(Result::unwrap).collect()
}

fn leads(routes: &[Route], method: &Method, address: &str) -> bool {
    // Signing out and keeping a session open are declared with the sign-in pages.
    if ["/deconnexion", "/session/prolonger"].contains(&address) {
        return true;
    }
    let path = address.split(['?', '#']).next().unwrap();
    let parts: Vec<&str> = path.split('/').collect();
    routes.iter().filter(|r| r.method == *method).any(|r| {
        let pattern: Vec<&str> = r.path.split('/').collect();
        pattern.len() == parts.len() && pattern.iter().zip(&parts).all(|(p, x)| p.starts_with('{') || p == x)
    })
}

#[test]
fn every_link_and_form_leads_to_a_declared_address() {
    let mut registry = declared();
    declare_comptes(&mut registry).unwrap();
    let mut tried = 0;
    for page in pages() {
        let html = Html::parse_document(&page);
        let kinds = [
            ("a[href^='/']", "href", Method::GET),
            ("form[method=get]", "action", Method::GET),
            ("form:not([method=get])", "action", Method::POST),
        ];
        for (css, name, method) in kinds {
            for element in html.select(&Selector::parse(css).unwrap()) {
                let address = element.attr(name).unwrap();
                assert!(leads(registry.routes(), &method, address), "{method} {address} leads nowhere");
                tried += 1;
            }
        }
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn no_address_on_a_page_holds_a_name_or_a_text() {
    for page in pages() {
        for address in page.split("=\"/").skip(1).filter_map(|rest| rest.split('"').next()) {
            for word in ["Rosalie", "Exemple", "1985", "ligne"] {
                assert!(!address.contains(word), "{address}");
            }
        }
    }
}
