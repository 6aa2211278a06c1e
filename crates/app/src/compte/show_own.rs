//! « Mon compte »: what the portal keeps on the person who asks, and his sessions.

use super::acteur::entourage;
use super::sessions::{self, SessionListee};
use super::{age, passage};
use crate::context::{Contexte, Requete};
use crate::error::Outcome;
use chrono::{DateTime, Utc};
use domain::calendrier::Zone;
use domain::compte::engagements::Nature;
use domain::compte::{Etape, Profil};
use domain::notification::{Rythme, concerne};
use store::compte::acceptations;

/// One's own compte.
#[derive(Clone, Debug)]
pub struct MonCompte {
    /// What is typed at the sign-in.
    pub identifiant: String,
    /// Profil.
    pub profil: Profil,
    /// Name of the structure or caisse; « National » for the country.
    pub organisation: String,
    /// Nom.
    pub nom: String,
    /// Prénom.
    pub prenom: String,
    /// E-mail address.
    pub courriel: String,
    /// Phone.
    pub telephone: Option<String>,
    /// What the person does in the structure or at the caisse.
    pub fonction: Option<String>,
    /// When the password must be changed (HA-14); none where the caisse decided that passwords no longer age.
    pub mot_de_passe_jusqu_au: Option<DateTime<Utc>>,
    /// Texts accepted, with version and date (HA-6, HA-15), in order of time.
    pub acceptations: Vec<(Nature, String, DateTime<Utc>)>,
    /// Sessions that have not ended, the last used first.
    pub sessions: Vec<SessionListee>,
    /// How the person is told of news; none for a profil that is never told of a demande.
    pub rythme: Option<Rythme>,
    /// Zone in which dates are shown: that of the caisse.
    pub zone: Zone,
}

/// What the portal keeps on the person who asks.
///
/// # Errors
/// [`crate::AppError::SessionFermee`] unless signed in; the database's error.
pub async fn show_own(ctx: &Contexte, requete: &Requete) -> Outcome<MonCompte> {
    let tx = ctx.store.begin_read().await?;
    let (session, compte, _) = passage::a_l_etape(ctx, &tx, requete, &[Etape::Ouverte]).await?;
    let autour = entourage(ctx, &tx, compte.id).await?;
    let acceptes = acceptations::list(&tx, compte.id).await?;
    let ages = age::of(&tx, &compte).await?;
    let enrole = compte.est_enrole();
    let sessions = sessions::listees(ctx, &tx, &session, &compte).await?;
    let rythme = if concerne(compte.profil) { Some(store::avis::rythme(&tx, compte.id).await?) } else { None };
    let i = compte.identite;
    Ok(MonCompte {
        mot_de_passe_jusqu_au: compte.mot_de_passe.and_then(|m| ages.expire_le(compte.profil, m.le, enrole)),
        identifiant: compte.identifiant,
        profil: compte.profil,
        organisation: autour.organisation,
        nom: i.nom,
        prenom: i.prenom,
        courriel: i.courriel,
        telephone: i.telephone,
        fonction: i.fonction,
        acceptations: acceptes.into_iter().map(|a| (a.nature, a.version, a.le)).collect(),
        sessions,
        rythme,
        zone: autour.caisses.first().map_or(Zone::Metropole, |c| c.fiche.zone),
    })
}
