-- Keys, caisses, partenaires, conventions, comptes, demandes, outbox, faits, journal of writes.

CREATE TABLE reglage (
  cle TEXT NOT NULL PRIMARY KEY,
  valeur TEXT NOT NULL
) STRICT;

CREATE TABLE trousseau (
  portee TEXT NOT NULL PRIMARY KEY,
  cle BLOB NOT NULL,
  cree_le TEXT NOT NULL
) STRICT;

CREATE TABLE caisse (
  id BLOB NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  nom TEXT NOT NULL,
  type_de_caisse TEXT NOT NULL CHECK (type_de_caisse IN ('CPAM','CGSS','CSSM','CCSS')),
  departements TEXT NOT NULL,
  zone TEXT NOT NULL CHECK (zone IN ('metropole','alsace-moselle','guadeloupe','martinique','guyane','reunion','mayotte')),
  telephone TEXT,
  courriel TEXT,
  adresse TEXT,
  autre_canal TEXT,
  cree_le TEXT NOT NULL
) STRICT;

CREATE TABLE service (
  id BLOB NOT NULL PRIMARY KEY,
  caisse_id BLOB NOT NULL REFERENCES caisse (id),
  code TEXT NOT NULL,
  nom TEXT NOT NULL,
  telephone TEXT,
  courriel TEXT,
  adresse TEXT,
  delai_jours INTEGER NOT NULL CHECK (delai_jours BETWEEN 1 AND 365),
  UNIQUE (caisse_id, code)
) STRICT;

CREATE TABLE partenaire (
  id BLOB NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  nom TEXT NOT NULL,
  nom_court TEXT NOT NULL,
  departement TEXT,
  cree_le TEXT NOT NULL
) STRICT;

CREATE TABLE convention (
  id BLOB NOT NULL PRIMARY KEY,
  cle TEXT NOT NULL UNIQUE,
  caisse_id BLOB NOT NULL REFERENCES caisse (id),
  partenaire_id BLOB NOT NULL REFERENCES partenaire (id),
  document TEXT NOT NULL,
  actes TEXT NOT NULL,
  version INTEGER NOT NULL,
  cree_le TEXT NOT NULL,
  modifiee_le TEXT NOT NULL
) STRICT;
CREATE INDEX convention_partenaire ON convention (partenaire_id);
CREATE INDEX convention_caisse ON convention (caisse_id);

CREATE TABLE compte (
  id BLOB NOT NULL PRIMARY KEY,
  identifiant TEXT NOT NULL UNIQUE,
  profil TEXT NOT NULL CHECK (profil IN ('gestionnaire','technicien','agent','superviseur','referent','responsable','dpo','administrateur_local','administrateur_national','support')),
  partenaire_id BLOB REFERENCES partenaire (id),
  caisse_id BLOB REFERENCES caisse (id),
  etat TEXT NOT NULL CHECK (etat IN ('invite','actif','inactif','exclu')),
  scelle BLOB NOT NULL,
  courriel_index BLOB NOT NULL,
  mot_de_passe TEXT,
  mot_de_passe_le TEXT,
  totp BLOB,
  totp_pas INTEGER,
  version INTEGER NOT NULL,
  cree_le TEXT NOT NULL,
  CHECK (partenaire_id IS NULL OR caisse_id IS NULL),
  UNIQUE (courriel_index, profil)
) STRICT;
CREATE INDEX compte_partenaire ON compte (partenaire_id, profil, etat);
CREATE INDEX compte_caisse ON compte (caisse_id, profil, etat);

