//! The files of a draft: those that are there, and the field that sends more. Also how any page lists files.

use crate::frame::Frame;
use crate::pages::composants::{
    BackLink, Button, ErrorSummary, FileInput, InsetText, PieceList, PieceRow, WarningText, size,
};
use crate::pages::{FormState, Page};
use app::piece_jointe::Piece;
use askama::Template;
use domain::ids::BrouillonId;
use domain::piece_jointe::Etat;

/// Field that holds the files.
pub const CHAMP: &str = "pieces";

/// Field of the boxes that take a file out of a draft.
pub const RETIRER: &str = "retirer";

/// Said wherever files wait although no scanner will ever look at them.
pub const SANS_ANTIVIRUS: &str = "Aucun antivirus n’est branché sur ce portail : les fichiers restent en attente d’analyse et personne ne peut les ouvrir.";

/// The files of a demande, with a link on those that may be opened; `branche` when those that wait will be analysed.
#[must_use]
pub fn of_demande<'a>(reference: &str, pieces: impl IntoIterator<Item = &'a Piece>, branche: bool) -> PieceList {
    let row = |p: &Piece| {
        let row = row(p, branche);
        if p.etat.est_servie() { row.href(format!("/demandes/{reference}/pieces/{}", p.id)) } else { row }
    };
    PieceList::new(pieces.into_iter().map(row).collect())
}

/// The files of a draft, each with a button that takes it out.
#[must_use]
pub fn of_draft(page: &Page, id: BrouillonId, pieces: &[Piece], branche: bool) -> PieceList {
    let action = format!("/brouillons/{id}/pieces/retirer");
    let row = |p: &Piece| row(p, branche).remove(action.as_str(), p.id.to_string(), page.token_field());
    PieceList::new(pieces.iter().map(row).collect())
}

/// A file as a line of text: « bail.pdf (PDF, 12 ko – En cours d’analyse) ».
#[must_use]
pub fn line(p: &Piece, branche: bool) -> String {
    format!("{} ({})", p.nom.as_str(), about(p, branche))
}

/// Kind, size and state of a file.
#[must_use]
pub fn about(p: &Piece, branche: bool) -> String {
    format!("{}, {} – {}", p.type_fichier.libelle(), size(p.taille), state(p.etat, branche))
}

/// The state in words, with the reason where nobody will ever open it.
pub(super) const fn state(etat: Etat, branche: bool) -> &'static str {
    match (etat, branche) {
        (Etat::Quarantaine, true) => "En cours d’analyse",
        (Etat::Quarantaine, false) => "En attente d’analyse : aucun antivirus n’est branché",
        (Etat::Saine, _) => "Analysé, aucun virus trouvé",
        (Etat::Infectee, _) => "Refusé : l’analyse y a trouvé un virus, son contenu est détruit",
        (Etat::Illisible, _) => "Refusé : l’analyse n’a pas pu le lire, son contenu est détruit",
    }
}

fn row(p: &Piece, branche: bool) -> PieceRow {
    PieceRow::new(p.nom.as_str(), p.type_fichier, p.taille, state(p.etat, branche))
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
            liste: of_draft(&page, id, pieces, branche),
            champ: FileInput::new(CHAMP, "Choisir des fichiers").form(form),
            action: format!("{draft}/pieces"),
            envoyer: Button::submit("Envoyer les fichiers"),
            suite: draft,
            page,
        }
    }
}
