//! One tracked form: what it says, its state, and what its reader may do.

use super::demarches::{FAITS, PATH, state};
use super::saisies::person_fields;
use crate::frame::Frame;
use crate::pages::composants::{Button, SummaryList, SummaryRow, TextArea};
use crate::pages::feuille::{FeuillePage, Formulaire, done};
use crate::pages::mots::instant;
use crate::pages::renfort::code_de_renfort;
use crate::pages::{FormState, jour_en_lettres};
use app::habilitation::{Fiche, Personne};
use domain::assure::Civilite;
use domain::habilitation::{EtatDemarche, NatureDemarche};

fn person_rows(titre: &str, p: &Personne) -> Vec<SummaryRow> {
    let civilite = Civilite::parse(&p.civilite).map_or("", |c| c.libelle());
    vec![
        SummaryRow::new(titre, format!("{civilite} {} {}", p.prenom, p.nom)),
        SummaryRow::new("Fonction", p.fonction.as_str()),
        SummaryRow::new("Téléphone", p.telephone.as_str()),
        SummaryRow::new("Adresse électronique", p.courriel.as_str()),
    ]
}

fn rows(fiche: &Fiche) -> Vec<SummaryRow> {
    let (l, d) = (&fiche.ligne, &fiche.ligne.demarche);
    let mut rows = vec![
        SummaryRow::new("État", state(d.etat, l.en_retard)),
        SummaryRow::new("Structure", l.structure.as_str()),
        SummaryRow::new("Caisse", fiche.caisse.as_str()),
        SummaryRow::new("Reçue le", instant(l.zone, d.recue_le)),
        SummaryRow::new("Voie", d.voie.libelle()),
    ];
    rows.extend(fiche.auteur.as_ref().map(|a| SummaryRow::new("Saisie par", a.as_str())));
    for (rang, (jour, delai)) in d.contenu.echeances.iter().enumerate() {
        let label = if rang == 0 { "Première échéance" } else { "Autre échéance" };
        rows.push(SummaryRow::new(label, format!("{} ({delai})", jour_en_lettres(*jour))));
    }
    if d.nature != NatureDemarche::Habilitation {
        rows.push(SummaryRow::new("Gestionnaire", l.qui.as_str()));
    }
    rows.extend(d.souhaite_le.map(|le| SummaryRow::new("Jour souhaité", jour_en_lettres(le))));
    rows.extend(d.contenu.preavis.map(|(jours, tot, respecte)| {
        let how = if respecte { "respecté" } else { "plus court : accepté et noté" };
        let text = format!("{jours} jours calendaires, au plus tôt le {} : {how}", jour_en_lettres(tot));
        SummaryRow::new("Préavis de la convention", text)
    }));
    let titre = if d.nature == NatureDemarche::Depart { "Successeur" } else { "Personne à habiliter" };
    rows.extend(d.contenu.personne.iter().flat_map(|p| person_rows(titre, p)));
    rows.extend(changes(fiche));
    rows.extend(d.contenu.empechement.as_ref().map(|e| SummaryRow::new("En attente", e.as_str())));
    rows.extend(d.decidee_le.map(|le| SummaryRow::new("Décidée le", instant(l.zone, le))));
    rows.extend(fiche.decideur.as_ref().map(|a| SummaryRow::new("Décidée par", a.as_str())));
    rows.extend(d.contenu.refus.as_ref().map(|m| SummaryRow::new("Motif du refus", m.as_str())));
    rows
}

/// « ancien → nouveau » of each of the four data.
fn changes(fiche: &Fiche) -> Vec<SummaryRow> {
    let d = &fiche.ligne.demarche;
    let (Some(m), Some(i)) = (&d.contenu.modification, &fiche.identite) else { return Vec::new() };
    let row = |label: &str, old: &str, new: &Option<String>| {
        let new = new.as_ref()?;
        let text = if d.etat == EtatDemarche::Recue { format!("{old} → {new}") } else { new.clone() };
        Some(SummaryRow::new(label, text))
    };
    [
        row("Nom", &i.nom, &m.nom),
        row("Fonction", i.fonction.as_deref().unwrap_or("(aucune)"), &m.fonction),
        row("Téléphone", i.telephone.as_deref().unwrap_or("(aucun)"), &m.telephone),
        row("Adresse électronique", &i.courriel, &m.courriel),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The page of a form. `form` holds what was typed in one of its forms and refused.
#[must_use]
pub fn page(frame: &Frame, fiche: &Fiche, form: &FormState, fait: Option<&str>) -> FeuillePage {
    let d = &fiche.ligne.demarche;
    let base = format!("{PATH}/{}", d.id);
    let acte = |nom: &str| Formulaire::post(frame, format!("{base}/{nom}")).version(d.version);
    let mut page = FeuillePage::new(frame, d.nature.libelle(), form)
        .retour("Retour", PATH)
        .avis(done(fait, &FAITS))
        .with(&SummaryList::new(rows(fiche)));
    if fiche.decide {
        let accept =
            acte("accepter").with_some(code_de_renfort(frame, form)).with(&Button::submit(accept_words(d.nature)));
        let refuse = acte("refuser")
            .with(&TextArea::new("motif", "Motif du refus", 1000).rows(3).form(form))
            .with(&Button::submit("Refuser").warning());
        page = page.titre("Décider").phrase(consequence(d.nature)).with(&accept).with(&refuse);
    }
    if fiche.succede {
        let give = acte("successeur")
            .with_markup(&person_fields(form, "successeur_"))
            .with_some(code_de_renfort(frame, form))
            .with(&Button::submit("Enregistrer le successeur"));
        page = page
            .titre("Donner le successeur")
            .phrase("La caisse décide ensuite de ce départ et de son successeur.")
            .with(&give);
    }
    if fiche.retire {
        let withdraw = acte("retirer").with(&Button::submit("Retirer cette démarche").secondary());
        page = page.titre("Retirer").with(&withdraw);
    }
    page
}

const fn accept_words(nature: NatureDemarche) -> &'static str {
    match nature {
        NatureDemarche::Habilitation => "Accepter et inviter",
        NatureDemarche::Changement => "Accepter et appliquer",
        NatureDemarche::Depart => "Accepter le départ",
    }
}

const fn consequence(nature: NatureDemarche) -> &'static str {
    match nature {
        NatureDemarche::Habilitation => {
            "Accepter ouvre un compte de gestionnaire et envoie l’invitation. Refuser informe la structure, avec votre motif."
        }
        NatureDemarche::Changement => {
            "Accepter remplace ces données. L’ancienne et la nouvelle adresse en sont informées."
        }
        NatureDemarche::Depart => {
            "Le jour venu, le portail ferme ce compte et ouvre celui du successeur s’il y en a un. Les comptes des techniciens restent ouverts."
        }
    }
}
