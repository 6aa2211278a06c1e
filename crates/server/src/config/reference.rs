//! The table, written out: `docs/configuration.md` and the effective values of `config check`.

use std::fmt::Write as _;

use super::parse;
use super::sources::RawSettings;
use super::table::{Kind, SETTINGS, Setting};

/// Text of `docs/configuration.md`, made from the table.
#[must_use]
pub fn reference() -> String {
    let mut text = String::from(INTRODUCTION);
    let mut section = "";
    for setting in SETTINGS {
        let table = setting.key.rsplit_once('.').map_or("", |(table, _)| table);
        if table != section {
            _ = write!(text, "\n## `[{table}]`\n");
            section = table;
        }
        _ = write!(text, "\n### `{}`\n\n{}\n\n{}\n", setting.key, setting.doc, facts(setting));
    }
    text
}

const INTRODUCTION: &str = "\
# Réglages

<!-- Écrit par `espace-partenaires config reference` ; un test compare. Modifier `crates/server/src/config/table.rs`. -->

Un réglage se donne par une option de la ligne de commande, sinon par une variable d’environnement, sinon dans le fichier
de configuration (TOML), sinon il prend sa valeur par défaut. Le fichier est nommé par `--config` ou par la variable
`ESPACE_PARTENAIRES_CONFIG` ; sans l’un ni l’autre, aucun n’est lu.

Un nom inconnu est refusé, dans le fichier comme parmi les variables `ESPACE_PARTENAIRES_…` ; une variable vide compte comme
absente. Une liste donnée par variable ou option sépare ses éléments par des virgules. Ce qui contient un secret n’a pas
d’option : une ligne de commande se lit par d’autres.

`espace-partenaires config check` dit tout ce qui ne va pas (fichier, ligne, réglage, raison), ou les valeurs retenues et leur
provenance, les secrets remplacés par « (secret) ».

```toml
url_publique = \"https://partenaires.caisse.example\"
cle_maitresse_fichier = \"/etc/espace-partenaires/cle\"
mandataires = [\"192.0.2.10\"]

[smtp]
hote = \"relais.caisse.example\"
expediteur = \"Espace Partenaires <ne-pas-repondre@caisse.example>\"
```
";

fn facts(setting: &Setting) -> String {
    let kind = match setting.kind {
        Kind::Text => "texte".to_owned(),
        Kind::Secret => "texte secret".to_owned(),
        Kind::Database => "adresse d’une base".to_owned(),
        Kind::Number(least, most) => format!("nombre entier de {least} à {most}"),
        Kind::Choice(words) => format!("`{}`", words.join("`, `")),
        Kind::Switch => "`true` ou `false`".to_owned(),
        Kind::List => "liste de textes".to_owned(),
    };
    let default = setting.default.map_or("aucun".to_owned(), |text| format!("`{text}`"));
    let flag = setting.flag().map_or("aucune".to_owned(), |flag| format!("`--{flag}`"));
    format!("- Forme : {kind}\n- Défaut : {default}\n- Variable : `{}`\n- Option : {flag}", setting.env())
}

/// One line for each setting: key, effective value, where it comes from.
pub(super) fn effective(raw: &RawSettings) -> String {
    let mut text = String::new();
    for setting in SETTINGS {
        _ = match raw.get(setting.key) {
            Some(raw) => writeln!(text, "{} = {} ({})", setting.key, shown(setting, &raw.text), raw.origin),
            None => writeln!(text, "{} : non réglé", setting.key),
        };
    }
    text
}

fn shown(setting: &Setting, text: &str) -> String {
    match setting.kind {
        Kind::Secret => "(secret)".to_owned(),
        Kind::Database => parse::masked_database(text),
        _ => text.to_owned(),
    }
}
