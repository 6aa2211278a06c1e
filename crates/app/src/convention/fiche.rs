//! The page of a convention: parties, both papers, days, quotas, functions, letters, ends, versions, acts (CO-3 to CO-7).

use super::conduite::zone_of;
use super::fin::{VoieFin, voies};
use crate::compte::seen;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use chrono::NaiveDate;
use domain::calendrier::{Zone, jour_civil};
use domain::convention::{
    self as regles, Difference, Dossier, Echeance, Fonctionnalite, PapierVise, PremiereResiliation, Situation,
    differences,
};
use domain::droits::{self, Acteur};
use domain::ids::CompteId;
use std::collections::HashMap;
use store::Tx;
use store::convention::{self, ActeNote, Enregistree, Lettre, Marque, Version};
use uuid::Uuid;

/// Acts shown at once.
pub const ACTES: usize = 50;

/// A function with what the caisse made of it (CO-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FonctionVue {
    /// Which.
    pub fonction: Fonctionnalite,
    /// Whether the caisse may switch it.
    pub activable: bool,
    /// Whether it is open.
    pub ouverte: bool,
}

/// A letter with the dates that follow from it.
#[derive(Clone, Debug)]
pub struct LettreVue {
    /// The letter.
    pub lettre: Lettre,
    /// Last day to repair and first day to act, while it runs.
    pub delai: Option<PremiereResiliation>,
}

/// An act with the name of who did it.
#[derive(Clone, Debug)]
pub struct ActeVu {
    /// The act.
    pub acte: ActeNote,
    /// « Prénom Nom »; the portal itself when none.
    pub auteur: Option<String>,
}

/// A convention as its référent reads it.
#[derive(Clone, Debug)]
pub struct FicheConvention {
    /// The row.
    pub row: Box<Enregistree>,
    /// Name of the caisse.
    pub caisse: String,
    /// Its zone.
    pub zone: Zone,
    /// Its civil day.
    pub aujourdhui: NaiveDate,
    /// State of the whole.
    pub situation: Situation,
    /// State of the métier convention, and how often it was renewed.
    pub metier: (Situation, usize),
    /// State of the usage convention, and how often it was renewed.
    pub utilisation: (Situation, usize),
    /// Days ahead.
    pub calendrier: Vec<Echeance>,
    /// When the evaluation of the first year falls due, and whether it was made.
    pub evaluation: Option<(NaiveDate, bool)>,
    /// Functions stated.
    pub fonctions: Vec<FonctionVue>,
    /// Letters, oldest first.
    pub lettres: Vec<LettreVue>,
    /// Ways to end it.
    pub voies: Vec<VoieFin>,
    /// Versions, oldest first.
    pub versions: Vec<Version>,
    /// Acts, the last first.
    pub actes: Vec<ActeVu>,
    /// Where the earlier acts begin.
    pub actes_suite: Option<Uuid>,
}

impl FicheConvention {
    /// The agreement.
    #[must_use]
    pub fn dossier(&self) -> &Dossier {
        &self.row.dossier
    }

    /// Key of the convention.
    #[must_use]
    pub fn cle(&self) -> &str {
        &self.row.dossier.cle
    }
}

/// The page of a convention of the référent's caisse.
///
/// # Errors
/// [`AppError::Introuvable`] out of scope, [`AppError::Interdit`] for other profils.
pub async fn sheet(
    ctx: &Contexte,
    requete: &Requete,
    cle: &str,
    actes_avant: Option<Uuid>,
) -> Outcome<FicheConvention> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let portee = droits::lire_conventions(&acteur)?;
    let row = convention::in_scope(&tx, &portee, cle).await?.ok_or(AppError::Introuvable)?;
    let fiche = read(ctx, &tx, Box::new(row), actes_avant).await?;
    drop(tx);
    ctx.record(ctx.entree(requete, &acteur, "convention.read", super::conduite::objet(&fiche.row))).await?;
    Ok(fiche)
}

async fn read(ctx: &Contexte, tx: &Tx, row: Box<Enregistree>, avant: Option<Uuid>) -> Outcome<FicheConvention> {
    let zone = zone_of(tx, row.caisse).await?;
    let aujourdhui = jour_civil(zone, ctx.now());
    let lettres = convention::lettres(tx, &row).await?;
    let rules: Vec<regles::Lettre> = lettres.iter().map(|l| l.lettre.clone()).collect();
    let evaluee = !convention::marques(tx, &[row.id], Marque::Evaluation).await?.is_empty();
    let (actes, actes_suite) = acts(ctx, tx, &row, avant).await?;
    let caisse = store::caisse::some(tx, &[row.caisse]).await?.pop().map(|c| c.fiche.nom).unwrap_or_default();
    let (d, a) = (&row.dossier, &row.actes);
    let paper = |papier| (d.situation_de(papier, a, &rules, aujourdhui), d.reconductions(papier, aujourdhui));
    Ok(FicheConvention {
        caisse,
        zone,
        aujourdhui,
        situation: d.situation(a, &rules, aujourdhui),
        metier: paper(PapierVise::Metier),
        utilisation: paper(PapierVise::Utilisation),
        calendrier: d.calendrier(a, &rules, evaluee, aujourdhui),
        evaluation: d.evaluation_le().map(|le| (le, evaluee)),
        fonctions: functions(&row),
        voies: voies(&row, &rules),
        lettres: lettres
            .into_iter()
            .map(|lettre| LettreVue { delai: d.delai_pour_reparer(&lettre.lettre), lettre })
            .collect(),
        versions: convention::versions(tx, &row).await?,
        actes,
        actes_suite,
        row,
    })
}

