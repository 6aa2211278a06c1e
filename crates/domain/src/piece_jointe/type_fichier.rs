//! The kinds of file that are accepted (PJ-1).

/// A kind of file, told by its content and never by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TypeFichier {
    /// PDF.
    Pdf,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

impl TypeFichier {
    /// Every kind, in the order shown.
    pub const TOUS: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|t| t.code() == code)
    }

    /// The word shown on pages.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
        }
    }

    /// Media type.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The extension a file of this kind gets, then others it may come with; lower case, no dot.
    #[must_use]
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
        }
    }

    /// The kind that the first bytes announce; a full parse has the last word.
    #[must_use]
    pub fn announced(octets: &[u8]) -> Option<Self> {
        const MAGIES: [(&[u8], TypeFichier); 3] = [
            (b"%PDF-", TypeFichier::Pdf),
            (b"\xff\xd8\xff", TypeFichier::Jpeg),
            (b"\x89PNG\r\n\x1a\n", TypeFichier::Png),
        ];
        MAGIES.into_iter().find(|(magie, _)| octets.starts_with(magie)).map(|(_, t)| t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_announce_the_kind_and_a_name_does_not() {
        assert_eq!(TypeFichier::announced(b"%PDF-1.7\n"), Some(TypeFichier::Pdf));
        assert_eq!(TypeFichier::announced(b"\xff\xd8\xff\xe0"), Some(TypeFichier::Jpeg));
        assert_eq!(TypeFichier::announced(b"\x89PNG\r\n\x1a\n."), Some(TypeFichier::Png));
        for other in [&b""[..], b" %PDF-1.7", b"PK\x03\x04", b"GIF89a", b"<svg", b"\xff\xd8"] {
            assert_eq!(TypeFichier::announced(other), None);
        }
    }

    #[test]
    fn every_kind_has_its_code_and_an_extension_of_its_own() {
        for t in TypeFichier::TOUS {
            assert_eq!(TypeFichier::from_code(t.code()), Some(t));
            let owners = TypeFichier::TOUS.iter().filter(|o| o.extensions().contains(&t.extensions()[0]));
            assert_eq!(owners.count(), 1);
        }
    }
}
