//! How old a password may grow (HA-14): 365 days at a partner, 180 at a caisse, unless the caisse decided otherwise.
//!
//! A caisse may decide that passwords no longer age; it holds for a compte with a second factor only. A structure of several
//! caisses follows the strictest of them.

use super::{Cote, Profil};
use chrono::{DateTime, TimeDelta, Utc};

/// The least and the most that a caisse may decide, in days.
pub const JOURS_ADMIS: std::ops::RangeInclusive<u32> = 30..=730;

/// Days for each side; none where passwords do not age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgesMotDePasse {
    /// Comptes of structures.
    pub partenaire: Option<u32>,
    /// Comptes of the caisse.
    pub desk: Option<u32>,
}

impl Default for AgesMotDePasse {
    fn default() -> Self {
        Self { partenaire: Some(365), desk: Some(180) }
    }
}

impl AgesMotDePasse {
    /// Days for a profil; the country has the default of the desk.
    #[must_use]
    pub fn jours(self, profil: Profil) -> Option<u32> {
        match profil.cote() {
            Cote::Partenaire => self.partenaire,
            Cote::Desk => self.desk,
            Cote::National => Self::default().desk,
        }
    }

    /// What holds for a compte of several caisses: the fewest days of any.
    #[must_use]
    pub fn strictest(ages: impl IntoIterator<Item = Self>) -> Self {
        let least = |a: Option<u32>, b: Option<u32>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let all = ages
            .into_iter()
            .reduce(|a, b| Self { partenaire: least(a.partenaire, b.partenaire), desk: least(a.desk, b.desk) });
        all.unwrap_or_default()
    }

    /// When a password chosen at `le` must be changed; never where the caisse decided so and a second factor is there.
    #[must_use]
    pub fn expire_le(self, profil: Profil, le: DateTime<Utc>, second_facteur: bool) -> Option<DateTime<Utc>> {
        let jours = match self.jours(profil) {
            None if !second_facteur => Self::default().jours(profil),
            jours => jours,
        };
        jours.map(|jours| le + TimeDelta::days(i64::from(jours)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SANS: AgesMotDePasse = AgesMotDePasse { partenaire: None, desk: None };

    #[test]
    fn a_password_lives_a_year_at_a_partner_and_half_of_it_elsewhere() {
        let le = DateTime::from_timestamp(1_900_000_000, 0).unwrap();
        for profil in Profil::TOUS {
            let jours = if profil.cote() == Cote::Partenaire { 365 } else { 180 };
            let fin = AgesMotDePasse::default().expire_le(profil, le, true);
            assert_eq!(fin, Some(le + TimeDelta::days(jours)), "{profil:?}");
        }
    }

    #[test]
    fn it_no_longer_ages_by_decision_and_with_a_second_factor_only() {
        let le = DateTime::from_timestamp(1_900_000_000, 0).unwrap();
        assert_eq!(SANS.expire_le(Profil::Technicien, le, true), None);
        assert_eq!(SANS.expire_le(Profil::Technicien, le, false), Some(le + TimeDelta::days(365)));
        assert_eq!(SANS.expire_le(Profil::Support, le, true), Some(le + TimeDelta::days(180)), "no caisse decides");
    }

    #[test]
    fn the_strictest_of_several_caisses_holds() {
        let court = AgesMotDePasse { partenaire: Some(90), desk: Some(60) };
        assert_eq!(AgesMotDePasse::strictest([SANS, court]).partenaire, Some(90));
        assert_eq!(AgesMotDePasse::strictest([AgesMotDePasse::default(), court]).partenaire, Some(90));
        assert_eq!(AgesMotDePasse::strictest([SANS, SANS]).partenaire, None);
        assert_eq!(AgesMotDePasse::strictest([]), AgesMotDePasse::default());
    }
}
