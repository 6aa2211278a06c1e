//! STUB
use crate::*; use domain::ids::CompteId; use std::collections::HashMap;
/// s
pub struct Destinataire { /// s
 pub courriel: String, /// s
 pub nom_affiche: String, /// s
 pub identifiant: String, /// s
 pub profil: domain::compte::Profil }
/// s
pub async fn destinataire(_: &Tx, _: CompteId) -> Result<Option<Destinataire>, StoreError> { Ok(None) }
/// s
pub async fn noms(_: &Tx, _: &[CompteId]) -> Result<HashMap<CompteId, String>, StoreError> { Ok(HashMap::new()) }
/// s
pub async fn expire(_: &WriteTx, _: chrono::DateTime<chrono::Utc>) -> Result<u64, StoreError> { Ok(0) }
