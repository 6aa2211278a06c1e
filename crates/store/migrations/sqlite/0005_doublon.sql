-- Fingerprints of persons, for the duplicate warning (DE-9); index of an author's own latest demandes.

CREATE TABLE demande_empreinte (
  empreinte BLOB NOT NULL,
  demande_id BLOB NOT NULL REFERENCES demande (id),
  PRIMARY KEY (empreinte, demande_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX demande_empreinte_demande ON demande_empreinte (demande_id);

CREATE INDEX demande_auteur ON demande (partenaire_id, auteur_id, transmise_le DESC, id DESC);
