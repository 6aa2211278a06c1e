//! What a gestionnaire sees: how many of how many, who, what is due; what he declares and tells (HA-2, HA-4, HA-13).

use super::banc::{avec, banc, champs, identite};
use super::gestion::{creation, cree};
use app::compte::{self, AFaire, Agent, Creation, Declaration};
use app::error::AppError;
use chrono::{NaiveDate, TimeDelta};
use domain::compte::attestations::Attestation;
use domain::compte::{EtatCompte, Profil};
use domain::droits::{Rattachement, Refus};
use domain::ids::CompteId;

#[tokio::test]
async fn the_page_of_a_gestionnaire_says_how_many_who_and_what_is_due() {
    let banc = banc().await;
    let g = banc.gestionnaire().await;
    let mut invites = vec![];
    for n in 0..3 {
        invites.push(cree(&banc, &g, &creation(n)).await.unwrap());
    }
    let t = banc.active(&invites[0]).await;
    compte::deactivate(&banc.ctx, &avec(&g.jeton), invites[1].compte).await.unwrap();
    let liste = compte::list_comptes(&banc.ctx, &avec(&g.jeton), None).await.unwrap();
    let [places] = liste.places.as_slice() else { panic!("{:?}", liste.places) };
    assert_eq!((places.gestionnaires, places.techniciens), ((1, Some(2)), (2, Some(5))));
    let tranche = places.tranche.unwrap();
    assert_eq!((tranche.de, tranche.a, places.membres.map(|m| m.nombre)), (1, Some(10), Some(9)));
    let ligne = |id: CompteId| liste.lignes.iter().find(|l| l.id == id).unwrap();
    assert_eq!(liste.lignes.len(), 4);
    assert_eq!(ligne(t.compte).gestionnaire.as_deref(), Some("Armel Quintane"));
    assert!(ligne(t.compte).derniere_connexion.is_some() && ligne(g.compte).gestionnaire.is_none());
    let f = ligne(invites[1].compte).fermeture.unwrap();
    assert!(f.supprimer_le > f.le + TimeDelta::days(180));
    assert!(ligne(invites[2].compte).invitation.is_some());
    let refus = compte::list_comptes(&banc.ctx, &avec(&t.jeton), None).await;
    assert!(matches!(refus, Err(AppError::Interdit(Refus::ActeInterdit))));
    assert!(matches!(compte::show_compte(&banc.ctx, &avec(&t.jeton), g.compte).await, Err(AppError::Introuvable)));
}

#[tokio::test]
async fn a_long_list_is_read_page_by_page_and_each_compte_once() {
    let banc = banc().await;
    let (ici, _) = banc.partenaire("000-tarn-et-garonne").await;
    let g = identite("Armel", "Quintane", "armel@departement-82.example");
    let g = banc.invite("000-tarn-et-garonne", Profil::Gestionnaire, &g).await.unwrap();
    let g = banc.active(&g).await;
    for n in 0..60 {
        let nom: String = format!("{n:02}").chars().map(|c| char::from(b'a' + c.to_digit(10).unwrap() as u8)).collect();
        let i = identite("Tech", &format!("Nom{nom}"), &format!("t{n}@departement-82.example"));
        let invite = banc.invite_dans(Rattachement::Partenaire(ici), Profil::Technicien, &i).await.unwrap();
        compte::deactivate(&banc.ctx, &avec(&g.jeton), invite.compte).await.unwrap();
    }
    let un = compte::list_comptes(&banc.ctx, &avec(&g.jeton), None).await.unwrap();
    let deux = compte::list_comptes(&banc.ctx, &avec(&g.jeton), un.suite).await.unwrap();
    assert_eq!((un.lignes.len(), deux.lignes.len(), deux.suite), (50, 11, None));
    let ids: std::collections::BTreeSet<_> = un.lignes.iter().chain(&deux.lignes).map(|l| l.id.get()).collect();
    assert_eq!(ids.len(), 61);
}

#[tokio::test]
async fn the_first_techniciens_are_due_five_working_days_after_the_mail_in_tarn_et_garonne_only() {
    let banc = banc().await;
    banc.clock.set("2028-07-10T21:30:00Z".parse().unwrap());
    let g = identite("Solveig", "Essaimante", "solveig@departement-82.example");
    let invite = banc.invite("000-tarn-et-garonne", Profil::Gestionnaire, &g).await.unwrap();
    // The mail is handed over after midnight in Paris: the delay runs from that Tuesday.
    banc.clock.set("2028-07-10T22:30:00Z".parse().unwrap());
    banc.courriels().await;
    banc.clock.set("2028-07-12T09:00:00Z".parse().unwrap());
    let g = banc.active(&invite).await;
    let due = async || {
        let liste = compte::list_comptes(&banc.ctx, &avec(&g.jeton), None).await.unwrap();
        liste.a_faire.into_iter().find_map(|a| match a {
            AFaire::PremiersTechniciens { avant_le, en_retard, .. } => Some((avant_le.to_string(), en_retard)),
            _ => None,
        })
    };
    // 12, 13, then the fourteenth is a holiday and a week-end follows: 17, 18, 19.
    assert_eq!(due().await, Some(("2028-07-19".to_owned(), false)));
    let i = identite("Premier", "Technicien", "premier@departement-82.example");
    let c = Creation { identite: i, attestations: Attestation::TOUTES.to_vec(), annoncer: false };
    let premier = compte::create_technicien(&banc.ctx, &avec(&g.jeton), &c).await.unwrap();
    assert_eq!(due().await, None, "done");
    compte::deactivate(&banc.ctx, &avec(&g.jeton), premier.compte).await.unwrap();
    assert_eq!(due().await, None, "done once and for all, also when the last one is closed");
    let ailleurs = banc.gestionnaire().await;
    banc.courriels().await;
    let liste = compte::list_comptes(&banc.ctx, &avec(&ailleurs.jeton), None).await.unwrap();
    assert!(
        !liste.a_faire.iter().any(|a| matches!(a, AFaire::PremiersTechniciens { .. })),
        "no other convention says so"
    );
}

