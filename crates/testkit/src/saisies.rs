//! Complete forms of the five kinds, as somebody would type them; tests change what they are about.

use app::demande::Saisie;
use domain::demande::Sorte;

/// Who every form is about: two halves of a double name, accents, a day that exists.
const PERSONNE: [(&str, &str); 7] = [
    ("civilite", "madame"),
    ("nom", "Lefèvre-Müller"),
    ("prenom", "Zoé"),
    ("naissance_jour", "12"),
    ("naissance_mois", "5"),
    ("naissance_annee", "1985"),
    ("departement", "83"),
];

/// What each kind asks, with agreement and reason for the conventions that ask them.
const fn besoin(sorte: Sorte) -> &'static [(&'static str, &'static str)] {
    match sorte {
        Sorte::Contacter => &[
            ("objet", "Changement d’adresse"),
            ("precisions", "La personne a déménagé le mois dernier : comment le signaler ?"),
            ("accord", "entretien"),
        ],
        Sorte::Etude => &[("etude", "c2s"), ("recours", "autonomie_insuffisante")],
        Sorte::Difficulte => &[
            ("difficultes", "difficulte_droits"),
            ("joindre", "technicien"),
            ("precisions", "Ses droits se sont arrêtés sans qu’elle sache pourquoi."),
            ("accord", "entretien"),
        ],
        Sorte::RendezVous => &[
            ("motif", "rendez_vous_caisse"),
            ("mode", "agence"),
            ("demi_journees", "lundi_matin|jeudi_apres_midi"),
            ("recours", "autonomie_insuffisante"),
        ],
        Sorte::Document => {
            &[("documents", "attestation_droits"), ("precisions", "L’ancienne attestation est arrivée à son terme.")]
        }
    }
}

/// A complete form of a kind, accepted as it stands by the convention of the Var.
#[must_use]
pub fn saisie(sorte: Sorte) -> Saisie {
    let fields = PERSONNE.iter().chain(besoin(sorte)).chain(&[("information", "entretien")]);
    fields.fold(Saisie::default(), |saisie, (champ, valeur)| saisie.with(champ, valeur))
}

/// A form with some fields changed.
pub trait Champs {
    /// One field changed: `a|b` are two values, an empty one takes the field out.
    #[must_use]
    fn with(self, champ: &str, valeur: &str) -> Self;

    /// Without who it is about.
    #[must_use]
    fn without_person(self) -> Self;

    /// Every value with its field, as a form sends them.
    fn pairs(&self) -> Vec<(&str, &str)>;
}

impl Champs for Saisie {
    fn with(mut self, champ: &str, valeur: &str) -> Self {
        if valeur.is_empty() {
            self.0.remove(champ);
        } else {
            self.0.insert(champ.to_owned(), valeur.split('|').map(str::to_owned).collect());
        }
        self
    }

    fn without_person(self) -> Self {
        PERSONNE.iter().fold(self, |saisie, (champ, _)| saisie.with(champ, ""))
    }
    fn pairs(&self) -> Vec<(&str, &str)> {
        self.0.iter().flat_map(|(champ, valeurs)| valeurs.iter().map(move |v| (champ.as_str(), v.as_str()))).collect()
    }
}
