//! Activation: the act by which the caisse opens the rights of a complete convention (CO-12). Here by the system, for
//! the demonstration and the command line; the desk's pages follow.

use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use chrono::NaiveDate;
use domain::convention::{Actes, Etat, Lacune};
use domain::droits::{Acteur, Importer, Raison, Refus, systeme};
use store::convention::{self, Enregistree};

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
    let mut row = convention::by_cle(&tx, cle).await.map_err(AppError::from)?.ok_or(AppError::Introuvable)?;
    row.actes = acts(&row, le)?;
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
    if row.actes.fin.is_some() || row.actes.coupee_le.is_some() {
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
    (fonctionnalite, ouverte): (domain::convention::Fonctionnalite, bool),
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
