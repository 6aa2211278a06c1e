//! One review: every compte in use of the structure or the desk, or, once answered, its dated table.

use super::{objet, of_sujet, rattachement};
use crate::compte::seen;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use chrono::{DateTime, Utc};
use domain::calendrier::Zone;
use domain::compte::{EtatCompte, Profil};
use domain::droits::{Acteur, Cible, inactiver, lire_revues};
use domain::habilitation::EtatRevue;
use domain::ids::{CompteId, RevueId};
use store::compte::Compte;
use store::registre::Sujet;
use store::revue::{self, Revue};

/// A compte on the page of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LigneDeRevue {
    /// The compte.
    pub compte: CompteId,
    /// « Prénom Nom ».
    pub nom: String,
    /// Profil.
    pub profil: Profil,
    /// What is typed at the sign-in.
    pub identifiant: String,
    /// E-mail address.
    pub courriel: String,
    /// State.
    pub etat: EtatCompte,
    /// Last sign-in.
    pub derniere_connexion: Option<DateTime<Utc>>,
    /// Whether the reader may close it; his own and other gestionnaires he may only keep (HA-8).
    pub fermable: bool,
}

/// A review with its comptes.
#[derive(Clone, Debug)]
pub struct Fiche {
    /// The review.
    pub revue: Revue,
    /// Structure, or caisse for the desk's own comptes.
    pub organisation: String,
    /// Name of the caisse.
    pub caisse: String,
    /// Its zone.
    pub zone: Zone,
    /// The comptes in use; empty once it is answered.
    pub lignes: Vec<LigneDeRevue>,
    /// The proof, once it is answered.
    pub preuve: Option<store::preuve::Preuve>,
    /// Whether the reader answers it.
    pub repond: bool,
}

/// One review.
///
/// # Errors
/// [`AppError::Introuvable`] out of scope; [`AppError::Interdit`] for other profils.
pub async fn show(ctx: &Contexte, requete: &Requete, id: RevueId) -> Outcome<Fiche> {
    let tx = ctx.store.begin_read().await?;
    let vu = seen(ctx, &tx, requete).await?;
    let acteur = Acteur::Compte(vu.acteur.clone());
    let portee = lire_revues(&acteur)?;
    let revue = of_sujet(&acteur, revue::load(&tx, &portee, id).await?.ok_or(AppError::Introuvable)?)?;
    let caisse = store::caisse::some(&tx, &[revue.caisse]).await?.pop().ok_or(AppError::Introuvable)?;
    let organisation = match revue.partenaire {
        Some(p) => store::partenaire::load(&tx, p).await?.map(|p| p.nom_court).unwrap_or_default(),
        None => caisse.fiche.nom.clone(),
    };
    let ouverte = revue.etat == EtatRevue::Ouverte;
    let comptes = if ouverte { store::compte::in_use_of(&tx, rattachement(&revue)).await? } else { Vec::new() };
    let preuve = match revue.preuve {
        Some(preuve) => store::registre::load(&tx, (&portee, Sujet::Tous), preuve).await?,
        None => None,
    };
    ctx.record(ctx.entree(requete, &acteur, "revue.show", objet(&revue))).await?;
    Ok(Fiche {
        repond: ouverte && vu.acteur.profil != Profil::Referent,
        lignes: comptes.into_iter().map(|c| line(&acteur, c)).collect(),
        zone: caisse.fiche.zone,
        caisse: caisse.fiche.nom,
        organisation,
        preuve,
        revue,
    })
}

fn line(acteur: &Acteur, c: Compte) -> LigneDeRevue {
    LigneDeRevue {
        fermable: closable(acteur, &c),
        compte: c.id,
        nom: c.identite.nom_affiche(),
        profil: c.profil,
        identifiant: c.identifiant,
        courriel: c.identite.courriel,
        etat: c.etat,
        derniere_connexion: c.derniere_connexion,
    }
}

/// Whether a compte is the acteur's to close: never his own.
pub(super) fn closable(acteur: &Acteur, c: &Compte) -> bool {
    let cible = Cible { profil: c.profil, rattachement: c.rattachement, caisses: &[] };
    acteur.compte() != Some(c.id) && inactiver(acteur, &cible).is_ok()
}
