//! What happens by itself on a day of a convention: avenants in force, renewals, reminders, the closing of access and of
//! comptes (CO-3, CO-4, CO-6, CO-10). Each step is marked in its own transaction, so that it is done once.

use super::avenant_effet;
use super::bonne_fin;
use super::conduite::Conduite;
use crate::context::{Contexte, Objet, Requete};
use crate::error::Outcome;
use crate::mails::conventions::Sujet;
use crate::preuve::Nature;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::calendrier::{date_en_francais, jour_civil};
use domain::compte::{CoteInactif, EtatCompte, Fermeture, RaisonInactif, suppression};
use domain::convention::Rappel;
use domain::demande::debut_de_jour;
use domain::droits::{Raison, Rattachement};
use store::WriteTx;
use store::compte::{self, Compte, liens, sessions};
use store::convention::{self, Marque, NatureActe};

/// Reminders leave at this hour of the caisse, not at midnight.
const HEURE: TimeDelta = TimeDelta::hours(8);

/// Steps that are due for one convention; gives when to look again.
pub(crate) async fn run(ctx: &Contexte, tx: &WriteTx, cle: &str) -> Outcome<()> {
    // An agreement is large: each step has a place of its own, off the worker's stack.
    let mut c = Box::pin(Conduite::systeme(ctx, tx, Raison::Tache, cle)).await?;
    Box::pin(avenant_effet::apply_due(ctx, tx, &mut c)).await?;
    Box::pin(renew(ctx, tx, &c)).await?;
    Box::pin(remind(ctx, tx, &c)).await?;
    Box::pin(close(ctx, tx, &c)).await?;
    let le = Box::pin(next(ctx, tx, &c)).await?;
    convention::suivre(tx, &c.permis, (c.row.id, c.row.version), le).await?;
    Ok(())
}

fn tache() -> Requete {
    Requete::systeme("tache")
}

/// Records the terms that passed since the activation; the last one is told to both sides.
async fn renew(ctx: &Contexte, tx: &WriteTx, c: &Conduite) -> Outcome<()> {
    let (dossier, actes) = (&c.row.dossier, &c.row.actes);
    let Some(activee) = actes.activee_le.filter(|_| dossier.est_renouvelable()) else { return Ok(()) };
    let fin = actes.fin_acces().map(|f| f.le);
    let jusqu_a = fin.and_then(|le| le.pred_opt()).map_or(c.aujourdhui, |veille| veille.min(c.aujourdhui));
    let mut dernier = None;
    for le in dossier.echeances_entre(activee, jusqu_a) {
        if convention::marquer(tx, &c.permis, &c.row, (Marque::Renouvellement, le), ctx.now()).await? {
            c.note(ctx, tx, NatureActe::Renouvellement, (String::new(), Some(le), "")).await?;
            c.journal(ctx, tx, &tache(), ("convention.renew", serde_json::json!({ "le": le }))).await?;
            dernier = Some(le);
        }
    }
    let Some(le) = dernier else { return Ok(()) };
    let evaluation = dossier.evaluation_le() == Some(le);
    c.tell(ctx, tx, &Sujet::Renouvellement { le, evaluation }).await
}

/// The civil day for reminders: a day begins at eight.
fn jour_des_rappels(ctx: &Contexte, c: &Conduite) -> NaiveDate {
    jour_civil(c.zone, ctx.now() - HEURE)
}

/// Sends what is due and still ahead. Of one family only the nearest is told; those that a stop let pass are covered by it.
async fn remind(ctx: &Contexte, tx: &WriteTx, c: &Conduite) -> Outcome<()> {
    let jour = jour_des_rappels(ctx, c);
    let mut dus: Vec<Rappel> = c.row.dossier.rappels(&c.row.actes, c.aujourdhui);
    dus.retain(|r| r.le <= jour);
    dus.sort_by_key(|r| (r.nature.famille(), r.nature.jours()));
    let mut told = None;
    for rappel in dus {
        let marque = (Marque::Rappel(rappel.nature), rappel.echeance);
        let nouveau = convention::marquer(tx, &c.permis, &c.row, marque, ctx.now()).await?;
        let nearest = told != Some(rappel.nature.famille());
        told = Some(rappel.nature.famille());
        if nouveau && nearest {
            let Rappel { nature, pour, echeance, .. } = rappel;
            c.tell(ctx, tx, &Sujet::Rappel { nature, pour, echeance }).await?;
            c.note(ctx, tx, NatureActe::Rappel, (nature.code().to_owned(), Some(pour), "")).await?;
            let details = serde_json::json!({ "rappel": nature.code(), "pour": pour });
            c.journal(ctx, tx, &tache(), ("convention.remind", details)).await?;
        }
    }
    Ok(())
}

