//! Samples of conventions, of what ends them, of a review: a fictional convention, fictional people.

use super::{at, day, uuid};
use app::convention::{
    ASuivre, ActeNote, ActeVu, Calendrier, CompteFerme, Consequences, Enregistree, FicheConvention, FinPrevue,
    FonctionVue, Jour, LigneConvention, NatureActe,
};
use app::partenaire::{Adhesions, Apercu, Coupe, Membre};
use app::revue::{Fiche, LigneDeRevue, Revue};
use domain::calendrier::Zone;
use domain::compte::{EtatCompte, Profil};
use domain::convention::{Actes, CauseFin, Dossier, Etat, Fonctionnalite, PapierVise, Situation};
use domain::habilitation::{EtatRevue, MotifRevue};
use domain::ids::{CaisseId, CompteId, ConventionId, PartenaireId, RevueId};

const CLE: &str = "011-fictive-isere";
const STRUCTURE: &str = "CCAS de Pierre-Bénite";
const CAISSE: &str = "CPAM de l’Isère";

fn dossier() -> Dossier {
    let documents = app::convention::lis(&testkit::demo::fictives()).unwrap();
    let dossiers = app::convention::assemble(&documents, &[]).unwrap();
    dossiers.into_iter().find(|d| d.cle == CLE).unwrap()
}

/// Active since January, with one function closed.
pub(crate) fn fiche_convention() -> FicheConvention {
    let row = Enregistree {
        id: ConventionId::new(uuid(3)),
        caisse: CaisseId::new(uuid(1)),
        partenaire: PartenaireId::new(uuid(6)),
        dossier: dossier(),
        actes: Actes { activee_le: Some(day(2028, 1, 3)), ..Actes::default() },
        version: 4,
    };
    let aujourdhui = day(2029, 1, 8);
    let acte = ActeNote {
        id: uuid(70),
        nature: NatureActe::FonctionFermee,
        objet: Fonctionnalite::Document.code().into(),
        jour: None,
        auteur: Some(CompteId::new(uuid(7))),
        le: at("2028-06-05T08:00:00Z"),
        motif: "Le service est en travaux.".into(),
    };
    FicheConvention {
        caisse: CAISSE.into(),
        zone: Zone::Metropole,
        aujourdhui,
        situation: Situation::Active,
        metier: (Situation::Renouvelee, 3),
        utilisation: (Situation::Active, 0),
        calendrier: row.dossier.calendrier(&row.actes, &[], false, aujourdhui),
        evaluation: None,
        fonctions: vec![
            FonctionVue { fonction: Fonctionnalite::Etude, activable: true, ouverte: true },
            FonctionVue { fonction: Fonctionnalite::Document, activable: true, ouverte: false },
        ],
        lettres: vec![],
        voies: vec![],
        versions: vec![],
        actes: vec![ActeVu { acte, auteur: Some("Camille Exemple".into()) }],
        actes_suite: None,
        row: Box::new(row),
    }
}

/// One convention, and what it brings.
pub(crate) fn calendrier() -> Calendrier {
    let fiche = fiche_convention();
    let jour = |echeance| Jour { echeance, cle: CLE.into(), structure: STRUCTURE.into() };
    let ligne = LigneConvention {
        cle: CLE.into(),
        structure: STRUCTURE.into(),
        situation: fiche.situation,
        metier: fiche.metier.0,
        utilisation: fiche.utilisation.0,
        prochaine: fiche.calendrier.first().cloned(),
    };
    Calendrier {
        caisse: CAISSE.into(),
        aujourdhui: fiche.aujourdhui,
        a_suivre: vec![ASuivre {
            le: Some(day(2029, 1, 5)),
            texte: format!("{STRUCTURE} : compléter la réception d'une lettre"),
            lien: format!("/conventions/{CLE}/lettres"),
            retard: true,
        }],
        jours: fiche.calendrier.into_iter().map(jour).collect(),
        jours_suite: None,
        conventions: vec![ligne],
        suite: Some(CLE.into()),
    }
}

