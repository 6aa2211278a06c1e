//! Both clocks of a demande with everything that suspends the net one, and the change of state that ends a wait (DE-8).

use crate::error::Outcome;
use chrono::{DateTime, Utc};
use domain::calendrier::{Zone, jour_civil};
use domain::demande::{Etat, EtatDemande, Horloges, Issue, horloges};
use domain::droits::{Acte, Permis};
use store::WriteTx;
use store::demande::{self, Complement, Cote, Demande};
use store::faits::{self, Fait, Nature};
use uuid::Uuid;

/// Both clocks at an instant, as the waits read say.
pub(super) fn read(zone: Zone, lue: &Demande, complements: &[Complement], fin: DateTime<Utc>) -> Horloges {
    let suspensions: Vec<_> = complements.iter().map(Complement::suspension).collect();
    horloges(zone, lue.transmise_le, lue.delai_jours, &suspensions, fin)
}

/// Writes a state with its event. Leaving the wait for the partner, or a closing that the partner undoes, ends the
/// suspension and moves the day by which an answer is due, which lists read. Gives both clocks as of now.
pub(crate) async fn change<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    (lue, zone): (&Demande, Zone),
    nouveau: EtatDemande,
    (id, cote, now): (Uuid, Option<Cote>, DateTime<Utc>),
) -> Outcome<Horloges> {
    demande::save(tx, permis, lue, nouveau, (id, cote, now)).await?;
    let horloges = read(zone, lue, &demande::complements(tx, lue.id).await?, now);
    if matches!(lue.etat.etat(), Etat::AttentePartenaire | Etat::Cloturee) {
        demande::due_day(tx, permis, lue, horloges.echeance_nette).await?;
    }
    Ok(horloges)
}

/// The fact of a closing at an instant, with both delays.
pub(crate) fn closing(lue: &Demande, zone: Zone, (issue, h): (Issue, &Horloges), le: DateTime<Utc>) -> Fait {
    Fait {
        caisse: lue.caisse,
        convention: lue.convention,
        nature: Nature::Cloture,
        sorte: lue.sorte,
        sous_types: lue.sous_types.join(","),
        mois: jour_civil(zone, le).format("%Y-%m").to_string(),
        issue: Some(issue),
        delais: Some((h.total, h.net)),
        urgent: lue.urgent,
    }
}

/// Takes back the fact of the closing that a reopening undoes: what is closed twice counts once, when it is closed for
/// good, and a demande that is open again counts as open. `lue` is the demande as it was closed.
pub(super) async fn undo_closing(tx: &WriteTx, lue: &Demande, zone: Zone) -> Outcome<()> {
    let EtatDemande::Cloturee { le, issue, .. } = lue.etat else { return Ok(()) };
    let h = read(zone, lue, &demande::complements(tx, lue.id).await?, le);
    faits::take_back(tx, &closing(lue, zone, (issue, &h), le)).await?;
    Ok(())
}
