//! What a sealed value, a wrapped key and a blind value promise (architecture, point 15).
#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use proptest::prelude::*;
use uuid::Uuid;
use vault::{DataKey, Keyring, MasterKey, Place, Scope, ScopeKey, VaultError, hash_token};

const CAISSE: Scope = Scope::Caisse(Uuid::from_u128(1));

fn ring(byte: u8) -> Keyring {
    Keyring::new(MasterKey::from_bytes([byte; 32]))
}

fn key(ring: &Keyring, scope: Scope) -> Arc<ScopeKey> {
    ring.unlock(scope, &ring.generate(scope).unwrap()).unwrap();
    ring.key(scope).unwrap()
}

fn place() -> Place<'static> {
    Place { table: "demande", column: "identite", row: Uuid::from_u128(7) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_sealed_value_opens_at_its_place(plain in proptest::collection::vec(any::<u8>(), 0..400)) {
        let key = key(&ring(3), CAISSE);
        let sealed = key.seal(&place(), &plain).unwrap();
        prop_assert_eq!(sealed.len(), plain.len() + 41);
        prop_assert_eq!(key.open(&place(), &sealed).unwrap().to_vec(), plain);
    }

    #[test]
    fn a_flipped_bit_anywhere_is_refused(plain in proptest::collection::vec(any::<u8>(), 0..100), at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let key = key(&ring(3), CAISSE);
        let mut sealed = key.seal(&place(), &plain).unwrap();
        let at = at.index(sealed.len());
        sealed[at] ^= 1 << bit;
        prop_assert!(key.open(&place(), &sealed).is_err());
    }

    #[test]
    fn a_cut_value_is_refused(plain in proptest::collection::vec(any::<u8>(), 0..60), at in any::<prop::sample::Index>()) {
        let key = key(&ring(3), CAISSE);
        let sealed = key.seal(&place(), &plain).unwrap();
        prop_assert!(key.open(&place(), &sealed[..at.index(sealed.len())]).is_err());
    }

    #[test]
    fn a_value_moved_elsewhere_is_refused(table in "[a-z]{1,8}", column in "[a-z]{1,8}", row in any::<u128>()) {
        let key = key(&ring(3), CAISSE);
        let sealed = key.seal(&place(), b"texte").unwrap();
        let moved = Place { table: &table, column: &column, row: Uuid::from_u128(row) };
        prop_assume!(moved != place());
        prop_assert_eq!(key.open(&moved, &sealed).unwrap_err(), VaultError::Unreadable);
    }

    #[test]
    fn blind_values_agree_only_for_the_same_purpose_and_value(a in ".{0,12}", b in ".{0,12}", c in ".{0,12}", d in ".{0,12}") {
        let key = key(&ring(3), CAISSE);
        prop_assert_eq!(key.blind(&a, &b) == key.blind(&c, &d), (&a, &b) == (&c, &d));
    }

    #[test]
    fn no_text_but_a_key_is_read_as_a_master_key(text in "[ -~]{0,70}") {
        prop_assume!(text.trim().len() < 43);
        prop_assert_eq!(MasterKey::parse(&text).unwrap_err(), VaultError::MasterKeyFormat);
    }
}

#[test]
fn each_part_of_the_place_binds_the_value_alone() {
    let key = key(&ring(3), CAISSE);
    let sealed = key.seal(&place(), b"texte").unwrap();
    let moved = [
        Place { table: "message", ..place() },
        Place { column: "texte", ..place() },
        Place { row: Uuid::from_u128(8), ..place() },
        // The same letters, parted elsewhere.
        Place { table: "demandei", column: "dentite", ..place() },
    ];
    for place in moved {
        assert_eq!(key.open(&place, &sealed).unwrap_err(), VaultError::Unreadable, "{place:?}");
    }
}

#[test]
fn a_value_of_one_scope_does_not_open_in_another() {
    let ring = ring(3);
    let sealed = key(&ring, CAISSE).seal(&place(), b"texte").unwrap();
    for other in [Scope::Comptes, Scope::Caisse(Uuid::from_u128(2)), Scope::Caisse(Uuid::nil())] {
        assert!(key(&ring, other).open(&place(), &sealed).is_err(), "{other:?}");
    }
}

#[test]
fn sealing_twice_gives_different_bytes() {
    let key = key(&ring(3), CAISSE);
    assert_ne!(key.seal(&place(), b"texte").unwrap(), key.seal(&place(), b"texte").unwrap());
}

#[test]
fn a_later_format_is_named() {
    let key = key(&ring(3), CAISSE);
    let mut sealed = key.seal(&place(), b"texte").unwrap();
    sealed[0] = 9;
    assert_eq!(key.open(&place(), &sealed).unwrap_err(), VaultError::UnknownFormat(9));
}

#[test]
fn a_wrong_master_key_is_refused() {
    let (right, wrong) = (ring(3), ring(4));
    let wrapped = right.generate(CAISSE).unwrap();
    assert!(right.accepts(&ring(3).check_value()));
    assert!(!wrong.accepts(&right.check_value()));
    assert!(!right.accepts(&[]) && !right.accepts(&right.check_value()[..31]));
    assert_eq!(wrong.unlock(CAISSE, &wrapped).unwrap_err(), VaultError::Unreadable);
    assert!(wrong.key(CAISSE).is_none());
}

#[test]
fn a_wrapped_key_unlocks_its_own_scope_only() {
    let ring = ring(3);
    let wrapped = ring.generate(CAISSE).unwrap();
    assert!(ring.key(CAISSE).is_none(), "generating must not unlock");
    assert_eq!(ring.unlock(Scope::Caisse(Uuid::from_u128(2)), &wrapped).unwrap_err(), VaultError::Unreadable);
    assert_eq!(ring.unlock(Scope::Comptes, &wrapped).unwrap_err(), VaultError::Unreadable);
    ring.unlock(CAISSE, &wrapped).unwrap();
    assert_eq!(ring.key(CAISSE).unwrap().scope(), CAISSE);
}

