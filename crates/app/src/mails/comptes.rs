//! Mails on comptes: closed, opened again, signalled, deleted. Each letter is a template; its HTML part is made of its text.

use crate::context::Contexte;
use askama::Template;
use chrono::NaiveDate;
use domain::calendrier::date_en_francais;
use domain::ids::CompteId;
use serde::{Deserialize, Serialize};

/// A letter: what it needs beside the name of whom it is for. Ids, codes and names of
/// organisations only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "lettre", rename_all = "snake_case")]
pub enum Lettre {
    /// To the person: the compte is closed (HA-9).
    Inactive {
        /// Day of its deletion.
        suppression: NaiveDate,
    },
    /// To the person: the compte is open again (HA-9).
    Reactive,
    /// To the person: it was closed because of a loss, a theft or a fraud (HA-11).
    Signale {
        /// Day of its deletion.
        suppression: NaiveDate,
    },
    /// To the person: excluded by the caisse (HA-11).
    Exclu {
        /// Day of its deletion.
        suppression: NaiveDate,
    },
    /// To the person: the compte is deleted on that day (HA-10).
    SuppressionProche {
        /// The day.
        suppression: NaiveDate,
    },
    /// To the other side: a compte was closed because of a loss, a theft or a fraud (HA-11).
    SignaleAutre {
        /// The compte.
        cible: CompteId,
    },
    /// To the structure: somebody was excluded by the caisse (HA-11).
    ExcluAutre {
        /// The compte.
        cible: CompteId,
    },
    /// To another caisse of the structure: a caisse closed or excluded a user (HA-9, HA-11).
    FermeAilleurs {
        /// The compte.
        cible: CompteId,
    },
    /// To the administrateurs: a compte of the desk was closed because of a loss, a theft or a fraud (HA-11).
    SignaleBureau {
        /// The compte.
        cible: CompteId,
    },
    /// To the caisse: a structure declared another number of members (HA-2).
    MembresDeclares {
        /// Short name of the structure.
        structure: String,
        /// Its name in addresses.
        slug: String,
    },
    /// To both sides: fewer members, fewer places than comptes (HA-2).
    QuotaDepasse,
    /// To the caisse: a new agent of a structure (HA-13).
    AgentAnnonce,
}

#[derive(Template)]
#[template(path = "courriels/compte_inactive.txt", escape = "none")]
struct Inactive<'a> {
    produit: &'a str,
    nom: &'a str,
    jour: String,
}

#[derive(Template)]
#[template(path = "courriels/compte_reactive.txt", escape = "none")]
struct Reactive<'a> {
    produit: &'a str,
    nom: &'a str,
    url: &'a str,
}

#[derive(Template)]
#[template(path = "courriels/compte_signale.txt", escape = "none")]
struct Signale<'a> {
    produit: &'a str,
    nom: &'a str,
    jour: String,
}

#[derive(Template)]
#[template(path = "courriels/compte_exclu.txt", escape = "none")]
struct Exclu<'a> {
    produit: &'a str,
    nom: &'a str,
    jour: String,
}

#[derive(Template)]
#[template(path = "courriels/compte_suppression.txt", escape = "none")]
struct Suppression<'a> {
    produit: &'a str,
    nom: &'a str,
    jour: String,
}

#[derive(Template)]
#[template(path = "courriels/compte_signale_autre.txt", escape = "none")]
struct SignaleAutre<'a> {
    produit: &'a str,
    nom: &'a str,
    lien: String,
}

#[derive(Template)]
#[template(path = "courriels/compte_exclu_autre.txt", escape = "none")]
struct ExcluAutre<'a> {
    produit: &'a str,
    nom: &'a str,
    lien: String,
}

#[derive(Template)]
#[template(path = "courriels/compte_ferme_ailleurs.txt", escape = "none")]
struct FermeAilleurs<'a> {
    produit: &'a str,
    nom: &'a str,
    lien: String,
}

#[derive(Template)]
#[template(path = "courriels/compte_signale_bureau.txt", escape = "none")]
struct SignaleBureau<'a> {
    produit: &'a str,
    nom: &'a str,
    lien: String,
}

