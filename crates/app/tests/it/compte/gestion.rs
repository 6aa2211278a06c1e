//! A gestionnaire manages the comptes of his structure: creation with attestations, closing, reopening, invitations,
//! places (HA-2, HA-4, HA-5, HA-9, HA-13).

use super::banc::{Banc, Personne, avec, banc, champs, identite};
use app::compte::{self, AFaire, Creation, Declaration, Invite, Motif};
use app::error::{AppError, Outcome};
use chrono::TimeDelta;
use domain::compte::attestations::Attestation;
use domain::compte::{CoteInactif, EtatCompte, Profil, RaisonInactif};
use domain::droits::{Rattachement, Refus};
use domain::ids::CompteId;
use domain::preuve::Nature;

pub fn creation(n: usize) -> Creation {
    let lettres = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let nom = format!("Corv{}", lettres[n % 8].repeat(4));
    Creation {
        identite: identite("Maëlle", &nom, &format!("t{n}@ccas-grimaud.example")),
        attestations: Attestation::TOUTES.to_vec(),
        annoncer: false,
    }
}

pub async fn cree(banc: &Banc, g: &Personne, c: &Creation) -> Outcome<Invite> {
    compte::create_technicien(&banc.ctx, &avec(&g.jeton), c).await
}

async fn preuves(banc: &Banc, compte: CompteId) -> Vec<store::preuve::Preuve> {
    let tx = banc.ctx.store.begin_read().await.unwrap();
    store::preuve::of_compte(&tx, &domain::droits::Portee::Tout, compte).await.unwrap()
}

#[tokio::test]
async fn a_technicien_is_created_with_each_attestation_and_they_are_a_proof() {
    let banc = banc().await;
    let g = banc.gestionnaire().await;
    let mut c = creation(0);
    c.attestations.clear();
    c.identite.prenom = String::new();
    let attendus = ["prenom", "atteste_lien", "atteste_equipement", "atteste_adresse"];
    assert_eq!(champs(cree(&banc, &g, &c).await), attendus, "all that is wrong at once");
    for manque in Attestation::TOUTES {
        let mut c = creation(0);
        c.attestations.retain(|a| *a != manque);
        assert_eq!(champs(cree(&banc, &g, &c).await), [manque.code()]);
    }
    let invite = cree(&banc, &g, &creation(0)).await.unwrap();
    let compte = banc.compte(invite.compte).await;
    assert_eq!((compte.etat, compte.gestionnaire), (EtatCompte::Invite, Some(g.compte)));
    let preuves = preuves(&banc, invite.compte).await;
    let [preuve] = preuves.as_slice() else { panic!("{preuves:?}") };
    assert_eq!((preuve.nature, preuve.auteur), (Nature::Attestation, Some(g.compte)));
    for a in Attestation::TOUTES {
        assert!(preuve.contenu.iter().any(|(_, v)| v == a.texte()), "{a:?}");
    }
    assert!(preuve.contenu.contains(&("Version du texte".to_owned(), Attestation::VERSION.to_owned())));
    assert!(banc.courriels().await.iter().any(|c| c.contains("/invitation/")));
}

#[tokio::test]
async fn nobody_opens_a_technicien_past_the_attestations() {
    let banc = banc().await;
    let g = banc.gestionnaire().await;
    let (ici, _) = banc.partenaire("001-var").await;
    let invitation = compte::Invitation {
        profil: Profil::Technicien,
        rattachement: Rattachement::Partenaire(ici),
        identite: creation(0).identite,
        services: vec![],
    };
    let refus = compte::invite(&banc.ctx, &avec(&g.jeton), compte::Par::Personne, &invitation).await;
    assert_eq!(champs(refus), Attestation::TOUTES.map(Attestation::code));
}

