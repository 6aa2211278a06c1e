//! The comptes of a structure as its gestionnaires and the caisse read them: one query a page.

use super::agregat::visible;
use super::modele::Identite;
use crate::db::Tx;
use crate::entity::{compte, convention, lien, partenaire};
use crate::error::StoreError;
use crate::keys::open;
use chrono::{DateTime, Utc};
use domain::compte::{CoteInactif, EtatCompte, Fermeture, Profil, RaisonInactif, UsageLien};
use domain::ids::{CaisseId, CompteId, PartenaireId};
use sea_orm::sea_query::{Alias, Expr, Query, SelectStatement, SimpleExpr};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, FromQueryResult, JoinType, Order, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;
use vault::Scope;

/// One compte of a structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ligne {
    /// Id.
    pub id: CompteId,
    /// What is typed at the sign-in.
    pub identifiant: String,
    /// « Prénom Nom ».
    pub nom: String,
    /// E-mail address.
    pub courriel: String,
    /// Profil.
    pub profil: Profil,
    /// State.
    pub etat: EtatCompte,
    /// How it was closed.
    pub fermeture: Option<Fermeture>,
    /// Last sign-in.
    pub derniere_connexion: Option<DateTime<Utc>>,
    /// When it was opened.
    pub cree_le: DateTime<Utc>,
    /// The gestionnaire it is attached to, by name; nobody where it was the caisse.
    pub gestionnaire: Option<String>,
    /// When the password was chosen.
    pub mot_de_passe_le: Option<DateTime<Utc>>,
    /// End of the invitation that still works, or of the last one.
    pub invitation: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    identifiant: String,
    profil: String,
    etat: String,
    scelle: Vec<u8>,
    cree_le: DateTime<Utc>,
    inactif_le: Option<DateTime<Utc>>,
    raison_inactif: Option<String>,
    cote_inactif: Option<String>,
    supprimer_le: Option<DateTime<Utc>>,
    derniere_connexion_le: Option<DateTime<Utc>>,
    mot_de_passe_le: Option<DateTime<Utc>>,
    par_id: Option<Uuid>,
    par_scelle: Option<Vec<u8>>,
    par_supprimer_le: Option<DateTime<Utc>>,
    invitation: Option<DateTime<Utc>>,
}

/// The comptes of a structure in the order of their identifiants, those after one of them, at most `nombre`.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn page(
    tx: &Tx,
    partenaire: PartenaireId,
    (apres, nombre): (Option<CompteId>, u64),
    now: DateTime<Utc>,
) -> Result<Vec<Ligne>, StoreError> {
    let apres = match apres {
        Some(apres) => {
            let mine = compte::Column::PartenaireId.eq(partenaire.get());
            compte::Entity::find_by_id(apres.get()).filter(mine).one(&tx.inner).await?.map(|m| m.identifiant)
        }
        None => None,
    };
    let rows: Vec<Row> = query(partenaire, (apres.as_deref(), nombre), now).into_model().all(&tx.inner).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = tx.key(Scope::Comptes).await?;
    rows.into_iter()
        .map(|r| {
            let corrupt = |column| StoreError::Corrupt { table: "compte", column, row: r.id };
            let identite: Identite = open(&key, "compte", r.id, &r.scelle)?;
            let gestionnaire = match (r.par_id, &r.par_scelle, r.par_supprimer_le) {
                (Some(_), Some(_), Some(le)) if le <= now => Some(super::SUPPRIME.to_owned()),
                (Some(id), Some(scelle), _) => Some(open::<Identite>(&key, "compte", id, scelle)?.nom_affiche()),
                _ => None,
            };
            Ok(Ligne {
                fermeture: fermeture(&r).ok_or(corrupt("inactif_le"))?,
                profil: Profil::from_code(&r.profil).ok_or(corrupt("profil"))?,
                etat: EtatCompte::from_code(&r.etat).ok_or(corrupt("etat"))?,
                id: CompteId::new(r.id),
                identifiant: r.identifiant,
                nom: identite.nom_affiche(),
                courriel: identite.courriel,
                derniere_connexion: r.derniere_connexion_le,
                cree_le: r.cree_le,
                gestionnaire,
                mot_de_passe_le: r.mot_de_passe_le,
                invitation: r.invitation,
            })
        })
        .collect()
}

/// Nothing for an impossible row.
fn fermeture(r: &Row) -> Option<Option<Fermeture>> {
    let (Some(le), Some(raison), Some(cote), Some(supprimer_le)) =
        (r.inactif_le, &r.raison_inactif, &r.cote_inactif, r.supprimer_le)
    else {
        return r.inactif_le.is_none().then_some(None);
    };
    let (raison, cote) = (RaisonInactif::from_code(raison)?, CoteInactif::from_code(cote)?);
    Some(Some(Fermeture { le, raison, cote, supprimer_le }))
}

