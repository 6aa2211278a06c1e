//! Persons of a sheet: an interlocuteur, the data protection officer (PA-4).

use super::fiche_path;
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::composants::{Button, Checkboxes, Choice, InsetText, TextInput, WarningText, Width};
use crate::pages::feuille::{FeuillePage, Formulaire};
use crate::pages::mots::{en_tete, label};
use app::partenaire::Feuille;
use domain::convention::{PersonneSaisie, Role, Theme};

const TOLD: &str = "Le changement est daté, gardé dans l’historique et annoncé par courriel à tous les signataires.";

fn base(frame: &Frame, feuille: &Feuille, titre: String, form: &FormState) -> FeuillePage {
    FeuillePage::new(frame, titre, form).retour("Fiche", fiche_path(&feuille.dossier.cle)).with(&InsetText::new(TOLD))
}

fn hidden(formulaire: Formulaire, feuille: &Feuille, role: Role) -> Formulaire {
    formulaire.hidden("partie", role.code()).version(feuille.version)
}

/// The form of a person; `rang` is the place on the sheet of the one it replaces.
#[must_use]
pub fn interlocuteur(
    frame: &Frame,
    feuille: &Feuille,
    (role, rang): (Role, Option<usize>),
    refused: Option<&FormState>,
) -> FeuillePage {
    let partie = feuille.dossier.stipulations.partie(role);
    let here = rang.and_then(|rang| partie.personnes().get(rang));
    let first = here.map_or_else(FormState::new, |c| filled(&PersonneSaisie::from(c)));
    let form = refused.unwrap_or(&first);
    let titre = here.map_or_else(|| "Ajouter un interlocuteur".to_owned(), |c| format!("Modifier {}", c.nom));
    let themes = Theme::TOUS.iter().map(|t| Choice::new(t.code(), en_tete(t.libelle()))).collect();
    let path = format!("{}/interlocuteur", fiche_path(&feuille.dossier.cle));
    let formulaire = hidden(Formulaire::post(frame, path), feuille, role)
        .hidden("rang", rang.map(|rang| rang.to_string()).unwrap_or_default())
        .with(&Checkboxes::new("themes", "À contacter pour", themes).form(form))
        .with(&TextInput::new("nom_personne", "Nom de la personne").autocomplete("off").form(form))
        .with(&TextInput::new("role", "Fonction").optional().form(form))
        .with(
            &TextInput::new("courriel_personne", "Courriel")
                .hint("Une boîte commune convient : c’est un contact, pas un compte.")
                .email()
                .width(Width::TwoThirds)
                .form(form),
        )
        .with(&TextInput::new("telephone", "Téléphone").telephone().optional().form(form))
        .with(&Button::submit("Enregistrer"));
    base(frame, feuille, titre, form).legende(partie.nom_affiche()).with(&formulaire)
}

fn filled(p: &PersonneSaisie) -> FormState {
    let form = FormState::new()
        .with("nom_personne", p.nom.as_str())
        .with("role", p.role.as_str())
        .with("courriel_personne", p.courriel.as_str())
        .with("telephone", p.telephone.as_str());
    p.themes.iter().fold(form, |form, code| form.with("themes", code.as_str()))
}

/// Confirmation before a person is taken out, with what refused it; none when nobody stands there.
#[must_use]
pub fn retrait(
    frame: &Frame,
    feuille: &Feuille,
    (role, rang): (Role, usize),
    refused: &FormState,
) -> Option<FeuillePage> {
    let partie = feuille.dossier.stipulations.partie(role);
    let here = partie.personnes().get(rang)?;
    let path = format!("{}/interlocuteur", fiche_path(&feuille.dossier.cle));
    let themes: Vec<String> = here.themes.iter().map(|t| label(t.libelle())).collect();
    let formulaire = hidden(Formulaire::post(frame, path), feuille, role)
        .hidden("rang", rang.to_string())
        .hidden("retirer", "oui")
        .with(&Button::submit("Retirer cette personne").warning());
    let lost = format!("Il n’y aura plus cette personne à joindre pour : {}.", themes.join(", "));
    let mut form = FormState::new();
    // The page has no field: whatever was refused is said at its top.
    if let Some(message) = refused.error("").or_else(|| refused.error("themes")) {
        form.refuse("", message);
    }
    let page = base(frame, feuille, format!("Retirer {} ?", here.nom), &form);
    Some(page.legende(partie.nom_affiche()).with(&WarningText::new(lost)).with(&formulaire))
}

/// The form of the data protection officer.
#[must_use]
pub fn dpo(frame: &Frame, feuille: &Feuille, role: Role, refused: Option<&FormState>) -> FeuillePage {
    let partie = feuille.dossier.stipulations.partie(role);
    let here = partie.dpo_saisi();
    let first = FormState::new().with("dpo_courriel", here.courriel).with("dpo_adresse", here.adresse);
    let form = refused.unwrap_or(&first);
    let path = format!("{}/dpo", fiche_path(&feuille.dossier.cle));
    let formulaire = hidden(Formulaire::post(frame, path), feuille, role)
        .with(&TextInput::new("dpo_courriel", "Courriel").email().width(Width::TwoThirds).optional().form(form))
        .with(
            &TextInput::new("dpo_adresse", "Adresse postale")
                .hint("Demandée là où les droits s’exercent par courrier.")
                .optional()
                .form(form),
        )
        .with(&Button::submit("Enregistrer"));
    base(frame, feuille, "Délégué à la protection des données".to_owned(), form)
        .legende(partie.nom_affiche())
        .with(&formulaire)
}
