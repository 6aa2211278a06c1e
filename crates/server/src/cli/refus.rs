//! What a wrong command line is told, in French.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Why a line is wrong and where help is, for standard error.
pub(super) fn in_french(error: &clap::Error) -> String {
    let said = |kind| error.get(kind).map(context).unwrap_or_default();
    let (argument, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let reason = match error.kind() {
        ErrorKind::UnknownArgument => format!("option inconnue : {argument}"),
        ErrorKind::InvalidSubcommand => format!("commande inconnue : {}", said(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "il manque une commande".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("il manque : {argument}"),
        ErrorKind::ArgumentConflict => format!("{argument} : donné deux fois, ou incompatible"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} : il manque une valeur"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::TooManyValues => {
            let why = std::error::Error::source(error).map(|e| format!(" ({})", number_reason(&e.to_string())));
            format!("{argument} : la valeur « {value} » ne convient pas{}", why.unwrap_or_default())
        }
        _ => "la ligne de commande ne se lit pas".to_owned(),
    };
    format!("{reason}\nEssayez « espace-partenaires --help ».\n")
}

fn number_reason(reason: &str) -> String {
    if reason.contains("invalid digit") || reason.contains("not in") {
        "un nombre est attendu".to_owned()
    } else {
        reason.to_owned()
    }
}

fn context(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        other => other.to_string(),
    }
}
