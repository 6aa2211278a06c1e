//! The seven zones of holidays and their time zones.

use std::{fmt, str::FromStr};

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// Where a caisse stands: decides its holidays and its civil day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Zone {
    /// Mainland France and Corsica, Alsace-Moselle excepted.
    Metropole,
    /// Moselle, Bas-Rhin, Haut-Rhin: two more holidays.
    AlsaceMoselle,
    /// Guadeloupe, with Saint-Martin and Saint-Barthélemy, whose insured persons belong to its caisse.
    Guadeloupe,
    /// Martinique.
    Martinique,
    /// Guyane.
    Guyane,
    /// La Réunion.
    Reunion,
    /// Mayotte.
    Mayotte,
}

/// The word is none of the seven zones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("zone inconnue : attendu metropole, alsace-moselle, guadeloupe, martinique, guyane, reunion ou mayotte")]
pub struct ZoneInconnue;

impl Zone {
    /// The seven zones, in the order they are listed for people.
    pub const TOUTES: [Self; 7] = [
        Self::Metropole,
        Self::AlsaceMoselle,
        Self::Guadeloupe,
        Self::Martinique,
        Self::Guyane,
        Self::Reunion,
        Self::Mayotte,
    ];

    /// The word used in files, tables and commands.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Metropole => "metropole",
            Self::AlsaceMoselle => "alsace-moselle",
            Self::Guadeloupe => "guadeloupe",
            Self::Martinique => "martinique",
            Self::Guyane => "guyane",
            Self::Reunion => "reunion",
            Self::Mayotte => "mayotte",
        }
    }

    /// The zone whose word this is.
    #[must_use]
    pub fn parse(texte: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|zone| zone.as_str() == texte)
    }

    /// The time zone in which its days begin and end.
    #[must_use]
    pub fn fuseau(self) -> Tz {
        match self {
            Self::Metropole | Self::AlsaceMoselle => Tz::Europe__Paris,
            Self::Guadeloupe => Tz::America__Guadeloupe,
            Self::Martinique => Tz::America__Martinique,
            Self::Guyane => Tz::America__Cayenne,
            Self::Reunion => Tz::Indian__Reunion,
            Self::Mayotte => Tz::Indian__Mayotte,
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Zone {
    type Err = ZoneInconnue;

    fn from_str(texte: &str) -> Result<Self, ZoneInconnue> {
        Self::parse(texte).ok_or(ZoneInconnue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_is_read_back_from_its_word_and_from_json() {
        for zone in Zone::TOUTES {
            assert_eq!(zone.as_str().parse(), Ok(zone));
            assert_eq!(serde_json::to_string(&zone).unwrap(), format!("\"{zone}\""));
        }
    }

    #[test]
    fn another_word_is_refused() {
        for faux in ["", "Metropole", "métropole", "alsace", " guyane"] {
            assert_eq!(faux.parse::<Zone>(), Err(ZoneInconnue), "{faux}");
        }
    }
}
