//! A strict form: only the fields the page declares, in order, kept as typed.

use crate::error::{Kind, PageError};
use crate::jeton::TOKEN_FIELD;
use crate::pages::FormState;
use axum::extract::FromRequestParts;
use http::request::Parts;
use std::sync::Arc;

/// The pairs of a body whose token was checked; left in the request by the guard.
#[derive(Debug, Clone)]
pub(crate) struct ReceivedBody(Arc<Vec<(String, String)>>);

impl ReceivedBody {
    pub(crate) fn new(pairs: Vec<(String, String)>) -> Self {
        Self(Arc::new(pairs))
    }
}

/// Decodes a form body. Broken UTF-8, NUL and more than 500 fields are refused.
pub(crate) fn parse(bytes: &[u8]) -> Result<Vec<(String, String)>, PageError> {
    let malformed = || PageError::new(Kind::Malformed);
    let text = std::str::from_utf8(bytes).map_err(|_| malformed())?;
    let mut pairs = Vec::new();
    for part in text.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        pairs.push((decode(name).ok_or_else(malformed)?, decode(value).ok_or_else(malformed)?));
        if pairs.len() > 500 {
            return Err(malformed());
        }
    }
    Ok(pairs)
}

/// One percent-decoded text, with the browsers' CR LF as LF.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex(rest.next()?)? * 16 + hex(rest.next()?)?,
            other => other,
        });
    }
    let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))?;
    Some(text.replace("\r\n", "\n"))
}

fn hex(digit: u8) -> Option<u8> {
    u8::try_from(char::from(digit).to_digit(16)?).ok()
}

/// The form received, closed until the page says which fields it has ([`ReceivedForm::only`]).
#[derive(Debug)]
pub struct ReceivedForm(Arc<Vec<(String, String)>>);

impl<S: Sync> FromRequestParts<S> for ReceivedForm {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, PageError> {
        let body = parts.extensions.get::<ReceivedBody>();
        body.map(|body| Self(body.0.clone())).ok_or_else(PageError::internal_without_cause)
    }
}

impl ReceivedForm {
    /// The text of a field that says which other fields the form has: a form that stands several times on one page.
    #[must_use]
    pub fn peek(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The names of the fields that came, for a form with a field for each line of a table that may have changed.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Opens the form. `fields` are those that come once, `lists` those that may come several times.
    ///
    /// # Errors
    /// 400 for any other field (`nir`, `role` …), and for a single field sent twice. The name sent is
    /// not repeated: it may hold anything.
    pub fn only(self, fields: &[&str], lists: &[&str]) -> Result<Form, PageError> {
        let mut pairs: Vec<(String, String)> = Vec::with_capacity(self.0.len());
        let mut tokens = 0_u8;
        for (name, value) in self.0.iter() {
            if name == TOKEN_FIELD {
                tokens = tokens.saturating_add(1);
                continue;
            }
            let single = fields.contains(&name.as_str());
            let seen = pairs.iter().any(|(known, _)| known == name);
            if !(single && !seen || lists.contains(&name.as_str())) {
                return Err(PageError::new(Kind::UnknownField));
            }
            pairs.push((name.clone(), value.clone()));
        }
        if tokens > 1 {
            return Err(PageError::new(Kind::UnknownField));
        }
        Ok(Form { state: FormState::of_values(pairs) })
    }
}

/// A form whose fields are all known. Reading refuses by filling `state`, which goes back to the page.
#[derive(Debug)]
pub struct Form {
    /// What was typed and what was refused, for the page.
    pub state: FormState,
}

impl Form {
    /// The text of a field without the spaces around it; empty when not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.state.value(name).trim()
    }

    /// The text as it was typed, for passwords.
    #[must_use]
    pub fn raw(&self, name: &str) -> &str {
        self.state.value(name)
    }

    /// The text of a field that must be filled; otherwise the field is refused with that message.
    pub fn required(&mut self, name: &str, message: &str) -> Option<String> {
        let text = self.text(name).to_owned();
        if text.is_empty() {
            self.state.refuse(name, message);
            return None;
        }
        Some(text)
    }

    /// Reads a field by a rule of the domain; what the rule says against it becomes the error.
    pub fn parsed<T>(&mut self, name: &str, rule: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        match rule(self.text(name)) {
            Ok(value) => Some(value),
            Err(message) => {
                self.state.refuse(name, message);
                None
            }
        }
    }

