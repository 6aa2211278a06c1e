//! Scope: whoever is outside sees nothing and changes nothing (architecture, rules 2 to 4).

use crate::monde::{
    AGENT, AGENT_AILLEURS, AILLEURS, C2S, DROITS, Depot, EUX, ICI, LEUR_TECHNICIEN, Monde, NOUS, SERVICE_AILLEURS,
    TECHNICIEN, agent, instant, nous, superviseur, technicien, uuid,
};
use domain::demande::{Acte, EtatDemande, Issue, Sorte};
use domain::droits::{self, Acteur, Portee};
use domain::ids::{BrouillonId, MessageId};
use store::StoreError;
use store::brouillon::Saisie;
use store::demande::{
    Cote, Criteres, Depart, Onglet, Tranche, ecrire, file, lock, marquer_lu, nombres, save, search_nom, structure,
};

/// Everybody for whom a demande of « nous » to the service « droits » of « ici » does not exist.
fn outsiders() -> Vec<(&'static str, Acteur)> {
    vec![
        ("another structure", technicien(LEUR_TECHNICIEN, EUX, &[ICI])),
        ("our structure without that caisse", technicien(TECHNICIEN, NOUS, &[AILLEURS])),
        ("our structure without any access", technicien(TECHNICIEN, NOUS, &[])),
        ("another caisse", agent(AGENT_AILLEURS, AILLEURS, &[SERVICE_AILLEURS])),
        ("another caisse that names our service", agent(AGENT_AILLEURS, AILLEURS, &[DROITS])),
        ("another service", agent(AGENT, ICI, &[C2S])),
        ("no service", agent(AGENT, ICI, &[])),
        ("the superviseur of another caisse", superviseur(AILLEURS)),
    ]
}

fn insiders() -> Vec<(&'static str, Acteur)> {
    vec![
        ("our technicien", nous()),
        ("an agent of the service", agent(AGENT, ICI, &[C2S, DROITS])),
        ("the superviseur", superviseur(ICI)),
    ]
}

#[tokio::test]
async fn whoever_is_outside_loads_and_lists_nothing() {
    let m = Monde::new().await;
    let reference = m.depose(&Depot::default()).await;
    for (who, acteur) in insiders() {
        assert!(m.vue(&acteur, &reference).await.is_some(), "{who}");
        assert_eq!(seen(&m, &droits::lire_demandes(&acteur).unwrap()).await, 4, "{who}");
    }
    for (who, acteur) in outsiders() {
        assert!(m.vue(&acteur, &reference).await.is_none(), "{who}");
        assert_eq!(seen(&m, &droits::lire_demandes(&acteur).unwrap()).await, 0, "{who}");
    }
    let tx = m.store.begin_read().await.unwrap();
    let soi = Portee::Soi(TECHNICIEN);
    assert!(store::demande::load(&tx, &soi, &reference).await.unwrap().is_none());
    assert_eq!(seen(&m, &soi).await, 0);
}

/// In how many of the four lists the one demande appears.
async fn seen(m: &Monde, portee: &Portee) -> usize {
    let tx = m.store.begin_read().await.unwrap();
    let listed = file(&tx, portee, Onglet::APrendre, None, 10).await.unwrap().len()
        + structure(&tx, portee, false, None, 10).await.unwrap().len()
        + search_nom(&tx, portee, "carpentier", &Criteres::default(), Tranche { depart: Depart::Debut, nombre: 10 })
            .await
            .unwrap()
            .lignes
            .len();
    listed + usize::try_from(nombres(&tx, portee, AGENT).await.unwrap().a_prendre).unwrap()
}

#[tokio::test]
async fn a_proof_from_outside_writes_nothing() {
    let m = Monde::new().await;
    let reference = m.depose(&Depot::default()).await;
    let lue = m.lue(&reference).await;
    for (who, acteur) in outsiders() {
        let tx = m.store.begin_write().await.unwrap();
        let permis = droits::repondre(&acteur).unwrap();
        let line = (MessageId::new(uuid()), Cote::Partenaire, "texte");
        let written = ecrire(&tx, &permis, &lue, line, instant()).await;
        assert!(matches!(written, Err(StoreError::Conflict)), "{who}: {written:?}");
        if let Ok(permis) = droits::prendre(&acteur) {
            let etat = lue.etat.apply(Acte::Prendre(AGENT), false, instant()).unwrap();
            let saved = save(&tx, &permis, &lue, etat, (uuid(), Cote::Caisse, instant())).await;
            assert!(matches!(saved, Err(StoreError::Conflict)), "{who}: {saved:?}");
            assert!(store::demande::lock_next(&tx, permis.portee()).await.unwrap().is_none(), "{who}");
        }
        if let Ok(permis) = droits::annuler(&acteur) {
            let etat = EtatDemande::Annulee { le: instant() };
            let saved = save(&tx, &permis, &lue, etat, (uuid(), Cote::Partenaire, instant())).await;
            assert!(matches!(saved, Err(StoreError::Conflict)), "{who}: {saved:?}");
        }
        tx.commit().await.unwrap();
    }
    let after = m.lue(&reference).await;
    assert_eq!((after.version, after.etat), (lue.version, EtatDemande::Transmise));
    let tx = m.store.begin_read().await.unwrap();
    assert!(store::demande::messages(&tx, &after).await.unwrap().is_empty());
    assert_eq!(store::demande::evenements(&tx, &after).await.unwrap().len(), 1);
}

