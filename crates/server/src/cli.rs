//! The command line: words, options and their help in French.

mod refus;

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::styling::Styles;
use clap::error::ErrorKind;
use clap::{ArgAction, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use domain::convention::Fonctionnalite;

use crate::check::Kind;
use crate::config::Flags;

const TEMPLATE: &str = "{about-with-newline}\nUtilisation : {usage}\n\n{all-args}";

/// The whole line.
#[derive(Debug, Parser)]
#[command(
    name = "espace-partenaires",
    about = "Espace Partenaires : l’extranet des partenaires de l’Assurance Maladie",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "Commandes",
    subcommand_value_name = "COMMANDE",
    help_template = TEMPLATE,
    styles = Styles::plain(),
)]
pub struct Ligne {
    /// What to do.
    #[command(subcommand)]
    pub commande: Commande,
    #[command(flatten)]
    aide: Aide,
}

/// Help and version, named in French.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options")]
struct Aide {
    /// Affiche cette aide (`-h` : l’essentiel)
    #[arg(long = "help", short = 'h', global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Affiche la version
    #[arg(long = "version", short = 'V', action = ArgAction::Version)]
    version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Commande {
    /// Essaie le portail sur cette machine, avec des données fictives
    #[command(help_template = TEMPLATE)]
    Demo(Demo),
    /// Sert le portail
    #[command(help_template = TEMPLATE)]
    Serve(Reglages),
    /// Exécute les travaux différés sans servir de pages (PostgreSQL)
    #[command(help_template = TEMPLATE)]
    Worker(Reglages),
    /// Crée ou met à jour les tables, puis s’arrête
    #[command(help_template = TEMPLATE)]
    Migrate(Reglages),
    /// Contrôle ou décrit les réglages
    #[command(help_template = TEMPLATE, subcommand_help_heading = "Commandes", subcommand_value_name = "COMMANDE")]
    Config {
        /// Which.
        #[command(subcommand)]
        action: ConfigAction,
    },
    /// Importe, montre ou active des conventions, ouvre et ferme leurs fonctions
    #[command(help_template = TEMPLATE, subcommand_help_heading = "Commandes", subcommand_value_name = "COMMANDE")]
    Convention {
        /// Which.
        #[command(subcommand)]
        action: ConventionAction,
    },
    /// Crée le premier administrateur national
    #[command(help_template = TEMPLATE, subcommand_help_heading = "Commandes", subcommand_value_name = "COMMANDE")]
    Admin {
        /// Which.
        #[command(subcommand)]
        action: AdminAction,
    },
    /// Contrôle le journal des traces
    #[command(help_template = TEMPLATE, subcommand_help_heading = "Commandes", subcommand_value_name = "COMMANDE")]
    Journal {
        /// Which.
        #[command(subcommand)]
        action: JournalAction,
    },
    /// Vérifie des lignes lues sur l’entrée standard, une réponse par ligne
    #[command(help_template = TEMPLATE)]
    Check {
        /// nir, siret, siren, text ou working-days
        #[arg(value_name = "SORTE")]
        kind: Kind,
    },
}

/// Options of `demo`.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options")]
pub struct Demo {
    /// Port de http://localhost, 8080 par défaut
    #[arg(long, value_name = "PORT", default_value_t = 8080, hide_default_value = true)]
    pub port: u16,
    /// Dossier des données de la démonstration, « demo-data » par défaut
    #[arg(long, value_name = "DOSSIER", default_value = "demo-data", hide_default_value = true)]
    pub data_dir: PathBuf,
    /// Recommence avec des données neuves (seulement dans un dossier de démonstration)
    #[arg(long)]
    pub fresh: bool,
}

/// Settings, for commands that open the database.
#[derive(Debug, Args)]
pub struct Reglages {
    /// The settings given on the line.
    #[command(flatten)]
    pub flags: Flags,
}

/// `config …`
#[derive(Debug, Subcommand)]
pub enum ConfigAction {
    /// Dit tout ce qui ne va pas, ou les valeurs retenues et leur provenance
    #[command(help_template = TEMPLATE)]
    Check(Reglages),
    /// Écrit la référence de tous les réglages
    #[command(help_template = TEMPLATE)]
    Reference,
}

/// `convention …`
#[derive(Debug, Subcommand)]
pub enum ConventionAction {
    /// Importe des fichiers TOML : tout ou rien, sans effet la seconde fois
    #[command(help_template = TEMPLATE)]
    Import {
        /// Fichiers TOML de conventions ou de compléments
        #[arg(value_name = "FICHIER", required = true)]
        files: Vec<PathBuf>,
        /// Contrôle tout et ne change rien
        #[arg(long)]
        dry_run: bool,
        /// Settings.
        #[command(flatten)]
        reglages: Reglages,
    },
    /// Montre une convention, la source de chaque valeur et ce qui manque
    #[command(help_template = TEMPLATE)]
    Show {
        /// Clé de la convention
        #[arg(value_name = "CLE")]
        cle: String,
        /// Settings.
        #[command(flatten)]
        reglages: Reglages,
    },
    /// Active une convention complète, toutes ses fonctions ouvertes
    #[command(help_template = TEMPLATE)]
    Activate {
        /// Clé de la convention
        #[arg(value_name = "CLE")]
        cle: String,
        /// Premier jour
        #[arg(long, value_name = "AAAA-MM-JJ", value_parser = iso_date)]
        le: NaiveDate,
        /// Settings.
        #[command(flatten)]
        reglages: Reglages,
    },
    /// Ouvre ou ferme une fonction d’une convention activée
    #[command(help_template = TEMPLATE)]
    Fonction {
        /// Clé de la convention
        #[arg(value_name = "CLE")]
        cle: String,
        /// contact, etude, signalement, rendez_vous, document ou historique
        #[arg(value_name = "FONCTION", value_parser = function)]
        fonction: Fonctionnalite,
        /// What to do with it.
        #[command(flatten)]
        sens: Sens,
        /// Settings.
        #[command(flatten)]
        reglages: Reglages,
    },
}

/// Open or close: one of both.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Sens {
    /// Ouvre la fonction
    #[arg(long)]
    pub ouvrir: bool,
    /// Ferme la fonction
    #[arg(long)]
    pub fermer: bool,
}

