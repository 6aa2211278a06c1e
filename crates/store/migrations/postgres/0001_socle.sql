-- Keys, caisses, partenaires, conventions, comptes, demandes, outbox, faits, journal of writes.

CREATE TABLE reglage (
  cle TEXT NOT NULL PRIMARY KEY,
  valeur TEXT NOT NULL
);

CREATE TABLE trousseau (
  portee TEXT NOT NULL PRIMARY KEY,
  cle BYTEA NOT NULL,
  cree_le TIMESTAMPTZ NOT NULL
);

CREATE TABLE caisse (
  id UUID NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  nom TEXT NOT NULL,
  type_de_caisse TEXT NOT NULL CHECK (type_de_caisse IN ('CPAM','CGSS','CSSM','CCSS')),
  departements TEXT NOT NULL,
  zone TEXT NOT NULL CHECK (zone IN ('metropole','alsace-moselle','guadeloupe','martinique','guyane','reunion','mayotte')),
  telephone TEXT,
  courriel TEXT,
  adresse TEXT,
  autre_canal TEXT,
  cree_le TIMESTAMPTZ NOT NULL
);

CREATE TABLE service (
  id UUID NOT NULL PRIMARY KEY,
  caisse_id UUID NOT NULL REFERENCES caisse (id),
  code TEXT NOT NULL,
  nom TEXT NOT NULL,
  telephone TEXT,
  courriel TEXT,
  adresse TEXT,
  delai_jours BIGINT NOT NULL CHECK (delai_jours BETWEEN 1 AND 365),
  UNIQUE (caisse_id, code)
);

CREATE TABLE partenaire (
  id UUID NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  nom TEXT NOT NULL,
  nom_court TEXT NOT NULL,
  departement TEXT,
  cree_le TIMESTAMPTZ NOT NULL
);

CREATE TABLE convention (
  id UUID NOT NULL PRIMARY KEY,
  cle TEXT NOT NULL UNIQUE,
  caisse_id UUID NOT NULL REFERENCES caisse (id),
  partenaire_id UUID NOT NULL REFERENCES partenaire (id),
  document TEXT NOT NULL,
  actes TEXT NOT NULL,
  version BIGINT NOT NULL,
  cree_le TIMESTAMPTZ NOT NULL,
  modifiee_le TIMESTAMPTZ NOT NULL
);
CREATE INDEX convention_partenaire ON convention (partenaire_id);
CREATE INDEX convention_caisse ON convention (caisse_id);

CREATE TABLE compte (
  id UUID NOT NULL PRIMARY KEY,
  identifiant TEXT NOT NULL UNIQUE,
  profil TEXT NOT NULL CHECK (profil IN ('gestionnaire','technicien','agent','superviseur','referent','responsable','dpo','administrateur_local','administrateur_national','support')),
  partenaire_id UUID REFERENCES partenaire (id),
  caisse_id UUID REFERENCES caisse (id),
  etat TEXT NOT NULL CHECK (etat IN ('invite','actif','inactif','exclu')),
  scelle BYTEA NOT NULL,
  courriel_index BYTEA NOT NULL,
  mot_de_passe TEXT,
  mot_de_passe_le TIMESTAMPTZ,
  totp BYTEA,
  totp_pas BIGINT,
  version BIGINT NOT NULL,
  cree_le TIMESTAMPTZ NOT NULL,
  CHECK (partenaire_id IS NULL OR caisse_id IS NULL),
  UNIQUE (courriel_index, profil)
);
CREATE INDEX compte_partenaire ON compte (partenaire_id, profil, etat);
CREATE INDEX compte_caisse ON compte (caisse_id, profil, etat);

CREATE TABLE compte_service (
  compte_id UUID NOT NULL REFERENCES compte (id),
  service_id UUID NOT NULL REFERENCES service (id),
  PRIMARY KEY (compte_id, service_id)
);

