//! A *dossier conventionnel*: what the two conventions between a caisse and a partenaire say, as data (CO-1 to CO-12).
//!
//! Lives here: the typed parameters, each with its [`Source`], and the pure rules computed from them (what is
//! missing, the state, quotas, routes of delivery, terms, rights). May not live here: reading of files, tables,
//! ids, clock. A caisse and a partenaire are named by their key (`cle_caisse`, `cle_partenaire`).
//!
//! Every parameter is `Option<Valeur<T>>`: `None` means that no paper says it, and nothing is guessed (CO-12).

mod acces;
mod avenant;
mod cadre;
mod codes;
mod coherence;
mod donnees;
mod duree;
mod echanges;
mod etat;
mod fiche;
mod fonctions;
mod habilitations;
mod lacunes;
mod lettres;
mod montre;
mod papier;
mod partie;
mod quotas;
mod rappels;
mod section;
mod suivi;
mod union;
mod valeur;
mod vie;

#[cfg(test)]
mod essais;

pub use acces::{Acces, CompteVu, ProfilPartenaire, RaisonFermeture};
pub use avenant::{Difference, differences};
pub use cadre::{
    Cadre, Cote, Engagement, Formation, MotifRecours, ObjetAccord, PorteeRecours, Public, Recours, Tronc,
    VoieServiceSocial,
};
pub use coherence::Incoherence;
pub use donnees::{
    CadreViolation, ClauseViolation, Conservation, Donnees, ExerciceDroits, FaitViolation, Notification,
};
pub use duree::{
    Denonciation, DepartDuree, DepartMiseEnDemeure, Duree, Fenetre, PremiereResiliation, Renouvellement,
    ResiliationManquement,
};
pub use echanges::{Canal, Echanges, MoyenSupport};
pub use etat::{Actes, Etat, Fin, Gel};
pub use fiche::{Changement, DpoSaisi, Faits, FaitsSaisis, ObjetFiche, PersonneSaisie, RefusFiche};
pub use fonctions::{Fonctionnalite, Fonctions, Qualite, SousType, Voie};
pub use habilitations::{Delai, DepartDelai, Habilitations, Successeur, Unite};
pub use lacunes::Lacune;
pub use lettres::{CauseFin, FinPossible, Lettre, NatureLettre, PapierVise, RefusFin, RefusLettre};
pub use montre::Montre;
pub use papier::{Annexe, AnnexeObjet, DateSignature, Deliberation, Papier, Presence, Role, Signataire, Vote};
pub use partie::{Categorie, Coordonnees, Dpo, Interlocuteur, Membres, Partie, Theme};
pub use quotas::{Quota, QuotaFerme, Quotas, RefusCompte, Tranche};
pub use rappels::{NatureRappel, Rappel};
pub use section::{Contradiction, Lecteur, Parametre, Section};
pub use suivi::{AuteurBilan, Bilan, Comite, Suivi};
pub use union::{PREAVIS_SORTIE_UNION, premier_jour_sans_union};
pub use valeur::{Source, Valeur};
pub use vie::{Echeance, NatureEcheance, Situation, SuiteFin};

use serde::{Deserialize, Serialize};

/// What one caisse and one partenaire agreed, as their papers write it, completed or not (CO-1, CO-9).
///
/// Stored as one JSON document; equal dossiers give equal JSON.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dossier {
    /// Key of the dossier, unique in an installation (`000-tarn-et-garonne`).
    pub cle: String,
    /// Key of the caisse (`tarn-et-garonne`).
    pub cle_caisse: String,
    /// Key of the partenaire (`departement-tarn-et-garonne`).
    pub cle_partenaire: String,
    /// Everything the papers say, by theme.
    pub stipulations: Stipulations,
}

section::section! {
    /// Everything the papers say, by theme. One field is one table of the TOML file.
    pub struct Stipulations {
        sections {
            /// The caisse that treats the demandes.
            caisse: Partie = "Caisse",
            /// The partenaire that files them.
            partenaire: Partie = "Partenaire",
            /// The CARSAT, where it signs the métier convention.
            carsat: Partie = "CARSAT",
            /// The departmental union, where it signs for its members (CO-8).
            union: Partie = "Union départementale",
            /// The paper « convention métier ».
            metier: Papier = "Convention métier",
            /// The paper « convention d'utilisation ».
            utilisation: Papier = "Convention d'utilisation",
            /// Object, public and engagements of the métier convention.
            cadre: Cadre = "Objet et engagements",
            /// Duration, renewal, ways to end.
            duree: Duree = "Durée et fin",
            /// Steering and yearly review.
            suivi: Suivi = "Suivi",
            /// Functions of the portal and delivery of documents.
            fonctions: Fonctions = "Fonctionnalités",
            /// Comptes, quotas and delays.
            habilitations: Habilitations = "Comptes et habilitations",
            /// Channels beside the portal.
            echanges: Echanges = "Canaux",
            /// Personal data.
            donnees: Donnees = "Données personnelles",
        }
        champs {}
    }
}

impl Dossier {
    /// The dossier with a complement's values added. A complement only fills what no paper says (CO-12):
    /// each value it would replace is a [`Contradiction`]. It may replace what an earlier complement gave.
    ///
    /// # Errors
    /// The parameters that a paper, a deduction or a rule of ours already gives.
    pub fn complete(&self, complement: &Stipulations) -> Result<Self, Vec<Contradiction>> {
        let mut dossier = self.clone();
        let mut contradictions = Vec::new();
        dossier.stipulations.ajoute(complement, "", &mut contradictions);
        if contradictions.is_empty() { Ok(dossier) } else { Err(contradictions) }
    }

    /// This dossier (as its papers stand) with the complements and the sheets of an earlier version of it; where the
    /// papers now say something themselves they win over a complement, never over a sheet.
    #[must_use]
    pub fn reprend_complements(&self, ancien: &Self) -> Self {
        let mut complements = ancien.stipulations.clone();
        complements.garde(&|source| source.est_complement() || source.est_fiche());
        let mut dossier = self.clone();
        dossier.stipulations.ajoute(&complements, "", &mut Vec::new());
        dossier
    }

    /// The dossier as its papers stand: without any value that a complement gave.
    #[must_use]
    pub fn sans_complements(&self) -> Self {
        let mut dossier = self.clone();
        dossier.stipulations.garde(&|source| !source.est_complement() && !source.est_fiche());
        dossier
    }

    /// Every parameter, stated or not, in the order of the sections.
    #[must_use]
    pub fn parametres(&self) -> Vec<Parametre> {
        let mut parametres = Vec::new();
        self.stipulations.parcours("", "", &mut |p| parametres.push(p));
        parametres
    }
}
