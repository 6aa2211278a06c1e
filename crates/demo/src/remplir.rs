//! The filling, from empty tables to a Monday morning of 2029.

use std::sync::Arc;

use app::Contexte;
use chrono::{DateTime, TimeDelta, Utc};
use domain::compte::Profil;

use crate::activite::Annee;
use crate::comptes::{Facteur, Gens, Guichet, Ouvert, adresse};
use crate::conventions;
use crate::erreur::DemoError;
use crate::fichier::Fichier;
use crate::hasard::HasardSeme;
use crate::horloge::HorlogeManuelle;
use crate::personnes::{EQUIPES, Equipe, NATIONAL};

/// The first instant of the history: Monday 3 January 2028, 9 in the morning in Paris.
pub const DEBUT: DateTime<Utc> = instant(1_830_499_200);
/// The demonstration's present at its first start: Monday 8 January 2029, 9 in the morning in Paris.
pub const PRESENT: DateTime<Utc> = instant(1_862_553_600);
/// Friday evening: nobody works after it, and everybody has chosen a new password.
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
    /// Conventions with people, at most five.
    pub conventions: usize,
    /// Demandes for each of them.
    pub demandes: usize,
}

impl Default for Taille {
    /// The whole demonstration.
    fn default() -> Self {
        Self { conventions: EQUIPES.len(), demandes: 36 }
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
    let guichet = Guichet { ctx: &ctx, hasard: &hasard, facteur: &facteur };
    let parties = app::convention::parties(&ctx).await?;
    horloge.advance_to(DEBUT + TimeDelta::hours(1));
    let mut national = guichet.national(&NATIONAL).await?;
    let mut tous = Vec::new();
    for equipe in EQUIPES.iter().take(taille.conventions) {
        let parties = parties.iter().find(|p| p.cle == equipe.cle).ok_or(DemoError::Table("unknown convention"))?;
        horloge.advance_to(ctx.now() + TimeDelta::minutes(20));
        tous.push(team(&guichet, &national, equipe, parties).await?);
    }
    app::jobs::work_off(&ctx).await?;
    let debut = DEBUT.date_naive() + TimeDelta::days(7);
    let annee = Annee { ctx: &ctx, hasard: &hasard, horloge: &horloge, debut, fin: VENDREDI };
    annee.play(&tous, taille.demandes).await?;
    horloge.advance_to(VENDREDI);
    guichet.renouvelle(&mut national, &adresse(&NATIONAL, "assurance-maladie.example")).await?;
    for gens in &mut tous {
        renew(&guichet, gens).await?;
    }
    horloge.advance_to(PRESENT);
    app::jobs::run_due(&ctx).await?;
    let accounts = tous.into_iter().flat_map(|g| g.partenaire.into_iter().chain(g.caisse));
    Ok(Fichier { accounts: accounts.chain([national]).map(|o| o.fiche).collect() })
}

/// The administrateur local by the national one, the desk by the local one, the gestionnaire by the référent, the
/// techniciens by the gestionnaire.
async fn team(
    guichet: &Guichet<'_>,
    national: &Ouvert,
    equipe: &Equipe,
    parties: &app::convention::Parties,
) -> Result<Gens, DemoError> {
    let mut caisse: Vec<Ouvert> = Vec::new();
    let local = equipe.caisse.iter().find(|p| p.profil == Profil::AdministrateurLocal);
    let local = guichet
        .ouvre(Some(national), local.ok_or(DemoError::Table("no administrateur local"))?, (equipe, parties))
        .await?;
    for qui in equipe.caisse.iter().filter(|p| p.profil != Profil::AdministrateurLocal) {
        caisse.push(guichet.ouvre(Some(&local), qui, (equipe, parties)).await?);
    }
    let mut partenaire: Vec<Ouvert> = Vec::new();
    for qui in equipe.partenaire {
        let par = match qui.profil {
            Profil::Gestionnaire => caisse.iter().find(|o| o.profil == Profil::Referent),
            _ => partenaire.iter().find(|o| o.profil == Profil::Gestionnaire),
        };
        partenaire.push(guichet.ouvre(par, qui, (equipe, parties)).await?);
    }
    caisse.push(local);
    Ok(Gens { equipe: *equipe, caisse, partenaire })
}

async fn renew(guichet: &Guichet<'_>, gens: &mut Gens) -> Result<(), DemoError> {
    let equipe = gens.equipe;
    let people = equipe.caisse.iter().map(|p| (p, equipe.domaine_caisse));
    let people: Vec<_> = people.chain(equipe.partenaire.iter().map(|p| (p, equipe.domaine_partenaire))).collect();
    for ouvert in gens.caisse.iter_mut().chain(gens.partenaire.iter_mut()) {
        let found = people.iter().find(|(p, _)| ouvert.fiche.name == format!("{} {}", p.prenom, p.nom));
        let (qui, domaine) = found.ok_or(DemoError::Table("a persona without a name"))?;
        guichet.renouvelle(ouvert, &adresse(qui, domaine)).await?;
    }
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
    }
}
