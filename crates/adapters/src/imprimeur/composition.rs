//! Blocks onto sheets: what stands where, and the tree of tags in the order of reading. No file is written here.

use super::police::{Graisse, Polices};
use super::tableau;
use super::texte::lines;
use app::imprime::{Bloc, Imprime};
use krilla::tagging::{ListNumbering, TableHeaderScope, Tag, TagKind};
use std::num::NonZeroU16;

/// Edge of the paper to the text, in points.
pub(super) const MARGE: f32 = 56.0;
/// Room for the line at the top and the line at the bottom.
const BANDE: f32 = 28.0;
/// A4.
const COURT: f32 = 595.28;
const LONG: f32 = 841.89;
/// Width of the names beside their values.
const NOMS: f32 = 150.0;
/// Between two columns.
pub(super) const GOUTTIERE: f32 = 10.0;

/// Looks of a text.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) graisse: Graisse,
    pub(super) corps: f32,
    pub(super) interligne: f32,
    /// Ends at the right edge of its column.
    pub(super) droite: bool,
}

pub(super) const TEXTE: Style = Style { graisse: Graisse::Normal, corps: 11.0, interligne: 15.0, droite: false };
pub(super) const FORT: Style = Style { graisse: Graisse::Bold, ..TEXTE };
const TITRE: Style = Style { graisse: Graisse::Bold, corps: 20.0, interligne: 26.0, droite: false };
const INTERTITRE: Style = Style { graisse: Graisse::Bold, corps: 14.0, interligne: 19.0, droite: false };
const BORD: Style = Style { graisse: Graisse::Normal, corps: 9.0, interligne: 12.0, droite: false };

/// What a line is for those who hear the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Part of the text with this number in the tree.
    Contenu(usize),
    /// The line at the top of a sheet.
    Entete,
    /// The line at the bottom of a sheet.
    Pied,
    /// The headings of a table, again at the top of a sheet.
    Rappel,
}

/// A line of text at its place; `y` is its baseline, from the top of the sheet.
#[derive(Debug)]
pub(super) struct Ligne {
    pub(super) texte: String,
    pub(super) graisse: Graisse,
    pub(super) corps: f32,
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) role: Role,
}

/// A horizontal rule, from the top of the sheet.
#[derive(Debug)]
pub(super) struct Filet {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) largeur: f32,
}

/// A sheet.
#[derive(Debug, Default)]
pub(super) struct Feuille {
    pub(super) lignes: Vec<Ligne>,
    pub(super) filets: Vec<Filet>,
}

/// The tree of tags.
pub(super) enum Noeud {
    Groupe(TagKind, Vec<Noeud>),
    Texte(usize),
}

/// An entry of the outline: words, sheet, height on it.
pub(super) struct Repere {
    pub(super) texte: String,
    pub(super) feuille: usize,
    pub(super) y: f32,
}

/// A composed document.
pub(super) struct Composition {
    pub(super) titre: String,
    pub(super) langue: &'static str,
    pub(super) format: (f32, f32),
    pub(super) feuilles: Vec<Feuille>,
    pub(super) arbre: Vec<Noeud>,
    pub(super) plan: Vec<Repere>,
}

/// Lays the blocks out. A document without a title is called « Document »: the standard wants one.
pub(super) fn compose(polices: &Polices, imprime: &Imprime) -> Composition {
    let titre = if imprime.titre.trim().is_empty() { "Document" } else { imprime.titre.trim() };
    let wide = imprime
        .blocs
        .iter()
        .any(|b| matches!(b, Bloc::Tableau(t) if tableau::min_width(polices, t) > COURT - 2.0 * MARGE));
    let mut page = Page {
        polices,
        format: if wide { (LONG, COURT) } else { (COURT, LONG) },
        feuilles: vec![Feuille::default()],
        y: MARGE + BANDE,
        textes: 0,
        plan: Vec::new(),
    };
    let mut arbre = vec![page.heading(titre, 1, TITRE)];
    for bloc in &imprime.blocs {
        arbre.push(page.bloc(bloc));
    }
    page.edges(titre, &imprime.emetteur);
    let Page { format, feuilles, plan, .. } = page;
    Composition { titre: titre.to_owned(), langue: imprime.langue, format, feuilles, arbre, plan }
}

