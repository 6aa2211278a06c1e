//! Demandes from the form to the closing; most of it on « Demander un document ».

mod accords;
mod autosave;
mod boucle;
mod concurrency;
mod desk;
mod entrees;
mod filing;
mod history;
mod isolation;
mod kinds;
mod leavers;
mod names;
mod news;
mod notes;
mod paging;
mod print;
mod promesse;
mod retake;
mod seconde;
mod thread;

use app::demande::{Saisie, review, submit};
use app::{AppError, Requete};
use domain::demande::Sorte;
use domain::ids::BrouillonId;
use testkit::base::TestBase;
use testkit::contexte::Essai;
use testkit::depot;
use testkit::monde::Monde;
use testkit::saisies::{self, Champs};

/// A world of one test.
pub struct Scene {
    pub essai: Essai,
    pub monde: Monde,
    base: TestBase,
}

impl Scene {
    pub async fn new() -> Self {
        let (base, monde) = Monde::base().await;
        let essai = Essai::new(base.store().await, 2);
        Self { essai, monde, base }
    }

    pub async fn signin(&self, nom: &str) -> Requete {
        self.monde.signin(&self.essai, nom).await
    }

    /// Keeps a draft of what was typed; gives its id.
    pub async fn draft(&self, requete: &Requete, saisie: &Saisie) -> BrouillonId {
        self.draft_of(requete, Sorte::Document, saisie).await
    }

    /// Keeps a draft of any kind.
    pub async fn draft_of(&self, requete: &Requete, sorte: Sorte, saisie: &Saisie) -> BrouillonId {
        depot::draft(&self.essai.ctx, requete, sorte, saisie).await
    }

    /// Files a form of any kind; gives the reference.
    pub async fn file_of(&self, requete: &Requete, sorte: Sorte, saisie: &Saisie) -> String {
        let id = self.draft_of(requete, sorte, saisie).await;
        submit(&self.essai.ctx, requete, id).await.unwrap()
    }

    /// The fields at fault in a form.
    pub async fn faults_of(&self, requete: &Requete, sorte: Sorte, saisie: &Saisie) -> Vec<String> {
        let id = self.draft_of(requete, sorte, saisie).await;
        faults(review(&self.essai.ctx, requete, id).await)
    }

    /// Files what was typed; gives the reference.
    pub async fn file(&self, requete: &Requete, saisie: &Saisie) -> String {
        let id = self.draft(requete, saisie).await;
        submit(&self.essai.ctx, requete, id).await.unwrap()
    }

    /// Facts of a nature.
    pub async fn facts(&self, nature: &str) -> u64 {
        let tx = self.essai.ctx.store.begin_read().await.unwrap();
        store::faits::count(&tx, nature).await.unwrap()
    }

    /// Who opened what, as the journal keeps it.
    pub async fn openings(&self, action: &str) -> Vec<(Option<uuid::Uuid>, Option<String>)> {
        testkit::lectures::ouvertures(&self.base, action).await
    }

    /// The files of the database, on SQLite.
    pub fn files(&self) -> Vec<std::path::PathBuf> {
        self.base.files()
    }

    /// Rows of a table that fit a condition, as the operator would count them.
    pub async fn jobs(&self) {
        app::jobs::run_due(&self.essai.ctx).await.unwrap();
    }
}

/// A complete form « Demander un document » for a département.
pub fn saisie(departement: &str) -> Saisie {
    saisies::saisie(Sorte::Document).with("departement", departement)
}

/// The same with some fields changed; an empty value takes a field out.
pub fn with(saisie: Saisie, changes: &[(&str, &str)]) -> Saisie {
    changes.iter().fold(saisie, |saisie, (champ, valeur)| saisie.with(champ, valeur))
}

/// The fields at fault, in order.
pub fn faults<T: std::fmt::Debug>(outcome: Result<T, AppError>) -> Vec<String> {
    match outcome.unwrap_err() {
        AppError::Saisie(erreurs) => erreurs.into_iter().map(|e| e.champ).collect(),
        other => panic!("{other:?}"),
    }
}

/// A text with a synthetic number of commune 899 in it.
pub fn with_a_nir() -> String {
    let cle = 97 - (2_850_582_899_001_u64 % 97);
    format!("Son numéro est 2 85 05 82 899 001 {cle:02}, merci.")
}
