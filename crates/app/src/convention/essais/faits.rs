//! What the five say, and what they lack.

use domain::convention::*;

use super::*;

#[test]
fn no_convention_can_be_active_as_its_papers_stand() {
    for dossier in papiers() {
        let manque = raisons(&dossier);
        for champ in [
            "utilisation.dates",
            "partenaire.siret",
            "partenaire.courriel",
            "partenaire.domaines",
            "caisse.coordonnees",
        ] {
            assert!(manque.iter().any(|m| m == champ), "{} : {champ} devrait manquer, {manque:?}", dossier.cle);
        }
        let tranches = dossier.cle != "000-tarn-et-garonne";
        assert_eq!(manque.iter().any(|m| m == "partenaire.membres"), tranches, "{}", dossier.cle);
        let metier_date = dossier.cle == "004-rhone";
        assert_eq!(!manque.iter().any(|m| m == "metier.dates"), metier_date, "{}", dossier.cle);
        let acte = Actes { activee_le: Some(le("2028-01-03")), ..Actes::default() };
        assert_eq!(dossier.etat(&acte, le("2029-01-08")), Etat::Projet, "{}", dossier.cle);
        assert!(dossier.active(le("2028-01-03")).is_err());
    }
}

#[test]
fn the_cited_metier_of_malakoff_is_asked_for_parties_reference_date_and_file() {
    let manque = raisons(&papiers()[3]);
    for champ in ["metier.parties", "metier.dates", "metier.reference", "metier.fichier", "duree.mois"] {
        assert!(manque.iter().any(|m| m == champ), "{champ} : {manque:?}");
    }
}

#[test]
fn with_the_complements_all_five_are_active_in_2029() {
    for dossier in complets() {
        assert_eq!(dossier.lacunes(), [], "{}", dossier.cle);
        let actes = dossier.active(le("2028-01-03")).unwrap();
        for jour in ["2028-01-03", "2029-01-08", "2030-06-30"] {
            assert_eq!(dossier.etat(&actes, le(jour)), Etat::Active, "{} {jour}", dossier.cle);
        }
        assert_eq!(dossier.etat(&actes, le("2028-01-02")), Etat::AVenir, "{}", dossier.cle);
        assert_eq!(dossier.etat(&Actes::default(), le("2029-01-08")), Etat::Activable, "{}", dossier.cle);
    }
}

#[test]
fn every_value_of_a_complement_says_that_it_is_fictional() {
    for (papier, complet) in papiers().iter().zip(complets()) {
        assert_eq!(&complet.sans_complements(), papier);
        let ajouts = complet
            .parametres()
            .into_iter()
            .filter(|p| p.source.as_ref().is_some_and(Source::est_complement))
            .collect::<Vec<_>>();
        assert!(ajouts.len() > 5, "{}", complet.cle);
        assert!(
            ajouts.iter().all(|p| p.source.as_ref().unwrap().mention() == "complément : fictif, pour la démonstration")
        );
    }
}

#[test]
fn tarn_et_garonne_has_one_seat_and_twenty_five_and_no_contact() {
    let dossier = &complets()[0];
    let actes = dossier.active(le("2028-01-03")).unwrap();
    for membres in [None, Some(1), Some(310)] {
        assert_eq!(couple(dossier, membres), (1, 25));
    }
    assert_eq!(dossier.peut_creer(ProfilPartenaire::Gestionnaire, 0, None), Ok(()));
    assert_eq!(dossier.peut_creer(ProfilPartenaire::Gestionnaire, 1, None), Err(RefusCompte::Complet { places: 1 }));
    assert!(!dossier.fonctionnalite_ouverte(Fonctionnalite::Contact, &actes));
    let technicien = CompteVu { profil: ProfilPartenaire::Technicien, actif: true };
    let acces = dossier.acces(technicien, &actes, le("2029-01-08"));
    let ouvertes: Vec<_> = Fonctionnalite::TOUS.iter().filter(|f| acces.permet(**f)).map(|f| f.code()).collect();
    assert_eq!(ouvertes, ["etude", "signalement", "rendez_vous", "document", "historique"]);
    assert!(dossier.successeur_exige(false));
    assert_eq!(
        dossier.delai_techniciens().unwrap().montre(),
        "5 jours ouvrés à compter de la réception du courriel confirmant le profil gestionnaire"
    );
    assert!(dossier.public().unwrap().regime_general_seul);
    assert_eq!(dossier.motifs_recours(PorteeRecours::RendezVous), [MotifRecours::AutonomieInsuffisante]);
    assert!(dossier.motifs_recours(PorteeRecours::Courriel).is_empty());
}

