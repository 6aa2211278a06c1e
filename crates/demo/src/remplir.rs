//! The filling, from empty tables to a Monday morning of 2029.

use std::collections::HashMap;
use std::sync::Arc;

use app::Contexte;
use app::demande::save_draft;
use chrono::{DateTime, TimeDelta, Utc};
use domain::compte::Profil;
use domain::ids::{BrouillonId, CompteId};

use crate::activite::Annee;
use crate::comptes::Guichet;
use crate::conventions;
use crate::erreur::DemoError;
use crate::facteur::Facteur;
use crate::fichier::Fichier;
use crate::hasard::HasardSeme;
use crate::horaires::a_paris;
use crate::horloge::HorlogeManuelle;
use crate::monde::{Convention, Monde};
use crate::personnes::{Devenir, LIENS};
use crate::plan::{self, Cadre, DEPART, Periode, Plan};
use crate::{habilitations, partenariat, saisie, vie, visite};

/// The first instant of the history: Monday 3 January 2028, 9 in the morning in Paris.
pub const DEBUT: DateTime<Utc> = instant(1_830_499_200);
/// The demonstration's present at its first start: Monday 8 January 2029, 9 in the morning in Paris.
pub const PRESENT: DateTime<Utc> = instant(1_862_553_600);
/// A Wednesday in November: everybody has chosen a new password, good for a year.
const RENOUVELLEMENT: DateTime<Utc> = instant(1_857_898_800);
/// Thursday morning: the last ones are invited.
const INVITATION: DateTime<Utc> = instant(1_862_215_200);
/// Friday afternoon: nobody works after it.
const VENDREDI: DateTime<Utc> = instant(1_862_319_600);
/// Where the draws begin.
const GRAINE: u64 = 2029;

const fn instant(seconds: i64) -> DateTime<Utc> {
    match DateTime::from_timestamp(seconds, 0) {
        Some(instant) => instant,
        None => DateTime::<Utc>::MIN_UTC,
    }
}

/// How much is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taille {
    /// Conventions with people, at most eight: the five that were published come first.
    pub conventions: usize,
    /// Demandes for each of them, on average.
    pub demandes: usize,
}

impl Default for Taille {
    /// The whole demonstration: about two thousand demandes.
    fn default() -> Self {
        Self { conventions: LIENS.len(), demandes: 250 }
    }
}

/// Fills empty tables where the caisses are installed; gives the accounts. The context's own clock and randomness are not
/// used; its mailer is.
///
/// # Errors
/// [`DemoError`]: what was filled so far is to be thrown away.
pub async fn fill(ctx: &Contexte, taille: Taille) -> Result<Fichier, DemoError> {
    let horloge = Arc::new(HorlogeManuelle::new(DEBUT));
    let hasard = Arc::new(HasardSeme::new(GRAINE));
    let facteur = Arc::new(Facteur::new(ctx.mailer.clone()));
    let ctx = Contexte { clock: horloge.clone(), random: hasard.clone(), mailer: facteur.clone(), ..ctx.clone() };
    conventions::install(&ctx, DEBUT.date_naive()).await?;
    horloge.advance_to(DEBUT + TimeDelta::hours(1));
    let played = Convention::all(&ctx, taille.conventions).await?;
    let guichet = Guichet { ctx: &ctx, hasard: &hasard, facteur: &facteur };
    let monde = Monde::open(&guichet, &played).await?;
    monde.choose_rhythms(&ctx).await?;
    app::jobs::work_off(&ctx).await?;
    let cadres = played.iter().map(Convention::cadre).collect::<Result<Vec<_>, _>>()?;
    // A seed of its own: the year stays the same when the opening of the accounts changes.
    let plans = plan::draw(&HasardSeme::new(GRAINE), &cadres, played.len() * taille.demandes, PERIODE);
    let mut annee = Annee::new((&ctx, &hasard, &horloge), (&monde, &played), &plans, DEBUT.date_naive());
    annee.until(a_paris(habilitations::REVUES, (11, 0))).await?;
    habilitations::reviews(&ctx, &monde).await?;
    annee.until(a_paris(DEPART, (9, 0))).await?;
    monde.leave(&guichet, &played).await?;
    annee.until(RENOUVELLEMENT).await?;
    let passwords = renew(&guichet, &monde).await?;
    annee.until(a_paris(habilitations::DEMANDE, (11, 0))).await?;
    habilitations::overdue(&ctx, &monde, &played).await?;
    annee.until(INVITATION).await?;
    let invitation = monde.invite(&guichet, &played).await?;
    annee.until(VENDREDI).await?;
    Box::pin(vie::write(&ctx, &monde, &played)).await?;
    for cadre in &cadres {
        draft(&ctx, &hasard, &monde, cadre).await?;
    }
    habilitations::last_day(&ctx, &monde, &played).await?;
    partenariat::share(&ctx, &monde, &played).await?;
    annee.until(PRESENT).await?;
    let mut tour = visite::tour(&annee.dossiers, &monde, &played);
    tour.extend(invitation.map(visite::invitation));
    Ok(Fichier { accounts: monde.accounts(&played, &passwords), tour })
}

