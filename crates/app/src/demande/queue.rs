//! The desk's queue: tabs with counters, urgent first, then oldest (DE-4, CA-1).

use super::list::Page;
use crate::compte::load_acteur;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use chrono::{DateTime, Utc};
use domain::calendrier::Zone;
use domain::droits::{self, Acteur, ActeurCompte, Rattachement};
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
    /// Rows that wait for their partner.
    pub en_attente: u64,
    /// Those of them with an answer to read.
    pub a_lire: u64,
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
    /// Rows waiting to be taken.
    pub a_prendre: u64,
    /// Rows in this agent's hands.
    pub miennes: u64,
    /// Those of them with an answer to read.
    pub a_lire: u64,
    /// When they were read: « la suivante » of this page is one taken after it.
    pub lue_le: DateTime<Utc>,
}

/// The counters of the queue.
///
/// # Errors
/// [`AppError::Interdit`] unless agent or superviseur.
pub async fn counters(ctx: &Contexte, requete: &Requete) -> Outcome<Compteurs> {
    let tx = ctx.store.begin_read().await?;
    let compte = load_acteur(ctx, &tx, requete).await?;
    let (moi, miennes) = (compte.compte, Onglet::Miennes(compte.compte));
    let acteur = Acteur::Compte(compte);
    let portee = droits::lire_file(&acteur)?;
    let caisse = caisse_of(&tx, &acteur).await?;
    Ok(Compteurs {
        lue_le: ctx.now(),
        caisse: caisse.fiche.nom,
        a_prendre: demande::compter(&tx, &portee, Onglet::APrendre).await?,
        miennes: demande::compter(&tx, &portee, miennes).await?,
        a_lire: demande::compter_miennes_a_lire(&tx, &portee, moi).await?,
    })
}

/// The caisse of somebody at the desk.
async fn caisse_of(tx: &store::Tx, acteur: &Acteur) -> Outcome<store::caisse::Caisse> {
    let Acteur::Compte(ActeurCompte { rattachement: Rattachement::Caisse(id), .. }) = acteur else {
        return Err(AppError::Interdit(droits::Refus::ActeInterdit));
    };
    let found = store::caisse::some(tx, &[*id]).await?.pop();
    found.ok_or_else(|| AppError::Interne(format!("caisse {id} missing")))
}

/// A page of the queue.
///
/// # Errors
/// [`AppError::Interdit`] unless agent or superviseur.
pub async fn queue(ctx: &Contexte, requete: &Requete, vue: Vue, apres: Option<Curseur>) -> Outcome<File> {
    let (file, entree) = {
        let tx = ctx.store.begin_read().await?;
        let compte = load_acteur(ctx, &tx, requete).await?;
        let (moi, miennes) = (compte.compte, Onglet::Miennes(compte.compte));
        let onglet = match vue {
            Vue::APrendre => Onglet::APrendre,
            Vue::Miennes => miennes,
            Vue::EnAttente => Onglet::EnAttente,
            Vue::Traitees => Onglet::Traitees,
        };
        let acteur = Acteur::Compte(compte);
        let portee = droits::lire_file(&acteur)?;
        let mut page = Page::cut(demande::file(&tx, &portee, onglet, apres, LIGNES + 1).await?, LIGNES);
        if vue == Vue::Traitees {
            page.suite =
                page.suite.and(page.lignes.last()).map(|l| Curseur { transmise_le: l.etat_depuis, ..l.curseur() });
        }
        let caisse = caisse_of(&tx, &acteur).await?;
        let file = File {
            a_prendre: demande::compter(&tx, &portee, Onglet::APrendre).await?,
            miennes: demande::compter(&tx, &portee, miennes).await?,
            en_attente: demande::compter(&tx, &portee, Onglet::EnAttente).await?,
            a_lire: demande::compter_miennes_a_lire(&tx, &portee, moi).await?,
            lue_le: ctx.now(),
            zone: caisse.fiche.zone,
            caisse: caisse.fiche.nom,
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
