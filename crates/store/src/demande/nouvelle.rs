//! Filing: the row, its sealed content, its blind name index, its first event and its receipt.

use super::NOM;
use super::empreinte;
use super::fil::{self, Accuse, Cote};
use crate::db::{Tx, WriteTx};
use crate::entity::{accuse, demande, demande_nom};
use crate::error::StoreError;
use crate::keys::seal;
use chrono::{DateTime, NaiveDate, Utc};
use domain::assure::Civilite;
use domain::demande::{Etat, Sorte};
use domain::droits::{Deposer, Permis, Portee};
use domain::ids::{CaisseId, CompteId, ConventionId, DemandeId, PartenaireId, ServiceId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is sealed: who the assuré is, and every text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contenu {
    /// Nom, as typed.
    pub nom: String,
    /// Prénom, as typed; empty when the person has one name only.
    pub prenom: String,
    /// Birth date as stored by the domain (day and month may be unknown).
    pub naissance: String,
    /// What the technicien adds.
    pub precisions: String,
    /// Why it is urgent; empty when it is not (DE-4).
    pub motif_urgence: String,
    /// Name of a document that is not in the list.
    pub autre_document: String,
    /// How the person was informed: a code (DE-3).
    pub information: String,
    /// Day the person was informed (DE-3).
    pub informee_le: NaiveDate,
    /// Mode of the agreement where the convention asks it: a code (DE-3).
    pub accord: Option<String>,
    /// Day of that agreement: the day the person was informed (DE-3). None also in demandes of before it was kept.
    #[serde(default)]
    pub accord_le: Option<NaiveDate>,
    /// Quality under which the structure acts for this person: a code (PA-2).
    pub qualite: Option<String>,
    /// What « Contacter » is about. It and the fields below came after the first demandes: empty there.
    #[serde(default)]
    pub objet: String,
    /// Name of a study that is not in the list.
    #[serde(default)]
    pub autre_etude: String,
    /// Day by which an urgent study matters.
    #[serde(default)]
    pub echeance_urgence: Option<NaiveDate>,
    /// Reason of recourse where the convention asks one: a code (DE-15).
    #[serde(default)]
    pub recours: Option<String>,
    /// The difficulty is linked to a handicap; nothing more is said of it.
    #[serde(default)]
    pub handicap: bool,
    /// Criteria of fragility: codes (DE-13).
    #[serde(default)]
    pub criteres: Vec<String>,
    /// Phone of the person; empty when reached through the technicien (DE-2).
    #[serde(default)]
    pub telephone: String,
    /// How an appointment is wished: a code (RV-1).
    #[serde(default)]
    pub mode: Option<String>,
    /// Half-days that suit: codes (RV-1).
    #[serde(default)]
    pub demi_journees: Vec<String>,
}

/// A demande to file.
pub struct Nouvelle<'a> {
    /// Id.
    pub id: DemandeId,
    /// Public number.
    pub reference: &'a str,
    /// Caisse in charge.
    pub caisse: CaisseId,
    /// Service in charge.
    pub service: ServiceId,
    /// Structure that files.
    pub partenaire: PartenaireId,
    /// Conventions that allow it.
    pub convention: ConventionId,
    /// Technicien.
    pub auteur: CompteId,
    /// Kind.
    pub sorte: Sorte,
    /// Sub-kinds as codes separated by commas.
    pub sous_types: String,
    /// Département of residence: in clear, for routing.
    pub departement: &'a str,
    /// In clear, for routing.
    pub civilite: Civilite,
    /// Sealed content.
    pub contenu: &'a Contenu,
    /// Search keys of nom and prénom, normalised by the domain.
    pub cles_nom: (&'a str, &'a str),
    /// Treated first.
    pub urgent: bool,
    /// Instant of filing.
    pub transmise_le: DateTime<Utc>,
    /// Day promised.
    pub echeance: NaiveDate,
    /// Delay promised, jours ouvrés.
    pub delai_jours: u32,
    /// Key of the form: the same key files once.
    pub cle_idempotence: Uuid,
    /// Receipt as issued.
    pub accuse: &'a Accuse,
}

