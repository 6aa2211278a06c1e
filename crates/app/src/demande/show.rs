//! The page of a demande, for either side: state, both clocks, thread, history. Opening it is one row of the journal.

use crate::compte::load_acteur;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use domain::calendrier::Zone;
use domain::demande::{EtatDemande, Horloges, NomActe, Qui, TRANSITIONS, horloges};
use domain::droits::{self, Acteur, Portee};
use domain::ids::{CaisseId, CompteId};
use std::collections::HashMap;
use store::Tx;
use store::caisse::Service;
use store::demande::{Accuse, Cote, Demande, Evenement, Message};
use store::piece_jointe::Piece;

/// A line of the thread with the name of who wrote it, as this side may read it.
#[derive(Clone, Debug)]
pub struct Echange {
    /// The line.
    pub message: Message,
    /// « Camille Roux », or the service for the partner side.
    pub auteur: String,
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
    /// History of states, oldest first.
    pub evenements: Vec<Evenement>,
    /// Receipt as issued.
    pub accuse: Accuse,
    /// Acts open to this side now, from the table of transitions.
    pub actes: Vec<NomActe>,
    /// Whether this side may write in the thread now.
    pub peut_ecrire: bool,
}

/// The demande of a reference for this acteur, with its caisse's zone.
pub(crate) async fn in_scope(tx: &Tx, acteur: &Acteur, reference: &str) -> Outcome<(Demande, Zone)> {
    let portee = droits::lire_demandes(acteur)?;
    let demande = store::demande::load(tx, &portee, reference).await?.ok_or(AppError::Introuvable)?;
    let zone = caisse_of(tx, demande.caisse).await?.fiche.zone;
    Ok((demande, zone))
}

async fn caisse_of(tx: &Tx, id: CaisseId) -> Outcome<store::caisse::Caisse> {
    store::caisse::some(tx, &[id]).await?.pop().ok_or_else(|| AppError::Interne(format!("caisse {id} missing")))
}

/// Journal object of a demande.
pub(super) fn objet(d: &Demande) -> Objet {
    Objet { nature: "demande", id: Some(d.reference.clone()), caisse: Some(d.caisse), partenaire: Some(d.partenaire) }
}

/// Opens the page of a demande. The other side's lines become seen.
///
/// # Errors
/// [`AppError::Introuvable`] when unknown or out of scope.
pub async fn show(ctx: &Contexte, requete: &Requete, reference: &str) -> Outcome<Fiche> {
    let (fiche, unread, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
        let fiche = read(ctx, &tx, &acteur, reference).await?;
        let other = if fiche.cote == Cote::Caisse { Cote::Partenaire } else { Cote::Caisse };
        // At the desk only who treats it reads for the caisse; while nobody has it, whoever opens it does.
        let reads = fiche.cote == Cote::Partenaire
            || fiche.demande.etat == EtatDemande::Transmise
            || droits::traite(&acteur, fiche.demande.etat.agent());
        let unread = reads && fiche.echanges.iter().any(|e| e.message.cote == other && e.message.vu_le.is_none());
        let entree = ctx.entree(requete, &acteur, "demande.read", objet(&fiche.demande));
        (fiche, unread, entree)
    };
    if unread {
        mark_seen(ctx, requete, &fiche).await?;
    }
    ctx.record(entree).await?;
    Ok(fiche)
}

async fn mark_seen(ctx: &Contexte, requete: &Requete, fiche: &Fiche) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let portee = droits::lire_demandes(&acteur)?;
    if store::demande::marquer_lu(&tx, &portee, &fiche.demande, fiche.cote, ctx.now()).await? {
        ctx.journal(&tx, ctx.entree(requete, &acteur, "demande.seen", objet(&fiche.demande))).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn read(ctx: &Contexte, tx: &Tx, acteur: &Acteur, reference: &str) -> Outcome<Fiche> {
    let portee = droits::lire_demandes(acteur)?;
    let (demande, zone) = in_scope(tx, acteur, reference).await?;
    let cote = side(&portee);
    let caisse = caisse_of(tx, demande.caisse).await?;
    let missing = |what: &str| AppError::Interne(format!("{what} of {reference} missing"));
    let service = store::caisse::service_by_id(tx, demande.service).await?.ok_or_else(|| missing("service"))?;
    let partenaire = store::partenaire::load(tx, demande.partenaire).await?.ok_or_else(|| missing("partenaire"))?;
    let messages = store::demande::messages(tx, &demande).await?;
    let noms = names(tx, &demande, &messages).await?;
    let name = |id: CompteId| noms.get(&id).cloned().unwrap_or_else(|| "compte supprimé".to_owned());
    let shown = |m: &Message| {
        if cote == Cote::Partenaire && m.cote == Cote::Caisse { service.nom.clone() } else { name(m.auteur) }
    };
    let echanges = messages.into_iter().map(|m| Echange { auteur: shown(&m), message: m }).collect();
    let fin = match demande.etat {
        EtatDemande::Cloturee { le, .. } | EtatDemande::Annulee { le } => le,
        EtatDemande::Transmise | EtatDemande::PriseEnCharge { .. } => ctx.now(),
    };
    let (actes, peut_ecrire) = acts(acteur, &demande, cote);
    Ok(Fiche {
        horloges: horloges(zone, demande.transmise_le, demande.delai_jours, &[], fin),
        pieces: store::piece_jointe::of_demande(tx, &demande).await?,
        evenements: store::demande::evenements(tx, &demande).await?,
        accuse: store::demande::accuse(tx, &demande).await?,
        auteur: name(demande.auteur),
        agent: demande.etat.agent().filter(|_| cote == Cote::Caisse).map(name),
        partenaire: partenaire.nom_court,
        caisse,
        service,
        echanges,
        actes,
        peut_ecrire,
        cote,
        demande,
    })
}

/// The side a scope belongs to.
pub(super) const fn side(portee: &Portee) -> Cote {
    match portee {
        Portee::Partenaire { .. } => Cote::Partenaire,
        Portee::Services { .. } | Portee::Caisse(_) | Portee::Soi(_) | Portee::Tout => Cote::Caisse,
    }
}

async fn names(tx: &Tx, demande: &Demande, messages: &[Message]) -> Outcome<HashMap<CompteId, String>> {
    let mut ids: Vec<CompteId> = messages.iter().map(|m| m.auteur).collect();
    ids.push(demande.auteur);
    ids.extend(demande.etat.agent());
    ids.sort_unstable();
    ids.dedup();
    Ok(store::compte::noms(tx, &ids).await?)
}

fn acts(acteur: &Acteur, demande: &Demande, cote: Cote) -> (Vec<NomActe>, bool) {
    let qui = if cote == Cote::Partenaire { Qui::Technicien } else { Qui::Desk };
    let etat = demande.etat.etat();
    let mine = droits::traite(acteur, demande.etat.agent());
    let offered = [NomActe::Prendre, NomActe::Annuler, NomActe::Cloturer];
    let open = |acte: &NomActe| TRANSITIONS.iter().any(|t| t.de == etat && t.acte == *acte && t.qui == qui);
    let actes = offered.into_iter().filter(open).filter(|a| *a != NomActe::Cloturer || mine).collect();
    (actes, writable(demande, cote) && (cote == Cote::Partenaire || mine))
}

/// Whether this side may write in this state: the partner while it is open, the desk once somebody has it in charge.
pub(super) fn writable(demande: &Demande, cote: Cote) -> bool {
    match cote {
        Cote::Partenaire => demande.etat.etat().est_ouverte(),
        Cote::Caisse => matches!(demande.etat, EtatDemande::PriseEnCharge { .. }),
    }
}
