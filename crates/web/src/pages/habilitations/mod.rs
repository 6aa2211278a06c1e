//! Pages of habilitations: the forms of a structure, the decisions of the desk, the link of the first gestionnaire.

pub mod demarches;
pub mod fiche;
pub mod lien;
pub mod saisies;
pub mod structures;
