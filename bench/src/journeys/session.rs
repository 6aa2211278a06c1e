//! Sign-ins through the pages, untimed: a session for each connection of each profil.

use crate::Outcome;
use crate::fill::{Acces, MOT_DE_PASSE};
use crate::load::{Formulaire, Visiteur};
use domain::compte::Profil;
use http::StatusCode;

/// Somebody signed in.
pub struct Session {
    /// Who.
    pub acces: Acces,
    /// The connection.
    pub visiteur: Visiteur,
    /// Token of the session's forms.
    pub jeton: Formulaire,
}

/// Those who are signed in, one session for each connection.
pub struct Equipe {
    /// Agents, each of one service, those with most in charge first.
    pub agents: Vec<Session>,
    /// Superviseurs, who see the whole caisse.
    pub superviseurs: Vec<Session>,
    /// Techniciens.
    pub techniciens: Vec<Session>,
}

impl Equipe {
    /// Signs in so many of each.
    ///
    /// # Errors
    /// When there are not enough comptes, or a sign-in fails.
    pub async fn enter(port: u16, acces: &[Acces], nombre: usize, charge: impl Fn(&Acces) -> usize) -> Outcome<Self> {
        let of = |profil| acces.iter().filter(move |a| a.profil == profil);
        let mut agents: Vec<&Acces> = of(Profil::Agent).collect();
        agents.sort_by_key(|a| std::cmp::Reverse(charge(a)));
        let superviseurs: Vec<&Acces> = of(Profil::Superviseur).collect();
        let techniciens: Vec<&Acces> = of(Profil::Technicien).collect();
        Ok(Self {
            agents: all(port, &agents, nombre).await?,
            superviseurs: all(port, &superviseurs, nombre).await?,
            techniciens: all(port, &techniciens, nombre).await?,
        })
    }
}

async fn all(port: u16, acces: &[&Acces], nombre: usize) -> Outcome<Vec<Session>> {
    if acces.len() < nombre {
        return Err(format!("{} comptes where {nombre} connections want one each", acces.len()).into());
    }
    let mut sessions = Vec::new();
    for (numero, acces) in acces.iter().take(nombre).enumerate() {
        sessions.push(sign_in(port, acces, numero).await.map_err(|e| format!("{}: {e}", acces.identifiant))?);
    }
    Ok(sessions)
}

async fn sign_in(port: u16, acces: &Acces, numero: usize) -> Outcome<Session> {
    let mut visiteur = Visiteur::open(port, numero).await?;
    let jeton = Formulaire::of(&visiteur.get("/connexion").await?.texte()?)?;
    let fields = [("identifiant", acces.identifiant.as_str()), ("mot_de_passe", MOT_DE_PASSE), ("retour", "/")];
    let page = visiteur.submit("/connexion", jeton.encode(&fields)).await?;
    let jeton = Formulaire::of(&page.texte()?)?;
    let code = app::compte::code_at(&acces.secret, crate::now()).ok_or("no code")?;
    let home = visiteur.submit("/connexion/code", jeton.encode(&[("code", &code), ("retour", "/")])).await?;
    if home.status != StatusCode::OK || home.path != "/" {
        return Err(format!("{} {} instead of the home page", home.status, home.path).into());
    }
    let jeton = Formulaire::of(&home.texte()?)?;
    Ok(Session { acces: acces.clone(), visiteur, jeton })
}
