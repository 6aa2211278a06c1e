//! « Comptes »: how many of how many, what is due, who. Home of the gestionnaire; the same table for the caisse.

use super::actes::ferme;
use super::{compte_path, etat, fait};
use crate::frame::Frame;
use crate::pages::Page;
use crate::pages::composants::{Button, Cell, Link, Markup, NotificationBanner, Pagination, Table};
use app::compte::{AFaire, Comptes, LigneCompte, Places, est_expiree};
use askama::Template;
use domain::calendrier::{Zone, date_en_francais, date_heure_en_francais, jour_civil};
use domain::compte::EtatCompte;

/// The comptes of a structure.
#[derive(Template)]
#[template(path = "comptes/liste.html")]
pub struct ComptesPage {
    page: Page,
    avis: Option<NotificationBanner>,
    actualites: Option<Markup>,
    structure: String,
    places: Vec<String>,
    a_faire: Vec<Markup>,
    table: Option<Table>,
    pages: Pagination,
    creer: Option<Button>,
    liens: Vec<Link>,
    gere: bool,
}

impl ComptesPage {
    /// The comptes as the use case gives them.
    #[must_use]
    pub fn new(frame: &Frame, comptes: &Comptes, code: Option<&str>) -> Self {
        let base = base(comptes);
        let suite = comptes.suite.as_ref().map(|s| format!("{base}?apres={s}"));
        let titre = if comptes.gere { "Comptes".to_owned() } else { format!("Comptes de {}", comptes.structure) };
        let lignes = || table(comptes);
        Self {
            page: Page::new(frame, titre),
            avis: code.and_then(fait).map(NotificationBanner::success),
            actualites: None,
            structure: comptes.structure.clone(),
            places: comptes.places.iter().flat_map(places).collect(),
            a_faire: comptes.a_faire.iter().map(due).collect(),
            table: (!comptes.lignes.is_empty()).then(lignes),
            pages: Pagination::new(None, suite),
            creer: comptes.gere.then(|| Button::link("Créer le compte d’un technicien", "/comptes/nouveau")),
            liens: links(comptes),
            gere: comptes.gere,
        }
    }

    /// With the news that the gestionnaire has not read yet (PA-5): this page is his home.
    #[must_use]
    pub fn with_news(mut self, actualites: Option<Markup>) -> Self {
        self.actualites = actualites;
        self
    }
}

fn base(comptes: &Comptes) -> String {
    if comptes.gere { "/comptes".to_owned() } else { format!("/partenaires/{}/comptes", comptes.slug) }
}

fn links(comptes: &Comptes) -> Vec<Link> {
    if comptes.gere {
        return vec![
            Link::new("Déclarer le nombre de membres", "/comptes/membres"),
            Link::new("Annoncer un nouvel agent sans compte", "/comptes/agents"),
        ];
    }
    let of = |reste: &str| format!("/partenaires/{}/{reste}", comptes.slug);
    vec![
        Link::new("Adresses admises pour cette structure", of("adresses")),
        Link::new("Déclarer le nombre de membres", of("membres")),
    ]
}

/// « 3 comptes de technicien sur 5 autorisés (structure de 1 à 10 membres) », of one convention.
pub(super) fn places(p: &Places) -> [String; 2] {
    let taille = match (p.tranche, p.membres) {
        (Some(t), Some(m)) => {
            let tranche = match t.a {
                Some(a) => format!("de {} à {a} membres", t.de),
                None => format!("à partir de {} membres", t.de),
            };
            format!(" (structure {tranche} : {} au {})", m.nombre, date_en_francais(m.au))
        }
        _ => String::new(),
    };
    let of = |(comptes, permis): (u64, Option<u32>), profil: &str| {
        let comptes = format!("{} : {comptes} compte{} de {profil}", p.caisse, if comptes > 1 { "s" } else { "" });
        match permis {
            Some(n) => format!("{comptes} sur {n} autorisé{}{taille}", if n > 1 { "s" } else { "" }),
            None => format!(
                "{comptes}. Aucun ne peut être créé : la convention ne dit pas combien sont autorisés, ou le nombre de membres n’est pas déclaré"
            ),
        }
    };
    [of(p.gestionnaires, "gestionnaire"), of(p.techniciens, "technicien")]
}

fn due(a: &AFaire) -> Markup {
    let lie = |texte: String, chemin: String| Markup::of(&Link::new(texte, chemin));
    match a {
        AFaire::PremiersTechniciens { caisse, avant_le, en_retard } => {
            let retard = if *en_retard { " (en retard)" } else { "" };
            let jour = date_en_francais(*avant_le);
            let texte = format!("{caisse} : créer les premiers techniciens avant le {jour}{retard}");
            lie(texte, "/comptes/nouveau".to_owned())
        }
        AFaire::InvitationExpiree { compte, nom } => {
            lie(format!("L’invitation de {nom} a expiré : la renvoyer"), compte_path(*compte, "invitation"))
        }
        AFaire::SuppressionProche { compte, nom, le } => {
            let texte = format!("Le compte fermé de {nom} sera supprimé le {}", date_en_francais(*le));
            lie(texte, compte_path(*compte, ""))
        }
        AFaire::MotDePasse { avant_le } => {
            let texte = format!("Changer votre mot de passe avant le {}", date_en_francais(*avant_le));
            lie(texte, "/mon-compte/mot-de-passe".to_owned())
        }
        AFaire::Revue { revue, avant_le, en_retard } => {
            let retard = if *en_retard { " (en retard)" } else { "" };
            let texte = format!("Faire la revue d’habilitation avant le {}{retard}", date_en_francais(*avant_le));
            lie(texte, format!("/revues/{revue}"))
        }
        AFaire::DepartEmpeche { demarche } => {
            let texte = "Un départ attend : lire ce qu’il faut faire".to_owned();
            lie(texte, format!("/habilitations/{demarche}"))
        }
        AFaire::QuotaDepasse { caisse } => {
            Markup::text(&format!("{caisse} : il y a plus de comptes que de places. Aucun compte ne peut être créé."))
        }
    }
}

fn table(comptes: &Comptes) -> Table {
    let heads = ["Personne", "Profil", "État", "Dernière connexion", "Créé par", "Fermeture"];
    let table = Table::new("Comptes de la structure", heads.map(Cell::new).into()).hide_caption();
    comptes.lignes.iter().fold(table, |table, l| table.row(cells(l, comptes)))
}

fn cells(l: &LigneCompte, comptes: &Comptes) -> Vec<Cell> {
    vec![
        Cell::new(Markup::of(&Link::new(l.nom.as_str(), compte_path(l.id, "")))),
        Cell::new(l.profil.libelle()),
        Cell::new(etat(l.etat, est_expiree(l, comptes.lue_le))),
        Cell::new(connexion(l, comptes.zone)),
        Cell::new(l.gestionnaire.clone().unwrap_or_else(|| "La caisse".to_owned())),
        Cell::new(l.fermeture.as_ref().map(|f| ferme(f, comptes.zone)).unwrap_or_default()),
    ]
}

fn connexion(l: &LigneCompte, zone: Zone) -> String {
    match (l.derniere_connexion, l.etat, l.invitation) {
        (Some(le), _, _) => date_heure_en_francais(zone, le),
        (None, EtatCompte::Invite, Some(fin)) => {
            format!("Jamais. Invitation jusqu’au {}", date_en_francais(jour_civil(zone, fin)))
        }
        (None, _, _) => "Jamais".to_owned(),
    }
}
