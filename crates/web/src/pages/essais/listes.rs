//! Lists, queue, home pages, navigation.

use super::{attributes, count, read_out, shown};
use crate::pages::composants::Link;
use crate::pages::demandes::{Avant, HistoriquePage};
use crate::pages::exemples::*;
use crate::pages::file::{Annonce, FilePage, view_code, view_of};
use crate::pages::{AccueilCaissePage, AccueilProfilPage, AccueilTechnicienPage, FormState, mots, navigation};
use app::demande::{Cherche, Depart, Historique, Lieu, Nombres, Page, Question, Saisie, Vue};
use askama::Template;
use domain::compte::Profil;
use domain::demande::Etat;

#[test]
fn the_history_pages_by_an_opaque_cursor() {
    let found = Historique { lignes: liste().lignes, suite: liste().suite, ..Historique::default() };
    let page = history(&found, &Question::default());
    shown(&page);
    let html = page.render().unwrap();
    let next = html.split("/demandes?apres=").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(crate::extract::curseur::read(Some(next)).unwrap(), liste().suite);
    let page = history(&Historique::default(), &Question::default());
    assert!(shown(&page).contains("pas encore envoyé de demande. Faire une nouvelle demande"));
}

fn history(found: &Historique, question: &Question) -> HistoriquePage {
    HistoriquePage::new(&frame(Profil::Technicien, "/demandes"), Lieu::Structure, found, question, &FormState::new())
}

#[test]
fn the_history_says_what_was_searched_what_is_filtered_and_how_to_leave_both() {
    let filtres = Saisie([("etat".to_owned(), vec!["cloturee".to_owned()])].into());
    let question = Question { filtres, recherche: Some("SCELLE".to_owned()), ..Question::default() };
    let cherche = Cherche::Nom("Exemple".to_owned());
    let curseur = liste().lignes[0].curseur();
    let found = Historique {
        lignes: liste().lignes,
        suite: Some(curseur),
        precedente: Some(curseur),
        cherche: cherche.clone(),
        ..Historique::default()
    };
    let page = history(&found, &question);
    assert!(shown(&page).starts_with("Demandes au nom commençant par « Exemple »"), "{}", shown(&page));
    let html = page.render().unwrap();
    for direction in ["apres", "avant"] {
        let address = format!("/demandes?recherche=SCELLE&#38;etat=cloturee&#38;{direction}=");
        assert!(html.contains(&address), "{direction} keeps search and filter");
    }
    assert!(html.contains("<details class=\"govuk-details\" open>"), "a filter that is on is seen");
    let none = Historique { cherche, ..Historique::default() };
    let page = history(&none, &question);
    assert!(shown(&page).contains("Aucune demande à ce nom ne correspond aux filtres. Effacer les filtres"));
    assert!(page.render().unwrap().contains("href=\"/demandes?recherche=SCELLE\""), "the search stays");
    let further = Historique { suite: Some(curseur), ..none.clone() };
    for question in
        [Question::default(), question.clone(), Question { depart: Depart::Apres(curseur), ..question.clone() }]
    {
        let text = shown(&history(&further, &question));
        assert!(text.contains("La recherche continue page suivante.") && !text.contains("Aucune demande"), "{text}");
        assert!(!text.contains("pas d’autre demande") && text.contains("Page suivante"), "{text}");
    }
    let expired = Historique { cherche: Cherche::Expiree, ..Historique::default() };
    let text = shown(&history(&expired, &question));
    assert!(text.contains("pendant 15 minutes") && !text.contains("Aucune demande"), "{text}");
}

