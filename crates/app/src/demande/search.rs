//! Asking for a demande by its number or by a name (DE-11). The name never stands in an address: it goes there sealed, for
//! the one who searches and for a short time.

use super::guard;
use crate::compte::seen;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use chrono::TimeDelta;
use data_encoding::BASE64URL_NOPAD;
use domain::assure::nom_cherche;
use domain::demande::reference::{Reference, ReferenceInvalide};
use domain::droits::{self, Acteur, Portee, Refus};

/// The field of the form.
const CHAMP: &str = "nom";
/// How long a sealed name is good.
pub const VALIDITE: TimeDelta = TimeDelta::minutes(15);
/// Longest text of the field: what is longer is neither name nor number.
const LONGUEUR_MAX: usize = 200;

const FORME: &str = "Un nom ne comporte pas de chiffres, et un numéro de demande s’écrit comme EP-7K3M-Q9TX-4RH.";
const CONTROLE: &str = "Ce numéro de demande comporte une erreur de saisie : vérifiez-le.";
const INCONNU: &str = "Aucune demande ne porte ce numéro.";

/// From where somebody looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lieu {
    /// A technicien, in the structure's history.
    Structure,
    /// The desk: an agent in his services, a superviseur in the caisse.
    Bureau,
}

impl Lieu {
    /// What is in reach there.
    pub(super) fn portee(self, acteur: &Acteur) -> Result<Portee, Refus> {
        match self {
            Self::Structure => droits::lire_historique(acteur),
            Self::Bureau => droits::lire_file(acteur),
        }
    }
}

/// Where what was typed leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouve {
    /// To the demande of this number.
    Demande(Reference),
    /// To the list for this sealed name.
    Nom(String),
}

/// Reads what was typed: a number that leads to its demande, or a name, sealed for the address of the list. The rows that
/// a name finds are read, and recorded, there.
///
/// # Errors
/// [`AppError::Saisie`] at `nom` (a number that is unknown or out of reach, a name that is too short), or
/// [`AppError::Interdit`] as for [`super::list`].
pub async fn search(ctx: &Contexte, requete: &Requete, lieu: Lieu, saisi: &str) -> Outcome<Trouve> {
    let tx = ctx.store.begin_read().await?;
    let compte = seen(ctx, &tx, requete).await?.acteur.clone();
    let qui = compte.compte;
    let acteur = Acteur::Compte(compte);
    let portee = lieu.portee(&acteur)?;
    let mut erreurs = Vec::new();
    let saisi = guard::text(CHAMP, saisi, LONGUEUR_MAX, &mut erreurs);
    if !erreurs.is_empty() {
        return Err(AppError::Saisie(erreurs));
    }
    let reference = match Reference::parse(&saisi) {
        Ok(reference) => reference,
        Err(invalide) if saisi.bytes().any(|b| b.is_ascii_digit()) => return Err(refused(number(invalide))),
        Err(_) => {
            let nom = nom_cherche(&saisi).map_err(|e| refused(&e.to_string()))?;
            let scelle = store::demande::seal_search(&tx, qui, &nom, ctx.now() + VALIDITE).await?;
            return Ok(Trouve::Nom(BASE64URL_NOPAD.encode(&scelle)));
        }
    };
    let reach = droits::lire_demandes(&acteur)?;
    let found = store::demande::load(&tx, &reach, &reference.to_string()).await?.is_some();
    drop(tx);
    let objet = Objet { id: Some(reference.to_string()), ..lieu.objet(&portee) };
    let mut entree = ctx.entree(requete, &acteur, "demande.search", objet);
    entree.details = format!("{{\"filtres\":[\"numero\"],\"lignes\":{}}}", u8::from(found));
    ctx.record(entree).await?;
    if found { Ok(Trouve::Demande(reference)) } else { Err(refused(INCONNU)) }
}

const fn number(invalide: ReferenceInvalide) -> &'static str {
    match invalide {
        ReferenceInvalide::Forme => FORME,
        ReferenceInvalide::Controle => CONTROLE,
    }
}

fn refused(message: &str) -> AppError {
    AppError::Saisie(vec![ErreurChamp::new(CHAMP, message)])
}
