//! Reading of TOML files into documents. All errors of all files are told at once; nothing is half-read.

use std::collections::{BTreeMap, BTreeSet};

use domain::convention::{Dossier, Lecteur, Section, Source, Stipulations, Valeur};
use serde::de::DeserializeOwned;
use toml_span::value::{Table, ValueInner};

use super::format::{Complement, Convention, Document, ErreurImport};

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
struct Fichier<'a> {
    nom: &'a str,
    contenu: &'a str,
    erreurs: &'a mut Vec<ErreurImport>,
}

impl Fichier<'_> {
    fn erreur(&mut self, octet: usize, champ: impl Into<String>, raison: impl Into<String>) {
        let ligne = self.ligne(octet);
        self.erreurs.push(ErreurImport { fichier: self.nom.to_owned(), ligne, champ: champ.into(), raison: raison.into() });
    }

    fn ligne(&self, octet: usize) -> usize {
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
        let Some(table) = racine.as_table() else { return Vec::new() };
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
        let dossier = Dossier { cle: cle?, cle_caisse: cle_caisse?, cle_partenaire: cle_partenaire?, stipulations };
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
            self.erreur(octet(table, champ), champ, "une clé n'a que des minuscules sans accent, des chiffres et des traits d'union");
        }
        permise.then_some(texte)
    }
}

/// Where the key `champ` of `table` stands.
fn octet(table: &Table<'_>, champ: &str) -> usize {
    table.get_key_value(champ).map_or(0, |(cle, _)| cle.span.start)
}

/// The reader of one table.
struct LecteurToml<'f, 'a, 't> {
    fichier: &'f mut Fichier<'a>,
    table: Option<&'t Table<'t>>,
    chemin: String,
    complement: Option<&'f Source>,
    vus: Vec<&'static str>,
    lignes: BTreeMap<String, usize>,
}

impl<'f, 'a, 't> LecteurToml<'f, 'a, 't> {
    fn nouveau(fichier: &'f mut Fichier<'a>, table: Option<&'t Table<'t>>, chemin: String, complement: Option<&'f Source>) -> Self {
        Self { fichier, table, chemin, complement, vus: Vec::new(), lignes: BTreeMap::new() }
    }

    fn sous_chemin(&self, champ: &str) -> String {
        if self.chemin.is_empty() { champ.to_owned() } else { format!("{}.{champ}", self.chemin) }
    }

    /// The value under `champ`, and where its key stands.
    fn trouve(&mut self, champ: &'static str) -> Option<(usize, &'t toml_span::Value<'t>)> {
        self.vus.push(champ);
        self.table?.get_key_value(champ).map(|(cle, valeur)| (cle.span.start, valeur))
    }

    fn refuse_inconnus(&mut self) {
        for cle in self.table.into_iter().flat_map(|t| t.keys()) {
            if !self.vus.contains(&cle.name.as_ref()) {
                let chemin = self.sous_chemin(&cle.name);
                self.fichier.erreur(cle.span.start, chemin, "ce champ n'existe pas");
            }
        }
    }

    /// Splits `{ valeur, article | deduit | nous }`.
    fn valeur_et_source(&mut self, octet: usize, chemin: &str, brut: &'t toml_span::Value<'t>) -> Option<(&'t toml_span::Value<'t>, Source)> {
        if let Some(source) = self.complement {
            return Some((brut, source.clone()));
        }
        let Some(table) = brut.as_table() else {
            self.fichier.erreur(octet, chemin, "une table { valeur = …, article = \"…\" } est attendue");
            return None;
        };
        let mut sources = Vec::new();
        for (cle, valeur) in table {
            let de: fn(String) -> Source = match cle.name.as_ref() {
                "valeur" => continue,
                "article" => Source::Article,
                "deduit" => Source::Deduit,
                "nous" => Source::Nous,
                _ => {
                    self.fichier.erreur(cle.span.start, format!("{chemin}.{}", cle.name), "ce champ n'existe pas");
                    continue;
                }
            };
            match valeur.as_str().map(str::trim) {
                Some(texte) if !texte.is_empty() => sources.push(de(texte.to_owned())),
                _ => self.fichier.erreur(cle.span.start, format!("{chemin}.{}", cle.name), "un texte est attendu"),
            }
        }
        if sources.len() != 1 {
            self.fichier.erreur(octet, chemin, "une source et une seule est attendue : article, deduit ou nous");
        }
        let Some(valeur) = table.get("valeur") else {
            self.fichier.erreur(octet, format!("{chemin}.valeur"), "ce champ manque");
            return None;
        };
        sources.pop().map(|source| (valeur, source))
    }
}

