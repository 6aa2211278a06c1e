//! Object, public and engagements of the métier convention, and what it asks before a filing (CO-1, DE-3, DE-15).

use serde::{Deserialize, Serialize};

use super::Dossier;
use super::codes::codes;
use super::fonctions::Fonctionnalite;
use super::montre::Montre;
use super::papier::Role;
use super::section::section;
use super::valeur::{liste, lue, vrai};

section! {
    /// What the métier convention is for, and what it asks of both sides.
    pub struct Cadre {
        champs {
            /// Object, in our words.
            objet: String = "Objet",
            /// Public concerned.
            public: Public = "Public concerné",
            /// Engagements, in our words.
            engagements: Vec<Engagement> = "Engagements",
            /// Limits on recourse (DE-15).
            recours: Vec<Recours> = "Motifs de recours demandés",
            /// What needs the person's agreement (DE-3).
            accords: Vec<ObjetAccord> = "Accord de la personne requis",
            /// The partenaire informs the person beforehand.
            information_prealable: bool = "Information préalable de la personne",
            /// The person is told who receives the data.
            information_destinataire: bool = "Information sur l'identité du destinataire",
            /// Agents of the caisse inside the structure, and who keeps the agenda (RV-2).
            permanences_agenda: Role = "Permanences facultatives, agenda tenu par",
            /// The union's convention covers its members (CO-8).
            union_couvre_membres: bool = "Convention de l'union valable pour ses membres",
            /// Trainings foreseen (DI-4).
            formations: Vec<Formation> = "Formations prévues",
            /// The partenaire tells the caisse of new agents (HA-13).
            nouveaux_agents_annonces: bool = "Nouveaux agents annoncés à la caisse",
            /// The service social defines criteria of fragility (DE-13).
            criteres_fragilite: bool = "Critères de fragilité définis par le service social",
            /// How a person reaches the service social.
            service_social: VoieServiceSocial = "Voie vers le service social",
        }
    }
}

codes! {
    /// Side of an engagement.
    pub enum Cote {
        /// The caisse (and the CARSAT where it signs).
        AssuranceMaladie = "assurance_maladie", "l'Assurance Maladie";
        /// The partenaire.
        Partenaire = "partenaire", "le partenaire";
        /// Both.
        Ensemble = "ensemble", "les deux parties";
    }
}

codes! {
    /// Part of the convention an engagement stands in.
    pub enum Tronc {
        /// For all.
        Commun = "commun", "tronc commun";
        /// By wish.
        Optionnel = "optionnel", "tronc optionnel";
        /// To be described locally.
        InitiativeLocale = "initiative_locale", "initiative locale";
    }
}

codes! {
    /// Why the partenaire files in the person's place.
    pub enum MotifRecours {
        /// Not enough autonomy for the usual channels.
        AutonomieInsuffisante = "autonomie_insuffisante", "autonomie insuffisante pour les démarches habituelles";
        /// Urgent care.
        UrgenceSoins = "urgence_soins", "urgence de soins";
        /// Break in rights or income without a quick solution.
        RuptureSansSolution = "rupture_sans_solution", "rupture de droits ou de revenus sans solution rapide par les voies habituelles";
    }
}

codes! {
    /// What a limit on recourse applies to.
    pub enum PorteeRecours {
        /// Study of a file.
        Etude = "etude", "étude de dossier";
        /// Appointment.
        RendezVous = "rendez_vous", "rendez-vous";
        /// The e-mail channel beside the portal.
        Courriel = "courriel", "demande par courriel";
    }
}

codes! {
    /// What the person's agreement is asked for.
    pub enum ObjetAccord {
        /// Reporting a difficulty.
        Signalement = "signalement", "signalement d'une difficulté";
        /// Orientation to the mission or the service social.
        Orientation = "orientation", "orientation";
        /// Examen de prévention en santé.
        ExamenPrevention = "examen_prevention", "examen de prévention en santé";
        /// News of the state of the person's file.
        EtatDossier = "etat_dossier", "information sur l'avancement du dossier";
    }
}

codes! {
    /// A training or information foreseen.
    pub enum Formation {
        /// Information of the partenaire's staff.
        InformationPersonnel = "information_personnel", "information du personnel";
        /// Sessions and webinars of the caisse and the service social.
        Sessions = "sessions", "sessions d'information et webinaires";
        /// Continuing training.
        Continue = "continue", "formation continue";
        /// Training of the référents.
        Referents = "referents", "formation des référents";
    }
}

codes! {
    /// How a person reaches the service social.
    pub enum VoieServiceSocial {
        /// The partenaire orients.
        ParLePartenaire = "par_le_partenaire", "orientation par le partenaire";
        /// The person calls 3646 and says « service social ».
        Telephone3646 = "telephone_3646", "appel de la personne au 3646, en disant « service social »";
        /// The caisse orients.
        ParLaCaisse = "par_la_caisse", "orientation par la caisse";
    }
}

