//! JPEG and PNG: read to their end, within limits, turned upright and written anew.

use super::{contains, head};
use domain::piece_jointe::{Refus, TAILLE_MAX, TypeFichier};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, Limits};
use std::io::Cursor;

/// Longest side, in picture elements.
const COTE: u32 = 16_000;
/// Most picture elements: a phone's photograph of 64 million passes.
const POINTS: u64 = 64_000_000;
/// Memory of one decoded picture: four bytes an element.
const MEMOIRE: u64 = POINTS * 4;
/// Qualities of a JPEG written anew, until it is small enough: letters stay sharp.
const QUALITES: [u8; 2] = [90, 75];
/// Most passes over one JPEG: programs write ten or so, and each costs a walk over the whole picture.
const PASSES: usize = 64;

/// The picture without metadata and without anything behind its end; turned as its metadata said.
pub(super) fn rewrite(octets: &[u8], kind: TypeFichier) -> Result<Vec<u8>, Refus> {
    let end = match kind {
        TypeFichier::Png => end_of_png(octets).map(|end| (end, 1)),
        _ => end_of_jpeg(octets),
    };
    let (end, passes) = end.ok_or(Refus::Abime)?;
    if passes > PASSES {
        return Err(Refus::TropGrande);
    }
    let behind = octets.get(end..).unwrap_or_default();
    // Phones put a second picture or a clip behind a JPEG: it goes. A PNG has nothing to put there.
    let foreign = kind == TypeFichier::Png && behind.iter().any(|b| *b != 0);
    if foreign || contains(head(octets), b"%PDF-") || contains(behind, b"%PDF-") {
        return Err(Refus::Polyglotte);
    }
    let image = decode(octets, kind).map_err(|e| refusal(&e))?;
    for quality in QUALITES {
        let written = encode(&image, kind, quality).map_err(|e| refusal(&e))?;
        if written.len() <= TAILLE_MAX {
            return Ok(written);
        }
        if kind == TypeFichier::Png {
            break;
        }
    }
    Err(Refus::TropLourd)
}

fn decode(octets: &[u8], kind: TypeFichier) -> Result<DynamicImage, ImageError> {
    match kind {
        TypeFichier::Png => upright(PngDecoder::with_limits(Cursor::new(octets), limits())?),
        _ => upright(JpegDecoder::new(Cursor::new(octets))?),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(COTE);
    limits.max_image_height = Some(COTE);
    limits.max_alloc = Some(MEMOIRE);
    limits
}

fn upright(mut decoder: impl ImageDecoder) -> Result<DynamicImage, ImageError> {
    decoder.set_limits(limits())?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > POINTS || decoder.total_bytes() > MEMOIRE {
        let kind = image::error::LimitErrorKind::DimensionError;
        return Err(ImageError::Limits(image::error::LimitError::from_kind(kind)));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn encode(image: &DynamicImage, kind: TypeFichier, quality: u8) -> Result<Vec<u8>, ImageError> {
    let mut written = Vec::new();
    match kind {
        TypeFichier::Png => image.write_with_encoder(PngEncoder::new(&mut written))?,
        _ => image.write_with_encoder(JpegEncoder::new_with_quality(&mut written, quality))?,
    }
    Ok(written)
}

fn refusal(error: &ImageError) -> Refus {
    if matches!(error, ImageError::Limits(_)) { Refus::TropGrande } else { Refus::Abime }
}

/// The first byte behind the last chunk of a PNG; none when it stops before.
fn end_of_png(octets: &[u8]) -> Option<usize> {
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(*octets.get(at..)?.first_chunk::<4>()?);
        let name = octets.get(at + 4..at + 8)?;
        let next = at.checked_add(12)?.checked_add(usize::try_from(length).ok()?)?;
        octets.get(at..next)?;
        if name == b"IEND" {
            return Some(next);
        }
        at = next;
    }
}

/// The first byte behind the end marker of a JPEG; none when it stops before. Segments are skipped by their length: the
/// miniature in the metadata has an end marker of its own. Gives the number of passes over the picture too.
fn end_of_jpeg(octets: &[u8]) -> Option<(usize, usize)> {
    let (mut at, mut passes) = (2, 0);
    loop {
        let [mark, code] = *octets.get(at..)?.first_chunk::<2>()?;
        match (mark, code) {
            (0xff, 0xd9) => return Some((at + 2, passes)),
            // Filling, restarts, and a byte 0xff of the picture itself.
            (0xff, 0xff) => at += 1,
            (0xff, 0x00 | 0x01 | 0xd0..=0xd7) => at += 2,
            (0xff, code) => {
                passes += usize::from(code == 0xda);
                let length = u16::from_be_bytes(*octets.get(at + 2..)?.first_chunk::<2>()?);
                at = at.checked_add(2 + usize::from(length).max(2))?;
            }
            _ => at += 1,
        }
    }
}
