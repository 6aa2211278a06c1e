//! Lays flags over environment over file over defaults, and refuses names that are in no table.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use toml_span::value::{Table, Value, ValueInner};
use toml_span::{Error, ErrorKind};

use super::fault::{Faults, Origin};
use super::flags::Flags;
use super::table::{Kind, SETTINGS, Setting};

/// A value as text, and where it was given.
#[derive(Debug, Clone)]
pub(super) struct Raw {
    pub text: String,
    pub origin: Origin,
}

pub(super) type RawSettings = BTreeMap<&'static str, Raw>;

const FILE_ENV: &str = "ESPACE_PARTENAIRES_CONFIG";

/// The winning value of each setting that has one, with every unknown or ill-shaped one told.
pub(super) fn gather(flags: &Flags, env: impl IntoIterator<Item = (OsString, OsString)>) -> (RawSettings, Faults) {
    let mut faults = Faults::default();
    let (file_in_env, from_env) = read_env(env, &mut faults);
    let mut raw: RawSettings = SETTINGS
        .iter()
        .filter_map(|setting| {
            let text = setting.default?.to_owned();
            Some((setting.key, Raw { text, origin: Origin::Default }))
        })
        .collect();
    if let Some(path) = flags.file.clone().or(file_in_env) {
        raw.extend(read_file(&path, &mut faults));
    }
    raw.extend(from_env);
    raw.extend(read_flags(flags, &mut faults));
    (raw, faults)
}

fn read_flags(flags: &Flags, faults: &mut Faults) -> RawSettings {
    let mut raw = RawSettings::new();
    for (&key, text) in &flags.given {
        let name = format!("--{}", key.replace(['.', '_'], "-"));
        let origin = Origin::Flag(name);
        match SETTINGS.iter().find(|setting| setting.key == key) {
            Some(_) => _ = raw.insert(key, Raw { text: text.clone(), origin }),
            None => faults.add(Some(&origin), key, "réglage inconnu"),
        }
    }
    raw
}

/// An empty variable counts as not given: that is how container descriptions leave one out.
fn read_env(
    env: impl IntoIterator<Item = (OsString, OsString)>,
    faults: &mut Faults,
) -> (Option<PathBuf>, RawSettings) {
    let (mut file, mut raw) = (None, RawSettings::new());
    for (name, value) in env {
        let Some(name) = name.to_str().filter(|name| name.starts_with(super::ENV_PREFIX)) else {
            continue;
        };
        if value.is_empty() {
            continue;
        }
        if name == FILE_ENV {
            file = Some(PathBuf::from(value));
            continue;
        }
        let origin = Origin::Env(name.to_owned());
        match (SETTINGS.iter().find(|setting| setting.env() == name), value.into_string()) {
            (Some(setting), Ok(text)) => _ = raw.insert(setting.key, Raw { text, origin }),
            (Some(setting), Err(_)) => faults.add(Some(&origin), setting.key, "le texte n’est pas en UTF-8"),
            (None, _) => faults.add(Some(&origin), "", "aucun réglage ne porte ce nom"),
        }
    }
    (file, raw)
}

fn read_file(path: &Path, faults: &mut Faults) -> RawSettings {
    let mut reader = FileReader { path, text: "", raw: RawSettings::new(), faults };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            let reason = format!("{} : fichier de configuration illisible ({error})", path.display());
            reader.faults.add(None, "", reason);
            return RawSettings::new();
        }
    };
    reader.text = &text;
    match toml_span::parse(&text) {
        Ok(mut document) => {
            if let ValueInner::Table(table) = document.take() {
                reader.table("", table);
            }
        }
        Err(error) => {
            let origin = reader.origin(error.span.start);
            reader.faults.add(Some(&origin), "", syntax_reason(&error));
        }
    }
    reader.raw
}

struct FileReader<'a> {
    path: &'a Path,
    text: &'a str,
    raw: RawSettings,
    faults: &'a mut Faults,
}

