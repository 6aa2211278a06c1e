//! What the loop of a complement promises the partner: the whole last day, mails in working hours, a clock that stands
//! still while only he can act, and steps that are made whole or not at all (DE-8).

use super::{Scene, saisie};
use app::demande::{DemandeDeComplement, Fiche, ask, reopen, reply, show, take_next};
use app::ports::Clock;
use app::{Contexte, Requete};
use chrono::{DateTime, TimeDelta, Utc};
use domain::demande::{Etat, EtatDemande};
use domain::droits::Portee;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A demande of Monday 8 January 2029, taken in charge.
struct Promesse {
    scene: Scene,
    agent: Requete,
    reference: String,
}

impl Promesse {
    async fn new() -> Self {
        let scene = Scene::new().await;
        let technicien = scene.signin("82.technicien").await;
        let reference = scene.file(&technicien, &saisie("82")).await;
        let agent = scene.signin("82.agent").await;
        take_next(&scene.essai.ctx, &agent).await.unwrap();
        Self { scene, agent, reference }
    }

    /// With something asked that may be answered until the last day.
    async fn asked() -> Self {
        let promesse = Self::new().await;
        promesse.ask(&promesse.scene.essai.ctx).await;
        promesse
    }

    async fn ask(&self, ctx: &Contexte) {
        let demande = DemandeDeComplement {
            version: 2,
            motif: "piece_manquante",
            texte: "Il manque la copie du bail.",
            reponse_avant: ["6", "2", "2029"],
        };
        ask(ctx, &self.agent, &self.reference, &demande).await.unwrap();
    }

    async fn at(&self, instant: &str) -> Etat {
        self.scene.essai.clock.set(instant.parse().unwrap());
        self.scene.jobs().await;
        self.read().await.etat.etat()
    }

    async fn read(&self) -> store::demande::Demande {
        let tx = self.scene.essai.ctx.store.begin_read().await.unwrap();
        store::demande::load(&tx, &Portee::Tout, &self.reference).await.unwrap().unwrap()
    }

    /// Closed without an answer on 7 February.
    async fn lapsed() -> Self {
        let promesse = Self::asked().await;
        promesse.at("2029-01-31T09:00:00Z").await;
        assert_eq!(promesse.at("2029-02-07T09:00:00Z").await, Etat::Cloturee);
        promesse
    }

    /// The page at the desk on 9 March.
    async fn in_march(&self) -> Fiche {
        let agent = self.scene.signin("82.agent").await;
        show(&self.scene.essai.ctx, &agent, &self.reference).await.unwrap()
    }

    fn mails(&self, word: &str) -> usize {
        self.scene.essai.mailer.sent().iter().filter(|m| m.sujet.contains(word)).count()
    }
}

#[tokio::test]
async fn the_last_day_for_an_answer_is_left_whole_to_the_partner() {
    let p = Promesse::asked().await;
    p.at("2029-01-31T09:00:00Z").await;
    assert_eq!(p.at("2029-02-06T22:59:00Z").await, Etat::AttentePartenaire, "a minute before midnight in Paris");
    assert_eq!(p.at("2029-02-07T06:59:00Z").await, Etat::AttentePartenaire);
    assert_eq!(p.at("2029-02-07T07:00:00Z").await, Etat::Cloturee);
}

#[tokio::test]
async fn nobody_is_reminded_at_night_or_on_a_sunday() {
    let p = Promesse::asked().await;
    // The worker was away: the first reminder is due since Monday 15.
    for closed in ["2029-01-20T22:30:00Z", "2029-01-21T10:00:00Z", "2029-01-22T06:59:00Z"] {
        p.at(closed).await;
        assert_eq!(p.mails("réponse est attendue"), 0, "{closed}");
    }
    p.at("2029-01-22T07:00:00Z").await;
    assert_eq!(p.mails("réponse est attendue"), 1);
}

#[tokio::test]
async fn what_lapsed_and_the_partner_opens_again_has_waited_for_him_all_that_time() {
    let p = Promesse::lapsed().await;
    p.scene.essai.clock.set("2029-03-09T09:00:00Z".parse().unwrap());
    let technicien = p.scene.signin("82.technicien").await;
    let version = p.read().await.version;
    reply(&p.scene.essai.ctx, &technicien, &p.reference, version, "Voici le bail.").await.unwrap();
    let fiche = p.in_march().await;
    assert_eq!((fiche.horloges.total, fiche.horloges.net), (44, 0), "asked on the day it was filed");
    assert!(!fiche.horloges.retard_net);
    assert_eq!(fiche.demande.echeance, fiche.horloges.echeance_nette, "lists read the same day");
}

