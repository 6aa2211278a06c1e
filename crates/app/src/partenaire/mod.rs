//! Structures and what a caisse shares with them: sheets (PA-1, PA-4), cuts (PA-3), members of a union (CO-8), files and
//! printed document of a convention (CO-1, CO-9), threads between référents and news (PA-5).
//!
//! On the desk all of it is the référent's; on the partner side the gestionnaires'. Nothing here reads a demande.

mod create;
mod cut;
mod document;
mod edit;
mod files;
mod list;
mod news;
mod sheet;
mod siret;
mod stopped;
mod thread;
mod union;

pub use create::{Creation, create};
pub use cut::{Apercu, CoupureSaisie, Reprise, cut, lift, note_receipt, preview, reopen};
pub(crate) use cut::{dire_gel, gel_en_cours};
pub use document::{document, document_pdf};
pub use edit::{Cible, edit_dpo, edit_faits, edit_personne};
pub use files::{Depose, attach, download, files};
pub use list::{Ligne as LignePartenaire, Page, list};
pub use news::{ActualiteSaisie, Nouvelles, archive, mark_read, publish, unread, withdraw};
pub use news::{TEXTE_MAX as ACTUALITE_MAX, TITRE_MAX};
pub use sheet::{Coupe, Feuille, Vie, mine, of_partenaire, sheet};
pub(crate) use siret::note_siret;
pub(crate) use stopped::stopped;
pub use stopped::{Arret, Contact};
pub use store::actualite::Actualite;
pub use store::actualite::Avant as AvantActualite;
pub use store::coupure::Coupure;
pub use store::echange::{Avant as AvantEchange, Cote};
pub use store::fiche::Changee;
pub use store::partenaire::Apres;
pub use store::piece_convention::PieceConvention;
pub use thread::{Fil, Ligne, TEXTE_MAX as ECHANGE_MAX, thread, write};
pub use union::{Adhesions, Membre, SortieSaisie, keep, leave, members};

use crate::context::{Contexte, Objet, Requete};
use crate::demande::garde_texte;
use crate::error::{AppError, Outcome};
use domain::convention::{Etat, RefusFiche, Source};
use domain::droits::{self, Acteur, Entre, Portee};
use store::Tx;
use store::convention::Enregistree;

use crate::error::ErreurChamp;

/// The convention of a key, for a référent of its caisse or a gestionnaire of its structure whose access there is open.
async fn in_scope(tx: &Tx, acteur: &Acteur, cle: &str) -> Outcome<Enregistree> {
    let portee = droits::lire_partages(acteur)?;
    let found = store::convention::in_scope(tx, &portee, cle).await?.ok_or(AppError::Introuvable)?;
    match &portee {
        Portee::Partenaire { caisses, .. } if !caisses.contains(&found.caisse) => Err(AppError::Introuvable),
        _ => Ok(found),
    }
}

/// As [`in_scope`], for the référent alone: on the other side the convention is known, the act is not theirs.
async fn at_the_desk(tx: &Tx, acteur: &Acteur, cle: &str) -> Outcome<Enregistree> {
    let found = in_scope(tx, acteur, cle).await?;
    droits::lire_partenaires(acteur)?;
    Ok(found)
}

const fn entre(c: &Enregistree) -> Entre {
    Entre { caisse: c.caisse, partenaire: c.partenaire }
}

/// Whether a convention was activated and has not ended: only then what its caisse decides on the structure counts at the
/// other caisses.
fn is_live(c: &Enregistree, jour: chrono::NaiveDate) -> bool {
    c.actes.activee_le.is_some() && c.dossier.etat(&c.actes, jour) != Etat::Terminee
}

/// What a journal row of a convention is about.
fn objet(c: &Enregistree) -> Objet {
    Objet {
        nature: "convention",
        id: Some(c.dossier.cle.clone()),
        caisse: Some(c.caisse),
        partenaire: Some(c.partenaire),
    }
}

/// The civil day at the caisse of a convention.
async fn today(ctx: &Contexte, tx: &Tx, c: &Enregistree) -> Outcome<chrono::NaiveDate> {
    let caisse = store::caisse::some(tx, &[c.caisse]).await?.pop().ok_or(AppError::Introuvable)?;
    Ok(domain::calendrier::jour_civil(caisse.fiche.zone, ctx.now()))
}

/// What a value of the sheet says of where it comes from.
fn source(jour: chrono::NaiveDate) -> Source {
    Source::Fiche(format!("tenue à jour sur le portail, {}", domain::calendrier::date_en_francais(jour)))
}

/// The refusals of a sheet as errors at their fields.
fn refused(refus: Vec<RefusFiche>) -> AppError {
    AppError::Saisie(refus.into_iter().map(|r| ErreurChamp::new(r.champ, r.message)).collect())
}

/// A text of the form without any NIR, of a reasonable length; the refusal stands at its field.
fn text(champ: &str, typed: &str, (max, missing): (usize, &str), erreurs: &mut Vec<ErreurChamp>) -> String {
    let texte = garde_texte(champ, typed, max, erreurs);
    if texte.is_empty() {
        erreurs.push(ErreurChamp::new(champ, missing));
    }
    texte
}

/// The desk's journal row of an act that somebody else's task finishes.
fn entree(
    ctx: &Contexte,
    requete: &Requete,
    acteur: &Acteur,
    (action, c): (&'static str, &Enregistree),
) -> store::journal::Entree {
    ctx.entree(requete, acteur, action, objet(c))
}
