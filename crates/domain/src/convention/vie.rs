//! The life of a convention: the state that pages show, its renewals, and what its calendar holds (CO-2 to CO-5).

use chrono::NaiveDate;

use super::codes::codes;
use super::lettres::{CauseFin, Lettre, PapierVise};
use super::valeur::lue;
use super::{Actes, Dossier, Etat};

codes! {
    /// State of a paper, or of both, as it is shown.
    pub enum Situation {
        /// Something other than a signature is missing.
        Projet = "projet", "projet";
        /// Only signatures are missing.
        ASigner = "a_signer", "à signer";
        /// Complete, not yet activated.
        Activable = "activable", "prête à activer";
        /// Activated, not yet in force.
        AVenir = "a_venir", "à venir";
        /// In force, first term.
        Active = "active", "active";
        /// In force, renewed at least once.
        Renouvelee = "renouvelee", "renouvelée";
        /// A breach was told by registered letter.
        MiseEnDemeure = "mise_en_demeure", "mise en demeure";
        /// The breach was repaired in this term.
        Regularisee = "regularisee", "régularisée";
        /// Ended at its coming term by registered letter.
        Denoncee = "denoncee", "dénoncée";
        /// Its end for breach is recorded.
        Resiliee = "resiliee", "résiliée";
        /// The caisse has cut the structure (PA-3).
        Coupee = "coupee", "accès coupé";
        /// Another caisse has cut the structure, and this one has not decided yet (PA-3).
        Gelee = "gelee", "gelée";
        /// Over.
        Terminee = "terminee", "terminée";
    }
}

codes! {
    /// What stands in the calendar.
    pub enum NatureEcheance {
        /// A term with tacit renewal.
        Renouvellement = "renouvellement", "échéance annuelle, renouvellement tacite";
        /// A term without renewal.
        Terme = "terme", "terme, sans renouvellement";
        /// The shared evaluation of the first year is due.
        Evaluation = "evaluation", "évaluation partagée de la première année";
        /// The window of denunciation opens.
        OuvertureFenetre = "ouverture_fenetre", "ouverture de la période de résiliation";
        /// Its last day.
        FermetureFenetre = "fermeture_fenetre", "dernier jour de la période de résiliation";
        /// Last day to repair a breach.
        FinReparation = "fin_reparation", "dernier jour pour réparer le manquement";
        /// First day on which the other party may act.
        ResiliationPossible = "resiliation_possible", "premier jour où la résiliation est possible";
        /// The recorded end.
        Fin = "fin", "fin enregistrée";
    }
}

