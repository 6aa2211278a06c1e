//! The aggregate: loaded in scope, written back only if nobody changed it in between.

use crate::db::{Tx, WriteTx};
use crate::entity::{compte, compte_service};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, Utc};
use domain::compte::{Cote, EtatCompte, Profil, identifiant};
use domain::droits::{Acte, Permis, Portee, Rattachement};
use domain::ids::{CaisseId, CompteId, PartenaireId, ServiceId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, Set};
use serde::{Deserialize, Serialize};
use vault::{Place, Scope, ScopeKey};

/// Purpose of the blind index of addresses.
const COURRIEL: &str = "compte.courriel";

/// Who the person behind a compte is. Sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identite {
    /// Nom.
    pub nom: String,
    /// Prénom.
    pub prenom: String,
    /// E-mail address.
    pub courriel: String,
    /// Phone.
    #[serde(default)]
    pub telephone: Option<String>,
    /// What the person does in the structure or at the caisse.
    #[serde(default)]
    pub fonction: Option<String>,
}

impl Identite {
    /// « Prénom Nom ».
    #[must_use]
    pub fn nom_affiche(&self) -> String {
        format!("{} {}", self.prenom, self.nom).trim().to_owned()
    }
}

/// A password as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MotDePasse {
    /// Its hash, with its parameters.
    pub empreinte: String,
    /// When it was chosen.
    pub le: DateTime<Utc>,
}

/// A TOTP seed.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFacteur {
    /// Seed; sealed.
    pub secret: Vec<u8>,
    /// Time step of the last code accepted; none until the enrolment is confirmed by a first code.
    pub pas: Option<i64>,
}

impl std::fmt::Debug for SecondFacteur {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFacteur").field("pas", &self.pas).finish_non_exhaustive()
    }
}

/// A compte as rules need it.
#[derive(Clone, Debug)]
pub struct Compte {
    /// Id.
    pub id: CompteId,
    /// What is typed at the sign-in.
    pub identifiant: String,
    /// Its only profil.
    pub profil: Profil,
    /// Its tenant.
    pub rattachement: Rattachement,
    /// Its life.
    pub etat: EtatCompte,
    /// Opened content.
    pub identite: Identite,
    /// Password; none before the invitation is taken up.
    pub mot_de_passe: Option<MotDePasse>,
    /// Second factor; none before the enrolment.
    pub second_facteur: Option<SecondFacteur>,
    /// Grows with every change.
    pub version: i64,
}

impl Compte {
    /// Whether a second factor is registered and confirmed.
    #[must_use]
    pub fn est_enrole(&self) -> bool {
        self.second_facteur.as_ref().is_some_and(|f| f.pas.is_some())
    }
}

/// A compte to open.
pub struct Nouveau<'a> {
    /// Id.
    pub id: CompteId,
    /// Identifiant, free.
    pub identifiant: &'a str,
    /// Profil.
    pub profil: Profil,
    /// Tenant.
    pub rattachement: Rattachement,
    /// Person.
    pub identite: &'a Identite,
    /// Services of an agent.
    pub services: &'a [ServiceId],
}

/// Rows inside a scope.
pub(super) fn within(portee: &Portee) -> Condition {
    let all = Condition::all();
    match portee {
        Portee::Soi(compte) => all.add(compte::Column::Id.eq(compte.get())),
        Portee::Partenaire { partenaire, .. } => all.add(compte::Column::PartenaireId.eq(partenaire.get())),
        Portee::Caisse(caisse) => all.add(compte::Column::CaisseId.eq(caisse.get())),
        Portee::Services { .. } => all.add(Expr::val(1).eq(0)),
        Portee::Tout => all,
    }
}

fn contains(portee: &Portee, rattachement: Rattachement) -> bool {
    match (portee, rattachement) {
        (Portee::Tout, _) => true,
        (Portee::Partenaire { partenaire, .. }, Rattachement::Partenaire(p)) => *partenaire == p,
        (Portee::Caisse(caisse), Rattachement::Caisse(c)) => *caisse == c,
        _ => false,
    }
}

fn totp_place(row: uuid::Uuid) -> Place<'static> {
    Place { table: "compte", column: "totp", row }
}

/// The blind index of an address.
pub(super) fn courriel_index(key: &ScopeKey, courriel: &str) -> Vec<u8> {
    key.blind(COURRIEL, &identifiant::compare_courriel(courriel)).to_vec()
}

