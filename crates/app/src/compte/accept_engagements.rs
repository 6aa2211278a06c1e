//! CGU and personal engagements, accepted in one's own name; a new version is accepted again (HA-6, HA-15).

use super::passage::{self, Ouverture};
use super::trace;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use domain::compte::engagements::{self, Nature};
use domain::compte::{Etape, EtatCompte};
use domain::ids::CompteId;
use store::Tx;
use store::compte::acceptations::{self, Acceptation};
use store::compte::{self, Compte};

/// A text to accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texte {
    /// Which.
    pub nature: Nature,
    /// Version; comes back with the form.
    pub version: &'static str,
    /// Sentences.
    pub phrases: Vec<&'static str>,
}

/// One ticked box: which text, in which version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accord {
    /// Which.
    pub nature: Nature,
    /// Version that was on the page.
    pub version: String,
}

/// What the person behind this session has still to accept.
///
/// # Errors
/// [`AppError::SessionFermee`] at another step; the database's error.
pub async fn to_accept(ctx: &Contexte, requete: &Requete) -> Outcome<Vec<Texte>> {
    let tx = ctx.store.begin_read().await?;
    let (_, compte, _) = passage::a_l_etape(ctx, &tx, requete, &[Etape::Engagements]).await?;
    let manquants = manquants(&tx, compte.id).await?;
    let texte = |n: Nature| Texte { nature: n, version: n.version(), phrases: n.texte(compte.profil) };
    Ok(manquants.into_iter().map(texte).collect())
}

async fn manquants(tx: &Tx, compte: CompteId) -> Outcome<Vec<Nature>> {
    let acceptes: Vec<_> = acceptations::list(tx, compte).await?.into_iter().map(|a| (a.nature, a.version)).collect();
    Ok(engagements::manquants(&acceptes))
}

/// Records the acceptances; an invited compte becomes active.
///
/// # Errors
/// [`AppError::Saisie`] at the code of each text that is not accepted in its version in force;
/// [`AppError::SessionFermee`] at another step.
pub async fn accept(ctx: &Contexte, requete: &Requete, accords: &[Accord]) -> Outcome<Ouverture> {
    let tx = ctx.store.begin_write().await?;
    let (session, compte, permis) = passage::verrouille_a_l_etape(ctx, &tx, requete, &[Etape::Engagements]).await?;
    let manquants = manquants(&tx, compte.id).await?;
    let accorde = |n: &Nature| accords.iter().any(|a| a.nature == *n && a.version == n.version());
    let erreurs: Vec<ErreurChamp> = manquants.iter().filter(|n| !accorde(n)).map(refus).collect();
    if !erreurs.is_empty() {
        return Err(AppError::Saisie(erreurs));
    }
    let le = ctx.now();
    for nature in manquants {
        let acceptation = Acceptation { nature, version: nature.version().to_owned(), le };
        acceptations::insert(&tx, &permis, ctx.new_id(), &acceptation).await?;
    }
    if compte.etat == EtatCompte::Invite {
        compte::save(&tx, &permis, &Compte { etat: EtatCompte::Actif, ..compte.clone() }).await?;
    }
    let ouverture = passage::avance(ctx, &tx, &permis, (&session, &compte), false).await?;
    trace::fait(ctx, &tx, requete, &compte, "compte.accept_engagements").await?;
    tx.commit().await?;
    Ok(ouverture)
}

fn refus(nature: &Nature) -> ErreurChamp {
    let message = match nature {
        Nature::Cgu => "Pour continuer, lisez et acceptez les conditions générales d’utilisation.",
        Nature::Engagements => "Pour continuer, lisez et prenez les engagements personnels.",
    };
    ErreurChamp::new(nature.code(), message)
}
