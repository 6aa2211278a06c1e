//! French spacing, put in once when a page is rendered. What the reader typed into a field, and what is copied (codes,
//! titles, attributes), stays as it is.

use domain::typographie::ajoute;

/// Elements whose text is left alone: what is typed, what is copied, what no reader sees.
const VERBATIM: [&str; 5] = ["textarea", "code", "title", "script", "style"];

/// The page with no-break spaces in its text.
pub(super) fn french(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 64);
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        ajoute(&mut out, text);
        let name: &str = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let end = if VERBATIM.contains(&name) { closing(tag, name) } else { tag.find('>') };
        let (kept, after) = tag.split_at_checked(end.unwrap_or(tag.len())).unwrap_or((tag, ""));
        out.push('<');
        out.push_str(kept);
        rest = after;
    }
    ajoute(&mut out, rest);
    out
}

/// Where the element that begins here ends.
fn closing(tag: &str, name: &str) -> Option<usize> {
    tag.match_indices("</").find(|(at, _)| tag.get(at + 2..).is_some_and(|t| t.starts_with(name))).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        french(html).replace('\u{a0}', "~")
    }

    #[test]
    fn signs_guillemets_hours_and_days_keep_their_words() {
        assert_eq!(shown("<p>Urgent ? Oui : « tout de suite » !</p>"), "<p>Urgent~? Oui~: «~tout de suite~»~!</p>");
        assert_eq!(shown("le 8 janvier 2029 à 9 h 04"), "le 8~janvier 2029 à 9~h~04");
        assert_eq!(shown("le 1er mai, 3 chevaux"), "le 1er~mai, 3 chevaux");
        assert_eq!(shown("12 <b>: x</b> ; y"), "12 <b>: x</b>~; y");
    }

    #[test]
    fn what_is_typed_or_copied_stays_as_it_is() {
        for same in [
            "<textarea name=\"t\">a : b ? <\n</textarea>",
            "<input value=\"Durand : ici ?\" placeholder=\"« x »\">",
            "<title>Erreur : page</title>",
            "<code>AB CD ; EF</code>",
            "a < b",
            "<",
            "",
        ] {
            assert_eq!(french(same), same);
        }
        assert_eq!(shown("<code>a : b</code> : c"), "<code>a : b</code>~: c");
    }
}
