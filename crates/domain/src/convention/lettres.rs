//! Registered letters and the ends they allow (CO-5). The portal computes first dates; it ends nothing by itself.

use chrono::NaiveDate;
use uuid::Uuid;

use super::codes::codes;
use super::papier::{Papier, Role};
use super::valeur::lue;
use super::{Dossier, PremiereResiliation};
use crate::calendrier::date_en_francais;

codes! {
    /// Which of the two papers.
    pub enum PapierVise {
        /// The métier convention.
        Metier = "metier", "la convention métier";
        /// The usage convention.
        Utilisation = "utilisation", "la convention d'utilisation";
    }
}

impl Default for PapierVise {
    /// What an end without further word concerned: the access.
    fn default() -> Self {
        Self::Utilisation
    }
}

codes! {
    /// What a registered letter says.
    pub enum NatureLettre {
        /// Tells the breach and gives the time to repair it.
        MiseEnDemeure = "mise_en_demeure", "mise en demeure";
        /// Ends the usage convention after a mise en demeure without repair.
        SecondeLettre = "seconde_lettre", "seconde lettre, qui résilie";
        /// Ends the métier convention at its yearly term, without breach (002).
        Denonciation = "denonciation", "résiliation à l'échéance";
    }
}

codes! {
    /// By what a convention ends.
    pub enum CauseFin {
        /// A breach that was not repaired.
        Manquement = "manquement", "résiliation pour manquement";
        /// A registered letter before the yearly term (002).
        Denonciation = "denonciation", "résiliation à l'échéance annuelle";
        /// The métier convention, only cited here, has ended: whatever the cause (usage art. 8.2).
        MetierCite = "metier_cite", "fin de la convention métier, seulement citée";
    }
}

/// What the rules need of a registered letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lettre {
    /// Id.
    pub id: Uuid,
    /// Which paper.
    pub papier: PapierVise,
    /// What it says.
    pub nature: NatureLettre,
    /// Which party sent it.
    pub par: Role,
    /// Day of sending.
    pub envoyee_le: NaiveDate,
    /// Day of receipt, once known.
    pub recue_le: Option<NaiveDate>,
    /// Day on which the breach was repaired: it ends the procedure.
    pub reparee_le: Option<NaiveDate>,
}

impl Lettre {
    /// Whether a procedure runs from this letter.
    #[must_use]
    pub fn est_ouverte(&self) -> bool {
        self.nature == NatureLettre::MiseEnDemeure && self.reparee_le.is_none()
    }
}

/// From when a paper may be ended by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FinPossible {
    /// First day without the convention.
    pub le: NaiveDate,
    /// Whether it is the only day: a term.
    pub seul_jour: bool,
    /// The letter it rests on; none where the métier is only cited.
    pub lettre: Option<Uuid>,
    /// The party that may act; unknown where the métier is only cited.
    pub par: Option<Role>,
}

/// Why a letter cannot be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefusLettre {
    /// No paper has the clause.
    #[error("La convention ne prévoit pas cette lettre.")]
    ClauseAbsente,
    /// The sender is not party to that paper.
    #[error("Cette partie ne signe pas cette convention.")]
    PasPartie,
    /// One procedure of this sender is open already.
    #[error("Une mise en demeure de cette partie est déjà ouverte pour cette convention.")]
    DejaOuverte,
    /// A second letter without a first one.
    #[error("Aucune mise en demeure de cette partie n'est ouverte pour cette convention.")]
    SansPremiere,
}

