//! After the demonstration's year, and after people have used the pages, nothing personal lies in clear in any byte that
//! leaves the process: database files with their write-ahead logs, a PostgreSQL dump, mails, logs.
//!
//! Values are taken from the opened data and looked for as UTF-8 and, as a dump writes bytes, in hexadecimal. Of
//! attachments the names are looked for; their bytes lie sealed in the object store. Takes half a minute.

mod aiguilles;
mod milieux;

use std::collections::BTreeSet;
use std::sync::Arc;

use adapters::courriel::BoiteFichiers;
use demo::Taille;
use domain::assure::DateNaissance;
use testkit::base::TestBase;

use crate::installation::{Installation, Lignes, Servie};
use crate::navigateur::{FORM, champs};
use aiguilles::{Aiguille, Aiguilles};
use milieux::{Milieu, base, courriels, find, plant};

/// Twelve demandes for each of the five conventions.
const TAILLE: Taille = Taille { conventions: 5, demandes: 12 };
/// What a technicien types besides what the demonstration holds. The number is synthetic (commune 899).
const NIR: &str = "2 84 07 82 899 123 54";
const MAUVAIS: &str = "un mot de passe que personne n’a";

/// A person who exists nowhere: planted, to show that each kind of value is found in each place.
fn temoin() -> Aiguilles {
    let mut temoin = Aiguilles::default();
    temoin.nom("nom", "Zygomalas-Planté");
    temoin.nom("prénom", "Quirinus");
    temoin.naissance(DateNaissance::depuis_canonique("1904-02-29").unwrap());
    temoin.texte("texte", "Phrase plantée pour la recherche.");
    temoin.texte("message", "Message planté pour la recherche.");
    temoin.texte("brouillon", "Brouillon planté pour la recherche.");
    temoin.compte(
        "quirinus@planté.example",
        "Quirinus Planté",
        b"graine plantee 20 oc",
        "PLANTEEPLANTEEPLANTEEPLANTEEPLAN",
    );
    temoin.0.insert(Aiguille { nature: "compte, mot de passe", octets: b"plante-plante-plante-00".to_vec() });
    temoin
}

/// Every value of the planted person on its line.
fn planted(temoin: &Aiguilles) -> String {
    let lines: Vec<&str> = temoin.0.iter().map(|a| std::str::from_utf8(&a.octets).unwrap()).collect();
    lines.join("\n")
}

/// People use the pages: what works, what is refused and what does not exist leaves its traces in logs and journal.
async fn browse(servie: &Servie, accounts: &[demo::CompteDemo; 2]) {
    let mut technicien = servie.signed(&accounts[0]).await;
    for (nom, precisions, status) in [
        ("Wisigothane", "Un passage de plus devant la porte close.", 303),
        ("Wisigothane", &*format!("Son numéro est le {NIR}, merci."), 422),
        ("Wisi9othane 7", "Une phrase refusée avec le reste du formulaire.", 422),
    ] {
        let id = technicien.get(FORM).await.attr("input[name=brouillon]", "value").unwrap();
        let mut fields = champs(&id, "82", nom);
        fields.retain(|(name, _)| *name != "precisions");
        fields.push(("precisions", precisions));
        let kept = technicien.post(FORM, &fields).await;
        assert_eq!(kept.status, status, "{precisions}: {}", kept.main_text());
        if status == 303 {
            technicien.get(kept.location()).await;
            let sent = technicien.post(&format!("/brouillons/{id}/envoyer"), &[]).await;
            assert_eq!(technicien.get(sent.location()).await.status, 200);
        }
    }
    assert_eq!(technicien.get("/demandes/Wisigothane").await.status, 404);
    let mut agent = servie.signed(&accounts[1]).await;
    let queue = agent.get("/file").await;
    assert!(queue.main_text().contains("Wisigothane"), "{}", queue.main_text());
    let first = queue.attr("main a[href^='/demandes/']", "href").expect("a demande in the queue");
    assert_eq!(agent.get(&first).await.status, 200);
    let mut other = crate::navigateur::Navigateur::new(servie.port);
    other.get("/connexion").await;
    let saisi = [("identifiant", accounts[0].login.as_str()), ("mot_de_passe", MAUVAIS), ("retour", "/")];
    assert_eq!(other.post("/connexion", &saisi).await.status, 422);
}

