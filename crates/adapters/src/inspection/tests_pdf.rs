//! PDFs that cost more than they weigh: each is small, and each was enough to end the process.
//!
//! Most memory of the whole process, measured: 179 Mo with 600 000 values let through, 42 Mo where 9 Mo in clear are
//! refused. A document at the limit of one million values was not measured: some 300 Mo by the same rule.

use super::read;
use domain::piece_jointe::Refus;
use flate2::{Compression, write::ZlibEncoder};
use std::io::Write as _;

const PAGES: [&str; 3] = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
];

/// A page, then these objects from number 4 on; `places` says how many cross references each of them gets.
fn document(more: &[Vec<u8>], places: usize) -> Vec<u8> {
    let mut octets = b"%PDF-1.7\n".to_vec();
    let mut at = Vec::new();
    let pages = PAGES.iter().map(|page| page.as_bytes().to_vec());
    for (n, object) in pages.chain(more.iter().cloned()).enumerate() {
        at.extend(vec![octets.len(); if n < PAGES.len() { 1 } else { places }]);
        octets.extend(format!("{} 0 obj\n", n + 1).into_bytes());
        octets.extend(object);
        octets.extend(b"\nendobj\n");
    }
    let start = octets.len();
    octets.extend(format!("xref\n0 {}\n0000000000 65535 f \n", at.len() + 1).into_bytes());
    at.iter().for_each(|at| octets.extend(format!("{at:010} 00000 n \n").into_bytes()));
    let trailer = format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", at.len() + 1);
    octets.extend(trailer.into_bytes());
    octets
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut octets = format!("<<{dictionary}/Length {}>>stream\n", content.len()).into_bytes();
    octets.extend(content);
    octets.extend(b"\nendstream");
    octets
}

/// A compressed stream of objects: numbers and offsets, then the objects.
fn objects(table: &str, content: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(table.as_bytes()).unwrap();
    packed.write_all(content).unwrap();
    let n = table.split_whitespace().count() / 2;
    let dictionary = format!("/Type/ObjStm/N {n}/First {}/Filter/FlateDecode", table.len());
    stream(&dictionary, &packed.finish().unwrap())
}

/// An array of so many bytes.
fn zeros(bytes: usize) -> Vec<u8> {
    let mut array = b"[".to_vec();
    array.extend(b"0 ".repeat(bytes / 2));
    array.push(b']');
    array
}

fn refused(octets: Vec<u8>) -> Option<Refus> {
    read(octets).err()
}

#[test]
fn a_document_with_its_objects_in_a_stream_passes_and_what_is_in_them_is_read() {
    assert_eq!(refused(document(&[], 1)), None);
    assert_eq!(refused(document(&[objects("9 0 10 6 ", b"(one) [1 2 3]")], 1)), None);
    assert_eq!(refused(document(&[objects("9 0 ", b"<</S/Launch/F(x)>>")], 1)), Some(Refus::Actif));
    assert_eq!(refused(document(&[objects("9 0 ", b"<</S/L#61unch/F(x)>>")], 1)), Some(Refus::Actif));
    assert_eq!(refused(document(&[objects("9 0 ", &zeros(1_980_000))], 1)), None, "the largest still passes");
}

#[test]
fn objects_that_inflate_to_millions_are_refused() {
    let bomb = objects("9 0 ", &zeros(60_000_000));
    assert!(bomb.len() < 100_000);
    assert_eq!(refused(document(std::slice::from_ref(&bomb), 1)), Some(Refus::TropComplexe), "one");
    assert_eq!(refused(document(&[bomb.clone(), bomb.clone(), bomb], 1)), Some(Refus::TropComplexe), "three");
    assert_eq!(refused(document(&[objects("9 0 ", &zeros(8_000_000))], 1)), Some(Refus::TropComplexe), "8 MB");
    let half = objects("9 0 ", &zeros(1_200_000));
    assert_eq!(refused(document(std::slice::from_ref(&half), 1)), None);
    assert_eq!(refused(document(&[half.clone(), half], 1)), Some(Refus::TropComplexe), "one budget for all");
}

#[test]
fn millions_of_values_in_clear_are_refused() {
    assert_eq!(refused(document(&[zeros(9_000_000)], 1)), Some(Refus::TropComplexe));
    for glued in [&b"/"[..], b"[]", b"1+1", b".0.0", b"truenull", b"<<>>"] {
        let array = [b"[", glued.repeat(9_000_000 / glued.len()).as_slice(), b"]"].concat();
        assert_eq!(refused(document(&[array], 1)), Some(Refus::TropComplexe), "{}", String::from_utf8_lossy(glued));
    }
}

#[test]
fn objects_that_lie_in_each_other_pay_each_time() {
    let table: String = (0..2_000).map(|n| format!("{} 0 ", n + 9)).collect();
    assert_eq!(refused(document(&[objects(&table, &zeros(10_000))], 1)), Some(Refus::TropComplexe));
}

#[test]
fn one_object_named_thousands_of_times_is_refused() {
    assert_eq!(refused(document(&[zeros(20_000)], 1)), None);
    assert_eq!(refused(document(&[zeros(20_000)], 2_000)), Some(Refus::TropComplexe), "values");
    assert_eq!(refused(document(&[stream("", &[b'x'; 4_000_000])], 1)), None);
    assert_eq!(refused(document(&[stream("", &[b'x'; 4_000_000])], 2_000)), Some(Refus::TropComplexe), "bytes");
}

#[test]
fn lengths_that_lead_from_stream_to_stream_are_refused() {
    let chain: Vec<_> = (5..50_005).map(|n| format!("<</Length {n} 0 R>>stream\nendstream").into_bytes()).collect();
    assert_eq!(refused(document(&chain, 1)), Some(Refus::TropComplexe));
    let told = vec![b"<</Length 5 0 R>>stream\nabc\nendstream".to_vec(), b"3".to_vec()];
    assert_eq!(refused(document(&told, 1)), None, "a length of its own object is common");
}

#[test]
fn objects_packed_in_a_way_that_was_not_measured_are_refused() {
    for packing in ["", "/Filter/LZWDecode", "/Filter[/ASCIIHexDecode/FlateDecode]", "/Filter/Fl#61te#44ecode/First 2"]
    {
        let packed = stream(&format!("/Type/Obj#53tm/N 1/First 4{packing}"), b"9 0 [0 0]");
        assert!(refused(document(&[packed], 1)).is_some(), "{packing}");
    }
}
