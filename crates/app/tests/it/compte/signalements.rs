//! Loss, theft, fraud, exclusion (HA-11), and how old passwords may grow (HA-14).

use super::banc::{Banc, MOT, Personne, avec, banc, champs, identite};
use app::compte::{self, ChoixAges, Decision, Incident};
use app::error::AppError;
use chrono::{NaiveDate, TimeDelta};
use domain::compte::{CoteInactif, Etape, EtatCompte, Profil, RaisonInactif};
use domain::droits::{Portee, Rattachement, Refus};
use domain::preuve::Nature;

async fn au_bureau(banc: &Banc, cle: &str, profil: Profil) -> Personne {
    let (_, caisse) = banc.partenaire(cle).await;
    let i =
        identite("Bureau", &format!("Essai {}", profil.libelle()), &format!("{}.{cle}@caisse.example", profil.code()));
    let invite = banc.invite_dans(Rattachement::Caisse(caisse), profil, &i).await.unwrap();
    banc.active(&invite).await
}

#[tokio::test]
async fn a_loss_closes_the_compte_and_its_sessions_at_once_and_leaves_a_dated_proof() {
    let banc = banc().await;
    let (g, t) = (banc.gestionnaire().await, banc.technicien().await);
    let r = au_bureau(&banc, "001-var", Profil::Referent).await;
    let preuve = compte::signal(&banc.ctx, &avec(&g.jeton), t.compte, Incident::Vol).await.unwrap();
    let ferme = banc.compte(t.compte).await;
    let f = ferme.fermeture.unwrap();
    assert_eq!(
        (ferme.etat, f.raison, f.cote),
        (EtatCompte::Inactif, RaisonInactif::Signalement, CoteInactif::Partenaire)
    );
    assert!(matches!(compte::session(&banc.ctx, &avec(&t.jeton)).await, Err(AppError::SessionFermee)));
    assert!(banc.entre(&t.identifiant, MOT).await.is_err());
    let vu = compte::show_compte(&banc.ctx, &avec(&g.jeton), t.compte).await.unwrap();
    let p = vu.preuves.iter().find(|p| p.id == preuve).unwrap();
    assert_eq!((p.nature, p.auteur, p.le), (Nature::Signalement, Some(g.compte), f.le));
    assert!(p.contenu.iter().any(|(_, v)| v == Incident::Vol.libelle()));
    let courriels = banc.courriels().await;
    assert!(courriels.iter().any(|c| c.contains("a été signalé sur votre compte")), "the person");
    assert!(courriels.iter().any(|c| c.contains("d’une structure partenaire")), "the caisse");
    // The caisse reopens; the person begins again with a link, and the old secrets no longer work.
    compte::reactivate(&banc.ctx, &avec(&r.jeton), t.compte).await.unwrap();
    let rouvert = banc.compte(t.compte).await;
    assert_eq!(rouvert.etat, EtatCompte::Invite);
    assert!(rouvert.mot_de_passe.is_none() && rouvert.second_facteur.is_none());
    assert!(banc.entre(&t.identifiant, MOT).await.is_err());
}

#[tokio::test]
async fn a_gestionnaire_signals_a_colleague_or_himself_and_a_fraud_goes_before_the_last_gestionnaire() {
    let banc = banc().await;
    let g = banc.gestionnaire().await;
    compte::signal(&banc.ctx, &avec(&g.jeton), g.compte, Incident::Fraude).await.unwrap();
    assert_eq!(banc.compte(g.compte).await.etat, EtatCompte::Inactif, "the last one, by himself");
    assert!(matches!(compte::session(&banc.ctx, &avec(&g.jeton)).await, Err(AppError::SessionFermee)));
}

#[tokio::test]
async fn everybody_signals_his_own_compte_without_the_second_factor_that_may_be_lost() {
    let banc = banc().await;
    let t = banc.technicien().await;
    banc.avance(TimeDelta::minutes(20));
    let preuve = compte::signal_own(&banc.ctx, &avec(&t.jeton), Incident::Perte).await.unwrap();
    assert_eq!(banc.compte(t.compte).await.etat, EtatCompte::Inactif);
    assert!(matches!(compte::session(&banc.ctx, &avec(&t.jeton)).await, Err(AppError::SessionFermee)));
    let tx = banc.ctx.store.begin_read().await.unwrap();
    assert!(store::preuve::of_compte(&tx, &Portee::Tout, t.compte).await.unwrap().iter().any(|p| p.id == preuve));
    drop(tx);
    let agent = au_bureau(&banc, "001-var", Profil::Agent).await;
    compte::signal_own(&banc.ctx, &avec(&agent.jeton), Incident::Vol).await.unwrap();
    assert_eq!(banc.compte(agent.compte).await.etat, EtatCompte::Inactif, "the desk too");
}

