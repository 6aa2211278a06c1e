//! What cannot be right in a dossier, whatever is still missing: refused when a file is read (CO-9).

use crate::identifiants::Siret;

use super::fonctions::{Fonctionnalite, Fonctions, SousType};
use super::habilitations::Unite;
use super::papier::Papier;
use super::partie::Partie;
use super::quotas::{Quotas, Tranche};
use super::valeur::{Valeur, liste, lue};
use super::{Dossier, Stipulations};

/// A value that cannot be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoherence {
    /// Path of the parameter.
    pub champ: String,
    /// What is wrong, a French sentence without full stop.
    pub raison: String,
}

impl Dossier {
    /// What cannot be right among the values that are there.
    #[must_use]
    pub fn incoherences(&self) -> Vec<Incoherence> {
        let s = &self.stipulations;
        let mut vues = Vue(Vec::new());
        for (nom, partie) in
            [("caisse", &s.caisse), ("carsat", &s.carsat), ("partenaire", &s.partenaire), ("union", &s.union)]
        {
            vues.partie(nom, partie);
        }
        vues.papier("metier", &s.metier);
        vues.papier("utilisation", &s.utilisation);
        vues.fonctions(&s.fonctions);
        vues.delais(s);
        if let Some(Quotas::Tranches(tranches)) = lue(s.habilitations.quotas.as_ref())
            && !se_suivent(tranches)
        {
            vues.dit("habilitations.quotas", "les tranches doivent se suivre sans trou, la dernière sans limite");
        }
        vues.0
    }
}

struct Vue(Vec<Incoherence>);

impl Vue {
    fn dit(&mut self, champ: impl Into<String>, raison: impl Into<String>) {
        self.0.push(Incoherence { champ: champ.into(), raison: raison.into() });
    }

    fn partie(&mut self, nom: &str, partie: &Partie) {
        if lue(partie.siret.as_ref()).is_some_and(|siret| Siret::parse(siret).is_err()) {
            self.dit(format!("{nom}.siret"), "ce SIRET n'est pas valide");
        }
        let dpo = partie.dpo().and_then(|d| d.courriel.as_ref());
        let coordonnees = liste(partie.coordonnees.as_ref()).iter().map(|c| ("coordonnees", &c.courriel));
        let adresses = lue(partie.courriel.as_ref())
            .map(|c| ("courriel", c))
            .into_iter()
            .chain(dpo.map(|c| ("dpo", c)))
            .chain(coordonnees);
        for (champ, adresse) in adresses.filter(|(_, adresse)| !est_adresse(adresse)) {
            self.dit(format!("{nom}.{champ}"), format!("« {adresse} » n'est pas une adresse électronique"));
        }
        for domaine in liste(partie.domaines.as_ref()).iter().filter(|d| !est_domaine(d)) {
            self.dit(format!("{nom}.domaines"), format!("« {domaine} » n'est pas un domaine"));
        }
    }

    fn papier(&mut self, nom: &str, papier: &Papier) {
        let parties = papier.parties();
        let dates = liste(papier.dates.as_ref());
        for (rang, date) in dates.iter().enumerate() {
            if dates.iter().take(rang).any(|d| d.partie == date.partie) {
                self.dit(format!("{nom}.dates"), format!("{} a deux dates de signature", date.partie.libelle()));
            }
        }
        let signent = dates.iter().map(|d| ("dates", d.partie));
        let signataires = liste(papier.signataires.as_ref()).iter().map(|s| ("signataires", s.partie));
        for (champ, partie) in signent.chain(signataires) {
            if !parties.is_empty() && !parties.contains(&partie) {
                self.dit(format!("{nom}.{champ}"), format!("{} n'est pas partie à cette convention", partie.libelle()));
            }
        }
    }

    fn fonctions(&mut self, f: &Fonctions) {
        let stipulees = liste(f.fonctionnalites.as_ref());
        for activable in liste(f.activables.as_ref()).iter().filter(|a| !stipulees.contains(a)) {
            self.dit("fonctions.activables", format!("« {} » n'est pas prévue par la convention", activable.libelle()));
        }
        self.types("etudes", f.etudes.as_ref(), Fonctionnalite::Etude);
        self.types("difficultes", f.difficultes.as_ref(), Fonctionnalite::Signalement);
        self.types("rendez_vous", f.rendez_vous.as_ref(), Fonctionnalite::RendezVous);
        self.types("documents", f.documents.as_ref(), Fonctionnalite::Document);
        self.types("documents_portail", f.documents_portail.as_ref(), Fonctionnalite::Document);
    }

    fn types(&mut self, champ: &str, types: Option<&Valeur<Vec<SousType>>>, de: Fonctionnalite) {
        for intrus in liste(types).iter().filter(|t| t.fonctionnalite() != de) {
            self.dit(
                format!("fonctions.{champ}"),
                format!("« {} » n'est pas un type de « {} »", intrus.libelle(), de.libelle()),
            );
        }
    }

    fn delais(&mut self, s: &Stipulations) {
        if lue(s.duree.mois.as_ref()) == Some(&0) {
            self.dit("duree.mois", "une convention dure au moins un mois");
        }
        for (champ, clause) in [
            ("resiliation_metier", &s.duree.resiliation_metier),
            ("resiliation_utilisation", &s.duree.resiliation_utilisation),
        ] {
            if lue(clause.as_ref()).is_some_and(|c| c.unite == Unite::Ouvres) {
                self.dit(format!("duree.{champ}"), "le délai d'une mise en demeure se compte en jours calendaires");
            }
        }
    }
}

/// Brackets from 1 upwards, without gap or overlap, the last one open.
fn se_suivent(tranches: &[Tranche]) -> bool {
    let mut attendu = Some(1);
    for tranche in tranches {
        if attendu != Some(tranche.de) || tranche.a.is_some_and(|a| a < tranche.de) {
            return false;
        }
        attendu = tranche.a.and_then(|a| a.checked_add(1));
    }
    !tranches.is_empty() && attendu.is_none()
}

fn est_adresse(texte: &str) -> bool {
    texte.split_once('@').is_some_and(|(qui, domaine)| {
        !qui.is_empty() && !qui.contains(char::is_whitespace) && est_domaine(&domaine.to_ascii_lowercase())
    })
}

fn est_domaine(texte: &str) -> bool {
    let morceau = |m: &str| {
        !m.is_empty()
            && !m.starts_with('-')
            && !m.ends_with('-')
            && m.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    texte.contains('.') && texte.split('.').all(morceau)
}
