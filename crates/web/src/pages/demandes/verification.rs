//! « Vérifiez votre demande »: everything that will be sent, and what will be done with it.

use crate::frame::Frame;
use crate::pages::Page;
use crate::pages::composants::{BackLink, Button, SummaryList, SummaryRow};
use crate::pages::mots::{FORM_PATH, capital, documents, foreseeable, informed, label, paragraph, person, route, row};
use app::demande::{Besoin, Recapitulatif};
use askama::Template;

/// The check page of a draft.
#[derive(Template)]
#[template(path = "demandes/verification.html")]
pub struct VerificationPage {
    page: Page,
    retour: BackLink,
    brouillon: String,
    saisie: SummaryList,
    suite: SummaryList,
    envoyer: Button,
    supprimer: Button,
}

impl VerificationPage {
    /// The draft as the use case read it.
    #[must_use]
    pub fn new(frame: &Frame, recap: &Recapitulatif) -> Self {
        let form = format!("{FORM_PATH}?brouillon={}", recap.brouillon);
        Self {
            page: Page::new(frame, "Vérifiez votre demande"),
            retour: BackLink::to("Revenir au formulaire", form.as_str()),
            brouillon: recap.brouillon.to_string(),
            saisie: SummaryList::new(typed(recap, &form)),
            suite: SummaryList::new(what_follows(recap)),
            envoyer: Button::submit("Envoyer la demande"),
            supprimer: Button::submit("Supprimer ce brouillon").secondary(),
        }
    }
}

fn typed(recap: &Recapitulatif, form: &str) -> Vec<SummaryRow> {
    let d = &recap.depot;
    let prenom = d.prenom.as_ref().map_or("", |p| p.as_str());
    let change = |row: SummaryRow, champ: &str| row.action("Modifier", format!("{form}#{champ}"));
    let mut rows = vec![
        change(SummaryRow::new("Personne", person(d.civilite.libelle(), prenom, d.nom.as_str())), "civilite"),
        change(SummaryRow::new("Date de naissance", d.naissance.to_string()), "naissance"),
        change(SummaryRow::new("Département de résidence", d.departement.to_string()), "departement"),
    ];
    if let Besoin::Document { documents: types, autre, qualite } = &d.besoin {
        let row = SummaryRow::new("Documents demandés", documents(types.iter().copied(), autre));
        rows.push(change(row, "documents"));
        if let Some(qualite) = qualite {
            rows.push(change(SummaryRow::new("Votre qualité", capital(&label(qualite.libelle()))), "qualite"));
        }
    }
    let urgence = d.urgence.as_ref().map_or_else(|| "Non urgente".to_owned(), |motif| format!("Urgente : {motif}"));
    rows.push(change(SummaryRow::new("Urgence", urgence), "urgent"));
    let precisions = if d.precisions.is_empty() { "Aucune".into() } else { paragraph(&d.precisions) };
    rows.push(change(SummaryRow::new("Précisions", precisions), "precisions"));
    let informee = informed(d.information, d.informee_le);
    rows.push(change(SummaryRow::new("Personne informée", informee), "information"));
    if let Some(accord) = d.accord {
        rows.push(change(SummaryRow::new("Accord de la personne", capital(accord.libelle())), "documents"));
    }
    rows
}

fn what_follows(recap: &Recapitulatif) -> Vec<SummaryRow> {
    let mut rows = vec![
        SummaryRow::new("Caisse", recap.ouverte.caisse.fiche.nom.as_str()),
        SummaryRow::new("Service en charge", recap.service.nom.as_str()),
        SummaryRow::new("Réponse prévisible", capital(&foreseeable(recap.service.delai_jours, recap.echeance))),
    ];
    rows.extend(row("Envoi des documents", recap.voie.map(|v| capital(route(v))).as_deref()));
    rows
}