    /// The version that the form was made from, in its hidden field.
    ///
    /// # Errors
    /// 400 when it is no number: no page of ours sends that.
    pub fn version(&self) -> Result<i64, PageError> {
        self.text("version").parse().map_err(|_| PageError::new(Kind::Malformed))
    }

    /// Every value of a list.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<&str> {
        self.state.values(name).collect()
    }

    /// Whether the box was ticked with that value.
    #[must_use]
    pub fn ticked(&self, name: &str, value: &str) -> bool {
        self.list(name).contains(&value)
    }

    /// The three parts of a [`crate::pages::composants::DateInput`]: day, month, year as typed.
    #[must_use]
    pub fn date_parts(&self, name: &str) -> [&str; 3] {
        let [day, month, year] = crate::pages::composants::DateInput::names(name);
        [self.text(&day), self.text(&month), self.text(&year)]
    }

    /// A date, or the reason it is not one, at the field. `None` for an empty one too, which is refused
    /// with `missing` where it is given.
    pub fn date(&mut self, name: &str, missing: Option<&str>) -> Option<chrono::NaiveDate> {
        let [day, month, year] = self.date_parts(name).map(str::to_owned);
        if [&day, &month, &year].iter().all(|part| part.is_empty()) {
            if let Some(message) = missing {
                self.state.refuse(name, message);
            }
            return None;
        }
        let number = |text: &str, most: usize| {
            let digits = text.bytes().all(|b| b.is_ascii_digit()) && text.len() <= most;
            digits.then(|| text.parse::<u32>().ok()).flatten()
        };
        let parts = (number(&year, 4), number(&month, 2), number(&day, 2));
        let date = match parts {
            (Some(y @ 1000..), Some(m), Some(d)) => chrono::NaiveDate::from_ymd_opt(y.cast_signed(), m, d),
            _ => None,
        };
        if date.is_none() {
            self.state.refuse(name, "Saisissez une date qui existe, par exemple 31 3 1980");
        }
        date
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(body: &str) -> ReceivedForm {
        ReceivedForm(Arc::new(parse(body.as_bytes()).unwrap()))
    }

    #[test]
    fn a_form_is_decoded_with_plain_line_ends() {
        let form = received("texte=L%27%C3%A9t%C3%A9+a%0D%0Ab&vide").only(&["texte", "vide"], &[]).unwrap();
        assert_eq!(form.raw("texte"), "L'été a\nb");
        assert_eq!(form.text("vide"), "");
    }

    #[test]
    fn the_order_of_a_list_is_kept() {
        let form = received("p=b&p=a&p=b").only(&[], &["p"]).unwrap();
        assert_eq!(form.list("p"), ["b", "a", "b"]);
        assert!(form.ticked("p", "a") && !form.ticked("p", "c"));
    }

    #[test]
    fn a_date_exists_or_is_refused_at_its_field() {
        let date = |d: &str, m: &str, y: &str| {
            let body = format!("n_jour={d}&n_mois={m}&n_annee={y}");
            let mut form = received(&body).only(&["n_jour", "n_mois", "n_annee"], &[]).unwrap();
            let read = form.date("n", Some("manque")).map(|date| date.to_string());
            (read, form.state.error("n").map(str::to_owned))
        };
        assert_eq!(date("29", "2", "2024"), (Some("2024-02-29".into()), None));
        assert_eq!(date("+1+", "02", "1950").0, Some("1950-02-01".into()));
        assert_eq!(date("", "", "").1.unwrap(), "manque");
        for (d, m, y) in [
            ("29", "2", "2023"),
            ("1", "13", "2000"),
            ("1", "1", "80"),
            ("x", "1", "2000"),
            ("", "1", "2000"),
            ("%2B1", "1", "2000"),
        ] {
            let (read, error) = date(d, m, y);
            assert_eq!(read, None, "{d} {m} {y}");
            assert!(error.unwrap().contains("31 3 1980"));
        }
    }

    #[test]
    fn a_rule_of_the_domain_refuses_at_its_field() {
        let mut form = received("n=7").only(&["n"], &[]).unwrap();
        assert_eq!(form.parsed("n", |text| text.parse::<u8>().map_err(|e| e.to_string())), Some(7));
        assert_eq!(form.parsed::<u8>("n", |_| Err("trop petit".into())), None);
        assert_eq!(form.state.error("n"), Some("trop petit"));
    }

    #[test]
    fn a_flood_of_fields_is_refused() {
        assert!(parse("a&".repeat(500).as_bytes()).is_ok());
        assert!(parse("a&".repeat(501).as_bytes()).is_err());
    }
}
