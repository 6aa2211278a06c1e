//! A person or a whole demande taken again: the identity comes from the earlier demande, read here, and never from the
//! form (DE-2).

use super::depot::one;
use super::show::in_scope;
use crate::error::Outcome;
use domain::assure::DateNaissance;
use domain::caisse::{Departement, Rattachement, rattachement_parmi};
use domain::demande::Sorte;
use domain::droits::Acteur;
use store::Tx;
use store::brouillon::Saisie;
use store::demande::Demande;

/// The field that names the demande whose person is taken again.
pub(super) const ASSURE: &str = "assure";

/// What was typed, with the identity of the demande it names, when it names one.
///
/// # Errors
/// [`crate::AppError::Introuvable`] when that demande is unknown or out of the caller's scope.
pub(super) async fn with_person(tx: &Tx, acteur: &Acteur, mut saisie: Saisie) -> Outcome<Saisie> {
    let reference = one(&saisie, ASSURE).trim().to_owned();
    if reference.is_empty() {
        saisie.0.remove(ASSURE);
        return Ok(saisie);
    }
    let (demande, _) = in_scope(tx, acteur, &reference).await?;
    let chosen = saisie.0.remove("caisse").filter(|c| c.iter().any(|slug| !slug.is_empty()));
    copy_person(tx, &demande, &mut saisie).await?;
    if let Some(chosen) = chosen {
        saisie.0.insert("caisse".to_owned(), chosen);
    }
    Ok(saisie)
}

/// A form filled with everything of an earlier demande but how the person was informed and agreed: that is said anew
/// for each filing (DE-3).
pub(super) async fn filled_from(tx: &Tx, demande: &Demande) -> Outcome<Saisie> {
    let mut saisie = Saisie::default();
    copy_person(tx, demande, &mut saisie).await?;
    copy_need(demande, &mut saisie);
    Ok(saisie)
}

fn set(saisie: &mut Saisie, champ: &str, valeur: impl Into<String>) {
    let valeur = valeur.into();
    if valeur.is_empty() {
        saisie.0.remove(champ);
    } else {
        saisie.0.insert(champ.to_owned(), vec![valeur]);
    }
}

fn set_all(saisie: &mut Saisie, champ: &str, valeurs: &[String]) {
    if !valeurs.is_empty() {
        saisie.0.insert(champ.to_owned(), valeurs.to_vec());
    }
}

async fn copy_person(tx: &Tx, demande: &Demande, saisie: &mut Saisie) -> Outcome<()> {
    let c = &demande.contenu;
    set(saisie, "civilite", demande.civilite.as_str());
    set(saisie, "nom", c.nom.as_str());
    set(saisie, "prenom", c.prenom.as_str());
    let naissance = DateNaissance::depuis_canonique(&c.naissance).map(DateNaissance::parties);
    let (jour, mois, annee) = naissance.map_or((None, None, None), |(jour, mois, annee)| (jour, mois, Some(annee)));
    set(saisie, "naissance_jour", jour.map(|n| n.to_string()).unwrap_or_default());
    set(saisie, "naissance_mois", mois.map(|n| n.to_string()).unwrap_or_default());
    set(saisie, "naissance_annee", annee.map(|n| n.to_string()).unwrap_or_default());
    set(saisie, "departement", demande.departement.as_str());
    set(saisie, "caisse", caisse_by_hand(tx, demande).await?);
    Ok(())
}

/// The caisse of the demande when the département alone does not lead to it; empty otherwise.
async fn caisse_by_hand(tx: &Tx, demande: &Demande) -> Outcome<String> {
    let caisses = store::caisse::all(tx).await?;
    let Some(own) = caisses.iter().find(|c| c.id == demande.caisse).map(|c| c.fiche.slug.clone()) else {
        return Ok(String::new());
    };
    let fiches: Vec<_> = caisses.into_iter().map(|c| c.fiche).collect();
    let proposed = Departement::parse(&demande.departement)
        .ok()
        .is_some_and(|d| matches!(rattachement_parmi(&fiches, d), Rattachement::Une(caisse) if caisse.slug == own));
    Ok(if proposed { String::new() } else { own })
}

fn copy_need(demande: &Demande, saisie: &mut Saisie) {
    let c = &demande.contenu;
    let sous_types = match demande.sorte {
        Sorte::Contacter => "",
        Sorte::Etude => "etude",
        Sorte::Difficulte => "difficultes",
        Sorte::RendezVous => "motif",
        Sorte::Document => "documents",
    };
    set_all(saisie, sous_types, &demande.sous_types);
    for (champ, texte) in [
        ("objet", &c.objet),
        ("autre_etude", &c.autre_etude),
        ("autre_document", &c.autre_document),
        ("precisions", &c.precisions),
        ("telephone", &c.telephone),
    ] {
        set(saisie, champ, texte.as_str());
    }
    for (champ, code) in [("recours", &c.recours), ("mode", &c.mode), ("qualite", &c.qualite)] {
        set(saisie, champ, code.clone().unwrap_or_default());
    }
    set_all(saisie, "criteres", &c.criteres);
    set_all(saisie, "demi_journees", &c.demi_journees);
    set(saisie, "handicap", if c.handicap { "oui" } else { "" });
    set(saisie, "joindre", if c.telephone.is_empty() { "" } else { "telephone" });
    if demande.urgent {
        set(saisie, "urgent", "oui");
        set(saisie, "motif_urgence", c.motif_urgence.as_str());
    }
    if let Some(le) = c.echeance_urgence {
        set(saisie, "echeance_jour", le.format("%-d").to_string());
        set(saisie, "echeance_mois", le.format("%-m").to_string());
        set(saisie, "echeance_annee", le.format("%Y").to_string());
    }
}
