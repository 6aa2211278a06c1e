//! Files on the pages: in the forms, on the check page, on the page of a demande.

use super::depot::new_form;
use super::{attributes, count, shown};
use crate::pages::FormState;
use crate::pages::demandes::{FichePage, SituationPage, VerificationPage};
use crate::pages::exemples::*;
use app::demande::Cote;
use domain::compte::Profil;
use domain::demande::Sorte;
use domain::piece_jointe::Etat;

const NOW: &str = "2029-01-05T09:00:00Z";

#[test]
fn the_last_page_of_every_form_takes_files_and_lists_those_that_are_there() {
    for sorte in Sorte::TOUTES {
        let modele = formulaire_de(sorte);
        let page = new_form(&modele, &FormState::new()).with_pieces(&pieces(), true);
        let last = sorte != Sorte::Difficulte;
        assert_eq!(count(&page, "form[enctype='multipart/form-data'] input#pieces[multiple]"), usize::from(last));
        assert_eq!(count(&page, "input[type=checkbox][name=retirer]"), if last { 4 } else { 0 }, "{sorte:?}");
        assert_eq!(count(&page, "input[name=retirer][checked]"), 0, "nothing is taken out unless it is said");
        assert_eq!(count(&page, "main form button[type=submit]"), 1, "Enter in a field continues, and nothing else");
    }
    let modele = formulaire_de(Sorte::Difficulte);
    let page = SituationPage::new(&frame(Profil::Technicien, "/x"), &modele, modele.brouillon, &FormState::new());
    assert_eq!(count(&page, "form[enctype='multipart/form-data'] input#pieces"), 1);
    let text = shown(&page.with_pieces(&pieces(), true));
    assert!(text.contains("Retirer « bail.pdf » PDF, 12 ko – En cours d’analyse"), "{text}");
}

#[test]
fn the_check_page_names_the_files_and_leads_to_them() {
    let mut recap = recapitulatif();
    let page = |recap: &_| VerificationPage::new(&frame(Profil::Technicien, "/x"), recap);
    assert!(shown(&page(&recap)).contains("Pièces jointes Aucune pièce jointe Modifier"));
    recap.pieces = pieces();
    let text = shown(&page(&recap));
    assert!(text.contains("attestation.pdf (PDF, 12 ko – Analysé, aucun virus trouvé)"), "{text}");
    let links = attributes(&page(&recap), "main dd a", "href");
    assert!(links.contains(&format!("/brouillons/{}/pieces", recap.brouillon)), "{links:?}");
}

#[test]
fn a_demande_shows_each_file_where_it_came_with_its_state_and_links_clean_ones_only() {
    for (cote, profil) in [(Cote::Partenaire, Profil::Technicien), (Cote::Caisse, Profil::Agent)] {
        let mut fiche = fiche(cote, prise(), NOW);
        fiche.pieces = pieces();
        let page = FichePage::new(&frame(profil, "/x"), &fiche, None, &FormState::new());
        let links = attributes(&page, "main .ep-pieces a", "href");
        assert_eq!(links, [format!("/demandes/{REFERENCE}/pieces/{}", fiche.pieces[0].id)], "{cote:?}");
        assert_eq!((count(&page, ".ep-pieces > li"), count(&page, ".ep-fil .ep-pieces > li")), (4, 1));
        let text = shown(&page);
        assert!(text.contains("Faut-il autre chose ? bail.pdf (PDF, 12 ko) – En cours d’analyse"), "{text}");
        assert!(text.contains("bulletin.pdf (PDF, 12 ko) – Refusé : l’analyse y a trouvé un virus"), "{text}");
        assert!(text.contains("scan.pdf (PDF, 12 ko) – Refusé : l’analyse n’a pas pu le lire"), "{text}");
        assert_eq!(count(&page, &format!("a[href='/demandes/{REFERENCE}/accuse.pdf']")), 1);
        let partner = usize::from(cote == Cote::Partenaire);
        assert_eq!(count(&page, "form[action$=messages][enctype='multipart/form-data'] #pieces"), partner);
    }
}

#[test]
fn without_a_scanner_a_file_that_waits_says_why() {
    let mut fiche = fiche(Cote::Partenaire, prise(), NOW);
    fiche.antivirus = false;
    let text = |fiche: &_| shown(&FichePage::new(&frame(Profil::Technicien, "/x"), fiche, None, &FormState::new()));
    fiche.pieces = vec![piece(1, "bail.pdf", Etat::Saine, false)];
    assert!(!text(&fiche).contains("Aucun antivirus"));
    fiche.pieces.push(piece(2, "loyer.pdf", Etat::Quarantaine, false));
    let said = text(&fiche);
    assert!(said.contains("En attente d’analyse : aucun antivirus n’est branché"), "{said}");
    assert!(said.contains("Aucun antivirus n’est branché sur ce portail"), "{said}");
}
