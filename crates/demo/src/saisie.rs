//! What a technicien types in the form of each kind.

use std::collections::BTreeMap;

use app::demande::Saisie;
use chrono::{Datelike as _, NaiveDate, TimeDelta};
use domain::convention::{Dossier, PorteeRecours, Qualite, SousType};
use domain::demande::{Critere, DemiJournee, Mode, ModeRendezVous, Sorte};

use crate::hasard::HasardSeme;
use crate::personnes::Lien;
use crate::plan::Plan;
use crate::textes::{say, urgences};

/// The form of a plan, filled on a day.
pub(crate) fn fill(hasard: &HasardSeme, plan: &Plan, (lien, dossier): (&Lien, &Dossier), jour: NaiveDate) -> Saisie {
    let mut form = Form { hasard, plan, champs: BTreeMap::new() };
    form.person(lien.departement);
    form.kind(dossier);
    form.common(dossier, jour);
    Saisie(form.champs)
}

struct Form<'a> {
    hasard: &'a HasardSeme,
    plan: &'a Plan,
    champs: BTreeMap<String, Vec<String>>,
}

impl Form<'_> {
    fn set(&mut self, champ: &str, valeur: impl Into<String>) {
        self.champs.insert(champ.to_owned(), vec![valeur.into()]);
    }

    fn date(&mut self, champ: &str, date: NaiveDate) {
        self.set(&format!("{champ}_jour"), date.day().to_string());
        self.set(&format!("{champ}_mois"), date.month().to_string());
        self.set(&format!("{champ}_annee"), date.year().to_string());
    }

    fn person(&mut self, departement: &str) {
        let a = &self.plan.assure;
        let [jour, mois, annee] = a.naissance.clone();
        self.set("civilite", a.civilite.as_str());
        self.set("nom", &a.nom);
        self.set("prenom", &a.prenom);
        self.set("naissance_jour", jour);
        self.set("naissance_mois", mois);
        self.set("naissance_annee", annee);
        self.set("departement", departement);
    }

    fn common(&mut self, dossier: &Dossier, jour: NaiveDate) {
        let plan = self.plan;
        let civilite = plan.assure.civilite;
        let mode = self.hasard.one(&Mode::TOUS).copied().unwrap_or(Mode::Entretien).code();
        self.set("information", mode);
        self.date("informee", jour - TimeDelta::days(i64::from(self.hasard.small(5))));
        let examen = [Some(SousType::InvitationExamen), Some(SousType::RendezVousExamen)];
        if matches!(plan.sorte, Sorte::Difficulte | Sorte::Contacter) || examen.contains(&plan.sujet.sous_type) {
            self.set("accord", mode);
        }
        let portee = PorteeRecours::de(plan.sorte.fonctionnalite());
        let motifs = portee.map_or(&[][..], |pour| dossier.motifs_recours(pour));
        if let Some(motif) = self.hasard.one(motifs) {
            self.set("recours", motif.code());
        }
        let texte = self.hasard.one(plan.sujet.textes).copied().unwrap_or_default();
        self.set("precisions", say(texte, civilite));
        if plan.urgent {
            self.set("urgent", "oui");
            let motif = self.hasard.one(urgences(plan.sorte)).copied().unwrap_or_default();
            self.set("motif_urgence", say(motif, civilite));
        }
    }

    fn kind(&mut self, dossier: &Dossier) {
        let objet = self.plan.sujet.objet;
        let code = self.plan.sujet.sous_type.map(SousType::code).unwrap_or_default();
        match self.plan.sorte {
            Sorte::Contacter => self.set("objet", objet),
            Sorte::Etude => {
                self.set("etude", code);
                self.set("autre_etude", objet);
            }
            Sorte::Difficulte => self.difficulty(code),
            Sorte::RendezVous => self.appointment(code),
            Sorte::Document => {
                self.set("documents", code);
                self.set("autre_document", objet);
                self.quality(dossier);
            }
        }
    }

    fn difficulty(&mut self, code: &str) {
        self.set("difficultes", code);
        if self.hasard.percent(15) {
            self.set("handicap", "oui");
        }
        if self.hasard.percent(60) {
            let criteres: Vec<Critere> = (0..2).filter_map(|_| self.hasard.one(Critere::TOUS)).copied().collect();
            let codes = criteres.iter().map(|c| c.code().to_owned()).collect();
            self.champs.insert("criteres".to_owned(), codes);
        }
        if self.hasard.percent(35) {
            self.set("joindre", "telephone");
            let end = 1000 + self.hasard.below(8999);
            self.set("telephone", format!("06 39 98 {:02} {:02}", end / 100, end % 100));
        } else {
            self.set("joindre", "technicien");
        }
    }

    fn appointment(&mut self, code: &str) {
        self.set("motif", code);
        let mode = self.hasard.one(ModeRendezVous::TOUS).copied().unwrap_or(ModeRendezVous::Agence);
        self.set("mode", mode.code());
        let wished = (0..1 + self.hasard.below(3)).filter_map(|_| self.hasard.one(DemiJournee::TOUTES));
        let mut codes: Vec<String> = wished.map(|d| d.code().to_owned()).collect();
        codes.sort_unstable();
        codes.dedup();
        self.champs.insert("demi_journees".to_owned(), codes);
    }

    /// Some are filed by a guardian, where the structure is one.
    fn quality(&mut self, dossier: &Dossier) {
        let held = Qualite::TOUS.iter().filter(|q| dossier.stipulations.partenaire.a_qualite(**q));
        let held: Vec<Qualite> = held.copied().collect();
        if self.hasard.percent(12)
            && let Some(qualite) = self.hasard.one(&held)
        {
            self.set("qualite", qualite.code());
        }
    }
}
