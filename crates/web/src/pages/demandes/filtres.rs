//! The filters of a list: a form that becomes the address of the list.

use crate::pages::FormState;
use crate::pages::composants::{Button, ButtonGroup, Choice, DateInput, Details, Hidden, Link, Markup, Select};
use crate::pages::demandes::liste::kind;
use crate::pages::mots::list_path;
use app::demande::{Depart, ETATS, Historique, Lieu, Question, Saisie};
use askama::Template;
use domain::demande::Sorte;

#[derive(Template)]
#[template(path = "demandes/_filtres.html")]
struct Formulaire {
    action: &'static str,
    recherche: Option<Hidden>,
    champs: Markup,
    boutons: ButtonGroup,
}

/// « Filtrer », open while a filter is on.
pub(super) fn details(lieu: Lieu, found: &Historique, question: &Question) -> Details {
    let form = state(found, question);
    let formulaire = Formulaire {
        action: crate::pages::mots::list_base(lieu),
        recherche: question.recherche.as_ref().map(|jeton| Hidden::new("recherche", jeton)),
        champs: fields(found, &form),
        boutons: ButtonGroup::new(&Button::submit("Appliquer les filtres"))
            .with(&Link::new("Effacer les filtres", without_filters(lieu, question))),
    };
    let details = Details::new("Filtrer la liste", Markup::of(&formulaire));
    if question.filtres.0.is_empty() { details } else { details.open() }
}

/// What stands in the fields, with what was refused.
pub(super) fn state(found: &Historique, question: &Question) -> FormState {
    let typed = question.filtres.0.iter().flat_map(|(name, texts)| texts.iter().map(|t| (name.clone(), t.clone())));
    let mut form = FormState::of_values(typed.collect());
    for erreur in &found.erreurs {
        form.refuse(&erreur.champ, &erreur.message);
    }
    form
}

/// The same list without its filters; a search stays.
pub(super) fn without_filters(lieu: Lieu, question: &Question) -> String {
    let bare = Question { filtres: Saisie::default(), recherche: question.recherche.clone(), depart: Depart::Debut };
    list_path(lieu, &bare)
}

fn fields(found: &Historique, form: &FormState) -> Markup {
    let etats = ETATS.iter().map(|e| Choice::new(e.code(), e.libelle()));
    let sortes = Sorte::TOUTES.into_iter().map(|s| Choice::new(s.code(), kind(s)));
    let mut champs = Markup::of(&select("etat", "État", "Tous les états", etats).form(form))
        .and(&select("sorte", "Type de demande", "Tous les types", sortes).form(form));
    if found.auteurs.len() > 1 || form.error("auteur").is_some() {
        let auteurs = found.auteurs.iter().map(|(id, nom)| Choice::new(id.to_string(), nom));
        champs = champs.and(&select("auteur", "Envoyée par", "Tous les techniciens", auteurs).form(form));
    }
    if found.caisses.len() > 1 || form.error("caisse").is_some() {
        let caisses = found.caisses.iter().map(|c| Choice::new(&c.fiche.slug, &c.fiche.nom));
        champs = champs.and(&select("caisse", "Caisse", "Toutes les caisses", caisses).form(form));
    }
    champs
        .and(&DateInput::new("du", "Envoyée à partir du").hint("Par exemple, 1 3 2029").form(form))
        .and(&DateInput::new("au", "Envoyée jusqu’au").hint("Ce jour compris").form(form))
}

fn select(name: &str, label: &str, all: &str, choices: impl Iterator<Item = Choice>) -> Select {
    Select::new(name, label, std::iter::once(Choice::new("", all)).chain(choices).collect())
}
