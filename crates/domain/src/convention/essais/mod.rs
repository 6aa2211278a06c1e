//! Tests of the rules on dates, quotas, states and rights; the five real conventions are tested where they are read.

mod dates;
mod droits;
mod proprietes;

use chrono::NaiveDate;

use super::*;

fn le(date: &str) -> NaiveDate {
    date.parse().unwrap()
}

fn dit<T>(valeur: T) -> Option<Valeur<T>> {
    Some(Valeur { valeur, source: Source::Nous("essai".to_owned()) })
}

fn papier(parties: &[Role], date: NaiveDate) -> Papier {
    Papier {
        presence: dit(Presence::Texte),
        parties: dit(parties.to_vec()),
        dates: dit(parties.iter().map(|partie| DateSignature { partie: *partie, le: date }).collect()),
        ..Papier::default()
    }
}

fn partie(nom: &str) -> Partie {
    Partie { nom: dit(nom.to_owned()), adresse: dit("1 rue des Essais".to_owned()), ..Partie::default() }
}

/// A complete dossier, signed by all on one day.
fn complet(signe: NaiveDate) -> Dossier {
    let mut s = Stipulations { caisse: partie("CPAM"), partenaire: partie("CCAS"), ..Stipulations::default() };
    s.caisse.zone = dit(crate::calendrier::Zone::Metropole);
    s.caisse.interlocuteurs = dit(vec![Interlocuteur { theme: Theme::Support, role: "aide".to_owned(), nombre: 1 }]);
    s.caisse.coordonnees = dit(vec![Coordonnees {
        themes: vec![Theme::Support],
        nom: "Aline Vercoudre".to_owned(),
        role: None,
        courriel: "aide@cpam.example".to_owned(),
        telephone: None,
    }]);
    s.partenaire.siret = dit(SIRET_FICTIF.to_owned());
    s.partenaire.courriel = dit("contact@ccas.example".to_owned());
    s.partenaire.domaines = dit(vec!["ccas.example".to_owned()]);
    s.metier = papier(&[Role::Caisse, Role::Partenaire], signe);
    s.utilisation = papier(&[Role::Caisse, Role::Partenaire], signe);
    s.duree.mois = dit(12);
    s.duree.depart = dit(DepartDuree::DerniereSignature);
    s.duree.renouvellement = dit(Renouvellement::TaciteAnnuel);
    s.fonctions.fonctionnalites = dit(vec![Fonctionnalite::Document, Fonctionnalite::Historique]);
    s.fonctions.activables = dit(vec![Fonctionnalite::Document]);
    s.habilitations.quotas = dit(Quotas::Fixe(Quota { gestionnaires: 1, techniciens: 3 }));
    Dossier {
        cle: "essai".to_owned(),
        cle_caisse: "caisse".to_owned(),
        cle_partenaire: "ccas".to_owned(),
        stipulations: s,
    }
}

const SIRET_FICTIF: &str = "00083101600019";

const TECHNICIEN: CompteVu = CompteVu { profil: ProfilPartenaire::Technicien, actif: true };
