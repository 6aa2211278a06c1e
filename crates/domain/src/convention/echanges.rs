//! Channels beside the portal (CA-3, DE-13, DI-1, RG-6).

use super::Dossier;
use super::codes::codes;
use super::section::section;
use super::valeur::{liste, vrai};

section! {
    /// Channels that the papers open or impose.
    pub struct Echanges {
        champs {
            /// Channels.
            canaux: Vec<Canal> = "Canaux",
            /// How the interlocuteur of the portal is reached.
            moyens_support: Vec<MoyenSupport> = "Moyens de joindre l'aide au portail",
            /// The caisse guarantees another channel when the portal is down.
            secours: bool = "Autre canal en cas de panne",
            /// A change of interlocuteur is told to the signatories (PA-4).
            changement_notifie: bool = "Changement d'interlocuteur annoncé aux signataires",
        }
    }
}

codes! {
    /// A channel.
    pub enum Canal {
        /// PETRA, for the examen de prévention.
        Petra = "petra", "PETRA, pour l'examen de prévention en santé";
        /// E-mail to the caisse's single address with the confidential code.
        CourrielCode = "courriel_code", "courriel à l'adresse unique de la caisse, avec le code confidentiel";
        /// 3646, the partenaire says its SIRET.
        TelephoneSiret = "telephone_siret", "3646, en donnant le SIRET";
        /// 3646, the person says « service social ».
        TelephoneServiceSocial = "telephone_service_social", "3646 pour la personne, en disant « service social »";
        /// E-mail is the preferred means between the parties.
        CourrielPrivilegie = "courriel_privilegie", "courriel privilégié entre les parties";
        /// A secure exchange server only, no plain e-mail.
        ServeurSecurise = "serveur_securise", "serveur d'échange sécurisé seulement, pas de courriel libre";
    }
}

codes! {
    /// Means of reaching the interlocuteur of the portal.
    pub enum MoyenSupport {
        /// E-mail.
        Courriel = "courriel", "courriel";
        /// Telephone, exceptionally.
        TelephoneExceptionnel = "telephone_exceptionnel", "téléphone, exceptionnellement";
    }
}

impl Dossier {
    /// Whether the convention opens this channel (CA-3, RV-3).
    #[must_use]
    pub fn canal_ouvert(&self, canal: Canal) -> bool {
        liste(self.stipulations.echanges.canaux.as_ref()).contains(&canal)
    }

    /// Whether personal data may travel by e-mail: never where a secure server is imposed (RG-6).
    #[must_use]
    pub fn courriel_admis(&self) -> bool {
        self.canal_ouvert(Canal::CourrielCode) && !self.canal_ouvert(Canal::ServeurSecurise)
    }

    /// How the interlocuteur of the portal is reached, the usual means first (DI-1).
    #[must_use]
    pub fn moyens_support(&self) -> &[MoyenSupport] {
        liste(self.stipulations.echanges.moyens_support.as_ref())
    }

    /// Whether the convention itself asks that changes of interlocuteur be told; elsewhere it is our rule (PA-4).
    #[must_use]
    pub fn annonce_changements(&self) -> bool {
        vrai(self.stipulations.echanges.changement_notifie.as_ref())
    }
}
