//! The files of a draft: those that are there, and the field that sends more. Also how any page lists files.

use crate::frame::Frame;
use crate::pages::composants::{
    BackLink, Button, ErrorSummary, FileInput, InsetText, PieceList, PieceRow, WarningText,
};
use crate::pages::{FormState, Page};
use app::piece_jointe::Piece;
use askama::Template;
use domain::ids::BrouillonId;
use domain::piece_jointe::Etat;

/// Field that holds the files.
pub const CHAMP: &str = "pieces";

/// Said wherever files wait although no scanner will ever look at them.
pub const SANS_ANTIVIRUS: &str = "Aucun antivirus n’est branché sur ce portail : les fichiers restent en attente d’analyse et personne ne peut les ouvrir.";

/// The files of a demande, with a link on those that may be opened.
#[must_use]
pub fn of_demande(reference: &str, pieces: &[Piece]) -> PieceList {
    let row = |p: &Piece| {
        let row = row(p);
        if p.etat.est_servie() { row.href(format!("/demandes/{reference}/pieces/{}", p.id)) } else { row }
    };
    PieceList::new(pieces.iter().map(row).collect())
}

/// The files of a draft, each with a button that takes it out.
#[must_use]
pub fn of_draft(page: &Page, id: BrouillonId, pieces: &[Piece]) -> PieceList {
    let action = format!("/brouillons/{id}/pieces/retirer");
    let row = |p: &Piece| row(p).remove(action.as_str(), p.id.to_string(), page.token_field());
    PieceList::new(pieces.iter().map(row).collect())
}

fn row(p: &Piece) -> PieceRow {
    PieceRow::new(p.nom.as_str(), p.type_fichier, p.taille, p.etat.libelle())
}

/// « Pièces jointes » of a draft.
#[derive(Template)]
#[template(path = "demandes/pieces.html")]
pub struct PiecesPage {
    page: Page,
    retour: BackLink,
    erreurs: ErrorSummary,
    refusees: Option<WarningText>,
    sans_antivirus: Option<InsetText>,
    liste: PieceList,
    champ: FileInput,
    action: String,
    envoyer: Button,
    suite: String,
}

impl PiecesPage {
    /// The draft's files; `form` holds what was refused of the last sending.
    #[must_use]
    pub fn new(frame: &Frame, id: BrouillonId, (pieces, branche): (&[Piece], bool), form: &FormState) -> Self {
        let page = Page::new(frame, "Pièces jointes").form(form);
        let draft = format!("/brouillons/{id}");
        let waits = pieces.iter().any(|p| p.etat == Etat::Quarantaine);
        let refused = pieces.iter().any(|p| !p.etat.est_gardee());
        Self {
            retour: BackLink::to("Votre demande", draft.as_str()),
            erreurs: form.summary(),
            refusees: refused.then(|| {
                WarningText::new(
                    "L’analyse antivirus a refusé un fichier : son contenu est détruit et il ne partira pas avec la demande.",
                )
            }),
            sans_antivirus: (waits && !branche).then(|| InsetText::new(SANS_ANTIVIRUS)),
            liste: of_draft(&page, id, pieces),
            champ: FileInput::new(CHAMP, "Choisir des fichiers").form(form),
            action: format!("{draft}/pieces"),
            envoyer: Button::submit("Envoyer les fichiers"),
            suite: draft,
            page,
        }
    }
}
