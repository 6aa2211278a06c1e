//! Lists of past demandes, the last filed first, in keyset pages: the structure's history with its filters (DE-6, DE-11),
//! and what a search by name finds, on either side.

use super::filtres::{self, Choix};
use super::search::Lieu;
use crate::compte::seen;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{ErreurChamp, Outcome};
use data_encoding::BASE64URL_NOPAD;
use domain::droits::{Acteur, Portee};
use domain::ids::{CaisseId, CompteId};
use store::Tx;
use store::brouillon::Saisie;
use store::caisse::Caisse;
use store::demande::{self, Curseur, Depart, Ligne, Tranche};

/// Rows on a page.
const LIGNES: u64 = 25;

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// Rows.
    pub lignes: Vec<Ligne>,
    /// Where the next page begins; none on the last.
    pub suite: Option<Curseur>,
}

impl Page {
    /// Makes a page of one row more than shown.
    pub(super) fn cut(mut lignes: Vec<Ligne>, nombre: u64) -> Self {
        let nombre = usize::try_from(nombre).unwrap_or(usize::MAX);
        let more = lignes.len() > nombre;
        lignes.truncate(nombre);
        let last = lignes.last().filter(|_| more);
        let suite = last.map(|l| Curseur { urgent: l.urgent, transmise_le: l.transmise_le, id: l.id });
        Self { lignes, suite }
    }
}

/// What the address of a list asks for.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// Filters as typed, by the names of [`super::FILTRES`].
    pub filtres: Saisie,
    /// A name on its way, as [`super::search`] sealed it.
    pub recherche: Option<String>,
    /// From where the page goes.
    pub depart: Depart,
}

/// What became of the name in an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cherche {
    /// None was searched.
    #[default]
    Rien,
    /// This one, for the page only.
    Nom(String),
    /// Too old, somebody else's, or no search of ours: it is to be typed again.
    Expiree,
}

/// A page of a list with what its filters offer.
#[derive(Clone, Debug, Default)]
pub struct Historique {
    /// Rows.
    pub lignes: Vec<Ligne>,
    /// Where the next page begins; none on the last.
    pub suite: Option<Curseur>,
    /// Where the page before ends; none on the first.
    pub precedente: Option<Curseur>,
    /// The name searched.
    pub cherche: Cherche,
    /// Caisses in reach.
    pub caisses: Vec<Caisse>,
    /// Techniciens who filed, by name; none at the desk.
    pub auteurs: Vec<(CompteId, String)>,
    /// Filters refused: no row is shown then.
    pub erreurs: Vec<ErreurChamp>,
    /// How many demandes of the structure have an answer to read; none counted at the desk.
    pub a_lire: i64,
}

/// A page of the structure's history, or of what a search found. At the desk there is no list without a search.
///
/// # Errors
/// [`crate::AppError::Interdit`] for other profils, or when the history is off at every caisse (CO-7).
pub async fn list(ctx: &Contexte, requete: &Requete, lieu: Lieu, question: &Question) -> Outcome<Historique> {
    let (historique, entree) = {
        let tx = ctx.store.begin_read().await?;
        let vu = seen(ctx, &tx, requete).await?;
        let qui = vu.acteur.compte;
        let acteur = Acteur::Compte(vu.acteur.clone());
        let portee = lieu.portee(&acteur)?;
        let mut historique = choices(ctx, &tx, &portee, vu.caisses_par_nom()).await?;
        historique.cherche = opened(ctx, &tx, qui, question).await?;
        if lieu == Lieu::Structure {
            historique.a_lire = demande::compter_a_lire(&tx, &portee).await?;
        }
        let choix = Choix { caisses: &historique.caisses, auteurs: &historique.auteurs };
        let mut codes = Vec::new();
        match filtres::read(&question.filtres, &choix) {
            Ok((criteres, read)) if lieu.shows(&historique.cherche) => {
                codes = read;
                let source = Source { tx: &tx, portee: &portee, criteres, cherche: &historique.cherche };
                (historique.lignes, historique.suite, historique.precedente) = source.page(question.depart).await?;
            }
            Ok(_) => {}
            Err(erreurs) => historique.erreurs = erreurs,
        }
        let mut entree = ctx.entree(requete, &acteur, action(&historique.cherche), lieu.objet(&portee));
        entree.details = details(&tx, &historique, codes).await?;
        (historique, entree)
    };
    ctx.record(entree).await?;
    Ok(historique)
}

