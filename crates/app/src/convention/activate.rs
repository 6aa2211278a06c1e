//! Activation: the act by which the caisse opens the rights of a complete convention (CO-12), and the switching of its
//! functions (CO-7): by the référent on his pages, by the system for the demonstration and the command line.

use super::conduite::{Conduite, motif, saisie};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::conventions::Sujet;
use crate::partenaire::{dire_gel, gel_en_cours};
use crate::preuve::Nature;
use chrono::NaiveDate;
use domain::calendrier::date_en_francais;
use domain::convention::{Actes, Etat, Fonctionnalite, Lacune};
use domain::droits::{Acteur, Importer, Raison, Refus, systeme};
use store::convention::{self, Enregistree, NatureActe};

/// Why a convention was not activated.
#[derive(Debug, thiserror::Error)]
pub enum ActivationError {
    /// What activation still lacks.
    #[error("{} information(s) manquante(s)", .0.len())]
    Incomplete(Vec<Lacune>),
    /// Activated already, from this day on: functions are switched one by one then ([`switch`]).
    #[error("déjà activée depuis le {0}")]
    DejaActivee(NaiveDate),
    /// Ended, or its structure is cut: an activation would undo that act (CO-5, PA-3).
    #[error("terminée ou coupée")]
    Terminee,
    /// The day asked for lies before the usage convention comes into force, on this day (CO-2).
    #[error("en vigueur le {0} seulement")]
    AvantVigueur(NaiveDate),
    /// The use case failed.
    #[error(transparent)]
    App(#[from] AppError),
}

/// Activates the convention of a key from a day on, every stated function switched on.
///
/// # Errors
/// [`ActivationError`], with what is missing or which act stands against it; nothing is changed then.
pub async fn activate(ctx: &Contexte, raison: Raison, cle: &str, le: NaiveDate) -> Result<(), ActivationError> {
    let acteur = Acteur::Systeme(raison);
    let permis = systeme::permis::<Importer>(&acteur).map_err(AppError::from)?;
    let tx = ctx.store.begin_write().await.map_err(AppError::from)?;
    let row = convention::by_cle(&tx, cle).await.map_err(AppError::from)?.ok_or(AppError::Introuvable)?;
    // Read again behind the lock that a cut of the structure takes.
    let toutes = convention::lock_of_partenaire(&tx, row.partenaire).await.map_err(AppError::from)?;
    let mut row = toutes.into_iter().find(|d| d.id == row.id).ok_or(AppError::Introuvable)?;
    row.actes = opened(&tx, &row, le).await?;
    convention::update(&tx, &permis, &row, ctx.now()).await.map_err(AppError::from)?;
    let objet = Objet {
        nature: "convention",
        id: Some(cle.to_owned()),
        caisse: Some(row.caisse),
        partenaire: Some(row.partenaire),
    };
    ctx.journal(&tx, ctx.entree(&Requete::systeme("activation"), &acteur, "convention.activate", objet)).await?;
    tx.commit().await.map_err(AppError::from)?;
    Ok(())
}

/// The acts of an activation: only for a convention on which no act was recorded that it would undo.
fn acts(row: &Enregistree, le: NaiveDate) -> Result<Actes, ActivationError> {
    if row.actes.fin_acces().is_some() || row.actes.coupee_le.is_some() {
        return Err(ActivationError::Terminee);
    }
    if let Some(depuis) = row.actes.activee_le {
        return Err(ActivationError::DejaActivee(depuis));
    }
    let actes = row.dossier.active(le).map_err(ActivationError::Incomplete)?;
    if let Some(debut) = row.dossier.utilisation_en_vigueur_le().filter(|debut| le < *debut) {
        return Err(ActivationError::AvantVigueur(debut));
    }
    match row.dossier.etat(&actes, le) {
        Etat::Terminee => Err(ActivationError::Terminee),
        _ => Ok(actes),
    }
}

/// The acts of an activation, frozen from the start while another caisse's cut of the structure holds (PA-3).
async fn opened(tx: &store::Tx, row: &Enregistree, le: NaiveDate) -> Result<Actes, ActivationError> {
    let actes = acts(row, le)?;
    Ok(Actes { gel: gel_en_cours(tx, row, le).await?, ..actes })
}

/// Switches a function of a convention on or off (CO-7); gives whether anything changed.
///
/// # Errors
/// [`AppError::Introuvable`] for an unknown key, [`AppError::Interdit`] for a function the convention does not state or
/// does not let the caisse switch, [`AppError::Conflit`] before the activation (which opens every function), or the
/// database's error.
pub async fn switch(
    ctx: &Contexte,
    raison: Raison,
    cle: &str,
    (fonctionnalite, ouverte): (Fonctionnalite, bool),
) -> Outcome<bool> {
    let acteur = Acteur::Systeme(raison);
    let permis = systeme::permis::<Importer>(&acteur)?;
    let tx = ctx.store.begin_write().await?;
    let mut row = convention::by_cle(&tx, cle).await?.ok_or(AppError::Introuvable)?;
    if !row.dossier.stipule(fonctionnalite) || !row.dossier.est_activable(fonctionnalite) {
        return Err(AppError::Interdit(Refus::FonctionFermee));
    }
    if row.actes.activee_le.is_none() {
        return Err(AppError::Conflit);
    }
    let set = &mut row.actes.fonctionnalites;
    let changed = if ouverte { set.insert(fonctionnalite) } else { set.remove(&fonctionnalite) };
    if changed {
        convention::update(&tx, &permis, &row, ctx.now()).await?;
        let objet = Objet {
            nature: "convention",
            id: Some(cle.to_owned()),
            caisse: Some(row.caisse),
            partenaire: Some(row.partenaire),
        };
        let mut entree = ctx.entree(&Requete::systeme("fonction"), &acteur, "convention.switch", objet);
        entree.details = format!("{{\"fonction\":\"{}\",\"ouverte\":{ouverte}}}", fonctionnalite.code());
        ctx.journal(&tx, entree).await?;
        tx.commit().await?;
    }
    Ok(changed)
}

/// Activates a convention from a day on, by the référent of its caisse: every stated function is switched on.
///
/// # Errors
/// [`AppError::Saisie`] at `le` when the day is past or before the convention comes into force, at `convention` when
/// something stands against it; [`AppError::Conflit`] when it changed meanwhile.
pub async fn activate_by(ctx: &Contexte, requete: &Requete, (cle, version): (&str, i64), le: NaiveDate) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let mut c = Box::pin(Conduite::begin(ctx, &tx, requete, (cle, version))).await?;
    if le < c.aujourdhui {
        return Err(saisie("le", "Cette date est passée : choisissez aujourd’hui ou un jour à venir."));
    }
    c.row.actes = opened(&tx, &c.row, le).await.map_err(refused)?;
    c.save(ctx, &tx).await?;
    c.note(ctx, &tx, NatureActe::Activation, (String::new(), Some(le), "")).await?;
    c.prove(ctx, &tx, Nature::Activation, vec![("Convention", cle.to_owned()), ("À compter du", date_en_francais(le))])
        .await?;
    c.tell(ctx, &tx, &Sujet::Activation { le }).await?;
    dire_gel(ctx, &tx, &c.row).await?;
    c.journal(ctx, &tx, requete, ("convention.activate", serde_json::json!({ "le": le }))).await?;
    tx.commit().await?;
    Ok(())
}

