//! Two folders of migrations, one schema (architecture, rule 9).

use crate::brut::Brut;
use std::collections::{BTreeMap, BTreeSet};
use testkit::base::TestBase;

const SQLITE: &[&str] = &[
    include_str!("../../migrations/sqlite/0001_socle.sql"),
    include_str!("../../migrations/sqlite/0002_piece_jointe.sql"),
    include_str!("../../migrations/sqlite/0003_complement.sql"),
    include_str!("../../migrations/sqlite/0004_imprime_avis.sql"),
    include_str!("../../migrations/sqlite/0005_doublon.sql"),
    include_str!("../../migrations/sqlite/0006_historique.sql"),
    include_str!("../../migrations/sqlite/0007_nombres.sql"),
    include_str!("../../migrations/sqlite/0008_vie.sql"),
    include_str!("../../migrations/sqlite/0009_conventions.sql"),
    include_str!("../../migrations/sqlite/0010_partenaires.sql"),
    include_str!("../../migrations/sqlite/0011_comptes.sql"),
    include_str!("../../migrations/sqlite/0012_habilitations.sql"),
    include_str!("../../migrations/sqlite_journal/0001_journal.sql"),
];
const POSTGRES: &[&str] = &[
    include_str!("../../migrations/postgres/0001_socle.sql"),
    include_str!("../../migrations/postgres/0002_piece_jointe.sql"),
    include_str!("../../migrations/postgres/0003_complement.sql"),
    include_str!("../../migrations/postgres/0004_imprime_avis.sql"),
    include_str!("../../migrations/postgres/0005_doublon.sql"),
    include_str!("../../migrations/postgres/0006_historique.sql"),
    include_str!("../../migrations/postgres/0007_nombres.sql"),
    include_str!("../../migrations/postgres/0008_vie.sql"),
    include_str!("../../migrations/postgres/0009_conventions.sql"),
    include_str!("../../migrations/postgres/0010_partenaires.sql"),
    include_str!("../../migrations/postgres/0011_comptes.sql"),
    include_str!("../../migrations/postgres/0012_habilitations.sql"),
];

/// A column as both databases must have it.
#[derive(Debug, PartialEq, Eq, Clone)]
struct Column {
    kind: &'static str,
    required: bool,
    refers_to: Option<String>,
}

/// Everything two schemas must share.
#[derive(Debug, Default, PartialEq, Eq)]
struct Schema {
    columns: BTreeMap<String, Column>,
    /// Columns of primary keys and unique constraints, in order.
    keys: BTreeSet<String>,
    /// Name, table, columns with their order, condition.
    indexes: BTreeMap<String, String>,
    /// Checks, without those that only say that a number is a boolean.
    checks: BTreeSet<String>,
    /// Append-only tables.
    guarded: BTreeSet<String>,
}

/// What a type of either database holds.
fn kind(written: &str) -> &'static str {
    match written {
        "BLOB" | "UUID" | "BYTEA" => "bytes",
        "TEXT" | "TIMESTAMPTZ" | "DATE" => "text",
        "INTEGER" | "BIGINT" | "BOOLEAN" => "number",
        other => panic!("a type that no list names: {other}"),
    }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(").replace(" )", ")")
}

/// Statements of a file: a body in dollars is one.
fn statements(sql: &str) -> Vec<String> {
    let lines: Vec<&str> = sql.lines().map(|l| l.split("--").next().unwrap_or_default()).collect();
    let (mut found, mut current, mut dollars, mut begin) = (Vec::new(), String::new(), false, false);
    for line in lines {
        dollars ^= line.matches("$$").count() % 2 == 1;
        begin |= line.trim_start().starts_with("BEGIN ") && !dollars;
        current.push_str(line);
        current.push('\n');
        if line.trim_end().ends_with(';') && !dollars && (!begin || line.contains("END;")) {
            found.push(squeeze(current.trim().trim_end_matches(';')));
            current.clear();
            begin = false;
        }
    }
    assert_eq!(current.trim(), "");
    found
}

