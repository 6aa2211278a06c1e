-- The life of a compte after its opening; proofs that are records of their own.

ALTER TABLE compte ADD COLUMN inactif_le TEXT;
ALTER TABLE compte ADD COLUMN raison_inactif TEXT CHECK (raison_inactif IN ('gestionnaire','caisse','signalement','fin_convention','revue','depart','exclusion'));
ALTER TABLE compte ADD COLUMN cote_inactif TEXT CHECK (cote_inactif IN ('partenaire','caisse','systeme'));
ALTER TABLE compte ADD COLUMN supprimer_le TEXT;
ALTER TABLE compte ADD COLUMN derniere_connexion_le TEXT;
ALTER TABLE compte ADD COLUMN gestionnaire_id BLOB;
ALTER TABLE compte ADD COLUMN efface_le TEXT;
CREATE INDEX compte_suppression ON compte (supprimer_le) WHERE supprimer_le IS NOT NULL AND efface_le IS NULL;

CREATE TABLE preuve (
  id BLOB NOT NULL PRIMARY KEY,
  nature TEXT NOT NULL CHECK (nature IN ('attestation','revue','notice','lettre','decision','signalement','avenant','activation','resiliation','habilitation','changement','depart','union','derogation','annonce')),
  le TEXT NOT NULL,
  caisse_id BLOB REFERENCES caisse (id),
  partenaire_id BLOB REFERENCES partenaire (id),
  convention_id BLOB REFERENCES convention (id),
  compte_id BLOB,
  auteur_id BLOB,
  scelle BLOB NOT NULL
) STRICT;
CREATE INDEX preuve_caisse ON preuve (caisse_id, le DESC, id DESC);
CREATE INDEX preuve_partenaire ON preuve (partenaire_id, le DESC, id DESC);

CREATE TRIGGER preuve_update BEFORE UPDATE ON preuve
BEGIN SELECT RAISE(ABORT, 'preuve: append only'); END;
CREATE TRIGGER preuve_delete BEFORE DELETE ON preuve
BEGIN SELECT RAISE(ABORT, 'preuve: append only'); END;
