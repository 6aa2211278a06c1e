//! The dated table of a review: as the proof keeps it, as a printed document, as a file of columns.

use super::show::Fiche;
use crate::context::Contexte;
use crate::imprime::{Bloc, Colonne, Imprime, Tableau as Lignes};
use crate::registre::columns;
use domain::calendrier::{Zone, date_heure_en_francais};
use domain::compte::attestations::Attestation;
use domain::habilitation::Decision;
use store::compte::Compte;
use store::preuve::Preuve;
use store::revue::Revue;

/// Stands between the columns of a line in a proof.
const ENTRE: &str = " | ";
/// Headings of the table.
const TITRES: [&str; 6] = ["Nom", "Profil", "Identifiant", "Adresse électronique", "Dernière connexion", "Décision"];

/// The table of an answered review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tableau {
    /// Lines, in the order of the headings.
    pub lignes: Vec<Vec<String>>,
    /// What stands around it: date, who, attestations.
    pub mentions: Vec<(String, String)>,
}

/// What the proof keeps.
pub(super) fn content(
    ctx: &Contexte,
    (revue, zone): (&Revue, Zone),
    auteur: &str,
    table: &[(&Compte, Decision)],
) -> Vec<(&'static str, String)> {
    let mut contenu = vec![
        ("Acte", "Revue d’habilitation".to_owned()),
        ("Motif", revue.motif.libelle().to_owned()),
        ("Attestée le", date_heure_en_francais(zone, ctx.now())),
        ("Attestée par", auteur.to_owned()),
    ];
    if revue.partenaire.is_some() {
        contenu.push(("Version du texte", Attestation::VERSION.to_owned()));
        contenu.extend(Attestation::TOUTES.map(|a| ("Attestation", a.texte_de_revue().to_owned())));
    }
    for (c, decision) in table {
        let seen = c.derniere_connexion.map_or("jamais".to_owned(), |le| date_heure_en_francais(zone, le));
        let nom = c.identite.nom_affiche();
        let cells = [&nom, c.profil.libelle(), &c.identifiant, &c.identite.courriel, &seen, decision.libelle()];
        contenu.push(("Compte", cells.map(|cell| cell.replace('|', "/")).join(ENTRE)));
    }
    contenu
}

impl Tableau {
    /// The table that a proof keeps.
    #[must_use]
    pub fn of(preuve: &Preuve) -> Self {
        let (comptes, mentions): (Vec<_>, Vec<_>) =
            preuve.contenu.iter().cloned().partition(|(libelle, _)| libelle == "Compte");
        let cells = |(_, ligne): (String, String)| ligne.split(ENTRE).map(str::to_owned).collect();
        Self { lignes: comptes.into_iter().map(cells).collect(), mentions }
    }
}

/// The attestation of an answered review as a document; none while it waits.
#[must_use]
pub fn imprime(fiche: &Fiche) -> Option<Imprime> {
    let tableau = Tableau::of(fiche.preuve.as_ref()?);
    let mut mentions = vec![("Organisme".to_owned(), fiche.organisation.clone())];
    mentions.push(("Caisse".to_owned(), fiche.caisse.clone()));
    mentions.extend(tableau.mentions);
    let colonnes = TITRES.iter().map(|titre| Colonne { titre: (*titre).to_owned(), nombres: false }).collect();
    let lignes = Lignes { legende: "Comptes revus".to_owned(), colonnes, lignes: tableau.lignes };
    Some(Imprime {
        titre: "Attestation de revue d’habilitation".to_owned(),
        emetteur: fiche.organisation.clone(),
        langue: "fr",
        blocs: vec![Bloc::Mentions(mentions), Bloc::Tableau(lignes)],
    })
}

/// The table of an answered review as a file of columns; none while it waits.
#[must_use]
pub fn csv(fiche: &Fiche) -> Option<String> {
    let tableau = Tableau::of(fiche.preuve.as_ref()?);
    let titres = TITRES.iter().map(|t| (*t).to_owned()).collect();
    Some(columns(std::iter::once(titres).chain(tableau.lignes)))
}
