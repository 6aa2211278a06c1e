//! The list of tracked forms, and the forms of a gestionnaire and a référent (HA-3, HA-7, HA-8).

use super::saisies::{convention_field, person_fields};
use crate::frame::Frame;
use crate::pages::composants::{
    Button, ButtonGroup, Cell, Choice, DateInput, Details, InsetText, Link, Markup, Pagination, Select, Table, Tabs,
    Tag, TagColour, TextInput, Width,
};
use crate::pages::feuille::{FeuillePage, Formulaire, Phrase, Titre, done};
use crate::pages::mots::{Gap, instant};
use crate::pages::{FormState, jour_en_lettres};
use app::habilitation::{Accueil, Ligne, Registre, Structure, Vue};
use domain::habilitation::EtatDemarche;
use domain::ids::CompteId;

/// Address of the list.
pub const PATH: &str = "/habilitations";

/// What was just done, by its word in the address.
pub(super) const FAITS: [(&str, &str); 7] = [
    ("envoyee", "Votre demande est transmise à la caisse. Vous pouvez suivre son état ici."),
    ("acceptee", "La démarche est acceptée. La structure en est informée par courriel."),
    ("refusee", "La démarche est refusée. La structure est informée que le motif peut se lire sur sa page."),
    ("retiree", "La démarche est retirée. La caisse en est informée."),
    ("successeur", "Le successeur est enregistré. La caisse en est informée."),
    ("ferme", "Le compte est inactivé et ses sessions sont fermées."),
    ("lien", "Le lien est envoyé à l’adresse de contact de la structure."),
];

/// The word of a view in the address.
#[must_use]
pub const fn view_code(vue: Vue) -> &'static str {
    match vue {
        Vue::ATraiter => "a-traiter",
        Vue::AVenir => "a-venir",
        Vue::Toutes => "toutes",
    }
}

/// The view of a word; without one, what is to be done at the desk and everything for a structure.
#[must_use]
pub fn view_of(code: Option<&str>, bureau: bool) -> Vue {
    let known = [Vue::ATraiter, Vue::AVenir, Vue::Toutes].into_iter().find(|v| code == Some(view_code(*v)));
    known.unwrap_or(if bureau { Vue::ATraiter } else { Vue::Toutes })
}

/// The colour of a state.
pub(super) fn state(etat: EtatDemarche, en_retard: bool) -> Markup {
    let colour = match etat {
        EtatDemarche::Recue => TagColour::Yellow,
        EtatDemarche::Acceptee => TagColour::Blue,
        EtatDemarche::Faite => TagColour::Green,
        EtatDemarche::Refusee => TagColour::Red,
        EtatDemarche::Retiree => TagColour::Grey,
    };
    let tag = Markup::of(&Tag::new(etat.libelle(), colour));
    if en_retard { tag.and(&Gap).and(&Tag::new("En retard", TagColour::Red)) } else { tag }
}

fn table(registre: &Registre) -> Table {
    let headings = ["Démarche", "Personne", "Structure", "Reçue le", "Pour le", "État"];
    let table = Table::new("Démarches", headings.map(Cell::new).into()).hide_caption();
    registre.lignes.iter().fold(table, |table, l| {
        let d = &l.demarche;
        table.row(vec![
            Cell::new(Link::new(d.nature.libelle(), format!("{PATH}/{}", d.id))),
            Cell::new(l.qui.as_str()),
            Cell::new(l.structure.as_str()),
            Cell::new(instant(l.zone, d.recue_le)),
            Cell::new(due(l)),
            Cell::new(state(d.etat, l.en_retard)),
        ])
    })
}

fn due(l: &Ligne) -> String {
    let d = &l.demarche;
    let first = d.contenu.echeances.first().map(|(jour, _)| *jour).or(d.souhaite_le);
    first.map_or_else(|| "Sans délai".to_owned(), jour_en_lettres)
}

