//! The printed conventions (CO-9): only what a dossier states, nothing of another one, no blank.

use app::convention::{assemble, lis};
use app::imprime::{Bloc, Imprime, convention};
use domain::convention::{Dossier, Source};
use serde_json::Value;

/// What the eight say: five as their papers stand, then all with their complements.
fn dossiers() -> Vec<Dossier> {
    let mut files = testkit::demo::conventions().to_vec();
    let papers = assemble(&lis(&files).unwrap(), &[]).unwrap();
    files.push(testkit::demo::complements());
    files.extend(testkit::demo::fictives());
    let complete = assemble(&lis(&files).unwrap(), &[]).unwrap();
    papers.into_iter().chain(complete).collect()
}

fn papers() -> Vec<Dossier> {
    dossiers().into_iter().take(5).collect()
}

/// Everything that stands on it, a line for each text.
fn lines(imprime: &Imprime) -> Vec<String> {
    let mut lines = vec![imprime.titre.clone(), imprime.emetteur.clone()];
    for bloc in &imprime.blocs {
        match bloc {
            Bloc::Intertitre(t) | Bloc::Paragraphe(t) => lines.push(t.clone()),
            Bloc::Liste(l) | Bloc::Etapes(l) => lines.extend(l.iter().cloned()),
            Bloc::Mentions(m) => lines.extend(m.iter().flat_map(|(nom, valeur)| [nom.clone(), valeur.clone()])),
            Bloc::Tableau(t) => lines.extend(t.lignes.iter().flatten().cloned()),
        }
    }
    lines
}

fn text(dossier: &Dossier) -> String {
    lines(&convention(dossier)).join("\n")
}

#[test]
fn no_document_has_a_blank_a_dot_to_fill_or_an_empty_bracket() {
    for dossier in dossiers().iter().chain([&Dossier::default()]) {
        for line in lines(&convention(dossier)) {
            assert!(!line.trim().is_empty(), "{} : an empty text", dossier.cle);
            for blank in
                ["…", "..", "__", "XX", "xxx", "[", "]", "()", "( ", " )", "« »", "« »", "«»", "compléter", "\'"]
            {
                assert!(!line.contains(blank), "{} : {blank:?} in {line:?}", dossier.cle);
            }
            for odd in ["  ", " ,", " .", ",,", ", .", ": .", "; ;", ": ;", ".;"] {
                assert!(!line.contains(odd), "{} : {odd:?} in {line:?}", dossier.cle);
            }
            assert!(!line.ends_with([' ', ',', ';']) && !line.starts_with([',', ';', '.']), "{line:?}");
        }
    }
}

/// Names of people's places that stand in one paper and must not appear in another's document.
const PLACES: [&str; 22] = [
    "Tarn-et-Garonne",
    "Montauban",
    "Var",
    "Toulon",
    "Grimaud",
    "Marseille",
    "Sud-Est",
    "Moselle",
    "Metz",
    "Alsace",
    "Hauts-de-Seine",
    "Nanterre",
    "Malakoff",
    "Rhône",
    "Lyon",
    "Villeurbanne",
    "Pierre-Bénite",
    "UDCCAS",
    "Meurthe",
    "Isère",
    "Grenoble",
    "Saint-Exemplaire",
];

#[test]
fn no_document_names_another_commune_or_another_partner() {
    let all = dossiers();
    for dossier in &all {
        let own = serde_json::to_string(dossier).unwrap();
        let shown = text(dossier);
        let names =
            all.iter().flat_map(|d| [&d.stipulations.partenaire, &d.stipulations.caisse, &d.stipulations.union]);
        let names = names.filter_map(|p| p.nom_complet()).filter(|nom| !nom.is_empty());
        let foreign = PLACES.into_iter().chain(names).filter(|name| !own.contains(name));
        let words: Vec<&str> = shown.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        for name in foreign {
            // The zone of holidays of a caisse of Moselle is called so.
            let zone = name == "Alsace" && own.contains("alsace-moselle");
            let there = if name.contains(' ') { shown.contains(name) } else { words.contains(&name) };
            assert!(zone || !there, "{} names {name}", dossier.cle);
        }
        assert!(shown.contains(dossier.stipulations.partenaire.nom_affiche()), "{}", dossier.cle);
    }
}

