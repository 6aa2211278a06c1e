//! The facts of a structure: names, numbers, addresses (PA-1).

use chrono::NaiveDate;

use super::super::fonctions::Qualite;
use super::super::papier::Role;
use super::super::partie::{Categorie, Membres, Partie};
use super::super::valeur::{Source, Valeur, lue};
use super::lecture::{est_domaine, est_finess, est_rna, est_site};
use super::{Changement, Lecture, RefusFiche, remplace};
use crate::identifiants::Siret;

/// The facts of a structure as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FaitsSaisis {
    /// Legal name.
    pub nom: String,
    /// Short name of pages.
    pub nom_court: String,
    /// Code of a [`Categorie`].
    pub categorie: String,
    /// Legal form.
    pub forme_juridique: String,
    /// Fourteen digits.
    pub siret: String,
    /// W and nine digits; associations of Alsace-Moselle have none.
    pub rna: String,
    /// Nine characters.
    pub finess: String,
    /// Postal address.
    pub adresse: String,
    /// Telephone switchboard.
    pub standard: String,
    /// Web site.
    pub site: String,
    /// Number of members.
    pub membres: String,
    /// Day of the count.
    pub membres_au: Option<NaiveDate>,
    /// The one contact address.
    pub courriel: String,
    /// E-mail domains, one a line.
    pub domaines: String,
    /// Codes of [`Qualite`].
    pub qualites: Vec<String>,
}

/// The facts of a structure, read; each is empty where nothing was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faits {
    /// Legal name.
    pub nom: String,
    /// Short name.
    pub nom_court: String,
    categorie: Option<Categorie>,
    forme_juridique: Option<String>,
    siret: Option<String>,
    rna: Option<String>,
    finess: Option<String>,
    adresse: Option<String>,
    standard: Option<String>,
    site: Option<String>,
    membres: Option<Membres>,
    courriel: Option<String>,
    domaines: Option<Vec<String>>,
    qualites: Option<Vec<Qualite>>,
}

impl FaitsSaisis {
    /// Reads every field; `aujourdhui` is the day after which no count of members can have been made.
    ///
    /// # Errors
    /// Every field that is refused, in the order of the page.
    pub fn lis(&self, role: Role, aujourdhui: NaiveDate) -> Result<Faits, Vec<RefusFiche>> {
        let mut l = Lecture::default();
        let faits = Faits {
            nom: l.exige("nom", &self.nom, "Saisissez le nom complet de la structure."),
            nom_court: l.exige("nom_court", &self.nom_court, "Saisissez le nom court, celui des pages du portail."),
            categorie: self.categorie(&mut l),
            forme_juridique: l.texte("forme_juridique", &self.forme_juridique, 200),
            siret: self.siret(&mut l),
            rna: l.conforme(("rna", &self.rna), est_rna, "Un numéro RNA commence par W, suivi de neuf chiffres."),
            finess: l.conforme(("finess", &self.finess), est_finess, "Un numéro FINESS compte neuf caractères."),
            adresse: l.texte("adresse", &self.adresse, 300),
            standard: l.telephone("standard", &self.standard),
            site: l.conforme(
                ("site", &self.site),
                est_site,
                "Saisissez l'adresse d'un site, par exemple www.structure.fr.",
            ),
            membres: self.membres(&mut l, role, aujourdhui),
            courriel: l.courriel("courriel", &self.courriel),
            domaines: self.domaines(&mut l),
            qualites: self.qualites(&mut l),
        };
        if l.0.is_empty() { Ok(faits) } else { Err(l.0) }
    }

    fn categorie(&self, l: &mut Lecture) -> Option<Categorie> {
        let code = self.categorie.trim();
        let lue = Categorie::du_code(code);
        if lue.is_none() && !code.is_empty() {
            l.refuse("categorie", "Choisissez une catégorie de la liste.");
        }
        lue
    }

    fn siret(&self, l: &mut Lecture) -> Option<String> {
        if self.siret.trim().is_empty() {
            return None;
        }
        match Siret::parse(&self.siret) {
            Ok(siret) => Some(siret.canonique().to_owned()),
            Err(raison) => {
                l.refuse("siret", format!("SIRET refusé : {raison}. Vérifiez les 14 chiffres."));
                None
            }
        }
    }

    fn membres(&self, l: &mut Lecture, role: Role, aujourdhui: NaiveDate) -> Option<Membres> {
        let typed = self.membres.trim();
        if role != Role::Partenaire || (typed.is_empty() && self.membres_au.is_none()) {
            return None;
        }
        let Some(nombre) = typed.parse::<u32>().ok().filter(|n| (1..=100_000).contains(n)) else {
            l.refuse("membres", "Saisissez le nombre de membres en chiffres, à partir de 1.");
            return None;
        };
        match self.membres_au {
            None => l.refuse("membres_au", "Donnez la date à laquelle ce nombre a été compté."),
            Some(au) if au > aujourdhui => l.refuse("membres_au", "Cette date est dans l'avenir."),
            Some(au) => return Some(Membres { nombre, au }),
        }
        None
    }

