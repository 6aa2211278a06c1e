//! Demandes: one file per intention. The technicien's side: form, draft, check, submit, lists, fiche, reply, cancel. The
//! desk's side: queue, take, ask, hold, reply, note, close, reopen.

mod ask;
mod attach;
mod cancel;
pub(crate) mod clock;
mod close;
mod depot;
mod destinataires;
mod draft;
mod filtres;
mod form;
pub(crate) mod guard;
mod hold;
mod home;
mod list;
mod note;
mod origine;
mod print;
mod queue;
mod redo;
mod reopen;
mod reply;
mod reprise;
mod review;
mod search;
mod seconde;
mod show;
mod submit;
mod take;

pub use ask::{DemandeDeComplement, ask};
pub use cancel::cancel;
pub use close::{Cloture, close};
pub use depot::{Besoin, Depot, Joindre};
pub use draft::{discard, load_draft, save_draft};
pub use filtres::{ETATS, FILTRES};
pub use form::{AssureRepris, Formulaire, OuvertA, form};
pub use hold::{hold, resume};
pub use home::{Accueil, home};
pub use list::{Cherche, Historique, Page, Question, list};
pub use note::annotate;
pub use origine::{Origine, VERSION};
pub use print::print_receipt;
pub use queue::{Compteurs, File, Vue, counters, queue};
pub use redo::cancel_and_redo;
pub use reopen::reopen;
pub use reply::{Ecrit, reply, reply_with_files};
pub use review::{Recapitulatif, review};
pub use search::{Lieu, Trouve, VALIDITE, search};
pub use show::{ComplementDemande, Echange, Fiche, NoteVue, show};
pub(crate) use show::{objet, zone_of};
pub use submit::{Recu, receipt, submit};
pub use take::{take, take_next, take_next_once, then_next};

pub(crate) use destinataires::of_structure;
pub(crate) use show::in_scope;

pub use guard::refused;
pub(crate) use guard::text as garde_texte;
pub use store::brouillon::{Brouillon, Saisie};
pub use store::caisse::{Caisse, Service};
pub use store::convention::Accord;
pub use store::demande::{
    Accuse, Contenu, Cote, Curseur, Demande, Depart, Evenement, Ligne, Message, NOMBRE_MAX, Nombres, Note, Onglet,
};
