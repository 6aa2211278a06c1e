//! Plans on SQLite: each list follows its index.

use super::analyse::waiting_query;
use crate::entity::piece_jointe::{Column, Entity};
use crate::{Database, Store};
use chrono::DateTime;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, Order, QueryFilter, QueryOrder, QueryTrait, Select,
};
use uuid::Uuid;
use vault::{Keyring, MasterKey};

async fn plan(store: &Store, query: Select<Entity>) -> String {
    let mut statement = query.build(DbBackend::Sqlite);
    statement.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
    let tx = store.begin_read().await.unwrap();
    let rows = tx.inner.query_all_raw(statement).await.unwrap();
    rows.iter().map(|r| r.try_get::<String>("", "detail").unwrap()).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn files_are_found_by_draft_by_demande_and_by_their_turn_without_a_sort() {
    let folder = tempfile::tempdir().unwrap();
    let keyring = Keyring::new(MasterKey::from_bytes(std::array::from_fn(|n| n as u8)));
    let store = Store::open(&Database::Sqlite(folder.path().to_owned()), keyring).await.unwrap();
    let sorted = |column: Column| {
        let found = Entity::find().filter(column.eq(Uuid::nil()));
        found.order_by(Column::RecueLe, Order::Asc).order_by(Column::Id, Order::Asc)
    };
    let now = DateTime::from_timestamp(1_862_000_000, 0).unwrap();
    for (query, index) in [
        (sorted(Column::BrouillonId), "piece_jointe_brouillon"),
        (sorted(Column::DemandeId), "piece_jointe_demande"),
        (waiting_query(now, 200), "piece_jointe_attente"),
    ] {
        let found = plan(&store, query).await;
        assert!(found.contains(&format!("INDEX {index} ")) && !found.contains("TEMP B-TREE"), "{index}: {found}");
    }
}
