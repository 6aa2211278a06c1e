//! What a technicien typed, read field by field for the kind that is filed: everything wrong is said at once, each at
//! its field, in the order of the page.

mod assure;
mod contacter;
mod convention;
mod difficulte;
mod document;
mod etude;
mod information;
mod lecture;
mod rendez_vous;

pub(super) use convention::{Stipule, motifs};
pub(super) use lecture::{in_page_order, one};

use crate::error::ErreurChamp;
use assure::Identite;
use chrono::NaiveDate;
use domain::assure::{Civilite, DateNaissance, NomPropre};
use domain::caisse::Departement;
use domain::convention::{MotifRecours, Qualite, SousType};
use domain::demande::{Critere, DemiJournee, Mode, ModeRendezVous, Sorte};
use information::Information;
use lecture::Lecture;
use store::brouillon::Saisie;

/// Longest free text.
const PRECISIONS_MAX: usize = 2_000;
/// Longest reason and longest name of a document or study outside the list.
const MOTIF_MAX: usize = 300;
/// A value that the page did not offer.
const UNKNOWN: &str = "Cette réponse n’est pas proposée : choisissez-en une autre.";

/// The fields of a form, read.
#[derive(Clone, Debug)]
pub struct Depot {
    /// Civilité.
    pub civilite: Civilite,
    /// Nom; the only name when the person has one.
    pub nom: NomPropre,
    /// Prénom.
    pub prenom: Option<NomPropre>,
    /// Date of birth, as known.
    pub naissance: DateNaissance,
    /// Département of residence.
    pub departement: Departement,
    /// Caisse chosen by hand.
    pub caisse: Option<String>,
    /// How the person was informed (DE-3).
    pub information: Mode,
    /// When.
    pub informee_le: NaiveDate,
    /// How the person agreed, where the convention asks it (DE-3).
    pub accord: Option<Mode>,
    /// Why it is urgent, when it is (DE-4).
    pub urgence: Option<String>,
    /// Reason of recourse, where the convention asks one (DE-15).
    pub recours: Option<MotifRecours>,
    /// The longer free text: message, situation or precisions; empty where it may be left out.
    pub precisions: String,
    /// What this kind asks beside.
    pub besoin: Besoin,
}

/// What each kind asks (DE-1).
#[derive(Clone, Debug)]
pub enum Besoin {
    /// « Contacter votre organisme d'assurance Maladie »; the message stands in the precisions.
    Contacter {
        /// What it is about.
        objet: String,
    },
    /// « Soumettre une demande d'étude de dossier ».
    Etude {
        /// Which study.
        etude: SousType,
        /// Its name when it is not in the list; empty otherwise.
        autre: String,
        /// Day by which it matters, when it is urgent.
        echeance: Option<NaiveDate>,
    },
    /// « Signaler une situation de difficultés »; the situation stands in the precisions.
    Difficulte {
        /// Difficulties, at least one.
        natures: Vec<SousType>,
        /// The situation is linked to a handicap; nothing more is asked of it.
        handicap: bool,
        /// Criteria of fragility (DE-13).
        criteres: Vec<Critere>,
        /// How to reach the person (DE-2).
        joindre: Joindre,
    },
    /// « Demander un rendez-vous pour un assuré » (RV-1).
    RendezVous {
        /// With the caisse, or the examen de prévention.
        motif: SousType,
        /// How it is wished.
        mode: ModeRendezVous,
        /// Half-days that suit; none when any does.
        demi_journees: Vec<DemiJournee>,
    },
    /// « Demander un document ».
    Document {
        /// Documents, at least one.
        documents: Vec<SousType>,
        /// Name of a document outside the list; empty otherwise.
        autre: String,
        /// Quality stated for this person (PA-2).
        qualite: Option<Qualite>,
    },
}

/// How the person is reached about a difficulty (DE-2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Joindre {
    /// Through the technicien.
    Technicien,
    /// At a phone number, purged with the demande.
    Telephone(String),
}

impl Depot {
    /// The kind it is.
    #[must_use]
    pub const fn sorte(&self) -> Sorte {
        match self.besoin {
            Besoin::Contacter { .. } => Sorte::Contacter,
            Besoin::Etude { .. } => Sorte::Etude,
            Besoin::Difficulte { .. } => Sorte::Difficulte,
            Besoin::RendezVous { .. } => Sorte::RendezVous,
            Besoin::Document { .. } => Sorte::Document,
        }
    }

    /// The sub-kinds asked for; none for « Contacter », which has none.
    #[must_use]
    pub fn sous_types(&self) -> Vec<SousType> {
        match &self.besoin {
            Besoin::Contacter { .. } => Vec::new(),
            Besoin::Etude { etude, .. } => vec![*etude],
            Besoin::Difficulte { natures, .. } => natures.clone(),
            Besoin::RendezVous { motif, .. } => vec![*motif],
            Besoin::Document { documents, .. } => documents.clone(),
        }
    }

    /// Reads the form of a kind on a civil day. Agreement and reason are read when typed; whether they are asked is
    /// the convention's business: [`Depot::fits`].
    ///
    /// # Errors
    /// Every field to mend, in the order of the page.
    pub fn read(sorte: Sorte, saisie: &Saisie, aujourdhui: NaiveDate) -> Result<Self, Vec<ErreurChamp>> {
        let mut l = Lecture::new(saisie, aujourdhui);
        let identite = l.identite();
        let besoin = l.besoin(sorte);
        let urgence = l.urgence();
        let precisions = l.precisions(sorte);
        let recours = l.optional("recours", MotifRecours::du_code);
        let accord = l.optional("accord", Mode::from_code);
        let information = l.information();
        match (identite, besoin, information, l.finish()) {
            (Some(identite), Some(besoin), Some(information), Ok(())) => {
                let Identite { civilite, nom, prenom, naissance, departement, caisse } = identite;
                let Information { mode: information, le: informee_le } = information;
                Ok(Self {
                    civilite,
                    nom,
                    prenom,
                    naissance,
                    departement,
                    caisse,
                    information,
                    informee_le,
                    accord,
                    urgence,
                    recours,
                    precisions,
                    besoin,
                })
            }
            (_, _, _, refused) => Err(refused.err().unwrap_or_default()),
        }
    }
}
