//! The command line: what is wrong is told in French, ends with 2 and changes nothing.

use crate::{names, run, stderr, stdout};

/// A key file and the words that name it.
fn keyed(folder: &std::path::Path) -> [&'static str; 2] {
    std::fs::write(folder.join("cle"), "0f".repeat(31) + "aa\n").unwrap();
    ["--cle-maitresse-fichier", "cle"]
}

#[test]
fn a_wrong_line_ends_with_2_and_leaves_nothing_behind() {
    for (words, told) in [
        (vec!["bof"], "commande inconnue : bof"),
        (vec!["demo", "--bof"], "option inconnue : --bof"),
        (vec!["demo", "--port", "abc"], "--port <PORT> : la valeur « abc » ne convient pas"),
        (vec!["demo", "--port", "70000"], "--port <PORT> : la valeur « 70000 » ne convient pas"),
        (vec!["convention", "activate", "x"], "il manque : --le <AAAA-MM-JJ>"),
        (vec!["convention", "activate", "x", "--le", "2029-02-30"], "une date AAAA-MM-JJ qui existe est attendue"),
        (vec!["convention", "activate", "x", "--le", "2029-2-3"], "une date AAAA-MM-JJ qui existe est attendue"),
        (vec!["convention", "fonction", "x", "document"], "il manque : <--ouvrir|--fermer>"),
        (vec!["convention", "fonction", "x", "document", "--ouvrir", "--fermer"], "incompatible"),
        (vec!["convention", "fonction", "x", "valise", "--fermer"], "attendu : contact, etude, signalement"),
        (vec!["convention", "import"], "il manque : <FICHIER>"),
        (vec!["admin", "invite", "--nom", "Exemple"], "il manque"),
        (vec!["check", "lune"], "attendu nir, siret, siren, text ou working-days"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let output = run(folder.path(), &words, b"");
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(stderr(&output).contains(told), "{words:?}: {}", stderr(&output));
        assert_eq!((stdout(&output), names(folder.path())), (String::new(), Vec::new()), "{words:?}");
    }
}

#[test]
fn help_is_french_and_ends_well() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["--help"], b"");
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    for word in
        ["Utilisation", "Commandes", "demo", "serve", "migrate", "config", "convention", "admin", "journal", "check"]
    {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(!text.contains("Usage") && !text.contains("Print help"), "{text}");
}

