//! What the forms weigh on the wire: 5 KB a page at most (ui.md), with everything a convention can ask, every field refused
//! and as many files as there may be.

use super::*;
use crate::pages::FormState;
use crate::pages::demandes::{NouvelleDemandePage, SituationPage};
use crate::pages::exemples::{assure_repris, formulaire_complet, piece};
use app::demande::Formulaire;
use app::piece_jointe::Piece;
use domain::demande::Sorte;
use domain::piece_jointe::Etat;

const LATER: usize = 5 * 1024;

fn refused() -> FormState {
    let mut form = FormState::new();
    for champ in
        ["civilite", "nom", "naissance", "departement", "motif", "mode", "objet", "etude", "documents", "pieces"]
    {
        form.refuse(champ, "Dites en quelques mots ce qu’il faut savoir, ou choisissez une réponse proposée.");
    }
    form
}

/// As many as a draft may have.
fn ten_files() -> Vec<Piece> {
    (0..10).map(|n| piece(n, &format!("Justificatif de domicile {n}.pdf"), Etat::Quarantaine, false)).collect()
}

async fn weight(page: impl Fn(&Frame) -> Response + Clone + Send + Sync + 'static) -> usize {
    let mut registry = Registry::<()>::new(config());
    let handler = move |frame: Frame| {
        let page = page.clone();
        async move { page(&frame) }
    };
    registry.add(Route::get("/", TECHNICIEN), handler).unwrap();
    let request = Request::get("/").header("accept-encoding", "gzip").header("cookie", "__Host-session=technicien");
    let router = registry.into_router().with_state(());
    let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(
        (response.status(), &response.headers()["content-encoding"]),
        (StatusCode::OK, &"gzip".parse().unwrap())
    );
    to_bytes(response.into_body(), 1 << 20).await.unwrap().len()
}

#[tokio::test]
async fn every_form_weighs_five_kilobytes_at_most() {
    for sorte in Sorte::TOUTES {
        let recents = vec![assure_repris(); 5];
        let modele = Formulaire { recents, ..formulaire_complet(sorte) };
        let first = modele.clone();
        let page = move |frame: &Frame| {
            let page = NouvelleDemandePage::new(frame, &first, first.brouillon, &refused());
            frame.ok(&page.with_pieces(&ten_files(), false))
        };
        let bytes = weight(page).await;
        assert!((1_000..=LATER).contains(&bytes), "{sorte:?}: {bytes} bytes");
        let page = move |frame: &Frame| {
            let page = SituationPage::new(frame, &modele, modele.brouillon, &refused());
            frame.ok(&page.with_pieces(&ten_files(), false))
        };
        let bytes = weight(page).await;
        assert!((1_000..=LATER).contains(&bytes), "second page: {bytes} bytes");
    }
}
