//! Opening the accounts the way people do: invited, link, password, second factor, engagements. Half a year later each
//! has chosen a new password by the link of « mot de passe oublié », so that none is too old on the first day.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use app::compte::{
    self, Accord, Administrateur, Choisi, Choix, Identite, Invitation, Par, accept, begin_enrolment, choose_password,
    confirm_enrolment, invite, jeton, lien, to_accept,
};
use app::convention::Parties;
use app::ports::{Envoi, Mailer, SendError};
use app::{AppError, Appelant, Contexte, Requete};
use domain::compte::{Cote, Etape, Profil};
use domain::droits::{Raison, Rattachement};
use domain::ids::CompteId;

use crate::erreur::DemoError;
use crate::fichier::CompteDemo;
use crate::hasard::HasardSeme;
use crate::personnes::{Equipe, Personne};

/// Words of passwords: without relation to each other, to a place or to a person.
const MOTS: [&str; 48] = [
    "tilleul",
    "bascule",
    "orage",
    "cadenas",
    "lucarne",
    "phare",
    "guidon",
    "pommier",
    "cerceau",
    "tambour",
    "falaise",
    "bobine",
    "girouette",
    "papier",
    "boussole",
    "chevron",
    "damier",
    "enclume",
    "fourmi",
    "galet",
    "hublot",
    "ivoire",
    "jonquille",
    "kayak",
    "lampion",
    "marelle",
    "navette",
    "osier",
    "pinceau",
    "quille",
    "rosace",
    "sablier",
    "toupie",
    "usine",
    "violon",
    "wagon",
    "yaourt",
    "zinc",
    "abricot",
    "brioche",
    "colline",
    "dentelle",
    "escale",
    "fuseau",
    "grenier",
    "hamac",
    "igloo",
    "javelot",
];

/// A persona with an open compte.
#[derive(Clone, Debug)]
pub(crate) struct Ouvert {
    pub(crate) compte: CompteId,
    pub(crate) profil: Profil,
    pub(crate) service: Option<&'static str>,
    pub(crate) fiche: CompteDemo,
}

impl Ouvert {
    /// A request of this persona.
    pub(crate) fn requete(&self, ctx: &Contexte) -> Requete {
        requete(ctx, Some(Appelant::Demonstration(self.compte)))
    }
}

fn requete(ctx: &Contexte, appelant: Option<Appelant>) -> Requete {
    Requete { appelant, id: ctx.new_id().to_string(), adresse: None }
}

/// Everybody of one convention.
#[derive(Clone, Debug)]
pub(crate) struct Gens {
    pub(crate) equipe: Equipe,
    pub(crate) caisse: Vec<Ouvert>,
    pub(crate) partenaire: Vec<Ouvert>,
}

/// Sends on, and remembers the last text to each address: a persona reads mail too.
pub(crate) struct Facteur {
    suivant: Arc<dyn Mailer>,
    derniers: Mutex<HashMap<String, String>>,
}

impl Facteur {
    pub(crate) fn new(suivant: Arc<dyn Mailer>) -> Self {
        Self { suivant, derniers: Mutex::default() }
    }

    /// The token at the end of the link of the last mail to an address.
    fn jeton(&self, adresse: &str, chemin: &str) -> Option<String> {
        let derniers = self.derniers.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, apres) = derniers.get(adresse)?.split_once(&format!("{chemin}/"))?;
        apres.split_whitespace().next().map(str::to_owned)
    }
}

#[async_trait::async_trait]
impl Mailer for Facteur {
    async fn send(&self, envoi: &Envoi) -> Result<(), SendError> {
        self.suivant.send(envoi).await?;
        let mut derniers = self.derniers.lock().unwrap_or_else(PoisonError::into_inner);
        derniers.insert(envoi.destinataire.clone(), envoi.corps.clone());
        Ok(())
    }
}

/// The office where comptes are opened.
pub(crate) struct Guichet<'a> {
    pub(crate) ctx: &'a Contexte,
    pub(crate) hasard: &'a HasardSeme,
    pub(crate) facteur: &'a Facteur,
}

