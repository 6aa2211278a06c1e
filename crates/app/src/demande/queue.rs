//! The desk's queue: tabs with counters, urgent first, then oldest (DE-4, CA-1).

use super::list::Page;
use crate::compte::{Vu, seen};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use chrono::{DateTime, Utc};
use domain::calendrier::Zone;
use domain::droits::{self, Acteur};
use store::demande::{self, Curseur, Nombres, Onglet};

/// Rows on a page of the desk.
const LIGNES: u64 = 50;

/// The queue as the page shows it.
#[derive(Clone, Debug)]
pub struct File {
    /// Rows of the tab.
    pub page: Page,
    /// Rows of each tab.
    pub nombres: Nombres,
    /// Zone of the caisse, for dates.
    pub zone: Zone,
    /// When it was read: « la suivante » of this page is one taken after it.
    pub lue_le: DateTime<Utc>,
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
    /// « Complément demandé ».
    EnAttente,
    /// « Traitées ».
    Traitees,
}

/// The counters of the desk's home: no row is read, nobody is named.
#[derive(Clone, Debug)]
pub struct Compteurs {
    /// Name of the caisse.
    pub caisse: String,
    /// Rows of each tab.
    pub nombres: Nombres,
    /// When they were read: « la suivante » of this page is one taken after it.
    pub lue_le: DateTime<Utc>,
}

/// The counters of the queue.
///
/// # Errors
/// [`AppError::Interdit`] unless agent or superviseur.
pub async fn counters(ctx: &Contexte, requete: &Requete) -> Outcome<Compteurs> {
    let tx = ctx.store.begin_read().await?;
    let vu = seen(ctx, &tx, requete).await?;
    let portee = droits::lire_file(&Acteur::Compte(vu.acteur.clone()))?;
    let caisse = caisse_of(&vu)?;
    let nombres = demande::nombres(&tx, &portee, vu.acteur.compte).await?;
    Ok(Compteurs { lue_le: ctx.now(), caisse: caisse.fiche.nom.clone(), nombres })
}

/// The caisse of somebody at the desk.
fn caisse_of(vu: &Vu) -> Outcome<&store::caisse::Caisse> {
    vu.caisses.first().ok_or(AppError::Interdit(droits::Refus::ActeInterdit))
}

/// A page of the queue.
///
/// # Errors
/// [`AppError::Interdit`] unless agent or superviseur.
pub async fn queue(ctx: &Contexte, requete: &Requete, vue: Vue, apres: Option<Curseur>) -> Outcome<File> {
    let (file, entree) = {
        let tx = ctx.store.begin_read().await?;
        let vu = seen(ctx, &tx, requete).await?;
        let moi = vu.acteur.compte;
        let onglet = match vue {
            Vue::APrendre => Onglet::APrendre,
            Vue::Miennes => Onglet::Miennes(moi),
            Vue::EnAttente => Onglet::EnAttente,
            Vue::Traitees => Onglet::Traitees,
        };
        let acteur = Acteur::Compte(vu.acteur.clone());
        let portee = droits::lire_file(&acteur)?;
        let mut page = Page::cut(demande::file(&tx, &portee, onglet, apres, LIGNES + 1).await?, LIGNES);
        if vue == Vue::Traitees {
            page.suite =
                page.suite.and(page.lignes.last()).map(|l| Curseur { transmise_le: l.etat_depuis, ..l.curseur() });
        }
        let caisse = caisse_of(&vu)?;
        let file = File {
            nombres: demande::nombres(&tx, &portee, moi).await?,
            lue_le: ctx.now(),
            zone: caisse.fiche.zone,
            caisse: caisse.fiche.nom.clone(),
            page,
        };
        let objet = Objet { nature: "liste", id: Some("file".to_owned()), caisse: Some(caisse.id), partenaire: None };
        let mut entree = ctx.entree(requete, &acteur, "demande.queue", objet);
        entree.details = format!("{{\"lignes\":{}}}", file.page.lignes.len());
        (file, entree)
    };
    ctx.record(entree).await?;
    Ok(file)
}
