//! Many whole demandes at once, as they stand after their life, for the benchmark alone: the rows that filing, writing,
//! asking and closing leave, sealed and indexed as those do, without the journal rows and the outbox rows of each act.

use super::NOM;
use super::complement::Complement;
use super::empreinte;
use super::fil::Cote;
use super::nouvelle::{self, Nouvelle};
use crate::db::WriteTx;
use crate::entity::{accuse, complement, demande, demande_empreinte, demande_nom, evenement, fait, message};
use crate::error::StoreError;
use crate::faits::{self, Fait};
use crate::keys::seal;
use chrono::{DateTime, Utc};
use domain::demande::{Etat, EtatDemande, Issue};
use domain::droits::{Importer, Permis};
use domain::ids::{CompteId, MessageId};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A change of state.
#[derive(Clone, Copy, Debug)]
pub struct Changement {
    /// Id of its event.
    pub id: Uuid,
    /// State reached.
    pub vers: Etat,
    /// Side that acted.
    pub cote: Cote,
    /// Who acted.
    pub auteur: CompteId,
    /// When.
    pub le: DateTime<Utc>,
}

/// A line of the thread.
#[derive(Clone, Debug)]
pub struct Ecrit {
    /// Id.
    pub id: MessageId,
    /// Side that wrote.
    pub cote: Cote,
    /// Who wrote.
    pub auteur: CompteId,
    /// Text.
    pub texte: String,
    /// When.
    pub le: DateTime<Utc>,
    /// When the other side saw it.
    pub vu_le: Option<DateTime<Utc>>,
}

/// A demande with everything that happened to it.
pub struct Entiere<'a> {
    /// As it was filed.
    pub nouvelle: Nouvelle<'a>,
    /// As it stands.
    pub etat: EtatDemande,
    /// Every change, the filing first.
    pub changements: Vec<Changement>,
    /// The thread, oldest first.
    pub ecrits: Vec<Ecrit>,
    /// What is asked of the partner while it waits for it, and when the loop has its next step.
    pub complement: Option<(Complement, DateTime<Utc>)>,
    /// Its anonymous facts.
    pub faits: Vec<(Uuid, Fait)>,
}

/// Rows of every table, in the order in which they may be written.
#[derive(Default)]
struct Rangees {
    demandes: Vec<demande::ActiveModel>,
    noms: Vec<demande_nom::ActiveModel>,
    empreintes: Vec<demande_empreinte::ActiveModel>,
    evenements: Vec<evenement::ActiveModel>,
    accuses: Vec<accuse::ActiveModel>,
    messages: Vec<message::ActiveModel>,
    complements: Vec<complement::ActiveModel>,
    faits: Vec<fait::ActiveModel>,
}

/// Writes them; some hundreds at a time, so that a statement stays within the values that SQLite takes.
///
/// # Errors
/// [`StoreError::Taken`] when a reference is used, or the database's error.
pub async fn insert_whole(tx: &WriteTx, _: &Permis<Importer>, lot: &[Entiere<'_>]) -> Result<(), StoreError> {
    let mut rangees = Rangees::default();
    for entiere in lot {
        let key = tx.caisse_key(entiere.nouvelle.caisse).await?;
        rangees.add(&key, entiere)?;
    }
    write(tx, rangees.demandes).await?;
    write(tx, rangees.noms).await?;
    write(tx, rangees.empreintes).await?;
    write(tx, rangees.evenements).await?;
    write(tx, rangees.accuses).await?;
    write(tx, rangees.messages).await?;
    write(tx, rangees.complements).await?;
    write(tx, rangees.faits).await
}

/// Rows that one statement writes: the widest table has 25 columns, SQLite takes 32 766 values.
const PAR_ORDRE: usize = 1_000;

async fn write<A>(tx: &WriteTx, rows: Vec<A>) -> Result<(), StoreError>
where
    A: ActiveModelTrait + Send,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let slice: Vec<A> = rows.by_ref().take(PAR_ORDRE).collect();
        A::Entity::insert_many(slice).exec_without_returning(&tx.inner).await.map_err(StoreError::from_insert)?;
    }
    Ok(())
}

impl Rangees {
    fn add(&mut self, key: &vault::ScopeKey, e: &Entiere<'_>) -> Result<(), StoreError> {
        let n = &e.nouvelle;
        let id = n.id.get();
        self.demandes.push(standing(e, seal(key, "demande", id, n.contenu)?));
        // In the order of the index: the same token of two words is one row.
        let jetons: BTreeSet<String> = vault::name_tokens(n.cles_nom.0, n.cles_nom.1).into_iter().collect();
        self.noms.extend(jetons.iter().map(|jeton| demande_nom::ActiveModel {
            jeton: Set(key.blind(NOM, jeton).to_vec()),
            transmise_le: Set(n.transmise_le),
            demande_id: Set(id),
            partenaire_id: Set(n.partenaire.get()),
            service_id: Set(n.service.get()),
        }));
        self.empreintes.push(empreinte::row(key, n));
        self.evenements.extend(e.changements.iter().map(|c| evenement::ActiveModel {
            id: Set(c.id),
            demande_id: Set(id),
            le: Set(c.le),
            vers: Set(c.vers.code().to_owned()),
            cote: Set(c.cote.code().to_owned()),
            auteur_id: Set(Some(c.auteur.get())),
        }));
        self.accuses.push(nouvelle::receipt(n)?);
        for ecrit in &e.ecrits {
            self.messages.push(line(id, ecrit, seal(key, "message", ecrit.id.get(), &ecrit.texte)?));
        }
        self.complements.extend(e.complement.iter().map(|(c, prochaine)| super::complement::row(id, c, *prochaine)));
        self.faits.extend(e.faits.iter().map(|(id, fait)| faits::row(*id, fait.clone())));
        Ok(())
    }
}

/// The row of a demande as it stands.
fn standing(e: &Entiere<'_>, scelle: Vec<u8>) -> demande::ActiveModel {
    let unseen = |cote| {
        let count = e.ecrits.iter().filter(|l| l.cote == cote && l.vu_le.is_none()).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    };
    let acts = e.changements.len() + e.ecrits.len();
    demande::ActiveModel {
        etat: Set(e.etat.etat().code().to_owned()),
        agent_id: Set(e.etat.agent().map(CompteId::get)),
        etat_depuis: Set(e.changements.last().map_or(e.nouvelle.transmise_le, |c| c.le)),
        issue: Set(e.etat.issue().map(Issue::code).map(str::to_owned)),
        non_lus_partenaire: Set(unseen(Cote::Caisse)),
        non_lus_desk: Set(unseen(Cote::Partenaire)),
        // One for the filing, which is the first change, and one for each act after it.
        version: Set(i64::try_from(acts).unwrap_or(i64::MAX)),
        ..nouvelle::row(&e.nouvelle, scelle)
    }
}

fn line(demande: Uuid, ecrit: &Ecrit, scelle: Vec<u8>) -> message::ActiveModel {
    message::ActiveModel {
        id: Set(ecrit.id.get()),
        demande_id: Set(demande),
        cote: Set(ecrit.cote.code().to_owned()),
        auteur_id: Set(ecrit.auteur.get()),
        scelle: Set(scelle),
        ecrit_le: Set(ecrit.le),
        vu_le: Set(ecrit.vu_le),
    }
}