#[tokio::test]
async fn fewer_members_close_the_creation_keep_the_comptes_and_tell_both_sides_once() {
    let banc = banc().await;
    banc.clock.set("2028-09-01T10:00:00Z".parse().unwrap());
    let g = banc.gestionnaire().await;
    let declare = async |nombre: u32, au: &str| {
        let au = Some(au.parse::<NaiveDate>().unwrap());
        compte::declare_members(&banc.ctx, &avec(&g.jeton), None, Declaration { nombre: Some(nombre), au }).await
    };
    assert_eq!(champs(declare(12, "2028-12-31").await), ["au"], "not in the future");
    declare(12, "2028-08-31").await.unwrap();
    let mut tous = vec![];
    for n in 0..7 {
        tous.push(cree(&banc, &g, &creation(n)).await.unwrap().compte);
    }
    let avertis = async || banc.courriels().await.iter().filter(|c| c.contains("nombre de membres déclaré")).count();
    assert_eq!(avertis().await, 0, "15 places");
    assert_eq!(champs(declare(8, "2028-08-01").await), ["au"], "not before the last one");
    declare(8, "2028-09-01").await.unwrap();
    let premiers = avertis().await;
    assert!(premiers >= 3, "contact of the structure, its gestionnaire, contact of the caisse: {premiers}");
    for id in &tous {
        assert_eq!(banc.compte(*id).await.etat, EtatCompte::Invite, "comptes stay");
    }
    assert_eq!(champs(cree(&banc, &g, &creation(7)).await), ["profil"], "creation is closed");
    declare(7, "2028-09-01").await.unwrap();
    assert_eq!(avertis().await, premiers, "told once");
    let liste = compte::list_comptes(&banc.ctx, &avec(&g.jeton), None).await.unwrap();
    assert!(liste.a_faire.iter().any(|a| matches!(a, AFaire::QuotaDepasse { .. })));
}

#[tokio::test]
async fn a_new_agent_is_told_to_the_caisse_with_one_box_or_without_a_compte() {
    let banc = banc().await;
    let (_, var) = banc.partenaire("001-var").await;
    let r = identite("Référente", "Une", "referente@cpam-var.example");
    let r = banc.invite_dans(Rattachement::Caisse(var), Profil::Referent, &r).await.unwrap();
    let (r, g) = (banc.active(&r).await, banc.gestionnaire().await);
    let mut c = creation(0);
    c.annoncer = true;
    cree(&banc, &g, &c).await.unwrap();
    cree(&banc, &g, &creation(1)).await.unwrap();
    let agent = Agent {
        nom: "Sanscompte".to_owned(),
        prenom: "Léo".to_owned(),
        fonction: "Accueil".to_owned(),
        courriel: String::new(),
        technicien: false,
    };
    compte::announce(&banc.ctx, &avec(&g.jeton), &agent).await.unwrap();
    let faux = Agent { nom: String::new(), fonction: String::new(), ..agent.clone() };
    assert_eq!(champs(compte::announce(&banc.ctx, &avec(&g.jeton), &faux).await), ["nom", "fonction"]);
    let annonces = compte::list_announcements(&banc.ctx, &avec(&r.jeton), None).await.unwrap().lignes;
    let vus: Vec<_> = annonces.iter().map(|a| (a.agent.nom.as_str(), a.agent.technicien)).collect();
    assert_eq!(vus, [("Sanscompte", false), ("Corvaaaa", true)]);
    assert!(banc.courriels().await.iter().any(|c| c.contains("annonce un nouvel agent")));
    compte::settle_announcement(&banc.ctx, &avec(&r.jeton), annonces[0].id).await.unwrap();
    let encore = compte::settle_announcement(&banc.ctx, &avec(&r.jeton), annonces[0].id).await;
    assert!(matches!(encore, Err(AppError::Introuvable)));
    let a = identite("Agente", "Une", "agente@cpam-var.example");
    let a = banc.invite_dans(Rattachement::Caisse(var), Profil::Agent, &a).await.unwrap();
    for nobody in [g, banc.active(&a).await] {
        let read = compte::list_announcements(&banc.ctx, &avec(&nobody.jeton), None).await;
        assert!(matches!(read, Err(AppError::Interdit(Refus::ActeInterdit))), "{}", nobody.identifiant);
    }
}
