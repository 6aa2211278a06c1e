//! What each value must look like, which combinations are refused, and that no secret is ever shown.

use proptest::prelude::*;

use super::*;

#[test]
fn the_public_address_is_https_but_on_the_machine_itself() {
    let public = |url| {
        load(&Flags::default(), env(&[("ESPACE_PARTENAIRES_URL_PUBLIQUE", url)])).map(|config| config.url_publique)
    };
    assert_eq!(public("https://Partenaires.example/").unwrap(), "https://partenaires.example");
    assert_eq!(public("http://localhost:81").unwrap(), "http://localhost:81");
    assert_eq!(public("http://[::1]:81").unwrap(), "http://[::1]:81");
    for url in [
        "http://partenaires.example",
        "https://a.example/portail",
        "https://a@b.example",
        "ftp://a.example",
        "a.example",
        "https://",
        "http://localhost.evil.example",
    ] {
        assert!(public(url).is_err(), "{url}");
    }
}

#[test]
fn settings_that_contradict_each_other_are_refused() {
    let refused = [
        (vec![("CLE_MAITRESSE_FICHIER", "/nulle/part")], "n’en garder qu’une"),
        (vec![("ADRESSE_GESTION", "127.0.0.1:8080")], "adresse_gestion"),
        (vec![("BASE_PROPRIETAIRE", "postgres://o@h/b")], "base_proprietaire"),
        (vec![("BASE", "sqlite:x"), ("BASE_PROPRIETAIRE", "postgres://o@h/b")], "base_proprietaire"),
        (vec![("BASE", "sqlite:")], "base : "),
        (vec![("BASE", "mysql://x")], "base : "),
        (vec![("TRAVAUX_INTEGRES", "false")], "travaux.integres"),
        (vec![("SMTP_PORT", "25")], "sans « smtp.hote »"),
        (vec![("SMTP_HOTE", "r.example")], "il manque l’expéditeur"),
        (
            vec![("SMTP_HOTE", "r.example"), ("SMTP_EXPEDITEUR", "a@b.example"), ("SMTP_UTILISATEUR", "u")],
            "sans « smtp.mot_de_passe »",
        ),
        (
            vec![
                ("SMTP_HOTE", "r.example"),
                ("SMTP_EXPEDITEUR", "a@b.example"),
                ("SMTP_UTILISATEUR", "u"),
                ("SMTP_MOT_DE_PASSE", "p"),
                ("SMTP_CHIFFREMENT", "aucun"),
            ],
            "en clair",
        ),
    ];
    for (pairs, expected) in refused {
        let named: Vec<(String, &str)> =
            pairs.iter().map(|(name, value)| (format!("{ENV_PREFIX}{name}"), *value)).collect();
        let pairs: Vec<(&str, &str)> = named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let said = faults_of_env(&pairs);
        assert!(said.contains(expected), "{pairs:?}: {said}");
    }
}

#[test]
fn the_days_of_the_loop_follow_each_other() {
    let config = load(&Flags::default(), env(&[])).unwrap();
    assert_eq!(config.complement, domain::demande::Delais::default(), "the demonstration and a caisse begin alike");
    let none = load(&Flags::default(), env(&[("ESPACE_PARTENAIRES_COMPLEMENT_RELANCES_J", "5, 9, 12")])).unwrap();
    assert_eq!(none.complement.relances, [5, 9, 12]);
    for (name, value) in [("RELANCES_J", "9,5"), ("RELANCES_J", "7,23"), ("RELANCES_J", "x"), ("AVIS_J", "30")] {
        let said = faults_of_env(&[(&format!("ESPACE_PARTENAIRES_COMPLEMENT_{name}"), value)]);
        assert!(said.contains("complement."), "{said}");
    }
}

