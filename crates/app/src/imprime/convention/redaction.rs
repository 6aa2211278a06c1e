//! How the articles are put together: numbered as they come, none without a sentence.

use super::super::Bloc;
use domain::convention::{Source, Valeur};

/// The document as it is written.
#[derive(Default)]
pub(super) struct Redaction {
    pub(super) blocs: Vec<Bloc>,
    article: usize,
}

impl Redaction {
    /// Begins a paper or an annexe; its articles are counted from one.
    pub(super) fn partie(&mut self, titre: impl AsRef<str>) {
        self.article = 0;
        self.blocs.push(Bloc::Intertitre(propre(titre.as_ref())));
    }

    /// Adds an article, unless there is nothing to say in it.
    pub(super) fn article(&mut self, titre: &str, corps: Corps) {
        if corps.0.is_empty() {
            return;
        }
        self.article += 1;
        self.blocs.push(Bloc::Intertitre(propre(&format!("Article {}. {titre}", self.article))));
        self.blocs.extend(corps.0);
    }

    pub(super) fn phrase(&mut self, texte: impl AsRef<str>) {
        self.blocs.push(Bloc::Paragraphe(propre(texte.as_ref())));
    }

    pub(super) fn liste(&mut self, entrees: Vec<String>) {
        if !entrees.is_empty() {
            self.blocs.push(Bloc::Liste(entrees.iter().map(|e| propre(e)).collect()));
        }
    }

    pub(super) fn ajoute(&mut self, corps: Corps) {
        self.blocs.extend(corps.0);
    }
}

/// What stands in an article.
#[derive(Default)]
pub(super) struct Corps(Vec<Bloc>);

impl Corps {
    /// A sentence that every such convention has.
    pub(super) fn phrase(mut self, texte: impl AsRef<str>) -> Self {
        self.0.push(Bloc::Paragraphe(propre(texte.as_ref())));
        self
    }

    /// A sentence of what is stated; nothing otherwise.
    pub(super) fn si(self, texte: Option<String>) -> Self {
        match texte {
            Some(texte) => self.phrase(texte),
            None => self,
        }
    }

    /// A sentence for a clause that is stated.
    pub(super) fn quand(self, clause: bool, texte: &str) -> Self {
        if clause { self.phrase(texte) } else { self }
    }

    /// Entries under their sentence; nothing without any.
    pub(super) fn liste(mut self, phrase: &str, entrees: Vec<String>) -> Self {
        if entrees.is_empty() {
            return self;
        }
        self = self.phrase(phrase);
        self.0.push(Bloc::Liste(entrees.iter().map(|e| propre(e)).collect()));
        self
    }

    /// Names with their values; nothing without any.
    pub(super) fn mentions(mut self, lignes: Vec<(String, String)>) -> Self {
        let lignes: Vec<_> =
            lignes.into_iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| (propre(&n), propre(&v))).collect();
        if !lignes.is_empty() {
            self.0.push(Bloc::Mentions(lignes));
        }
        self
    }

    pub(super) const fn est_vide(&self) -> bool {
        self.0.is_empty()
    }
}

/// A value that is stated.
pub(super) fn dite<T>(parametre: &Option<Valeur<T>>) -> Option<&T> {
    parametre.as_ref().map(|v| &v.valeur)
}

/// A list that is stated; empty otherwise.
pub(super) fn liste<T>(parametre: &Option<Valeur<Vec<T>>>) -> &[T] {
    parametre.as_ref().map_or(&[], |v| v.valeur.as_slice())
}

/// Whether a clause is stated and true.
pub(super) fn vraie(parametre: &Option<Valeur<bool>>) -> bool {
    parametre.as_ref().is_some_and(|v| v.valeur)
}

/// What is added to a value that is our rule and not the paper's.
pub(super) fn marque<T>(parametre: &Option<Valeur<T>>) -> &'static str {
    match parametre.as_ref().map(|v| &v.source) {
        Some(Source::Nous(_)) => " (règle du portail, que le texte n'écrit pas)",
        _ => "",
    }
}

/// « a, b et c ».
pub(super) fn et<T: AsRef<str>>(mots: &[T]) -> String {
    match mots {
        [] => String::new(),
        [seul] => seul.as_ref().to_owned(),
        [debut @ .., dernier] => {
            let debut: Vec<&str> = debut.iter().map(AsRef::as_ref).collect();
            format!("{} et {}", debut.join(", "), dernier.as_ref())
        }
    }
}

/// With its first letter as a capital.
pub(super) fn majuscule(texte: &str) -> String {
    let mut lettres = texte.chars();
    lettres.next().map(|l| l.to_uppercase().chain(lettres).collect()).unwrap_or_default()
}

/// French apostrophes, and one space where several were typed.
pub(super) fn propre(texte: &str) -> String {
    texte.replace('\'', "’").split_whitespace().collect::<Vec<_>>().join(" ")
}
