//! The sheets of a convention: structure, caisse, CARSAT and union with one component, then what changed (PA-1, PA-4).

use super::liste::state;
use super::{LISTE, fiche_path};
use crate::frame::Frame;
use crate::pages::composants::{
    BulletList, Cell, Details, InsetText, Link, Markup, SummaryList, SummaryRow, Table, WarningText,
};
use crate::pages::feuille::{FeuillePage, Phrase, Titre};
use crate::pages::mots::{Gap, en_tete, instant, label, lines};
use crate::pages::{FormState, jour_en_lettres};
use app::partenaire::{Changee, Coupe, Feuille};
use domain::convention::{Montre, Partie, Role, Valeur};

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Annonce {
    /// A sheet was changed.
    Changee,
    /// A structure was entered.
    Creee,
    /// A structure that another caisse knows was taken over.
    Reprise,
}

impl Annonce {
    /// The word of the address.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        match code {
            "changee" => Some(Self::Changee),
            "creee" => Some(Self::Creee),
            "reprise" => Some(Self::Reprise),
            _ => None,
        }
    }

    const fn sentence(self) -> &'static str {
        match self {
            Self::Changee => "La fiche est à jour. Tous les signataires en sont prévenus par courriel.",
            Self::Creee => "La structure est enregistrée, avec un projet de conventions à compléter.",
            Self::Reprise => "Une autre caisse connaît déjà cette structure : sa fiche est reprise telle quelle.",
        }
    }
}

/// The sheets of one convention.
#[must_use]
pub fn fiche(frame: &Frame, feuille: &Feuille, annonce: Option<Annonce>) -> FeuillePage {
    let s = &feuille.dossier.stipulations;
    let titre = if feuille.au_bureau { s.partenaire.nom_affiche() } else { s.caisse.nom_affiche() };
    let page = FeuillePage::new(frame, titre, &FormState::new()).wide().avis(annonce.map(Annonce::sentence));
    let page = if feuille.au_bureau { page.retour("Partenaires", LISTE) } else { page.retour("Accueil", "/") };
    section(page.legende("Fiche de la convention"), feuille)
}

/// The sheets of a gestionnaire's structure, a section for each caisse.
#[must_use]
pub fn ma_structure(frame: &Frame, feuilles: &[Feuille], annonce: Option<Annonce>) -> FeuillePage {
    let page =
        FeuillePage::new(frame, "Fiche de ma structure", &FormState::new()).wide().avis(annonce.map(Annonce::sentence));
    let page = page.phrase("Vous pouvez changer vos interlocuteurs et votre délégué à la protection des données : le changement est daté et annoncé à tous les signataires. Pour le reste, adressez-vous à votre caisse.");
    if feuilles.is_empty() {
        return page.phrase("Aucune convention n’ouvre l’accès de votre structure pour le moment.");
    }
    feuilles.iter().fold(page, |page, feuille| {
        let caisse = feuille.dossier.stipulations.caisse.nom_affiche();
        section(page.titre(&format!("Convention avec {caisse}")), feuille)
    })
}

fn section(page: FeuillePage, feuille: &Feuille) -> FeuillePage {
    let page = page.with_markup(&ways(feuille)).with_markup(&warning(feuille));
    let page = feuille.dossier.fiches().into_iter().fold(page, |page, role| page.with_markup(&sheet(feuille, role)));
    page.with_markup(&history(feuille))
}

/// Where to go from here.
fn ways(feuille: &Feuille) -> Markup {
    let base = format!("/conventions/{}", feuille.dossier.cle);
    let thread = match feuille.non_lus {
        0 => "Échanges".to_owned(),
        1 => "Échanges (1 message à lire)".to_owned(),
        n => format!("Échanges ({n} messages à lire)"),
    };
    let mut links = vec![
        Link::new("Conventions imprimées", format!("{base}/document")),
        Link::new("Pièces signées", format!("{base}/pieces")),
        Link::new(thread, format!("{base}/echanges")),
    ];
    if feuille.au_bureau {
        links.insert(0, Link::new("Vie de la convention", base.clone()));
        if feuille.dossier.est_couvert_par_union() {
            links.push(Link::new("Membres de l’union", format!("{base}/union")));
        }
        if feuille.vie.en_cours || feuille.vie.coupe != Coupe::Ouverte {
            links.push(Link::new("Couper ou rouvrir l’accès", format!("{base}/coupure")));
        }
    }
    let arretee = feuille.vie.coupe != Coupe::Ouverte;
    Markup::of(&SummaryList::new(vec![SummaryRow::new("État de la convention", state(feuille.vie.etat, arretee))]))
        .and(&BulletList::new(links))
}

