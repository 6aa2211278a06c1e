//! Conventions, personas and a year of activity, through use cases.

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
