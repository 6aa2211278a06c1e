//! The public page behind the link of the first gestionnaire (HA-3).

use super::saisies::person_fields;
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::composants::{Button, InsetText};
use crate::pages::feuille::{FeuillePage, Formulaire};
use app::habilitation::LienFerme;

/// The form of a link that works.
#[must_use]
pub fn form_page(frame: &Frame, (structure, caisse): (&str, &str), form: &FormState) -> FeuillePage {
    let formulaire = Formulaire::post(frame, frame.path())
        .with_markup(&person_fields(form, ""))
        .with(&Button::submit("Envoyer à la caisse"));
    FeuillePage::new(frame, "Désigner le premier gestionnaire", form)
        .with(&InsetText::new(format!("{structure}, convention avec : {caisse}")))
        .phrase("Le gestionnaire ouvre et ferme les comptes des personnes de votre structure. Il ne dépose pas de demande et n’en lit pas.")
        .phrase("La caisse vérifie cette demande. La personne désignée reçoit ensuite un courriel d’invitation à son adresse professionnelle.")
        .with(&formulaire)
}

/// The request is with the caisse.
#[must_use]
pub fn sent_page(frame: &Frame) -> FeuillePage {
    FeuillePage::new(frame, "Demande transmise", &FormState::new())
        .phrase("Votre demande d’habilitation est transmise à la caisse. Un courriel le confirme à l’adresse de contact de votre structure.")
        .phrase("La personne désignée recevra un courriel d’invitation quand la caisse aura accepté la demande. Vous pouvez fermer cette page.")
}

/// Another link is on its way.
#[must_use]
pub fn renewed_page(frame: &Frame) -> FeuillePage {
    FeuillePage::new(frame, "Nouveau lien envoyé", &FormState::new()).phrase(
        "Un nouveau lien est envoyé à l’adresse de contact de votre structure. Le précédent ne fonctionne plus.",
    )
}

/// A link that does not work: why, and the way on.
#[must_use]
pub fn closed_page(frame: &Frame, ferme: LienFerme) -> FeuillePage {
    let (title, text) = match ferme {
        LienFerme::Inconnu => (
            "Ce lien n’est pas valable",
            "Il est peut-être incomplet : certaines messageries coupent les longues adresses. Copiez l’adresse entière du message dans votre navigateur.",
        ),
        LienFerme::Utilise => (
            "Ce lien a déjà servi",
            "Un lien ne sert qu’une fois, et un lien plus récent remplace les précédents. Si vous n’avez rien envoyé, adressez-vous à votre caisse.",
        ),
        LienFerme::Expire => (
            "Ce lien a expiré",
            "Ce lien fonctionne sept jours. Un nouveau lien peut être envoyé à la même adresse de contact.",
        ),
        LienFerme::SansObjet => (
            "Ce lien n’a plus d’objet",
            "Votre structure a déjà un gestionnaire, ou sa convention n’est pas en vigueur. Adressez-vous à votre gestionnaire ou à votre caisse.",
        ),
    };
    let page = FeuillePage::new(frame, title, &FormState::new()).phrase(text);
    if ferme != LienFerme::Expire {
        return page;
    }
    let formulaire = Formulaire::post(frame, format!("{}/renouveler", frame.path()));
    page.with(&formulaire.with(&Button::submit("Recevoir un nouveau lien")))
}
