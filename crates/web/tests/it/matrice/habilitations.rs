//! Tracked forms, reviews, proofs, teams and comptes of the desk in the matrix.

use super::UNKNOWN_ID;
use app::Requete;
use app::compte::{Identite, Invitation, Par, invite};
use app::habilitation::{Habilitation, Personne, request, structures};
use app::registre::{Filtres, list};
use app::revue::begin;
use domain::compte::Profil;
use domain::droits::{Raison, Rattachement};
use domain::ids::DemarcheId;
use testkit::TestApp;
use web::registry::{Objet, Route};

/// The fields a form of this route holds; `None` for a route that the matrix does not know.
pub(super) fn fields(route: &Route) -> Option<Vec<(&'static str, String)>> {
    let version = || ("version", "1".to_owned());
    let text = |name: &'static str, value: &str| (name, value.to_owned());
    Some(match (route.method.as_str(), route.path) {
        (
            "POST",
            "/habilitations/{id}/accepter"
            | "/habilitations/{id}/retirer"
            | "/administration/comptes/{id}/rouvrir"
            | "/administration/comptes/{id}/services"
            | "/revues/{id}",
        ) => vec![version()],
        ("POST", "/habilitations/{id}/refuser") => vec![version(), text("motif", "Hors convention.")],
        ("POST", "/habilitations/{id}/successeur") => vec![version(), text("successeur_nom", "Essai")],
        ("POST", "/habilitations/nouvelle" | "/habilitations/papier" | "/habilitations/depart") => {
            vec![text("cle", UNKNOWN_ID)]
        }
        ("POST", "/habilitations/changement") => vec![text("cle", UNKNOWN_ID), text("compte", UNKNOWN_ID)],
        ("POST", "/habilitations/lien" | "/revues") => vec![text("convention", UNKNOWN_ID)],
        ("POST", "/habilitations/structures/{convention}") => {
            vec![text("compte", UNKNOWN_ID), text("motif", "Décision de la caisse.")]
        }
        ("POST", "/habilitation/{jeton}") => vec![text("nom", "Essai")],
        ("POST", "/revues/rythme") => vec![text("mois", "3")],
        ("POST", "/administration/comptes/nouveau") => vec![text("profil", "agent")],
        (
            "POST",
            "/habilitation/{jeton}/renouveler"
            | "/revues/commencer"
            | "/administration/comptes/{id}/inactiver"
            | "/administration/comptes/{id}/inviter",
        ) => vec![],
        _ => return None,
    })
}

/// Who makes the objects that all try.
pub(super) struct Office {
    gestionnaire: Requete,
    referent: Requete,
}

impl Office {
    pub(super) async fn open(app: &TestApp, referent: Requete) -> Self {
        Self { gestionnaire: app.requete("82.gestionnaire").await, referent }
    }

    /// A form of the structure of 82 at its caisse, its review, a proof, its team, an agent of its desk.
    pub(super) async fn known(&self, app: &TestApp) -> Known {
        let id = DemarcheId::new(app.ctx.new_id());
        let personne = Personne {
            civilite: "madame".to_owned(),
            nom: "Essai".to_owned(),
            prenom: "Camille".to_owned(),
            fonction: "Directrice".to_owned(),
            telephone: "01 99 00 11 22".to_owned(),
            courriel: "camille.essai@departement-82.example".to_owned(),
        };
        let saisie = Habilitation { id, convention: String::new(), personne };
        request(&app.ctx, &self.gestionnaire, &saisie).await.unwrap();
        let revue = begin(&app.ctx, &self.gestionnaire).await.unwrap();
        let proofs = list(&app.ctx, &self.referent, &Filtres::default(), None).await.unwrap();
        let equipe = structures(&app.ctx, &self.referent).await.unwrap().first().unwrap().choix.convention;
        Known {
            demarche: id.to_string(),
            revue: revue.to_string(),
            preuve: proofs.preuves.first().unwrap().preuve.id.to_string(),
            equipe: equipe.to_string(),
            compte: desk(app).await,
        }
    }
}

/// A new compte of the desk of 82: closing it closes no persona.
async fn desk(app: &TestApp) -> String {
    let identite = Identite {
        nom: "Bureau".to_owned(),
        prenom: "Camille".to_owned(),
        courriel: format!("bureau.{}@essai.example", app.ctx.new_id()),
        telephone: None,
        fonction: None,
    };
    let rattachement = Rattachement::Caisse(app.caisse("tarn-et-garonne").await);
    let invitation = Invitation { profil: Profil::Superviseur, rattachement, identite, services: Vec::new() };
    let par = Par::Systeme(Raison::Demonstration);
    invite(&app.ctx, &Requete::systeme("matrice"), par, &invitation).await.unwrap().compte.to_string()
}

pub(super) struct Known {
    demarche: String,
    revue: String,
    preuve: String,
    equipe: String,
    compte: String,
}

impl Known {
    /// What stands in the address for an object of these kinds.
    pub(super) fn value(&self, objet: Objet, unknown: bool) -> Option<String> {
        let known = match objet {
            Objet::Demarche => &self.demarche,
            Objet::Revue => &self.revue,
            Objet::Preuve => &self.preuve,
            Objet::Equipe => &self.equipe,
            Objet::CompteDeCaisse => &self.compte,
            _ => return None,
        };
        Some(if unknown { UNKNOWN_ID.to_owned() } else { known.clone() })
    }
}

/// Whether a persona may see such an object at all.
pub(super) fn sees(nom: &str, objet: Objet) -> bool {
    match objet {
        Objet::Demarche | Objet::Revue => matches!(nom, "82.gestionnaire" | "82.referent"),
        Objet::Preuve => matches!(nom, "82.gestionnaire" | "82.referent" | "82.dpo"),
        Objet::Equipe => nom == "82.referent",
        Objet::CompteDeCaisse => nom == "82.administrateur",
        _ => true,
    }
}
