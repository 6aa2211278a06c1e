//! Samples of what use cases give, with fictional people, to render every page.

mod conventions;
mod depot;
mod fiche;

pub(crate) use conventions::*;
pub(crate) use depot::*;
pub(crate) use fiche::*;

use crate::frame::Frame;
use crate::testing::{config, signed};
use app::demande::{
    Accord, Accueil, Accuse, Brouillon, Caisse, Compteurs, Contenu, Demande, File, Ligne, Nombres, OuvertA, Page, Recu,
    Saisie, Service,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::assure::Civilite;
use domain::calendrier::Zone;
use domain::compte::Profil;
use domain::convention::{Actes, Dossier};
use domain::demande::{Etat, EtatDemande, Sorte};
use domain::ids::{BrouillonId, CaisseId, CompteId, ConventionId, DemandeId, PartenaireId, ServiceId};
use std::sync::Arc;
use uuid::Uuid;

pub(crate) const REFERENCE: &str = "EP-M3FJ-C7RP-TW5";

pub(crate) fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n)
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

/// The frame of somebody of this profil at an address.
pub(crate) fn frame(profil: Profil, path: &str) -> Frame {
    let frame = Frame::new(config(), "req-1".into(), path.into());
    frame.bind("session");
    let mut who = signed(profil);
    who.navigation = crate::pages::navigation(profil, true);
    if matches!(profil, Profil::Agent | Profil::Superviseur) {
        who.structure = "CPAM de Tarn-et-Garonne".into();
    }
    frame.sign(who);
    frame
}

pub(crate) fn caisse() -> Caisse {
    Caisse {
        id: CaisseId::new(uuid(1)),
        fiche: domain::caisse::caisse_embarquee("tarn-et-garonne").unwrap().clone(),
        telephone: Some("05 36 49 00 10".into()),
        courriel: Some("partenaires@cpam82.example".into()),
        adresse: Some("592 boulevard Blaise Doumerc, 82015 Montauban Cedex".into()),
        autre_canal: Some("Par téléphone au 3646, en donnant le SIRET.".into()),
    }
}

pub(crate) fn service() -> Service {
    Service {
        id: ServiceId::new(uuid(2)),
        caisse: CaisseId::new(uuid(1)),
        code: "droits".into(),
        nom: "Service des droits".into(),
        telephone: Some("05 36 49 00 11".into()),
        courriel: Some("droits@cpam82.example".into()),
        adresse: None,
        delai_jours: 5,
    }
}

pub(crate) fn ouverte() -> OuvertA {
    OuvertA {
        caisse: caisse(),
        convention: ConventionId::new(uuid(3)),
        accord: Arc::new(Accord { dossier: Dossier::default(), actes: Actes::default() }),
    }
}

pub(crate) fn accuse() -> Accuse {
    Accuse {
        caisse: "CPAM de Tarn-et-Garonne".into(),
        service: "Service des droits".into(),
        telephone: Some("05 36 49 00 11".into()),
        courriel: Some("droits@cpam82.example".into()),
        adresse: Some("592 boulevard Blaise Doumerc, 82015 Montauban Cedex".into()),
        delai_jours: 5,
        echeance: day(2029, 1, 10),
        voie: Some("adresse_connue".into()),
        silence: None,
    }
}

