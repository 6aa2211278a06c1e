//! Whoever has the files, or the owner's role, changes something: `journal verify` names the row.

use super::{ecrit, lit, plus_tard};
use crate::brut::Brut;
use crate::monde::{Monde, instant};
use chrono::TimeDelta;
use store::journal::{Defect, seal, verify};

/// Five rows of writes (links 1 to 5), three of reads (6 to 8), sealed; the guards are gone.
async fn falsifiable() -> (Monde, Brut, Brut) {
    let m = Monde::new().await;
    ecrit(&m.store, 5).await;
    lit(&m.store, 3).await;
    assert_eq!(seal(&m.store, instant()).await.unwrap(), 8);
    assert_eq!(verify(&m.store, plus_tard()).await.unwrap(), Ok(8));
    let (mut main, mut journal) = (Brut::main(&m.base).await, Brut::journal(&m.base).await);
    main.unguard("journal_ecriture").await;
    journal.unguard("journal_lecture").await;
    journal.unguard("journal_chaine").await;
    (m, main, journal)
}

async fn defect(m: &Monde) -> Defect {
    verify(&m.store, plus_tard()).await.unwrap().expect_err("a defect")
}

#[tokio::test]
async fn every_changed_field_of_a_row_is_named() {
    let (m, mut main, mut journal) = falsifiable().await;
    let someone = main.id(crate::monde::uuid());
    let fields = [
        ("id", someone.as_str()),
        ("le", "'2029-01-08T08:00:00.000001+00:00'"),
        ("requete", "'autre'"),
        ("acteur", "'agent'"),
        ("compte_id", &someone),
        ("action", "'x'"),
        ("objet", "'x'"),
        ("objet_id", "NULL"),
        ("caisse_id", &someone),
        ("partenaire_id", &someone),
        ("adresse", "'192.0.2.1'"),
        ("resultat", "'refus'"),
        ("details", "'{} '"),
    ];
    main.run("CREATE TABLE temoin AS SELECT * FROM journal_ecriture").await;
    for (field, value) in fields {
        main.run(&format!("UPDATE journal_ecriture SET {field} = {value} WHERE numero = 3")).await;
        assert_eq!(defect(&m).await, Defect::Changed { source: "ecriture", numero: 3 }, "{field}");
        let back = format!("(SELECT {field} FROM temoin WHERE numero = 3)");
        main.run(&format!("UPDATE journal_ecriture SET {field} = {back} WHERE numero = 3")).await;
    }
    assert_eq!(verify(&m.store, plus_tard()).await.unwrap(), Ok(8));
    journal.run("UPDATE journal_lecture SET objet_id = '99' WHERE numero = 2").await;
    assert_eq!(defect(&m).await, Defect::Changed { source: "lecture", numero: 2 });
}

#[tokio::test]
async fn a_removed_row_is_named() {
    let (m, mut main, mut journal) = falsifiable().await;
    journal.run("DELETE FROM journal_lecture WHERE numero = 3").await;
    assert_eq!(defect(&m).await, Defect::Missing { source: "lecture", numero: 3 });
    main.run("DELETE FROM journal_ecriture WHERE numero = 4").await;
    assert_eq!(defect(&m).await, Defect::Missing { source: "ecriture", numero: 4 }, "the first one");
}

#[tokio::test]
async fn a_removed_link_is_named() {
    let (m, _, mut journal) = falsifiable().await;
    journal.run("DELETE FROM journal_chaine WHERE sequence = 3").await;
    assert_eq!(defect(&m).await, Defect::Moved { sequence: 3 });
    journal.run("UPDATE journal_chaine SET sequence = sequence - 1 WHERE sequence = 4").await;
    assert_eq!(defect(&m).await, Defect::Changed { source: "ecriture", numero: 4 }, "closing the gap does not help");
}

#[tokio::test]
async fn a_removed_last_link_leaves_a_row_unsealed() {
    let (m, _, mut journal) = falsifiable().await;
    journal.run("DELETE FROM journal_chaine WHERE sequence = 8").await;
    assert_eq!(defect(&m).await, Defect::Unsealed { source: "lecture", numero: 3 });
}

#[tokio::test]
async fn swapped_rows_and_swapped_links_are_named() {
    let (m, mut main, mut journal) = falsifiable().await;
    journal.run("UPDATE journal_chaine SET sequence = 100 WHERE sequence = 2").await;
    journal.run("UPDATE journal_chaine SET sequence = 2 WHERE sequence = 3").await;
    journal.run("UPDATE journal_chaine SET sequence = 3 WHERE sequence = 100").await;
    assert_eq!(defect(&m).await, Defect::Changed { source: "ecriture", numero: 3 });

    let overriding = if main.is_sqlite() { "" } else { "OVERRIDING SYSTEM VALUE " };
    main.run("CREATE TABLE copie AS SELECT * FROM journal_ecriture").await;
    main.run("DELETE FROM journal_ecriture WHERE numero IN (1, 2)").await;
    let columns = "id, le, requete, acteur, compte_id, action, objet, objet_id, caisse_id, partenaire_id, adresse, resultat, details";
    let sql = format!(
        "INSERT INTO journal_ecriture (numero, {columns}) {overriding}SELECT 3 - numero, {columns} FROM copie WHERE numero <= 2"
    );
    assert_eq!(main.run(&sql).await, 2);
    assert_eq!(defect(&m).await, Defect::Changed { source: "ecriture", numero: 1 });
}

#[tokio::test]
async fn a_link_forged_for_a_changed_row_is_given_away_by_the_next() {
    let (m, _, mut journal) = falsifiable().await;
    let forged = journal.bytes(&[9; 32]);
    journal.run(&format!("UPDATE journal_chaine SET empreinte = {forged} WHERE sequence = 8")).await;
    assert_eq!(defect(&m).await, Defect::Changed { source: "lecture", numero: 3 });
}

#[tokio::test]
async fn a_row_unsealed_for_more_than_a_minute_is_named() {
    let m = Monde::new().await;
    ecrit(&m.store, 1).await;
    seal(&m.store, instant()).await.unwrap();
    ecrit(&m.store, 1).await;
    lit(&m.store, 1).await;
    let minute = instant() + TimeDelta::seconds(60);
    assert_eq!(verify(&m.store, minute).await.unwrap(), Ok(1), "within a minute");
    let more = verify(&m.store, minute + TimeDelta::microseconds(1)).await.unwrap();
    assert_eq!(more, Err(Defect::Unsealed { source: "ecriture", numero: 2 }));
    let mut db = Brut::main(&m.base).await;
    db.unguard("journal_ecriture").await;
    db.run("DELETE FROM journal_ecriture WHERE numero = 2").await;
    assert_eq!(defect(&m).await, Defect::Unsealed { source: "lecture", numero: 1 });
}