impl FileReader<'_> {
    fn origin(&self, at: usize) -> Origin {
        let before = self.text.as_bytes().iter().take(at);
        Origin::File(self.path.to_owned(), 1 + before.filter(|byte| **byte == b'\n').count())
    }

    fn table(&mut self, above: &str, table: Table<'_>) {
        for (name, value) in table {
            let key = if above.is_empty() { name.name.to_string() } else { format!("{above}.{}", name.name) };
            let origin = self.origin(name.span.start);
            let below = format!("{key}.");
            let known = !name.name.contains('.');
            if let Some(setting) = SETTINGS.iter().find(|setting| known && setting.key == key) {
                self.value(setting, value, origin);
            } else if known && SETTINGS.iter().any(|setting| setting.key.starts_with(&below)) {
                self.section(&key, value, &origin);
            } else {
                self.faults.add(Some(&origin), &key, "réglage inconnu");
            }
        }
    }

    fn section(&mut self, key: &str, mut value: Value<'_>, origin: &Origin) {
        match value.take() {
            ValueInner::Table(table) => self.table(key, table),
            other => {
                let reason = format!("attendu une table [{key}], trouvé {}", french_type(&other));
                self.faults.add(Some(origin), key, reason);
            }
        }
    }

    fn value(&mut self, setting: &Setting, mut value: Value<'_>, origin: Origin) {
        let text = match (setting.kind, value.take()) {
            (Kind::Number(..), ValueInner::Integer(number)) => Ok(number.to_string()),
            (Kind::Switch, ValueInner::Boolean(on)) => Ok(on.to_string()),
            (Kind::List, ValueInner::Array(items)) => {
                let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
                texts.map(|texts| texts.join(",")).ok_or("une liste d’autres choses")
            }
            (Kind::Text | Kind::Secret | Kind::Database | Kind::Choice(_), ValueInner::String(text)) => {
                Ok(text.into_owned())
            }
            (_, other) => Err(french_type(&other)),
        };
        match text {
            Ok(text) => _ = self.raw.insert(setting.key, Raw { text, origin }),
            Err(found) => {
                let reason = format!("attendu {}, trouvé {found}", expected(setting.kind));
                self.faults.add(Some(&origin), setting.key, reason);
            }
        }
    }
}

fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Secret | Kind::Database | Kind::Choice(_) => "un texte entre guillemets",
        Kind::Number(..) => "un nombre entier",
        Kind::Switch => "true ou false",
        Kind::List => "une liste de textes",
    }
}

fn french_type(value: &ValueInner<'_>) -> &'static str {
    match value {
        ValueInner::String(_) => "un texte",
        ValueInner::Integer(_) => "un nombre entier",
        ValueInner::Float(_) => "un nombre à virgule",
        ValueInner::Boolean(_) => "true ou false",
        ValueInner::Array(_) => "une liste",
        ValueInner::Table(_) => "une table",
    }
}

/// Never quotes the line: it may hold a secret.
fn syntax_reason(error: &Error) -> String {
    match &error.kind {
        ErrorKind::DuplicateKey { key, .. } => format!("« {key} » est donné deux fois"),
        ErrorKind::DuplicateTable { name, .. } => {
            format!("la table [{name}] est ouverte deux fois")
        }
        ErrorKind::UnterminatedString => "il manque le guillemet de fin".to_owned(),
        ErrorKind::UnquotedString => "un texte s’écrit entre guillemets".to_owned(),
        ErrorKind::InvalidNumber => "ce nombre n’en est pas un".to_owned(),
        ErrorKind::UnexpectedEof => "le fichier s’arrête avant la fin d’une valeur".to_owned(),
        ErrorKind::Unexpected(_) => "un caractère n’est pas à sa place".to_owned(),
        kind => format!("ce n’est pas du TOML ({kind})"),
    }
}