#[derive(Template)]
#[template(path = "courriels/membres_declares.txt", escape = "none")]
struct MembresDeclares<'a> {
    produit: &'a str,
    nom: &'a str,
    structure: &'a str,
    lien: String,
}

#[derive(Template)]
#[template(path = "courriels/quota_depasse.txt", escape = "none")]
struct QuotaDepasse<'a> {
    produit: &'a str,
    nom: &'a str,
    lien: String,
}

#[derive(Template)]
#[template(path = "courriels/agent_annonce.txt", escape = "none")]
struct AgentAnnonce<'a> {
    produit: &'a str,
    nom: &'a str,
    lien: String,
}

impl Lettre {
    /// Subject and text.
    pub(super) fn render(&self, ctx: &Contexte, nom: &str) -> (String, askama::Result<String>) {
        let produit = ctx.reglages.nom_produit.as_str();
        let url = ctx.reglages.url_publique.as_str();
        let (sujet, corps) = match self {
            Self::Inactive { .. } | Self::Reactive | Self::Signale { .. } | Self::Exclu { .. } => {
                self.of_the_person(produit, nom, url)
            }
            Self::SuppressionProche { suppression } => {
                let jour = date_en_francais(*suppression);
                (format!("votre compte sera supprimé le {jour}"), Suppression { produit, nom, jour }.render())
            }
            autre => autre.of_another(produit, nom, url),
        };
        (format!("{produit} : {sujet}"), corps)
    }

    fn of_another(&self, produit: &str, nom: &str, url: &str) -> (String, askama::Result<String>) {
        let lien = |chemin: &str| format!("{url}{chemin}");
        let (sujet, corps) = match self {
            Self::SignaleAutre { cible } => {
                let lien = lien(&format!("/comptes/{cible}"));
                ("un compte fermé après un signalement", SignaleAutre { produit, nom, lien }.render())
            }
            Self::SignaleBureau { cible } => {
                let lien = lien(&format!("/administration/comptes/{cible}"));
                ("un compte fermé après un signalement", SignaleBureau { produit, nom, lien }.render())
            }
            Self::ExcluAutre { cible } => {
                let lien = lien(&format!("/comptes/{cible}"));
                ("un utilisateur exclu par la caisse", ExcluAutre { produit, nom, lien }.render())
            }
            Self::FermeAilleurs { cible } => {
                let lien = lien(&format!("/comptes/{cible}"));
                ("un compte fermé par une autre caisse", FermeAilleurs { produit, nom, lien }.render())
            }
            Self::MembresDeclares { structure, slug } => {
                let lien = lien(&format!("/partenaires/{slug}/comptes"));
                ("un nombre de membres déclaré", MembresDeclares { produit, nom, structure, lien }.render())
            }
            Self::AgentAnnonce => {
                let lien = lien("/comptes/annonces");
                ("un nouvel agent à former", AgentAnnonce { produit, nom, lien }.render())
            }
            _ => {
                let lien = lien("/comptes");
                ("plus de comptes que de places", QuotaDepasse { produit, nom, lien }.render())
            }
        };
        (sujet.to_owned(), corps)
    }

    fn of_the_person(&self, produit: &str, nom: &str, url: &str) -> (String, askama::Result<String>) {
        match self {
            Self::Signale { suppression } => {
                let jour = date_en_francais(*suppression);
                ("votre compte est fermé après un signalement".to_owned(), Signale { produit, nom, jour }.render())
            }
            Self::Exclu { suppression } => {
                let jour = date_en_francais(*suppression);
                ("votre accès est retiré par la caisse".to_owned(), Exclu { produit, nom, jour }.render())
            }
            Self::Inactive { suppression } => {
                let jour = date_en_francais(*suppression);
                ("votre compte est fermé".to_owned(), Inactive { produit, nom, jour }.render())
            }
            _ => ("votre compte est rouvert".to_owned(), Reactive { produit, nom, url }.render()),
        }
    }
}
