//! What other rows still say of the person of a compte that is erased (HA-10): tracked forms, announcements, addresses
//! allowed, what was read. Proofs and the journal stay, each for its own period (JO-1, JO-2).

use super::annonces::Agent;
use super::derogations;
use super::modele::Identite;
use crate::db::WriteTx;
use crate::demarche::Contenu;
use crate::entity::{actualite_lue, annonce, compte, demarche, derogation, echange_lu};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, Utc};
use domain::compte::Profil;
use domain::compte::identifiant::compare_courriel;
use domain::habilitation::{EtatDemarche, NatureDemarche};
use domain::partenaire::compare;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;
use vault::{Scope, ScopeKey};

/// Whom to forget.
struct Personne {
    id: Uuid,
    profil: Option<Profil>,
    identite: Identite,
    /// Compared forms of the addresses he had, unless another compte that is not erased has the present one.
    adresses: Vec<String>,
    /// When the compte was closed: what came later is about somebody who came later.
    ferme_le: DateTime<Utc>,
}

impl Personne {
    fn a_l_adresse(&self, courriel: &str) -> bool {
        self.adresses.contains(&compare_courriel(courriel))
    }

    fn porte_ce_nom(&self, nom: &str, prenom: &str) -> bool {
        compare(nom) == compare(&self.identite.nom) && compare(prenom) == compare(&self.identite.prenom)
    }
}

/// Takes the person out of every other row; `m` is the compte as it stood before it was erased. What is known by the address
/// stays where the person comes back to it.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub(super) async fn oublie(tx: &WriteTx, m: &compte::Model, revient: bool) -> Result<(), StoreError> {
    echange_lu::Entity::delete_many().filter(echange_lu::Column::CompteId.eq(m.id)).exec(&tx.inner).await?;
    actualite_lue::Entity::delete_many().filter(actualite_lue::Column::CompteId.eq(m.id)).exec(&tx.inner).await?;
    let Some(structure) = m.partenaire_id else { return Ok(()) };
    let key = tx.key(Scope::Comptes).await?;
    let identite: Identite = open(&key, "compte", m.id, &m.scelle)?;
    let mut qui = Personne {
        id: m.id,
        profil: Profil::from_code(&m.profil),
        identite,
        adresses: Vec::new(),
        ferme_le: m.inactif_le.unwrap_or(DateTime::<Utc>::MAX_UTC),
    };
    let autre = compte::Entity::find()
        .filter(compte::Column::CourrielIndex.eq(m.courriel_index.clone()))
        .filter(compte::Column::Id.ne(m.id));
    if autre.one(&tx.inner).await?.is_none() {
        qui.adresses.push(compare_courriel(&qui.identite.courriel));
    }
    forms(tx, &key, structure, &mut qui).await?;
    // Who still has a compte of the other profil keeps what is known by his address.
    if revient || qui.adresses.is_empty() {
        return Ok(());
    }
    announcements(tx, &key, structure, &qui).await?;
    allowed(tx, &key, structure, &qui).await
}

/// Forms about the compte, and those that are over and name the person.
async fn forms(tx: &WriteTx, key: &ScopeKey, structure: Uuid, qui: &mut Personne) -> Result<(), StoreError> {
    use demarche::Column;
    let over = [EtatDemarche::Faite, EtatDemarche::Refusee, EtatDemarche::Retiree].map(EtatDemarche::code);
    let rows = demarche::Entity::find()
        .filter(Column::PartenaireId.eq(structure))
        .filter(Condition::any().add(Column::CompteId.eq(qui.id)).add(Column::Etat.is_in(over)))
        .order_by(Column::Id, Order::Asc)
        .lock(LockType::Update)
        .all(&tx.inner)
        .await?;
    let mut lues = Vec::with_capacity(rows.len());
    for m in rows {
        let contenu: Contenu = open(key, "demarche", m.id, &m.scelle)?;
        let ancienne = contenu.ancienne_adresse.as_deref().filter(|_| m.compte_id == Some(qui.id));
        if !qui.adresses.is_empty() {
            qui.adresses.extend(ancienne.map(compare_courriel));
        }
        lues.push((m, contenu));
    }
    for (m, contenu) in lues {
        let reste = without(qui, (&m, &contenu));
        if reste == contenu {
            continue;
        }
        let change = demarche::Entity::update_many()
            .col_expr(Column::Scelle, seal(key, "demarche", m.id, &reste)?.into())
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(m.id));
        change.exec(&tx.inner).await?;
    }
    Ok(())
}

/// What a form says without the person.
fn without(qui: &Personne, (m, contenu): (&demarche::Model, &Contenu)) -> Contenu {
    let mut reste = contenu.clone();
    let depart = m.nature == NatureDemarche::Depart.code();
    let about = m.compte_id == Some(qui.id);
    if about {
        (reste.modification, reste.ancienne_adresse, reste.refus) = (None, None, None);
    }
    // The person of a departure is the successor; the one of a habilitation is a gestionnaire.
    let named = contenu.personne.as_ref().is_some_and(|p| qui.a_l_adresse(&p.courriel));
    if about && !depart || named && qui.profil == Some(Profil::Gestionnaire) {
        reste.personne = None;
        if !depart {
            reste.refus = None;
        }
    }
    reste
}

/// Announcements of the person: by the address or, where none was given, by the name.
async fn announcements(tx: &WriteTx, key: &ScopeKey, structure: Uuid, qui: &Personne) -> Result<(), StoreError> {
    let rows = annonce::Entity::find()
        .filter(annonce::Column::PartenaireId.eq(structure))
        .filter(annonce::Column::AnnonceLe.lte(qui.ferme_le))
        .all(&tx.inner)
        .await?;
    let mut siennes = Vec::new();
    for m in rows {
        let agent: Agent = open(key, "annonce", m.id, &m.scelle)?;
        let anonyme = agent.courriel.is_empty();
        if qui.a_l_adresse(&agent.courriel) || anonyme && qui.porte_ce_nom(&agent.nom, &agent.prenom) {
            siennes.push(m.id);
        }
    }
    annonce::Entity::delete_many().filter(annonce::Column::Id.is_in(siennes)).exec(&tx.inner).await?;
    Ok(())
}

/// Addresses allowed against the rule; a domain names nobody.
async fn allowed(tx: &WriteTx, key: &ScopeKey, structure: Uuid, qui: &Personne) -> Result<(), StoreError> {
    let rows = derogation::Entity::find()
        .filter(derogation::Column::PartenaireId.eq(structure))
        .filter(derogation::Column::AccordeeLe.lte(qui.ferme_le))
        .all(&tx.inner)
        .await?;
    let mut siennes = Vec::new();
    for m in rows {
        let contenu: derogations::Contenu = open(key, "derogation", m.id, &m.scelle)?;
        if qui.a_l_adresse(&contenu.objet) {
            siennes.push(m.id);
        }
    }
    derogation::Entity::delete_many().filter(derogation::Column::Id.is_in(siennes)).exec(&tx.inner).await?;
    Ok(())
}
