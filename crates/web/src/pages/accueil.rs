//! Home pages, one a profil: what is there for this person today, and nothing else.

use super::Page;
use super::administration::PATH as COMPTES_DESK;
use super::composants::{BulletList, Button, Link, Markup, NotificationBanner, Table};
use super::demandes::table;
use super::file::take_next;
use super::mots::{HISTORY_PATH, QUEUE_PATH, draft_path, form_path, instant, nombre_en_tete, person};
use super::partenaires::{LISTE, MA_STRUCTURE};
use crate::frame::{Contact, Frame};
use app::demande::{Accueil, Brouillon, Caisse, Compteurs};
use askama::Template;
use domain::calendrier::Zone;
use domain::compte::Profil;
use domain::demande::Sorte;

/// Tracked forms, reviews, proofs: what both sides of a structure's comptes share.
fn habilitations() -> [Link; 3] {
    [Link::new("Habilitations", "/habilitations"), Link::new("Revues", "/revues"), Link::new("Preuves", "/preuves")]
}

/// The main ways of a profil, for the header: a technicien is shown the history only where it is open (CO-7).
#[must_use]
pub fn navigation(profil: Profil, historique: bool) -> Vec<Link> {
    let mut links = vec![Link::new("Accueil", "/")];
    match profil {
        Profil::Technicien => links.extend(historique.then(|| Link::new("Mes demandes", HISTORY_PATH))),
        Profil::Agent | Profil::Superviseur => links.push(Link::new("File des demandes", QUEUE_PATH)),
        Profil::Gestionnaire => {
            links = vec![Link::new("Comptes", "/comptes"), Link::new("Ma structure", MA_STRUCTURE)];
            links.extend(habilitations());
        }
        Profil::Referent => {
            links = vec![
                Link::new("Conventions", super::conventions::CONVENTIONS_PATH),
                Link::new("Partenaires", LISTE),
                Link::new("Comptes", "/comptes"),
            ];
            links.extend(habilitations());
        }
        Profil::Dpo => links.push(Link::new("Preuves", "/preuves")),
        Profil::AdministrateurLocal => links.extend([
            Link::new("Comptes", COMPTES_DESK),
            Link::new("Revues", "/revues"),
            Link::new("Preuves", "/preuves"),
            Link::new("Mots de passe", "/reglages/mots-de-passe"),
        ]),
        Profil::AdministrateurNational => links.push(Link::new("Comptes", COMPTES_DESK)),
        _ => {}
    }
    links.push(Link::new("Mon compte", "/mon-compte"));
    links
}

/// A kind that may be filed, with what it is for.
struct Offre {
    libelle: &'static str,
    aide: &'static str,
    href: &'static str,
}

/// A draft as the home shows it.
struct LigneBrouillon {
    id: String,
    href: String,
    titre: String,
    modifie: String,
}

/// A caisse's contact.
#[derive(Template)]
#[template(path = "contact.html")]
struct ContactLines<'a> {
    contact: &'a Contact,
}

/// The technicien's home.
#[derive(Template)]
#[template(path = "accueil/technicien.html")]
pub struct AccueilTechnicienPage {
    page: Page,
    avis: Option<NotificationBanner>,
    actualites: Option<Markup>,
    structure: String,
    offres: Vec<Offre>,
    complements: Option<Table>,
    a_lire: Option<String>,
    a_suivre: Option<Table>,
    historique: Option<Link>,
    brouillons: Vec<LigneBrouillon>,
    contacts: Vec<Markup>,
}

impl AccueilTechnicienPage {
    /// The home as the use case gives it; `supprime` says that a draft was just thrown away.
    #[must_use]
    pub fn new(frame: &Frame, accueil: &Accueil, supprime: bool) -> Self {
        let zone = accueil.caisses.first().map_or(Zone::Metropole, |c| c.fiche.zone);
        Self {
            page: Page::new(frame, "Accueil"),
            avis: supprime.then(|| NotificationBanner::success("Le brouillon est supprimé.")),
            actualites: None,
            structure: accueil.structure.clone(),
            offres: accueil.ouvertes.iter().map(|s| offer(*s)).collect(),
            complements: (!accueil.complements.is_empty()).then(|| table("Compléments demandés", &accueil.complements)),
            a_lire: to_read(accueil.nombre_a_lire, accueil.a_lire.len()),
            a_suivre: (!accueil.a_lire.is_empty()).then(|| table("Demandes avec une réponse à lire", &accueil.a_lire)),
            historique: accueil.historique.then(|| Link::new("Consulter l’historique des demandes", HISTORY_PATH)),
            brouillons: accueil.brouillons.iter().map(|b| draft(b, zone)).collect(),
            contacts: accueil.caisses.iter().map(contact).collect(),
        }
    }

    /// With the news that the reader has not read yet (PA-5).
    #[must_use]
    pub fn with_news(mut self, actualites: Option<Markup>) -> Self {
        self.actualites = actualites;
        self
    }
}

/// One of the kinds (DE-1), said in a line.
const fn offer(sorte: Sorte) -> Offre {
    let aide = match sorte {
        Sorte::Contacter => "Poser une question sur le dossier d’une personne que vous accompagnez.",
        Sorte::Etude => "Faire étudier des droits : protection universelle maladie, complémentaire santé, aides.",
        Sorte::Difficulte => "Faire intervenir la caisse quand une personne n’accède pas à ses droits ou à des soins.",
        Sorte::RendezVous => "Avec la caisse, ou pour un examen de prévention en santé.",
        Sorte::Document => "Une attestation, une notification, un formulaire ou un bon de prise en charge.",
    };
    Offre { libelle: sorte.libelle(), aide, href: form_path(sorte) }
}

