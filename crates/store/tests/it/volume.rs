//! Demandes that are written whole, as the benchmark does: the same as those that were filed and treated act by act.

use crate::monde::{
    AGENT, DROITS, Depot, ICI, Monde, NOTRE_CONVENTION, NOUS, TECHNICIEN, accuse, agent, apres, contenu, importer,
    nous, uuid,
};
use chrono::NaiveDate;
use domain::assure::Civilite;
use domain::demande::{Etat, EtatDemande, Sorte};
use domain::droits;
use domain::ids::{DemandeId, MessageId};
use store::demande::{
    Changement, Cote, Criteres, Depart, Ecrit, Entiere, Nouvelle, Tranche, ecrire, evenements, insert_whole, messages,
    search_nom,
};

/// One that an agent has in charge, with a line of each side; the last one is new.
async fn written(m: &Monde) -> String {
    let (depot, id) = (Depot::default(), uuid());
    let (reference, contenu, accuse) = (format!("R{}", id.simple()), contenu(&depot), accuse());
    let nouvelle = Nouvelle {
        id: DemandeId::new(id),
        reference: &reference,
        caisse: ICI,
        service: DROITS,
        partenaire: NOUS,
        convention: NOTRE_CONVENTION,
        auteur: TECHNICIEN,
        sorte: Sorte::Document,
        sous_types: "attestation".to_owned(),
        departement: "82",
        civilite: Civilite::Madame,
        contenu: &contenu,
        cles_nom: ("carpentier", "lea"),
        urgent: false,
        transmise_le: apres(0),
        echeance: NaiveDate::from_ymd_opt(2029, 1, 22).unwrap(),
        delai_jours: 10,
        cle_idempotence: uuid(),
        accuse: &accuse,
    };
    let change = |vers, cote, auteur, le| Changement { id: uuid(), vers, cote, auteur, le };
    let line = |cote, auteur, texte: &str, le, vu_le| {
        let (id, texte) = (MessageId::new(uuid()), texte.to_owned());
        Ecrit { id, cote, auteur, texte, le, vu_le }
    };
    let entiere = Entiere {
        nouvelle,
        etat: EtatDemande::PriseEnCharge { agent: AGENT, depuis: apres(5) },
        changements: vec![
            change(Etat::Transmise, Cote::Partenaire, TECHNICIEN, apres(0)),
            change(Etat::PriseEnCharge, Cote::Caisse, AGENT, apres(5)),
        ],
        ecrits: vec![
            line(Cote::Caisse, AGENT, "Une question.", apres(6), Some(apres(7))),
            line(Cote::Partenaire, TECHNICIEN, "Une réponse.", apres(8), None),
        ],
        complement: None,
        faits: Vec::new(),
    };
    let tx = m.store.begin_write().await.unwrap();
    insert_whole(&tx, &importer(), &[entiere]).await.unwrap();
    tx.commit().await.unwrap();
    reference
}

#[tokio::test]
async fn what_was_written_whole_is_read_searched_and_continued_like_any_other() {
    let m = Monde::new().await;
    let reference = written(&m).await;
    let lue = m.lue(&reference).await;
    assert_eq!(lue.etat, EtatDemande::PriseEnCharge { agent: AGENT, depuis: apres(5) });
    assert_eq!((lue.contenu.nom.as_str(), lue.version), ("Carpentier", 4), "filed, taken, two lines");
    let portee = droits::lire_demandes(&nous()).unwrap();
    let tx = m.store.begin_read().await.unwrap();
    let texts: Vec<_> = messages(&tx, &lue).await.unwrap().into_iter().map(|l| l.texte).collect();
    assert_eq!(texts, ["Une question.", "Une réponse."]);
    let states: Vec<_> = evenements(&tx, &lue).await.unwrap().into_iter().map(|e| e.vers).collect();
    assert_eq!(states, [Etat::Transmise, Etat::PriseEnCharge]);
    assert_eq!(store::demande::accuse(&tx, &lue).await.unwrap(), accuse());
    let tranche = Tranche { depart: Depart::Debut, nombre: 5 };
    let found = search_nom(&tx, &portee, "carp lea", &Criteres::default(), tranche).await.unwrap().lignes;
    let seen: Vec<_> = found.iter().map(|l| (l.reference.as_str(), l.non_lus_desk, l.non_lus_partenaire)).collect();
    assert_eq!(seen, [(reference.as_str(), 1, 0)]);
    drop(tx);
    let permis = droits::repondre(&agent(AGENT, ICI, &[DROITS])).unwrap();
    let tx = m.store.begin_write().await.unwrap();
    ecrire(&tx, &permis, &lue, (MessageId::new(uuid()), Cote::Caisse, "Une suite."), apres(9)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(m.lue(&reference).await.version, 5);
}
