//! Opening a closed compte again, within the months before its deletion (HA-9). A place and a live convention are needed,
//! as for a new one.

use super::acteur::load_renforce;
use super::vise::{permis, vise};
use super::{lien, places, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::{self, Mail, Pour, comptes::Lettre};
use domain::compte::{EtatCompte, Fermeture, RaisonInactif, UsageLien};
use domain::droits::{Acteur, Habiliter, Permis, reactiver};
use domain::ids::CompteId;
use store::compte::{self, Compte};
use store::{StoreError, WriteTx};

/// Tries when another compte takes the same place at the same instant.
const ESSAIS: u32 = 4;

/// Opens a closed compte of a structure. After a loss, a theft or a fraud, or where the first sign-in was never finished,
/// the person begins again by a one-time link; otherwise with the password and the second factor as they were.
///
/// # Errors
/// [`AppError::Introuvable`] outside the acteur's scope, and for a compte that is deleted; [`AppError::Interdit`] when
/// only the caisse may; [`AppError::Conflit`] when it is not closed; [`AppError::Saisie`] at `profil` without a place, at
/// `code`.
pub async fn reactivate(ctx: &Contexte, requete: &Requete, cible: CompteId) -> Outcome<()> {
    for _ in 1..ESSAIS {
        match essaie(ctx, requete, cible).await {
            Err(AppError::Stockage(StoreError::Taken)) => {}
            autre => return autre,
        }
    }
    essaie(ctx, requete, cible).await
}

async fn essaie(ctx: &Contexte, requete: &Requete, cible: CompteId) -> Outcome<()> {
    const ACTION: &str = "compte.reactivate";
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let v = vise(ctx, &tx, &acteur, cible).await?;
    let objet = trace::objet(&v.compte);
    if v.compte.fermeture.is_none() {
        return Err(AppError::Conflit);
    }
    let decision = reactiver(&acteur, &v.cible(), (v.compte.etat, v.compte.fermeture.as_ref()));
    let (permis, tx) = permis(ctx, requete, (&acteur, tx), (ACTION, objet.clone()), decision).await?;
    let places = places::libres(ctx, &tx, (v.partenaire, v.compte.profil), &v.dossiers).await?;
    rouvre(ctx, &tx, &permis, &v.compte).await?;
    compte::take_place(&tx, &permis, (cible, v.partenaire, v.compte.profil), places).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, ACTION, objet)).await?;
    tx.commit().await?;
    Ok(())
}

async fn rouvre(ctx: &Contexte, tx: &WriteTx, permis: &Permis<Habiliter>, compte: &Compte) -> Outcome<()> {
    if recommence(compte.fermeture.as_ref(), compte) {
        let neuf = Compte {
            etat: EtatCompte::Invite,
            fermeture: None,
            mot_de_passe: None,
            second_facteur: None,
            ..compte.clone()
        };
        compte::save(tx, permis, &neuf).await?;
        compte::codes::forget(tx, permis, compte.id).await?;
        lien::envoie(ctx, tx, compte.id, UsageLien::Invitation).await?;
        return Ok(());
    }
    compte::save(tx, permis, &Compte { etat: EtatCompte::Actif, fermeture: None, ..compte.clone() }).await?;
    mails::push(ctx, tx, &Mail::Comptes { pour: Pour::Compte(compte.id), lettre: Lettre::Reactive }).await?;
    Ok(())
}

/// Whether what the person knew or had may be in other hands, or was never chosen.
fn recommence(fermeture: Option<&Fermeture>, compte: &Compte) -> bool {
    let compromis = fermeture.is_some_and(|f| f.raison == RaisonInactif::Signalement);
    compromis || compte.mot_de_passe.is_none() || !compte.est_enrole() || compte.derniere_connexion.is_none()
}
