//! The forms of the five kinds: how many questions, what the convention adds, the person taken again, the way back from
//! the check page.

use super::depot::new_form;
use super::{attributes, count, read_out, shown};
use crate::pages::FormState;
use crate::pages::demandes::{SituationPage, VerificationPage};
use crate::pages::exemples::*;
use app::demande::Formulaire;
use askama::Template;
use domain::compte::Profil;
use domain::demande::Sorte;

fn situation(modele: &Formulaire, form: &FormState) -> SituationPage {
    SituationPage::new(&frame(Profil::Technicien, "/x"), modele, modele.brouillon, form)
}

/// Questions one sees, the field of files among them: not those that an answer or a fold reveals.
fn questions(page: &impl Template) -> usize {
    let group = ".govuk-form-group:has(> label, > fieldset > .govuk-radios, > fieldset > .govuk-checkboxes, > fieldset > .govuk-date-input)";
    let all = count(page, group);
    let hidden = [".govuk-checkboxes__conditional", ".govuk-radios__conditional", "details:not([open])"];
    all - hidden.iter().map(|css| count(page, &format!("{css} {group}"))).sum::<usize>()
}

#[test]
fn a_form_asks_nine_questions_at_most_and_files_and_one_more_where_the_convention_does() {
    for sorte in Sorte::TOUTES {
        let usual = new_form(&formulaire_de(sorte), &FormState::new());
        let files = usize::from(sorte != Sorte::Difficulte);
        assert_eq!(count(&usual, "input[type=file]"), files, "{sorte:?}: on its last page only");
        assert!((6..=9 + files).contains(&questions(&usual)), "{sorte:?}: {}", questions(&usual));
        let mut full = Formulaire { ouvertes: vec![ouverte()], qualites: Vec::new(), ..formulaire_complet(sorte) };
        let most = questions(&new_form(&full, &FormState::new()));
        assert!(most <= 10 + files, "{sorte:?}: {most}");
        full.sorte = sorte;
        assert_eq!(count(&usual, "input[checked]"), 0, "{sorte:?}: nothing is ticked in advance");
        shown(&usual);
    }
    let second = situation(&formulaire_complet(Sorte::Difficulte), &FormState::new());
    assert_eq!(questions(&second), 7, "six and the files");
    assert_eq!(attributes(&second, "input[checked]", "value"), ["technicien"], "the way that sends nothing more");
}

#[test]
fn agreement_and_reason_are_asked_where_the_convention_does_and_nowhere_else() {
    let fields =
        |modele: &Formulaire, name: &str| count(&new_form(modele, &FormState::new()), &format!("[name={name}]"));
    for sorte in Sorte::TOUTES {
        let (usual, full) = (formulaire_de(sorte), formulaire_complet(sorte));
        assert_eq!((fields(&usual, "accord"), fields(&usual, "recours")), (0, 0), "{sorte:?}");
        let accord = sorte != Sorte::Etude;
        let recours = matches!(sorte, Sorte::Etude | Sorte::RendezVous);
        assert_eq!(fields(&full, "accord"), if accord { 4 } else { 0 }, "{sorte:?}");
        let told =
            |modele| shown(&new_form(modele, &FormState::new())).contains("et a donné son accord, un autre jour");
        assert_eq!((told(&usual), told(&full)), (false, accord), "the day is that of the agreement too: {sorte:?}");
        assert_eq!(fields(&full, "recours"), if recours { 2 } else { 0 }, "{sorte:?}");
    }
    let examen = Formulaire { accord_signalement: false, ..formulaire_complet(Sorte::Difficulte) };
    assert_eq!(fields(&examen, "accord"), 0, "the agreement to an examen is not that to a report");
    let report = Formulaire { accord_dossier: false, ..formulaire_complet(Sorte::Contacter) };
    assert_eq!(fields(&report, "accord"), 0, "nor is that to a report one to speak of a file");
    let none = situation(&formulaire_de(Sorte::Difficulte), &FormState::new());
    assert_eq!(count(&none, "[name=criteres]"), 0);
    let some = situation(&formulaire_complet(Sorte::Difficulte), &FormState::new());
    assert_eq!(count(&some, "[name=criteres]"), 13);
}

#[test]
fn the_text_to_read_says_what_this_kind_sends_and_to_whom() {
    for (sorte, said) in [
        (Sorte::Contacter, "nous posons une question à la caisse"),
        (Sorte::Etude, "étudier votre dossier"),
        (Sorte::Difficulte, "la façon de vous joindre"),
        (Sorte::RendezVous, "vos disponibilités"),
        (Sorte::Document, "le document demandé"),
    ] {
        let text = shown(&new_form(&formulaire_de(sorte), &FormState::new()));
        assert!(
            text.contains(said) && text.contains("CPAM de Tarn-et-Garonne") && text.contains("Elle seule"),
            "{text}"
        );
        let unnamed = Formulaire { nomme_destinataire: false, ..formulaire_de(sorte) };
        let text = shown(&new_form(&unnamed, &FormState::new()));
        assert!(text.contains("l’Assurance Maladie. Pour cela") && !text.contains("Elle seule"), "{text}");
    }
}