/// A page of forms, for a structure or for the desk.
#[must_use]
pub fn list_page(frame: &Frame, registre: &Registre, (vue, bureau): (Vue, bool), fait: Option<&str>) -> FeuillePage {
    let tab = |v: Vue, text| (Link::new(text, format!("{PATH}?vue={}", view_code(v))).current(v == vue), None);
    let tabs = [tab(Vue::ATraiter, "À traiter"), tab(Vue::AVenir, "À venir"), tab(Vue::Toutes, "Toutes")];
    let tabs = tabs.into_iter().fold(Tabs::new("Vues des démarches"), |tabs, (link, n)| tabs.tab(link, n));
    let page = FeuillePage::new(frame, "Habilitations", &FormState::new()).wide().avis(done(fait, &FAITS));
    let page = if bureau {
        let first = Button::link("Liens et gestionnaires par structure", "/habilitations/structures").secondary();
        let buttons = ButtonGroup::new(&first)
            .with(&Button::link("Saisir une demande reçue sur papier", "/habilitations/papier").secondary());
        page.phrase("Les démarches des structures, la plus en retard d’abord.").with(&buttons)
    } else {
        let buttons = ButtonGroup::new(&Button::link("Demander un gestionnaire", "/habilitations/nouvelle"))
            .with(&Button::link("Signaler un départ", "/habilitations/depart").secondary())
            .with(&Button::link("Changer des données", "/habilitations/changement").secondary());
        page.phrase("Les gestionnaires sont habilités par la caisse : vos demandes et leur état.").with(&buttons)
    };
    let page = page.with(&tabs);
    let page = if registre.lignes.is_empty() {
        page.phrase("Aucune démarche dans cette liste.")
    } else {
        page.with(&table(registre))
    };
    let next = registre.suite.map(|id| format!("{PATH}?vue={}&apres={id}", view_code(vue)));
    page.with(&Pagination::new(None, next))
}

/// The form of one more gestionnaire.
#[must_use]
pub fn request_page(frame: &Frame, accueil: &Accueil, form: &FormState) -> FeuillePage {
    let formulaire = keyed(frame, ("nouvelle", form))
        .with_markup(&convention_field(form, "Caisse", &accueil.conventions))
        .with_markup(&person_fields(form, ""))
        .with(&Button::submit("Envoyer à la caisse"));
    FeuillePage::new(frame, "Demander l’habilitation d’un gestionnaire", form)
        .retour("Retour", PATH)
        .phrase("La caisse décide. La personne reçoit ensuite un courriel d’invitation pour activer son compte.")
        .with(&formulaire)
}

/// A form that is one however often it is sent: the id of what it makes goes with it.
fn keyed(frame: &Frame, (acte, form): (&str, &FormState)) -> Formulaire {
    Formulaire::post(frame, format!("{PATH}/{acte}")).hidden("cle", form.value("cle"))
}

/// The form of a request that came on paper.
#[must_use]
pub fn paper_page(frame: &Frame, structures: &[Structure], form: &FormState) -> FeuillePage {
    let mut choices = vec![Choice::new("", "Choisir")];
    let of = |s: &Structure| Choice::new(s.choix.convention.to_string(), s.choix.nom.as_str());
    choices.extend(structures.iter().map(of));
    let formulaire = keyed(frame, ("papier", form))
        .with(&Select::new("convention", "Structure", choices).form(form))
        .with(
            &DateInput::new("recue", "Reçue à la caisse le")
                .hint("Le délai de la convention court à partir de ce jour. Par exemple, 27 3 2026.")
                .form(form),
        )
        .with_markup(&person_fields(form, ""))
        .with(&Button::submit("Enregistrer la demande"));
    FeuillePage::new(frame, "Demande reçue sur papier", form).retour("Retour", PATH).with(&formulaire)
}

fn gestionnaire_field(accueil: &Accueil, form: &FormState) -> Select {
    let mut choices = vec![Choice::new("", "Choisir")];
    let of = |p: &app::habilitation::Partante| Choice::new(p.compte.to_string(), p.identite.nom_affiche());
    choices.extend(accueil.gestionnaires.iter().map(of));
    Select::new("compte", "Gestionnaire concerné", choices).form(form)
}

