//! Plans on SQLite: each list follows its index.

use crate::entity::piece_jointe::{Column, Entity};
use crate::quarantaine::waiting_query;
use crate::test_base::{sorts, sqlite, sqlite_plan};
use chrono::DateTime;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder};
use uuid::Uuid;

#[tokio::test]
async fn files_are_found_by_draft_by_demande_and_by_their_turn_without_a_sort() {
    let (_folder, store) = sqlite().await;
    let sorted = |column: Column| {
        let found = Entity::find().filter(column.eq(Uuid::nil()));
        found.order_by(Column::RecueLe, Order::Asc).order_by(Column::Id, Order::Asc)
    };
    let now = DateTime::from_timestamp(1_862_000_000, 0).unwrap();
    for (query, index) in [
        (sorted(Column::BrouillonId), "piece_jointe_brouillon"),
        (sorted(Column::DemandeId), "piece_jointe_demande"),
        (waiting_query::<Entity>(now, 200), "piece_jointe_attente"),
    ] {
        let found = sqlite_plan(&store, query).await;
        let follows = found.iter().any(|l| l.contains(&format!("INDEX {index} ")));
        assert!(follows && !sorts(&found), "{index}: {found:#?}");
    }
}
