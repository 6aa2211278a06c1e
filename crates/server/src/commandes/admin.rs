//! `admin invite`: the first administrateur national of a real installation.

use app::Requete;
use app::compte::{Administrateur, admin_invite};

use super::{open, print};
use crate::cli::Reglages;
use crate::echec::Echec;

/// Prints the one-time link; it is written nowhere else than in the mail.
pub(super) async fn invite(reglages: &Reglages, qui: Administrateur) -> Result<(), Echec> {
    let atelier = open(reglages).await?;
    let invited = admin_invite(&atelier.ctx, &Requete::systeme("admin-invite"), &qui).await;
    let closed = atelier.close().await;
    let lien = invited?;
    tracing::info!(identifiant = lien.identifiant, "first administrateur national invited");
    print(&format!("Identifiant : {}\nLien à usage unique, valable 7 jours :\n{}\n", lien.identifiant, lien.lien));
    closed
}
