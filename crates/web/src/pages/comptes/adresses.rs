//! Addresses that the caisse allows for a structure against the rule (HA-5).

use super::fait;
use crate::frame::Frame;
use crate::pages::composants::{BackLink, Button, ErrorSummary, NotificationBanner, TextArea, TextInput, Width};
use crate::pages::renfort::code_de_renfort;
use crate::pages::{FormState, Page};
use app::compte::{Admises, DerogationVue};
use askama::Template;
use domain::calendrier::{Zone, date_heure_en_francais};

/// One line.
struct Ligne {
    id: String,
    objet: String,
    motif: String,
    accordee: String,
    retiree: Option<String>,
    retirable: bool,
}

/// « Adresses admises ».
#[derive(Template)]
#[template(path = "comptes/adresses.html")]
pub struct AdressesPage {
    page: Page,
    retour: BackLink,
    avis: Option<NotificationBanner>,
    erreurs: ErrorSummary,
    slug: String,
    domaines: String,
    lignes: Vec<Ligne>,
    objet: TextInput,
    motif: TextArea,
    code: Option<TextInput>,
    admettre: Button,
}

impl AdressesPage {
    /// What is allowed, and the form for one more.
    #[must_use]
    pub fn new(frame: &Frame, slug: &str, admises: &Admises, form: &FormState, code: Option<&str>) -> Self {
        Self {
            page: Page::new(frame, format!("Adresses admises pour {}", admises.structure)).form(form),
            retour: BackLink::to("Comptes de la structure", format!("/partenaires/{slug}/comptes")),
            avis: code.and_then(fait).map(NotificationBanner::success),
            erreurs: form.summary(),
            slug: slug.to_owned(),
            domaines: if admises.domaines.is_empty() { "aucun".to_owned() } else { admises.domaines.join(", ") },
            lignes: admises.vues.iter().map(|v| ligne(v, admises.zone)).collect(),
            objet: TextInput::new("objet", "Adresse ou domaine à admettre")
                .hint("Une adresse entière, ou un domaine comme structure.org. Jamais tout le domaine d’une messagerie ouverte à tous.")
                .width(Width::TwoThirds)
                .form(form),
            motif: TextArea::new("motif", "Pourquoi", 500).rows(3).form(form),
            code: code_de_renfort(frame, form),
            admettre: Button::submit("Admettre cette adresse"),
        }
    }
}

fn ligne(v: &DerogationVue, zone: Zone) -> Ligne {
    let instant = |le| date_heure_en_francais(zone, le);
    let d = &v.derogation;
    Ligne {
        id: d.id.to_string(),
        objet: d.contenu.objet.clone(),
        motif: d.contenu.motif.clone(),
        accordee: format!("Admise par {}, le {}", v.par, instant(d.accordee_le)),
        retiree: d.revoquee_le.map(|le| format!("Retirée le {}", instant(le))),
        retirable: v.sienne && d.revoquee_le.is_none(),
    }
}
