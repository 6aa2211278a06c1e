//! Words that announce a social security number, or another number, around thirteen digits.

use super::jetons::Jeton;

/// How many words may stand between the announcing word and the number.
const PORTEE: usize = 7;

/// Words that announce a NIR by themselves.
const ANNONCES: [&str; 15] = [
    "nir",
    "nia",
    "nss",
    "ss",
    "secu",
    "securite",
    "immatriculation",
    "immat",
    "immatricule",
    "immatriculee",
    "matricule",
    "vitale",
    "assure",
    "assuree",
    "insee",
];

/// Words that say that the number is another one; the closest announcing word decides.
const AUTRES: [&str; 36] = [
    "siret",
    "siren",
    "iban",
    "rib",
    "bic",
    "dossier",
    "reference",
    "ref",
    "facture",
    "commande",
    "telephone",
    "tel",
    "portable",
    "mobile",
    "fax",
    "bancaire",
    "finess",
    "rpps",
    "adeli",
    "contrat",
    "mandat",
    "colis",
    "suivi",
    "ticket",
    "rna",
    "caf",
    "allocataire",
    "bordereau",
    "titre",
    "recepisse",
    "demande",
    "courrier",
    "recommande",
    "avis",
    "fiscal",
    "passeport",
];

/// What a word before a number says of it.
enum Sens {
    Nir,
    Autre,
    Neutre,
}

/// Whether the words before the token at `debut`, or those just after `fin`, say that the number is a NIR.
pub(super) fn est_annonce(jetons: &[Jeton<'_>], debut: usize, fin: usize) -> bool {
    avant(jetons, debut) || apres(jetons, fin)
}

fn avant(jetons: &[Jeton<'_>], debut: usize) -> bool {
    let mut suite = String::new();
    let mut assurance = false;
    let mut suivant = jetons.get(debut);
    for jeton in jetons.get(..debut).unwrap_or_default().iter().rev().take(PORTEE) {
        if suivant.is_some_and(|suivant| finit_la_phrase(suivant, jeton)) || jeton.est_nombre() {
            return false;
        }
        let mot = jeton.plie();
        // Letters set apart by dots: N.I.R., S.S.
        if mot.len() == 1 {
            suite.insert_str(0, &mot);
            if matches!(suite.as_str(), "nir" | "nia" | "nss" | "ss") {
                return true;
            }
        } else {
            suite.clear();
        }
        match sens(&mot) {
            // « numéro d'assurance maladie » announces, the name of the organisation alone does not.
            Sens::Neutre if assurance && est_numero(&mot) => return true,
            Sens::Nir => return true,
            Sens::Autre => return false,
            Sens::Neutre => {
                assurance |= mot == "assurance";
                suivant = Some(jeton);
            }
        }
    }
    false
}

/// « 1850… (NIR) », « 1850… est son numéro de sécu »: after the number, only these plain ways count.
fn apres(jetons: &[Jeton<'_>], fin: usize) -> bool {
    let mut numero = false;
    for jeton in jetons.get(fin..).unwrap_or_default().iter().take(PORTEE) {
        if jeton.est_nombre() || jeton.avant.contains(['.', '!', '?', ';', '\n']) {
            return false;
        }
        match jeton.plie().as_str() {
            "nir" | "nia" | "nss" => return true,
            mot if est_numero(mot) => numero = true,
            "secu" | "securite" | "ss" | "immatriculation" => return numero,
            _ => {}
        }
    }
    false
}

fn est_numero(mot: &str) -> bool {
    matches!(mot, "numero" | "no" | "n" | "num")
}

fn sens(mot: &str) -> Sens {
    if ANNONCES.contains(&mot) {
        Sens::Nir
    } else if AUTRES.contains(&mot) {
        Sens::Autre
    } else {
        Sens::Neutre
    }
}

/// A full stop followed by a word that opens a sentence; « n. » and « sécu. » before a number end nothing.
fn finit_la_phrase(suivant: &Jeton<'_>, jeton: &Jeton<'_>) -> bool {
    let ponctue = suivant.avant.contains(['!', '?'])
        || (suivant.avant.contains('.') && suivant.avant.contains(char::is_whitespace));
    ponctue && jeton.texte.len() > 1 && suivant.texte.starts_with(char::is_uppercase)
}

/// The rank of the two digits of a key that the words after a number announce (« clé 36 », « avec la clef n° 36 »).
pub(super) fn cle_annoncee(jetons: &[Jeton<'_>], fin: usize) -> Option<usize> {
    let mut vue = false;
    for (rang, jeton) in jetons.iter().enumerate().skip(fin).take(PORTEE) {
        if jeton.est_nombre() {
            return (vue && jeton.signes.len() == 2).then_some(rang);
        }
        if jeton.avant.contains(['.', '!', '?']) && jeton.texte.starts_with(char::is_uppercase) {
            return None;
        }
        vue |= matches!(jeton.plie().as_str(), "cle" | "clef" | "cles");
    }
    None
}
