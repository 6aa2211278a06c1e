//! Who acts: loaded from the session inside the current transaction, with what the conventions open today
//! (architecture, point 13).

use super::passage::session_vivante;
use crate::context::{Appelant, Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use chrono::{DateTime, TimeDelta, Utc};
use domain::calendrier::{Zone, jour_civil};
use domain::compte::{Etape, EtatCompte, Profil, Retour};
use domain::convention::{self, CompteVu, Fonctionnalite, ProfilPartenaire};
use domain::demande::Sorte;
use domain::droits::{Acces, ActeurCompte, Rattachement};
use domain::ids::{CaisseId, CompteId, PartenaireId};
use std::collections::HashMap;
use std::sync::Arc;
use store::Tx;
use store::caisse::Caisse;
use store::compte::{self, Compte, Entree, sessions};
use store::convention::Liee;

/// Activity is noted at most so often.
const TOUCHE_SECONDES: i64 = 60;

/// Who asks, with what stands around the compte: what the guard of a page has read when the request came in.
#[derive(Clone, Debug)]
pub struct Vu {
    /// The acteur.
    pub(crate) acteur: ActeurCompte,
    /// Name of the structure or caisse; « National » for the country.
    pub(crate) organisation: String,
    /// The caisse of somebody at the desk; of the partner side, those that live conventions open, in their order.
    pub(crate) caisses: Vec<Caisse>,
    /// The conventions behind the accesses of somebody on the partner side, in their order.
    pub(crate) conventions: Vec<Liee>,
}

impl Vu {
    /// Its caisses in the order of their names, each once.
    pub(crate) fn caisses_par_nom(&self) -> Vec<Caisse> {
        let mut caisses = self.caisses.clone();
        caisses.sort_by(|a, b| (&a.fiche.nom, a.id).cmp(&(&b.fiche.nom, b.id)));
        caisses.dedup_by_key(|c| c.id);
        caisses
    }
}

/// The acteur of a request: an open session of an active compte, or a persona while the demonstration is filled. A writing
/// use case calls it inside its transaction, so that it decides on what is true then.
///
/// # Errors
/// [`AppError::SessionFermee`] without one; the database's error.
pub async fn load_acteur(ctx: &Contexte, tx: &Tx, requete: &Requete) -> Outcome<ActeurCompte> {
    Ok(load_vu(ctx, tx, requete).await?.acteur)
}

/// Minutes for which a second factor counts as just shown (security, « Sign-in »).
const RENFORT_MINUTES: i64 = 5;

/// Whether a second factor shown then still counts as just shown.
#[must_use]
pub fn est_renforcee(renforcee_le: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    renforcee_le.is_some_and(|le| now - le <= TimeDelta::minutes(RENFORT_MINUTES))
}

/// As [`load_acteur`], for an act on comptes or one that ends an access: a second factor was shown in the last five
/// minutes. The form's page asks for it in its field `code` and shows it with [`super::second_factor`] before the act.
///
/// # Errors
/// [`AppError::Saisie`] at `code` when it was not.
pub(crate) async fn load_renforce(ctx: &Contexte, tx: &Tx, requete: &Requete) -> Outcome<ActeurCompte> {
    let acteur = load_acteur(ctx, tx, requete).await?;
    if let Some(Appelant::Session(_)) = &requete.appelant {
        let (session, _) = session_vivante(ctx, tx, requete).await?;
        if !est_renforcee(session.renforcee_le, ctx.now()) {
            let message = "Saisissez le code à six chiffres de votre application d’authentification.";
            return Err(AppError::Saisie(vec![ErreurChamp::new("code", message)]));
        }
    }
    Ok(acteur)
}

/// The acteur of a reading use case: as the guard of the same request has read it, or else as [`load_acteur`].
pub(crate) async fn seen(ctx: &Contexte, tx: &Tx, requete: &Requete) -> Outcome<Arc<Vu>> {
    match &requete.vu {
        Some(vu) => Ok(Arc::clone(vu)),
        None => load_vu(ctx, tx, requete).await.map(Arc::new),
    }
}

/// As [`load_acteur`], with what stands around.
pub(crate) async fn load_vu(ctx: &Contexte, tx: &Tx, requete: &Requete) -> Outcome<Vu> {
    let entree = match &requete.appelant {
        Some(Appelant::Session(_)) => {
            let (session, entree) = session_vivante(ctx, tx, requete).await?;
            (session.etape == Etape::Ouverte).then_some(entree)
        }
        Some(Appelant::Demonstration(id)) if ctx.reglages.demonstration => {
            compte::by_compte(tx, *id, ctx.now()).await?
        }
        Some(Appelant::Demonstration(_)) | None => None,
    };
    let entree = entree.filter(|e| e.compte.etat == EtatCompte::Actif).ok_or(AppError::SessionFermee)?;
    let vu = around(ctx, tx, &entree).await?;
    Box::pin(refuse_stopped(ctx, tx, &vu)).await?;
    Ok(vu)
}

/// A structure that a caisse has stopped acts no more, from the next request on, whatever session is still open (PA-3).
async fn refuse_stopped(ctx: &Contexte, tx: &Tx, vu: &Vu) -> Outcome<()> {
    match vu.acteur.rattachement {
        Rattachement::Partenaire(partenaire) if vu.acteur.acces.is_empty() => {
            match crate::partenaire::stopped(ctx, tx, partenaire).await? {
                Some(_) => Err(AppError::SessionFermee),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// What stands around a compte, whatever its state.
async fn around(ctx: &Contexte, tx: &Tx, entree: &Entree) -> Outcome<Vu> {
    let compte = &entree.compte;
    let services = match compte.profil {
        Profil::Agent => compte::services(tx, compte.id).await?,
        _ => Vec::new(),
    };
    let (acces, conventions): (_, Vec<_>) = match compte.rattachement {
        Rattachement::Partenaire(partenaire) => acces(ctx, tx, partenaire, compte).await?.into_iter().unzip(),
        Rattachement::Caisse(_) | Rattachement::National => (Vec::new(), Vec::new()),
    };
    let caisses = conventions.iter().map(|l| &l.caisse).chain(&entree.caisse).cloned().collect();
    let acteur =
        ActeurCompte { compte: compte.id, profil: compte.profil, rattachement: compte.rattachement, services, acces };
    Ok(Vu { acteur, organisation: organisation(entree), caisses, conventions })
}

/// The partner side's word for a profil.
pub(super) const fn profil_partenaire(profil: Profil) -> Option<ProfilPartenaire> {
    match profil {
        Profil::Gestionnaire => Some(ProfilPartenaire::Gestionnaire),
        Profil::Technicien => Some(ProfilPartenaire::Technicien),
        _ => None,
    }
}

async fn acces(ctx: &Contexte, tx: &Tx, partenaire: PartenaireId, compte: &Compte) -> Outcome<Vec<(Acces, Liee)>> {
    let Some(profil) = profil_partenaire(compte.profil) else { return Ok(Vec::new()) };
    let (vu, now) = (CompteVu { profil, actif: compte.etat == EtatCompte::Actif }, ctx.now());
    let ouverts = store::convention::liees(tx, partenaire).await?.into_iter().filter_map(|l| {
        let aujourdhui = jour_civil(l.caisse.fiche.zone, now);
        let (sortes, historique) = match l.accord.dossier.acces(vu, &l.accord.actes, aujourdhui) {
            convention::Acces::Ferme(_) => return None,
            convention::Acces::Comptes => (Vec::new(), false),
            convention::Acces::Demandes(f) => {
                (f.iter().copied().filter_map(sorte).collect(), f.contains(&Fonctionnalite::Historique))
            }
        };
        Some((Acces { convention: l.id, caisse: l.caisse.id, sortes, historique }, l))
    });
    Ok(ouverts.collect())
}

/// The civil day at each of some caisses.
pub(super) async fn jours(
    ctx: &Contexte,
    tx: &Tx,
    caisses: impl Iterator<Item = CaisseId>,
) -> Outcome<HashMap<CaisseId, chrono::NaiveDate>> {
    let ids: Vec<CaisseId> = caisses.collect();
    let now = ctx.now();
    let caisses = store::caisse::some(tx, &ids).await?;
    Ok(caisses.into_iter().map(|c| (c.id, jour_civil(c.fiche.zone, now))).collect())
}

fn sorte(fonctionnalite: Fonctionnalite) -> Option<Sorte> {
    Sorte::TOUTES.into_iter().find(|sorte| sorte.fonctionnalite() == fonctionnalite)
}

/// What the header of every page shows.
#[derive(Clone, Debug)]
pub struct SessionVue {
    /// Whose.
    pub compte: CompteId,
    /// Profil.
    pub profil: Profil,
    /// What is typed at the sign-in.
    pub identifiant: String,
    /// « Prénom Nom ».
    pub nom_affiche: String,
    /// Name of the structure or caisse; « National » for the country.
    pub organisation: String,
    /// Where the sign-in stands; only `Ouverte` is signed in.
    pub etape: Etape,
    /// End whatever the activity.
    pub expire_le: DateTime<Utc>,
    /// End without activity from now on.
    pub idle_expire_le: DateTime<Utc>,
    /// Last time a second factor was shown.
    pub renforcee_le: Option<DateTime<Utc>>,
    /// Page asked for before the sign-in.
    pub retour: Option<Retour>,
    /// The caisse to turn to: one's own, or the first that a live convention opens.
    pub caisse: Option<Caisse>,
    /// Kinds of demande open at one caisse at least (CO-7).
    pub ouvertes: Vec<Sorte>,
    /// Whether a convention opens the history of the demandes.
    pub historique: bool,
    /// Who acts, for the reading use cases of this request; nobody before the sign-in is finished.
    pub vu: Option<Arc<Vu>>,
}

/// The zone of a compte: that of its caisse, or of the first caisse that a live convention opens to its structure; the
/// mainland where there is none.
pub(crate) async fn zone(ctx: &Contexte, tx: &Tx, compte: &Compte) -> Outcome<Zone> {
    let caisse = match compte.rattachement {
        Rattachement::Caisse(id) => Some(id),
        Rattachement::Partenaire(id) => acces(ctx, tx, id, compte).await?.first().map(|(a, _)| a.caisse),
        Rattachement::National => None,
    };
    let Some(caisse) = caisse else { return Ok(Zone::Metropole) };
    Ok(store::caisse::some(tx, &[caisse]).await?.pop().map_or(Zone::Metropole, |c| c.fiche.zone))
}

/// The session of a request, at whatever step, for the header; notes activity at most once a minute.
///
/// # Errors
/// [`AppError::SessionFermee`] without one; the database's error.
pub async fn session(ctx: &Contexte, requete: &Requete) -> Outcome<SessionVue> {
    let tx = ctx.store.begin_read().await?;
    let (mut session, entree) = session_vivante(ctx, &tx, requete).await?;
    let autour = around(ctx, &tx, &entree).await?;
    if session.etape == Etape::Ouverte {
        Box::pin(refuse_stopped(ctx, &tx, &autour)).await?;
    }
    drop(tx);
    let now = ctx.now();
    let avant = now - TimeDelta::seconds(TOUCHE_SECONDES);
    if session.vue_le <= avant {
        let tx = ctx.store.begin_write().await?;
        sessions::touch(&tx, &session.empreinte, now).await?;
        tx.commit().await?;
        session.vue_le = now;
    }
    Ok(vue(&session, &entree.compte, autour))
}

/// As [`around`], by the id of a compte that was read.
pub(super) async fn entourage(ctx: &Contexte, tx: &Tx, id: CompteId) -> Outcome<Vu> {
    let entree = compte::by_compte(tx, id, ctx.now()).await?.ok_or(AppError::SessionFermee)?;
    around(ctx, tx, &entree).await
}

/// The view of a session.
pub(super) fn vue(session: &sessions::Session, compte: &Compte, autour: Vu) -> SessionVue {
    let acces = &autour.acteur.acces;
    let ouvertes = Sorte::TOUTES.into_iter().filter(|s| acces.iter().any(|a| a.sortes.contains(s))).collect();
    let acts = session.etape == Etape::Ouverte && compte.etat == EtatCompte::Actif;
    SessionVue {
        compte: compte.id,
        profil: compte.profil,
        identifiant: compte.identifiant.clone(),
        nom_affiche: compte.identite.nom_affiche(),
        organisation: autour.organisation.clone(),
        etape: session.etape,
        expire_le: session.expire_le,
        idle_expire_le: compte.profil.fin_par_inactivite(session.vue_le).min(session.expire_le),
        renforcee_le: session.renforcee_le,
        retour: session.retour.clone(),
        caisse: autour.caisses.first().cloned(),
        ouvertes,
        historique: acces.iter().any(|a| a.historique),
        vu: acts.then(|| Arc::new(autour)),
    }
}

/// Name of the tenant of a compte.
pub(super) fn organisation(entree: &Entree) -> String {
    match entree.compte.rattachement {
        Rattachement::Partenaire(_) => entree.structure.clone().unwrap_or_default(),
        Rattachement::Caisse(_) => entree.caisse.as_ref().map(|c| c.fiche.nom.clone()).unwrap_or_default(),
        Rattachement::National => "National".to_owned(),
    }
}
