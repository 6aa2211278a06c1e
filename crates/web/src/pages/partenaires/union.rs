//! The members that a union's convention covers, and one that leaves (CO-8).

use super::liste::state;
use super::{Feuillet, Formulaire, LISTE, fiche_path};
use crate::frame::Frame;
use crate::pages::composants::{
    Button, Cell, Choice, DateInput, InsetText, Link, Radios, SummaryList, SummaryRow, Table, TextInput, WarningText,
    Width,
};
use crate::pages::mots::{label, lines};
use crate::pages::renfort::code_de_renfort;
use crate::pages::{FormState, jour_en_lettres};
use app::partenaire::{Adhesions, Membre};
use domain::convention::Montre;

/// The page.
#[must_use]
pub fn adhesions(frame: &Frame, a: &Adhesions, fait: Option<&'static str>, form: &FormState) -> Feuillet {
    let page = Feuillet::new(frame, format!("Membres de {}", a.court), form)
        .retour("Fiche", &fiche_path(&a.ici.cle))
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

fn leaving(page: Feuillet, frame: &Frame, a: &Adhesions, form: &FormState) -> Feuillet {
    let base = format!("/conventions/{}/union", a.ici.cle);
    if let Some(le) = a.ici.sortie {
        let page = page.titre("Sortie de l’union").with(&WarningText::new(format!(
            "{} quitte l’union : la couverture prend fin le {}.",
            a.ici.nom,
            jour_en_lettres(le)
        )));
        let formulaire = Formulaire::post(format!("{base}/maintien"))
            .champ_si(code_de_renfort(frame, form).as_ref())
            .bouton(&Button::submit("Annuler cette sortie").secondary());
        return if le > a.aujourdhui { page.formulaire(formulaire) } else { page };
    }
    let moyens =
        ["Lettre recommandée", "Courriel avec accusé de réception", "Délibération reçue"].map(|m| Choice::new(m, m));
    let formulaire = Formulaire::post(format!("{base}/sortie"))
        .champ(&DateInput::new("avertie_le", "Date de l’avertissement").form(form))
        .champ(&Radios::new("moyen", "Comment la structure a-t-elle été avertie ?", moyens.into()).form(form))
        .champ(&TextInput::new("numero", "Numéro ou preuve").width(Width::TwoThirds).form(form))
        .champ(
            &DateInput::new("effet_le", "Premier jour sans couverture")
                .hint(format!(
                    "Au plus tôt 30 jours après l’avertissement : averti aujourd’hui, le {}.",
                    jour_en_lettres(a.premier_jour)
                ))
                .form(form),
        )
        .champ_si(code_de_renfort(frame, form).as_ref())
        .bouton(&Button::submit("Enregistrer la sortie de l’union").warning());
    page.titre(&format!("{} quitte l’union", a.ici.nom))
        .with(&InsetText::new("L’avertissement vient d’abord. Le jour venu, la couverture prend fin et l’accès de la structure se ferme à cette caisse, sauf si une convention métier propre prend la suite. Tous les signataires sont prévenus."))
        .formulaire(formulaire)
}