codes! {
    /// How something that is open goes on after the end of a convention (CO-11).
    pub enum SuiteFin {
        /// The caisse finishes it as it is.
        TermineeParLaCaisse = "terminee_par_la_caisse", "la caisse la termine";
        /// The caisse answers the person directly.
        ReponseALaPersonne = "reponse_a_la_personne", "la caisse répond directement à la personne";
        /// Another accredited structure takes over.
        AutrePartenaire = "autre_partenaire", "une autre structure partenaire prend le relais";
        /// The structure tells the person to go on by the usual channels.
        PersonneAvertie = "personne_avertie", "la structure oriente la personne vers les démarches habituelles";
        /// Nothing more is needed.
        SansObjet = "sans_objet", "sans objet, plus rien à faire";
    }
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Echeance {
    /// When.
    pub le: NaiveDate,
    /// What.
    pub nature: NatureEcheance,
    /// Which paper; both when none.
    pub papier: Option<PapierVise>,
}

impl Dossier {
    /// The terms of the métier convention in a span of days (after the first day, up to the last one).
    #[must_use]
    pub fn echeances_entre(&self, apres: NaiveDate, jusqu_a: NaiveDate) -> Vec<NaiveDate> {
        let mut jour = apres;
        let mut trouvees = Vec::new();
        // Without renewal the only term comes back for ever.
        while let Some(e) = self.prochaine_echeance(jour).filter(|e| *e > jour && *e <= jusqu_a) {
            trouvees.push(e);
            jour = e;
        }
        trouvees
    }

    /// Whether the convention is renewed tacitly.
    #[must_use]
    pub fn est_renouvelable(&self) -> bool {
        lue(self.stipulations.duree.renouvellement.as_ref()).is_some()
    }

    /// How many times a paper was renewed until a day; the usage convention is renewed only with the métier (CO-2).
    #[must_use]
    pub fn reconductions(&self, papier: PapierVise, aujourdhui: NaiveDate) -> usize {
        let debut = match papier {
            PapierVise::Metier => self.metier_en_vigueur_le(),
            PapierVise::Utilisation => self.utilisation_en_vigueur_le(),
        };
        let Some(debut) = debut.filter(|_| self.est_renouvelable()) else { return 0 };
        self.echeances_entre(debut, aujourdhui).len()
    }

    /// Whether this convention keeps the comptes of its partenaire open on a day: live, or to come (CO-6).
    #[must_use]
    pub fn demeure(&self, actes: &Actes, jour: NaiveDate) -> bool {
        match self.etat(actes, jour) {
            Etat::Active | Etat::AVenir => true,
            // Ready, but nobody has activated it: it opens nothing and keeps nothing.
            Etat::Activable => false,
            // Activated and lacking something meanwhile: closed for now, not ended.
            Etat::Projet | Etat::ASigner => actes.activee_le.is_some(),
            Etat::Terminee => false,
        }
    }

    /// The state of one paper.
    #[must_use]
    pub fn situation_de(
        &self,
        papier: PapierVise,
        actes: &Actes,
        lettres: &[Lettre],
        aujourdhui: NaiveDate,
    ) -> Situation {
        let p = self.papier(papier);
        if let Some(fin) = actes.fin_de(papier) {
            return match fin.cause {
                _ if fin.le <= aujourdhui => Situation::Terminee,
                Some(CauseFin::Denonciation) => Situation::Denoncee,
                _ => Situation::Resiliee,
            };
        }
        if p.parties().is_empty() {
            return Situation::Projet;
        }
        if papier == PapierVise::Utilisation
            && let Some(avant) = self.avant_activation(actes, aujourdhui)
        {
            return avant;
        }
        let Some(debut) = p.derniere_signature() else { return Situation::ASigner };
        if self.est_echue(aujourdhui) {
            return Situation::Terminee;
        }
        if debut > aujourdhui {
            return Situation::AVenir;
        }
        self.en_cours(papier, lettres, aujourdhui)
    }

    /// What the usage convention is while it opens nothing yet.
    fn avant_activation(&self, actes: &Actes, aujourdhui: NaiveDate) -> Option<Situation> {
        match self.etat(actes, aujourdhui) {
            Etat::Projet => Some(Situation::Projet),
            Etat::ASigner => Some(Situation::ASigner),
            Etat::Activable => Some(Situation::Activable),
            Etat::AVenir => Some(Situation::AVenir),
            Etat::Active | Etat::Terminee => None,
        }
    }

    fn en_cours(&self, papier: PapierVise, lettres: &[Lettre], aujourdhui: NaiveDate) -> Situation {
        let siennes = || lettres.iter().filter(|l| l.papier == papier);
        if siennes().any(Lettre::est_ouverte) {
            return Situation::MiseEnDemeure;
        }
        // Until the next term a repaired breach is still worth seeing.
        let reparee = siennes().filter_map(|l| l.reparee_le).max();
        let de_ce_terme = reparee.is_some_and(|le| self.echeances_entre(le, aujourdhui).is_empty());
        match self.reconductions(papier, aujourdhui) {
            _ if de_ce_terme => Situation::Regularisee,
            0 => Situation::Active,
            _ => Situation::Renouvelee,
        }
    }

    /// The state of the whole: the usage convention's, unless the métier is in a procedure of its own.
    #[must_use]
    pub fn situation(&self, actes: &Actes, lettres: &[Lettre], aujourdhui: NaiveDate) -> Situation {
        let utilisation = self.situation_de(PapierVise::Utilisation, actes, lettres, aujourdhui);
        if !matches!(utilisation, Situation::Active | Situation::Renouvelee | Situation::Regularisee) {
            return utilisation;
        }
        if actes.coupee_le.is_some_and(|le| le <= aujourdhui) {
            return Situation::Coupee;
        }
        if actes.gel.is_some() {
            return Situation::Gelee;
        }
        match self.situation_de(PapierVise::Metier, actes, lettres, aujourdhui) {
            propre @ (Situation::MiseEnDemeure | Situation::Regularisee) => propre,
            _ => utilisation,
        }
    }

    /// What lies ahead on a day, in order: terms, window, evaluation, delays of procedures, a recorded end. The
    /// evaluation of the first year stays until it is made (`evaluee`); it stops nothing.
    #[must_use]
    pub fn calendrier(&self, actes: &Actes, lettres: &[Lettre], evaluee: bool, aujourdhui: NaiveDate) -> Vec<Echeance> {
        let mut jours = Vec::new();
        let fins = [(PapierVise::Metier, &actes.fin_metier), (PapierVise::Utilisation, &actes.fin)];
        let finies = fins.into_iter().filter_map(|(papier, fin)| Some((papier, fin.as_ref()?)));
        jours.extend(finies.filter(|(_, f)| f.le >= aujourdhui).map(|(papier, f)| Echeance {
            le: f.le,
            nature: NatureEcheance::Fin,
            // The usage convention ends with the métier.
            papier: (papier == PapierVise::Utilisation).then_some(papier),
        }));
        if actes.fin_de(PapierVise::Metier).is_some_and(|f| f.le <= aujourdhui) || self.est_echue(aujourdhui) {
            return jours;
        }
        self.termes(actes, evaluee, aujourdhui, &mut jours);
        for lettre in lettres {
            let Some(delai) = self.delai_pour_reparer(lettre) else { continue };
            let papier = Some(lettre.papier);
            jours.push(Echeance { le: delai.dernier_jour_pour_reparer, nature: NatureEcheance::FinReparation, papier });
            jours.push(Echeance { le: delai.possible_le, nature: NatureEcheance::ResiliationPossible, papier });
        }
        jours.sort_unstable();
        jours
    }

    fn termes(&self, actes: &Actes, evaluee: bool, aujourdhui: NaiveDate, jours: &mut Vec<Echeance>) {
        if let Some(le) = self.evaluation_le().filter(|_| !evaluee) {
            jours.push(Echeance { le, nature: NatureEcheance::Evaluation, papier: Some(PapierVise::Metier) });
        }
        let Some(echeance) = self.prochaine_echeance(aujourdhui) else { return };
        // A term at which the convention ends is no renewal.
        if actes.fin_metier.as_ref().is_some_and(|f| f.le <= echeance) {
            return;
        }
        let nature = if self.est_renouvelable() { NatureEcheance::Renouvellement } else { NatureEcheance::Terme };
        // The usage convention has the métier's term (CO-2), unless it has ended by itself.
        let papier = actes.fin.is_some().then_some(PapierVise::Metier);
        jours.push(Echeance { le: echeance, nature, papier });
        if let Some(f) = self.fenetre_denonciation(aujourdhui) {
            let papier = Some(PapierVise::Metier);
            jours.extend(
                [(f.ouvre, NatureEcheance::OuvertureFenetre), (f.ferme, NatureEcheance::FermetureFenetre)]
                    .into_iter()
                    .filter(|(le, _)| *le >= aujourdhui)
                    .map(|(le, nature)| Echeance { le, nature, papier }),
            );
        }
    }
}
