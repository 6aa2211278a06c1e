//! The authorisation matrix: every declared route × every persona × whose object. The table beside this file is checked
//! in; a route that no row here covers makes the test fail, and so does a status that changed.
//!
//! One demande and one draft of `82.technicien` are tried by all: own, colleague's, other service, other partner, other
//! caisse. For whoever may not see them the answer is compared byte for byte with that of an unknown one.

mod habilitations;

use app::Requete;
use chrono::TimeDelta;
use domain::demande::Sorte;
use http::{Method, StatusCode};
use std::collections::BTreeMap;
use std::fmt::Write;
use testkit::depot::{draft, file_with};
use testkit::fichiers::pdf;
use testkit::saisies::{Champs, saisie};
use testkit::{Client, Page, TestApp};
use web::registry::{Access, Objet, Route};

/// Who tries, and what the demande is to him.
const PERSONAS: [(&str, &str); 13] = [
    ("82.technicien", "auteur"),
    ("82.technicien2", "collègue"),
    ("82.gestionnaire", "même structure"),
    ("83.technicien", "autre partenaire"),
    ("82.agent", "service en charge"),
    ("82.examens", "autre service"),
    ("57.agent", "autre caisse"),
    ("82.superviseur", "même caisse"),
    ("82.referent", "même caisse"),
    ("82.responsable", "même caisse"),
    ("82.dpo", "même caisse"),
    ("82.administrateur", "même caisse"),
    ("national", "national"),
];

/// How many routes are tried at once; no row depends on those of another route.
const BENCHES: usize = 4;

const UNKNOWN_REFERENCE: &str = "EP-2222-2222-222";
const UNKNOWN_ID: &str = "01900000-0000-7000-8000-000000000000";

/// The fields a form of this route holds; `None` for a route that the matrix does not know.
fn fields(route: &Route) -> Option<Vec<(&'static str, String)>> {
    let version = || ("version", "1".to_owned());
    let text = |name: &'static str, value: &str| (name, value.to_owned());
    if let Some(fields) = partenaires(route) {
        return Some(fields);
    }
    Some(match (route.method.as_str(), route.path) {
        ("GET", _) => vec![],
        ("POST", path) if path.starts_with("/demandes/nouvelle/") => {
            // An id for each form, and none that is tried as an unknown one.
            vec![("brouillon", format!("01900000-0000-7000-8000-{:012}", path.len()))]
        }
        (
            "POST",
            "/brouillons/{id}/envoyer" | "/brouillons/{id}/supprimer" | "/brouillons/{id}/situation" | "/file/suivante",
        ) => vec![],
        ("POST", "/brouillons/{id}/pieces" | "/brouillons/{id}/situation/brouillon") => vec![],
        ("POST", "/brouillons/{id}/pieces/retirer") => vec![text("piece", UNKNOWN_ID)],
        ("POST", "/demandes/{reference}/messages") => vec![version(), text("texte", "Bonjour")],
        (
            "POST",
            "/demandes/{reference}/annuler" | "/demandes/{reference}/prendre" | "/demandes/{reference}/reprendre",
        ) => {
            vec![version()]
        }
        ("POST", "/demandes/{reference}/complement") => vec![
            version(),
            text("motif", "piece_manquante"),
            text("complement", "Il manque le bail."),
            text("reponse_avant_jour", ""),
            text("reponse_avant_mois", ""),
            text("reponse_avant_annee", ""),
        ],
        ("POST", "/demandes/{reference}/attente-interne") => vec![version(), text("note_attente", "Avis attendu.")],
        ("POST", "/demandes/{reference}/notes") => vec![text("note", "À revoir lundi.")],
        ("POST", "/demandes/{reference}/rouvrir") => {
            vec![version(), text("motif_reouverture", "Erreur de notre part.")]
        }
        ("POST", "/demandes/{reference}/cloturer") => {
            vec![version(), text("issue", "satisfaite"), text("reponse_finale", "")]
        }
        ("POST", "/demandes/recherche" | "/file/recherche") => vec![text("nom", "Thévenin")],
        ("POST", "/connexion") => {
            vec![text("identifiant", "personne"), text("mot_de_passe", "faux"), text("retour", "")]
        }
        ("POST", "/connexion/code" | "/activation/second-facteur") => vec![text("code", "000000")],
        ("POST", "/mot-de-passe-oublie") => vec![text("identifiant", "personne")],
        ("POST", "/invitation/{jeton}" | "/mot-de-passe/{jeton}") => {
            vec![text("mot_de_passe", "quatre moulins tournent"), text("confirmation", "quatre moulins tournent")]
        }
        ("POST", "/activation/engagements" | "/invitation/{jeton}/renouveler") => vec![],
        ("POST", "/deconnexion" | "/session/prolonger") => vec![],
        ("POST", "/mon-compte/notifications") => vec![text("rythme", "par_jour")],
        ("POST", "/mon-compte/sessions/fermer") => vec![text("session", "inconnue")],
        ("POST", path @ "/mon-compte/mot-de-passe") => comptes(path)?,
        ("POST", path) if path.starts_with("/comptes") || path.starts_with("/partenaires/") => comptes(path)?,
        ("POST", "/mon-compte/signalement") => vec![text("incident", "rien")],
        ("POST", "/reglages/mots-de-passe") => vec![text("version", "0"), text("jours_desk", "90")],
        ("POST", path) if path.starts_with("/conventions/{cle}") => convention_fields(path),
        _ => return habilitations::fields(route),
    })
}

