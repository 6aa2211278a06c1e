//! A page of proofs, by kind, period and structure.

use super::sujet;
use crate::compte::seen;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::habilitation::tenants;
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendrier::Zone;
use domain::droits::{Acteur, Portee, lire_preuves};
use domain::ids::PartenaireId;
use domain::preuve::Nature;
use store::Tx;
use store::preuve::Preuve;
use store::registre::{self, Filtre, Sujet};
use uuid::Uuid;

/// Rows of a page.
const PAGE: u64 = 25;

/// What was asked for, as days of the reader's zone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filtres {
    /// Code of a kind; empty for all.
    pub nature: String,
    /// First day.
    pub du: Option<NaiveDate>,
    /// Last day.
    pub au: Option<NaiveDate>,
    /// Id of a structure; empty for all.
    pub partenaire: String,
}

/// A proof of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Resume {
    /// The proof.
    pub preuve: Preuve,
    /// Short name of the structure; empty without one.
    pub structure: String,
    /// Who acted; empty for the portal itself.
    pub auteur: String,
}

/// A page of proofs.
#[derive(Clone, Debug)]
pub struct Liste {
    /// The proofs.
    pub preuves: Vec<Resume>,
    /// Where the next page begins.
    pub suite: Option<Uuid>,
    /// Structures that a filter offers; none for a gestionnaire.
    pub structures: Vec<(PartenaireId, String)>,
    /// Zone of the reader.
    pub zone: Zone,
}

/// A page of the proofs that the acteur sees; journalled, as they name people.
///
/// # Errors
/// [`AppError::Saisie`] at `nature`, `du`, `au`, `partenaire`; [`AppError::Interdit`] for other profils.
pub async fn list(ctx: &Contexte, requete: &Requete, filtres: &Filtres, apres: Option<Uuid>) -> Outcome<Liste> {
    let tx = ctx.store.begin_read().await?;
    let vu = seen(ctx, &tx, requete).await?;
    let acteur = Acteur::Compte(vu.acteur.clone());
    let portee = lire_preuves(&acteur)?;
    let zone = vu.caisses.first().map_or(Zone::Metropole, |c| c.fiche.zone);
    let filtre = read(filtres, zone)?;
    let mut found = registre::list(&tx, (&portee, sujet(&acteur)), &filtre, apres, PAGE + 1).await?;
    let more = found.len() as u64 > PAGE;
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let suite = found.last().filter(|_| more).map(|p| p.id);
    let structures = match portee {
        Portee::Caisse(caisse) if sujet(&acteur) != Sujet::Bureau => registre::structures(&tx, caisse).await?,
        _ => Vec::new(),
    };
    let mut structures: Vec<(PartenaireId, String)> = structures.into_iter().map(|(_, p, nom)| (p, nom)).collect();
    structures.dedup();
    let preuves = named(ctx, &tx, found).await?;
    let (caisse, partenaire) = tenants(&portee);
    let objet = Objet { nature: "preuve", id: None, caisse, partenaire };
    ctx.record(ctx.entree(requete, &acteur, "preuve.list", objet)).await?;
    Ok(Liste { preuves, suite, structures, zone })
}

/// Proofs with the names beside them: one query for people, one for structures.
pub(super) async fn named(ctx: &Contexte, tx: &Tx, found: Vec<Preuve>) -> Outcome<Vec<Resume>> {
    let auteurs: Vec<_> = found.iter().filter_map(|p| p.auteur).collect();
    let noms = store::compte::noms(tx, &auteurs, ctx.now()).await?;
    let ids: Vec<PartenaireId> = found.iter().filter_map(|p| p.partenaire).collect();
    let structures = registre::structure_names(tx, &ids).await?;
    let of = |preuve: Preuve| Resume {
        structure: preuve.partenaire.and_then(|p| structures.get(&p).cloned()).unwrap_or_default(),
        auteur: preuve.auteur.and_then(|a| noms.get(&a).cloned()).unwrap_or_default(),
        preuve,
    };
    Ok(found.into_iter().map(of).collect())
}

/// The filter as the database takes it.
pub(super) fn read(f: &Filtres, zone: Zone) -> Outcome<Filtre> {
    let mut erreurs = Vec::new();
    let nature = Nature::from_code(&f.nature);
    if nature.is_none() && !f.nature.is_empty() {
        erreurs.push(ErreurChamp::new("nature", "Choisissez une nature de la liste."));
    }
    let partenaire = f.partenaire.parse().ok();
    if partenaire.is_none() && !f.partenaire.is_empty() {
        erreurs.push(ErreurChamp::new("partenaire", "Choisissez une structure de la liste."));
    }
    if let (Some(du), Some(au)) = (f.du, f.au)
        && au < du
    {
        erreurs.push(ErreurChamp::new("au", "Le dernier jour précède le premier."));
    }
    if !erreurs.is_empty() {
        return Err(AppError::Saisie(erreurs));
    }
    let avant = f.au.and_then(|au| au.succ_opt()).and_then(|jour| midnight(zone, jour));
    Ok(Filtre { nature, du: f.du.and_then(|jour| midnight(zone, jour)), avant, partenaire })
}

/// The beginning of a day at a zone.
fn midnight(zone: Zone, jour: NaiveDate) -> Option<DateTime<Utc>> {
    let minuit = jour.and_hms_opt(0, 0, 0)?;
    minuit.and_local_timezone(zone.fuseau()).earliest().map(|d| d.with_timezone(&Utc))
}
