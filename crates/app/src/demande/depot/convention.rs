//! What the fields alone cannot tell: sub-kinds, quality, agreement and reason as this convention knows and asks them
//! (CO-7, PA-2, DE-3, DE-15).

use super::lecture::{in_page_order, one, sous_type};
use super::{Besoin, Depot};
use crate::error::ErreurChamp;
use domain::convention::{Dossier, MotifRecours, ObjetAccord, PorteeRecours, Qualite, SousType};
use domain::demande::{Mode, Sorte};
use store::brouillon::Saisie;

/// The answers that a convention judges. Read from a form that may be wrong elsewhere, so that everything is said at
/// once.
pub(in crate::demande) struct Stipule {
    sorte: Sorte,
    sous_types: Vec<SousType>,
    qualite: Option<Qualite>,
    accord: bool,
    recours: Option<MotifRecours>,
}

impl Stipule {
    /// What can be read of a form.
    pub(in crate::demande) fn of(sorte: Sorte, saisie: &Saisie) -> Self {
        let codes = saisie.0.get(champ(sorte)).into_iter().flatten();
        Self {
            sorte,
            sous_types: codes.filter_map(|code| sous_type(sorte)(code)).collect(),
            qualite: Qualite::du_code(one(saisie, "qualite")).filter(|_| sorte == Sorte::Document),
            accord: Mode::from_code(one(saisie, "accord")).is_some(),
            recours: MotifRecours::du_code(one(saisie, "recours")),
        }
    }

    /// Every field that this convention does not accept.
    pub(in crate::demande) fn faults(&self, dossier: &Dossier) -> Vec<ErreurChamp> {
        let mut erreurs = Vec::new();
        let mut refuse = |champ: &str, message: String| erreurs.push(ErreurChamp::new(champ, message));
        let connus = dossier.sous_types(self.sorte.fonctionnalite());
        if let Some(inconnu) = self.sous_types.iter().find(|t| !connus.contains(t)) {
            let libelle = inconnu.libelle().replace('\'', "’");
            refuse(champ(self.sorte), format!("La convention avec cette caisse ne prévoit pas « {libelle} »."));
        }
        if self.qualite.is_some_and(|q| !dossier.stipulations.partenaire.a_qualite(q)) {
            refuse("qualite", "Cette qualité n’est pas enregistrée pour votre structure.".to_owned());
        }
        if let Some(objet) = accord_asked(dossier, self.sorte, &self.sous_types)
            && !self.accord
        {
            let message =
                format!("La convention demande l’accord de la personne {objet} : dites comment elle l’a donné.");
            refuse("accord", message);
        }
        let offered = motifs(dossier, self.sorte);
        match self.recours {
            None if !offered.is_empty() => {
                refuse("recours", "Dites pourquoi la personne ne passe pas par les démarches habituelles.".to_owned());
            }
            Some(motif) if !offered.is_empty() && !offered.contains(&motif) => {
                refuse("recours", "La convention avec cette caisse ne prévoit pas ce motif.".to_owned());
            }
            _ => {}
        }
        erreurs
    }
}

/// The field of the sub-kinds of a kind; « Contacter » has none.
const fn champ(sorte: Sorte) -> &'static str {
    match sorte {
        Sorte::Contacter => "objet",
        Sorte::Etude => "etude",
        Sorte::Difficulte => "difficultes",
        Sorte::RendezVous => "motif",
        Sorte::Document => "documents",
    }
}

/// The reasons of recourse of which one is asked for a kind; empty when recourse is free (DE-15).
pub(in crate::demande) fn motifs(dossier: &Dossier, sorte: Sorte) -> &[MotifRecours] {
    PorteeRecours::de(sorte.fonctionnalite()).map_or(&[], |pour| dossier.motifs_recours(pour))
}

/// What the person's agreement is asked for, when it is: reporting and orientation, or the examen (DE-3); the state of
/// her file, which a convention tells by « Contacter » alone (PA-5).
fn accord_asked(dossier: &Dossier, sorte: Sorte, sous_types: &[SousType]) -> Option<&'static str> {
    let examen = [SousType::InvitationExamen, SousType::RendezVousExamen].iter().any(|t| sous_types.contains(t));
    match sorte {
        Sorte::Contacter if dossier.accord_requis(ObjetAccord::EtatDossier) => Some("pour parler de son dossier"),
        Sorte::Difficulte if dossier.accord_requis(ObjetAccord::Signalement) => Some("pour ce signalement"),
        Sorte::Difficulte if dossier.accord_requis(ObjetAccord::Orientation) => Some("pour cette orientation"),
        Sorte::Document | Sorte::RendezVous if examen && dossier.accord_requis(ObjetAccord::ExamenPrevention) => {
            Some("pour l’examen de prévention")
        }
        _ => None,
    }
}

impl Depot {
    /// The demande as this convention takes it: what it does not ask is not kept.
    ///
    /// # Errors
    /// Every field to mend, in the order of the page.
    pub fn fits(mut self, dossier: &Dossier) -> Result<Self, Vec<ErreurChamp>> {
        let (sorte, sous_types) = (self.sorte(), self.sous_types());
        let asked = accord_asked(dossier, sorte, &sous_types).is_some();
        let stipule = Stipule {
            sorte,
            sous_types,
            qualite: match self.besoin {
                Besoin::Document { qualite, .. } => qualite,
                _ => None,
            },
            accord: self.accord.is_some(),
            recours: self.recours,
        };
        let erreurs = stipule.faults(dossier);
        if !erreurs.is_empty() {
            return Err(in_page_order(erreurs));
        }
        if let Besoin::Difficulte { criteres, .. } = &mut self.besoin
            && !dossier.orientation_sociale().1
        {
            criteres.clear();
        }
        let recours = self.recours.filter(|_| !motifs(dossier, sorte).is_empty());
        Ok(Self { accord: self.accord.filter(|_| asked), recours, ..self })
    }
}
