//! Rows as they lie in the database. Private to this crate (architecture, rule 5).

pub mod acceptation;
pub mod accuse;
pub mod brouillon;
pub mod caisse;
pub mod code_secours;
pub mod compte;
pub mod compte_service;
pub mod convention;
pub mod demande;
pub mod demande_empreinte;
pub mod demande_nom;
pub mod evenement;
pub mod fait;
pub mod journal_chaine;
pub mod journal_ecriture;
pub mod journal_lecture;
pub mod lien;
pub mod message;
pub mod navigateur;
pub mod outbox;
pub mod partenaire;
pub mod reglage;
pub mod service;
pub mod session;
pub mod tentative;
pub mod trousseau;