/// What is found where, in words.
fn told(found: &BTreeSet<&Aiguille>, milieu: &Milieu) -> Vec<String> {
    let say = |a: &&Aiguille| format!("{} : {} « {} »", milieu.nom, a.nature, String::from_utf8_lossy(&a.octets));
    found.iter().map(say).collect()
}

#[tokio::test]
async fn nothing_personal_lies_in_clear_after_a_year_and_the_search_finds_what_is_planted() {
    let lignes = Lignes::default();
    tracing::subscriber::set_global_default(lignes.subscriber()).expect("the only one of this process");
    let (donnees, boite) = (TestBase::new().await, tempfile::tempdir().unwrap());
    let mailer = Arc::new(BoiteFichiers::new(boite.path()).unwrap());
    let installation = Installation::filled(&donnees, TAILLE, mailer).await;
    let people =
        [installation.compte("technicien", "Tarn-et-Garonne"), installation.compte("agent", "Tarn-et-Garonne")];
    let accounts = installation.accounts.clone();
    let servie = installation.serve();
    browse(&servie, &people).await;
    app::jobs::run_due(&servie.ctx).await.unwrap();

    let mut aiguilles = Aiguilles::of(&servie.ctx.store.begin_read().await.unwrap(), &accounts).await;
    for (nature, texte) in [("NIR", NIR), ("NIR", &*NIR.replace(' ', "")), ("mot de passe refusé", MAUVAIS)] {
        aiguilles.0.insert(Aiguille { nature, octets: texte.as_bytes().to_vec() });
    }
    let papiers: String =
        demo::conventions().into_iter().chain([demo::complements()]).chain(demo::fictives()).map(|f| f.1).collect();
    aiguilles.sans_les_papiers(&papiers);
    let count = |nature: &str| aiguilles.0.iter().filter(|a| a.nature == nature).count();
    let counts = ["nom", "prénom", "naissance", "texte", "message", "note", "brouillon", "compte, adresse", "fichier"]
        .map(|n| (n, count(n)));
    assert!(
        counts.iter().all(|(nature, n)| *n >= if *nature == "fichier" { 1 } else { 3 }),
        "hardly anything to look for: {counts:?}"
    );
    let temoin = temoin();
    let places = plant(&donnees, &planted(&temoin)).await;
    std::fs::write(boite.path().join("plante.eml"), planted(&temoin)).unwrap();
    tracing::warn!(plante = planted(&temoin), "planted");

    let before = places_of(&donnees, boite.path(), &lignes);
    for (milieu, planted) in before.iter().map(|m| (m, find(&temoin, m))) {
        if places.contains(&milieu.nom.as_str()) || ["courriels", "journaux"].contains(&&*milieu.nom) {
            let all: BTreeSet<&Aiguille> = temoin.0.iter().filter(|a| !milieu.prose || a.est_d_un_assure()).collect();
            assert_eq!(told(&planted, milieu), told(&all, milieu), "the search misses what was planted");
        }
    }
    servie.stop().await;
    let after = places_of(&donnees, boite.path(), &lignes);
    let found: BTreeSet<String> = before.iter().chain(&after).flat_map(|m| told(&find(&aiguilles, m), m)).collect();
    eprintln!("{counts:?}, {} bytes", before.iter().map(|m| m.octets.len()).sum::<usize>());
    assert!(found.is_empty(), "in clear: {found:#?}");
}

fn places_of(donnees: &TestBase, boite: &std::path::Path, lignes: &Lignes) -> Vec<Milieu> {
    let journaux = Milieu { nom: "journaux".to_owned(), octets: lignes.text().into_bytes(), prose: false };
    base(donnees).into_iter().chain([courriels(boite), journaux]).collect()
}
