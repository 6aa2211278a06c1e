//! Append-only, whatever the statement.

use super::{ecrit, lit, plus_tard};
use crate::brut::Brut;
use crate::monde::{Monde, TECHNICIEN, instant, uuid};

const TABLES: [&str; 4] = ["journal_ecriture", "journal_lecture", "journal_chaine", "acceptation"];

async fn filled() -> Monde {
    let m = Monde::new().await;
    ecrit(&m.store, 2).await;
    lit(&m.store, 2).await;
    store::journal::seal(&m.store, instant()).await.unwrap();
    let mut db = Brut::main(&m.base).await;
    let sql = format!(
        "INSERT INTO acceptation VALUES ({}, {}, 'cgu', '1', '2029-01-08T08:00:00+00:00')",
        db.id(uuid()),
        db.id(TECHNICIEN.get())
    );
    db.run(&sql).await;
    m
}

async fn holding(m: &Monde, table: &str) -> Brut {
    let mine = table == "journal_lecture" || table == "journal_chaine";
    if mine { Brut::journal(&m.base).await } else { Brut::main(&m.base).await }
}

#[tokio::test]
async fn rows_of_the_journal_and_acceptances_are_neither_changed_nor_removed() {
    let m = filled().await;
    for table in TABLES {
        let mut db = holding(&m, table).await;
        let before = db.number(&format!("SELECT COUNT(*) FROM {table}")).await;
        assert!(before > 0, "{table}");
        let column = if table == "journal_chaine" {
            "scelle_le"
        } else if table == "acceptation" {
            "version"
        } else {
            "action"
        };
        let mut statements = vec![format!("UPDATE {table} SET {column} = {column}"), format!("DELETE FROM {table}")];
        if db.is_sqlite() {
            statements.push(format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"));
            statements.push(format!("UPDATE OR REPLACE {table} SET {column} = {column}"));
        } else {
            statements.push(format!("TRUNCATE {table}"));
            statements.push(format!("TRUNCATE {table} CASCADE"));
        }
        for sql in statements {
            let refused = db.try_run(&sql).await.expect_err(&sql).to_string();
            assert!(refused.contains("append only"), "{sql}: {refused}");
        }
        assert_eq!(db.number(&format!("SELECT COUNT(*) FROM {table}")).await, before, "{table}");
    }
    assert_eq!(store::journal::verify(&m.store, plus_tard()).await.unwrap(), Ok(4));
}

#[tokio::test]
async fn rows_of_one_transaction_are_numbered_as_they_were_written_however_many_go_with_the_commit() {
    let m = Monde::new().await;
    let tx = m.store.begin_write().await.unwrap();
    for n in 0..250 {
        store::journal::write(&tx, super::entree(&n.to_string()));
        if n % 5 == 0 {
            store::outbox::push(&tx, uuid(), "essai", &serde_json::json!({}), instant());
        }
    }
    tx.commit().await.unwrap();
    let mut db = Brut::main(&m.base).await;
    let rows = db.texts("SELECT objet_id FROM journal_ecriture ORDER BY numero").await;
    let wanted: Vec<String> = (0..250).map(|n| n.to_string()).collect();
    assert_eq!(rows.concat(), wanted);
    assert_eq!(db.number("SELECT COUNT(*) FROM outbox").await, 50);
}