/// The fields of forms on structures and what they share with their caisses.
fn partenaires(route: &Route) -> Option<Vec<(&'static str, String)>> {
    let text = |name: &'static str, value: &str| (name, value.to_owned());
    if route.method != "POST" {
        return None;
    }
    Some(match route.path {
        "/partenaires/nouveau" => vec![text("nom", "Essai")],
        path if path.starts_with("/conventions/{cle}/fiche") => {
            vec![text("partie", "partenaire"), text("version", "1")]
        }
        "/conventions/{cle}/pieces" => vec![text("sorte", "autre")],
        "/conventions/{cle}/echanges" => vec![text("texte", "Bonjour")],
        "/actualites" => vec![text("titre", "Un webinaire"), text("texte", "Lundi.")],
        path if ["/coupure", "/union", "/actualites/"].iter().any(|part| path.contains(part)) => vec![],
        _ => return None,
    })
}

/// The fields of forms on comptes of structures. A sign-in has just shown a second factor: no code is asked for.
fn comptes(path: &str) -> Option<Vec<(&'static str, String)>> {
    let text = |name: &'static str, value: &str| (name, value.to_owned());
    Some(match path {
        "/comptes/nouveau" | "/comptes/agents" => vec![text("nom", "Essai"), text("prenom", "Léa")],
        "/mon-compte/mot-de-passe" => {
            let mot = "deux chevaux verts";
            vec![text("actuel", "faux"), text("mot_de_passe", mot), text("confirmation", mot)]
        }
        "/comptes/annonces" => vec![text("annonce", UNKNOWN_ID)],
        "/comptes/{id}/fermer" | "/comptes/{id}/rouvrir" | "/comptes/{id}/invitation" => vec![],
        "/comptes/{id}/signaler" => vec![text("incident", "vol")],
        "/comptes/{id}/exclure" => vec![text("motif", "Essai")],
        "/comptes/membres" | "/partenaires/{slug}/membres" => vec![text("nombre", "9")],
        "/partenaires/{slug}/adresses" => vec![text("objet", "structure.org"), text("motif", "Essai")],
        "/partenaires/{slug}/adresses/retirer" => vec![text("derogation", UNKNOWN_ID)],
        _ => return None,
    })
}

/// Fields of the acts on a convention; a version that is none of its own.
fn convention_fields(path: &str) -> Vec<(&'static str, String)> {
    let mut fields = vec![("version", "0".to_owned())];
    match path.rsplit_once("{cle}/").map_or("", |(_, act)| act) {
        "fonctions" => fields.extend([("fonction", "document".to_owned()), ("motif", "Essai.".to_owned())]),
        "lettres/recue" | "lettres/reparee" => fields.push(("lettre", UNKNOWN_ID.to_owned())),
        "bonne-fin" => fields.push(("reference", UNKNOWN_REFERENCE.to_owned())),
        "fin/confirmer" => {
            let day = [("le_jour", "1"), ("le_mois", "2"), ("le_annee", "2029"), ("voie", "metier.manquement")];
            fields.extend(day.map(|(name, value)| (name, value.to_owned())));
        }
        _ => {}
    }
    fields
}

