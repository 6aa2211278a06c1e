-- Comptes of structures: the place that each holds in its quota, the list of a structure, deletion told beforehand,
-- addresses allowed by the caisse, members declared, new agents told, the age of passwords at a caisse.

ALTER TABLE compte ADD COLUMN place BIGINT;
ALTER TABLE compte ADD COLUMN confirme_le TIMESTAMPTZ;
ALTER TABLE compte ADD COLUMN suppression_annoncee_le TIMESTAMPTZ;
UPDATE compte SET place = (SELECT COUNT(*) FROM compte autre WHERE autre.partenaire_id = compte.partenaire_id AND autre.profil = compte.profil AND autre.etat IN ('invite','actif') AND autre.id <= compte.id) WHERE partenaire_id IS NOT NULL AND etat IN ('invite','actif');
CREATE UNIQUE INDEX compte_place ON compte (partenaire_id, profil, place) WHERE place IS NOT NULL;
CREATE INDEX compte_liste ON compte (partenaire_id, identifiant);
CREATE INDEX preuve_compte ON preuve (compte_id, le DESC, id DESC);

CREATE TABLE derogation (
  id UUID NOT NULL PRIMARY KEY,
  caisse_id UUID NOT NULL REFERENCES caisse (id),
  partenaire_id UUID NOT NULL REFERENCES partenaire (id),
  scelle BYTEA NOT NULL,
  accordee_par UUID NOT NULL,
  accordee_le TIMESTAMPTZ NOT NULL,
  revoquee_par UUID,
  revoquee_le TIMESTAMPTZ
);
CREATE INDEX derogation_partenaire ON derogation (partenaire_id, accordee_le DESC, id DESC);

CREATE TABLE membres (
  id UUID NOT NULL PRIMARY KEY,
  partenaire_id UUID NOT NULL REFERENCES partenaire (id),
  nombre BIGINT NOT NULL CHECK (nombre BETWEEN 1 AND 1000000),
  au DATE NOT NULL,
  declare_par UUID NOT NULL,
  declare_le TIMESTAMPTZ NOT NULL
);
CREATE INDEX membres_partenaire ON membres (partenaire_id, declare_le DESC, id DESC);

CREATE TABLE annonce (
  id UUID NOT NULL PRIMARY KEY,
  partenaire_id UUID NOT NULL REFERENCES partenaire (id),
  caisse_id UUID NOT NULL REFERENCES caisse (id),
  scelle BYTEA NOT NULL,
  annonce_par UUID NOT NULL,
  annonce_le TIMESTAMPTZ NOT NULL,
  traitee_le TIMESTAMPTZ
);
CREATE INDEX annonce_caisse ON annonce (caisse_id, annonce_le DESC, id DESC);
CREATE INDEX annonce_partenaire ON annonce (partenaire_id, annonce_le DESC, id DESC);

CREATE TABLE reglage_compte (
  caisse_id UUID NOT NULL PRIMARY KEY REFERENCES caisse (id),
  jours_partenaire BIGINT CHECK (jours_partenaire BETWEEN 30 AND 730),
  jours_desk BIGINT CHECK (jours_desk BETWEEN 30 AND 730),
  version BIGINT NOT NULL,
  modifie_le TIMESTAMPTZ NOT NULL
);