pub(crate) fn demande(etat: EtatDemande) -> Demande {
    Demande {
        id: DemandeId::new(uuid(5)),
        reference: REFERENCE.into(),
        caisse: CaisseId::new(uuid(1)),
        service: ServiceId::new(uuid(2)),
        partenaire: PartenaireId::new(uuid(6)),
        convention: ConventionId::new(uuid(3)),
        auteur: CompteId::new(uuid(7)),
        sorte: Sorte::Document,
        sous_types: vec!["attestation_droits".into(), "autre_document".into()],
        urgent: true,
        departement: "82".into(),
        civilite: Civilite::Madame,
        contenu: Contenu {
            nom: "Exemple".into(),
            prenom: "Rosalie".into(),
            naissance: "1985-05-00".into(),
            precisions: "Première ligne\nSeconde <ligne>".into(),
            motif_urgence: "entrée en établissement lundi".into(),
            autre_document: "relevé de l’année 2028".into(),
            information: "entretien".into(),
            informee_le: day(2029, 1, 3),
            accord: None,
            accord_le: None,
            qualite: Some("tutelle_curatelle".into()),
            objet: String::new(),
            autre_etude: String::new(),
            echeance_urgence: None,
            recours: None,
            handicap: false,
            criteres: Vec::new(),
            telephone: String::new(),
            mode: None,
            demi_journees: Vec::new(),
        },
        etat,
        transmise_le: at("2029-01-03T13:05:00Z"),
        echeance: day(2029, 1, 10),
        delai_jours: 5,
        version: 3,
    }
}

pub(crate) fn recu() -> Recu {
    Recu { demande: demande(EtatDemande::Transmise), accuse: accuse(), zone: Zone::Metropole }
}

pub(crate) fn ligne(n: u128, etat: Etat, urgent: bool) -> Ligne {
    Ligne {
        id: DemandeId::new(uuid(100 + n)),
        reference: domain::demande::reference::Reference::from_random((n as u64).to_be_bytes()).to_string(),
        sorte: Sorte::Document,
        etat,
        urgent,
        nom: "Exemple".into(),
        prenom: "Rosalie".into(),
        transmise_le: at("2029-01-03T13:05:00Z"),
        echeance: day(2029, 1, 10),
        etat_depuis: at("2029-01-04T09:00:00Z"),
        partenaire: "CD 82".into(),
        service: "Service des droits".into(),
        caisse: "CPAM de Tarn-et-Garonne".into(),
        zone: Zone::Metropole,
        non_lus_partenaire: i64::from(urgent),
        non_lus_desk: 2,
    }
}

/// A page of a list that has another one after it.
pub(crate) fn liste() -> Page {
    let last = ligne(2, Etat::Cloturee, false);
    let suite = app::demande::Curseur { urgent: last.urgent, transmise_le: last.transmise_le, id: last.id };
    Page { lignes: vec![ligne(1, Etat::Transmise, true), last], suite: Some(suite) }
}

pub(crate) fn file(page: Page) -> File {
    File {
        nombres: Nombres { a_prendre: 12, miennes: 3, en_attente: 4, a_lire: 1 },
        lue_le: DateTime::UNIX_EPOCH,
        zone: Zone::Metropole,
        caisse: "CPAM de Tarn-et-Garonne".into(),
        page,
    }
}

pub(crate) fn accueil() -> Accueil {
    let saisie = [("nom", "Exemple"), ("prenom", "Rosalie")].map(|(k, v)| (k.to_owned(), vec![v.to_owned()]));
    Accueil {
        structure: "Conseil départemental de Tarn-et-Garonne".into(),
        ouvertes: vec![Sorte::Contacter, Sorte::Document],
        historique: true,
        complements: vec![ligne(3, Etat::AttentePartenaire, false)],
        nombre_a_lire: 1,
        a_lire: vec![ligne(1, Etat::PriseEnCharge, true)],
        brouillons: vec![Brouillon {
            id: BrouillonId::new(uuid(4)),
            sorte: Sorte::Document,
            saisie: Saisie(saisie.into()),
            modifie_le: at("2029-01-03T13:05:00Z"),
            version: 1,
        }],
        caisses: vec![caisse()],
    }
}

/// Counters of a queue.
pub(crate) fn compteurs() -> Compteurs {
    Compteurs {
        caisse: "CPAM du Var".into(),
        nombres: Nombres { a_prendre: 12, miennes: 2, en_attente: 0, a_lire: 1 },
        lue_le: DateTime::UNIX_EPOCH,
    }
}