#[tokio::test]
async fn what_lapsed_and_the_desk_opens_again_counts_from_the_closing() {
    let p = Promesse::lapsed().await;
    p.scene.essai.clock.set("2029-03-09T09:00:00Z".parse().unwrap());
    let agent = p.scene.signin("82.agent").await;
    let version = p.read().await.version;
    reopen(&p.scene.essai.ctx, &agent, &p.reference, version, "La pièce était là.").await.unwrap();
    assert_eq!(
        (p.in_march().await.horloges.total, p.in_march().await.horloges.net),
        (44, 22),
        "it could all that time"
    );
}

#[tokio::test]
async fn a_closing_that_fails_half_way_leaves_nothing_behind() {
    let p = Promesse::asked().await;
    p.at("2029-01-31T09:00:00Z").await;
    // The row becomes unreadable when the wait ends: after the state was written, before the fact is.
    let trigger = if testkit::base::postgres().is_some() {
        "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.relances := -1; RETURN NEW; END'; \
         CREATE TRIGGER spoil BEFORE UPDATE OF fin_le ON complement FOR EACH ROW EXECUTE FUNCTION spoil()"
    } else {
        "CREATE TRIGGER spoil AFTER UPDATE OF fin_le ON complement \
         BEGIN UPDATE complement SET relances = -1 WHERE id = NEW.id; END"
    };
    testkit::operateur::run(&p.scene.base, trigger).await;
    assert_eq!(p.at("2029-02-07T09:00:00Z").await, Etat::AttentePartenaire);
    assert_eq!((p.scene.facts("cloture").await, p.mails("clôturée sans réponse")), (0, 0));
}

#[tokio::test]
async fn both_clocks_count_the_working_days_of_the_caisse() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let on = |day: &str| scene.essai.clock.set(format!("2029-{day}T09:00:00Z").parse().unwrap());
    // 30 March 2029 is vendredi saint: worked in the Var and not in Moselle. 2 April is lundi de Pâques.
    for (lieu, total, net) in [("57", 2, 1), ("83", 3, 2)] {
        on("03-28");
        let technicien = scene.signin(&format!("{lieu}.technicien")).await;
        let reference = scene.file(&technicien, &saisie(lieu)).await;
        let agent = scene.signin(&format!("{lieu}.agent")).await;
        take_next(ctx, &agent).await.unwrap();
        let texte = "Il manque la copie du bail.";
        let reponse_avant = ["10", "4", "2029"];
        let demande = DemandeDeComplement { version: 2, motif: "piece_manquante", texte, reponse_avant };
        ask(ctx, &agent, &reference, &demande).await.unwrap();
        on("03-29");
        let technicien = scene.signin(&format!("{lieu}.technicien")).await;
        reply(ctx, &technicien, &reference, 4, "Voici le bail.").await.unwrap();
        on("04-03");
        let agent = scene.signin(&format!("{lieu}.agent")).await;
        let horloges = show(ctx, &agent, &reference).await.unwrap().horloges;
        assert_eq!((horloges.total, horloges.net), (total, net), "{lieu}");
    }
}

/// A clock that no two readings find at the same instant.
struct Ticking(AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> DateTime<Utc> {
        let start: DateTime<Utc> = "2029-01-08T08:00:00Z".parse().unwrap();
        start + TimeDelta::seconds(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

#[tokio::test]
async fn what_is_asked_and_the_state_begin_at_one_instant() {
    let p = Promesse::new().await;
    let ctx = Contexte { clock: Arc::new(Ticking(AtomicI64::new(0))), ..p.scene.essai.ctx.clone() };
    p.ask(&ctx).await;
    let lue = p.read().await;
    let tx = ctx.store.begin_read().await.unwrap();
    let asked = store::demande::complements(&tx, lue.id).await.unwrap().pop().unwrap();
    let EtatDemande::AttentePartenaire { depuis, .. } = lue.etat else { panic!("{:?}", lue.etat) };
    assert_eq!(asked.demande_le, depuis);
}
