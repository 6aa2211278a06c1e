//! One compte of a structure, as its gestionnaires and the référents of its caisses see it: who, since when, what may be done.

use super::acteur::{load_acteur, profil_partenaire};
use super::vise;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use chrono::{DateTime, Utc};
use domain::calendrier::Zone;
use domain::compte::{EtatCompte, Fermeture, Profil};
use domain::droits::{Acteur, exclure, inactiver, reactiver, relancer, signaler};
use domain::ids::CompteId;
use std::collections::HashMap;
use store::Tx;
use store::compte;

/// Acts that a page offers on a compte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actes {
    /// Close it.
    pub inactiver: bool,
    /// Open it again.
    pub reactiver: bool,
    /// Send the invitation again.
    pub relancer: bool,
    /// Signal a loss, a theft, a fraud.
    pub signaler: bool,
    /// Exclude the person.
    pub exclure: bool,
}

/// One compte of a structure, with what the reader may do to it.
#[derive(Clone, Debug)]
pub struct CompteVu {
    /// Id.
    pub id: CompteId,
    /// Name of the structure.
    pub structure: String,
    /// Name in addresses.
    pub slug: String,
    /// « Prénom Nom ».
    pub nom: String,
    /// What is typed at the sign-in.
    pub identifiant: String,
    /// E-mail address.
    pub courriel: String,
    /// What the person does.
    pub fonction: Option<String>,
    /// Profil.
    pub profil: Profil,
    /// State.
    pub etat: EtatCompte,
    /// How it was closed.
    pub fermeture: Option<Fermeture>,
    /// Last sign-in.
    pub derniere_connexion: Option<DateTime<Utc>>,
    /// The gestionnaire it is attached to.
    pub gestionnaire: Option<String>,
    /// Texts accepted, with version and date (HA-6, HA-15).
    pub acceptations: Vec<compte::acceptations::Acceptation>,
    /// Signals and decisions on it, the last first.
    pub preuves: Vec<store::preuve::Preuve>,
    /// What the reader may do.
    pub actes: Actes,
    /// Whether it is the reader's own.
    pub mien: bool,
    /// Whether the reader is of the caisse.
    pub caisse: bool,
    /// Zone in which dates are shown.
    pub zone: Zone,
}

/// A compte of the structure of a gestionnaire, or of a structure bound to the caisse of a référent.
///
/// # Errors
/// [`AppError::Introuvable`] for every other.
pub async fn show_compte(ctx: &Contexte, requete: &Requete, id: CompteId) -> Outcome<CompteVu> {
    let (vu, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
        let v = vise::vu(ctx, &tx, &acteur, id).await?;
        let entree = ctx.entree(requete, &acteur, "compte.show", super::trace::objet(&v.compte));
        (view(ctx, &tx, &acteur, v).await?, entree)
    };
    ctx.record(entree).await?;
    Ok(vu)
}

async fn view(ctx: &Contexte, tx: &Tx, acteur: &Acteur, v: vise::Vise) -> Outcome<CompteVu> {
    let partenaire = store::partenaire::load(tx, v.partenaire).await?.ok_or(AppError::Introuvable)?;
    let mien = acteur.compte() == Some(v.compte.id);
    let actes = acts(acteur, &v, mien);
    let noms = match v.compte.gestionnaire {
        Some(g) => compte::noms(tx, &[g], ctx.now()).await?,
        None => HashMap::new(),
    };
    let zone = super::fermer::regle(tx, &v.compte).await?.0;
    let c = v.compte;
    Ok(CompteVu {
        id: c.id,
        structure: partenaire.nom,
        slug: partenaire.slug,
        nom: c.identite.nom_affiche(),
        identifiant: c.identifiant,
        courriel: c.identite.courriel,
        fonction: c.identite.fonction,
        profil: c.profil,
        etat: c.etat,
        fermeture: c.fermeture,
        derniere_connexion: c.derniere_connexion,
        gestionnaire: c.gestionnaire.and_then(|g| noms.get(&g).cloned()),
        acceptations: compte::acceptations::list(tx, c.id).await?,
        preuves: store::preuve::of_compte(tx, &v.preuves, c.id).await?,
        actes,
        mien,
        caisse: matches!(acteur, Acteur::Compte(a) if a.profil == Profil::Referent),
        zone,
    })
}

fn acts(acteur: &Acteur, v: &vise::Vise, mien: bool) -> Actes {
    let (cible, c) = (&v.cible(), &v.compte);
    let ouvert = matches!(c.etat, EtatCompte::Invite | EtatCompte::Actif);
    let gestionnaire = matches!(acteur, Acteur::Compte(a) if profil_partenaire(a.profil).is_some());
    Actes {
        inactiver: ouvert && !mien && gestionnaire && inactiver(acteur, cible).is_ok(),
        reactiver: !ouvert && reactiver(acteur, cible, v.closing()).is_ok(),
        relancer: c.etat == EtatCompte::Invite && relancer(acteur, cible).is_ok(),
        signaler: ouvert && signaler(acteur, cible).is_ok(),
        exclure: c.etat != EtatCompte::Exclu && exclure(acteur, cible).is_ok(),
    }
}
