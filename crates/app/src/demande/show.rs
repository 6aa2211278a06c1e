//! The page of a demande, for either side: state, both clocks, thread, history. Opening it is one row of the journal.

use super::seconde::locked;
use super::{ask, clock};
use crate::compte::{Vu, load_acteur, seen};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendrier::Zone;
use domain::calendrier::jour_civil;
use domain::demande::{Etat, EtatDemande, Garde, Horloges, MotifComplement, NomActe, Qui, Suivi, TRANSITIONS};
use domain::droits::{self, Acteur, Portee};
use domain::ids::{CaisseId, CompteId, MessageId};
use std::collections::HashMap;
use store::Tx;
use store::caisse::Service;
use store::demande::{Accuse, Autour, Complement, Cote, Demande, Evenement, Message, Note};
use store::piece_jointe::Piece;

/// A line of the thread with the name of who wrote it, as this side may read it.
#[derive(Clone, Debug)]
pub struct Echange {
    /// The line.
    pub message: Message,
    /// « Camille Roux », or the service for the partner side.
    pub auteur: String,
}

/// What is asked of the partner now (DE-8).
#[derive(Clone, Debug)]
pub struct ComplementDemande {
    /// Why.
    pub motif: MotifComplement,
    /// What, in words.
    pub texte: String,
    /// When it was asked.
    pub demande_le: DateTime<Utc>,
    /// Day by which to answer.
    pub reponse_avant: NaiveDate,
    /// Day on which it is closed without an answer.
    pub cloture: NaiveDate,
}

/// An internal note with the name of who wrote it: in the hands of the desk alone (DE-10).
#[derive(Clone, Debug)]
pub struct NoteVue {
    /// Who wrote.
    pub auteur: String,
    /// The note.
    pub note: Note,
}

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct Fiche {
    /// The demande with its opened content.
    pub demande: Demande,
    /// Side that looks.
    pub cote: Cote,
    /// Short name of the structure.
    pub partenaire: String,
    /// Caisse in charge.
    pub caisse: store::caisse::Caisse,
    /// Service in charge.
    pub service: Service,
    /// Who filed.
    pub auteur: String,
    /// Who has it in charge, for the desk.
    pub agent: Option<String>,
    /// Both clocks (DE-8).
    pub horloges: Horloges,
    /// Thread, oldest first.
    pub echanges: Vec<Echange>,
    /// Files, oldest first, whatever their state (PJ-1).
    pub pieces: Vec<Piece>,
    /// Whether files that wait will be analysed: no in a process without a scanner.
    pub antivirus: bool,
    /// History of states, oldest first.
    pub evenements: Vec<Evenement>,
    /// Receipt as issued.
    pub accuse: Accuse,
    /// Acts open to this side now, from the table of transitions.
    pub actes: Vec<NomActe>,
    /// Whether this side may write in the thread now.
    pub peut_ecrire: bool,
    /// What is asked of the partner now.
    pub complement: Option<ComplementDemande>,
    /// Internal notes, oldest first; always empty for the partner.
    pub notes: Vec<NoteVue>,
    /// The last day on which it may be opened again, while it is closed and that day is not over.
    pub reouverture: Option<NaiveDate>,
    /// For something asked today: the day proposed for the answer and the last one.
    pub reponse: (NaiveDate, NaiveDate),
}

/// The demande of a reference for this acteur, with its caisse's zone.
pub(crate) async fn in_scope(tx: &Tx, acteur: &Acteur, reference: &str) -> Outcome<(Demande, Zone)> {
    let portee = droits::lire_demandes(acteur)?;
    let demande = store::demande::load(tx, &portee, reference).await?.ok_or(AppError::Introuvable)?;
    let zone = zone_of(tx, demande.caisse).await?;
    Ok((demande, zone))
}

async fn caisse_of(tx: &Tx, id: CaisseId) -> Outcome<store::caisse::Caisse> {
    store::caisse::some(tx, &[id]).await?.pop().ok_or_else(|| AppError::Interne(format!("caisse {id} missing")))
}

/// The zone of a caisse.
pub(crate) async fn zone_of(tx: &Tx, id: CaisseId) -> Outcome<Zone> {
    Ok(caisse_of(tx, id).await?.fiche.zone)
}

/// Journal object of a demande.
pub(crate) fn objet(d: &Demande) -> Objet {
    Objet { nature: "demande", id: Some(d.reference.clone()), caisse: Some(d.caisse), partenaire: Some(d.partenaire) }
}

