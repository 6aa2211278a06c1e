//! Where a page of a list begins, as an opaque text for the address: instant, urgency and id, no personal data.

use crate::error::{Kind, PageError};
use app::demande::Curseur;
use chrono::DateTime;
use data_encoding::BASE64URL_NOPAD;
use domain::ids::DemandeId;
use uuid::Uuid;

/// The text of a cursor.
#[must_use]
pub fn write(curseur: &Curseur) -> String {
    let mut bytes = vec![u8::from(curseur.urgent)];
    bytes.extend(curseur.transmise_le.timestamp_micros().to_be_bytes());
    bytes.extend(curseur.id.get().as_bytes());
    BASE64URL_NOPAD.encode(&bytes)
}

/// The cursor of a text; none without one.
///
/// # Errors
/// 400 for a text that no page of ours wrote.
pub fn read(text: Option<&str>) -> Result<Option<Curseur>, PageError> {
    text.map(|text| parse(text).ok_or_else(|| PageError::new(Kind::Malformed))).transpose()
}

fn parse(text: &str) -> Option<Curseur> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let (urgent, rest) = bytes.split_first()?;
    let (instant, id) = rest.split_at_checked(8)?;
    Some(Curseur {
        urgent: *urgent == 1,
        transmise_le: DateTime::from_timestamp_micros(i64::from_be_bytes(instant.try_into().ok()?))?,
        id: DemandeId::new(Uuid::from_slice(id).ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_from_its_text_and_nothing_else_does() {
        let curseur = Curseur {
            urgent: true,
            transmise_le: DateTime::from_timestamp_micros(1_862_000_000_123_456).unwrap(),
            id: DemandeId::new(Uuid::from_u128(42)),
        };
        assert_eq!(read(Some(&write(&curseur))).unwrap(), Some(curseur));
        assert_eq!(read(None).unwrap(), None);
        for text in ["", "a", "AAAA", "é", &"A".repeat(33), &"A".repeat(40)] {
            assert!(read(Some(text)).is_err(), "{text}");
        }
    }
}