/// Cuts at the commas that stand outside brackets.
fn parts(list: &str) -> Vec<String> {
    let (mut depth, mut found, mut current) = (0, Vec::new(), String::new());
    for c in list.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if c == ',' && depth == 0 {
            found.push(current.trim().to_owned());
            current.clear();
        } else {
            current.push(c);
        }
    }
    found.push(current.trim().to_owned());
    found
}

/// What stands in the brackets that open after a word.
fn bracketed<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let from = text.find(word)? + word.len();
    let rest = text[from..].trim_start().strip_prefix('(')?;
    let mut depth = 1;
    let end = rest.char_indices().find(|(_, c)| {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        depth == 0
    })?;
    Some(&rest[..end.0])
}

impl Schema {
    fn parse(files: &[&str]) -> Self {
        let mut schema = Self::default();
        for statement in files.iter().flat_map(|f| statements(f)) {
            if statement.starts_with("INSERT INTO ")
                || statement.starts_with("UPDATE ")
                || statement.contains(" AS SELECT ")
            {
                // Rows on their way from one table to another.
            } else if let Some(table) = statement.strip_prefix("DROP TABLE ") {
                schema.drop_table(table);
            } else if let Some(change) = statement.strip_prefix("ALTER TABLE ") {
                let (table, column) = change.split_once(" ADD COLUMN ").expect("only columns are added");
                schema.column(table, column);
            } else if let Some(table) = statement.strip_prefix("CREATE TABLE ") {
                schema.table(table);
            } else if statement.starts_with("CREATE INDEX ") || statement.starts_with("CREATE UNIQUE INDEX ") {
                let (name, on) = statement.split_once(" ON ").unwrap();
                schema.indexes.insert(name.to_owned(), on.to_owned());
            } else if let Some(name) = statement.strip_prefix("DROP INDEX ") {
                schema.indexes.remove(&format!("CREATE INDEX {name}")).unwrap();
            } else if statement.starts_with("CREATE TRIGGER ") {
                let table = statement.split(" ON ").nth(1).unwrap().split(' ').next().unwrap();
                schema.guarded.insert(table.to_owned());
            } else {
                assert!(statement.starts_with("CREATE FUNCTION "), "a statement that nobody compares: {statement}");
            }
        }
        schema
    }

    fn drop_table(&mut self, table: &str) {
        self.columns.retain(|column, _| !column.starts_with(&format!("{table}.")));
        self.keys.retain(|key| !key.starts_with(&format!("{table} ")));
        self.indexes.retain(|_, on| !on.starts_with(&format!("{table} ")));
        self.checks.retain(|check| !check.starts_with(&format!("{table}: ")));
    }

    fn table(&mut self, text: &str) {
        let name = text.split(' ').next().unwrap().to_owned();
        for part in parts(bracketed(text, &name).unwrap()) {
            if let Some(columns) = part.strip_prefix("UNIQUE ").or_else(|| part.strip_prefix("PRIMARY KEY ")) {
                self.keys.insert(format!("{name} {}", columns.trim_matches(['(', ')'])));
            } else if let Some(check) = bracketed(&part, "CHECK").filter(|_| part.starts_with("CHECK")) {
                self.checks.insert(format!("{name}: {check}"));
            } else {
                self.column(&name, &part);
            }
        }
    }

    fn column(&mut self, table: &str, text: &str) {
        let mut words = text.split(' ');
        let (name, written) = (words.next().unwrap(), words.next().unwrap());
        let primary = text.contains("PRIMARY KEY");
        if primary || text.contains(" UNIQUE") {
            self.keys.insert(format!("{table} {name}"));
        }
        if let Some(check) = bracketed(text, "CHECK").filter(|c| *c != format!("{name} IN (0, 1)")) {
            self.checks.insert(format!("{table}: {check}"));
        }
        let refers_to = text.split_once("REFERENCES ").map(|(_, to)| to.to_owned());
        let column = Column { kind: kind(written), required: primary || text.contains("NOT NULL"), refers_to };
        self.columns.insert(format!("{table}.{name}"), column);
    }
}

