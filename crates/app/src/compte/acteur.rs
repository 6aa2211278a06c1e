//! Who acts: loaded from the session inside the current transaction, with what the conventions open today
//! (architecture, point 13).

use super::passage::session_vivante;
use crate::context::{Appelant, Contexte, Requete};
use crate::error::{AppError, Outcome};
use chrono::{DateTime, TimeDelta, Utc};
use domain::calendrier::{Zone, jour_civil};
use domain::compte::{Etape, EtatCompte, Profil, Retour};
use domain::convention::{self, CompteVu, Fonctionnalite, ProfilPartenaire};
use domain::demande::Sorte;
use domain::droits::{Acces, ActeurCompte, Portee, Rattachement};
use domain::ids::{CaisseId, CompteId, PartenaireId};
use std::collections::HashMap;
use store::Tx;
use store::caisse::Caisse;
use store::compte::{self, Compte, sessions};

/// Activity is noted at most so often.
const TOUCHE_SECONDES: i64 = 60;

/// The acteur of a request: an open session of an active compte, or a persona while the demonstration is filled.
///
/// # Errors
/// [`AppError::SessionFermee`] without one; the database's error.
pub async fn load_acteur(ctx: &Contexte, tx: &Tx, requete: &Requete) -> Outcome<ActeurCompte> {
    let compte = match &requete.appelant {
        Some(Appelant::Session(_)) => {
            let (session, compte) = session_vivante(ctx, tx, requete).await?;
            (session.etape == Etape::Ouverte).then_some(compte)
        }
        Some(Appelant::Demonstration(id)) if ctx.reglages.demonstration => {
            compte::load(tx, &Portee::Soi(*id), *id).await?
        }
        Some(Appelant::Demonstration(_)) | None => None,
    };
    let compte = compte.filter(|c| c.etat == EtatCompte::Actif).ok_or(AppError::SessionFermee)?;
    acteur(ctx, tx, &compte).await
}

async fn acteur(ctx: &Contexte, tx: &Tx, compte: &Compte) -> Outcome<ActeurCompte> {
    let services = match compte.profil {
        Profil::Agent => compte::services(tx, compte.id).await?,
        _ => Vec::new(),
    };
    let acces = match compte.rattachement {
        Rattachement::Partenaire(partenaire) => acces(ctx, tx, partenaire, compte).await?,
        Rattachement::Caisse(_) | Rattachement::National => Vec::new(),
    };
    Ok(ActeurCompte { compte: compte.id, profil: compte.profil, rattachement: compte.rattachement, services, acces })
}

/// The partner side's word for a profil.
pub(super) const fn profil_partenaire(profil: Profil) -> Option<ProfilPartenaire> {
    match profil {
        Profil::Gestionnaire => Some(ProfilPartenaire::Gestionnaire),
        Profil::Technicien => Some(ProfilPartenaire::Technicien),
        _ => None,
    }
}

