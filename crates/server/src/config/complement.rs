//! The days of the complement loop, which only make sense in their order.

use super::build::Reader;
use super::{parse, table};
use domain::demande::Delais;

impl Reader {
    /// The days, or a fault when they do not follow each other: reminders, notice, closing.
    pub(super) fn complement(&mut self) -> Option<Delais> {
        let relances = self.get(&table::COMPLEMENT_RELANCES_J, days).unwrap_or_default();
        let avis = self.number(&table::COMPLEMENT_AVIS_J)?;
        let cloture = self.number(&table::COMPLEMENT_CLOTURE_J)?;
        let reouverture = self.number(&table::COMPLEMENT_REOUVERTURE_J)?;
        if !relances.is_sorted_by(|a, b| a < b) || relances.last().is_some_and(|last| *last >= avis) {
            self.refuse(
                &table::COMPLEMENT_RELANCES_J,
                "attendu des jours croissants, tous avant « complement.avis_j »",
            );
        }
        if avis >= cloture {
            self.refuse(&table::COMPLEMENT_AVIS_J, "l’avis doit précéder « complement.cloture_j »");
        }
        Some(Delais { relances, avis, cloture, reouverture })
    }
}

fn days(text: &str) -> Result<Vec<u32>, String> {
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| Ok(u32::try_from(parse::number(item, 1, 365)?).unwrap_or(365))).collect()
}
