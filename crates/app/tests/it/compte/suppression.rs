//! The end of a compte (HA-10): from its instant on nobody sees it, whether the reconciler ran or not; then it is erased.

use super::banc::{Banc, MOT, Personne, avec, banc, champs};
use super::gestion::creation;
use app::compte::{self, Lien, LienFerme};
use app::error::AppError;
use app::mails::{Mail, push};
use chrono::{DateTime, TimeDelta, Utc};
use domain::compte::{EtatCompte, Profil};
use domain::demande::Sorte;
use domain::droits::{Portee, Rattachement};
use domain::ids::CompteId;
use std::sync::Arc;
use store::compte as rows;
use testkit::depot::draft;

struct Vie {
    banc: Banc,
    g: Personne,
    t: Personne,
    fin: DateTime<Utc>,
}

/// A technicien closed on 31 August at 18 h 45 in Paris.
async fn ferme() -> Vie {
    let banc = banc().await;
    banc.clock.set("2028-08-01T10:00:00Z".parse().unwrap());
    let g = banc.gestionnaire().await;
    let invite = compte::create_technicien(&banc.ctx, &avec(&g.jeton), &creation(0)).await.unwrap();
    let t = banc.active(&invite).await;
    let saisie = testkit::saisies::saisie(Sorte::Document);
    draft(&banc.ctx, &avec(&t.jeton), Sorte::Document, &saisie).await;
    banc.clock.set("2028-08-31T16:43:00Z".parse().unwrap());
    let o = banc.entre_en_entier(&g).await;
    banc.clock.set("2028-08-31T16:45:00Z".parse().unwrap());
    compte::deactivate(&banc.ctx, &avec(&o.jeton), t.compte).await.unwrap();
    let fin = banc.compte(t.compte).await.fermeture.unwrap().supprimer_le;
    // Last of February, 18 h 45 in Paris, in winter.
    assert_eq!(fin, "2029-02-28T17:45:00Z".parse::<DateTime<Utc>>().unwrap());
    Vie { banc, g, t, fin }
}

async fn brute(banc: &Banc, id: CompteId) -> Option<rows::Compte> {
    let tx = banc.ctx.store.begin_read().await.unwrap();
    rows::load(&tx, &Portee::Tout, id, DateTime::<Utc>::UNIX_EPOCH).await.unwrap()
}

#[tokio::test]
async fn every_reading_of_a_compte_hides_it_from_its_instant_on_whether_it_was_erased_or_not() {
    let v = ferme().await;
    let (id, courriel) = (v.t.compte, "t0@ccas-grimaud.example");
    let (ici, _) = v.banc.partenaire("001-var").await;
    for (quand, vu) in [(v.fin - TimeDelta::microseconds(1), true), (v.fin, false)] {
        let tx = v.banc.ctx.store.begin_write().await.unwrap();
        assert_eq!(rows::load(&tx, &Portee::Tout, id, quand).await.unwrap().is_some(), vu, "load");
        assert_eq!(rows::lock(&tx, &Portee::Soi(id), id, quand).await.unwrap().is_some(), vu, "lock");
        assert_eq!(rows::by_identifiant(&tx, &v.t.identifiant, quand).await.unwrap().is_some(), vu, "by_identifiant");
        assert_eq!(rows::by_courriel(&tx, courriel, quand).await.unwrap().len(), usize::from(vu), "by_courriel");
        assert_eq!(rows::by_compte(&tx, id, quand).await.unwrap().is_some(), vu, "by_compte");
        assert_eq!(rows::personne(&tx, id, quand).await.unwrap().is_some(), vu, "personne");
        assert!(rows::destinataire(&tx, id, quand).await.unwrap().is_none(), "closed");
        let liste = rows::liste::page(&tx, ici, (None, 50), quand).await.unwrap();
        assert_eq!(liste.iter().any(|l| l.id == id), vu, "page");
        let noms = rows::noms(&tx, &[id], quand).await.unwrap();
        assert_eq!(noms[&id] == rows::SUPPRIME, !vu, "noms");
        assert_eq!(noms[&id] == "Maëlle Corvaaaa", vu, "noms");
    }
}

