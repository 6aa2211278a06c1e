//! Every parameter in which the five conventions differ is read by a rule that production code reaches.
//!
//! The table below says which rule reads which parameter. A new differing parameter, or a rule that nothing
//! calls any more, fails here. `partie` stands for caisse, carsat, partenaire, union; `papier` for metier, utilisation.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::essais::papiers;

const LECTEURS: &[(&str, &str)] = &[
    ("cadre.accords", "accord_requis"),
    ("cadre.criteres_fragilite", "orientation_sociale"),
    ("cadre.engagements", "engagements"),
    ("cadre.formations", "prevoit_formation"),
    ("cadre.information_destinataire", "nomme_le_destinataire"),
    ("cadre.information_prealable", "information_stipulee"),
    ("cadre.nouveaux_agents_annonces", "annonce_nouveaux_agents"),
    ("cadre.objet", "objet"),
    ("cadre.permanences_agenda", "permanences"),
    ("cadre.public", "public"),
    ("cadre.recours", "motifs_recours"),
    ("cadre.service_social", "orientation_sociale"),
    ("cadre.union_couvre_membres", "est_couvert_par_union"),
    ("donnees.destruction_finale", "destruction_attestee"),
    ("donnees.exercice_droits", "exercice_droits"),
    ("donnees.fichier_echange", "conservation_fichier_echange"),
    ("donnees.rectification_annoncee", "devoirs_donnees"),
    ("donnees.registres_propres", "devoirs_donnees"),
    ("donnees.responsable", "devoirs_donnees"),
    ("donnees.sous_traitance_autorisee", "devoirs_donnees"),
    ("donnees.violations", "clauses_violation"),
    ("duree.denonciation", "fenetre_denonciation"),
    ("duree.depart", "duree_en_clair"),
    ("duree.evaluation_premiere_annee", "evaluation_le"),
    ("duree.mois", "echeance"),
    ("duree.renouvellement", "prochaine_echeance"),
    ("duree.resiliation_metier", "resiliation_metier"),
    ("echanges.canaux", "canal_ouvert"),
    ("echanges.changement_notifie", "annonce_changements"),
    ("echanges.moyens_support", "moyens_support"),
    ("fonctions.activables", "est_activable"),
    ("fonctions.difficultes", "sous_types"),
    ("fonctions.documents", "sous_types"),
    ("fonctions.documents_portail", "sous_types"),
    ("fonctions.etudes", "sous_types"),
    ("fonctions.facultatif", "usage_facultatif"),
    ("fonctions.fonctionnalites", "stipule"),
    ("fonctions.liste_ouverte", "sous_types"),
    ("fonctions.qualites_portail", "voie_de_remise"),
    ("fonctions.rendez_vous", "sous_types"),
    ("habilitations.gestionnaire_apres_demande", "delais_gestionnaire"),
    ("habilitations.gestionnaire_apres_signature", "delais_gestionnaire"),
    ("habilitations.plusieurs_caisses", "clause_plusieurs_caisses"),
    ("habilitations.quotas", "quota"),
    ("habilitations.successeur", "successeur_exige"),
    ("habilitations.techniciens", "delai_techniciens"),
    ("papier.annee", "hors_annee"),
    ("papier.annexes", "annexe_jointe"),
    ("papier.dates", "signe_le"),
    ("papier.deliberation", "mentions"),
    ("papier.intitule", "mentions"),
    ("papier.lieu", "mentions"),
    ("papier.originaux", "mentions"),
    ("papier.parties", "parties"),
    ("papier.presence", "est_cite"),
    ("papier.signataires", "signataires"),
    ("partie.adresse", "ou_ecrire"),
    ("partie.categorie", "statut"),
    ("partie.denominations", "denominations"),
    ("partie.dpo", "dpo"),
    ("partie.forme_juridique", "statut"),
    ("partie.interlocuteurs", "roles"),
    ("partie.nom", "nom_complet"),
    ("partie.nom_court", "nom_affiche"),
    ("partie.representant", "statut"),
    ("partie.site", "ou_ecrire"),
    ("partie.zone", "zone"),
    ("suivi.bilan", "bilan"),
    ("suivi.comite", "comite"),
    ("suivi.points_reguliers", "prevoit_points_reguliers"),
];

/// The parameters whose value is not the same in all five, as their papers stand.
fn parametres_qui_different() -> BTreeSet<String> {
    let mut valeurs: BTreeMap<String, BTreeSet<Option<String>>> = BTreeMap::new();
    for p in papiers().iter().flat_map(domain::convention::Dossier::parametres) {
        valeurs.entry(p.chemin).or_default().insert(p.valeur);
    }
    valeurs.into_iter().filter(|(_, v)| v.len() > 1).map(|(chemin, _)| famille(&chemin)).collect()
}

