//! What a demande says that no file tells: its kind, who it is about, how it was received and how it ended.

use crate::volume::Demande;
use chrono::{NaiveDate, TimeDelta};
use domain::calendrier::{Zone, jour_civil};
use domain::demande::{Etat, EtatDemande, Issue, MotifComplement, Sorte};
use domain::ids::CompteId;
use rand::RngExt as _;
use rand::rngs::StdRng;
use store::demande::{Accuse, Contenu};

/// What the service for the rights receives.
const DROITS: [(Sorte, &str); 4] = [
    (Sorte::Contacter, ""),
    (Sorte::Etude, "puma"),
    (Sorte::RendezVous, "rendez_vous_caisse"),
    (Sorte::Document, "attestation_droits"),
];

/// A kind that this service receives.
pub fn kind(hasard: &mut StdRng, service: &str) -> (Sorte, &'static str) {
    match service {
        "c2s" => (Sorte::Etude, "c2s"),
        "ame" => (Sorte::Etude, "ame"),
        "misas" => (Sorte::Difficulte, "difficulte_droits"),
        _ => DROITS.get(hasard.random_range(0..DROITS.len())).copied().unwrap_or((Sorte::Contacter, "")),
    }
}

/// What is sealed of it.
pub fn content(hasard: &mut StdRng, demande: &Demande) -> Contenu {
    let (annee, mois, jour) = (hasard.random_range(1937..2007), hasard.random_range(1..13), hasard.random_range(1..29));
    Contenu {
        nom: demande.nom.clone(),
        prenom: demande.prenom.clone(),
        naissance: format!("{annee:04}-{mois:02}-{jour:02}"),
        precisions: demande.sujet.clone(),
        objet: demande.sujet.clone(),
        information: "entretien".to_owned(),
        informee_le: jour_civil(Zone::Metropole, demande.creee),
        ..Contenu::default()
    }
}

/// Its receipt.
pub fn receipt(service: &str, (delai_jours, echeance): (u32, NaiveDate)) -> Accuse {
    Accuse {
        caisse: "CPAM de Meurthe-et-Moselle".to_owned(),
        service: service.to_owned(),
        telephone: Some("03 53 01 30 00".to_owned()),
        courriel: Some("partenaires@cpam-mesure.example".to_owned()),
        adresse: Some("1 rue de l'Exemple, 54000 Nancy".to_owned()),
        delai_jours,
        echeance,
        voie: None,
        silence: None,
    }
}

/// How it stands, with what its state knows.
pub fn state(demande: &Demande, agent: CompteId, hasard: &mut StdRng) -> EtatDemande {
    let depuis = demande.modifiee;
    match demande.etat {
        Etat::PriseEnCharge => EtatDemande::PriseEnCharge { agent, depuis },
        Etat::AttenteInterne => EtatDemande::AttenteInterne { agent, depuis },
        Etat::AttentePartenaire => {
            let reponse_avant = (depuis + TimeDelta::days(14)).date_naive();
            EtatDemande::AttentePartenaire { agent, depuis, motif: MotifComplement::PieceManquante, reponse_avant }
        }
        Etat::Cloturee => {
            let issue = if hasard.random_bool(0.8) { Issue::Satisfaite } else { Issue::Partielle };
            EtatDemande::Cloturee { agent: Some(agent), le: depuis, issue }
        }
        _ => EtatDemande::Transmise,
    }
}
