-- Counters read an index alone: what a scope asks stands in it.

DROP INDEX demande_agent;
CREATE INDEX demande_agent ON demande (agent_id, etat, urgent DESC, transmise_le, id, caisse_id, service_id);

DROP INDEX demande_a_lire_desk;
CREATE INDEX demande_a_lire_desk ON demande (agent_id, etat, caisse_id, service_id, non_lus_desk) WHERE non_lus_desk > 0;
