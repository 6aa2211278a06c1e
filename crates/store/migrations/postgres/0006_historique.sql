-- History: an index for each filter that may leave a few rows out of many; that of the author is there (demande_auteur).
-- Search by name: the blind index holds the order of the list for a structure, a service and a whole caisse, so that a page
-- reads what it shows however common the name.

CREATE INDEX demande_historique_etat ON demande (partenaire_id, etat, transmise_le DESC, id DESC);
CREATE INDEX demande_historique_sorte ON demande (partenaire_id, sorte, transmise_le DESC, id DESC);

CREATE TABLE demande_nom_avant AS SELECT jeton, demande_id FROM demande_nom;
DROP TABLE demande_nom;

CREATE TABLE demande_nom (
  jeton BYTEA NOT NULL,
  partenaire_id UUID NOT NULL,
  service_id UUID NOT NULL,
  transmise_le TIMESTAMPTZ NOT NULL,
  demande_id UUID NOT NULL REFERENCES demande (id),
  PRIMARY KEY (jeton, partenaire_id, transmise_le, demande_id)
);
CREATE INDEX demande_nom_demande ON demande_nom (demande_id);
CREATE INDEX demande_nom_service ON demande_nom (jeton, service_id, transmise_le, demande_id);
CREATE INDEX demande_nom_caisse ON demande_nom (jeton, transmise_le, demande_id);

INSERT INTO demande_nom (jeton, partenaire_id, service_id, transmise_le, demande_id)
SELECT avant.jeton, demande.partenaire_id, demande.service_id, demande.transmise_le, demande.id
FROM demande_nom_avant AS avant JOIN demande ON demande.id = avant.demande_id;
DROP TABLE demande_nom_avant;
