//! Fields that several forms share: a person, the choice of a convention.

use crate::pages::FormState;
use crate::pages::composants::{Choice, Markup, Radios, Select, TextInput, Width};
use app::habilitation::{Choix, Personne};
use domain::assure::Civilite;

/// Names of the fields of a person, after a prefix.
pub const CHAMPS: [&str; 6] = ["civilite", "nom", "prenom", "fonction", "telephone", "courriel"];

/// The six fields of who is to be accredited (HA-3).
#[must_use]
pub fn person_fields(form: &FormState, prefixe: &str) -> Markup {
    let name = |champ: &str| format!("{prefixe}{champ}");
    let civilites = Civilite::TOUTES.map(|c| Choice::new(c.as_str(), c.libelle())).to_vec();
    Markup::of(&Radios::new(name("civilite"), "Civilité", civilites).inline().form(form))
        .and(&TextInput::new(name("nom"), "Nom").width(Width::Medium).form(form))
        .and(&TextInput::new(name("prenom"), "Prénom").width(Width::Medium).form(form))
        .and(&TextInput::new(name("fonction"), "Fonction dans la structure").width(Width::TwoThirds).form(form))
        .and(&TextInput::new(name("telephone"), "Téléphone professionnel").telephone().form(form))
        .and(
            &TextInput::new(name("courriel"), "Adresse électronique professionnelle")
                .email()
                .hint("Une adresse personnelle, propre à la structure : une boîte partagée ne convient pas.")
                .form(form),
        )
}

/// The person that a form gives.
#[must_use]
pub fn person(form: &FormState, prefixe: &str) -> Personne {
    let text = |champ: &str| form.value(&format!("{prefixe}{champ}")).trim().to_owned();
    Personne {
        civilite: text("civilite"),
        nom: text("nom"),
        prenom: text("prenom"),
        fonction: text("fonction"),
        telephone: text("telephone"),
        courriel: text("courriel"),
    }
}

/// The choice of a caisse or a structure; nothing to choose where there is one only.
#[must_use]
pub fn convention_field(form: &FormState, label: &str, choix: &[Choix]) -> Markup {
    if choix.len() == 1 && form.error("convention").is_none() {
        return Markup::default();
    }
    let mut choices = vec![Choice::new("", "Choisir")];
    choices.extend(choix.iter().map(|c| Choice::new(c.convention.to_string(), c.nom.as_str())));
    Markup::of(&Select::new("convention", label, choices).form(form))
}
