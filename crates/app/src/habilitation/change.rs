//! Other data of a gestionnaire (HA-7): four fields only, asked for by himself or a colleague, applied by the caisse.

use super::cadre::{chosen, collegue, erreur, objet};
use super::notify::to_caisse;
use super::request::proof;
use super::saisie;
use crate::compte::{load_acteur, nom};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::mails::habilitations::Lettre;
use crate::preuve::{self, Nature};
use domain::compte::EtatCompte;
use domain::droits::{Acteur, demander};
use domain::habilitation::{NatureDemarche, VoieDemarche};
use domain::ids::{CompteId, DemarcheId};
use store::StoreError;
use store::compte::Identite;
use store::convention::Enregistree;
use store::demarche::{self, Contenu, Modification, Recu};

/// What a gestionnaire sent.
#[derive(Clone, Debug)]
pub struct Changement {
    /// Id that the form was given: sent twice, it is one form.
    pub id: DemarcheId,
    /// Id of the convention; empty where there is one only.
    pub convention: String,
    /// Whose data.
    pub compte: CompteId,
    /// Nom as it should be.
    pub nom: String,
    /// Fonction as it should be.
    pub fonction: String,
    /// Téléphone as it should be.
    pub telephone: String,
    /// E-mail as it should be.
    pub courriel: String,
}

/// What differs from the identity as it is, each field as it is kept.
fn differences(s: &Changement, i: &Identite) -> Result<Modification, Vec<ErreurChamp>> {
    let mut erreurs = Vec::new();
    let nom = nom(&mut erreurs, "nom", &s.nom);
    let fonction = saisie::ligne(&mut erreurs, "", "fonction", (&s.fonction, "Saisissez la fonction."));
    let telephone = saisie::telephone(&mut erreurs, "", &s.telephone);
    let courriel = saisie::courriel(&mut erreurs, "", &s.courriel);
    if !erreurs.is_empty() {
        return Err(erreurs);
    }
    let other = |nouveau: String, ancien: &str| (nouveau != ancien).then_some(nouveau);
    let m = Modification {
        nom: other(nom, &i.nom),
        fonction: other(fonction, i.fonction.as_deref().unwrap_or_default()),
        telephone: other(telephone, i.telephone.as_deref().unwrap_or_default()),
        courriel: other(courriel, &i.courriel),
    };
    if m == Modification::default() {
        return Err(vec![ErreurChamp::new("nom", "Modifiez au moins une donnée : rien n’a changé.")]);
    }
    Ok(m)
}

/// Sends the form to the caisse.
///
/// # Errors
/// [`AppError::Saisie`] at `convention`, `nom`, `fonction`, `telephone`, `courriel`, `compte`;
/// [`AppError::Introuvable`] for a compte that is no gestionnaire of the structure.
pub async fn change(ctx: &Contexte, requete: &Requete, saisie: &Changement) -> Outcome<DemarcheId> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let permis = demander(&acteur)?;
    if demarche::load(&tx, permis.portee(), saisie.id).await?.is_some() {
        return Ok(saisie.id);
    }
    let compte = collegue(ctx, &tx, permis.portee(), saisie.compte).await?;
    if !matches!(compte.etat, EtatCompte::Invite | EtatCompte::Actif) {
        return Err(AppError::Conflit);
    }
    let modification = differences(saisie, &compte.identite).map_err(AppError::Saisie)?;
    let cadre = chosen(ctx, &tx, &acteur, &saisie.convention).await?;
    if let Some(courriel) = &modification.courriel {
        saisie::adresse_admise_pour(ctx, &tx, ("courriel", courriel), (&cadre, Some(compte.id))).await?;
    }
    let c = &cadre.convention;
    let recu = received(ctx, (saisie.id, compte.id, acteur.compte()), c, &modification);
    demarche::insert(&tx, &recu, ctx.now()).await.map_err(already)?;
    let mut contenu =
        vec![("Acte", "Demande de changement de données".to_owned()), ("Gestionnaire", compte.identite.nom_affiche())];
    contenu.extend(lines(&modification));
    let who = (Some(compte.id), acteur.compte());
    preuve::add(ctx, &tx, proof(&cadre, Nature::Changement, who, contenu)).await?;
    let nature = NatureDemarche::Changement.code().to_owned();
    to_caisse(ctx, &tx, c, Lettre::Recue { demarche: saisie.id, nature }).await?;
    let entree = ctx.entree(requete, &acteur, "habilitation.change", objet(saisie.id, c.caisse, c.partenaire));
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(saisie.id)
}

fn received(
    ctx: &Contexte,
    (id, compte, auteur): (DemarcheId, CompteId, Option<CompteId>),
    c: &Enregistree,
    modification: &Modification,
) -> Recu {
    Recu {
        id,
        nature: NatureDemarche::Changement,
        voie: VoieDemarche::Portail,
        partenaire: c.partenaire,
        caisse: c.caisse,
        convention: c.id,
        compte: Some(compte),
        auteur,
        recue_le: ctx.now(),
        souhaite_le: None,
        contenu: Contenu { modification: Some(modification.clone()), ..Contenu::default() },
    }
}

/// One open form of a kind for a compte.
fn already(error: StoreError) -> AppError {
    match error {
        StoreError::Taken => erreur("compte", "Une demande de ce type est déjà en cours pour ce gestionnaire."),
        other => AppError::from(other),
    }
}

/// What is to change, for a proof.
pub(super) fn lines(m: &Modification) -> Vec<(&'static str, String)> {
    let fields = [
        ("Nouveau nom", &m.nom),
        ("Nouvelle fonction", &m.fonction),
        ("Nouveau téléphone", &m.telephone),
        ("Nouvelle adresse électronique", &m.courriel),
    ];
    fields.into_iter().filter_map(|(label, value)| value.clone().map(|v| (label, v))).collect()
}
