//! The year on paper: who files what about whom, and what becomes of it. Nothing is done here.

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use domain::calendrier::Zone;
use domain::compte::Profil;
use domain::convention::Dossier;
use domain::demande::Sorte;

use crate::assures::{self, Assure, Connus};
use crate::hasard::HasardSeme;
use crate::personnes::{BUREAUX, Devenir, Lien, Personne, STRUCTURES};
use crate::reperes::{REPERES, Repere};
use crate::sac::Sac;
use crate::scenario::{self, Acts};
use crate::textes::{Sujet, sujets};

/// How many of fifty demandes are of a kind.
const SORTES: [(Sorte, usize); 5] =
    [(Sorte::Document, 18), (Sorte::Etude, 15), (Sorte::Contacter, 7), (Sorte::RendezVous, 6), (Sorte::Difficulte, 4)];
/// Three in fifty are urgent.
const URGENTES: [(bool, usize); 2] = [(true, 3), (false, 47)];
/// Every so many demandes come with a file.
const PIECES: usize = 33;

/// One demande of the year.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Place of the convention in the list.
    pub(crate) lien: usize,
    /// Who files, among the people of the structure.
    pub(crate) auteur: &'static Personne,
    /// Who treats, among the people of the caisse.
    pub(crate) agent: &'static Personne,
    pub(crate) sorte: Sorte,
    pub(crate) sujet: &'static Sujet,
    pub(crate) urgent: bool,
    /// Whether a file is attached.
    pub(crate) piece: bool,
    pub(crate) assure: Assure,
    /// Where it stands on the first day, when it was placed for that.
    pub(crate) repere: Option<Repere>,
    pub(crate) acts: Acts,
}

/// What drawing needs of a convention.
pub(crate) struct Cadre<'a> {
    pub(crate) place: usize,
    pub(crate) lien: &'static Lien,
    pub(crate) dossier: &'a Dossier,
    pub(crate) zone: Zone,
}

/// From the first to the last day.
#[derive(Clone, Copy)]
pub(crate) struct Periode {
    /// Somebody files from a week later on.
    pub(crate) debut: DateTime<Utc>,
    /// Nobody acts after it.
    pub(crate) fin: DateTime<Utc>,
    /// The first instant that a visitor sees.
    pub(crate) present: DateTime<Utc>,
}

/// Draws so many demandes over the conventions, each its part; the placed ones first.
pub(crate) fn draw(hasard: &HasardSeme, cadres: &[Cadre<'_>], nombre: usize, periode: Periode) -> Vec<Plan> {
    let parts: usize = cadres.iter().map(|c| c.lien.part).sum::<usize>().max(1);
    let placed = REPERES.len().min(nombre / 4);
    let mut plans = Vec::new();
    for (rang, cadre) in cadres.iter().enumerate() {
        let mine = REPERES.iter().take(placed).skip(rang).step_by(cadres.len()).copied();
        let mut tirage = Tirage::new(hasard, cadre, periode);
        let before = plans.len();
        plans.extend(mine.filter_map(|repere| tirage.placed(repere)));
        let homonymes = assures::homonymes(cadre.place);
        let wanted = (nombre * cadre.lien.part).div_ceil(parts).saturating_sub(plans.len() - before);
        plans.extend((0..wanted).filter_map(|rang| tirage.ordinary((rang, wanted), homonymes.get(rang))));
    }
    for (rang, plan) in plans.iter_mut().enumerate() {
        plan.piece = rang % PIECES == PIECES / 2;
    }
    plans
}

/// The bags of one convention.
struct Tirage<'a> {
    hasard: &'a HasardSeme,
    cadre: &'a Cadre<'a>,
    periode: Periode,
    sortes: Sac<Sorte>,
    urgentes: Sac<bool>,
    connus: Connus,
    /// Kinds not filed yet: the first demandes show each once.
    premieres: Vec<Sorte>,
}

impl<'a> Tirage<'a> {
    fn new(hasard: &'a HasardSeme, cadre: &'a Cadre<'a>, periode: Periode) -> Self {
        let open = SORTES.into_iter().filter(|(sorte, _)| cadre.dossier.stipule(sorte.fonctionnalite()));
        let open: Vec<(Sorte, usize)> = open.collect();
        Self {
            hasard,
            cadre,
            periode,
            premieres: open.iter().map(|(sorte, _)| *sorte).collect(),
            sortes: Sac::new(open),
            urgentes: Sac::new(URGENTES),
            connus: Connus::default(),
        }
    }

