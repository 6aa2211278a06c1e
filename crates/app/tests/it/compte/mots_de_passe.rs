//! Forgotten, changed and old passwords (HA-14).

use super::banc::{AUTRE_MOT, MOT, avec, banc, champs, identite, requete};
use app::compte::{self, Changement, Choisi, Choix, Lien, LienFerme};
use app::error::AppError;
use chrono::TimeDelta;
use domain::compte::{Etape, Profil, UsageLien};

fn changement(actuel: &str, nouveau: &str) -> Changement {
    let (actuel, mot_de_passe) = (actuel.to_owned(), nouveau.to_owned());
    Changement { actuel, confirmation: mot_de_passe.clone(), mot_de_passe }
}

fn jeton_recu(courriel: &str) -> String {
    courriel.split("/mot-de-passe/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_and_the_second_factor_stays() {
    let banc = banc().await;
    let p = banc.technicien().await;
    banc.courriels().await;
    compte::forgot_password(&banc.ctx, &requete(), &p.identifiant).await.unwrap();
    let recu = banc.courriels().await.pop().unwrap();
    let choix = |jeton: String| Choix { jeton, mot_de_passe: AUTRE_MOT.to_owned(), confirmation: AUTRE_MOT.to_owned() };
    let choisi = compte::choose_password(&banc.ctx, &requete(), choix(jeton_recu(&recu))).await.unwrap();
    assert_eq!(choisi, Choisi::Reinitialise);
    assert!(matches!(compte::session(&banc.ctx, &avec(&p.jeton)).await, Err(AppError::SessionFermee)));
    assert!(banc.courriels().await.pop().unwrap().contains("vient d’être changé"));
    assert_eq!(champs(banc.entre(&p.identifiant, MOT).await), ["mot_de_passe"]);
    let o = banc.entre(&p.identifiant, AUTRE_MOT).await.unwrap();
    assert_eq!(o.etape, Etape::SecondFacteur);
    banc.avance(TimeDelta::seconds(60));
    compte::second_factor(&banc.ctx, &avec(&o.jeton), &banc.code(&p.secret)).await.unwrap();
}

#[tokio::test]
async fn the_answer_never_tells_whether_there_is_such_a_compte() {
    let banc = banc().await;
    let p = banc.technicien().await;
    let avant = banc.courriels().await.len();
    for saisi in ["personne.inconnue", "inconnu@grimaud.example", "é@", &"x".repeat(3000)] {
        compte::forgot_password(&banc.ctx, &requete(), saisi).await.unwrap();
    }
    assert_eq!(banc.courriels().await.len(), avant);
    for _ in 0..9 {
        banc.avance(TimeDelta::seconds(40));
        compte::forgot_password(&banc.ctx, &requete(), "Maelle.Corvalenne@grimaud.example").await.unwrap();
    }
    let envoyes = banc.courriels().await.split_off(avant);
    assert_eq!(envoyes.len(), 5, "five a day, and nothing says so");
    let ancien = compte::open_link(&banc.ctx, &jeton_recu(&envoyes[0])).await.unwrap();
    assert_eq!(ancien, Lien::Ferme(LienFerme::Utilise), "the last link only");
    let dernier = jeton_recu(&envoyes[4]);
    assert!(matches!(compte::open_link(&banc.ctx, &dernier).await.unwrap(), Lien::Utilisable { .. }));
    banc.avance(TimeDelta::hours(1));
    let ferme = LienFerme::Expire { usage: UsageLien::MotDePasse };
    assert_eq!(compte::open_link(&banc.ctx, &dernier).await.unwrap(), Lien::Ferme(ferme));
    banc.entre(&p.identifiant, MOT).await.unwrap();
}

#[tokio::test]
async fn a_new_password_asks_for_the_present_one_and_ends_the_other_sessions() {
    let banc = banc().await;
    let p = banc.technicien().await;
    let ici = banc.entre_en_entier(&p).await.jeton;
    let change = async |jeton: &str, c| compte::change_password(&banc.ctx, &avec(jeton), c).await;
    assert_eq!(champs(change(&ici, changement("faux", AUTRE_MOT)).await), ["actuel"]);
    assert_eq!(champs(change(&ici, changement(MOT, MOT)).await), ["mot_de_passe"]);
    assert_eq!(champs(change(&ici, changement(MOT, "court")).await), ["mot_de_passe"]);
    let nouvelle = change(&ici, changement(MOT, AUTRE_MOT)).await.unwrap();
    assert_eq!(nouvelle.etape, Etape::Ouverte);
    for fermee in [&p.jeton, &ici] {
        assert!(matches!(compte::session(&banc.ctx, &avec(fermee)).await, Err(AppError::SessionFermee)));
    }
    compte::session(&banc.ctx, &avec(&nouvelle.jeton)).await.unwrap();
    banc.entre(&p.identifiant, AUTRE_MOT).await.unwrap();
}

#[tokio::test]
async fn a_password_of_a_year_is_changed_before_anything_opens() {
    let banc = banc().await;
    let p = banc.technicien().await;
    banc.avance(TimeDelta::days(365) - TimeDelta::seconds(120));
    assert_eq!(banc.entre_en_entier(&p).await.etape, Etape::Ouverte);
    banc.avance(TimeDelta::seconds(60));
    let o = banc.entre_en_entier(&p).await;
    assert_eq!(o.etape, Etape::MotDePasse);
    assert!(matches!(compte::list_sessions(&banc.ctx, &avec(&o.jeton)).await, Err(AppError::SessionFermee)));
    let o = compte::change_password(&banc.ctx, &avec(&o.jeton), changement(MOT, AUTRE_MOT)).await.unwrap();
    assert_eq!(o.etape, Etape::Ouverte);
}

/// The rows of a link used to be written for comptes only: the time of the answer told who has one.
#[tokio::test]
async fn the_same_rows_are_written_whether_there_is_such_a_compte_or_not() {
    let banc = banc().await;
    let p = banc.technicien().await;
    let i = identite("Invitée", "Encore", "invitee.encore@grimaud.example");
    let invite = banc.invite("001-var", Profil::Technicien, &i).await.unwrap();
    let gestionnaire = banc.gestionnaire().await;
    let saisis = [&p.identifiant, "inconnu.total", &i.courriel, "inconnu@grimaud.example", &gestionnaire.identifiant];
    for saisi in saisis {
        let demande = async { compte::forgot_password(&banc.ctx, &requete(), saisi).await.unwrap() };
        assert_eq!(banc.ecrit(demande).await, (1, 1), "{saisi}");
    }
    compte::deactivate(&banc.ctx, &avec(&gestionnaire.jeton), p.compte).await.unwrap();
    let avant = banc.mailer.sent().len();
    let envoyes = banc.courriels().await.split_off(avant);
    assert!(!envoyes.iter().any(|m| m.contains(&p.identifiant) && m.contains("/mot-de-passe/")), "closed since");
    let recu = envoyes.iter().find(|m| m.contains(&gestionnaire.identifiant) && m.contains("/mot-de-passe/")).unwrap();
    let ouvert = compte::open_link(&banc.ctx, &jeton_recu(recu)).await.unwrap();
    assert!(matches!(ouvert, Lien::Utilisable { .. }));
    let ancienne = compte::open_link(&banc.ctx, &banc.jeton_du_lien(&invite)).await.unwrap();
    assert_eq!(ancienne, Lien::Ferme(LienFerme::Utilise), "an invitation takes the place of the former one");
}
