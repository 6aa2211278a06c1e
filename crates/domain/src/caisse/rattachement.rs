//! From the département of residence to the caisse: one is proposed, several are asked, nothing is guessed (DE-2).

use super::{Caisse, Departement, caisses_embarquees};

/// Which caisse treats somebody who lives in a département.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rattachement<'a> {
    /// One caisse: it is proposed.
    Une(&'a Caisse),
    /// Several share the département: the technicien says which.
    Plusieurs(Vec<&'a Caisse>),
    /// None of the network: the sentence says who is in charge there.
    HorsReseau {
        /// For the person who files, in French.
        explication: &'static str,
    },
}

/// The caisse of a département, from the embedded list.
#[must_use]
pub fn rattachement(departement: Departement) -> Rattachement<'static> {
    rattachement_parmi(caisses_embarquees(), departement)
}

/// The same among the caisses as they are now.
#[must_use]
pub fn rattachement_parmi(caisses: &[Caisse], departement: Departement) -> Rattachement<'_> {
    let mut trouvees: Vec<&Caisse> =
        caisses.iter().filter(|caisse| caisse.departements.contains(&departement)).collect();
    match (trouvees.len(), trouvees.pop()) {
        (1, Some(caisse)) => Rattachement::Une(caisse),
        (_, Some(derniere)) => {
            trouvees.push(derniere);
            Rattachement::Plusieurs(trouvees)
        }
        (_, None) => Rattachement::HorsReseau { explication: explication(departement) },
    }
}

fn explication(departement: Departement) -> &'static str {
    match departement.code() {
        "975" => {
            "Saint-Pierre-et-Miquelon a son propre régime : adressez-vous à la caisse de prévoyance sociale de \
             Saint-Pierre-et-Miquelon."
        }
        "986" => {
            "Wallis-et-Futuna ne relève pas des caisses d'assurance maladie : adressez-vous à l'agence de santé de \
             Wallis-et-Futuna."
        }
        "987" => {
            "La Polynésie française a son propre régime : adressez-vous à la caisse de prévoyance sociale de la \
             Polynésie française."
        }
        "988" => "La Nouvelle-Calédonie a son propre régime : adressez-vous à la CAFAT, à Nouméa.",
        _ => "Aucune caisse de ce département n'est connue du portail : adressez-vous directement à la caisse.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slugs(code: &str) -> Vec<String> {
        match rattachement(Departement::parse(code).unwrap()) {
            Rattachement::Une(caisse) => vec![caisse.slug.clone()],
            Rattachement::Plusieurs(caisses) => caisses.iter().map(|caisse| caisse.slug.clone()).collect(),
            Rattachement::HorsReseau { .. } => Vec::new(),
        }
    }

    #[test]
    fn most_departements_have_one_caisse() {
        for (code, slug) in [
            ("82", "tarn-et-garonne"),
            ("69", "rhone"),
            ("2A", "corse-du-sud"),
            ("2B", "haute-corse"),
            ("48", "lozere"),
            ("974", "reunion"),
            ("976", "mayotte"),
            ("75", "paris"),
        ] {
            assert_eq!(slugs(code), [slug]);
        }
        let une = Departement::tous().filter(|departement| matches!(rattachement(*departement), Rattachement::Une(_)));
        assert_eq!(une.count(), 107 - 4 - 4);
    }

    #[test]
    fn four_departements_ask_which_caisse() {
        assert_eq!(slugs("59"), ["flandres", "hainaut", "lille-douai", "roubaix-tourcoing"]);
        assert_eq!(slugs("62"), ["artois", "cote-d-opale"]);
        assert_eq!(slugs("64"), ["bayonne", "pau-pyrenees"]);
        assert_eq!(slugs("76"), ["le-havre", "rouen-elbeuf-dieppe"]);
    }

    #[test]
    fn the_two_northern_islands_belong_to_guadeloupe() {
        assert_eq!(slugs("977"), ["guadeloupe"]);
        assert_eq!(slugs("978"), ["guadeloupe"]);
    }

    #[test]
    fn who_lives_outside_the_network_is_told_whom_to_ask() {
        for (code, mot) in [("975", "prévoyance"), ("986", "agence de santé"), ("987", "Polynésie"), ("988", "CAFAT")]
        {
            match rattachement(Departement::parse(code).unwrap()) {
                Rattachement::HorsReseau { explication } => {
                    assert!(explication.contains(mot), "{explication}")
                }
                autre => panic!("{code} : {autre:?}"),
            }
        }
    }

    #[test]
    fn every_departement_has_an_answer() {
        for departement in Departement::tous() {
            let hors = matches!(rattachement(departement), Rattachement::HorsReseau { .. });
            assert_eq!(hors, ["975", "986", "987", "988"].contains(&departement.code()), "{departement}");
        }
    }

    #[test]
    fn a_merged_caisse_is_proposed_alone_and_a_missing_one_is_explained() {
        let nord = Departement::parse("59").unwrap();
        let mut fusion = caisses_embarquees().to_vec();
        fusion.retain(|caisse| caisse.slug == "hainaut");
        assert_eq!(rattachement_parmi(&fusion, nord), Rattachement::Une(&fusion[0]));
        assert!(matches!(rattachement_parmi(&[], nord), Rattachement::HorsReseau { .. }));
    }
}
