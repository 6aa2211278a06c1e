//! French spacing, the same on pages and on printed documents: before « : ; ? ! », inside guillemets, in hours and
//! dates. Templates and words of the code are written with plain spaces.

use crate::calendrier::est_un_mois;

/// The text with no-break spaces where French typography wants them.
#[must_use]
pub fn espaces(texte: &str) -> String {
    let mut out = String::with_capacity(texte.len() + texte.len() / 64);
    ajoute(&mut out, texte);
    out
}

/// As [`espaces`], at the end of a text: a page is made in one buffer.
pub fn ajoute(out: &mut String, texte: &str) {
    let mut written = 0;
    for (at, space) in texte.match_indices(' ') {
        let (so_far, after) = (texte.get(..at).unwrap_or_default(), texte.get(at + 1..).unwrap_or_default());
        if joins(so_far.chars().next_back().unwrap_or('\n'), so_far, after) {
            out.push_str(texte.get(written..at).unwrap_or_default());
            out.push('\u{a0}');
            written = at + space.len();
        }
    }
    out.push_str(texte.get(written..).unwrap_or_default());
}

/// Whether a space between these may not end a line.
fn joins(before: char, so_far: &str, after: &str) -> bool {
    let hour = |text: &str| text.strip_prefix("h ").is_some_and(|m| m.starts_with(|c: char| c.is_ascii_digit()));
    let day = before.is_ascii_digit() || so_far.ends_with("1er");
    after.starts_with([':', ';', '?', '!', '»'])
        || before == '«'
        || (before.is_ascii_digit() && hour(after))
        || (so_far.ends_with(" h") && after.starts_with(|c: char| c.is_ascii_digit()))
        || (day && est_un_mois(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_that_may_not_end_a_line_are_no_break_spaces() {
        let ecrit = "« Oui ! » le 3 janvier 2029 à 14 h 05 : le 1er mai ; 3 jours";
        let attendu =
            "«\u{a0}Oui\u{a0}!\u{a0}» le 3\u{a0}janvier 2029 à 14\u{a0}h\u{a0}05\u{a0}: le 1er\u{a0}mai\u{a0}; 3 jours";
        assert_eq!(espaces(ecrit), attendu);
        assert_eq!(espaces(""), "");
    }
}
