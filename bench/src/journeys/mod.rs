//! The journeys J1 to J8: what is prepared before the clock runs, and what is timed.

mod phase;
mod prepare;
mod session;

pub use phase::{Echantillon, Phase, Resultat, storm};
pub use prepare::{Pioche, works};
pub use session::{Equipe, Session};

use crate::Outcome;
use crate::load::{Formulaire, Reponse, Visiteur, multipart, pdf};
use http::StatusCode;
use rand::rngs::StdRng;
use std::time::{Duration, Instant};

/// Bytes of the file of J4.
const PIECE: usize = 300_000;

/// A journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parcours {
    /// J1: the queue of one service, open, 50 rows.
    File,
    /// J2: a demande with its thread.
    Fiche,
    /// J3: filing, up to the receipt.
    Depot,
    /// J4: the same with a file.
    DepotPiece,
    /// J5: answer and closing, up to the next page.
    Reponse,
    /// J6: search by a beginning of five letters.
    Recherche,
    /// J7: sign-in, the password's part.
    Connexion,
    /// J8: a technicien's home.
    Accueil,
}

impl Parcours {
    /// Every journey, those that only read first: what they are compared with does not change meanwhile.
    pub const TOUS: [Self; 8] = [
        Self::File,
        Self::Fiche,
        Self::Recherche,
        Self::Accueil,
        Self::Depot,
        Self::DepotPiece,
        Self::Reponse,
        Self::Connexion,
    ];

    /// Its words in the tables.
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::File => "J1 queue of a service",
            Self::Fiche => "J2 demande with its thread",
            Self::Depot => "J3 filing, 200 characters",
            Self::DepotPiece => "J4 filing with a 300 kB PDF",
            Self::Reponse => "J5 answer and closing",
            Self::Recherche => "J6 search by five letters",
            Self::Connexion => "J7 sign-in",
            Self::Accueil => "J8 technicien’s home",
        }
    }
}

/// One operation, ready to be done.
#[derive(Clone, Debug)]
pub enum Travail {
    /// A page.
    Page(String),
    /// A name searched at the desk.
    Chercher(String),
    /// A demande filed from a form that was fetched before.
    Deposer {
        /// What the form's page hid.
        formulaire: Formulaire,
        /// Its long text.
        texte: String,
        /// Whether a file goes with it.
        piece: bool,
    },
    /// A demande closed with an answer.
    Clore {
        /// Its number.
        reference: String,
        /// Version that is closed.
        version: i64,
        /// The answer.
        texte: String,
    },
    /// A password typed.
    Entrer(String),
}

/// Does it; gives what its user waited and the page seen at the end.
///
/// # Errors
/// What failed, in words: another status than wanted, or a broken connection.
pub async fn perform(
    visiteur: &mut Visiteur,
    travail: &Travail,
    (jeton, hasard): (&Formulaire, &mut StdRng),
) -> Outcome<(Duration, Reponse)> {
    match travail {
        Travail::Page(path) => {
            let begun = Instant::now();
            let answer = visiteur.get(path).await?;
            seen(begun, answer, path)
        }
        Travail::Chercher(nom) => {
            let form = jeton.encode(&[("nom", nom)]);
            let begun = Instant::now();
            let answer = visiteur.submit("/file/recherche", form).await?;
            seen(begun, answer, "/file/recherche?recherche=")
        }
        Travail::Deposer { formulaire, texte, piece } => file(visiteur, formulaire, (texte, *piece), hasard).await,
        Travail::Clore { reference, version, texte } => {
            let version = version.to_string();
            let fields = [("version", version.as_str()), ("issue", "satisfaite"), ("reponse_finale", texte)];
            let form = jeton.encode(&fields);
            let begun = Instant::now();
            let answer = visiteur.submit(&format!("/demandes/{reference}/cloturer"), form).await?;
            seen(begun, answer, "/file?")
        }
        Travail::Entrer(identifiant) => enter(visiteur, jeton, identifiant).await,
    }
}

/// What was waited for a page that is the one wanted.
fn seen(begun: Instant, answer: Reponse, wanted: &str) -> Outcome<(Duration, Reponse)> {
    let waited = begun.elapsed();
    if answer.status != StatusCode::OK || !answer.path.starts_with(wanted) {
        return Err(format!("{} {} instead of {wanted}", answer.status, answer.path).into());
    }
    Ok((waited, answer))
}

const FORMULAIRE: &str = "/demandes/nouvelle/document";

async fn file(
    visiteur: &mut Visiteur,
    formulaire: &Formulaire,
    (texte, piece): (&str, bool),
    hasard: &mut StdRng,
) -> Outcome<(Duration, Reponse)> {
    let fields = [
        ("_jeton", formulaire.jeton.as_str()),
        ("brouillon", &formulaire.brouillon),
        ("version", &formulaire.version),
        ("civilite", "madame"),
        ("nom", "Mesurelle"),
        ("prenom", "Hortensiane"),
        ("naissance_jour", "9"),
        ("naissance_mois", "11"),
        ("naissance_annee", "1972"),
        ("departement", "54"),
        ("documents", "attestation_droits"),
        ("information", "entretien"),
        ("precisions", texte),
    ];
    let (kind, body) = if piece {
        multipart(&fields, ("pieces", &pdf(hasard, PIECE)))
    } else {
        let (kind, body) = formulaire.encode(fields.get(1..).unwrap_or_default());
        (kind.to_owned(), body)
    };
    let begun = Instant::now();
    let check = visiteur.submit(FORMULAIRE, (&kind, body)).await?;
    let (_, check) = seen(begun, check, "/brouillons/")?;
    let receipt = visiteur.submit(&format!("{}/envoyer", check.path), formulaire.encode(&[])).await?;
    seen(begun, receipt, "/demandes/EP-")
}

async fn enter(visiteur: &mut Visiteur, jeton: &Formulaire, identifiant: &str) -> Outcome<(Duration, Reponse)> {
    let fields = [("identifiant", identifiant), ("mot_de_passe", crate::fill::MOT_DE_PASSE), ("retour", "/")];
    let form = jeton.encode(&fields);
    let begun = Instant::now();
    let answer = visiteur.post("/connexion", form).await?;
    let waited = begun.elapsed();
    // The next one comes without this session.
    visiteur.forget("__Host-session");
    if answer.location().is_some_and(|to| to.starts_with("/connexion/code")) {
        return Ok((waited, answer));
    }
    Err(format!("{} for {identifiant}", answer.status).into())
}
