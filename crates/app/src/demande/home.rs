//! The technicien's home: what may be filed, what is to be followed, drafts, the caisse's contact.

use super::form::partenaire_of;
use crate::compte::seen;
use crate::context::{Contexte, Objet, Requete};
use crate::error::Outcome;
use domain::demande::Sorte;
use domain::droits::{self, Acteur};
use store::brouillon::{self, Brouillon};
use store::caisse::Caisse;
use store::demande::{self, Ligne};

/// Rows of « À suivre ».
const A_SUIVRE: u64 = 10;

/// The home as the page shows it.
#[derive(Clone, Debug)]
pub struct Accueil {
    /// Name of the structure.
    pub structure: String,
    /// Kinds that are open at one caisse at least, in the order of the conventions.
    pub ouvertes: Vec<Sorte>,
    /// Whether the history is on.
    pub historique: bool,
    /// How many demandes have an answer to read.
    pub nombre_a_lire: i64,
    /// The first of them.
    pub a_lire: Vec<Ligne>,
    /// Demandes for which something is asked of the structure (DE-8).
    pub complements: Vec<Ligne>,
    /// Drafts.
    pub brouillons: Vec<Brouillon>,
    /// Caisses with their contacts.
    pub caisses: Vec<Caisse>,
}

/// The home of a technicien.
///
/// # Errors
/// [`crate::AppError::Interdit`] for other profils.
pub async fn home(ctx: &Contexte, requete: &Requete) -> Outcome<Accueil> {
    let (accueil, entree) = {
        let tx = ctx.store.begin_read().await?;
        let vu = seen(ctx, &tx, requete).await?;
        let compte = &vu.acteur;
        let acteur = Acteur::Compte(compte.clone());
        let portee = droits::suivre(&acteur)?;
        let partenaire = partenaire_of(compte)?;
        let ouvertes = Sorte::TOUTES.into_iter().filter(|s| compte.acces.iter().any(|a| a.sortes.contains(s)));
        let accueil = Accueil {
            structure: vu.organisation.clone(),
            ouvertes: ouvertes.collect(),
            historique: compte.acces.iter().any(|a| a.historique),
            nombre_a_lire: demande::compter_a_lire(&tx, &portee).await?,
            a_lire: demande::structure(&tx, &portee, true, None, A_SUIVRE).await?,
            complements: demande::structure_en_attente(&tx, &portee, A_SUIVRE).await?,
            brouillons: brouillon::list(&tx, compte.compte).await?,
            caisses: vu.caisses_par_nom(),
        };
        let objet =
            Objet { nature: "liste", id: Some("accueil".to_owned()), partenaire: Some(partenaire), caisse: None };
        let mut entree = ctx.entree(requete, &acteur, "demande.list", objet);
        entree.details =
            format!("{{\"lignes\":{}}}", accueil.a_lire.len() + accueil.complements.len() + accueil.brouillons.len());
        (accueil, entree)
    };
    ctx.record(entree).await?;
    Ok(accueil)
}
