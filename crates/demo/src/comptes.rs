//! Opening the accounts the way people do: invited, link, password, second factor, engagements. In November each has
//! chosen a new password by the link of « mot de passe oublié », so that none is too old on the first day.

use app::compte::{
    self, Accord, Administrateur, Choisi, Choix, Creation, Identite, Invitation, Invite, Par, accept, begin_enrolment,
    choose_password, confirm_enrolment, create_technicien, invite, jeton, lien, to_accept,
};
use app::{AppError, Appelant, Contexte, Requete};
use domain::compte::attestations::Attestation;
use domain::compte::{Etape, Profil, UsageLien};
use domain::droits::{Raison, Rattachement};
use domain::ids::{CompteId, ServiceId};

use crate::erreur::DemoError;
use crate::facteur::Facteur;
use crate::fichier::CompteDemo;
use crate::hasard::HasardSeme;
use crate::mots::mot_de_passe;
use crate::personnes::{Devenir, Personne};

/// A persona with an open compte.
#[derive(Clone, Debug)]
pub(crate) struct Ouvert {
    pub(crate) compte: CompteId,
    pub(crate) qui: &'static Personne,
    pub(crate) courriel: String,
    pub(crate) fiche: CompteDemo,
}

impl Ouvert {
    /// A request of this persona.
    pub(crate) fn requete(&self, ctx: &Contexte) -> Requete {
        requete(ctx, Some(Appelant::Demonstration(self.compte)))
    }
}

fn requete(ctx: &Contexte, appelant: Option<Appelant>) -> Requete {
    Requete { appelant, id: ctx.new_id().to_string(), adresse: None, vu: None }
}

/// Where somebody works.
pub(crate) struct Employeur<'a> {
    pub(crate) nom: &'a str,
    pub(crate) domaine: &'static str,
    pub(crate) rattachement: Rattachement,
    /// Services by code; none in a structure.
    pub(crate) services: &'a [(String, ServiceId)],
}

/// The office where comptes are opened.
pub(crate) struct Guichet<'a> {
    pub(crate) ctx: &'a Contexte,
    pub(crate) hasard: &'a HasardSeme,
    pub(crate) facteur: &'a Facteur,
}

