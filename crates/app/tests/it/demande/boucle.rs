//! The complement loop from the asking to the closing and back, with a clock moved by hand (DE-8).

use super::{Scene, saisie};
use app::demande::{Cloture, DemandeDeComplement, ask, close, hold, home, reopen, reply, resume, show, take_next};
use app::{AppError, Requete};
use chrono::{DateTime, TimeDelta, Utc};
use domain::demande::{Etat, EtatDemande, Issue, RefusTransition};

/// A complement asked on Monday 8 January 2029 by the agent in charge.
struct Attente {
    scene: Scene,
    technicien: Requete,
    agent: Requete,
    reference: String,
}

const DEMANDE: DemandeDeComplement<'static> = DemandeDeComplement {
    version: 2,
    motif: "piece_manquante",
    texte: "Il manque la copie du bail.",
    reponse_avant: ["22", "1", "2029"],
};

impl Attente {
    async fn new() -> Self {
        let scene = Scene::new().await;
        let technicien = scene.signin("82.technicien").await;
        let reference = scene.file(&technicien, &saisie("82")).await;
        let agent = scene.signin("82.agent").await;
        take_next(&scene.essai.ctx, &agent).await.unwrap();
        ask(&scene.essai.ctx, &agent, &reference, &DEMANDE).await.unwrap();
        scene.jobs().await;
        Self { scene, technicien, agent, reference }
    }

    /// Moves to noon in Paris of a day so many days after the asking, and runs the jobs.
    async fn day(&self, days: i64) {
        let asked: DateTime<Utc> = "2029-01-08T11:00:00Z".parse().unwrap();
        self.scene.essai.clock.set(asked + TimeDelta::days(days));
        self.scene.jobs().await;
    }

    /// Subjects of the mails about the demande, without the receipt.
    fn mails(&self) -> Vec<String> {
        let sent = self.scene.essai.mailer.sent().into_iter().map(|m| m.sujet);
        sent.filter(|s| s.contains(&self.reference) && !s.contains("reçue")).collect()
    }

    fn count(&self, word: &str) -> usize {
        self.mails().iter().filter(|s| s.contains(word)).count()
    }

    /// A fresh session: the old one ended days ago.
    async fn signin(&self, nom: &str) -> Requete {
        self.scene.signin(nom).await
    }

    async fn etat(&self) -> EtatDemande {
        let tx = self.scene.essai.ctx.store.begin_read().await.unwrap();
        store::demande::load(&tx, &domain::droits::Portee::Tout, &self.reference).await.unwrap().unwrap().etat
    }

    async fn version(&self) -> i64 {
        let tx = self.scene.essai.ctx.store.begin_read().await.unwrap();
        store::demande::load(&tx, &domain::droits::Portee::Tout, &self.reference).await.unwrap().unwrap().version
    }
}

#[tokio::test]
async fn what_is_asked_is_told_shown_to_both_sides_and_followed_on_the_home() {
    let a = Attente::new().await;
    let ctx = &a.scene.essai.ctx;
    assert_eq!(a.count("du nouveau"), 1, "{:?}", a.mails());
    let fiche = show(ctx, &a.technicien, &a.reference).await.unwrap();
    let asked = fiche.complement.expect("asked");
    assert_eq!(asked.texte, "Il manque la copie du bail.");
    assert_eq!(
        (asked.reponse_avant.to_string(), asked.cloture.to_string()),
        ("2029-01-22".into(), "2029-02-07".into())
    );
    assert_eq!(home(ctx, &a.technicien).await.unwrap().complements.len(), 1);
    assert_eq!(fiche.echanges.len(), 1, "the text stands in the thread, too");
}

#[tokio::test]
async fn reminders_go_on_their_days_once_then_the_notice_then_the_closing() {
    let a = Attente::new().await;
    a.day(6).await;
    assert_eq!(a.count("réponse est attendue"), 0);
    for _ in 0..2 {
        a.day(7).await;
    }
    assert_eq!(a.count("réponse est attendue"), 1, "run twice, sent once");
    a.day(13).await;
    assert_eq!(a.count("réponse est attendue"), 1);
    a.day(14).await;
    assert_eq!(a.count("réponse est attendue"), 2);
    a.day(22).await;
    assert_eq!(a.count("sera clôturée"), 0);
    for _ in 0..2 {
        a.day(23).await;
    }
    assert_eq!(a.count("sera clôturée le 7 février 2029"), 1, "{:?}", a.mails());
    a.day(29).await;
    assert_eq!(a.etat().await.etat(), Etat::AttentePartenaire);
    for _ in 0..2 {
        a.day(30).await;
    }
    assert!(matches!(a.etat().await, EtatDemande::Cloturee { issue: Issue::SansSuite, agent: Some(_), .. }));
    assert_eq!(a.count("clôturée sans réponse"), 1);
    let agent = a.signin("82.agent").await;
    let fiche = show(&a.scene.essai.ctx, &agent, &a.reference).await.unwrap();
    let last = fiche.evenements.last().unwrap();
    assert_eq!((last.vers, last.cote, last.auteur), (Etat::Cloturee, None, None), "closed by the system");
    assert_eq!((fiche.horloges.total, fiche.horloges.net), (22, 0));
    assert_eq!(a.scene.facts("cloture").await, 1);
}