/// Why an end is not possible, or not yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefusFin {
    /// No paper lets it end so.
    #[error("La convention ne prévoit pas cette façon d'y mettre fin.")]
    ClauseAbsente,
    /// No mise en demeure is open.
    #[error("Aucune mise en demeure n'est ouverte pour cette convention.")]
    SansMiseEnDemeure,
    /// The delay runs from a receipt that nobody recorded.
    #[error("La date de réception de la mise en demeure manque : le délai court de sa réception.")]
    SansReception,
    /// The second letter is missing.
    #[error("La seconde lettre recommandée n'est pas enregistrée : sans elle, la convention continue. Elle peut être envoyée à partir du {}.", date_en_francais(*.0))]
    SansSecondeLettre(NaiveDate),
    /// The second letter left before the delay was over.
    #[error("La seconde lettre est partie avant la fin du délai pour réparer : elle ne peut être envoyée qu'à partir du {}.", date_en_francais(*.0))]
    SecondeTropTot(NaiveDate),
    /// No letter for the term.
    #[error("Aucune lettre recommandée de résiliation à l'échéance n'est enregistrée.")]
    SansDenonciation,
    /// The letter left outside the window.
    #[error("La lettre n'est pas partie dans les jours permis, du {} au {}.", date_en_francais(*.0), date_en_francais(*.1))]
    HorsFenetre(NaiveDate, NaiveDate),
}

impl Dossier {
    /// The sheet of a paper.
    #[must_use]
    pub const fn papier(&self, papier: PapierVise) -> &Papier {
        match papier {
            PapierVise::Metier => &self.stipulations.metier,
            PapierVise::Utilisation => &self.stipulations.utilisation,
        }
    }

    /// Whether a letter may be recorded beside those that are there.
    ///
    /// # Errors
    /// [`RefusLettre`].
    pub fn admet_lettre(
        &self,
        papier: PapierVise,
        nature: NatureLettre,
        par: Role,
        lettres: &[Lettre],
    ) -> Result<(), RefusLettre> {
        let d = &self.stipulations.duree;
        let clause = match (papier, nature) {
            (PapierVise::Metier, NatureLettre::MiseEnDemeure) => d.resiliation_metier.is_some(),
            (PapierVise::Utilisation, NatureLettre::MiseEnDemeure) => d.resiliation_utilisation.is_some(),
            (PapierVise::Metier, NatureLettre::Denonciation) => d.denonciation.is_some(),
            (papier, NatureLettre::SecondeLettre) => self.demande_seconde_lettre(papier),
            (PapierVise::Utilisation, NatureLettre::Denonciation) => false,
        };
        if !clause {
            return Err(RefusLettre::ClauseAbsente);
        }
        if !self.papier(papier).parties().contains(&par) {
            return Err(RefusLettre::PasPartie);
        }
        let ouverte = lettres.iter().any(|l| l.est_ouverte() && l.papier == papier && l.par == par);
        match nature {
            NatureLettre::MiseEnDemeure if ouverte => Err(RefusLettre::DejaOuverte),
            NatureLettre::SecondeLettre if !ouverte => Err(RefusLettre::SansPremiere),
            _ => Ok(()),
        }
    }

    /// Whether the end for breach of a paper needs a second registered letter.
    #[must_use]
    pub fn demande_seconde_lettre(&self, papier: PapierVise) -> bool {
        let d = &self.stipulations.duree;
        let clause = match papier {
            PapierVise::Metier => &d.resiliation_metier,
            PapierVise::Utilisation => &d.resiliation_utilisation,
        };
        lue(clause.as_ref()).is_some_and(|c| c.seconde_lettre)
    }

    /// The dates that follow an open mise en demeure: métier from its sending, usage from its receipt. Nothing while
    /// the day it runs from is unknown.
    #[must_use]
    pub fn delai_pour_reparer(&self, lettre: &Lettre) -> Option<PremiereResiliation> {
        if !lettre.est_ouverte() {
            return None;
        }
        match lettre.papier {
            PapierVise::Metier => self.resiliation_metier(lettre.envoyee_le),
            PapierVise::Utilisation => self.resiliation_utilisation(lettre.recue_le?),
        }
    }

