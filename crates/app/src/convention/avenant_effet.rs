//! The day of an avenant (CO-4): it takes effect, or is left where it no longer fits, and its caisse told.

use super::conduite::{Conduite, saisie};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::conventions::Sujet;
use chrono::NaiveDate;
use domain::convention::{Dossier, Etat, Stipulations};
use serde::{Deserialize, Serialize};
use store::WriteTx;
use store::convention::{self, Enregistree, Marque, NatureActe, Version};

/// What is kept until its day.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Changements {
    Partiel(Box<Stipulations>),
    Entier(Box<Dossier>),
}

/// Whether an agreement would close, on a day, what is open or to come: an end is an act of its own, with its letters and a
/// second factor (CO-5).
pub(super) fn closes(row: &Enregistree, apres: &Dossier, jour: NaiveDate) -> bool {
    match (row.dossier.etat(&row.actes, jour), apres.etat(&row.actes, jour)) {
        (Etat::Active, apres) => apres != Etat::Active,
        (avant, apres) => apres == Etat::Terminee && avant != Etat::Terminee,
    }
}

pub(super) fn applied(dossier: &Dossier, changements: &Changements) -> Outcome<Dossier> {
    match changements {
        Changements::Entier(nouveau) => Ok(nouveau.reprend_complements(dossier)),
        Changements::Partiel(s) => dossier.avec_avenant(s).map_err(|fausses| {
            let raisons = fausses.into_iter().map(|f| format!("{} : {}.", f.champ, f.raison));
            saisie("changements", raisons.collect::<Vec<_>>().join(" "))
        }),
    }
}

/// Puts the avenants whose day has come in force, in the order of their days; one that no longer fits is left, and its
/// caisse told once.
pub(super) async fn apply_due(ctx: &Contexte, tx: &WriteTx, c: &mut Conduite) -> Outcome<()> {
    let mut dus: Vec<Version> = convention::versions(tx, &c.row).await?;
    dus.retain(|v| v.appliquee_le.is_none() && v.effet_le <= c.aujourdhui);
    dus.sort_by_key(|v| (v.effet_le, v.numero));
    for v in dus {
        let Some(texte) = &v.changements else { continue };
        let changements: Changements = serde_json::from_str(texte).map_err(|e| AppError::Interne(e.to_string()))?;
        match applied(&c.row.dossier, &changements) {
            Ok(apres) if !closes(&c.row, &apres, v.effet_le) => take_effect(ctx, tx, c, (&v, apres)).await?,
            Ok(_) | Err(AppError::Saisie(_)) => leave(ctx, tx, c, &v).await?,
            Err(autre) => return Err(autre),
        }
    }
    Ok(())
}

async fn take_effect(ctx: &Contexte, tx: &WriteTx, c: &mut Conduite, (v, apres): (&Version, Dossier)) -> Outcome<()> {
    if !convention::appliquer(tx, &c.permis, v.id, &apres, ctx.now()).await? {
        return Ok(());
    }
    c.row.dossier = apres;
    c.save(ctx, tx).await?;
    c.row.version += 1;
    let numero = v.numero - 1;
    c.note(ctx, tx, NatureActe::AvenantApplique, (numero.to_string(), Some(v.effet_le), &v.objet)).await?;
    c.tell(ctx, tx, &Sujet::Avenant { numero, le: v.effet_le, applique: true }).await?;
    let details = serde_json::json!({ "avenant": numero });
    c.journal(ctx, tx, &Requete::systeme("tache"), ("convention.amended", details)).await
}

/// An avenant that no longer fits waits; the référent is told once and finds it on his home until it is in force.
async fn leave(ctx: &Contexte, tx: &WriteTx, c: &Conduite, v: &Version) -> Outcome<()> {
    let numero = v.numero - 1;
    if !convention::marquer(tx, &c.permis, &c.row, (Marque::Avenant(numero), v.effet_le), ctx.now()).await? {
        return Ok(());
    }
    tracing::error!(convention = %c.row.dossier.cle, version = v.numero, "avenant left: it no longer fits");
    c.tell(ctx, tx, &Sujet::AvenantEcarte { numero, le: v.effet_le }).await?;
    let details = serde_json::json!({ "avenant": numero });
    c.journal(ctx, tx, &Requete::systeme("tache"), ("convention.amendment_left", details)).await
}

/// The agreement of a version: as kept, or, while it waits for its day, as it would be today.
pub(super) fn as_of(actuel: &Dossier, v: &Version) -> Outcome<Dossier> {
    match (&v.dossier, &v.changements) {
        (Some(dossier), _) => Ok(dossier.clone()),
        (None, Some(texte)) => {
            let changements: Changements = serde_json::from_str(texte).map_err(|e| AppError::Interne(e.to_string()))?;
            // One that no longer fits is shown as it was written: the page is where it is looked at.
            Ok(match changements {
                Changements::Entier(nouveau) => nouveau.reprend_complements(actuel),
                Changements::Partiel(s) => actuel.avec_changements(&s),
            })
        }
        (None, None) => Ok(actuel.clone()),
    }
}
