//! Good and bad files.

use super::super::{Document, contenu_canonique, presente};
use super::*;

#[test]
fn a_complement_fills_gaps_and_never_replaces_what_a_paper_says() {
    let contenu = "mention = \"fictif\"\n[complement.001-var.habilitations]\nsuppression_mois = 12\n[complement.inconnue.caisse]\nsite = \"x\"\n";
    let documents = lis(&fichiers(&[("c.toml", contenu)])).unwrap();
    let refus = assemble(&documents, &papiers()).unwrap_err();
    assert_eq!(
        refus.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "c.toml, ligne 3, habilitations.suppression_mois : la convention le dit déjà (usage art. 2.2.3) : un complément ne le remplace pas",
            "c.toml, ligne 4, complement : la convention « inconnue » n'est pas connue",
        ]
    );
}

#[test]
fn reading_the_same_files_again_changes_nothing() {
    let connus = complets();
    let mut tous = FICHIERS.to_vec();
    tous.push(("complements.toml", COMPLEMENTS));
    tous.reverse();
    let mut encore = assemble(&lis(&fichiers(&tous)).unwrap(), &connus).unwrap();
    let seules = assemble(&lis(&fichiers(&FICHIERS)).unwrap(), &connus).unwrap();
    encore.sort_by(|a, b| a.cle.cmp(&b.cle));
    for ((avant, apres), seule) in connus.iter().zip(&encore).zip(&seules) {
        assert_eq!(contenu_canonique(avant).unwrap(), contenu_canonique(apres).unwrap());
        assert_eq!(contenu_canonique(avant).unwrap(), contenu_canonique(seule).unwrap(), "complements are kept");
    }
}