CREATE TABLE compte_service (
  compte_id BLOB NOT NULL REFERENCES compte (id),
  service_id BLOB NOT NULL REFERENCES service (id),
  PRIMARY KEY (compte_id, service_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE code_secours (
  compte_id BLOB NOT NULL REFERENCES compte (id),
  empreinte BLOB NOT NULL,
  utilise_le TEXT,
  PRIMARY KEY (compte_id, empreinte)
) STRICT, WITHOUT ROWID;

CREATE TABLE lien (
  empreinte BLOB NOT NULL PRIMARY KEY,
  compte_id BLOB NOT NULL REFERENCES compte (id),
  usage TEXT NOT NULL CHECK (usage IN ('invitation','mot_de_passe')),
  cree_le TEXT NOT NULL,
  expire_le TEXT NOT NULL,
  utilise_le TEXT
) STRICT;
CREATE INDEX lien_compte ON lien (compte_id);
CREATE INDEX lien_expire ON lien (expire_le);

CREATE TABLE session (
  empreinte BLOB NOT NULL PRIMARY KEY,
  compte_id BLOB NOT NULL REFERENCES compte (id),
  etape TEXT NOT NULL CHECK (etape IN ('second_facteur','enrolement','mot_de_passe','engagements','ouverte')),
  cree_le TEXT NOT NULL,
  vue_le TEXT NOT NULL,
  expire_le TEXT NOT NULL,
  renforcee_le TEXT,
  retour TEXT
) STRICT;
CREATE INDEX session_compte ON session (compte_id);
CREATE INDEX session_expire ON session (expire_le);

CREATE TABLE navigateur (
  compte_id BLOB NOT NULL REFERENCES compte (id),
  empreinte BLOB NOT NULL,
  vu_le TEXT NOT NULL,
  PRIMARY KEY (compte_id, empreinte)
) STRICT, WITHOUT ROWID;
CREATE INDEX navigateur_vu ON navigateur (vu_le);

CREATE TABLE tentative (
  cle BLOB NOT NULL PRIMARY KEY,
  echecs INTEGER NOT NULL,
  bloque_jusqu_a TEXT,
  jour TEXT NOT NULL,
  verifications INTEGER NOT NULL,
  vue_le TEXT NOT NULL
) STRICT;
CREATE INDEX tentative_vue ON tentative (vue_le);

CREATE TABLE acceptation (
  id BLOB NOT NULL PRIMARY KEY,
  compte_id BLOB NOT NULL REFERENCES compte (id),
  nature TEXT NOT NULL CHECK (nature IN ('cgu','engagements')),
  version TEXT NOT NULL,
  acceptee_le TEXT NOT NULL
) STRICT;
CREATE INDEX acceptation_compte ON acceptation (compte_id, nature);

CREATE TABLE brouillon (
  id BLOB NOT NULL PRIMARY KEY,
  compte_id BLOB NOT NULL REFERENCES compte (id),
  sorte TEXT NOT NULL,
  scelle BLOB NOT NULL,
  cree_le TEXT NOT NULL,
  modifie_le TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX brouillon_compte ON brouillon (compte_id, modifie_le);
CREATE INDEX brouillon_modifie ON brouillon (modifie_le);

CREATE TABLE demande (
  id BLOB NOT NULL PRIMARY KEY,
  reference TEXT NOT NULL UNIQUE,
  caisse_id BLOB NOT NULL REFERENCES caisse (id),
  service_id BLOB NOT NULL REFERENCES service (id),
  partenaire_id BLOB NOT NULL REFERENCES partenaire (id),
  convention_id BLOB NOT NULL REFERENCES convention (id),
  auteur_id BLOB NOT NULL REFERENCES compte (id),
  sorte TEXT NOT NULL CHECK (sorte IN ('contacter','etude','difficulte','rendez_vous','document')),
  sous_types TEXT NOT NULL,
  canal TEXT NOT NULL CHECK (canal IN ('portail','courriel','telephone','courrier')),
  urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  departement TEXT NOT NULL,
  civilite TEXT NOT NULL CHECK (civilite IN ('madame','monsieur')),
  scelle BLOB NOT NULL,
  etat TEXT NOT NULL CHECK (etat IN ('transmise','prise_en_charge','attente_partenaire','attente_interne','cloturee','annulee','archivee','purgee')),
  agent_id BLOB REFERENCES compte (id),
  etat_depuis TEXT NOT NULL,
  issue TEXT CHECK (issue IN ('satisfaite','partielle','refusee','hors_competence','sans_suite')),
  transmise_le TEXT NOT NULL,
  echeance TEXT NOT NULL,
  delai_jours INTEGER NOT NULL,
  non_lus_partenaire INTEGER NOT NULL,
  non_lus_desk INTEGER NOT NULL,
  cle_idempotence BLOB NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (auteur_id, cle_idempotence)
) STRICT;
CREATE INDEX demande_file ON demande (caisse_id, service_id, etat, urgent DESC, transmise_le, id);
CREATE INDEX demande_file_caisse ON demande (caisse_id, etat, urgent DESC, transmise_le, id);
CREATE INDEX demande_agent ON demande (agent_id, etat, urgent DESC, transmise_le, id);
CREATE INDEX demande_partenaire ON demande (partenaire_id, transmise_le DESC, id DESC);
CREATE INDEX demande_convention ON demande (convention_id);

CREATE TABLE demande_nom (
  jeton BLOB NOT NULL,
  demande_id BLOB NOT NULL REFERENCES demande (id),
  PRIMARY KEY (jeton, demande_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX demande_nom_demande ON demande_nom (demande_id);

CREATE TABLE message (
  id BLOB NOT NULL PRIMARY KEY,
  demande_id BLOB NOT NULL REFERENCES demande (id),
  cote TEXT NOT NULL CHECK (cote IN ('partenaire','caisse')),
  auteur_id BLOB NOT NULL REFERENCES compte (id),
  scelle BLOB NOT NULL,
  ecrit_le TEXT NOT NULL,
  vu_le TEXT
) STRICT;
CREATE INDEX message_demande ON message (demande_id, ecrit_le, id);

CREATE TABLE evenement (
  id BLOB NOT NULL PRIMARY KEY,
  demande_id BLOB NOT NULL REFERENCES demande (id),
  le TEXT NOT NULL,
  vers TEXT NOT NULL,
  cote TEXT NOT NULL CHECK (cote IN ('partenaire','caisse','systeme')),
  auteur_id BLOB REFERENCES compte (id)
) STRICT;
CREATE INDEX evenement_demande ON evenement (demande_id, le, id);

CREATE TABLE accuse (
  demande_id BLOB NOT NULL PRIMARY KEY REFERENCES demande (id),
  document TEXT NOT NULL,
  emis_le TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
  id BLOB NOT NULL PRIMARY KEY,
  nature TEXT NOT NULL,
  parametres TEXT NOT NULL,
  cree_le TEXT NOT NULL,
  pas_avant TEXT NOT NULL,
  essais INTEGER NOT NULL,
  bail_jusqu_a TEXT,
  fini_le TEXT,
  abandonne_le TEXT,
  erreur TEXT
) STRICT;
CREATE INDEX outbox_a_faire ON outbox (pas_avant, id) WHERE fini_le IS NULL AND abandonne_le IS NULL;
CREATE INDEX outbox_fini ON outbox (fini_le) WHERE fini_le IS NOT NULL;

CREATE TABLE fait (
  id BLOB NOT NULL PRIMARY KEY,
  caisse_id BLOB NOT NULL REFERENCES caisse (id),
  convention_id BLOB NOT NULL REFERENCES convention (id),
  nature TEXT NOT NULL CHECK (nature IN ('depot','cloture','annulation','rendez_vous')),
  sorte TEXT NOT NULL,
  sous_types TEXT NOT NULL,
  mois TEXT NOT NULL,
  issue TEXT,
  delai_total INTEGER,
  delai_net INTEGER,
  urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  canal TEXT NOT NULL
) STRICT;
CREATE INDEX fait_convention ON fait (convention_id, mois);
CREATE INDEX fait_caisse ON fait (caisse_id, mois);

CREATE TABLE journal_ecriture (
  numero INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE,
  le TEXT NOT NULL,
  requete TEXT NOT NULL,
  acteur TEXT NOT NULL,
  compte_id BLOB,
  action TEXT NOT NULL,
  objet TEXT NOT NULL,
  objet_id TEXT,
  caisse_id BLOB,
  partenaire_id BLOB,
  adresse TEXT,
  resultat TEXT NOT NULL CHECK (resultat IN ('fait','refus')),
  details TEXT NOT NULL
) STRICT;
CREATE INDEX journal_ecriture_compte ON journal_ecriture (compte_id, numero);
CREATE INDEX journal_ecriture_objet ON journal_ecriture (objet, objet_id, numero);

CREATE TRIGGER journal_ecriture_update BEFORE UPDATE ON journal_ecriture
BEGIN SELECT RAISE(ABORT, 'journal: append only'); END;
CREATE TRIGGER journal_ecriture_delete BEFORE DELETE ON journal_ecriture
BEGIN SELECT RAISE(ABORT, 'journal: append only'); END;
CREATE TRIGGER acceptation_update BEFORE UPDATE ON acceptation
BEGIN SELECT RAISE(ABORT, 'acceptation: append only'); END;
CREATE TRIGGER acceptation_delete BEFORE DELETE ON acceptation
BEGIN SELECT RAISE(ABORT, 'acceptation: append only'); END;