#[tokio::test]
async fn free_mail_and_undeclared_domains_are_refused_until_the_caisse_allows_them() {
    let banc = banc().await;
    let (_, var) = banc.partenaire("001-var").await;
    let r = identite("Référente", "Une", "referente@cpam-var.example");
    let r = banc.invite_dans(Rattachement::Caisse(var), Profil::Referent, &r).await.unwrap();
    let (r, g) = (banc.active(&r).await, banc.gestionnaire().await);
    let avec_adresse = |courriel: &str| {
        let mut c = creation(0);
        c.identite.courriel = courriel.to_owned();
        c
    };
    for refusee in ["a.b@gmail.com", "a.b@yopmail.com", "a.b@association.org", "a.b@mairie.us", "a.b@grimaud.fr"] {
        assert_eq!(champs(cree(&banc, &g, &avec_adresse(refusee)).await), ["courriel"], "{refusee}");
    }
    let slug = slug(&banc).await;
    let admet = async |objet: &str, motif: &str| {
        let saisi = compte::Demandee { objet: objet.to_owned(), motif: motif.to_owned() };
        compte::allow_address(&banc.ctx, &avec(&r.jeton), &slug, &saisi).await
    };
    assert_eq!(
        champs(admet("gmail.com", "").await),
        ["objet", "motif"],
        "never a whole free domain, never without a reason"
    );
    admet("association.org", "Association qui gère le centre social").await.unwrap();
    admet("a.b@gmail.com", "Petite commune sans messagerie, le temps du marché").await.unwrap();
    assert_eq!(champs(cree(&banc, &g, &avec_adresse("c.d@gmail.com")).await), ["courriel"], "that address alone");
    cree(&banc, &g, &avec_adresse("a.b@association.org")).await.unwrap();
    let vues = compte::list_derogations(&banc.ctx, &avec(&r.jeton), &slug).await.unwrap().vues;
    assert_eq!(vues.len(), 2);
    assert_eq!((vues[0].par.as_str(), vues[0].sienne), ("Référente Une", true));
    compte::withdraw_address(&banc.ctx, &avec(&r.jeton), &slug, vues[0].derogation.id).await.unwrap();
    assert_eq!(champs(cree(&banc, &g, &avec_adresse("a.b@gmail.com")).await), ["courriel"], "withdrawn");
    let encore = compte::withdraw_address(&banc.ctx, &avec(&r.jeton), &slug, vues[0].derogation.id).await;
    assert!(matches!(encore, Err(AppError::Conflit)));
    let refus = compte::list_derogations(&banc.ctx, &avec(&g.jeton), &slug).await;
    assert!(matches!(refus, Err(AppError::Introuvable)), "the caisse's alone");
    let tx = banc.ctx.store.begin_read().await.unwrap();
    let all = store::preuve::of_partenaire(&tx, banc.partenaire("001-var").await.0).await.unwrap();
    assert_eq!(all.iter().filter(|p| p.nature == Nature::Derogation).count(), 3, "each a proof, the withdrawal too");
}

#[tokio::test]
async fn a_shared_mailbox_is_a_contact_and_never_a_compte() {
    let banc = banc().await;
    let (_, var) = banc.partenaire("001-var").await;
    let r = identite("Référente", "Une", "referente@cpam-var.example");
    let r = banc.invite_dans(Rattachement::Caisse(var), Profil::Referent, &r).await.unwrap();
    let (r, g) = (banc.active(&r).await, banc.gestionnaire().await);
    let slug = slug(&banc).await;
    let mut c = creation(0);
    // The unique address of the sheet, whatever its capitals, also where the caisse would allow it.
    for courriel in ["accueil@ccas-grimaud.example", "Accueil@CCAS-Grimaud.example"] {
        c.identite.courriel = courriel.to_owned();
        assert_eq!(champs(cree(&banc, &g, &c).await), ["courriel"], "{courriel}");
        let saisi = compte::Demandee { objet: courriel.to_owned(), motif: "Une seule boîte".to_owned() };
        let _ = compte::allow_address(&banc.ctx, &avec(&r.jeton), &slug, &saisi).await;
        assert_eq!(champs(cree(&banc, &g, &c).await), ["courriel"], "{courriel}");
    }
    // One person's own address serves although it stands on the sheet.
    c.identite.courriel = "clelie.rocamart@ccas-grimaud.example".to_owned();
    cree(&banc, &g, &c).await.unwrap();
}