/// The reference a compte already filed with this key.
///
/// # Errors
/// The database's error.
pub async fn already_filed(tx: &Tx, auteur: CompteId, cle: Uuid) -> Result<Option<String>, StoreError> {
    Ok(demande::Entity::find()
        .select_only()
        .column(demande::Column::Reference)
        .filter(demande::Column::AuteurId.eq(auteur.get()))
        .filter(demande::Column::CleIdempotence.eq(cle))
        .into_tuple()
        .one(&tx.inner)
        .await?)
}

/// Files. Seals under the caisse's key; refuses a row outside the scope of the proof.
///
/// # Errors
/// [`StoreError::Conflict`] outside the proof's scope, [`StoreError::Taken`] when the reference or the form's key is
/// used, or the database's error.
pub async fn insert(
    tx: &WriteTx,
    permis: &Permis<Deposer>,
    n: &Nouvelle<'_>,
    evenement: Uuid,
) -> Result<(), StoreError> {
    let inside = match permis.portee() {
        Portee::Partenaire { partenaire, caisses } => *partenaire == n.partenaire && caisses.contains(&n.caisse),
        _ => false,
    };
    if !inside || permis.auteur() != Some(n.auteur) {
        return Err(StoreError::Conflict);
    }
    let key = tx.caisse_key(n.caisse).await?;
    tx.add(row(n, seal(&key, "demande", n.id.get(), n.contenu)?)).await.map_err(StoreError::from_insert)?;
    let jetons = vault::name_tokens(n.cles_nom.0, n.cles_nom.1);
    let rows = jetons.iter().map(|jeton| demande_nom::ActiveModel {
        jeton: Set(key.blind(NOM, jeton).to_vec()),
        transmise_le: Set(n.transmise_le),
        demande_id: Set(n.id.get()),
        partenaire_id: Set(n.partenaire.get()),
        service_id: Set(n.service.get()),
    });
    if !jetons.is_empty() {
        tx.later(demande_nom::Entity::insert_many(rows).into_query());
    }
    tx.add_later(empreinte::row(&key, n));
    let author = (Some(Cote::Partenaire), Some(n.auteur));
    fil::evenement(tx, evenement, n.id, (Etat::Transmise, n.transmise_le), author);
    tx.add_later(receipt(n)?);
    Ok(())
}

/// The receipt as issued.
pub(super) fn receipt(n: &Nouvelle<'_>) -> Result<accuse::ActiveModel, StoreError> {
    Ok(accuse::ActiveModel {
        demande_id: Set(n.id.get()),
        document: Set(serde_json::to_string(n.accuse)?),
        emis_le: Set(n.transmise_le),
    })
}

/// The row of a demande that was just filed.
pub(super) fn row(n: &Nouvelle<'_>, scelle: Vec<u8>) -> demande::ActiveModel {
    demande::ActiveModel {
        id: Set(n.id.get()),
        reference: Set(n.reference.to_owned()),
        caisse_id: Set(n.caisse.get()),
        service_id: Set(n.service.get()),
        partenaire_id: Set(n.partenaire.get()),
        convention_id: Set(n.convention.get()),
        auteur_id: Set(n.auteur.get()),
        sorte: Set(n.sorte.code().to_owned()),
        sous_types: Set(n.sous_types.clone()),
        canal: Set("portail".to_owned()),
        urgent: Set(n.urgent),
        departement: Set(n.departement.to_owned()),
        civilite: Set(n.civilite.as_str().to_owned()),
        scelle: Set(scelle),
        etat: Set(Etat::Transmise.code().to_owned()),
        agent_id: Set(None),
        etat_depuis: Set(n.transmise_le),
        issue: Set(None),
        transmise_le: Set(n.transmise_le),
        echeance: Set(n.echeance),
        delai_jours: Set(i64::from(n.delai_jours)),
        non_lus_partenaire: Set(0),
        non_lus_desk: Set(0),
        cle_idempotence: Set(n.cle_idempotence),
        version: Set(1),
    }
}
