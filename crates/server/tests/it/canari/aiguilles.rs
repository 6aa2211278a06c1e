//! What is looked for: everything personal, taken from the opened data.

use std::collections::BTreeSet;

use demo::CompteDemo;
use domain::assure::{DateNaissance, cle_de_nom};
use domain::droits::Portee;
use store::Tx;
use store::brouillon::{self, Saisie};
use store::compte::by_identifiant;
use store::demande::{Contenu, Curseur, load, messages, notes, structure};

/// A value that must lie nowhere in clear.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Aiguille {
    /// What it is.
    pub nature: &'static str,
    /// As it would be written.
    pub octets: Vec<u8>,
}

impl Aiguille {
    /// Whether it is about an assuré: those are looked for in mails too, where the recipient's own name and address
    /// belong.
    pub fn est_d_un_assure(&self) -> bool {
        !self.nature.starts_with("compte")
    }
}

/// The values of one installation.
#[derive(Default)]
pub struct Aiguilles(pub BTreeSet<Aiguille>);

impl Aiguilles {
    fn add(&mut self, nature: &'static str, texte: &str) {
        self.0.insert(Aiguille { nature, octets: texte.as_bytes().to_vec() });
    }

    /// A nom or prénom as stored; of a nom also the folded form that name search works on. Names of fewer than four
    /// letters (« Mei ») are left out: three letters lie by chance in any megabyte.
    pub fn nom(&mut self, nature: &'static str, texte: &str) {
        if texte.chars().filter(|c| c.is_alphabetic()).count() >= 4 {
            self.add(nature, texte);
        }
        let cle = cle_de_nom(texte);
        // Folded prénoms are left out: « jean » is a part of identifiants, which are in clear, as « rose » is of words.
        if nature == "nom" && cle.len() >= 6 {
            self.add("nom plié", &cle);
        }
    }

    /// A birth date in three writings. One known to the month or the year only is looked for in the stored writing
    /// alone: « 1985 » and « mai 1985 » are in many papers.
    pub fn naissance(&mut self, date: DateNaissance) {
        self.add("naissance", &date.canonique());
        if let (Some(jour), Some(mois), annee) = date.parties() {
            self.add("naissance", &format!("{jour:02}/{mois:02}/{annee}"));
            self.add("naissance", &date.to_string());
        }
    }

    /// Every sentence of at least 15 characters.
    pub fn texte(&mut self, nature: &'static str, texte: &str) {
        let phrases = texte.split(['.', '!', '?', '\n']).map(str::trim);
        for phrase in phrases.filter(|p| p.chars().count() >= 15) {
            self.add(nature, phrase);
        }
    }

    /// Address, shown name and seed of the second factor: as bytes and as shown (base 32).
    pub fn compte(&mut self, courriel: &str, nom_affiche: &str, secret: &[u8], base32: &str) {
        self.add("compte, adresse", courriel);
        self.add("compte, nom", nom_affiche);
        self.0.insert(Aiguille { nature: "compte, secret", octets: secret.to_vec() });
        self.add("compte, secret", base32);
    }

    fn contenu(&mut self, c: &Contenu) {
        self.nom("nom", &c.nom);
        self.nom("prénom", &c.prenom);
        self.naissance(DateNaissance::depuis_canonique(&c.naissance).expect("a canonical date"));
        for texte in [&c.precisions, &c.motif_urgence, &c.autre_document, &c.objet, &c.autre_etude] {
            self.texte("texte", texte);
        }
        if !c.telephone.is_empty() {
            self.add("téléphone", &c.telephone);
        }
    }

    /// What a draft holds besides codes, which are the same for everybody and in clear in conventions.
    fn brouillon(&mut self, saisie: &Saisie) {
        let one = |champ: &str| saisie.0.get(champ).and_then(|v| v.first()).map_or("", String::as_str);
        self.nom("nom", one("nom"));
        self.nom("prénom", one("prenom"));
        let number = |champ: &str| one(champ).parse::<u32>().unwrap_or_default();
        let iso =
            format!("{:04}-{:02}-{:02}", number("naissance_annee"), number("naissance_mois"), number("naissance_jour"));
        if let Some(date) = DateNaissance::depuis_canonique(&iso) {
            self.naissance(date);
        }
        for champ in ["precisions", "motif_urgence", "autre_document", "objet", "autre_etude"] {
            self.texte("brouillon", one(champ));
        }
    }

    /// Leaves out what the conventions' papers say themselves. A paper names the contacts and référents of its parties,
    /// with their addresses, and lies in clear as it was imported; in the demonstration some of them have a compte too.
    /// Nothing about an assuré is ever left out.
    pub fn sans_les_papiers(&mut self, papiers: &str) {
        let said = |a: &Aiguille| std::str::from_utf8(&a.octets).is_ok_and(|t| papiers.contains(t));
        self.0.retain(|a| a.est_d_un_assure() || !said(a));
    }

    /// Everything an installation knows, opened with its keys.
    pub async fn of(tx: &Tx, accounts: &[CompteDemo]) -> Self {
        let mut toutes = Self::default();
        let mut apres = None;
        loop {
            let page = structure(tx, &Portee::Tout, false, apres, 100).await.unwrap();
            for ligne in &page {
                let demande = load(tx, &Portee::Tout, &ligne.reference).await.unwrap().unwrap();
                toutes.contenu(&demande.contenu);
                for message in messages(tx, &demande).await.unwrap() {
                    toutes.texte("message", &message.texte);
                }
                for note in notes(tx, &Portee::Caisse(demande.caisse), &demande).await.unwrap() {
                    toutes.texte("note", &note.texte);
                }
                for piece in store::piece_jointe::of_demande(tx, &demande).await.unwrap() {
                    toutes.add("fichier", piece.nom.as_str());
                }
            }
            let Some(l) = page.last() else { break };
            apres = Some(Curseur { urgent: l.urgent, transmise_le: l.transmise_le, id: l.id });
        }
        for account in accounts {
            let compte =
                by_identifiant(tx, &account.login, chrono::DateTime::UNIX_EPOCH).await.unwrap().expect("the account");
            for draft in brouillon::list(tx, compte.id).await.unwrap() {
                toutes.brouillon(&draft.saisie);
            }
            let secret = compte.second_facteur.expect("a second factor").secret;
            let base32 = account.totp_secret.replace(' ', "");
            toutes.compte(&compte.identite.courriel, &compte.identite.nom_affiche(), &secret, &base32);
            toutes.0.insert(Aiguille { nature: "compte, mot de passe", octets: account.password.clone().into_bytes() });
        }
        toutes
    }
}
