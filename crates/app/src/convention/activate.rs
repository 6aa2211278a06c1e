//! Activation: the act by which the caisse opens the rights of a complete convention (CO-12). Here by the system, for
//! the demonstration and the command line; the desk's pages follow.

use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use chrono::NaiveDate;
use domain::convention::Lacune;
use domain::droits::{Acteur, Importer, Raison, Refus, systeme};
use store::convention;

/// Why a convention was not activated.
#[derive(Debug, thiserror::Error)]
pub enum ActivationError {
    /// What activation still lacks.
    #[error("{} information(s) manquante(s)", .0.len())]
    Incomplete(Vec<Lacune>),
    /// The use case failed.
    #[error(transparent)]
    App(#[from] AppError),
}

/// Activates the convention of a key from a day on, every stated function switched on.
///
/// # Errors
/// [`ActivationError::Incomplete`] with what is missing; nothing is changed then.
pub async fn activate(ctx: &Contexte, raison: Raison, cle: &str, le: NaiveDate) -> Result<(), ActivationError> {
    let acteur = Acteur::Systeme(raison);
    let permis = systeme::permis::<Importer>(&acteur).map_err(AppError::from)?;
    let tx = ctx.store.begin_write().await.map_err(AppError::from)?;
    let mut row = convention::by_cle(&tx, cle).await.map_err(AppError::from)?.ok_or(AppError::Introuvable)?;
    row.actes = row.dossier.active(le).map_err(ActivationError::Incomplete)?;
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

/// Switches a function of a convention on or off (CO-7); gives whether anything changed.
///
/// # Errors
/// [`AppError::Introuvable`] for an unknown key, [`AppError::Interdit`] for a function the convention does not state or
/// does not let the caisse switch, or the database's error.
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
