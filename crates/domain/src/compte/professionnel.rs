//! The professional address of a compte (HA-5): the domains of the structure; never free or disposable mail; never a
//! country outside Europe. What the rule does not know is confirmed by the caisse. For comptes, not for contacts.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Free and disposable mail: union of two public lists.
const GRATUITS: &str = include_str!("../data/domaines-gratuits.txt");
/// What they lack for France.
const FRANCAIS: &str = include_str!("../data/domaines-francais.txt");

static REFUSES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| GRATUITS.lines().chain(FRANCAIS.lines()).filter(|l| !l.starts_with('#')).collect());

/// Country codes of the European Union and Economic Area, of the Union itself, and of the French overseas: letters of
/// other alphabets too.
const EUROPE: [&str; 46] = [
    "at",
    "be",
    "bg",
    "hr",
    "cy",
    "cz",
    "dk",
    "ee",
    "fi",
    "fr",
    "de",
    "gr",
    "hu",
    "ie",
    "it",
    "lv",
    "lt",
    "lu",
    "mt",
    "nl",
    "pl",
    "pt",
    "ro",
    "sk",
    "si",
    "es",
    "se",
    "eu",
    "is",
    "li",
    "no",
    "gp",
    "mq",
    "gf",
    "re",
    "yt",
    "pm",
    "bl",
    "mf",
    "pf",
    "nc",
    "wf",
    "tf",
    "xn--qxam",
    "xn--90ae",
    "xn--e1a4c",
];

/// Why an address may not serve for a compte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefusCourriel {
    /// Free or disposable mail.
    #[error("cette messagerie est ouverte à tous : saisissez l’adresse professionnelle donnée par la structure")]
    Gratuit,
    /// The code of a country outside Europe.
    #[error("cette adresse est hors du territoire européen")]
    HorsEurope,
    /// No domain of the structure: the caisse confirms it or not.
    #[error(
        "ce domaine n’est pas déclaré pour la structure : demandez à la caisse de le confirmer, ou saisissez une autre adresse"
    )]
    NonDeclare,
}

/// The domain of an address, in lower case; empty without one.
#[must_use]
pub fn domaine(adresse: &str) -> String {
    adresse.trim().rsplit_once('@').map_or(String::new(), |(_, d)| d.to_ascii_lowercase())
}

/// The domain that somebody registered: `ville.fr` of `ccas.ville.fr`; the domain itself where there is none.
#[must_use]
pub fn enregistrable(domaine: &str) -> String {
    psl::domain_str(domaine).unwrap_or(domaine).to_owned()
}

/// Whether an address may serve for a compte of a structure with these declared domains. What the caisse allowed besides
/// (`admis`: whole addresses, or domains) passes whatever the rule says.
///
/// # Errors
/// [`RefusCourriel`].
pub fn verifie(adresse: &str, declares: &[String], admis: &[String]) -> Result<(), RefusCourriel> {
    let (adresse, domaine) = (adresse.trim().to_lowercase(), domaine(adresse));
    let egal = |a: &String| {
        let a = a.trim().to_lowercase();
        a == adresse || (!a.contains('@') && contient(&a, &domaine))
    };
    if admis.iter().any(egal) {
        return Ok(());
    }
    if est_gratuit(&domaine) {
        return Err(RefusCourriel::Gratuit);
    }
    if est_hors_europe(&domaine) {
        return Err(RefusCourriel::HorsEurope);
    }
    let declare = declares.iter().any(|d| contient(&d.trim().trim_start_matches('@').to_lowercase(), &domaine));
    if declare { Ok(()) } else { Err(RefusCourriel::NonDeclare) }
}

/// Whether a domain is another one or lies under it.
fn contient(grand: &str, domaine: &str) -> bool {
    !grand.is_empty() && (domaine == grand || domaine.strip_suffix(grand).is_some_and(|reste| reste.ends_with('.')))
}

/// Whether a domain, or one that it lies under, belongs to free or disposable mail.
#[must_use]
pub fn est_gratuit(domaine: &str) -> bool {
    let mut reste = domaine;
    loop {
        if REFUSES.contains(reste) {
            return true;
        }
        match reste.split_once('.') {
            Some((_, parent)) if parent.contains('.') => reste = parent,
            _ => return false,
        }
    }
}