#[test]
fn both_folders_of_migrations_describe_one_schema() {
    let (sqlite, postgres) = (Schema::parse(SQLITE), Schema::parse(POSTGRES));
    assert!(sqlite.columns.len() > 100 && sqlite.indexes.len() > 20 && sqlite.checks.len() > 10, "they are read");
    assert_eq!(sqlite.columns, postgres.columns);
    assert_eq!(sqlite.keys, postgres.keys);
    assert_eq!(sqlite.indexes, postgres.indexes);
    assert_eq!(sqlite.checks, postgres.checks);
    assert_eq!(sqlite.guarded, postgres.guarded);
}

#[test]
fn every_number_that_is_a_boolean_says_so_on_sqlite() {
    let booleans = |files: &[&str], sign: &str| {
        let lines = files.iter().flat_map(|f| f.lines()).filter(|l| l.contains(sign));
        lines.map(|l| l.split_whitespace().next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(booleans(SQLITE, "IN (0, 1)"), booleans(POSTGRES, "BOOLEAN"));
}

/// Table, column, whether it is required: what the live catalogue says.
async fn live_columns(base: &TestBase) -> BTreeMap<String, bool> {
    let mut found = BTreeMap::new();
    let mut databases = vec![Brut::main(base).await];
    if databases[0].is_sqlite() {
        databases.push(Brut::journal(base).await);
    }
    for db in &mut databases {
        let sql = if db.is_sqlite() {
            "SELECT t.name || '.' || c.name, CASE WHEN c.\"notnull\" OR c.pk > 0 THEN '1' ELSE '0' END \
             FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'"
        } else {
            "SELECT table_name || '.' || column_name, CASE WHEN is_nullable = 'NO' THEN '1' ELSE '0' END \
             FROM information_schema.columns WHERE table_schema = 'public'"
        };
        let rows = db.texts(sql).await.into_iter().filter(|r| !r[0].starts_with("_sqlx"));
        found.extend(rows.map(|r| (r[0].clone(), r[1] == "1")));
    }
    found
}

/// Name of each index that the migrations make, with its table and columns.
async fn live_indexes(base: &TestBase) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut databases = vec![Brut::main(base).await];
    if databases[0].is_sqlite() {
        databases.push(Brut::journal(base).await);
    }
    for db in &mut databases {
        let sql = if db.is_sqlite() {
            "SELECT i.name, i.tbl_name || ' ' || group_concat(x.name || CASE x.desc WHEN 1 THEN ' DESC' ELSE '' END, ', ') \
             FROM sqlite_master i, pragma_index_xinfo(i.name) x WHERE i.type = 'index' AND i.sql IS NOT NULL AND x.key = 1 \
             GROUP BY i.name"
        } else {
            "SELECT c.relname::text, t.relname::text || ' ' || string_agg(pg_get_indexdef(i.indexrelid, k.n, true) || \
             CASE WHEN (i.indoption[k.n - 1] & 1) = 1 THEN ' DESC' ELSE '' END, ', ' ORDER BY k.n) \
             FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid \
             CROSS JOIN LATERAL generate_series(1, i.indnkeyatts::int) AS k(n) \
             WHERE t.relnamespace = 'public'::regnamespace AND NOT EXISTS \
             (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u')) GROUP BY 1, t.relname"
        };
        found.extend(db.texts(sql).await.into_iter().map(|r| (r[0].clone(), r[1].clone())));
    }
    found
}

#[tokio::test]
async fn the_live_database_has_the_schema_of_the_other_folder() {
    let base = TestBase::new().await;
    let store = base.store().await;
    let sqlite = matches!(base.database, store::Database::Sqlite(_));
    let other = if sqlite { Schema::parse(POSTGRES) } else { Schema::parse(SQLITE) };
    let expected: BTreeMap<String, bool> = other.columns.into_iter().map(|(n, c)| (n, c.required)).collect();
    assert_eq!(live_columns(&base).await, expected);
    let plain = |on: &str| on.split(" WHERE ").next().unwrap().replace(['(', ')'], "");
    let name = |create: &str| create.rsplit(' ').next().unwrap().to_owned();
    let expected: BTreeMap<String, String> = other.indexes.iter().map(|(n, on)| (name(n), plain(on))).collect();
    assert_eq!(live_indexes(&base).await, expected);
    store.close().await.unwrap();
}

/// Values of enumerations as the domain has them: a CHECK that lacks one would refuse a state at its first use.
#[test]
fn enumerations_of_the_schema_are_those_of_the_domain() {
    let schema = Schema::parse(SQLITE);
    let listed = |table: &str, column: &str| -> BTreeSet<String> {
        let wanted = format!("{table}: {column} IN (");
        let check = schema.checks.iter().find_map(|c| c.strip_prefix(&wanted)).unwrap_or_else(|| panic!("{wanted}"));
        check.trim_end_matches(')').split(',').map(|v| v.trim().trim_matches('\'').to_owned()).collect()
    };
    let owned = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<BTreeSet<_>>();
    use domain::{
        caisse::TypeDeCaisse,
        compte::{CoteInactif, Profil, RaisonInactif},
        demande::{Etat, Issue, MotifComplement, Sorte},
        preuve::Nature,
    };
    let filed = Etat::TOUS.into_iter().filter(|e| *e != Etat::Brouillon).map(Etat::code).collect::<Vec<_>>();
    assert_eq!(listed("demande", "etat"), owned(&filed));
    assert_eq!(listed("demande", "sorte"), owned(&Sorte::TOUTES.map(Sorte::code)));
    assert_eq!(listed("demande", "issue"), owned(&Issue::TOUTES.map(Issue::code)));
    assert_eq!(listed("complement", "motif"), owned(&MotifComplement::TOUS.map(MotifComplement::code)));
    assert_eq!(listed("compte", "raison_inactif"), owned(&RaisonInactif::TOUTES.map(RaisonInactif::code)));
    assert_eq!(listed("compte", "cote_inactif"), owned(&CoteInactif::TOUS.map(CoteInactif::code)));
    assert_eq!(listed("preuve", "nature"), owned(&Nature::TOUTES.map(Nature::code)));
    use domain::convention::{NatureLettre, PapierVise, Role, SuiteFin};
    use store::convention::{Marque, NatureActe};
    let all = |codes: Vec<&str>| owned(&codes);
    assert_eq!(listed("convention_lettre", "papier"), all(PapierVise::TOUS.iter().map(|v| v.code()).collect()));
    assert_eq!(listed("convention_lettre", "nature"), all(NatureLettre::TOUS.iter().map(|v| v.code()).collect()));
    assert_eq!(listed("convention_lettre", "par"), all(Role::TOUS.iter().map(|v| v.code()).collect()));
    assert_eq!(listed("convention_suite", "suite"), all(SuiteFin::TOUS.iter().map(|v| v.code()).collect()));
    assert_eq!(listed("convention_acte", "nature"), owned(&NatureActe::TOUTES.map(NatureActe::code)));
    assert_eq!(listed("convention_marque", "nature"), owned(&Marque::TOUTES.map(Marque::code)));
    assert_eq!(listed("compte", "profil"), owned(&Profil::TOUS.map(Profil::code)));
    use domain::habilitation::{Decision, EtatDemarche, EtatRevue, MotifRevue, NatureDemarche, VoieDemarche};
    assert_eq!(listed("demarche", "nature"), owned(&NatureDemarche::TOUTES.map(NatureDemarche::code)));
    assert_eq!(listed("demarche", "voie"), owned(&VoieDemarche::TOUTES.map(VoieDemarche::code)));
    assert_eq!(listed("demarche", "etat"), owned(&EtatDemarche::TOUS.map(EtatDemarche::code)));
    assert_eq!(listed("revue", "motif"), MotifRevue::TOUS.iter().map(|m| m.code().to_owned()).collect());
    assert_eq!(listed("revue", "etat"), EtatRevue::TOUS.iter().map(|e| e.code().to_owned()).collect());
    assert_eq!(listed("revue_ligne", "decision"), Decision::TOUS.iter().map(|d| d.code().to_owned()).collect());
    assert_eq!(listed("caisse", "type_de_caisse"), owned(&TypeDeCaisse::TOUS.map(TypeDeCaisse::sigle)));
}