pub(crate) fn query(
    partenaire: PartenaireId,
    (apres, nombre): (Option<&str>, u64),
    now: DateTime<Utc>,
) -> sea_orm::Select<compte::Entity> {
    use compte::Column;
    let par = Alias::new("par");
    let to_par: sea_orm::RelationDef =
        compte::Entity::belongs_to(compte::Entity).from(Column::GestionnaireId).to(Column::Id).into();
    let query = compte::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Identifiant, Column::Profil, Column::Etat, Column::Scelle, Column::CreeLe])
        .columns([Column::InactifLe, Column::RaisonInactif, Column::CoteInactif, Column::SupprimerLe])
        .columns([Column::DerniereConnexionLe, Column::MotDePasseLe])
        .expr_as(Expr::col((par.clone(), Column::Id)), "par_id")
        .expr_as(Expr::col((par.clone(), Column::Scelle)), "par_scelle")
        .expr_as(Expr::col((par.clone(), Column::SupprimerLe)), "par_supprimer_le")
        .expr_as(SimpleExpr::from(invitation()), "invitation")
        .join_as(JoinType::LeftJoin, to_par, par)
        .filter(Column::PartenaireId.eq(partenaire.get()))
        .filter(visible(now))
        .order_by(Column::Identifiant, Order::Asc)
        .limit(nombre);
    match apres {
        Some(apres) => query.filter(Column::Identifiant.gt(apres)),
        None => query,
    }
}

/// End of the last invitation of the compte of the row.
fn invitation() -> SelectStatement {
    Query::select()
        .expr(Expr::col((lien::Entity, lien::Column::ExpireLe)).max())
        .from(lien::Entity)
        .and_where(Expr::col((lien::Entity, lien::Column::CompteId)).equals((compte::Entity, compte::Column::Id)))
        .and_where(Expr::col((lien::Entity, lien::Column::Usage)).eq(UsageLien::Invitation.code()))
        .and_where(Expr::col((lien::Entity, lien::Column::UtiliseLe)).is_null())
        .to_owned()
}

/// A structure bound to a caisse, with how many comptes it has.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Structure {
    /// Name in addresses; where the next page begins.
    pub slug: String,
    /// Name.
    pub nom: String,
    /// Comptes in use or invited.
    pub ouverts: i64,
    /// Closed ones that are not deleted yet.
    pub fermes: i64,
}

/// The structures that have a convention with a caisse, live or not, those after a slug, at most `nombre`.
///
/// # Errors
/// The database's error.
pub async fn structures(
    tx: &Tx,
    caisse: CaisseId,
    (apres, nombre): (Option<&str>, u64),
    now: DateTime<Utc>,
) -> Result<Vec<Structure>, StoreError> {
    Ok(structures_query(caisse, (apres, nombre), now).into_model().all(&tx.inner).await?)
}

pub(crate) fn structures_query(
    caisse: CaisseId,
    (apres, nombre): (Option<&str>, u64),
    now: DateTime<Utc>,
) -> sea_orm::Select<partenaire::Entity> {
    let bound = Query::select()
        .column(convention::Column::PartenaireId)
        .from(convention::Entity)
        .and_where(convention::Column::CaisseId.eq(caisse.get()))
        .to_owned();
    let query = partenaire::Entity::find()
        .select_only()
        .columns([partenaire::Column::Slug, partenaire::Column::Nom])
        .expr_as(SimpleExpr::from(number(&["invite", "actif"], now)), "ouverts")
        .expr_as(SimpleExpr::from(number(&["inactif", "exclu"], now)), "fermes")
        .filter(partenaire::Column::Id.in_subquery(bound))
        .order_by(partenaire::Column::Slug, Order::Asc)
        .limit(nombre);
    match apres {
        Some(apres) => query.filter(partenaire::Column::Slug.gt(apres)),
        None => query,
    }
}

/// How many comptes of the structure of the row are in some states.
fn number(etats: &[&str], now: DateTime<Utc>) -> SelectStatement {
    let mine = Expr::col((compte::Entity, compte::Column::PartenaireId));
    Query::select()
        .expr(Expr::col((compte::Entity, compte::Column::Id)).count())
        .from(compte::Entity)
        .and_where(mine.equals((partenaire::Entity, partenaire::Column::Id)))
        .and_where(compte::Column::Etat.is_in(etats.iter().copied()))
        .cond_where(visible(now))
        .to_owned()
}
