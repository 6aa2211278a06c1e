//! What référents and gestionnaires share in the last days: one piece of news, one thread.

use app::Contexte;
use app::partenaire::{ActualiteSaisie, publish, write};
use domain::compte::Profil;

use crate::erreur::DemoError;
use crate::monde::{Convention, Monde};

/// The convention of the thread and of the news: the first one.
const LIGNES: [(Profil, &str); 3] = [
    (
        Profil::Referent,
        "Bonjour, à compter de février, les rendez-vous pour l’examen de prévention en santé se demandent aussi à Moissac. Dites-nous si vos équipes souhaitent une présentation.",
    ),
    (
        Profil::Gestionnaire,
        "Merci. Oui, une présentation d’une heure à nos équipes serait utile, plutôt un jeudi matin.",
    ),
    (Profil::Referent, "C’est noté : nous vous proposons une date la semaine prochaine."),
];

/// Publishes the news and writes the thread, through the use cases of the pages.
pub(crate) async fn share(ctx: &Contexte, monde: &Monde, conventions: &[Convention]) -> Result<(), DemoError> {
    let Some(convention) = conventions.first() else { return Ok(()) };
    for (profil, texte) in LIGNES {
        let Some(qui) = monde.at(convention, profil) else { return Ok(()) };
        write(ctx, &qui.requete(ctx), &convention.parties.cle, texte).await?;
    }
    let Some(referent) = monde.at(convention, Profil::Referent) else { return Ok(()) };
    let news = ActualiteSaisie {
        titre: "Webinaire sur la complémentaire santé solidaire".to_owned(),
        texte: "La caisse présente les nouveautés de l’année le jeudi 25 janvier à dix heures. Inscription auprès de votre référent.".to_owned(),
        jusqu_au: chrono::NaiveDate::from_ymd_opt(2029, 1, 25),
    };
    Ok(publish(ctx, &referent.requete(ctx), &news).await?)
}
