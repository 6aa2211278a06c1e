//! Finds social security numbers in the tokens of a text.
//!
//! A candidate is a sequence of whole tokens of 15 signs (13 without its key): a number never begins or ends inside
//! a longer piece. From each token at most fifteen others are looked at, so that time grows with the length only.

use std::ops::Range;

use super::{
    annonce::{cle_annoncee, est_annonce},
    jetons::{Jeton, Lien, Signe},
};
use crate::identifiants::{CleNir, attente_plausible, structure_plausible};

/// Where a number stands, in characters and in bytes.
pub(super) struct Place {
    pub caracteres: Range<usize>,
    pub octets: Range<usize>,
}

/// Where the parts of a NIR end: sex, year, month, département, commune, order.
const PARTIES: [usize; 6] = [1, 3, 5, 7, 10, 13];

/// Where the parts of a waiting number end: first digit, second, caisse.
const PARTIES_ATTENTE: [usize; 3] = [1, 2, 5];

pub(super) fn cherche(jetons: &[Jeton<'_>]) -> Vec<Place> {
    let mut places = Vec::new();
    let mut debut = 0;
    while debut < jetons.len() {
        let fin = nombre_depuis(jetons, debut);
        if let (Some(fin), Some(premier)) = (fin, jetons.get(debut))
            && let Some(dernier) = fin.checked_sub(1).and_then(|rang| jetons.get(rang))
        {
            places.push(Place {
                caracteres: premier.caracteres.start..dernier.caracteres.end,
                octets: premier.octets.start..dernier.octets.end,
            });
            debut = fin;
        } else {
            debut += 1;
        }
    }
    places
}

/// The token after the number that begins at this token, if one does.
fn nombre_depuis(jetons: &[Jeton<'_>], debut: usize) -> Option<usize> {
    let premier = jetons.get(debut)?.signes.first()?.chiffre?;
    if !matches!(premier, '1'..='4' | '7' | '8') {
        return None;
    }
    if let Some(quinze) = Fenetre::lit(jetons, debut, 15)
        && quinze.est_nir_complet(jetons)
    {
        return Some(quinze.fin);
    }
    let treize = Fenetre::lit(jetons, debut, 13)?;
    let cle = cle_annoncee(jetons, treize.fin);
    treize.est_nir_sans_cle(jetons, cle.is_some()).then(|| cle.map_or(treize.fin, |rang| rang + 1))
}

/// A sequence of whole tokens that holds the wanted number of signs.
struct Fenetre {
    debut: usize,
    fin: usize,
    signes: Vec<Signe>,
    coupes: Vec<usize>,
    etrange: bool,
}

impl Fenetre {
    fn lit(jetons: &[Jeton<'_>], debut: usize, voulus: usize) -> Option<Self> {
        let mut fenetre = Self { debut, fin: debut, signes: Vec::new(), coupes: Vec::new(), etrange: false };
        for jeton in jetons.get(debut..)? {
            if jeton.signes.is_empty() {
                return None;
            }
            if fenetre.fin > debut {
                match jeton.lien {
                    Lien::Rompu => return None,
                    Lien::Etrange => fenetre.etrange = true,
                    Lien::Simple => {}
                }
                fenetre.coupes.push(fenetre.signes.len());
            }
            if fenetre.signes.len() + jeton.signes.len() > voulus {
                return None;
            }
            fenetre.signes.extend(&jeton.signes);
            fenetre.fin += 1;
            if fenetre.signes.len() == voulus {
                return Some(fenetre);
            }
        }
        None
    }

    fn est_nir_complet(&self, jetons: &[Jeton<'_>]) -> bool {
        let alignee = self.est_alignee(&PARTIES);
        if self.cle_tient() {
            return alignee || (!self.etrange && self.est_isolee(jetons) && !self.est_autre_numero(jetons));
        }
        let Some(signes) = self.sans_lettre() else {
            return false;
        };
        if self.etrange || !alignee {
            return false;
        }
        let treize = signes.get(..13).unwrap_or_default();
        let possible = structure_plausible(treize);
        match self.coupes.len() {
            6 => matches!(signes.first(), Some('1'..='4' | '7' | '8')),
            4 | 5 => possible,
            _ => possible && est_annonce(jetons, self.debut, self.fin),
        }
    }

    fn est_nir_sans_cle(&self, jetons: &[Jeton<'_>], cle: bool) -> bool {
        let Some(signes) = self.sans_lettre() else {
            return false;
        };
        let attente = attente_plausible(&signes);
        if self.etrange || !(attente || structure_plausible(&signes)) {
            return false;
        }
        let alignee = self.est_alignee(&PARTIES);
        let groupee = (alignee && self.coupes.len() >= 3)
            || (attente && self.est_alignee(&PARTIES_ATTENTE) && self.coupes.len() >= 2);
        if groupee && (self.est_isolee(jetons) || self.a_une_cle_entamee(jetons)) {
            return true;
        }
        (alignee || self.est_isolee(jetons)) && (cle || est_annonce(jetons, self.debut, self.fin))
    }

    /// Whether tokens end only where parts of the number end.
    fn est_alignee(&self, parties: &[usize]) -> bool {
        self.coupes.iter().all(|coupe| parties.contains(coupe))
    }

    /// Whether no other digits are tied to either side.
    fn est_isolee(&self, jetons: &[Jeton<'_>]) -> bool {
        let lie = |jeton: &Jeton<'_>, lien: Lien| jeton.est_nombre() && lien == Lien::Simple;
        let avant = self.debut.checked_sub(1).and_then(|rang| jetons.get(rang));
        let premier = jetons.get(self.debut).map_or(Lien::Rompu, |jeton| jeton.lien);
        let apres = jetons.get(self.fin);
        !avant.is_some_and(|jeton| lie(jeton, premier)) && !apres.is_some_and(|jeton| lie(jeton, jeton.lien))
    }

    /// Whether all six parts stand apart and a single digit follows: a key of which one digit was not typed.
    fn a_une_cle_entamee(&self, jetons: &[Jeton<'_>]) -> bool {
        let seul = |jeton: &Jeton<'_>| jeton.signes.len() == 1 && jeton.est_nombre();
        self.coupes.len() == 5
            && jetons.get(self.fin).is_some_and(seul)
            && !jetons.get(self.fin + 1).is_some_and(|jeton| jeton.est_nombre() && jeton.lien == Lien::Simple)
    }

    /// Bank accounts (two letters and two digits stand before) and fifteen-digit cards, in groups of their own.
    fn est_autre_numero(&self, jetons: &[Jeton<'_>]) -> bool {
        let iban = self.debut.checked_sub(1).and_then(|rang| jetons.get(rang)).is_some_and(|jeton| {
            let signes: Vec<char> = jeton.texte.chars().collect();
            matches!(signes.as_slice(), [a, b, c, d]
                if a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_digit() && d.is_ascii_digit())
        });
        iban || self.coupes == [4, 10]
    }

    /// Whether the key holds, letters being read as the digits they look like; Corsica keeps its letter first.
    fn cle_tient(&self) -> bool {
        let corse = |signes: &mut Vec<char>| {
            if let (Some(lu), Some(signe)) = (self.signes.get(6), signes.get_mut(6))
                && matches!(lu.lu, 'A' | 'B')
            {
                *signe = lu.lu;
            }
        };
        let lettres = self.signes.iter().filter(|signe| signe.est_lettre()).count();
        if lettres > 5 {
            return false;
        }
        let mut lus: Vec<char> = self.signes.iter().map(|signe| signe.chiffre.unwrap_or('?')).collect();
        if tient(&lus) {
            return true;
        }
        corse(&mut lus);
        tient(&lus)
    }

    /// The signs as written when they hold no letter, but for Corsica.
    fn sans_lettre(&self) -> Option<Vec<char>> {
        self.signes
            .iter()
            .enumerate()
            .map(|(rang, signe)| {
                let corse = rang == 6 && matches!(signe.lu, 'A' | 'B');
                (corse || !signe.est_lettre()).then_some(signe.lu)
            })
            .collect()
    }
}

fn tient(quinze: &[char]) -> bool {
    let Some((treize, cle)) = quinze.split_at_checked(13) else {
        return false;
    };
    let lue: String = cle.iter().collect();
    structure_plausible(treize) && CleNir::de(treize).is_some_and(|attendue| lue.parse() == Ok(attendue.valeur()))
}