#[test]
fn a_complete_relay_and_a_postgres_base_are_read() {
    let (_folder, flags) = file(
        "base = 'postgres://appli:mdp@base.example/portail'\nbase_proprietaire = 'postgres://maitre:mdp@base.example/portail'\nmandataires = ['192.0.2.0/28', '2001:db8::1']\n[travaux]\nintegres = false\n[smtp]\nhote = 'r.example'\nutilisateur = 'u'\nmot_de_passe = 'p,q '\nexpediteur = 'Portail <p@c.example>'\nchiffrement = 'tls'\nport = 465\n",
    );
    let config = load(&flags, env(&[])).unwrap();
    let smtp = config.smtp.unwrap();
    assert_eq!((smtp.port, smtp.chiffrement), (465, Chiffrement::Tls));
    assert_eq!(smtp.identite.unwrap().1.expose(), "p,q ");
    assert!(
        matches!(&config.base, Base::Postgres { proprietaire: Some(owner), .. } if owner.expose().contains("maitre"))
    );
    assert!(config.mandataires.iter().any(|network| network.contains("192.0.2.15".parse().unwrap())));
    assert!(!config.travaux.integres);
}

#[test]
fn the_master_key_comes_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cle");
    let flags = Flags::default().with("cle_maitresse_fichier", path.to_str().unwrap());
    assert!(load(&flags, Vec::new()).unwrap_err().to_string().contains("illisible"));
    std::fs::write(&path, "00".repeat(32)).unwrap();
    assert!(load(&flags, Vec::new()).unwrap_err().to_string().contains("octet répété"));
    std::fs::write(&path, format!("{KEY}\n")).unwrap();
    load(&flags, Vec::new()).unwrap();
    assert!(load(&Flags::default(), Vec::new()).unwrap_err().to_string().contains("il manque la clé maîtresse"));
}

#[test]
fn no_secret_is_shown_by_the_check_by_debug_or_by_a_fault() {
    let secrets = [
        ("ESPACE_PARTENAIRES_BASE", "postgres://appli:SESAME@1?x@base.example/portail?password=SESAME"),
        ("ESPACE_PARTENAIRES_BASE_PROPRIETAIRE", "postgresql://maitre:SESAME@base.example/portail"),
        ("ESPACE_PARTENAIRES_SMTP_HOTE", "r.example"),
        ("ESPACE_PARTENAIRES_SMTP_UTILISATEUR", "u"),
        ("ESPACE_PARTENAIRES_SMTP_MOT_DE_PASSE", "SESAME"),
        ("ESPACE_PARTENAIRES_SMTP_EXPEDITEUR", "a@b.example"),
    ];
    let shown = check(&Flags::default(), env(&secrets)).unwrap();
    let debug = format!("{:?}", load(&Flags::default(), env(&secrets)).unwrap());
    for text in [&shown, &debug] {
        assert!(!text.contains("SESAME") && !text.contains(KEY), "{text}");
    }
    assert!(
        shown.contains(
            "base = postgres://appli:(secret)@base.example/portail?(secret) (variable ESPACE_PARTENAIRES_BASE)"
        ),
        "{shown}"
    );
    assert!(shown.contains("smtp.port = 587 (valeur par défaut)") && shown.contains("mandataires : non réglé"));
    for name in ["BASE", "BASE_PROPRIETAIRE", "CLE_MAITRESSE"] {
        let said = faults_of_env(&[(&format!("{ENV_PREFIX}{name}"), "SESAME")]);
        assert!(said.contains(&name.to_lowercase()) && !said.contains("SESAME"), "{said}");
    }
    assert!(!faults_of_file("cle_maitresse = ['SESAME']").contains("SESAME"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_password_is_masked_whatever_it_holds(password in "[ -~]{0,20}", parameters in "(\\?[ -~]{0,10})?") {
        let masked = parse::masked_database(&format!("postgres://appli:XX{password}XX@h/b{parameters}"));
        prop_assert!(!masked.contains("XX"), "{}", masked);
    }

    #[test]
    fn any_text_as_a_file_is_read_or_refused_without_failing(text in "([a-z_.]{1,8} ?= ?['\\[0-9a-z]{0,6}\n|\\[[a-z.]{0,9}\\]\n|.{0,8}\n){0,6}") {
        let (_folder, flags) = file(&text);
        let _ = load(&flags, env(&[]));
    }
}
