//! Avenants: what changes in a dossier, and how two versions differ, parameter by parameter (CO-4).

use super::section::Section;
use super::{Dossier, Incoherence, Parametre, Source, Stipulations};

/// One parameter that two versions say differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Path in the file.
    pub chemin: String,
    /// French label of the table.
    pub theme: &'static str,
    /// French label of the parameter.
    pub libelle: &'static str,
    /// Value before, with its source.
    pub avant: Option<(String, Option<Source>)>,
    /// Value after, with its source.
    pub apres: Option<(String, Option<Source>)>,
}

/// What changed from one version to another, in the order of the sections.
#[must_use]
pub fn differences(avant: &Dossier, apres: &Dossier) -> Vec<Difference> {
    let dite = |p: &Parametre| p.valeur.clone().map(|v| (v, p.source.clone()));
    avant
        .parametres()
        .into_iter()
        .zip(apres.parametres())
        .filter(|(a, b)| a.valeur != b.valeur)
        .map(|(a, b)| Difference {
            avant: dite(&a),
            apres: dite(&b),
            chemin: a.chemin,
            theme: a.theme,
            libelle: a.libelle,
        })
        .collect()
}

impl Dossier {
    /// The dossier with what an avenant states, right or not: for a page that shows what was written.
    #[must_use]
    pub fn avec_changements(&self, changements: &Stipulations) -> Self {
        let mut dossier = self.clone();
        dossier.stipulations.remplace(changements);
        dossier
    }

    /// The dossier as an avenant changes it: what the avenant states replaces what stood there.
    ///
    /// # Errors
    /// Values that cannot be right together.
    pub fn avec_avenant(&self, changements: &Stipulations) -> Result<Self, Vec<Incoherence>> {
        let dossier = self.avec_changements(changements);
        let fausses = dossier.incoherences();
        if fausses.is_empty() { Ok(dossier) } else { Err(fausses) }
    }
}
