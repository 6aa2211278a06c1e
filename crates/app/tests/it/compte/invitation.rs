//! Invitation, identifiants, one-time links, quotas (HA-1, HA-2, HA-6).

use super::banc::{Banc, MOT, avec, banc, banc_vide, champs, identite, requete};
use app::compte::{self, Administrateur, Choisi, Invitation, Lien, LienFerme, Par};
use app::error::AppError;
use chrono::TimeDelta;
use domain::compte::{Etape, EtatCompte, Profil, UsageLien};
use domain::droits::{Rattachement, Refus};

async fn technicien_invite(banc: &Banc) -> compte::Invite {
    let i = identite("Maëlle", "Corvalenne", "maelle.corvalenne@grimaud.example");
    banc.invite("001-var", Profil::Technicien, &i).await.unwrap()
}

#[tokio::test]
async fn an_invited_person_goes_from_the_mail_to_an_open_session() {
    let banc = banc().await;
    let invite = technicien_invite(&banc).await;
    let jeton = banc.jeton_du_lien(&invite);
    let courriels = banc.courriels().await;
    assert_eq!(courriels.len(), 1);
    assert!(courriels[0].contains(&format!("https://portail.test/invitation/{jeton}")), "{}", courriels[0]);
    assert!(courriels[0].contains("maelle.corvalenne"));
    let Lien::Utilisable { usage, nom_affiche, regles, .. } = compte::open_link(&banc.ctx, &jeton).await.unwrap()
    else {
        panic!("the link works")
    };
    assert_eq!((usage, nom_affiche.as_str()), (UsageLien::Invitation, "Maëlle Corvalenne"));
    assert!(regles[0].contains("15 caractères"));
    let personne = banc.active(&invite).await;
    assert_eq!(banc.compte(personne.compte).await.etat, EtatCompte::Actif);
    let vue = compte::session(&banc.ctx, &avec(&personne.jeton)).await.unwrap();
    assert_eq!((vue.etape, vue.nom_affiche.as_str()), (Etape::Ouverte, "Maëlle Corvalenne"));
}

#[tokio::test]
async fn a_link_works_once_and_a_refused_password_does_not_use_it_up() {
    let banc = banc().await;
    let jeton = banc.jeton_du_lien(&technicien_invite(&banc).await);
    assert_eq!(champs(banc.choisit(&jeton, "court").await), ["mot_de_passe"]);
    assert_eq!(champs(banc.choisit(&jeton, "maelle corvalenne 1234").await), ["mot_de_passe"]);
    assert!(matches!(banc.choisit(&jeton, MOT).await, Ok(Choisi::Invitation(_))));
    assert_eq!(banc.choisit(&jeton, MOT).await.unwrap(), Choisi::Ferme(LienFerme::Utilise));
    assert_eq!(compte::open_link(&banc.ctx, &jeton).await.unwrap(), Lien::Ferme(LienFerme::Utilise));
}

#[tokio::test]
async fn an_expired_invitation_says_so_and_is_sent_again_once() {
    let banc = banc().await;
    let jeton = banc.jeton_du_lien(&technicien_invite(&banc).await);
    assert!(matches!(compte::renew_link(&banc.ctx, &requete(), &jeton).await, Err(AppError::Introuvable)));
    banc.avance(TimeDelta::days(7) - TimeDelta::seconds(1));
    assert!(matches!(compte::open_link(&banc.ctx, &jeton).await.unwrap(), Lien::Utilisable { .. }));
    banc.avance(TimeDelta::seconds(1));
    let ferme = LienFerme::Expire { usage: UsageLien::Invitation };
    assert_eq!(compte::open_link(&banc.ctx, &jeton).await.unwrap(), Lien::Ferme(ferme));
    assert_eq!(banc.choisit(&jeton, MOT).await.unwrap(), Choisi::Ferme(ferme));
    compte::renew_link(&banc.ctx, &requete(), &jeton).await.unwrap();
    assert!(matches!(compte::renew_link(&banc.ctx, &requete(), &jeton).await, Err(AppError::Introuvable)));
    let courriels = banc.courriels().await;
    let nouveau = courriels[1].split("/invitation/").nth(1).unwrap().split_whitespace().next().unwrap();
    assert_ne!(nouveau, jeton);
    assert!(matches!(banc.choisit(nouveau, MOT).await, Ok(Choisi::Invitation(_))));
}

