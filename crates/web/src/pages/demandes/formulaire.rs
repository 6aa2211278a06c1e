//! The form « Demander un document »: one page, ten questions when the convention asks nothing special.

use crate::frame::Frame;
use crate::pages::composants::{
    BackLink, Button, Checkboxes, Choice, DateInput, Details, ErrorSummary, Fieldset, Markup, Radios, Select, TextArea,
    TextInput, Width, html_safe,
};
use crate::pages::mots::{capital, label};
use crate::pages::{FormState, Page};
use app::demande::{Formulaire, OuvertA};
use askama::Template;
use domain::assure::Civilite;
use domain::convention::{Qualite, SousType};
use domain::demande::Mode;
use domain::ids::BrouillonId;

/// Characters of « Précisions » that the page announces.
pub const PRECISIONS_MAX: u32 = 2_000;

/// Said under every free text.
const TEXTE: &str = "Seulement ce qui est utile à la demande : ni donnée de santé, ni numéro de sécurité sociale.";

/// The form, new or going on with a draft.
#[derive(Template)]
#[template(path = "demandes/nouvelle.html")]
pub struct NouvelleDemandePage {
    page: Page,
    erreurs: ErrorSummary,
    retour: BackLink,
    brouillon: String,
    publics: Vec<String>,
    regime_general: bool,
    voie: Voies,
    assure: Fieldset,
    besoin: Fieldset,
    information: Fieldset,
    a_lire: Details,
    envoyer: Button,
}

/// What the form says of the delivery route.
struct Voies {
    qualites: Vec<String>,
}

#[derive(Template)]
#[template(path = "demandes/_information.html")]
struct TexteInformation<'a> {
    caisses: Vec<&'a str>,
    nomme: bool,
}

html_safe!(TexteInformation<'_>);

impl NouvelleDemandePage {
    /// The form as the use case describes it, with what was typed and refused.
    #[must_use]
    pub fn new(frame: &Frame, modele: &Formulaire, brouillon: BrouillonId, form: &FormState) -> Self {
        let caisses = modele.ouvertes.iter().map(|o| o.caisse.fiche.nom.as_str()).collect();
        let texte = TexteInformation { caisses, nomme: modele.nomme_destinataire };
        let general = |o: &OuvertA| o.dossier.public().is_some_and(|p| p.regime_general_seul);
        let said = modele.publics.iter().any(|p| p.contains("régime général"));
        Self {
            page: Page::new(frame, "Demander un document").form(form),
            erreurs: form.summary(),
            retour: BackLink::to("Accueil", "/"),
            brouillon: brouillon.to_string(),
            publics: modele.publics.iter().map(|p| label(p)).collect(),
            regime_general: !said && modele.ouvertes.iter().any(general),
            voie: Voies { qualites: modele.qualites.iter().map(|q| label(q.libelle())).collect() },
            assure: assure(modele, form),
            besoin: besoin(modele, form),
            information: information(form),
            a_lire: Details::new("Texte à lire ou à remettre à la personne", texte),
            envoyer: Button::submit("Continuer"),
        }
    }
}

fn assure(modele: &Formulaire, form: &FormState) -> Fieldset {
    let civilites = Civilite::TOUTES.map(|c| Choice::new(c.as_str(), c.libelle()));
    let group = Fieldset::new("La personne")
        .with(&Radios::new("civilite", "Civilité", civilites.into()).inline().form(form))
        .with(&name("nom", "Nom").hint("Le nom de naissance de préférence.").form(form))
        .with(&name("prenom", "Prénom").hint("Laissez vide si la personne ne porte qu’un nom.").form(form))
        .with(
            &DateInput::new("naissance", "Date de naissance")
                .hint("Par exemple 31 3 1980. Laissez vide le jour, ou le jour et le mois, s’ils sont inconnus.")
                .form(form),
        )
        .with(&departement(form));
    match caisses(&modele.ouvertes, form) {
        Some(field) => group.with(&field),
        None => group,
    }
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

fn besoin(modele: &Formulaire, form: &FormState) -> Fieldset {
    let choices = modele.sous_types.iter().map(|d| document(*d, modele, form)).collect();
    let group = Fieldset::new("La demande")
        .with(&Checkboxes::new("documents", "Documents demandés", choices).hint("Un ou plusieurs.").form(form));
    let group = if modele.qualites.is_empty() { group } else { group.with(&qualites(&modele.qualites, form)) };
    let motif = TextInput::new("motif_urgence", "Pourquoi est-ce urgent ?").hint(TEXTE).autocomplete("off").form(form);
    let urgent = Choice::new("oui", "La demande est urgente").hint("Elle sera traitée en premier.").reveals(motif);
    group
        .with(&Checkboxes::new("urgent", "Urgence", vec![urgent]).optional().form(form))
        .with(&TextArea::new("precisions", "Précisions", PRECISIONS_MAX).rows(4).optional().hint(TEXTE).form(form))
}

fn document(sorte: SousType, modele: &Formulaire, form: &FormState) -> Choice {
    let choice = Choice::new(sorte.code(), label(sorte.libelle()));
    match sorte {
        SousType::AutreDocument => {
            choice.reveals(TextInput::new("autre_document", "Lequel ?").hint(TEXTE).autocomplete("off").form(form))
        }
        SousType::InvitationExamen if modele.accord_examen => {
            let question = "Comment la personne a-t-elle donné son accord ?";
            let field =
                Radios::new("accord", question, modes()).hint("La convention demande son accord pour cet examen.");
            choice.reveals(field.form(form))
        }
        _ => choice,
    }
}

fn qualites(qualites: &[Qualite], form: &FormState) -> Radios {
    let mut choices: Vec<_> = qualites.iter().map(|q| Choice::new(q.code(), capital(&label(q.libelle())))).collect();
    choices.push(Choice::new("", "Aucune de ces qualités"));
    Radios::new("qualite", "En quelle qualité agissez-vous pour cette personne ?", choices)
        .hint("Avec l’une de ces qualités, les documents vous parviennent par Espace Partenaires.")
        .optional()
        .form(form)
}

/// The day is asked of those alone for whom it is not today.
fn information(form: &FormState) -> Fieldset {
    let day = DateInput::new("informee", "Quel jour ?").hint("Laissez vide si c’est aujourd’hui.").form(form);
    let other_day = Details::new("La personne a été informée un autre jour", day);
    let typed = ["informee_jour", "informee_mois", "informee_annee"].iter().any(|champ| !form.value(champ).is_empty());
    let other_day = if typed || form.error("informee").is_some() { other_day.open() } else { other_day };
    Fieldset::new("L’information de la personne")
        .with(
            &Radios::new("information", "Comment la personne a-t-elle été informée de cette demande ?", modes())
                .form(form),
        )
        .with(&other_day)
}

fn modes() -> Vec<Choice> {
    Mode::TOUS.map(|m| Choice::new(m.code(), capital(m.libelle()))).into()
}

impl Voies {
    fn sentence(&self) -> String {
        let known = "Les documents seront envoyés à l’adresse de la personne connue de la caisse.";
        if self.qualites.is_empty() {
            return known.to_owned();
        }
        format!(
            "{known} Si vous agissez en qualité de {}, ils vous parviendront par Espace Partenaires.",
            self.qualites.join(", de ")
        )
    }
}

impl NouvelleDemandePage {
    fn envoi(&self) -> Markup {
        Markup::text(&self.voie.sentence())
    }
}
