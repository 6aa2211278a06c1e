//! The mail relay's settings, which only make sense together.

use super::build::Reader;
use super::types::{Chiffrement, Secret, Smtp};
use super::{parse, table};

impl Reader {
    /// The relay, or nothing when no host is given; a fault for each setting that does not go with the others.
    pub(super) fn smtp(&mut self) -> Option<Smtp> {
        let hote = self.get(&table::SMTP_HOTE, parse::text);
        let port = self.number(&table::SMTP_PORT);
        let chiffrement = self.choice(&table::SMTP_CHIFFREMENT).map(|word| match word {
            "starttls" => Chiffrement::Starttls,
            "tls" => Chiffrement::Tls,
            _ => Chiffrement::Aucun,
        });
        let user = self.get(&table::SMTP_UTILISATEUR, parse::text);
        let password = self.get(&table::SMTP_MOT_DE_PASSE, parse::secret);
        let expediteur = self.get(&table::SMTP_EXPEDITEUR, parse::sender);
        if !self.raw.contains_key(table::SMTP_HOTE.key) {
            self.refuse_without_host();
            return None;
        }
        if !self.raw.contains_key(table::SMTP_EXPEDITEUR.key) {
            self.refuse(&table::SMTP_EXPEDITEUR, "il manque l’expéditeur des courriels");
        }
        match (&user, &password) {
            (Some(_), None) => self.refuse(&table::SMTP_UTILISATEUR, "sans « smtp.mot_de_passe »"),
            (None, Some(_)) => self.refuse(&table::SMTP_MOT_DE_PASSE, "sans « smtp.utilisateur »"),
            _ => {}
        }
        let plain = chiffrement == Some(Chiffrement::Aucun) && !hote.as_deref().is_some_and(parse::is_this_machine);
        if plain && password.is_some() {
            self.refuse(&table::SMTP_CHIFFREMENT, "le mot de passe du relais passerait en clair");
        }
        Some(Smtp {
            hote: hote?,
            port: port?,
            chiffrement: chiffrement?,
            identite: user.zip(password.map(Secret)),
            expediteur: expediteur?,
        })
    }

    fn refuse_without_host(&mut self) {
        let others = [
            table::SMTP_PORT,
            table::SMTP_CHIFFREMENT,
            table::SMTP_UTILISATEUR,
            table::SMTP_MOT_DE_PASSE,
            table::SMTP_EXPEDITEUR,
        ];
        for setting in &others {
            if self.given(setting).is_some() {
                self.refuse(setting, "sans « smtp.hote »");
            }
        }
    }
}
