//! `convention import|show|activate|fonction`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use domain::calendrier::date_en_francais;
use domain::convention::Fonctionnalite;
use domain::droits::Raison;

use super::{open, print};
use crate::atelier::Atelier;
use crate::cli::Reglages;
use crate::echec::{self, Echec};

/// All or nothing; the report says each convention once.
pub(super) async fn import(reglages: &Reglages, files: &[PathBuf], dry_run: bool) -> Result<(), Echec> {
    let fichiers = files.iter().map(|f| read(f)).collect::<Result<Vec<_>, _>>()?;
    // Files are read before the database is opened: a fault in them changes nothing at all.
    app::convention::lis(&fichiers).map_err(app::convention::ImportError::Fichiers)?;
    let atelier = open(reglages).await?;
    let rapports = app::convention::import(&atelier.ctx, &fichiers, dry_run).await;
    let text = rapports.map(|rapports| {
        let mut text = String::new();
        for r in rapports {
            let lacunes = match r.lacunes {
                0 => "rien ne manque pour l’activer".to_owned(),
                n => format!("{n} information(s) manquante(s) pour l’activer, voir « convention show {} »", r.cle),
            };
            let _ = writeln!(text, "{} : {} ; {lacunes}", r.cle, r.effet.libelle());
        }
        if dry_run {
            text.push_str("Essai à blanc : rien n’a été changé.\n");
        }
        text
    });
    finish(atelier, text.map_err(Echec::from)).await
}

pub(super) async fn show(reglages: &Reglages, cle: &str) -> Result<(), Echec> {
    let lecture = super::read(reglages).await?;
    let text = match app::convention::show(&lecture.store, cle).await {
        Ok(Some(text)) => Ok(text),
        Ok(None) => Err(echec::unknown(cle)),
        Err(error) => Err(error.into()),
    };
    lecture.close().await?;
    print(&text?);
    Ok(())
}

pub(super) async fn activate(reglages: &Reglages, cle: &str, le: NaiveDate) -> Result<(), Echec> {
    let atelier = open(reglages).await?;
    let done = app::convention::activate(&atelier.ctx, Raison::Installation, cle, le).await;
    let text = done.map(|()| format!("{cle} : activée à partir du {}\n", date_en_francais(le)));
    finish(atelier, text.map_err(|e| echec::activation(cle, e))).await
}

pub(super) async fn switch(
    reglages: &Reglages,
    cle: &str,
    (fonction, ouverte): (Fonctionnalite, bool),
) -> Result<(), Echec> {
    let atelier = open(reglages).await?;
    let done = app::convention::switch(&atelier.ctx, Raison::Installation, cle, (fonction, ouverte)).await;
    let text = done.map(|changed| {
        let deja = if changed { "" } else { "déjà " };
        let etat = if ouverte { "ouverte" } else { "fermée" };
        format!("{cle} : fonction « {} » {deja}{etat}\n", fonction.libelle())
    });
    finish(atelier, text.map_err(|e| echec::fonction(cle, fonction, e))).await
}

async fn finish(atelier: Atelier, text: Result<String, Echec>) -> Result<(), Echec> {
    let closed = atelier.close().await;
    print(&text?);
    closed
}

fn read(file: &Path) -> Result<(String, String), Echec> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|e| Echec::Entree(format!("{name}, fichier : illisible ({e})")))?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let valid = e.utf8_error().valid_up_to();
        let line = 1 + e.as_bytes().iter().take(valid).filter(|b| **b == b'\n').count();
        Echec::Entree(format!("{name}, ligne {line}, fichier : ce n’est pas du texte UTF-8"))
    })?;
    Ok((name, text))
}
