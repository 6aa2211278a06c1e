//! Lists: their order, their pages, their plans.

use crate::monde::{AGENT, C2S, DROITS, Depot, ICI, Monde, agent, apres, nous, superviseur, uuid};
use domain::demande::{Acte, Issue};
use domain::droits::{self, Portee};
use std::collections::BTreeSet;
use store::demande::{Cote, Ligne, Onglet, file, lock_next, nombres, save, structure};

/// Instants written with no, three and six decimals, some of them equal: the text of a time must sort as the time does.
fn instants() -> [i64; 12] {
    [0, 500_000, 500_001, 1, 1_000, 999_999, 1_000_000, 1_000, 250_000, 2_000_000, 2_500_000, 0]
}

async fn filed(m: &Monde) {
    for (n, micros) in instants().into_iter().enumerate() {
        let service = if n % 4 == 3 { C2S } else { DROITS };
        m.depose(&Depot { urgent: n % 3 == 0, transmise_le: apres(micros), service, ..Depot::default() }).await;
    }
}

fn queue_key(l: &Ligne) -> (bool, i64, uuid::Uuid) {
    (!l.urgent, l.transmise_le.timestamp_micros(), l.id.get())
}

async fn queue_page(m: &Monde, portee: &Portee, after: Option<&Ligne>, count: u64) -> Vec<Ligne> {
    let tx = m.store.begin_read().await.unwrap();
    file(&tx, portee, Onglet::APrendre, after.map(Ligne::curseur), count).await.unwrap()
}

#[tokio::test]
async fn the_queue_gives_the_urgent_first_then_the_oldest() {
    let m = Monde::new().await;
    filed(&m).await;
    for (acteur, count) in
        [(superviseur(ICI), 12), (agent(AGENT, ICI, &[DROITS, C2S]), 12), (agent(AGENT, ICI, &[C2S]), 3)]
    {
        let rows = queue_page(&m, &droits::lire_file(&acteur).unwrap(), None, 50).await;
        assert_eq!(rows.len(), count);
        assert!(rows.windows(2).all(|w| queue_key(&w[0]) < queue_key(&w[1])), "{rows:?}");
    }
}

#[tokio::test]
async fn pages_of_the_queue_give_each_row_once_while_others_arrive() {
    let m = Monde::new().await;
    filed(&m).await;
    let portee = droits::lire_file(&superviseur(ICI)).unwrap();
    let first: BTreeSet<_> = queue_page(&m, &portee, None, 50).await.iter().map(|l| l.id.get()).collect();
    let mut seen: Vec<Ligne> = Vec::new();
    for n in 0.. {
        let page = queue_page(&m, &portee, seen.last(), 2).await;
        if page.is_empty() {
            break;
        }
        seen.extend(page);
        if n < 6 {
            // One before and one behind the cursor.
            m.depose(&Depot { urgent: true, transmise_le: apres(-5), ..Depot::default() }).await;
            m.depose(&Depot { transmise_le: apres(9_000_000 + n), ..Depot::default() }).await;
        }
    }
    assert!(seen.windows(2).all(|w| queue_key(&w[0]) < queue_key(&w[1])));
    let ids: BTreeSet<_> = seen.iter().map(|l| l.id.get()).collect();
    assert_eq!(ids.len(), seen.len(), "no row twice");
    assert!(first.is_subset(&ids), "none left out");
}

#[tokio::test]
async fn pages_of_the_structure_give_each_row_once_the_last_filed_first_while_others_arrive() {
    let m = Monde::new().await;
    filed(&m).await;
    let portee = droits::suivre(&nous()).unwrap();
    let mut seen: Vec<Ligne> = Vec::new();
    loop {
        let tx = m.store.begin_read().await.unwrap();
        let page = structure(&tx, &portee, false, seen.last().map(Ligne::curseur), 3).await.unwrap();
        drop(tx);
        if page.is_empty() {
            break;
        }
        seen.extend(page);
        m.depose(&Depot { transmise_le: apres(9_000_000), ..Depot::default() }).await;
    }
    assert_eq!(seen.len(), 12, "what came since is above");
    let key = |l: &Ligne| (l.transmise_le.timestamp_micros(), l.id.get());
    assert!(seen.windows(2).all(|w| key(&w[0]) > key(&w[1])));
}

