//! Embedded files and the pages of the footer.

use crate::assets;
use crate::frame::Frame;
use crate::pages::{
    AccessibilitePage, AidePage, CguPage, DonneesPersonnellesPage, EtatDuServicePage, MentionsLegalesPage,
    PlanDuSitePage,
};
use crate::registry::{Access, Objet, Registry, RegistryError, Route};
use axum::extract::Path;
use axum::response::Response;
use http::HeaderMap;

pub(super) fn declare<S: Clone + Send + Sync + 'static>(registry: &mut Registry<S>) -> Result<(), RegistryError> {
    let file = Route::get("/static/{fichier}", Access::Static).objet(Objet::Fichier);
    registry.add(file, serve_file)?;
    let page = |path| Route::get(path, Access::Public);
    registry.add(page("/accessibilite"), |f: Frame| async move { f.ok(&AccessibilitePage::new(&f)) })?;
    registry.add(page("/mentions-legales"), |f: Frame| async move { f.ok(&MentionsLegalesPage::new(&f)) })?;
    registry.add(page("/donnees-personnelles"), |f: Frame| async move { f.ok(&DonneesPersonnellesPage::new(&f)) })?;
    registry.add(page("/cgu"), |f: Frame| async move { f.ok(&CguPage::new(&f)) })?;
    registry.add(page("/plan-du-site"), |f: Frame| async move { f.ok(&PlanDuSitePage::new(&f)) })?;
    registry.add(page("/aide"), |f: Frame| async move { f.ok(&AidePage::new(&f)) })?;
    registry.add(page("/etat-du-service"), |f: Frame| async move { f.ok(&EtatDuServicePage::new(&f)) })
}

async fn serve_file(Path(file): Path<String>, headers: HeaderMap) -> Response {
    assets::serve(&file, &headers)
}
