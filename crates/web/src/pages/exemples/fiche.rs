//! Samples of the page of a demande: its states, its thread, its files.

use super::{accuse, at, caisse, day, demande, service, uuid};
use app::demande::{ComplementDemande, Cote, Echange, Evenement, Fiche, Message};
use app::piece_jointe::Piece;
use domain::calendrier::Zone;
use domain::demande::{Etat, EtatDemande, MotifComplement, NomActe, horloges};
use domain::ids::{CompteId, MessageId, PieceJointeId};
use domain::piece_jointe::{Etat as EtatPiece, NomDeFichier, Sens, TypeFichier};

pub(crate) fn prise() -> EtatDemande {
    EtatDemande::PriseEnCharge { agent: CompteId::new(uuid(8)), depuis: at("2029-01-04T08:00:00Z") }
}

fn message(cote: Cote, texte: &str, vu: bool) -> Echange {
    let auteur = if cote == Cote::Caisse { "Service des droits" } else { "Camille Roux" };
    Echange {
        auteur: auteur.into(),
        message: Message {
            id: MessageId::new(uuid(if cote == Cote::Caisse { 10 } else { 9 })),
            cote,
            auteur: CompteId::new(uuid(7)),
            texte: texte.into(),
            ecrit_le: at("2029-01-04T09:00:00Z"),
            vu_le: vu.then(|| at("2029-01-04T10:00:00Z")),
        },
    }
}

fn evenement(vers: Etat, le: &str, cote: Cote) -> Evenement {
    Evenement { vers, le: at(le), cote: Some(cote), auteur: None }
}

/// A fiche with the acts that side has in that state.
pub(crate) fn fiche(cote: Cote, etat: EtatDemande, now: &str) -> Fiche {
    let desk = cote == Cote::Caisse;
    let mut evenements = vec![evenement(Etat::Transmise, "2029-01-03T13:05:00Z", Cote::Partenaire)];
    if etat != EtatDemande::Transmise {
        evenements.push(evenement(etat.etat(), "2029-01-04T08:00:00Z", Cote::Caisse));
    }
    let actes = match (etat, desk) {
        (EtatDemande::Transmise, true) => vec![NomActe::Prendre],
        (EtatDemande::Transmise, false) => vec![NomActe::Annuler],
        (EtatDemande::PriseEnCharge { .. }, true) => {
            vec![NomActe::DemanderComplement, NomActe::AttendreInterne, NomActe::Cloturer]
        }
        (EtatDemande::AttentePartenaire { .. }, true) => vec![NomActe::Reprendre, NomActe::Cloturer],
        _ => Vec::new(),
    };
    let transmise = at("2029-01-03T13:05:00Z");
    Fiche {
        demande: demande(etat),
        cote,
        partenaire: "CD 82".into(),
        caisse: caisse(),
        service: service(),
        auteur: "Camille Roux".into(),
        agent: (desk && etat.agent().is_some()).then(|| "Dominique Agent".to_owned()),
        horloges: horloges(Zone::Metropole, transmise, 5, &[], at(now)),
        echanges: if etat == EtatDemande::Transmise {
            Vec::new()
        } else {
            vec![
                message(Cote::Partenaire, "Faut-il autre chose ?", true),
                message(Cote::Caisse, "Non, merci.\nNous répondons demain.", false),
            ]
        },
        pieces: Vec::new(),
        antivirus: true,
        evenements,
        accuse: accuse(),
        actes,
        peut_ecrire: etat.etat().est_ouverte() && (!desk || etat != EtatDemande::Transmise),
        complement: matches!(etat, EtatDemande::AttentePartenaire { .. }).then(asked),
        notes: Vec::new(),
        reouverture: None,
        reponse: (day(2029, 1, 19), day(2029, 2, 4)),
    }
}

fn asked() -> ComplementDemande {
    ComplementDemande {
        motif: MotifComplement::PieceManquante,
        texte: "Il manque la copie du bail.".into(),
        demande_le: at("2029-01-04T09:00:00Z"),
        reponse_avant: day(2029, 1, 18),
        cloture: day(2029, 2, 3),
    }
}

/// Something is asked of the partner.
pub(crate) fn attendue() -> EtatDemande {
    EtatDemande::AttentePartenaire {
        agent: CompteId::new(uuid(8)),
        depuis: at("2029-01-04T09:00:00Z"),
        motif: MotifComplement::PieceManquante,
        reponse_avant: day(2029, 1, 18),
    }
}

/// A file in a state; of the partner's line where `line` says so, else of the filing.
pub(crate) fn piece(n: u128, nom: &str, etat: EtatPiece, line: bool) -> Piece {
    Piece {
        id: PieceJointeId::new(uuid(200 + n)),
        nom: NomDeFichier::clean(nom, TypeFichier::Pdf),
        type_fichier: TypeFichier::Pdf,
        taille: 12 * 1024,
        empreinte: Vec::new(),
        etat,
        sens: Sens::Entrante,
        auteur: CompteId::new(uuid(7)),
        message: line.then(|| MessageId::new(uuid(9))),
        recue_le: at("2029-01-03T13:05:00Z"),
        analysee_le: None,
    }
}

/// Files in every state: a clean one of the filing, then one of each of the others, the last with the partner's line.
pub(crate) fn pieces() -> Vec<Piece> {
    vec![
        piece(1, "attestation.pdf", EtatPiece::Saine, false),
        piece(2, "bulletin.pdf", EtatPiece::Infectee, false),
        piece(3, "scan.pdf", EtatPiece::Illisible, false),
        piece(4, "bail.pdf", EtatPiece::Quarantaine, true),
    ]
}
