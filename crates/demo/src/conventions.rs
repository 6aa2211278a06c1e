//! The five conventions and what the demonstration adds to them, embedded.

use chrono::NaiveDate;

use crate::erreur::DemoError;
use app::Contexte;
use domain::droits::Raison;

/// Name and content of each file, complements last.
pub const FICHIERS: [(&str, &str); 6] = [
    ("000-tarn-et-garonne.toml", include_str!("../../../demo/conventions/000-tarn-et-garonne.toml")),
    ("001-var.toml", include_str!("../../../demo/conventions/001-var.toml")),
    ("002-moselle.toml", include_str!("../../../demo/conventions/002-moselle.toml")),
    ("003-hauts-de-seine.toml", include_str!("../../../demo/conventions/003-hauts-de-seine.toml")),
    ("004-rhone.toml", include_str!("../../../demo/conventions/004-rhone.toml")),
    ("complements.toml", include_str!("../../../demo/complements.toml")),
];

/// Imports and activates all of them, every stated function switched on.
pub(crate) async fn install(ctx: &Contexte, le: NaiveDate) -> Result<(), DemoError> {
    let fichiers: Vec<(String, String)> = FICHIERS.iter().map(|(n, c)| ((*n).to_owned(), (*c).to_owned())).collect();
    app::convention::import(ctx, &fichiers, false).await.map_err(|e| DemoError::Convention(e.to_string()))?;
    for cle in app::convention::keys(ctx).await? {
        let activated = app::convention::activate(ctx, Raison::Demonstration, &cle, le).await;
        activated.map_err(|e| DemoError::Convention(format!("{cle}: {e}")))?;
    }
    Ok(())
}