#[tokio::test]
async fn counts_recipients_and_sessions_hide_an_open_compte_that_somebody_dated_too() {
    // No use case leaves an open compte with a date; the queries do not rely on it.
    let v = ferme().await;
    let tx = v.banc.ctx.store.begin_write().await.unwrap();
    let ferme = rows::lock(&tx, &Portee::Tout, v.t.compte, v.banc.ctx.now()).await.unwrap().unwrap();
    let permis = domain::droits::systeme::permis::<domain::droits::Habiliter>(&domain::droits::Acteur::Systeme(
        domain::droits::Raison::Tache,
    ))
    .unwrap();
    rows::save(&tx, &permis, &rows::Compte { etat: EtatCompte::Actif, ..ferme }).await.unwrap();
    let (ici, _) = v.banc.partenaire("001-var").await;
    let ou = Rattachement::Partenaire(ici);
    for (quand, vu) in [(v.fin - TimeDelta::seconds(1), true), (v.fin, false)] {
        assert_eq!(rows::count(&tx, ou, Profil::Technicien, quand).await.unwrap(), u64::from(vu), "count");
        assert_eq!(rows::techniciens(&tx, ici, quand).await.unwrap().len(), usize::from(vu), "techniciens");
        assert_eq!(rows::actifs(&tx, ou, Profil::Technicien, quand).await.unwrap().len(), usize::from(vu), "actifs");
        assert_eq!(rows::destinataire(&tx, v.t.compte, quand).await.unwrap().is_some(), vu, "destinataire");
    }
    let permis = domain::droits::soi(v.t.compte, EtatCompte::Actif).unwrap();
    let session = rows::sessions::Session {
        empreinte: [7; 32],
        compte: v.t.compte,
        etape: domain::compte::Etape::Ouverte,
        cree_le: v.fin,
        vue_le: v.fin,
        expire_le: v.fin + TimeDelta::hours(1),
        renforcee_le: None,
        retour: None,
    };
    rows::sessions::open(&tx, &permis, &session).await.unwrap();
    for (quand, vu) in [(v.fin - TimeDelta::seconds(1), true), (v.fin, false)] {
        assert_eq!(rows::by_session(&tx, &[7; 32], quand).await.unwrap().is_some(), vu, "by_session");
    }
}

#[tokio::test]
async fn before_its_instant_a_compte_is_reopened_and_after_it_by_nobody() {
    let v = ferme().await;
    v.banc.clock.set(v.fin - TimeDelta::minutes(3));
    let o = v.banc.entre_en_entier(&v.g).await;
    v.banc.clock.set(v.fin);
    let refus = compte::reactivate(&v.banc.ctx, &avec(&o.jeton), v.t.compte).await;
    assert!(matches!(refus, Err(AppError::Introuvable)));
    assert!(matches!(compte::show_compte(&v.banc.ctx, &avec(&o.jeton), v.t.compte).await, Err(AppError::Introuvable)));
    let faux = v.banc.entre(&v.t.identifiant, MOT).await;
    assert_eq!(champs(faux), ["mot_de_passe"], "as an unknown identifiant");
    let liste = compte::list_comptes(&v.banc.ctx, &avec(&o.jeton), None).await.unwrap();
    assert!(liste.lignes.iter().all(|l| l.id != v.t.compte));
}

#[tokio::test]
async fn the_person_is_told_a_fortnight_before_and_once() {
    let v = ferme().await;
    let annonces = async || {
        app::jobs::run_due(&v.banc.ctx).await.unwrap();
        v.banc.mailer.sent().iter().filter(|e| e.corps.contains("Il sera supprimé le 28 février 2029")).count()
    };
    v.banc.clock.set(v.fin - TimeDelta::days(14) - TimeDelta::seconds(1));
    assert_eq!(annonces().await, 0);
    v.banc.clock.set(v.fin - TimeDelta::days(14));
    assert_eq!(annonces().await, 1);
    assert_eq!(annonces().await, 1, "once");
}