/// « 12 demandes ont une réponse à lire. Les 10 dernières : »; nothing to say where there is none.
fn to_read(a_lire: i64, montrees: usize) -> Option<String> {
    let all = super::demandes::to_read(a_lire)?;
    let more = i64::try_from(montrees).is_ok_and(|montrees| a_lire > montrees);
    Some(if more { format!("{all}. Les {montrees} dernières :") } else { format!("{all}.") })
}

fn draft(brouillon: &Brouillon, zone: Zone) -> LigneBrouillon {
    let typed = |champ: &str| brouillon.saisie.0.get(champ).and_then(|v| v.first()).map_or("", |t| t.trim());
    let who = match (person("", typed("prenom"), typed("nom")), typed("assure")) {
        (who, _) if !who.is_empty() => who,
        (_, "") => "personne à préciser".to_owned(),
        (_, reference) => format!("personne de la demande {reference}"),
    };
    LigneBrouillon {
        id: brouillon.id.to_string(),
        href: draft_path(brouillon.sorte, brouillon.id),
        titre: format!("{} : {who}", brouillon.sorte.libelle()),
        modifie: instant(zone, brouillon.modifie_le),
    }
}

fn contact(caisse: &Caisse) -> Markup {
    let contact = Contact {
        caisse: caisse.fiche.nom.clone(),
        channel: caisse.autre_canal.clone(),
        email: caisse.courriel.clone(),
        telephone: caisse.telephone.clone(),
    };
    Markup::of(&ContactLines { contact: &contact })
}

/// The home of agent and superviseur.
#[derive(Template)]
#[template(path = "accueil/caisse.html")]
pub struct AccueilCaissePage {
    page: Page,
    caisse: String,
    a_prendre: String,
    plusieurs: bool,
    miennes: String,
    a_lire: Option<String>,
    suivante: Option<Button>,
}

impl AccueilCaissePage {
    /// The counters of the queue.
    #[must_use]
    pub fn new(frame: &Frame, file: &Compteurs) -> Self {
        Self {
            page: Page::new(frame, "Accueil"),
            caisse: file.caisse.clone(),
            a_prendre: nombre_en_tete(file.nombres.a_prendre),
            plusieurs: file.nombres.a_prendre > 1,
            miennes: nombre_en_tete(file.nombres.miennes),
            a_lire: (file.nombres.a_lire > 0).then(|| nombre_en_tete(file.nombres.a_lire)),
            suivante: (file.nombres.a_prendre > 0).then(|| take_next(file.lue_le)),
        }
    }
}

/// The home of the profils that have none of their own: their part, the ways to it, what is not there yet.
#[derive(Template)]
#[template(path = "accueil/profil.html")]
pub struct AccueilProfilPage {
    page: Page,
    role: &'static str,
    voies: BulletList,
    absent: &'static str,
    contact: Option<Markup>,
}

impl AccueilProfilPage {
    /// What this profil does, and what of it is not done here yet.
    #[must_use]
    pub fn new(frame: &Frame, profil: Profil) -> Self {
        let (role, voies, absent) = words(profil);
        let contact =
            frame.signed().and_then(|s| s.contact.as_ref()).map(|contact| Markup::of(&ContactLines { contact }));
        let voies = BulletList::new(voies.iter().map(|(texte, href)| Link::new(*texte, *href)));
        Self { page: Page::new(frame, "Accueil"), role, voies, absent, contact }
    }
}

/// What the profil is for, what it does here, what is not there yet.
const fn words(profil: Profil) -> (&'static str, &'static [(&'static str, &'static str)], &'static str) {
    match profil {
        Profil::Responsable => (
            "Vous suivez l’activité de votre caisse par ses chiffres.",
            &[],
            "Le portail ne présente pas encore de statistiques.",
        ),
        Profil::Dpo => (
            "Vous veillez à la protection des données personnelles.",
            &[("Lire et exporter les preuves de la caisse", "/preuves")],
            "Les autres registres ne se consultent pas encore sur le portail.",
        ),
        Profil::AdministrateurLocal => (
            "Vous êtes responsable des comptes et des réglages de votre caisse.",
            &[
                ("Créer, rouvrir ou inactiver un compte de la caisse, changer les services d’un agent", COMPTES_DESK),
                ("Revoir les comptes de la caisse et fixer le rythme des revues", "/revues"),
                ("Lire et exporter les preuves de la caisse", "/preuves"),
                ("Décider du changement périodique des mots de passe", "/reglages/mots-de-passe"),
            ],
            "Les services de la caisse, leurs délais et leurs coordonnées ne se changent pas encore sur le portail.",
        ),
        Profil::AdministrateurNational => (
            "Vous ouvrez les comptes des administrateurs des caisses et des profils nationaux.",
            &[("Créer, rouvrir ou inactiver ces comptes", COMPTES_DESK)],
            "Les caisses ne s’ouvrent pas encore sur le portail. Les conventions s’enregistrent avec la commande « convention import » sur le serveur.",
        ),
        Profil::Support => {
            ("Vous aidez les utilisateurs du portail.", &[], "Le portail n’offre pas encore d’outil d’assistance.")
        }
        Profil::Gestionnaire | Profil::Technicien | Profil::Agent | Profil::Superviseur | Profil::Referent => {
            ("", &[], "")
        }
    }
}