impl Lecteur for LecteurToml<'_, '_, '_> {
    fn valeur<T: DeserializeOwned>(&mut self, champ: &'static str) -> Option<Valeur<T>> {
        let (octet, brut) = self.trouve(champ)?;
        let chemin = self.sous_chemin(champ);
        self.lignes.insert(chemin.clone(), self.fichier.ligne(octet));
        let (valeur, source) = self.valeur_et_source(octet, &chemin, brut)?;
        match serde_json::from_value::<T>(json(valeur)) {
            Ok(valeur) => Some(Valeur { valeur, source }),
            Err(e) => {
                let fautif = element_fautif::<T>(valeur).unwrap_or(valeur);
                self.fichier.erreur(fautif.span.start, chemin, en_francais(&e.to_string()));
                None
            }
        }
    }

    fn section<S: Section>(&mut self, champ: &'static str) -> S {
        let Some((octet, valeur)) = self.trouve(champ) else { return S::default() };
        let chemin = self.sous_chemin(champ);
        let Some(table) = valeur.as_table() else {
            self.fichier.erreur(octet, chemin, "une table est attendue");
            return S::default();
        };
        let mut lecteur = LecteurToml::nouveau(self.fichier, Some(table), chemin, self.complement);
        let section = S::lis(&mut lecteur);
        lecteur.refuse_inconnus();
        let lignes = lecteur.lignes;
        self.lignes.extend(lignes);
        section
    }
}

/// The element of a list that cannot be read alone: its line is the one to show.
fn element_fautif<'t, T: DeserializeOwned>(valeur: &'t toml_span::Value<'t>) -> Option<&'t toml_span::Value<'t>> {
    valeur.as_array()?.iter().find(|element| serde_json::from_value::<T>(serde_json::Value::Array(vec![json(element)])).is_err())
}

fn json(valeur: &toml_span::Value<'_>) -> serde_json::Value {
    match valeur.as_ref() {
        ValueInner::String(texte) => texte.to_string().into(),
        ValueInner::Integer(nombre) => (*nombre).into(),
        ValueInner::Float(nombre) => (*nombre).into(),
        ValueInner::Boolean(vrai) => (*vrai).into(),
        ValueInner::Array(liste) => liste.iter().map(json).collect::<Vec<_>>().into(),
        ValueInner::Table(table) => table.iter().map(|(cle, v)| (cle.name.to_string(), json(v))).collect::<serde_json::Map<_, _>>().into(),
    }
}

/// What serde says, in French; the technical text stays where it has no simple translation.
fn en_francais(erreur: &str) -> String {
    let traductions = [
        ("unknown field", "champ inconnu"),
        ("missing field", "il manque le champ"),
        ("unknown variant", "valeur inconnue"),
        ("invalid type:", "type inattendu :"),
        ("invalid value:", "valeur inattendue :"),
        ("there are no fields", "aucun champ n'est attendu"),
        ("expected one of", "attendu :"),
        ("expected", "attendu :"),
    ];
    if ["input contains invalid", "premature end of input", "input is out of range", "trailing input"].iter().any(|m| erreur.contains(m)) {
        return "une date AAAA-MM-JJ est attendue".to_owned();
    }
    traductions.iter().fold(erreur.to_owned(), |texte, (en, fr)| texte.replace(en, fr))
}
