//! The ports of `app` made real: password hashing and mail.
//! What lives here talks to a library or to the outside; what may not: a rule, SQL, a page.

pub mod courriel;
pub mod mot_de_passe;
