//! Files that pass and files that do not, each made here.

use super::*;
use ::image::codecs::jpeg::JpegEncoder;
use ::image::codecs::png::PngEncoder;
use ::image::{DynamicImage, GenericImageView, RgbImage};
use lopdf::{Document, Object, dictionary};

fn picture() -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(48, 32, |x, y| ::image::Rgb([(x * 5) as u8, (y * 7) as u8, 90])))
}

fn png() -> Vec<u8> {
    let mut octets = Vec::new();
    picture().write_with_encoder(PngEncoder::new(&mut octets)).unwrap();
    octets
}

fn jpeg() -> Vec<u8> {
    let mut octets = Vec::new();
    picture().write_with_encoder(JpegEncoder::new_with_quality(&mut octets, 90)).unwrap();
    octets
}

/// Metadata of a camera: turned by a quarter, and where it was taken.
fn exif() -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    tiff.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
    tiff.extend(b"GPSLatitude 48.8566N GPSLongitude 2.3522E");
    let mut segment = b"\xff\xe1".to_vec();
    segment.extend(u16::try_from(tiff.len() + 2).unwrap().to_be_bytes());
    segment.extend(tiff);
    segment
}

/// One page; `catalog` adds to its root.
fn pdf(catalog: impl FnOnce(&mut Document, &mut lopdf::Dictionary)) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(tree));
    let mut root = dictionary! { "Type" => "Catalog", "Pages" => pages };
    catalog(&mut document, &mut root);
    let root = document.add_object(root);
    document.trailer.set("Root", root);
    let mut octets = Vec::new();
    document.save_to(&mut octets).unwrap();
    octets
}

fn plain_pdf() -> Vec<u8> {
    pdf(|_, _| {})
}

fn refused(octets: Vec<u8>) -> Option<Refus> {
    read(octets).err()
}

#[test]
fn each_kind_passes_and_is_told_by_its_content() {
    assert_eq!(read(plain_pdf()).unwrap().type_fichier, TypeFichier::Pdf);
    assert_eq!(read(png()).unwrap().type_fichier, TypeFichier::Png);
    assert_eq!(read(jpeg()).unwrap().type_fichier, TypeFichier::Jpeg);
    assert_eq!(read(plain_pdf()).unwrap().octets, plain_pdf(), "a PDF is kept as it came");
}

#[test]
fn where_a_photograph_was_taken_is_gone_and_it_stands_upright() {
    let plain = jpeg();
    let mut sent = plain[..2].to_vec();
    sent.extend(exif());
    sent.extend(&plain[2..]);
    assert!(contains(&sent, b"GPSLatitude"));
    let kept = read(sent).unwrap().octets;
    assert!(!contains(&kept, b"GPSLatitude") && !contains(&kept, b"Exif"));
    let image = ::image::load_from_memory(&kept).unwrap();
    assert_eq!(image.dimensions(), (32, 48), "turned by a quarter, as its metadata asked");
}

#[test]
fn text_hidden_in_a_png_is_gone() {
    let plain = png();
    let mut sent = plain[..33].to_vec();
    let text = b"tEXtAuthor\0GPS 48.8566";
    sent.extend(u32::try_from(text.len() - 4).unwrap().to_be_bytes());
    sent.extend(text);
    sent.extend([0; 4]);
    sent.extend(&plain[33..]);
    // A wrong checksum of a chunk that is not needed is no reason to refuse; either way the text does not stay.
    if let Ok(kept) = read(sent) {
        assert!(!contains(&kept.octets, b"48.8566"));
    }
}

#[test]
fn what_is_no_kind_of_ours_is_refused_whatever_its_name() {
    for octets in [&b"<html><script>"[..], b"MZ\x90\0", b"PK\x03\x04 docx", b"GIF89a", b"bonjour"] {
        assert_eq!(refused(octets.to_vec()), Some(Refus::TypeInconnu));
    }
    assert_eq!(refused(Vec::new()), Some(Refus::Vide));
}

#[test]
fn one_byte_over_the_limit_is_refused_and_the_limit_is_not() {
    use domain::piece_jointe::TAILLE_MAX;
    let filled = |length: usize| {
        let mut octets = plain_pdf();
        octets.resize(length, b'\n');
        octets
    };
    assert_eq!(refused(filled(TAILLE_MAX)), None);
    assert_eq!(refused(filled(TAILLE_MAX + 1)), Some(Refus::TropLourd));
}

#[test]
fn a_file_that_stops_half_way_is_refused() {
    for whole in [jpeg(), png(), plain_pdf()] {
        let half = whole[..whole.len() / 2].to_vec();
        assert_eq!(refused(half), Some(Refus::Abime));
    }
    let whole = jpeg();
    assert_eq!(refused(whole[..whole.len() - 2].to_vec()), Some(Refus::Abime), "only its end marker is missing");
}

#[test]
fn a_file_that_is_also_another_one_is_refused() {
    let zip = b"PK\x03\x04 . PK\x01\x02 . PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    for first in [png(), jpeg(), plain_pdf()] {
        assert_eq!(refused([first, zip.to_vec()].concat()), Some(Refus::Polyglotte), "an archive behind it");
    }
    assert_eq!(refused([png(), plain_pdf()].concat()), Some(Refus::Polyglotte), "a document behind a picture");
    assert_eq!(refused([jpeg(), plain_pdf()].concat()), Some(Refus::Polyglotte));
    assert_eq!(refused([b"<html>".to_vec(), plain_pdf()].concat()), Some(Refus::Polyglotte), "a page before it");
    assert_eq!(refused([plain_pdf(), b"<script>".to_vec()].concat()), Some(Refus::Polyglotte), "a page behind it");
    assert_eq!(refused([plain_pdf(), b"\r\n\0\n".to_vec()].concat()), None, "blanks are nothing");
}

