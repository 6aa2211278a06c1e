//! A filled demonstration.

use std::sync::Arc;

use app::{Appelant, Reglages, Requete};
use demo::{Fichier, PRESENT, Taille};
use testkit::base::TestBase;
use testkit::contexte::Essai;

/// A filled installation, its clock at the present.
pub struct Remplie {
    /// Context, clock, mailbox.
    pub essai: Essai,
    /// Accounts and tour.
    pub fichier: Fichier,
    _base: TestBase,
}

impl Remplie {
    /// Fills an empty database.
    pub async fn new(taille: Taille) -> Self {
        let base = TestBase::new().await;
        let mut essai = Essai::new(base.store().await, 3);
        essai.ctx.reglages = Arc::new(Reglages { demonstration: true, ..(*essai.ctx.reglages).clone() });
        app::caisse::install(&essai.ctx).await.unwrap();
        let fichier = demo::fill(&essai.ctx, taille).await.unwrap();
        essai.clock.set(PRESENT);
        Self { essai, fichier, _base: base }
    }

    /// A request of an account.
    pub async fn requete(&self, login: &str) -> Requete {
        let tx = self.essai.ctx.store.begin_read().await.unwrap();
        let compte = store::compte::by_identifiant(&tx, login, self.essai.ctx.now()).await.unwrap().expect(login);
        Requete { appelant: Some(Appelant::Demonstration(compte.id)), id: "essai".to_owned(), adresse: None, vu: None }
    }
}