impl Guichet<'_> {
    /// The first administrateur national, as in a real installation.
    pub(crate) async fn national(&self, qui: &'static Personne) -> Result<Ouvert, DemoError> {
        let courriel = adresse(qui, "assurance-maladie.example");
        let demande =
            Administrateur { nom: qui.nom.to_owned(), prenom: qui.prenom.to_owned(), courriel: courriel.clone() };
        let premier = compte::admin_invite(self.ctx, &requete(self.ctx, None), &demande).await?;
        let token = premier.lien.rsplit('/').next().unwrap_or_default().to_owned();
        self.first_sign_in((qui, courriel), ("National", premier.identifiant), token).await
    }

    /// Somebody invites a colleague, who signs in for the first time.
    pub(crate) async fn open(
        &self,
        par: Option<&Ouvert>,
        qui: &'static Personne,
        employeur: &Employeur<'_>,
    ) -> Result<Ouvert, DemoError> {
        let invite = self.invite(par, qui, employeur).await?;
        let token = lien::jeton(self.ctx, invite.courrier);
        let courriel = adresse(qui, employeur.domaine);
        self.first_sign_in((qui, courriel), (employeur.nom, invite.identifiant), token).await
    }

    /// Somebody invites a colleague.
    pub(crate) async fn invite(
        &self,
        par: Option<&Ouvert>,
        qui: &'static Personne,
        employeur: &Employeur<'_>,
    ) -> Result<Invite, DemoError> {
        let mine = employeur.services.iter().filter(|(code, _)| qui.services.contains(&code.as_str()));
        let invitation = Invitation {
            profil: qui.profil,
            rattachement: employeur.rattachement,
            identite: Identite {
                nom: qui.nom.to_owned(),
                prenom: qui.prenom.to_owned(),
                courriel: adresse(qui, employeur.domaine),
                telephone: None,
                fonction: Some(qui.fonction.to_owned()),
            },
            services: mine.map(|s| s.1).collect(),
        };
        if let (Some(persona), Profil::Technicien) = (par, qui.profil) {
            let creation = Creation {
                identite: invitation.identite,
                attestations: Attestation::TOUTES.to_vec(),
                annoncer: qui.devenir != Devenir::Reste,
            };
            return Ok(create_technicien(self.ctx, &persona.requete(self.ctx), &creation).await?);
        }
        let (requete, par) = match par {
            Some(persona) => (persona.requete(self.ctx), Par::Personne),
            None => (requete(self.ctx, None), Par::Systeme(Raison::Demonstration)),
        };
        Ok(invite(self.ctx, &requete, par, &invitation).await?)
    }

    async fn first_sign_in(
        &self,
        (qui, courriel): (&'static Personne, String),
        (organisation, login): (&str, String),
        token: String,
    ) -> Result<Ouvert, DemoError> {
        let wrong = || DemoError::Etape(login.clone());
        let (choisi, password) = self.choose(&token).await?;
        let Choisi::Invitation(ouverture) = choisi else { return Err(wrong()) };
        let session = self.session(&ouverture.jeton);
        let secret = begin_enrolment(self.ctx, &session).await?.secret.replace(' ', "");
        let code = compte::code_at(&secret, self.ctx.now()).ok_or_else(wrong)?;
        let confirme = confirm_enrolment(self.ctx, &session, &code).await?;
        let session = self.session(&confirme.ouverture.jeton);
        let textes = to_accept(self.ctx, &session).await?;
        let accords: Vec<Accord> =
            textes.into_iter().map(|t| Accord { nature: t.nature, version: t.version.to_owned() }).collect();
        let ouverture = accept(self.ctx, &session, &accords).await?;
        if ouverture.etape != Etape::Ouverte {
            return Err(wrong());
        }
        let session = self.session(&ouverture.jeton);
        let vue = compte::session(self.ctx, &session).await?;
        compte::sign_out(self.ctx, &session).await?;
        let fiche = CompteDemo {
            profile: qui.profil.code().to_owned(),
            organisation: organisation.to_owned(),
            function: qui.fonction.to_owned(),
            name: vue.nom_affiche,
            login,
            password,
            totp_secret: secret,
        };
        Ok(Ouvert { compte: vue.compte, qui, courriel, fiche })
    }

    /// A new password by the link of a mail.
    pub(crate) async fn renew(&self, qui: &Ouvert) -> Result<String, DemoError> {
        compte::forgot_password(self.ctx, &requete(self.ctx, None), &qui.fiche.login).await?;
        app::jobs::work_off(self.ctx).await?;
        let wrong = || DemoError::Etape(qui.fiche.login.clone());
        let token = self.facteur.jeton(&qui.courriel, UsageLien::MotDePasse.chemin()).ok_or_else(wrong)?;
        match self.choose(&token).await? {
            (Choisi::Reinitialise, password) => Ok(password),
            _ => Err(wrong()),
        }
    }

    /// Chooses a password behind a link; one that the rules refuse (a word of the name in it) is drawn again.
    async fn choose(&self, token: &str) -> Result<(Choisi, String), DemoError> {
        for _ in 0..20 {
            let mot = mot_de_passe(self.hasard);
            let choix = Choix { jeton: token.to_owned(), mot_de_passe: mot.clone(), confirmation: mot.clone() };
            match choose_password(self.ctx, &requete(self.ctx, None), choix).await {
                Ok(choisi) => return Ok((choisi, mot)),
                Err(AppError::Saisie(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(DemoError::Table("no password pleases the rules"))
    }

    fn session(&self, jeton: &str) -> Requete {
        requete(self.ctx, Some(Appelant::Session(jeton::empreinte(jeton))))
    }
}

/// The mail address of a persona.
fn adresse(qui: &Personne, domaine: &str) -> String {
    let identifiant = domain::compte::identifiant::propose(qui.prenom, qui.nom, qui.profil, 0);
    format!("{}@{domaine}", identifiant.trim_end_matches(".g"))
}
