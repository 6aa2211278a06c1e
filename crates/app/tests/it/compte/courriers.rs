//! Mails as the worker sends them: tried again, slow, taken over by a colleague.

use super::banc::{banc, identite};
use app::context::Contexte;
use app::jobs::work_off;
use app::ports::{Envoi, Mailer, SendError};
use chrono::TimeDelta;
use domain::compte::Profil;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use testkit::adapters::ManualClock;

#[tokio::test]
async fn a_mail_tried_again_is_the_same_mail() {
    let banc = banc().await;
    let demande_le = banc.ctx.now();
    let i = identite("Une", "Personne", "une.personne@grimaud.example");
    let invite = banc.invite("001-var", Profil::Technicien, &i).await.unwrap();
    banc.mailer.fail(Some(false));
    assert_eq!(work_off(&banc.ctx).await.unwrap(), 0);
    banc.mailer.fail(None);
    banc.avance(TimeDelta::minutes(2));
    assert_eq!(work_off(&banc.ctx).await.unwrap(), 1);
    let envoi = banc.mailer.sent().pop().unwrap();
    assert_eq!((envoi.identifiant, envoi.date), (invite.courrier.to_string(), demande_le));
}

/// A relay that takes 50 seconds a mail; during the third, a colleague works the outbox off.
struct Lent {
    clock: Arc<ManualClock>,
    collegue: Contexte,
    envois: AtomicU32,
}

#[async_trait::async_trait]
impl Mailer for Lent {
    async fn send(&self, envoi: &Envoi) -> Result<(), SendError> {
        self.clock.advance(TimeDelta::seconds(50));
        if self.envois.fetch_add(1, Ordering::SeqCst) == 2 {
            work_off(&self.collegue).await.unwrap();
        }
        self.collegue.mailer.send(envoi).await
    }
}

/// The rest of a batch used to be sent a second time after its lease.
#[tokio::test]
async fn a_worker_leaves_the_mails_whose_lease_ended_while_they_waited() {
    let banc = banc().await;
    for n in ["Un", "Deux", "Trois", "Quatre", "Cinq"] {
        let i = identite(n, "Personne", &format!("{}@grimaud.example", n.to_lowercase()));
        banc.invite("001-var", Profil::Technicien, &i).await.unwrap();
    }
    let lent = Lent { clock: banc.clock.clone(), collegue: banc.ctx.clone(), envois: AtomicU32::new(0) };
    let ctx = Contexte { mailer: Arc::new(lent), ..banc.ctx.clone() };
    assert_eq!(work_off(&ctx).await.unwrap(), 2, "the third was finished by the colleague");
    let a: Vec<_> = banc.mailer.sent().into_iter().map(|e| e.destinataire).collect();
    let a: Vec<_> = a.iter().filter_map(|a| a.split('@').next()).collect();
    assert_eq!(a, ["un", "deux", "trois", "quatre", "cinq", "trois"]);
}
