//! What a form shows: the values typed and an error at each field that was refused.

use super::composants::ErrorSummary;

/// Values and errors of one form, by field name. A page that answers 422 gives it back as received.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormState {
    values: Vec<(String, String)>,
    errors: Vec<(String, String)>,
}

impl FormState {
    /// An empty form.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The values received, without errors yet.
    #[must_use]
    pub fn of_values(values: Vec<(String, String)>) -> Self {
        Self { values, errors: Vec::new() }
    }

    /// Presets a value; adds one where the field may have several.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.push((name.into(), value.into()));
        self
    }

    /// Marks a field as refused. The message says what to do, and is shown at the field and in the
    /// summary, with typographic apostrophes; only the first message of a field is kept.
    pub fn refuse(&mut self, name: impl Into<String>, message: impl Into<String>) {
        let name = name.into();
        if self.error(&name).is_none() {
            self.errors.push((name, message.into().replace('\'', "’")));
        }
    }

    /// Takes out what was typed in a field: passwords and codes are never sent back.
    pub fn forget(&mut self, name: &str) {
        self.values.retain(|(known, _)| known != name);
    }

    /// Replaces what was typed in a field (a text given back without its NIR).
    pub fn replace(&mut self, name: &str, value: impl Into<String>) {
        self.forget(name);
        self.values.push((name.to_owned(), value.into()));
    }

    /// The same form with every NIR taken out of what was typed (GA-1): what a refused page gives back.
    #[must_use]
    pub fn masked(mut self) -> Self {
        for (_, value) in &mut self.values {
            *value = domain::garde::masque(value);
        }
        self
    }

    /// Names and values, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// What was typed, or an empty text.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Every value of a field that may have several, in order.
    pub fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The message at a field.
    #[must_use]
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|(known, _)| known == name).map(|(_, message)| message.as_str())
    }

    /// Whether a field was refused: the page answers 422 and its title begins with « Erreur : ».
    #[must_use]
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// The summary with a link to each refused field, in the order of refusal; empty without errors.
    #[must_use]
    pub fn summary(&self) -> ErrorSummary {
        ErrorSummary::new(self.errors.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_form_keeps_what_was_typed_and_links_to_the_field() {
        let mut form = FormState::new().with("nom", "Martin").with("pieces", "a").with("pieces", "b");
        form.refuse("nom", "Saisissez l'un des noms en lettres");
        form.refuse("nom", "Une seconde raison");
        assert_eq!(form.value("nom"), "Martin");
        assert_eq!(form.values("pieces").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(form.error("nom"), Some("Saisissez l’un des noms en lettres"));
        let html = form.summary().to_string();
        assert!(html.contains("href=\"#nom\""));
        assert!(!html.contains("Une seconde raison"));
    }

    #[test]
    fn a_forgotten_value_is_not_sent_back() {
        let mut form = FormState::new().with("mot_de_passe", "secret");
        form.forget("mot_de_passe");
        assert_eq!(form.value("mot_de_passe"), "");
    }
}
