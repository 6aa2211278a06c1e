//! Form, check page, receipt.

use super::{attributes, count, read_out, shown};
use crate::pages::FormState;
use crate::pages::demandes::{AccusePage, NouvelleDemandePage, VerificationPage};
use crate::pages::exemples::*;
use askama::Template;
use domain::compte::Profil;
use domain::demande::Sorte;

pub(super) fn new_form(modele: &app::demande::Formulaire, form: &FormState) -> NouvelleDemandePage {
    NouvelleDemandePage::new(&frame(Profil::Technicien, "/x"), modele, modele.brouillon, form)
}

#[test]
fn the_form_asks_more_where_the_convention_does_and_says_the_route() {
    let page = new_form(&formulaire_complet(Sorte::Document), &FormState::new());
    assert!(
        count(&page, "[name=qualite]") == 3 && count(&page, "[name=accord]") == 4 && count(&page, "[name=caisse]") == 1
    );
    let text = shown(&page);
    assert!(text.contains("à l’adresse de la personne connue de la caisse"));
    assert!(text.contains("en qualité de tutelle ou curatelle, de gestionnaire de l’aide sociale à l’enfance"));
    let plain = shown(&new_form(&formulaire(), &FormState::new()));
    assert!(!plain.contains("par Espace Partenaires"));
    assert!(plain.contains("Pour les assurés du régime général accueillis par le Conseil départemental."));
}

#[test]
fn a_refused_form_keeps_what_was_typed_and_never_a_nir() {
    let nir = "2 85 05 82 899 123 70";
    let mut form = FormState::new().with("nom", "Exemple").with("precisions", format!("Bonjour {nir} merci"));
    form.refuse("precisions", "Retirez ce numéro.");
    form.refuse("naissance", "Indiquez l’année.");
    let page = new_form(&formulaire(), &form.masked());
    let html = page.render().unwrap();
    assert!(html.contains("<title>Erreur : Demander un document"));
    assert!(html.contains("href=\"#precisions\"") && html.contains("href=\"#naissance\""));
    assert!(html.contains("value=\"Exemple\"") && html.contains("Bonjour") && html.contains("merci"));
    assert!(!html.contains(nir) && !html.contains("899 123"));
    shown(&page);
}

#[test]
fn the_check_page_shows_everything_and_leads_straight_back_to_each_field() {
    let recap = recapitulatif();
    let page = VerificationPage::new(&frame(Profil::Technicien, "/brouillons/x"), &recap);
    insta::assert_snapshot!(read_out(&page), @r#"
    Demander un document | Vérifiez votre demande
    Rien n’est encore envoyé. Votre saisie est gardée en brouillon. | Votre saisie | Personne
    Madame Rosalie Exemple | Modifier | : Personne | Date de naissance | 12 mai 1985 | Modifier
    : Date de naissance | Département de résidence | 82 – Tarn-et-Garonne | Modifier
    : Département de résidence | Documents demandés | Attestation de droits
    Autre document : relevé de l’année 2028 | Modifier | : Documents demandés | Qualité du partenaire
    Tutelle ou curatelle | Modifier | : Qualité du partenaire | Urgence
    Urgente : entrée en établissement lundi | Modifier | : Urgence | Précisions
    Première ligne Seconde ligne | Modifier | : Précisions | Personne informée
    Au cours d’un entretien, le 3 janvier 2029 | Modifier | : Personne informée | Pièces jointes
    Aucune pièce jointe | Modifier | : Pièces jointes | Ce qui en sera fait | Caisse
    CPAM de Tarn-et-Garonne | Service en charge | Service des droits | Réponse prévisible
    Sous 5 jours ouvrés, soit le 10 janvier 2029 au plus tard | Envoi des documents
    À l’adresse de la personne connue de la caisse
    En envoyant, vous confirmez que ces informations sont exactes et que la personne a été informée comme indiqué.
    Envoyer la demande | Supprimer ce brouillon
    "#);
    let form = new_form(&formulaire_complet(Sorte::Document), &FormState::new()).render().unwrap();
    let targets: Vec<String> = attributes(&page, "main dd a", "href")
        .iter()
        .filter_map(|href| Some(href.split_once('#')?.1.to_owned()))
        .collect();
    assert!(targets.len() >= 8);
    for target in targets {
        assert!(form.contains(&format!("id=\"{target}\"")), "no field {target}");
    }
}

#[test]
fn the_receipt_has_the_legal_mentions_and_nothing_of_the_person() {
    let text = read_out(&AccusePage::new(&frame(Profil::Technicien, "/x"), &recu()));
    insta::assert_snapshot!(text, @r#"
    Demande envoyée | Référence : EP-M3FJ-C7RP-TW5 | Accusé de réception
    La demande EP-M3FJ-C7RP-TW5 a été reçue le 3 janvier 2029 à 14 h 05. | Référence
    EP-M3FJ-C7RP-TW5 | Objet | Demander un document | Reçue le | 3 janvier 2029 à 14 h 05 | Caisse
    CPAM de Tarn-et-Garonne | Service en charge | Service des droits | Téléphone | 05 36 49 00 11
    Courriel | droits@cpam82.example | Adresse postale
    592 boulevard Blaise Doumerc, 82015 Montauban Cedex | Réponse prévisible
    Sous 5 jours ouvrés, soit le 10 janvier 2029 au plus tard | Télécharger l’accusé (PDF)
    Et maintenant | Un courriel vous confirme cet envoi, sans aucune donnée sur la personne.
    Le service en charge (Service des droits) traite la demande. Les échanges se font sur
    la page de la demande | .
    Un courriel vous prévient quand il y a une réponse à lire : tout de suite ou une fois par jour, selon
    votre choix | . | Les documents sont envoyés à l’adresse de la personne connue de la caisse.
    Nouvelle demande pour le même assuré | Contacter votre organisme d’assurance Maladie
    Soumettre une demande d’étude de dossier
    Signaler une situation de difficultés d’accès aux droits et aux soins d’un assuré
    Demander un rendez-vous pour un assuré | Demander un document | Historique des demandes | · | Accueil
    "#);
    assert!(!text.contains("Rosalie"));
}

#[test]
fn the_receipt_speaks_of_silence_only_where_the_caisse_does() {
    let mut recu = recu();
    recu.accuse.silence = Some("Sans réponse au bout de deux mois, la demande est rejetée.".into());
    assert!(shown(&AccusePage::new(&frame(Profil::Technicien, "/x"), &recu)).contains("Sans réponse au bout"));
}
