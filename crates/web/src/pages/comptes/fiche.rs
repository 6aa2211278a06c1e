//! One compte of a structure: who, since when, what may be done, and the proofs to print.

use super::actes::ferme;
use super::{compte_path, etat, fait};
use crate::frame::Frame;
use crate::pages::Page;
use crate::pages::composants::{BackLink, Button, Link, Markup, NotificationBanner, SummaryList, SummaryRow};
use crate::pages::imprime::document;
use app::compte::CompteVu;
use askama::Template;
use domain::calendrier::date_heure_en_francais;

/// A compte.
#[derive(Template)]
#[template(path = "comptes/fiche.html")]
pub struct ComptePage {
    page: Page,
    retour: BackLink,
    avis: Option<NotificationBanner>,
    donnees: SummaryList,
    preuves: Vec<Link>,
    boutons: Vec<Button>,
}

impl ComptePage {
    /// The compte as the use case gives it.
    #[must_use]
    pub fn new(frame: &Frame, c: &CompteVu, code: Option<&str>) -> Self {
        let retour = if c.caisse {
            BackLink::to("Comptes de la structure", format!("/partenaires/{}/comptes", c.slug))
        } else {
            BackLink::to("Comptes", "/comptes")
        };
        let proof = |p: &app::compte::PreuveCompte| {
            let le = date_heure_en_francais(c.zone, p.le);
            Link::new(format!("{} du {le}", p.nature.libelle()), format!("/comptes/{}/preuves", c.id))
        };
        Self {
            page: Page::new(frame, format!("Compte de {}", c.nom)),
            retour,
            avis: code.and_then(fait).map(NotificationBanner::success),
            donnees: donnees(c),
            preuves: c.preuves.iter().map(proof).collect(),
            boutons: boutons(c),
        }
    }
}

fn donnees(c: &CompteVu) -> SummaryList {
    let instant = |le| date_heure_en_francais(c.zone, le);
    let mut rows = vec![
        SummaryRow::new("État", etat(c.etat, false)),
        SummaryRow::new("Profil", c.profil.libelle()),
        SummaryRow::new("Identifiant", c.identifiant.as_str()),
        SummaryRow::new("Adresse électronique", c.courriel.as_str()),
    ];
    rows.extend(c.fonction.as_ref().map(|f| SummaryRow::new("Fonction", f.as_str())));
    rows.push(SummaryRow::new("Dernière connexion", c.derniere_connexion.map_or("Jamais".to_owned(), instant)));
    rows.push(SummaryRow::new("Créé par", c.gestionnaire.clone().unwrap_or_else(|| "La caisse".to_owned())));
    rows.extend(c.fermeture.as_ref().map(|f| SummaryRow::new("Fermeture", ferme(f, c.zone))));
    rows.extend(c.acceptations.iter().map(|a| {
        let quand = format!("Version {}, acceptée le {}", a.version, instant(a.le));
        SummaryRow::new(a.nature.titre(), quand)
    }));
    SummaryList::new(rows)
}

fn boutons(c: &CompteVu) -> Vec<Button> {
    let to = |texte: &str, acte: &str| Button::link(texte, compte_path(c.id, acte)).secondary();
    let a = c.actes;
    [
        (a.relancer, to("Renvoyer l’invitation", "invitation")),
        (a.reactiver, to("Rouvrir ce compte", "rouvrir")),
        (a.inactiver, to("Fermer ce compte", "fermer")),
        (a.signaler, to("Signaler une perte, un vol ou une fraude", "signaler")),
        (a.exclure, to("Exclure cet utilisateur", "exclure")),
    ]
    .into_iter()
    .filter_map(|(permis, bouton)| permis.then_some(bouton))
    .collect()
}

/// The proofs on a compte, to print.
#[derive(Template)]
#[template(path = "comptes/preuve.html")]
pub struct PreuvePage {
    page: Page,
    retour: BackLink,
    document: Markup,
    pdf: Link,
}

impl PreuvePage {
    /// The document as the use case gives it.
    #[must_use]
    pub fn new(frame: &Frame, id: domain::ids::CompteId, imprime: &app::imprime::Imprime) -> Self {
        Self {
            page: Page::new(frame, "Preuves sur un compte"),
            retour: BackLink::to("Page du compte", compte_path(id, "")),
            document: document(imprime),
            pdf: Link::new("Télécharger (PDF)", compte_path(id, "preuves.pdf")),
        }
    }
}
