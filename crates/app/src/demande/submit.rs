//! Filing: a draft becomes a demande with a reference, a receipt and a mail, all in one transaction. The same draft sent
//! twice files once.

use super::depot::{Besoin, Joindre};
use super::review::{self, Recapitulatif};
use crate::compte::{load_acteur, load_vu};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::{self, Mail};
use crate::piece_jointe;
use chrono::{DateTime, Utc};
use domain::calendrier::jour_civil;
use domain::demande::Sorte;
use domain::demande::reference::Reference;
use domain::droits::{self, Acteur, ActeurCompte, Permis};
use domain::ids::{BrouillonId, DemandeId};
use store::demande::{Accuse, Contenu, Demande, Nouvelle};
use store::faits::{self, Fait, Nature};
use store::{WriteTx, brouillon};

/// Files the draft; gives the reference. Sent again after it was filed, it gives the same reference.
///
/// # Errors
/// [`AppError::Saisie`] with fields to mend, [`AppError::Introuvable`] when the draft is neither there nor filed,
/// [`AppError::Interdit`] when access has closed meanwhile.
pub async fn submit(ctx: &Contexte, requete: &Requete, id: BrouillonId) -> Outcome<String> {
    let tx = ctx.store.begin_write().await?;
    let vu = load_vu(ctx, &tx, requete).await?;
    let compte = vu.acteur.compte;
    // The draft first: whoever sends it a second time waits here, then finds it filed.
    let draft = brouillon::lock(&tx, compte, id).await?;
    if let Some(reference) = store::demande::already_filed(&tx, compte, id.get()).await? {
        return Ok(reference);
    }
    let draft = draft.ok_or(AppError::Introuvable)?;
    let now = ctx.now();
    let (vue, permis) = review::read(&tx, &vu, (id, draft.sorte, &draft.saisie), now).await?;
    let reference = Reference::from_random(ctx.random_bytes()).to_string();
    file(ctx, &tx, (&vu.acteur, &permis), (&vue, draft.sorte, &reference), now).await?;
    brouillon::delete(&tx, compte, id);
    mails::push(ctx, &tx, &Mail::Accuse { compte, reference: reference.clone() }).await?;
    let objet = Objet {
        nature: "demande",
        id: Some(reference.clone()),
        caisse: Some(vue.ouverte.caisse.id),
        partenaire: Some(super::form::partenaire_of(&vu.acteur)?),
    };
    ctx.journal(&tx, ctx.entree(requete, &Acteur::Compte(vu.acteur), "demande.submit", objet)).await?;
    tx.commit().await?;
    Ok(reference)
}

async fn file(
    ctx: &Contexte,
    tx: &WriteTx,
    (acteur, permis): (&ActeurCompte, &Permis<droits::Deposer>),
    (vue, sorte, reference): (&Recapitulatif, Sorte, &str),
    now: DateTime<Utc>,
) -> Outcome<()> {
    let d = &vue.depot;
    let sous_types = d.sous_types().iter().map(|t| t.code()).collect::<Vec<_>>().join(",");
    let prenom = d.prenom.as_ref();
    let (accuse, contenu) = (receipt_of(vue), content_of(vue));
    let nouvelle = Nouvelle {
        id: DemandeId::new(ctx.new_id()),
        reference,
        caisse: vue.ouverte.caisse.id,
        service: vue.service.id,
        partenaire: super::form::partenaire_of(acteur)?,
        convention: vue.ouverte.convention,
        auteur: acteur.compte,
        sorte,
        sous_types: sous_types.clone(),
        departement: d.departement.code(),
        civilite: d.civilite,
        contenu: &contenu,
        cles_nom: (&d.nom.cle(), &prenom.map(|p| p.cle()).unwrap_or_default()),
        urgent: d.urgence.is_some(),
        transmise_le: now,
        echeance: vue.echeance,
        delai_jours: vue.service.delai_jours,
        cle_idempotence: vue.brouillon.get(),
        accuse: &accuse,
    };
    store::demande::insert(tx, permis, &nouvelle, ctx.new_id()).await?;
    piece_jointe::at_filing(tx, permis, vue.brouillon, (nouvelle.caisse, nouvelle.id)).await?;
    let fait = Fait {
        caisse: nouvelle.caisse,
        convention: nouvelle.convention,
        nature: Nature::Depot,
        sorte,
        sous_types,
        mois: jour_civil(vue.ouverte.caisse.fiche.zone, now).format("%Y-%m").to_string(),
        issue: None,
        delais: None,
        urgent: nouvelle.urgent,
    };
    faits::insert(tx, ctx.random_id(), fait);
    Ok(())
}

