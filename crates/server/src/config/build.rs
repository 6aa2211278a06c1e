//! Raw values to [`Config`]: each value read by its kind, then the combinations that make no sense refused.

use std::path::PathBuf;
use std::time::Duration;

use vault::MasterKey;

use super::fault::{Faults, Origin};
use super::parse;
use super::sources::RawSettings;
use super::table::{self, Kind, Setting};
use super::types::{Argon2, Base, Config, Exploitant, Limites, LogFormat, LogLevel, Logs, Secret, Travaux};

pub(super) fn build(raw: RawSettings, faults: Faults) -> Result<Config, Faults> {
    let mut reader = Reader { raw, faults };
    match reader.config() {
        Some(config) if reader.faults.0.is_empty() => Ok(config),
        _ => {
            reader.faults.sort();
            Err(reader.faults)
        }
    }
}

pub(super) struct Reader {
    pub(super) raw: RawSettings,
    faults: Faults,
}

impl Reader {
    /// `None` when the setting is unset, or does not fit (then a fault says so).
    pub(super) fn get<T>(&mut self, setting: &Setting, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let raw = self.raw.get(setting.key)?;
        match parse(&raw.text) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.faults.add(Some(&raw.origin), setting.key, reason);
                None
            }
        }
    }

    pub(super) fn number<T: TryFrom<u64>>(&mut self, setting: &Setting) -> Option<T> {
        let Kind::Number(least, most) = setting.kind else {
            return None;
        };
        self.get(setting, |text| {
            let number = parse::number(text, least, most)?;
            T::try_from(number).map_err(|_| format!("{number} est trop grand pour cette machine"))
        })
    }

    pub(super) fn choice(&mut self, setting: &Setting) -> Option<&'static str> {
        let Kind::Choice(words) = setting.kind else {
            return None;
        };
        self.get(setting, |text| parse::choice(text, words))
    }

    fn seconds(&mut self, setting: &Setting) -> Option<Duration> {
        self.number(setting).map(Duration::from_secs)
    }

    pub(super) fn given(&self, setting: &Setting) -> Option<Origin> {
        let raw = self.raw.get(setting.key)?;
        (raw.origin != Origin::Default).then(|| raw.origin.clone())
    }

    pub(super) fn refuse(&mut self, setting: &Setting, reason: impl Into<String>) {
        let origin = self.given(setting);
        self.faults.add(origin.as_ref(), setting.key, reason);
    }

    /// Reads every group before giving up, so that all faults are told at once.
    fn config(&mut self) -> Option<Config> {
        let nom_produit = self.get(&table::NOM_PRODUIT, parse::text);
        let adresse = self.get(&table::ADRESSE, parse::address);
        let adresse_gestion = self.get(&table::ADRESSE_GESTION, parse::address);
        if adresse.is_some_and(|address| address.port() != 0 && adresse_gestion == Some(address)) {
            self.refuse(&table::ADRESSE_GESTION, "c’est aussi « adresse » : la gestion a la sienne");
        }
        let url_publique = self.get(&table::URL_PUBLIQUE, parse::public_url);
        let mandataires = self.get(&table::MANDATAIRES, parse::networks).unwrap_or_default();
        let dossier_donnees = self.get(&table::DOSSIER_DONNEES, parse::text).map(PathBuf::from);
        let base = self.base(dossier_donnees.as_ref());
        let cle_maitresse = self.master_key();
        let exploitant = self.exploitant();
        let smtp = self.smtp();
        let objets = self.objets(dossier_donnees.as_ref());
        let antivirus = self.antivirus();
        let journal_logs = self.logs();
        let limites = self.limites();
        let argon2 = self.argon2();
        let travaux = self.travaux(base.as_ref());
        let complement = self.complement();
        let arret = self.seconds(&table::ARRET_DELAI_S);
        Some(Config {
            nom_produit: nom_produit?,
            adresse: adresse?,
            adresse_gestion: adresse_gestion?,
            url_publique: url_publique?,
            mandataires,
            dossier_donnees: dossier_donnees?,
            base: base?,
            cle_maitresse: cle_maitresse?,
            exploitant,
            smtp,
            objets: objets?,
            antivirus,
            journal_logs: journal_logs?,
            limites: limites?,
            argon2: argon2?,
            travaux: travaux?,
            complement: complement?,
            arret: arret?,
        })
    }

    fn base(&mut self, folder: Option<&PathBuf>) -> Option<Base> {
        let owner = self.get(&table::BASE_PROPRIETAIRE, postgres);
        let Some(raw) = self.raw.get(table::BASE.key) else {
            if owner.is_some() {
                self.refuse(&table::BASE_PROPRIETAIRE, "n’a de sens qu’avec une base PostgreSQL");
            }
            return folder.cloned().map(Base::Sqlite);
        };
        if let Some(path) = raw.text.strip_prefix("sqlite:") {
            let path = PathBuf::from(path);
            if owner.is_some() {
                self.refuse(&table::BASE_PROPRIETAIRE, "n’a de sens qu’avec une base PostgreSQL");
            }
            if path.as_os_str().is_empty() || path.starts_with(":memory:") {
                self.refuse(&table::BASE, "« sqlite: » attend le chemin d’un dossier");
                return None;
            }
            return Some(Base::Sqlite(path));
        }
        let application = self.get(&table::BASE, postgres)?;
        Some(Base::Postgres { application, proprietaire: owner })
    }

    fn master_key(&mut self) -> Option<MasterKey> {
        let key = self.get(&table::CLE_MAITRESSE, master_key);
        let in_file = self.get(&table::CLE_MAITRESSE_FICHIER, |path| {
            let text =
                std::fs::read_to_string(path).map_err(|error| format!("{path} : fichier illisible ({error})"))?;
            master_key(&text).map_err(|reason| format!("{path} : {reason}"))
        });
        let is_given = |setting: &Setting| self.raw.contains_key(setting.key);
        match (is_given(&table::CLE_MAITRESSE), is_given(&table::CLE_MAITRESSE_FICHIER)) {
            (true, true) => self.refuse(&table::CLE_MAITRESSE, "la clé est aussi donnée par « cle_maitresse_fichier » : n’en garder qu’une"),
            (false, false) => self.refuse(&table::CLE_MAITRESSE, "il manque la clé maîtresse : donner « cle_maitresse_fichier » ou la variable ESPACE_PARTENAIRES_CLE_MAITRESSE"),
            _ => {}
        }
        key.or(in_file)
    }

    fn exploitant(&mut self) -> Exploitant {
        Exploitant {
            nom: self.get(&table::EXPLOITANT_NOM, parse::text),
            adresse: self.get(&table::EXPLOITANT_ADRESSE, parse::text),
            publication: self.get(&table::EXPLOITANT_PUBLICATION, parse::text),
            hebergeur: self.get(&table::EXPLOITANT_HEBERGEUR, parse::text),
            dpo: self.get(&table::EXPLOITANT_DPO, parse::text),
            contact: self.get(&table::EXPLOITANT_CONTACT, parse::text),
        }
    }

    fn logs(&mut self) -> Option<Logs> {
        let format = self.choice(&table::JOURNAL_LOGS_FORMAT).map(|word| match word {
            "json" => LogFormat::Json,
            _ => LogFormat::Texte,
        });
        let niveau = self.choice(&table::JOURNAL_LOGS_NIVEAU).map(|word| match word {
            "error" => LogLevel::Error,
            "warn" => LogLevel::Warn,
            "debug" => LogLevel::Debug,
            _ => LogLevel::Info,
        });
        Some(Logs { format: format?, niveau: niveau? })
    }

    fn limites(&mut self) -> Option<Limites> {
        let entetes = self.seconds(&table::LIMITES_ENTETES_S);
        let corps = self.seconds(&table::LIMITES_CORPS_S);
        let connexions = self.number(&table::LIMITES_CONNEXIONS);
        let fichiers = self.number(&table::LIMITES_FICHIERS);
        Some(Limites { entetes: entetes?, corps: corps?, connexions: connexions?, fichiers: fichiers? })
    }

    fn argon2(&mut self) -> Option<Argon2> {
        let memoire_kio = self.number(&table::ARGON2_MEMOIRE_KIO);
        Some(Argon2 { memoire_kio: memoire_kio? })
    }

    fn travaux(&mut self, base: Option<&Base>) -> Option<Travaux> {
        let integres = self.get(&table::TRAVAUX_INTEGRES, parse::switch);
        if integres == Some(false) && matches!(base, Some(Base::Sqlite(_))) {
            self.refuse(
                &table::TRAVAUX_INTEGRES,
                "avec SQLite, un seul processus ouvre la base : les travaux y restent intégrés",
            );
        }
        Some(Travaux { integres: integres? })
    }
}

fn postgres(text: &str) -> Result<Secret, String> {
    let rest = text.strip_prefix("postgres://").or_else(|| text.strip_prefix("postgresql://"));
    match rest {
        Some(rest) if !rest.is_empty() => Ok(Secret(text.to_owned())),
        _ => Err("attendu « sqlite:<dossier> » ou « postgres://… »".to_owned()),
    }
}

fn master_key(text: &str) -> Result<MasterKey, String> {
    MasterKey::parse(text).map_err(|error| match error {
        vault::VaultError::MasterKeyWeak => "cette clé est un octet répété : en tirer une au hasard".to_owned(),
        _ => "attendu 64 chiffres hexadécimaux, ou 32 octets en base64".to_owned(),
    })
}
