//! Addresses of comptes of a structure: the rule (HA-5), and what the caisse allows against it.

use super::acteur::{load_acteur, load_renforce};
use super::invite::saisie;
use super::politique;
use crate::context::{Contexte, Objet, Requete};
use crate::convention::conduite::zone_of;
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::preuve::{self, Nature, Preuve};
use domain::calendrier::Zone;
use domain::compte::{est_courriel, professionnel};
use domain::convention::Valeur;
use domain::droits::{Acteur, Rattachement, deroger};
use domain::ids::{CaisseId, PartenaireId};
use store::Tx;
use store::compte::derogations::{self, Contenu, Derogation};
use store::convention::Enregistree;
use uuid::Uuid;

/// The longest reason.
const MOTIF_MAX: usize = 500;

/// Whether an address may serve for a compte of a structure: a professional one (HA-5), of one person (HA-1).
///
/// # Errors
/// [`AppError::Saisie`] at `courriel`.
pub(crate) async fn admise(
    tx: &Tx,
    (partenaire, dossiers): (PartenaireId, &[Enregistree]),
    courriel: &str,
) -> Outcome<()> {
    if dossiers.iter().any(|d| d.dossier.stipulations.partenaire.est_partagee(courriel)) {
        let message = "Cette adresse est celle de la structure ou de plusieurs personnes : un compte est personnel, saisissez l’adresse de cette personne seule.";
        return Err(saisie("courriel", message));
    }
    let given = derogations::list(tx, partenaire).await?.into_iter().filter(|d| d.revoquee_le.is_none());
    let admis: Vec<String> = given.map(|d| d.contenu.objet).collect();
    professionnel::verifie(courriel, &domaines(dossiers), &admis)
        .map_err(|refus| saisie("courriel", &politique::phrase(&refus.to_string())))
}

/// The domains that the conventions of a structure declare, each once.
pub(super) fn domaines(dossiers: &[Enregistree]) -> Vec<String> {
    let of = |d: &Enregistree| match &d.dossier.stipulations.partenaire.domaines {
        Some(Valeur { valeur, .. }) => valeur.clone(),
        None => Vec::new(),
    };
    let mut all: Vec<String> = dossiers.iter().flat_map(of).collect();
    all.sort();
    all.dedup();
    all
}

/// An address or domain that a caisse allows, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DerogationVue {
    /// Row.
    pub derogation: Derogation,
    /// Who allowed it.
    pub par: String,
    /// Whether it was allowed by the caisse of who reads.
    pub sienne: bool,
}

/// What was ever allowed for a structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admises {
    /// Short name of the structure.
    pub structure: String,
    /// The domains that its conventions declare.
    pub domaines: Vec<String>,
    /// Addresses and domains beside them.
    pub vues: Vec<DerogationVue>,
    /// Zone of the caisse of who reads.
    pub zone: Zone,
}

/// What was ever allowed for a structure, for a référent of one of its caisses.
///
/// # Errors
/// [`AppError::Introuvable`] for another structure.
pub async fn list_derogations(ctx: &Contexte, requete: &Requete, slug: &str) -> Outcome<Admises> {
    let (admises, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
        let (p, dossiers, caisse) = structure(&tx, &acteur, slug).await?;
        let rows = derogations::list(&tx, p.id).await?;
        let ids: Vec<_> = rows.iter().map(|d| d.accordee_par).collect();
        let noms = store::compte::noms(&tx, &ids, ctx.now()).await?;
        let vue = |d: Derogation| DerogationVue {
            par: noms.get(&d.accordee_par).cloned().unwrap_or_default(),
            sienne: d.caisse == caisse,
            derogation: d,
        };
        let objet =
            Objet { nature: "partenaire", id: Some(p.slug.clone()), caisse: Some(caisse), partenaire: Some(p.id) };
        let entree = ctx.entree(requete, &acteur, "compte.list_derogations", objet);
        let admises = Admises {
            structure: p.nom_court,
            domaines: domaines(&dossiers),
            vues: rows.into_iter().map(vue).collect(),
            zone: zone_of(&tx, caisse).await?,
        };
        (admises, entree)
    };
    ctx.record(entree).await?;
    Ok(admises)
}

/// The structure of a slug with its conventions, for a référent of a caisse that has one with it.
pub(super) async fn structure(
    tx: &Tx,
    acteur: &Acteur,
    slug: &str,
) -> Outcome<(store::partenaire::Partenaire, Vec<Enregistree>, CaisseId)> {
    let p = store::partenaire::by_slug(tx, slug).await?.ok_or(AppError::Introuvable)?;
    let dossiers = store::convention::of_partenaire(tx, p.id).await?;
    let caisses: Vec<CaisseId> = dossiers.iter().map(|d| d.caisse).collect();
    deroger(acteur, p.id, &caisses).map_err(|_| AppError::Introuvable)?;
    match acteur {
        Acteur::Compte(a) => match a.rattachement {
            Rattachement::Caisse(caisse) => Ok((p, dossiers, caisse)),
            _ => Err(AppError::Introuvable),
        },
        Acteur::Systeme(_) => Err(AppError::Introuvable),
    }
}

/// What the référent types.
#[derive(Clone, Debug, Default)]
pub struct Demandee {
    /// A whole address, or a domain.
    pub objet: String,
    /// Why.
    pub motif: String,
}

