//! The structures of a caisse, for its référents.

use crate::compte::seen;
use crate::context::{Contexte, Objet, Requete};
use crate::error::Outcome;
use domain::calendrier::jour_civil;
use domain::convention::Etat;
use domain::droits::{self, Acteur};
use domain::partenaire::compare;
use store::partenaire::{self, Apres};

/// Lines of a page.
const LIGNES: u64 = 25;

/// A structure in the list: one line a convention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ligne {
    /// Word of its address.
    pub slug: String,
    /// Short name.
    pub nom: String,
    /// Key of the convention.
    pub cle: String,
    /// State of the convention.
    pub etat: Etat,
    /// Whether its access is cut or frozen.
    pub arretee: bool,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct Page {
    /// Name of the caisse.
    pub caisse: String,
    /// In the order of their names.
    pub lignes: Vec<Ligne>,
    /// Where the next page begins.
    pub suite: Option<Apres>,
}

/// The structures with which the caisse of the référent has a convention; `recherche` is a part of a name.
///
/// # Errors
/// [`crate::AppError::Interdit`] unless référent.
pub async fn list(ctx: &Contexte, requete: &Requete, recherche: &str, apres: Option<&Apres>) -> Outcome<Page> {
    let (page, entree) = {
        let tx = ctx.store.begin_read().await?;
        let vu = seen(ctx, &tx, requete).await?;
        let acteur = Acteur::Compte(vu.acteur.clone());
        let caisse = droits::lire_partenaires(&acteur)?;
        let fiche = store::caisse::some(&tx, &[caisse]).await?.pop().ok_or(crate::AppError::Introuvable)?.fiche;
        let today = jour_civil(fiche.zone, ctx.now());
        let mut rows = partenaire::of_caisse(&tx, caisse, &compare(recherche), apres, LIGNES + 1).await?;
        let more = rows.len() > usize::try_from(LIGNES).unwrap_or(usize::MAX);
        rows.truncate(usize::try_from(LIGNES).unwrap_or(usize::MAX));
        let suite = rows.last().filter(|_| more).map(|(p, c)| (p.nom_court.clone(), c.dossier.cle.clone()));
        let line = |(p, c): (partenaire::Partenaire, store::convention::Enregistree)| Ligne {
            slug: p.slug,
            nom: p.nom_court,
            etat: c.dossier.etat(&c.actes, today),
            arretee: c.actes.coupee_le.is_some() || c.actes.gel.is_some(),
            cle: c.dossier.cle,
        };
        let page = Page { caisse: fiche.nom, lignes: rows.into_iter().map(line).collect(), suite };
        let objet = Objet { nature: "partenaire", caisse: Some(caisse), ..Objet::default() };
        let mut entree = ctx.entree(requete, &acteur, "partenaire.list", objet);
        entree.details = format!("{{\"lignes\":{}}}", page.lignes.len());
        (page, entree)
    };
    ctx.record(entree).await?;
    Ok(page)
}
