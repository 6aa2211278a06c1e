//! What is missing, states, rights.

use super::super::*;
use super::*;

/// What a complete dossier lacks once `retire` took something away.
fn manque(retire: fn(&mut Stipulations)) -> Vec<String> {
    let mut dossier = complet(le("2023-05-02"));
    retire(&mut dossier.stipulations);
    dossier.lacunes().into_iter().map(|l| l.champ).collect()
}

#[test]
fn a_complete_dossier_lacks_nothing_and_each_value_taken_away_is_told() {
    assert_eq!(complet(le("2023-05-02")).lacunes(), []);
    assert_eq!(manque(|s| s.partenaire.siret = dit("12345678901234".to_owned())), ["partenaire.siret"]);
    assert_eq!(manque(|s| s.partenaire.courriel = None), ["partenaire.courriel"]);
    assert_eq!(manque(|s| s.partenaire.adresse = None), ["partenaire.adresse"]);
    assert_eq!(manque(|s| s.caisse.nom = None), ["caisse.nom"]);
    assert_eq!(manque(|s| s.caisse.zone = None), ["caisse.zone"]);
    assert_eq!(manque(|s| s.caisse.coordonnees = None), ["caisse.coordonnees"]);
    assert_eq!(manque(|s| s.caisse.interlocuteurs = None), ["caisse.interlocuteurs"]);
    assert_eq!(manque(|s| s.habilitations.quotas = None), ["partenaire.membres"]);
    assert_eq!(manque(|s| s.duree.mois = dit(0)), ["duree.mois"]);
    assert_eq!(manque(|s| s.duree.depart = None), ["duree.depart"]);
    assert_eq!(manque(|s| s.fonctions.fonctionnalites = None), ["fonctions.fonctionnalites"]);
}

#[test]
fn what_a_paper_cites_or_promises_is_asked_for() {
    assert_eq!(manque(|s| s.metier.presence = dit(Presence::Citee)), ["metier.reference", "metier.fichier"]);
    assert_eq!(manque(|s| s.metier.annee = dit(2022)), ["metier.dates", "metier.dates"]);
    assert_eq!(manque(|s| s.echanges.canaux = dit(vec![Canal::CourrielCode])), ["caisse.courriel"]);
    assert_eq!(manque(|s| s.donnees.exercice_droits = dit(ExerciceDroits::DpoUnionPostal)), ["union.dpo"]);
    assert_eq!(
        manque(|s| s.metier.parties = dit(vec![Role::Caisse, Role::Union])),
        ["metier.dates", "cadre.union_couvre_membres"]
    );
    assert_eq!(
        manque(|s| s.utilisation.parties = dit(vec![Role::Caisse, Role::Carsat])),
        ["utilisation.dates", "utilisation.parties"]
    );
}

#[test]
fn the_unique_address_and_one_of_two_people_are_shared_and_one_person_s_own_is_not() {
    let personne = |nom: &str, courriel: &str| Coordonnees {
        themes: vec![Theme::Referent],
        nom: nom.to_owned(),
        role: None,
        courriel: courriel.to_owned(),
        telephone: None,
    };
    let mut ccas = complet(le("2023-05-02")).stipulations.partenaire;
    let deux = [personne("Une", "social@ccas.example"), personne("Autre", "Social@ccas.example")];
    ccas.coordonnees =
        dit([&deux[..], &[personne("Elle", "elle@ccas.example"), personne("Elle", "elle@ccas.example")]].concat());
    for (adresse, partagee) in [
        ("contact@ccas.example", true),
        (" CONTACT@ccas.example", true),
        ("social@ccas.example", true),
        ("elle@ccas.example", false),
        ("nouvelle@ccas.example", false),
    ] {
        assert_eq!(ccas.est_partagee(adresse), partagee, "{adresse}");
    }
}

#[test]
fn the_metier_binds_caisse_and_one_partner_or_union_and_the_usage_convention_caisse_and_partner_alone() {
    fn manque_avec(metier: &[Role], utilisation: &[Role]) -> Vec<String> {
        let mut dossier = complet(le("2023-05-02"));
        dossier.stipulations.metier = papier(metier, le("2023-05-02"));
        dossier.stipulations.utilisation = papier(utilisation, le("2023-05-02"));
        dossier.stipulations.utilisation.deliberation = dit(Deliberation {
            organe: "Bureau".to_owned(),
            numero: "1".to_owned(),
            le: le("2023-04-01"),
            vote: None,
            recue_prefecture: None,
            acte: None,
        });
        dossier.stipulations.cadre.union_couvre_membres = dit(metier.contains(&Union));
        dossier.lacunes().into_iter().map(|l| l.champ).collect()
    }
    use Role::{Caisse, Carsat, Partenaire, Union};
    let usage = [Caisse, Partenaire];
    for metier in [&[Caisse, Partenaire][..], &[Caisse, Carsat, Partenaire], &[Caisse, Carsat, Union], &[Union, Caisse]]
    {
        assert_eq!(manque_avec(metier, &usage), [""; 0], "{metier:?}");
    }
    for metier in [
        &[Carsat, Partenaire][..],
        &[Caisse],
        &[Caisse, Carsat],
        &[Caisse, Partenaire, Union],
        &[Caisse, Partenaire, Partenaire],
        &[Caisse, Caisse, Partenaire],
        &[Caisse, Carsat, Carsat, Partenaire],
    ] {
        assert_eq!(manque_avec(metier, &usage), ["metier.parties"], "{metier:?}");
    }
    for utilisation in
        [&[Caisse][..], &[Partenaire], &[Caisse, Carsat, Partenaire], &[Caisse, Union], &[Caisse, Caisse, Partenaire]]
    {
        assert_eq!(manque_avec(&usage, utilisation), ["utilisation.parties"], "{utilisation:?}");
    }
}