#[test]
fn a_dossier_survives_its_json() {
    for dossier in complets() {
        let json = contenu_canonique(&dossier).unwrap();
        assert_eq!(serde_json::from_str::<Dossier>(&json).unwrap(), dossier);
    }
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once_with_line_field_and_reason() {
    let contenu = r#"cle = "Essai 1"
cle_caisse = "var"
couleur = "bleu"

[caisse]
nom = "CPAM"
zone = { valeur = "corse", deduit = "x" }
adresse = { valeur = "ici" }
site = { valeur = "a", article = "b", nous = "c" }

[metier]
dates = { valeur = [
  { partie = "caisse", le = "2023-03-17" },
  { partie = "caisse", le = "17/03/2023" },
], article = "fin" }

[habilitations]
quota = { valeur = 3, article = "x" }
suppression_mois = { valeur = "six", article = "y", page = 3 }
"#;
    let vues: Vec<_> = erreurs(contenu).into_iter().map(|e| (e.ligne, e.champ, e.raison)).collect();
    let attendues = [
        (1, "cle", "minuscules"),
        (1, "cle_partenaire", "ce champ manque"),
        (3, "couleur", "n'existe pas"),
        (6, "caisse.nom", "une table"),
        (7, "caisse.zone", "valeur inconnue"),
        (8, "caisse.adresse", "une source et une seule"),
        (9, "caisse.site", "une source et une seule"),
        (14, "metier.dates", "une date AAAA-MM-JJ"),
        (18, "habilitations.quota", "n'existe pas"),
        (19, "habilitations.suppression_mois", "type inattendu"),
        (19, "habilitations.suppression_mois.page", "n'existe pas"),
    ];
    assert_eq!(vues.len(), attendues.len(), "{vues:#?}");
    for ((ligne, champ, raison), attendue) in vues.iter().zip(attendues) {
        assert_eq!((*ligne, champ.as_str()), (attendue.0, attendue.1));
        assert!(raison.contains(attendue.2), "{champ} : {raison}");
    }
}

#[test]
fn one_bad_file_refuses_all_and_a_key_given_twice_too() {
    let mut tous = FICHIERS.to_vec();
    tous.push(("cassé.toml", "cle = \"a\"\n["));
    let refus = lis(&fichiers(&tous)).unwrap_err();
    assert_eq!((refus.len(), refus[0].fichier.as_str(), refus[0].ligne), (1, "cassé.toml", 2));
    let refus = lis(&fichiers(&[FICHIERS[0], FICHIERS[0]])).unwrap_err();
    assert!(refus[0].raison.contains("deux fois"));
}

#[test]
fn a_complement_file_refuses_unknown_keys_and_a_missing_mention() {
    let vues = erreurs("[complement.001-var.caisse]\ncouleur = 1\n");
    assert_eq!(
        vues.iter().map(|e| (e.ligne, e.champ.as_str())).collect::<Vec<_>>(),
        [(1, "mention"), (2, "caisse.couleur")]
    );
}

#[test]
fn printing_shows_every_stated_value_with_its_source_and_what_is_missing() {
    for dossier in papiers() {
        let texte = presente(&dossier);
        for p in dossier.parametres().iter().filter(|p| p.valeur.is_some()) {
            let ligne =
                format!("{} : {} [{}]", p.libelle, p.valeur.as_ref().unwrap(), p.source.as_ref().unwrap().mention());
            assert!(texte.contains(&ligne), "{ligne}");
        }
        for lacune in dossier.lacunes() {
            assert!(texte.contains(&lacune.raison), "{}", lacune.raison);
        }
    }
    assert!(presente(&complets()[0]).contains("Rien ne manque"));
    assert!(
        presente(&papiers()[0]).contains(", carsat, union, metier.dates,"),
        "a party that is not there is one word"
    );
    assert!(presente(&papiers()[3]).contains("Documents : toujours à l'adresse connue"));
}

#[test]
fn a_complement_document_is_known_by_its_convention() {
    let documents = lis(&fichiers(&[("complements.toml", COMPLEMENTS)])).unwrap();
    let cles: Vec<_> =
        documents.iter().map(|d| if let Document::Complement(c) = d { c.cle.as_str() } else { "?" }).collect();
    assert_eq!(cles, ["000-tarn-et-garonne", "001-var", "002-moselle", "003-hauts-de-seine", "004-rhone"]);
}

#[test]
fn values_that_cannot_be_right_are_refused_in_a_convention_and_in_a_complement() {
    let contenu = r#"cle = "a"
cle_caisse = "b"
cle_partenaire = "c"
[utilisation]
parties = { valeur = ["caisse", "partenaire"], article = "x" }
dates = { valeur = [{ partie = "caisse", le = "2023-01-01" }, { partie = "caisse", le = "2023-01-02" }], article = "x" }
signataires = { valeur = [{ partie = "union", qualite = "Le Président" }], article = "x" }
[fonctions]
activables = { valeur = ["contact"], article = "x" }
etudes = { valeur = ["puma", "carte_vitale"], article = "x" }
[habilitations]
quotas = { valeur = { tranches = [{ de = 1, a = 10, gestionnaires = 2, techniciens = 5 }, { de = 12, gestionnaires = 3, techniciens = 9 }] }, article = "x" }
[duree]
mois = { valeur = 0, article = "x" }
resiliation_metier = { valeur = { jours = 15, unite = "ouvres", depart = "envoi", seconde_lettre = false }, article = "x" }
"#;
    let vues: Vec<_> = erreurs(contenu).into_iter().map(|e| (e.ligne, e.champ)).collect();
    let attendues = [
        (6, "utilisation.dates"),
        (7, "utilisation.signataires"),
        (9, "fonctions.activables"),
        (10, "fonctions.etudes"),
        (12, "habilitations.quotas"),
        (14, "duree.mois"),
        (15, "duree.resiliation_metier"),
    ];
    assert_eq!(vues, attendues.map(|(ligne, champ)| (ligne, champ.to_owned())));

    let complement = r#"mention = "essai"
[complement.001-var.partenaire]
siret = "12345678901234"
courriel = "accueil"
domaines = ["ccas-grimaud.example", "@grimaud.example"]
coordonnees = [{ themes = ["referent"], nom = "Clélie Rocamart", courriel = "clelie rocamart@ccas.example" }]
"#;
    let documents = lis(&fichiers(&[("c.toml", complement)])).unwrap();
    let mut refus = assemble(&documents, &papiers()).unwrap_err();
    refus.sort();
    let champs: Vec<_> = refus.iter().map(|e| (e.ligne, e.champ.as_str())).collect();
    assert_eq!(
        champs,
        [
            (3, "partenaire.siret"),
            (4, "partenaire.courriel"),
            (5, "partenaire.domaines"),
            (6, "partenaire.coordonnees")
        ]
    );
}
