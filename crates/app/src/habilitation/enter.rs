//! The desk enters a request that came on paper, with the day it was received (HA-3): its clock runs from that day.

use super::cadre::{erreur, objet, of_caisse};
use super::request::receive;
use super::saisie;
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::calendrier::Zone;
use domain::droits::{Acteur, decider};
use domain::habilitation::VoieDemarche;
use domain::ids::{ConventionId, DemarcheId};
use store::demarche::{self, Personne};

/// What the référent typed.
#[derive(Clone, Debug)]
pub struct Papier {
    /// Id that the form was given: sent twice, it is one form.
    pub id: DemarcheId,
    /// Convention.
    pub convention: ConventionId,
    /// Day of receipt at the caisse.
    pub recue_le: NaiveDate,
    /// Who is to be accredited.
    pub personne: Personne,
}

/// Noon of a day at a caisse: a paper has a day, no hour.
fn noon(zone: Zone, jour: NaiveDate) -> Option<DateTime<Utc>> {
    let midi = jour.and_time(NaiveTime::from_hms_opt(12, 0, 0)?);
    midi.and_local_timezone(zone.fuseau()).earliest().map(|d| d.with_timezone(&Utc))
}

/// Enters a request from paper.
///
/// # Errors
/// [`AppError::Saisie`] at `convention`, `recue` and the six fields; [`AppError::Interdit`];
/// [`AppError::Introuvable`] for a convention of another caisse.
pub async fn enter(ctx: &Contexte, requete: &Requete, papier: &Papier) -> Outcome<DemarcheId> {
    let personne = saisie::personne(&papier.personne, "").map_err(AppError::Saisie)?;
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let permis = decider(&acteur)?;
    if demarche::load(&tx, permis.portee(), papier.id).await?.is_some() {
        return Ok(papier.id);
    }
    let cadre = of_caisse(ctx, &tx, permis.portee(), papier.convention).await?;
    cadre.signee("convention")?;
    if papier.recue_le > cadre.aujourdhui {
        return Err(erreur("recue", "La date de réception ne peut pas être dans l’avenir."));
    }
    if cadre.convention.dossier.utilisation_en_vigueur_le().is_some_and(|le| papier.recue_le < le) {
        return Err(erreur("recue", "La date de réception précède la signature de la convention d’utilisation."));
    }
    saisie::adresse_admise(ctx, &tx, ("courriel", &personne.courriel), &cadre).await?;
    let noon = noon(cadre.caisse.fiche.zone, papier.recue_le);
    let recue_le = noon.ok_or_else(|| erreur("recue", "Saisissez une date qui existe."))?.min(ctx.now());
    receive(ctx, &tx, (&cadre, acteur.compte()), (papier.id, VoieDemarche::Papier, recue_le), personne).await?;
    let objet = objet(papier.id, cadre.convention.caisse, cadre.partenaire());
    ctx.journal(&tx, ctx.entree(requete, &acteur, "habilitation.enter", objet)).await?;
    tx.commit().await?;
    Ok(papier.id)
}
