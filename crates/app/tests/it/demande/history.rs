//! The structure's history and the search by name: filters, pages, who finds what, what the journal keeps (DE-6, DE-11).

use super::{Scene, saisie, with};
use app::demande::{
    Cherche, Cloture, Historique, Lieu, Question, Saisie, Trouve, VALIDITE, cancel, close, list, search, take,
};
use app::{AppError, Requete};
use chrono::TimeDelta;
use domain::droits::Refus;
use testkit::lectures::lectures;

fn filters(fields: &[(&str, &str)]) -> Question {
    let fields = fields.iter().map(|(k, v)| ((*k).to_owned(), vec![(*v).to_owned()]));
    Question { filtres: Saisie(fields.collect()), ..Question::default() }
}

async fn ask(scene: &Scene, requete: &Requete, lieu: Lieu, question: &Question) -> Historique {
    list(&scene.essai.ctx, requete, lieu, question).await.unwrap()
}

fn references(found: &Historique) -> Vec<String> {
    found.lignes.iter().map(|l| l.reference.clone()).collect()
}

/// The sealed search of a name.
async fn sealed(scene: &Scene, requete: &Requete, lieu: Lieu, nom: &str) -> String {
    match search(&scene.essai.ctx, requete, lieu, nom).await.unwrap() {
        Trouve::Nom(jeton) => jeton,
        Trouve::Demande(reference) => panic!("{nom} is no number: {reference}"),
    }
}

async fn searched(scene: &Scene, requete: &Requete, lieu: Lieu, nom: &str) -> Historique {
    let recherche = Some(sealed(scene, requete, lieu, nom).await);
    ask(scene, requete, lieu, &Question { recherche, ..Question::default() }).await
}

/// Three demandes: one closed on the 8th, one withdrawn and one of the colleague some days later.
async fn three(scene: &Scene) -> (Requete, [String; 3]) {
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let closed = scene.file(&technicien, &saisie("82")).await;
    let agent = scene.signin("82.agent").await;
    take(ctx, &agent, &closed, 1).await.unwrap();
    close(ctx, &agent, &closed, &Cloture { version: 2, issue: "satisfaite", texte: "" }).await.unwrap();
    scene.essai.clock.advance(TimeDelta::days(3));
    let technicien = scene.signin("82.technicien").await;
    let withdrawn = scene.file(&technicien, &with(saisie("82"), &[("nom", "Martin"), ("prenom", "Ambroise")])).await;
    cancel(ctx, &technicien, &withdrawn, 1).await.unwrap();
    scene.essai.clock.advance(TimeDelta::days(3));
    let colleague = scene.signin("82.technicien2").await;
    let waiting = scene.file(&colleague, &with(saisie("82"), &[("nom", "Ly"), ("prenom", "Minh")])).await;
    let technicien = scene.signin("82.technicien").await;
    (technicien, [closed, withdrawn, waiting])
}

/// Fields of a filter, and the references it leaves.
type Case<'a> = (&'a [(&'a str, &'a str)], Vec<&'a str>);

#[tokio::test]
async fn each_filter_and_their_combinations_leave_what_they_say() {
    let scene = Scene::new().await;
    let (technicien, [closed, withdrawn, waiting]) = three(&scene).await;
    let all = ask(&scene, &technicien, Lieu::Structure, &Question::default()).await;
    assert_eq!(references(&all), [&*waiting, &*withdrawn, &*closed], "the last filed first");
    let auteurs: Vec<String> = all.auteurs.iter().map(|(id, _)| id.to_string()).collect();
    assert_eq!(auteurs.len(), 2, "those who filed");
    let mine = scene.monde.qui("82.technicien").id().to_string();
    let caisse = all.caisses[0].fiche.slug.clone();
    let cases: [Case<'_>; 10] = [
        (&[("etat", "cloturee")], vec![&closed]),
        (&[("etat", "attente_interne")], vec![]),
        (&[("sorte", "document")], vec![&waiting, &withdrawn, &closed]),
        (&[("sorte", "contacter")], vec![]),
        (&[("auteur", &mine)], vec![&withdrawn, &closed]),
        (&[("caisse", &caisse), ("etat", "transmise")], vec![&waiting]),
        (&[("du_jour", "11"), ("du_mois", "1"), ("du_annee", "2029")], vec![&waiting, &withdrawn]),
        (&[("au_jour", "08"), ("au_mois", "01"), ("au_annee", "2029")], vec![&closed]),
        (
            &[
                ("du_jour", "11"),
                ("du_mois", "1"),
                ("du_annee", "2029"),
                ("au_jour", "11"),
                ("au_mois", "1"),
                ("au_annee", "2029"),
            ],
            vec![&withdrawn],
        ),
        (&[("auteur", &mine), ("etat", "annulee"), ("sorte", "document"), ("caisse", &caisse)], vec![&withdrawn]),
    ];
    for (fields, expected) in cases {
        let found = ask(&scene, &technicien, Lieu::Structure, &filters(fields)).await;
        assert!(found.erreurs.is_empty(), "{fields:?}");
        assert_eq!(references(&found), expected, "{fields:?}");
    }
}

