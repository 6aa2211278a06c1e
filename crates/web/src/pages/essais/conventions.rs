//! Pages of conventions, of what ends them, of a review: each said whole, and each act before it is done.

use super::{count, read_out, shown};
use crate::pages::conventions::{calendrier_page, confirmation_page, fiche_page};
use crate::pages::exemples::*;
use crate::pages::partenaires::{adhesions as union, coupure};
use crate::pages::{FormState, revues};
use app::partenaire::Coupe;
use askama::Template;
use domain::compte::Profil;

fn referent() -> crate::frame::Frame {
    frame(Profil::Referent, "/conventions")
}

#[test]
fn the_pages_of_a_convention_read_as_checked_in() {
    let none = FormState::new();
    insta::assert_snapshot!("calendrier", read_out(&calendrier_page(&referent(), &calendrier())));
    let fiche = read_out(&fiche_page(&referent(), &fiche_convention(), &none));
    let (fiche, all) = fiche.split_once(" | Tout ce que dit la convention").unwrap();
    insta::assert_snapshot!("fiche", fiche);
    assert!(all.contains("Octave Bourgoinet") && all.contains("fictif, pour la démonstration"), "with its sources");
    insta::assert_snapshot!("fin", read_out(&confirmation_page(&referent(), &fin_prevue(&[]), &none)));
    insta::assert_snapshot!("coupure", read_out(&coupure(&referent(), &apercu(Coupe::Ouverte), None, &none)));
    insta::assert_snapshot!("union", read_out(&union(&referent(), &adhesions(), None, &none)));
}

#[test]
fn a_review_asks_about_every_compte_and_closes_only_what_may_be_closed() {
    let page = revues::page(&frame(Profil::Gestionnaire, "/revues"), &revue(), &FormState::new(), None);
    insta::assert_snapshot!("revue", read_out(&page));
    let choices = |n: u128| count(&page, &format!("[name={}]", revues::decision_field(uuid(n))));
    assert_eq!((choices(41), choices(42)), (2, 1));
    assert_eq!(count(&page, "[checked]"), 0, "nothing is decided in advance");
}

#[test]
fn what_closes_stands_before_what_records_it() {
    let before = |text: &str, button: &str| {
        let (closes, records) = (text.find("Ce que cela ferme"), text.find(button));
        assert!(closes.is_some() && closes < records, "{button}: {text}");
    };
    let none = FormState::new();
    let end = |restent: &[&str]| shown(&confirmation_page(&referent(), &fin_prevue(restent), &none));
    before(&end(&[]), "Ne rien changer");
    before(&shown(&union(&referent(), &adhesions(), None, &none)), "Enregistrer la sortie de l’union");
    let kept = end(&["CPAM du Rhône"]);
    assert!(kept.contains("Seul l’accès à CPAM de l’Isère ferme") && kept.contains("CPAM du Rhône"), "{kept}");
    assert!(!kept.contains("Camille Exemple"), "nobody loses a compte");
}

#[test]
fn a_refused_form_says_so_on_every_page_made_of_parts() {
    let mut form = FormState::new().with("motif", "Dits et redits");
    form.refuse("motif", "Dites-en plus.");
    let page = coupure(&referent(), &apercu(Coupe::Gelee("CPAM du Rhône".into())), None, &form);
    assert!(page.render().unwrap().contains("<title>Erreur : Accès de CCAS de Pierre-Bénite"));
    assert_eq!(
        (count(&page, ".govuk-error-summary a[href='#motif']"), count(&page, "main input[name=_jeton]")),
        (1, 1)
    );
    assert!(shown(&page).contains("Dits et redits"));
}
