use super::tests::acteur;
use super::*;
use crate::calendrier::Zone;
use crate::compte::{CoteInactif, EtatCompte, Fermeture, Profil, RaisonInactif};
use crate::ids::{CaisseId, PartenaireId};
use chrono::{DateTime, Utc};
use uuid::Uuid;

const ICI: CaisseId = CaisseId::new(Uuid::from_u128(20));
const AILLEURS: CaisseId = CaisseId::new(Uuid::from_u128(21));
const STRUCTURE: PartenaireId = PartenaireId::new(Uuid::from_u128(10));
const AUTRE: PartenaireId = PartenaireId::new(Uuid::from_u128(11));

fn cible(profil: Profil, autre: bool) -> Cible<'static> {
    let rattachement = Rattachement::Partenaire(if autre { AUTRE } else { STRUCTURE });
    Cible { profil, rattachement, caisses: if autre { &[AILLEURS] } else { &[ICI] } }
}

fn fermeture(raison: RaisonInactif, cote: CoteInactif) -> Fermeture {
    Fermeture::new(DateTime::<Utc>::UNIX_EPOCH, raison, cote, (Zone::Metropole, 6))
}

#[test]
fn each_profil_does_to_a_compte_of_a_structure_what_the_table_says_and_nothing_else() {
    let par_la_structure = fermeture(RaisonInactif::Gestionnaire, CoteInactif::Partenaire);
    for qui in Profil::TOUS {
        let (a, gestionnaire, referent) = (acteur(qui), qui == Profil::Gestionnaire, qui == Profil::Referent);
        for profil in [Profil::Gestionnaire, Profil::Technicien] {
            for autre in [false, true] {
                let (c, ici) = (cible(profil, autre), !autre);
                let technicien = profil == Profil::Technicien;
                let fermeture = Some(&par_la_structure);
                let ferme = Closing { etat: EtatCompte::Inactif, fermeture, exclue_par: None };
                let attendus = [
                    (signaler(&a, &c).is_ok(), ici && (gestionnaire || referent), "signaler"),
                    (exclure(&a, &c).is_ok(), ici && referent, "exclure"),
                    (relancer(&a, &c).is_ok(), ici && (referent || gestionnaire && technicien), "relancer"),
                    (reactiver(&a, &c, ferme).is_ok(), ici && (referent || gestionnaire && technicien), "reactiver"),
                ];
                for (trouve, attendu, acte) in attendus {
                    assert_eq!(trouve, attendu, "{qui:?} {acte} {profil:?} {autre}");
                }
            }
        }
        assert_eq!(lire_structure(&a, STRUCTURE, &[ICI]).is_ok(), gestionnaire || referent, "{qui:?}");
        assert!(lire_structure(&a, AUTRE, &[AILLEURS]).is_err(), "{qui:?}");
        assert_eq!(deroger(&a, STRUCTURE, &[ICI]).is_ok(), referent, "{qui:?}");
        assert_eq!(declarer_membres(&a, STRUCTURE, &[ICI]).is_ok(), gestionnaire || referent, "{qui:?}");
        assert_eq!(annoncer(&a).is_ok(), gestionnaire, "{qui:?}");
        assert_eq!(regler_mots_de_passe(&a).is_ok(), qui == Profil::AdministrateurLocal, "{qui:?}");
    }
}

#[test]
fn no_desk_compte_is_signalled_or_excluded_as_one_of_a_structure() {
    for profil in [Profil::Agent, Profil::Referent, Profil::AdministrateurLocal] {
        let c = Cible { profil, rattachement: Rattachement::Caisse(ICI), caisses: &[ICI] };
        for qui in Profil::TOUS {
            assert!(signaler(&acteur(qui), &c).is_err() && exclure(&acteur(qui), &c).is_err(), "{qui:?}");
        }
    }
}

#[test]
fn an_exclusion_is_undone_by_the_caisse_that_decided_it_alone() {
    let f = fermeture(RaisonInactif::Exclusion, CoteInactif::Caisse);
    let a = acteur(Profil::Referent);
    let rattachement = Rattachement::Partenaire(STRUCTURE);
    let c = Cible { profil: Profil::Technicien, rattachement, caisses: &[ICI, AILLEURS] };
    for (exclue_par, may) in [(Some(ICI), true), (Some(AILLEURS), false), (None, false)] {
        let ferme = Closing { etat: EtatCompte::Exclu, fermeture: Some(&f), exclue_par };
        assert_eq!(reactiver(&a, &c, ferme).is_ok(), may, "{exclue_par:?}");
        assert!(reactiver(&acteur(Profil::Gestionnaire), &c, ferme).is_err());
    }
}

#[test]
fn without_a_live_convention_a_gestionnaire_signals_but_reopens_and_announces_nothing() {
    let Acteur::Compte(mut a) = acteur(Profil::Gestionnaire) else { panic!("a person") };
    a.acces.clear();
    let a = Acteur::Compte(a);
    let c = cible(Profil::Technicien, false);
    let f = fermeture(RaisonInactif::Gestionnaire, CoteInactif::Partenaire);
    assert!(signaler(&a, &c).is_ok());
    let ferme = Closing { etat: EtatCompte::Inactif, fermeture: Some(&f), exclue_par: None };
    assert_eq!(reactiver(&a, &c, ferme).err(), Some(Refus::SansAcces));
    assert_eq!(relancer(&a, &c).err(), Some(Refus::SansAcces));
    assert_eq!(annoncer(&a).err(), Some(Refus::SansAcces));
}
