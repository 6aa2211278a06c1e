//! The shipped font, Liberation Sans under the SIL Open Font License (`fonts/LICENSE-liberation.txt`): which glyph
//! stands for a letter, and how wide it is. It covers French and the languages of Europe; a letter it lacks is shown
//! as a replacement sign, never as an empty box that no screen reader can name.

use app::ports::PrintError;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::collections::HashMap;

const REGULAR: &[u8] = include_bytes!("../../fonts/LiberationSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/LiberationSans-Bold.ttf");
/// Shown for a letter that the font lacks.
const REPLACEMENT: char = '\u{fffd}';

/// Weight of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Graisse {
    Normal,
    Bold,
}

/// Both weights.
pub(super) struct Polices {
    normal: Police,
    bold: Police,
}

impl Polices {
    pub(super) fn new() -> Result<Self, PrintError> {
        Ok(Self { normal: Police::new(REGULAR)?, bold: Police::new(BOLD)? })
    }

    pub(super) const fn of(&self, graisse: Graisse) -> &Police {
        match graisse {
            Graisse::Normal => &self.normal,
            Graisse::Bold => &self.bold,
        }
    }
}

/// One weight of the font.
pub(super) struct Police {
    /// As krilla embeds it.
    pub(super) font: Font,
    /// Glyph and width of each letter, the width as a part of the size.
    letters: HashMap<char, (u32, f32)>,
}

impl Police {
    fn new(bytes: &'static [u8]) -> Result<Self, PrintError> {
        let unreadable = || PrintError::Failed("a shipped font cannot be read".to_owned());
        let font = Font::new(bytes.into(), 0).ok_or_else(unreadable)?;
        let face = FontRef::new(bytes).map_err(|_| unreadable())?;
        let metrics = face.glyph_metrics(Size::unscaled(), LocationRef::default());
        let letter = |(code, glyph): (u32, skrifa::GlyphId)| {
            let width = metrics.advance_width(glyph)? / font.units_per_em();
            Some((char::from_u32(code)?, (glyph.to_u32(), width)))
        };
        let letters = face.charmap().mappings().filter(|(_, glyph)| glyph.to_u32() != 0).filter_map(letter).collect();
        Ok(Self { font, letters })
    }

    fn covers(&self, c: char) -> bool {
        self.letters.contains_key(&c)
    }

    /// The text in letters that the font has: other spaces as plain or no-break ones, no control signs.
    pub(super) fn shown(&self, texte: &str) -> String {
        let letter = |c: char| match c {
            '\n' => Some('\n'),
            '\u{202f}' | '\u{2007}' => Some('\u{a0}'),
            c if c.is_whitespace() && c != '\u{a0}' => Some(' '),
            c if c.is_control() || matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}') => None,
            c if self.covers(c) => Some(c),
            _ if self.covers(REPLACEMENT) => Some(REPLACEMENT),
            _ => Some('?'),
        };
        texte.chars().filter_map(letter).collect()
    }

    fn advance(&self, c: char) -> (u32, f32) {
        self.letters.get(&c).copied().unwrap_or_default()
    }

    /// Width of a text at a size, in points.
    pub(super) fn width(&self, texte: &str, corps: f32) -> f32 {
        texte.chars().map(|c| self.advance(c).1).sum::<f32>() * corps
    }

    /// The glyphs of a line, one a letter.
    pub(super) fn glyphs(&self, texte: &str) -> Vec<KrillaGlyph> {
        let glyph = |(at, c): (usize, char)| {
            let (id, advance) = self.advance(c);
            KrillaGlyph::new(GlyphId::new(id), advance, 0.0, 0.0, 0.0, at..at + c.len_utf8(), None)
        };
        texte.char_indices().map(glyph).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_french_is_in_both_weights() {
        let polices = Polices::new().unwrap();
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789\
                       àâäæçéèêëîïôœöùûüÿÀÂÄÆÇÉÈÊËÎÏÔŒÖÙÛÜŸñÑáíóúßøåčšžłńőű\
                       «»“”‘’–—…•€°²³½§©®ªº%&@#/\\|()[]{}<>+-=×÷_*'\"`^~.,;:!?→\u{a0}";
        for graisse in [Graisse::Normal, Graisse::Bold] {
            let police = polices.of(graisse);
            let missing: Vec<char> = letters.chars().filter(|c| !police.covers(*c)).collect();
            assert!(missing.is_empty(), "{graisse:?}: {missing:?}");
        }
    }

    #[test]
    fn a_letter_that_the_font_lacks_is_replaced_and_control_signs_go() {
        let polices = Polices::new().unwrap();
        let shown = polices.of(Graisse::Normal).shown("a\u{202f}b\tc\u{7}d\u{ad}e日");
        assert!(shown.starts_with("a\u{a0}b cde") && !shown.contains('日'), "{shown:?}");
        assert!(polices.of(Graisse::Normal).glyphs(&shown).iter().all(|g| g.glyph_id.to_u32() != 0));
    }
}