    /// A loop is about a study, where papers are missing.
    fn placed(&mut self, repere: Repere) -> Option<Plan> {
        let sorte = if repere.is_loop() { Sorte::Etude } else { self.sortes.draw(self.hasard)? };
        let acts = repere.draw(self.hasard, self.cadre.zone, self.periode.present.date_naive(), self.periode.fin);
        let assure = self.connus.draw(self.hasard);
        let plan = self.plan(sorte, assure, |_| acts)?;
        Some(Plan { repere: Some(repere), ..plan })
    }

    fn ordinary(&mut self, (rang, wanted): (usize, usize), homonyme: Option<&Assure>) -> Option<Plan> {
        let sorte = self.premieres.pop().or_else(|| self.sortes.draw(self.hasard))?;
        let assure = homonyme.cloned().unwrap_or_else(|| self.connus.draw(self.hasard));
        let (hasard, zone, fin) = (self.hasard, self.cadre.zone, self.periode.fin);
        let depot = self.day(rang, wanted);
        self.plan(sorte, assure, |sujet| scenario::draw(hasard, (zone, sorte, sujet.echanges.len()), depot, fin))
    }

    fn plan(&mut self, sorte: Sorte, assure: Assure, acts: impl FnOnce(&Sujet) -> Acts) -> Option<Plan> {
        let sujet = self.sujet(sorte)?;
        let acts = acts(sujet);
        let depot = acts.first()?.0.date_naive();
        Some(Plan {
            lien: self.cadre.place,
            auteur: self.auteur(depot)?,
            agent: self.agent(sorte, sujet)?,
            sorte,
            sujet,
            urgent: self.urgentes.draw(self.hasard).unwrap_or_default(),
            piece: false,
            assure,
            repere: None,
            acts,
        })
    }

    /// One of the subjects that the convention knows, by their parts.
    fn sujet(&self, sorte: Sorte) -> Option<&'static Sujet> {
        let known = self.cadre.dossier.sous_types(sorte.fonctionnalite());
        let open = || sujets(sorte).iter().filter(|s| s.sous_type.is_none_or(|t| known.contains(&t)));
        let mut left = self.hasard.below(open().map(|s| s.part).sum());
        open().find(|s| {
            let here = left < s.part;
            left = left.saturating_sub(s.part);
            here
        })
    }

    /// Somebody of the structure who was there on that day.
    fn auteur(&self, depot: NaiveDate) -> Option<&'static Personne> {
        let structure = STRUCTURES.get(self.cadre.lien.structure)?;
        let there = |p: &&Personne| match p.devenir {
            Devenir::Reste => p.profil == Profil::Technicien,
            Devenir::Parti => depot < DEPART - TimeDelta::days(20),
            Devenir::Invite | Devenir::Oublie => false,
        };
        self.hasard.one(&structure.personnes.iter().filter(there).collect::<Vec<_>>()).copied()
    }

    /// An agent of the service that receives it.
    fn agent(&self, sorte: Sorte, sujet: &Sujet) -> Option<&'static Personne> {
        let service = domain::demande::service(sorte, sujet.sous_type.as_slice());
        let bureau = BUREAUX.iter().find(|b| b.caisse == self.cadre.lien.caisse)?;
        let agents: Vec<&Personne> = bureau.personnes.iter().filter(|p| p.services.contains(&service)).collect();
        self.hasard.one(&agents).copied()
    }

    /// Spread over the year, more and more of them, fewer in August; the last three weeks have a tenth and ten more.
    fn day(&self, rang: usize, wanted: usize) -> NaiveDate {
        let last = self.periode.fin.date_naive();
        let span = usize::try_from((last - self.periode.debut.date_naive()).num_days().max(40) - 28).unwrap_or(1);
        let recent = wanted.div_ceil(4).min(10 + wanted / 10);
        let draw = |back: usize| last - TimeDelta::days(i64::try_from(back).unwrap_or(0));
        if rang < recent {
            return draw(self.hasard.below(21));
        }
        let mut back = self.hasard.below(span);
        if self.hasard.percent(25) {
            back = back.min(self.hasard.below(span));
        }
        if draw(21 + back).month() == 8 && self.hasard.percent(45) {
            back = self.hasard.below(span);
        }
        draw(21 + back)
    }
}

/// Day on which the leaving techniciens leave.
pub(crate) const DEPART: NaiveDate = match NaiveDate::from_ymd_opt(2028, 10, 2) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

#[cfg(test)]
mod tests;
