//! One table of a file, as the domain reads it: each mistake is noted with its line, and reading goes on.

use std::collections::BTreeMap;

use domain::convention::{Lecteur, Section, Source, Valeur};
use serde::de::DeserializeOwned;
use toml_span::value::{Table, ValueInner};

use super::lecture::Fichier;

/// Where the key `champ` of `table` stands.
pub(super) fn octet(table: &Table<'_>, champ: &str) -> usize {
    table.get_key_value(champ).map_or(0, |(cle, _)| cle.span.start)
}

/// The reader of one table.
pub(super) struct LecteurToml<'f, 'a, 't> {
    fichier: &'f mut Fichier<'a>,
    table: Option<&'t Table<'t>>,
    chemin: String,
    complement: Option<&'f Source>,
    pub(super) vus: Vec<&'static str>,
    pub(super) lignes: BTreeMap<String, usize>,
}

impl<'f, 'a, 't> LecteurToml<'f, 'a, 't> {
    pub(super) fn nouveau(
        fichier: &'f mut Fichier<'a>,
        table: Option<&'t Table<'t>>,
        chemin: String,
        complement: Option<&'f Source>,
    ) -> Self {
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

    pub(super) fn refuse_inconnus(&mut self) {
        for cle in self.table.into_iter().flat_map(|t| t.keys()) {
            if !self.vus.contains(&cle.name.as_ref()) {
                let chemin = self.sous_chemin(&cle.name);
                self.fichier.erreur(cle.span.start, chemin, "ce champ n'existe pas");
            }
        }
    }

    /// Splits `{ valeur, article | deduit | nous }`.
    fn valeur_et_source(
        &mut self,
        octet: usize,
        chemin: &str,
        brut: &'t toml_span::Value<'t>,
    ) -> Option<(&'t toml_span::Value<'t>, Source)> {
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
        let Some((octet, valeur)) = self.trouve(champ) else {
            return S::default();
        };
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
    valeur
        .as_array()?
        .iter()
        .find(|element| serde_json::from_value::<T>(serde_json::Value::Array(vec![json(element)])).is_err())
}

fn json(valeur: &toml_span::Value<'_>) -> serde_json::Value {
    match valeur.as_ref() {
        ValueInner::String(texte) => texte.to_string().into(),
        ValueInner::Integer(nombre) => (*nombre).into(),
        ValueInner::Float(nombre) => (*nombre).into(),
        ValueInner::Boolean(vrai) => (*vrai).into(),
        ValueInner::Array(liste) => liste.iter().map(json).collect::<Vec<_>>().into(),
        ValueInner::Table(table) => {
            table.iter().map(|(cle, v)| (cle.name.to_string(), json(v))).collect::<serde_json::Map<_, _>>().into()
        }
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
    if ["input contains invalid", "premature end of input", "input is out of range", "trailing input"]
        .iter()
        .any(|m| erreur.contains(m))
    {
        return "une date AAAA-MM-JJ est attendue".to_owned();
    }
    traductions.iter().fold(erreur.to_owned(), |texte, (en, fr)| texte.replace(en, fr))
}
