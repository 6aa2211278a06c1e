-- The journal's own file on SQLite: rows of reads, and the chain over both kinds of rows.

CREATE TABLE journal_lecture (
  numero INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE,
  le TEXT NOT NULL,
  requete TEXT NOT NULL,
  acteur TEXT NOT NULL,
  compte_id BLOB,
  action TEXT NOT NULL,
  objet TEXT NOT NULL,
  objet_id TEXT,
  caisse_id BLOB,
  partenaire_id BLOB,
  adresse TEXT,
  resultat TEXT NOT NULL CHECK (resultat IN ('fait','refus')),
  details TEXT NOT NULL
) STRICT;
CREATE INDEX journal_lecture_compte ON journal_lecture (compte_id, numero);
CREATE INDEX journal_lecture_objet ON journal_lecture (objet, objet_id, numero);

CREATE TABLE journal_chaine (
  sequence INTEGER NOT NULL PRIMARY KEY,
  source TEXT NOT NULL CHECK (source IN ('ecriture','lecture')),
  numero INTEGER NOT NULL,
  empreinte BLOB NOT NULL,
  scelle_le TEXT NOT NULL,
  UNIQUE (source, numero)
) STRICT;

CREATE TRIGGER journal_lecture_update BEFORE UPDATE ON journal_lecture
BEGIN SELECT RAISE(ABORT, 'journal: append only'); END;
CREATE TRIGGER journal_lecture_delete BEFORE DELETE ON journal_lecture
BEGIN SELECT RAISE(ABORT, 'journal: append only'); END;
CREATE TRIGGER journal_chaine_update BEFORE UPDATE ON journal_chaine
BEGIN SELECT RAISE(ABORT, 'journal: append only'); END;
CREATE TRIGGER journal_chaine_delete BEFORE DELETE ON journal_chaine
BEGIN SELECT RAISE(ABORT, 'journal: append only'); END;
