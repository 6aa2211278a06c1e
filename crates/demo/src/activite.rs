//! The year: every act by a persona, through the use case of the page, in order of time; the jobs every morning.

use app::Contexte;
use app::demande::show;
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::ids::CompteId;

use crate::actes::Auteur;
use crate::comptes::Ouvert;
use crate::erreur::DemoError;
use crate::hasard::HasardSeme;
use crate::horaires::a_paris;
use crate::horloge::HorlogeManuelle;
use crate::monde::{Convention, Monde};
use crate::personnes::Devenir;
use crate::plan::{DEPART, Plan};
use crate::scenario::Act;

/// When the jobs of a day run: at the hour of the daily mails, before anybody is at work.
const MATIN: (u32, u32) = (8, 0);

/// One demande on its way.
pub(crate) struct Dossier<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) reference: Option<String>,
    /// The version that somebody has on the screen: of who acted last, when nobody else did since.
    vue: Option<(CompteId, i64)>,
    /// Questions asked so far.
    questions: usize,
}

/// Where and when it all happens.
pub(crate) struct Annee<'a> {
    pub(crate) ctx: &'a Contexte,
    pub(crate) hasard: &'a HasardSeme,
    pub(crate) horloge: &'a HorlogeManuelle,
    pub(crate) monde: &'a Monde,
    pub(crate) conventions: &'a [Convention],
    pub(crate) dossiers: Vec<Dossier<'a>>,
    acts: std::vec::IntoIter<(DateTime<Utc>, usize, Act)>,
    waiting: Option<(DateTime<Utc>, usize, Act)>,
    matin: NaiveDate,
}

impl<'a> Annee<'a> {
    /// Everything that will be done, in order of time.
    pub(crate) fn new(
        (ctx, hasard, horloge): (&'a Contexte, &'a HasardSeme, &'a HorlogeManuelle),
        (monde, conventions): (&'a Monde, &'a [Convention]),
        plans: &'a [Plan],
        debut: NaiveDate,
    ) -> Self {
        let mut acts: Vec<(DateTime<Utc>, usize, Act)> = Vec::new();
        for (rang, plan) in plans.iter().enumerate() {
            acts.extend(plan.acts.iter().map(|(at, act)| (*at, rang, *act)));
        }
        acts.sort_by_key(|(at, rang, _)| (*at, *rang));
        let dossier = |plan| Dossier { plan, reference: None, vue: None, questions: 0 };
        Self {
            ctx,
            hasard,
            horloge,
            monde,
            conventions,
            dossiers: plans.iter().map(dossier).collect(),
            acts: acts.into_iter(),
            waiting: None,
            matin: debut,
        }
    }

    /// Lets people act, and the jobs run, until an instant.
    pub(crate) async fn until(&mut self, instant: DateTime<Utc>) -> Result<(), DemoError> {
        while let Some((at, rang, act)) = self.waiting.take().or_else(|| self.acts.next()) {
            if at >= instant {
                self.waiting = Some((at, rang, act));
                break;
            }
            self.mornings(at).await?;
            self.horloge.advance_to(at);
            self.act(rang, act).await?;
        }
        self.mornings(instant).await?;
        self.horloge.advance_to(instant);
        Ok(())
    }

    /// The jobs of every morning before an instant, so that mails and events carry their true dates.
    async fn mornings(&mut self, before: DateTime<Utc>) -> Result<(), DemoError> {
        while a_paris(self.matin, MATIN) <= before {
            self.horloge.advance_to(a_paris(self.matin, MATIN));
            app::jobs::run_due(self.ctx).await?;
            self.matin = self.matin.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        }
        Ok(())
    }

    fn ouvert(&self, plan: &Plan, act: Act) -> Result<&'a Ouvert, DemoError> {
        let technicien = matches!(act, Act::File | Act::Answer | Act::Complete | Act::Reopen | Act::Read | Act::Cancel);
        let qui = if technicien { plan.auteur } else { plan.agent };
        let gone = qui.devenir == Devenir::Parti && self.ctx.now().date_naive() >= DEPART;
        let found = if gone { self.monde.successor(qui) } else { self.monde.find(qui) };
        found.ok_or(DemoError::Table("somebody acts who has no compte"))
    }

    async fn act(&mut self, rang: usize, act: Act) -> Result<(), DemoError> {
        let Some(dossier) = self.dossiers.get(rang) else { return Ok(()) };
        let (plan, questions) = (dossier.plan, dossier.questions);
        let qui = self.ouvert(plan, act)?;
        let auteur = Auteur { ctx: self.ctx, hasard: self.hasard, qui, plan, rang };
        let (mut reference, mut vue) = (dossier.reference.clone(), None);
        match reference.as_deref() {
            None if act == Act::File => reference = Some(auteur.file(self.convention(plan)?).await?),
            None => {}
            Some(reference) => {
                let version = match dossier.vue {
                    Some((compte, version)) if compte == qui.compte => version,
                    _ => show(self.ctx, &qui.requete(self.ctx), reference).await?.demande.version,
                };
                auteur.perform((reference, version), (act, questions)).await?;
                // Only a taking leaves on the agent's screen what nobody else changes before the next act.
                vue = (act == Act::Take).then_some((qui.compte, version + 1));
            }
        }
        if let Some(dossier) = self.dossiers.get_mut(rang) {
            dossier.questions += usize::from(act == Act::Answer);
            dossier.reference = reference;
            dossier.vue = vue;
        }
        Ok(())
    }

    fn convention(&self, plan: &Plan) -> Result<&'a Convention, DemoError> {
        self.conventions.iter().find(|c| c.place == plan.lien).ok_or(DemoError::Table("a plan without convention"))
    }
}
