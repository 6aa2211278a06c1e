//! Comptes of the desk and of the country (CA-4): list, opening, one compte with what may be done.

use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::composants::{
    Button, Cell, Checkboxes, Choice, Link, Markup, Pagination, Radios, Select, SummaryList, SummaryRow, Table, Tag,
    TagColour, TextInput, WarningText, Width,
};
use crate::pages::feuille::{FeuillePage, Formulaire, done};
use crate::pages::mots::{Gap, instant, lines};
use crate::pages::renfort::code_de_renfort;
use app::administration::{Cible, Fiche, Liste};
use domain::compte::{EtatCompte, Profil};

/// Address of the list.
pub const PATH: &str = "/administration/comptes";

const FAITS: [(&str, &str); 5] = [
    ("ouvert", "Le compte est créé. Son titulaire reçoit un courriel d’invitation."),
    ("services", "Les services de l’agent sont enregistrés."),
    ("inactive", "Le compte est inactivé. Ce que cette personne avait en charge retourne dans la file de son service."),
    ("rouvert", "Le compte est rouvert."),
    ("invite", "Une nouvelle invitation est envoyée. Le lien précédent ne fonctionne plus."),
];

fn state(etat: EtatCompte) -> Tag {
    match etat {
        EtatCompte::Invite => Tag::new("Invité", TagColour::Yellow),
        EtatCompte::Actif => Tag::new("Actif", TagColour::Green),
        EtatCompte::Inactif => Tag::new("Inactivé", TagColour::Grey),
        EtatCompte::Exclu => Tag::new("Exclu", TagColour::Red),
    }
}

/// A page of comptes.
#[must_use]
pub fn list_page(frame: &Frame, liste: &Liste, fait: Option<&str>) -> FeuillePage {
    let headings = ["Nom", "Profil", "Organisme et services", "Dernière connexion", "État"].map(Cell::new).into();
    let table = liste.lignes.iter().fold(Table::new("Comptes", headings).hide_caption(), |table, l| {
        let c = &l.compte;
        let seen = c.derniere_connexion.map_or_else(|| "jamais".to_owned(), |le| instant(liste.zone, le));
        let gone = c.fermeture.map(|f| format!("suppression le {}", instant(liste.zone, f.supprimer_le)));
        let etat = Markup::of(&state(c.etat));
        let etat = match gone {
            Some(gone) => etat.and(&Gap).and_markup(&Markup::text(&gone)),
            None => etat,
        };
        let ou = std::iter::once(l.organisation.clone()).chain(l.services.iter().cloned());
        table.row(vec![
            Cell::new(Link::new(c.identite.nom_affiche(), format!("{PATH}/{}", c.id))),
            Cell::new(c.profil.libelle()),
            Cell::new(lines(ou)),
            Cell::new(seen),
            Cell::new(etat),
        ])
    });
    let next = liste.suite.map(|id| format!("{PATH}?apres={id}"));
    FeuillePage::new(frame, "Comptes", &FormState::new())
        .wide()
        .avis(done(fait, &FAITS))
        .phrase("Administrer les comptes ne donne accès au contenu d’aucune demande.")
        .with(&Button::link("Créer un compte", format!("{PATH}/nouveau")))
        .with(&table)
        .with(&Pagination::new(None, next))
}

/// The form of a new compte.
#[must_use]
pub fn new_page(frame: &Frame, cible: &Cible, form: &FormState) -> FeuillePage {
    let services: Vec<Choice> = cible.services.iter().map(|s| Choice::new(s.id.to_string(), s.nom.as_str())).collect();
    let profil = |p: &Profil| {
        let choice = Choice::new(p.code(), p.libelle());
        if *p == Profil::Agent && !services.is_empty() {
            choice.reveals(Checkboxes::new("services", "Services de l’agent", services.clone()).form(form))
        } else {
            choice
        }
    };
    let mut formulaire = Formulaire::post(frame, format!("{PATH}/nouveau"))
        .with(&Radios::new("profil", "Profil", cible.profils.iter().map(profil).collect()).form(form));
    if cible.caisses.len() > 1 {
        let mut choices = vec![Choice::new("", "Aucune (profil national)")];
        choices.extend(cible.caisses.iter().map(|(id, nom)| Choice::new(id.to_string(), nom.as_str())));
        formulaire = formulaire.with(&Select::new("caisse", "Caisse d’un administrateur local", choices).form(form));
    }
    let formulaire = formulaire
        .with(&TextInput::new("nom", "Nom").width(Width::Medium).form(form))
        .with(&TextInput::new("prenom", "Prénom").width(Width::Medium).form(form))
        .with(&TextInput::new("courriel", "Adresse électronique professionnelle").email().form(form))
        .with(&TextInput::new("telephone", "Téléphone").telephone().optional().form(form))
        .with(&TextInput::new("fonction", "Fonction").width(Width::TwoThirds).optional().form(form))
        .with_some(code_de_renfort(frame, form))
        .with(&Button::submit("Créer le compte et inviter"));
    FeuillePage::new(frame, "Créer un compte", form)
        .retour("Retour", PATH)
        .phrase("La personne choisira elle-même son mot de passe par le lien reçu.")
        .with(&formulaire)
}