/// The form of a departure (HA-8).
#[must_use]
pub fn leave_page(frame: &Frame, accueil: &Accueil, form: &FormState) -> FeuillePage {
    let successor = person_fields(form, "successeur_");
    let typed = form.pairs().any(|(name, value)| name.starts_with("successeur_") && !value.trim().is_empty());
    let asked = accueil.successeur || typed || form.error("successeur_nom").is_some();
    let rule = accueil.preavis.map(|jours| {
        format!("La convention demande de prévenir {jours} jours calendaires avant le départ. Un délai plus court est accepté, et noté.")
    });
    let part = if asked {
        Markup::of(&Titre::new("Successeur"))
            .and(&Phrase::new("Ses coordonnées sont demandées : son compte s’ouvre le jour où l’autre se ferme."))
            .and_markup(&successor)
    } else {
        Markup::of(&Details::new("Indiquer un successeur", successor))
    };
    let formulaire = keyed(frame, ("depart", form))
        .with_markup(&convention_field(form, "Caisse", &accueil.conventions))
        .with(&gestionnaire_field(accueil, form))
        .with(
            &DateInput::new("souhaite", "Jour souhaité du départ")
                .hint(rule.unwrap_or_else(|| "Par exemple, 27 3 2026.".to_owned()))
                .form(form),
        )
        .with_markup(&part)
        .with(&Button::submit("Signaler le départ"));
    FeuillePage::new(frame, "Signaler le départ d’un gestionnaire", form)
        .retour("Retour", PATH)
        .phrase(
            "Les comptes des techniciens restent ouverts : ils sont rattachés au gestionnaire qui reste ou qui arrive.",
        )
        .with(&formulaire)
}

/// The form of a change of data (HA-7): first whose, then the four fields.
#[must_use]
pub fn change_page(frame: &Frame, accueil: &Accueil, form: &FormState) -> FeuillePage {
    let page = FeuillePage::new(frame, "Changer les données d’un gestionnaire", form).retour("Retour", PATH);
    let chosen = form.value("compte").parse::<CompteId>().ok();
    let Some(who) = accueil.gestionnaires.iter().find(|g| Some(g.compte) == chosen) else {
        let choice = Formulaire::get(format!("{PATH}/changement")).with(&gestionnaire_field(accueil, form));
        return page.with(&choice.with(&Button::submit("Continuer")));
    };
    let formulaire = keyed(frame, ("changement", form))
        .hidden("compte", who.compte.to_string())
        .with_markup(&convention_field(form, "Caisse", &accueil.conventions))
        .with(&TextInput::new("nom", "Nom").width(Width::Medium).form(form))
        .with(&TextInput::new("fonction", "Fonction").width(Width::TwoThirds).form(form))
        .with(&TextInput::new("telephone", "Téléphone").telephone().form(form))
        .with(&TextInput::new("courriel", "Adresse électronique").email().form(form))
        .with(&Button::submit("Envoyer à la caisse"));
    page.with(&InsetText::new(format!("Compte de {}", who.identite.nom_affiche())))
        .phrase("Quatre données peuvent changer. La caisse applique le changement ; l’ancienne et la nouvelle adresse en sont informées.")
        .with(&formulaire)
}

/// A form filled with the data as they are.
#[must_use]
pub fn change_form(accueil: &Accueil, compte: &str, cle: &str) -> FormState {
    let form = FormState::new().with("cle", cle).with("compte", compte);
    let chosen = compte.parse::<CompteId>().ok();
    match accueil.gestionnaires.iter().find(|g| Some(g.compte) == chosen) {
        Some(g) => form
            .with("nom", g.identite.nom.as_str())
            .with("fonction", g.identite.fonction.clone().unwrap_or_default())
            .with("telephone", g.identite.telephone.clone().unwrap_or_default())
            .with("courriel", g.identite.courriel.as_str()),
        None => form,
    }
}
