//! Terms and ends of the conventions, in civil days (CO-2, CO-3, CO-5, CO-10).

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Dossier;
use super::codes::codes;
use super::habilitations::Unite;
use super::montre::Montre;
use super::section::section;
use super::valeur::{lue, vrai};

section! {
    /// How long the conventions last and how they end.
    pub struct Duree {
        champs {
            /// Months of the métier convention.
            mois: u32 = "Durée, en mois",
            /// What the duration runs from.
            depart: DepartDuree = "Point de départ",
            /// Renewal.
            renouvellement: Renouvellement = "Renouvellement",
            /// Shared evaluation after the first year.
            evaluation_premiere_annee: bool = "Évaluation partagée de la première année",
            /// Changes by avenant.
            avenants: bool = "Modification par avenant",
            /// End at the yearly term, without breach (002).
            denonciation: Denonciation = "Résiliation à l'échéance",
            /// End of the métier convention for breach.
            resiliation_metier: ResiliationManquement = "Résiliation du métier pour manquement",
            /// End of the usage convention for breach.
            resiliation_utilisation: ResiliationManquement = "Résiliation de l'utilisation pour manquement",
            /// The usage convention has the métier's term and ends with it.
            utilisation_suit_metier: bool = "L'utilisation suit le métier",
        }
    }
}

codes! {
    /// What the duration runs from.
    pub enum DepartDuree {
        /// The signature, as the paper writes.
        Signature = "signature", "la signature";
        /// The last signature.
        DerniereSignature = "derniere_signature", "la dernière signature";
    }
}

codes! {
    /// How a term is renewed.
    pub enum Renouvellement {
        /// Tacit, for the same duration, said so.
        TaciteAnnuel = "tacite_annuel", "tacite, chaque année pour la même durée";
        /// Tacit, without a count of renewals (ours: yearly).
        Tacite = "tacite", "tacite, sans précision (notre lecture : chaque année)";
    }
}

codes! {
    /// What the delay of a mise en demeure runs from.
    pub enum DepartMiseEnDemeure {
        /// Sending of the letter.
        Envoi = "envoi", "à compter de l'envoi de la mise en demeure";
        /// Receipt of the letter.
        Reception = "reception", "à compter de la réception de la mise en demeure";
    }
}

/// End at the yearly term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Denonciation {
    /// The window opens this many months before the term.
    pub mois_avant: u32,
    /// Registered letter.
    pub lettre_recommandee: bool,
}

/// End for breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResiliationManquement {
    /// Days to repair.
    pub jours: u32,
    /// Which days; never working days in the five.
    pub unite: Unite,
    /// From when.
    pub depart: DepartMiseEnDemeure,
    /// A second registered letter is needed.
    pub seconde_lettre: bool,
}

/// Days in which a convention may be ended at its term, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fenetre {
    /// First day.
    pub ouvre: NaiveDate,
    /// Last day: the eve of the term.
    pub ferme: NaiveDate,
    /// The term itself.
    pub echeance: NaiveDate,
}

/// When a breach lets the other party end a convention. The portal ends nothing by itself (CO-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PremiereResiliation {
    /// Last day to repair.
    pub dernier_jour_pour_reparer: NaiveDate,
    /// First day on which the other party may act.
    pub possible_le: NaiveDate,
    /// Whether a second registered letter is needed.
    pub seconde_lettre: bool,
}

impl Montre for Denonciation {
    fn montre(&self) -> String {
        format!("par lettre recommandée, dans les {} mois qui précèdent l'échéance", self.mois_avant)
    }
}

impl Montre for ResiliationManquement {
    fn montre(&self) -> String {
        let suite = if self.seconde_lettre { ", puis seconde lettre recommandée" } else { "" };
        format!("{} {} {}{suite}", self.jours, self.unite.libelle(), self.depart.libelle())
    }
}