fn address(route: &Route, known: &Known, unknown: bool) -> String {
    let value = match (route.objet, unknown) {
        (None, _) => return route.path.to_owned(),
        (Some(Objet::Demande), false) => known.reference.clone(),
        (Some(Objet::Demande), true) => UNKNOWN_REFERENCE.to_owned(),
        (Some(Objet::Brouillon), false) => known.brouillon.clone(),
        (Some(Objet::Brouillon), true) => UNKNOWN_ID.to_owned(),
        (Some(Objet::Compte), false) => known.compte.clone(),
        (Some(Objet::Compte), true) => UNKNOWN_ID.to_owned(),
        (Some(Objet::Partenaire), false) => "departement-tarn-et-garonne".to_owned(),
        (Some(Objet::Convention), false) => "000-tarn-et-garonne".to_owned(),
        (Some(Objet::PieceJointe), unknown) => {
            let reference = if unknown { UNKNOWN_REFERENCE } else { &known.reference };
            return format!("/demandes/{reference}/pieces/{}", known.piece);
        }
        (Some(Objet::Actualite), false) => known.actualite.clone(),
        (Some(Objet::Actualite), true) => UNKNOWN_ID.to_owned(),
        (Some(Objet::PieceConvention), unknown) => {
            let cle = if unknown { "inconnue" } else { "000-tarn-et-garonne" };
            return format!("/conventions/{cle}/pieces/{}", known.piece_convention);
        }
        (Some(objet), unknown) => known.habilitations.value(objet, unknown).unwrap_or_else(|| "inconnu".to_owned()),
    };
    let start = route.path.find('{').unwrap();
    let end = route.path.find('}').unwrap();
    format!("{}{value}{}", &route.path[..start], &route.path[end + 1..])
}

struct Known {
    reference: String,
    brouillon: String,
    piece: String,
    habilitations: habilitations::Known,
    piece_convention: String,
    actualite: String,
    /// Of a technicien of the author's structure who tries nothing.
    compte: String,
}

async fn known(app: &TestApp, (author, referent): (&Requete, &Requete), office: &habilitations::Office) -> Known {
    let saisie = saisie(Sorte::Document).with("departement", "82").with("nom", "Thévenin");
    let (reference, piece) = file_with(&app.ctx, author, &saisie, ("attestation.pdf", pdf("attestation"))).await;
    app.run_jobs().await;
    let brouillon = draft(&app.ctx, author, Sorte::Document, &saisie).await.to_string();
    let (piece_convention, actualite) = shared(app, referent).await;
    let compte = app.invited("departement-tarn-et-garonne").await.to_string();
    let habilitations = office.known(app).await;
    Known { reference, brouillon, piece: piece.to_string(), piece_convention, actualite, compte, habilitations }
}

/// A clean file of the convention, and news of its caisse.
async fn shared(app: &TestApp, referent: &Requete) -> (String, String) {
    let cle = "000-tarn-et-garonne";
    let recu = app::piece_jointe::FichierRecu { nom: "convention.pdf".to_owned(), octets: pdf("convention") };
    app::partenaire::attach(&app.ctx, referent, cle, ("utilisation", vec![recu])).await.unwrap();
    app.run_jobs().await;
    let saisie = app::partenaire::ActualiteSaisie {
        titre: "Un webinaire".to_owned(),
        texte: "Lundi à dix heures.".to_owned(),
        jusqu_au: None,
    };
    app::partenaire::publish(&app.ctx, referent, &saisie).await.unwrap();
    let piece = app::partenaire::files(&app.ctx, referent, cle).await.unwrap().pieces.first().unwrap().id;
    let news = app::partenaire::archive(&app.ctx, referent, None).await.unwrap().lignes.first().unwrap().1.id;
    (piece.to_string(), news.to_string())
}

async fn try_route(client: &mut Client, route: &Route, path: &str) -> Page {
    if route.method == Method::GET {
        return client.get(path).await;
    }
    // Any page of this visitor gives a token; the help page is open to all.
    client.get("/aide").await;
    let fields = fields(route).unwrap_or_else(|| panic!("the matrix does not cover {} {}", route.method, route.path));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    client.post(path, &fields).await
}

fn cell(page: &Page) -> String {
    match page.location() {
        "" => page.status.as_u16().to_string(),
        location => {
            let path = location.split(['?', '#']).next().unwrap();
            let shape: Vec<&str> = path.split('/').map(|p| if p.len() > 14 { "…" } else { p }).collect();
            format!("{} {}", page.status.as_u16(), shape.join("/"))
        }
    }
}

/// Whether a persona may see the object of a route at all.
fn sees(nom: &str, objet: Option<Objet>) -> bool {
    match objet {
        Some(Objet::Demande | Objet::PieceJointe) => {
            matches!(nom, "82.technicien" | "82.technicien2" | "82.agent" | "82.superviseur")
        }
        Some(Objet::Brouillon) => nom == "82.technicien",
        Some(Objet::Convention | Objet::PieceConvention) => matches!(nom, "82.referent" | "82.gestionnaire"),
        Some(Objet::Actualite) => {
            matches!(nom, "82.referent" | "82.gestionnaire" | "82.technicien" | "82.technicien2")
        }
        Some(Objet::Compte) => matches!(nom, "82.gestionnaire" | "82.referent"),
        Some(Objet::Partenaire) => nom == "82.referent",
        Some(objet) => habilitations::sees(nom, objet),
        None => true,
    }
}

