use super::*;
use crate::compte::Profil;
use crate::demande::Sorte;
use crate::ids::{CaisseId, CompteId, ConventionId, PartenaireId, ServiceId};
use uuid::Uuid;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub(super) fn acteur(profil: Profil) -> Acteur {
    use crate::compte::Cote;
    let rattachement = match profil.cote() {
        Cote::Partenaire => Rattachement::Partenaire(PartenaireId::new(id(10))),
        Cote::Desk => Rattachement::Caisse(CaisseId::new(id(20))),
        Cote::National => Rattachement::National,
    };
    let acces = if profil.cote() == Cote::Partenaire {
        vec![Acces {
            convention: ConventionId::new(id(30)),
            caisse: CaisseId::new(id(20)),
            sortes: vec![Sorte::Document],
            historique: true,
        }]
    } else {
        vec![]
    };
    let services = if profil == Profil::Agent { vec![ServiceId::new(id(40))] } else { vec![] };
    Acteur::Compte(ActeurCompte { compte: CompteId::new(id(1)), profil, rattachement, services, acces })
}

#[test]
fn only_a_technicien_files_and_only_what_is_open_at_that_caisse() {
    let ici = CaisseId::new(id(20));
    for profil in Profil::TOUS {
        assert_eq!(deposer(&acteur(profil), ici, Sorte::Document).is_ok(), profil == Profil::Technicien, "{profil:?}");
    }
    let t = acteur(Profil::Technicien);
    assert_eq!(deposer(&t, ici, Sorte::Contacter).err(), Some(Refus::FonctionFermee));
    assert_eq!(deposer(&t, CaisseId::new(id(21)), Sorte::Document).err(), Some(Refus::SansAcces));
}

#[test]
fn content_is_read_by_techniciens_agents_and_superviseurs_only() {
    for profil in Profil::TOUS {
        let lit = matches!(profil, Profil::Technicien | Profil::Agent | Profil::Superviseur);
        assert_eq!(lire_demandes(&acteur(profil)).is_ok(), lit, "{profil:?}");
        assert_eq!(repondre(&acteur(profil)).is_ok(), lit, "{profil:?}");
        let desk = matches!(profil, Profil::Agent | Profil::Superviseur);
        assert_eq!(prendre(&acteur(profil)).is_ok(), desk, "{profil:?}");
        assert_eq!(cloturer(&acteur(profil)).is_ok(), desk, "{profil:?}");
        assert_eq!(instruire(&acteur(profil)).is_ok(), desk, "{profil:?}");
        assert_eq!(rouvrir(&acteur(profil)).is_ok(), desk, "{profil:?}");
        assert_eq!(lire_file(&acteur(profil)).is_ok(), desk, "{profil:?}");
        assert_eq!(annuler(&acteur(profil)).is_ok(), profil == Profil::Technicien, "{profil:?}");
    }
}

#[test]
fn a_scope_never_reaches_beyond_the_tenant() {
    assert_eq!(
        lire_demandes(&acteur(Profil::Technicien)),
        Ok(Portee::Partenaire { partenaire: PartenaireId::new(id(10)), caisses: vec![CaisseId::new(id(20))] })
    );
    assert_eq!(
        lire_demandes(&acteur(Profil::Agent)),
        Ok(Portee::Services { caisse: CaisseId::new(id(20)), services: vec![ServiceId::new(id(40))] })
    );
    assert_eq!(lire_demandes(&acteur(Profil::Superviseur)), Ok(Portee::Caisse(CaisseId::new(id(20)))));
}

#[test]
fn a_person_never_gets_a_system_proof() {
    for profil in Profil::TOUS {
        assert!(systeme::permis::<Importer>(&acteur(profil)).is_err());
    }
    assert!(systeme::permis::<Importer>(&Acteur::Systeme(Raison::Import)).is_ok());
}
