//! The six functions, their sub-kinds, and where a requested document goes (CO-7, DE-1, PA-2, DO-1).

use super::codes::codes;
use super::section::section;
use super::valeur::{liste, vrai};
use super::{Actes, Dossier};

section! {
    /// What the portal does under this convention.
    pub struct Fonctions {
        champs {
            /// Functions stated.
            fonctionnalites: Vec<Fonctionnalite> = "Fonctionnalités",
            /// Functions that the caisse may switch on or off.
            activables: Vec<Fonctionnalite> = "Activables ou non par la caisse",
            /// Kinds of study of a file.
            etudes: Vec<SousType> = "Types d'étude de dossier",
            /// Kinds of difficulty.
            difficultes: Vec<SousType> = "Types de difficulté",
            /// Kinds of appointment.
            rendez_vous: Vec<SousType> = "Types de rendez-vous",
            /// Documents named where the function is described.
            documents: Vec<SousType> = "Documents nommés avec la fonctionnalité",
            /// Documents that may pass through the portal (usage art. 1.3).
            documents_portail: Vec<SousType> = "Documents pouvant passer par le portail",
            /// Whether that list is open.
            liste_ouverte: bool = "Liste de documents ouverte",
            /// Qualities for which the portal delivers.
            qualites_portail: Vec<Qualite> = "Qualités recevant par le portail",
            /// Use is optional and without consequence (DI-6).
            facultatif: bool = "Usage facultatif et sans conséquence",
            /// Use is free of charge (DI-6).
            gratuit: bool = "Gratuité",
        }
    }
}

codes! {
    /// One of the six functions; labels are the portal's own (DE-1).
    pub enum Fonctionnalite {
        /// Contact.
        Contact = "contact", "Contacter votre organisme d'assurance Maladie";
        /// Study of a file.
        Etude = "etude", "Soumettre une demande d'étude de dossier";
        /// Difficulty of access.
        Signalement = "signalement", "Signaler une situation de difficultés d'accès aux droits et aux soins d'un assuré";
        /// Appointment.
        RendezVous = "rendez_vous", "Demander un rendez-vous pour un assuré";
        /// Document.
        Document = "document", "Demander un document";
        /// History.
        Historique = "historique", "Consulter l'historique des demandes";
    }
}

codes! {
    /// A sub-kind of demande (DE-1, DO-1).
    pub enum SousType {
        /// Base rights.
        Puma = "puma", "Protection universelle maladie (PUMa)";
        /// C2S.
        C2s = "c2s", "Complémentaire santé solidaire";
        /// AME.
        Ame = "ame", "Aide médicale de l'État";
        /// Individual help (000).
        AideIndividuelle = "aide_individuelle", "Aide individuelle d'action sanitaire et sociale";
        /// Other study.
        AutreEtude = "autre_etude", "Autre étude de dossier";
        /// Rights.
        DifficulteDroits = "difficulte_droits", "Difficulté d'accès aux droits";
        /// Care.
        DifficulteSoins = "difficulte_soins", "Difficulté d'accès aux soins";
        /// Digital.
        DifficulteNumerique = "difficulte_numerique", "Difficulté d'accès au numérique";
        /// Complex social situation.
        SituationComplexe = "situation_complexe", "Situation sociale complexe";
        /// Appointment with the caisse.
        RendezVousCaisse = "rendez_vous_caisse", "Rendez-vous avec la caisse";
        /// Appointment for the examen de prévention.
        RendezVousExamen = "rendez_vous_examen", "Examen de prévention en santé";
        /// Attestation.
        AttestationDroits = "attestation_droits", "Attestation de droits";
        /// Notification.
        NotificationDroits = "notification_droits", "Notification de droits / justificatif de prestations";
        /// Carte Vitale.
        CarteVitale = "carte_vitale", "Formulaire de perte ou vol de carte Vitale";
        /// CEAM.
        CertificatCeam = "certificat_ceam", "Certificat provisoire CEAM";
        /// Voucher.
        BonVaccinationDepistage = "bon_vaccination_depistage", "Bon de prise en charge de vaccination ou de dépistage";
        /// MT'Dents.
        BonMtDents = "bon_mt_dents", "Bon de prise en charge MT'Dents";
        /// Invitation.
        InvitationExamen = "invitation_examen", "Invitation à un examen de prévention santé";
        /// Other document.
        AutreDocument = "autre_document", "Autre type de document";
    }
}