/// One compte, with its acts.
#[must_use]
pub fn page(frame: &Frame, fiche: &Fiche, form: &FormState, fait: Option<&str>) -> FeuillePage {
    let c = &fiche.compte;
    let mut rows = vec![
        SummaryRow::new("État", Markup::of(&state(c.etat))),
        SummaryRow::new("Profil", c.profil.libelle()),
        SummaryRow::new("Organisme", fiche.organisation.as_str()),
        SummaryRow::new("Identifiant", c.identifiant.as_str()),
        SummaryRow::new("Adresse électronique", c.identite.courriel.as_str()),
    ];
    rows.extend(c.identite.telephone.as_ref().map(|t| SummaryRow::new("Téléphone", t.as_str())));
    rows.extend(c.identite.fonction.as_ref().map(|t| SummaryRow::new("Fonction", t.as_str())));
    let seen = c.derniere_connexion.map_or_else(|| "jamais".to_owned(), |le| instant(fiche.zone, le));
    rows.push(SummaryRow::new("Dernière connexion", seen));
    if let Some(f) = c.fermeture {
        let words = format!("{}, {}", f.raison.libelle(), instant(fiche.zone, f.le));
        rows.push(SummaryRow::new("Fermeture", words));
        rows.push(SummaryRow::new("Suppression automatique", instant(fiche.zone, f.supprimer_le)));
    }
    let page = FeuillePage::new(frame, c.identite.nom_affiche(), form)
        .retour("Retour", PATH)
        .avis(done(fait, &FAITS))
        .with(&SummaryList::new(rows));
    if !fiche.agit {
        return page.phrase("Ce compte ne se modifie pas ici : on n’agit pas sur son propre compte.");
    }
    acts(frame, fiche, form, page)
}

fn acts(frame: &Frame, fiche: &Fiche, form: &FormState, page: FeuillePage) -> FeuillePage {
    let (c, base) = (&fiche.compte, format!("{PATH}/{}", fiche.compte.id));
    let acte = |nom: &str| Formulaire::post(frame, format!("{base}/{nom}"));
    let code = || code_de_renfort(frame, form);
    if c.etat == EtatCompte::Inactif {
        let reopen = acte("rouvrir").version(c.version).with_some(code()).with(&Button::submit("Rouvrir le compte"));
        return page.titre("Rouvrir").with(&reopen);
    }
    let mut page = page;
    if !fiche.services.is_empty() {
        let choices = fiche.services.iter().map(|(s, _)| Choice::new(s.id.to_string(), s.nom.as_str())).collect();
        let mut known = form.clone();
        if form.value("services").is_empty() && !form.has_errors() {
            for (s, _) in fiche.services.iter().filter(|(_, mine)| *mine) {
                known = known.with("services", s.id.to_string());
            }
        }
        let services = acte("services")
            .version(c.version)
            .with(&Checkboxes::new("services", "Services de l’agent", choices).form(&known))
            .with_some(code())
            .with(&Button::submit("Enregistrer les services"));
        page = page.titre("Services").with(&services);
    }
    if c.etat == EtatCompte::Invite {
        let invite = acte("inviter").with_some(code());
        let invite = invite.with(&Button::submit("Envoyer une nouvelle invitation").secondary());
        page = page.titre("Invitation").with(&invite);
    }
    page.titre("Inactiver").with(&Button::link("Inactiver ce compte", format!("{base}/inactiver")).warning())
}

/// What closing a compte does, before it is done.
#[must_use]
pub fn confirm_page(frame: &Frame, fiche: &Fiche, form: &FormState) -> FeuillePage {
    let (c, base) = (&fiche.compte, format!("{PATH}/{}", fiche.compte.id));
    let mut text =
        "Ses sessions s’arrêtent aussitôt. Le compte peut être rouvert pendant six mois, puis il est supprimé."
            .to_owned();
    if c.profil == Profil::Agent || c.profil == Profil::Superviseur {
        text.push_str(" Les demandes qu’il a en charge retournent dans la file de leur service.");
    }
    let formulaire = Formulaire::post(frame, format!("{base}/inactiver"))
        .with(&WarningText::new(text))
        .with_some(code_de_renfort(frame, form))
        .with(&Button::submit("Inactiver").warning());
    FeuillePage::new(frame, format!("Inactiver le compte de {}", c.identite.nom_affiche()), form)
        .retour("Retour", base.as_str())
        .with(&formulaire)
}
