//! A structure of two caisses: each counts the comptes that have access to it (HA-2); and what stays of a person in
//! demandes once the compte is deleted (HA-10).

use super::banc::{Banc, avec, banc_vide, champs, identite};
use app::compte::{self, Invite};
use app::error::Outcome;
use chrono::{NaiveDate, TimeDelta};
use domain::compte::Profil;
use domain::convention::{Quota, Quotas, Source, Valeur};
use domain::demande::Sorte;
use domain::droits::{Acteur, Importer, Raison, systeme};
use testkit::TestApp;
use testkit::saisies::{Champs, saisie};

/// The tables of a convention out of a file of complements, with what stands at its top.
fn complements(tout: &str, cle: &str) -> String {
    let mut garde = true;
    let lignes = tout.lines().filter(|ligne| {
        if ligne.starts_with("[complement.") {
            garde = ligne.starts_with(&format!("[complement.{cle}"));
        }
        garde
    });
    lignes.collect::<Vec<_>>().join("\n")
}

/// 002 in Moselle (180 members: 25 techniciens) and 010 in Meurthe-et-Moselle, for one structure.
pub async fn deux_caisses() -> Banc {
    let banc = banc_vide().await;
    banc.clock.set("2028-06-01T10:00:00Z".parse().unwrap());
    app::caisse::install(&banc.ctx).await.unwrap();
    let moselle = complements(include_str!("../../../../../demo/complements.toml"), "002");
    let fictive = complements(include_str!("../../../../../demo/fictives/complements.toml"), "010");
    let fichiers = [
        ("002.toml", include_str!("../../../../../demo/conventions/002-moselle.toml")),
        ("010.toml", include_str!("../../../../../demo/fictives/010-fictive-meurthe-et-moselle.toml")),
        ("a.toml", &moselle),
        ("b.toml", &fictive),
    ];
    let fichiers: Vec<_> = fichiers.iter().map(|(n, c)| ((*n).to_owned(), (*c).to_owned())).collect();
    app::convention::import(&banc.ctx, &fichiers, false).await.unwrap();
    for cle in ["002-moselle", "010-fictive-meurthe-et-moselle"] {
        let le = NaiveDate::from_ymd_opt(2028, 6, 1).unwrap();
        app::convention::activate(&banc.ctx, Raison::Demonstration, cle, le).await.unwrap();
    }
    banc
}

async fn invite(banc: &Banc, n: u8) -> Outcome<Invite> {
    let nom = format!("Nom{}{}", char::from(b'a' + n / 26), char::from(b'a' + n % 26));
    let i = identite("Tech", &nom, &format!("t{n}@metz-metropole.example"));
    banc.invite("002-moselle", Profil::Technicien, &i).await
}

/// Gives a convention so many places of techniciens, whatever its brackets.
async fn limit(banc: &Banc, cle: &str, techniciens: u32) {
    let permis = systeme::permis::<Importer>(&Acteur::Systeme(Raison::Import)).unwrap();
    let tx = banc.ctx.store.begin_write().await.unwrap();
    let mut c = store::convention::by_cle(&tx, cle).await.unwrap().unwrap();
    let source = Source::Article("essai".to_owned());
    let valeur = Quotas::Fixe(Quota { gestionnaires: 2, techniciens });
    c.dossier.stipulations.habilitations.quotas = Some(Valeur { valeur, source });
    store::convention::update(&tx, &permis, &c, banc.ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_fewest_places_of_two_caisses_hold_for_the_structure() {
    for strict in ["002-moselle", "010-fictive-meurthe-et-moselle"] {
        let banc = deux_caisses().await;
        limit(&banc, strict, 3).await;
        let g = identite("Armel", "Quintane", "armel@metz-metropole.example");
        let g = banc.active(&banc.invite("002-moselle", Profil::Gestionnaire, &g).await.unwrap()).await;
        let places = compte::seats(&banc.ctx, &avec(&g.jeton)).await.unwrap();
        let mut allowed: Vec<_> = places.iter().filter_map(|p| p.techniciens.1).collect();
        allowed.sort_unstable();
        assert_eq!((allowed.len(), allowed[0]), (2, 3), "{places:?}");
        assert!(allowed[1] > 3, "{places:?}");
        for n in 0..3 {
            invite(&banc, n).await.unwrap();
        }
        assert_eq!(champs(invite(&banc, 60).await), ["profil"], "{strict}");
        let places = compte::seats(&banc.ctx, &avec(&g.jeton)).await.unwrap();
        assert!(places.iter().all(|p| p.techniciens.0 == 3), "each counts all of them: {places:?}");
    }
}

#[tokio::test]
async fn demandes_of_a_deleted_compte_stay_with_the_structure_without_a_name() {
    let app = Box::pin(TestApp::monde()).await;
    let technicien = Box::pin(app.requete("82.technicien")).await;
    let saisie = saisie(Sorte::Document).with("departement", "82");
    let id = Box::pin(testkit::depot::draft(&app.ctx, &technicien, Sorte::Document, &saisie)).await;
    let reference = Box::pin(app::demande::submit(&app.ctx, &technicien, id)).await.unwrap();
    let collegue = Box::pin(app.requete("82.technicien2")).await;
    let auteur = Box::pin(app::demande::show(&app.ctx, &collegue, &reference)).await.unwrap().auteur;
    assert!(!auteur.contains("supprimé"), "{auteur}");
    let g = Box::pin(app.requete("82.gestionnaire")).await;
    Box::pin(compte::deactivate(&app.ctx, &g, app.monde.qui("82.technicien").id())).await.unwrap();
    app.advance(TimeDelta::days(190));
    let collegue = Box::pin(app.requete("82.technicien2")).await;
    let seen = Box::pin(app::demande::show(&app.ctx, &collegue, &reference)).await.unwrap();
    assert_eq!(seen.auteur, "Compte supprimé", "hidden before the reconciler ran");
    Box::pin(app.run_jobs()).await;
    let collegue = Box::pin(app.requete("82.technicien2")).await;
    let seen = Box::pin(app::demande::show(&app.ctx, &collegue, &reference)).await.unwrap();
    assert_eq!(seen.auteur, "Compte supprimé", "and after");
}
