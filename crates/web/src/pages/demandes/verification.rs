//! « Vérifiez votre demande »: everything that will be sent, and what will be done with it.

use super::besoin::draft_rows;
use super::formulaire::field_path;
use crate::frame::Frame;
use crate::pages::Page;
use crate::pages::composants::{BackLink, Button, Link, Markup, NotificationBanner, SummaryList, SummaryRow};
use crate::pages::mots::{capital, demande_path, draft_path, foreseeable, lines, person, route, row, situation_path};
use crate::pages::pieces::line;
use app::demande::Recapitulatif;
use askama::Template;
use domain::demande::Sorte;

/// The check page of a draft.
#[derive(Template)]
#[template(path = "demandes/verification.html")]
pub struct VerificationPage {
    page: Page,
    retour: BackLink,
    sorte: &'static str,
    brouillon: String,
    doublon: Option<NotificationBanner>,
    saisie: SummaryList,
    suite: SummaryList,
    orientations: Vec<&'static str>,
    envoyer: Button,
    supprimer: Button,
}

impl VerificationPage {
    /// The draft as the use case read it.
    #[must_use]
    pub fn new(frame: &Frame, recap: &Recapitulatif) -> Self {
        let sorte = recap.depot.sorte();
        let form = match sorte {
            Sorte::Difficulte => situation_path(recap.brouillon),
            _ => draft_path(sorte, recap.brouillon),
        };
        Self {
            page: Page::new(frame, "Vérifiez votre demande"),
            retour: BackLink::to("Revenir au formulaire", form),
            sorte: sorte.libelle(),
            brouillon: recap.brouillon.to_string(),
            doublon: recap.doublon.as_deref().map(duplicate),
            saisie: SummaryList::new(typed(recap)),
            suite: SummaryList::new(what_follows(recap)),
            orientations: recap.orientations.iter().map(|o| o.phrase()).collect(),
            envoyer: Button::submit("Envoyer la demande"),
            supprimer: Button::submit("Supprimer ce brouillon").secondary(),
        }
    }
}

/// Said when the structure already has an open demande of this kind for this person (DE-9).
fn duplicate(reference: &str) -> NotificationBanner {
    let link = Link::new(format!("la demande {reference}"), demande_path(reference));
    let text = Markup::text("Votre structure a déjà une demande ouverte de cette sorte pour cette personne : ")
        .and(&link)
        .and_markup(&Markup::text(". Vous pouvez y écrire au service, ou envoyer quand même celle-ci."));
    NotificationBanner::important(text)
}

fn typed(recap: &Recapitulatif) -> Vec<SummaryRow> {
    let d = &recap.depot;
    let prenom = d.prenom.as_ref().map_or("", |p| p.as_str());
    let identite = [
        ("civilite", SummaryRow::new("Personne", person(d.civilite.libelle(), prenom, d.nom.as_str()))),
        ("naissance", SummaryRow::new("Date de naissance", d.naissance.to_string())),
        ("departement", SummaryRow::new("Département de résidence", d.departement.to_string())),
    ];
    let sorte = d.sorte();
    identite
        .into_iter()
        .chain(draft_rows(d))
        .map(|(champ, row)| row.action("Modifier", field_path(sorte, recap.brouillon, champ)))
        .chain([files(recap)])
        .collect()
}

/// The files that will go with it, changed on their own page.
fn files(recap: &Recapitulatif) -> SummaryRow {
    let joints = match recap.pieces.as_slice() {
        [] => Markup::text("Aucune pièce jointe"),
        some => lines(some.iter().map(|p| line(p, recap.antivirus))),
    };
    SummaryRow::new("Pièces jointes", joints).action("Modifier", format!("/brouillons/{}/pieces", recap.brouillon))
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
