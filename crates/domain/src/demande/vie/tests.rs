use super::*;
use crate::demande::TRANSITIONS;
use chrono::TimeDelta;
use proptest::prelude::*;
use uuid::Uuid;

/// An act of the desk, by that agent.
type ParAgent = fn(u128) -> Acte;

fn agent(n: u128) -> CompteId {
    CompteId::new(Uuid::from_u128(n))
}

fn le() -> DateTime<Utc> {
    DateTime::from_timestamp(1_900_000_000, 0).unwrap()
}

fn jour() -> NaiveDate {
    le().date_naive()
}

fn prise() -> EtatDemande {
    EtatDemande::PriseEnCharge { agent: agent(1), depuis: le() }
}

fn close() -> EtatDemande {
    EtatDemande::Cloturee { agent: Some(agent(1)), le: le(), issue: Issue::SansSuite }
}

fn demander(n: u128) -> Acte {
    Acte::DemanderComplement(agent(n), MotifComplement::PieceManquante, jour())
}

/// Every act, performed by agent 1 where it is an act of the desk.
fn actes() -> Vec<Acte> {
    vec![
        Acte::Prendre(agent(1)),
        demander(1),
        Acte::RecevoirComplement,
        Acte::AttendreInterne(agent(1)),
        Acte::Reprendre(agent(1)),
        Acte::Cloturer(agent(1), Issue::Satisfaite),
        Acte::CloturerSansReponse,
        Acte::Annuler,
        Acte::Rouvrir(agent(1), le() + TimeDelta::days(30)),
        Acte::RouvrirParMessage(le() + TimeDelta::days(30)),
        Acte::RecevoirSansAgent,
        Acte::RouvrirSansAgent(le() + TimeDelta::days(30)),
        Acte::Archiver,
    ]
}

#[test]
fn a_partner_cancels_only_before_it_is_taken() {
    assert_eq!(EtatDemande::Transmise.apply(Acte::Annuler, false, le()), Ok(EtatDemande::Annulee { le: le() }));
    assert_eq!(
        prise().apply(Acte::Annuler, false, le()),
        Err(RefusTransition::Impossible { etat: Etat::PriseEnCharge, acte: NomActe::Annuler })
    );
}

#[test]
fn only_the_agent_in_charge_or_a_superviseur_closes_asks_waits_and_resumes() {
    let asked = prise().apply(demander(1), false, le()).unwrap();
    let waits = prise().apply(Acte::AttendreInterne(agent(1)), false, le()).unwrap();
    let clore = |n| Acte::Cloturer(agent(n), Issue::Satisfaite);
    let cases: [(EtatDemande, ParAgent); 4] = [
        (prise(), demander),
        (prise(), |n| Acte::AttendreInterne(agent(n))),
        (asked, |n| Acte::Reprendre(agent(n))),
        (waits, |n| Acte::Reprendre(agent(n))),
    ];
    for (etat, acte) in cases {
        assert!(etat.apply(acte(1), false, le()).is_ok());
        assert_eq!(etat.apply(acte(2), false, le()), Err(RefusTransition::AutreAgent));
        assert_eq!(etat.apply(acte(2), true, le()).unwrap().agent(), Some(agent(1)), "it stays with who has it");
    }
    for etat in [prise(), asked, waits] {
        assert!(etat.apply(clore(1), false, le()).is_ok());
        assert_eq!(etat.apply(clore(2), false, le()), Err(RefusTransition::AutreAgent));
        assert!(etat.apply(clore(2), true, le()).is_ok());
    }
}

#[test]
fn a_closed_demande_is_neither_taken_nor_cancelled_nor_closed_again() {
    for acte in [Acte::Annuler, Acte::Prendre(agent(1)), Acte::Cloturer(agent(1), Issue::Satisfaite)] {
        assert!(close().apply(acte, true, le()).is_err());
    }
}

#[test]
fn an_answer_brings_it_back_to_the_agent_who_asked() {
    let asked = prise().apply(demander(1), false, le()).unwrap();
    let answered = asked.apply(Acte::RecevoirComplement, false, le()).unwrap();
    assert_eq!(answered, prise());
    let closed = asked.apply(Acte::CloturerSansReponse, false, le()).unwrap();
    assert_eq!(closed, EtatDemande::Cloturee { agent: Some(agent(1)), le: le(), issue: Issue::SansSuite });
    assert!(prise().apply(Acte::CloturerSansReponse, false, le()).is_err(), "the system closes only what waits");
}

#[test]
fn what_an_agent_who_has_left_waited_for_or_had_closed_is_anybody_s_again() {
    let asked = prise().apply(demander(1), false, le()).unwrap();
    assert_eq!(asked.apply(Acte::RecevoirSansAgent, false, le()), Ok(EtatDemande::Transmise));
    assert_eq!(close().apply(Acte::RouvrirSansAgent(le()), false, le()), Ok(EtatDemande::Transmise));
    for acte in [Acte::RecevoirSansAgent, Acte::RouvrirSansAgent(le())] {
        assert!(prise().apply(acte, false, le()).is_err(), "only what the partner moves by writing");
    }
}

#[test]
fn it_reopens_until_the_last_instant_and_not_after() {
    let limite = le() + TimeDelta::days(30);
    for acte in [Acte::Rouvrir(agent(2), limite), Acte::RouvrirParMessage(limite), Acte::RouvrirSansAgent(limite)] {
        assert!(close().apply(acte, false, limite).is_ok());
        let late = close().apply(acte, true, limite + TimeDelta::microseconds(1));
        assert_eq!(late, Err(RefusTransition::HorsDelai), "not even for a superviseur");
    }
    let at = |acte| close().apply(acte, false, le()).unwrap().agent();
    assert_eq!(at(Acte::Rouvrir(agent(2), limite)), Some(agent(2)), "to who reopens");
    assert_eq!(at(Acte::RouvrirParMessage(limite)), Some(agent(1)), "to who had it");
}

#[test]
fn what_is_archived_keeps_its_outcome_and_moves_no_more() {
    let archived = close().apply(Acte::Archiver, false, le()).unwrap();
    assert_eq!(archived.issue(), Some(Issue::SansSuite));
    for acte in actes() {
        assert!(archived.apply(acte, true, le()).is_err(), "{acte:?}");
    }
    for open in [EtatDemande::Transmise, prise(), prise().apply(demander(1), false, le()).unwrap()] {
        assert!(open.apply(Acte::Archiver, true, le()).is_err(), "never while open");
    }
}

proptest! {
    /// Any walk: each step that passes is a row of the table, each row that fits passes.
    #[test]
    fn every_walk_follows_the_table_and_nothing_else_passes(steps in prop::collection::vec(0..13usize, 0..40)) {
        let mut etat = EtatDemande::Transmise;
        for step in steps {
            let acte = actes()[step];
            let (nom, qui, _) = acte.ligne();
            let ligne = TRANSITIONS.iter().find(|t| t.de == etat.etat() && t.acte == nom && t.qui == qui);
            match (etat.apply(acte, false, le()), ligne) {
                (Ok(next), Some(ligne)) => {
                    prop_assert_eq!(next.etat(), ligne.vers);
                    prop_assert_eq!(next.fin().is_some(), !next.etat().est_ouverte());
                    etat = next;
                }
                (Err(_), None) => {}
                (outcome, ligne) => prop_assert!(false, "{:?} {:?} {:?}", acte, outcome, ligne),
            }
        }
    }
}