/// Two comptes that close, or the caisse that keeps them.
pub(crate) fn consequences(restent: &[&str]) -> Consequences {
    let compte = |nom: &str, profil, etat| CompteFerme { nom: nom.into(), profil, etat };
    Consequences {
        comptes: vec![
            compte("Armel Exemple", Profil::Gestionnaire, EtatCompte::Actif),
            compte("Camille Exemple", Profil::Technicien, EtatCompte::Invite),
        ],
        restent: restent.iter().map(|&nom| nom.to_owned()).collect(),
        demandes: 3,
    }
}

/// An end of the métier convention, of this morning.
pub(crate) fn fin_prevue(restent: &[&str]) -> FinPrevue {
    FinPrevue {
        cle: CLE.into(),
        structure: STRUCTURE.into(),
        caisse: CAISSE.into(),
        papier: PapierVise::Metier,
        cause: CauseFin::Manquement,
        le: day(2029, 1, 8),
        motif: "Le manquement n’est pas réparé.".into(),
        immediate: true,
        consequences: consequences(restent),
        version: 4,
    }
}

/// A structure that may be cut.
pub(crate) fn apercu(coupe: Coupe) -> Apercu {
    Apercu {
        cle: CLE.into(),
        structure: STRUCTURE.into(),
        slug: "ccas-pierre-benite".into(),
        caisse: CAISSE.into(),
        coupe,
        gestionnaires: 1,
        techniciens: 2,
        autres: vec!["CPAM du Rhône".into()],
        passees: vec![],
        aujourdhui: day(2029, 1, 8),
        zone: Zone::Metropole,
        en_cours: true,
    }
}

/// A union with one member, who may leave.
pub(crate) fn adhesions() -> Adhesions {
    let membre = Membre {
        slug: "ccas-pierre-benite".into(),
        nom: STRUCTURE.into(),
        cle: CLE.into(),
        deliberation: Some("délibération n° 12 du 3 mars 2028".into()),
        etat: Etat::Active,
        sortie: None,
    };
    Adhesions {
        union: "Union départementale d’exemple".into(),
        court: "UDCCAS d’exemple".into(),
        dossier: dossier(),
        membres: vec![membre.clone()],
        ici: membre,
        aujourdhui: day(2029, 1, 8),
        premier_jour: day(2029, 2, 8),
        consequences: consequences(&[]),
    }
}

/// A review to answer: one compte that may be closed, one that may only be kept.
pub(crate) fn revue() -> Fiche {
    let ligne = |n, nom: &str, profil, fermable| LigneDeRevue {
        compte: CompteId::new(uuid(n)),
        nom: nom.into(),
        profil,
        identifiant: format!("exemple{n}"),
        courriel: format!("exemple{n}@ccas-pierre-benite.example"),
        etat: EtatCompte::Actif,
        derniere_connexion: Some(at("2029-01-05T13:05:00Z")),
        fermable,
    };
    Fiche {
        revue: Revue {
            id: RevueId::new(uuid(80)),
            caisse: CaisseId::new(uuid(1)),
            partenaire: Some(PartenaireId::new(uuid(6))),
            convention: Some(ConventionId::new(uuid(3))),
            motif: MotifRevue::Periodique,
            etat: EtatRevue::Ouverte,
            ouverte_le: at("2029-01-03T08:00:00Z"),
            ouverte_par: None,
            echeance: day(2029, 2, 2),
            rappels: 0,
            attestee_le: None,
            attestee_par: None,
            preuve: None,
            version: 1,
        },
        organisation: STRUCTURE.into(),
        caisse: CAISSE.into(),
        zone: Zone::Metropole,
        lignes: vec![
            ligne(41, "Camille Exemple", Profil::Technicien, true),
            ligne(42, "Armel Exemple", Profil::Gestionnaire, false),
        ],
        preuve: None,
        repond: true,
    }
}
