//! A tracked form as rules and pages need it, and one that was just received.

use chrono::{DateTime, NaiveDate, Utc};
use domain::habilitation::{EtatDemarche, NatureDemarche, VoieDemarche};
use domain::ids::{CaisseId, CompteId, ConventionId, DemarcheId, PartenaireId};
use serde::{Deserialize, Serialize};

/// A gestionnaire to accredit, as the form says (HA-3). Sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Personne {
    /// Word of the civilité.
    pub civilite: String,
    /// Nom.
    pub nom: String,
    /// Prénom.
    pub prenom: String,
    /// What the person does in the structure.
    pub fonction: String,
    /// Phone.
    pub telephone: String,
    /// E-mail address.
    pub courriel: String,
}

/// The four data of a gestionnaire that a form may change (HA-7); none stays as it is. Sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modification {
    /// Nom.
    pub nom: Option<String>,
    /// What the person does in the structure.
    pub fonction: Option<String>,
    /// Phone.
    pub telephone: Option<String>,
    /// E-mail address.
    pub courriel: Option<String>,
}

/// What people wrote, and what the convention said on that day. Sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contenu {
    /// The gestionnaire to accredit, or the successor of who leaves.
    pub personne: Option<Personne>,
    /// What is to change.
    pub modification: Option<Modification>,
    /// Due days with the words of their delay, the first foremost.
    pub echeances: Vec<(NaiveDate, String)>,
    /// Days of notice asked for, the first day that respects them, and whether the wished day does (HA-8).
    pub preavis: Option<(u32, NaiveDate, bool)>,
    /// Why the caisse refused.
    pub refus: Option<String>,
    /// The address that a change replaced: who had it is told there too (HA-7).
    #[serde(default)]
    pub ancienne_adresse: Option<String>,
    /// Why it could not be done on its day.
    pub empechement: Option<String>,
}

/// A form.
#[derive(Clone, Debug)]
pub struct Demarche {
    /// Id.
    pub id: DemarcheId,
    /// What it asks for.
    pub nature: NatureDemarche,
    /// How it came.
    pub voie: VoieDemarche,
    /// State.
    pub etat: EtatDemarche,
    /// Structure.
    pub partenaire: PartenaireId,
    /// Caisse that decides.
    pub caisse: CaisseId,
    /// Convention under which it is asked.
    pub convention: ConventionId,
    /// The compte it is about; of a habilitation, the one it opened.
    pub compte: Option<CompteId>,
    /// Who asked; nobody for the link, the agent who entered it for paper.
    pub auteur: Option<CompteId>,
    /// Receipt.
    pub recue_le: DateTime<Utc>,
    /// Wished day of a departure.
    pub souhaite_le: Option<NaiveDate>,
    /// Opened content.
    pub contenu: Contenu,
    /// When it was decided.
    pub decidee_le: Option<DateTime<Utc>>,
    /// By whom.
    pub decidee_par: Option<CompteId>,
    /// Grows with every change.
    pub version: i64,
}

/// A form just received.
#[derive(Clone, Debug)]
pub struct Recu {
    /// Id.
    pub id: DemarcheId,
    /// What it asks for.
    pub nature: NatureDemarche,
    /// How it came.
    pub voie: VoieDemarche,
    /// Structure.
    pub partenaire: PartenaireId,
    /// Caisse that decides.
    pub caisse: CaisseId,
    /// Convention under which it is asked.
    pub convention: ConventionId,
    /// The compte it is about.
    pub compte: Option<CompteId>,
    /// Who asked.
    pub auteur: Option<CompteId>,
    /// Receipt.
    pub recue_le: DateTime<Utc>,
    /// Wished day of a departure.
    pub souhaite_le: Option<NaiveDate>,
    /// What was written.
    pub contenu: Contenu,
}
