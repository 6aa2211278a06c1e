//! What the forms weigh on the wire, with everything a convention can ask: 5 KB a page at most as it is first shown (ui.md),
//! and half a kilobyte more with fields refused and as many files as there may be.

use super::*;
use crate::pages::FormState;
use crate::pages::demandes::{NouvelleDemandePage, SituationPage};
use crate::pages::exemples::{assure_repris, formulaire_complet, piece};
use app::demande::Formulaire;
use app::piece_jointe::Piece;
use domain::demande::Sorte;
use domain::piece_jointe::Etat;

const FIRST: usize = 5 * 1024;
const LATER: usize = FIRST + 512;

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

/// The pages of a form, each with its weight.
async fn weights(sorte: Sorte, form: FormState, files: Vec<Piece>) -> [usize; 2] {
    let modele = Formulaire { recents: vec![assure_repris(); 5], ..formulaire_complet(sorte) };
    let (first, state, pieces) = (modele.clone(), form.clone(), files.clone());
    let page = move |frame: &Frame| {
        let page = NouvelleDemandePage::new(frame, &first, first.brouillon, &state);
        frame.ok(&page.with_pieces(&pieces, false))
    };
    let second = move |frame: &Frame| {
        let page = SituationPage::new(frame, &modele, modele.brouillon, &form);
        frame.ok(&page.with_pieces(&files, false))
    };
    [weight(page).await, weight(second).await]
}

#[tokio::test]
async fn every_form_weighs_five_kilobytes_at_most_as_it_is_first_shown() {
    for sorte in Sorte::TOUTES {
        let bytes = weights(sorte, FormState::new(), Vec::new()).await;
        assert!(bytes.iter().all(|b| (1_000..=FIRST).contains(b)), "{sorte:?}: {bytes:?} bytes");
    }
}

#[tokio::test]
async fn a_refused_form_with_ten_files_weighs_half_a_kilobyte_more_at_most() {
    for sorte in Sorte::TOUTES {
        let bytes = weights(sorte, refused(), ten_files()).await;
        assert!(bytes.iter().all(|b| (1_000..=LATER).contains(b)), "{sorte:?}: {bytes:?} bytes");
    }
}
