//! A structure of two caisses: which of them acts on its comptes, reads which proof, is told of what (HA-5, HA-9, HA-11,
//! HA-15, JO-2).

use super::banc::{Banc, Personne, avec, banc, champs, identite};
use super::caisses::deux_caisses;
use super::gestion::creation;
use app::compte::{self, Creation, Decision, Declaration, Incident};
use app::error::AppError;
use app::registre::{self, Filtres};
use domain::compte::{EtatCompte, Profil, RaisonInactif};
use domain::convention::Fin;
use domain::droits::{Acteur, Importer, Raison, Rattachement, Refus};
use domain::preuve::Nature;

const ICI: &str = "002-moselle";
const LA: &str = "010-fictive-meurthe-et-moselle";

/// Somebody of the desk of a caisse.
async fn bureau(banc: &Banc, cle: &str, profil: Profil) -> Personne {
    let (_, caisse) = banc.partenaire(cle).await;
    let i = identite("Bureau", profil.libelle(), &format!("{}.{}@caisse.example", profil.code(), &cle[..3]));
    banc.active(&banc.invite_dans(Rattachement::Caisse(caisse), profil, &i).await.unwrap()).await
}

async fn gestionnaire(banc: &Banc) -> Personne {
    let g = identite("Armel", "Quintane", "armel@metz-metropole.example");
    banc.active(&banc.invite(ICI, Profil::Gestionnaire, &g).await.unwrap()).await
}

async fn technicien(banc: &Banc) -> Personne {
    let t = identite("Maëlle", "Corvalenne", "maelle@metz-metropole.example");
    banc.active(&banc.invite(ICI, Profil::Technicien, &t).await.unwrap()).await
}

fn decision() -> Decision {
    Decision { le: "2028-06-01".parse().ok(), motif: "Consultations sans rapport".to_owned() }
}

