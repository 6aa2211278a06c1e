//! Opening a review: on the demand of the caisse, by the structure, by the administrateur local for the desk, or because its
//! time has come.

use super::objet;
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::habilitation::{cadre, of_caisse};
use crate::mails::habilitations::Lettre;
use crate::mails::{self, Mail, Pour};
use crate::notification::au_partenaire;
use chrono::{Days, NaiveDate};
use domain::calendrier::jour_civil;
use domain::compte::Profil;
use domain::droits::{Acteur, Portee, Raison, Rattachement, Refus, attester, decider};
use domain::habilitation::{EtatRevue, MotifRevue, REPONSE_JOURS};
use domain::ids::{CaisseId, CompteId, ConventionId, PartenaireId, RevueId};
use store::revue::{self, Revue};
use store::{StoreError, WriteTx};

/// A review that opens now.
fn nouvelle(
    ctx: &Contexte,
    (caisse, structure): (CaisseId, Option<(PartenaireId, ConventionId)>),
    (motif, par): (MotifRevue, Option<CompteId>),
    echeance: NaiveDate,
) -> Revue {
    Revue {
        id: RevueId::new(ctx.new_id()),
        caisse,
        partenaire: structure.map(|s| s.0),
        convention: structure.map(|s| s.1),
        motif,
        etat: EtatRevue::Ouverte,
        ouverte_le: ctx.now(),
        ouverte_par: par,
        echeance,
        rappels: 0,
        attestee_le: None,
        attestee_par: None,
        preuve: None,
        version: 1,
    }
}

fn refuse(champ: &str, message: &str) -> AppError {
    AppError::Saisie(vec![ErreurChamp::new(champ, message)])
}

fn already(error: StoreError) -> AppError {
    match error {
        StoreError::Taken => refuse("convention", "Une revue est déjà ouverte : faites-la d’abord."),
        other => AppError::from(other),
    }
}

/// The caisse asks for a review, with a due day.
///
/// # Errors
/// [`AppError::Saisie`] at `convention` (not active, or one is open) and `echeance`; [`AppError::Introuvable`] for another
/// caisse's convention; [`AppError::Interdit`].
pub async fn demand(
    ctx: &Contexte,
    requete: &Requete,
    convention: ConventionId,
    echeance: NaiveDate,
) -> Outcome<RevueId> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let permis = decider(&acteur)?;
    let cadre = of_caisse(ctx, &tx, permis.portee(), convention).await?;
    let c = &cadre.convention;
    if !cadre.ouverte() {
        return Err(refuse(
            "convention",
            "Les accès de cette structure ne sont pas ouverts : il n’y a pas d’accès à revoir.",
        ));
    }
    if echeance <= cadre.aujourdhui {
        return Err(refuse("echeance", "Donnez une échéance dans l’avenir."));
    }
    let revue = nouvelle(ctx, (c.caisse, Some((c.partenaire, c.id))), (MotifRevue::Caisse, acteur.compte()), echeance);
    revue::insert(&tx, &revue).await.map_err(already)?;
    tell_open(ctx, &tx, &revue).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "revue.demand", objet(&revue))).await?;
    tx.commit().await?;
    Ok(revue.id)
}

/// A gestionnaire begins a review of his structure, under each of its live conventions; the administrateur local one of the
/// desk. One that is open already is the one to answer.
///
/// # Errors
/// [`AppError::Interdit`] for other profils, and without a live convention.
pub async fn begin(ctx: &Contexte, requete: &Requete) -> Outcome<RevueId> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let permis = attester(&acteur)?;
    let now = ctx.now();
    let tenants: Vec<Tenant> = match (permis.portee(), &acteur) {
        (Portee::Partenaire { partenaire, .. }, Acteur::Compte(a)) => {
            store::convention::lock_of_partenaire(&tx, *partenaire).await?;
            a.acces.iter().map(|x| (x.caisse, Some((*partenaire, x.convention)))).collect()
        }
        (Portee::Caisse(caisse), _) => vec![(*caisse, None)],
        _ => return Err(AppError::Introuvable),
    };
    let caisses: Vec<CaisseId> = tenants.iter().map(|t| t.0).collect();
    let caisses = store::caisse::some(&tx, &caisses).await?;
    let mut first = None;
    for tenant in tenants {
        if let Some(open) = open_now(&tx, tenant).await? {
            first = first.or(Some(open.id));
            continue;
        }
        let caisse = caisses.iter().find(|c| c.id == tenant.0).ok_or(AppError::Introuvable)?;
        let jour = jour_civil(caisse.fiche.zone, now);
        let echeance = jour.checked_add_days(Days::new(REPONSE_JOURS)).unwrap_or(NaiveDate::MAX);
        let revue = nouvelle(ctx, tenant, (MotifRevue::Gestionnaire, acteur.compte()), echeance);
        revue::insert(&tx, &revue).await.map_err(already)?;
        ctx.journal(&tx, ctx.entree(requete, &acteur, "revue.begin", objet(&revue))).await?;
        first = first.or(Some(revue.id));
    }
    let first = first.ok_or(AppError::Interdit(Refus::SansAcces))?;
    tx.commit().await?;
    Ok(first)
}

/// Whose review: a caisse, and the structure under a convention unless it is about the desk.
type Tenant = (CaisseId, Option<(PartenaireId, ConventionId)>);

/// The open review of a structure under a convention, or of a desk.
async fn open_now(tx: &WriteTx, (caisse, structure): Tenant) -> Outcome<Option<Revue>> {
    Ok(match structure {
        Some((_, convention)) => revue::open_of(tx, convention).await?,
        None => revue::open_of_desk(tx, caisse).await?,
    })
}

/// Opens the review whose time has come and tells who answers it; nothing when another node was first.
pub(crate) async fn open_due(ctx: &Contexte, tenant: Tenant, echeance: NaiveDate) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    if open_now(&tx, tenant).await?.is_some() {
        return Ok(());
    }
    let revue = nouvelle(ctx, tenant, (MotifRevue::Periodique, None), echeance);
    match revue::insert(&tx, &revue).await {
        Err(StoreError::Taken) => return Ok(()),
        other => other?,
    }
    tell_open(ctx, &tx, &revue).await?;
    let acteur = Acteur::Systeme(Raison::Tache);
    ctx.journal(&tx, ctx.entree(&Requete::systeme("tache"), &acteur, "revue.open", objet(&revue))).await?;
    tx.commit().await?;
    Ok(())
}

/// Tells who answers a review that it is open.
async fn tell_open(ctx: &Contexte, tx: &WriteTx, revue: &Revue) -> Outcome<()> {
    tell(ctx, tx, revue, &Lettre::Revue { revue: revue.id, echeance: revue.echeance }).await
}

/// A letter to who answers a review: the structure's gestionnaires and contact addresses, or the administrateurs locaux.
pub(crate) async fn tell(ctx: &Contexte, tx: &WriteTx, revue: &Revue, lettre: &Lettre) -> Outcome<()> {
    let mail = |pour| Mail::Habilitations { pour, lettre: lettre.clone() };
    if let Some(convention) = revue.convention {
        let cadre = cadre(ctx, tx, convention).await?;
        return au_partenaire(ctx, tx, &cadre.convention, mail).await;
    }
    let desk = Rattachement::Caisse(revue.caisse);
    for compte in store::compte::actifs(tx, desk, Profil::AdministrateurLocal, ctx.now()).await? {
        mails::push(ctx, tx, &mail(Pour::Compte(compte))).await?;
    }
    Ok(())
}
