-- The life of a convention: letters, versions, acts, what was already told or done, how what is open goes on.

ALTER TABLE convention ADD COLUMN a_suivre_le TIMESTAMPTZ;
CREATE INDEX convention_a_suivre ON convention (a_suivre_le, id);

CREATE TABLE convention_lettre (
  id UUID NOT NULL PRIMARY KEY,
  convention_id UUID NOT NULL REFERENCES convention (id),
  papier TEXT NOT NULL CHECK (papier IN ('metier','utilisation')),
  nature TEXT NOT NULL CHECK (nature IN ('mise_en_demeure','seconde_lettre','denonciation')),
  par TEXT NOT NULL CHECK (par IN ('caisse','carsat','partenaire','union')),
  envoyee_le DATE NOT NULL,
  recue_le DATE,
  reparee_le DATE,
  scelle BYTEA NOT NULL,
  saisie_par UUID,
  saisie_le TIMESTAMPTZ NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX convention_lettre_convention ON convention_lettre (convention_id, envoyee_le, id);

CREATE TABLE convention_version (
  id UUID NOT NULL PRIMARY KEY,
  convention_id UUID NOT NULL REFERENCES convention (id),
  numero BIGINT NOT NULL CHECK (numero > 0),
  objet TEXT NOT NULL,
  effet_le DATE NOT NULL,
  signatures TEXT NOT NULL,
  changements TEXT,
  document TEXT,
  auteur_id UUID,
  enregistree_le TIMESTAMPTZ NOT NULL,
  appliquee_le TIMESTAMPTZ,
  UNIQUE (convention_id, numero)
);

CREATE TABLE convention_acte (
  id UUID NOT NULL PRIMARY KEY,
  convention_id UUID NOT NULL REFERENCES convention (id),
  nature TEXT NOT NULL CHECK (nature IN ('activation','fonction_ouverte','fonction_fermee','complement','avenant','avenant_applique','lettre','reception','reparation','fin','fin_effective','comptes_inactives','renouvellement','evaluation','rappel','suite')),
  objet TEXT NOT NULL,
  jour DATE,
  auteur_id UUID,
  le TIMESTAMPTZ NOT NULL,
  scelle BYTEA NOT NULL
);
CREATE INDEX convention_acte_convention ON convention_acte (convention_id, id DESC);

CREATE TABLE convention_marque (
  convention_id UUID NOT NULL REFERENCES convention (id),
  nature TEXT NOT NULL CHECK (nature IN ('terme_90','terme_30','terme_7','ouverture_30','ouverture_7','cloture_7','renouvellement','evaluation','fin','avenant')),
  pour DATE NOT NULL,
  rang BIGINT NOT NULL,
  le TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (convention_id, nature, pour, rang)
);

CREATE TABLE convention_suite (
  id UUID NOT NULL PRIMARY KEY,
  convention_id UUID NOT NULL REFERENCES convention (id),
  reference TEXT NOT NULL,
  suite TEXT NOT NULL CHECK (suite IN ('terminee_par_la_caisse','reponse_a_la_personne','autre_partenaire','personne_avertie','sans_objet')),
  auteur_id UUID,
  le TIMESTAMPTZ NOT NULL,
  scelle BYTEA NOT NULL,
  UNIQUE (convention_id, reference)
);