#[test]
fn the_usage_convention_is_signed_by_all_and_not_before_the_metier() {
    let mut dossier = complet(le("2023-05-02"));
    dossier.stipulations.utilisation = papier(&[Role::Caisse, Role::Partenaire], le("2023-05-01"));
    assert_eq!(dossier.lacunes().len(), 2, "both signed a day too early");
    dossier.stipulations.utilisation.dates = dit(vec![DateSignature { partie: Role::Caisse, le: le("2023-05-02") }]);
    let lacunes = dossier.lacunes();
    assert_eq!(lacunes[0].raison, "La date de signature de la convention d'utilisation par le partenaire manque.");
    assert_eq!(dossier.etat(&Actes::default(), le("2024-01-01")), Etat::ASigner);
    assert_eq!(dossier.utilisation_en_vigueur_le(), None);
}

#[test]
fn activation_is_an_act_and_an_end_closes_on_its_day() {
    let dossier = complet(le("2023-05-02"));
    assert_eq!(dossier.etat(&Actes::default(), le("2024-01-01")), Etat::Activable);
    let mut actes = dossier.active(le("2023-06-01")).unwrap();
    let etat = |actes: &Actes, jour| dossier.etat(actes, le(jour));
    assert_eq!(etat(&actes, "2023-05-31"), Etat::AVenir);
    assert_eq!(etat(&actes, "2023-06-01"), Etat::Active);
    let trop_tot = Actes { activee_le: Some(le("2023-01-01")), ..actes.clone() };
    assert_eq!(etat(&trop_tot, "2023-05-01"), Etat::AVenir, "activated before the last signature");
    assert_eq!(etat(&trop_tot, "2023-05-02"), Etat::Active);
    assert_eq!(etat(&actes, "2031-06-01"), Etat::Active, "tacitly renewed");
    actes.fin = Some(Fin::new(le("2024-02-01"), "résiliation"));
    assert_eq!(etat(&actes, "2024-01-31"), Etat::Active);
    assert_eq!(etat(&actes, "2024-02-01"), Etat::Terminee);
    assert_eq!(
        dossier.acces(TECHNICIEN, &actes, le("2024-02-01")),
        Acces::Ferme(RaisonFermeture::Convention(Etat::Terminee))
    );
}

#[test]
fn a_convention_without_renewal_ends_at_its_term() {
    let mut dossier = complet(le("2023-05-02"));
    dossier.stipulations.duree.renouvellement = None;
    let actes = dossier.active(le("2023-06-01")).unwrap();
    assert_eq!(dossier.etat(&actes, le("2024-05-01")), Etat::Active);
    assert_eq!(dossier.etat(&actes, le("2024-05-02")), Etat::Terminee);
}

#[test]
fn a_function_is_open_when_stated_and_switched_on_and_always_where_it_cannot_be_switched_off() {
    let dossier = complet(le("2023-05-02"));
    let mut actes = dossier.active(le("2023-06-01")).unwrap();
    assert!(dossier.fonctionnalite_ouverte(Fonctionnalite::Document, &actes));
    actes.fonctionnalites.clear();
    assert!(!dossier.fonctionnalite_ouverte(Fonctionnalite::Document, &actes));
    assert!(dossier.fonctionnalite_ouverte(Fonctionnalite::Historique, &actes));
    actes.fonctionnalites.insert(Fonctionnalite::Contact);
    assert!(!dossier.fonctionnalite_ouverte(Fonctionnalite::Contact, &actes), "switched on, never stated");
    let acces = dossier.acces(TECHNICIEN, &actes, le("2024-01-01"));
    assert!(
        acces.permet(Fonctionnalite::Historique)
            && !acces.permet(Fonctionnalite::Document)
            && !acces.permet(Fonctionnalite::Contact)
    );
}

#[test]
fn a_gestionnaire_manages_comptes_and_neither_files_nor_reads() {
    let dossier = complet(le("2023-05-02"));
    let mut actes = dossier.active(le("2023-06-01")).unwrap();
    let jour = le("2024-01-01");
    let gestionnaire = CompteVu { profil: ProfilPartenaire::Gestionnaire, actif: true };
    let acces = dossier.acces(gestionnaire, &actes, jour);
    assert!(acces.gere_les_comptes() && Fonctionnalite::TOUS.iter().all(|f| !acces.permet(*f)));
    let inactif = CompteVu { actif: false, ..TECHNICIEN };
    assert_eq!(dossier.acces(inactif, &actes, jour), Acces::Ferme(RaisonFermeture::CompteInactif));
    actes.coupee_le = Some(jour);
    assert_eq!(dossier.acces(gestionnaire, &actes, jour), Acces::Ferme(RaisonFermeture::StructureCoupee));
}

#[test]
fn a_code_is_read_back_and_unknown_codes_are_refused() {
    for fonctionnalite in Fonctionnalite::TOUS {
        assert_eq!(Fonctionnalite::du_code(fonctionnalite.code()), Some(*fonctionnalite));
        assert_eq!(serde_json::to_string(fonctionnalite).unwrap(), format!("\"{}\"", fonctionnalite.code()));
    }
    assert_eq!(Fonctionnalite::du_code("contacter"), None);
}
