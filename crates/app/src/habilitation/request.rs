//! A gestionnaire asks for one more gestionnaire (HA-3).

use super::cadre::{Cadre, chosen, objet};
use super::notify::to_caisse;
use super::saisie;
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::habilitations::Lettre;
use crate::preuve::{self, Nature, Preuve};
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendrier::{date_en_francais, jour_civil};
use domain::droits::{Acteur, demander};
use domain::habilitation::{NatureDemarche, VoieDemarche, echeances};
use domain::ids::{CompteId, DemarcheId};
use store::WriteTx;
use store::demarche::{self, Contenu, Personne, Recu};

/// What a gestionnaire sent.
#[derive(Clone, Debug)]
pub struct Habilitation {
    /// Id that the form was given: sent twice, it is one form.
    pub id: DemarcheId,
    /// Id of the convention; empty where there is one only.
    pub convention: String,
    /// Who is to be accredited.
    pub personne: Personne,
}

/// Sends the form to the caisse.
///
/// # Errors
/// [`AppError::Saisie`] at `convention` and the six fields; [`AppError::Interdit`]; [`AppError::SessionFermee`].
pub async fn request(ctx: &Contexte, requete: &Requete, saisie: &Habilitation) -> Outcome<DemarcheId> {
    let personne = saisie::personne(&saisie.personne, "").map_err(AppError::Saisie)?;
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let permis = demander(&acteur)?;
    if demarche::load(&tx, permis.portee(), saisie.id).await?.is_some() {
        return Ok(saisie.id);
    }
    let cadre = chosen(ctx, &tx, &acteur, &saisie.convention).await?;
    cadre.signee("convention")?;
    saisie::adresse_admise(ctx, &tx, ("courriel", &personne.courriel), &cadre).await?;
    let recue = (saisie.id, VoieDemarche::Portail, ctx.now());
    receive(ctx, &tx, (&cadre, acteur.compte()), recue, personne).await?;
    let objet = objet(saisie.id, cadre.convention.caisse, cadre.partenaire());
    ctx.journal(&tx, ctx.entree(requete, &acteur, "habilitation.request", objet)).await?;
    tx.commit().await?;
    Ok(saisie.id)
}

/// The due days of a request received on a day, each with the words of its delay.
pub(super) fn due_days(cadre: &Cadre, recue: NaiveDate) -> Vec<(NaiveDate, String)> {
    let dossier = &cadre.convention.dossier;
    let signature = dossier.utilisation_en_vigueur_le();
    let due = echeances(&dossier.delais_gestionnaire(), cadre.caisse.fiche.zone, recue, signature);
    let words = |d: domain::convention::Delai| {
        format!("{} {} {}", d.jours, d.unite.libelle(), d.depart.libelle()).replace('\'', "’")
    };
    due.into_iter().map(|e| (e.jour, words(e.delai))).collect()
}

/// Adds the row, the proof and the mail to the caisse to the caller's transaction.
pub(super) async fn receive(
    ctx: &Contexte,
    tx: &WriteTx,
    (cadre, auteur): (&Cadre, Option<CompteId>),
    (id, voie, recue_le): (DemarcheId, VoieDemarche, DateTime<Utc>),
    personne: Personne,
) -> Outcome<()> {
    let jour = jour_civil(cadre.caisse.fiche.zone, recue_le);
    let c = &cadre.convention;
    let recu = Recu {
        id,
        nature: NatureDemarche::Habilitation,
        voie,
        partenaire: c.partenaire,
        caisse: c.caisse,
        convention: c.id,
        compte: None,
        auteur,
        recue_le,
        souhaite_le: None,
        contenu: Contenu { echeances: due_days(cadre, jour), personne: Some(personne), ..Contenu::default() },
    };
    demarche::insert(tx, &recu, ctx.now()).await?;
    let mut contenu = vec![
        ("Acte", "Demande d’habilitation d’un gestionnaire".to_owned()),
        ("Voie", voie.libelle().to_owned()),
        ("Reçue le", date_en_francais(jour)),
    ];
    contenu.extend(recu.contenu.personne.as_ref().map(|p| ("Gestionnaire à habiliter", told(p))));
    let echeances = recu.contenu.echeances.iter();
    contenu.extend(echeances.map(|(le, delai)| ("Échéance", format!("{} ({delai})", date_en_francais(*le)))));
    preuve::add(ctx, tx, proof(cadre, Nature::Habilitation, (None, auteur), contenu)).await?;
    to_caisse(ctx, tx, c, Lettre::Recue { demarche: id, nature: NatureDemarche::Habilitation.code().to_owned() }).await
}

/// A person in one line of a proof.
pub(super) fn told(p: &Personne) -> String {
    let civilite = domain::assure::Civilite::parse(&p.civilite).map_or("", |c| c.libelle());
    format!("{civilite} {} {}, {}, {}, {}", p.prenom, p.nom, p.fonction, p.telephone, p.courriel)
}

/// A proof under a convention.
pub(super) fn proof(
    cadre: &Cadre,
    nature: Nature,
    (compte, auteur): (Option<CompteId>, Option<CompteId>),
    contenu: Vec<(&'static str, String)>,
) -> Preuve {
    let c = &cadre.convention;
    Preuve {
        nature,
        caisse: Some(c.caisse),
        partenaire: Some(c.partenaire),
        convention: Some(c.id),
        compte,
        auteur,
        contenu,
    }
}
