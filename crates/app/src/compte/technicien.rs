//! A gestionnaire opens the compte of a technicien: what he attests is a proof (HA-5), and telling the caisse of the new
//! agent takes one box (HA-13).

use super::invite::{Invitation, Invite, Par, essais, lue};
use super::{annonces, places};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::preuve::{self, Nature, Preuve};
use domain::compte::Profil;
use domain::compte::attestations::Attestation;
use domain::droits::{Acteur, Habiliter, Permis, Rattachement, Refus};
use store::WriteTx;
use store::compte::Identite;
use store::compte::annonces::Agent;
use store::convention::Enregistree;

/// What the form holds.
#[derive(Clone, Debug)]
pub struct Creation {
    /// The person.
    pub identite: Identite,
    /// What was attested, each by its own box.
    pub attestations: Vec<Attestation>,
    /// Whether the caisses are told of a new agent, to offer training.
    pub annoncer: bool,
}

/// What is still to be attested, at each box.
pub(super) fn manquantes(attestees: &[Attestation]) -> Vec<ErreurChamp> {
    let absente = |a: &Attestation| !attestees.contains(a);
    Attestation::TOUTES.into_iter().filter(absente).map(|a| ErreurChamp::new(a.code(), a.manque())).collect()
}

/// Opens the compte of a technicien of the acteur's structure and sends the invitation.
///
/// # Errors
/// [`AppError::Saisie`] at `nom`, `prenom`, `courriel`, `fonction`, at each attestation, at `profil` (no place left);
/// [`AppError::Interdit`]; [`AppError::SessionFermee`].
pub async fn create_technicien(ctx: &Contexte, requete: &Requete, creation: &Creation) -> Outcome<Invite> {
    let partenaire = {
        let tx = ctx.store.begin_read().await?;
        match super::load_acteur(ctx, &tx, requete).await?.rattachement {
            Rattachement::Partenaire(p) => p,
            _ => return Err(AppError::Interdit(Refus::ActeInterdit)),
        }
    };
    let invitation = Invitation {
        profil: Profil::Technicien,
        rattachement: Rattachement::Partenaire(partenaire),
        identite: creation.identite.clone(),
        services: Vec::new(),
    };
    let mut erreurs = Vec::new();
    let lue = match lue(&invitation) {
        Ok(lue) => Some(lue),
        Err(AppError::Saisie(fautes)) => {
            erreurs = fautes;
            None
        }
        Err(autre) => return Err(autre),
    };
    erreurs.extend(manquantes(&creation.attestations));
    match lue {
        Some(lue) if erreurs.is_empty() => {
            let creation = Creation { identite: lue.identite.clone(), ..creation.clone() };
            essais(ctx, requete, Par::Personne, (&lue, Some(&creation))).await
        }
        _ => Err(AppError::Saisie(erreurs)),
    }
}

/// The proof of what was attested, one for each caisse with a live convention, and the announcement, in the transaction that opens the compte.
pub(super) async fn prouve(
    ctx: &Contexte,
    tx: &WriteTx,
    (acteur, permis): (&Acteur, &Permis<Habiliter>),
    (invite, creation): (&Invite, &Creation),
    dossiers: &[Enregistree],
) -> Outcome<()> {
    let Some(partenaire) = dossiers.first().map(|d| d.partenaire) else { return Ok(()) };
    let mut contenu = vec![
        ("Personne", creation.identite.nom_affiche()),
        ("Adresse électronique", creation.identite.courriel.clone()),
        ("Version du texte", Attestation::VERSION.to_owned()),
    ];
    contenu.extend(creation.attestations.iter().map(|a| ("Attesté", a.texte().to_owned())));
    for d in places::actives(ctx, tx, dossiers).await? {
        let preuve = Preuve {
            nature: Nature::Attestation,
            caisse: Some(d.caisse),
            partenaire: Some(partenaire),
            convention: Some(d.id),
            compte: Some(invite.compte),
            auteur: acteur.compte(),
            contenu: contenu.clone(),
        };
        preuve::add(ctx, tx, preuve).await?;
    }
    if creation.annoncer {
        let i = &creation.identite;
        let agent = Agent {
            nom: i.nom.clone(),
            prenom: i.prenom.clone(),
            fonction: i.fonction.clone().unwrap_or_default(),
            courriel: i.courriel.clone(),
            technicien: true,
        };
        annonces::dis(ctx, tx, (acteur, permis), (partenaire, &agent), dossiers).await?;
    }
    Ok(())
}
