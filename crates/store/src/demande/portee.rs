//! The tenant condition that every query and every guarded write carries (architecture, rules 2 and 3).

use crate::entity::demande::Column;
use domain::demande::Etat;
use domain::droits::Portee;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, ExprTrait};

/// Rows of `demande` inside a scope. A scope that has nothing to do with demandes sees none.
pub(super) fn within(portee: &Portee) -> Condition {
    match portee {
        Portee::Partenaire { partenaire, caisses } => Condition::all()
            .add(Column::PartenaireId.eq(partenaire.get()))
            .add(Column::CaisseId.is_in(caisses.iter().map(|c| c.get())))
            // What is archived has left the partner's lists: there it is as unknown as what never was (DE-7).
            .add(Column::Etat.is_not_in([Etat::Archivee, Etat::Purgee].map(Etat::code))),
        Portee::Services { caisse, services } => Condition::all()
            .add(Column::CaisseId.eq(caisse.get()))
            .add(Column::ServiceId.is_in(services.iter().map(|s| s.get()))),
        Portee::Caisse(caisse) => Condition::all().add(Column::CaisseId.eq(caisse.get())),
        Portee::Soi(_) => Condition::all().add(Expr::val(1).eq(0)),
        Portee::Tout => Condition::all(),
    }
}
