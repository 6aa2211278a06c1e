//! Files: those of a draft, sent and taken out; those of a demande, opened.

use crate::entetes::OwnCsp;
use crate::error::{Kind, PageError};
use crate::extract::{Call, Named, NamedIn, ReceivedFiles, ReceivedForm};
use crate::pages::FormState;
use crate::pages::pieces::{CHAMP, PiecesPage};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::{READERS, TECHNICIEN, see_other};
use crate::state::{WebState, spawned};
use app::piece_jointe::{self, Jointes};
use axum::response::{IntoResponse, Response};
use domain::demande::reference::Reference;
use domain::ids::{BrouillonId, PieceJointeId};
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

/// A file is never a page: no script, no form, nothing loaded, wherever a browser shows it.
const SANDBOX: OwnCsp = OwnCsp("sandbox; default-src 'none'");

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    let draft = |route: Route| route.objet(Objet::Brouillon);
    registry.add(draft(Route::get("/brouillons/{id}/pieces", TECHNICIEN)), show)?;
    registry.add(draft(Route::post("/brouillons/{id}/pieces", TECHNICIEN)).files(CHAMP), send)?;
    registry.add(draft(Route::post("/brouillons/{id}/pieces/retirer", TECHNICIEN)), remove)?;
    let one = Route::get("/demandes/{reference}/pieces/{piece}", READERS).objet(Objet::PieceJointe);
    registry.add(one, download)
}

async fn show(call: Call, Named(id): Named<BrouillonId>) -> Result<Response, PageError> {
    page(&call, id, &FormState::new(), StatusCode::OK).await
}

async fn page(call: &Call, id: BrouillonId, form: &FormState, status: StatusCode) -> Result<Response, PageError> {
    let pieces = piece_jointe::list_of_draft(&call.ctx, &call.requete, id).await?;
    let shown = (pieces.as_slice(), call.ctx.antivirus_branche());
    Ok(call.frame.respond(status, &PiecesPage::new(&call.frame, id, shown, form)))
}

async fn send(
    call: Call,
    Named(id): Named<BrouillonId>,
    received: ReceivedForm,
    ReceivedFiles(files): ReceivedFiles,
) -> Result<Response, PageError> {
    received.only(&[], &[CHAMP])?;
    let mut form = FormState::new();
    if files.is_empty() {
        form.refuse(CHAMP, "Choisissez au moins un fichier.");
    }
    let (ctx, requete) = call.owned();
    let jointes = spawned(async move { piece_jointe::attach_to_draft(&ctx, &requete, id, files).await }).await?;
    refuse(&mut form, &jointes);
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let suite = format!("/brouillons/{id}/pieces");
    if form.has_errors() { page(&call, id, &form, status).await } else { Ok(see_other(&suite)) }
}

/// Every refused file at the field: what was accepted is there already.
fn refuse(form: &mut FormState, jointes: &Jointes) {
    if jointes.refusees.is_empty() {
        return;
    }
    let told: Vec<String> = jointes.refusees.iter().map(|r| r.at_field().message).collect();
    form.refuse(CHAMP, told.join(" "));
}

async fn remove(call: Call, Named(id): Named<BrouillonId>, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["piece"], &[])?;
    let piece: PieceJointeId = form.text("piece").parse().map_err(|_| PageError::new(Kind::Malformed))?;
    let (ctx, requete) = call.owned();
    spawned(async move { piece_jointe::detach(&ctx, &requete, id, piece).await }).await?;
    Ok(see_other(&format!("/brouillons/{id}/pieces")))
}

async fn download(
    call: Call,
    NamedIn(reference, piece): NamedIn<Reference, PieceJointeId>,
) -> Result<Response, PageError> {
    let file = piece_jointe::download(&call.ctx, &call.requete, &reference.to_string(), piece).await?;
    Ok(served(file))
}

/// A file that was found clean: a download, never a page.
pub(super) fn served(file: piece_jointe::Telechargement) -> Response {
    let headers =
        [(CONTENT_TYPE, file.type_fichier.mime().to_owned()), (CONTENT_DISPOSITION, disposition(file.nom.as_str()))];
    let mut response = (headers, file.octets).into_response();
    response.extensions_mut().insert(SANDBOX);
    response
}

/// Always a download. The name in both writings: plain for old browsers, whole for all others (RFC 6266, RFC 8187).
fn disposition(nom: &str) -> String {
    let plain: String =
        nom.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_ ".contains(c) { c } else { '_' }).collect();
    let mut whole = String::new();
    for byte in nom.bytes() {
        if byte.is_ascii_alphanumeric() || b".-_~".contains(&byte) {
            whole.push(char::from(byte));
        } else {
            whole.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_whole_and_cannot_leave_its_header() {
        assert_eq!(
            disposition("Été \"2028\";\r\n.pdf"),
            "attachment; filename=\"_t_ _2028____.pdf\"; filename*=UTF-8''%C3%89t%C3%A9%20%222028%22%3B%0D%0A.pdf"
        );
    }
}
