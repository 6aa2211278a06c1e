//! Installation: the embedded list of caisses becomes rows, each with the services every caisse starts with (CA-1).
//! Run at every start; adds what is missing and changes nothing that is there.

use crate::context::{Contexte, Objet, Requete};
use crate::error::Outcome;
use domain::caisse::caisses_embarquees;
use domain::demande::SERVICES;
use domain::droits::{Acteur, Importer, Permis, Raison, systeme};
use domain::ids::{CaisseId, ServiceId};
use store::WriteTx;
use store::caisse::{self, Caisse, Service};

/// Adds the caisses that are not there yet; gives how many.
///
/// # Errors
/// The database's error.
pub async fn install(ctx: &Contexte) -> Outcome<usize> {
    let known = {
        let tx = ctx.store.begin_read().await?;
        caisse::all(&tx).await?
    };
    let missing = caisses_embarquees().iter().filter(|c| !known.iter().any(|k| k.fiche.slug == c.slug));
    let missing: Vec<_> = missing.collect();
    if missing.is_empty() {
        return Ok(0);
    }
    let acteur = Acteur::Systeme(Raison::Installation);
    let permis = systeme::permis::<Importer>(&acteur)?;
    let tx = ctx.store.begin_write().await?;
    for fiche in &missing {
        add(ctx, &tx, &permis, fiche).await?;
    }
    let mut entree = ctx.entree(
        &Requete::systeme("installation"),
        &acteur,
        "caisse.install",
        Objet { nature: "caisse", ..Objet::default() },
    );
    entree.details = format!("{{\"caisses\":{}}}", missing.len());
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(missing.len())
}

async fn add(ctx: &Contexte, tx: &WriteTx, permis: &Permis<Importer>, fiche: &domain::caisse::Caisse) -> Outcome<()> {
    let caisse = Caisse {
        id: CaisseId::new(ctx.new_id()),
        fiche: fiche.clone(),
        telephone: None,
        courriel: None,
        adresse: None,
        autre_canal: None,
    };
    caisse::insert(tx, permis, &caisse, ctx.now()).await?;
    for initial in SERVICES {
        let service = Service {
            id: ServiceId::new(ctx.new_id()),
            caisse: caisse.id,
            code: initial.code.to_owned(),
            nom: initial.nom.to_owned(),
            telephone: None,
            courriel: None,
            adresse: None,
            delai_jours: initial.delai_jours,
        };
        caisse::insert_service(tx, permis, &service).await?;
    }
    Ok(())
}