#[test]
fn brackets_give_two_five_then_three_fifteen_then_five_twenty_five() {
    for dossier in &complets()[1..] {
        for (membres, attendu) in
            [(1, (2, 5)), (10, (2, 5)), (11, (3, 15)), (25, (3, 15)), (26, (5, 25)), (4000, (5, 25))]
        {
            assert_eq!(couple(dossier, Some(membres)), attendu, "{} {membres}", dossier.cle);
        }
        assert_eq!(dossier.quota(None), Err(QuotaFerme::MembresInconnus));
        assert_eq!(dossier.quota(Some(0)), Err(QuotaFerme::HorsTranches));
        assert!(!dossier.successeur_exige(false) && dossier.successeur_exige(true));
    }
    assert_eq!(
        complets().iter().map(|d| couple(d, d.membres())).collect::<Vec<_>>(),
        [(1, 25), (2, 5), (5, 25), (3, 15), (3, 15)]
    );
}

#[test]
fn documents_of_malakoff_go_to_the_known_address_whatever_the_quality() {
    let mut dossier = complets().swap_remove(3);
    dossier.stipulations.partenaire.qualites =
        Some(Valeur { valeur: Qualite::TOUS.to_vec(), source: Source::Nous("essai".into()) });
    for qualite in Qualite::TOUS {
        assert_eq!(dossier.voie_de_remise(Some(*qualite)), Voie::AdresseConnue);
    }
    assert!(!dossier.sous_types(Fonctionnalite::Document).contains(&SousType::NotificationDroits));
}

#[test]
fn the_portal_delivers_only_for_a_recorded_quality_that_the_convention_names() {
    let tous = complets();
    assert_eq!(tous[0].voie_de_remise(Some(Qualite::TutelleCuratelle)), Voie::Portail);
    assert_eq!(tous[0].voie_de_remise(Some(Qualite::GestionnaireAse)), Voie::AdresseConnue);
    assert_eq!(tous[0].voie_de_remise(None), Voie::AdresseConnue);
    assert_eq!(
        tous[1].voie_de_remise(Some(Qualite::TutelleCuratelle)),
        Voie::AdresseConnue,
        "no quality recorded on Grimaud"
    );
}

#[test]
fn the_seven_documents_of_article_1_3_can_be_asked_for() {
    for i in [0, 1, 2, 4] {
        let libelles: Vec<_> = complets()[i].sous_types(Fonctionnalite::Document).iter().map(|s| s.libelle()).collect();
        assert_eq!(
            libelles,
            [
                "Attestation de droits",
                "Notification de droits / justificatif de prestations",
                "Formulaire de perte ou vol de carte Vitale",
                "Certificat provisoire CEAM",
                "Bon de prise en charge de vaccination ou de dépistage",
                "Bon de prise en charge MT'Dents",
                "Invitation à un examen de prévention santé",
                "Autre type de document",
            ]
        );
    }
}

#[test]
fn moselle_has_its_own_holidays_channels_window_and_mutual_clause() {
    let dossier = &complets()[2];
    assert_eq!(dossier.stipulations.caisse.zone().unwrap().as_str(), "alsace-moselle");
    assert!(matches!(dossier.stipulations.caisse.zone.as_ref().unwrap().source, Source::Deduit(_)));
    for canal in [Canal::Petra, Canal::CourrielCode, Canal::TelephoneSiret] {
        assert!(dossier.canal_ouvert(canal));
    }
    assert!(dossier.courriel_admis());
    for cote in [Cote::Partenaire, Cote::AssuranceMaladie] {
        let clauses = dossier.clauses_violation(cote);
        assert_eq!(clauses.len(), 1);
        assert_eq!((clauses[0].heures, clauses[0].fait), (48, FaitViolation::Violation));
    }
    let fenetre = dossier.fenetre_denonciation(le("2029-01-08")).unwrap();
    assert_eq!(
        (fenetre.ouvre, fenetre.ferme, fenetre.echeance),
        (le("2029-08-25"), le("2029-11-24"), le("2029-11-25"))
    );
    assert_eq!(dossier.resiliation_metier(le("2029-01-08")), None);
    assert_eq!(dossier.conservation_fichier_echange().unwrap().supprime_le(le("2029-08-31")), Some(le("2030-02-28")));
    assert!(dossier.accord_requis(ObjetAccord::ExamenPrevention) && !dossier.accord_requis(ObjetAccord::Signalement));
    assert_eq!((dossier.bilan().unwrap().par, dossier.comite()), (AuteurBilan::Caisse, None));
}

#[test]
fn rhone_is_covered_by_its_union_and_proves_it_by_its_deliberation() {
    let mut dossier = complets().swap_remove(4);
    assert!(dossier.est_couvert_par_union());
    assert_eq!(dossier.stipulations.union.nom_affiche(), "UDCCAS 69");
    assert_eq!(dossier.metier_en_vigueur_le(), Some(le("2023-03-17")));
    assert_eq!(dossier.permanences(), Some(Role::Partenaire));
    assert_eq!(dossier.clauses_violation(Cote::Partenaire).iter().map(|c| c.heures).collect::<Vec<_>>(), [24, 48]);
    assert_eq!(dossier.clauses_violation(Cote::AssuranceMaladie).iter().map(|c| c.heures).collect::<Vec<_>>(), [24]);
    dossier.stipulations.utilisation.deliberation = None;
    assert_eq!(raisons(&dossier), ["utilisation.deliberation"]);
}
