//! The pages of comptes, rendered from samples: whole, and saying what they must.

use super::*;
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::exemples::{at, day, frame, uuid};
use crate::testing::assert_page;
use app::compte::{
    AFaire, Actes, Admises, Agent, Annonce, Annonces, CompteVu, Comptes, DerogationVue, LigneCompte, Places,
    ReglageAges, Structure,
};
use askama::Template;
use domain::calendrier::Zone;
use domain::compte::{AgesMotDePasse, CoteInactif, Fermeture, Profil, RaisonInactif};
use domain::convention::{Membres, Tranche};
use domain::ids::{CaisseId, PartenaireId};
use scraper::{Html, Selector};

fn derogation() -> DerogationVue {
    DerogationVue {
        derogation: app::compte::Derogation {
            id: uuid(31),
            caisse: CaisseId::new(uuid(1)),
            partenaire: PartenaireId::new(uuid(6)),
            contenu: app::compte::ContenuDerogation {
                objet: "association.org".into(),
                motif: "Association qui gère le centre social".into(),
            },
            accordee_par: CompteId::new(uuid(7)),
            accordee_le: at("2029-01-04T09:00:00Z"),
            revoquee_le: None,
        },
        par: "Camille Exemple".into(),
        sienne: true,
    }
}

fn fermeture_() -> Fermeture {
    let le = at("2028-10-02T08:00:00Z");
    Fermeture::new(le, RaisonInactif::Gestionnaire, CoteInactif::Partenaire, (Zone::Metropole, 6))
}

fn ligne(n: u128, etat: EtatCompte) -> LigneCompte {
    LigneCompte {
        id: CompteId::new(uuid(40 + n)),
        identifiant: format!("camille.exemple{n}"),
        nom: format!("Camille Exemple {n}"),
        courriel: "camille@ccas.example".into(),
        profil: Profil::Technicien,
        etat,
        fermeture: matches!(etat, EtatCompte::Inactif | EtatCompte::Exclu).then(fermeture_),
        derniere_connexion: (etat == EtatCompte::Actif).then(|| at("2029-01-05T13:05:00Z")),
        cree_le: at("2028-01-03T13:05:00Z"),
        gestionnaire: Some("Armel Exemple".into()),
        mot_de_passe_le: None,
        invitation: (etat == EtatCompte::Invite).then(|| at("2029-01-04T13:05:00Z")),
    }
}

fn comptes(gere: bool) -> Comptes {
    let etats = [EtatCompte::Actif, EtatCompte::Invite, EtatCompte::Inactif, EtatCompte::Exclu];
    let places = Places {
        caisse: "CPAM du Var".into(),
        tranche: Some(Tranche { de: 1, a: Some(10), gestionnaires: 2, techniciens: 5 }),
        membres: Some(Membres { nombre: 9, au: day(2028, 1, 1) }),
        gestionnaires: (1, Some(2)),
        techniciens: (3, Some(5)),
    };
    let a_faire = vec![
        AFaire::PremiersTechniciens { caisse: "CPAM du Var".into(), avant_le: day(2029, 1, 4), en_retard: true },
        AFaire::InvitationExpiree { compte: CompteId::new(uuid(41)), nom: "Camille Exemple 1".into() },
        AFaire::SuppressionProche {
            compte: CompteId::new(uuid(42)),
            nom: "Camille Exemple 2".into(),
            le: day(2029, 1, 15),
        },
        AFaire::MotDePasse { avant_le: day(2029, 1, 20) },
        AFaire::QuotaDepasse { caisse: "CPAM du Var".into() },
    ];
    Comptes {
        structure: "CCAS de Grimaud".into(),
        slug: "ccas-grimaud".into(),
        places: vec![places],
        a_faire: if gere { a_faire } else { vec![] },
        lignes: (0..).zip(etats).map(|(n, e)| ligne(n, e)).collect(),
        suite: Some(CompteId::new(uuid(43))),
        zone: Zone::Metropole,
        lue_le: at("2029-01-08T08:00:00Z"),
        gere,
    }
}

fn vu(etat: EtatCompte, caisse: bool) -> CompteVu {
    let tous = Actes { inactiver: true, reactiver: true, relancer: true, signaler: true, exclure: caisse };
    CompteVu {
        id: CompteId::new(uuid(40)),
        structure: "CCAS de Grimaud".into(),
        slug: "ccas-grimaud".into(),
        nom: "Camille Exemple".into(),
        identifiant: "camille.exemple".into(),
        courriel: "camille@ccas.example".into(),
        fonction: Some("Accueil".into()),
        profil: Profil::Technicien,
        etat,
        fermeture: matches!(etat, EtatCompte::Inactif).then(fermeture_),
        derniere_connexion: None,
        gestionnaire: None,
        acceptations: vec![],
        preuves: vec![],
        actes: tous,
        mien: false,
        caisse,
        zone: Zone::Metropole,
    }
}

fn g() -> Frame {
    frame(Profil::Gestionnaire, "/comptes")
}

fn r() -> Frame {
    frame(Profil::Referent, "/comptes")
}

