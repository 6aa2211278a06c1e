//! Samples of forms and drafts, of each kind.

use super::{REFERENCE, day, ouverte, service, uuid};
use app::demande::{AssureRepris, Besoin, Depot, Formulaire, Joindre, Recapitulatif};
use domain::assure::{Civilite, DateNaissance, NomPropre};
use domain::caisse::Departement;
use domain::convention::{MotifRecours, Qualite, SousType, Voie};
use domain::demande::{Critere, DemiJournee, Mode, ModeRendezVous, Orientation, Sorte};
use domain::ids::BrouillonId;

/// A form as most conventions ask it.
pub(crate) fn formulaire() -> Formulaire {
    Formulaire {
        brouillon: BrouillonId::new(uuid(4)),
        ouvertes: vec![ouverte()],
        sorte: Sorte::Document,
        sous_types: SousType::TOUS.iter().copied().filter(|t| *t >= SousType::AttestationDroits).collect(),
        qualites: Vec::new(),
        accord_examen: false,
        accord_dossier: false,
        accord_signalement: false,
        recours: Vec::new(),
        criteres: false,
        publics: vec!["les assurés du régime général accueillis par le Conseil départemental".into()],
        nomme_destinataire: true,
        departement: Some("82".into()),
        recents: Vec::new(),
        assure: None,
    }
}

/// The form of a kind as most conventions ask it.
pub(crate) fn formulaire_de(sorte: Sorte) -> Formulaire {
    let sous_types = SousType::TOUS.iter().copied().filter(|t| t.fonctionnalite() == sorte.fonctionnalite()).collect();
    Formulaire { sorte, sous_types, ..formulaire() }
}

/// The form of a kind with everything a convention can ask, and persons to take again.
pub(crate) fn formulaire_complet(sorte: Sorte) -> Formulaire {
    Formulaire {
        qualites: vec![Qualite::TutelleCuratelle, Qualite::GestionnaireAse],
        accord_examen: true,
        accord_dossier: true,
        accord_signalement: true,
        recours: vec![MotifRecours::AutonomieInsuffisante, MotifRecours::UrgenceSoins],
        criteres: true,
        recents: vec![assure_repris()],
        ouvertes: vec![ouverte(), ouverte()],
        ..formulaire_de(sorte)
    }
}

/// The person of an earlier demande.
pub(crate) fn assure_repris() -> AssureRepris {
    AssureRepris {
        reference: REFERENCE.into(),
        civilite: Civilite::Madame,
        nom: "Exemple".into(),
        prenom: "Rosalie".into(),
        naissance: "1985-05-00".into(),
        departement: "82".into(),
    }
}

/// What each kind asks, filled in.
pub(crate) fn besoin(sorte: Sorte) -> Besoin {
    match sorte {
        Sorte::Contacter => Besoin::Contacter { objet: "Changement de caisse".into() },
        Sorte::Etude => Besoin::Etude {
            etude: SousType::AutreEtude,
            autre: "rattachement d’un enfant".into(),
            echeance: Some(day(2029, 2, 1)),
        },
        Sorte::Difficulte => Besoin::Difficulte {
            natures: vec![SousType::DifficulteDroits, SousType::DifficulteNumerique],
            handicap: true,
            criteres: vec![Critere::Isolement, Critere::Langue],
            joindre: Joindre::Telephone("06 39 98 00 12".into()),
        },
        Sorte::RendezVous => Besoin::RendezVous {
            motif: SousType::RendezVousExamen,
            mode: ModeRendezVous::Agence,
            demi_journees: vec![DemiJournee::LundiMatin, DemiJournee::JeudiApresMidi],
        },
        Sorte::Document => Besoin::Document {
            documents: vec![SousType::AttestationDroits, SousType::AutreDocument],
            autre: "relevé de l’année 2028".into(),
            qualite: Some(Qualite::TutelleCuratelle),
        },
    }
}

/// The check page's draft, of a kind.
pub(crate) fn recapitulatif_de(sorte: Sorte) -> Recapitulatif {
    let mut recap = recapitulatif();
    recap.depot.besoin = besoin(sorte);
    let (accord, recours) =
        (matches!(sorte, Sorte::Difficulte | Sorte::RendezVous), matches!(sorte, Sorte::Etude | Sorte::RendezVous));
    recap.depot.accord = accord.then_some(Mode::Telephone);
    recap.depot.recours = recours.then_some(MotifRecours::AutonomieInsuffisante);
    if sorte == Sorte::Difficulte {
        recap.orientations = vec![Orientation::Mission, Orientation::CanauxAutonomes { internet: false }];
        recap.doublon = Some(REFERENCE.into());
    }
    recap.voie = recap.voie.filter(|_| sorte == Sorte::Document);
    recap
}

pub(crate) fn recapitulatif() -> Recapitulatif {
    Recapitulatif {
        brouillon: BrouillonId::new(uuid(4)),
        depot: Depot {
            civilite: Civilite::Madame,
            nom: NomPropre::parse("Exemple").unwrap(),
            prenom: Some(NomPropre::parse("Rosalie").unwrap()),
            naissance: DateNaissance::parse("12", "5", "1985", day(2029, 1, 3)).unwrap(),
            departement: Departement::parse("82").unwrap(),
            caisse: None,
            information: Mode::Entretien,
            informee_le: day(2029, 1, 3),
            accord: None,
            urgence: Some("entrée en établissement lundi".into()),
            recours: None,
            precisions: "Première ligne\nSeconde ligne".into(),
            besoin: besoin(Sorte::Document),
        },
        ouverte: ouverte(),
        service: service(),
        voie: Some(Voie::AdresseConnue),
        echeance: day(2029, 1, 10),
        orientations: Vec::new(),
        doublon: None,
        pieces: Vec::new(),
        antivirus: true,
    }
}
