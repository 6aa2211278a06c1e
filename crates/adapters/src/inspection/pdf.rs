//! PDF: every object is read; a program, a command, another file inside, a password, or bytes around it are refused.

use super::lexique::Budget;
use super::mesure;
use domain::piece_jointe::Refus;
use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, ObjectId};
use std::cell::RefCell;
use std::panic;

/// Most bytes one compressed stream of objects may hold; all of them together were measured before.
const GONFLE: usize = 8 * 1024 * 1024;
/// Deepest nesting followed; the deepest true document is far below.
const PROFONDEUR: usize = 200;

thread_local! {
    /// What the document that is read on this thread may still cost. The parser's hook carries no state.
    static RESTE: RefCell<Budget> = const { RefCell::new(Budget::new(0)) };
}

/// Gives the bytes back when the document is passive and whole.
///
/// What the costliest documents take is in `tests_pdf.rs`.
pub(super) fn check(octets: Vec<u8>) -> Result<Vec<u8>, Refus> {
    if !ends_there(&octets) {
        return Err(if last_end(&octets).is_some() { Refus::Polyglotte } else { Refus::Abime });
    }
    mesure::check(&octets)?;
    let mut document = load(&octets, false)?;
    if document.get_pages().is_empty() {
        // Read by its objects, as programs do, when what says where they stand is wrong.
        document = load(&octets, true)?;
    }
    if document.is_encrypted() || document.was_encrypted() || document.trailer.has(b"Encrypt") {
        return Err(Refus::Chiffre);
    }
    dictionary(&document.trailer, PROFONDEUR, &mut Budget::new(mesure::MORCEAUX))?;
    if document.get_pages().is_empty() {
        return Err(Refus::Abime);
    }
    Ok(octets)
}

/// Reads the document; each object passes [`kept`] as soon as it is parsed.
fn load(octets: &[u8], by_objects: bool) -> Result<Document, Refus> {
    RESTE.set(Budget::new(mesure::MORCEAUX));
    let options = LoadOptions {
        filter: Some(kept),
        max_decompressed_size: Some(GONFLE),
        force_reconstruct: by_objects,
        ..LoadOptions::default()
    };
    let read = panic::catch_unwind(|| Document::load_mem_with_options(octets, options));
    match read {
        Ok(document) => document.map_err(|e| refusal(&e)),
        Err(told) => match told.downcast::<Refus>() {
            Ok(refus) => Err(*refus),
            Err(other) => panic::resume_unwind(other),
        },
    }
}

/// Refuses what is not passive, and the same object read again and again; lets go of what streams hold. The parser has
/// no other way to be stopped than to be unwound.
fn kept(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let checked = RESTE.with_borrow_mut(|reste| passive(object, PROFONDEUR, reste));
    if let Err(refus) = checked {
        panic::resume_unwind(Box::new(refus));
    }
    if let Object::Stream(stream) = object
        && !stream.dict.has_type(b"ObjStm")
    {
        *object = Object::Dictionary(std::mem::take(&mut stream.dict));
    }
    Some((id, object.clone()))
}

fn refusal(error: &Error) -> Refus {
    match error {
        Error::Decryption(_) | Error::InvalidPassword | Error::UnsupportedSecurityHandler(_) => Refus::Chiffre,
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => Refus::TropComplexe,
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

fn passive(object: &Object, depth: usize, reste: &mut Budget) -> Result<(), Refus> {
    let depth = depth.checked_sub(1).ok_or(Refus::TropComplexe)?;
    reste.take(1)?;
    match object {
        Object::Dictionary(d) => dictionary(d, depth, reste),
        Object::Stream(s) => {
            reste.take(s.content.len() / 4096)?;
            dictionary(&s.dict, depth, reste)
        }
        Object::Array(all) => all.iter().try_for_each(|o| passive(o, depth, reste)),
        _ => Ok(()),
    }
}

/// Names are compared as the parser gives them: it has resolved `#4A` and its like.
fn dictionary(d: &Dictionary, depth: usize, reste: &mut Budget) -> Result<(), Refus> {
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
        passive(value, depth, reste)?;
    }
    Ok(())
}