fn refused(error: ActivationError) -> AppError {
    match error {
        ActivationError::Incomplete(_) => {
            saisie("convention", "Il manque encore des informations : complétez d’abord la convention.")
        }
        ActivationError::DejaActivee(depuis) => {
            saisie("convention", format!("La convention est déjà activée depuis le {}.", date_en_francais(depuis)))
        }
        ActivationError::Terminee => saisie("convention", "La convention est terminée, ou son accès est coupé."),
        ActivationError::AvantVigueur(debut) => {
            let debut = date_en_francais(debut);
            saisie(
                "le",
                format!(
                    "La convention d’utilisation entre en vigueur le {debut} : choisissez ce jour ou un jour suivant."
                ),
            )
        }
        ActivationError::App(error) => error,
    }
}

/// A function to switch, and why.
#[derive(Clone, Debug)]
pub struct Bascule<'a> {
    /// Its code.
    pub fonction: &'a str,
    /// On or off.
    pub ouverte: bool,
    /// Why.
    pub motif: &'a str,
}

/// Switches a function on or off, by the référent of the caisse; who, when and why stay in the history (CO-7).
///
/// # Errors
/// [`AppError::Saisie`] without a reason, before the activation, or for a function that the convention does not let the
/// caisse switch; [`AppError::Conflit`] when the convention changed meanwhile.
pub async fn switch_by(
    ctx: &Contexte,
    requete: &Requete,
    (cle, version): (&str, i64),
    bascule: &Bascule<'_>,
) -> Outcome<()> {
    let pourquoi = motif("motif", bascule.motif, "Dites pourquoi : la raison reste dans l’historique.")?;
    let choisir = || saisie("fonction", "Choisissez une fonction que la caisse peut ouvrir ou fermer.");
    let fonction = Fonctionnalite::du_code(bascule.fonction).ok_or_else(choisir)?;
    let tx = ctx.store.begin_write().await?;
    let mut c = Box::pin(Conduite::begin(ctx, &tx, requete, (cle, version))).await?;
    if !c.row.dossier.stipule(fonction) || !c.row.dossier.est_activable(fonction) {
        return Err(choisir());
    }
    if c.row.actes.activee_le.is_none() {
        return Err(saisie("fonction", "La convention n’est pas activée : l’activation ouvre toutes ses fonctions."));
    }
    let set = &mut c.row.actes.fonctionnalites;
    let changed = if bascule.ouverte { set.insert(fonction) } else { set.remove(&fonction) };
    if !changed {
        return Ok(());
    }
    c.save(ctx, &tx).await?;
    let nature = if bascule.ouverte { NatureActe::FonctionOuverte } else { NatureActe::FonctionFermee };
    c.note(ctx, &tx, nature, (fonction.code().to_owned(), Some(c.aujourdhui), &pourquoi)).await?;
    let contenu = vec![
        ("Fonction", fonction.libelle().to_owned()),
        ("État", if bascule.ouverte { "ouverte" } else { "fermée" }.to_owned()),
        ("Raison", pourquoi),
    ];
    c.prove(ctx, &tx, Nature::Activation, contenu).await?;
    c.tell(ctx, &tx, &Sujet::Fonction { fonction, ouverte: bascule.ouverte }).await?;
    let details = serde_json::json!({ "fonction": fonction.code(), "ouverte": bascule.ouverte });
    c.journal(ctx, &tx, requete, ("convention.switch", details)).await?;
    tx.commit().await?;
    Ok(())
}
