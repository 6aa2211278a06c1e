//! One's own sessions: list, and end one that is not recognised.

use super::{passage, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use domain::compte::Etape;
use store::Tx;
use store::compte::{Compte, sessions};

/// A session of the person who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionListee {
    /// Names it in the form that ends it; opens nothing.
    pub cle: String,
    /// Whether it is the one of this request.
    pub courante: bool,
    /// Whether the sign-in was finished.
    pub ouverte: bool,
    /// When the password was shown.
    pub cree_le: DateTime<Utc>,
    /// Last activity, to the minute.
    pub vue_le: DateTime<Utc>,
}

fn cle(ctx: &Contexte, empreinte: &[u8; 32]) -> String {
    let signe = ctx.store.keyring().mac("session").sign(empreinte);
    HEXLOWER.encode(signe.first_chunk::<16>().unwrap_or(&[0; 16]))
}

/// The sessions of this person that have not ended, the last used first.
///
/// # Errors
/// [`AppError::SessionFermee`] unless signed in.
pub async fn list_sessions(ctx: &Contexte, requete: &Requete) -> Outcome<Vec<SessionListee>> {
    let tx = ctx.store.begin_read().await?;
    let (courante, compte, _) = passage::a_l_etape(ctx, &tx, requete, &[Etape::Ouverte]).await?;
    listees(ctx, &tx, &courante, &compte).await
}

/// The sessions of a compte as they are listed.
pub(super) async fn listees(
    ctx: &Contexte,
    tx: &Tx,
    courante: &sessions::Session,
    compte: &Compte,
) -> Outcome<Vec<SessionListee>> {
    let now = ctx.now();
    let vivante = |s: &sessions::Session| now < compte.profil.fin_par_inactivite(s.vue_le);
    let listees = sessions::list(tx, compte.id, now).await?.into_iter().filter(vivante);
    let listee = |s: sessions::Session| SessionListee {
        cle: cle(ctx, &s.empreinte),
        courante: s.empreinte == courante.empreinte,
        ouverte: s.etape == Etape::Ouverte,
        cree_le: s.cree_le,
        vue_le: s.vue_le,
    };
    Ok(listees.map(listee).collect())
}

/// Ends one of this person's sessions.
///
/// # Errors
/// [`AppError::Introuvable`] when it is none of his or has ended; [`AppError::SessionFermee`] unless signed in.
pub async fn revoke_session(ctx: &Contexte, requete: &Requete, nommee: &str) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let (_, compte, permis) = passage::a_l_etape(ctx, &tx, requete, &[Etape::Ouverte]).await?;
    let siennes = sessions::list(&tx, compte.id, ctx.now()).await?;
    let visee = siennes.iter().find(|s| cle(ctx, &s.empreinte) == nommee).ok_or(AppError::Introuvable)?;
    sessions::close(&tx, &permis, &visee.empreinte).await?;
    trace::fait(ctx, &tx, requete, &compte, "compte.revoke_session").await?;
    tx.commit().await?;
    Ok(())
}
