//! What pages know of a session: the use case's view, put in the words of `web`.

use app::compte::{SessionVue, jeton, session};
use app::{AppError, Appelant, Contexte, Requete};
use axum::http::Extensions;
use domain::compte::{Etape, Profil};
use web::error::{Kind, PageError};
use web::extract::Adresse;
use web::frame::{OpenedSession, Sessions, SignedIn};
use web::pages::composants::Link;

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
            let requete = Requete {
                appelant: Some(Appelant::Session(jeton::empreinte(token))),
                id: String::new(),
                adresse: extensions.get::<Adresse>().map(|a| a.0.clone()),
            };
            match session(&self.ctx, &requete).await {
                Ok(vue) => {
                    extensions.insert(requete);
                    Ok(Some(signed(&self.ctx, &vue)))
                }
                Err(AppError::SessionFermee) => Ok(None),
                Err(error) => Err(PageError::new(Kind::Unavailable(5)).because(error)),
            }
        })
    }
}

fn signed(ctx: &Contexte, vue: &SessionVue) -> SignedIn {
    let left = vue.idle_expire_le.min(vue.expire_le) - ctx.now();
    SignedIn {
        nom: vue.nom_affiche.clone(),
        profil: vue.profil,
        structure: vue.organisation.clone(),
        session_seconds: u32::try_from(left.num_seconds()).unwrap_or(0),
        navigation: if vue.etape == Etape::Ouverte { navigation(vue.profil) } else { Vec::new() },
        contact: None,
        step: step(vue.etape),
    }
}

/// The page of a step of the sign-in.
const fn step(etape: Etape) -> Option<&'static str> {
    match etape {
        Etape::SecondFacteur => Some("/connexion/code"),
        Etape::Enrolement => Some("/connexion/second-facteur"),
        Etape::MotDePasse => Some("/connexion/mot-de-passe"),
        Etape::Engagements => Some("/connexion/engagements"),
        Etape::Ouverte => None,
    }
}

fn navigation(profil: Profil) -> Vec<Link> {
    let mut links = vec![Link::new("Accueil", "/")];
    match profil {
        Profil::Technicien => links.push(Link::new("Mes demandes", "/demandes")),
        Profil::Agent | Profil::Superviseur => links.push(Link::new("Demandes à traiter", "/file")),
        _ => {}
    }
    links
}