#[tokio::test]
async fn filters_that_say_nothing_are_refused_each_at_its_field() {
    let scene = Scene::new().await;
    let (technicien, _) = three(&scene).await;
    let stranger = scene.monde.qui("83.technicien").id().to_string();
    let question = filters(&[
        ("etat", "brouillon"),
        ("sorte", "x'; DROP"),
        ("auteur", &stranger),
        ("caisse", "var"),
        ("du_jour", "31"),
        ("du_mois", "2"),
        ("du_annee", "2029"),
        ("au_annee", "20291"),
    ]);
    let found = ask(&scene, &technicien, Lieu::Structure, &question).await;
    let fields: Vec<&str> = found.erreurs.iter().map(|e| e.champ.as_str()).collect();
    assert_eq!(fields, ["etat", "sorte", "auteur", "caisse", "du", "au"]);
    assert!(found.lignes.is_empty(), "nothing is shown for a filter that is not understood");
    let reversed = [
        ("du_jour", "9"),
        ("du_mois", "1"),
        ("du_annee", "2029"),
        ("au_jour", "8"),
        ("au_mois", "1"),
        ("au_annee", "2029"),
    ];
    let found = ask(&scene, &technicien, Lieu::Structure, &filters(&reversed)).await;
    assert_eq!(found.erreurs.iter().map(|e| e.champ.as_str()).collect::<Vec<_>>(), ["au"]);
}

#[tokio::test]
async fn a_name_is_found_by_its_structure_its_service_and_its_caisse_alone() {
    let scene = Scene::new().await;
    let (technicien, [closed, withdrawn, waiting]) = three(&scene).await;
    for (typed, expected) in [
        ("lefevre muller", vec![&closed]),
        ("ZOÉ Lefè", vec![&closed]),
        ("mar", vec![&withdrawn]),
        ("« Ly »", vec![&waiting]),
        ("Ly Minh", vec![&waiting]),
        ("Minh", vec![&waiting]),
        ("durand", vec![]),
    ] {
        let found = searched(&scene, &technicien, Lieu::Structure, typed).await;
        assert_eq!(references(&found).iter().collect::<Vec<_>>(), expected, "{typed}");
    }
    for (nom, lieu, sees) in [
        ("82.technicien2", Lieu::Structure, true),
        ("82.agent", Lieu::Bureau, true),
        ("82.agent2", Lieu::Bureau, true),
        ("82.superviseur", Lieu::Bureau, true),
        ("82.examens", Lieu::Bureau, false),
        ("57.agent", Lieu::Bureau, false),
        ("57.superviseur", Lieu::Bureau, false),
        ("83.technicien", Lieu::Structure, false),
    ] {
        let requete = scene.signin(nom).await;
        let found = searched(&scene, &requete, lieu, "martin").await;
        assert_eq!(references(&found), if sees { vec![withdrawn.clone()] } else { vec![] }, "{nom}");
        let other = if lieu == Lieu::Bureau { Lieu::Structure } else { Lieu::Bureau };
        let refused = search(&scene.essai.ctx, &requete, other, "martin").await;
        assert!(matches!(refused, Err(AppError::Interdit(Refus::ActeInterdit))), "{nom} stays on his side");
    }
    let agent = scene.signin("82.agent").await;
    let none = ask(&scene, &agent, Lieu::Bureau, &Question::default()).await;
    assert!(none.lignes.is_empty(), "the desk has a queue, and no list without a search");
}

#[tokio::test]
async fn a_search_and_filters_go_together() {
    let scene = Scene::new().await;
    let (technicien, [_, withdrawn, _]) = three(&scene).await;
    let recherche = Some(sealed(&scene, &technicien, Lieu::Structure, "martin").await);
    for (etat, expected) in [("annulee", vec![withdrawn]), ("cloturee", vec![])] {
        let question = Question { recherche: recherche.clone(), ..filters(&[("etat", etat)]) };
        assert_eq!(references(&ask(&scene, &technicien, Lieu::Structure, &question).await), expected, "{etat}");
    }
}