codes! {
    /// A quality under which a partenaire acts for a person (PA-2).
    pub enum Qualite {
        /// Tutelle or curatelle.
        TutelleCuratelle = "tutelle_curatelle", "tutelle ou curatelle";
        /// In charge of children of the ASE.
        GestionnaireAse = "gestionnaire_ase", "gestionnaire de l'aide sociale à l'enfance";
        /// Organisme dépositaire.
        OrganismeDepositaire = "organisme_depositaire", "organisme dépositaire";
    }
}

codes! {
    /// Where a requested document goes.
    pub enum Voie {
        /// To the address of the assuré that the caisse knows.
        AdresseConnue = "adresse_connue", "à l'adresse de l'assuré connue de la caisse";
        /// Through the portal.
        Portail = "portail", "par Espace Partenaires";
    }
}

impl SousType {
    /// The function it is a sub-kind of.
    #[must_use]
    pub const fn fonctionnalite(self) -> Fonctionnalite {
        match self {
            Self::Puma | Self::C2s | Self::Ame | Self::AideIndividuelle | Self::AutreEtude => Fonctionnalite::Etude,
            Self::DifficulteDroits | Self::DifficulteSoins | Self::DifficulteNumerique | Self::SituationComplexe => {
                Fonctionnalite::Signalement
            }
            Self::RendezVousCaisse | Self::RendezVousExamen => Fonctionnalite::RendezVous,
            Self::AttestationDroits
            | Self::NotificationDroits
            | Self::CarteVitale
            | Self::CertificatCeam
            | Self::BonVaccinationDepistage
            | Self::BonMtDents
            | Self::InvitationExamen
            | Self::AutreDocument => Fonctionnalite::Document,
        }
    }
}

impl Dossier {
    /// Whether the convention states this function at all.
    #[must_use]
    pub fn stipule(&self, fonctionnalite: Fonctionnalite) -> bool {
        liste(self.stipulations.fonctions.fonctionnalites.as_ref()).contains(&fonctionnalite)
    }

    /// Whether the caisse may switch this function off (CO-7). Where it may not, a stated function is always on.
    #[must_use]
    pub fn est_activable(&self, fonctionnalite: Fonctionnalite) -> bool {
        liste(self.stipulations.fonctions.activables.as_ref()).contains(&fonctionnalite)
    }

    /// Whether this function is open: stated by the convention and switched on by the caisse (CO-7).
    #[must_use]
    pub fn fonctionnalite_ouverte(&self, fonctionnalite: Fonctionnalite, actes: &Actes) -> bool {
        self.stipule(fonctionnalite)
            && (!self.est_activable(fonctionnalite) || actes.fonctionnalites.contains(&fonctionnalite))
    }

    /// The sub-kinds that may be filed under a function, in the order of the pages. For documents: those named
    /// with the function or in art. 1.3, and « autre » where the list is open.
    #[must_use]
    pub fn sous_types(&self, fonctionnalite: Fonctionnalite) -> Vec<SousType> {
        let f = &self.stipulations.fonctions;
        let mut types = match fonctionnalite {
            Fonctionnalite::Etude => liste(f.etudes.as_ref()).to_vec(),
            Fonctionnalite::Signalement => liste(f.difficultes.as_ref()).to_vec(),
            Fonctionnalite::RendezVous => liste(f.rendez_vous.as_ref()).to_vec(),
            Fonctionnalite::Document => {
                let mut documents = liste(f.documents.as_ref()).to_vec();
                documents.extend(liste(f.documents_portail.as_ref()));
                documents.extend(vrai(f.liste_ouverte.as_ref()).then_some(SousType::AutreDocument));
                documents
            }
            Fonctionnalite::Contact | Fonctionnalite::Historique => Vec::new(),
        };
        types.sort_unstable();
        types.dedup();
        types
    }

    /// Where a requested document goes (PA-2): to the address the caisse knows, unless the partenaire states a
    /// quality that is recorded on it and for which the convention opens the portal.
    #[must_use]
    pub fn voie_de_remise(&self, qualite: Option<Qualite>) -> Voie {
        let ouvre = |q| liste(self.stipulations.fonctions.qualites_portail.as_ref()).contains(&q);
        match qualite {
            Some(q) if ouvre(q) && self.stipulations.partenaire.a_qualite(q) => Voie::Portail,
            _ => Voie::AdresseConnue,
        }
    }

    /// Whether the portal may say that its use is optional and without consequence (DI-6).
    #[must_use]
    pub fn usage_facultatif(&self) -> bool {
        vrai(self.stipulations.fonctions.facultatif.as_ref())
    }
}
