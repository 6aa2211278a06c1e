//! Each of the five kinds from the home to its receipt, by mouse, without scripts and by keyboard alone: loads, activations
//! and questions counted; the same person again without typing who it is.

use super::{ENHANCED, Poste, QUESTIONS, SUBMIT, loads_and_activations, site};
use browser::JavaScript;

/// Fields that say who a person is.
const IDENTITY: &str = "#civilite, #nom, #prenom, #naissance, #departement";

/// The first box or radio of a field.
const FIRST: &str = "";

/// A field, by the id of its first control, and what is typed; [`FIRST`] takes the first answer offered.
type Champ = (&'static str, &'static str);

/// Who it is about; the département is there already.
const PERSONNE: [Champ; 6] = [
    ("#civilite", FIRST),
    ("#nom", "Lefèvre-Müller"),
    ("#prenom", "Zoé"),
    ("#naissance", "12"),
    ("#naissance_mois", "5"),
    ("#naissance_annee", "1985"),
];

/// A kind: the last part of its form's address, what its convention needs on the form, what on its second page.
struct Sorte {
    nom: &'static str,
    besoin: &'static [Champ],
    situation: &'static [Champ],
}

/// As the convention of the Var asks, in the order of the page.
const SORTES: [Sorte; 5] = [
    Sorte {
        nom: "contacter",
        besoin: &[
            ("#objet", "Changement d’adresse"),
            ("#precisions", "Comment le signaler ?"),
            ("#information", FIRST),
            ("#accord", FIRST),
        ],
        situation: &[],
    },
    Sorte { nom: "etude", besoin: &[("#etude", FIRST), ("#information", FIRST)], situation: &[] },
    Sorte {
        nom: "difficulte",
        besoin: &[("#information", FIRST), ("#accord", FIRST)],
        situation: &[("#difficultes", FIRST), ("#precisions", "Ses droits se sont arrêtés.")],
    },
    Sorte {
        nom: "rendez-vous",
        besoin: &[("#motif", FIRST), ("#mode", FIRST), ("#information", FIRST)],
        situation: &[],
    },
    Sorte { nom: "document", besoin: &[("#documents", FIRST), ("#information", FIRST)], situation: &[] },
];

/// How somebody works.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Geste {
    Souris,
    Clavier,
}

impl Geste {
    async fn fill(self, poste: &Poste<'_>, champs: &[Champ]) {
        for (css, value) in champs {
            match (self, *value) {
                (Self::Souris, FIRST) => poste.browser.click(css).await,
                (Self::Souris, value) => poste.browser.fill(css, value).await,
                (Self::Clavier, value) => {
                    poste.browser.tab_to(css).await;
                    poste.browser.type_text(if value == FIRST { " " } else { value }).await;
                }
            }
        }
    }

    async fn follow(self, poste: &Poste<'_>, css: &str) {
        match self {
            Self::Souris => poste.browser.follow(css).await,
            Self::Clavier => {
                poste.browser.tab_to(css).await;
                poste.browser.enter().await;
            }
        }
    }

    /// Looks at the page as a visitor with a mouse; the keyboard sees the same pages.
    async fn look(self, poste: &Poste<'_>, questions: bool) {
        if self == Self::Clavier {
            return;
        }
        if questions {
            if poste.javascript == JavaScript::On {
                poste.browser.find(ENHANCED).await;
            }
            let asked = poste.browser.evaluate(QUESTIONS).await.as_u64().unwrap();
            assert!((1..=10).contains(&asked), "{asked} questions on {}", poste.path().await);
        }
        poste.assert_sound().await;
    }

    /// From the form shown to the receipt.
    async fn send(self, poste: &Poste<'_>, sorte: &Sorte, personne: &[Champ]) {
        self.look(poste, true).await;
        self.fill(poste, personne).await;
        self.fill(poste, sorte.besoin).await;
        self.follow(poste, SUBMIT).await;
        if !sorte.situation.is_empty() {
            assert_eq!(poste.text("h1").await, "La situation");
            self.look(poste, true).await;
            self.fill(poste, sorte.situation).await;
            self.follow(poste, SUBMIT).await;
        }
        assert_eq!(poste.text("h1").await, "Vérifiez votre demande", "{}", sorte.nom);
        poste.assert_says("Zoé Lefèvre-Müller").await;
        self.look(poste, false).await;
        self.follow(poste, SUBMIT).await;
        poste.assert_says("Demande envoyée").await;
    }

    /// The kind filed from the home; then another of the same kind for the same person.
    async fn file(self, poste: &Poste<'_>, sorte: &Sorte) {
        let more = usize::from(!sorte.situation.is_empty());
        poste.open("/").await;
        poste.site.visites();
        // The home itself, loaded before, is the first of the four.
        self.follow(poste, &format!("main a[href='/demandes/nouvelle/{}']", sorte.nom)).await;
        self.send(poste, sorte, &PERSONNE).await;
        assert_eq!(counted(poste), (3 + more, 3 + more), "{}: loads after the home, activations", sorte.nom);
        poste.reference().await;
        self.look(poste, false).await;
        self.follow(poste, &format!("main a[href^='/demandes/nouvelle/{}?assure=EP-']", sorte.nom)).await;
        assert_eq!(poste.browser.count(IDENTITY).await, 0, "{}: asked again who it is", sorte.nom);
        self.send(poste, sorte, &[]).await;
        assert_eq!(counted(poste), (3 + more, 3 + more), "{}: the same person again", sorte.nom);
    }
}

/// Loads and activations since the last call.
fn counted(poste: &Poste<'_>) -> (usize, usize) {
    loads_and_activations(&poste.site.visites())
}

async fn every_kind(javascript: JavaScript, geste: Geste) {
    let site = site().await;
    let poste = Poste::start(&site, javascript).await;
    poste.become_persona("83.technicien").await;
    poste.open("/").await;
    assert_eq!(poste.browser.count("main .govuk-list--spaced a").await, SORTES.len(), "kinds offered");
    for sorte in &SORTES {
        geste.file(&poste, sorte).await;
    }
    poste.open("/demandes/nouvelle/contacter").await;
    assert!(poste.browser.count(IDENTITY).await > 0, "a new form asks who it is");
    poste.site.visites();
    geste.follow(&poste, "ul[aria-labelledby=recents] a").await;
    assert_eq!(counted(&poste), (1, 1), "a recent person is one activation away");
    assert_eq!(poste.browser.count(IDENTITY).await, 0);
    poste.assert_says("Zoé Lefèvre-Müller").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_is_filed_in_four_loads_and_three_activations() {
    every_kind(JavaScript::On, Geste::Souris).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_is_filed_in_four_loads_and_three_activations_without_scripts() {
    every_kind(JavaScript::Off, Geste::Souris).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_is_filed_in_four_loads_and_three_activations_with_the_keyboard_alone() {
    every_kind(JavaScript::On, Geste::Clavier).await;
}
