//! Where files are kept and who looks for viruses in them.

use std::path::PathBuf;
use std::time::Duration;

use super::build::Reader;
use super::types::{Antivirus, Bucket, Objets, Secret};
use super::{parse, table};

impl Reader {
    /// A folder, by default inside the data folder, or a bucket; a fault for each setting that does not go with the others.
    pub(super) fn objets(&mut self, donnees: Option<&PathBuf>) -> Option<Objets> {
        let dossier = self.get(&table::OBJETS_DOSSIER, parse::text).map(PathBuf::from);
        let region = self.get(&table::S3_REGION, parse::text);
        let adresse = self.get(&table::S3_ADRESSE, parse::endpoint);
        let seau = self.get(&table::S3_SEAU, parse::text);
        let cle = self.get(&table::S3_CLE, parse::text);
        let secret = self.get(&table::S3_SECRET, parse::secret);
        let others = [table::S3_REGION, table::S3_SEAU, table::S3_CLE, table::S3_SECRET];
        if !self.raw.contains_key(table::S3_ADRESSE.key) {
            for setting in others.iter().filter(|s| self.given(s).is_some()).collect::<Vec<_>>() {
                self.refuse(setting, "sans « s3.adresse »");
            }
            return Some(Objets::Dossier(dossier.or_else(|| donnees.map(|d| d.join("objets")))?));
        }
        if self.given(&table::OBJETS_DOSSIER).is_some() {
            self.refuse(&table::OBJETS_DOSSIER, "les fichiers vont déjà dans « s3.seau » : n’en garder qu’un");
        }
        for setting in others.iter().filter(|s| !self.raw.contains_key(s.key)).collect::<Vec<_>>() {
            self.refuse(setting, "il manque avec « s3.adresse »");
        }
        let cles = (cle?, Secret(secret?));
        Some(Objets::Seau(Bucket { adresse: adresse?, region: region?, seau: seau?, cles }))
    }

    /// The scanner; none without a socket.
    pub(super) fn antivirus(&mut self) -> Option<Antivirus> {
        let delai = self.number(&table::ANTIVIRUS_DELAI_S).map(Duration::from_secs);
        let socket = self.get(&table::ANTIVIRUS_SOCKET, parse::text).map(PathBuf::from);
        Some(Antivirus { socket: socket?, delai: delai? })
    }
}
