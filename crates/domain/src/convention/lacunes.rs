//! What a dossier still lacks before it can be activated (CO-2, CO-12, PA-1, HA-2).

use crate::identifiants::Siret;

use super::cadre::Cote;
use super::donnees::ExerciceDroits;
use super::duree::DepartDuree;
use super::echanges::Canal;
use super::papier::{Papier, Role};
use super::partie::{Partie, Theme};
use super::valeur::{liste, lue};
use super::{Dossier, Dpo};

/// One thing that activation lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacune {
    /// Path of the parameter.
    pub champ: String,
    /// What is missing, a French sentence.
    pub raison: String,
}

impl Lacune {
    fn new(champ: impl Into<String>, raison: impl Into<String>) -> Self {
        Self { champ: champ.into(), raison: raison.into() }
    }

    /// Whether only the date of a signature is missing.
    #[must_use]
    pub fn est_signature(&self) -> bool {
        self.champ.ends_with(".dates")
    }
}

impl Dossier {
    /// What activation still needs; empty when the convention can be activated.
    #[must_use]
    pub fn lacunes(&self) -> Vec<Lacune> {
        let s = &self.stipulations;
        let mut lacunes = lacunes_papier("metier", "la convention métier", &s.metier);
        lacunes.extend(lacunes_papier("utilisation", "la convention d'utilisation", &s.utilisation));
        lacunes.extend(self.lacunes_parties());
        lacunes.extend(self.lacunes_entre_papiers());
        lacunes.extend(self.lacunes_duree());
        lacunes.extend(self.lacunes_partenaire());
        lacunes.extend(self.lacunes_contacts());
        lacunes.extend(self.lacunes_dpo());
        if liste(s.fonctions.fonctionnalites.as_ref()).is_empty() {
            lacunes.push(Lacune::new(
                "fonctions.fonctionnalites",
                "Aucune fonctionnalité n'est prévue par la convention.",
            ));
        }
        if s.caisse.zone.is_none() {
            lacunes.push(Lacune::new(
                "caisse.zone",
                "La zone des jours fériés de la caisse manque : les délais ne peuvent pas être comptés.",
            ));
        }
        lacunes
    }

    /// CO-1: the métier binds the caisse, the CARSAT or not, and one of partenaire and union; the usage convention binds
    /// the caisse and the partenaire alone.
    fn lacunes_parties(&self) -> Vec<Lacune> {
        let (metier, utilisation) = (self.stipulations.metier.parties(), self.stipulations.utilisation.parties());
        let mut lacunes = Vec::new();
        let fois = |parties: &[Role], role| parties.iter().filter(|p| **p == role).count();
        let avec = fois(metier, Role::Partenaire) + fois(metier, Role::Union);
        if !metier.is_empty() && (fois(metier, Role::Caisse) != 1 || fois(metier, Role::Carsat) > 1 || avec != 1) {
            let raison = "La convention métier lie la caisse, la CARSAT ou non, et le partenaire ou une union.";
            lacunes.push(Lacune::new("metier.parties", raison));
        }
        let seuls = [Role::Caisse, Role::Partenaire].iter().all(|r| fois(utilisation, *r) == 1);
        if !(utilisation.is_empty() || seuls && utilisation.len() == 2) {
            let raison = "La convention d'utilisation lie la caisse et le partenaire seuls.";
            lacunes.push(Lacune::new("utilisation.parties", raison));
        }
        lacunes
    }