/// Opens a row.
pub(super) async fn of(tx: &Tx, m: compte::Model) -> Result<Compte, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "compte", column, row: m.id };
    let key = tx.key(Scope::Comptes).await?;
    let profil = Profil::from_code(&m.profil).ok_or(corrupt("profil"))?;
    let rattachement = match (profil.cote(), m.partenaire_id, m.caisse_id) {
        (Cote::Partenaire, Some(id), None) => Rattachement::Partenaire(PartenaireId::new(id)),
        (Cote::Desk, None, Some(id)) => Rattachement::Caisse(CaisseId::new(id)),
        (Cote::National, None, None) => Rattachement::National,
        _ => return Err(corrupt("profil")),
    };
    let mot_de_passe = match (m.mot_de_passe, m.mot_de_passe_le) {
        (Some(empreinte), Some(le)) => Some(MotDePasse { empreinte, le }),
        (None, None) => None,
        _ => return Err(corrupt("mot_de_passe_le")),
    };
    let second_facteur = match m.totp {
        Some(scelle) => {
            let secret = key.open(&totp_place(m.id), &scelle).map_err(|_| corrupt("totp"))?;
            Some(SecondFacteur { secret: secret.to_vec(), pas: m.totp_pas })
        }
        None => None,
    };
    Ok(Compte {
        id: CompteId::new(m.id),
        identifiant: m.identifiant,
        profil,
        rattachement,
        etat: EtatCompte::from_code(&m.etat).ok_or(corrupt("etat"))?,
        identite: open(&key, "compte", m.id, &m.scelle)?,
        mot_de_passe,
        second_facteur,
        version: m.version,
    })
}

/// The compte of an id, if it lies in the scope, locked until the end of the transaction.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn lock(tx: &WriteTx, portee: &Portee, id: CompteId) -> Result<Option<Compte>, StoreError> {
    let found = compte::Entity::find_by_id(id.get()).filter(within(portee)).lock(LockType::Update);
    match found.one(&tx.inner).await? {
        Some(m) => Ok(Some(of(tx, m).await?)),
        None => Ok(None),
    }
}

/// Opens a compte in the state `invite`.
///
/// # Errors
/// [`StoreError::Conflict`] outside the proof's scope; [`StoreError::Taken`] when the identifiant is used, or the
/// address already serves for this profil (HA-1).
pub async fn insert<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    n: &Nouveau<'_>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if !contains(permis.portee(), n.rattachement) {
        return Err(StoreError::Conflict);
    }
    tx.ensure_key(Scope::Comptes, now).await?;
    let key = tx.key(Scope::Comptes).await?;
    let (partenaire, caisse) = match n.rattachement {
        Rattachement::Partenaire(p) => (Some(p.get()), None),
        Rattachement::Caisse(c) => (None, Some(c.get())),
        Rattachement::National => (None, None),
    };
    let row = compte::ActiveModel {
        id: Set(n.id.get()),
        identifiant: Set(n.identifiant.to_owned()),
        profil: Set(n.profil.code().to_owned()),
        partenaire_id: Set(partenaire),
        caisse_id: Set(caisse),
        etat: Set(EtatCompte::Invite.code().to_owned()),
        scelle: Set(seal(&key, "compte", n.id.get(), n.identite)?),
        courriel_index: Set(courriel_index(&key, &n.identite.courriel)),
        mot_de_passe: Set(None),
        mot_de_passe_le: Set(None),
        totp: Set(None),
        totp_pas: Set(None),
        version: Set(1),
        cree_le: Set(now),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    for service in n.services {
        let row = compte_service::ActiveModel { compte_id: Set(n.id.get()), service_id: Set(service.get()) };
        tx.add(row).await.map_err(StoreError::from_insert)?;
    }
    Ok(())
}

/// Writes state, password and second factor over the version read. The tenant condition is the proof's.
///
/// # Errors
/// [`StoreError::Conflict`] when the compte changed in between or lies outside the proof's scope: nothing is written.
pub async fn save<A: Acte>(tx: &WriteTx, permis: &Permis<A>, c: &Compte) -> Result<(), StoreError> {
    use compte::Column;
    let key = tx.key(Scope::Comptes).await?;
    let totp = match &c.second_facteur {
        Some(f) => Some(key.seal(&totp_place(c.id.get()), &f.secret)?),
        None => None,
    };
    let change = compte::Entity::update_many()
        .col_expr(Column::Etat, c.etat.code().into())
        .col_expr(Column::MotDePasse, Expr::value(c.mot_de_passe.as_ref().map(|m| m.empreinte.clone())))
        .col_expr(Column::MotDePasseLe, Expr::value(c.mot_de_passe.as_ref().map(|m| m.le)))
        .col_expr(Column::Totp, Expr::value(totp))
        .col_expr(Column::TotpPas, Expr::value(c.second_facteur.as_ref().and_then(|f| f.pas)))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(c.id.get()))
        .filter(within(permis.portee()))
        .filter(Column::Version.eq(c.version));
    match change.exec(&tx.inner).await?.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}
