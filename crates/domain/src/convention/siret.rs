//! The key of a SIRET, as far as activation needs it.

/// Whether 14 digits make a SIRET: Luhn holds on the SIREN and on the whole.
#[must_use]
pub fn siret_valide(siret: &str) -> bool {
    siret.len() == 14
        && siret.bytes().all(|b| b.is_ascii_digit())
        && !siret.bytes().all(|b| b == b'0')
        && siret.get(..9).is_some_and(luhn)
        && siret.get(9..).is_some_and(|nic| nic != "00000")
        && luhn(siret)
}

fn luhn(chiffres: &str) -> bool {
    let somme: u32 = chiffres
        .bytes()
        .rev()
        .enumerate()
        .map(|(rang, b)| {
            let chiffre = u32::from(b - b'0');
            if rang % 2 == 0 {
                chiffre
            } else {
                chiffre * 2 - if chiffre > 4 { 9 } else { 0 }
            }
        })
        .sum();
    somme.is_multiple_of(10)
}