pub async fn slug(banc: &Banc) -> String {
    let (id, _) = banc.partenaire("001-var").await;
    let tx = banc.ctx.store.begin_read().await.unwrap();
    store::partenaire::load(&tx, id).await.unwrap().unwrap().slug
}

#[tokio::test]
async fn any_gestionnaire_closes_and_reopens_what_a_colleague_opened() {
    let banc = banc().await;
    let g = banc.gestionnaire().await;
    let collegue = identite("Autre", "Gestion", "autre@ccas-grimaud.example");
    let collegue = banc.invite("001-var", Profil::Gestionnaire, &collegue).await.unwrap();
    let collegue = banc.active(&collegue).await;
    let t = banc.active(&cree(&banc, &g, &creation(0)).await.unwrap()).await;
    compte::close(&banc.ctx, &avec(&collegue.jeton), t.compte, Some(Motif::Depart)).await.unwrap();
    let ferme = banc.compte(t.compte).await;
    let f = ferme.fermeture.unwrap();
    assert_eq!(
        (ferme.etat, f.raison, f.cote),
        (EtatCompte::Inactif, RaisonInactif::Gestionnaire, CoteInactif::Partenaire)
    );
    assert!(matches!(compte::session(&banc.ctx, &avec(&t.jeton)).await, Err(AppError::SessionFermee)));
    assert!(banc.courriels().await.last().unwrap().contains("est fermé : vous ne pouvez plus vous connecter"));
    assert!(matches!(compte::close(&banc.ctx, &avec(&g.jeton), t.compte, None).await, Err(AppError::Conflit)));
    let suivant = banc.entre_en_entier(&g).await;
    compte::reactivate(&banc.ctx, &avec(&suivant.jeton), t.compte).await.unwrap();
    assert_eq!((banc.compte(t.compte).await.etat, banc.compte(t.compte).await.fermeture), (EtatCompte::Actif, None));
    assert!(banc.courriels().await.last().unwrap().contains("est rouvert"));
    let ancienne = compte::session(&banc.ctx, &avec(&t.jeton)).await;
    assert!(matches!(ancienne, Err(AppError::SessionFermee)), "what was open before stays closed");
    banc.entre_en_entier(&t).await;
    let encore = compte::reactivate(&banc.ctx, &avec(&suivant.jeton), t.compte).await;
    assert!(matches!(encore, Err(AppError::Conflit)));
}

#[tokio::test]
async fn an_old_password_is_changed_at_the_sign_in_after_a_reopening() {
    let banc = banc().await;
    let g = banc.gestionnaire().await;
    let t = banc.active(&cree(&banc, &g, &creation(0)).await.unwrap()).await;
    banc.avance(TimeDelta::days(300));
    let o = banc.entre_en_entier(&g).await;
    compte::close(&banc.ctx, &avec(&o.jeton), t.compte, None).await.unwrap();
    banc.avance(TimeDelta::days(60));
    let o = banc.entre_en_entier(&g).await;
    compte::reactivate(&banc.ctx, &avec(&o.jeton), t.compte).await.unwrap();
    banc.avance(TimeDelta::days(10));
    assert_eq!(banc.entre_en_entier(&t).await.etape, domain::compte::Etape::MotDePasse);
}

