//! The shape of an e-mail address of a compte; whether its domain may be used is a rule of the convention (HA-5).

/// Whether a text is one bare address that mail servers accept: one `@`, a local part of usual signs, a domain of
/// labels with a dot.
#[must_use]
pub fn est_courriel(texte: &str) -> bool {
    let Some((local, domaine)) = texte.split_once('@') else { return false };
    let signe = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    let local_admis = (1..=64).contains(&local.len())
        && local.chars().all(signe)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let etiquette = |e: &str| {
        (1..=63).contains(&e.len())
            && e.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !e.starts_with('-')
            && !e.ends_with('-')
    };
    local_admis && domaine.len() <= 189 && domaine.contains('.') && domaine.split('.').all(etiquette)
}

#[cfg(test)]
mod tests {
    use super::est_courriel;

    #[test]
    fn a_professional_address_is_accepted() {
        for bon in ["solveig.tarrabie@departement-82.example", "a+b@x.test", "o'neil@sous.domaine.example"] {
            assert!(est_courriel(bon), "{bon}");
        }
    }

    #[test]
    fn what_would_reach_somebody_else_or_nobody_is_refused() {
        for faux in [
            "",
            "a",
            "@x.test",
            "a@",
            "a@x",
            "a@@x.test",
            "a@x.test, b@x.test",
            "a b@x.test",
            "a@x.test\r\nBcc: b@x.test",
            "<a@x.test>",
            ".a@x.test",
            "a..b@x.test",
            "a@-x.test",
            "a@x..test",
            "é@x.test",
        ] {
            assert!(!est_courriel(faux), "{faux:?}");
        }
        assert!(!est_courriel(&format!("{}@x.test", "a".repeat(65))));
    }
}