CREATE TABLE code_secours (
  compte_id UUID NOT NULL REFERENCES compte (id),
  empreinte BYTEA NOT NULL,
  utilise_le TIMESTAMPTZ,
  PRIMARY KEY (compte_id, empreinte)
);

CREATE TABLE lien (
  empreinte BYTEA NOT NULL PRIMARY KEY,
  compte_id UUID NOT NULL REFERENCES compte (id),
  usage TEXT NOT NULL CHECK (usage IN ('invitation','mot_de_passe')),
  cree_le TIMESTAMPTZ NOT NULL,
  expire_le TIMESTAMPTZ NOT NULL,
  utilise_le TIMESTAMPTZ
);
CREATE INDEX lien_compte ON lien (compte_id);
CREATE INDEX lien_expire ON lien (expire_le);

CREATE TABLE session (
  empreinte BYTEA NOT NULL PRIMARY KEY,
  compte_id UUID NOT NULL REFERENCES compte (id),
  etape TEXT NOT NULL CHECK (etape IN ('second_facteur','enrolement','mot_de_passe','engagements','ouverte')),
  cree_le TIMESTAMPTZ NOT NULL,
  vue_le TIMESTAMPTZ NOT NULL,
  expire_le TIMESTAMPTZ NOT NULL,
  renforcee_le TIMESTAMPTZ,
  retour TEXT
);
CREATE INDEX session_compte ON session (compte_id);
CREATE INDEX session_expire ON session (expire_le);

CREATE TABLE navigateur (
  compte_id UUID NOT NULL REFERENCES compte (id),
  empreinte BYTEA NOT NULL,
  vu_le TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (compte_id, empreinte)
);
CREATE INDEX navigateur_vu ON navigateur (vu_le);

CREATE TABLE tentative (
  cle BYTEA NOT NULL PRIMARY KEY,
  echecs BIGINT NOT NULL,
  bloque_jusqu_a TIMESTAMPTZ,
  jour DATE NOT NULL,
  verifications BIGINT NOT NULL,
  vue_le TIMESTAMPTZ NOT NULL
);
CREATE INDEX tentative_vue ON tentative (vue_le);

CREATE TABLE acceptation (
  id UUID NOT NULL PRIMARY KEY,
  compte_id UUID NOT NULL REFERENCES compte (id),
  nature TEXT NOT NULL CHECK (nature IN ('cgu','engagements')),
  version TEXT NOT NULL,
  acceptee_le TIMESTAMPTZ NOT NULL
);
CREATE INDEX acceptation_compte ON acceptation (compte_id, nature);