/// Opens the page of a demande. The other side's lines become seen.
///
/// # Errors
/// [`AppError::Introuvable`] when unknown or out of scope.
pub async fn show(ctx: &Contexte, requete: &Requete, reference: &str) -> Outcome<Fiche> {
    let (fiche, unread, entree) = {
        let tx = ctx.store.begin_read().await?;
        let vu = seen(ctx, &tx, requete).await?;
        let acteur = Acteur::Compte(vu.acteur.clone());
        let fiche = read(ctx, &tx, (&vu, &acteur), reference).await?;
        let other = if fiche.cote == Cote::Caisse { Cote::Partenaire } else { Cote::Caisse };
        // At the desk only who treats it reads for the caisse; while nobody has it, whoever opens it does.
        let reads = fiche.cote == Cote::Partenaire
            || fiche.demande.etat == EtatDemande::Transmise
            || droits::traite(&acteur, fiche.demande.etat.agent());
        let new = |m: &Message| reads && m.cote == other && m.vu_le.is_none();
        let unread: Vec<MessageId> =
            fiche.echanges.iter().map(|e| &e.message).filter(|m| new(m)).map(|m| m.id).collect();
        let entree = ctx.entree(requete, &acteur, "demande.read", objet(&fiche.demande));
        (fiche, unread, entree)
    };
    if !unread.is_empty() {
        mark_seen(ctx, requete, (reference, fiche.cote), &unread).await?;
    }
    ctx.record(entree).await?;
    Ok(fiche)
}

