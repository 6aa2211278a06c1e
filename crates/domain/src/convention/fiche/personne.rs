//! Persons of a sheet: référents and other interlocuteurs by theme, the data protection officer.

use super::super::Montre;
use super::super::partie::{Coordonnees, Dpo, Partie, Theme};
use super::super::valeur::{Source, Valeur, liste};
use super::{Changement, Lecture, RefusFiche, remplace};

/// An interlocuteur as typed. Any valid address will do: it is a contact, never a compte (HA-1).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonneSaisie {
    /// Codes of [`Theme`].
    pub themes: Vec<String>,
    /// Name.
    pub nom: String,
    /// Function in the organisation.
    pub role: String,
    /// E-mail.
    pub courriel: String,
    /// Telephone.
    pub telephone: String,
}

/// A data protection officer as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DpoSaisi {
    /// E-mail.
    pub courriel: String,
    /// Postal address.
    pub adresse: String,
}

impl PersonneSaisie {
    /// Reads every field.
    ///
    /// # Errors
    /// Every field that is refused.
    pub fn lis(&self) -> Result<Coordonnees, Vec<RefusFiche>> {
        let mut l = Lecture::default();
        let themes: Vec<Theme> = self.themes.iter().filter_map(|code| Theme::du_code(code)).collect();
        if themes.is_empty() || themes.len() != self.themes.len() {
            l.refuse("themes", "Dites pour quoi cette personne est à contacter.");
        }
        let nom = l.exige("nom_personne", &self.nom, "Saisissez le nom de la personne.");
        let role = l.texte("role", &self.role, 200);
        let courriel = l.courriel("courriel_personne", &self.courriel);
        if courriel.is_none() {
            l.refuse("courriel_personne", "Saisissez l'adresse électronique de la personne.");
        }
        let telephone = l.telephone("telephone", &self.telephone);
        match (l.0.is_empty(), courriel) {
            (true, Some(courriel)) => Ok(Coordonnees { themes, nom, role, courriel, telephone }),
            _ => Err(l.0),
        }
    }
}

impl From<&Coordonnees> for PersonneSaisie {
    /// What the form shows at first.
    fn from(c: &Coordonnees) -> Self {
        Self {
            themes: c.themes.iter().map(|t| t.code().to_owned()).collect(),
            nom: c.nom.clone(),
            role: c.role.clone().unwrap_or_default(),
            courriel: c.courriel.clone(),
            telephone: c.telephone.clone().unwrap_or_default(),
        }
    }
}

impl DpoSaisi {
    /// Reads both; nothing typed means that nobody is named.
    ///
    /// # Errors
    /// Every field that is refused.
    pub fn lis(&self) -> Result<Option<Dpo>, Vec<RefusFiche>> {
        let mut l = Lecture::default();
        let courriel = l.courriel("dpo_courriel", &self.courriel);
        let adresse = l.texte("dpo_adresse", &self.adresse, 300);
        if !l.0.is_empty() {
            return Err(l.0);
        }
        Ok((courriel.is_some() || adresse.is_some()).then_some(Dpo { courriel, adresse }))
    }
}

impl Partie {
    /// Names another data protection officer; gives what changed.
    pub fn nomme_dpo(&mut self, dpo: Option<Dpo>, source: &Source) -> Vec<Changement> {
        let mut changements = Vec::new();
        remplace(&mut self.dpo, ("Délégué à la protection des données", dpo), source, &mut changements);
        changements
    }

    /// The interlocuteurs who can be reached, in order.
    #[must_use]
    pub fn personnes(&self) -> &[Coordonnees] {
        liste(self.coordonnees.as_ref())
    }

    /// Puts a person in the place of the one at `rang`, at the end without one, or takes that one out; gives what
    /// changed, none when `rang` names nobody.
    pub fn nomme(
        &mut self,
        rang: Option<usize>,
        personne: Option<Coordonnees>,
        source: &Source,
    ) -> Option<Vec<Changement>> {
        let mut personnes = self.personnes().to_vec();
        let avant = match rang {
            Some(rang) => Some(personnes.get(rang)?.clone()),
            None => None,
        };
        match (rang, &personne) {
            (Some(rang), Some(nouvelle)) => *personnes.get_mut(rang)? = nouvelle.clone(),
            (Some(rang), None) => drop(personnes.remove(rang)),
            (None, Some(nouvelle)) => personnes.push(nouvelle.clone()),
            (None, None) => return None,
        }
        if avant == personne {
            return Some(Vec::new());
        }
        let changement = Changement {
            libelle: "Interlocuteur",
            avant: avant.as_ref().map(Montre::montre),
            apres: personne.as_ref().map(Montre::montre),
        };
        self.coordonnees = (!personnes.is_empty()).then(|| Valeur { valeur: personnes, source: source.clone() });
        Some(vec![changement])
    }
}
