//! Reading of TOML files into documents. All errors of all files are told at once; nothing is half-read.

use std::collections::BTreeSet;

use domain::convention::{Dossier, Section, Source, Stipulations};
use toml_span::value::Table;

use super::format::{Complement, Convention, Document, ErreurImport};
use super::lecteur_toml::{LecteurToml, octet};

/// Reads files (name, content) into documents.
///
/// # Errors
/// Every mistake of every file, by file and line; then no document is given at all.
pub fn lis(fichiers: &[(String, String)]) -> Result<Vec<Document>, Vec<ErreurImport>> {
    let mut erreurs = Vec::new();
    let mut documents = Vec::new();
    for (nom, contenu) in fichiers {
        let mut fichier = Fichier { nom, contenu, erreurs: &mut erreurs };
        documents.extend(fichier.documents());
    }
    let mut cles = BTreeSet::new();
    for document in &documents {
        if let Document::Convention(c) = document
            && !cles.insert(&c.dossier.cle)
        {
            erreurs.push(ErreurImport {
                fichier: c.fichier.clone(),
                ligne: c.ligne,
                champ: "cle".to_owned(),
                raison: format!("la convention « {} » est donnée deux fois", c.dossier.cle),
            });
        }
    }
    if erreurs.is_empty() {
        Ok(documents)
    } else {
        erreurs.sort();
        Err(erreurs)
    }
}

/// A file being read.
pub(super) struct Fichier<'a> {
    nom: &'a str,
    contenu: &'a str,
    erreurs: &'a mut Vec<ErreurImport>,
}

impl Fichier<'_> {
    pub(super) fn erreur(&mut self, octet: usize, champ: impl Into<String>, raison: impl Into<String>) {
        let ligne = self.ligne(octet);
        self.erreurs.push(ErreurImport {
            fichier: self.nom.to_owned(),
            ligne,
            champ: champ.into(),
            raison: raison.into(),
        });
    }

    pub(super) fn ligne(&self, octet: usize) -> usize {
        1 + self.contenu.bytes().take(octet).filter(|b| *b == b'\n').count()
    }

    fn documents(&mut self) -> Vec<Document> {
        let racine = match toml_span::parse(self.contenu) {
            Ok(racine) => racine,
            Err(e) => {
                self.erreur(e.span.start, "fichier", format!("ce n'est pas du TOML : {e}"));
                return Vec::new();
            }
        };
        let Some(table) = racine.as_table() else {
            return Vec::new();
        };
        if table.contains_key("complement") {
            self.complements(table)
        } else {
            self.convention(table).into_iter().map(Document::Convention).collect()
        }
    }

    fn convention(&mut self, table: &Table<'_>) -> Option<Convention> {
        let erreurs_avant = self.erreurs.len();
        let cle = self.cle(table, "cle");
        let cle_caisse = self.cle(table, "cle_caisse");
        let cle_partenaire = self.cle(table, "cle_partenaire");
        let ligne = self.ligne(octet(table, "cle"));
        let mut lecteur = LecteurToml::nouveau(self, Some(table), String::new(), None);
        lecteur.vus.extend(["cle", "cle_caisse", "cle_partenaire"]);
        let stipulations = Stipulations::lis(&mut lecteur);
        lecteur.refuse_inconnus();
        let lignes = lecteur.lignes;
        let dossier = Dossier { cle: cle?, cle_caisse: cle_caisse?, cle_partenaire: cle_partenaire?, stipulations };
        for faux in dossier.incoherences() {
            let ligne = lignes.get(&faux.champ).copied().unwrap_or(ligne);
            self.erreurs.push(ErreurImport {
                fichier: self.nom.to_owned(),
                ligne,
                champ: faux.champ,
                raison: faux.raison,
            });
        }
        (self.erreurs.len() == erreurs_avant).then(|| Convention { fichier: self.nom.to_owned(), ligne, dossier })
    }

    fn complements(&mut self, table: &Table<'_>) -> Vec<Document> {
        let mention = self.texte(table, "mention");
        for cle in table.keys().filter(|k| k.name != "mention" && k.name != "complement") {
            self.erreur(cle.span.start, cle.name.to_string(), "ce champ n'existe pas dans un complément");
        }
        let Some(par_cle) = table.get("complement").and_then(|v| v.as_table()) else {
            self.erreur(octet(table, "complement"), "complement", "une table par convention est attendue");
            return Vec::new();
        };
        let mut documents = Vec::new();
        for (cle, valeur) in par_cle {
            let chemin = format!("complement.{}", cle.name);
            let Some(stipulations) = valeur.as_table() else {
                self.erreur(cle.span.start, chemin, "une table est attendue");
                continue;
            };
            let ligne = self.ligne(cle.span.start);
            let source = Source::Complement(mention.clone().unwrap_or_default());
            let mut lecteur = LecteurToml::nouveau(self, Some(stipulations), String::new(), Some(&source));
            let stipulations = Stipulations::lis(&mut lecteur);
            lecteur.refuse_inconnus();
            let lignes = lecteur.lignes;
            documents.push(Document::Complement(Complement {
                fichier: self.nom.to_owned(),
                cle: cle.name.to_string(),
                ligne,
                lignes,
                stipulations,
            }));
        }
        documents
    }

    /// A required text.
    fn texte(&mut self, table: &Table<'_>, champ: &str) -> Option<String> {
        match table.get(champ) {
            None => self.erreur(0, champ, "ce champ manque"),
            Some(v) => match v.as_str().map(str::trim) {
                Some(texte) if !texte.is_empty() => return Some(texte.to_owned()),
                _ => self.erreur(v.span.start, champ, "un texte est attendu"),
            },
        }
        None
    }

    /// A required key: lower-case letters, digits and hyphens.
    fn cle(&mut self, table: &Table<'_>, champ: &str) -> Option<String> {
        let texte = self.texte(table, champ)?;
        let permise = texte.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !permise {
            self.erreur(
                octet(table, champ),
                champ,
                "une clé n'a que des minuscules sans accent, des chiffres et des traits d'union",
            );
        }
        permise.then_some(texte)
    }
}
