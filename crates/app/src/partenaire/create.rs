//! A new structure, entered by a référent: a sheet, and a project of convention with his caisse (PA-1). A structure that
//! another caisse knows already, by its SIRET, is taken as it is: there is one sheet.

use super::{refused, source};
use crate::compte::load_acteur;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use chrono::NaiveDate;
use domain::calendrier::jour_civil;
use domain::convention::{Actes, Dossier, Etat, Faits, FaitsSaisis, Partie, Role, Valeur};
use domain::droits::{self, Acteur, Permis, TenirFiche};
use domain::ids::{CaisseId, ConventionId, PartenaireId};
use domain::partenaire::slug;
use store::caisse::Caisse;
use store::convention::{self, Enregistree};
use store::fiche;
use store::partenaire::{self, Partenaire};
use store::{StoreError, WriteTx};

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Creation {
    /// Word of the structure in addresses.
    pub slug: String,
    /// Key of the project of convention.
    pub cle: String,
    /// Whether another caisse knew it already.
    pub connue: bool,
}

/// Tries when a colleague enters the same structure, or one of the same short name, at the same instant.
const ESSAIS: u32 = 4;

/// Enters a structure.
///
/// # Errors
/// [`AppError::Saisie`] with every field refused, or at `siret` when this caisse has a convention with it already that
/// has not ended: also when a colleague was quicker. [`AppError::Conflit`] when others were quicker each time.
pub async fn create(ctx: &Contexte, requete: &Requete, saisis: &FaitsSaisis) -> Outcome<Creation> {
    for _ in 1..ESSAIS {
        match once(ctx, requete, saisis).await {
            Err(AppError::Stockage(StoreError::Taken)) => {}
            autre => return autre,
        }
    }
    match once(ctx, requete, saisis).await {
        Err(AppError::Stockage(StoreError::Taken)) => Err(AppError::Conflit),
        autre => autre,
    }
}

async fn once(ctx: &Contexte, requete: &Requete, saisis: &FaitsSaisis) -> Outcome<Creation> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let (permis, caisse) = droits::creer_partenaire(&acteur)?;
    let caisse = store::caisse::some(&tx, &[caisse]).await?.pop().ok_or(AppError::Introuvable)?;
    let jour = jour_civil(caisse.fiche.zone, ctx.now());
    let faits = saisis.lis(Role::Partenaire, jour).map_err(refused)?;
    let source = source(jour);
    let mut partie = Partie::default();
    faits.ecrit(&mut partie, &source);
    let (structure, connue) = structure(ctx, &tx, &permis, &caisse, &faits).await?;
    if connue && let Some(fiche) = known_sheet(&tx, (caisse.id, jour), structure.id).await? {
        partie = fiche;
    }
    let mut dossier = Dossier {
        cle: key(&tx, &caisse.fiche.slug, &structure.slug).await?,
        cle_caisse: caisse.fiche.slug.clone(),
        cle_partenaire: structure.slug.clone(),
        ..Dossier::default()
    };
    dossier.stipulations.partenaire = partie;
    dossier.stipulations.caisse = caisse_sheet(&tx, &caisse, &source).await?;
    let row = Enregistree {
        id: ConventionId::new(ctx.new_id()),
        caisse: caisse.id,
        partenaire: structure.id,
        dossier,
        actes: Actes::default(),
        version: 1,
    };
    convention::insert(&tx, &permis, &row, ctx.now()).await?;
    let objet = Objet { nature: "partenaire", id: Some(structure.slug.clone()), ..super::objet(&row) };
    ctx.journal(&tx, ctx.entree(requete, &acteur, "partenaire.create", objet)).await?;
    tx.commit().await?;
    Ok(Creation { slug: structure.slug, cle: row.dossier.cle, connue })
}