#[tokio::test]
async fn a_row_shows_what_the_list_needs() {
    let m = Monde::new().await;
    let reference = m.depose(&Depot { urgent: true, transmise_le: apres(7), ..Depot::default() }).await;
    let rows = queue_page(&m, &droits::lire_file(&superviseur(ICI)).unwrap(), None, 5).await;
    let l = &rows[0];
    assert_eq!((l.reference.as_str(), l.nom.as_str(), l.prenom.as_str()), (reference.as_str(), "Carpentier", "Léa"));
    assert_eq!((l.partenaire.as_str(), l.service.as_str(), l.urgent), ("nous", "Service droits", true));
    assert_eq!((l.transmise_le, l.non_lus_desk, l.non_lus_partenaire), (apres(7), 0, 0));
}

#[tokio::test]
async fn each_tab_counts_and_lists_its_own() {
    let m = Monde::new().await;
    filed(&m).await;
    let acteur = agent(AGENT, ICI, &[DROITS, C2S]);
    let portee = droits::lire_file(&acteur).unwrap();
    let order: Vec<_> = queue_page(&m, &portee, None, 50).await.into_iter().map(|l| l.reference).collect();
    for (n, expected) in order.iter().take(3).enumerate() {
        let tx = m.store.begin_write().await.unwrap();
        let mut d = lock_next(&tx, &portee).await.unwrap().unwrap();
        assert_eq!(&d.reference, expected, "take next follows the queue");
        let permis = droits::prendre(&acteur).unwrap();
        let etat = d.etat.apply(Acte::Prendre(AGENT), false, apres(0)).unwrap();
        save(&tx, &permis, &d, etat, (uuid(), Cote::Caisse, apres(0))).await.unwrap();
        if n == 0 {
            d.version += 1;
            let closed = etat.apply(Acte::Cloturer(AGENT, Issue::Refusee), false, apres(1)).unwrap();
            save(&tx, &permis, &d, closed, (uuid(), Cote::Caisse, apres(1))).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    let tx = m.store.begin_read().await.unwrap();
    let tabs = [(Onglet::APrendre, 9), (Onglet::Miennes(AGENT), 2), (Onglet::Traitees, 1)];
    for (onglet, count) in tabs {
        assert_eq!(file(&tx, &portee, onglet, None, 50).await.unwrap().len(), count, "{onglet:?}");
    }
    let n = nombres(&tx, &portee, AGENT).await.unwrap();
    assert_eq!((n.a_prendre, n.miennes, n.en_attente, n.a_lire), (9, 2, 0, 0));
}

#[tokio::test]
async fn the_structure_sees_what_it_has_not_read() {
    let m = Monde::new().await;
    filed(&m).await;
    let acteur = superviseur(ICI);
    let portee = droits::suivre(&nous()).unwrap();
    let tx = m.store.begin_write().await.unwrap();
    let d = lock_next(&tx, &droits::lire_file(&acteur).unwrap()).await.unwrap().unwrap();
    let permis = droits::repondre(&acteur).unwrap();
    let line = (domain::ids::MessageId::new(uuid()), Cote::Caisse, "Voici");
    store::demande::ecrire(&tx, &permis, &d, line, apres(0)).await.unwrap();
    let unread = structure(&tx, &portee, true, None, 50).await.unwrap();
    assert_eq!(
        unread.iter().map(|l| (l.reference.as_str(), l.non_lus_partenaire)).collect::<Vec<_>>(),
        [(d.reference.as_str(), 1)]
    );
}
