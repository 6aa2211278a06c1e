//! New agents of a structure, told to its caisses so that training is offered (HA-13).

use super::acteur::load_acteur;
use super::{invite, places};
use crate::context::{Contexte, Objet, Requete};
use crate::convention::conduite::zone_of;
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::mails::{Mail, comptes::Lettre};
use crate::notification;
use crate::preuve::{self, Nature, Preuve};
use chrono::{DateTime, Utc};
use domain::calendrier::Zone;
use domain::compte::{Profil, est_courriel};
use domain::droits::{Acteur, Habiliter, Permis, Rattachement, Refus, annoncer};
use domain::ids::{CaisseId, PartenaireId};
use store::WriteTx;
use store::compte::annonces::{self, Agent, Annonce};
use store::convention::{self, Enregistree};
use uuid::Uuid;

/// Announcements on a page.
const PAR_PAGE: u64 = 50;
/// The longest function typed.
const FONCTION_MAX: usize = 120;

/// Tells each caisse with a live convention, in the caller's transaction.
pub(super) async fn dis(
    ctx: &Contexte,
    tx: &WriteTx,
    (acteur, permis): (&Acteur, &Permis<Habiliter>),
    (partenaire, agent): (PartenaireId, &Agent),
    dossiers: &[Enregistree],
) -> Outcome<()> {
    let Some(par) = acteur.compte() else { return Ok(()) };
    for d in places::actives(ctx, tx, dossiers).await? {
        let (id, le, caisse) = (ctx.new_id(), ctx.now(), d.caisse);
        let annonce = Annonce {
            id,
            partenaire,
            structure: String::new(),
            caisse,
            agent: agent.clone(),
            par,
            le,
            traitee_le: None,
        };
        annonces::insert(tx, permis, &annonce).await?;
        let preuve = Preuve {
            nature: Nature::Annonce,
            caisse: Some(caisse),
            partenaire: Some(partenaire),
            convention: Some(d.id),
            compte: None,
            auteur: Some(par),
            contenu: vec![
                ("Nouvel agent", format!("{} {}", agent.prenom, agent.nom)),
                ("Fonction", agent.fonction.clone()),
                ("Compte de technicien", if agent.technicien { "oui" } else { "non" }.to_owned()),
            ],
        };
        preuve::add(ctx, tx, preuve).await?;
        let mail = |pour| Mail::Comptes { pour, lettre: Lettre::AgentAnnonce };
        notification::a_la_caisse(ctx, tx, d, mail).await?;
    }
    Ok(())
}

/// Tells the caisses of a new agent who has no compte.
///
/// # Errors
/// [`AppError::Saisie`] at `nom`, `prenom`, `fonction`, `courriel`; [`AppError::Interdit`] for another profil or without
/// a live convention.
pub async fn announce(ctx: &Contexte, requete: &Requete, agent: &Agent) -> Outcome<()> {
    let agent = lu(agent)?;
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let permis = annoncer(&acteur)?;
    let partenaire = structure(&acteur).ok_or(AppError::Interdit(Refus::ActeInterdit))?;
    let dossiers = convention::lock_of_partenaire(&tx, partenaire).await?;
    dis(ctx, &tx, (&acteur, &permis), (partenaire, &agent), &dossiers).await?;
    let objet = Objet { nature: "partenaire", id: None, caisse: None, partenaire: Some(partenaire) };
    ctx.journal(&tx, ctx.entree(requete, &acteur, "compte.announce", objet)).await?;
    tx.commit().await?;
    Ok(())
}

fn structure(acteur: &Acteur) -> Option<PartenaireId> {
    match acteur {
        Acteur::Compte(a) => match a.rattachement {
            Rattachement::Partenaire(p) => Some(p),
            _ => None,
        },
        Acteur::Systeme(_) => None,
    }
}

fn lu(agent: &Agent) -> Outcome<Agent> {
    let mut erreurs = Vec::new();
    let (nom, prenom) =
        (invite::nom(&mut erreurs, "nom", &agent.nom), invite::nom(&mut erreurs, "prenom", &agent.prenom));
    let (fonction, courriel) = (agent.fonction.trim().to_owned(), agent.courriel.trim().to_owned());
    if fonction.is_empty() || fonction.chars().count() > FONCTION_MAX {
        erreurs
            .push(ErreurChamp::new("fonction", "Indiquez la fonction de cette personne, en 120 caractères au plus."));
    }
    if !courriel.is_empty() && !est_courriel(&courriel) {
        let message = "Saisissez une adresse électronique complète, ou laissez le champ vide.";
        erreurs.push(ErreurChamp::new("courriel", message));
    }
    if erreurs.is_empty() {
        Ok(Agent { nom, prenom, fonction, courriel, technicien: agent.technicien })
    } else {
        Err(AppError::Saisie(erreurs))
    }
}

/// Announcements to a caisse, the last first; where the next page begins.
#[derive(Clone, Debug)]
pub struct Annonces {
    /// A page of them.
    pub lignes: Vec<Annonce>,
    /// Where the next one begins.
    pub suite: Option<(DateTime<Utc>, Uuid)>,
    /// Zone of the caisse.
    pub zone: Zone,
}

/// The new agents told to the caisse of a référent.
///
/// # Errors
/// [`AppError::Interdit`] for every other profil.
pub async fn list_announcements(
    ctx: &Contexte,
    requete: &Requete,
    apres: Option<(DateTime<Utc>, Uuid)>,
) -> Outcome<Annonces> {
    let (annonces, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
        let caisse = caisse(&acteur).ok_or(AppError::Interdit(Refus::ActeInterdit))?;
        let mut lignes = annonces::page(&tx, caisse, (apres, PAR_PAGE + 1)).await?;
        let suite = if lignes.len() > PAR_PAGE as usize {
            lignes.truncate(PAR_PAGE as usize);
            lignes.last().map(|a| (a.le, a.id))
        } else {
            None
        };
        let objet = Objet { nature: "caisse", id: None, caisse: Some(caisse), partenaire: None };
        let zone = zone_of(&tx, caisse).await?;
        (Annonces { lignes, suite, zone }, ctx.entree(requete, &acteur, "compte.list_announcements", objet))
    };
    ctx.record(entree).await?;
    Ok(annonces)
}

fn caisse(acteur: &Acteur) -> Option<CaisseId> {
    match acteur {
        Acteur::Compte(a) if a.profil == Profil::Referent => match a.rattachement {
            Rattachement::Caisse(c) => Some(c),
            _ => None,
        },
        _ => None,
    }
}

/// Says that training was offered to an agent.
///
/// # Errors
/// [`AppError::Interdit`] for every other profil; [`AppError::Introuvable`] for another caisse's or one said before.
pub async fn settle_announcement(ctx: &Contexte, requete: &Requete, id: Uuid) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let caisse = caisse(&acteur).ok_or(AppError::Interdit(Refus::ActeInterdit))?;
    if !annonces::settle(&tx, caisse, id, ctx.now()).await? {
        return Err(AppError::Introuvable);
    }
    let objet = Objet { nature: "annonce", id: Some(id.to_string()), caisse: Some(caisse), partenaire: None };
    ctx.journal(&tx, ctx.entree(requete, &acteur, "compte.settle_announcement", objet)).await?;
    tx.commit().await?;
    Ok(())
}