impl Guichet<'_> {
    /// The first administrateur national, as in a real installation.
    pub(crate) async fn national(&self, qui: &Personne) -> Result<Ouvert, DemoError> {
        let courriel = adresse(qui, "assurance-maladie.example");
        let demande = Administrateur { nom: qui.nom.to_owned(), prenom: qui.prenom.to_owned(), courriel };
        let premier = compte::admin_invite(self.ctx, &requete(self.ctx, None), &demande).await?;
        let token = premier.lien.rsplit('/').next().unwrap_or_default().to_owned();
        self.premiere_connexion(qui, ("National", premier.identifiant), token).await
    }

    /// Somebody invites a colleague, who signs in for the first time.
    pub(crate) async fn ouvre(
        &self,
        par: Option<&Ouvert>,
        qui: &Personne,
        gens: (&Equipe, &Parties),
    ) -> Result<Ouvert, DemoError> {
        let (equipe, parties) = gens;
        let partenaire = qui.profil.cote() == Cote::Partenaire;
        let (domaine, rattachement, organisation) = if partenaire {
            (equipe.domaine_partenaire, Rattachement::Partenaire(parties.partenaire), &parties.nom_partenaire)
        } else {
            (equipe.domaine_caisse, Rattachement::Caisse(parties.caisse), &parties.nom_caisse)
        };
        let invitation = Invitation {
            profil: qui.profil,
            rattachement,
            identite: Identite {
                nom: qui.nom.to_owned(),
                prenom: qui.prenom.to_owned(),
                courriel: adresse(qui, domaine),
                telephone: None,
                fonction: Some(qui.fonction.to_owned()),
            },
            services: parties
                .services
                .iter()
                .filter(|(code, _)| Some(code.as_str()) == qui.service)
                .map(|s| s.1)
                .collect(),
        };
        let (requete, par) = match par {
            Some(persona) => (persona.requete(self.ctx), Par::Personne),
            None => (requete(self.ctx, None), Par::Systeme(Raison::Demonstration)),
        };
        let invite = invite(self.ctx, &requete, par, &invitation).await?;
        let token = lien::jeton(self.ctx, invite.courrier);
        self.premiere_connexion(qui, (organisation, invite.identifiant), token).await
    }

    async fn premiere_connexion(
        &self,
        qui: &Personne,
        (organisation, login): (&str, String),
        token: String,
    ) -> Result<Ouvert, DemoError> {
        let wrong = || DemoError::Etape(login.clone());
        let (choisi, password) = self.choisit(&token).await?;
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
            name: vue.nom_affiche,
            login,
            password,
            totp_secret: secret,
        };
        Ok(Ouvert { compte: vue.compte, profil: qui.profil, service: qui.service, fiche })
    }

    /// A new password by the link of a mail.
    pub(crate) async fn renouvelle(&self, qui: &mut Ouvert, adresse: &str) -> Result<(), DemoError> {
        compte::forgot_password(self.ctx, &requete(self.ctx, None), &qui.fiche.login).await?;
        app::jobs::work_off(self.ctx).await?;
        let wrong = || DemoError::Etape(qui.fiche.login.clone());
        let token = self.facteur.jeton(adresse, domain::compte::UsageLien::MotDePasse.chemin()).ok_or_else(wrong)?;
        match self.choisit(&token).await? {
            (Choisi::Reinitialise, password) => {
                qui.fiche.password = password;
                Ok(())
            }
            _ => Err(wrong()),
        }
    }

    /// Chooses a password behind a link; one that the rules refuse (a word of the name in it) is drawn again.
    async fn choisit(&self, token: &str) -> Result<(Choisi, String), DemoError> {
        for _ in 0..20 {
            let mot = self.mot_de_passe();
            let choix = Choix { jeton: token.to_owned(), mot_de_passe: mot.clone(), confirmation: mot.clone() };
            match choose_password(self.ctx, &requete(self.ctx, None), choix).await {
                Ok(choisi) => return Ok((choisi, mot)),
                Err(AppError::Saisie(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(DemoError::Table("no password pleases the rules"))
    }

    fn mot_de_passe(&self) -> String {
        let mots: Vec<&str> = (0..3).filter_map(|_| self.hasard.one(&MOTS)).copied().collect();
        format!("{}-{:02}", mots.join("-"), self.hasard.below(100))
    }

    fn session(&self, jeton: &str) -> Requete {
        requete(self.ctx, Some(Appelant::Session(jeton::empreinte(jeton))))
    }
}

/// The mail address of a persona.
pub(crate) fn adresse(qui: &Personne, domaine: &str) -> String {
    let identifiant = domain::compte::identifiant::propose(qui.prenom, qui.nom, qui.profil, 0);
    format!("{}@{domaine}", identifiant.trim_end_matches(".g"))
}
