//! New agents told to a caisse by its structures (HA-13).

use super::fait;
use crate::frame::Frame;
use crate::pages::Page;
use crate::pages::composants::{NotificationBanner, Pagination};
use app::compte::{Annonce, Annonces};
use askama::Template;
use domain::calendrier::{Zone, date_heure_en_francais};

/// One line.
struct Ligne {
    id: String,
    nom: String,
    structure: String,
    detail: String,
    annoncee: String,
    traitee: Option<String>,
}

/// « Nouveaux agents ».
#[derive(Template)]
#[template(path = "comptes/annonces.html")]
pub struct AnnoncesPage {
    page: Page,
    avis: Option<NotificationBanner>,
    lignes: Vec<Ligne>,
    pages: Pagination,
}

impl AnnoncesPage {
    /// A page of announcements.
    #[must_use]
    pub fn new(frame: &Frame, annonces: &Annonces, code: Option<&str>) -> Self {
        let suite = annonces.suite.map(|(le, id)| format!("/comptes/annonces?apres={}_{id}", le.timestamp_micros()));
        Self {
            page: Page::new(frame, "Nouveaux agents à former"),
            avis: code.and_then(fait).map(NotificationBanner::success),
            lignes: annonces.lignes.iter().map(|a| ligne(a, annonces.zone)).collect(),
            pages: Pagination::new(None, suite),
        }
    }
}

fn ligne(a: &Annonce, zone: Zone) -> Ligne {
    let instant = |le| date_heure_en_francais(zone, le);
    let compte = if a.agent.technicien { "compte de technicien" } else { "sans compte" };
    let detail = [a.agent.fonction.as_str(), compte, a.agent.courriel.as_str()];
    Ligne {
        id: a.id.to_string(),
        nom: format!("{} {}", a.agent.prenom, a.agent.nom),
        structure: a.structure.clone(),
        detail: detail.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", "),
        annoncee: format!("Annoncé le {}", instant(a.le)),
        traitee: a.traitee_le.map(|le| format!("Formation proposée le {}", instant(le))),
    }
}
