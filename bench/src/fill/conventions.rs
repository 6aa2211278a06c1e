//! A caisse and its conventions, one a structure, every function open.

use super::{CAISSE, Cadre, Lien};
use crate::Outcome;
use crate::volume::Volume;
use app::Contexte;
use app::convention::ImportError;
use chrono::{DateTime, Days, Utc};
use domain::droits::Raison;
use domain::identifiants::{Siren, Siret};

const MODELE: &str = include_str!("convention.toml");
/// Days for which the conventions have been signed.
const SIGNEES: u64 = 700;

/// Imports and activates them.
///
/// # Errors
/// What the import refuses, or the database's error.
pub async fn install(ctx: &Contexte, volume: &Volume, present: DateTime<Utc>) -> Outcome<Cadre> {
    app::caisse::install(ctx).await?;
    let depuis = present.date_naive().checked_sub_days(Days::new(SIGNEES)).unwrap_or(present.date_naive());
    let mut fichiers = Vec::new();
    for (racine, organisation) in (1_u32..).zip(&volume.organisations) {
        let cle = cle(&organisation.slug);
        let convention =
            format!("cle = \"{cle}\"\ncle_caisse = \"{CAISSE}\"\ncle_partenaire = \"{}\"\n", organisation.slug);
        fichiers.push((format!("{cle}.toml"), convention));
        let siret = Siret::depuis_siren(&Siren::depuis_racine(racine), 1);
        let values = [
            ("{cle}", cle.as_str()),
            ("{nom}", &organisation.nom.replace(['"', '\\'], " ")),
            ("{siret}", siret.canonique()),
            ("{depuis}", &depuis.to_string()),
        ];
        // A file each: what is wrong is looked for line by line.
        let complement = values.iter().fold(MODELE.to_owned(), |text, (mark, value)| text.replace(mark, value));
        fichiers.push((format!("complement-{cle}.toml"), complement));
    }
    app::convention::import(ctx, &fichiers, false).await.map_err(told)?;
    for organisation in &volume.organisations {
        let cle = cle(&organisation.slug);
        let activated = app::convention::activate(ctx, Raison::Import, &cle, depuis).await;
        activated.map_err(|e| format!("{cle}: {e:?}"))?;
    }
    read(ctx, volume).await
}

fn cle(slug: &str) -> String {
    format!("900-{slug}")
}

async fn read(ctx: &Contexte, volume: &Volume) -> Outcome<Cadre> {
    let tx = ctx.store.begin_read().await?;
    let caisse = store::caisse::by_slug(&tx, CAISSE).await?.ok_or("no caisse")?.id;
    let services = store::caisse::services(&tx, caisse).await?;
    let services = services.into_iter().map(|s| (s.code, s.id, s.nom, s.delai_jours)).collect();
    let mut liens = Vec::new();
    for organisation in &volume.organisations {
        let row = store::convention::by_cle(&tx, &cle(&organisation.slug)).await?.ok_or("no convention")?;
        liens.push(Lien { partenaire: row.partenaire, convention: row.id });
    }
    Ok(Cadre { caisse, services, liens })
}

fn told(error: ImportError) -> String {
    match error {
        ImportError::Fichiers(erreurs) => {
            erreurs.iter().take(5).map(ToString::to_string).collect::<Vec<_>>().join("; ")
        }
        other @ ImportError::App(_) => other.to_string(),
    }
}