/// The structure of that SIRET, or a new one.
async fn structure(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<TenirFiche>,
    caisse: &Caisse,
    faits: &Faits,
) -> Outcome<(Partenaire, bool)> {
    if let Some(siret) = faits.siret()
        && let Some(connue) = partenaire::by_siret(tx, siret).await?
    {
        return Ok((connue, true));
    }
    let word = slug(&faits.nom_court);
    if word.is_empty() {
        let message = "Ce nom ne contient ni lettre ni chiffre.";
        return Err(AppError::Saisie(vec![ErreurChamp::new("nom_court", message)]));
    }
    let candidates: Vec<String> =
        std::iter::once(word.clone()).chain((2..100).map(|n| format!("{word}-{n}"))).collect();
    let taken = partenaire::slugs(tx, &candidates).await?;
    // The page that enters a structure has this word.
    let free = candidates.into_iter().find(|c| !taken.contains(c) && c != "nouveau").ok_or(AppError::Conflit)?;
    let departement = match caisse.fiche.departements.as_slice() {
        [seul] => Some(seul.code().to_owned()),
        _ => None,
    };
    let row = Partenaire {
        id: PartenaireId::new(ctx.new_id()),
        slug: free,
        nom: faits.nom.clone(),
        nom_court: faits.nom_court.clone(),
        departement,
    };
    partenaire::insert(tx, permis, &row, ctx.now()).await?;
    partenaire::note_siret(tx, permis, row.id, faits.siret()).await?;
    Ok((row, false))
}

/// The sheet that is kept of a known structure. A caisse whose convention with it has ended may begin another.
async fn known_sheet(
    tx: &WriteTx,
    (caisse, jour): (CaisseId, NaiveDate),
    partenaire: PartenaireId,
) -> Outcome<Option<Partie>> {
    let toutes = convention::of_partenaire(tx, partenaire).await?;
    let ended = |c: &Enregistree| c.dossier.etat(&c.actes, jour) == Etat::Terminee;
    if toutes.iter().any(|c| c.caisse == caisse && !ended(c)) {
        let message = "Votre caisse a déjà une convention avec la structure de ce SIRET : cherchez-la dans la liste.";
        return Err(AppError::Saisie(vec![ErreurChamp::new("siret", message)]));
    }
    let last = toutes.iter().position(|c| !ended(c)).unwrap_or_default();
    let mut fiche = toutes.into_iter().nth(last).map(|c| c.dossier.stipulations.partenaire);
    if let Some(fiche) = &mut fiche {
        // Who is reached for what is a matter of each convention.
        (fiche.coordonnees, fiche.interlocuteurs, fiche.denominations) = (None, None, None);
    }
    Ok(fiche)
}

/// The sheet of the caisse: as its other conventions have it, or what the installation knows of it.
async fn caisse_sheet(tx: &WriteTx, caisse: &Caisse, source: &domain::convention::Source) -> Outcome<Partie> {
    let dit = |valeur: Option<String>| valeur.map(|valeur| Valeur { valeur, source: source.clone() });
    let other = fiche::of_caisse(tx, caisse.id).await?.into_iter().next();
    let mut partie = other.map(|c| c.dossier.stipulations.caisse).unwrap_or_default();
    (partie.interlocuteurs, partie.denominations) = (None, None);
    let nom = Some(caisse.fiche.nom.clone());
    partie.nom = partie.nom.or_else(|| dit(nom.clone()));
    partie.nom_court = partie.nom_court.or_else(|| dit(nom));
    partie.adresse = partie.adresse.or_else(|| dit(caisse.adresse.clone()));
    partie.courriel = partie.courriel.or_else(|| dit(caisse.courriel.clone()));
    partie.standard = partie.standard.or_else(|| dit(caisse.telephone.clone()));
    let zone = Valeur { valeur: caisse.fiche.zone, source: source.clone() };
    partie.zone = partie.zone.or(Some(zone));
    Ok(partie)
}

/// A free key for the project.
async fn key(tx: &WriteTx, caisse: &str, structure: &str) -> Outcome<String> {
    let base = format!("{caisse}-{structure}");
    for n in 1..100 {
        let cle = if n == 1 { base.clone() } else { format!("{base}-{n}") };
        if convention::by_cle(tx, &cle).await?.is_none() {
            return Ok(cle);
        }
    }
    Err(AppError::Conflit)
}
