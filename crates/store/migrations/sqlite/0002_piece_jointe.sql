-- Files of drafts and demandes: what is known of each, and its wrapped key. The bytes are in the object store.

CREATE TABLE piece_jointe (
  id BLOB NOT NULL PRIMARY KEY,
  brouillon_id BLOB REFERENCES brouillon (id),
  demande_id BLOB REFERENCES demande (id),
  message_id BLOB REFERENCES message (id),
  auteur_id BLOB NOT NULL REFERENCES compte (id),
  sens TEXT NOT NULL CHECK (sens IN ('entrante','sortante')),
  scelle BLOB NOT NULL,
  cle BLOB,
  etat TEXT NOT NULL CHECK (etat IN ('quarantaine','saine','infectee','illisible')),
  recue_le TEXT NOT NULL,
  essayee_le TEXT NOT NULL,
  analysee_le TEXT,
  version INTEGER NOT NULL,
  CHECK ((brouillon_id IS NULL) <> (demande_id IS NULL)),
  CHECK (message_id IS NULL OR demande_id IS NOT NULL),
  CHECK ((cle IS NULL) = (etat IN ('infectee','illisible'))),
  CHECK ((analysee_le IS NULL) = (etat = 'quarantaine'))
) STRICT;
CREATE INDEX piece_jointe_brouillon ON piece_jointe (brouillon_id, recue_le, id);
CREATE INDEX piece_jointe_demande ON piece_jointe (demande_id, recue_le, id);
CREATE INDEX piece_jointe_attente ON piece_jointe (essayee_le, id) WHERE etat = 'quarantaine';
