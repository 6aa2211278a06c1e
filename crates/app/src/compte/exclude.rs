//! The exclusion of a user by a decision of the caisse's director (HA-11): immediate, dated, with its reason, notified.
//! Only the caisse undoes it.

use super::acteur::load_renforce;
use super::fermer::ferme;
use super::trace;
use super::vise::{caisse_de, permis, vise};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::mails::{Mail, comptes::Lettre};
use crate::notification;
use crate::preuve::{self, Nature, Preuve};
use chrono::NaiveDate;
use domain::calendrier::{Zone, date_en_francais, jour_civil};
use domain::compte::{CoteInactif, EtatCompte, RaisonInactif};
use domain::droits::{Acteur, exclure};
use domain::ids::CompteId;
use uuid::Uuid;

/// The longest reason.
pub(super) const MOTIF_MAX: usize = 1000;

/// The director's decision.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its date.
    pub le: Option<NaiveDate>,
    /// Its reason.
    pub motif: String,
}

/// Excludes a user of a structure bound to the caisse of a référent; gives the id of the proof. A compte that is closed
/// already is excluded too, so that nobody else reopens it.
///
/// # Errors
/// [`AppError::Saisie`] at `decision` (a day not in the future), `motif`, `code`; [`AppError::Introuvable`] outside the
/// acteur's scope; [`AppError::Interdit`] for a gestionnaire; [`AppError::Conflit`] when excluded already.
pub async fn exclude(ctx: &Contexte, requete: &Requete, cible: CompteId, decision: &Decision) -> Outcome<Uuid> {
    const ACTION: &str = "compte.exclude";
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let v = vise(ctx, &tx, &acteur, cible).await?;
    let objet = trace::objet(&v.compte);
    let (permis, tx) =
        permis(ctx, requete, (&acteur, tx), (ACTION, objet.clone()), exclure(&acteur, &v.cible())).await?;
    let caisse = caisse_de(&acteur);
    let zone = match caisse {
        Some(c) => store::caisse::some(&tx, &[c]).await?.pop().map_or(Zone::Metropole, |c| c.fiche.zone),
        None => Zone::Metropole,
    };
    let (le, motif) = lue(decision, jour_civil(zone, ctx.now()))?;
    if v.compte.etat == EtatCompte::Exclu {
        return Err(AppError::Conflit);
    }
    ferme(ctx, &tx, &permis, &v.compte, (RaisonInactif::Exclusion, CoteInactif::Caisse)).await?;
    let preuve = Preuve {
        nature: Nature::Decision,
        caisse,
        partenaire: Some(v.partenaire),
        convention: v.dossiers.iter().find(|d| Some(d.caisse) == caisse).map(|d| d.id),
        compte: Some(cible),
        auteur: acteur.compte(),
        contenu: vec![
            ("Décision", "Exclusion d’un utilisateur par la direction de la caisse".to_owned()),
            ("Prise le", date_en_francais(le)),
            ("Personne", v.compte.identite.nom_affiche()),
            ("Identifiant", v.compte.identifiant.clone()),
            ("Motif", motif),
            ("Notification", "Courriel à l’adresse de contact, aux gestionnaires et à la personne".to_owned()),
        ],
    };
    let preuve = preuve::add(ctx, &tx, preuve).await?;
    let mail = |pour| Mail::Comptes { pour, lettre: Lettre::ExcluAutre { cible } };
    if let Some(d) = v.dossiers.iter().find(|d| Some(d.caisse) == caisse) {
        notification::au_partenaire(ctx, &tx, d, mail).await?;
    }
    ctx.journal(&tx, ctx.entree(requete, &acteur, ACTION, objet)).await?;
    tx.commit().await?;
    Ok(preuve)
}

fn lue(decision: &Decision, aujourdhui: NaiveDate) -> Outcome<(NaiveDate, String)> {
    let motif = decision.motif.trim().to_owned();
    let mut erreurs = Vec::new();
    let le = decision.le.filter(|le| *le <= aujourdhui);
    if le.is_none() {
        erreurs.push(ErreurChamp::new("decision", "Indiquez la date de la décision, aujourd’hui ou avant."));
    }
    if motif.is_empty() {
        erreurs.push(ErreurChamp::new("motif", "Écrivez le motif de la décision."));
    } else if motif.chars().count() > MOTIF_MAX {
        erreurs.push(ErreurChamp::new("motif", "Le motif est trop long : 1 000 caractères au plus."));
    }
    match le {
        Some(le) if erreurs.is_empty() => Ok((le, motif)),
        _ => Err(AppError::Saisie(erreurs)),
    }
}