#[tokio::test]
async fn an_unknown_link_opens_nothing() {
    let banc = banc().await;
    for faux in ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        assert_eq!(compte::open_link(&banc.ctx, faux).await.unwrap(), Lien::Ferme(LienFerme::Inconnu));
        assert_eq!(banc.choisit(faux, MOT).await.unwrap(), Choisi::Ferme(LienFerme::Inconnu));
    }
}

#[tokio::test]
async fn namesakes_get_their_own_identifiant_and_an_address_serves_once_a_profil() {
    let banc = banc().await;
    let premier = technicien_invite(&banc).await;
    let homonyme = identite("Maelle", "CORVALENNE", "m.corvalenne@grimaud.example");
    let second = banc.invite("001-var", Profil::Technicien, &homonyme).await.unwrap();
    assert_eq!(
        (premier.identifiant.as_str(), second.identifiant.as_str()),
        ("maelle.corvalenne", "maelle.corvalenne2")
    );
    let meme = identite("Autre", "Personne", "MAELLE.Corvalenne@grimaud.example");
    assert_eq!(champs(banc.invite("001-var", Profil::Technicien, &meme).await), ["courriel"]);
    let gestionnaire = banc.invite("001-var", Profil::Gestionnaire, &meme).await.unwrap();
    assert_eq!(gestionnaire.identifiant, "autre.personne.g");
}

#[tokio::test]
async fn the_quota_counts_invited_and_active_comptes_and_a_closed_one_frees_its_place() {
    let banc = banc().await;
    let un = identite("Un", "Gestionnaire", "un@departement-82.example");
    let deux = identite("Deux", "Gestionnaire", "deux@departement-82.example");
    banc.invite("000-tarn-et-garonne", Profil::Gestionnaire, &un).await.unwrap();
    assert_eq!(champs(banc.invite("000-tarn-et-garonne", Profil::Gestionnaire, &deux).await), ["profil"]);
    let gestionnaire = banc.gestionnaire().await;
    let mut dernier = None;
    for n in 0..5 {
        let i = identite("Tech", &"abcde"[n..=n].repeat(4), &format!("t{n}@grimaud.example"));
        dernier = Some(banc.invite("001-var", Profil::Technicien, &i).await.unwrap());
    }
    let sixieme = identite("Tech", "Sixième", "t6@grimaud.example");
    assert_eq!(champs(banc.invite("001-var", Profil::Technicien, &sixieme).await), ["profil"]);
    compte::deactivate(&banc.ctx, &avec(&gestionnaire.jeton), dernier.unwrap().compte).await.unwrap();
    banc.invite("001-var", Profil::Technicien, &sixieme).await.unwrap();
}

#[tokio::test]
async fn without_a_live_convention_nobody_is_invited() {
    let banc = banc().await;
    banc.clock.set("2028-05-31T20:00:00Z".parse().unwrap());
    let i = identite("Trop", "Tôt", "trop.tot@grimaud.example");
    let refus = banc.invite("001-var", Profil::Technicien, &i).await;
    assert!(matches!(refus, Err(AppError::Interdit(Refus::SansAcces))));
}