/// Allows an address or a domain for the comptes of a structure (HA-5), from now on and until it is withdrawn.
///
/// # Errors
/// [`AppError::Saisie`] at `objet` and `motif`; [`AppError::Introuvable`] for another structure.
pub async fn allow_address(ctx: &Contexte, requete: &Requete, slug: &str, saisi: &Demandee) -> Outcome<()> {
    let contenu = lue(saisi)?;
    let tx = ctx.store.begin_write().await?;
    let a = load_renforce(ctx, &tx, requete).await?;
    let par = a.compte;
    let acteur = Acteur::Compte(a);
    let (p, dossiers, caisse) = structure(&tx, &acteur, slug).await?;
    let caisses: Vec<CaisseId> = dossiers.iter().map(|d| d.caisse).collect();
    let permis = deroger(&acteur, p.id, &caisses)?;
    let known = derogations::list(&tx, p.id).await?;
    if known.iter().any(|d| d.revoquee_le.is_none() && d.caisse == caisse && d.contenu.objet == contenu.objet) {
        return Err(saisie("objet", "Cette adresse est déjà admise pour cette structure."));
    }
    let d = Derogation {
        id: ctx.new_id(),
        caisse,
        partenaire: p.id,
        contenu,
        accordee_par: par,
        accordee_le: ctx.now(),
        revoquee_le: None,
    };
    derogations::insert(&tx, &permis, &d).await?;
    prove(ctx, &tx, &d, ("Accordée", par)).await?;
    let objet =
        Objet { nature: "derogation", id: Some(d.id.to_string()), caisse: Some(caisse), partenaire: Some(p.id) };
    ctx.journal(&tx, ctx.entree(requete, &acteur, "compte.allow_address", objet)).await?;
    tx.commit().await?;
    Ok(())
}

fn lue(saisi: &Demandee) -> Outcome<Contenu> {
    let objet = saisi.objet.trim().trim_start_matches('@').to_lowercase();
    let motif = saisi.motif.trim().to_owned();
    let mut erreurs = Vec::new();
    if !est_courriel(&objet) && !est_courriel(&format!("x@{objet}")) {
        let message = "Saisissez une adresse complète, ou un domaine, par exemple structure.org.";
        erreurs.push(ErreurChamp::new("objet", message));
    } else if !objet.contains('@') && professionnel::est_gratuit(&objet) {
        let message = "Cette messagerie est ouverte à tous : admettez une adresse entière, jamais tout le domaine.";
        erreurs.push(ErreurChamp::new("objet", message));
    } else if !objet.contains('@') && professionnel::enregistrable(&objet).split('.').count() < 2 {
        erreurs.push(ErreurChamp::new("objet", "Saisissez un domaine entier, par exemple structure.org."));
    }
    if motif.is_empty() {
        erreurs.push(ErreurChamp::new("motif", "Écrivez pourquoi cette adresse est admise."));
    } else if motif.chars().count() > MOTIF_MAX {
        erreurs.push(ErreurChamp::new("motif", "Le motif est trop long : 500 caractères au plus."));
    }
    if erreurs.is_empty() { Ok(Contenu { objet, motif }) } else { Err(AppError::Saisie(erreurs)) }
}

/// Withdraws an address that the caisse of the référent allowed. Comptes that use it stay.
///
/// # Errors
/// [`AppError::Introuvable`] for another caisse's or structure's; [`AppError::Conflit`] when it was withdrawn before.
pub async fn withdraw_address(ctx: &Contexte, requete: &Requete, slug: &str, id: Uuid) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let a = load_renforce(ctx, &tx, requete).await?;
    let par = a.compte;
    let acteur = Acteur::Compte(a);
    let (p, dossiers, caisse) = structure(&tx, &acteur, slug).await?;
    let caisses: Vec<CaisseId> = dossiers.iter().map(|d| d.caisse).collect();
    let permis = deroger(&acteur, p.id, &caisses)?;
    let known = derogations::list(&tx, p.id).await?;
    let d = known.into_iter().find(|d| d.id == id && d.caisse == caisse).ok_or(AppError::Introuvable)?;
    derogations::revoke(&tx, &permis, id, (par, ctx.now())).await?;
    prove(ctx, &tx, &d, ("Retirée", par)).await?;
    let objet = Objet { nature: "derogation", id: Some(id.to_string()), caisse: Some(caisse), partenaire: Some(p.id) };
    ctx.journal(&tx, ctx.entree(requete, &acteur, "compte.withdraw_address", objet)).await?;
    tx.commit().await?;
    Ok(())
}

async fn prove(
    ctx: &Contexte,
    tx: &store::WriteTx,
    d: &Derogation,
    (acte, par): (&str, domain::ids::CompteId),
) -> Outcome<()> {
    let preuve = Preuve {
        nature: Nature::Derogation,
        caisse: Some(d.caisse),
        partenaire: Some(d.partenaire),
        convention: None,
        compte: None,
        auteur: Some(par),
        contenu: vec![
            ("Décision", acte.to_owned()),
            ("Adresse ou domaine", d.contenu.objet.clone()),
            ("Motif", d.contenu.motif.clone()),
        ],
    };
    preuve::add(ctx, tx, preuve).await?;
    Ok(())
}