/// Only what the page shows has been seen: a line written in between stays new.
async fn mark_seen(
    ctx: &Contexte,
    requete: &Requete,
    (reference, cote): (&str, Cote),
    vus: &[MessageId],
) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let (lue, _) = locked(&tx, &acteur, reference).await?;
    if store::demande::marquer_lu(&tx, &lue, cote, vus, ctx.now()).await? {
        ctx.journal(&tx, ctx.entree(requete, &acteur, "demande.seen", objet(&lue))).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn read(ctx: &Contexte, tx: &Tx, (vu, acteur): (&Vu, &Acteur), reference: &str) -> Outcome<Fiche> {
    let portee = droits::lire_demandes(acteur)?;
    let demande = store::demande::load(tx, &portee, reference).await?.ok_or(AppError::Introuvable)?;
    let cote = side(&portee);
    // What is in scope lies at a caisse of the acteur.
    let caisse = vu.caisses.iter().find(|c| c.id == demande.caisse).cloned().ok_or(AppError::Introuvable)?;
    let zone = caisse.fiche.zone;
    let Autour { partenaire, service, accuse } = store::demande::autour(tx, &demande).await?;
    let messages = store::demande::messages(tx, &demande).await?;
    let complements = store::demande::complements(tx, demande.id).await?;
    let notes = store::demande::notes(tx, &portee, &demande).await?;
    let evenements = store::demande::evenements(tx, &demande).await?;
    let noms = names(ctx, tx, &demande, (&messages, &notes)).await?;
    let name = |id: CompteId| noms.get(&id).cloned().unwrap_or_else(|| "compte supprimé".to_owned());
    let shown = |m: &Message| {
        if cote == Cote::Partenaire && m.cote == Cote::Caisse { service.nom.clone() } else { name(m.auteur) }
    };
    let complement = asked(ctx, zone, &complements, &messages);
    let echanges = messages.into_iter().map(|m| Echange { auteur: shown(&m), message: m }).collect();
    let reouverture = until(ctx, zone, &demande);
    let (actes, peut_ecrire) = acts(acteur, &demande, cote, reouverture.is_some());
    Ok(Fiche {
        horloges: clock::read(zone, &demande, &complements, end(&demande, &evenements).unwrap_or_else(|| ctx.now())),
        pieces: store::piece_jointe::of_demande(tx, &demande).await?,
        antivirus: ctx.antivirus_branche(),
        evenements,
        accuse,
        auteur: name(demande.auteur),
        agent: demande.etat.agent().filter(|_| cote == Cote::Caisse).map(name),
        notes: notes.into_iter().map(|note| NoteVue { auteur: name(note.auteur), note }).collect(),
        reponse: ask::days(&ctx.reglages.complement, zone, jour_civil(zone, ctx.now())),
        partenaire,
        caisse,
        service,
        echanges,
        complement,
        reouverture,
        actes,
        peut_ecrire,
        cote,
        demande,
    })
}

/// When the clocks stopped: at the closing or withdrawal, also once archived.
fn end(demande: &Demande, evenements: &[Evenement]) -> Option<DateTime<Utc>> {
    let ended = |e: &&Evenement| matches!(e.vers, Etat::Cloturee | Etat::Annulee);
    let fin = demande.etat.fin()?;
    Some(evenements.iter().rev().find(ended).map_or(fin, |e| e.le))
}

/// What waits for the partner, with the text that asks.
fn asked(ctx: &Contexte, zone: Zone, complements: &[Complement], messages: &[Message]) -> Option<ComplementDemande> {
    let c = complements.iter().find(|c| c.fin_le.is_none())?;
    let jour = |le| jour_civil(zone, le);
    let suivi = Suivi { demande: jour(c.demande_le), relances: c.relances, avis: c.avis_le.map(jour) };
    Some(ComplementDemande {
        motif: c.motif,
        texte: messages.iter().find(|m| m.id == c.message).map(|m| m.texte.clone()).unwrap_or_default(),
        demande_le: c.demande_le,
        reponse_avant: c.reponse_avant,
        cloture: ctx.reglages.complement.jour_de_cloture(zone, &suivi),
    })
}

/// The last day on which a closed demande may be opened again, if it is not over.
fn until(ctx: &Contexte, zone: Zone, demande: &Demande) -> Option<NaiveDate> {
    let EtatDemande::Cloturee { le, .. } = demande.etat else { return None };
    let limite = ctx.reglages.complement.fin_de_reouverture(zone, le);
    (ctx.now() <= limite).then(|| jour_civil(zone, limite))
}

/// The side a scope belongs to.
pub(super) const fn side(portee: &Portee) -> Cote {
    match portee {
        Portee::Partenaire { .. } => Cote::Partenaire,
        Portee::Services { .. } | Portee::Caisse(_) | Portee::Soi(_) | Portee::Tout => Cote::Caisse,
    }
}

async fn names(
    ctx: &Contexte,
    tx: &Tx,
    demande: &Demande,
    (messages, notes): (&[Message], &[Note]),
) -> Outcome<HashMap<CompteId, String>> {
    let mut ids: Vec<CompteId> = messages.iter().map(|m| m.auteur).chain(notes.iter().map(|n| n.auteur)).collect();
    ids.push(demande.auteur);
    ids.extend(demande.etat.agent());
    ids.sort_unstable();
    ids.dedup();
    Ok(store::compte::noms(tx, &ids, ctx.now()).await?)
}

/// Acts that a page offers; the others follow from writing or from time.
const OFFERED: [NomActe; 7] = [
    NomActe::Prendre,
    NomActe::Annuler,
    NomActe::DemanderComplement,
    NomActe::AttendreInterne,
    NomActe::Reprendre,
    NomActe::Cloturer,
    NomActe::Rouvrir,
];

fn acts(acteur: &Acteur, demande: &Demande, cote: Cote, rouvrable: bool) -> (Vec<NomActe>, bool) {
    let qui = if cote == Cote::Partenaire { Qui::Technicien } else { Qui::Desk };
    let etat = demande.etat.etat();
    let mine = droits::traite(acteur, demande.etat.agent());
    let passes = |garde: Garde| match garde {
        Garde::AgentEnCharge => mine,
        Garde::DelaiDeReouverture => rouvrable,
        Garde::Aucune | Garde::AgentParti | Garde::ConservationEchue => true,
    };
    let open =
        |acte: &NomActe| TRANSITIONS.iter().any(|t| t.de == etat && t.acte == *acte && t.qui == qui && passes(t.garde));
    let writes = match cote {
        Cote::Partenaire => etat.est_ouverte() || rouvrable,
        Cote::Caisse => writable(demande, cote) && mine,
    };
    (OFFERED.into_iter().filter(open).collect(), writes)
}

/// Whether this side may write in this state: the partner while it is open or may be opened again (its state decides), the
/// desk once somebody has it in charge.
pub(super) fn writable(demande: &Demande, cote: Cote) -> bool {
    let etat = demande.etat.etat();
    match cote {
        Cote::Partenaire => etat.est_ouverte() || etat == Etat::Cloturee,
        Cote::Caisse => etat.est_ouverte() && etat != Etat::Transmise,
    }
}
