//! The demonstration filled into a database of the test: who is there, what stands where, and which mails carry which
//! date.

mod annee;
mod remplie;
