//! Settings from outside: what is wrong is told with its place, secrets never.

use crate::{names, run, stderr, stdout};

#[test]
fn a_wrong_setting_is_told_with_its_file_line_and_reason() {
    let folder = tempfile::tempdir().unwrap();
    let file = "url_publique = \"http://ailleurs.example\"\nbof = 1\n[limites]\nentetes_s = 0\n";
    std::fs::write(folder.path().join("r.toml"), file).unwrap();
    for words in [vec!["config", "check", "--config", "r.toml"], vec!["serve", "--config", "r.toml"]] {
        let output = run(folder.path(), &words, b"");
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        let told = stderr(&output);
        for part in
            ["r.toml, ligne 1 : url_publique : ", "r.toml, ligne 2 : bof : ", "r.toml, ligne 4 : limites.entetes_s : "]
        {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert_eq!(names(folder.path()), ["r.toml"]);
    }
}

#[test]
fn a_checked_configuration_shows_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let key = "0f".repeat(31) + "aa";
    std::fs::write(folder.path().join("r.toml"), format!("cle_maitresse = \"{key}\"\n")).unwrap();
    let output = run(folder.path(), &["config", "check", "--config", "r.toml"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("cle_maitresse = (secret) (r.toml, ligne 1)"), "{}", stdout(&output));
    assert!(!stdout(&output).contains(&key) && !stderr(&output).contains(&key));
}
