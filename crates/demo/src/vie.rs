//! Conventions in telling states on the first day: a breach told by registered letter, a term at which one ends.

use app::Contexte;
use app::convention::{FinDemandee, NouvelleLettre, end, record_letter, sheet};
use chrono::NaiveDate;
use domain::compte::Profil;

use crate::comptes::Ouvert;
use crate::erreur::DemoError;
use crate::monde::{Convention, Monde};
use crate::personnes::BUREAUX;

/// The structure of the union received a mise en demeure.
const EN_DEMEURE: &str = "012-fictive-union-69";
/// A second caisse that ends at its term in March.
const DENONCEE: &str = "010-fictive-meurthe-et-moselle";

const fn le(annee: i32, mois: u32, jour: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(annee, mois, jour) {
        Some(le) => le,
        None => NaiveDate::MIN,
    }
}

/// Records letters and ends, by the référents.
pub(crate) async fn write(ctx: &Contexte, monde: &Monde, played: &[Convention]) -> Result<(), DemoError> {
    let referent = |cle: &str| -> Option<&Ouvert> {
        let convention = played.iter().find(|c| c.lien.cle == cle)?;
        let bureau = BUREAUX.iter().find(|b| b.caisse == convention.lien.caisse)?;
        monde.first(bureau.personnes, Profil::Referent)
    };
    if let Some(qui) = referent(EN_DEMEURE) {
        let lettre = NouvelleLettre {
            papier: "metier",
            nature: "mise_en_demeure",
            par: "caisse",
            envoyee_le: le(2029, 1, 2),
            recue_le: Some(le(2029, 1, 4)),
            numero: "1A 000 000 0000 1",
            motif: "Plusieurs personnes utilisent le même compte, contrairement aux engagements de la convention.",
        };
        letter(ctx, qui, EN_DEMEURE, &lettre).await?;
    }
    if let Some(qui) = referent(DENONCEE) {
        let lettre = NouvelleLettre {
            papier: "metier",
            nature: "denonciation",
            par: "partenaire",
            envoyee_le: le(2028, 12, 18),
            recue_le: Some(le(2028, 12, 20)),
            numero: "1A 000 000 0000 2",
            motif: "La structure réunit ses demandes auprès d’une seule caisse.",
        };
        letter(ctx, qui, DENONCEE, &lettre).await?;
        let requete = qui.requete(ctx);
        let version = sheet(ctx, &requete, DENONCEE, None).await?.row.version;
        let fin = FinDemandee {
            papier: "metier",
            cause: "denonciation",
            le: le(2029, 3, 10),
            motif: "La structure réunit ses demandes auprès d’une seule caisse.",
        };
        end(ctx, &requete, (DENONCEE, version), &fin).await?;
    }
    Ok(())
}

async fn letter(ctx: &Contexte, qui: &Ouvert, cle: &str, lettre: &NouvelleLettre<'_>) -> Result<(), DemoError> {
    let requete = qui.requete(ctx);
    let version = sheet(ctx, &requete, cle, None).await?.row.version;
    record_letter(ctx, &requete, (cle, version), lettre).await?;
    Ok(())
}
