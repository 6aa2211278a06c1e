//! Which service of a caisse receives what (CA-1).

use super::Sorte;
use crate::convention::SousType;

/// A service every caisse starts with: code, name, foreseeable delay in jours ouvrés. The caisse changes its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceInitial {
    /// Stable code.
    pub code: &'static str,
    /// Name shown.
    pub nom: &'static str,
    /// Foreseeable delay, jours ouvrés (ours: no convention gives one).
    pub delai_jours: u32,
}

const fn s(code: &'static str, nom: &'static str, delai_jours: u32) -> ServiceInitial {
    ServiceInitial { code, nom, delai_jours }
}

/// The eight services of CA-1.
pub const SERVICES: [ServiceInitial; 8] = [
    s("droits", "Service des droits", 5),
    s("c2s", "Complémentaire santé solidaire", 10),
    s("ame", "Aide médicale de l’État", 10),
    s("action_sociale", "Action sanitaire et sociale", 15),
    s("misas", "Mission accompagnement santé", 5),
    s("service_social", "Service social (CARSAT)", 10),
    s("centre_examens", "Centre d’examens de santé", 10),
    s("partenaires", "Relation avec les partenaires", 5),
];

/// Code of the service in charge of a kind of demande with its sub-kinds.
#[must_use]
pub fn service(sorte: Sorte, sous_types: &[SousType]) -> &'static str {
    let seulement = |t: SousType| sous_types == [t];
    match sorte {
        Sorte::Difficulte => "misas",
        Sorte::Document if seulement(SousType::InvitationExamen) => "centre_examens",
        Sorte::RendezVous if seulement(SousType::RendezVousExamen) => "centre_examens",
        Sorte::Etude if seulement(SousType::C2s) => "c2s",
        Sorte::Etude if seulement(SousType::Ame) => "ame",
        Sorte::Etude if seulement(SousType::AideIndividuelle) => "action_sociale",
        Sorte::Contacter | Sorte::Etude | Sorte::RendezVous | Sorte::Document => "droits",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_leads_to_a_service_that_every_caisse_has() {
        for sorte in Sorte::TOUTES {
            for &t in SousType::TOUS {
                let code = service(sorte, &[t]);
                assert!(SERVICES.iter().any(|s| s.code == code), "{code}");
            }
        }
    }

    #[test]
    fn an_invitation_alone_goes_to_the_centre_and_with_others_to_the_rights() {
        assert_eq!(service(Sorte::Document, &[SousType::InvitationExamen]), "centre_examens");
        assert_eq!(service(Sorte::Document, &[SousType::AttestationDroits, SousType::InvitationExamen]), "droits");
    }

    #[test]
    fn nothing_is_routed_to_the_service_social_which_only_receives_transfers() {
        for sorte in Sorte::TOUTES {
            assert_ne!(service(sorte, &[]), "service_social");
        }
    }
}
