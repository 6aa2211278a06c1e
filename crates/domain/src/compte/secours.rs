//! Recovery codes: ten, shown once, each works once when the phone is lost.

/// How many are given.
pub const NOMBRE: usize = 10;

/// Signs without those that look alike.
const SIGNES: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code made of twelve random bytes: three groups of four signs, 60 random bits.
#[must_use]
pub fn code(hasard: &[u8; 12]) -> String {
    let signe = |octet: &u8| SIGNES.get(usize::from(octet % 32)).map_or('0', |s| char::from(*s));
    hasard.chunks(4).map(|groupe| groupe.iter().map(signe).collect::<String>()).collect::<Vec<_>>().join("-")
}

/// The compared form of a typed code: no spaces nor hyphens, capitals, look-alikes undone. `None` when no code can
/// look like this.
#[must_use]
pub fn compare(saisi: &str) -> Option<String> {
    let signes: String = saisi
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .take(13)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            autre => autre,
        })
        .collect();
    let admis = |c: char| u8::try_from(c).is_ok_and(|octet| SIGNES.contains(&octet));
    (signes.chars().count() == 12 && signes.chars().all(admis)).then_some(signes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn look_alikes_and_spaces_are_forgiven_and_other_texts_are_not_codes() {
        assert_eq!(compare(" o1il-abcd efgh "), Some("0111ABCDEFGH".to_owned()));
        for faux in ["", "123456", "0000-0000-000U", "0000-0000-00000", "0000-0000-000é"] {
            assert_eq!(compare(faux), None, "{faux}");
        }
    }

    proptest! {
        #[test]
        fn a_code_is_three_groups_of_four_and_is_read_back(hasard: [u8; 12]) {
            let code = code(&hasard);
            prop_assert_eq!(code.len(), 14);
            prop_assert_eq!(compare(&code.to_lowercase()), Some(code.replace('-', "")));
        }

        #[test]
        fn two_draws_that_differ_in_their_low_bits_give_two_codes(hasard: [u8; 12], ou in 0..12usize) {
            let mut autre = hasard;
            autre[ou] ^= 1;
            prop_assert_ne!(code(&hasard), code(&autre));
        }
    }
}
