//! How old passwords may grow at a caisse (HA-14): its administrateur local enters what the caisse decided; « never » is a
//! decision with a name, a date and a reason, kept as a proof.

use super::acteur::{load_acteur, load_renforce};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::preuve::{self, Nature, Preuve};
use chrono::NaiveDate;
use domain::calendrier::{date_en_francais, jour_civil};
use domain::compte::{AgesMotDePasse, JOURS_ADMIS};
use domain::droits::{Acteur, Permis, Portee, Refus, regler_mots_de_passe};
use domain::ids::CaisseId;
use store::Tx;
use store::compte::ages;

/// What holds at a caisse today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reglage {
    /// Name of the caisse.
    pub caisse: String,
    /// The days.
    pub ages: AgesMotDePasse,
    /// Comes back with the form; 0 where nothing was decided.
    pub version: i64,
}

/// What is typed.
#[derive(Clone, Debug, Default)]
pub struct Choix {
    /// Days for comptes of structures; none for « never ».
    pub partenaire: Option<u32>,
    /// Days for comptes of the caisse; none for « never ».
    pub desk: Option<u32>,
    /// Who decided, with function.
    pub auteur: String,
    /// When.
    pub le: Option<NaiveDate>,
    /// Why.
    pub motif: String,
    /// The version read.
    pub version: i64,
}

/// The setting of the caisse of an administrateur local.
///
/// # Errors
/// [`AppError::Interdit`] for every other profil.
pub async fn show_ages(ctx: &Contexte, requete: &Requete) -> Outcome<Reglage> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let caisse = caisse_de(&regler_mots_de_passe(&acteur)?)?;
    let (ages, version) = ages::some(&tx, &[caisse]).await?.remove(&caisse).unwrap_or_default();
    let nom = fiche(&tx, caisse).await?.0;
    Ok(Reglage { caisse: nom, ages, version })
}

fn caisse_de<A: domain::droits::Acte>(permis: &Permis<A>) -> Outcome<CaisseId> {
    match permis.portee() {
        Portee::Caisse(caisse) => Ok(*caisse),
        _ => Err(AppError::Interdit(Refus::ActeInterdit)),
    }
}

async fn fiche(tx: &Tx, caisse: CaisseId) -> Outcome<(String, domain::calendrier::Zone)> {
    let c = store::caisse::some(tx, &[caisse]).await?.pop().ok_or(AppError::Introuvable)?;
    Ok((c.fiche.nom.clone(), c.fiche.zone))
}

/// Enters what the caisse decided.
///
/// # Errors
/// [`AppError::Saisie`] at `jours_partenaire`, `jours_desk`, `auteur`, `decision`, `motif`, `code`; [`AppError::Conflit`]
/// when somebody decided in between.
pub async fn set_ages(ctx: &Contexte, requete: &Requete, choix: &Choix) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let permis = regler_mots_de_passe(&acteur)?;
    let caisse = caisse_de(&permis)?;
    let (_, zone) = fiche(&tx, caisse).await?;
    let ages = lu(choix, jour_civil(zone, ctx.now()))?;
    ages::save(&tx, &permis, (ages, choix.version), ctx.now()).await?;
    let jours = |jours: Option<u32>| jours.map_or_else(|| "jamais".to_owned(), |j| format!("tous les {j} jours"));
    let preuve = Preuve {
        nature: Nature::Decision,
        caisse: Some(caisse),
        partenaire: None,
        convention: None,
        compte: None,
        auteur: acteur.compte(),
        contenu: vec![
            ("Décision", "Changement périodique des mots de passe".to_owned()),
            ("Comptes des structures", jours(ages.partenaire)),
            ("Comptes de la caisse", jours(ages.desk)),
            ("Décidé par", choix.auteur.trim().to_owned()),
            ("Décidé le", choix.le.map(date_en_francais).unwrap_or_default()),
            ("Motif", choix.motif.trim().to_owned()),
        ],
    };
    preuve::add(ctx, &tx, preuve).await?;
    let objet = Objet { nature: "caisse", id: None, caisse: Some(caisse), partenaire: None };
    ctx.journal(&tx, ctx.entree(requete, &acteur, "compte.set_ages", objet)).await?;
    tx.commit().await?;
    Ok(())
}

fn lu(choix: &Choix, aujourdhui: NaiveDate) -> Outcome<AgesMotDePasse> {
    let mut erreurs = Vec::new();
    for (champ, jours) in [("jours_partenaire", choix.partenaire), ("jours_desk", choix.desk)] {
        if jours.is_some_and(|j| !JOURS_ADMIS.contains(&j)) {
            erreurs.push(ErreurChamp::new(champ, "Indiquez un nombre de jours entre 30 et 730."));
        }
    }
    let mut rempli = |champ: &str, texte: &str, message: &str| {
        if texte.trim().is_empty() || texte.chars().count() > 500 {
            erreurs.push(ErreurChamp::new(champ, message));
        }
    };
    rempli("auteur", &choix.auteur, "Indiquez qui a pris la décision : nom et fonction.");
    rempli("motif", &choix.motif, "Écrivez pourquoi, en 500 caractères au plus.");
    if choix.le.is_none_or(|le| le > aujourdhui) {
        erreurs.push(ErreurChamp::new("decision", "Indiquez la date de la décision, aujourd’hui ou avant."));
    }
    if erreurs.is_empty() {
        Ok(AgesMotDePasse { partenaire: choix.partenaire, desk: choix.desk })
    } else {
        Err(AppError::Saisie(erreurs))
    }
}