/// Every parameter as a paper's own, so that the list of what papers do not write tells nothing.
fn as_written(dossier: &Dossier) -> Value {
    fn article(value: &mut Value) {
        match value {
            Value::Object(map) => {
                if let (true, Some(source)) = (map.contains_key("valeur"), map.get_mut("source")) {
                    *source = serde_json::to_value(Source::Article("texte".to_owned())).unwrap();
                }
                map.values_mut().for_each(article);
            }
            Value::Array(list) => list.iter_mut().for_each(article),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(dossier).unwrap();
    article(&mut value);
    value
}

/// The articles and annexes, without the list of what is missing.
fn articles(value: &Value) -> String {
    let imprime = convention(&serde_json::from_value(value.clone()).unwrap());
    let from = imprime.blocs.iter().position(|b| matches!(b, Bloc::Intertitre(t) if t.starts_with("Première partie")));
    lines(&Imprime { blocs: imprime.blocs[from.unwrap()..].to_vec(), ..imprime }).join("\n")
}

#[test]
fn every_stated_parameter_with_a_place_on_paper_changes_what_the_articles_say() {
    let mut silent = Vec::new();
    for dossier in dossiers() {
        let written = as_written(&dossier);
        let whole = articles(&written);
        for parametre in dossier.parametres().iter().filter(|p| p.valeur.as_deref().is_some_and(|v| v != "non")) {
            let (section, champ) = parametre.chemin.split_once('.').unwrap();
            let mut without = written.clone();
            without["stipulations"][section].as_object_mut().unwrap().remove(champ).unwrap();
            let excused = match champ {
                // A paper whose text is known is printed; one that is only cited says so.
                "presence" => parametre.valeur.as_deref() == Some("texte connu"),
                // The year printed on a paper is of interest until it is dated.
                "annee" => written["stipulations"][section].get("dates").is_some(),
                // Category and legal form may be said in the same words.
                "forme_juridique" | "categorie" => articles(&without).contains(parametre.valeur.as_deref().unwrap()),
                _ => false,
            };
            if !excused && articles(&without) == whole {
                silent.push(format!("{} : {}", dossier.cle, parametre.chemin));
            }
        }
    }
    assert_eq!(silent, Vec::<String>::new(), "no place on paper");
}

#[test]
fn a_project_says_so_and_lists_what_it_lacks_and_a_signed_convention_does_not() {
    for dossier in papers() {
        let imprime = convention(&dossier);
        assert!(imprime.titre.starts_with("Projet de conventions"), "{}", imprime.titre);
        let shown = text(&dossier);
        let lacunes = dossier.lacunes();
        assert!(!lacunes.is_empty());
        for lacune in lacunes {
            assert!(shown.contains(&lacune.raison.replace('\'', "’")), "{} : {}", dossier.cle, lacune.raison);
        }
    }
    for dossier in dossiers().into_iter().skip(5) {
        let imprime = convention(&dossier);
        assert!(imprime.titre.starts_with("Conventions entre"), "{}", imprime.titre);
        assert!(!text(&dossier).contains("Ce qui manque"), "{}", dossier.cle);
    }
}

#[test]
fn the_values_that_no_paper_gives_stand_apart_with_where_they_come_from() {
    for dossier in dossiers() {
        let shown = lines(&convention(&dossier));
        for p in dossier.parametres() {
            let Some(source) = p.source.filter(|s| !matches!(s, Source::Article(_))) else { continue };
            let (theme, mention) = (p.theme.replace('\'', "’"), source.mention().replace('\'', "’"));
            let told = |l: &String| l.starts_with(&format!("{theme}, ")) && l.ends_with(&format!(" : {mention}"));
            assert!(shown.iter().any(told), "{} : {} ({})", dossier.cle, p.chemin, source.mention());
        }
    }
}

#[test]
fn what_the_papers_say_differently_is_said_differently() {
    let said = |cle: &str, words: &str| {
        let dossier = dossiers().into_iter().skip(5).find(|d| d.cle.starts_with(cle)).unwrap();
        text(&dossier).contains(words)
    };
    assert!(said("000", "au plus de 1 gestionnaire et 25 techniciens"));
    assert!(said("001", "de 11 à 25 membres : 3 gestionnaires et 15 techniciens"));
    assert!(said("000", "supprimé 6 mois après son inactivation (règle du portail, que le texte n’écrit pas)"));
    assert!(said("001", "supprimé 6 mois après son inactivation.") && !said("001", "(règle du portail, que le texte"));
    assert!(said("002", "dans les 3 mois qui la précèdent") && said("002", "ne prévoit pas de comité de pilotage"));
    assert!(said("002", "ne prévoit pas de résiliation pour manquement"));
    assert!(said("003", "sans que le portail en connaisse le texte") && said("003", "FICTIF-92-2023-007"));
    assert!(said("003", "ne prévoit aucune remise de document par le portail"));
    assert!(said("004", "La convention signée par UDCCAS 69 vaut pour ses membres"));
    assert!(said("004", "délégué à la protection des données (UDCCAS 69), par courrier postal"));
    assert!(said("004", "par délégation") && said("004", "CCAS019DL2023"));
    assert!(said("002", "jours fériés d’Alsace-Moselle exclus"));
}