fn content_of(vue: &Recapitulatif) -> Contenu {
    let d = &vue.depot;
    let mut contenu = Contenu {
        nom: d.nom.as_str().to_owned(),
        prenom: d.prenom.as_ref().map(|p| p.as_str().to_owned()).unwrap_or_default(),
        naissance: d.naissance.canonique(),
        precisions: d.precisions.clone(),
        motif_urgence: d.urgence.clone().unwrap_or_default(),
        information: d.information.code().to_owned(),
        informee_le: d.informee_le,
        accord: d.accord.map(|a| a.code().to_owned()),
        accord_le: d.accord.map(|_| d.informee_le),
        recours: d.recours.map(|r| r.code().to_owned()),
        ..Contenu::default()
    };
    match &d.besoin {
        Besoin::Contacter { objet } => contenu.objet.clone_from(objet),
        Besoin::Etude { autre, echeance, .. } => {
            contenu.autre_etude.clone_from(autre);
            contenu.echeance_urgence = *echeance;
        }
        Besoin::Difficulte { handicap, criteres, joindre, .. } => {
            contenu.handicap = *handicap;
            contenu.criteres = criteres.iter().map(|c| c.code().to_owned()).collect();
            if let Joindre::Telephone(numero) = joindre {
                contenu.telephone.clone_from(numero);
            }
        }
        Besoin::RendezVous { mode, demi_journees, .. } => {
            contenu.mode = Some(mode.code().to_owned());
            contenu.demi_journees = demi_journees.iter().map(|j| j.code().to_owned()).collect();
        }
        Besoin::Document { autre, qualite, .. } => {
            contenu.autre_document.clone_from(autre);
            contenu.qualite = qualite.map(|q| q.code().to_owned());
        }
    }
    contenu
}

fn receipt_of(vue: &Recapitulatif) -> Accuse {
    let (caisse, service) = (&vue.ouverte.caisse, &vue.service);
    Accuse {
        caisse: caisse.fiche.nom.clone(),
        service: service.nom.clone(),
        telephone: service.telephone.clone().or_else(|| caisse.telephone.clone()),
        courriel: service.courriel.clone().or_else(|| caisse.courriel.clone()),
        adresse: service.adresse.clone().or_else(|| caisse.adresse.clone()),
        delai_jours: service.delai_jours,
        echeance: vue.echeance,
        voie: vue.voie.map(|v| v.code().to_owned()),
        silence: None,
    }
}

/// The receipt page.
#[derive(Clone, Debug)]
pub struct Recu {
    /// The demande it is for.
    pub demande: Demande,
    /// The receipt as issued.
    pub accuse: Accuse,
    /// Zone of the caisse, for dates.
    pub zone: domain::calendrier::Zone,
}

/// The receipt of a demande of the structure, as issued (DE-5).
///
/// # Errors
/// [`AppError::Introuvable`] when unknown or out of scope.
pub async fn receipt(ctx: &Contexte, requete: &Requete, reference: &str) -> Outcome<Recu> {
    let (recu, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
        let (demande, zone) = super::show::in_scope(&tx, &acteur, reference).await?;
        let accuse = store::demande::accuse(&tx, &demande).await?;
        let entree = ctx.entree(requete, &acteur, "accuse.read", super::show::objet(&demande));
        (Recu { demande, accuse, zone }, entree)
    };
    ctx.record(entree).await?;
    Ok(recu)
}
