//! The person a demande is about, asked the same way by every kind: taken again from an earlier demande, or typed.

use crate::pages::FormState;
use crate::pages::composants::{
    Choice, DateInput, Fieldset, Hidden, Markup, Radios, Select, SummaryList, SummaryRow, TextInput, Width, html_safe,
};
use crate::pages::mots::{birth, draft_path, person, same_person_path};
use app::demande::{AssureRepris, Formulaire, OuvertA};
use askama::Template;
use domain::assure::Civilite;
use domain::caisse::Departement;
use domain::demande::Sorte;

/// Persons of one's own latest demandes, each one activation away.
#[derive(Template)]
#[template(path = "demandes/_recents.html")]
struct Recents {
    recents: Vec<(String, String)>,
}

/// The person taken again, and the way back to typing one.
#[derive(Template)]
#[template(path = "demandes/_assure.html")]
struct Repris {
    reference: Hidden,
    erreur: Option<String>,
    personne: SummaryList,
    autre: String,
}

/// Said at the block when the reference leads nowhere any more.
#[derive(Template)]
#[template(
    source = "<p id=\"assure\" class=\"govuk-error-message\"><span class=\"govuk-visually-hidden\">Erreur : </span>{{ message }}</p>",
    ext = "html"
)]
struct Introuvable<'a> {
    message: &'a str,
}

html_safe!(Recents, Repris, Introuvable<'_>);

/// The block « La personne ».
pub(super) fn block(sorte: Sorte, modele: &Formulaire, form: &FormState) -> Fieldset {
    let group = Fieldset::new("La personne");
    let group = match &modele.assure {
        Some(assure) => group.with(&taken_again(sorte, assure, form)),
        None => typed(group, sorte, modele, form),
    };
    match caisses(&modele.ouvertes, form) {
        Some(field) => group.with(&field),
        None => group,
    }
}

/// Where the form opens with that person; what a draft already holds is kept.
fn with_person(sorte: Sorte, reference: &str, form: &FormState) -> String {
    match form.value("brouillon") {
        "" => same_person_path(sorte, reference),
        brouillon => format!("{}&assure={reference}", draft_path(sorte, brouillon)),
    }
}

fn taken_again(sorte: Sorte, assure: &AssureRepris, form: &FormState) -> Repris {
    let departement =
        Departement::parse(&assure.departement).map_or_else(|_| assure.departement.clone(), |d| d.to_string());
    Repris {
        reference: Hidden::new("assure", assure.reference.as_str()),
        erreur: form.error("assure").map(str::to_owned),
        personne: SummaryList::new(vec![
            SummaryRow::new("Personne", person(assure.civilite.libelle(), &assure.prenom, &assure.nom)),
            SummaryRow::new("Date de naissance", birth(&assure.naissance)),
            SummaryRow::new("Département de résidence", departement),
        ]),
        autre: with_person(sorte, "", form),
    }
}

fn typed(group: Fieldset, sorte: Sorte, modele: &Formulaire, form: &FormState) -> Fieldset {
    let recents = Recents {
        recents: modele
            .recents
            .iter()
            .map(|a| (person("", &a.prenom, &a.nom), with_person(sorte, &a.reference, form)))
            .collect(),
    };
    let erreur = form.error("assure").map(|message| Markup::of(&Introuvable { message })).unwrap_or_default();
    let civilites = Civilite::TOUTES.map(|c| Choice::new(c.as_str(), c.libelle()));
    group
        .with_markup(&erreur)
        .with(&recents)
        .with(&Radios::new("civilite", "Civilité", civilites.into()).inline().form(form))
        .with(&name("nom", "Nom").hint("Le nom de naissance de préférence.").form(form))
        .with(&name("prenom", "Prénom").hint("Laissez vide si la personne ne porte qu’un nom.").form(form))
        .with(
            &DateInput::new("naissance", "Date de naissance")
                .hint("Par exemple 31 3 1980. Laissez vide le jour, ou le jour et le mois, s’ils sont inconnus.")
                .form(form),
        )
        .with(&departement(form))
}

fn name(champ: &str, libelle: &str) -> TextInput {
    TextInput::new(champ, libelle).width(Width::TwoThirds).autocomplete("off")
}

/// Its number rather than a list: a hundred names would be a third of the page, and the check page says the name.
fn departement(form: &FormState) -> TextInput {
    TextInput::new("departement", "Département de résidence")
        .hint("Son numéro, par exemple 82, 2A ou 974. Il désigne la caisse qui recevra la demande.")
        .width(Width::Short)
        .autocomplete("off")
        .form(form)
}

/// Asked only where there is a choice, or where an error or a draft speaks of it.
fn caisses(ouvertes: &[OuvertA], form: &FormState) -> Option<Select> {
    let asked = ouvertes.len() > 1 || form.error("caisse").is_some() || !form.value("caisse").is_empty();
    if !asked {
        return None;
    }
    let mut choices = vec![Choice::new("", "Celle du département")];
    choices.extend(ouvertes.iter().map(|o| Choice::new(o.caisse.fiche.slug.as_str(), o.caisse.fiche.nom.as_str())));
    let field = Select::new("caisse", "Caisse de rattachement", choices);
    Some(field.hint("À choisir seulement si ce n’est pas celle du département.").form(form))
}
