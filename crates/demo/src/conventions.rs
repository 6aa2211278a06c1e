//! The five conventions and what the demonstration adds to them, embedded.

use chrono::NaiveDate;

use crate::erreur::DemoError;
use app::Contexte;
use domain::droits::Raison;

/// The five conventions as files: name and content.
#[must_use]
pub fn conventions() -> [(String, String); 5] {
    [
        ("000-tarn-et-garonne.toml", include_str!("../../../demo/conventions/000-tarn-et-garonne.toml")),
        ("001-var.toml", include_str!("../../../demo/conventions/001-var.toml")),
        ("002-moselle.toml", include_str!("../../../demo/conventions/002-moselle.toml")),
        ("003-hauts-de-seine.toml", include_str!("../../../demo/conventions/003-hauts-de-seine.toml")),
        ("004-rhone.toml", include_str!("../../../demo/conventions/004-rhone.toml")),
    ]
    .map(|(name, content)| (name.to_owned(), content.to_owned()))
}

/// What the papers leave open, fictional, for the demonstration.
#[must_use]
pub fn complements() -> (String, String) {
    ("complements.toml".to_owned(), include_str!("../../../demo/complements.toml").to_owned())
}

/// Imports and activates all of them, every stated function switched on.
pub(crate) async fn install(ctx: &Contexte, le: NaiveDate) -> Result<(), DemoError> {
    let fichiers: Vec<(String, String)> = conventions().into_iter().chain([complements()]).collect();
    app::convention::import(ctx, &fichiers, false).await.map_err(|e| DemoError::Convention(e.to_string()))?;
    for cle in app::convention::keys(ctx).await? {
        let activated = app::convention::activate(ctx, Raison::Demonstration, &cle, le).await;
        activated.map_err(|e| DemoError::Convention(format!("{cle}: {e}")))?;
    }
    Ok(())
}
