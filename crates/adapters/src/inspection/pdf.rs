//! PDF: every object is read; a program, a command, another file inside, a password, or bytes around it are refused.

use domain::piece_jointe::Refus;
use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object};

/// Most bytes one compressed stream of objects may hold.
const GONFLE: usize = 64 * 1024 * 1024;
/// Deepest nesting followed; the deepest true document is far below.
const PROFONDEUR: usize = 200;

/// Gives the bytes back when the document is passive and whole.
pub(super) fn check(octets: Vec<u8>) -> Result<Vec<u8>, Refus> {
    if !ends_there(&octets) {
        return Err(if last_end(&octets).is_some() { Refus::Polyglotte } else { Refus::Abime });
    }
    let document = Document::load_mem_with_options(&octets, LoadOptions::with_max_decompressed_size(GONFLE));
    let document = document.map_err(|e| refusal(&e))?;
    if document.is_encrypted() || document.was_encrypted() || document.trailer.has(b"Encrypt") {
        return Err(Refus::Chiffre);
    }
    dictionary(&document.trailer, PROFONDEUR)?;
    for object in document.objects.values() {
        passive(object, PROFONDEUR)?;
    }
    if document.get_pages().is_empty() {
        return Err(Refus::Abime);
    }
    Ok(octets)
}

fn refusal(error: &Error) -> Refus {
    match error {
        Error::Decryption(_) | Error::InvalidPassword | Error::UnsupportedSecurityHandler(_) => Refus::Chiffre,
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => Refus::TropGrande,
        _ => Refus::Abime,
    }
}

fn last_end(octets: &[u8]) -> Option<usize> {
    octets.windows(5).rposition(|w| w == b"%%EOF").map(|at| at + 5)
}

/// Whether nothing but blanks stands behind the last end.
fn ends_there(octets: &[u8]) -> bool {
    let behind = last_end(octets).and_then(|end| octets.get(end..));
    behind.is_some_and(|rest| rest.iter().all(|b| b.is_ascii_whitespace() || *b == 0))
}

fn passive(object: &Object, depth: usize) -> Result<(), Refus> {
    let depth = depth.checked_sub(1).ok_or(Refus::TropGrande)?;
    match object {
        Object::Dictionary(d) => dictionary(d, depth),
        Object::Stream(s) => dictionary(&s.dict, depth),
        Object::Array(all) => all.iter().try_for_each(|o| passive(o, depth)),
        _ => Ok(()),
    }
}

/// Names are compared as the parser gives them: it has resolved `#4A` and its like.
fn dictionary(d: &Dictionary, depth: usize) -> Result<(), Refus> {
    for (key, value) in d.iter() {
        match key.as_slice() {
            b"JS" | b"JavaScript" | b"RichMedia" | b"XFA" => return Err(Refus::Actif),
            b"EmbeddedFiles" | b"EF" => return Err(Refus::FichiersInclus),
            b"S" | b"Type" | b"Subtype" => match value.as_name() {
                Ok(b"JavaScript" | b"Launch" | b"ImportData" | b"SubmitForm" | b"RichMedia" | b"Rendition") => {
                    return Err(Refus::Actif);
                }
                Ok(b"EmbeddedFile" | b"FileAttachment" | b"GoToE") => return Err(Refus::FichiersInclus),
                _ => {}
            },
            _ => {}
        }
        passive(value, depth)?;
    }
    Ok(())
}