#[tokio::test]
async fn whoever_is_outside_marks_nothing_as_read() {
    let m = Monde::new().await;
    let reference = m.depose(&Depot::default()).await;
    let lue = m.lue(&reference).await;
    let permis = droits::repondre(&nous()).unwrap();
    let tx = m.store.begin_write().await.unwrap();
    let ligne = MessageId::new(uuid());
    ecrire(&tx, &permis, &lue, (ligne, Cote::Partenaire, "texte"), instant()).await.unwrap();
    tx.commit().await.unwrap();
    let tx = m.store.begin_write().await.unwrap();
    for (who, acteur) in outsiders() {
        let portee = droits::lire_demandes(&acteur).unwrap();
        assert!(lock(&tx, &portee, &reference).await.unwrap().is_none(), "{who}");
    }
    assert!(store::demande::messages(&tx, &lue).await.unwrap()[0].vu_le.is_none());
    let desk = droits::lire_demandes(&superviseur(ICI)).unwrap();
    let lue = lock(&tx, &desk, &reference).await.unwrap().unwrap();
    let mut marks = Vec::new();
    for (cote, vus) in
        [(Cote::Partenaire, &[ligne][..]), (Cote::Caisse, &[]), (Cote::Caisse, &[ligne]), (Cote::Caisse, &[ligne])]
    {
        marks.push(marquer_lu(&tx, &lue, cote, vus, instant()).await.unwrap());
    }
    assert_eq!(marks, [false, false, true, false], "nothing new for the writer, nothing unseen, then seen once");
    assert_eq!(store::demande::messages(&tx, &lue).await.unwrap()[0].vu_le, Some(instant()));
}

#[tokio::test]
async fn nobody_files_for_another_structure_another_caisse_or_another_compte() {
    let m = Monde::new().await;
    let depot = Depot::default();
    m.depose(&depot).await;
    let foreign = Depot { partenaire: EUX, cle: uuid(), ..depot.clone() };
    assert!(matches!(m.essaie_deposer(&foreign).await, Err(StoreError::Conflict)));

    let tx = m.store.begin_write().await.unwrap();
    let permis = droits::deposer(&nous(), ICI, Sorte::Document).unwrap();
    let accuse = crate::monde::accuse();
    let contenu = crate::monde::contenu(&depot);
    for (caisse, auteur) in [(AILLEURS, TECHNICIEN), (ICI, LEUR_TECHNICIEN)] {
        let n = store::demande::Nouvelle {
            id: domain::ids::DemandeId::new(uuid()),
            reference: "X",
            caisse,
            service: DROITS,
            partenaire: NOUS,
            convention: crate::monde::NOTRE_CONVENTION,
            auteur,
            sorte: Sorte::Document,
            sous_types: String::new(),
            departement: "82",
            civilite: domain::assure::Civilite::Monsieur,
            contenu: &contenu,
            cles_nom: ("carpentier", "lea"),
            urgent: false,
            transmise_le: instant(),
            echeance: accuse.echeance,
            delai_jours: 10,
            cle_idempotence: uuid(),
            accuse: &accuse,
        };
        let filed = store::demande::insert(&tx, &permis, &n, uuid()).await;
        assert!(matches!(filed, Err(StoreError::Conflict)), "{caisse} {auteur}: {filed:?}");
    }
}

#[tokio::test]
async fn a_draft_is_seen_changed_and_removed_by_its_compte_alone() {
    let m = Monde::new().await;
    let mine = droits::garder_brouillon(&nous(), Sorte::Document).unwrap();
    let theirs = droits::garder_brouillon(&technicien(LEUR_TECHNICIEN, NOUS, &[ICI]), Sorte::Document).unwrap();
    let id = BrouillonId::new(uuid());
    let tx = m.store.begin_write().await.unwrap();
    store::brouillon::insert(&tx, &mine, id, (Sorte::Document, &Saisie::default()), instant()).await.unwrap();
    let draft = store::brouillon::load(&tx, TECHNICIEN, id).await.unwrap().unwrap();
    assert!(store::brouillon::load(&tx, LEUR_TECHNICIEN, id).await.unwrap().is_none());
    assert!(store::brouillon::list(&tx, LEUR_TECHNICIEN).await.unwrap().is_empty());
    let changed = store::brouillon::update(&tx, &theirs, &draft, instant()).await;
    assert!(matches!(changed, Err(StoreError::Conflict)), "{changed:?}");
    tx.commit().await.unwrap();
    for (by, left) in [(LEUR_TECHNICIEN, true), (TECHNICIEN, false)] {
        let tx = m.store.begin_write().await.unwrap();
        store::brouillon::delete(&tx, by, id);
        tx.commit().await.unwrap();
        let tx = m.store.begin_read().await.unwrap();
        assert_eq!(store::brouillon::load(&tx, TECHNICIEN, id).await.unwrap().is_some(), left);
    }
}

#[tokio::test]
async fn a_closed_demande_keeps_who_closed_it_and_how() {
    let m = Monde::new().await;
    let reference = m.depose(&Depot::default()).await;
    let acteur = agent(AGENT, ICI, &[DROITS]);
    for acte in [Acte::Prendre(AGENT), Acte::Cloturer(AGENT, Issue::Satisfaite)] {
        let lue = m.vue(&acteur, &reference).await.unwrap();
        let etat = lue.etat.apply(acte, false, instant()).unwrap();
        let tx = m.store.begin_write().await.unwrap();
        let permis = droits::prendre(&acteur).unwrap();
        save(&tx, &permis, &lue, etat, (uuid(), Cote::Caisse, instant())).await.unwrap();
        tx.commit().await.unwrap();
    }
    let closed = m.lue(&reference).await;
    assert_eq!(closed.etat, EtatDemande::Cloturee { agent: Some(AGENT), le: instant(), issue: Issue::Satisfaite });
    let tx = m.store.begin_read().await.unwrap();
    let events = store::demande::evenements(&tx, &closed).await.unwrap();
    assert_eq!(events.last().map(|e| (e.cote, e.auteur)), Some((Some(Cote::Caisse), Some(AGENT))));
}
