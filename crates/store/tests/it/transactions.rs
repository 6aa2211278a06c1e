//! The two ways to a transaction.

use crate::monde::{AGENT, Depot, Monde, TECHNICIEN, importer, instant, nous, uuid};
use domain::demande::Sorte;
use domain::droits;
use domain::ids::BrouillonId;
use store::StoreError;
use store::brouillon::Saisie;
use store::demande::nombres;
use store::partenaire::Partenaire;

fn partenaire(slug: &str) -> Partenaire {
    let id = domain::ids::PartenaireId::new(uuid());
    Partenaire { id, slug: slug.to_owned(), nom: slug.to_owned(), nom_court: slug.to_owned(), departement: None }
}

#[tokio::test]
async fn a_reading_transaction_sees_one_snapshot_while_a_writer_commits() {
    let m = Monde::new().await;
    m.depose(&Depot::default()).await;
    let portee = droits::lire_demandes(&nous()).unwrap();
    let tx = m.store.begin_read().await.unwrap();
    let before = nombres(&tx, &portee, AGENT).await.unwrap().a_prendre;
    m.depose(&Depot::default()).await;
    let meanwhile = nombres(&tx, &portee, AGENT).await.unwrap().a_prendre;
    drop(tx);
    let tx = m.store.begin_read().await.unwrap();
    let after = nombres(&tx, &portee, AGENT).await.unwrap().a_prendre;
    assert_eq!((before, meanwhile, after), (1, 1, 2));
}

#[tokio::test]
async fn a_writing_transaction_dropped_without_commit_leaves_nothing() {
    let m = Monde::new().await;
    let tx = m.store.begin_write().await.unwrap();
    store::partenaire::insert(&tx, &importer(), &partenaire("perdu"), instant()).await.unwrap();
    assert!(store::partenaire::by_slug(&tx, "perdu").await.unwrap().is_some(), "it sees its own rows");
    drop(tx);
    // The next writer gets its turn, and commits only its own.
    let tx = m.store.begin_write().await.unwrap();
    store::partenaire::insert(&tx, &importer(), &partenaire("garde"), instant()).await.unwrap();
    tx.commit().await.unwrap();
    let tx = m.store.begin_read().await.unwrap();
    assert!(store::partenaire::by_slug(&tx, "perdu").await.unwrap().is_none());
    assert!(store::partenaire::by_slug(&tx, "garde").await.unwrap().is_some());
}

#[tokio::test]
async fn a_demande_is_filed_whole_or_not_at_all() {
    let m = Monde::new().await;
    let depot = Depot::default();
    m.depose(&depot).await;
    let again = m.essaie_deposer(&depot).await;
    assert!(matches!(again, Err(StoreError::Taken)), "{again:?}");
    let mut db = crate::brut::Brut::main(&m.base).await;
    for table in ["demande", "evenement", "accuse"] {
        assert_eq!(db.number(&format!("SELECT COUNT(*) FROM {table}")).await, 1, "{table}");
    }
}

#[tokio::test]
async fn a_name_without_a_letter_is_filed_and_only_not_found_by_name() {
    let m = Monde::new().await;
    let reference = m.depose(&Depot { nom: "—".to_owned(), prenom: String::new(), ..Depot::default() }).await;
    assert_eq!(m.lue(&reference).await.contenu.nom, "—");
}

/// Before the ring was kept to committed keys, the second draft was sealed by the key of the first, which nobody stored.
#[tokio::test]
async fn a_key_made_by_a_transaction_that_failed_seals_nothing_afterwards() {
    let m = Monde::new().await;
    let permis = droits::garder_brouillon(&nous(), Sorte::Document).unwrap();
    let saisie = Saisie([("precisions".to_owned(), vec!["bonjour".to_owned()])].into());
    for commits in [false, true] {
        let tx = m.store.begin_write().await.unwrap();
        let id = BrouillonId::new(uuid());
        store::brouillon::insert(&tx, &permis, id, (Sorte::Document, &saisie), instant()).await.unwrap();
        if commits {
            tx.commit().await.unwrap();
        }
    }
    let Monde { store, base } = m;
    store.close().await.unwrap();
    let again = base.store().await;
    let tx = again.begin_read().await.unwrap();
    let found = store::brouillon::list(&tx, TECHNICIEN).await.unwrap();
    assert_eq!(found.into_iter().map(|b| b.saisie).collect::<Vec<_>>(), [saisie]);
}
