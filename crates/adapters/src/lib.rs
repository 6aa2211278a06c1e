//! The ports of `app` made real: password hashing, mail, printed documents, clocks and randomness, object store, virus
//! scanner, inspection of files. What lives here talks to a library or to the outside; what may not: a rule, SQL, a page.

pub mod antivirus;
pub mod courriel;
pub mod hasard;
pub mod horloge;
pub mod imprimeur;
pub mod inspection;
pub mod mot_de_passe;
pub mod objets;
