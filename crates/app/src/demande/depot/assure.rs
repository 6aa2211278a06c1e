//! Who the demande is about (DE-2).

use super::lecture::{Lecture, sentence};
use domain::assure::{Civilite, DateNaissance, NomPropre};
use domain::caisse::Departement;

/// The person, and the caisse chosen by hand.
pub(super) struct Identite {
    pub(super) civilite: Civilite,
    pub(super) nom: NomPropre,
    pub(super) prenom: Option<NomPropre>,
    pub(super) naissance: DateNaissance,
    pub(super) departement: Departement,
    pub(super) caisse: Option<String>,
}

impl Lecture<'_> {
    pub(super) fn identite(&mut self) -> Option<Identite> {
        let civilite = self.code("civilite", Civilite::parse, "Choisissez « Madame » ou « Monsieur ».");
        let noms = self.noms();
        let naissance = self.naissance();
        let departement = self.code(
            "departement",
            |c| Departement::parse(c).ok(),
            "Indiquez le numéro du département de résidence, par exemple 82.",
        );
        let caisse = Some(self.value("caisse").to_owned()).filter(|c| !c.is_empty());
        let (nom, prenom) = noms?;
        Some(Identite { civilite: civilite?, nom, prenom, naissance: naissance?, departement: departement?, caisse })
    }

    /// Nom and prénom; the only name of a person who has one, in whichever field it was typed.
    fn noms(&mut self) -> Option<(NomPropre, Option<NomPropre>)> {
        let (nom, prenom) = (self.value("nom"), self.value("prenom"));
        match (nom.is_empty(), prenom.is_empty()) {
            (true, true) => {
                let absent = "Indiquez le nom de la personne. Si elle n’en porte qu’un, le prénom peut rester vide.";
                self.error("nom", absent);
                None
            }
            (true, false) => Some((self.nom("prenom", prenom)?, None)),
            (false, true) => Some((self.nom("nom", nom)?, None)),
            (false, false) => {
                let (nom, prenom) = (self.nom("nom", nom), self.nom("prenom", prenom));
                Some((nom?, Some(prenom?)))
            }
        }
    }

    fn nom(&mut self, champ: &str, texte: &str) -> Option<NomPropre> {
        NomPropre::parse(texte).map_err(|e| self.error(champ, sentence(&e.to_string()))).ok()
    }

    fn naissance(&mut self) -> Option<DateNaissance> {
        let part = |c| self.value(c);
        let read = DateNaissance::parse(
            part("naissance_jour"),
            part("naissance_mois"),
            part("naissance_annee"),
            self.aujourdhui,
        );
        read.map_err(|e| self.error("naissance_jour", sentence(&e.to_string()))).ok()
    }
}
