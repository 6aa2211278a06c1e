//! `docs/conventions.md` says what the files say: its tables are written from them.

use std::fmt::Write as _;

use domain::convention::*;

use super::papiers;

const MARQUE: &str = "<!-- tables below are generated -->\n";
const CHEMIN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/conventions.md");

/// One row per parameter, one column per convention; a value stands before its source.
fn tables() -> String {
    let cinq = papiers();
    let colonnes: Vec<_> = cinq.iter().map(Dossier::parametres).collect();
    let mut texte = String::from("\n## Every field, in the five\n\n`—`: not written. In brackets: the source.\n");
    let mut theme = "";
    for (rang, p) in colonnes[0].iter().enumerate() {
        let table = p.chemin.split_once('.').unwrap().0;
        if table != theme {
            theme = table;
            let cles = cinq.iter().map(|d| d.cle.as_str()).collect::<Vec<_>>().join(" | ");
            write!(texte, "\n### `[{table}]` {}\n\n| field | {cles} |\n|---|---|---|---|---|---|\n", p.theme).unwrap();
        }
        let cellules: Vec<_> = colonnes.iter().map(|c| cellule(&c[rang])).collect();
        let champ = p.chemin.rsplit('.').next().unwrap();
        writeln!(texte, "| `{champ}` {} | {} |", p.libelle, cellules.join(" | ")).unwrap();
    }
    texte
}

fn cellule(p: &Parametre) -> String {
    match (&p.valeur, &p.source) {
        (Some(valeur), Some(source)) => format!("{valeur} [{}]", source.mention()).replace('|', "\\|"),
        _ => "—".to_owned(),
    }
}

macro_rules! listes {
    ($($nom:ident),*) => {
        [$((stringify!($nom), $nom::TOUS.iter().map(|v| format!("`{}` {}", v.code(), v.libelle())).collect::<Vec<_>>())),*]
    };
}

fn codes() -> String {
    let mut texte = String::from("\n## Codes\n\n| list | codes |\n|---|---|\n");
    let listes = listes![
        Categorie,
        Theme,
        Presence,
        Role,
        AnnexeObjet,
        Cote,
        Tronc,
        MotifRecours,
        PorteeRecours,
        ObjetAccord,
        Formation,
        VoieServiceSocial,
        DepartDuree,
        Renouvellement,
        DepartMiseEnDemeure,
        AuteurBilan,
        Fonctionnalite,
        SousType,
        Qualite,
        Unite,
        DepartDelai,
        Successeur,
        Canal,
        MoyenSupport,
        FaitViolation,
        CadreViolation,
        Notification,
        ExerciceDroits
    ];
    for (nom, valeurs) in listes {
        writeln!(texte, "| {nom} | {} |", valeurs.join(", ")).unwrap();
    }
    texte
}

#[test]
fn documentation_of_the_conventions_is_up_to_date() {
    let page = std::fs::read_to_string(CHEMIN).unwrap();
    let (prose, _) = page.split_once(MARQUE).unwrap();
    let attendue = format!("{prose}{MARQUE}{}{}", codes(), tables());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(CHEMIN, &attendue).unwrap();
    } else {
        assert!(page == attendue, "docs/conventions.md is out of date: UPDATE_DOCS=1 cargo test -p app documentation");
    }
}
