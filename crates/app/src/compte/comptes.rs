//! The comptes of a structure on one page: how many of how many, who, what is due (HA-2, HA-4, HA-9).

use super::a_faire::{self, AFaire};
use super::acteur::load_acteur;
use super::adresses;
use super::places::actives;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use chrono::{DateTime, Utc};
use domain::calendrier::Zone;
use domain::compte::Profil;
use domain::convention::{Membres, Tranche};
use domain::droits::{Acteur, Rattachement, Refus};
use domain::ids::{CaisseId, CompteId, PartenaireId};
use store::Tx;
use store::compte::liste::{self, Ligne};
use store::compte::{self, membres};
use store::convention::Enregistree;

/// Comptes on a page.
const PAR_PAGE: u64 = 50;
/// Comptes among which something due is looked for, where they do not stand on one page.
const A_FAIRE_MAX: u64 = 500;

/// Comptes of a structure beside the places that its convention with one caisse gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// Name of the caisse.
    pub caisse: String,
    /// The bracket, where the number of places depends on the members.
    pub tranche: Option<Tranche>,
    /// The number of members that counts.
    pub membres: Option<Membres>,
    /// Comptes of gestionnaires, active and invited, and how many are allowed; none while the convention does not tell.
    pub gestionnaires: (u64, Option<u32>),
    /// The same of techniciens.
    pub techniciens: (u64, Option<u32>),
}

/// The comptes of a structure.
#[derive(Clone, Debug)]
pub struct Comptes {
    /// Name of the structure.
    pub structure: String,
    /// Name in addresses.
    pub slug: String,
    /// Places, one entry a live convention.
    pub places: Vec<Places>,
    /// What is due; empty for the caisse.
    pub a_faire: Vec<AFaire>,
    /// A page of comptes, by identifiant.
    pub lignes: Vec<Ligne>,
    /// Where the next page begins.
    pub suite: Option<CompteId>,
    /// Zone in which dates are shown.
    pub zone: Zone,
    /// When it was read.
    pub lue_le: DateTime<Utc>,
    /// Whether the reader manages them.
    pub gere: bool,
}

/// The comptes of the structure of a gestionnaire.
///
/// # Errors
/// [`AppError::Interdit`] for other profils.
pub async fn list_comptes(ctx: &Contexte, requete: &Requete, apres: Option<CompteId>) -> Outcome<Comptes> {
    let (comptes, entree) = {
        let tx = ctx.store.begin_read().await?;
        let a = load_acteur(ctx, &tx, requete).await?;
        let (Profil::Gestionnaire, Rattachement::Partenaire(id)) = (a.profil, a.rattachement) else {
            return Err(AppError::Interdit(Refus::ActeInterdit));
        };
        let (moi, acteur) = (a.compte, Acteur::Compte(a));
        let partenaire = store::partenaire::load(&tx, id).await?.ok_or(AppError::Introuvable)?;
        let mut comptes = read(ctx, &tx, (partenaire, apres)).await?;
        comptes.gere = true;
        let toutes = if apres.is_none() && comptes.suite.is_none() {
            comptes.lignes.clone()
        } else {
            liste::page(&tx, id, (None, A_FAIRE_MAX), ctx.now()).await?
        };
        comptes.a_faire = a_faire::of(ctx, &tx, (moi, id), (&comptes, &toutes)).await?;
        let objet = Objet { nature: "partenaire", id: None, caisse: None, partenaire: Some(id) };
        (comptes, ctx.entree(requete, &acteur, "compte.list", objet))
    };
    ctx.record(entree).await?;
    Ok(comptes)
}

