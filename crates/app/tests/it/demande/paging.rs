//! Pages against a model: whatever is filed, filtered or searched, the pages put together are the list.

use super::{Scene, saisie, with};
use app::Requete;
use app::demande::{Depart, Historique, Lieu, Ligne, Question, Saisie, Trouve, cancel, list, search};
use chrono::TimeDelta;

/// Numbers that are always the same, and look like none.
struct Des(u64);

impl Des {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// A demande as the model knows it.
struct Connue {
    reference: String,
    etat: &'static str,
    auteur: usize,
    jour: u32,
    nom: &'static str,
}

const NOMS: [&str; 4] = ["Lefèvre", "Lefebvre", "Œuvrard", "Le Goff"];
const AUTEURS: [&str; 2] = ["82.technicien", "82.technicien2"];

/// Files at random: two authors, four names, several days, some withdrawn; the newest first.
async fn filed(scene: &Scene, des: &mut Des, count: usize) -> Vec<Connue> {
    let mut known = Vec::new();
    let mut jour = 8;
    let mut requetes = [scene.signin(AUTEURS[0]).await, scene.signin(AUTEURS[1]).await];
    for n in 0..count {
        if n > 0 && n % 20 == 0 {
            scene.essai.clock.advance(TimeDelta::days(1));
            jour += 1;
            requetes = [scene.signin(AUTEURS[0]).await, scene.signin(AUTEURS[1]).await];
        }
        let (auteur, nom) = (usize::try_from(des.below(2)).unwrap(), NOMS[usize::try_from(des.below(4)).unwrap()]);
        let reference = scene.file(&requetes[auteur], &with(saisie("82"), &[("nom", nom)])).await;
        let withdrawn = des.below(3) == 0;
        if withdrawn {
            cancel(&scene.essai.ctx, &requetes[auteur], &reference, 1).await.unwrap();
        }
        let etat = if withdrawn { "annulee" } else { "transmise" };
        known.insert(0, Connue { reference, etat, auteur, jour, nom });
    }
    known
}

/// Every page from the first on; then every page back from the last.
async fn walk(scene: &Scene, requete: &Requete, question: &Question) -> (Vec<String>, Vec<String>) {
    let ask = async |depart| {
        let question = Question { depart, ..question.clone() };
        list(&scene.essai.ctx, requete, Lieu::Structure, &question).await.unwrap()
    };
    let names = |lignes: &[Ligne]| lignes.iter().map(|l| l.reference.clone()).collect::<Vec<_>>();
    let mut page: Historique = ask(Depart::Debut).await;
    let mut forth = names(&page.lignes);
    while let Some(next) = page.suite {
        assert_eq!(page.lignes.len(), 25, "a page is full or last");
        page = ask(Depart::Apres(next)).await;
        forth.extend(names(&page.lignes));
    }
    let mut back = names(&page.lignes);
    while let Some(before) = page.precedente {
        page = ask(Depart::Avant(before)).await;
        assert_eq!(page.lignes.len(), 25, "back, too");
        back.splice(0..0, names(&page.lignes));
    }
    (forth, back)
}

#[tokio::test]
async fn whatever_is_asked_the_pages_put_together_are_the_list() {
    let scene = Scene::new().await;
    let mut des = Des(7);
    let known = filed(&scene, &mut des, 100).await;
    let requete = scene.signin(AUTEURS[0]).await;
    let comptes = AUTEURS.map(|nom| scene.monde.qui(nom).id().to_string());
    for round in 0..24 {
        let etat = ["", "transmise", "annulee"][usize::try_from(des.below(3)).unwrap()];
        let auteur = usize::try_from(des.below(3)).unwrap();
        let du = u32::try_from(des.below(8)).unwrap() + 5;
        let prefix = ["", "lef", "oeuv", "goff le"][usize::try_from(des.below(4)).unwrap()];
        let mut fields = vec![("du_jour", du.to_string()), ("du_mois", "1".into()), ("du_annee", "2029".into())];
        fields.push(("etat", etat.to_owned()));
        fields.push(("auteur", comptes.get(auteur).cloned().unwrap_or_default()));
        let typed = fields.into_iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.to_owned(), vec![v]));
        let recherche = match prefix {
            "" => None,
            nom => match search(&scene.essai.ctx, &requete, Lieu::Structure, nom).await.unwrap() {
                Trouve::Nom(jeton) => Some(jeton),
                Trouve::Demande(_) => None,
            },
        };
        let question = Question { filtres: Saisie(typed.collect()), recherche, depart: Depart::Debut };
        let called = |nom: &str| match prefix {
            "lef" => nom.starts_with("Lef"),
            "oeuv" => nom == "Œuvrard",
            "goff le" => nom == "Le Goff",
            _ => true,
        };
        let fits = |d: &&Connue| {
            (etat.is_empty() || d.etat == etat) && (auteur == 2 || d.auteur == auteur) && d.jour >= du && called(d.nom)
        };
        let model: Vec<String> = known.iter().filter(fits).map(|d| d.reference.clone()).collect();
        let (forth, back) = walk(&scene, &requete, &question).await;
        assert_eq!(forth, model, "round {round}: {etat} {auteur} {du} {prefix}");
        assert!(model.len() <= 25 || back == model, "round {round} backwards");
    }
}
