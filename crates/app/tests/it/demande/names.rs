//! Names as they are written and as they are typed, the same on both sides (DE-11); days of a period (DE-11).

use super::{Scene, saisie, with};
use app::demande::{Lieu, Question, Saisie, Trouve, list, search};
use app::{AppError, Requete};
use chrono::{TimeZone, Utc};

/// Who is called how, and what must find him.
const NOMS: [(&str, &str, &[&str]); 8] = [
    ("Lœvenbruck", "Zoé", &["loevenbruck", "LŒVEN", "loe", "zoe lœv"]),
    ("Strauß", "Anaïs", &["strauss", "STRAUß", "anais strauß"]),
    ("d’Arvor", "Yann", &["D'ARVOR", "d’arvor", "arvor", "d arvor yann"]),
    ("N'Diaye", "Awa", &["n’diaye", "N'DIAYE", "diaye"]),
    ("de la Tour-Brunet", "Odile", &["tour brunet", "Brunet de la Tour", "de la tour", "tour-brunet odile"]),
    ("van der Meer", "Els", &["meer", "Van der Meer", "meer els"]),
    ("Ly", "Minh", &["« Ly »", "\"ly\"", "Ly Minh", "minh ly"]),
    ("Kérouédan Le Goff", "Élie", &["kerouedan", "le goff kérou", "GOFF KEROUEDAN", "elie goff"]),
];

async fn found(scene: &Scene, requete: &Requete, lieu: Lieu, typed: &str) -> Vec<String> {
    let ctx = &scene.essai.ctx;
    let Trouve::Nom(recherche) = search(ctx, requete, lieu, typed).await.unwrap() else { panic!("{typed} is a name") };
    let question = Question { recherche: Some(recherche), ..Question::default() };
    list(ctx, requete, lieu, &question).await.unwrap().lignes.into_iter().map(|l| l.nom).collect()
}

#[tokio::test]
async fn a_name_is_found_however_it_is_typed_and_on_both_sides() {
    let scene = Scene::new().await;
    let technicien = scene.signin("82.technicien").await;
    for (nom, prenom, _) in NOMS {
        scene.file(&technicien, &with(saisie("82"), &[("nom", nom), ("prenom", prenom)])).await;
    }
    for (who, lieu) in
        [("82.technicien", Lieu::Structure), ("82.agent", Lieu::Bureau), ("82.superviseur", Lieu::Bureau)]
    {
        let requete = scene.signin(who).await;
        for (nom, _, ways) in NOMS {
            for typed in ways {
                assert_eq!(found(&scene, &requete, lieu, typed).await, [nom], "{who}: {typed}");
            }
        }
        for typed in ["loevenbrucks", "tour brunel", "arv yannick", "« Lyn »", "ody"] {
            assert!(found(&scene, &requete, lieu, typed).await.is_empty(), "{who}: {typed}");
        }
        for typed in ["Ly", "le", "d’", "Wu Li"] {
            let Err(AppError::Saisie(erreurs)) = search(&scene.essai.ctx, &requete, lieu, typed).await else {
                panic!("{who}: {typed} is too short")
            };
            let [only] = erreurs.as_slice() else { panic!("{erreurs:?}") };
            assert!(only.champ == "nom" && only.message.starts_with("Saisissez au moins 3 lettres"), "{only:?}");
            assert!(only.message.contains("guillemets"), "says how: {only:?}");
        }
    }
}

#[tokio::test]
async fn a_day_of_a_period_begins_and_ends_at_midnight_where_the_caisse_is() {
    let scene = Scene::new().await;
    let mut references = Vec::new();
    // 23 h 59 on the 9th and midnight of the 10th in Paris, an hour before in UTC.
    for (hour, minute) in [(22, 59), (23, 0)] {
        scene.essai.clock.set(Utc.with_ymd_and_hms(2029, 1, 9, hour, minute, 0).unwrap());
        let technicien = scene.signin("82.technicien").await;
        references.push(scene.file(&technicien, &saisie("82")).await);
    }
    let technicien = scene.signin("82.technicien").await;
    for (day, expected) in [("9", &references[..1]), ("10", &references[1..])] {
        let fields = ["du", "au"].into_iter().flat_map(|side| {
            [("jour", day), ("mois", "1"), ("annee", "2029")]
                .map(|(part, value)| (format!("{side}_{part}"), vec![value.to_owned()]))
        });
        let question = Question { filtres: Saisie(fields.collect()), ..Question::default() };
        let page = list(&scene.essai.ctx, &technicien, Lieu::Structure, &question).await.unwrap();
        let found: Vec<String> = page.lignes.into_iter().map(|l| l.reference).collect();
        assert_eq!(found, expected, "the {day}th");
    }
}
