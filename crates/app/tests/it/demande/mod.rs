//! « Demander un document » from the form to the closing.

mod concurrency;
mod desk;
mod filing;
mod isolation;
mod thread;

use app::Requete;
use app::demande::{Saisie, form, save_draft, submit};
use domain::demande::Sorte;
use domain::ids::BrouillonId;
use std::collections::BTreeMap;
use testkit::base::TestBase;
use testkit::contexte::Essai;
use testkit::monde::Monde;

/// A world of one test.
pub struct Scene {
    pub essai: Essai,
    pub monde: Monde,
    _base: TestBase,
}

impl Scene {
    pub async fn new() -> Self {
        let (base, monde) = Monde::base().await;
        let essai = Essai::new(base.store().await, 2);
        Self { essai, monde, _base: base }
    }

    pub async fn signin(&self, nom: &str) -> Requete {
        self.monde.signin(&self.essai, nom).await
    }

    /// Keeps a draft of what was typed; gives its id.
    pub async fn draft(&self, requete: &Requete, saisie: &Saisie) -> BrouillonId {
        let id = form(&self.essai.ctx, requete, Sorte::Document, None).await.unwrap().brouillon;
        save_draft(&self.essai.ctx, requete, Sorte::Document, id, saisie).await.unwrap();
        id
    }

    /// Files what was typed; gives the reference.
    pub async fn file(&self, requete: &Requete, saisie: &Saisie) -> String {
        let id = self.draft(requete, saisie).await;
        submit(&self.essai.ctx, requete, id).await.unwrap()
    }

    /// Rows of a table that fit a condition, as the operator would count them.
    pub async fn jobs(&self) {
        app::jobs::run_due(&self.essai.ctx).await.unwrap();
    }
}

/// A complete form for a département.
pub fn saisie(departement: &str) -> Saisie {
    typed(&[
        ("civilite", "madame"),
        ("nom", "Lefèvre-Müller"),
        ("prenom", "Zoé"),
        ("naissance_jour", "12"),
        ("naissance_mois", "5"),
        ("naissance_annee", "1985"),
        ("departement", departement),
        ("documents", "attestation_droits"),
        ("information", "entretien"),
        ("precisions", "L’ancienne attestation est arrivée à son terme."),
    ])
}

/// The same with some fields changed; an empty value takes a field out.
pub fn with(mut saisie: Saisie, changes: &[(&str, &str)]) -> Saisie {
    for (champ, valeur) in changes {
        if valeur.is_empty() {
            saisie.0.remove(*champ);
        } else {
            saisie.0.insert((*champ).to_owned(), valeur.split('|').map(str::to_owned).collect());
        }
    }
    saisie
}

fn typed(fields: &[(&str, &str)]) -> Saisie {
    Saisie(fields.iter().map(|(k, v)| ((*k).to_owned(), vec![(*v).to_owned()])).collect::<BTreeMap<_, _>>())
}