/// The sheet being filled.
pub(super) struct Page<'a> {
    pub(super) polices: &'a Polices,
    format: (f32, f32),
    feuilles: Vec<Feuille>,
    pub(super) y: f32,
    textes: usize,
    plan: Vec<Repere>,
}

impl Page<'_> {
    /// Width of the text.
    pub(super) fn width(&self) -> f32 {
        self.format.0 - 2.0 * MARGE
    }

    /// Room left on this sheet.
    pub(super) fn room(&self) -> f32 {
        self.format.1 - MARGE - BANDE - self.y
    }

    /// Room on an empty sheet.
    pub(super) fn sheet(&self) -> f32 {
        self.format.1 - 2.0 * (MARGE + BANDE)
    }

    /// Goes on on a new sheet.
    pub(super) fn turn(&mut self) {
        self.feuilles.push(Feuille::default());
        self.y = MARGE + BANDE;
    }

    /// Goes on on a new sheet unless so much still fits.
    pub(super) fn keep(&mut self, hauteur: f32) {
        if hauteur > self.room() {
            self.turn();
        }
    }

    /// The number of the next text in the tree.
    pub(super) fn text(&mut self) -> usize {
        self.textes += 1;
        self.textes - 1
    }

    /// Puts a line at a height below `y`, wherever that is.
    pub(super) fn put(&mut self, texte: &str, style: Style, x: f32, role: Role) {
        let y = self.y + style.interligne * 0.5 + style.corps * 0.35;
        self.line(Ligne { texte: texte.to_owned(), graisse: style.graisse, corps: style.corps, x, y, role });
    }

    fn line(&mut self, ligne: Ligne) {
        if let Some(feuille) = self.feuilles.last_mut().filter(|_| !ligne.texte.is_empty()) {
            feuille.lignes.push(ligne);
        }
    }

    /// A rule at `y` over the width of the text.
    pub(super) fn rule(&mut self) {
        let filet = Filet { x: MARGE, y: self.y, largeur: self.width() };
        if let Some(feuille) = self.feuilles.last_mut() {
            feuille.filets.push(filet);
        }
    }

    /// A text over as many sheets as it takes; gives its number.
    fn flow(&mut self, texte: &str, style: Style, x: f32) -> usize {
        let numero = self.text();
        let largeur = self.format.0 - MARGE - x;
        for ligne in lines(self.polices.of(style.graisse), texte, style.corps, largeur) {
            self.keep(style.interligne);
            self.put(&ligne, style, x, Role::Contenu(numero));
            self.y += style.interligne;
        }
        numero
    }

    fn heading(&mut self, texte: &str, niveau: u16, style: Style) -> Noeud {
        // A heading does not stand alone at the bottom of a sheet.
        self.keep(style.interligne + 3.0 * TEXTE.interligne);
        self.plan.push(Repere { texte: texte.to_owned(), feuille: self.feuilles.len() - 1, y: self.y });
        let numero = self.flow(texte, style, MARGE);
        self.y += 6.0;
        let niveau = NonZeroU16::new(niveau).unwrap_or(NonZeroU16::MIN);
        groupe(Tag::Hn(niveau, Some(texte.to_owned())), vec![Noeud::Texte(numero)])
    }

    fn bloc(&mut self, bloc: &Bloc) -> Noeud {
        match bloc {
            Bloc::Intertitre(texte) => {
                self.y += 8.0;
                self.heading(texte, 2, INTERTITRE)
            }
            Bloc::Paragraphe(texte) => {
                let numero = self.flow(texte, TEXTE, MARGE);
                self.y += 8.0;
                groupe(Tag::P, vec![Noeud::Texte(numero)])
            }
            Bloc::Liste(entrees) => self.list(entrees, ListNumbering::Disc, |_| "•".to_owned()),
            Bloc::Etapes(entrees) => self.list(entrees, ListNumbering::Decimal, |rang| format!("{}.", rang + 1)),
            Bloc::Mentions(mentions) => self.mentions(mentions),
            Bloc::Tableau(tableau) => tableau::compose(self, tableau),
        }
    }

    fn list(&mut self, entrees: &[String], numbering: ListNumbering, label: impl Fn(usize) -> String) -> Noeud {
        let mut items = Vec::new();
        for (rang, entree) in entrees.iter().enumerate() {
            self.keep(TEXTE.interligne);
            let numero = self.text();
            self.put(&label(rang), TEXTE, MARGE + 8.0, Role::Contenu(numero));
            let corps = self.flow(entree, TEXTE, MARGE + 28.0);
            self.y += 3.0;
            let item =
                vec![groupe(Tag::Lbl, vec![Noeud::Texte(numero)]), groupe(Tag::LBody, vec![Noeud::Texte(corps)])];
            items.push(groupe(Tag::LI, item));
        }
        self.y += 6.0;
        groupe(Tag::L(numbering), items)
    }

    /// Names beside their values: for those who hear it a table whose lines have headings.
    fn mentions(&mut self, mentions: &[(String, String)]) -> Noeud {
        let mut rows = Vec::new();
        for (nom, valeur) in mentions {
            let cellules = [
                (nom.as_str(), FORT, MARGE, NOMS),
                (valeur.as_str(), TEXTE, MARGE + NOMS + GOUTTIERE, self.width() - NOMS - GOUTTIERE),
            ];
            let numeros = tableau::row(self, &cellules, &mut |_| {});
            self.rule();
            let mut scope = [Tag::TH(TableHeaderScope::Row).into(), TagKind::from(Tag::TD)].into_iter();
            let cells = numeros.into_iter().filter_map(|n| Some(Noeud::Groupe(scope.next()?, vec![Noeud::Texte(n)])));
            rows.push(groupe(Tag::TR, cells.collect()));
        }
        self.y += 12.0;
        groupe(Tag::Table, rows)
    }

    /// The lines at the top and at the bottom of every sheet, for those who see them only.
    fn edges(&mut self, titre: &str, emetteur: &str) {
        let (count, hauteur) = (self.feuilles.len(), self.format.1);
        let police = self.polices.of(BORD.graisse);
        let largeur = self.width();
        let first =
            |texte: &str| lines(police, texte, BORD.corps, largeur * 0.7).into_iter().next().unwrap_or_default();
        let (titre, emetteur) = (first(titre), first(emetteur));
        for (rang, feuille) in self.feuilles.iter_mut().enumerate() {
            let folio = police.shown(&format!("page {} sur {count}", rang + 1));
            let droite = MARGE + largeur - police.width(&folio, BORD.corps);
            let line = |texte: &str, x, y, role| Ligne {
                texte: texte.to_owned(),
                graisse: BORD.graisse,
                corps: BORD.corps,
                x,
                y,
                role,
            };
            let wanted = [
                line(&emetteur, MARGE, MARGE, Role::Entete),
                line(&titre, MARGE, hauteur - MARGE, Role::Pied),
                line(&folio, droite, hauteur - MARGE, Role::Pied),
            ];
            feuille.lignes.extend(wanted.into_iter().filter(|l| !l.texte.is_empty()));
        }
    }
}

/// A group of the tree.
pub(super) fn groupe(tag: impl Into<TagKind>, enfants: Vec<Noeud>) -> Noeud {
    Noeud::Groupe(tag.into(), enfants)
}
