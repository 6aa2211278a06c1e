//! What stands behind the page of the demonstration.

use std::sync::Arc;

use adapters::courriel::{BoiteFichiers, Courriel};
use adapters::horloge::DemoClock;
use app::Contexte;
use app::ports::Clock as _;
use chrono::{DateTime, Months, TimeDelta, Utc};
use demo::{CompteDemo, Fichier, Piste};
use domain::calendrier::Zone;
use domain::compte::Profil;
use web::error::PageError;
use web::routes::demo::{DemoAccount, DemoDesk, DemoMail, DemoStep, DemoView, Later, Step};

use super::Demonstration;

/// Mails shown on the page.
const MAILS: usize = 20;

/// Accounts, mailbox and clock of an open demonstration.
pub struct Bureau {
    ctx: Contexte,
    horloge: Arc<DemoClock>,
    boite: BoiteFichiers,
    fichier: Fichier,
}

impl Bureau {
    /// The desk of a demonstration.
    #[must_use]
    pub fn new(demonstration: &Demonstration) -> Self {
        Self {
            ctx: demonstration.atelier.ctx.clone(),
            horloge: demonstration.horloge.clone(),
            boite: demonstration.boite.clone(),
            fichier: demonstration.fichier.clone(),
        }
    }

    fn mail(&self, courriel: Courriel) -> DemoMail {
        DemoMail {
            link: link(&courriel.corps),
            date: courriel.date,
            to: courriel.destinataire,
            subject: courriel.sujet,
            body: courriel.corps,
        }
    }
}

impl DemoDesk for Bureau {
    fn show(&self) -> Later<'_, DemoView> {
        Box::pin(async move {
            let (mails, mail_count) = self.boite.last(MAILS).await.map_err(PageError::internal)?;
            let now = self.horloge.now();
            Ok(DemoView {
                now,
                visite: self.fichier.tour.iter().map(|piste| step_of(&self.fichier, piste, now)).collect(),
                antivirus: self.ctx.antivirus_branche(),
                organisations: by_organisation(&self.fichier, now),
                mail_count,
                mails: mails.into_iter().map(|m| self.mail(m)).collect(),
            })
        })
    }

    fn advance(&self, step: Step) -> Later<'_, ()> {
        Box::pin(async move {
            let mut left = span(self.horloge.now(), step);
            // Each day on its own: a reminder, a notice and the closing are a week apart, also when the clock makes one leap.
            while left > TimeDelta::zero() {
                let day = left.min(TimeDelta::days(1));
                self.horloge.advance(day).map_err(PageError::internal)?;
                app::jobs::run_due(&self.ctx).await.map_err(PageError::internal)?;
                left -= day;
            }
            Ok(())
        })
    }
}

/// A step from an instant, in the calendar of Paris: a month later is the same day and hour of the next month.
fn span(now: DateTime<Utc>, step: Step) -> TimeDelta {
    let paris = now.with_timezone(&Zone::Metropole.fuseau());
    let months =
        |count| paris.checked_add_months(Months::new(count)).map_or(TimeDelta::days(31), |later| later.to_utc() - now);
    match step {
        Step::Day => TimeDelta::days(1),
        Step::Week => TimeDelta::days(7),
        Step::Month => months(1),
        Step::HalfYear => months(6),
    }
}

fn by_organisation(fichier: &Fichier, now: DateTime<Utc>) -> Vec<(String, Vec<DemoAccount>)> {
    let mut organisations: Vec<(String, Vec<DemoAccount>)> = Vec::new();
    for compte in &fichier.accounts {
        let account = account(compte, now);
        match organisations.iter_mut().find(|(name, _)| *name == compte.organisation) {
            Some((_, accounts)) => accounts.push(account),
            None => organisations.push((compte.organisation.clone(), vec![account])),
        }
    }
    organisations
}

fn step_of(fichier: &Fichier, piste: &Piste, now: DateTime<Utc>) -> DemoStep {
    let compte = fichier.accounts.iter().find(|c| c.login == piste.login);
    DemoStep { quoi: piste.what.clone(), compte: compte.map(|c| account(c, now)), adresse: piste.path.clone() }
}

fn account(compte: &CompteDemo, now: DateTime<Utc>) -> DemoAccount {
    DemoAccount {
        profil: Profil::from_code(&compte.profile).map(Profil::libelle).unwrap_or_default(),
        fonction: compte.function.clone(),
        nom: compte.name.clone(),
        login: compte.login.clone(),
        password: compte.password.clone(),
        code: app::compte::code_at(&compte.totp_secret, now).unwrap_or_default(),
    }
}

/// Path of the first address of a mail: the portal's own mails have no other. A path stays right on another port.
fn link(body: &str) -> Option<String> {
    let address = body.split_whitespace().find(|word| word.starts_with("http://") || word.starts_with("https://"))?;
    let (_, rest) = address.split_once("://")?;
    rest.split_once('/').map(|(_, path)| format!("/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_keeps_the_hour_of_paris_across_the_change_of_time() {
        let march: DateTime<Utc> = "2029-03-08T08:00:00Z".parse().unwrap();
        assert_eq!((march + span(march, Step::Month)).to_rfc3339(), "2029-04-08T07:00:00+00:00");
        assert_eq!((march + span(march, Step::HalfYear)).to_rfc3339(), "2029-09-08T07:00:00+00:00");
        assert_eq!(span(march, Step::Week), TimeDelta::days(7));
    }

    #[test]
    fn the_link_of_a_mail_is_a_path_of_this_portal() {
        assert_eq!(
            link("Ouvrez\n\nhttp://localhost:8080/invitation/ab_c\n\nMerci"),
            Some("/invitation/ab_c".to_owned())
        );
        assert_eq!(link("Rien à ouvrir."), None);
    }
}
