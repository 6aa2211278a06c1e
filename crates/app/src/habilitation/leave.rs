//! A gestionnaire's departure (HA-8): the wished day, its notice, and the successor in the same form where one is asked for.

use super::cadre::{Cadre, chosen, collegue, erreur, objet, objet_de};
use super::notify::to_caisse;
use super::request::{proof, told};
use super::saisie;
use crate::compte::{load_acteur, load_renforce};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::habilitations::Lettre;
use crate::preuve::{self, Nature};
use chrono::NaiveDate;
use domain::calendrier::date_en_francais;
use domain::compte::{EtatCompte, Profil};
use domain::droits::{Acteur, Portee, Rattachement, demander};
use domain::habilitation::{EtatDemarche, NatureDemarche, Preavis, VoieDemarche, preavis};
use domain::ids::{CompteId, DemarcheId};
use store::demarche::{self, Contenu, Personne, Recu};
use store::{StoreError, Tx};

/// What a gestionnaire sent.
#[derive(Clone, Debug)]
pub struct Depart {
    /// Id that the form was given: sent twice, it is one form.
    pub id: DemarcheId,
    /// Id of the convention; empty where there is one only.
    pub convention: String,
    /// Who leaves.
    pub compte: CompteId,
    /// Wished day.
    pub souhaite_le: NaiveDate,
    /// The successor; none when no field was filled.
    pub successeur: Option<Personne>,
}

/// A successor given later.
#[derive(Clone, Debug)]
pub struct Successeur {
    /// The departure.
    pub id: DemarcheId,
    /// Version the form was made from.
    pub version: i64,
    /// Who follows.
    pub personne: Personne,
}

/// Sends the form to the caisse. A notice that is too short is accepted, and recorded as such.
///
/// # Errors
/// [`AppError::Saisie`] at `convention`, `souhaite`, `compte`, and at the fields of the successor (`successeur_…`), which
/// are asked for where the convention says so and of the last gestionnaire; [`AppError::Introuvable`].
pub async fn leave(ctx: &Contexte, requete: &Requete, saisie: &Depart) -> Outcome<DemarcheId> {
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
    let cadre = chosen(ctx, &tx, &acteur, &saisie.convention).await?;
    if saisie.souhaite_le < cadre.aujourdhui {
        return Err(erreur("souhaite", "Le jour souhaité ne peut pas être passé."));
    }
    let personne = successor(ctx, &tx, &cadre, saisie).await?;
    let notice = preavis(cadre.convention.dossier.preavis_depart(), cadre.aujourdhui, saisie.souhaite_le);
    let recu = received(ctx, (saisie, acteur.compte()), &cadre, (personne, notice));
    let already = |error| match error {
        StoreError::Taken => erreur("compte", "Un départ est déjà signalé pour ce gestionnaire."),
        other => AppError::from(other),
    };
    demarche::insert(&tx, &recu, ctx.now()).await.map_err(already)?;
    let contenu = lines(&recu, (&compte.identite.nom_affiche(), notice));
    preuve::add(ctx, &tx, proof(&cadre, Nature::Depart, (Some(compte.id), acteur.compte()), contenu)).await?;
    let c = &cadre.convention;
    let nature = NatureDemarche::Depart.code().to_owned();
    to_caisse(ctx, &tx, c, Lettre::Recue { demarche: saisie.id, nature }).await?;
    let entree = ctx.entree(requete, &acteur, "habilitation.leave", objet(saisie.id, c.caisse, c.partenaire));
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(saisie.id)
}

fn received(
    ctx: &Contexte,
    (saisie, auteur): (&Depart, Option<CompteId>),
    cadre: &Cadre,
    (personne, notice): (Option<Personne>, Option<Preavis>),
) -> Recu {
    let c = &cadre.convention;
    Recu {
        id: saisie.id,
        nature: NatureDemarche::Depart,
        voie: VoieDemarche::Portail,
        partenaire: c.partenaire,
        caisse: c.caisse,
        convention: c.id,
        compte: Some(saisie.compte),
        auteur,
        recue_le: ctx.now(),
        souhaite_le: Some(saisie.souhaite_le),
        contenu: Contenu {
            personne,
            preavis: notice.map(|p| (p.jours, p.au_plus_tot, p.respecte)),
            ..Contenu::default()
        },
    }
}

