//! `demo`: the portal on this machine, with fictional data.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use demo::{CompteDemo, Fichier, Taille};
use domain::compte::Profil;
use tokio::net::TcpListener;
use web::config::Operator;

use super::print;
use super::serve::bind;
use crate::arret::Stop;
use crate::atelier::hasher;
use crate::cli::{Demo, loopback};
use crate::config::{Antivirus, Limites, LogFormat, LogLevel, Logs};
use crate::demonstration::{Bureau, Ouverture};
use crate::echec::Echec;
use crate::journaux;
use crate::service::{Plan, Service, origines};

/// Memory of a password hash: as in a real installation (security, « Sign-in »).
const ARGON2_KIO: u32 = 47_104;
/// Socket of a scanner, as for a real installation; without it files wait and the pages say so.
const CLAMD: &str = "ESPACE_PARTENAIRES_ANTIVIRUS_SOCKET";
/// Longest analysis of one file.
const SCAN_TIME: Duration = Duration::from_secs(30);
/// What running requests have to finish.
const DELAY: Duration = Duration::from_secs(5);
const LIMITES: Limites =
    Limites { entetes: Duration::from_secs(10), corps: Duration::from_secs(300), connexions: 1024, fichiers: 8 };

/// Serves until it is stopped.
pub(super) async fn run(options: Demo) -> Result<(), Echec> {
    journaux::init(Logs { format: LogFormat::Texte, niveau: LogLevel::Info })
        .map_err(|e| Echec::panne("journal technique", e))?;
    let stop = Stop::on_signals(DELAY).map_err(|e| Echec::panne("signaux", e))?;
    let (pages, port) = sockets(options.port).await?;
    let url = format!("http://localhost:{port}");
    let ouverture = Ouverture {
        dossier: options.data_dir,
        neuf: options.fresh,
        url: url.clone(),
        taille: Taille::default(),
        hasher: hasher(ARGON2_KIO)?,
        antivirus: std::env::var_os(CLAMD).map(|socket| Antivirus { socket: socket.into(), delai: SCAN_TIME }),
    };
    let demonstration = ouverture.open().await?;
    print(&welcome(&url, &ouverture, &demonstration.fichier, demonstration.remplie));
    let plan = Plan {
        pages,
        gestion: None,
        origines: origines(&url),
        operator: operator(),
        mandataires: Vec::new(),
        limites: LIMITES,
        travaux: true,
        demo: Some(Arc::new(Bureau::new(&demonstration))),
    };
    Service::new(demonstration.atelier).run(plan, stop).await
}

/// On loopback only: IPv4, and IPv6 where the machine has it.
async fn sockets(port: u16) -> Result<(Vec<TcpListener>, u16), Echec> {
    let [v4, _] = loopback(port);
    let first = bind(v4).await?;
    let port = first.local_addr().map_err(|e| Echec::panne("socket", e))?.port();
    let [_, v6] = loopback(port);
    let second = TcpListener::bind(v6).await.ok();
    Ok(([first].into_iter().chain(second).collect(), port))
}

fn operator() -> Operator {
    let fictional = |text: &str| Some(format!("{text} (fictif)"));
    Operator {
        name: fictional("Démonstration de l’Espace Partenaires"),
        address: fictional("1 rue de l’Exemple, 00000 Ville-Exemple"),
        publisher: fictional("Ombeline Castaneix"),
        host: fictional("Cette machine"),
        dpo: fictional("dpo@assurance-maladie.example"),
        contact: fictional("aide@assurance-maladie.example"),
    }
}

fn welcome(url: &str, ouverture: &Ouverture, fichier: &Fichier, filled: bool) -> String {
    let mut text = format!("\nEspace Partenaires, démonstration : {url}\n");
    let _ = writeln!(text, "Visite, codes du moment, courriels et horloge : {url}/demonstration");
    let what = if filled { "rempli à l’instant" } else { "repris tel quel" };
    let _ = writeln!(text, "Données : {} ({what}). Tout y est fictif.\n", ouverture.dossier.display());
    text.push_str(&accounts(fichier));
    let _ = writeln!(text, "\n{} comptes en tout, sur la page de la démonstration.", fichier.accounts.len());
    text.push_str("\nPour arrêter : Ctrl+C.\n");
    text
}

/// The profils that file, treat and manage: what most people try first.
const FIRST: [Profil; 4] = [Profil::Technicien, Profil::Gestionnaire, Profil::Agent, Profil::Superviseur];

/// One account of each of these profils a line, for every organisation, which is written whole.
fn accounts(fichier: &Fichier) -> String {
    let width = fichier.accounts.iter().map(|c| c.organisation.chars().count()).max().unwrap_or_default().max(12);
    let mut text = format!("{:<36} {:<width$} {:<32} Mot de passe\n", "Profil", "Organisation", "Identifiant");
    for (rang, c) in fichier.accounts.iter().enumerate() {
        let same = |o: &CompteDemo| (&o.profile, &o.organisation) == (&c.profile, &c.organisation);
        let Some(profil) = FIRST.into_iter().find(|p| p.code() == c.profile) else { continue };
        if fichier.accounts.iter().take(rang).any(same) {
            continue;
        }
        let profil = profil.libelle();
        let _ = writeln!(text, "{profil:<36} {:<width$} {:<32} {}", c.organisation, c.login, c.password);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_accounts_cuts_no_name_and_keeps_its_columns() {
        let compte = |organisation: &str| CompteDemo {
            profile: Profil::Technicien.code().to_owned(),
            organisation: organisation.to_owned(),
            function: "Accompagnement social".to_owned(),
            name: "Maëlle Corvalenne".to_owned(),
            login: "maelle.corvalenne".to_owned(),
            password: "tilleul".to_owned(),
            totp_secret: String::new(),
        };
        let long = "Structure au nom bien plus long que quarante-deux caractères";
        let text =
            accounts(&Fichier { accounts: vec![compte(long), compte("Courte"), compte("Courte")], tour: Vec::new() });
        assert_eq!(text.lines().count(), 3, "one technicien of each: {text}");
        assert!(text.contains(&format!("{long} maelle.corvalenne")), "{text}");
        let column = |line: &str, word: &str| line.split(word).next().unwrap().chars().count();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(column(lines[1], "maelle"), column(lines[2], "maelle"));
        assert_eq!(column(lines[0], "Identifiant"), column(lines[2], "maelle"));
    }
}