#[tokio::test]
async fn a_reopening_needs_a_place_and_what_the_caisse_closed_only_the_caisse_reopens() {
    let banc = banc().await;
    let g = banc.gestionnaire().await;
    let mut tous = vec![];
    for n in 0..5 {
        tous.push(cree(&banc, &g, &creation(n)).await.unwrap().compte);
    }
    compte::deactivate(&banc.ctx, &avec(&g.jeton), tous[0]).await.unwrap();
    cree(&banc, &g, &creation(5)).await.unwrap();
    assert_eq!(champs(compte::reactivate(&banc.ctx, &avec(&g.jeton), tous[0]).await), ["profil"]);
    compte::deactivate(&banc.ctx, &avec(&g.jeton), tous[1]).await.unwrap();
    compte::reactivate(&banc.ctx, &avec(&g.jeton), tous[0]).await.unwrap();
    assert_eq!(banc.compte(tous[0]).await.etat, EtatCompte::Invite, "never signed in: invited again");
    // A loss is reopened by the caisse, and begins again from a link.
    compte::deactivate(&banc.ctx, &avec(&g.jeton), tous[2]).await.unwrap();
    compte::signal(&banc.ctx, &avec(&g.jeton), tous[0], compte::Incident::Perte).await.unwrap();
    let refus = compte::reactivate(&banc.ctx, &avec(&g.jeton), tous[0]).await;
    assert!(matches!(refus, Err(AppError::Interdit(Refus::ActeInterdit))));
}

#[tokio::test]
async fn an_invitation_is_sent_again_a_few_times_and_the_old_link_dies() {
    let banc = banc().await;
    let g = banc.gestionnaire().await;
    let invite = cree(&banc, &g, &creation(0)).await.unwrap();
    let ancien = banc.jeton_du_lien(&invite);
    banc.avance(TimeDelta::days(8));
    let o = banc.entre_en_entier(&g).await;
    let liste = compte::list_comptes(&banc.ctx, &avec(&o.jeton), None).await.unwrap();
    assert!(
        liste.a_faire.iter().any(|a| matches!(a, AFaire::InvitationExpiree { compte, .. } if *compte == invite.compte))
    );
    compte::resend_invitation(&banc.ctx, &avec(&o.jeton), invite.compte).await.unwrap();
    let liste = compte::list_comptes(&banc.ctx, &avec(&o.jeton), None).await.unwrap();
    assert!(!liste.a_faire.iter().any(|a| matches!(a, AFaire::InvitationExpiree { .. })));
    assert_eq!(compte::open_link(&banc.ctx, &ancien).await.unwrap(), compte::Lien::Ferme(compte::LienFerme::Utilise));
    let mut refus = None;
    for _ in 0..10 {
        if let Err(AppError::Saisie(e)) = compte::resend_invitation(&banc.ctx, &avec(&o.jeton), invite.compte).await {
            refus = e.into_iter().next().map(|e| e.champ);
            break;
        }
    }
    assert_eq!(refus.as_deref(), Some("invitation"), "bounded");
    let t = banc.technicien().await;
    let refus = compte::resend_invitation(&banc.ctx, &avec(&o.jeton), t.compte).await;
    assert!(matches!(refus, Err(AppError::Conflit)), "who has signed in");
}

#[tokio::test]
async fn every_act_on_a_compte_asks_for_a_second_factor_shown_lately() {
    let banc = banc().await;
    let g = banc.gestionnaire().await;
    let t = banc.technicien().await;
    let g = Personne { jeton: banc.entre_en_entier(&g).await.jeton, ..g };
    banc.avance(TimeDelta::minutes(6));
    let moi = avec(&g.jeton);
    assert_eq!(champs(cree(&banc, &g, &creation(0)).await), ["code"]);
    assert_eq!(champs(compte::close(&banc.ctx, &moi, t.compte, None).await), ["code"]);
    assert_eq!(champs(compte::reactivate(&banc.ctx, &moi, t.compte).await), ["code"]);
    assert_eq!(champs(compte::resend_invitation(&banc.ctx, &moi, t.compte).await), ["code"]);
    assert_eq!(champs(compte::signal(&banc.ctx, &moi, t.compte, compte::Incident::Vol).await), ["code"]);
    let decision = compte::Decision { le: None, motif: String::new() };
    assert_eq!(champs(compte::exclude(&banc.ctx, &moi, t.compte, &decision).await), ["code"]);
    let membres = Declaration { nombre: Some(5), au: None };
    assert_eq!(champs(compte::declare_members(&banc.ctx, &moi, None, membres).await), ["code"]);
}