    /// From when the other party may end a paper, for one cause, with these letters (CO-5).
    ///
    /// # Errors
    /// [`RefusFin`]: what is missing.
    pub fn fin_possible(
        &self,
        papier: PapierVise,
        cause: CauseFin,
        lettres: &[Lettre],
    ) -> Result<FinPossible, RefusFin> {
        match (cause, papier) {
            (CauseFin::Manquement, _) => self.fin_pour_manquement(papier, lettres),
            (CauseFin::Denonciation, PapierVise::Metier) => self.fin_a_l_echeance(lettres),
            (CauseFin::MetierCite, PapierVise::Metier) if self.stipulations.metier.est_cite() => {
                let le = self.metier_en_vigueur_le().ok_or(RefusFin::ClauseAbsente)?;
                Ok(FinPossible { le, seul_jour: false, lettre: None, par: None })
            }
            _ => Err(RefusFin::ClauseAbsente),
        }
    }

    fn fin_pour_manquement(&self, papier: PapierVise, lettres: &[Lettre]) -> Result<FinPossible, RefusFin> {
        let d = &self.stipulations.duree;
        let clause = match papier {
            PapierVise::Metier => d.resiliation_metier.is_some(),
            PapierVise::Utilisation => d.resiliation_utilisation.is_some(),
        };
        if !clause {
            return Err(RefusFin::ClauseAbsente);
        }
        // Several parties may have written: the first that may act, or else what the last one lacks.
        let ouvertes = lettres.iter().filter(|l| l.papier == papier && l.est_ouverte());
        let mut refus = RefusFin::SansMiseEnDemeure;
        let mut possibles = Vec::new();
        for premiere in ouvertes {
            match self.fin_apres(premiere, lettres) {
                Ok(possible) => possibles.push(possible),
                Err(autre) => refus = autre,
            }
        }
        possibles.into_iter().min_by_key(|p| p.le).ok_or(refus)
    }

    fn fin_apres(&self, premiere: &Lettre, lettres: &[Lettre]) -> Result<FinPossible, RefusFin> {
        let delai = self.delai_pour_reparer(premiere).ok_or(RefusFin::SansReception)?;
        let fin = |le, lettre| FinPossible { le, seul_jour: false, lettre: Some(lettre), par: Some(premiere.par) };
        if !delai.seconde_lettre {
            return Ok(fin(delai.possible_le, premiere.id));
        }
        let secondes = || {
            lettres.iter().filter(|l| {
                l.nature == NatureLettre::SecondeLettre
                    && l.papier == premiere.papier
                    && l.par == premiere.par
                    && l.envoyee_le >= premiere.envoyee_le
            })
        };
        let valable = secondes().filter(|l| l.envoyee_le >= delai.possible_le).min_by_key(|l| l.envoyee_le);
        match (valable, secondes().next()) {
            (Some(l), _) => Ok(fin(l.envoyee_le, l.id)),
            (None, Some(_)) => Err(RefusFin::SecondeTropTot(delai.possible_le)),
            (None, None) => Err(RefusFin::SansSecondeLettre(delai.possible_le)),
        }
    }

    fn fin_a_l_echeance(&self, lettres: &[Lettre]) -> Result<FinPossible, RefusFin> {
        if self.stipulations.duree.denonciation.is_none() {
            return Err(RefusFin::ClauseAbsente);
        }
        let derniere =
            lettres.iter().filter(|l| l.nature == NatureLettre::Denonciation).max_by_key(|l| (l.envoyee_le, l.id));
        let lettre = derniere.ok_or(RefusFin::SansDenonciation)?;
        let fenetre = self.fenetre_denonciation(lettre.envoyee_le).ok_or(RefusFin::ClauseAbsente)?;
        if lettre.envoyee_le < fenetre.ouvre || lettre.envoyee_le > fenetre.ferme {
            return Err(RefusFin::HorsFenetre(fenetre.ouvre, fenetre.ferme));
        }
        Ok(FinPossible { le: fenetre.echeance, seul_jour: true, lettre: Some(lettre.id), par: Some(lettre.par) })
    }
}
