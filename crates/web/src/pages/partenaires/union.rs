//! The members that a union's convention covers, and one that leaves (CO-8).

use super::liste::state;
use super::{LISTE, fiche_path};
use crate::frame::Frame;
use crate::pages::composants::{
    Button, Cell, Choice, DateInput, InsetText, Link, Radios, SummaryList, SummaryRow, Table, TextInput, WarningText,
    Width,
};
use crate::pages::conventions::{act_path, closed, open_demandes};
use crate::pages::feuille::{FeuillePage, Formulaire};
use crate::pages::mots::{label, lines};
use crate::pages::renfort::code_de_renfort;
use crate::pages::{FormState, jour_en_lettres};
use app::partenaire::{Adhesions, Membre};
use chrono::NaiveDate;
use domain::convention::Montre;

/// The page.
#[must_use]
pub fn adhesions(frame: &Frame, a: &Adhesions, fait: Option<&'static str>, form: &FormState) -> FeuillePage {
    let page = FeuillePage::new(frame, format!("Membres de {}", a.court), form)
        .wide()
        .retour("Fiche", fiche_path(&a.ici.cle))
        .legende(a.union.clone())
        .avis(fait)
        .phrase("La convention métier de l’union couvre ses membres. La preuve de cette couverture est la délibération de chaque membre.")
        .with(&members(&a.membres))
        .titre("Ce qui est celui de l’union")
        .with(&sheet(a));
    leaving(page, frame, a, form)
}

fn members(membres: &[Membre]) -> Table {
    let headings = ["Membre", "Délibération", "Convention"].map(Cell::new).into();
    membres.iter().fold(Table::new("Membres couverts", headings).hide_caption(), |table, m| {
        let nom = Link::new(m.nom.as_str(), format!("{LISTE}/{}", m.slug));
        let end = m.sortie.map(|le| format!("Quitte l’union le {}", jour_en_lettres(le)));
        let proof = m.deliberation.clone().map_or_else(|| "Manque".to_owned(), |d| label(&d));
        table.row(vec![
            Cell::new(nom),
            Cell::new(lines([Some(proof), end].into_iter().flatten())),
            Cell::new(state(m.etat, false)),
        ])
    })
}

/// Référents, committee and officer: the union's, for every member.
fn sheet(a: &Adhesions) -> SummaryList {
    let union = &a.dossier.stipulations.union;
    let persons: Vec<String> = union.personnes().iter().map(|c| label(&c.montre())).collect();
    let committee = a.dossier.comite().map_or_else(|| "Aucun".to_owned(), |c| label(&c.montre()));
    SummaryList::new(vec![
        SummaryRow::new(
            "Référents",
            if persons.is_empty() { lines(["Aucun nommé".to_owned()]) } else { lines(persons) },
        ),
        SummaryRow::new("Comité de pilotage", committee),
        SummaryRow::new(
            "Délégué à la protection des données",
            union.dpo().map_or_else(|| "Non désigné".to_owned(), |d| label(&d.montre())),
        ),
    ])
}

fn leaving(page: FeuillePage, frame: &Frame, a: &Adhesions, form: &FormState) -> FeuillePage {
    match a.ici.sortie {
        Some(le) => recorded(page, frame, (a, le), form),
        None => closing(page, a).with(&leave(frame, a, form)),
    }
}

/// A leaving that is recorded, and may be taken back before its day.
fn recorded(page: FeuillePage, frame: &Frame, (a, le): (&Adhesions, NaiveDate), form: &FormState) -> FeuillePage {
    let page = page.titre("Sortie de l’union").with(&WarningText::new(format!(
        "{} quitte l’union : la couverture prend fin le {}.",
        a.ici.nom,
        jour_en_lettres(le)
    )));
    if le <= a.aujourdhui {
        return page;
    }
    let formulaire = Formulaire::post(frame, act_path(&a.ici.cle, "union/maintien"))
        .with_some(code_de_renfort(frame, form))
        .with(&Button::submit("Annuler cette sortie").secondary());
    page.with(&formulaire)
}

/// What a leaving closes, exactly, before it is recorded.
fn closing(page: FeuillePage, a: &Adhesions) -> FeuillePage {
    let page = page
        .titre(&format!("{} quitte l’union", a.ici.nom))
        .with(&InsetText::new("L’avertissement vient d’abord. Le jour venu, la couverture prend fin et l’accès de la structure se ferme à cette caisse, sauf si une convention métier propre prend la suite. Tous les signataires sont prévenus."))
        .titre("Ce que cela ferme")
        .with(&SummaryList::new(vec![
            SummaryRow::new("Premier jour sans couverture, au plus tôt", jour_en_lettres(a.premier_jour)),
            open_demandes(&a.consequences),
        ]));
    closed(page, (&a.ici.nom, a.dossier.stipulations.caisse.nom_affiche()), &a.consequences)
}

fn leave(frame: &Frame, a: &Adhesions, form: &FormState) -> Formulaire {
    let moyens =
        ["Lettre recommandée", "Courriel avec accusé de réception", "Délibération reçue"].map(|m| Choice::new(m, m));
    let soonest = jour_en_lettres(a.premier_jour);
    Formulaire::post(frame, act_path(&a.ici.cle, "union/sortie"))
        .with(&DateInput::new("avertie_le", "Date de l’avertissement").form(form))
        .with(&Radios::new("moyen", "Comment la structure a-t-elle été avertie ?", moyens.into()).form(form))
        .with(&TextInput::new("numero", "Numéro ou preuve").width(Width::TwoThirds).form(form))
        .with(
            &DateInput::new("effet_le", "Premier jour sans couverture")
                .hint(format!("Au plus tôt 30 jours après l’avertissement : averti aujourd’hui, le {soonest}."))
                .form(form),
        )
        .with_some(code_de_renfort(frame, form))
        .with(&Button::submit("Enregistrer la sortie de l’union").warning())
}
