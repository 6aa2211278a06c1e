//! The HTML part of a mail, made from its text: one source of words, two parts that say the same.

use crate::error::{AppError, Outcome};
use askama::Template;

/// A piece of a paragraph.
#[derive(Debug, PartialEq, Eq)]
enum Morceau<'a> {
    Texte(&'a str),
    Lien(&'a str),
    Ligne,
}

#[derive(Template)]
#[template(path = "courriels/page.html")]
struct Page<'a> {
    sujet: &'a str,
    paragraphes: Vec<Vec<Morceau<'a>>>,
}

/// The text as a page: paragraphs at empty lines, addresses of the site as links, nothing else.
///
/// # Errors
/// [`AppError::Interne`] when the template fails.
pub(super) fn html(sujet: &str, corps: &str) -> Outcome<String> {
    let paragraphes = corps.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).map(paragraphe).collect();
    Page { sujet, paragraphes }.render().map_err(|e| AppError::Interne(e.to_string()))
}

fn paragraphe(texte: &str) -> Vec<Morceau<'_>> {
    let mut morceaux = Vec::new();
    for (rang, ligne) in texte.lines().enumerate() {
        if rang > 0 {
            morceaux.push(Morceau::Ligne);
        }
        morceaux.extend(ligne_de(ligne));
    }
    morceaux
}

/// A line up to each address, which runs to the next space.
fn ligne_de(mut reste: &str) -> Vec<Morceau<'_>> {
    let mut morceaux = Vec::new();
    while let Some(debut) = reste.find("https://").or_else(|| reste.find("http://")) {
        let (avant, adresse) = reste.split_at(debut);
        let fin = adresse.find(char::is_whitespace).unwrap_or(adresse.len());
        let (adresse, apres) = adresse.split_at(fin);
        if !avant.is_empty() {
            morceaux.push(Morceau::Texte(avant));
        }
        morceaux.push(Morceau::Lien(adresse));
        reste = apres;
    }
    if !reste.is_empty() {
        morceaux.push(Morceau::Texte(reste));
    }
    morceaux
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_and_everything_else_stays_text() {
        let page = html("Titre", "Bonjour <Léa> & Cie,\nà vous\n\nVoir https://portail.example/x : merci").unwrap();
        assert!(page.contains("Bonjour &#60;Léa&#62; &#38; Cie,<br>à vous</p>"), "{page}");
        assert!(page.contains("Voir <a href=\"https://portail.example/x\""), "{page}");
        assert!(page.contains(">https://portail.example/x</a> : merci</p>"), "{page}");
        assert_eq!(page.matches("<p ").count(), 2);
    }

    #[test]
    fn what_people_typed_cannot_become_a_tag() {
        let page = html("<b>", "https://portail.example/\"><script>alert(1)</script>").unwrap();
        assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
    }
}
