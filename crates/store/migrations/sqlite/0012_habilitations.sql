-- Tracked forms, the one-time link of the first habilitation, reviews of comptes.

CREATE TABLE demarche (
  id BLOB NOT NULL PRIMARY KEY,
  nature TEXT NOT NULL CHECK (nature IN ('habilitation','changement','depart')),
  voie TEXT NOT NULL CHECK (voie IN ('portail','lien','papier')),
  etat TEXT NOT NULL CHECK (etat IN ('recue','acceptee','faite','refusee','retiree')),
  partenaire_id BLOB NOT NULL REFERENCES partenaire (id),
  caisse_id BLOB NOT NULL REFERENCES caisse (id),
  convention_id BLOB NOT NULL REFERENCES convention (id),
  compte_id BLOB REFERENCES compte (id),
  auteur_id BLOB REFERENCES compte (id),
  recue_le TEXT NOT NULL,
  rang TEXT NOT NULL,
  souhaite_le TEXT,
  scelle BLOB NOT NULL,
  decidee_le TEXT,
  decidee_par BLOB REFERENCES compte (id),
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX demarche_caisse ON demarche (caisse_id, etat, rang, id);
CREATE INDEX demarche_caisse_recue ON demarche (caisse_id, recue_le DESC, id DESC);
CREATE INDEX demarche_partenaire ON demarche (partenaire_id, recue_le DESC, id DESC);
CREATE INDEX demarche_depart ON demarche (souhaite_le, id) WHERE etat = 'acceptee';
CREATE UNIQUE INDEX demarche_ouverte ON demarche (compte_id, nature) WHERE compte_id IS NOT NULL AND etat IN ('recue','acceptee');

CREATE TABLE lien_habilitation (
  empreinte BLOB NOT NULL PRIMARY KEY,
  convention_id BLOB NOT NULL REFERENCES convention (id),
  caisse_id BLOB NOT NULL REFERENCES caisse (id),
  partenaire_id BLOB NOT NULL REFERENCES partenaire (id),
  envoye_par BLOB NOT NULL REFERENCES compte (id),
  cree_le TEXT NOT NULL,
  expire_le TEXT NOT NULL,
  utilise_le TEXT
) STRICT;
CREATE INDEX lien_habilitation_convention ON lien_habilitation (convention_id, cree_le);
CREATE INDEX lien_habilitation_expire ON lien_habilitation (expire_le);

CREATE TABLE revue (
  id BLOB NOT NULL PRIMARY KEY,
  caisse_id BLOB NOT NULL REFERENCES caisse (id),
  partenaire_id BLOB REFERENCES partenaire (id),
  convention_id BLOB REFERENCES convention (id),
  motif TEXT NOT NULL CHECK (motif IN ('periodique','caisse','gestionnaire')),
  etat TEXT NOT NULL CHECK (etat IN ('ouverte','attestee')),
  ouverte_le TEXT NOT NULL,
  ouverte_par BLOB REFERENCES compte (id),
  echeance TEXT NOT NULL,
  rappels INTEGER NOT NULL,
  attestee_le TEXT,
  attestee_par BLOB REFERENCES compte (id),
  preuve_id BLOB REFERENCES preuve (id),
  version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX revue_ouverte ON revue (convention_id) WHERE etat = 'ouverte' AND convention_id IS NOT NULL;
CREATE UNIQUE INDEX revue_ouverte_caisse ON revue (caisse_id) WHERE etat = 'ouverte' AND convention_id IS NULL;
CREATE INDEX revue_caisse ON revue (caisse_id, etat, echeance, id);
CREATE INDEX revue_partenaire ON revue (partenaire_id, ouverte_le DESC, id DESC);
CREATE INDEX revue_convention ON revue (convention_id, ouverte_le);
CREATE INDEX revue_echeance ON revue (echeance, id) WHERE etat = 'ouverte';

CREATE TABLE revue_ligne (
  revue_id BLOB NOT NULL REFERENCES revue (id),
  compte_id BLOB NOT NULL REFERENCES compte (id),
  decision TEXT NOT NULL CHECK (decision IN ('conserver','inactiver')),
  PRIMARY KEY (revue_id, compte_id)
) STRICT;
CREATE INDEX revue_ligne_compte ON revue_ligne (compte_id);

CREATE TABLE revue_rythme (
  objet_id BLOB NOT NULL PRIMARY KEY,
  mois INTEGER NOT NULL CHECK (mois BETWEEN 1 AND 12),
  fixe_par BLOB NOT NULL REFERENCES compte (id),
  fixe_le TEXT NOT NULL
) STRICT;

CREATE INDEX compte_gestionnaire ON compte (gestionnaire_id) WHERE gestionnaire_id IS NOT NULL;
CREATE INDEX preuve_partenaire_caisse ON preuve (caisse_id, partenaire_id, le DESC, id DESC);
