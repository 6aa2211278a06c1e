-- Printed documents as issued, how people want to be told of news, news that wait for the next daily mail,
-- what is to be read.

CREATE TABLE imprime (
  nature TEXT NOT NULL CHECK (nature IN ('accuse')),
  objet_id BLOB NOT NULL,
  pdf BLOB NOT NULL,
  fait_le TEXT NOT NULL,
  PRIMARY KEY (nature, objet_id)
) STRICT;

CREATE TABLE preference (
  compte_id BLOB NOT NULL PRIMARY KEY REFERENCES compte (id),
  rythme TEXT NOT NULL CHECK (rythme IN ('tout_de_suite','par_jour')),
  choisie_le TEXT NOT NULL
) STRICT;

CREATE TABLE avis (
  compte_id BLOB NOT NULL REFERENCES compte (id),
  reference TEXT NOT NULL,
  le TEXT NOT NULL,
  envoi_le TEXT NOT NULL,
  PRIMARY KEY (compte_id, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX avis_envoi ON avis (envoi_le, compte_id);

CREATE INDEX demande_a_lire ON demande (partenaire_id, transmise_le DESC, id DESC) WHERE non_lus_partenaire > 0;
CREATE INDEX demande_a_lire_desk ON demande (agent_id, caisse_id) WHERE non_lus_desk > 0;
