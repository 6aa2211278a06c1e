use super::tests::acteur;
use super::*;
use crate::compte::{Cote, EtatCompte, Profil};
use crate::ids::{CaisseId, CompteId, PartenaireId};
use uuid::Uuid;

const ICI: CaisseId = CaisseId::new(Uuid::from_u128(20));
const AILLEURS: CaisseId = CaisseId::new(Uuid::from_u128(21));
const STRUCTURE: PartenaireId = PartenaireId::new(Uuid::from_u128(10));
const AUTRE: PartenaireId = PartenaireId::new(Uuid::from_u128(11));

fn cible(profil: Profil, autre: bool) -> Cible<'static> {
    let rattachement = match profil.cote() {
        Cote::Partenaire => Rattachement::Partenaire(if autre { AUTRE } else { STRUCTURE }),
        Cote::Desk => Rattachement::Caisse(if autre { AILLEURS } else { ICI }),
        Cote::National => Rattachement::National,
    };
    Cible { profil, rattachement, caisses: if autre { &[AILLEURS] } else { &[ICI] } }
}

/// Who opens whom, at home and elsewhere: the whole policy in one table.
fn attendu(qui: Profil, profil: Profil, autre: bool) -> bool {
    use Profil::*;
    match qui {
        Gestionnaire => profil == Technicien && !autre,
        Referent => profil == Gestionnaire && !autre,
        AdministrateurLocal => matches!(profil, Agent | Superviseur | Referent | Responsable | Dpo) && !autre,
        AdministrateurNational => matches!(profil, AdministrateurLocal | AdministrateurNational | Support),
        _ => false,
    }
}

#[test]
fn each_profil_opens_and_closes_the_comptes_of_the_table_and_no_other() {
    for qui in Profil::TOUS {
        for profil in Profil::TOUS {
            for autre in [false, true] {
                let attendu = attendu(qui, profil, autre);
                assert_eq!(
                    habiliter(&acteur(qui), &cible(profil, autre)).is_ok(),
                    attendu,
                    "{qui:?} {profil:?} {autre}"
                );
                assert_eq!(
                    inactiver(&acteur(qui), &cible(profil, autre)).is_ok(),
                    attendu,
                    "{qui:?} {profil:?} {autre}"
                );
            }
        }
    }
}

#[test]
fn without_a_live_convention_a_gestionnaire_closes_but_does_not_open() {
    let Acteur::Compte(mut a) = acteur(Profil::Gestionnaire) else { panic!("a person") };
    a.acces.clear();
    let a = Acteur::Compte(a);
    assert_eq!(habiliter(&a, &cible(Profil::Technicien, false)).err(), Some(Refus::SansAcces));
    assert!(inactiver(&a, &cible(Profil::Technicien, false)).is_ok());
}

#[test]
fn a_profil_is_never_opened_in_a_tenant_of_another_side() {
    let faux = Cible { profil: Profil::Agent, rattachement: Rattachement::Partenaire(STRUCTURE), caisses: &[ICI] };
    assert!(habiliter(&Acteur::Systeme(Raison::Demonstration), &faux).is_err());
}

#[test]
fn the_proof_of_a_gestionnaire_reaches_his_structure_only() {
    let permis = inactiver(&acteur(Profil::Gestionnaire), &cible(Profil::Technicien, false)).unwrap();
    assert_eq!(permis.portee(), &Portee::Partenaire { partenaire: STRUCTURE, caisses: vec![ICI] });
}

#[test]
fn a_closed_compte_does_nothing_even_for_itself() {
    let moi = CompteId::new(Uuid::from_u128(1));
    for etat in EtatCompte::TOUS {
        let vivant = matches!(etat, EtatCompte::Invite | EtatCompte::Actif);
        assert_eq!(soi(moi, etat).is_ok(), vivant, "{etat:?}");
    }
    let permis = soi(moi, EtatCompte::Actif).unwrap();
    assert_eq!((permis.portee(), permis.auteur()), (&Portee::Soi(moi), Some(moi)));
}

#[test]
fn comptes_are_listed_by_those_who_manage_them() {
    for profil in Profil::TOUS {
        let gere =
            matches!(profil, Profil::Gestionnaire | Profil::AdministrateurLocal | Profil::AdministrateurNational);
        assert_eq!(lire_comptes(&acteur(profil)).is_ok(), gere, "{profil:?}");
    }
}