#[tokio::test]
async fn a_gestionnaire_opens_techniciens_of_his_structure_only() {
    let banc = banc().await;
    let gestionnaire = banc.gestionnaire().await;
    let (ici, _) = banc.partenaire("001-var").await;
    let (_, caisse) = banc.partenaire("000-tarn-et-garonne").await;
    let invitation = |profil, rattachement| Invitation {
        profil,
        rattachement,
        identite: identite("Nouvelle", "Venue", "nouvelle.venue@grimaud.example"),
        services: vec![],
    };
    let ouvre = async |profil, rattachement| {
        compte::invite(&banc.ctx, &avec(&gestionnaire.jeton), Par::Personne, &invitation(profil, rattachement)).await
    };
    for (profil, rattachement) in [
        (Profil::Gestionnaire, Rattachement::Partenaire(ici)),
        (Profil::Agent, Rattachement::Caisse(caisse)),
        (Profil::AdministrateurNational, Rattachement::National),
    ] {
        assert!(
            matches!(ouvre(profil, rattachement).await, Err(AppError::Interdit(Refus::ActeInterdit))),
            "{profil:?}"
        );
    }
    // Not refused for who he is: what he attests is missing (HA-5).
    let refus = champs(ouvre(Profil::Technicien, Rattachement::Partenaire(ici)).await);
    assert_eq!(refus, ["atteste_lien", "atteste_equipement", "atteste_adresse"]);
}

#[tokio::test]
async fn names_and_addresses_are_checked_all_at_once() {
    let banc = banc().await;
    let i = identite("", "1234", "pas une adresse");
    let refus = champs(banc.invite("001-var", Profil::Technicien, &i).await);
    assert_eq!(refus, ["nom", "prenom", "courriel"]);
}

#[tokio::test]
async fn an_agent_belongs_to_services_of_his_caisse() {
    let banc = banc().await;
    let (_, var) = banc.partenaire("001-var").await;
    let (_, tarn) = banc.partenaire("000-tarn-et-garonne").await;
    let tx = banc.ctx.store.begin_read().await.unwrap();
    let etrangers = store::caisse::services(&tx, tarn).await.unwrap().iter().map(|s| s.id).collect();
    drop(tx);
    for services in [vec![], etrangers] {
        let identite = identite("Agente", "Une", "agente.une@cpam-var.example");
        let rattachement = Rattachement::Caisse(var);
        let invitation = Invitation { profil: Profil::Agent, rattachement, identite, services };
        let par = Par::Systeme(domain::droits::Raison::Demonstration);
        assert_eq!(champs(compte::invite(&banc.ctx, &requete(), par, &invitation).await), ["services"]);
    }
}

#[tokio::test]
async fn the_first_administrateur_is_invited_once_with_a_link_to_print() {
    let banc = banc_vide().await;
    let qui = |courriel: &str| Administrateur {
        nom: "Vasseur".to_owned(),
        prenom: "Odile".to_owned(),
        courriel: courriel.to_owned(),
    };
    let premier = compte::admin_invite(&banc.ctx, &requete(), &qui("odile.vasseur@national.example")).await.unwrap();
    assert!(banc.courriels().await[0].contains(&premier.lien));
    let jeton = premier.lien.strip_prefix("https://portail.test/invitation/").unwrap();
    assert!(matches!(compte::open_link(&banc.ctx, jeton).await.unwrap(), Lien::Utilisable { .. }));
    assert_eq!(champs(compte::admin_invite(&banc.ctx, &requete(), &qui("autre@national.example")).await), ["profil"]);
}

#[tokio::test]
async fn a_gestionnaire_reads_how_many_comptes_there_are_and_how_many_are_allowed() {
    let banc = banc().await;
    let gestionnaire = banc.gestionnaire().await;
    let technicien = banc.technicien().await;
    let i = identite("Deux", "Technicien", "deux@grimaud.example");
    banc.invite("001-var", Profil::Technicien, &i).await.unwrap();
    let ailleurs = identite("Ailleurs", "Technicien", "ailleurs@departement-82.example");
    banc.invite("000-tarn-et-garonne", Profil::Technicien, &ailleurs).await.unwrap();
    let places = compte::seats(&banc.ctx, &avec(&gestionnaire.jeton)).await.unwrap();
    let [var] = places.as_slice() else { panic!("{places:?}") };
    assert!(var.caisse.contains("Var"), "{var:?}");
    assert_eq!((var.gestionnaires, var.techniciens), ((1, Some(2)), (2, Some(5))));
    let refus = compte::seats(&banc.ctx, &avec(&technicien.jeton)).await;
    assert!(matches!(refus, Err(AppError::Interdit(Refus::ActeInterdit))), "{refus:?}");
}