/// Public of the convention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Public {
    /// In our words.
    pub libelle: String,
    /// Only assurés of the régime général.
    pub regime_general_seul: bool,
}

/// One engagement, in our words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engagement {
    /// Who is engaged.
    pub par: Cote,
    /// Where it stands.
    pub tronc: Tronc,
    /// What.
    pub texte: String,
}

/// A limit on recourse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recours {
    /// What it applies to.
    pub pour: PorteeRecours,
    /// One of these is asked.
    pub motifs: Vec<MotifRecours>,
}

impl Montre for Public {
    fn montre(&self) -> String {
        self.libelle.clone()
    }
}

impl Montre for Engagement {
    fn montre(&self) -> String {
        format!("{} ({}) : {}", self.par.libelle(), self.tronc.libelle(), self.texte)
    }
}

impl Montre for Recours {
    fn montre(&self) -> String {
        let motifs = self.motifs.iter().map(|m| m.libelle()).collect::<Vec<_>>().join(" ou ");
        format!("{} : {motifs}", self.pour.libelle())
    }
}

impl Dossier {
    /// The reasons of which one is asked before filing; empty when recourse is free (DE-15).
    #[must_use]
    pub fn motifs_recours(&self, pour: PorteeRecours) -> &[MotifRecours] {
        liste(self.stipulations.cadre.recours.as_ref())
            .iter()
            .find(|r| r.pour == pour)
            .map_or(&[], |r| r.motifs.as_slice())
    }

    /// Whether the person's agreement is needed, and not only information (DE-3).
    #[must_use]
    pub fn accord_requis(&self, objet: ObjetAccord) -> bool {
        liste(self.stipulations.cadre.accords.as_ref()).contains(&objet)
    }

    /// Whether the text read to the person names who receives the data (DE-3, 001 and 004 art. 6).
    #[must_use]
    pub fn nomme_le_destinataire(&self) -> bool {
        vrai(self.stipulations.cadre.information_destinataire.as_ref())
    }

    /// Whether the convention itself asks that the person be informed beforehand; elsewhere it is our rule (DE-3).
    #[must_use]
    pub fn information_stipulee(&self) -> bool {
        vrai(self.stipulations.cadre.information_prealable.as_ref())
    }

    /// The public recalled before filing, and whether only the régime général is meant (DE-15).
    #[must_use]
    pub fn public(&self) -> Option<&Public> {
        lue(self.stipulations.cadre.public.as_ref())
    }

    /// The object recalled on the printed convention (CO-9).
    #[must_use]
    pub fn objet(&self) -> Option<&str> {
        lue(self.stipulations.cadre.objet.as_ref()).map(String::as_str)
    }

    /// The engagements of one trunk (CO-1).
    #[must_use]
    pub fn engagements(&self, tronc: Tronc) -> Vec<&Engagement> {
        liste(self.stipulations.cadre.engagements.as_ref()).iter().filter(|e| e.tronc == tronc).collect()
    }

    /// Who keeps the agenda of permanences; nothing where the convention has none (RV-2: off by default).
    #[must_use]
    pub fn permanences(&self) -> Option<Role> {
        lue(self.stipulations.cadre.permanences_agenda.as_ref()).copied()
    }

    /// Whether the métier convention is a union's that covers the partenaire (CO-8).
    #[must_use]
    pub fn est_couvert_par_union(&self) -> bool {
        vrai(self.stipulations.cadre.union_couvre_membres.as_ref())
    }

    /// Whether creating a technicien proposes to tell the caisse of a new agent (HA-13).
    #[must_use]
    pub fn annonce_nouveaux_agents(&self) -> bool {
        vrai(self.stipulations.cadre.nouveaux_agents_annonces.as_ref())
    }

    /// Whether a training is foreseen (DI-4).
    #[must_use]
    pub fn prevoit_formation(&self, formation: Formation) -> bool {
        liste(self.stipulations.cadre.formations.as_ref()).contains(&formation)
    }

    /// How a person reaches the service social, and whether its criteria of fragility are shown (DE-13).
    #[must_use]
    pub fn orientation_sociale(&self) -> (Option<VoieServiceSocial>, bool) {
        let cadre = &self.stipulations.cadre;
        (lue(cadre.service_social.as_ref()).copied(), vrai(cadre.criteres_fragilite.as_ref()))
    }
}

impl PorteeRecours {
    /// The limit that a function falls under.
    #[must_use]
    pub const fn de(fonctionnalite: Fonctionnalite) -> Option<Self> {
        match fonctionnalite {
            Fonctionnalite::Etude => Some(Self::Etude),
            Fonctionnalite::RendezVous => Some(Self::RendezVous),
            _ => None,
        }
    }
}