/// An application, who is signed in to it, and the demande and draft that all try.
struct Bench {
    app: TestApp,
    signed: BTreeMap<&'static str, Client>,
    author: Option<(Requete, Requete)>,
    office: Option<habilitations::Office>,
    world: Option<Known>,
}

impl Bench {
    async fn new() -> Self {
        Self { app: TestApp::monde().await, signed: BTreeMap::new(), author: None, office: None, world: None }
    }

    /// Passwords may be tried so many times a day, and sessions end.
    fn next_day(&mut self) {
        self.app.advance(TimeDelta::days(1));
        (self.author, self.office, self.world) = (None, None, None);
        self.signed.clear();
    }

    /// A world that nobody changed, and the visitor.
    async fn prepare(&mut self, nom: Option<&'static str>) -> Client {
        if self.world.is_none() {
            if self.author.is_none() {
                let referent = self.app.requete("82.referent").await;
                self.office = Some(habilitations::Office::open(&self.app, referent.clone()).await);
                self.author = Some((self.app.requete("82.technicien").await, referent));
            }
            let ((author, referent), office) = (self.author.as_ref().unwrap(), self.office.as_ref().unwrap());
            self.world = Some(known(&self.app, (author, referent), office).await);
        }
        let Some(nom) = nom else { return self.app.client() };
        match self.signed.remove(nom) {
            Some(client) => client,
            None => self.app.signed(nom).await,
        }
    }

    /// One cell. What a refused request leaves behind is tried further, as is what a page that was only read leaves; after
    /// any other the world is made anew, and without an object the visitor signs in again: it may have been his session.
    async fn attempt(&mut self, route: &Route, nom: Option<&'static str>) -> Page {
        let mut client = self.prepare(nom).await;
        let world = self.world.as_ref().unwrap();
        let page = try_route(&mut client, route, &address(route, world, false)).await;
        if let Some(nom) = nom.filter(|nom| !sees(nom, route.objet)) {
            let unknown = try_route(&mut client, route, &address(route, world, true)).await;
            assert_eq!(page.status, unknown.status, "{nom}: {} {}", route.method, route.path);
            assert_eq!(page.body, unknown.body, "{nom} can tell a foreign object from an unknown one: {}", route.path);
            assert!(matches!(page.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{nom}: {}", route.path);
        }
        let refused = nom.is_none() || matches!(page.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN);
        let harmless = route.method == Method::GET || refused;
        if !harmless {
            self.world = None;
        }
        if let Some(nom) = nom.filter(|_| harmless || route.objet.is_some()) {
            self.signed.insert(nom, client);
        }
        page
    }

    /// The rows of one route.
    async fn rows(&mut self, route: &Route) -> String {
        let mut table = format!("{} {}\n", route.method, route.path);
        let mut row = |who: &str, page: &Page| writeln!(table, "    {who:<42} {}", cell(page)).unwrap();
        if route.method != Method::GET && route.objet.is_none() {
            self.next_day();
        }
        row("anonyme", &self.attempt(route, None).await);
        if matches!(route.access, Access::Public | Access::Static) || route.objet == Some(Objet::Lien) {
            return table;
        }
        for (nom, relation) in PERSONAS {
            row(&format!("{nom} ({relation})"), &self.attempt(route, Some(nom)).await);
        }
        table
    }
}

/// What every so many-th route answers, with its place, in an application and on a runtime of its own.
fn bench(first: usize) -> Vec<(usize, String)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut bench = Bench::new().await;
        let routes = bench.app.routes.clone();
        let mut rows = Vec::new();
        for (at, route) in routes.iter().enumerate().skip(first).step_by(BENCHES) {
            rows.push((at, bench.rows(route).await));
        }
        rows
    })
}

#[test]
fn every_route_answers_each_persona_as_the_checked_in_matrix_says() {
    let benches: Vec<_> = (0..BENCHES).map(|first| std::thread::spawn(move || bench(first))).collect();
    let mut rows: Vec<_> = benches.into_iter().flat_map(|bench| bench.join().unwrap()).collect();
    rows.sort();
    let table: String = rows.into_iter().map(|(_, rows)| rows).collect();
    insta::assert_snapshot!("matrice", table);
}

#[tokio::test]
async fn an_address_that_is_no_route_answers_like_an_unknown_demande() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("83.technicien").await;
    let unknown = technicien.get(&format!("/demandes/{UNKNOWN_REFERENCE}")).await;
    for other in ["/rien", "/demandes/pas-une-reference", "/demandes/EP-9999-9999-999"] {
        let page = technicien.get(other).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{other}");
        assert_eq!(page.body, unknown.body, "{other}");
    }
}