#[test]
fn a_person_taken_again_needs_no_identity_field_and_can_be_changed() {
    for sorte in Sorte::TOUTES {
        let modele = Formulaire { assure: Some(assure_repris()), ..formulaire_complet(sorte) };
        let page = new_form(&modele, &FormState::new().with("brouillon", "abc"));
        let identity = "[name=civilite], [name=nom], [name=prenom], [name^=naissance], [name=departement]";
        assert_eq!(count(&page, identity), 0, "{sorte:?}");
        assert_eq!(attributes(&page, "input[name=assure]", "value"), [REFERENCE]);
        assert!(shown(&page).contains("Madame Rosalie Exemple Date de naissance mai 1985"));
        let hrefs = attributes(&page, "#assure a", "href");
        assert!(hrefs.len() == 1 && hrefs[0].ends_with("?brouillon=abc&assure="), "{hrefs:?}");
        let typed = new_form(&formulaire_complet(sorte), &FormState::new());
        let hrefs = attributes(&typed, "main form ul a", "href");
        assert!(hrefs.len() == 1 && hrefs[0].ends_with(&format!("?assure={REFERENCE}")), "{hrefs:?}");
    }
}

#[test]
fn what_is_wrong_with_a_person_taken_again_has_a_place_on_the_page() {
    let mut form = FormState::new().with("assure", REFERENCE);
    form.refuse("assure", "Ce département n’est pas ouvert.");
    let taken = Formulaire { assure: Some(assure_repris()), ..formulaire_de(Sorte::Etude) };
    for modele in [taken, formulaire_de(Sorte::Etude)] {
        let page = new_form(&modele, &form);
        assert_eq!(count(&page, "#assure .govuk-error-message, p#assure.govuk-error-message"), 1);
        shown(&page);
    }
}

#[test]
fn a_fold_that_holds_or_refuses_something_is_open() {
    let modele = formulaire_complet(Sorte::RendezVous);
    let open = |form: &FormState| count(&new_form(&modele, form), "details[open]");
    assert_eq!(open(&FormState::new()), 0);
    assert_eq!(open(&FormState::new().with("demi_journees", "lundi_matin")), 1);
    let mut refused = FormState::new();
    refused.refuse("motif_urgence", "Dites pourquoi.");
    assert_eq!(open(&refused), 1);
}

#[test]
fn every_line_of_the_check_page_leads_straight_to_its_field() {
    let id = formulaire().brouillon;
    for sorte in Sorte::TOUTES {
        let modele = formulaire_complet(sorte);
        let first = new_form(&modele, &FormState::new()).render().unwrap();
        let second = situation(&modele, &FormState::new()).render().unwrap();
        let page = VerificationPage::new(&frame(Profil::Technicien, "/brouillons/x"), &recapitulatif_de(sorte));
        shown(&page);
        let hrefs = attributes(&page, "main dd a", "href");
        assert!(hrefs.len() >= 7, "{sorte:?}");
        for href in hrefs {
            let Some((path, field)) = href.split_once('#') else {
                assert_eq!(href, format!("/brouillons/{id}/pieces"), "files have a page of their own");
                continue;
            };
            let form = if path == format!("/brouillons/{id}/situation") { &second } else { &first };
            assert!(form.contains(&format!("id=\"{field}\"")), "{sorte:?}: no field {href}");
        }
    }
}

#[test]
fn the_check_page_says_what_each_kind_asks() {
    let lines = |sorte| read_out(&VerificationPage::new(&frame(Profil::Technicien, "/x"), &recapitulatif_de(sorte)));
    insta::assert_snapshot!("verification_contacter", lines(Sorte::Contacter));
    insta::assert_snapshot!("verification_etude", lines(Sorte::Etude));
    insta::assert_snapshot!("verification_difficulte", lines(Sorte::Difficulte));
    insta::assert_snapshot!("verification_rendez_vous", lines(Sorte::RendezVous));
}

#[test]
fn the_two_pages_of_the_report_read_well() {
    let modele = formulaire_complet(Sorte::Difficulte);
    insta::assert_snapshot!("difficulte", read_out(&new_form(&modele, &FormState::new())));
    insta::assert_snapshot!("situation", read_out(&situation(&modele, &FormState::new())));
}