fn est_hors_europe(domaine: &str) -> bool {
    let pays = domaine.rsplit('.').next().unwrap_or_default();
    // Two letters are always a country.
    pays.len() == 2 && !EUROPE.contains(&pays)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn declares() -> Vec<String> {
        vec!["ccas-grimaud.example".to_owned(), "grimaud.fr".to_owned()]
    }

    #[test]
    fn the_domains_of_the_structure_are_accepted_with_what_lies_under_them() {
        for bon in ["a.b@ccas-grimaud.example", "a@CCAS-Grimaud.Example ", "a@social.grimaud.fr", "a@grimaud.fr"] {
            assert_eq!(verifie(bon, &declares(), &[]), Ok(()), "{bon}");
        }
        assert_eq!(verifie("a@faux-grimaud.fr", &declares(), &[]), Err(RefusCourriel::NonDeclare));
        assert_eq!(verifie("a@grimaud.fr.example", &declares(), &[]), Err(RefusCourriel::NonDeclare));
    }

    #[test]
    fn free_and_disposable_mail_is_refused_even_where_somebody_declared_it() {
        for d in [
            "gmail.com",
            "hotmail.fr",
            "orange.fr",
            "laposte.net",
            "yopmail.com",
            "mailinator.com",
            "bbox.fr",
            "izi.re",
            "mailo.com",
            "tuta.com",
            "boite.yopmail.com",
            "pers.libertysurf.fr",
        ] {
            let adresse = format!("quelqu.un@{d}");
            assert_eq!(verifie(&adresse, &[], &[]), Err(RefusCourriel::Gratuit), "{d}");
            assert_eq!(verifie(&adresse, &[d.to_owned()], &[]), Err(RefusCourriel::Gratuit), "{d}");
        }
    }

    #[test]
    fn a_country_outside_europe_is_refused_even_where_declared_and_the_overseas_are_europe() {
        for d in ["mairie.us", "ccas.ch", "structure.co.uk", "ville.ca", "organisme.ma"] {
            assert_eq!(verifie(&format!("a@{d}"), &[d.to_owned()], &[]), Err(RefusCourriel::HorsEurope), "{d}");
        }
        for d in
            ["ccas-saint-denis.re", "mairie.yt", "ville.gp", "ville.mq", "ville.gf", "croix.eu", "stadt.de", "x.no"]
        {
            assert_eq!(verifie(&format!("a@{d}"), &[d.to_owned()], &[]), Ok(()), "{d}");
            assert_eq!(verifie(&format!("a@{d}"), &[], &[]), Err(RefusCourriel::NonDeclare), "{d}");
        }
    }

    #[test]
    fn a_generic_domain_is_confirmed_by_the_caisse() {
        assert_eq!(verifie("a@association.org", &[], &[]), Err(RefusCourriel::NonDeclare));
        assert_eq!(verifie("a@association.org", &[], &["association.org".to_owned()]), Ok(()));
    }

    #[test]
    fn what_the_caisse_allowed_passes_for_that_address_or_domain_alone() {
        let admis = ["vigie.unique@laposte.net".to_owned(), "mairie.ch".to_owned()];
        assert_eq!(verifie("Vigie.Unique@laposte.net", &[], &admis), Ok(()));
        assert_eq!(verifie("autre@laposte.net", &[], &admis), Err(RefusCourriel::Gratuit));
        assert_eq!(verifie("a@service.mairie.ch", &[], &admis), Ok(()));
        assert_eq!(verifie("a@fausse-mairie.ch", &[], &admis), Err(RefusCourriel::HorsEurope));
    }

    #[test]
    fn the_lists_are_whole_and_the_registered_domain_is_found() {
        assert!(REFUSES.len() > 15_300, "{}", REFUSES.len());
        assert!(REFUSES.iter().all(|d| d.contains('.') && *d == d.to_lowercase() && !d.contains(char::is_whitespace)));
        assert_eq!(enregistrable("social.ccas.ville.fr"), "ville.fr");
        assert_eq!(enregistrable("a.structure.co.uk"), "structure.co.uk");
        assert_eq!(domaine(" A.B@Ville.FR "), "ville.fr");
    }

    #[test]
    fn no_domain_of_a_french_administration_is_taken_for_free_mail() {
        for d in
            ["assurance-maladie.fr", "ville-metz.fr", "grimaud.fr", "rhone.fr", "gouv.fr", "paris.fr", "croix-rouge.fr"]
        {
            assert!(!est_gratuit(d), "{d}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_breaks_the_rule(adresse in "\\PC{0,80}", declare in "[a-z.@-]{0,30}") {
            let _ = verifie(&adresse, std::slice::from_ref(&declare), std::slice::from_ref(&declare));
        }
    }
}
