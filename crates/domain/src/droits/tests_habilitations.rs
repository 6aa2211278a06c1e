use super::tests::acteur;
use super::*;
use crate::compte::Profil;

#[test]
fn a_structure_asks_a_caisse_decides_and_nobody_else() {
    for profil in Profil::TOUS {
        let a = acteur(profil);
        let (gestionnaire, referent) = (profil == Profil::Gestionnaire, profil == Profil::Referent);
        let local = profil == Profil::AdministrateurLocal;
        assert_eq!(demander(&a).is_ok(), gestionnaire, "{profil:?}");
        assert_eq!(decider(&a).is_ok(), referent, "{profil:?}");
        assert_eq!(attester(&a).is_ok(), gestionnaire || local, "{profil:?}");
        assert_eq!(lire_demarches(&a).is_ok(), gestionnaire || referent, "{profil:?}");
        assert_eq!(lire_revues(&a).is_ok(), gestionnaire || referent || local, "{profil:?}");
        let reads = gestionnaire || referent || local || profil == Profil::Dpo;
        assert_eq!(lire_preuves(&a).is_ok(), reads, "{profil:?}");
    }
}

#[test]
fn without_a_live_convention_nothing_is_asked_but_what_was_asked_is_read() {
    let Acteur::Compte(mut a) = acteur(Profil::Gestionnaire) else { panic!("a person") };
    a.acces.clear();
    let a = Acteur::Compte(a);
    assert_eq!(demander(&a).err(), Some(Refus::SansAcces));
    assert!(lire_demarches(&a).is_ok() && lire_preuves(&a).is_ok());
}
