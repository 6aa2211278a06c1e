//! STUB
/// s
pub mod lien { /// s
pub fn jeton(_: &crate::Contexte, _: uuid::Uuid) -> String { String::new() } }
/// s
pub async fn load_acteur(_: &crate::Contexte, _: &store::Tx, _: &crate::Requete) -> crate::Outcome<domain::droits::ActeurCompte> { Err(crate::AppError::SessionFermee) }