fn pages() -> Vec<(&'static str, String)> {
    let form = FormState::new();
    let structures = [Structure { slug: "ccas-grimaud".into(), nom: "CCAS de Grimaud".into(), ouverts: 4, fermes: 1 }];
    let agent = Agent {
        nom: "Exemple".into(),
        prenom: "Léo".into(),
        fonction: "Accueil".into(),
        courriel: String::new(),
        technicien: false,
    };
    let annonce_ = Annonce {
        id: uuid(50),
        partenaire: PartenaireId::new(uuid(6)),
        structure: "CCAS de Grimaud".into(),
        caisse: CaisseId::new(uuid(1)),
        agent,
        par: CompteId::new(uuid(7)),
        le: at("2029-01-05T09:00:00Z"),
        traitee_le: None,
    };
    let annonces =
        Annonces { lignes: vec![annonce_], suite: Some((at("2029-01-05T09:00:00Z"), uuid(50))), zone: Zone::Metropole };
    let reglage = ReglageAges { caisse: "CPAM du Var".into(), ages: AgesMotDePasse::default(), version: 0 };
    let admises = Admises {
        structure: "CCAS de Grimaud".to_owned(),
        domaines: vec!["ccas-grimaud.example".to_owned()],
        vues: vec![derogation()],
        zone: Zone::Metropole,
    };
    let text = |page: &dyn Fn() -> askama::Result<String>| page().unwrap();
    vec![
        ("comptes", text(&|| ComptesPage::new(&g(), &comptes(true), Some("cree")).render())),
        ("comptes_caisse", text(&|| ComptesPage::new(&r(), &comptes(false), None).render())),
        ("structures", text(&|| StructuresPage::new(&r(), &structures, Some("ccas-grimaud")).render())),
        ("compte", text(&|| ComptePage::new(&g(), &vu(EtatCompte::Inactif, false), Some("ferme")).render())),
        ("compte_caisse", text(&|| ComptePage::new(&r(), &vu(EtatCompte::Actif, true), None).render())),
        ("creation", text(&|| creation(&g(), &form).render())),
        ("fermeture", text(&|| fermeture(&g(), &vu(EtatCompte::Actif, false), &form).render())),
        ("reouverture", text(&|| reouverture(&g(), &vu(EtatCompte::Inactif, false), &form).render())),
        ("invitation", text(&|| invitation(&g(), &vu(EtatCompte::Invite, false), &form).render())),
        ("signalement", text(&|| signalement(&g(), &vu(EtatCompte::Actif, false), &form).render())),
        ("signalement_du_mien", text(&|| signalement_du_mien(&g(), &form).render())),
        ("exclusion", text(&|| exclusion(&r(), &vu(EtatCompte::Actif, true), &form).render())),
        ("annonce", text(&|| annonce(&g(), &form).render())),
        ("annonces", text(&|| AnnoncesPage::new(&r(), &annonces, None).render())),
        ("membres", text(&|| membres(&g(), None, &form).render())),
        ("membres_caisse", text(&|| membres(&r(), Some(("CCAS de Grimaud", "ccas-grimaud")), &form).render())),
        ("adresses", text(&|| AdressesPage::new(&r(), "ccas-grimaud", &admises, &form, None).render())),
        ("retrait", text(&|| retrait(&r(), "ccas-grimaud", &admises.vues[0], &form).render())),
        ("ages", text(&|| ages(&frame(Profil::AdministrateurLocal, "/"), &reglage, &form).render())),
    ]
}

fn read_out(html: &str) -> String {
    let document = Html::parse_document(html);
    let main = document.select(&Selector::parse("main").unwrap()).next().unwrap();
    let texts = main.text().map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty());
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_page_is_whole_and_reads_as_checked_in() {
    for (name, html) in pages() {
        assert_page(&html);
        insta::assert_snapshot!(name, read_out(&html));
    }
}

#[test]
fn a_form_that_was_refused_keeps_what_was_typed_and_asks_for_the_code() {
    let mut form = FormState::new().with("nom", "Exemple").with("courriel", "a@gmail.com").with("atteste_lien", "oui");
    form.refuse("courriel", "Cette messagerie est ouverte à tous.");
    form.refuse("code", "Saisissez le code.");
    let html = creation(&g(), &form).render().unwrap();
    assert_page(&html);
    let document = Html::parse_document(&html);
    let value = |css: &str| document.select(&Selector::parse(css).unwrap()).next().and_then(|e| e.attr("value"));
    assert_eq!((value("#nom"), value("#courriel"), value("#code")), (Some("Exemple"), Some("a@gmail.com"), Some("")));
    assert!(document.select(&Selector::parse("#atteste_lien[checked]").unwrap()).next().is_some());
    assert!(document.select(&Selector::parse("#atteste_adresse[checked]").unwrap()).next().is_none());
    let summary = document.select(&Selector::parse(".govuk-error-summary a").unwrap()).count();
    assert_eq!(summary, 2);
}

#[test]
fn no_attestation_is_ticked_in_advance_and_one_click_signals() {
    let html = creation(&g(), &FormState::new()).render().unwrap();
    assert!(!html.contains("checked"));
    let html = signalement(&g(), &vu(EtatCompte::Actif, false), &FormState::new()).render().unwrap();
    let document = Html::parse_document(&html);
    assert_eq!(document.select(&Selector::parse("input[type=radio][checked]").unwrap()).count(), 1);
}
