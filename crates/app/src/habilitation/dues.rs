//! What waits on the homes of both sides: undecided forms and late reviews for the référent, an open review and a departure
//! that lacks its successor for the gestionnaire. No name: nothing is journalled.

use crate::error::Outcome;
use crate::revue::still_due;
use chrono::NaiveDate;
use domain::droits::Portee;
use domain::habilitation::EtatDemarche;
use domain::ids::{CaisseId, DemarcheId, PartenaireId, RevueId};
use store::Tx;
use store::demarche::{self, Vue};
use store::revue::{self, Sujet};

/// At most so many lines of each kind: the lists have the others.
const LIGNES: u64 = 10;
/// The same, of what was read.
const MONTREES: usize = 10;
/// Reviews read for it: those of ended conventions stand first.
const LUES: u64 = 100;

/// Something that waits for the référent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) texte: String,
    pub(crate) lien: String,
    pub(crate) le: Option<NaiveDate>,
    pub(crate) retard: bool,
}

/// Undecided forms, the first due first, and reviews whose day has passed.
pub(crate) async fn of_caisse(tx: &Tx, caisse: CaisseId, aujourdhui: NaiveDate) -> Outcome<Vec<Due>> {
    let portee = Portee::Caisse(caisse);
    let forms = demarche::list(tx, &portee, Vue::ATraiter, None, LIGNES).await?;
    let open = revue::list(tx, (&portee, Sujet::Structures), revue::Vue::Ouvertes, None, LUES).await?;
    let open = still_due(tx, open, |_| aujourdhui).await?;
    let late = open.into_iter().filter(|r| r.echeance < aujourdhui).take(MONTREES);
    let late: Vec<_> = late.collect();
    let ids: Vec<PartenaireId> =
        forms.iter().map(|d| d.partenaire).chain(late.iter().filter_map(|r| r.partenaire)).collect();
    let noms = store::registre::structure_names(tx, &ids).await?;
    let nom = |p: Option<PartenaireId>| p.and_then(|p| noms.get(&p).cloned()).unwrap_or_default();
    let mut dues: Vec<Due> = Vec::new();
    for d in forms {
        let le = d.contenu.echeances.first().map(|(jour, _)| *jour).or(d.souhaite_le);
        dues.push(Due {
            texte: format!("{} : {}", nom(Some(d.partenaire)), d.nature.libelle()),
            lien: format!("/habilitations/{}", d.id),
            le,
            retard: super::list::late(&d, aujourdhui),
        });
    }
    dues.extend(late.into_iter().map(|r| Due {
        texte: format!("{} : revue d’habilitation", nom(r.partenaire)),
        lien: format!("/revues/{}", r.id),
        le: Some(r.echeance),
        retard: true,
    }));
    Ok(dues)
}

/// The open review of a structure, the first due first: its id, its day, whether it is late.
pub(crate) async fn review_of(
    tx: &Tx,
    partenaire: PartenaireId,
    aujourdhui: NaiveDate,
) -> Outcome<Option<(RevueId, NaiveDate, bool)>> {
    let portee = Portee::Partenaire { partenaire, caisses: Vec::new() };
    let open = revue::list(tx, (&portee, Sujet::Structures), revue::Vue::Ouvertes, None, LIGNES).await?;
    let open = still_due(tx, open, |_| aujourdhui).await?;
    Ok(open.into_iter().next().map(|r| (r.id, r.echeance, r.echeance < aujourdhui)))
}

/// Departures of a structure whose day has come and that wait for something.
pub(crate) async fn hindered_of(tx: &Tx, partenaire: PartenaireId) -> Outcome<Vec<DemarcheId>> {
    let portee = Portee::Partenaire { partenaire, caisses: Vec::new() };
    let open = demarche::list(tx, &portee, Vue::AVenir, None, LIGNES).await?;
    let waits = |d: &demarche::Demarche| d.etat == EtatDemarche::Acceptee && d.contenu.empechement.is_some();
    Ok(open.into_iter().filter(waits).map(|d| d.id).collect())
}
