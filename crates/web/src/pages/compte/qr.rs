//! A QR code as an inline drawing: no image file, no style.

use askama::Template;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Blank modules around the code, so that a camera finds its edge.
const MARGE: usize = 4;

/// One path of black modules on white.
#[derive(Debug, Template)]
#[template(path = "compte/qr.html")]
pub(super) struct Qr {
    cote: usize,
    trace: String,
}

impl Qr {
    /// The code of a text; `None` when it is too long for one.
    pub(super) fn of(texte: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(texte, EcLevel::M).ok()?;
        let largeur = code.width();
        let couleurs = code.into_colors();
        let mut trace = String::new();
        for (y, ligne) in couleurs.chunks(largeur).enumerate() {
            for (x, _) in ligne.iter().enumerate().filter(|(_, c)| **c == Color::Dark) {
                let _ = write!(trace, "M{} {}h1v1h-1z", x + MARGE, y + MARGE);
            }
        }
        Some(Self { cote: largeur + 2 * MARGE, trace })
    }
}

crate::pages::composants::html_safe!(Qr);
