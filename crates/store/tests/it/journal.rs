//! The journal: only added to, committed together, sealed, and verified row by row.

mod ajout;
mod falsification;
mod lectures;
mod scellement;

use crate::monde::{instant, uuid};
use chrono::{DateTime, TimeDelta, Utc};
use store::Store;
use store::journal::{Entree, Resultat};

pub fn entree(objet_id: &str) -> Entree {
    Entree {
        id: uuid(),
        le: instant(),
        requete: "req".to_owned(),
        acteur: "technicien",
        compte: None,
        action: "demande.deposer",
        objet: "demande",
        objet_id: Some(objet_id.to_owned()),
        caisse: None,
        partenaire: None,
        adresse: None,
        resultat: Resultat::Fait,
        details: "{}".to_owned(),
    }
}

/// Writes so many rows of writes, in one transaction.
pub async fn ecrit(store: &Store, count: usize) {
    let tx = store.begin_write().await.unwrap();
    for n in 0..count {
        store::journal::write(&tx, entree(&n.to_string()));
    }
    tx.commit().await.unwrap();
}

/// Records so many readings.
async fn lit(store: &Store, count: usize) {
    let readings = store::journal::Readings::start(store.clone());
    for n in 0..count {
        readings.record(entree(&n.to_string())).await.unwrap();
    }
}

/// An hour at which nothing unsealed is excused any more.
fn plus_tard() -> DateTime<Utc> {
    instant() + TimeDelta::minutes(2)
}