#[tokio::test]
async fn the_reconciler_erases_who_it_was_and_everything_that_was_his_once() {
    let v = ferme().await;
    let id = v.t.compte;
    v.banc.clock.set(v.fin - TimeDelta::seconds(1));
    app::jobs::run_due(&v.banc.ctx).await.unwrap();
    assert_eq!(brute(&v.banc, id).await.unwrap().identite.nom, "Corvaaaa", "not a second too early");
    v.banc.clock.set(v.fin);
    let (lignes, _) = v.banc.ecrit(async { app::jobs::run_due(&v.banc.ctx).await.unwrap() }).await;
    assert_eq!(lignes, 1, "one row in the journal");
    let efface = brute(&v.banc, id).await.unwrap();
    let i = &efface.identite;
    assert_eq!((i.nom.as_str(), i.prenom.as_str(), i.courriel.as_str()), ("", "", ""));
    assert!(efface.mot_de_passe.is_none() && efface.second_facteur.is_none());
    assert!(!efface.identifiant.contains("maelle") && efface.identifiant.len() > 64, "{}", efface.identifiant);
    let tx = v.banc.ctx.store.begin_read().await.unwrap();
    assert_eq!(rows::codes::left(&tx, id).await.unwrap(), 0);
    assert!(rows::sessions::list(&tx, id, DateTime::<Utc>::UNIX_EPOCH).await.unwrap().is_empty());
    assert!(store::brouillon::list(&tx, id).await.unwrap().is_empty());
    assert_eq!(rows::noms(&tx, &[id], v.fin).await.unwrap()[&id], "Compte supprimé");
    assert_eq!(
        rows::acceptations::list(&tx, id).await.unwrap().len(),
        2,
        "what was accepted stays, under the pseudonym"
    );
    drop(tx);
    let (lignes, _) = v.banc.ecrit(async { app::jobs::run_due(&v.banc.ctx).await.unwrap() }).await;
    assert_eq!(lignes, 0, "the second run finds nothing");
}

