//! The desk's queue: tabs with counters, urgent first, then oldest (DE-4, CA-1).

use super::list::Page;
use crate::compte::load_acteur;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use domain::calendrier::Zone;
use domain::droits::{self, Acteur, Rattachement};
use store::demande::{self, Curseur, Onglet};

/// Rows on a page of the desk.
const LIGNES: u64 = 50;

/// The queue as the page shows it.
#[derive(Clone, Debug)]
pub struct File {
    /// Rows of the tab.
    pub page: Page,
    /// Rows waiting to be taken.
    pub a_prendre: u64,
    /// Rows in this agent's hands.
    pub miennes: u64,
    /// Zone of the caisse, for dates.
    pub zone: Zone,
    /// Name of the caisse.
    pub caisse: String,
}

/// Which tab is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vue {
    /// « À prendre en charge ».
    APrendre,
    /// « Mes demandes ».
    Miennes,
    /// « Traitées ».
    Traitees,
}

/// A page of the queue.
///
/// # Errors
/// [`AppError::Interdit`] unless agent or superviseur.
pub async fn queue(ctx: &Contexte, requete: &Requete, vue: Vue, apres: Option<Curseur>) -> Outcome<File> {
    let (file, entree) = {
        let tx = ctx.store.begin_read().await?;
        let compte = load_acteur(ctx, &tx, requete).await?;
        let miennes = Onglet::Miennes(compte.compte);
        let onglet = match vue {
            Vue::APrendre => Onglet::APrendre,
            Vue::Miennes => miennes,
            Vue::Traitees => Onglet::Traitees,
        };
        let Rattachement::Caisse(caisse) = compte.rattachement else {
            return Err(AppError::Interdit(droits::Refus::ActeInterdit));
        };
        let acteur = Acteur::Compte(compte);
        let portee = droits::lire_file(&acteur)?;
        let page = Page::cut(demande::file(&tx, &portee, onglet, apres, LIGNES + 1).await?, LIGNES);
        let caisse_row = store::caisse::some(&tx, &[caisse]).await?.pop();
        let caisse_row = caisse_row.ok_or_else(|| AppError::Interne(format!("caisse {caisse} missing")))?;
        let file = File {
            a_prendre: demande::compter(&tx, &portee, Onglet::APrendre).await?,
            miennes: demande::compter(&tx, &portee, miennes).await?,
            zone: caisse_row.fiche.zone,
            caisse: caisse_row.fiche.nom,
            page,
        };
        let objet = Objet { nature: "liste", id: Some("file".to_owned()), caisse: Some(caisse), partenaire: None };
        let mut entree = ctx.entree(requete, &acteur, "demande.queue", objet);
        entree.details = format!("{{\"lignes\":{}}}", file.page.lignes.len());
        (file, entree)
    };
    ctx.record(entree).await?;
    Ok(file)
}
