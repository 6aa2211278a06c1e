//! Asking the partner for what is missing: a reason of a closed list, a text in the thread, a day by which to answer
//! (DE-8). The net clock stands still from then on.

use super::clock;
use super::reply;
use super::seconde::{Laisse, already, locked};
use super::show::objet;
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::calendrier::{Zone, jour_civil};
use domain::demande::{Acte, Delais, Etat, MotifComplement, Suivi, depart};
use domain::droits::{self, Acteur};
use domain::ids::MessageId;
use store::demande::{self, Complement, Cote};

/// Days left to the partner unless the agent says otherwise.
const REPONSE_JOURS: u64 = 14;

/// What the agent posted.
#[derive(Clone, Debug)]
pub struct DemandeDeComplement<'a> {
    /// Version the form was made from.
    pub version: i64,
    /// Code of the reason.
    pub motif: &'a str,
    /// What is asked, in words.
    pub texte: &'a str,
    /// Day, month and year by which to answer, as typed.
    pub reponse_avant: [&'a str; 3],
}

/// The day proposed for the answer and the last one that may be chosen, for something asked today.
pub(super) fn days(delais: &Delais, zone: Zone, aujourdhui: NaiveDate) -> (NaiveDate, NaiveDate) {
    let derniere = delais.dernier_jour_de_reponse(zone, aujourdhui);
    let proposee = aujourdhui.checked_add_days(Days::new(REPONSE_JOURS)).unwrap_or(derniere);
    (proposee.min(derniere), derniere)
}

/// Asks.
///
/// # Errors
/// [`AppError::Saisie`], [`AppError::Etat`] when somebody else has it or it is not being treated, [`AppError::Conflit`],
/// [`AppError::Introuvable`] out of scope.
pub async fn ask(ctx: &Contexte, requete: &Requete, reference: &str, saisie: &DemandeDeComplement<'_>) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let (mut lue, zone) = locked(&tx, &acteur, reference).await?;
    let permis = droits::instruire(&acteur)?;
    let now = ctx.now();
    let (motif, texte, reponse_avant) = read(ctx, jour_civil(zone, now), zone, saisie)?;
    if lue.version != saisie.version {
        return already(&tx, &acteur, &lue, (saisie.version, Etat::AttentePartenaire), Laisse::Ligne(&texte)).await;
    }
    let agent = acteur.compte().ok_or(AppError::SessionFermee)?;
    let acte = Acte::DemanderComplement(agent, motif, reponse_avant);
    let attente = lue.etat.apply(acte, droits::dirige(&acteur), now)?;
    let message = reply::write(ctx, &tx, &acteur, &mut lue, (Cote::Caisse, &texte)).await?;
    clock::change(&tx, &permis, (&lue, zone), attente, (ctx.new_id(), Some(Cote::Caisse), now)).await?;
    let complement = asked(ctx, now, message, (motif, reponse_avant));
    let suivi = Suivi { demande: jour_civil(zone, now), relances: 0, avis: None };
    let (_, jour) = ctx.reglages.complement.prochaine(zone, &suivi);
    demande::demander(&tx, &permis, &lue, &complement, depart(zone, jour)).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "demande.ask", objet(&lue))).await?;
    tx.commit().await?;
    Ok(())
}

fn asked(
    ctx: &Contexte,
    now: DateTime<Utc>,
    message: MessageId,
    (motif, reponse_avant): (MotifComplement, NaiveDate),
) -> Complement {
    Complement {
        id: ctx.new_id(),
        message,
        motif,
        demande_le: now,
        reponse_avant,
        fin_le: None,
        relances: 0,
        relance_le: None,
        avis_le: None,
    }
}

fn read(
    ctx: &Contexte,
    aujourdhui: NaiveDate,
    zone: Zone,
    saisie: &DemandeDeComplement<'_>,
) -> Outcome<(MotifComplement, String, NaiveDate)> {
    let mut erreurs = Vec::new();
    let motif = MotifComplement::from_code(saisie.motif);
    if motif.is_none() {
        erreurs.push(ErreurChamp::new("motif", "Choisissez ce qui manque."));
    }
    let texte = reply::field("complement", saisie.texte, "Écrivez ce que vous demandez au partenaire.", &mut erreurs);
    let jour = day(saisie.reponse_avant);
    let (_, derniere) = days(&ctx.reglages.complement, zone, aujourdhui);
    if jour.is_none_or(|j| j <= aujourdhui || j > derniere) {
        let fin = derniere.format("%d/%m/%Y");
        let message =
            format!("Saisissez une date de réponse à partir de demain et jusqu’au {fin}, veille de la clôture.");
        erreurs.push(ErreurChamp::new("reponse_avant_jour", message));
    }
    match (motif, jour) {
        (Some(motif), Some(jour)) if erreurs.is_empty() => Ok((motif, texte, jour)),
        _ => Err(AppError::Saisie(erreurs)),
    }
}

/// The day of three fields, if it exists.
fn day([jour, mois, annee]: [&str; 3]) -> Option<NaiveDate> {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let annee = number(annee).filter(|a| (1000..=9999).contains(a))?;
    NaiveDate::from_ymd_opt(i32::try_from(annee).ok()?, number(mois)?, number(jour)?)
}