#[test]
fn a_key_unlocked_by_another_process_reads_the_same_values() {
    let (first, second) = (ring(3), ring(3));
    let wrapped = first.generate(CAISSE).unwrap();
    first.unlock(CAISSE, &wrapped).unwrap();
    second.unlock(CAISSE, &wrapped).unwrap();
    let (first, second) = (first.key(CAISSE).unwrap(), second.key(CAISSE).unwrap());
    let sealed = first.seal(&place(), b"texte").unwrap();
    assert_eq!(second.open(&place(), &sealed).unwrap().as_slice(), b"texte");
    assert_eq!(first.blind("nom", "carpentier"), second.blind("nom", "carpentier"));
}

#[test]
fn letters_do_not_slip_from_the_purpose_into_the_value() {
    let key = key(&ring(3), CAISSE);
    assert_ne!(key.blind("nom", "a"), key.blind("no", "ma"));
}

#[test]
fn blind_values_of_two_scopes_are_unrelated() {
    let ring = ring(3);
    assert_ne!(key(&ring, CAISSE).blind("nom", "carpentier"), key(&ring, Scope::Comptes).blind("nom", "carpentier"));
}

#[test]
fn a_signature_holds_for_its_purpose_message_and_master_key() {
    let mac = ring(3).mac("formulaire");
    let signature = mac.sign(b"message");
    assert!(ring(3).mac("formulaire").verify(b"message", &signature));
    assert!(!mac.verify(b"messagf", &signature));
    assert!(!mac.verify(b"message", &signature[..16]));
    assert!(!ring(3).mac("recherche").verify(b"message", &signature));
    assert!(!ring(4).mac("formulaire").verify(b"message", &signature));
}

#[test]
fn a_master_key_is_read_from_hexadecimal_and_base64() {
    let bytes: [u8; 32] = std::array::from_fn(|i| 255 - (i as u8) * 3);
    let check = Keyring::new(MasterKey::from_bytes(bytes)).check_value();
    let hex = MasterKey::from_bytes(bytes).to_hex();
    let upper = hex.to_uppercase();
    let base64 = data_encoding::BASE64.encode(&bytes);
    let url = data_encoding::BASE64URL_NOPAD.encode(&bytes);
    for text in [hex.as_str(), &upper, &base64, &url, &format!(" {base64}\n")] {
        assert!(Keyring::new(MasterKey::parse(text).unwrap()).accepts(&check), "{text}");
    }
}

#[test]
fn a_placeholder_or_a_key_of_another_length_is_refused() {
    assert_eq!(MasterKey::parse(&"0".repeat(64)).unwrap_err(), VaultError::MasterKeyWeak);
    assert_eq!(MasterKey::parse(&"ab".repeat(32)).unwrap_err(), VaultError::MasterKeyWeak);
    for text in ["", "abcd", &"0123456789abcdef".repeat(3), &"0123456789abcdef".repeat(5), &"g".repeat(64)] {
        assert_eq!(MasterKey::parse(text).unwrap_err(), VaultError::MasterKeyFormat, "{text}");
    }
}

#[test]
fn generated_master_keys_differ() {
    assert_ne!(MasterKey::generate().unwrap().to_hex(), MasterKey::generate().unwrap().to_hex());
}

#[test]
fn debug_shows_no_secret() {
    let ring = ring(0xAB);
    let key = key(&ring, CAISSE);
    assert_eq!(format!("{:?}", MasterKey::from_bytes([0xAB; 32])), "MasterKey(secret)");
    assert_eq!(format!("{ring:?} {:?}", ring.mac("x")), "Keyring(secret) Mac(secret)");
    assert_eq!(format!("{key:?}"), "ScopeKey(Caisse(00000000-0000-0000-0000-000000000001), secret)");
}

#[test]
fn a_token_hash_is_sha_256() {
    assert_eq!(
        data_encoding::HEXLOWER.encode(&hash_token(b"abc")),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[test]
fn the_key_of_a_file_opens_for_its_row_its_scope_and_its_file_only() {
    let ring = Keyring::new(MasterKey::from_bytes([9; 32]));
    let unlocked = |scope| {
        let wrapped = ring.generate(scope).unwrap();
        ring.unwrap_key(scope, &wrapped).unwrap()
    };
    let (caisse, comptes) = (unlocked(Scope::Caisse(Uuid::nil())), unlocked(Scope::Comptes));
    let (row, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let place = |row| Place { table: "piece_jointe", column: "cle", row };
    let key = DataKey::generate().unwrap();
    let wrapped = key.wrap(&caisse, &place(row)).unwrap();
    assert!(DataKey::unwrap(&caisse, &place(other), &wrapped).is_err());
    assert!(DataKey::unwrap(&comptes, &place(row), &wrapped).is_err());
    let again = DataKey::unwrap(&caisse, &place(row), &wrapped).unwrap();
    let sealed = key.seal(row, b"attestation").unwrap();
    assert_eq!(&**again.open(row, &sealed).unwrap(), b"attestation");
    assert_eq!(again.open(other, &sealed).unwrap_err(), VaultError::Unreadable);
    assert_eq!(DataKey::generate().unwrap().open(row, &sealed).unwrap_err(), VaultError::Unreadable);
    assert!(!sealed.windows(5).any(|w| w == b"attes") && format!("{key:?}") == "DataKey(secret)");
}