#[tokio::test]
async fn a_number_leads_to_its_demande_and_a_foreign_one_is_unknown() {
    let scene = Scene::new().await;
    let (technicien, [closed, ..]) = three(&scene).await;
    let ctx = &scene.essai.ctx;
    for typed in [closed.clone(), closed.to_lowercase(), closed.replace('-', " "), closed.replace("EP-", "")] {
        let found = search(ctx, &technicien, Lieu::Structure, &typed).await.unwrap();
        assert_eq!(found, Trouve::Demande(closed.parse().unwrap()), "{typed}");
    }
    let agent = scene.signin("82.agent").await;
    assert!(matches!(search(ctx, &agent, Lieu::Bureau, &closed).await, Ok(Trouve::Demande(_))));
    let refusal = |answer: app::Outcome<Trouve>| match answer {
        Err(AppError::Saisie(erreurs)) => erreurs,
        other => panic!("{other:?}"),
    };
    for (nom, lieu) in
        [("83.technicien", Lieu::Structure), ("57.superviseur", Lieu::Bureau), ("82.examens", Lieu::Bureau)]
    {
        let stranger = scene.signin(nom).await;
        let foreign = refusal(search(ctx, &stranger, lieu, &closed).await);
        let unknown = refusal(search(ctx, &stranger, lieu, "EP-2222-2222-222").await);
        assert_eq!(foreign, unknown, "{nom}");
        assert_eq!(foreign[0].message, "Aucune demande ne porte ce numéro.");
    }
    for typed in ["EP-2222-2222-223", "dupont2", "EP-12", "2 72 09 82 899 004 28", "ly", ""] {
        let erreurs = refusal(search(ctx, &technicien, Lieu::Structure, typed).await);
        assert_eq!(erreurs.iter().map(|e| e.champ.as_str()).collect::<Vec<_>>(), ["nom"], "{typed}");
        assert!(typed.is_empty() || !erreurs[0].message.contains(typed), "never echoed");
    }
}

#[tokio::test]
async fn a_sealed_search_serves_its_author_for_a_quarter_of_an_hour() {
    let scene = Scene::new().await;
    let (technicien, _) = three(&scene).await;
    let jeton = sealed(&scene, &technicien, Lieu::Structure, "martin").await;
    let question = |jeton: &str| Question { recherche: Some(jeton.to_owned()), ..Question::default() };
    let colleague = scene.signin("82.technicien2").await;
    let forged = format!("{}A", &jeton[..jeton.len() - 1]);
    for (who, jeton) in [(&colleague, jeton.as_str()), (&technicien, &forged), (&technicien, "x"), (&technicien, "é")]
    {
        let found = ask(&scene, who, Lieu::Structure, &question(jeton)).await;
        assert_eq!((found.cherche, found.lignes.len()), (Cherche::Expiree, 0), "{jeton}");
    }
    assert_eq!(
        ask(&scene, &technicien, Lieu::Structure, &question(&jeton)).await.cherche,
        Cherche::Nom("martin".into())
    );
    scene.essai.clock.advance(VALIDITE);
    assert_eq!(ask(&scene, &technicien, Lieu::Structure, &question(&jeton)).await.cherche, Cherche::Expiree);
    let short = sealed(&scene, &technicien, Lieu::Structure, "mar").await;
    let long = sealed(&scene, &technicien, Lieu::Structure, &"martin ".repeat(12)).await;
    assert_eq!(short.len(), long.len(), "the length tells nothing of the name");
}

#[tokio::test]
async fn the_journal_keeps_filters_counts_and_a_blind_value_of_the_name() {
    let scene = Scene::new().await;
    let (technicien, _) = three(&scene).await;
    let mine = scene.monde.qui("82.technicien").id().to_string();
    let before = lectures(&scene.base).await.len();
    ask(&scene, &technicien, Lieu::Structure, &filters(&[("etat", "annulee"), ("auteur", &mine)])).await;
    searched(&scene, &technicien, Lieu::Structure, "Martin").await;
    searched(&scene, &technicien, Lieu::Structure, "MÀRTIN").await;
    let rows = lectures(&scene.base).await.split_off(before);
    let [listed, one, two] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!(listed, &("demande.list".to_owned(), r#"{"filtres":["etat:annulee","auteur"],"lignes":1}"#.to_owned()));
    assert_eq!(one, two, "the same name, however it is written");
    assert!(one.0 == "demande.search" && one.1.contains("\"nom\":\"") && one.1.contains("\"lignes\":1"), "{one:?}");
    assert!(rows.iter().all(|(_, details)| !details.to_lowercase().contains("martin")), "{rows:?}");
}
