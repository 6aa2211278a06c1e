//! Opening: one process, one master key, and on PostgreSQL two roles.

use crate::brut::Brut;
use crate::monde::{Depot, Monde, uuid};
use store::{Database, Store, StoreError};
use testkit::base::{TestBase, keyring};
use vault::{Keyring, MasterKey};

#[tokio::test]
async fn another_master_key_is_refused_and_the_right_one_still_opens() {
    let Monde { store, base } = Monde::new().await;
    store.close().await.unwrap();
    let mut bytes = [7; 32];
    bytes[0] = 2;
    let refused = Store::open(&base.database, Keyring::new(MasterKey::from_bytes(bytes))).await;
    assert!(matches!(refused, Err(StoreError::WrongMasterKey)), "{:?}", refused.err());
    base.store().await;
}

#[tokio::test]
async fn a_check_value_that_cannot_be_read_is_not_taken_for_a_first_start() {
    let Monde { store, base } = Monde::new().await;
    store.close().await.unwrap();
    Brut::main(&base).await.run("UPDATE reglage SET valeur = 'zz'").await;
    let refused = Store::open(&base.database, keyring()).await;
    assert!(matches!(refused, Err(StoreError::WrongMasterKey)), "{:?}", refused.err());
}

#[tokio::test]
async fn what_was_filed_is_there_after_a_new_start() {
    let m = Monde::new().await;
    let reference = m.depose(&Depot::default()).await;
    let Monde { store, base } = m;
    store.close().await.unwrap();
    let m = Monde { store: base.store().await, base };
    assert_eq!(m.lue(&reference).await.contenu.prenom, "Léa");
}

#[tokio::test]
async fn sqlite_files_belong_to_one_process_at_a_time() {
    let base = TestBase::new().await;
    let Database::Sqlite(_) = &base.database else { return };
    let first = base.store().await;
    let clone = first.clone();
    let second = Store::open(&base.database, keyring()).await;
    assert!(matches!(second, Err(StoreError::Locked(_))), "{:?}", second.err());
    drop(first);
    assert!(
        matches!(Store::open(&base.database, keyring()).await, Err(StoreError::Locked(_))),
        "a clone still has them"
    );
    drop(clone);
    base.store().await;
}

/// A role of this test's own on the server, without any right; gives the address with it.
async fn application_role(base: &TestBase, url: &str) -> (String, String) {
    let role = format!("app_{}", uuid().simple());
    Brut::main(base).await.run(&format!("CREATE ROLE {role} LOGIN")).await;
    (url.replacen("postgres@", &format!("{role}@"), 1), role)
}

#[tokio::test]
async fn the_application_role_works_but_touches_neither_journal_nor_guards() {
    let base = TestBase::new().await;
    let Database::Postgres { url, .. } = &base.database else { return };
    let (application, role) = application_role(&base, url).await;
    let database = Database::Postgres { url: application.clone(), proprietaire: Some(url.clone()) };
    let store = Store::open(&database, keyring()).await.unwrap();
    let m = Monde::on(store, base).await;
    let reference = m.depose(&Depot::default()).await;
    assert_eq!(m.lue(&reference).await.contenu.prenom, "Léa");
    crate::journal::ecrit(&m.store, 3).await;
    assert_eq!(store::journal::seal(&m.store, crate::monde::instant()).await.unwrap(), 3);

    let mut db = Brut::at(&application).await;
    for sql in [
        "UPDATE journal_ecriture SET action = 'x'",
        "DELETE FROM journal_chaine",
        "TRUNCATE journal_lecture",
        "DROP TRIGGER journal_ecriture_append ON journal_ecriture",
        "ALTER TABLE journal_ecriture DISABLE TRIGGER ALL",
        "CREATE TABLE nouvelle (x INT)",
        "DELETE FROM _sqlx_migrations",
    ] {
        let refused = db.try_run(sql).await.expect_err(sql).to_string();
        assert!(refused.contains("permission denied") || refused.contains("must be owner"), "{sql}: {refused}");
    }
    drop(db);
    m.store.clone().close().await.unwrap();
    let mut owner = Brut::main(&m.base).await;
    owner.run(&format!("DROP OWNED BY {role}")).await;
    owner.run(&format!("DROP ROLE {role}")).await;
}
