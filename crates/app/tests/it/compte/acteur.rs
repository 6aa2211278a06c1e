//! Who acts, with what the conventions open today.

use super::banc::{avec, banc, identite, requete};
use app::compte::load_acteur;
use app::context::{Appelant, Contexte, Reglages, Requete};
use app::error::AppError;
use domain::compte::Profil;
use domain::demande::Sorte;
use domain::droits::{ActeurCompte, Rattachement};
use std::sync::Arc;

async fn acteur(ctx: &Contexte, requete: &Requete) -> Result<ActeurCompte, AppError> {
    let tx = ctx.store.begin_read().await.unwrap();
    load_acteur(ctx, &tx, requete).await
}

#[tokio::test]
async fn a_technicien_gets_what_his_convention_opens_today() {
    let banc = banc().await;
    let p = banc.technicien().await;
    let (partenaire, caisse) = banc.partenaire("001-var").await;
    let a = acteur(&banc.ctx, &avec(&p.jeton)).await.unwrap();
    assert_eq!(
        (a.compte, a.profil, a.rattachement),
        (p.compte, Profil::Technicien, Rattachement::Partenaire(partenaire))
    );
    assert_eq!(a.acces.len(), 1);
    assert_eq!(a.acces[0].caisse, caisse);
    assert!(a.acces[0].sortes.contains(&Sorte::Document));
    let cle = "001-var";
    let fonction = domain::convention::Fonctionnalite::Document;
    app::convention::switch(&banc.ctx, domain::droits::Raison::Demonstration, cle, (fonction, false)).await.unwrap();
    let a = acteur(&banc.ctx, &avec(&p.jeton)).await.unwrap();
    assert!(!a.acces[0].sortes.contains(&Sorte::Document), "switched off by the caisse");
}

#[tokio::test]
async fn a_gestionnaire_has_access_without_any_kind_of_demande() {
    let banc = banc().await;
    let p = banc.gestionnaire().await;
    let a = acteur(&banc.ctx, &avec(&p.jeton)).await.unwrap();
    assert_eq!(a.acces.len(), 1);
    assert!(a.acces[0].sortes.is_empty() && !a.acces[0].historique);
}

#[tokio::test]
async fn an_agent_brings_his_services() {
    let banc = banc().await;
    let (_, caisse) = banc.partenaire("001-var").await;
    let i = identite("Agente", "Une", "agente.une@cpam-var.example");
    let invite = banc.invite_dans(Rattachement::Caisse(caisse), Profil::Agent, &i).await.unwrap();
    let p = banc.active(&invite).await;
    let a = acteur(&banc.ctx, &avec(&p.jeton)).await.unwrap();
    assert_eq!((a.rattachement, a.services.len(), a.acces.len()), (Rattachement::Caisse(caisse), 1, 0));
}

#[tokio::test]
async fn a_persona_acts_without_a_session_in_a_demonstration_only() {
    let banc = banc().await;
    let p = banc.technicien().await;
    let requete = Requete { appelant: Some(Appelant::Demonstration(p.compte)), ..requete() };
    assert!(matches!(acteur(&banc.ctx, &requete).await, Err(AppError::SessionFermee)));
    let reglages = Reglages { demonstration: true, ..(*banc.ctx.reglages).clone() };
    let demo = Contexte { reglages: Arc::new(reglages), ..banc.ctx.clone() };
    assert_eq!(acteur(&demo, &requete).await.unwrap().compte, p.compte);
    let i = identite("Pas", "Encore", "pas.encore@grimaud.example");
    let invite = banc.invite("001-var", Profil::Technicien, &i).await.unwrap();
    let requete = Requete { appelant: Some(Appelant::Demonstration(invite.compte)), ..requete };
    assert!(matches!(acteur(&demo, &requete).await, Err(AppError::SessionFermee)), "invited, not active");
}

#[tokio::test]
async fn nobody_acts_without_a_session() {
    let banc = banc().await;
    assert!(matches!(acteur(&banc.ctx, &requete()).await, Err(AppError::SessionFermee)));
    assert!(matches!(acteur(&banc.ctx, &avec("inventé")).await, Err(AppError::SessionFermee)));
}
