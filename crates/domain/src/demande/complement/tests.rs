use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn asked() -> Suivi {
    Suivi { demande: day("2029-01-08"), relances: 0, avis: None }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn the_months_before_archiving_are_counted_where_the_caisse_stands() {
    // Half past midnight on 1 September at La Réunion, still 31 August in Paris.
    let fin = at("2028-08-31T20:30:00Z");
    assert_eq!(debut_d_archivage(Zone::Metropole, fin), at("2029-02-27T23:00:00Z"));
    assert_eq!(debut_d_archivage(Zone::Reunion, fin), at("2029-02-28T20:00:00Z"));
}

proptest! {
    #[test]
    fn what_leaves_at_an_instant_ended_before_its_bound(zone in prop::sample::select(Zone::TOUTES.to_vec()), s in 1_700_000_000_i64..2_000_000_000) {
        let fin = DateTime::from_timestamp(s, 0).unwrap();
        prop_assert!(fin <= borne_d_archivage(debut_d_archivage(zone, fin)));
    }
}

#[test]
fn each_step_comes_on_its_day_and_not_the_day_before() {
    let d = Delais::default();
    assert_eq!(d.due(Zone::Metropole, &asked(), day("2029-01-14")), None);
    assert_eq!(d.due(Zone::Metropole, &asked(), day("2029-01-15")), Some(Etape::Relance(1)));
    let once = Suivi { relances: 1, ..asked() };
    assert_eq!(d.due(Zone::Metropole, &once, day("2029-01-21")), None);
    assert_eq!(d.due(Zone::Metropole, &once, day("2029-01-22")), Some(Etape::Relance(2)));
    let twice = Suivi { relances: 2, ..asked() };
    assert_eq!(
        (d.due(Zone::Metropole, &twice, day("2029-01-30")), d.due(Zone::Metropole, &twice, day("2029-01-31"))),
        (None, Some(Etape::Avis))
    );
    let noticed = Suivi { avis: Some(day("2029-01-31")), ..twice };
    assert_eq!(d.jour_de_cloture(Zone::Metropole, &noticed), day("2029-02-07"));
    assert_eq!(d.due(Zone::Metropole, &noticed, day("2029-02-06")), None);
    assert_eq!(d.due(Zone::Metropole, &noticed, day("2029-02-07")), Some(Etape::Cloture));
}

#[test]
fn a_late_worker_sends_one_mail_and_never_closes_without_a_notice() {
    let d = Delais::default();
    assert_eq!(
        d.due(Zone::Metropole, &asked(), day("2029-01-25")),
        Some(Etape::Relance(2)),
        "both reminders are behind, one is sent"
    );
    assert_eq!(d.due(Zone::Metropole, &asked(), day("2029-03-01")), Some(Etape::Avis));
    let late = Suivi { avis: Some(day("2029-03-01")), ..asked() };
    assert_eq!(d.jour_de_cloture(Zone::Metropole, &late), day("2029-03-08"), "the notice leaves its seven days");
}

#[test]
fn the_last_day_for_an_answer_is_over_before_the_closing() {
    let d = Delais::default();
    assert_eq!(d.dernier_jour_de_reponse(Zone::Metropole, asked().demande), day("2029-02-06"));
    assert_eq!(d.jour_de_cloture(Zone::Metropole, &asked()), day("2029-02-07"));
}

#[test]
fn a_step_is_made_at_eight_of_a_working_day_and_the_closing_falls_on_one() {
    let at = |zone, jour| depart(zone, day(jour)).to_rfc3339();
    assert_eq!(at(Zone::Metropole, "2029-01-15"), "2029-01-15T07:00:00+00:00");
    assert_eq!(at(Zone::Metropole, "2029-01-13"), "2029-01-15T07:00:00+00:00", "a Saturday");
    assert_eq!(at(Zone::Reunion, "2029-01-15"), "2029-01-15T04:00:00+00:00");
    assert_eq!(at(Zone::AlsaceMoselle, "2028-12-25"), "2028-12-27T07:00:00+00:00");
    // Thirty days after Friday 12 January 2029 is Sunday 11 February.
    let friday = Suivi { demande: day("2029-01-12"), ..asked() };
    assert_eq!(Delais::default().jour_de_cloture(Zone::Metropole, &friday), day("2029-02-12"));
}

#[test]
fn it_reopens_until_midnight_where_the_caisse_stands() {
    let closed = "2029-01-08T21:00:00Z".parse().unwrap();
    let end = |zone| Delais::default().fin_de_reouverture(zone, closed).to_rfc3339();
    assert_eq!(end(Zone::Metropole), "2029-02-07T22:59:59.999999+00:00");
    assert_eq!(end(Zone::Reunion), "2029-02-08T19:59:59.999999+00:00", "there it was already the 9th");
    assert_eq!(end(Zone::Guadeloupe), "2029-02-08T03:59:59.999999+00:00");
}

#[test]
fn a_reason_comes_back_from_its_code() {
    for motif in MotifComplement::TOUS {
        assert_eq!(MotifComplement::from_code(motif.code()), Some(motif));
    }
}

proptest! {
    #[test]
    fn the_next_step_is_due_on_its_day_and_no_step_before_it(relances in 0..3u32, avis in prop::option::of(0..60u64)) {
        let d = Delais::default();
        let suivi = Suivi { relances, avis: avis.map(|n| asked().demande + Days::new(n)), ..asked() };
        let (etape, jour) = d.prochaine(Zone::Metropole, &suivi);
        prop_assert_eq!(d.due(Zone::Metropole, &suivi, jour.pred_opt().unwrap()), None);
        prop_assert_eq!(d.due(Zone::Metropole, &suivi, jour), Some(etape));
    }
}
