//! The throttle: every try is counted under a keyed hash before it is made, for unknown comptes too.

use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::compte::{Attente, Plafond};
use domain::ids::CompteId;
use std::net::{IpAddr, Ipv6Addr};
use store::WriteTx;
use store::compte::tentatives::{self, Cle};

/// What tries are counted on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cible<'a> {
    /// Passwords for an identifiant (compared form), from a browser it knows or not.
    MotDePasse {
        /// Compared form, whether a compte has it or not.
        identifiant: &'a str,
        /// Whether the browser has signed in with it.
        connu: bool,
    },
    /// Codes of a compte.
    Code(CompteId),
    /// Links asked for with this text (compared form).
    Lien(&'a str),
}

impl Cible<'_> {
    fn plafond(self) -> Plafond {
        match self {
            Self::MotDePasse { connu: true, .. } => Plafond::MotDePasseConnu,
            Self::MotDePasse { connu: false, .. } => Plafond::MotDePasseInconnu,
            Self::Code(_) => Plafond::Code,
            Self::Lien(_) => Plafond::Lien,
        }
    }

    fn cle(self, ctx: &Contexte) -> Cle {
        let texte = match self {
            Self::MotDePasse { identifiant, connu: true } => format!("connu/{identifiant}"),
            Self::MotDePasse { identifiant, connu: false } => format!("inconnu/{identifiant}"),
            Self::Code(compte) => format!("code/{compte}"),
            Self::Lien(saisi) => format!("lien/{saisi}"),
        };
        ctx.store.keyring().mac("tentative").sign(texte.as_bytes())
    }
}

impl From<Attente> for AppError {
    fn from(attente: Attente) -> Self {
        Self::TropDEssais(attente.0)
    }
}

/// Counts a try. [`AppError::TropDEssais`] when it may not be made; nothing is counted then.
pub(crate) async fn compte(ctx: &Contexte, tx: &WriteTx, cible: Cible<'_>) -> Outcome<()> {
    let (cle, now) = (cible.cle(ctx), ctx.now());
    let compteur = tentatives::compteur(tx, &cle, now).await?.essaie(cible.plafond(), now)?;
    Ok(tentatives::save(tx, &cle, &compteur).await?)
}

/// The try counted last succeeded.
pub(super) async fn reussit(ctx: &Contexte, tx: &WriteTx, cible: Cible<'_>) -> Outcome<()> {
    let cle = cible.cle(ctx);
    let compteur = tentatives::compteur(tx, &cle, ctx.now()).await?.reussit();
    Ok(tentatives::save(tx, &cle, &compteur).await?)
}

/// Forgets the tries on a compte whose owner has chosen a new password by a link.
pub(super) async fn oublie(ctx: &Contexte, tx: &WriteTx, identifiant: &str) -> Outcome<()> {
    for connu in [false, true] {
        tentatives::forget(tx, &Cible::MotDePasse { identifiant, connu }.cle(ctx)).await?;
    }
    Ok(())
}

/// What an address is counted under: an IPv4 address alone (also when written as IPv6), an IPv6 one with its whole
/// /64, which one subscriber holds.
fn reseau(adresse: &str) -> String {
    match adresse.parse::<IpAddr>().map(|a| a.to_canonical()) {
        Ok(IpAddr::V4(adresse)) => adresse.to_string(),
        Ok(IpAddr::V6(adresse)) => format!("{}/64", Ipv6Addr::from_bits(adresse.to_bits() >> 64 << 64)),
        Err(_) => adresse.to_owned(),
    }
}

/// Counts a try of the request's address (its /64 in IPv6); a request without one is not slowed.
pub(crate) async fn adresse(ctx: &Contexte, tx: &WriteTx, requete: &Requete) -> Outcome<()> {
    let Some(adresse) = requete.adresse.as_deref() else { return Ok(()) };
    let cle = ctx.store.keyring().mac("tentative").sign(format!("adresse/{}", reseau(adresse)).as_bytes());
    let now = ctx.now();
    let compteur = tentatives::adresse(tx, &cle, now).await?.essaie(now)?;
    Ok(tentatives::save_adresse(tx, &cle, &compteur).await?)
}

#[cfg(test)]
mod tests {
    use super::reseau;

    #[test]
    fn one_subscriber_is_counted_once_however_many_addresses_he_holds() {
        assert_eq!(reseau("2001:db8:1:2::1"), reseau("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_eq!(reseau("2001:0DB8:0001:0002::7"), "2001:db8:1:2::/64");
        assert_ne!(reseau("2001:db8:1:2::1"), reseau("2001:db8:1:3::1"));
    }

    #[test]
    fn an_ipv4_address_is_itself_in_both_spellings() {
        assert_eq!(reseau("::ffff:192.0.2.7"), reseau("192.0.2.7"));
        assert_ne!(reseau("192.0.2.7"), reseau("192.0.2.8"));
        assert_eq!(reseau("192.0.2.7"), "192.0.2.7");
    }

    #[test]
    fn what_is_no_address_is_counted_as_written() {
        assert_eq!(reseau("unknown"), "unknown");
    }
}