fn functions(row: &Enregistree) -> Vec<FonctionVue> {
    let stated = Fonctionnalite::TOUS.iter().copied().filter(|f| row.dossier.stipule(*f));
    stated
        .map(|fonction| FonctionVue {
            fonction,
            activable: row.dossier.est_activable(fonction),
            ouverte: row.actes.activee_le.is_some() && row.dossier.fonctionnalite_ouverte(fonction, &row.actes),
        })
        .collect()
}

async fn acts(ctx: &Contexte, tx: &Tx, row: &Enregistree, avant: Option<Uuid>) -> Outcome<(Vec<ActeVu>, Option<Uuid>)> {
    let mut actes = convention::actes(tx, row, avant, ACTES as u64 + 1).await?;
    let more = actes.len() > ACTES;
    actes.truncate(ACTES);
    let suite = actes.last().filter(|_| more).map(|a| a.id);
    let auteurs: Vec<CompteId> = actes.iter().filter_map(|a| a.auteur).collect();
    let noms: HashMap<CompteId, String> = store::compte::noms(tx, &auteurs, ctx.now()).await?;
    let vus = actes
        .into_iter()
        .map(|acte| ActeVu { auteur: acte.auteur.and_then(|id| noms.get(&id).cloned()), acte })
        .collect();
    Ok((vus, suite))
}

/// Two versions side by side.
#[derive(Clone, Debug)]
pub struct Comparaison {
    /// Key of the convention.
    pub cle: String,
    /// Short name of the structure.
    pub structure: String,
    /// The versions there are: number and object.
    pub versions: Vec<Version>,
    /// The earlier one.
    pub avant: i64,
    /// The later one.
    pub apres: i64,
    /// Parameters that they say differently.
    pub differences: Vec<Difference>,
    /// Whether the later one waits for its day.
    pub a_venir: bool,
}

/// Two versions of a convention, parameter by parameter; without numbers, the last two.
///
/// # Errors
/// [`AppError::Introuvable`] out of scope or for a version that is not there.
pub async fn compare(
    ctx: &Contexte,
    requete: &Requete,
    cle: &str,
    (avant, apres): (Option<i64>, Option<i64>),
) -> Outcome<Comparaison> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let portee = droits::lire_conventions(&acteur)?;
    let row = convention::in_scope(&tx, &portee, cle).await?.ok_or(AppError::Introuvable)?;
    let versions = convention::versions(&tx, &row).await?;
    let last = versions.last().map_or(0, |v| v.numero);
    let apres = apres.unwrap_or(last);
    let avant = avant.unwrap_or(apres - 1);
    let found = |n: i64| versions.iter().find(|v| v.numero == n);
    let (differences, a_venir) = match (found(avant), found(apres)) {
        (Some(a), Some(b)) => {
            let (a_dossier, b_dossier) =
                (super::avenant_effet::as_of(&row.dossier, a)?, super::avenant_effet::as_of(&row.dossier, b)?);
            (differences(&a_dossier, &b_dossier), b.appliquee_le.is_none())
        }
        // Before the first avenant there is nothing to compare.
        _ if versions.is_empty() => (Vec::new(), false),
        _ => return Err(AppError::Introuvable),
    };
    let structure = row.dossier.stipulations.partenaire.nom_affiche().to_owned();
    drop(tx);
    ctx.record(ctx.entree(requete, &acteur, "convention.compare", super::conduite::objet(&row))).await?;
    Ok(Comparaison { cle: cle.to_owned(), structure, versions, avant, apres, differences, a_venir })
}

/// A version whole, with all its parameters: old ones stay readable (CO-4).
///
/// # Errors
/// [`AppError::Introuvable`] out of scope or for a version that is not there.
pub async fn version_whole(ctx: &Contexte, requete: &Requete, cle: &str, numero: i64) -> Outcome<(Version, Dossier)> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let portee = droits::lire_conventions(&acteur)?;
    let row = convention::in_scope(&tx, &portee, cle).await?.ok_or(AppError::Introuvable)?;
    let versions = convention::versions(&tx, &row).await?;
    let version = versions.into_iter().find(|v| v.numero == numero).ok_or(AppError::Introuvable)?;
    let dossier = super::avenant_effet::as_of(&row.dossier, &version)?;
    drop(tx);
    ctx.record(ctx.entree(requete, &acteur, "convention.version", super::conduite::objet(&row))).await?;
    Ok((version, dossier))
}
