//! How many members a structure declares (HA-2). When the number falls, comptes stay, creation is blocked, both sides are
//! told.

use super::load_renforce;
use super::places::{actives, depasses};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::mails::{Mail, comptes::Lettre};
use crate::notification;
use crate::preuve::{self, Nature, Preuve};
use chrono::NaiveDate;
use domain::calendrier::{Zone, date_en_francais, jour_civil};
use domain::compte::Profil;
use domain::convention::Membres;
use domain::droits::{Acteur, Rattachement, Refus, declarer_membres};
use domain::ids::{CaisseId, CompteId, PartenaireId};
use store::compte::{self, membres};
use store::convention::{self, Enregistree};
use store::{Tx, WriteTx};

/// The greatest number that is believed.
const MAX: u32 = 1_000_000;

/// What is typed.
#[derive(Clone, Copy, Debug)]
pub struct Declaration {
    /// How many.
    pub nombre: Option<u32>,
    /// On which day.
    pub au: Option<NaiveDate>,
}

/// Declares the number of members of a structure: one's own for a gestionnaire (`slug` is none), that of a slug for the
/// référent of one of its caisses. The caisses are told of every change and keep a proof; both sides are told
/// when a structure has now more comptes than places and had not before.
///
/// # Errors
/// [`AppError::Saisie`] at `nombre` and `au` (not in the future, not before what was declared last); at `code`;
/// [`AppError::Introuvable`] for another structure; [`AppError::Interdit`] for every other profil.
pub async fn declare_members(
    ctx: &Contexte,
    requete: &Requete,
    slug: Option<&str>,
    declaration: Declaration,
) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let a = load_renforce(ctx, &tx, requete).await?;
    let par = a.compte;
    let partenaire = structure(&tx, a.rattachement, slug).await?;
    let acteur = Acteur::Compte(a);
    let dossiers = convention::lock_of_partenaire(&tx, partenaire).await?;
    let caisses: Vec<CaisseId> = dossiers.iter().map(|d| d.caisse).collect();
    let permis = declarer_membres(&acteur, partenaire, &caisses).map_err(|_| match slug {
        Some(_) => AppError::Introuvable,
        None => AppError::Interdit(Refus::ActeInterdit),
    })?;
    let avant = membres::last(&tx, partenaire).await?;
    let zone = zone(&tx, &caisses).await?;
    let apres = lue(declaration, avant, jour_civil(zone, ctx.now()))?;
    membres::insert(&tx, &permis, (ctx.new_id(), apres), (par, ctx.now())).await?;
    tell(ctx, &tx, (partenaire, &dossiers), (avant, apres)).await?;
    if avant != Some(apres) {
        declared(ctx, &tx, (partenaire, &dossiers), (par, avant, apres)).await?;
    }
    let objet = Objet { nature: "partenaire", id: None, caisse: None, partenaire: Some(partenaire) };
    let mut entree = ctx.entree(requete, &acteur, "compte.declare_members", objet);
    entree.details = format!("{{\"membres\":{}}}", apres.nombre);
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(())
}

async fn structure(tx: &Tx, rattachement: Rattachement, slug: Option<&str>) -> Outcome<PartenaireId> {
    match (slug, rattachement) {
        (None, Rattachement::Partenaire(p)) => Ok(p),
        (Some(slug), Rattachement::Caisse(_)) => {
            Ok(store::partenaire::by_slug(tx, slug).await?.ok_or(AppError::Introuvable)?.id)
        }
        _ => Err(AppError::Interdit(Refus::ActeInterdit)),
    }
}

async fn zone(tx: &Tx, caisses: &[CaisseId]) -> Outcome<Zone> {
    let Some(premiere) = caisses.first() else { return Ok(Zone::Metropole) };
    Ok(store::caisse::some(tx, &[*premiere]).await?.pop().map_or(Zone::Metropole, |c| c.fiche.zone))
}

fn lue(d: Declaration, avant: Option<Membres>, aujourdhui: NaiveDate) -> Outcome<Membres> {
    let mut erreurs = Vec::new();
    let nombre = d.nombre.filter(|n| (1..=MAX).contains(n));
    if nombre.is_none() {
        let message = "Indiquez le nombre de membres de la structure, en chiffres, 1 au moins.";
        erreurs.push(ErreurChamp::new("nombre", message));
    }
    let au = d.au.filter(|au| *au <= aujourdhui && avant.is_none_or(|a| a.au <= *au));
    if au.is_none() {
        let message = "Indiquez la date de ce nombre : aujourd’hui ou avant, et pas avant la dernière déclaration.";
        erreurs.push(ErreurChamp::new("au", message));
    }
    match (nombre, au) {
        (Some(nombre), Some(au)) => Ok(Membres { nombre, au }),
        _ => Err(AppError::Saisie(erreurs)),
    }
}

/// Each caisse of the structure reads the change, its places depend on it, and keeps a proof.
async fn declared(
    ctx: &Contexte,
    tx: &WriteTx,
    (partenaire, dossiers): (PartenaireId, &[Enregistree]),
    (par, avant, apres): (CompteId, Option<Membres>, Membres),
) -> Outcome<()> {
    let p = store::partenaire::load(tx, partenaire).await?.ok_or(AppError::Introuvable)?;
    let lettre = Lettre::MembresDeclares { structure: p.nom, slug: p.slug };
    let mots = |m: Membres| format!("{} au {}", m.nombre, date_en_francais(m.au));
    for d in actives(ctx, tx, dossiers).await? {
        let retenu = d.dossier.membres_retenus(avant);
        let preuve = Preuve {
            nature: Nature::Changement,
            caisse: Some(d.caisse),
            partenaire: Some(partenaire),
            convention: Some(d.id),
            compte: None,
            auteur: Some(par),
            contenu: vec![
                ("Objet", "Nombre de membres de la structure".to_owned()),
                ("Avant", retenu.map_or("inconnu".to_owned(), mots)),
                ("Après", mots(apres)),
            ],
        };
        preuve::add(ctx, tx, preuve).await?;
        let mail = |pour| Mail::Comptes { pour, lettre: lettre.clone() };
        notification::a_la_caisse(ctx, tx, d, mail).await?;
    }
    Ok(())
}

async fn tell(
    ctx: &Contexte,
    tx: &WriteTx,
    (partenaire, dossiers): (PartenaireId, &[Enregistree]),
    (avant, apres): (Option<Membres>, Membres),
) -> Outcome<()> {
    let ici = Rattachement::Partenaire(partenaire);
    let mut comptes = [(Profil::Gestionnaire, 0), (Profil::Technicien, 0)];
    for (profil, n) in &mut comptes {
        *n = compte::count(tx, ici, *profil, ctx.now()).await?;
    }
    for d in actives(ctx, tx, dossiers).await? {
        let before = depasses(d, d.dossier.membres_retenus(avant), comptes);
        let after = depasses(d, d.dossier.membres_retenus(Some(apres)), comptes);
        if after.iter().any(|profil| !before.contains(profil)) {
            let mail = |pour| Mail::Comptes { pour, lettre: Lettre::QuotaDepasse };
            notification::aux_deux_cotes(ctx, tx, d, mail).await?;
        }
    }
    Ok(())
}
