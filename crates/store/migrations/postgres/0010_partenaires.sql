-- Sheets, cuts, threads between référents, news, files of conventions.

ALTER TABLE partenaire ADD COLUMN siret TEXT;
ALTER TABLE partenaire ADD COLUMN recherche TEXT;
CREATE UNIQUE INDEX partenaire_siret ON partenaire (siret) WHERE siret IS NOT NULL;
CREATE INDEX partenaire_nom ON partenaire (nom_court, id);

CREATE TABLE fiche_changement (
  id UUID NOT NULL PRIMARY KEY,
  convention_id UUID NOT NULL REFERENCES convention (id),
  partie TEXT NOT NULL CHECK (partie IN ('caisse','carsat','partenaire','union')),
  objet TEXT NOT NULL CHECK (objet IN ('faits','dpo','interlocuteur')),
  auteur_id UUID,
  scelle BYTEA NOT NULL,
  le TIMESTAMPTZ NOT NULL
);
CREATE INDEX fiche_changement_convention ON fiche_changement (convention_id, le DESC, id DESC);

CREATE TRIGGER fiche_changement_append BEFORE UPDATE OR DELETE ON fiche_changement FOR EACH ROW EXECUTE FUNCTION ajout_seulement();
CREATE TRIGGER fiche_changement_truncate BEFORE TRUNCATE ON fiche_changement FOR EACH STATEMENT EXECUTE FUNCTION ajout_seulement();

CREATE TABLE coupure (
  id UUID NOT NULL PRIMARY KEY,
  convention_id UUID NOT NULL REFERENCES convention (id),
  partenaire_id UUID NOT NULL REFERENCES partenaire (id),
  caisse_id UUID NOT NULL REFERENCES caisse (id),
  auteur_id UUID NOT NULL REFERENCES compte (id),
  scelle BYTEA NOT NULL,
  le TIMESTAMPTZ NOT NULL,
  recue_le DATE,
  levee_le TIMESTAMPTZ,
  levee_par UUID,
  version BIGINT NOT NULL
);
CREATE INDEX coupure_partenaire ON coupure (partenaire_id, le DESC, id DESC);
CREATE UNIQUE INDEX coupure_en_cours ON coupure (convention_id) WHERE levee_le IS NULL;

CREATE TABLE echange (
  id UUID NOT NULL PRIMARY KEY,
  convention_id UUID NOT NULL REFERENCES convention (id),
  auteur_id UUID NOT NULL REFERENCES compte (id),
  cote TEXT NOT NULL CHECK (cote IN ('caisse','partenaire')),
  scelle BYTEA NOT NULL,
  le TIMESTAMPTZ NOT NULL
);
CREATE INDEX echange_convention ON echange (convention_id, le DESC, id DESC);

CREATE TABLE echange_lu (
  compte_id UUID NOT NULL REFERENCES compte (id),
  convention_id UUID NOT NULL REFERENCES convention (id),
  lu_le TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (compte_id, convention_id)
);

CREATE TABLE actualite (
  id UUID NOT NULL PRIMARY KEY,
  caisse_id UUID NOT NULL REFERENCES caisse (id),
  auteur_id UUID NOT NULL REFERENCES compte (id),
  titre TEXT NOT NULL,
  texte TEXT NOT NULL,
  le TIMESTAMPTZ NOT NULL,
  jusqu_au DATE,
  retiree_le TIMESTAMPTZ
);
CREATE INDEX actualite_caisse ON actualite (caisse_id, le DESC, id DESC);

CREATE TABLE actualite_lue (
  compte_id UUID NOT NULL REFERENCES compte (id),
  actualite_id UUID NOT NULL REFERENCES actualite (id),
  lue_le TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (compte_id, actualite_id)
);

CREATE TABLE piece_convention (
  id UUID NOT NULL PRIMARY KEY,
  convention_id UUID NOT NULL REFERENCES convention (id),
  sorte TEXT NOT NULL CHECK (sorte IN ('metier','utilisation','deliberation','avenant','preuve','autre')),
  auteur_id UUID NOT NULL REFERENCES compte (id),
  scelle BYTEA NOT NULL,
  cle BYTEA,
  etat TEXT NOT NULL CHECK (etat IN ('quarantaine','saine','infectee','illisible')),
  recue_le TIMESTAMPTZ NOT NULL,
  essayee_le TIMESTAMPTZ NOT NULL,
  analysee_le TIMESTAMPTZ,
  version BIGINT NOT NULL,
  CHECK ((cle IS NULL) = (etat IN ('infectee','illisible'))),
  CHECK ((analysee_le IS NULL) = (etat = 'quarantaine'))
);
CREATE INDEX piece_convention_convention ON piece_convention (convention_id, recue_le DESC, id DESC);
CREATE INDEX piece_convention_attente ON piece_convention (essayee_le, id) WHERE etat = 'quarantaine';