#[test]
fn the_queue_has_four_views_counters_and_the_next_one() {
    let today = day(2029, 1, 11);
    let page = FilePage::new(&frame(Profil::Agent, "/file"), &file(liste()), Vue::APrendre, None, today);
    insta::assert_snapshot!(read_out(&page), @r#"
    File des demandes – CPAM de Tarn-et-Garonne | Prendre en charge la suivante
    1 de vos demandes en charge : réponse à lire. | À prendre en charge (12) | Mes demandes (3)
    Complément demandé (4) | Traitées | À prendre en charge | Référence | Personne
    Structure et service | Reçue le | Répondre au plus tard le | État | EP-3222-2222-224 | Urgente
    Rosalie Exemple | CD 82 | Service des droits | 3 janvier 2029 à 14 h 05 | 10 janvier 2029 | En retard
    Transmise | 2 messages à lire | EP-4222-2222-226 | Rosalie Exemple | CD 82 | Service des droits
    3 janvier 2029 à 14 h 05 | 10 janvier 2029 | Clôturée | 2 messages à lire | Page suivante
    Nom de la personne ou numéro de demande
    Au moins 3 lettres du nom ; vous pouvez ajouter le prénom. Les accents et les majuscules ne comptent pas.
    Rechercher
    "#);
    let closed = Annonce::Faite(Avant::Cloturee, REFERENCE.parse().unwrap());
    let page = FilePage::new(&frame(Profil::Agent, "/file"), &file(liste()), Vue::Miennes, Some(closed), today);
    assert!(shown(&page).contains("Demande EP-M3FJ-C7RP-TW5 clôturée. Il reste 12 demandes à prendre en charge."));
    assert!(page.render().unwrap().contains("/file?vue=miennes&#38;apres="));
    let mut none = file(Page { lignes: Vec::new(), suite: None });
    none.nombres.a_prendre = 0;
    let page = FilePage::new(&frame(Profil::Agent, "/file"), &none, Vue::APrendre, Some(Annonce::Vide), today);
    shown(&page);
    assert_eq!(count(&page, "main form"), 1, "the search alone");
}

#[test]
fn a_counter_that_stopped_counting_says_so() {
    let mut many = file(liste());
    many.nombres = Nombres { a_prendre: 501, miennes: 500, en_attente: 501, a_lire: 501 };
    let text = shown(&FilePage::new(&frame(Profil::Agent, "/file"), &many, Vue::APrendre, None, day(2029, 1, 11)));
    for words in ["À prendre en charge (plus de 500)", "Mes demandes (500)", "Plus de 500 de vos demandes en charge"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_view_of_the_queue_comes_back_from_its_word() {
    for vue in [Vue::APrendre, Vue::Miennes, Vue::EnAttente, Vue::Traitees] {
        assert_eq!(view_of(Some(view_code(vue))), vue);
    }
    assert_eq!(view_of(Some("autre")), Vue::APrendre);
}

#[test]
fn the_home_of_a_technicien_offers_what_is_open_and_follows_what_is_not_read() {
    let page = AccueilTechnicienPage::new(&frame(Profil::Technicien, "/"), &accueil(), true);
    insta::assert_snapshot!(read_out(&page), @r#"
    C’est fait | Le brouillon est supprimé. | Conseil départemental de Tarn-et-Garonne | Accueil
    Nouvelle demande | Contacter votre organisme d’assurance Maladie
    Poser une question sur le dossier d’une personne que vous accompagnez. | Demander un document
    Une attestation, une notification, un formulaire ou un bon de prise en charge. | Contact
    CPAM de Tarn-et-Garonne | Par téléphone au 3646, en donnant le SIRET. | Courriel :
    partenaires@cpam82.example | Téléphone : 05 36 49 00 10 | À suivre
    Compléments demandés par la caisse | Compléments demandés | Référence | Personne | Caisse
    Envoyée le | État | EP-5222-2222-228 | Rosalie Exemple | CPAM de Tarn-et-Garonne
    3 janvier 2029 à 14 h 05 | En attente du partenaire | 1 demande a une réponse à lire.
    Demandes avec une réponse à lire | Référence | Personne | Caisse | Envoyée le | État
    EP-3222-2222-224 | Urgente | Rosalie Exemple | CPAM de Tarn-et-Garonne | 3 janvier 2029 à 14 h 05
    Prise en charge | 1 message à lire | Consulter l’historique des demandes | Brouillons
    Demander un document : Rosalie Exemple | Modifié le 3 janvier 2029 à 14 h 05 | Reprendre
    Demander un document : Rosalie Exemple | Supprimer | Demander un document : Rosalie Exemple
    "#);
    let mut closed = accueil();
    closed.ouvertes.clear();
    closed.a_lire.clear();
    closed.brouillons.clear();
    closed.historique = false;
    let page = AccueilTechnicienPage::new(&frame(Profil::Technicien, "/"), &closed, false);
    let text = shown(&page);
    assert!(text.contains("Aucune fonction n’est ouverte") && text.contains("pas de brouillon"));
    assert_eq!(count(&page, "main .govuk-button"), 0);
}

#[test]
fn every_other_profil_reads_what_is_there_and_what_is_not() {
    let page = AccueilCaissePage::new(&frame(Profil::Agent, "/"), &compteurs());
    assert!(shown(&page).contains("12 demandes Ouvrir la file"));
    use Profil::{AdministrateurLocal, AdministrateurNational, Dpo, Responsable, Support};
    for profil in [Responsable, Dpo, AdministrateurLocal, AdministrateurNational, Support] {
        let page = AccueilProfilPage::new(&frame(profil, "/"), profil);
        assert!(shown(&page).contains("pas encore"), "{profil:?} is promised something");
        let ways = navigation(profil, true);
        let ways = ways.iter().map(Link::href).filter(|href| !["/", "/mon-compte"].contains(href));
        assert_eq!(
            attributes(&page, "main .govuk-list--bullet a", "href"),
            ways.collect::<Vec<_>>(),
            "{profil:?}: each of its pages"
        );
    }
}

#[test]
fn the_navigation_offers_a_profil_only_its_own_pages() {
    let hrefs =
        |profil, historique| navigation(profil, historique).iter().map(|l| l.href().to_owned()).collect::<Vec<_>>();
    assert_eq!(hrefs(Profil::Technicien, true), ["/", "/demandes", "/mon-compte"]);
    assert_eq!(hrefs(Profil::Technicien, false), ["/", "/mon-compte"]);
    assert_eq!(hrefs(Profil::Agent, true), ["/", "/file", "/mon-compte"]);
    assert_eq!(hrefs(Profil::Dpo, true), ["/", "/preuves", "/mon-compte"]);
    let shared = ["/habilitations", "/revues", "/preuves", "/mon-compte"];
    assert_eq!(hrefs(Profil::Gestionnaire, true), [&["/comptes", "/ma-structure/fiche"], &shared[..]].concat());
    assert_eq!(hrefs(Profil::Referent, true), [&["/conventions", "/partenaires", "/comptes"], &shared[..]].concat());
    let admin = ["/", "/administration/comptes", "/revues", "/preuves", "/reglages/mots-de-passe", "/mon-compte"];
    assert_eq!(hrefs(Profil::AdministrateurLocal, true), admin);
    assert_eq!(hrefs(Profil::AdministrateurNational, true), ["/", "/administration/comptes", "/mon-compte"]);
}

#[test]
fn every_state_is_a_word() {
    for etat in Etat::TOUS {
        assert!(mots::state_tag(etat).to_string().contains(etat.libelle()));
    }
}