/// `admin …`
#[derive(Debug, Subcommand)]
pub enum AdminAction {
    /// Invite le premier administrateur national et écrit son lien à usage unique
    #[command(help_template = TEMPLATE)]
    Invite {
        /// Adresse électronique
        #[arg(long, value_name = "ADRESSE")]
        courriel: String,
        /// Nom
        #[arg(long, value_name = "NOM")]
        nom: String,
        /// Prénom
        #[arg(long, value_name = "PRENOM")]
        prenom: String,
        /// Settings.
        #[command(flatten)]
        reglages: Reglages,
    },
}

/// `journal …`
#[derive(Debug, Subcommand)]
pub enum JournalAction {
    /// Contrôle toute la chaîne et nomme la première ligne fautive
    #[command(help_template = TEMPLATE)]
    Verify(Reglages),
}

fn function(code: &str) -> Result<Fonctionnalite, String> {
    Fonctionnalite::du_code(code).ok_or_else(|| {
        let codes: Vec<&str> = Fonctionnalite::TOUS.iter().map(|f| f.code()).collect();
        format!("attendu : {}", codes.join(", "))
    })
}

fn iso_date(text: &str) -> Result<NaiveDate, String> {
    let shape = text.len() == 10 && text.bytes().enumerate().all(|(i, b)| matches!(i, 4 | 7) == (b == b'-'));
    let date = shape.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten();
    date.ok_or_else(|| "une date AAAA-MM-JJ qui existe est attendue".to_owned())
}

/// What a line gives.
#[derive(Debug)]
pub enum Lecture {
    /// A command to run.
    Commande(Box<Commande>),
    /// Help or version asked for: text for standard output.
    Aide(String),
    /// A line that is wrong: text for standard error.
    Refus(String),
}

/// Reads a command line, its first word being the program's name.
#[must_use]
pub fn read(words: impl IntoIterator<Item = std::ffi::OsString>) -> Lecture {
    let parsed = Ligne::command().try_get_matches_from(words).and_then(|m| Ligne::from_arg_matches(&m));
    match parsed {
        Ok(ligne) => Lecture::Commande(Box::new(ligne.commande)),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Lecture::Aide(error.to_string()),
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Lecture::Refus(error.to_string()),
            _ => Lecture::Refus(refus::in_french(&error)),
        },
    }
}

/// The loopback addresses of a port: IPv4 always, IPv6 where the machine has it.
#[must_use]
pub fn loopback(port: u16) -> [SocketAddr; 2] {
    [SocketAddr::from(([127, 0, 0, 1], port)), SocketAddr::from((std::net::Ipv6Addr::LOCALHOST, port))]
}
