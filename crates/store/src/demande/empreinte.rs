//! The duplicate warning: a blind fingerprint of who the demande is about, under the caisse's key (DE-9).

use super::nouvelle::Nouvelle;
use super::portee::within;
use crate::db::Tx;
use crate::entity::demande::{Column, Entity};
use crate::entity::demande_empreinte;
use crate::error::StoreError;
use domain::demande::{Etat, Sorte};
use domain::droits::Portee;
use domain::ids::CaisseId;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select, Set};
use vault::ScopeKey;

/// Purpose of the blind values of fingerprints.
const EMPREINTE: &str = "demande.empreinte";

/// Who a demande is about, as far as a duplicate is recognised by it.
#[derive(Clone, Copy, Debug)]
pub struct Personne<'a> {
    /// Search keys of nom and prénom, normalised by the domain.
    pub cles_nom: (&'a str, &'a str),
    /// Birth date as stored by the domain.
    pub naissance: &'a str,
    /// Département of residence.
    pub departement: &'a str,
}

fn blind(key: &ScopeKey, p: Personne<'_>) -> Vec<u8> {
    // None of the parts holds a vertical bar.
    let text = [p.cles_nom.0, p.cles_nom.1, p.naissance, p.departement].join("|");
    key.blind(EMPREINTE, &text).to_vec()
}

/// The fingerprint of a demande that is filed.
pub(super) fn row(key: &ScopeKey, n: &Nouvelle<'_>) -> demande_empreinte::ActiveModel {
    let personne = Personne { cles_nom: n.cles_nom, naissance: &n.contenu.naissance, departement: n.departement };
    demande_empreinte::ActiveModel { empreinte: Set(blind(key, personne)), demande_id: Set(n.id.get()) }
}

/// The reference of the last open demande of this kind for this person at this caisse, in the scope.
///
/// # Errors
/// The database's error.
pub async fn doublon(
    tx: &Tx,
    portee: &Portee,
    caisse: CaisseId,
    sorte: Sorte,
    personne: Personne<'_>,
) -> Result<Option<String>, StoreError> {
    let key = tx.caisse_key(caisse).await?;
    let query = doublon_query(portee, caisse, sorte, blind(&key, personne));
    Ok(query.select_only().column(Column::Reference).into_tuple().one(&tx.inner).await?)
}

pub(super) fn doublon_query(portee: &Portee, caisse: CaisseId, sorte: Sorte, empreinte: Vec<u8>) -> Select<Entity> {
    let same = Query::select()
        .column(demande_empreinte::Column::DemandeId)
        .from(demande_empreinte::Entity)
        .and_where(demande_empreinte::Column::Empreinte.eq(empreinte))
        .to_owned();
    let open = [Etat::Transmise, Etat::PriseEnCharge, Etat::AttentePartenaire, Etat::AttenteInterne];
    Entity::find()
        .filter(within(portee))
        .filter(Column::CaisseId.eq(caisse.get()))
        .filter(Column::Sorte.eq(sorte.code()))
        .filter(Column::Etat.is_in(open.map(Etat::code)))
        .filter(Column::Id.in_subquery(same))
        .order_by(Column::TransmiseLe, Order::Desc)
        .order_by(Column::Id, Order::Desc)
}