#[tokio::test]
async fn a_compte_whose_row_cannot_be_read_holds_up_no_other() {
    let v = ferme().await;
    v.banc.clock.set("2028-09-01T08:00:00Z".parse().unwrap());
    let o = v.banc.entre_en_entier(&v.g).await;
    let autre = compte::create_technicien(&v.banc.ctx, &avec(&o.jeton), &creation(1)).await.unwrap();
    compte::deactivate(&v.banc.ctx, &avec(&o.jeton), autre.compte).await.unwrap();
    let nothing = if testkit::base::postgres().is_some() { "'\\x00'::bytea" } else { "X'00'" };
    let sql = format!("UPDATE compte SET scelle = {nothing} WHERE identifiant = '{}'", v.t.identifiant);
    testkit::operateur::run(&v.banc.base, &sql).await;
    v.banc.clock.set(v.fin + TimeDelta::days(2));
    app::jobs::run_due(&v.banc.ctx).await.unwrap();
    let tx = v.banc.ctx.store.begin_read().await.unwrap();
    assert!(rows::load(&tx, &Portee::Tout, v.t.compte, DateTime::<Utc>::UNIX_EPOCH).await.is_err());
    assert_eq!(brute(&v.banc, autre.compte).await.unwrap().identite.nom, "", "the later one is erased");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_nodes_erase_a_compte_once() {
    let v = Arc::new(ferme().await);
    v.banc.clock.set(v.fin - TimeDelta::seconds(1));
    app::jobs::run_due(&v.banc.ctx).await.unwrap();
    store::journal::seal(&v.banc.ctx.store, v.banc.ctx.now()).await.unwrap();
    v.banc.clock.set(v.fin);
    let nodes: Vec<_> = (0..4)
        .map(|_| {
            let v = Arc::clone(&v);
            tokio::spawn(async move { app::jobs::run_due(&v.banc.ctx).await })
        })
        .collect();
    for node in nodes {
        node.await.unwrap().unwrap();
    }
    assert_eq!(store::journal::seal(&v.banc.ctx.store, v.banc.ctx.now()).await.unwrap(), 1);
}

#[tokio::test]
async fn identifiant_and_address_are_free_again_even_before_the_reconciler_ran() {
    let v = ferme().await;
    v.banc.clock.set(v.fin - TimeDelta::minutes(3));
    let o = v.banc.entre_en_entier(&v.g).await;
    let pris = compte::create_technicien(&v.banc.ctx, &avec(&o.jeton), &creation(0)).await;
    assert_eq!(champs(pris), ["courriel"], "still there");
    v.banc.clock.set(v.fin);
    let nouveau = compte::create_technicien(&v.banc.ctx, &avec(&o.jeton), &creation(0)).await.unwrap();
    assert_ne!(nouveau.compte, v.t.compte);
    assert_eq!(nouveau.identifiant, v.t.identifiant, "freed with the address");
}

#[tokio::test]
async fn a_mail_to_a_deleted_compte_goes_nowhere_and_its_link_is_closed() {
    let banc = banc().await;
    banc.clock.set("2028-08-01T10:00:00Z".parse().unwrap());
    let g = banc.gestionnaire().await;
    let invite = compte::create_technicien(&banc.ctx, &avec(&g.jeton), &creation(0)).await.unwrap();
    let jeton = banc.jeton_du_lien(&invite);
    compte::deactivate(&banc.ctx, &avec(&g.jeton), invite.compte).await.unwrap();
    banc.courriels().await;
    banc.avance(TimeDelta::days(190));
    let avant = banc.mailer.sent().len();
    let tx = banc.ctx.store.begin_write().await.unwrap();
    let pour = app::mails::Pour::Personne(invite.compte);
    let lettre = app::mails::comptes::Lettre::Reactive;
    push(&banc.ctx, &tx, &Mail::Comptes { pour, lettre }).await.unwrap();
    tx.commit().await.unwrap();
    app::jobs::work_off(&banc.ctx).await.unwrap();
    assert_eq!(banc.mailer.sent().len(), avant);
    assert_eq!(compte::open_link(&banc.ctx, &jeton).await.unwrap(), Lien::Ferme(LienFerme::CompteFerme));
    compte::forgot_password(&banc.ctx, &super::banc::requete(), &invite.identifiant).await.unwrap();
    app::jobs::work_off(&banc.ctx).await.unwrap();
    assert_eq!(banc.mailer.sent().len(), avant, "no link for it either");
}

#[tokio::test]
async fn a_whole_life_of_a_compte() {
    let v = ferme().await;
    // Reopened in time, used, closed again: six months begin again.
    v.banc.clock.set("2028-12-01T09:00:00Z".parse().unwrap());
    let o = v.banc.entre_en_entier(&v.g).await;
    compte::reactivate(&v.banc.ctx, &avec(&o.jeton), v.t.compte).await.unwrap();
    v.banc.entre_en_entier(&v.t).await;
    v.banc.clock.set(v.fin);
    app::jobs::run_due(&v.banc.ctx).await.unwrap();
    assert_eq!(v.banc.compte(v.t.compte).await.etat, EtatCompte::Actif, "the former date no longer holds");
    let o = v.banc.entre_en_entier(&v.g).await;
    compte::deactivate(&v.banc.ctx, &avec(&o.jeton), v.t.compte).await.unwrap();
    let fin = v.banc.compte(v.t.compte).await.fermeture.unwrap().supprimer_le;
    v.banc.clock.set(fin);
    app::jobs::run_due(&v.banc.ctx).await.unwrap();
    assert!(brute(&v.banc, v.t.compte).await.unwrap().identite.nom.is_empty());
    let said: Vec<_> = v.banc.mailer.sent().iter().map(|e| e.sujet.clone()).collect();
    for mot in ["votre compte", "votre compte est fermé", "votre compte est rouvert"] {
        assert!(said.iter().any(|s| s.contains(mot)), "{mot}: {said:?}");
    }
}