/// Ends the convention of a caisse since yesterday.
async fn finit(banc: &Banc, cle: &str) {
    let tx = banc.ctx.store.begin_write().await.unwrap();
    let mut row = store::convention::by_cle(&tx, cle).await.unwrap().unwrap();
    row.actes.fin = Some(Fin::new("2028-06-01".parse().unwrap(), "essai"));
    let permis = domain::droits::systeme::permis::<Importer>(&Acteur::Systeme(Raison::Import)).unwrap();
    store::convention::update(&tx, &permis, &row, banc.ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// The natures of the proofs in the list of a caisse.
async fn natures(banc: &Banc, qui: &Personne) -> Vec<Nature> {
    let liste = registre::list(&banc.ctx, &avec(&qui.jeton), &Filtres::default(), None).await.unwrap();
    liste.preuves.into_iter().map(|l| l.preuve.nature).collect()
}

#[tokio::test]
async fn only_the_caisse_that_excluded_reopens_and_the_other_one_is_told_and_does_not_read_why() {
    let banc = deux_caisses().await;
    let (g, t) = (gestionnaire(&banc).await, technicien(&banc).await);
    let (a, b) = (bureau(&banc, ICI, Profil::Referent).await, bureau(&banc, LA, Profil::Referent).await);
    compte::exclude(&banc.ctx, &avec(&a.jeton), t.compte, &decision()).await.unwrap();
    banc.courriels().await;
    let told = banc.mailer.sent().into_iter().filter(|e| e.corps.contains("Une autre caisse a fermé le compte"));
    let told: Vec<_> = told.map(|e| e.destinataire).collect();
    assert!(told.iter().any(|d| d.contains("referent.010")), "{told:?}");
    assert!(!told.iter().any(|d| d.contains("referent.002")), "{told:?}");
    let vu = async |qui: &Personne| compte::show_compte(&banc.ctx, &avec(&qui.jeton), t.compte).await.unwrap();
    let motif = async |qui: &Personne| {
        vu(qui).await.preuves.iter().any(|p| p.contenu.iter().any(|(_, v)| v == "Consultations sans rapport"))
    };
    assert!(motif(&a).await && motif(&g).await);
    assert!(!motif(&b).await, "the other caisse");
    let imprime = compte::print_proofs(&banc.ctx, &avec(&b.jeton), t.compte).await.unwrap();
    assert!(!format!("{imprime:?}").contains("Consultations sans rapport"));
    assert!(!vu(&b).await.actes.reactiver && vu(&a).await.actes.reactiver);
    let refus = compte::reopen(&banc.ctx, &avec(&b.jeton), t.compte, "Sans fondement").await;
    assert!(matches!(refus, Err(AppError::Interdit(Refus::ActeInterdit))));
    assert_eq!(champs(compte::reopen(&banc.ctx, &avec(&a.jeton), t.compte, " ").await), ["motif"]);
    compte::reopen(&banc.ctx, &avec(&a.jeton), t.compte, "Erreur sur la personne").await.unwrap();
    assert_eq!(banc.compte(t.compte).await.etat, EtatCompte::Actif);
}

#[tokio::test]
async fn a_caisse_whose_convention_ended_no_longer_acts_on_a_compte_until_no_other_is_left() {
    let banc = deux_caisses().await;
    let (g, t) = (gestionnaire(&banc).await, technicien(&banc).await);
    let (a, b) = (bureau(&banc, ICI, Profil::Referent).await, bureau(&banc, LA, Profil::Referent).await);
    finit(&banc, LA).await;
    let refus = compte::signal(&banc.ctx, &avec(&b.jeton), t.compte, Incident::Fraude).await;
    assert!(matches!(refus, Err(AppError::Interdit(Refus::ActeInterdit))), "{refus:?}");
    let refus = compte::exclude(&banc.ctx, &avec(&b.jeton), t.compte, &decision()).await;
    assert!(matches!(refus, Err(AppError::Interdit(Refus::ActeInterdit))), "{refus:?}");
    compte::signal(&banc.ctx, &avec(&g.jeton), t.compte, Incident::Vol).await.unwrap();
    let refus = compte::reactivate(&banc.ctx, &avec(&b.jeton), t.compte).await;
    assert!(matches!(refus, Err(AppError::Interdit(_))), "{refus:?}");
    compte::reactivate(&banc.ctx, &avec(&a.jeton), t.compte).await.unwrap();
    finit(&banc, ICI).await;
    compte::signal(&banc.ctx, &avec(&b.jeton), t.compte, Incident::Fraude).await.unwrap();
}

#[tokio::test]
async fn the_proofs_on_a_compte_stand_in_the_list_of_each_caisse() {
    let banc = deux_caisses().await;
    let g = gestionnaire(&banc).await;
    let bureaux = [
        bureau(&banc, ICI, Profil::Referent).await,
        bureau(&banc, LA, Profil::Referent).await,
        bureau(&banc, LA, Profil::Dpo).await,
    ];
    let number = async |nature: Nature| {
        let mut found = vec![];
        for b in &bureaux {
            found.push(natures(&banc, b).await.into_iter().filter(|n| *n == nature).count());
        }
        found
    };
    let (avant, aucun) = (number(Nature::Attestation).await, number(Nature::Signalement).await);
    assert_eq!(aucun, [0, 0, 0]);
    let i = identite("Maëlle", "Corvalenne", "maelle@metz-metropole.example");
    let c = Creation { identite: i, ..creation(0) };
    let invite = compte::create_technicien(&banc.ctx, &avec(&g.jeton), &c).await.unwrap();
    let plus = |n: usize| avant.iter().map(|a| a + n).collect::<Vec<_>>();
    assert_eq!(number(Nature::Attestation).await, plus(1), "what was attested");
    let t = banc.active(&invite).await;
    assert_eq!(number(Nature::Attestation).await, plus(2), "what the person accepted");
    compte::signal(&banc.ctx, &avec(&g.jeton), t.compte, Incident::Vol).await.unwrap();
    assert_eq!(number(Nature::Signalement).await, [1, 1, 1]);
    let au = banc.ctx.now().date_naive();
    let declaration = Declaration { nombre: Some(200), au: Some(au) };
    compte::declare_members(&banc.ctx, &avec(&g.jeton), None, declaration).await.unwrap();
    assert_eq!(number(Nature::Changement).await, [1, 1, 1], "the number of members");
    let told = |e: &app::ports::Envoi| e.corps.contains("/comptes") && e.corps.contains("Le nombre de membres de ");
    banc.courriels().await;
    let told: Vec<_> = banc.mailer.sent().into_iter().filter(told).map(|e| e.destinataire).collect();
    assert!(told.iter().any(|d| d.contains("referent.002")) && told.iter().any(|d| d.contains("referent.010")));
}

#[tokio::test]
async fn what_is_accepted_is_a_proof_with_its_version() {
    let banc = banc().await;
    let (g, t) = (banc.gestionnaire().await, banc.technicien().await);
    let vu = compte::show_compte(&banc.ctx, &avec(&g.jeton), t.compte).await.unwrap();
    let p = vu.preuves.iter().find(|p| p.nature == Nature::Attestation && p.auteur == Some(t.compte)).unwrap();
    for n in domain::compte::engagements::Nature::TOUTES {
        let attendu = ("Accepté".to_owned(), format!("{}, version {}", n.titre(), n.version()));
        assert!(p.contenu.contains(&attendu), "{:?}", p.contenu);
    }
    assert!(p.caisse.is_some() && p.convention.is_some());
}

#[tokio::test]
async fn an_exclusion_keeps_the_day_of_a_closing_and_what_was_stolen_stays_unusable() {
    let banc = banc().await;
    let (g, t) = (banc.gestionnaire().await, banc.technicien().await);
    let r = bureau(&banc, "001-var", Profil::Referent).await;
    compte::signal(&banc.ctx, &avec(&g.jeton), t.compte, Incident::Vol).await.unwrap();
    let avant = banc.compte(t.compte).await.fermeture.unwrap();
    banc.avance(chrono::TimeDelta::days(30));
    let r = Personne { jeton: banc.entre_en_entier(&r).await.jeton, ..r };
    let le = Some(banc.ctx.now().date_naive() - chrono::TimeDelta::days(1));
    compte::exclude(&banc.ctx, &avec(&r.jeton), t.compte, &Decision { le, ..decision() }).await.unwrap();
    let apres = banc.compte(t.compte).await.fermeture.unwrap();
    assert_eq!((apres.le, apres.supprimer_le), (avant.le, avant.supprimer_le));
    assert_eq!(apres.raison, RaisonInactif::Exclusion);
    compte::reopen(&banc.ctx, &avec(&r.jeton), t.compte, "Erreur sur la personne").await.unwrap();
    let rouvert = banc.compte(t.compte).await;
    assert_eq!((rouvert.etat, rouvert.mot_de_passe.is_none()), (EtatCompte::Invite, true));
}

#[tokio::test]
async fn a_caisse_does_not_close_what_is_closed_or_excluded_already() {
    let banc = banc().await;
    banc.gestionnaire().await;
    let i = identite("Autre", "Gestion", "autre@ccas-grimaud.example");
    let autre = banc.invite("001-var", Profil::Gestionnaire, &i).await.unwrap().compte;
    let r = bureau(&banc, "001-var", Profil::Referent).await;
    let convention = {
        let tx = banc.ctx.store.begin_read().await.unwrap();
        store::convention::by_cle(&tx, "001-var").await.unwrap().unwrap().id
    };
    compte::exclude(&banc.ctx, &avec(&r.jeton), autre, &decision()).await.unwrap();
    let refus = app::habilitation::close(&banc.ctx, &avec(&r.jeton), (convention, autre), "Départ").await;
    assert!(matches!(refus, Err(AppError::Conflit)), "{refus:?}");
    let compte = banc.compte(autre).await;
    assert_eq!((compte.etat, compte.fermeture.unwrap().raison), (EtatCompte::Exclu, RaisonInactif::Exclusion));
}
