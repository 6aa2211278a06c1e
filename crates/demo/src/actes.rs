//! One act of one persona: the use case that the page would call, with the words that fit.

use app::demande::{
    Cloture, DemandeDeComplement, annotate, ask, cancel, close, hold, reply, resume, save_draft, submit, take,
};
use app::piece_jointe::attach_to_draft;
use app::{AppError, Contexte};
use chrono::{Datelike as _, TimeDelta};
use domain::calendrier::jour_civil;
use domain::ids::BrouillonId;

use crate::comptes::Ouvert;
use crate::erreur::DemoError;
use crate::hasard::HasardSeme;
use crate::monde::Convention;
use crate::plan::Plan;
use crate::scenario::Act;
use crate::textes::{ATTENTES, COMPLEMENTS, NOTES, POINTS, REOUVERTURES, cloture, say};
use crate::{pieces, saisie};

/// Who acts, on what.
pub(crate) struct Auteur<'a> {
    pub(crate) ctx: &'a Contexte,
    pub(crate) hasard: &'a HasardSeme,
    pub(crate) qui: &'a Ouvert,
    pub(crate) plan: &'a Plan,
    /// Place of the plan in the year: which question and which complement it has.
    pub(crate) rang: usize,
}

impl Auteur<'_> {
    /// Fills the form and files it; gives the reference.
    pub(crate) async fn file(&self, convention: &Convention) -> Result<String, DemoError> {
        let ctx = self.ctx;
        let requete = self.qui.requete(ctx);
        let id = BrouillonId::new(ctx.new_id());
        let jour = jour_civil(convention.cadre()?.zone, ctx.now());
        let saisie = saisie::fill(self.hasard, self.plan, (convention.lien, &convention.parties.dossier), jour);
        save_draft(ctx, &requete, self.plan.sorte, id, &saisie).await?;
        if self.plan.piece {
            let piece = pieces::draw(ctx, self.hasard, self.plan).await?;
            let jointes = attach_to_draft(ctx, &requete, id, vec![piece]).await?;
            if !jointes.refusees.is_empty() {
                return Err(DemoError::Table("a paper that may not be attached"));
            }
        }
        submit(ctx, &requete, id).await.map_err(|error| told(error, convention.lien.cle))
    }

    /// Does the act on a demande of this version.
    pub(crate) async fn perform(
        &self,
        (reference, version): (&str, i64),
        (act, questions): (Act, usize),
    ) -> Result<(), DemoError> {
        let ctx = self.ctx;
        let requete = self.qui.requete(ctx);
        let texte = self.line(act, questions);
        match act {
            Act::File | Act::Read => {}
            Act::Take => take(ctx, &requete, reference, version).await?,
            Act::Ask | Act::Answer if texte.is_empty() => {}
            Act::Ask | Act::Answer | Act::Tell | Act::Complete | Act::Reopen => {
                reply(ctx, &requete, reference, version, &texte).await?;
            }
            Act::Note => annotate(ctx, &requete, reference, &texte).await?,
            Act::Wait => hold(ctx, &requete, reference, version, &texte).await?,
            Act::Resume => resume(ctx, &requete, reference, version).await?,
            Act::Complement => self.ask(reference, version, &texte).await?,
            Act::Cancel => cancel(ctx, &requete, reference, version).await?,
            Act::Close(issue) => {
                let cloture = Cloture { version, issue: issue.code(), texte: &texte };
                close(ctx, &requete, reference, &cloture).await?;
            }
        }
        Ok(())
    }

    /// Asks for what is missing, to be answered in two weeks.
    async fn ask(&self, reference: &str, version: i64, texte: &str) -> Result<(), DemoError> {
        let ctx = self.ctx;
        let motif = COMPLEMENTS.get(self.rang % COMPLEMENTS.len()).map(|c| c.motif).unwrap_or_default();
        let before = ctx.now().date_naive() + TimeDelta::days(14);
        let [jour, mois, annee] = [before.day().to_string(), before.month().to_string(), before.year().to_string()];
        let saisie = DemandeDeComplement { version, motif, texte, reponse_avant: [&jour, &mois, &annee] };
        Ok(ask(ctx, &self.qui.requete(ctx), reference, &saisie).await?)
    }

    /// What is written with an act; empty where nothing is.
    fn line(&self, act: Act, questions: usize) -> String {
        let one = |list: &'static [&'static str]| self.hasard.one(list).copied().unwrap_or_default();
        let echange = |rang: usize| self.plan.sujet.echanges.get(rang % self.plan.sujet.echanges.len().max(1));
        let complement = COMPLEMENTS.get(self.rang % COMPLEMENTS.len());
        let texte = match act {
            Act::Ask => echange(self.rang + questions).map(|e| e.0),
            Act::Answer => echange(self.rang + questions).map(|e| e.1),
            Act::Tell => Some(one(&POINTS)),
            Act::Note => Some(one(&NOTES)),
            Act::Complement => complement.map(|c| c.demande),
            Act::Complete => complement.map(|c| c.reponse),
            Act::Reopen if self.plan.repere.is_some() => complement.map(|c| c.reponse),
            Act::Reopen => Some(one(&REOUVERTURES)),
            Act::Close(issue) => Some(one(cloture(self.plan.sujet, issue))),
            Act::Wait => Some(one(&ATTENTES)),
            Act::File | Act::Take | Act::Resume | Act::Read | Act::Cancel => None,
        };
        say(texte.unwrap_or_default(), self.plan.assure.civilite)
    }
}

/// Which fields were refused, by which convention: a fault of this crate's tables.
fn told(error: AppError, cle: &str) -> DemoError {
    match error {
        AppError::Saisie(erreurs) => {
            let champs: Vec<String> = erreurs.into_iter().map(|e| format!("{}: {}", e.champ, e.message)).collect();
            DemoError::Convention(format!("{cle}: {}", champs.join("; ")))
        }
        other => other.into(),
    }
}
