//! The sheets of a convention, with their history: the same page for both sides (PA-1, PA-4).

use super::{in_scope, is_live, objet, today};
use crate::compte::seen;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use domain::calendrier::{Zone, jour_civil};
use domain::convention::{Dossier, Etat, Membres};
use domain::droits::{self, Acteur, Portee};
use domain::ids::CompteId;
use std::collections::HashMap;
use store::convention::Enregistree;
use store::coupure::Coupure;
use store::fiche::{self, Changee};
use store::{Tx, coupure};

/// Changes shown at most.
const HISTOIRE: u64 = 50;

/// What stands between the structure and the portal at this caisse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coupe {
    /// Nothing.
    Ouverte,
    /// This caisse has cut it.
    Coupee(Box<Coupure>),
    /// Another caisse has, named here, and this one has not reopened its access.
    Gelee(String),
}

/// Where the convention stands today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vie {
    /// State.
    pub etat: Etat,
    /// Cut or frozen.
    pub coupe: Coupe,
    /// Whether the convention was activated and has not ended.
    pub en_cours: bool,
    /// First day without access, once an end is recorded, with its reason.
    pub fin: Option<(chrono::NaiveDate, String)>,
}

/// The sheets of a convention.
#[derive(Clone, Debug)]
pub struct Feuille {
    /// What both agreed, with the sheet of each party.
    pub dossier: Dossier,
    /// Word of the structure in addresses.
    pub slug: String,
    /// Version that a form is made from.
    pub version: i64,
    /// Where it stands.
    pub vie: Vie,
    /// The last changes, the newest first.
    pub histoire: Vec<Changee>,
    /// Names of those who made them.
    pub noms: HashMap<CompteId, String>,
    /// Lines of the other side that the reader has not read.
    pub non_lus: u64,
    /// Zone of the caisse.
    pub zone: Zone,
    /// Whether the reader is at the desk.
    pub au_bureau: bool,
    /// Number of members that counts for quotas: declared last, or the convention's.
    pub membres: Option<Membres>,
}

/// The sheets of one convention.
///
/// # Errors
/// [`AppError::Introuvable`] when unknown or out of scope.
pub async fn sheet(ctx: &Contexte, requete: &Requete, cle: &str) -> Outcome<Feuille> {
    let (feuille, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
        let c = in_scope(&tx, &acteur, cle).await?;
        let entree = ctx.entree(requete, &acteur, "fiche.read", objet(&c));
        (feuille(ctx, &tx, &acteur, c).await?, entree)
    };
    ctx.record(entree).await?;
    Ok(feuille)
}

/// The sheets of a structure at the caisse of a référent: the first convention between them that
/// has not ended, or the first of all.
///
/// # Errors
/// [`AppError::Introuvable`] for a structure that is unknown or of other caisses, [`AppError::Interdit`] unless référent.
pub async fn of_partenaire(ctx: &Contexte, requete: &Requete, slug: &str) -> Outcome<Feuille> {
    let (feuille, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
        let portee = Portee::Caisse(droits::lire_partenaires(&acteur)?);
        let structure = store::partenaire::by_slug(&tx, slug).await?.ok_or(AppError::Introuvable)?;
        let mut found = fiche::conventions(&tx, &portee, structure.id).await?;
        let jour = today(ctx, &tx, found.first().ok_or(AppError::Introuvable)?).await?;
        let lives = |c: &Enregistree| c.dossier.etat(&c.actes, jour) != Etat::Terminee;
        let c = found.swap_remove(found.iter().position(lives).unwrap_or_default());
        let entree = ctx.entree(requete, &acteur, "fiche.read", objet(&c));
        (feuille(ctx, &tx, &acteur, c).await?, entree)
    };
    ctx.record(entree).await?;
    Ok(feuille)
}

/// The sheets of a gestionnaire's structure, one for each caisse where its access is open.
///
/// # Errors
/// [`AppError::Interdit`] unless gestionnaire.
pub async fn mine(ctx: &Contexte, requete: &Requete) -> Outcome<Vec<Feuille>> {
    let (feuilles, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
        let portee = droits::lire_partages(&acteur)?;
        let Portee::Partenaire { partenaire, caisses } = &portee else {
            return Err(AppError::Interdit(droits::Refus::ActeInterdit));
        };
        let mut feuilles = Vec::new();
        for c in fiche::conventions(&tx, &portee, *partenaire).await? {
            if caisses.contains(&c.caisse) {
                feuilles.push(feuille(ctx, &tx, &acteur, c).await?);
            }
        }
        let objet = Objet { nature: "partenaire", partenaire: Some(*partenaire), ..Objet::default() };
        (feuilles, ctx.entree(requete, &acteur, "fiche.read", objet))
    };
    ctx.record(entree).await?;
    Ok(feuilles)
}

async fn feuille(ctx: &Contexte, tx: &Tx, acteur: &Acteur, c: Enregistree) -> Outcome<Feuille> {
    let caisse = store::caisse::some(tx, &[c.caisse]).await?.pop().ok_or(AppError::Introuvable)?;
    let structure = store::partenaire::load(tx, c.partenaire).await?.ok_or(AppError::Introuvable)?;
    let (zone, au_bureau) = (caisse.fiche.zone, droits::lire_partenaires(acteur).is_ok());
    let histoire = fiche::history(tx, c.id, HISTOIRE).await?;
    let mut auteurs: Vec<CompteId> = histoire.iter().filter_map(|h| h.auteur).collect();
    auteurs.sort();
    auteurs.dedup();
    let noms = store::compte::noms(tx, &auteurs, ctx.now()).await?;
    let cote = if au_bureau { store::echange::Cote::Caisse } else { store::echange::Cote::Partenaire };
    let non_lus = match acteur.compte() {
        Some(compte) => store::echange::unread(tx, compte, cote, c.id).await?,
        None => 0,
    };
    let jour = jour_civil(zone, ctx.now());
    let etat = c.dossier.etat(&c.actes, jour);
    let fin = c.actes.fin_acces().map(|f| (f.le, f.motif.clone()));
    let vie = Vie { etat, coupe: coupe(tx, &c).await?, en_cours: is_live(&c, jour), fin };
    let (slug, version) = (structure.slug, c.version);
    let membres = c.dossier.membres_retenus(store::compte::membres::last(tx, c.partenaire).await?);
    Ok(Feuille { dossier: c.dossier, slug, version, vie, histoire, noms, non_lus, zone, au_bureau, membres })
}

/// What stops the structure at the caisse of a convention.
pub(super) async fn coupe(tx: &Tx, c: &Enregistree) -> Outcome<Coupe> {
    if c.actes.coupee_le.is_some() {
        let current = coupure::current(tx, c.id).await?;
        return Ok(current.map_or(Coupe::Ouverte, |cut| Coupe::Coupee(Box::new(cut))));
    }
    let Some(gel) = &c.actes.gel else { return Ok(Coupe::Ouverte) };
    let par = store::caisse::by_slug(tx, &gel.par).await?.map_or_else(|| gel.par.clone(), |c| c.fiche.nom);
    Ok(Coupe::Gelee(par))
}
