//! Personal data: breach clauses, rights of persons, retention (RG-1 to RG-4).

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Dossier;
use super::cadre::Cote;
use super::codes::codes;
use super::montre::Montre;
use super::section::section;
use super::valeur::{liste, lue, vrai};

section! {
    /// What the papers say on personal data.
    pub struct Donnees {
        champs {
            /// Who is responsible for the treatment.
            responsable: Cote = "Responsable du traitement",
            /// Clauses on breaches.
            violations: Vec<ClauseViolation> = "Clauses de violation de données",
            /// How a person exercises her rights.
            exercice_droits: ExerciceDroits = "Exercice des droits",
            /// A rectification is told to the other side without delay.
            rectification_annoncee: bool = "Rectification annoncée sans délai",
            /// Sub-processors need the caisse's prior formal authorisation.
            sous_traitance_autorisee: bool = "Sous-traitance soumise à autorisation",
            /// Each party keeps its own register.
            registres_propres: bool = "Registre propre à chaque partie",
            /// Documents are kept safe throughout the convention (usage art. 7).
            conservation_sure: bool = "Conservation sûre pendant la convention",
            /// Retention of the exchange file (002).
            fichier_echange: Conservation = "Fichier d'échange",
            /// The partenaire destroys what it holds at the end.
            destruction_finale: bool = "Destruction par le partenaire à la fin",
        }
    }
}

codes! {
    /// What sets a clause off.
    pub enum FaitViolation {
        /// A suspicion is enough.
        Suspicion = "suspicion", "suspicion ou violation";
        /// A proven breach.
        Violation = "violation", "violation";
    }
}

codes! {
    /// Where a clause applies.
    pub enum CadreViolation {
        /// Under the convention.
        Convention = "convention", "dans le cadre de la convention";
        /// In transfers outside the portal.
        Transferts = "transferts", "lors des transferts hors du portail";
    }
}

codes! {
    /// Who decides on the notification.
    pub enum Notification {
        /// The caisse.
        Caisse = "caisse", "décidée par la caisse";
        /// Both together.
        Conjointe = "conjointe", "décidée ensemble";
    }
}

codes! {
    /// How a person exercises her rights (RG-2).
    pub enum ExerciceDroits {
        /// The partenaire's DPO, by e-mail.
        DpoPartenaireCourriel = "dpo_partenaire_courriel", "auprès du délégué du partenaire";
        /// The partenaire's DPO, by post.
        DpoPartenairePostal = "dpo_partenaire_postal", "auprès du délégué du partenaire, par courrier postal";
        /// The union's DPO, by post.
        DpoUnionPostal = "dpo_union_postal", "auprès du délégué de l'union, par courrier postal";
        /// Both parties together.
        Conjoint = "conjoint", "par les deux parties, de manière coordonnée";
    }
}

/// One clause: who tells whom, how fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseViolation {
    /// Who tells (`ensemble`: either side tells the other).
    pub de: Cote,
    /// Within this many hours.
    pub heures: u32,
    /// From what.
    pub fait: FaitViolation,
    /// A *manquement* to the law on personal data too.
    pub manquement: bool,
    /// Where it applies.
    pub cadre: CadreViolation,
    /// Who decides on the notification.
    pub notification: Notification,
}

/// A retention in months from receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conservation {
    /// Months after receipt.
    pub mois_apres_reception: u32,
}

impl Conservation {
    /// The day from which a file received on `recu` is deleted.
    #[must_use]
    pub fn supprime_le(self, recu: NaiveDate) -> Option<NaiveDate> {
        recu.checked_add_months(Months::new(self.mois_apres_reception))
    }
}

impl Montre for ClauseViolation {
    fn montre(&self) -> String {
        let sens = match self.de {
            Cote::Partenaire => "du partenaire à la caisse",
            Cote::AssuranceMaladie => "de la caisse au partenaire",
            Cote::Ensemble => "de chaque partie à l'autre",
        };
        let manquement = if self.manquement { " ou manquement" } else { "" };
        format!(
            "{} h {sens}, {}{manquement}, {}, notification {}",
            self.heures,
            self.fait.libelle(),
            self.cadre.libelle(),
            self.notification.libelle()
        )
    }
}

impl Montre for Conservation {
    fn montre(&self) -> String {
        format!("supprimé {} mois après sa réception", self.mois_apres_reception)
    }
}

impl Dossier {
    /// The clauses that bind one side, the shortest delay first; empty where no paper has one (RG-3).
    #[must_use]
    pub fn clauses_violation(&self, de: Cote) -> Vec<ClauseViolation> {
        let mut clauses: Vec<_> = liste(self.stipulations.donnees.violations.as_ref())
            .iter()
            .copied()
            .filter(|c| c.de == de || c.de == Cote::Ensemble)
            .collect();
        clauses.sort_by_key(|c| c.heures);
        clauses
    }

    /// How a person exercises her rights (RG-2).
    #[must_use]
    pub fn exercice_droits(&self) -> Option<ExerciceDroits> {
        lue(self.stipulations.donnees.exercice_droits.as_ref()).copied()
    }

    /// Retention of the exchange file, where one is stated (RG-4).
    #[must_use]
    pub fn conservation_fichier_echange(&self) -> Option<Conservation> {
        lue(self.stipulations.donnees.fichier_echange.as_ref()).copied()
    }

    /// Whether the partenaire attests at the end that it destroyed what it held (RG-4).
    #[must_use]
    pub fn destruction_attestee(&self) -> bool {
        vrai(self.stipulations.donnees.destruction_finale.as_ref())
    }

    /// The duties shown on the data protection sheet of the convention (RG-1, RG-2), in French.
    #[must_use]
    pub fn devoirs_donnees(&self) -> Vec<&'static str> {
        let d = &self.stipulations.donnees;
        [
            (lue(d.responsable.as_ref()) == Some(&Cote::AssuranceMaladie), "la caisse est responsable du traitement"),
            (vrai(d.rectification_annoncee.as_ref()), "toute rectification est annoncée sans délai à l'autre partie"),
            (
                vrai(d.sous_traitance_autorisee.as_ref()),
                "la sous-traitance demande l'autorisation préalable de la caisse",
            ),
            (vrai(d.registres_propres.as_ref()), "chaque partie tient son propre registre"),
        ]
        .into_iter()
        .filter_map(|(dit, devoir)| dit.then_some(devoir))
        .collect()
    }
}
