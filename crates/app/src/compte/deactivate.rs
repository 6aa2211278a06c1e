//! Closing a compte: it ends its sessions at once (HA-9).

use super::acteur::load_renforce;
use super::fermer::ferme;
use super::trace;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::compte::{CoteInactif, EtatCompte, Profil, RaisonInactif};
use domain::droits::{Acteur, Cible, Rattachement, Refus, inactiver, lire_comptes};
use domain::ids::CompteId;
use store::WriteTx;
use store::compte;

/// Why somebody closes a compte; he may say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motif {
    /// The person left.
    Depart,
    /// Other tasks, without the portal.
    Missions,
    /// Away for long.
    Absence,
    /// Something else.
    Autre,
}

impl Motif {
    /// All, in the order of the page.
    pub const TOUS: [Self; 4] = [Self::Depart, Self::Missions, Self::Absence, Self::Autre];

    /// Code of the form and of the journal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Depart => "depart",
            Self::Missions => "missions",
            Self::Absence => "absence",
            Self::Autre => "autre",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|m| m.code() == code)
    }

    /// The words of the page.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Depart => "La personne a quitté la structure",
            Self::Missions => "Ses missions ne demandent plus d’accès",
            Self::Absence => "Elle est absente pour longtemps",
            Self::Autre => "Une autre raison",
        }
    }
}

/// Closes a compte that the acteur manages.
///
/// # Errors
/// [`AppError::Introuvable`] outside the acteur's scope; [`AppError::Interdit`] when closing it is not his;
/// [`AppError::Conflit`] when it is closed already; [`AppError::Saisie`] at `code`.
pub async fn deactivate(ctx: &Contexte, requete: &Requete, cible: CompteId) -> Outcome<()> {
    close(ctx, requete, cible, None).await
}

/// As [`deactivate`], with the reason that was given.
///
/// # Errors
/// As for [`deactivate`].
pub async fn close(ctx: &Contexte, requete: &Requete, cible: CompteId, motif: Option<Motif>) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let portee = lire_comptes(&acteur)?;
    seul(&tx, &acteur).await?;
    let compte = compte::lock(&tx, &portee, cible, ctx.now()).await?.ok_or(AppError::Introuvable)?;
    let permis = inactiver(&acteur, &Cible { profil: compte.profil, rattachement: compte.rattachement, caisses: &[] });
    let objet = trace::objet(&compte);
    let permis = match permis {
        Ok(permis) if acteur.compte() != Some(cible) => permis,
        refus => {
            drop(tx);
            let cause = AppError::Interdit(refus.err().unwrap_or(Refus::ActeInterdit));
            return Err(ctx.refuse(requete, &acteur, ("compte.deactivate", objet), cause).await);
        }
    };
    if !matches!(compte.etat, EtatCompte::Invite | EtatCompte::Actif) {
        return Err(AppError::Conflit);
    }
    ferme(ctx, &tx, &permis, &compte, par(&acteur)).await?;
    let mut entree = ctx.entree(requete, &acteur, "compte.deactivate", objet);
    if let Some(motif) = motif {
        entree.details = format!("{{\"motif\":\"{}\"}}", motif.code());
    }
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(())
}

/// Of two administrateurs nationaux who close each other at once, the second waits and finds that his own compte is closed:
/// one always stays.
async fn seul(tx: &WriteTx, acteur: &Acteur) -> Outcome<()> {
    let Acteur::Compte(a) = acteur else { return Ok(()) };
    if a.profil != Profil::AdministrateurNational {
        return Ok(());
    }
    let ouverts = compte::lock_in_use_of(tx, Rattachement::National).await?;
    if ouverts.iter().any(|c| c.id == a.compte && c.etat == EtatCompte::Actif) {
        Ok(())
    } else {
        Err(AppError::SessionFermee)
    }
}

fn par(acteur: &Acteur) -> (RaisonInactif, CoteInactif) {
    match acteur {
        Acteur::Compte(a) if a.profil == Profil::Gestionnaire => (RaisonInactif::Gestionnaire, CoteInactif::Partenaire),
        Acteur::Compte(_) => (RaisonInactif::Caisse, CoteInactif::Caisse),
        Acteur::Systeme(_) => (RaisonInactif::Caisse, CoteInactif::Systeme),
    }
}
