-- The life of a compte after its opening; proofs that are records of their own.

ALTER TABLE compte ADD COLUMN inactif_le TIMESTAMPTZ;
ALTER TABLE compte ADD COLUMN raison_inactif TEXT CHECK (raison_inactif IN ('gestionnaire','caisse','signalement','fin_convention','revue','depart','exclusion'));
ALTER TABLE compte ADD COLUMN cote_inactif TEXT CHECK (cote_inactif IN ('partenaire','caisse','systeme'));
ALTER TABLE compte ADD COLUMN supprimer_le TIMESTAMPTZ;
ALTER TABLE compte ADD COLUMN derniere_connexion_le TIMESTAMPTZ;
ALTER TABLE compte ADD COLUMN gestionnaire_id UUID;
ALTER TABLE compte ADD COLUMN efface_le TIMESTAMPTZ;
CREATE INDEX compte_suppression ON compte (supprimer_le) WHERE supprimer_le IS NOT NULL AND efface_le IS NULL;

CREATE TABLE preuve (
  id UUID NOT NULL PRIMARY KEY,
  nature TEXT NOT NULL CHECK (nature IN ('attestation','revue','notice','lettre','decision','signalement','avenant','activation','resiliation','habilitation','changement','depart','union','derogation','annonce')),
  le TIMESTAMPTZ NOT NULL,
  caisse_id UUID REFERENCES caisse (id),
  partenaire_id UUID REFERENCES partenaire (id),
  convention_id UUID REFERENCES convention (id),
  compte_id UUID,
  auteur_id UUID,
  scelle BYTEA NOT NULL
);
CREATE INDEX preuve_caisse ON preuve (caisse_id, le DESC, id DESC);
CREATE INDEX preuve_partenaire ON preuve (partenaire_id, le DESC, id DESC);

CREATE TRIGGER preuve_append BEFORE UPDATE OR DELETE ON preuve FOR EACH ROW EXECUTE FUNCTION ajout_seulement();
CREATE TRIGGER preuve_truncate BEFORE TRUNCATE ON preuve FOR EACH STATEMENT EXECUTE FUNCTION ajout_seulement();
