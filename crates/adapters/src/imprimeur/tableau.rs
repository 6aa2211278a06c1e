//! Tables: widths of columns after their words, headings again on each sheet, a line that is higher than a sheet goes
//! on on the next one.

use super::composition::{FORT, GOUTTIERE, MARGE, Noeud, Page, Role, Style, TEXTE, groupe};
use super::police::Polices;
use super::texte::{lines, widths};
use app::imprime::Tableau;
use krilla::tagging::{TableHeaderScope, Tag, TagKind};

/// A cell to lay out: its text, its looks, where it begins, how wide it is.
pub(super) type Cellule<'a> = (&'a str, Style, f32, f32);

/// Begin and width of a column, and whether numbers stand in it.
type Place = (f32, f32, bool);

const CORPS: Style = Style { corps: 9.0, interligne: 12.0, ..TEXTE };
const TETE: Style = Style { corps: 9.0, interligne: 12.0, ..FORT };
/// Above and below the text of a line.
const AIR: f32 = 3.0;

/// The width below which words of a table would be cut.
pub(super) fn min_width(polices: &Polices, tableau: &Tableau) -> f32 {
    let gaps = tableau.colonnes.len().saturating_sub(1) as f32 * GOUTTIERE;
    needs(polices, tableau).iter().map(|(least, _)| least).sum::<f32>() + gaps
}

/// Widest word and widest text of each column.
fn needs(polices: &Polices, tableau: &Tableau) -> Vec<(f32, f32)> {
    let of = |(rang, colonne): (usize, &app::imprime::Colonne)| {
        let style = if rang == 0 { TETE } else { CORPS };
        let cells = tableau
            .lignes
            .iter()
            .filter_map(|l| l.get(rang))
            .map(|c| widths(polices.of(style.graisse), c, style.corps));
        let head = widths(polices.of(TETE.graisse), &colonne.titre, TETE.corps);
        cells.fold(head, |(a, b), (c, d)| (a.max(c), b.max(d)))
    };
    tableau.colonnes.iter().enumerate().map(of).collect()
}

/// Begin and width of each column: what its words need, and of the rest as much as its longest text asks for.
fn columns(page: &Page<'_>, tableau: &Tableau) -> Vec<(f32, f32)> {
    let needs = needs(page.polices, tableau);
    let room = page.width() - needs.len().saturating_sub(1) as f32 * GOUTTIERE;
    let least: f32 = needs.iter().map(|(least, _)| least).sum();
    let most: f32 = needs.iter().map(|(_, most)| most).sum();
    let width = |(own_least, own_most): (f32, f32)| {
        if least >= room {
            own_least * room / least.max(1.0)
        } else if most <= room {
            own_most + (room - most) / needs.len() as f32
        } else {
            own_least + (own_most - own_least) * (room - least) / (most - least).max(1.0)
        }
    };
    let mut x = MARGE;
    let place = |own: &(f32, f32)| {
        let (begin, width) = (x, width(*own));
        x += width + GOUTTIERE;
        (begin, width)
    };
    needs.iter().map(place).collect()
}

