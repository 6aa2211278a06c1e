//! Reading who is to be accredited: six fields, all asked for (HA-3).

use super::cadre::Cadre;
use crate::compte::{admise, nom};
use crate::context::Contexte;
use crate::error::{AppError, ErreurChamp, Outcome};
use domain::assure::Civilite;
use domain::compte::{Profil, est_courriel};
use domain::ids::CompteId;
use store::Tx;
use store::demarche::Personne;

/// Greatest length of a line of text.
const LIGNE: usize = 120;

/// The fields as they are kept, or everything that is wrong with them. `prefixe` stands before the names of the fields.
pub(super) fn personne(p: &Personne, prefixe: &str) -> Result<Personne, Vec<ErreurChamp>> {
    let mut erreurs = Vec::new();
    if Civilite::parse(p.civilite.trim()).is_none() {
        erreurs.push(ErreurChamp::new(format!("{prefixe}civilite"), "Choisissez madame ou monsieur."));
    }
    let mut name = |champ: &str, texte: &str| nom(&mut erreurs, &format!("{prefixe}{champ}"), texte);
    let (nom, prenom) = (name("nom", &p.nom), name("prenom", &p.prenom));
    let lue = Personne {
        civilite: p.civilite.trim().to_owned(),
        nom,
        prenom,
        fonction: ligne(&mut erreurs, prefixe, "fonction", (&p.fonction, "Saisissez la fonction dans la structure.")),
        telephone: telephone(&mut erreurs, prefixe, &p.telephone),
        courriel: courriel(&mut erreurs, prefixe, &p.courriel),
    };
    if erreurs.is_empty() { Ok(lue) } else { Err(erreurs) }
}

/// One line that must be filled.
pub(super) fn ligne(
    erreurs: &mut Vec<ErreurChamp>,
    prefixe: &str,
    champ: &str,
    (texte, manque): (&str, &str),
) -> String {
    let texte = texte.split_whitespace().collect::<Vec<_>>().join(" ");
    if texte.is_empty() {
        erreurs.push(ErreurChamp::new(format!("{prefixe}{champ}"), manque));
    } else if texte.chars().count() > LIGNE {
        let message = format!("Ce texte est trop long : {LIGNE} caractères au plus.");
        erreurs.push(ErreurChamp::new(format!("{prefixe}{champ}"), message));
    }
    texte
}

/// A telephone number: digits with the usual signs around them.
pub(super) fn telephone(erreurs: &mut Vec<ErreurChamp>, prefixe: &str, texte: &str) -> String {
    let texte = texte.split_whitespace().collect::<Vec<_>>().join(" ");
    let chiffres = texte.chars().filter(char::is_ascii_digit).count();
    let signes = texte.chars().all(|c| c.is_ascii_digit() || " +.()-".contains(c));
    if !(signes && (4..=15).contains(&chiffres)) {
        let message = "Saisissez un numéro de téléphone, par exemple 01 99 00 12 34.";
        erreurs.push(ErreurChamp::new(format!("{prefixe}telephone"), message));
    }
    texte
}

/// An e-mail address by its shape.
pub(super) fn courriel(erreurs: &mut Vec<ErreurChamp>, prefixe: &str, texte: &str) -> String {
    let texte = texte.trim().to_owned();
    if !est_courriel(&texte) {
        let message = "Saisissez une adresse électronique complète, par exemple prenom.nom@structure.fr.";
        erreurs.push(ErreurChamp::new(format!("{prefixe}courriel"), message));
    }
    texte
}

/// Whether an address may serve a gestionnaire: it does not serve another one than the compte named yet (HA-1).
///
/// # Errors
/// [`AppError::Saisie`] at that field.
async fn adresse_libre(
    ctx: &Contexte,
    tx: &Tx,
    (champ, courriel): (&str, &str),
    sauf: Option<CompteId>,
) -> Outcome<()> {
    let found = store::compte::by_courriel(tx, courriel, ctx.now()).await?;
    let prise = found.iter().any(|c| c.profil == Profil::Gestionnaire && Some(c.id) != sauf);
    if prise {
        let message = "Cette adresse sert déjà à un autre compte de gestionnaire.";
        return Err(AppError::Saisie(vec![ErreurChamp::new(champ, message)]));
    }
    Ok(())
}

/// As [`adresse_libre`], with the rules that comptes of the structure follow (HA-5).
///
/// # Errors
/// [`AppError::Saisie`] at that field.
pub(super) async fn adresse_admise(
    ctx: &Contexte,
    tx: &Tx,
    (champ, courriel): (&str, &str),
    cadre: &Cadre,
) -> Outcome<()> {
    adresse_admise_pour(ctx, tx, (champ, courriel), (cadre, None)).await
}

/// As [`adresse_admise`], for a compte that is there: its own address, written otherwise, is no other one's.
///
/// # Errors
/// As for [`adresse_admise`].
pub(super) async fn adresse_admise_pour(
    ctx: &Contexte,
    tx: &Tx,
    (champ, courriel): (&str, &str),
    (cadre, sauf): (&Cadre, Option<CompteId>),
) -> Outcome<()> {
    let dossiers = store::convention::of_partenaire(tx, cadre.partenaire()).await?;
    match admise(tx, (cadre.partenaire(), &dossiers), courriel).await {
        Err(AppError::Saisie(erreurs)) => {
            Err(AppError::Saisie(erreurs.into_iter().map(|e| ErreurChamp::new(champ, e.message)).collect()))
        }
        autre => {
            autre?;
            adresse_libre(ctx, tx, (champ, courriel), sauf).await
        }
    }
}
