//! Reconciler of reviews (HA-12): opens those whose time has come, for structures and desks, and sends reminders before and
//! after their due day. No input, in slices; safe when run twice, killed in between, or run by two nodes.

use super::complement::TRANCHE;
use crate::compte::acces;
use crate::context::{Contexte, Requete};
use crate::error::Outcome;
use crate::mails::habilitations::Lettre;
use crate::revue::{answerable, open_due, tell};
use chrono::{Days, TimeDelta};
use domain::calendrier::{Zone, jour_civil};
use domain::droits::{Acteur, Portee, Raison};
use domain::habilitation::{EtatRevue, MOIS_PAR_DEFAUT, ouverture_due, rappel_du};
use domain::ids::RevueId;
use store::Tx;
use store::revue::{self, Dossier};

/// A review is never opened sooner after another than the shortest rhythm, in days.
const AU_PLUS_TOT_JOURS: i64 = 27;
/// Reminders begin so many days before the due day.
const AVANT_JOURS: u64 = 8;

/// Opens what is due, then reminds.
pub(super) async fn run(ctx: &Contexte) -> Outcome<()> {
    structures(ctx).await?;
    desks(ctx).await?;
    reminders(ctx).await
}

async fn structures(ctx: &Contexte) -> Outcome<()> {
    let mut apres = None;
    loop {
        let tx = ctx.store.begin_read().await?;
        let depuis = ctx.now() - TimeDelta::days(AU_PLUS_TOT_JOURS);
        let dossiers = revue::sans_revue(&tx, depuis, apres, TRANCHE).await?;
        let due = due(ctx, &tx, &dossiers).await?;
        drop(tx);
        for (dossier, echeance) in due {
            open_due(ctx, (dossier.caisse, Some((dossier.partenaire, dossier.convention))), echeance).await?;
        }
        match dossiers.last() {
            Some(last) if dossiers.len() as u64 == TRANCHE => apres = Some(last.convention),
            _ => return Ok(()),
        }
    }
}

async fn due(ctx: &Contexte, tx: &Tx, dossiers: &[Dossier]) -> Outcome<Vec<(Dossier, chrono::NaiveDate)>> {
    let conventions: Vec<_> = dossiers.iter().map(|d| d.convention).collect();
    let partenaires: Vec<_> = dossiers.iter().map(|d| d.partenaire).collect();
    let dernieres = revue::dernieres(tx, &conventions).await?;
    let premiers = revue::premiers_comptes(tx, &partenaires).await?;
    let objets: Vec<_> = conventions.iter().map(|c| c.get()).collect();
    let rythmes = revue::rythmes(tx, &objets).await?;
    let actes = revue::dossiers(tx, &conventions).await?;
    let caisses: Vec<_> = dossiers.iter().map(|d| d.caisse).collect();
    let caisses = store::caisse::some(tx, &caisses).await?;
    let mut due = Vec::new();
    for dossier in dossiers {
        let premier = premiers.get(&dossier.partenaire);
        let Some(depuis) = dernieres.get(&dossier.convention).or(premier) else { continue };
        // Nothing to review where no compte is in use.
        if premier.is_none() {
            continue;
        }
        let mois = rythmes.get(&dossier.convention.get()).copied().unwrap_or(MOIS_PAR_DEFAUT);
        let caisse = caisses.iter().find(|c| c.id == dossier.caisse);
        let Some((c, caisse)) = actes.get(&dossier.convention).zip(caisse) else { continue };
        let aujourdhui = jour_civil(caisse.fiche.zone, ctx.now());
        let echeance = ouverture_due(jour_civil(caisse.fiche.zone, *depuis), mois, aujourdhui);
        // Nobody answers while the structure is cut or frozen (PA-3).
        let echeance = echeance.filter(|_| acces(c, aujourdhui).gere_les_comptes());
        due.extend(echeance.map(|echeance| (*dossier, echeance)));
    }
    Ok(due)
}

async fn desks(ctx: &Contexte) -> Outcome<()> {
    let tx = ctx.store.begin_read().await?;
    let mut due = Vec::new();
    for caisse in store::caisse::all(&tx).await? {
        if revue::open_of_desk(&tx, caisse.id).await?.is_some() {
            continue;
        }
        let (derniere, premier) = revue::bureau(&tx, caisse.id).await?;
        let Some(depuis) = derniere.or(premier).filter(|_| premier.is_some()) else { continue };
        let mois = revue::rythme(&tx, caisse.id.get()).await?.unwrap_or(MOIS_PAR_DEFAUT);
        let zone = caisse.fiche.zone;
        let echeance = ouverture_due(jour_civil(zone, depuis), mois, jour_civil(zone, ctx.now()));
        due.extend(echeance.map(|echeance| (caisse.id, echeance)));
    }
    drop(tx);
    for (caisse, echeance) in due {
        open_due(ctx, (caisse, None), echeance).await?;
    }
    Ok(())
}

async fn reminders(ctx: &Contexte) -> Outcome<()> {
    let mut apres = None;
    let jusqu_au = ctx.now().date_naive().checked_add_days(Days::new(AVANT_JOURS)).unwrap_or(chrono::NaiveDate::MAX);
    loop {
        let tx = ctx.store.begin_read().await?;
        let revues = revue::a_rappeler(&tx, jusqu_au, apres, TRANCHE).await?;
        let living = answerable(ctx, &tx, revues.clone()).await?;
        drop(tx);
        // The most eastern day: what is not due even there needs no writing transaction.
        let demain = (ctx.now() + TimeDelta::hours(4)).date_naive();
        for r in living.iter().filter(|r| rappel_du(r.echeance, r.rappels, demain).is_some()) {
            remind(ctx, r.id).await?;
        }
        match revues.last() {
            Some(last) if revues.len() as u64 == TRANCHE => apres = Some((last.echeance, last.id)),
            _ => return Ok(()),
        }
    }
}

/// Sends the reminder that is due, if one is. While nobody can answer none goes, and none is counted as sent: the last one
/// due goes when the access is open again.
async fn remind(ctx: &Contexte, id: RevueId) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let Some(lue) = revue::lock(&tx, &Portee::Tout, id).await? else { return Ok(()) };
    // Looked at again: the structure may have been cut since the list was read.
    let Some(lue) = answerable(ctx, &tx, vec![lue]).await?.pop() else { return Ok(()) };
    let zone = store::caisse::some(&tx, &[lue.caisse]).await?.pop().map_or(Zone::Metropole, |c| c.fiche.zone);
    let due = rappel_du(lue.echeance, lue.rappels, jour_civil(zone, ctx.now()));
    let Some(rappel) = due.filter(|_| lue.etat == EtatRevue::Ouverte) else { return Ok(()) };
    if !revue::remind(&tx, &lue, rappel.rang).await? {
        return Ok(());
    }
    let lettre = Lettre::Rappel { revue: id, echeance: lue.echeance, en_retard: rappel.en_retard };
    tell(ctx, &tx, &lue, &lettre).await?;
    let objet = crate::Objet {
        nature: "revue",
        id: Some(id.to_string()),
        caisse: Some(lue.caisse),
        partenaire: lue.partenaire,
    };
    let acteur = Acteur::Systeme(Raison::Tache);
    ctx.journal(&tx, ctx.entree(&Requete::systeme("tache"), &acteur, "revue.remind", objet)).await?;
    tx.commit().await?;
    Ok(())
}
