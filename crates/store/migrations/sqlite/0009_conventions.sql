-- The life of a convention: letters, versions, acts, what was already told or done, how what is open goes on.

ALTER TABLE convention ADD COLUMN a_suivre_le TEXT;
CREATE INDEX convention_a_suivre ON convention (a_suivre_le, id);

CREATE TABLE convention_lettre (
  id BLOB NOT NULL PRIMARY KEY,
  convention_id BLOB NOT NULL REFERENCES convention (id),
  papier TEXT NOT NULL CHECK (papier IN ('metier','utilisation')),
  nature TEXT NOT NULL CHECK (nature IN ('mise_en_demeure','seconde_lettre','denonciation')),
  par TEXT NOT NULL CHECK (par IN ('caisse','carsat','partenaire','union')),
  envoyee_le TEXT NOT NULL,
  recue_le TEXT,
  reparee_le TEXT,
  scelle BLOB NOT NULL,
  saisie_par BLOB,
  saisie_le TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX convention_lettre_convention ON convention_lettre (convention_id, envoyee_le, id);

CREATE TABLE convention_version (
  id BLOB NOT NULL PRIMARY KEY,
  convention_id BLOB NOT NULL REFERENCES convention (id),
  numero INTEGER NOT NULL CHECK (numero > 0),
  objet TEXT NOT NULL,
  effet_le TEXT NOT NULL,
  signatures TEXT NOT NULL,
  changements TEXT,
  document TEXT,
  auteur_id BLOB,
  enregistree_le TEXT NOT NULL,
  appliquee_le TEXT,
  UNIQUE (convention_id, numero)
) STRICT;

CREATE TABLE convention_acte (
  id BLOB NOT NULL PRIMARY KEY,
  convention_id BLOB NOT NULL REFERENCES convention (id),
  nature TEXT NOT NULL CHECK (nature IN ('activation','fonction_ouverte','fonction_fermee','complement','avenant','avenant_applique','lettre','reception','reparation','fin','fin_effective','comptes_inactives','renouvellement','evaluation','rappel','suite')),
  objet TEXT NOT NULL,
  jour TEXT,
  auteur_id BLOB,
  le TEXT NOT NULL,
  scelle BLOB NOT NULL
) STRICT;
CREATE INDEX convention_acte_convention ON convention_acte (convention_id, id DESC);

CREATE TABLE convention_marque (
  convention_id BLOB NOT NULL REFERENCES convention (id),
  nature TEXT NOT NULL CHECK (nature IN ('terme_90','terme_30','terme_7','ouverture_30','ouverture_7','cloture_7','renouvellement','evaluation','fin','avenant')),
  pour TEXT NOT NULL,
  rang INTEGER NOT NULL,
  le TEXT NOT NULL,
  PRIMARY KEY (convention_id, nature, pour, rang)
) STRICT, WITHOUT ROWID;

CREATE TABLE convention_suite (
  id BLOB NOT NULL PRIMARY KEY,
  convention_id BLOB NOT NULL REFERENCES convention (id),
  reference TEXT NOT NULL,
  suite TEXT NOT NULL CHECK (suite IN ('terminee_par_la_caisse','reponse_a_la_personne','autre_partenaire','personne_avertie','sans_objet')),
  auteur_id BLOB,
  le TEXT NOT NULL,
  scelle BLOB NOT NULL,
  UNIQUE (convention_id, reference)
) STRICT;
