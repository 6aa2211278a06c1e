//! Completing, activating, switching functions.

use super::*;
use app::convention::{Bascule, Saisi, activate_by, complete, fields, switch_by};
use domain::convention::{Etat, Fonctionnalite, Situation};
use store::convention::NatureActe;

const CLE: &str = "901-seconde";

/// A second partner of the Var, as its papers stand: nothing filled in.
async fn with_second() -> (TestApp, Requete) {
    let app = TestApp::monde().await;
    let text = testkit::demo::conventions()[1].1.clone();
    let text = text
        .replace("cle = \"001-var\"", "cle = \"901-seconde\"")
        .replace("cle_partenaire = \"ccas-grimaud\"", "cle_partenaire = \"seconde\"");
    app::convention::import(&app.ctx, &[("seconde.toml".to_owned(), text)], false).await.unwrap();
    let referent = app.requete("83.referent").await;
    (app, referent)
}

/// What fills a field, whatever it asks.
fn answer(nom: &str, sorte: app::convention::SorteChamp) -> Saisi {
    use app::convention::SorteChamp as S;
    match (nom, sorte) {
        (nom, S::Date) if nom.contains("metier") => Saisi::Date(le("2028-12-04")),
        (_, S::Date) => Saisi::Date(le("2028-12-18")),
        ("siret", _) => Saisi::Texte("000 831 016 00019".to_owned()),
        ("domaines", _) => Saisi::Texte("ccas-seconde.example".to_owned()),
        (_, S::Courriel) => Saisi::Texte("contact@ccas-seconde.example".to_owned()),
        (_, S::NombreDate) => Saisi::NombreDate(8, le("2029-01-01")),
        (_, S::Nombre) => Saisi::Nombre(12),
        (_, S::Personne) => {
            Saisi::Personne("Perpétue Essai".to_owned(), "p.essai@ccas-seconde.example".to_owned(), String::new())
        }
        (_, S::Depart) => Saisi::Texte("signature".to_owned()),
        (_, S::Texte) => Saisi::Texte("1 rue de l’Essai, 83000 Essai".to_owned()),
    }
}

#[tokio::test]
async fn a_project_is_filled_in_activated_and_its_functions_switched_with_who_when_why() {
    let (app, referent) = with_second().await;
    assert_eq!(fiche(&app, &referent, CLE).await.situation, Situation::Projet);
    let too_soon = activate_by(&app.ctx, &referent, (CLE, version(&app, CLE).await), le("2029-01-15")).await;
    assert_eq!(refused(too_soon)[0].0, "convention");
    let asked = fields(&row(&app, CLE).await.dossier);
    assert!(asked.iter().take_while(|c| c.manque).count() > 5, "{asked:?}");
    let wrong = vec![("siret".to_owned(), Saisi::Texte("123".to_owned()))];
    let refusal = refused(complete(&app.ctx, &referent, (CLE, version(&app, CLE).await), &wrong).await);
    assert_eq!(refusal, [("siret".to_owned(), "Ce SIRET n'est pas valide.".to_owned())]);
    let filled: Vec<_> = asked.iter().filter(|c| c.manque).map(|c| (c.nom.clone(), answer(&c.nom, c.sorte))).collect();
    complete(&app.ctx, &referent, (CLE, version(&app, CLE).await), &filled).await.unwrap();
    let dossier = row(&app, CLE).await.dossier;
    assert_eq!(dossier.lacunes(), []);
    let siret = dossier.stipulations.partenaire.siret.clone().unwrap();
    assert_eq!(
        (siret.valeur.as_str(), siret.source.mention().as_str()),
        ("00083101600019", "complément : saisi par la caisse")
    );
    assert_eq!(fiche(&app, &referent, CLE).await.situation, Situation::Activable);
    let tx = app.ctx.store.begin_read().await.unwrap();
    let known = store::partenaire::by_siret(&tx, "00083101600019").await.unwrap();
    assert_eq!(known.map(|p| p.slug), Some("seconde".to_owned()), "the same structure is not created twice");
    drop(tx);

    let before = app.mails().len();
    let past = activate_by(&app.ctx, &referent, (CLE, version(&app, CLE).await), le("2029-01-07")).await;
    assert_eq!(refused(past)[0].0, "le");
    activate_by(&app.ctx, &referent, (CLE, version(&app, CLE).await), le("2029-01-15")).await.unwrap();
    assert_eq!(fiche(&app, &referent, CLE).await.situation, Situation::AVenir);
    app.run_jobs().await;
    let told = subjects(&app, before);
    assert!(
        told.iter().any(|t| t.starts_with("contact@ccas-seconde.example") && t.contains("convention activée")),
        "{told:?}"
    );
    assert!(told.iter().any(|t| t.starts_with("referent.83")), "{told:?}");

    let off = Bascule { fonction: "document", ouverte: false, motif: "Service en réorganisation." };
    let silent = Bascule { motif: " ", ..off.clone() };
    let refusal = switch_by(&app.ctx, &referent, (CLE, version(&app, CLE).await), &silent).await;
    assert_eq!(refused(refusal)[0].0, "motif");
    switch_by(&app.ctx, &referent, (CLE, version(&app, CLE).await), &off).await.unwrap();
    let fiche = fiche(&app, &referent, CLE).await;
    let document = fiche.fonctions.iter().find(|f| f.fonction == Fonctionnalite::Document).unwrap();
    assert!(!document.ouverte && document.activable);
    let acte = &fiche.actes[0];
    assert_eq!((acte.acte.nature, acte.acte.objet.as_str()), (NatureActe::FonctionFermee, "document"));
    assert_eq!(acte.acte.motif, "Service en réorganisation.");
    assert!(acte.auteur.is_some());
    let natures: Vec<_> = fiche.actes.iter().map(|a| a.acte.nature).collect();
    assert_eq!(natures, [NatureActe::FonctionFermee, NatureActe::Activation, NatureActe::Complement]);
    let tx = app.ctx.store.begin_read().await.unwrap();
    let proofs = store::preuve::of_partenaire(&tx, fiche.row.partenaire).await.unwrap();
    assert_eq!(proofs.len(), 3, "activation, complement and function are proven");
}

#[tokio::test]
async fn what_a_paper_says_is_never_replaced_by_what_the_caisse_types() {
    let (app, referent) = with_second().await;
    let said = row(&app, CLE).await.dossier.stipulations.duree.mois.clone();
    let typed = vec![("mois".to_owned(), Saisi::Nombre(36))];
    let refusal = complete(&app.ctx, &referent, (CLE, version(&app, CLE).await), &typed).await;
    assert_eq!(refused(refusal)[0].0, "completer", "no such field is offered");
    assert_eq!(row(&app, CLE).await.dossier.stipulations.duree.mois, said);
}

#[tokio::test]
async fn a_function_that_the_convention_does_not_let_the_caisse_switch_is_refused() {
    let app = TestApp::monde().await;
    let referent = app.requete("82.referent").await;
    let cle = "000-tarn-et-garonne";
    assert_eq!(row(&app, cle).await.dossier.etat(&row(&app, cle).await.actes, le("2029-01-08")), Etat::Active);
    for fonction in ["contact", "inconnue", ""] {
        let asked = Bascule { fonction, ouverte: true, motif: "Demandé." };
        let refusal = switch_by(&app.ctx, &referent, (cle, version(&app, cle).await), &asked).await;
        assert_eq!(refused(refusal)[0].0, "fonction", "{fonction}");
    }
}