#[tokio::test]
async fn a_worker_that_was_away_sends_one_mail_and_never_closes_without_a_notice() {
    let a = Attente::new().await;
    a.day(18).await;
    assert_eq!(a.count("réponse est attendue"), 1, "one, not two at once");
    a.day(42).await;
    assert_eq!((a.count("réponse est attendue"), a.count("sera clôturée le 26 février 2029")), (1, 1));
    assert_eq!(a.etat().await.etat(), Etat::AttentePartenaire, "the notice leaves its days");
    a.day(49).await;
    assert_eq!(a.etat().await.etat(), Etat::Cloturee);
}

#[tokio::test]
async fn steps_follow_the_hour_of_the_caisse() {
    let a = Attente::new().await;
    // A minute before 8 h in Paris of the seventh day, then 8 h.
    a.scene.essai.clock.set("2029-01-15T06:59:00Z".parse().unwrap());
    a.scene.jobs().await;
    assert_eq!(a.count("réponse est attendue"), 0);
    a.scene.essai.clock.set("2029-01-15T07:00:00Z".parse().unwrap());
    a.scene.jobs().await;
    assert_eq!(a.count("réponse est attendue"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_at_once_send_one_reminder_and_close_once() {
    let a = Attente::new().await;
    for days in [7, 23, 30] {
        let noon: DateTime<Utc> = "2029-01-08T11:00:00Z".parse().unwrap();
        a.scene.essai.clock.set(noon + TimeDelta::days(days));
        let mut tasks = Vec::new();
        for _ in 0..4 {
            let ctx = a.scene.essai.ctx.clone();
            tasks.push(tokio::spawn(async move { app::jobs::run_due(&ctx).await.unwrap() }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        a.scene.jobs().await;
    }
    let counts = (a.count("réponse est attendue"), a.count("sera clôturée"), a.count("clôturée sans réponse"));
    assert_eq!(counts, (1, 1, 1));
    assert_eq!(a.scene.facts("cloture").await, 1);
}

#[tokio::test]
async fn a_transaction_that_is_lost_sends_nothing_and_the_next_run_does_it() {
    let a = Attente::new().await;
    a.scene.essai.clock.set("2029-01-15T11:00:00Z".parse().unwrap());
    {
        // The worker dies after it has read and locked what is due.
        let tx = a.scene.essai.ctx.store.begin_write().await.unwrap();
        assert_eq!(
            store::demande::dus(&tx, a.scene.essai.ctx.now(), 200).await.unwrap(),
            std::slice::from_ref(&a.reference)
        );
    }
    a.scene.jobs().await;
    assert_eq!(a.count("réponse est attendue"), 1);
}

#[tokio::test]
async fn an_answer_gives_it_back_to_the_same_agent_and_both_clocks_are_right() {
    let a = Attente::new().await;
    let ctx = &a.scene.essai.ctx;
    a.day(7).await;
    let technicien = a.signin("82.technicien2").await;
    let version = a.version().await;
    reply(ctx, &technicien, &a.reference, version, "Voici la copie du bail.").await.unwrap();
    a.scene.jobs().await;
    let agent = a.signin("82.agent").await;
    let fiche = show(ctx, &agent, &a.reference).await.unwrap();
    assert!(
        matches!(fiche.demande.etat, EtatDemande::PriseEnCharge { agent, .. } if agent == a.scene.monde.qui("82.agent").id())
    );
    assert!(fiche.complement.is_none());
    assert_eq!((fiche.horloges.total, fiche.horloges.net), (5, 0));
    assert_eq!(fiche.demande.echeance, fiche.horloges.echeance_nette, "lists read the net day");
    assert_eq!(fiche.demande.echeance.to_string(), "2029-01-22");
    assert_eq!(a.count("du nouveau"), 2, "the partner when asked, the agent when answered: {:?}", a.mails());
    a.day(60).await;
    assert_eq!((a.count("sera clôturée"), a.count("réponse est attendue")), (0, 1), "the loop has stopped");
}

#[tokio::test]
async fn the_agent_resumes_by_hand_and_a_second_complement_begins_anew() {
    let a = Attente::new().await;
    let ctx = &a.scene.essai.ctx;
    let version = a.version().await;
    let colleague = a.signin("82.agent2").await;
    let refused = resume(ctx, &colleague, &a.reference, version).await;
    assert!(matches!(refused, Err(AppError::Etat(RefusTransition::AutreAgent))));
    resume(ctx, &a.agent, &a.reference, version).await.unwrap();
    let again = DemandeDeComplement { version: version + 1, ..DEMANDE };
    ask(ctx, &a.agent, &a.reference, &again).await.unwrap();
    a.day(7).await;
    assert_eq!(a.count("réponse est attendue"), 1);
}

#[tokio::test]
async fn a_late_answer_reopens_and_a_too_late_one_is_refused() {
    let a = Attente::new().await;
    for days in [23, 30] {
        a.day(days).await;
    }
    assert_eq!(a.scene.facts("cloture").await, 1);
    a.day(60).await;
    let technicien = a.signin("82.technicien").await;
    let ctx = &a.scene.essai.ctx;
    assert_eq!(show(ctx, &technicien, &a.reference).await.unwrap().reouverture.unwrap().to_string(), "2029-03-09");
    reply(ctx, &technicien, &a.reference, a.version().await, "Voici le bail.").await.unwrap();
    assert!(
        matches!(a.etat().await, EtatDemande::PriseEnCharge { agent, .. } if agent == a.scene.monde.qui("82.agent").id())
    );
    assert_eq!(a.scene.facts("cloture").await, 0, "what is open again is not counted as closed");
    let agent = a.signin("82.agent").await;
    let version = a.version().await;
    close(ctx, &agent, &a.reference, &Cloture { version, issue: "satisfaite", texte: "" }).await.unwrap();
    assert_eq!(a.scene.facts("cloture").await, 1, "closed twice, counted once");
    a.day(91).await;
    let technicien = a.signin("82.technicien").await;
    assert_eq!(show(ctx, &technicien, &a.reference).await.unwrap().reouverture, None);
    let late = reply(ctx, &technicien, &a.reference, a.version().await, "Encore ceci.").await;
    assert!(matches!(late, Err(AppError::Etat(RefusTransition::HorsDelai))));
}

#[tokio::test]
async fn the_desk_reopens_with_a_reason_that_the_partner_reads() {
    let a = Attente::new().await;
    let ctx = &a.scene.essai.ctx;
    let version = a.version().await;
    close(ctx, &a.agent, &a.reference, &Cloture { version, issue: "satisfaite", texte: "" }).await.unwrap();
    let version = a.version().await;
    assert!(matches!(reopen(ctx, &a.agent, &a.reference, version, " ").await, Err(AppError::Saisie(_))));
    assert!(matches!(reopen(ctx, &a.technicien, &a.reference, version, "Oui.").await, Err(AppError::Interdit(_))));
    let colleague = a.signin("82.agent2").await;
    reopen(ctx, &colleague, &a.reference, version, "La pièce était là.").await.unwrap();
    let fiche = show(ctx, &a.technicien, &a.reference).await.unwrap();
    assert_eq!(fiche.echanges.last().unwrap().message.texte, "La pièce était là.");
    assert_eq!(a.etat().await.agent(), Some(a.scene.monde.qui("82.agent2").id()), "in the hands of who reopened");
    assert_eq!(a.scene.facts("cloture").await, 0);
    assert!(matches!(reopen(ctx, &a.agent, &a.reference, version, "Moi aussi.").await, Err(AppError::Conflit)));
}

#[tokio::test]
async fn what_is_asked_is_checked_all_at_once() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let agent = scene.signin("82.agent").await;
    take_next(ctx, &agent).await.unwrap();
    let champs = async |demande: DemandeDeComplement<'_>| match ask(ctx, &agent, &reference, &demande).await {
        Err(AppError::Saisie(e)) => e.into_iter().map(|e| e.champ).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let empty = DemandeDeComplement { motif: "caprice", texte: " ", reponse_avant: ["", "", ""], ..DEMANDE };
    assert_eq!(champs(empty).await, ["motif", "complement", "reponse_avant_jour"]);
    for jour in [["8", "1", "2029"], ["7", "2", "2029"], ["30", "2", "2029"], ["x", "1", "2029"]] {
        let wrong = DemandeDeComplement { reponse_avant: jour, ..DEMANDE };
        assert_eq!(champs(wrong).await, ["reponse_avant_jour"], "{jour:?}");
    }
    let stale = DemandeDeComplement { version: 1, ..DEMANDE };
    assert!(matches!(ask(ctx, &agent, &reference, &stale).await, Err(AppError::Conflit)));
    let colleague = scene.signin("82.agent2").await;
    let refused = ask(ctx, &colleague, &reference, &DEMANDE).await;
    assert!(matches!(refused, Err(AppError::Etat(RefusTransition::AutreAgent))));
    for foreign in ["82.examens", "57.agent", "83.technicien"] {
        let foreign = scene.signin(foreign).await;
        assert!(matches!(ask(ctx, &foreign, &reference, &DEMANDE).await, Err(AppError::Introuvable)));
        assert!(matches!(hold(ctx, &foreign, &reference, 2, "x").await, Err(AppError::Introuvable)));
        assert!(matches!(resume(ctx, &foreign, &reference, 2).await, Err(AppError::Introuvable)));
        assert!(matches!(reopen(ctx, &foreign, &reference, 2, "x").await, Err(AppError::Introuvable)));
    }
    for last in [["9", "1", "2029"], ["6", "2", "2029"]] {
        let version = show(ctx, &agent, &reference).await.unwrap().demande.version;
        ask(ctx, &agent, &reference, &DemandeDeComplement { version, reponse_avant: last, ..DEMANDE }).await.unwrap();
        resume(ctx, &agent, &reference, version + 2).await.unwrap();
    }
}
