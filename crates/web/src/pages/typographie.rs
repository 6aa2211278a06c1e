//! French spacing, put in once when a page is rendered: before « : ; ? ! », inside guillemets, in hours and dates.
//! Templates and words of the code are written with plain spaces. What the reader typed into a field, and what is
//! copied (codes, titles, attributes), stays as it is.

/// Elements whose text is left alone: what is typed, what is copied, what no reader sees.
const VERBATIM: [&str; 5] = ["textarea", "code", "title", "script", "style"];

const MOIS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// The page with no-break spaces in its text.
pub(super) fn french(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 64);
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        push_text(&mut out, text);
        let name: &str = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let end = if VERBATIM.contains(&name) { tag.find(&format!("</{name}")) } else { tag.find('>') };
        let (kept, after) = tag.split_at_checked(end.unwrap_or(tag.len())).unwrap_or((tag, ""));
        out.push('<');
        out.push_str(kept);
        rest = after;
    }
    push_text(&mut out, rest);
    out
}

fn push_text(out: &mut String, text: &str) {
    let mut before = '\n';
    for (at, c) in text.char_indices() {
        let after = text.get(at + 1..).unwrap_or_default();
        out.push(if c == ' ' && joins(before, text.get(..at).unwrap_or_default(), after) { '\u{a0}' } else { c });
        before = c;
    }
}

/// Whether a space between these may not end a line.
fn joins(before: char, so_far: &str, after: &str) -> bool {
    let hour = |text: &str| text.strip_prefix("h ").is_some_and(|m| m.starts_with(|c: char| c.is_ascii_digit()));
    let day = before.is_ascii_digit() || so_far.ends_with("1er");
    after.starts_with([':', ';', '?', '!', '»'])
        || before == '«'
        || (before.is_ascii_digit() && hour(after))
        || (so_far.ends_with(" h") && after.starts_with(|c: char| c.is_ascii_digit()))
        || (day && MOIS.iter().any(|mois| after.starts_with(mois)))
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