fn lines(recu: &Recu, (nom, notice): (&str, Option<Preavis>)) -> Vec<(&'static str, String)> {
    let mut contenu = vec![("Acte", "Départ signalé".to_owned()), ("Gestionnaire", nom.to_owned())];
    contenu.extend(recu.souhaite_le.map(|le| ("Jour souhaité", date_en_francais(le))));
    contenu.extend(notice.map(|p| {
        let words = if p.respecte { "respecté" } else { "plus court que demandé" };
        ("Préavis", format!("{} jours, {words}", p.jours))
    }));
    contenu.extend(recu.contenu.personne.as_ref().map(|p| ("Successeur", told(p))));
    contenu
}

/// Whether the successor of a gestionnaire is asked for under a convention.
pub(super) async fn asked(ctx: &Contexte, tx: &Tx, cadre: &Cadre) -> Outcome<bool> {
    let ici = Rattachement::Partenaire(cadre.partenaire());
    let tous = store::compte::count(tx, ici, Profil::Gestionnaire, ctx.now()).await?;
    Ok(cadre.convention.dossier.successeur_exige(tous <= 1))
}

/// The successor as it is kept; an error at its fields when it lacks and is asked for.
async fn successor(ctx: &Contexte, tx: &Tx, cadre: &Cadre, saisie: &Depart) -> Outcome<Option<Personne>> {
    let Some(typed) = &saisie.successeur else {
        if asked(ctx, tx, cadre).await? {
            let message = "Donnez les coordonnées du successeur : la convention les demande pour ce départ.";
            return Err(erreur("successeur_nom", message));
        }
        return Ok(None);
    };
    let personne = saisie::personne(typed, "successeur_").map_err(AppError::Saisie)?;
    saisie::adresse_admise(ctx, tx, ("successeur_courriel", &personne.courriel), cadre).await?;
    Ok(Some(personne))
}

/// Gives the successor of a departure that lacks one, before its day or when its day has come without one. The caisse
/// then decides (again): nobody opens whom it has not accepted.
///
/// # Errors
/// [`AppError::Saisie`] at the fields of the successor and at `code`; [`AppError::Conflit`] also when the caisse has
/// accepted a successor already; [`AppError::Introuvable`].
pub async fn give_successor(ctx: &Contexte, requete: &Requete, saisie: &Successeur) -> Outcome<()> {
    let personne = saisie::personne(&saisie.personne, "successeur_").map_err(AppError::Saisie)?;
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let permis = demander(&acteur)?;
    let portee: &Portee = permis.portee();
    let mut lue = demarche::lock(&tx, portee, saisie.id).await?.ok_or(AppError::Introuvable)?;
    if lue.nature != NatureDemarche::Depart || !lue.etat.est_ouverte() || lue.version != saisie.version {
        return Err(AppError::Conflit);
    }
    if lue.etat == EtatDemarche::Acceptee && lue.contenu.personne.is_some() {
        return Err(AppError::Conflit);
    }
    let cadre = super::cadre::cadre(ctx, &tx, lue.convention).await?;
    saisie::adresse_admise(ctx, &tx, ("successeur_courriel", &personne.courriel), &cadre).await?;
    let contenu = vec![("Acte", "Successeur donné".to_owned()), ("Successeur", told(&personne))];
    preuve::add(ctx, &tx, proof(&cadre, Nature::Depart, (lue.compte, acteur.compte()), contenu)).await?;
    lue.contenu.personne = Some(personne);
    lue.contenu.empechement = None;
    demarche::save_content(&tx, &permis, &lue, EtatDemarche::Recue).await?;
    let nature = NatureDemarche::Depart.code().to_owned();
    to_caisse(ctx, &tx, &cadre.convention, Lettre::Recue { demarche: lue.id, nature }).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "habilitation.give_successor", objet_de(&lue))).await?;
    tx.commit().await?;
    Ok(())
}
