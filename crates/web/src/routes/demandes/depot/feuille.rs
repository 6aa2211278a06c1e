//! The pages of the forms and the fields each of them holds: what else comes is refused.

use super::refuse;
use crate::pages::FormState;
use crate::pages::demandes::SITUATION;
use crate::pages::pieces::RETIRER;
use app::ErreurChamp;
use app::demande::{Saisie, VERSION};
use domain::demande::Sorte;

/// A page of a form. One a kind; the difficulty report has a second one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feuille {
    /// The first page of a kind, most often the only one.
    Premiere(Sorte),
    /// « La situation », the second page of a difficulty report.
    Situation,
}

/// Who, how informed: on the first page of every kind.
const COMMUNS: [&str; 15] = [
    "brouillon",
    "assure",
    "civilite",
    "nom",
    "prenom",
    "naissance_jour",
    "naissance_mois",
    "naissance_annee",
    "departement",
    "caisse",
    "information",
    "informee_jour",
    "informee_mois",
    "informee_annee",
    "accord",
];

/// Fields that name the person; none is sent where the person of an earlier demande is taken again.
pub(super) const IDENTITE: [&str; 7] =
    ["civilite", "nom", "prenom", "naissance_jour", "naissance_mois", "naissance_annee", "departement"];

/// How urgent, and the long text: with what the kind asks.
const TEXTES: [&str; 3] = ["urgent", "motif_urgence", "precisions"];

impl Feuille {
    /// The kind it belongs to.
    pub(super) const fn sorte(self) -> Sorte {
        match self {
            Self::Premiere(sorte) => sorte,
            Self::Situation => Sorte::Difficulte,
        }
    }

    /// The page to mend first.
    pub(super) fn at_fault(sorte: Sorte, erreurs: &[ErreurChamp]) -> Self {
        let second = sorte == Sorte::Difficulte && erreurs.iter().all(|e| Self::Situation.holds(&e.champ));
        if second { Self::Situation } else { Self::Premiere(sorte) }
    }

    /// Whether a field of the kind is on this page.
    pub(super) fn holds(self, champ: &str) -> bool {
        match self {
            Self::Situation => SITUATION.contains(&champ),
            Self::Premiere(Sorte::Difficulte) => !SITUATION.contains(&champ),
            Self::Premiere(_) => true,
        }
    }

    /// Fields that come once.
    pub(super) fn fields(self) -> Vec<&'static str> {
        let own: &[&str] = match self {
            Self::Situation => return SITUATION.into_iter().filter(|champ| !self.lists().contains(champ)).collect(),
            Self::Premiere(Sorte::Difficulte) => return COMMUNS.into(),
            Self::Premiere(Sorte::Contacter) => &["objet"],
            Self::Premiere(Sorte::Etude) => {
                &["etude", "autre_etude", "recours", "echeance_jour", "echeance_mois", "echeance_annee"]
            }
            Self::Premiere(Sorte::RendezVous) => &["motif", "mode", "recours"],
            Self::Premiere(Sorte::Document) => &["autre_document", "qualite"],
        };
        [&COMMUNS, own, &TEXTES].concat()
    }

    /// Whether files are sent with this page: the last one of every kind.
    pub(super) const fn takes_files(self) -> bool {
        !matches!(self, Self::Premiere(Sorte::Difficulte))
    }

    /// Fields that may come several times, those of no draft included.
    pub(super) fn repeated(self) -> Vec<&'static str> {
        let files: &[_] = if self.takes_files() { &[RETIRER] } else { &[] };
        [self.lists(), files].concat()
    }

    /// Fields of a draft that may come several times.
    pub(super) const fn lists(self) -> &'static [&'static str] {
        match self {
            Self::Situation => &["difficultes", "criteres"],
            Self::Premiere(Sorte::RendezVous) => &["demi_journees"],
            Self::Premiere(Sorte::Document) => &["documents"],
            Self::Premiere(_) => &[],
        }
    }

    /// What this page sent, beside what the draft holds of the other page.
    pub(super) fn beside(self, mut draft: Saisie, sent: Saisie) -> Saisie {
        draft.0.retain(|champ, _| champ != VERSION && !self.holds(champ));
        draft.0.extend(sent.0);
        draft
    }

    /// Marks what is refused on this page. What is wrong with a person taken again stands at that person.
    pub(super) fn refuse(self, form: &mut FormState, erreurs: Vec<ErreurChamp>) {
        let taken_again = !form.value("assure").is_empty();
        let mut here: Vec<_> = erreurs.into_iter().filter(|e| self.holds(&e.champ)).collect();
        for erreur in here.iter_mut().filter(|e| taken_again && IDENTITE.contains(&e.champ.as_str())) {
            erreur.champ = "assure".to_owned();
        }
        refuse(form, here);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn erreurs(champs: &[&str]) -> Vec<ErreurChamp> {
        champs.iter().map(|champ| ErreurChamp::new(*champ, "À revoir.")).collect()
    }

    #[test]
    fn the_first_page_is_mended_first() {
        let at_fault = |sorte, champs: &[&str]| Feuille::at_fault(sorte, &erreurs(champs));
        assert_eq!(at_fault(Sorte::Difficulte, &["difficultes", "precisions"]), Feuille::Situation);
        assert_eq!(at_fault(Sorte::Difficulte, &["precisions", "nom"]), Feuille::Premiere(Sorte::Difficulte));
        assert_eq!(at_fault(Sorte::Contacter, &["precisions"]), Feuille::Premiere(Sorte::Contacter));
    }

    #[test]
    fn a_field_of_the_report_is_on_one_of_its_pages_only() {
        let first = Feuille::Premiere(Sorte::Difficulte);
        for champ in first.fields() {
            assert!(first.holds(champ) && !Feuille::Situation.holds(champ), "{champ}");
        }
        for champ in Feuille::Situation.fields().iter().chain(Feuille::Situation.lists()) {
            assert!(Feuille::Situation.holds(champ) && !first.holds(champ), "{champ}");
        }
    }

    #[test]
    fn one_page_of_the_report_does_not_touch_what_the_other_holds() {
        let of = |pairs: &[(&str, &str)]| {
            Saisie(pairs.iter().map(|(k, v)| ((*k).to_owned(), vec![(*v).to_owned()])).collect())
        };
        let draft = of(&[("nom", "Exemple"), ("criteres", "isolement"), ("precisions", "Texte")]);
        let kept = Feuille::Situation.beside(draft, of(&[("precisions", "Autre texte")]));
        assert_eq!(kept, of(&[("nom", "Exemple"), ("precisions", "Autre texte")]), "a box unticked is gone");
    }

    #[test]
    fn what_is_wrong_with_a_person_taken_again_stands_at_that_person() {
        let mut form = FormState::new().with("assure", "EP-2222-2222-222");
        Feuille::Premiere(Sorte::Etude).refuse(&mut form, vec![ErreurChamp::new("departement", "Fermé.")]);
        assert_eq!((form.error("assure"), form.error("departement")), (Some("Fermé."), None));
    }
}