fn warning(feuille: &Feuille) -> Markup {
    let stopped = match &feuille.vie.coupe {
        Coupe::Ouverte => None,
        Coupe::Coupee(_) => Some("Votre caisse a coupé l’accès de cette structure.".to_owned()),
        Coupe::Gelee(par) => {
            Some(format!("{par} a coupé cette structure : l’accès est gelé ici aussi, à vous de décider."))
        }
    };
    let end = feuille
        .vie
        .fin
        .as_ref()
        .map(|(le, motif)| format!("Fin prévue le {} : {}.", jour_en_lettres(*le), label(motif)));
    let warned = stopped.map_or_else(Markup::default, |texte| Markup::of(&WarningText::new(texte)));
    end.map_or(warned.clone(), |texte| warned.and(&InsetText::new(texte)))
}

/// The sheet of a party: the same for all four.
fn sheet(feuille: &Feuille, role: Role) -> Markup {
    let p = feuille.dossier.stipulations.partie(role);
    let cle = &feuille.dossier.cle;
    let titre = match role {
        Role::Partenaire => "La structure",
        Role::Caisse => "La caisse",
        Role::Carsat => "La CARSAT",
        Role::Union => "L’union départementale",
    };
    let base = fiche_path(cle);
    let (mine, partie) = (feuille.au_bureau || role == Role::Partenaire, role.code());
    let mut rows = facts(p);
    if role == Role::Partenaire {
        let declare =
            if feuille.au_bureau { format!("{LISTE}/{}/membres", feuille.slug) } else { "/comptes/membres".to_owned() };
        let said = feuille.membres.map_or_else(|| "Non déclaré".to_owned(), |m| m.montre());
        rows.push(SummaryRow::new("Nombre de membres", said).action("Déclarer", declare));
    }
    let dpo = SummaryRow::new(
        "Délégué à la protection des données",
        p.dpo().map_or_else(|| "Non désigné sur la fiche".to_owned(), Montre::montre),
    );
    rows.push(if mine { dpo.action("Modifier", format!("{base}/dpo?partie={partie}")) } else { dpo });
    let mut shown = Markup::of(&Titre::new(titre)).and(&SummaryList::new(rows));
    if feuille.au_bureau {
        let change = format!("Modifier la fiche de {}", nom(p, role));
        shown = shown.and(&Phrase::new(Link::new(change, format!("{base}/modifier?partie={partie}"))));
    }
    shown = shown.and(&SousTitre { texte: "Interlocuteurs" }).and_markup(&roles(p)).and_markup(&persons(
        p,
        (&base, partie),
        mine,
    ));
    if mine {
        let add = format!("Ajouter un interlocuteur de {}", nom(p, role));
        shown = shown.and(&Phrase::new(Link::new(add, format!("{base}/interlocuteur?partie={partie}"))));
    }
    shown
}

/// A heading inside a section.
#[derive(askama::Template)]
#[template(source = "<h3 class=\"govuk-heading-s\">{{ texte }}</h3>", ext = "html")]
struct SousTitre {
    texte: &'static str,
}

fn nom(p: &Partie, role: Role) -> String {
    if p.nom_affiche().is_empty() { label(role.libelle()) } else { p.nom_affiche().to_owned() }
}