async fn acces(ctx: &Contexte, tx: &Tx, partenaire: PartenaireId, compte: &Compte) -> Outcome<Vec<Acces>> {
    let Some(profil) = profil_partenaire(compte.profil) else { return Ok(Vec::new()) };
    let vu = CompteVu { profil, actif: compte.etat == EtatCompte::Actif };
    let dossiers = store::convention::of_partenaire(tx, partenaire).await?;
    let jours = jours(ctx, tx, dossiers.iter().map(|d| d.caisse)).await?;
    let ouverts = dossiers.iter().filter_map(|d| {
        let aujourdhui = *jours.get(&d.caisse)?;
        let (sortes, historique) = match d.dossier.acces(vu, &d.actes, aujourdhui) {
            convention::Acces::Ferme(_) => return None,
            convention::Acces::Comptes => (Vec::new(), false),
            convention::Acces::Demandes(f) => {
                (f.iter().copied().filter_map(sorte).collect(), f.contains(&Fonctionnalite::Historique))
            }
        };
        Some(Acces { convention: d.id, caisse: d.caisse, sortes, historique })
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
}

/// The zone of a compte: that of its caisse, or of the first caisse that a live convention opens to its structure; the
/// mainland where there is none.
pub(crate) async fn zone(ctx: &Contexte, tx: &Tx, compte: &Compte) -> Outcome<Zone> {
    let caisse = match compte.rattachement {
        Rattachement::Caisse(id) => Some(id),
        Rattachement::Partenaire(id) => acces(ctx, tx, id, compte).await?.first().map(|a| a.caisse),
        Rattachement::National => None,
    };
    let Some(caisse) = caisse else { return Ok(Zone::Metropole) };
    Ok(store::caisse::some(tx, &[caisse]).await?.pop().map_or(Zone::Metropole, |c| c.fiche.zone))
}

/// What stands around a compte: its tenant's name, the caisse to turn to, what the conventions open.
pub(super) struct Entourage {
    pub(super) organisation: String,
    pub(super) caisse: Option<Caisse>,
    pub(super) ouvertes: Vec<Sorte>,
    pub(super) historique: bool,
}

/// Reads [`Entourage`].
pub(super) async fn entourage(ctx: &Contexte, tx: &Tx, compte: &Compte) -> Outcome<Entourage> {
    let acces = match compte.rattachement {
        Rattachement::Partenaire(partenaire) => acces(ctx, tx, partenaire, compte).await?,
        Rattachement::Caisse(_) | Rattachement::National => Vec::new(),
    };
    let caisse = match compte.rattachement {
        Rattachement::Caisse(id) => Some(id),
        _ => acces.first().map(|a| a.caisse),
    };
    let caisses = match caisse {
        Some(id) => store::caisse::some(tx, &[id]).await?,
        None => Vec::new(),
    };
    let organisation = organisation(tx, compte.rattachement).await?;
    let historique = acces.iter().any(|a| a.historique);
    let ouvertes = Sorte::TOUTES.into_iter().filter(|s| acces.iter().any(|a| a.sortes.contains(s))).collect();
    Ok(Entourage { organisation, caisse: caisses.into_iter().next(), ouvertes, historique })
}

/// The session of a request, at whatever step, for the header; notes activity at most once a minute.
///
/// # Errors
/// [`AppError::SessionFermee`] without one; the database's error.
pub async fn session(ctx: &Contexte, requete: &Requete) -> Outcome<SessionVue> {
    let tx = ctx.store.begin_read().await?;
    let (mut session, compte) = session_vivante(ctx, &tx, requete).await?;
    let entourage = entourage(ctx, &tx, &compte).await?;
    drop(tx);
    let now = ctx.now();
    let avant = now - TimeDelta::seconds(TOUCHE_SECONDES);
    if session.vue_le <= avant {
        let tx = ctx.store.begin_write().await?;
        sessions::touch(&tx, &session.empreinte, now).await?;
        tx.commit().await?;
        session.vue_le = now;
    }
    Ok(vue(&session, &compte, entourage))
}

/// The view of a session.
pub(super) fn vue(session: &sessions::Session, compte: &Compte, autour: Entourage) -> SessionVue {
    SessionVue {
        compte: compte.id,
        profil: compte.profil,
        identifiant: compte.identifiant.clone(),
        nom_affiche: compte.identite.nom_affiche(),
        organisation: autour.organisation,
        etape: session.etape,
        expire_le: session.expire_le,
        idle_expire_le: compte.profil.fin_par_inactivite(session.vue_le).min(session.expire_le),
        renforcee_le: session.renforcee_le,
        retour: session.retour.clone(),
        caisse: autour.caisse,
        ouvertes: autour.ouvertes,
        historique: autour.historique,
    }
}

/// Name of the tenant of a compte.
pub(super) async fn organisation(tx: &Tx, rattachement: Rattachement) -> Outcome<String> {
    match rattachement {
        Rattachement::Partenaire(id) => {
            let partenaire = store::partenaire::load(tx, id).await?;
            Ok(partenaire.map(|p| p.nom).unwrap_or_default())
        }
        Rattachement::Caisse(id) => {
            let caisses = store::caisse::some(tx, &[id]).await?;
            Ok(caisses.into_iter().next().map(|c| c.fiche.nom).unwrap_or_default())
        }
        Rattachement::National => Ok("National".to_owned()),
    }
}
