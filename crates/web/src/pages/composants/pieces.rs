//! Files: the list of those that are there with their state in words, and the field that sends more.

use super::champs::{Field, field_methods};
use super::{Hidden, html_safe};
use crate::pages::FormState;
use askama::Template;
use domain::piece_jointe::{NOMBRE_MAX, TypeFichier};

/// One file of a [`PieceList`].
#[derive(Debug, Clone)]
pub struct PieceRow {
    name: String,
    about: String,
    state: String,
    href: Option<String>,
    remove: Option<(String, String, Hidden)>,
}

impl PieceRow {
    /// Its name, kind and size, and its state in words.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: TypeFichier, bytes: u64, state: impl Into<String>) -> Self {
        let about = format!("{}, {}", kind.libelle(), size(bytes));
        Self { name: name.into(), about, state: state.into(), href: None, remove: None }
    }

    /// Where it is downloaded; only for one that may be.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// A button that takes it out: the form's target, the file's id, the page's token.
    #[must_use]
    pub fn remove(mut self, action: impl Into<String>, id: impl Into<String>, token: Hidden) -> Self {
        self.remove = Some((action.into(), id.into(), token));
        self
    }
}

/// « 340 ko », « 1,2 Mo ».
#[must_use]
pub fn size(bytes: u64) -> String {
    const MO: u64 = 1024 * 1024;
    match bytes {
        0..1024 => format!("{bytes}\u{a0}octets"),
        1024..MO => format!("{}\u{a0}ko", bytes / 1024),
        _ => format!("{},{}\u{a0}Mo", bytes / MO, bytes % MO * 10 / MO),
    }
}

/// Files in order; nothing when there is none.
#[derive(Debug, Default, Template)]
#[template(path = "composants/pieces.html")]
pub struct PieceList {
    rows: Vec<PieceRow>,
}

impl PieceList {
    /// The files in order.
    #[must_use]
    pub fn new(rows: Vec<PieceRow>) -> Self {
        Self { rows }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The field that takes files; its form is sent as `multipart/form-data`, the token's field first.
#[derive(Debug, Template)]
#[template(path = "composants/champ_fichiers.html")]
pub struct FileInput {
    f: Field,
    accept: String,
    several: bool,
}

impl FileInput {
    /// Under its field name; what may be sent is said below the label (PJ-1).
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        let kinds = TypeFichier::TOUS.iter().flat_map(|t| t.extensions().iter());
        let accept = kinds.map(|e| format!(".{e}")).collect::<Vec<_>>().join(",");
        let limits = format!(
            "Seulement ce qui est nécessaire et lisible. PDF, JPEG ou PNG, 10\u{a0}Mo au plus par fichier, {NOMBRE_MAX}\u{a0}fichiers au plus."
        );
        Self { f: Field::new(name, label), accept, several: true }.hint(limits)
    }

    /// One file of another kind, by its extension.
    #[must_use]
    pub fn one(name: impl Into<String>, label: impl Into<String>, extension: &str) -> Self {
        Self { f: Field::new(name, label), accept: format!(".{extension}"), several: false }
    }
}

field_methods!(FileInput, |this, _form| {
    let _ = this;
});
html_safe!(PieceList, FileInput);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_people_do() {
        for (bytes, text) in [(12, "12\u{a0}octets"), (340 * 1024, "340\u{a0}ko"), (1_258_291, "1,1\u{a0}Mo")] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn a_file_says_its_state_and_only_a_clean_one_has_a_link() {
        let token = || Hidden::new("_jeton", "t");
        let rows = vec![
            PieceRow::new("a <b>.pdf", TypeFichier::Pdf, 2048, "En attente d’analyse").remove(
                "/x/retirer",
                "id",
                token(),
            ),
            PieceRow::new("c.png", TypeFichier::Png, 4096, "Analysé").href("/demandes/r/pieces/id"),
        ];
        let html = PieceList::new(rows).to_string();
        assert!(html.contains("a &#60;b&#62;.pdf") && html.contains("PDF, 2\u{a0}ko") && html.contains("En attente"));
        assert_eq!(html.matches("<a ").count(), 1);
        assert_eq!(html.matches("<form").count(), 1);
        assert!(PieceList::default().to_string().is_empty());
    }

    #[test]
    fn the_field_says_kinds_and_limits_and_its_errors() {
        let mut form = FormState::new();
        form.refuse("pieces", "Ce fichier est vide.");
        let html = FileInput::new("pieces", "Pièces jointes").form(&form).to_string();
        assert!(html.contains("nécessaire et lisible"), "{html}");
        assert!(html.contains("accept=\".pdf,.jpg,.jpeg,.png\"") && html.contains("10\u{a0}Mo au plus"));
        assert!(html.contains("aria-describedby=\"pieces-indice pieces-erreur\"") && html.contains("est vide"));
    }
}