/// What the filters offer in a scope.
async fn choices(ctx: &Contexte, tx: &Tx, portee: &Portee, mut caisses: Vec<Caisse>) -> Outcome<Historique> {
    let ids: Vec<CaisseId> = match portee {
        Portee::Partenaire { caisses, .. } => caisses.clone(),
        Portee::Services { caisse, .. } | Portee::Caisse(caisse) => vec![*caisse],
        Portee::Soi(_) | Portee::Tout => Vec::new(),
    };
    let comptes = demande::auteurs(tx, portee, ctx.now()).await?;
    let mut noms = store::compte::noms(tx, &comptes, ctx.now()).await?;
    let mut auteurs: Vec<_> = comptes.into_iter().filter_map(|id| Some((id, noms.remove(&id)?))).collect();
    auteurs.sort_by_cached_key(|(id, nom)| (domain::assure::cle_de_nom(nom), id.get()));
    caisses.retain(|c| ids.contains(&c.id));
    Ok(Historique { caisses, auteurs, ..Historique::default() })
}

/// The name of an address, if it is this compte's and still good.
async fn opened(ctx: &Contexte, tx: &Tx, qui: CompteId, question: &Question) -> Outcome<Cherche> {
    let Some(jeton) = &question.recherche else { return Ok(Cherche::Rien) };
    let Ok(scelle) = BASE64URL_NOPAD.decode(jeton.as_bytes()) else { return Ok(Cherche::Expiree) };
    let nom = demande::open_search(tx, qui, &scelle, ctx.now()).await?;
    Ok(nom.map_or(Cherche::Expiree, Cherche::Nom))
}

struct Source<'a> {
    tx: &'a Tx,
    portee: &'a Portee,
    criteres: demande::Criteres,
    cherche: &'a Cherche,
}

/// Rows, where the next page begins, where the page before ends.
type Feuille = (Vec<Ligne>, Option<Curseur>, Option<Curseur>);

impl Source<'_> {
    async fn page(&self, depart: Depart) -> Outcome<Feuille> {
        let (mut lignes, reste) = self.rows(depart).await?;
        let nombre = usize::try_from(LIGNES).unwrap_or(usize::MAX);
        let more = lignes.len() > nombre;
        match depart {
            Depart::Debut | Depart::Apres(_) => {
                lignes.truncate(nombre);
                let before = lignes.first().filter(|_| depart != Depart::Debut).map(Ligne::curseur);
                let suite = lignes.last().filter(|_| more).map(Ligne::curseur).or(reste);
                Ok((lignes, suite, before))
            }
            Depart::Avant(_) if more || (reste.is_some() && !lignes.is_empty()) => {
                let before = if more { lignes.get(1).map(Ligne::curseur) } else { reste };
                lignes.drain(..usize::from(more));
                let suite = lignes.last().map(Ligne::curseur);
                Ok((lignes, suite, before))
            }
            // Back at the beginning: the first page, whole.
            Depart::Avant(_) => Box::pin(self.page(Depart::Debut)).await,
        }
    }

    /// Rows of a page and one more; where to go on when a search stopped before it had them.
    async fn rows(&self, depart: Depart) -> Outcome<(Vec<Ligne>, Option<Curseur>)> {
        let tranche = Tranche { depart, nombre: LIGNES + 1 };
        let (tx, portee, criteres) = (self.tx, self.portee, &self.criteres);
        Ok(match self.cherche {
            Cherche::Nom(nom) => {
                let found = demande::search_nom(tx, portee, nom, criteres, tranche).await?;
                (found.lignes, found.reste)
            }
            Cherche::Rien | Cherche::Expiree => (demande::historique(tx, portee, criteres, tranche).await?, None),
        })
    }
}

const fn action(cherche: &Cherche) -> &'static str {
    match cherche {
        Cherche::Rien => "demande.list",
        Cherche::Nom(_) | Cherche::Expiree => "demande.search",
    }
}

/// Counts, codes of filters, and the name as a blind value (JO-1).
async fn details(tx: &Tx, historique: &Historique, codes: Vec<String>) -> Outcome<String> {
    let mut details = serde_json::Map::new();
    details.insert("lignes".to_owned(), historique.lignes.len().into());
    if !codes.is_empty() {
        details.insert("filtres".to_owned(), codes.into());
    }
    if let Cherche::Nom(nom) = &historique.cherche {
        details.insert("nom".to_owned(), demande::search_trace(tx, nom).await?.into());
    }
    Ok(serde_json::Value::Object(details).to_string())
}

impl Lieu {
    /// Whether rows are shown for what became of the name.
    const fn shows(self, cherche: &Cherche) -> bool {
        match cherche {
            Cherche::Nom(_) => true,
            Cherche::Rien => matches!(self, Self::Structure),
            Cherche::Expiree => false,
        }
    }

    /// What the journal says was looked at.
    pub(super) fn objet(self, portee: &Portee) -> Objet {
        let id = match self {
            Self::Structure => "structure",
            Self::Bureau => "bureau",
        };
        let (partenaire, caisse) = match portee {
            Portee::Partenaire { partenaire, .. } => (Some(*partenaire), None),
            Portee::Services { caisse, .. } | Portee::Caisse(caisse) => (None, Some(*caisse)),
            Portee::Soi(_) | Portee::Tout => (None, None),
        };
        Objet { nature: "liste", id: Some(id.to_owned()), caisse, partenaire }
    }
}
