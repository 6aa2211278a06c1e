-- Sheets, cuts, threads between référents, news, files of conventions.

ALTER TABLE partenaire ADD COLUMN siret TEXT;
ALTER TABLE partenaire ADD COLUMN recherche TEXT;
CREATE UNIQUE INDEX partenaire_siret ON partenaire (siret) WHERE siret IS NOT NULL;
CREATE INDEX partenaire_nom ON partenaire (nom_court, id);

CREATE TABLE fiche_changement (
  id BLOB NOT NULL PRIMARY KEY,
  convention_id BLOB NOT NULL REFERENCES convention (id),
  partie TEXT NOT NULL CHECK (partie IN ('caisse','carsat','partenaire','union')),
  objet TEXT NOT NULL CHECK (objet IN ('faits','dpo','interlocuteur')),
  auteur_id BLOB,
  scelle BLOB NOT NULL,
  le TEXT NOT NULL
) STRICT;
CREATE INDEX fiche_changement_convention ON fiche_changement (convention_id, le DESC, id DESC);

CREATE TRIGGER fiche_changement_update BEFORE UPDATE ON fiche_changement
BEGIN SELECT RAISE(ABORT, 'fiche_changement: append only'); END;
CREATE TRIGGER fiche_changement_delete BEFORE DELETE ON fiche_changement
BEGIN SELECT RAISE(ABORT, 'fiche_changement: append only'); END;

CREATE TABLE coupure (
  id BLOB NOT NULL PRIMARY KEY,
  convention_id BLOB NOT NULL REFERENCES convention (id),
  partenaire_id BLOB NOT NULL REFERENCES partenaire (id),
  caisse_id BLOB NOT NULL REFERENCES caisse (id),
  auteur_id BLOB NOT NULL REFERENCES compte (id),
  scelle BLOB NOT NULL,
  le TEXT NOT NULL,
  recue_le TEXT,
  levee_le TEXT,
  levee_par BLOB,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX coupure_partenaire ON coupure (partenaire_id, le DESC, id DESC);
CREATE UNIQUE INDEX coupure_en_cours ON coupure (convention_id) WHERE levee_le IS NULL;

CREATE TABLE echange (
  id BLOB NOT NULL PRIMARY KEY,
  convention_id BLOB NOT NULL REFERENCES convention (id),
  auteur_id BLOB NOT NULL REFERENCES compte (id),
  cote TEXT NOT NULL CHECK (cote IN ('caisse','partenaire')),
  scelle BLOB NOT NULL,
  le TEXT NOT NULL
) STRICT;
CREATE INDEX echange_convention ON echange (convention_id, le DESC, id DESC);

CREATE TABLE echange_lu (
  compte_id BLOB NOT NULL REFERENCES compte (id),
  convention_id BLOB NOT NULL REFERENCES convention (id),
  lu_le TEXT NOT NULL,
  PRIMARY KEY (compte_id, convention_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE actualite (
  id BLOB NOT NULL PRIMARY KEY,
  caisse_id BLOB NOT NULL REFERENCES caisse (id),
  auteur_id BLOB NOT NULL REFERENCES compte (id),
  titre TEXT NOT NULL,
  texte TEXT NOT NULL,
  le TEXT NOT NULL,
  jusqu_au TEXT,
  retiree_le TEXT
) STRICT;
CREATE INDEX actualite_caisse ON actualite (caisse_id, le DESC, id DESC);

CREATE TABLE actualite_lue (
  compte_id BLOB NOT NULL REFERENCES compte (id),
  actualite_id BLOB NOT NULL REFERENCES actualite (id),
  lue_le TEXT NOT NULL,
  PRIMARY KEY (compte_id, actualite_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE piece_convention (
  id BLOB NOT NULL PRIMARY KEY,
  convention_id BLOB NOT NULL REFERENCES convention (id),
  sorte TEXT NOT NULL CHECK (sorte IN ('metier','utilisation','deliberation','avenant','preuve','autre')),
  auteur_id BLOB NOT NULL REFERENCES compte (id),
  scelle BLOB NOT NULL,
  cle BLOB,
  etat TEXT NOT NULL CHECK (etat IN ('quarantaine','saine','infectee','illisible')),
  recue_le TEXT NOT NULL,
  essayee_le TEXT NOT NULL,
  analysee_le TEXT,
  version INTEGER NOT NULL,
  CHECK ((cle IS NULL) = (etat IN ('infectee','illisible'))),
  CHECK ((analysee_le IS NULL) = (etat = 'quarantaine'))
) STRICT;
CREATE INDEX piece_convention_convention ON piece_convention (convention_id, recue_le DESC, id DESC);
CREATE INDEX piece_convention_attente ON piece_convention (essayee_le, id) WHERE etat = 'quarantaine';