/// The comptes of a structure for the référent of one of its caisses: names and states, nothing to do.
///
/// # Errors
/// [`AppError::Introuvable`] for another structure.
pub async fn list_comptes_of(
    ctx: &Contexte,
    requete: &Requete,
    slug: &str,
    apres: Option<CompteId>,
) -> Outcome<Comptes> {
    let (comptes, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
        let (partenaire, _, caisse) = adresses::structure(&tx, &acteur, slug).await?;
        let objet = Objet {
            nature: "partenaire",
            id: Some(partenaire.slug.clone()),
            caisse: Some(caisse),
            partenaire: Some(partenaire.id),
        };
        let comptes = read(ctx, &tx, (partenaire, apres)).await?;
        (comptes, ctx.entree(requete, &acteur, "compte.list_of", objet))
    };
    ctx.record(entree).await?;
    Ok(comptes)
}

async fn read(
    ctx: &Contexte,
    tx: &Tx,
    (partenaire, apres): (store::partenaire::Partenaire, Option<CompteId>),
) -> Outcome<Comptes> {
    let dossiers = store::convention::of_partenaire(tx, partenaire.id).await?;
    let caisses: Vec<CaisseId> = dossiers.iter().map(|d| d.caisse).collect();
    let noms = store::caisse::some(tx, &caisses).await?;
    let zone = caisses.first().and_then(|c| noms.iter().find(|n| n.id == *c)).map_or(Zone::Metropole, |c| c.fiche.zone);
    let mut lignes = liste::page(tx, partenaire.id, (apres, PAR_PAGE + 1), ctx.now()).await?;
    let suite = if lignes.len() > PAR_PAGE as usize {
        lignes.truncate(PAR_PAGE as usize);
        lignes.last().map(|l| l.id)
    } else {
        None
    };
    let mut places = Vec::new();
    let comptes = counts(ctx, tx, partenaire.id).await?;
    let declares = membres::last(tx, partenaire.id).await?;
    for d in actives(ctx, tx, &dossiers).await? {
        let caisse = noms.iter().find(|n| n.id == d.caisse).map(|c| c.fiche.nom.clone()).unwrap_or_default();
        places.push(of(d, caisse, (comptes, declares)));
    }
    Ok(Comptes {
        structure: partenaire.nom,
        slug: partenaire.slug,
        places,
        a_faire: Vec::new(),
        lignes,
        suite,
        zone,
        lue_le: ctx.now(),
        gere: false,
    })
}

async fn counts(ctx: &Contexte, tx: &Tx, partenaire: PartenaireId) -> Outcome<(u64, u64)> {
    let ici = Rattachement::Partenaire(partenaire);
    let gestionnaires = compte::count(tx, ici, Profil::Gestionnaire, ctx.now()).await?;
    Ok((gestionnaires, compte::count(tx, ici, Profil::Technicien, ctx.now()).await?))
}

fn of(d: &Enregistree, caisse: String, ((g, t), declares): ((u64, u64), Option<Membres>)) -> Places {
    let membres = d.dossier.membres_retenus(declares);
    let nombre = membres.map(|m| m.nombre);
    let quota = d.dossier.quota(nombre).ok();
    Places {
        caisse,
        tranche: d.dossier.tranche(nombre),
        membres,
        gestionnaires: (g, quota.map(|q| q.gestionnaires)),
        techniciens: (t, quota.map(|q| q.techniciens)),
    }
}

/// How many comptes the structure of a gestionnaire has, and how many its live conventions allow. No personal data:
/// nothing is journalled.
///
/// # Errors
/// [`AppError::Interdit`] for other profils.
pub async fn seats(ctx: &Contexte, requete: &Requete) -> Outcome<Vec<Places>> {
    let tx = ctx.store.begin_read().await?;
    let a = load_acteur(ctx, &tx, requete).await?;
    let (Profil::Gestionnaire, Rattachement::Partenaire(id)) = (a.profil, a.rattachement) else {
        return Err(AppError::Interdit(Refus::ActeInterdit));
    };
    let partenaire = store::partenaire::load(&tx, id).await?.ok_or(AppError::Introuvable)?;
    Ok(read(ctx, &tx, (partenaire, None)).await?.places)
}