fn famille(chemin: &str) -> String {
    match chemin.split_once('.') {
        Some(("caisse" | "carsat" | "partenaire" | "union", champ)) => format!("partie.{champ}"),
        Some(("metier" | "utilisation", champ)) => format!("papier.{champ}"),
        _ => chemin.to_owned(),
    }
}

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Production code under a folder: tests and test support left out.
fn sources(dossier: &Path) -> Vec<(PathBuf, String)> {
    let mut vues = Vec::new();
    for entree in std::fs::read_dir(dossier).unwrap() {
        let chemin = entree.unwrap().path();
        let nom = chemin.file_name().unwrap().to_str().unwrap().to_owned();
        if chemin.is_dir() {
            if !["target", "tests", "testkit", "essais"].contains(&nom.as_str()) {
                vues.extend(sources(&chemin));
            }
        } else if nom.ends_with(".rs") && !["lecteurs.rs", "tests.rs"].contains(&nom.as_str()) {
            let texte = std::fs::read_to_string(&chemin).unwrap();
            let sans_tests = texte.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
            vues.push((chemin, sans_tests));
        }
    }
    vues
}

/// Name and body of each function of a file.
fn fonctions(texte: &str) -> Vec<(String, String)> {
    texte
        .match_indices("fn ")
        .filter_map(|(debut, _)| {
            let suite = texte.get(debut + 3..)?;
            let nom: String = suite.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let corps = suite.get(suite.find('{')?..)?;
            let mut profondeur = 0_i32;
            let fin = corps.char_indices().find_map(|(i, c)| {
                profondeur += i32::from(c == '{') - i32::from(c == '}');
                (profondeur == 0).then_some(i)
            })?;
            (!nom.is_empty()).then(|| (nom, corps[..fin].to_owned()))
        })
        .collect()
}

/// Whether `texte` calls the function `nom`.
fn appelle(texte: &str, nom: &str) -> bool {
    let avant = |i: usize| texte[..i].chars().next_back().is_some_and(|c| !c.is_alphanumeric() && c != '_');
    texte.match_indices(&format!("{nom}(")).any(|(i, _)| avant(i) && !texte[..i].ends_with("fn "))
}

/// Whether `texte` reads the field `champ`.
fn accede(texte: &str, champ: &str) -> bool {
    texte.match_indices(&format!(".{champ}")).any(|(i, m)| {
        let apres = texte[i + m.len()..].chars().next().unwrap_or(' ');
        !apres.is_alphanumeric() && apres != '_' && apres != '('
    })
}

/// The functions of the model that code outside it reaches, with their bodies.
fn regles_vivantes() -> BTreeMap<String, Vec<String>> {
    let (modele, dehors): (Vec<_>, Vec<_>) = sources(&crates())
        .into_iter()
        .partition(|(chemin, _)| chemin.to_str().unwrap().contains("domain/src/convention"));
    let mut en_attente: Vec<_> = modele.iter().flat_map(|(_, texte)| fonctions(texte)).collect();
    let mut atteints: Vec<String> = dehors.into_iter().map(|(_, texte)| texte).collect();
    let mut vivantes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    while let Some(texte) = atteints.pop() {
        let (vues, reste): (Vec<_>, Vec<_>) = en_attente.into_iter().partition(|(nom, _)| appelle(&texte, nom));
        en_attente = reste;
        for (nom, corps) in vues {
            atteints.push(corps.clone());
            vivantes.entry(nom).or_default().push(corps);
        }
    }
    vivantes
}

#[test]
fn the_table_names_exactly_the_parameters_that_differ() {
    let table: BTreeSet<String> = LECTEURS.iter().map(|(chemin, _)| (*chemin).to_owned()).collect();
    assert_eq!(table.len(), LECTEURS.len(), "a parameter stands twice");
    let different = parametres_qui_different();
    assert_eq!(
        different.difference(&table).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "differ, and no reader is named"
    );
    assert_eq!(table.difference(&different).collect::<Vec<_>>(), Vec::<&String>::new(), "do not differ any more");
}

#[test]
fn each_parameter_that_differs_is_read_by_a_rule_that_the_portal_reaches() {
    let vivantes = regles_vivantes();
    for (chemin, lecteur) in LECTEURS {
        let corps =
            vivantes.get(*lecteur).unwrap_or_else(|| panic!("{chemin} : nothing outside the model reaches {lecteur}"));
        let champ = chemin.rsplit('.').next().unwrap();
        assert!(corps.iter().any(|c| accede(c, champ)), "{chemin} : {lecteur} does not read .{champ}");
    }
}