#[tokio::test]
async fn whoever_answers_for_somebody_is_told_that_he_signalled_his_compte_and_it_begins_again() {
    let banc = banc().await;
    let (_, t) = (banc.gestionnaire().await, banc.technicien().await);
    let admin = au_bureau(&banc, "001-var", Profil::AdministrateurLocal).await;
    let agent = au_bureau(&banc, "001-var", Profil::Agent).await;
    compte::signal_own(&banc.ctx, &avec(&t.jeton), Incident::Perte).await.unwrap();
    compte::signal_own(&banc.ctx, &avec(&agent.jeton), Incident::Vol).await.unwrap();
    banc.courriels().await;
    let told =
        |a: &str, lien: &str| banc.mailer.sent().iter().any(|e| e.destinataire.contains(a) && e.corps.contains(lien));
    assert!(told("armel.quintane", &format!("/comptes/{}", t.compte)), "the gestionnaire");
    let lien = format!("/administration/comptes/{}", agent.compte);
    assert!(told("administrateur_local", &lien), "the administrateur local");
    // What may be in other hands no longer works once he opens the compte again.
    let version = banc.compte(agent.compte).await.version;
    app::administration::reopen(&banc.ctx, &avec(&admin.jeton), (agent.compte, version)).await.unwrap();
    let rouvert = banc.compte(agent.compte).await;
    assert_eq!(rouvert.etat, EtatCompte::Invite);
    assert!(rouvert.mot_de_passe.is_none() && rouvert.second_facteur.is_none());
    assert!(banc.entre(&agent.identifiant, MOT).await.is_err());
}

#[tokio::test]
async fn the_caisse_that_finds_it_closes_and_tells_the_structure_with_a_proof() {
    let banc = banc().await;
    let (g, t) = (banc.gestionnaire().await, banc.technicien().await);
    let r = au_bureau(&banc, "001-var", Profil::Referent).await;
    let ailleurs = au_bureau(&banc, "000-tarn-et-garonne", Profil::Referent).await;
    let refus = compte::signal(&banc.ctx, &avec(&ailleurs.jeton), t.compte, Incident::Fraude).await;
    assert!(matches!(refus, Err(AppError::Introuvable)), "another caisse");
    compte::signal(&banc.ctx, &avec(&r.jeton), t.compte, Incident::Usage).await.unwrap();
    let f = banc.compte(t.compte).await.fermeture.unwrap();
    assert_eq!((f.raison, f.cote), (RaisonInactif::Signalement, CoteInactif::Caisse));
    let lien = format!("/comptes/{}", t.compte);
    banc.courriels().await;
    let aux_gestionnaires =
        |e: &app::ports::Envoi| e.destinataire.contains("armel.quintane") && e.corps.contains(&lien);
    assert!(banc.mailer.sent().iter().any(aux_gestionnaires));
    let tx = banc.ctx.store.begin_read().await.unwrap();
    let preuves = store::preuve::of_compte(&tx, &Portee::Tout, t.compte).await.unwrap();
    assert!(
        preuves.iter().any(|p| p.nature == Nature::Notice) && preuves.iter().any(|p| p.nature == Nature::Signalement)
    );
    drop(tx);
    let refus = compte::reactivate(&banc.ctx, &avec(&g.jeton), t.compte).await;
    assert!(matches!(refus, Err(AppError::Interdit(Refus::ActeInterdit))));
}