fn facts(p: &Partie) -> Vec<SummaryRow> {
    fn said<T: Montre>(v: &Option<Valeur<T>>) -> Option<String> {
        v.as_ref().map(|v| label(&v.valeur.montre()))
    }
    [
        ("Nom", said(&p.nom)),
        ("Nom court", said(&p.nom_court)),
        ("Catégorie", said(&p.categorie).map(|c| en_tete(&c))),
        ("Forme juridique", said(&p.forme_juridique)),
        ("Qualités", said(&p.qualites)),
        ("SIRET", said(&p.siret)),
        ("Numéro RNA", said(&p.rna)),
        ("Numéro FINESS", said(&p.finess)),
        ("Adresse", said(&p.adresse)),
        ("Standard", said(&p.standard)),
        ("Site internet", said(&p.site)),
        ("Adresse de contact unique", said(&p.courriel)),
        ("Domaines de messagerie", p.domaines.as_ref().map(|d| d.valeur.join(", "))),
    ]
    .into_iter()
    .filter_map(|(nom, valeur)| Some(SummaryRow::new(nom, valeur?)))
    .collect()
}

/// The roles that the papers name, whoever holds them.
fn roles(p: &Partie) -> Markup {
    let named: Vec<String> =
        p.interlocuteurs.as_ref().map(|i| i.valeur.iter().map(|i| en_tete(&i.montre())).collect()).unwrap_or_default();
    if named.is_empty() {
        return Markup::default();
    }
    Markup::of(&Details::new("Rôles prévus par la convention", lines(named)))
}

fn persons(p: &Partie, (base, partie): (&str, &str), mine: bool) -> Markup {
    if p.personnes().is_empty() {
        return Markup::of(&Phrase::new("Aucun interlocuteur n’est nommé."));
    }
    let mut headings: Vec<Cell> = ["Nom", "Pour", "Joindre"].map(Cell::new).into();
    if mine {
        headings.push(Cell::new("Changer"));
    }
    let table = Table::new("Interlocuteurs", headings).hide_caption();
    Markup::of(&p.personnes().iter().enumerate().fold(table, |table, (rang, c)| {
        let themes: Vec<String> = c.themes.iter().map(|t| en_tete(t.libelle())).collect();
        let mut cells = vec![
            Cell::new(lines([Some(c.nom.clone()), c.role.clone()].into_iter().flatten())),
            Cell::new(lines(themes)),
            Cell::new(lines([Some(c.courriel.clone()), c.telephone.clone()].into_iter().flatten())),
        ];
        if mine {
            let path = format!("{base}/interlocuteur?partie={partie}&rang={rang}");
            let change = Link::new(format!("Modifier {}", c.nom), path.as_str());
            let remove = Link::new(format!("Retirer {}", c.nom), format!("{path}&retirer=oui"));
            cells.push(Cell::new(Markup::of(&change).and(&Gap).and(&remove)));
        }
        table.row(cells)
    }))
}

/// Who changed what and when, the newest first.
fn history(feuille: &Feuille) -> Markup {
    let titre = Markup::of(&Titre::new("Historique des changements"));
    if feuille.histoire.is_empty() {
        return titre.and(&Phrase::new("Aucun changement depuis la signature."));
    }
    let headings = ["Date", "Fiche", "Changement", "Par"].map(Cell::new).into();
    let table = Table::new("Changements", headings).hide_caption();
    titre.and(&feuille.histoire.iter().fold(table, |table, c| table.row(change(feuille, c))))
}

fn change(feuille: &Feuille, c: &Changee) -> Vec<Cell> {
    let said = c.valeurs.iter().map(|v| {
        let shown = |valeur: &Option<String>| valeur.as_deref().map_or("rien".to_owned(), label);
        format!("{} : {} → {}", v.libelle, shown(&v.avant), shown(&v.apres))
    });
    let who = c.auteur.and_then(|id| feuille.noms.get(&id)).cloned().unwrap_or_else(|| "Le portail".to_owned());
    vec![
        Cell::new(instant(feuille.zone, c.le)),
        Cell::new(nom(feuille.dossier.stipulations.partie(c.partie), c.partie)),
        Cell::new(lines(said)),
        Cell::new(who),
    ]
}
