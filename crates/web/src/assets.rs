//! Styles and scripts, embedded: `/static/<name>.<hash>.<ext>`, kept by browsers for ever.

use crate::error::PageError;
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use http::{HeaderMap, HeaderName};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

/// One embedded file with its compressed form.
struct Asset {
    name: &'static str,
    content_type: &'static str,
    plain: &'static [u8],
    gzip: &'static [u8],
}

macro_rules! asset {
    ($name:literal, $content_type:literal) => {
        Asset {
            name: $name,
            content_type: $content_type,
            plain: include_bytes!(concat!("../assets/", $name)),
            gzip: include_bytes!(concat!("../assets/", $name, ".gz")),
        }
    };
}

static ASSETS: [Asset; 3] = [
    asset!("espace.css", "text/css; charset=utf-8"),
    asset!("espace.js", "text/javascript; charset=utf-8"),
    asset!("favicon.svg", "image/svg+xml"),
];

/// File names with their hash, in the order of `ASSETS`.
fn hashed_names() -> &'static [String] {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    NAMES.get_or_init(|| ASSETS.iter().map(hashed_name).collect())
}

fn hashed_name(asset: &Asset) -> String {
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(asset.plain));
    let (stem, ext) = asset.name.rsplit_once('.').unwrap_or((asset.name, ""));
    format!("{stem}.{}.{ext}", digest.get(..12).unwrap_or_default())
}

/// The address of an embedded file; an unknown name gives an address that answers 404.
#[must_use]
pub fn url(name: &str) -> String {
    let known = ASSETS.iter().zip(hashed_names()).find(|(asset, _)| asset.name == name);
    format!("/static/{}", known.map_or(name, |(_, hashed)| hashed.as_str()))
}

/// Answers with the file of that hashed name, compressed where the browser takes it.
pub(crate) fn serve(file: &str, request: &HeaderMap) -> Response {
    let known = ASSETS.iter().zip(hashed_names()).find(|(_, hashed)| hashed.as_str() == file);
    let Some((asset, _)) = known else {
        return PageError::not_found().into_response();
    };
    let headers: [(HeaderName, &str); 3] = [
        (CONTENT_TYPE, asset.content_type),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (VARY, "accept-encoding"),
    ];
    if takes_gzip(request) {
        return (headers, [(CONTENT_ENCODING, "gzip")], asset.gzip).into_response();
    }
    (headers, asset.plain).into_response()
}

fn takes_gzip(request: &HeaderMap) -> bool {
    let accepted = request.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    accepted.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        words.next() == Some("gzip") && !words.any(|w| w == "q=0")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::path::Path;

    fn folder() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("assets")
    }

    #[test]
    fn every_committed_file_has_the_checksum_of_the_manifest() {
        let manifest = std::fs::read_to_string(folder().join("MANIFEST.sha256")).unwrap();
        let listed: BTreeMap<String, String> = manifest
            .lines()
            .filter_map(|line| line.split_once("  "))
            .map(|(sum, name)| (name.to_owned(), sum.to_owned()))
            .collect();
        let mut found = BTreeMap::new();
        for entry in std::fs::read_dir(folder()).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name != "MANIFEST.sha256" {
                let digest = Sha256::digest(std::fs::read(&path).unwrap());
                found.insert(name, data_encoding::HEXLOWER.encode(&digest));
            }
        }
        assert_eq!(found, listed, "run scripts/refresh-assets and commit its output");
    }

    #[test]
    fn nothing_of_the_british_government_and_no_outside_address_is_left() {
        for asset in &ASSETS {
            let text = std::str::from_utf8(asset.plain).unwrap();
            for word in ["GDS Transport", "crest", "innerHTML", "eval(", "@import", "url("] {
                assert!(!text.contains(word), "{} contains {word}", asset.name);
            }
            let without = text
                .replace("[href^=\"http://\"]", "")
                .replace("[href^=\"https://\"]", "")
                .replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
            assert!(!without.contains("://"), "{} names an outside address", asset.name);
        }
    }

    #[test]
    fn the_first_load_stays_under_40_kilobytes_and_6_requests() {
        let total: usize = ASSETS.iter().map(|asset| asset.gzip.len()).sum();
        assert!(total < 35_000, "{total} bytes leave no room for the page");
        assert!(ASSETS.len() < 6);
    }

    #[test]
    fn our_own_modules_stay_under_11_kilobytes_as_they_are_written() {
        let modules = folder().join("../../../scripts/assets/modules");
        let sizes = std::fs::read_dir(modules).unwrap().map(|e| e.unwrap().metadata().unwrap().len());
        assert!(sizes.sum::<u64>() < 11 * 1_024);
    }

    #[test]
    fn an_unknown_or_unhashed_name_is_not_served() {
        let status = |name: &str| serve(name, &HeaderMap::new()).status();
        assert_eq!(status("espace.css"), http::StatusCode::NOT_FOUND);
        assert_eq!(status(url("espace.css").trim_start_matches("/static/")), http::StatusCode::OK);
    }

    #[test]
    fn gzip_is_served_only_to_who_takes_it() {
        let file = url("espace.js").trim_start_matches("/static/").to_owned();
        let with = |value: &'static str| {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, value.parse().unwrap())]);
            serve(&file, &headers).headers().contains_key(CONTENT_ENCODING)
        };
        assert!(with("br, gzip"));
        assert!(!with("br"));
        assert!(!with("gzip;q=0"));
    }
}
