//! Files of a convention: the signed paper, the deliberation, proofs (CO-1). The référent attaches them, both sides read
//! them; each passes the same inspection, seal and analysis as a file of a demande (PJ-1).

use super::{at_the_desk, entre, in_scope};
use crate::compte::{load_acteur, seen};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::piece_jointe::{FichierRecu, Telechargement, fetch, prepare_all};
use domain::droits::{self, Acteur};
use domain::ids::PieceJointeId;
use domain::piece_jointe::SortePiece;
use std::collections::HashMap;
use store::piece_convention::{self, PieceConvention};

/// The files of a convention.
#[derive(Clone, Debug)]
pub struct Depose {
    /// Key of the convention.
    pub cle: String,
    /// Short names: caisse, structure.
    pub entre: (String, String),
    /// The newest first.
    pub pieces: Vec<PieceConvention>,
    /// Names of those who sent them.
    pub noms: HashMap<domain::ids::CompteId, String>,
    /// Whether the reader may attach some.
    pub au_bureau: bool,
    /// Zone of the caisse.
    pub zone: domain::calendrier::Zone,
}

/// The files of a convention.
///
/// # Errors
/// [`AppError::Introuvable`], [`AppError::Interdit`].
pub async fn files(ctx: &Contexte, requete: &Requete, cle: &str) -> Outcome<Depose> {
    let (depose, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
        let c = in_scope(&tx, &acteur, cle).await?;
        let pieces = piece_convention::of_convention(&tx, (c.caisse, c.id)).await?;
        let auteurs: Vec<_> = pieces.iter().map(|p| p.auteur).collect();
        let caisse = store::caisse::some(&tx, &[c.caisse]).await?.pop().ok_or(AppError::Introuvable)?;
        let s = &c.dossier.stipulations;
        let depose = Depose {
            cle: c.dossier.cle.clone(),
            entre: (s.caisse.nom_affiche().to_owned(), s.partenaire.nom_affiche().to_owned()),
            noms: store::compte::noms(&tx, &auteurs, ctx.now()).await?,
            pieces,
            au_bureau: droits::verser(&acteur, entre(&c)).is_ok(),
            zone: caisse.fiche.zone,
        };
        (depose, super::entree(ctx, requete, &acteur, ("piece_convention.list", &c)))
    };
    ctx.record(entree).await?;
    Ok(depose)
}

/// Attaches files to a convention, all of them or none.
///
/// # Errors
/// [`AppError::Saisie`] at `pieces` or `sorte`; [`AppError::Occupe`] when files cannot be kept now.
pub async fn attach(
    ctx: &Contexte,
    requete: &Requete,
    cle: &str,
    (sorte, recus): (&str, Vec<FichierRecu>),
) -> Outcome<()> {
    {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
        let c = at_the_desk(&tx, &acteur, cle).await?;
        droits::verser(&acteur, entre(&c))?;
    }
    let lue = SortePiece::from_code(sorte);
    let mut erreurs = Vec::new();
    if lue.is_none() {
        erreurs.push(ErreurChamp::new("sorte", "Dites ce qu’est cette pièce."));
    }
    if recus.is_empty() {
        erreurs.push(ErreurChamp::new("pieces", "Choisissez au moins un fichier."));
    }
    let Some(sorte) = lue.filter(|_| erreurs.is_empty()) else { return Err(AppError::Saisie(erreurs)) };
    let preparees = prepare_all(ctx, recus).await?;
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let c = at_the_desk(&tx, &acteur, cle).await?;
    let permis = droits::verser(&acteur, entre(&c))?;
    let auteur = acteur.compte().ok_or(AppError::SessionFermee)?;
    let mut added = 0;
    for nouvelle in preparees.nouvelles() {
        let place = (c.caisse, c.id, sorte);
        piece_convention::insert(&tx, &permis, place, (&nouvelle, auteur), ctx.now()).await?;
        added += 1;
    }
    let mut entree = super::entree(ctx, requete, &acteur, ("piece_convention.attach", &c));
    entree.details = format!("{{\"sorte\":\"{}\",\"pieces\":{added}}}", sorte.code());
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(())
}

/// The bytes of a file of a convention: one that the analysis found clean, for either side. Every reading is journalled.
///
/// # Errors
/// [`AppError::Introuvable`]; [`AppError::PieceFermee`] when it is not « saine »; [`AppError::Occupe`].
pub async fn download(ctx: &Contexte, requete: &Requete, cle: &str, id: PieceJointeId) -> Outcome<Telechargement> {
    let (piece, key, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
        let c = in_scope(&tx, &acteur, cle).await?;
        let found = piece_convention::one(&tx, (c.caisse, c.id), id).await?;
        let (piece, key) = found.ok_or(AppError::Introuvable)?;
        let mut entree = super::entree(ctx, requete, &acteur, ("piece_convention.read", &c));
        entree.details = format!("{{\"piece\":\"{id}\"}}");
        (piece, key, entree)
    };
    let key = key.filter(|_| piece.etat.est_servie()).ok_or(AppError::PieceFermee(piece.etat))?;
    let octets = fetch(ctx, id, key).await?;
    ctx.record(entree).await?;
    Ok(Telechargement { nom: piece.nom, type_fichier: piece.type_fichier, octets })
}
