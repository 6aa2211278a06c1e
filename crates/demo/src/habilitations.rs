//! Reviews of comptes in the year, and what is under way on the first morning: a request that the caisse let pass its day, a
//! departure with its successor, a review that waits (HA-3, HA-8, HA-12).

use app::Contexte;
use app::habilitation::{Depart, Habilitation, Personne, accept, home, leave, request, structures};
use app::revue::{Reponse, Vue, answer, demand, list, show};
use chrono::NaiveDate;
use domain::compte::Profil;
use domain::compte::attestations::Attestation;
use domain::habilitation::Decision;
use domain::ids::DemarcheId;

use crate::comptes::Ouvert;
use crate::erreur::DemoError;
use crate::monde::{Convention, Monde};
use crate::personnes::{BUREAUX, Devenir, Personne as Persona};

/// Days on which somebody does something of this, with the hour in Paris.
pub(crate) const REVUES: NaiveDate = jour(2028, 7, 13);
/// Somebody asks for one more gestionnaire, and nobody decides.
pub(crate) const DEMANDE: NaiveDate = jour(2028, 12, 20);
/// The wished day of the departure.
const DEPART: NaiveDate = jour(2029, 2, 2);
/// The day by which the review is to be answered.
const ECHEANCE: NaiveDate = jour(2029, 1, 31);

const fn jour(annee: i32, mois: u32, jour: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(annee, mois, jour) {
        Some(jour) => jour,
        None => NaiveDate::MIN,
    }
}

/// Everybody who has a review to answer keeps every compte.
pub(crate) async fn reviews(ctx: &Contexte, monde: &Monde) -> Result<(), DemoError> {
    let answers = |o: &&Ouvert| {
        matches!(o.qui.profil, Profil::Gestionnaire | Profil::AdministrateurLocal) && o.qui.devenir == Devenir::Reste
    };
    for ouvert in monde.ouverts.iter().filter(answers) {
        let requete = ouvert.requete(ctx);
        // A colleague's answer is the structure's: the list is read again each time.
        while let Some(open) = list(ctx, &requete, Vue::Ouvertes, None).await?.revues.into_iter().next() {
            let fiche = show(ctx, &requete, open.revue.id).await?;
            let reponse = Reponse {
                version: fiche.revue.version,
                decisions: fiche.lignes.iter().map(|l| (l.compte, Decision::Conserver)).collect(),
                attestations: Attestation::TOUTES.to_vec(),
            };
            answer(ctx, &requete, open.revue.id, &reponse).await?;
        }
    }
    Ok(())
}

fn personne(civilite: &str, prenom: &str, nom: &str, courriel: &str) -> Personne {
    Personne {
        civilite: civilite.to_owned(),
        nom: nom.to_owned(),
        prenom: prenom.to_owned(),
        fonction: "Cheffe de service".to_owned(),
        telephone: "01 99 00 47 12".to_owned(),
        courriel: courriel.to_owned(),
    }
}

/// The gestionnaire and the référent of the convention with a caisse, where both are played.
fn both<'a>(monde: &'a Monde, conventions: &[Convention], caisse: &str) -> Option<(&'a Ouvert, &'a Ouvert)> {
    let convention = conventions.iter().find(|c| c.lien.caisse == caisse)?;
    let structure: &[Persona] = convention.structure().ok()?.personnes;
    let bureau = BUREAUX.iter().find(|b| b.caisse == caisse)?;
    Some((monde.first(structure, Profil::Gestionnaire)?, monde.first(bureau.personnes, Profil::Referent)?))
}

/// The request of Metz, which nobody decides in time.
pub(crate) async fn overdue(ctx: &Contexte, monde: &Monde, conventions: &[Convention]) -> Result<(), DemoError> {
    let Some((gestionnaire, _)) = both(monde, conventions, "moselle") else { return Ok(()) };
    let requete = gestionnaire.requete(ctx);
    let caisse = conventions.iter().find(|c| c.lien.caisse == "moselle").map(|c| c.parties.nom_caisse.as_str());
    // The structure has two caisses, where both are played.
    let choix = home(ctx, &requete).await?.conventions.into_iter().find(|c| Some(c.nom.as_str()) == caisse);
    let convention = choix.map(|c| c.convention.to_string()).unwrap_or_default();
    let personne = personne("madame", "Apolline", "Rozérieux", "apolline.rozerieux@metz-metropole.example");
    let saisie = Habilitation { id: DemarcheId::new(ctx.new_id()), convention, personne };
    request(ctx, &requete, &saisie).await?;
    Ok(())
}

/// On the last day: the departure of Grimaud, accepted for its day, and the review that Tarn-et-Garonne asks for.
pub(crate) async fn last_day(ctx: &Contexte, monde: &Monde, conventions: &[Convention]) -> Result<(), DemoError> {
    if let Some((gestionnaire, referent)) = both(monde, conventions, "var") {
        let id = DemarcheId::new(ctx.new_id());
        let successeur = personne("monsieur", "Aurélien", "Cavaliérou", "aurelien.cavalierou@ccas-grimaud.example");
        let depart = Depart {
            id,
            convention: String::new(),
            compte: gestionnaire.compte,
            souhaite_le: DEPART,
            successeur: Some(successeur),
        };
        leave(ctx, &gestionnaire.requete(ctx), &depart).await?;
        accept(ctx, &referent.requete(ctx), (id, 1)).await?;
    }
    if let Some((_, referent)) = both(monde, conventions, "tarn-et-garonne") {
        let requete = referent.requete(ctx);
        if let Some(structure) = structures(ctx, &requete).await?.into_iter().next() {
            demand(ctx, &requete, structure.choix.convention, ECHEANCE).await?;
        }
    }
    Ok(())
}
