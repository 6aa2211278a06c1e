CREATE TABLE complement (
  id UUID NOT NULL PRIMARY KEY,
  demande_id UUID NOT NULL REFERENCES demande (id),
  message_id UUID NOT NULL REFERENCES message (id),
  motif TEXT NOT NULL CHECK (motif IN ('piece_manquante','piece_illisible','information_a_preciser','identite_a_confirmer','accord_ou_mandat','autre')),
  demande_le TIMESTAMPTZ NOT NULL,
  reponse_avant DATE NOT NULL,
  fin_le TIMESTAMPTZ,
  relances BIGINT NOT NULL,
  relance_le TIMESTAMPTZ,
  avis_le TIMESTAMPTZ,
  prochaine_le TIMESTAMPTZ
);
CREATE INDEX complement_demande ON complement (demande_id, demande_le, id);
CREATE INDEX complement_message ON complement (message_id);
CREATE UNIQUE INDEX complement_ouvert ON complement (demande_id) WHERE fin_le IS NULL;
CREATE INDEX complement_prochaine ON complement (prochaine_le, id) WHERE prochaine_le IS NOT NULL;

CREATE TABLE note_interne (
  id UUID NOT NULL PRIMARY KEY,
  demande_id UUID NOT NULL REFERENCES demande (id),
  auteur_id UUID NOT NULL REFERENCES compte (id),
  scelle BYTEA NOT NULL,
  ecrite_le TIMESTAMPTZ NOT NULL
);
CREATE INDEX note_interne_demande ON note_interne (demande_id, ecrite_le, id);

CREATE INDEX demande_terminee ON demande (caisse_id, etat, etat_depuis DESC, id DESC);
CREATE INDEX demande_etat ON demande (etat, etat_depuis, id);
CREATE INDEX demande_partenaire_attente ON demande (partenaire_id, etat, etat_depuis, id);