    fn domaines(&self, l: &mut Lecture) -> Option<Vec<String>> {
        let mut domaines: Vec<String> = self
            .domaines
            .split([',', ';', ' ', '\n', '\r', '\t'])
            .map(|d| d.trim().trim_start_matches('@').to_lowercase())
            .filter(|d| !d.is_empty())
            .collect();
        domaines.dedup();
        if let Some(faux) = domaines.iter().find(|d| !est_domaine(d)) {
            l.refuse("domaines", format!("« {faux} » n'est pas un domaine, par exemple structure.fr."));
        }
        (!domaines.is_empty()).then_some(domaines)
    }

    fn qualites(&self, l: &mut Lecture) -> Option<Vec<Qualite>> {
        let lues: Vec<Qualite> = self.qualites.iter().filter_map(|code| Qualite::du_code(code)).collect();
        if lues.len() != self.qualites.len() {
            l.refuse("qualites", "Choisissez parmi les qualités de la liste.");
        }
        (!lues.is_empty()).then_some(lues)
    }
}

impl Faits {
    /// Writes the facts on a sheet; gives what changed. What nobody changed keeps its source.
    pub fn ecrit(&self, p: &mut Partie, source: &Source) -> Vec<Changement> {
        let mut c = Vec::new();
        remplace(&mut p.nom, ("Nom", Some(self.nom.clone())), source, &mut c);
        remplace(&mut p.nom_court, ("Nom court", Some(self.nom_court.clone())), source, &mut c);
        remplace(&mut p.categorie, ("Catégorie", self.categorie), source, &mut c);
        remplace(&mut p.forme_juridique, ("Forme juridique", self.forme_juridique.clone()), source, &mut c);
        remplace(&mut p.siret, ("SIRET", self.siret.clone()), source, &mut c);
        remplace(&mut p.rna, ("Numéro RNA", self.rna.clone()), source, &mut c);
        remplace(&mut p.finess, ("Numéro FINESS", self.finess.clone()), source, &mut c);
        remplace(&mut p.adresse, ("Adresse", self.adresse.clone()), source, &mut c);
        remplace(&mut p.standard, ("Standard", self.standard.clone()), source, &mut c);
        remplace(&mut p.site, ("Site internet", self.site.clone()), source, &mut c);
        remplace(&mut p.membres, ("Nombre de membres", self.membres), source, &mut c);
        remplace(&mut p.courriel, ("Adresse de contact unique", self.courriel.clone()), source, &mut c);
        remplace(&mut p.domaines, ("Domaines de messagerie", self.domaines.clone()), source, &mut c);
        remplace(&mut p.qualites, ("Qualités", self.qualites.clone()), source, &mut c);
        c
    }

    /// The SIRET, where one was typed.
    #[must_use]
    pub fn siret(&self) -> Option<&str> {
        self.siret.as_deref()
    }
}

impl Partie {
    /// Takes over what an edit changed on the sheet of the same party in another convention, and nothing else; gives what
    /// it replaced here. The number of members is declared on a page of its own.
    pub fn suit(&mut self, ecrit: (&Self, &Self), source: &Source) -> Vec<Changement> {
        let mut c = Vec::new();
        macro_rules! suit {
            ($($champ:ident: $libelle:literal),* $(,)?) => {$(
                let valeur = lue(ecrit.1.$champ.as_ref());
                if lue(ecrit.0.$champ.as_ref()) != valeur {
                    remplace(&mut self.$champ, ($libelle, valeur.cloned()), source, &mut c);
                }
            )*};
        }
        suit!(
            nom: "Nom", nom_court: "Nom court", categorie: "Catégorie", forme_juridique: "Forme juridique",
            siret: "SIRET", rna: "Numéro RNA", finess: "Numéro FINESS", adresse: "Adresse", standard: "Standard",
            site: "Site internet", courriel: "Adresse de contact unique", domaines: "Domaines de messagerie",
            qualites: "Qualités", dpo: "Délégué à la protection des données",
        );
        c
    }
}

impl From<&Partie> for FaitsSaisis {
    /// What the form shows at first.
    fn from(p: &Partie) -> Self {
        let texte = |v: &Option<Valeur<String>>| lue(v.as_ref()).cloned().unwrap_or_default();
        let membres = lue(p.membres.as_ref());
        Self {
            nom: texte(&p.nom),
            nom_court: texte(&p.nom_court),
            categorie: lue(p.categorie.as_ref()).map(|c| c.code().to_owned()).unwrap_or_default(),
            forme_juridique: texte(&p.forme_juridique),
            siret: texte(&p.siret),
            rna: texte(&p.rna),
            finess: texte(&p.finess),
            adresse: texte(&p.adresse),
            standard: texte(&p.standard),
            site: texte(&p.site),
            membres: membres.map(|m| m.nombre.to_string()).unwrap_or_default(),
            membres_au: membres.map(|m| m.au),
            courriel: texte(&p.courriel),
            domaines: lue(p.domaines.as_ref()).map(|d| d.join("\n")).unwrap_or_default(),
            qualites: lue(p.qualites.as_ref())
                .map(|q| q.iter().map(|q| q.code().to_owned()).collect())
                .unwrap_or_default(),
        }
    }
}