#[tokio::test]
async fn an_exclusion_has_a_date_and_a_reason_is_notified_and_undone_by_the_caisse_only() {
    let banc = banc().await;
    let (g, t) = (banc.gestionnaire().await, banc.technicien().await);
    let r = au_bureau(&banc, "001-var", Profil::Referent).await;
    let le = |jour: &str| Some(jour.parse::<NaiveDate>().unwrap());
    let exclut = async |qui: &Personne, decision: Decision| {
        compte::exclude(&banc.ctx, &avec(&qui.jeton), t.compte, &decision).await
    };
    let bonne = Decision { le: le("2028-05-30"), motif: "Consultations sans rapport avec ses missions".to_owned() };
    let refus = exclut(&g, bonne.clone()).await;
    assert!(matches!(refus, Err(AppError::Interdit(Refus::ActeInterdit))), "not the structure");
    assert_eq!(
        champs(exclut(&r, Decision { le: le("2099-01-01"), motif: " ".to_owned() }).await),
        ["decision", "motif"]
    );
    exclut(&r, bonne.clone()).await.unwrap();
    let exclu = banc.compte(t.compte).await;
    assert_eq!((exclu.etat, exclu.fermeture.unwrap().raison), (EtatCompte::Exclu, RaisonInactif::Exclusion));
    assert!(matches!(compte::session(&banc.ctx, &avec(&t.jeton)).await, Err(AppError::SessionFermee)));
    assert!(matches!(exclut(&r, bonne).await, Err(AppError::Conflit)));
    let courriels = banc.courriels().await;
    assert!(courriels.iter().any(|c| c.contains("a décidé de vous retirer l’accès")));
    assert!(courriels.iter().any(|c| c.contains("a décidé d’exclure un utilisateur de votre structure")));
    let vu = compte::show_compte(&banc.ctx, &avec(&g.jeton), t.compte).await.unwrap();
    let p = vu.preuves.iter().find(|p| p.nature == Nature::Decision).unwrap();
    assert!(p.contenu.contains(&("Motif".to_owned(), "Consultations sans rapport avec ses missions".to_owned())));
    assert!(p.contenu.contains(&("Prise le".to_owned(), "30 mai 2028".to_owned())));
    assert!(!vu.actes.reactiver, "the structure sees it and does not reopen it");
    let refus = compte::reactivate(&banc.ctx, &avec(&g.jeton), t.compte).await;
    assert!(matches!(refus, Err(AppError::Interdit(Refus::ActeInterdit))));
    assert_eq!(champs(compte::reactivate(&banc.ctx, &avec(&r.jeton), t.compte).await), ["motif"]);
    compte::reopen(&banc.ctx, &avec(&r.jeton), t.compte, "Erreur sur la personne").await.unwrap();
    assert_eq!(banc.compte(t.compte).await.etat, EtatCompte::Actif);
    let vu = compte::show_compte(&banc.ctx, &avec(&g.jeton), t.compte).await.unwrap();
    let said = |p: &compte::PreuveCompte| p.contenu.iter().any(|(_, v)| v == "Erreur sur la personne");
    assert!(vu.preuves.iter().any(|p| p.nature == Nature::Decision && said(p)), "taken back with its reason");
}

#[tokio::test]
async fn passwords_age_as_the_caisse_decided_and_never_only_by_a_recorded_decision() {
    let banc = banc().await;
    let admin = au_bureau(&banc, "001-var", Profil::AdministrateurLocal).await;
    let t = banc.technicien().await;
    let choix = |partenaire, desk, version| ChoixAges {
        partenaire,
        desk,
        auteur: "La directrice adjointe".to_owned(),
        le: "2028-06-01".parse().ok(),
        motif: "Second facteur obligatoire pour tous".to_owned(),
        version,
    };
    let decide = async |c: ChoixAges| {
        let o = banc.entre_en_entier(&admin).await;
        compte::set_ages(&banc.ctx, &avec(&o.jeton), &c).await
    };
    let sans = ChoixAges { auteur: String::new(), le: None, motif: String::new(), ..choix(None, None, 0) };
    assert_eq!(champs(decide(sans).await), ["auteur", "motif", "decision"]);
    assert_eq!(champs(decide(choix(Some(7), Some(900), 0)).await), ["jours_partenaire", "jours_desk"]);
    decide(choix(Some(90), Some(180), 0)).await.unwrap();
    assert!(matches!(decide(choix(Some(60), None, 0)).await, Err(AppError::Conflit)), "decided in between");
    banc.avance(TimeDelta::days(91));
    assert_eq!(banc.entre_en_entier(&t).await.etape, Etape::MotDePasse);
    decide(choix(None, Some(180), 1)).await.unwrap();
    assert_eq!(banc.entre_en_entier(&t).await.etape, Etape::Ouverte, "no longer ages");
    banc.avance(TimeDelta::days(400));
    let o = banc.entre_en_entier(&t).await;
    assert_eq!(o.etape, Etape::Ouverte);
    assert_eq!(compte::show_own(&banc.ctx, &avec(&o.jeton)).await.unwrap().mot_de_passe_jusqu_au, None);
    assert!(banc.ctx.now() > "2029-06-01T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    let refus = compte::show_ages(&banc.ctx, &avec(&o.jeton)).await;
    assert!(matches!(refus, Err(AppError::Interdit(Refus::ActeInterdit))));
}