impl ResiliationManquement {
    /// The first dates that follow a mise en demeure. The day of sending or receipt is not counted; the delay is
    /// over at the end of its last day, so the act is possible the day after. `None` only beyond the calendar.
    #[must_use]
    pub fn apres(self, depart: NaiveDate) -> Option<PremiereResiliation> {
        let dernier = depart.checked_add_days(Days::new(u64::from(self.jours)))?;
        Some(PremiereResiliation {
            dernier_jour_pour_reparer: dernier,
            possible_le: dernier.succ_opt()?,
            seconde_lettre: self.seconde_lettre,
        })
    }
}

impl Dossier {
    /// Entry into force of the métier convention: the last signature (CO-3).
    #[must_use]
    pub fn metier_en_vigueur_le(&self) -> Option<NaiveDate> {
        self.stipulations.metier.derniere_signature()
    }

    /// Entry into force of the usage convention: when the last party signed (CO-2, usage art. 8.1).
    #[must_use]
    pub fn utilisation_en_vigueur_le(&self) -> Option<NaiveDate> {
        self.stipulations.utilisation.derniere_signature()
    }

    /// The `n`-th term of the métier convention, counted from its start so that a 29 February comes back (CO-3).
    fn echeance(&self, n: u32) -> Option<NaiveDate> {
        let mois = lue(self.stipulations.duree.mois.as_ref()).filter(|m| **m > 0)?;
        self.metier_en_vigueur_le()?.checked_add_months(Months::new(mois.checked_mul(n)?))
    }

    /// The first term strictly after `date`: the day a new term begins if nobody ends the convention. Without
    /// tacit renewal it is the only one, and may be past.
    #[must_use]
    pub fn prochaine_echeance(&self, date: NaiveDate) -> Option<NaiveDate> {
        if lue(self.stipulations.duree.renouvellement.as_ref()).is_none() {
            return self.echeance(1);
        }
        (1..).map_while(|n| self.echeance(n)).find(|e| *e > date)
    }

    /// The window in which the convention may be ended at its next term; only where a paper opens one (002 art. 6).
    #[must_use]
    pub fn fenetre_denonciation(&self, date: NaiveDate) -> Option<Fenetre> {
        let clause = lue(self.stipulations.duree.denonciation.as_ref())?;
        let echeance = self.prochaine_echeance(date)?;
        let ouvre = echeance.checked_sub_months(Months::new(clause.mois_avant))?;
        Some(Fenetre { ouvre, ferme: echeance.pred_opt()?, echeance })
    }

    /// First dates at which the métier convention may be ended for breach, from the *sending* of the letter
    /// (CO-5); nothing where no paper has the clause (002, 003).
    #[must_use]
    pub fn resiliation_metier(&self, envoi: NaiveDate) -> Option<PremiereResiliation> {
        lue(self.stipulations.duree.resiliation_metier.as_ref())?.apres(envoi)
    }

    /// First dates at which the usage convention may be ended for breach, from the *receipt* of the letter (CO-5).
    #[must_use]
    pub fn resiliation_utilisation(&self, reception: NaiveDate) -> Option<PremiereResiliation> {
        lue(self.stipulations.duree.resiliation_utilisation.as_ref())?.apres(reception)
    }

    /// When the shared evaluation of the first year falls due; it stops no renewal (CO-3).
    #[must_use]
    pub fn evaluation_le(&self) -> Option<NaiveDate> {
        vrai(self.stipulations.duree.evaluation_premiere_annee.as_ref()).then(|| self.echeance(1))?
    }

    /// Duration, start and renewal in one line, with who reads « signature » how (CO-3).
    #[must_use]
    pub fn duree_en_clair(&self) -> String {
        let d = &self.stipulations.duree;
        super::montre::joint([
            lue(d.mois.as_ref()).map(|m| format!("{m} mois")),
            lue(d.depart.as_ref()).map(|p| format!("depuis {}", p.libelle())),
            lue(d.renouvellement.as_ref()).map(|r| format!("renouvellement {}", r.libelle())),
        ])
    }
}