#[test]
fn a_fault_in_a_convention_names_file_line_field_and_reason_and_opens_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let key = keyed(folder.path());
    std::fs::write(
        folder.path().join("c.toml"),
        "cle = \"000-x\"\ncle_caisse = \"var\"\ncle_partenaire = \"y\"\nbof = 1\n",
    )
    .unwrap();
    let output = run(folder.path(), &["convention", "import", "c.toml", key[0], key[1]], b"");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("c.toml, ligne 4, bof : ce champ n'existe pas"), "{}", stderr(&output));
    assert_eq!(names(folder.path()), ["c.toml", "cle"]);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let key = keyed(folder.path());
    let output = run(folder.path(), &["convention", "import", "absent.toml", key[0], key[1]], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("absent.toml, fichier : illisible"), "{}", stderr(&output));
    std::fs::write(folder.path().join("latin.toml"), b"cle = \"a\"\nmention = \"caf\xe9\"\n").unwrap();
    let output = run(folder.path(), &["convention", "import", "latin.toml", key[0], key[1]], b"");
    assert!(
        stderr(&output).starts_with("latin.toml, ligne 2, fichier : ce n’est pas du texte UTF-8"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn conventions_are_imported_shown_and_not_activated_as_their_papers_stand() {
    let folder = tempfile::tempdir().unwrap();
    let key = keyed(folder.path());
    let [(name, content), ..] = demo::conventions();
    std::fs::write(folder.path().join(&name), content).unwrap();
    let import = |more: &[&str]| {
        let words: Vec<&str> = ["convention", "import", &name, key[0], key[1]].iter().chain(more).copied().collect();
        let output = run(folder.path(), &words, b"");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    assert!(import(&["--dry-run"]).contains("000-tarn-et-garonne : ajoutée"));
    assert!(import(&[]).contains("000-tarn-et-garonne : ajoutée"));
    assert!(import(&[]).contains("000-tarn-et-garonne : inchangée"));
    let shown = run(folder.path(), &["convention", "show", "000-tarn-et-garonne", key[0], key[1]], b"");
    assert!(stdout(&shown).contains("Ce qui manque pour activer la convention"));
    let words = ["convention", "activate", "000-tarn-et-garonne", "--le", "2029-01-08", key[0], key[1]];
    let activated = run(folder.path(), &words, b"");
    assert_eq!(activated.status.code(), Some(2));
    assert!(stderr(&activated).contains("la convention ne peut pas être activée, il manque"), "{}", stderr(&activated));
    let unknown = run(folder.path(), &["convention", "show", "zzz", key[0], key[1]], b"");
    assert_eq!(
        (unknown.status.code(), stderr(&unknown).contains("zzz : aucune convention n’a cette clé")),
        (Some(2), true)
    );
}

#[test]
fn the_first_administrator_is_invited_once_and_the_journal_holds() {
    let folder = tempfile::tempdir().unwrap();
    let key = keyed(folder.path());
    let invite = |courriel: &str| {
        let words =
            ["admin", "invite", "--courriel", courriel, "--nom", "Castaneix", "--prenom", "Ombeline", key[0], key[1]];
        run(folder.path(), &words, b"")
    };
    let wrong = invite("pas-une-adresse");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("courriel : "), "{}", stderr(&wrong));
    let first = invite("ombeline@installation.example");
    assert_eq!(first.status.code(), Some(0), "{}", stderr(&first));
    let text = stdout(&first);
    let link = text.lines().find(|l| l.contains("/invitation/")).expect("the link");
    let token = link.rsplit('/').next().unwrap();
    assert!(!stderr(&first).contains(token), "the token is in the log");
    assert_eq!(stderr(&first).lines().count(), 1, "{}", stderr(&first));
    assert_eq!(invite("autre@installation.example").status.code(), Some(2));
    let verified = run(folder.path(), &["journal", "verify", key[0], key[1]], b"");
    assert!(stdout(&verified).starts_with("Journal intact : "), "{}{}", stdout(&verified), stderr(&verified));
}

#[test]
fn another_master_key_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let key = keyed(folder.path());
    assert_eq!(run(folder.path(), &["migrate", key[0], key[1]], b"").status.code(), Some(0));
    std::fs::write(folder.path().join("cle"), "1e".repeat(31) + "bb\n").unwrap();
    let output = run(folder.path(), &["migrate", key[0], key[1]], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("la clé maîtresse n’est pas celle de cette base"), "{}", stderr(&output));
}

#[test]
fn a_function_is_closed_and_opened_once_the_convention_is_activated_and_no_act_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let key = keyed(folder.path());
    let (name, content) = demo::complements();
    std::fs::write(folder.path().join(&name), content).unwrap();
    let mut words = vec!["convention".to_owned(), "import".to_owned(), name];
    for (name, content) in demo::conventions() {
        std::fs::write(folder.path().join(&name), content).unwrap();
        words.push(name);
    }
    let with_key = |words: &[&str]| run(folder.path(), &[words, &key].concat(), b"");
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_eq!(with_key(&words).status.code(), Some(0));
    let cle = "000-tarn-et-garonne";
    let function = |code: &str, way: &str| with_key(&["convention", "fonction", cle, code, way]);
    let refused = |output: std::process::Output, told: &str| {
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), String::new()), "{}", stderr(&output));
        assert!(stderr(&output).contains(told), "{}", stderr(&output));
    };
    refused(function("document", "--fermer"), "n’est pas activée");
    let activate = |le: &str| with_key(&["convention", "activate", cle, "--le", le]);
    refused(activate("2023-09-17"), "n’entre en vigueur que le 18 septembre 2023");
    let activated = activate("2023-09-18");
    assert_eq!(
        stdout(&activated),
        format!("{cle} : activée à partir du 18 septembre 2023\n"),
        "{}",
        stderr(&activated)
    );
    refused(activate("2024-01-01"), "déjà activée, à partir du 18 septembre 2023");
    for (way, told) in [
        ("--ouvrir", "« Demander un document » déjà ouverte"),
        ("--fermer", "« Demander un document » fermée"),
        ("--fermer", "« Demander un document » déjà fermée"),
        ("--ouvrir", "« Demander un document » ouverte"),
    ] {
        let output = function("document", way);
        assert!(stdout(&output).contains(told), "{}{}", stdout(&output), stderr(&output));
    }
    refused(with_key(&["convention", "fonction", "zzz", "document", "--fermer"]), "aucune convention n’a cette clé");
}

#[test]
fn what_only_reads_asks_for_a_database_and_creates_none() {
    let folder = tempfile::tempdir().unwrap();
    let key = keyed(folder.path());
    for words in [vec!["journal", "verify"], vec!["convention", "show", "x"]] {
        let output = run(folder.path(), &[&words[..], &key].concat(), b"");
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains("il n’y a pas encore de base de données"), "{}", stderr(&output));
        assert_eq!(names(folder.path()), ["cle"]);
    }
}
