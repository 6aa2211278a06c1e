//! The page of a demande in each state and from each side, conflict, withdrawal.

use super::{count, read_out, shown};
use crate::pages::FormState;
use crate::pages::demandes::{AnnulationPage, Avant, ConflitPage, Fait, FichePage, ImpossiblePage, Refait};
use crate::pages::exemples::*;
use app::demande::{Cote, Fiche, Note, NoteVue};
use app::piece_jointe::Piece;
use domain::compte::Profil;
use domain::demande::{EtatDemande, Issue};
use domain::ids::{CompteId, PieceJointeId};
use domain::piece_jointe::{Etat, NomDeFichier, Sens, TypeFichier};

const NOW: &str = "2029-01-05T09:00:00Z";

fn fiche_page(cote: Cote, etat: EtatDemande, form: &FormState) -> FichePage {
    let profil = if cote == Cote::Caisse { Profil::Agent } else { Profil::Technicien };
    FichePage::new(&frame(profil, "/demandes/EP-M3FJ-C7RP-TW5"), &fiche(cote, etat, NOW), None, form)
}

fn closed() -> EtatDemande {
    EtatDemande::Cloturee { agent: None, le: at("2029-01-05T08:00:00Z"), issue: Issue::Satisfaite }
}

#[test]
fn a_partner_sees_state_thread_and_withdrawal_until_it_is_taken() {
    let filed = shown(&fiche_page(Cote::Partenaire, EtatDemande::Transmise, &FormState::new()));
    assert!(filed.contains("Transmise Urgente") && filed.contains("Annuler la demande") && filed.contains("mai 1985"));
    let taken = fiche_page(Cote::Partenaire, prise(), &FormState::new());
    insta::assert_snapshot!(read_out(&taken), @r#"
    Demander un document | Demande EP-M3FJ-C7RP-TW5 | État : | Prise en charge | Urgente | La personne
    Personne | Madame Rosalie Exemple | Date de naissance | mai 1985 | Département de résidence
    82 – Tarn-et-Garonne | La demande | Documents demandés | Attestation de droits
    Autre document : relevé de l’année 2028 | Envoi des documents
    À l’adresse de la personne connue de la caisse | Qualité du partenaire | Tutelle ou curatelle
    Motif d’urgence | entrée en établissement lundi | Précisions | Première ligne Seconde <ligne>
    Personne informée | Au cours d’un entretien, le 3 janvier 2029 | Le suivi | Envoyée le
    3 janvier 2029 à 14 h 05 | Caisse | CPAM de Tarn-et-Garonne | Envoyée par | Camille Roux
    Service en charge | Service des droits | Réponse prévisible | Le 10 janvier 2029 au plus tard
    Délai écoulé | 2 jours ouvrés | Accusé de réception (PDF) | Historique de la demande
    Transmise par le partenaire le 3 janvier 2029 à 14 h 05
    Prise en charge par la caisse le 4 janvier 2029 à 9 h 00 | Vos actions | Écrire au service
    Accusé de réception | Échanges | Camille Roux | (partenaire), le 4 janvier 2029 à 10 h 00
    Faut-il autre chose ? | Vu par la caisse le 4 janvier 2029 à 11 h 00 | Service des droits
    (caisse), le 4 janvier 2029 à 10 h 00 | Non, merci. Nous répondons demain. | Nouveau
    Votre message au service
    Seulement ce qui est utile à la demande : ni donnée de santé, ni numéro de sécurité sociale.
    4000 caractères au plus | Pièces jointes (facultatif)
    Seulement ce qui est nécessaire et lisible. PDF, JPEG ou PNG, 10 Mo au plus par fichier, 10 fichiers au plus.
    Envoyer le message
    "#);
    assert!(!shown(&taken).contains("Annuler la demande"));
}

#[test]
fn the_desk_takes_first_and_then_answers_and_closes() {
    let filed = fiche_page(Cote::Caisse, EtatDemande::Transmise, &FormState::new());
    assert_eq!((count(&filed, "form[action$=prendre]"), count(&filed, "form[action$=cloturer]")), (1, 0));
    let taken = fiche_page(Cote::Caisse, prise(), &FormState::new());
    assert_eq!((count(&taken, "form[action$=prendre]"), count(&taken, "form[action$=cloturer]")), (0, 1));
    assert_eq!(count(&taken, "form[action$=messages]"), 1);
    assert_eq!(count(&taken, "input[name=version][value='3']"), 4, "every act that could overwrite carries it");
    assert_eq!(count(&taken, "details[open]"), 0, "the answer is in sight, the rest is folded");
    insta::assert_snapshot!(read_out(&taken), @r#"
    Demander un document | Demande EP-M3FJ-C7RP-TW5 | État : | Prise en charge | Urgente | La personne
    Personne | Madame Rosalie Exemple | Date de naissance | mai 1985 | Département de résidence
    82 – Tarn-et-Garonne | La demande | Documents demandés | Attestation de droits
    Autre document : relevé de l’année 2028 | Envoi des documents
    À l’adresse de la personne connue de la caisse | Qualité du partenaire | Tutelle ou curatelle
    Motif d’urgence | entrée en établissement lundi | Précisions | Première ligne Seconde <ligne>
    Personne informée | Au cours d’un entretien, le 3 janvier 2029 | Le suivi | Envoyée le
    3 janvier 2029 à 14 h 05 | Structure | CD 82 | Envoyée par | Camille Roux | Service en charge
    Service des droits | Prise en charge par | Dominique Agent | Réponse prévisible
    Le 10 janvier 2029 au plus tard | Délai écoulé | 2 jours ouvrés | Accusé de réception (PDF)
    Historique de la demande | Transmise par le partenaire le 3 janvier 2029 à 14 h 05
    Prise en charge par la caisse le 4 janvier 2029 à 9 h 00 | Répondre | Votre réponse au partenaire
    Seulement ce qui est utile à la demande : ni donnée de santé, ni numéro de sécurité sociale.
    4000 caractères au plus | Répondre et passer à la suivante | Répondre | Répondre et clôturer
    Issue de la demande | Demande satisfaite | Demande satisfaite en partie | Demande refusée
    Ne relève pas de la caisse | Sans suite | Réponse au partenaire
    Facultative si la demande est satisfaite. Seulement ce qui est utile à la demande : ni donnée de santé, ni numéro de sécurité sociale.
    4000 caractères au plus | Clôturer et passer à la suivante | Clôturer la demande
    Demander un complément | Ce qui manque | Pièce manquante | Pièce illisible
    Information à préciser | Identité à confirmer | Accord ou mandat à fournir | Autre
    Ce que vous demandez au partenaire
    Seulement ce qui est utile à la demande : ni donnée de santé, ni numéro de sécurité sociale.
    4000 caractères au plus | Réponse attendue au plus tard le
    Sans réponse, le partenaire est relancé, prévenu, puis la demande est clôturée le 4 février 2029.
    Jour | Mois | Année | Demander et passer à la suivante | Demander le complément
    Mettre en attente interne | Ce que vous attendez, et de qui
    Note interne : le partenaire ne la voit pas. Seulement ce qui est utile à la demande : ni donnée de santé, ni numéro de sécurité sociale.
    4000 caractères au plus | Mettre en attente interne | Notes internes
    Aucune note. Le partenaire ne voit jamais les notes. | Ajouter une note interne | Note interne
    Le partenaire ne la voit jamais. Seulement ce qui est utile à la demande : ni donnée de santé, ni numéro de sécurité sociale.
    4000 caractères au plus | Enregistrer la note | Échanges | Camille Roux
    (partenaire), le 4 janvier 2029 à 10 h 00 | Faut-il autre chose ?
    Vu par la caisse le 4 janvier 2029 à 11 h 00 | Service des droits
    (caisse), le 4 janvier 2029 à 10 h 00 | Non, merci. Nous répondons demain.
    Pas encore vu par le partenaire
    "#);
}

#[test]
fn a_colleague_reads_and_does_not_write() {
    let mut held = fiche(Cote::Caisse, prise(), NOW);
    held.actes.clear();
    held.peut_ecrire = false;
    let page = FichePage::new(&frame(Profil::Agent, "/x"), &held, None, &FormState::new());
    assert!(shown(&page).contains("prise en charge par Dominique Agent. Vous pouvez la lire, pas y répondre."));
    assert_eq!(count(&page, "main form"), 1, "a note alone: it changes nothing");
    assert_eq!(count(&page, "form[action$=notes]"), 1);
}

#[test]
fn a_closed_demande_says_its_issue_and_takes_no_message() {
    let text = shown(&fiche_page(Cote::Partenaire, closed(), &FormState::new()));
    assert!(text.contains("Issue Demande satisfaite") && text.contains("ne reçoit plus de message"));
    assert!(!text.contains("En retard"));
}

#[test]
fn an_open_demande_past_its_day_is_late() {
    let late = fiche(Cote::Caisse, EtatDemande::Transmise, "2029-01-11T09:00:00Z");
    let page = FichePage::new(&frame(Profil::Agent, "/x"), &late, Some(Fait::Prise), &FormState::new());
    assert!(shown(&page).contains("En retard"));
}

#[test]
fn a_refused_closing_keeps_issue_and_text_and_marks_its_own_field() {
    let mut form = FormState::new().with("issue", "refusee").with("reponse_finale", "Non.");
    form.refuse("reponse_finale", "Expliquez.");
    let page = fiche_page(Cote::Caisse, prise(), &form);
    assert_eq!(count(&page, "input[value=refusee][checked]"), 1);
    assert_eq!(count(&page, "#reponse_finale[aria-invalid]"), 1);
    assert_eq!(count(&page, "#texte[aria-invalid]"), 0);
    shown(&page);
}

#[test]
fn a_conflict_shows_both_versions_and_sends_again_against_the_new_one() {
    let typed = FormState::new().with("version", "2").with("issue", "refusee").with("reponse_finale", "Mon texte");
    let page =
        ConflitPage::new(&frame(Profil::Agent, "/x"), &fiche(Cote::Caisse, prise(), NOW), Refait::Cloture(typed));
    let text = shown(&page);
    assert!(text.contains("Mon texte") && text.contains("Nous répondons demain."));
    assert_eq!(count(&page, "input[name=version][value='3']"), 1);
}

#[test]
fn a_conflict_on_a_closed_demande_gives_the_text_back_without_a_form() {
    let typed = FormState::new().with("texte", "Mon texte");
    let page = ConflitPage::new(
        &frame(Profil::Technicien, "/x"),
        &fiche(Cote::Partenaire, closed(), NOW),
        Refait::Message(typed),
    );
    assert!(shown(&page).contains("Message Mon texte"));
    assert_eq!(count(&page, "main form"), 0);
    let act = ConflitPage::new(&frame(Profil::Agent, "/x"), &fiche(Cote::Caisse, prise(), NOW), Refait::Acte);
    assert!(!shown(&act).contains("Ce que vous avez saisi"));
}

#[test]
fn withdrawing_is_confirmed_and_an_impossible_act_leads_back() {
    let filed = fiche(Cote::Partenaire, EtatDemande::Transmise, NOW);
    let page = AnnulationPage::new(&frame(Profil::Technicien, "/x"), &filed);
    assert!(shown(&page).contains("ne peut pas être rouverte"));
    assert_eq!(count(&page, "input[name=version][value='3']"), 1);
    assert!(!shown(&page).contains("joignez"), "there is nothing to send again");
    let page = ImpossiblePage::new(&frame(Profil::Agent, "/x"), REFERENCE, "Elle est clôturée.");
    assert_eq!(count(&page, "a[href='/demandes/EP-M3FJ-C7RP-TW5']"), 1);
    shown(&page);
}

#[test]
fn who_makes_anew_is_told_to_send_the_files_again() {
    let piece = Piece {
        id: PieceJointeId::new(uuid(4)),
        nom: NomDeFichier::clean("bail.pdf", TypeFichier::Pdf),
        type_fichier: TypeFichier::Pdf,
        taille: 1,
        empreinte: Vec::new(),
        etat: Etat::Saine,
        sens: Sens::Entrante,
        auteur: CompteId::new(uuid(7)),
        message: None,
        recue_le: at(NOW),
        analysee_le: None,
    };
    let filed = Fiche { pieces: vec![piece], ..fiche(Cote::Partenaire, EtatDemande::Transmise, NOW) };
    let page = AnnulationPage::new(&frame(Profil::Technicien, "/x"), &filed);
    assert!(shown(&page).contains("joignez de nouveau les pièces"));
}

#[test]
fn what_is_asked_stands_first_for_the_partner_and_the_desk_sees_it_wait() {
    let page = fiche_page(Cote::Partenaire, attendue(), &FormState::new());
    let text = shown(&page);
    for said in
        ["La caisse attend une réponse", "Pièce manquante", "copie du bail", "18 janvier 2029", "3 février 2029"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(text.contains("Envoyer la réponse"));
    let desk = fiche_page(Cote::Caisse, attendue(), &FormState::new());
    assert!(
        shown(&desk)
            .contains("Réponse attendue le 18 janvier 2029 au plus tard. Sans réponse, clôture le 3 février 2029.")
    );
    assert_eq!(count(&desk, "form[action$=reprendre]"), 1);
    assert_eq!(count(&desk, "form[action$=complement]"), 0, "one at a time");
}

#[test]
fn a_note_is_shown_to_the_desk_and_both_clocks_are_said() {
    let mut held = fiche(Cote::Caisse, prise(), "2029-01-08T09:00:00Z");
    held.horloges.net = 2;
    held.notes.push(NoteVue {
        auteur: "Dominique Agent".into(),
        note: Note { auteur: CompteId::new(uuid(8)), texte: "Appelée deux fois.".into(), ecrite_le: at(NOW) },
    });
    let page = FichePage::new(&frame(Profil::Agent, "/x"), &held, None, &FormState::new());
    let text = shown(&page);
    assert!(text.contains("Appelée deux fois.") && text.contains("3 jours ouvrés, dont 1 en attente du partenaire"));
}

#[test]
fn a_refused_complement_opens_its_form_again_with_what_was_typed() {
    let mut form =
        FormState::new().with("motif", "autre").with("complement", "Le bail.").with("reponse_avant_jour", "40");
    form.refuse("reponse_avant", "Saisissez une date.");
    let page = fiche_page(Cote::Caisse, prise(), &form);
    assert_eq!(count(&page, "details[open]"), 1);
    assert_eq!(
        (count(&page, "input[value=autre][checked]"), count(&page, "input[name=reponse_avant_jour][value='40']")),
        (1, 1)
    );
    shown(&page);
    let fresh = fiche_page(Cote::Caisse, prise(), &FormState::new());
    assert_eq!(count(&fresh, "input[name=reponse_avant_mois][value='1']"), 1, "a day is proposed");
}

#[test]
fn the_next_of_the_queue_says_what_was_done_before() {
    for (avant, said) in
        [(Avant::Repondue, "Réponse envoyée"), (Avant::Demandee, "Complément demandé"), (Avant::Cloturee, "clôturée")]
    {
        let fait = Fait::Suivante(avant, REFERENCE.parse().unwrap());
        let page = FichePage::new(
            &frame(Profil::Agent, "/x"),
            &fiche(Cote::Caisse, prise(), NOW),
            Some(fait),
            &FormState::new(),
        );
        let text = shown(&page);
        assert!(text.contains(said) && text.contains(REFERENCE) && text.contains("la suivante, que voici"), "{text}");
    }
    for code in ["message", "prise", "annulee", "complement", "attente", "reprise", "rouverte", "note"] {
        assert_eq!(Fait::from_code(code).map(Fait::code), Some(code));
    }
}
