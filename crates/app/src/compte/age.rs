//! How old the password of a compte may grow: as its caisses decided (HA-14).

use crate::error::Outcome;
use domain::compte::AgesMotDePasse;
use domain::droits::Rattachement;
use domain::ids::CaisseId;
use store::Tx;
use store::compte::{Compte, ages};

/// What holds for a compte: the decision of its caisse, the strictest one of a structure's caisses.
pub(super) async fn of(tx: &Tx, compte: &Compte) -> Outcome<AgesMotDePasse> {
    let caisses: Vec<CaisseId> = match compte.rattachement {
        Rattachement::Partenaire(p) => store::convention::liees(tx, p).await?.iter().map(|l| l.caisse.id).collect(),
        Rattachement::Caisse(c) => vec![c],
        Rattachement::National => return Ok(AgesMotDePasse::default()),
    };
    let decided = ages::some(tx, &caisses).await?;
    Ok(AgesMotDePasse::strictest(caisses.iter().map(|c| decided.get(c).map_or_else(Default::default, |d| d.0))))
}
