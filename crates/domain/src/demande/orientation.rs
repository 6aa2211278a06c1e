//! What a reported difficulty proposes beside its treatment (DE-13). Nothing is decided here: pages show it.

use super::Critere;
use crate::convention::{Dossier, Fonctionnalite, ObjetAccord, SousType, VoieServiceSocial};

/// A way out that is proposed to the technicien and the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Orientation {
    /// The Mission accompagnement santé, which receives every report.
    Mission,
    /// The service social, by the way of this convention.
    ServiceSocial(VoieServiceSocial),
    /// The examen de prévention en santé.
    ExamenPrevention,
    /// What the person can do alone, with internet or without.
    CanauxAutonomes {
        /// Whether internet is of use to the person.
        internet: bool,
    },
}

impl Orientation {
    /// The sentence shown.
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Mission => {
                "La Mission accompagnement santé reçoit ce signalement et aide à l’accès administratif aux droits et aux \
                 soins."
            }
            Self::ServiceSocial(VoieServiceSocial::Telephone3646) => {
                "Avec son accord, la personne peut appeler elle-même le 3646 et dire « service social »."
            }
            Self::ServiceSocial(VoieServiceSocial::ParLePartenaire) => {
                "Avec l’accord de la personne, vous pouvez l’orienter vers le service social de l’Assurance Maladie."
            }
            Self::ServiceSocial(VoieServiceSocial::ParLaCaisse) => {
                "La caisse peut orienter la personne vers le service social de l’Assurance Maladie."
            }
            Self::ExamenPrevention => {
                "Un examen de prévention en santé, gratuit, peut être proposé à la personne ; il se demande à part."
            }
            Self::CanauxAutonomes { internet: true } => {
                "Pour ses démarches courantes, la personne dispose de son compte ameli et du 3646."
            }
            Self::CanauxAutonomes { internet: false } => {
                "Pour ses démarches courantes sans internet, la personne peut appeler le 3646 ou se rendre à l’accueil de \
                 la caisse."
            }
        }
    }
}

/// What a report proposes under this convention, in the order shown: the service social for a social fact or a complex
/// situation, where the convention opens a way to it; the examen for who is far from care without urgency, where the
/// convention provides it (000, 002).
#[must_use]
pub fn orientations(dossier: &Dossier, natures: &[SousType], criteres: &[Critere], urgent: bool) -> Vec<Orientation> {
    let mut proposees = vec![Orientation::Mission];
    let social = natures.contains(&SousType::SituationComplexe) || criteres.iter().any(|c| c.est_social());
    if let (true, Some(voie)) = (social, dossier.orientation_sociale().0) {
        proposees.push(Orientation::ServiceSocial(voie));
    }
    let eloignee = natures.contains(&SousType::DifficulteSoins) || criteres.contains(&Critere::EloignementSoins);
    if eloignee && !urgent && prevoit_examen(dossier) {
        proposees.push(Orientation::ExamenPrevention);
    }
    let sans_internet = natures.contains(&SousType::DifficulteNumerique) || criteres.contains(&Critere::Numerique);
    proposees.push(Orientation::CanauxAutonomes { internet: !sans_internet });
    proposees
}

/// Whether the convention makes the examen an offer of its own, by appointment (000) or with an agreement (002).
fn prevoit_examen(dossier: &Dossier) -> bool {
    dossier.sous_types(Fonctionnalite::RendezVous).contains(&SousType::RendezVousExamen)
        || dossier.accord_requis(ObjetAccord::ExamenPrevention)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convention::{Source, Valeur};

    fn dossier(voie: Option<VoieServiceSocial>, accords: &[ObjetAccord], rendez_vous: &[SousType]) -> Dossier {
        fn dit<T>(valeur: T) -> Option<Valeur<T>> {
            Some(Valeur { valeur, source: Source::Nous("essai".to_owned()) })
        }
        let mut dossier = Dossier::default();
        dossier.stipulations.cadre.service_social = voie.and_then(dit);
        dossier.stipulations.cadre.accords = dit(accords.to_vec());
        dossier.stipulations.fonctions.rendez_vous = dit(rendez_vous.to_vec());
        dossier
    }

    fn service_social(proposees: &[Orientation]) -> bool {
        proposees.iter().any(|o| matches!(o, Orientation::ServiceSocial(_)))
    }

    #[test]
    fn the_mission_comes_first_and_what_the_person_can_do_alone_last() {
        let convention = dossier(Some(VoieServiceSocial::Telephone3646), &[], &[]);
        let proposees = orientations(&convention, &[SousType::DifficulteDroits], &[], false);
        assert_eq!(proposees, [Orientation::Mission, Orientation::CanauxAutonomes { internet: true }]);
    }

    #[test]
    fn a_social_fact_proposes_the_service_social_by_the_way_of_the_convention() {
        for (voie, dit) in [
            (VoieServiceSocial::Telephone3646, "appeler elle-même le 3646 et dire « service social »"),
            (VoieServiceSocial::ParLePartenaire, "vous pouvez l’orienter"),
            (VoieServiceSocial::ParLaCaisse, "La caisse peut"),
        ] {
            let proposees = orientations(&dossier(Some(voie), &[], &[]), &[], &[Critere::Isolement], false);
            assert!(proposees[1].phrase().contains(dit), "{proposees:?}");
        }
        let silent = dossier(None, &[], &[]);
        assert!(!service_social(&orientations(&silent, &[], &[Critere::Isolement], false)), "no way is invented");
        let way = dossier(Some(VoieServiceSocial::ParLePartenaire), &[], &[]);
        assert!(service_social(&orientations(&way, &[SousType::SituationComplexe], &[], false)));
        let administrative = [Critere::RuptureDroits, Critere::Numerique, Critere::RenoncementDemarches];
        assert!(!service_social(&orientations(&way, &[], &administrative, false)));
    }

    #[test]
    fn the_examen_is_proposed_far_from_care_without_urgency_where_the_convention_provides_it() {
        let par_rendez_vous = dossier(None, &[], &[SousType::RendezVousCaisse, SousType::RendezVousExamen]);
        let avec_accord = dossier(None, &[ObjetAccord::ExamenPrevention], &[SousType::RendezVousCaisse]);
        let ailleurs = dossier(None, &[ObjetAccord::Signalement], &[SousType::RendezVousCaisse]);
        let proposes = |convention: &Dossier, nature, urgent| {
            orientations(convention, &[nature], &[], urgent).contains(&Orientation::ExamenPrevention)
        };
        for convention in [&par_rendez_vous, &avec_accord] {
            assert!(proposes(convention, SousType::DifficulteSoins, false));
            assert!(!proposes(convention, SousType::DifficulteSoins, true), "an urgency is no prevention");
            assert!(!proposes(convention, SousType::DifficulteDroits, false));
        }
        assert!(!proposes(&ailleurs, SousType::DifficulteSoins, false));
    }

    #[test]
    fn nobody_far_from_internet_is_sent_to_a_site() {
        for (natures, criteres) in [(vec![SousType::DifficulteNumerique], vec![]), (vec![], vec![Critere::Numerique])] {
            let proposees = orientations(&Dossier::default(), &natures, &criteres, false);
            assert!(!proposees.last().unwrap().phrase().contains("ameli"));
        }
    }
}
