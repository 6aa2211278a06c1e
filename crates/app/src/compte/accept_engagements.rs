//! CGU and personal engagements, accepted in one's own name; a new version is accepted again (HA-6, HA-15).

use super::passage::{self, Ouverture};
use super::trace;
use super::vise::vivantes;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::preuve::{self, Preuve};
use domain::compte::engagements::{self, Nature};
use domain::compte::{Etape, EtatCompte};
use domain::droits::Rattachement;
use domain::ids::CompteId;
use store::compte::acceptations::{self, Acceptation};
use store::compte::{self, Compte};
use store::{Tx, WriteTx};

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
    prove(ctx, &tx, &compte, &manquants).await?;
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

/// What was accepted, as a proof that the caisses and the structure export later (HA-15): one for each live convention.
async fn prove(ctx: &Contexte, tx: &WriteTx, compte: &Compte, acceptes: &[Nature]) -> Outcome<()> {
    let places: Vec<_> = match compte.rattachement {
        Rattachement::Partenaire(p) => {
            let dossiers = vivantes(ctx, tx, &store::convention::of_partenaire(tx, p).await?).await?;
            dossiers.iter().map(|d| (Some(d.caisse), Some(p), Some(d.id))).collect()
        }
        Rattachement::Caisse(c) => vec![(Some(c), None, None)],
        Rattachement::National => vec![(None, None, None)],
    };
    let mut contenu = vec![
        ("Personne", compte.identite.nom_affiche()),
        ("Identifiant", compte.identifiant.clone()),
        ("Profil", compte.profil.libelle().to_owned()),
    ];
    contenu.extend(acceptes.iter().map(|n| ("Accepté", format!("{}, version {}", n.titre(), n.version()))));
    for (caisse, partenaire, convention) in places {
        let (nature, contenu) = (preuve::Nature::Attestation, contenu.clone());
        let (compte, auteur) = (Some(compte.id), Some(compte.id));
        preuve::add(ctx, tx, Preuve { nature, caisse, partenaire, convention, compte, auteur, contenu }).await?;
    }
    Ok(())
}

fn refus(nature: &Nature) -> ErreurChamp {
    let message = match nature {
        Nature::Cgu => "Pour continuer, lisez et acceptez les conditions générales d’utilisation.",
        Nature::Engagements => "Pour continuer, lisez et prenez les engagements personnels.",
    };
    ErreurChamp::new(nature.code(), message)
}