/// The day on which access closed: the recorded end, or the only term of a convention without renewal. One that was
/// never activated had no access: nothing closes, nobody is told that it did.
fn closed_on(c: &Conduite) -> Option<NaiveDate> {
    let (dossier, actes) = (&c.row.dossier, &c.row.actes);
    actes.activee_le?;
    let fin = actes.fin_acces().map(|f| f.le);
    let terme = dossier.est_echue(c.aujourdhui).then(|| dossier.prochaine_echeance(c.aujourdhui)).flatten();
    fin.into_iter().chain(terme).filter(|le| *le <= c.aujourdhui).min()
}

/// On the day of the end: the comptes of the structure close unless another convention keeps them; both sides are told.
async fn close(ctx: &Contexte, tx: &WriteTx, c: &Conduite) -> Outcome<()> {
    let Some(le) = closed_on(c) else { return Ok(()) };
    if !convention::marquer(tx, &c.permis, &c.row, (Marque::Fin, le), ctx.now()).await? {
        return Ok(());
    }
    let mut reste = false;
    for autre in convention::of_partenaire(tx, c.row.partenaire).await?.into_iter().filter(|d| d.id != c.row.id) {
        let jour = jour_civil(super::conduite::zone_of(tx, autre.caisse).await?, ctx.now());
        reste |= autre.dossier.demeure(&autre.actes, jour);
    }
    // Told first: it is for those who are closed, too.
    let ouvertes = bonne_fin::lines(ctx, tx, &c.row).await?;
    c.tell(ctx, tx, &Sujet::FinEffective { le, comptes: !reste, ouvertes }).await?;
    c.note(ctx, tx, NatureActe::FinEffective, (String::new(), Some(le), "")).await?;
    let fermes = if reste { 0 } else { deactivate(ctx, tx, c).await? };
    let contenu = vec![("Accès fermé le", date_en_francais(le)), ("Comptes inactivés", fermes.to_string())];
    c.prove(ctx, tx, Nature::Resiliation, contenu).await?;
    c.journal(ctx, tx, &tache(), ("convention.close", serde_json::json!({ "le": le, "comptes": fermes }))).await
}

/// Closes every open compte of the structure, invited ones too: sessions end, links stop.
async fn deactivate(ctx: &Contexte, tx: &WriteTx, c: &Conduite) -> Outcome<usize> {
    let mois = c.row.dossier.suppression_comptes_mois().unwrap_or(suppression::MOIS);
    let now = ctx.now();
    let fermeture = Fermeture::new(now, RaisonInactif::FinConvention, CoteInactif::Systeme, (c.zone, mois));
    let comptes = compte::lock_in_use_of(tx, Rattachement::Partenaire(c.row.partenaire)).await?;
    for ouvert in &comptes {
        let ferme = Compte { etat: EtatCompte::Inactif, fermeture: Some(fermeture), ..ouvert.clone() };
        compte::save(tx, &c.permis, &ferme).await?;
        sessions::close_all(tx, &c.permis, ouvert.id, None).await?;
        liens::revoke(tx, ouvert.id, now).await?;
        let objet = Objet {
            nature: "compte",
            id: Some(ouvert.id.to_string()),
            caisse: None,
            partenaire: Some(c.row.partenaire),
        };
        let mut entree = ctx.entree(&tache(), &c.acteur, "compte.deactivate", objet);
        entree.details = "{\"raison\":\"fin_convention\"}".to_owned();
        ctx.journal(tx, entree).await?;
    }
    if !comptes.is_empty() {
        c.note(ctx, tx, NatureActe::ComptesInactives, (comptes.len().to_string(), Some(c.aujourdhui), "")).await?;
    }
    Ok(comptes.len())
}

/// When something of this convention falls due next; in a year at the latest, so that nothing is ever forgotten.
async fn next(ctx: &Contexte, tx: &WriteTx, c: &Conduite) -> Outcome<DateTime<Utc>> {
    let (dossier, actes, today) = (&c.row.dossier, &c.row.actes, c.aujourdhui);
    let minuit = |le: NaiveDate| debut_de_jour(c.zone, le);
    let now = ctx.now();
    let rappels = dossier.rappels(actes, today).into_iter().map(|r| minuit(r.le) + HEURE);
    let avenants = convention::versions(tx, &c.row).await?.into_iter().filter(|v| v.appliquee_le.is_none());
    let days = [actes.fin_acces().map(|f| f.le), dossier.prochaine_echeance(today), actes.activee_le];
    let days = days.into_iter().flatten().chain(avenants.map(|v| v.effet_le)).map(minuit);
    let latest = today.checked_add_days(Days::new(365)).map_or(now + TimeDelta::days(365), minuit);
    Ok(days.chain(rappels).filter(|le| *le > now).min().unwrap_or(latest).min(latest))
}