    /// CO-2: signed by all, and not before the métier; CO-8: the deliberation that proves the cover by the union.
    fn lacunes_entre_papiers(&self) -> Vec<Lacune> {
        let s = &self.stipulations;
        let mut lacunes = Vec::new();
        let utilisation_parties = s.utilisation.parties();
        if let Some(metier) = s.metier.derniere_signature() {
            let avant =
                utilisation_parties.iter().filter(|p| s.utilisation.signe_le(**p).is_some_and(|le| le < metier));
            lacunes.extend(avant.map(|p| {
                let raison = format!("La convention d'utilisation est signée par {} avant la fin des signatures de la convention métier.", p.libelle());
                Lacune::new("utilisation.dates", raison)
            }));
        }
        if self.est_couvert_par_union() && s.utilisation.deliberation.is_none() {
            lacunes.push(Lacune::new(
                "utilisation.deliberation",
                "La délibération du partenaire manque : elle prouve qu'il est couvert par l'union.",
            ));
        }
        if !self.est_couvert_par_union()
            && s.metier.parties().contains(&Role::Union)
            && !s.metier.parties().contains(&Role::Partenaire)
        {
            lacunes.push(Lacune::new(
                "cadre.union_couvre_membres",
                "Rien ne dit que la convention de l'union couvre le partenaire.",
            ));
        }
        lacunes
    }

    fn lacunes_duree(&self) -> Vec<Lacune> {
        let d = &self.stipulations.duree;
        let mut lacunes = Vec::new();
        if lue(d.mois.as_ref()).is_none_or(|m| *m == 0) {
            lacunes.push(Lacune::new(
                "duree.mois",
                "La durée de la convention métier manque : celle de l'utilisation en dépend.",
            ));
        }
        if d.depart.is_none() {
            let exemple = DepartDuree::DerniereSignature.libelle();
            lacunes.push(Lacune::new(
                "duree.depart",
                format!("Le point de départ de la durée manque (par exemple {exemple})."),
            ));
        }
        lacunes
    }

    fn lacunes_partenaire(&self) -> Vec<Lacune> {
        let p = &self.stipulations.partenaire;
        let mut lacunes = Vec::new();
        match lue(p.siret.as_ref()) {
            None => lacunes.push(Lacune::new("partenaire.siret", "Le SIRET du partenaire manque.")),
            Some(siret) if Siret::parse(siret).is_err() => {
                lacunes.push(Lacune::new("partenaire.siret", "Le SIRET du partenaire n'est pas valide."))
            }
            Some(_) => {}
        }
        if let Err(ferme) = self.quota(self.membres()) {
            lacunes.push(Lacune::new(
                "partenaire.membres",
                format!("Le nombre de comptes ne peut pas être calculé : {ferme}."),
            ));
        }
        if liste(p.domaines.as_ref()).is_empty() {
            lacunes.push(Lacune::new(
                "partenaire.domaines",
                "Les domaines de messagerie professionnelle du partenaire manquent.",
            ));
        }
        for (champ, partie, nom) in
            [("caisse", &self.stipulations.caisse, "de la caisse"), ("partenaire", p, "du partenaire")]
        {
            if !partie.est_connue() {
                lacunes.push(Lacune::new(format!("{champ}.nom"), format!("Le nom {nom} manque.")));
            }
            if partie.adresse.is_none() {
                lacunes.push(Lacune::new(format!("{champ}.adresse"), format!("L'adresse postale {nom} manque.")));
            }
        }
        lacunes
    }

    /// The addresses that the portal writes to: contact of the partenaire, interlocuteurs and référents named by role.
    fn lacunes_contacts(&self) -> Vec<Lacune> {
        let s = &self.stipulations;
        let mut lacunes = Vec::new();
        if s.partenaire.courriel.is_none() {
            lacunes.push(Lacune::new("partenaire.courriel", "L'adresse électronique de contact du partenaire manque."));
        }
        if self.canal_ouvert(Canal::CourrielCode) && s.caisse.courriel.is_none() {
            lacunes.push(Lacune::new(
                "caisse.courriel",
                "L'adresse électronique unique de la caisse manque : la convention en fait un canal.",
            ));
        }
        if s.caisse.roles(Theme::Support).is_empty() {
            lacunes.push(Lacune::new(
                "caisse.interlocuteurs",
                "L'interlocuteur de la caisse pour l'aide au portail n'est pas désigné.",
            ));
        }
        for (champ, partie) in
            [("caisse", &s.caisse), ("carsat", &s.carsat), ("union", &s.union), ("partenaire", &s.partenaire)]
        {
            lacunes.extend(themes_injoignables(partie).into_iter().map(|theme| {
                let raison =
                    format!("L'adresse électronique pour « {} » ({}) manque.", theme.libelle(), partie.nom_affiche());
                Lacune::new(format!("{champ}.coordonnees"), raison)
            }));
        }
        lacunes
    }