CREATE TABLE brouillon (
  id UUID NOT NULL PRIMARY KEY,
  compte_id UUID NOT NULL REFERENCES compte (id),
  sorte TEXT NOT NULL,
  scelle BYTEA NOT NULL,
  cree_le TIMESTAMPTZ NOT NULL,
  modifie_le TIMESTAMPTZ NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX brouillon_compte ON brouillon (compte_id, modifie_le);
CREATE INDEX brouillon_modifie ON brouillon (modifie_le);

CREATE TABLE demande (
  id UUID NOT NULL PRIMARY KEY,
  reference TEXT NOT NULL UNIQUE,
  caisse_id UUID NOT NULL REFERENCES caisse (id),
  service_id UUID NOT NULL REFERENCES service (id),
  partenaire_id UUID NOT NULL REFERENCES partenaire (id),
  convention_id UUID NOT NULL REFERENCES convention (id),
  auteur_id UUID NOT NULL REFERENCES compte (id),
  sorte TEXT NOT NULL CHECK (sorte IN ('contacter','etude','difficulte','rendez_vous','document')),
  sous_types TEXT NOT NULL,
  canal TEXT NOT NULL CHECK (canal IN ('portail','courriel','telephone','courrier')),
  urgent BOOLEAN NOT NULL,
  departement TEXT NOT NULL,
  civilite TEXT NOT NULL CHECK (civilite IN ('madame','monsieur')),
  scelle BYTEA NOT NULL,
  etat TEXT NOT NULL CHECK (etat IN ('transmise','prise_en_charge','attente_partenaire','attente_interne','cloturee','annulee','archivee','purgee')),
  agent_id UUID REFERENCES compte (id),
  etat_depuis TIMESTAMPTZ NOT NULL,
  issue TEXT CHECK (issue IN ('satisfaite','partielle','refusee','hors_competence','sans_suite')),
  transmise_le TIMESTAMPTZ NOT NULL,
  echeance DATE NOT NULL,
  delai_jours BIGINT NOT NULL,
  non_lus_partenaire BIGINT NOT NULL,
  non_lus_desk BIGINT NOT NULL,
  cle_idempotence UUID NOT NULL,
  version BIGINT NOT NULL,
  UNIQUE (auteur_id, cle_idempotence)
);
CREATE INDEX demande_file ON demande (caisse_id, service_id, etat, urgent DESC, transmise_le, id);
CREATE INDEX demande_file_caisse ON demande (caisse_id, etat, urgent DESC, transmise_le, id);
CREATE INDEX demande_agent ON demande (agent_id, etat, urgent DESC, transmise_le, id);
CREATE INDEX demande_partenaire ON demande (partenaire_id, transmise_le DESC, id DESC);
CREATE INDEX demande_convention ON demande (convention_id);

CREATE TABLE demande_nom (
  jeton BYTEA NOT NULL,
  demande_id UUID NOT NULL REFERENCES demande (id),
  PRIMARY KEY (jeton, demande_id)
);
CREATE INDEX demande_nom_demande ON demande_nom (demande_id);

CREATE TABLE message (
  id UUID NOT NULL PRIMARY KEY,
  demande_id UUID NOT NULL REFERENCES demande (id),
  cote TEXT NOT NULL CHECK (cote IN ('partenaire','caisse')),
  auteur_id UUID NOT NULL REFERENCES compte (id),
  scelle BYTEA NOT NULL,
  ecrit_le TIMESTAMPTZ NOT NULL,
  vu_le TIMESTAMPTZ
);
CREATE INDEX message_demande ON message (demande_id, ecrit_le, id);

CREATE TABLE evenement (
  id UUID NOT NULL PRIMARY KEY,
  demande_id UUID NOT NULL REFERENCES demande (id),
  le TIMESTAMPTZ NOT NULL,
  vers TEXT NOT NULL,
  cote TEXT NOT NULL CHECK (cote IN ('partenaire','caisse','systeme')),
  auteur_id UUID REFERENCES compte (id)
);
CREATE INDEX evenement_demande ON evenement (demande_id, le, id);

CREATE TABLE accuse (
  demande_id UUID NOT NULL PRIMARY KEY REFERENCES demande (id),
  document TEXT NOT NULL,
  emis_le TIMESTAMPTZ NOT NULL
);

CREATE TABLE outbox (
  id UUID NOT NULL PRIMARY KEY,
  nature TEXT NOT NULL,
  parametres TEXT NOT NULL,
  cree_le TIMESTAMPTZ NOT NULL,
  pas_avant TIMESTAMPTZ NOT NULL,
  essais BIGINT NOT NULL,
  bail_jusqu_a TIMESTAMPTZ,
  fini_le TIMESTAMPTZ,
  abandonne_le TIMESTAMPTZ,
  erreur TEXT
);
CREATE INDEX outbox_a_faire ON outbox (pas_avant, id) WHERE fini_le IS NULL AND abandonne_le IS NULL;
CREATE INDEX outbox_fini ON outbox (fini_le) WHERE fini_le IS NOT NULL;

CREATE TABLE fait (
  id UUID NOT NULL PRIMARY KEY,
  caisse_id UUID NOT NULL REFERENCES caisse (id),
  convention_id UUID NOT NULL REFERENCES convention (id),
  nature TEXT NOT NULL CHECK (nature IN ('depot','cloture','annulation','rendez_vous')),
  sorte TEXT NOT NULL,
  sous_types TEXT NOT NULL,
  mois TEXT NOT NULL,
  issue TEXT,
  delai_total BIGINT,
  delai_net BIGINT,
  urgent BOOLEAN NOT NULL,
  canal TEXT NOT NULL
);
CREATE INDEX fait_convention ON fait (convention_id, mois);
CREATE INDEX fait_caisse ON fait (caisse_id, mois);

CREATE TABLE journal_ecriture (
  numero BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id UUID NOT NULL UNIQUE,
  le TIMESTAMPTZ NOT NULL,
  requete TEXT NOT NULL,
  acteur TEXT NOT NULL,
  compte_id UUID,
  action TEXT NOT NULL,
  objet TEXT NOT NULL,
  objet_id TEXT,
  caisse_id UUID,
  partenaire_id UUID,
  adresse TEXT,
  resultat TEXT NOT NULL CHECK (resultat IN ('fait','refus')),
  details TEXT NOT NULL
);
CREATE INDEX journal_ecriture_compte ON journal_ecriture (compte_id, numero);
CREATE INDEX journal_ecriture_objet ON journal_ecriture (objet, objet_id, numero);

CREATE TABLE journal_lecture (
  numero BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id UUID NOT NULL UNIQUE,
  le TIMESTAMPTZ NOT NULL,
  requete TEXT NOT NULL,
  acteur TEXT NOT NULL,
  compte_id UUID,
  action TEXT NOT NULL,
  objet TEXT NOT NULL,
  objet_id TEXT,
  caisse_id UUID,
  partenaire_id UUID,
  adresse TEXT,
  resultat TEXT NOT NULL CHECK (resultat IN ('fait','refus')),
  details TEXT NOT NULL
);
CREATE INDEX journal_lecture_compte ON journal_lecture (compte_id, numero);
CREATE INDEX journal_lecture_objet ON journal_lecture (objet, objet_id, numero);

CREATE TABLE journal_chaine (
  sequence BIGINT NOT NULL PRIMARY KEY,
  source TEXT NOT NULL CHECK (source IN ('ecriture','lecture')),
  numero BIGINT NOT NULL,
  empreinte BYTEA NOT NULL,
  scelle_le TIMESTAMPTZ NOT NULL,
  UNIQUE (source, numero)
);

CREATE FUNCTION ajout_seulement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: append only', TG_TABLE_NAME;
END;
$$;
CREATE TRIGGER journal_ecriture_append BEFORE UPDATE OR DELETE ON journal_ecriture FOR EACH ROW EXECUTE FUNCTION ajout_seulement();
CREATE TRIGGER journal_ecriture_truncate BEFORE TRUNCATE ON journal_ecriture FOR EACH STATEMENT EXECUTE FUNCTION ajout_seulement();
CREATE TRIGGER acceptation_append BEFORE UPDATE OR DELETE ON acceptation FOR EACH ROW EXECUTE FUNCTION ajout_seulement();
CREATE TRIGGER acceptation_truncate BEFORE TRUNCATE ON acceptation FOR EACH STATEMENT EXECUTE FUNCTION ajout_seulement();
CREATE TRIGGER journal_lecture_append BEFORE UPDATE OR DELETE ON journal_lecture FOR EACH ROW EXECUTE FUNCTION ajout_seulement();
CREATE TRIGGER journal_lecture_truncate BEFORE TRUNCATE ON journal_lecture FOR EACH STATEMENT EXECUTE FUNCTION ajout_seulement();
CREATE TRIGGER journal_chaine_append BEFORE UPDATE OR DELETE ON journal_chaine FOR EACH ROW EXECUTE FUNCTION ajout_seulement();
CREATE TRIGGER journal_chaine_truncate BEFORE TRUNCATE ON journal_chaine FOR EACH STATEMENT EXECUTE FUNCTION ajout_seulement();