pub(crate) const PERIODE: Periode = Periode { debut: DEBUT, fin: VENDREDI, present: PRESENT };

/// Everybody who stays chooses a new password.
async fn renew(guichet: &Guichet<'_>, monde: &Monde) -> Result<HashMap<CompteId, String>, DemoError> {
    let mut passwords = HashMap::new();
    for ouvert in monde.ouverts.iter().filter(|o| o.qui.devenir == Devenir::Reste) {
        passwords.insert(ouvert.compte, guichet.renew(ouvert).await?);
    }
    Ok(passwords)
}

/// A draft begun on the last day and not sent.
async fn draft(ctx: &Contexte, hasard: &HasardSeme, monde: &Monde, cadre: &Cadre<'_>) -> Result<(), DemoError> {
    let plans: Vec<Plan> = plan::draw(hasard, std::slice::from_ref(cadre), 1, PERIODE);
    let Some(plan) = plans.first() else { return Ok(()) };
    let auteur =
        monde.find(plan.auteur).filter(|o| o.qui.devenir == Devenir::Reste && o.qui.profil == Profil::Technicien);
    let Some(auteur) = auteur else { return Ok(()) };
    let mut saisie = saisie::fill(hasard, plan, (cadre.lien, cadre.dossier), ctx.now().date_naive());
    saisie.0.remove("information");
    let id = BrouillonId::new(ctx.new_id());
    save_draft(ctx, &auteur.requete(ctx), plan.sorte, id, &saisie).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike as _, NaiveDate, Weekday};

    #[test]
    fn history_begins_and_ends_on_a_monday_at_nine_in_paris() {
        for instant in [DEBUT, PRESENT] {
            let paris = instant.with_timezone(&chrono_tz::Europe::Paris);
            assert_eq!((paris.weekday(), paris.format("%H:%M").to_string()), (Weekday::Mon, "09:00".to_owned()));
        }
        let first: NaiveDate = DEBUT.date_naive();
        assert_eq!((first.to_string(), PRESENT.date_naive().to_string()), ("2028-01-03".into(), "2029-01-08".into()));
        let renewed = RENOUVELLEMENT.with_timezone(&chrono_tz::Europe::Paris);
        assert_eq!(
            (renewed.weekday(), renewed.format("%F %H:%M").to_string()),
            (Weekday::Wed, "2028-11-15 12:00".into())
        );
        let invitation = INVITATION.with_timezone(&chrono_tz::Europe::Paris);
        assert_eq!((invitation.weekday(), invitation.format("%H:%M").to_string()), (Weekday::Thu, "11:00".to_owned()));
    }
}