    /// The officers that the convention sends people to.
    fn lacunes_dpo(&self) -> Vec<Lacune> {
        let s = &self.stipulations;
        let mut lacunes = Vec::new();
        let postal = |dpo: &Dpo| dpo.adresse.is_some();
        let courriel = |dpo: &Dpo| dpo.courriel.is_some();
        let manque = match self.exercice_droits() {
            Some(ExerciceDroits::DpoPartenaireCourriel) => (!dpo_a(&s.partenaire, courriel)).then_some((
                "partenaire.dpo",
                "L'adresse électronique du délégué à la protection des données du partenaire manque.",
            )),
            Some(ExerciceDroits::DpoPartenairePostal) => (!dpo_a(&s.partenaire, postal)).then_some((
                "partenaire.dpo",
                "L'adresse postale du délégué à la protection des données du partenaire manque.",
            )),
            Some(ExerciceDroits::DpoUnionPostal) => (!dpo_a(&s.union, postal)).then_some((
                "union.dpo",
                "L'adresse postale du délégué à la protection des données de l'union manque.",
            )),
            Some(ExerciceDroits::Conjoint) | None => None,
        };
        lacunes.extend(manque.map(|(champ, raison)| Lacune::new(champ, raison)));
        if !self.clauses_violation(Cote::Partenaire).is_empty() && !dpo_a(&s.caisse, courriel) {
            lacunes.push(Lacune::new("caisse.dpo", "L'adresse électronique du délégué à la protection des données de la caisse manque : les violations lui sont signalées."));
        }
        lacunes
    }
}

fn dpo_a(partie: &Partie, a: impl Fn(&Dpo) -> bool) -> bool {
    partie.dpo().is_some_and(a)
}

/// The themes for which a paper names somebody and nobody can be written to.
fn themes_injoignables(partie: &Partie) -> Vec<Theme> {
    Theme::TOUS.iter().copied().filter(|t| !partie.roles(*t).is_empty() && partie.joindre(*t).is_empty()).collect()
}

/// Parties, dates and, for a paper only cited, reference and file (CO-2).
fn lacunes_papier(champ: &str, nom: &str, papier: &Papier) -> Vec<Lacune> {
    let mut lacunes = Vec::new();
    if papier.parties().is_empty() {
        lacunes.push(Lacune::new(format!("{champ}.parties"), format!("Les parties à {nom} ne sont pas connues.")));
        lacunes.push(Lacune::new(format!("{champ}.dates"), format!("La date de signature de {nom} manque.")));
    }
    for partie in papier.sans_date() {
        lacunes.push(Lacune::new(
            format!("{champ}.dates"),
            format!("La date de signature de {nom} par {} manque.", partie.libelle()),
        ));
    }
    for partie in papier.hors_annee() {
        let raison = format!("La date de signature de {nom} par {} n'est pas dans l'année imprimée.", partie.libelle());
        lacunes.push(Lacune::new(format!("{champ}.dates"), raison));
    }
    if papier.est_cite() && papier.reference.is_none() {
        lacunes.push(Lacune::new(
            format!("{champ}.reference"),
            format!("La référence de {nom} manque : elle est seulement citée."),
        ));
    }
    if papier.est_cite() && papier.fichier.is_none() {
        lacunes.push(Lacune::new(
            format!("{champ}.fichier"),
            format!("Le fichier signé de {nom} manque : elle est seulement citée."),
        ));
    }
    lacunes
}
