//! The five conventions, three fictional ones and what the demonstration adds to them, embedded.

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

/// Three conventions that nobody signed, with all that they say: two structures bound to a second caisse, a second
/// member of a union.
#[must_use]
pub fn fictives() -> [(String, String); 4] {
    [
        (
            "010-fictive-meurthe-et-moselle.toml",
            include_str!("../../../demo/fictives/010-fictive-meurthe-et-moselle.toml"),
        ),
        ("011-fictive-isere.toml", include_str!("../../../demo/fictives/011-fictive-isere.toml")),
        ("012-fictive-union-69.toml", include_str!("../../../demo/fictives/012-fictive-union-69.toml")),
        ("fictives/complements.toml", include_str!("../../../demo/fictives/complements.toml")),
    ]
    .map(|(name, content)| (name.to_owned(), content.to_owned()))
}

/// Imports and activates all of them, every stated function switched on.
pub(crate) async fn install(ctx: &Contexte, le: NaiveDate) -> Result<(), DemoError> {
    // The papers first: a structure stands in the département of its first convention.
    for fichiers in [conventions().into_iter().chain([complements()]).collect::<Vec<_>>(), fictives().to_vec()] {
        app::convention::import(ctx, &fichiers, false).await.map_err(told)?;
    }
    for cle in app::convention::keys(ctx).await? {
        let activated = app::convention::activate(ctx, Raison::Demonstration, &cle, le).await;
        activated.map_err(|e| DemoError::Convention(format!("{cle}: {e:?}")))?;
    }
    Ok(())
}

fn told(error: app::convention::ImportError) -> DemoError {
    match error {
        app::convention::ImportError::Fichiers(erreurs) => {
            DemoError::Convention(erreurs.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
        }
        other @ app::convention::ImportError::App(_) => DemoError::Convention(other.to_string()),
    }
}
