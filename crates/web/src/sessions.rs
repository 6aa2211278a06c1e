//! Who a session's cookie belongs to, by the use cases: what the header of every page shows.

use crate::error::PageError;
use crate::extract::Adresse;
use crate::frame::{Contact, OpenedSession, Recorded, Sessions, SignedIn};
use crate::pages::navigation;
use app::compte::{SessionVue, est_renforcee, jeton, session};
use app::{AppError, Appelant, Contexte, Requete};
use chrono::TimeDelta;
use domain::compte::Etape;
use http::Extensions;

/// The sessions of the database.
pub struct SessionsStockees {
    ctx: Contexte,
}

impl SessionsStockees {
    /// Sessions of this installation.
    #[must_use]
    pub fn new(ctx: Contexte) -> Self {
        Self { ctx }
    }
}

impl Sessions for SessionsStockees {
    fn open<'a>(&'a self, token: &'a str, extensions: &'a mut Extensions) -> OpenedSession<'a> {
        Box::pin(async move {
            let mut requete = Requete {
                appelant: Some(Appelant::Session(jeton::empreinte(token))),
                id: String::new(),
                adresse: extensions.get::<Adresse>().map(|a| a.0.clone()),
                vu: None,
            };
            match session(&self.ctx, &requete).await {
                Ok(vue) => {
                    requete.vu = vue.vu.clone();
                    extensions.insert(requete);
                    Ok(Some(signed(&self.ctx, vue)))
                }
                Err(AppError::SessionFermee) => Ok(None),
                Err(error) => Err(PageError::from(error)),
            }
        })
    }

    fn refused(&self, requete: Requete, route: &'static str) -> Recorded<'_> {
        Box::pin(async move { app::record_refusal(&self.ctx, &requete, route).await.map_err(PageError::from) })
    }
}

fn signed(ctx: &Contexte, vue: SessionVue) -> SignedIn {
    let step = step(vue.etape);
    let renforcee = stays_fresh(ctx, &vue);
    SignedIn {
        session_seconds: seconds_left(ctx, &vue),
        nom: vue.nom_affiche,
        profil: vue.profil,
        structure: vue.organisation,
        navigation: if step.is_none() { navigation(vue.profil, vue.historique) } else { Vec::new() },
        sortes: vue.ouvertes,
        contact: vue.caisse.map(|c| Contact {
            caisse: c.fiche.nom,
            channel: c.autre_canal,
            email: c.courriel,
            telephone: c.telephone,
        }),
        renforcee,
        step,
    }
}

/// Whether the second factor will still count as just shown when the form of the page comes back.
fn stays_fresh(ctx: &Contexte, vue: &SessionVue) -> bool {
    est_renforcee(vue.renforcee_le, ctx.now() + TimeDelta::minutes(MARGE_MINUTES))
}

/// Minutes somebody takes to fill a form.
const MARGE_MINUTES: i64 = 3;

/// Seconds until the session ends if nothing is done.
pub(crate) fn seconds_left(ctx: &Contexte, vue: &SessionVue) -> u32 {
    let left = vue.idle_expire_le.min(vue.expire_le) - ctx.now();
    u32::try_from(left.num_seconds()).unwrap_or(0)
}

/// The page of a step of the sign-in; none once it is open.
pub(crate) const fn step(etape: Etape) -> Option<&'static str> {
    match etape {
        Etape::SecondFacteur => Some("/connexion/code"),
        Etape::Enrolement => Some("/activation/second-facteur"),
        Etape::MotDePasse => Some("/mon-compte/mot-de-passe"),
        Etape::Engagements => Some("/activation/engagements"),
        Etape::Ouverte => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_open_session_has_no_page_to_go_to_first() {
        for etape in Etape::TOUTES {
            assert_eq!(step(etape).is_none(), etape == Etape::Ouverte, "{etape:?}");
        }
    }
}