#[test]
fn a_phone_s_second_picture_goes_and_the_first_stays() {
    let kept = read([jpeg(), jpeg()].concat()).unwrap().octets;
    assert_eq!(kept.windows(2).filter(|w| *w == b"\xff\xd8").count(), 1);
}

#[test]
fn a_pdf_with_a_program_a_command_or_a_file_in_it_is_refused() {
    let script = |d: &mut Document, root: &mut lopdf::Dictionary| {
        let action = d.add_object(dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") });
        root.set("OpenAction", action);
    };
    assert_eq!(refused(pdf(script)), Some(Refus::Actif));
    let launch = |_: &mut Document, root: &mut lopdf::Dictionary| {
        root.set("OpenAction", dictionary! { "Type" => "Action", "S" => "Launch", "F" => Object::string_literal("x") });
    };
    assert_eq!(refused(pdf(launch)), Some(Refus::Actif));
    let inside = |d: &mut Document, root: &mut lopdf::Dictionary| {
        let file = d.add_object(lopdf::Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"MZ".to_vec()));
        let names = dictionary! { "Names" => vec![Object::string_literal("a"), file.into()] };
        root.set("Names", dictionary! { "EmbeddedFiles" => names });
    };
    assert_eq!(refused(pdf(inside)), Some(Refus::FichiersInclus));
    let jump = |_: &mut Document, root: &mut lopdf::Dictionary| {
        root.set("OpenAction", dictionary! { "S" => "GoTo", "D" => vec![0.into(), "Fit".into()] });
    };
    assert_eq!(refused(pdf(jump)), None, "opening at a page is no program");
}

#[test]
fn a_program_whose_name_is_written_in_digits_is_found() {
    let octets = pdf(|_, root| root.set("OpenAction", dictionary! { "S" => "JaXaScript" }));
    let at = octets.windows(10).position(|w| w == b"JaXaScript").unwrap();
    let mut written = octets[..at].to_vec();
    written.extend(b"Ja#76aScript");
    written.extend(&octets[at + 10..]);
    assert_eq!(refused(written), Some(Refus::Actif));
}

#[test]
fn a_pdf_with_a_password_is_refused() {
    let encrypted = pdf(|d, _| d.trailer.set("Encrypt", dictionary! { "Filter" => "Standard", "V" => 1, "R" => 2 }));
    assert_eq!(refused(encrypted), Some(Refus::Chiffre));
}

#[test]
fn a_picture_larger_than_is_opened_is_refused_before_it_is() {
    // Only the head tells its size: nothing of that size is ever read.
    let mut huge = png();
    huge[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    huge[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    let checksum = crc(&huge[12..29]);
    huge[29..33].copy_from_slice(&checksum.to_be_bytes());
    assert_eq!(refused(huge), Some(Refus::TropGrande));
}

fn crc(octets: &[u8]) -> u32 {
    let step = |c: u32, b: &u8| {
        (0..8).fold(c ^ u32::from(*b), |c, _| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 })
    };
    !octets.iter().fold(u32::MAX, step)
}

#[test]
fn a_picture_that_weighs_more_once_written_anew_is_written_smaller_or_refused() {
    let mut seed = 1_u32;
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    let image =
        DynamicImage::ImageRgb8(RgbImage::from_fn(2600, 2600, |_, _| ::image::Rgb([noise(), noise(), noise()])));
    let mut small = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut small, 40)).unwrap();
    assert!(small.len() <= domain::piece_jointe::TAILLE_MAX);
    match read(small) {
        Ok(kept) => assert!(kept.octets.len() <= domain::piece_jointe::TAILLE_MAX),
        Err(refus) => assert_eq!(refus, Refus::TropLourd),
    }
}

#[test]
fn a_picture_of_thousands_of_passes_is_refused() {
    let plain = jpeg();
    let pass = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00";
    let end = plain.len() - 2;
    let sent = [&plain[..end], pass.repeat(65).as_slice(), &plain[end..]].concat();
    assert_eq!(refused(sent), Some(Refus::TropGrande));
}

#[tokio::test]
async fn a_place_is_taken_until_its_thread_ends_even_when_nobody_waits() {
    let inspecteur = Inspecteur::new(1);
    let mut first = Box::pin(inspecteur.inspect(png()));
    // Asked once, so that its thread starts, then given up.
    std::future::poll_fn(|cx| {
        let _ = first.as_mut().poll(cx);
        std::task::Poll::Ready(())
    })
    .await;
    let taken = inspecteur.places.available_permits();
    drop(first);
    assert_eq!((taken, Arc::strong_count(&inspecteur.places) > 1), (0, true), "the thread holds its place by itself");
    assert!(inspecteur.inspect(png()).await.is_ok(), "and gives it back");
}

#[tokio::test]
async fn the_port_tells_the_reason() {
    let refused = Inspecteur::default().inspect(b"bonjour".to_vec()).await;
    assert!(matches!(refused, Err(InspectError::Refus(Refus::TypeInconnu))));
    assert!(Inspecteur::new(0).inspect(png()).await.is_ok(), "there is always one place");
}
