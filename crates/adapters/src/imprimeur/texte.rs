//! A text as lines of a width.

use super::police::Police;
use domain::typographie::espaces;

/// Cuts a text into lines no wider than `largeur` points, at plain spaces and where the text has line breaks; a word that
/// is wider is cut between letters. A line that goes on ends with its space, so that no two words grow together when the
/// text is copied or read out. There is always one line.
pub(super) fn lines(police: &Police, texte: &str, corps: f32, largeur: f32) -> Vec<String> {
    let texte = police.shown(&espaces(texte));
    let mut found = Vec::new();
    for paragraphe in texte.split('\n') {
        let mut line = String::new();
        for word in paragraphe.split(' ').filter(|word| !word.is_empty()) {
            let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if police.width(&joined, corps) <= largeur {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                found.push(format!("{line} "));
            }
            line = cut(police, word, (corps, largeur), &mut found);
        }
        found.push(line);
    }
    found
}

/// Cuts a word that is wider than a line; gives what is left of it for the next one.
fn cut(police: &Police, word: &str, (corps, largeur): (f32, f32), found: &mut Vec<String>) -> String {
    let (mut line, mut width) = (String::new(), 0.0);
    for c in word.chars() {
        let own = police.width(c.encode_utf8(&mut [0; 4]), corps);
        if width + own > largeur && !line.is_empty() {
            found.push(std::mem::take(&mut line));
            width = 0.0;
        }
        line.push(c);
        width += own;
    }
    line
}

/// Width of the widest word, and of the whole text on one line.
pub(super) fn widths(police: &Police, texte: &str, corps: f32) -> (f32, f32) {
    let texte = police.shown(&espaces(texte));
    let widest = |parts: &mut dyn Iterator<Item = &str>| parts.map(|t| police.width(t, corps)).fold(0.0, f32::max);
    (widest(&mut texte.split([' ', '\n'])), widest(&mut texte.split('\n')))
}

#[cfg(test)]
mod tests {
    use super::super::police::{Graisse, Polices};
    use super::*;

    #[test]
    fn lines_keep_every_word_and_the_width() {
        let polices = Polices::new().unwrap();
        let police = polices.of(Graisse::Normal);
        let text = "Le service en charge répond sous 5 jours ouvrés : « au plus tard » le 10 janvier 2029.";
        for largeur in [60.0, 100.0, 400.0] {
            let found = lines(police, text, 10.0, largeur);
            assert!(found.iter().all(|l| police.width(l.trim_end_matches(' '), 10.0) <= largeur), "{found:?}");
            assert_eq!(found.concat(), espaces(text), "{largeur}");
        }
        assert_eq!(lines(police, "a\nb", 10.0, 100.0), ["a", "b"]);
        assert_eq!(lines(police, "", 10.0, 100.0), [""]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_between_letters() {
        let polices = Polices::new().unwrap();
        let police = polices.of(Graisse::Normal);
        let word = "service-des-droits-et-des-prestations@caisse-de-demonstration.example";
        let found = lines(police, &format!("voir {word}"), 10.0, 80.0);
        assert!(found.len() > 3 && found.iter().all(|l| police.width(l.trim_end(), 10.0) <= 80.0), "{found:?}");
        assert_eq!(found.concat(), format!("voir {word}"));
        assert_eq!(lines(police, "abc", 10.0, 0.5), ["a", "b", "c"], "a letter stands although nothing fits");
    }
}