/// Lays a table out.
pub(super) fn compose(page: &mut Page<'_>, tableau: &Tableau) -> Noeud {
    let columns = columns(page, tableau);
    let titles: Vec<&str> = tableau.colonnes.iter().map(|c| c.titre.as_str()).collect();
    let columns: Vec<Place> =
        columns.into_iter().zip(&tableau.colonnes).map(|((x, width), c)| (x, width, c.nombres)).collect();
    page.keep(FORT.interligne + 3.0 * (TETE.interligne + 2.0 * AIR));
    let legende = page.text();
    for ligne in lines(page.polices.of(FORT.graisse), &tableau.legende, FORT.corps, page.width()) {
        page.put(&ligne, FORT, MARGE, Role::Contenu(legende));
        page.y += FORT.interligne;
    }
    page.rule();
    let head = row(page, &cells(&titles, &columns, TETE), &mut |_| {});
    page.rule();
    let scope = |kind: TableHeaderScope| TagKind::from(Tag::TH(kind));
    let head = head.into_iter().map(|n| Noeud::Groupe(scope(TableHeaderScope::Column), vec![Noeud::Texte(n)]));
    let mut rows = vec![groupe(Tag::TR, head.collect())];
    for ligne in &tableau.lignes {
        let texts: Vec<&str> = (0..columns.len()).map(|rang| ligne.get(rang).map_or("", String::as_str)).collect();
        let numeros = row(page, &cells(&texts, &columns, CORPS), &mut |page| repeat(page, &titles, &columns));
        page.rule();
        let kind = |rang| if rang == 0 { scope(TableHeaderScope::Row) } else { Tag::TD.into() };
        let cells = numeros.into_iter().enumerate().map(|(rang, n)| Noeud::Groupe(kind(rang), vec![Noeud::Texte(n)]));
        rows.push(groupe(Tag::TR, cells.collect()));
    }
    page.y += 12.0;
    let body = rows.split_off(1);
    let mut parts = vec![groupe(Tag::Caption, vec![Noeud::Texte(legende)]), groupe(Tag::THead, rows)];
    if !body.is_empty() {
        parts.push(groupe(Tag::TBody, body));
    }
    groupe(Tag::Table, parts)
}

fn cells<'a>(texts: &[&'a str], columns: &[Place], style: Style) -> Vec<Cellule<'a>> {
    let of = |(rang, (texte, (x, width, droite))): (usize, (&&'a str, &Place))| {
        let graisse = if rang == 0 { FORT.graisse } else { style.graisse };
        (*texte, Style { graisse, droite: *droite, ..style }, *x, *width)
    };
    texts.iter().zip(columns).enumerate().map(of).collect()
}

/// The headings again, for those who see the sheet.
fn repeat(page: &mut Page<'_>, titles: &[&str], columns: &[Place]) {
    page.rule();
    let laid = laid(page, &cells(titles, columns, TETE));
    draw(page, &laid, &vec![Role::Rappel; laid.len()], &mut |_| {});
    page.rule();
}

/// A cell as lines, its looks, where it begins, how wide it is.
type Posee = (Vec<String>, Style, f32, f32);

fn laid(page: &Page<'_>, cellules: &[Cellule<'_>]) -> Vec<Posee> {
    let of = |(texte, style, x, width): &Cellule<'_>| {
        (lines(page.polices.of(style.graisse), texte, style.corps, *width), *style, *x, *width)
    };
    cellules.iter().map(of).collect()
}

/// Lays one line of cells out, `again` at the top of every sheet that it begins; gives the numbers of the cells' texts.
pub(super) fn row(page: &mut Page<'_>, cellules: &[Cellule<'_>], again: &mut dyn FnMut(&mut Page<'_>)) -> Vec<usize> {
    let numeros: Vec<usize> = cellules.iter().map(|_| page.text()).collect();
    let laid = laid(page, cellules);
    let height = laid.iter().map(|(l, s, ..)| l.len() as f32 * s.interligne).fold(0.0, f32::max) + 2.0 * AIR;
    // Not cut over two sheets unless it is higher than one, or nearly.
    if height > page.room() && height < page.sheet() * 0.8 {
        page.turn();
        again(page);
    }
    let roles: Vec<Role> = numeros.iter().map(|n| Role::Contenu(*n)).collect();
    draw(page, &laid, &roles, again);
    numeros
}

fn draw(page: &mut Page<'_>, laid: &[Posee], roles: &[Role], again: &mut dyn FnMut(&mut Page<'_>)) {
    page.y += AIR;
    let count = laid.iter().map(|(lines, ..)| lines.len()).max().unwrap_or_default();
    let step = laid.iter().map(|(_, style, ..)| style.interligne).fold(0.0, f32::max);
    for rang in 0..count {
        if step > page.room() {
            page.turn();
            again(page);
        }
        for ((lines, style, x, width), role) in laid.iter().zip(roles) {
            if let Some(ligne) = lines.get(rang) {
                let own = page.polices.of(style.graisse).width(ligne.trim_end_matches(' '), style.corps);
                let x = if style.droite { x + (width - own).max(0.0) } else { *x };
                page.put(ligne, *style, x, *role);
            }
        }
        page.y += step;
    }
    page.y += AIR;
}
