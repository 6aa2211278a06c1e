//! The form of a sheet: facts of a party, or of a new structure.

use super::{LISTE, fiche_path};
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::composants::{Button, Checkboxes, Choice, DateInput, InsetText, Select, TextArea, TextInput, Width};
use crate::pages::feuille::{FeuillePage, Formulaire};
use crate::pages::mots::en_tete;
use app::partenaire::Feuille;
use chrono::Datelike;
use domain::convention::{Categorie, FaitsSaisis, Qualite, Role};

/// What a form is about: whose sheet, with which values when it is first shown.
#[derive(Debug, Clone)]
pub struct Modele {
    /// Whose sheet.
    pub role: Role,
    /// As the sheet stands.
    pub faits: FaitsSaisis,
}

/// The values of a sheet as the form shows them first.
fn filled(faits: &FaitsSaisis) -> FormState {
    let mut form = FormState::new();
    for (nom, valeur) in [
        ("nom", &faits.nom),
        ("nom_court", &faits.nom_court),
        ("categorie", &faits.categorie),
        ("forme_juridique", &faits.forme_juridique),
        ("siret", &faits.siret),
        ("rna", &faits.rna),
        ("finess", &faits.finess),
        ("adresse", &faits.adresse),
        ("standard", &faits.standard),
        ("site", &faits.site),
        ("membres", &faits.membres),
        ("courriel", &faits.courriel),
        ("domaines", &faits.domaines),
    ] {
        form = form.with(nom, valeur.as_str());
    }
    if let Some(au) = faits.membres_au {
        let [jour, mois, annee] = DateInput::names("membres_au");
        form =
            form.with(jour, au.day().to_string()).with(mois, au.month().to_string()).with(annee, au.year().to_string());
    }
    faits.qualites.iter().fold(form, |form, code| form.with("qualites", code.as_str()))
}

/// The form of a sheet; `refused` holds what was typed and its errors.
#[must_use]
pub fn faits(frame: &Frame, feuille: &Feuille, modele: &Modele, refused: Option<&FormState>) -> FeuillePage {
    let first = filled(&modele.faits);
    let form = refused.unwrap_or(&first);
    let path = fiche_path(&feuille.dossier.cle);
    let nom = feuille.dossier.stipulations.partie(modele.role).nom_affiche();
    let titre = if nom.is_empty() { "Modifier la fiche".to_owned() } else { format!("Modifier la fiche de {nom}") };
    let formulaire = fields(Formulaire::post(frame, format!("{path}/modifier")), modele.role, form)
        .hidden("partie", modele.role.code())
        .version(feuille.version)
        .with(&Button::submit("Enregistrer la fiche"));
    FeuillePage::new(frame, titre, form)
        .retour("Fiche", path)
        .with(&InsetText::new("Le changement est daté, gardé dans l’historique et annoncé à tous les signataires. Il vaut pour toutes les conventions de cette partie."))
        .with(&formulaire)
}

/// The form of a new structure.
#[must_use]
pub fn creation(frame: &Frame, form: &FormState) -> FeuillePage {
    let formulaire = fields(Formulaire::post(frame, format!("{LISTE}/nouveau")), Role::Partenaire, form);
    let formulaire = members(formulaire, form).with(&Button::submit("Enregistrer la structure"));
    FeuillePage::new(frame, "Nouvelle structure", form)
        .retour("Partenaires", LISTE)
        .phrase("La structure est enregistrée avec un projet de conventions. Seuls ses noms sont obligatoires aujourd’hui : le reste est demandé avant l’activation.")
        .with(&formulaire)
}

fn fields(formulaire: Formulaire, role: Role, form: &FormState) -> Formulaire {
    let categories = std::iter::once(Choice::new("", "Non précisée"))
        .chain(Categorie::TOUS.iter().map(|c| Choice::new(c.code(), en_tete(c.libelle()))))
        .collect();
    let formulaire = formulaire
        .with(&TextInput::new("nom", "Nom complet").width(Width::TwoThirds).form(form))
        .with(
            &TextInput::new("nom_court", "Nom court")
                .hint("Celui des pages et des courriels.")
                .width(Width::TwoThirds)
                .form(form),
        )
        .with(&Select::new("categorie", "Catégorie", categories).form(form))
        .with(&TextInput::new("forme_juridique", "Forme juridique").optional().width(Width::TwoThirds).form(form))
        .with(
            &TextInput::new("siret", "SIRET")
                .hint("14 chiffres, demandés avant l’activation.")
                .digits()
                .optional()
                .form(form),
        )
        .with(
            &TextInput::new("rna", "Numéro RNA")
                .hint("Association : W suivi de 9 chiffres. Il n’en existe pas en Alsace-Moselle.")
                .width(Width::Medium)
                .optional()
                .form(form),
        )
        .with(
            &TextInput::new("finess", "Numéro FINESS")
                .hint("Établissement : 9 caractères.")
                .width(Width::Medium)
                .optional()
                .form(form),
        );
    let formulaire = reached(formulaire, form);
    if role != Role::Partenaire {
        return formulaire;
    }
    let qualites = Qualite::TOUS.iter().map(|q| Choice::new(q.code(), en_tete(q.libelle()))).collect();
    formulaire.with(&Checkboxes::new("qualites", "Qualités enregistrées", qualites).form(form))
}

/// Where the party is reached.
fn reached(formulaire: Formulaire, form: &FormState) -> Formulaire {
    formulaire
        .with(&TextInput::new("adresse", "Adresse postale").optional().form(form))
        .with(&TextInput::new("standard", "Standard téléphonique").telephone().optional().form(form))
        .with(&TextInput::new("site", "Site internet").width(Width::TwoThirds).optional().form(form))
        .with(
            &TextInput::new("courriel", "Adresse de contact unique")
                .hint("Une boîte de la structure : le portail lui écrit, personne ne s’y connecte.")
                .email()
                .width(Width::TwoThirds)
                .optional()
                .form(form),
        )
        .with(
            &TextArea::new("domaines", "Domaines de messagerie professionnelle", 1_000)
                .hint("Un par ligne, par exemple structure.fr. Les comptes n’ont d’adresse que dans ces domaines.")
                .rows(3)
                .form(form),
        )
}

/// How many people a new structure counts.
fn members(formulaire: Formulaire, form: &FormState) -> Formulaire {
    formulaire
        .with(
            &TextInput::new("membres", "Nombre de membres de la structure")
                .hint("Il fixe le nombre de comptes, là où la convention le fait dépendre de la taille.")
                .digits()
                .optional()
                .form(form),
        )
        .with(&DateInput::new("membres_au", "Date de ce décompte").hint("Par exemple, 31 12 2028.").form(form))
}
