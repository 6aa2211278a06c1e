//! A printed document as a part of a page: the value that also becomes a PDF.

use super::composants::{Cell, Markup, SummaryList, SummaryRow, Table};
use app::imprime::{Bloc, Imprime, Tableau};
use askama::Template;

#[derive(Template)]
#[template(
    source = "{% if titre %}<h2 class=\"govuk-heading-m\">{{ texte }}</h2>{% else %}<h3 class=\"govuk-heading-s\">{{ texte }}</h3>{% endif %}",
    ext = "html"
)]
struct Heading<'a> {
    titre: bool,
    texte: &'a str,
}

#[derive(Template)]
#[template(source = "<p class=\"govuk-body\">{{ texte }}</p>", ext = "html")]
struct Paragraph<'a> {
    texte: &'a str,
}

#[derive(Template)]
#[template(
    source = "{% if numbered %}<ol class=\"govuk-list govuk-list--number\">{% else %}<ul class=\"govuk-list govuk-list--bullet\">{% endif %}{% for texte in textes %}<li>{{ texte }}</li>{% endfor %}{% if numbered %}</ol>{% else %}</ul>{% endif %}",
    ext = "html"
)]
struct List<'a> {
    numbered: bool,
    textes: &'a [String],
}

/// The document from its title on, as a section below the page's `h1`.
pub(crate) fn document(imprime: &Imprime) -> Markup {
    blocks(imprime, Markup::of(&Heading { titre: true, texte: &imprime.titre }), false)
}

/// The document below a page's own `h1`: its parts are sections of the page.
pub(crate) fn body(imprime: &Imprime) -> Markup {
    blocks(imprime, Markup::default(), true)
}

fn blocks(imprime: &Imprime, page: Markup, titre: bool) -> Markup {
    imprime.blocs.iter().fold(page, |page, bloc| match bloc {
        Bloc::Intertitre(texte) => page.and(&Heading { titre, texte }),
        Bloc::Paragraphe(texte) => page.and(&Paragraph { texte }),
        Bloc::Liste(textes) => page.and(&List { numbered: false, textes }),
        Bloc::Etapes(textes) => page.and(&List { numbered: true, textes }),
        Bloc::Mentions(mentions) => {
            let rows = mentions.iter().map(|(nom, valeur)| SummaryRow::new(nom.as_str(), valeur.as_str()));
            page.and(&SummaryList::new(rows.collect()))
        }
        Bloc::Tableau(tableau) => page.and(&table(tableau)),
    })
}

fn table(tableau: &Tableau) -> Table {
    let cell = |nombres: bool, texte: &str| if nombres { Cell::number(texte) } else { Cell::new(texte) };
    let heads = tableau.colonnes.iter().map(|c| cell(c.nombres, &c.titre)).collect();
    tableau.lignes.iter().fold(Table::new(tableau.legende.as_str(), heads), |table, ligne| {
        let text = |rang| ligne.get(rang).map_or("", String::as_str);
        table.row(tableau.colonnes.iter().enumerate().map(|(rang, c)| cell(c.nombres, text(rang))).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::imprime::Colonne;

    #[test]
    fn every_block_of_a_document_is_shown_and_escaped() {
        let textes = || vec!["un & deux".to_owned()];
        let colonne = |titre: &str, nombres| Colonne { titre: titre.into(), nombres };
        let imprime = Imprime {
            titre: "Bilan".into(),
            emetteur: "CPAM".into(),
            langue: "fr",
            blocs: vec![
                Bloc::Intertitre("Chiffres".into()),
                Bloc::Paragraphe("<b>".into()),
                Bloc::Liste(textes()),
                Bloc::Etapes(textes()),
                Bloc::Mentions(vec![("Service".into(), "Droits".into())]),
                Bloc::Tableau(Tableau {
                    legende: "Par mois".into(),
                    colonnes: vec![colonne("Mois", false), colonne("Demandes", true)],
                    lignes: vec![vec!["janvier".into(), "12".into(), "de trop".into()], vec!["février".into()]],
                }),
            ],
        };
        let shown = document(&imprime).to_string();
        for part in ["<h2", ">Bilan</h2>", ">Chiffres</h3>", "<ul", "<ol", "<dt", "Droits", "<caption", "février", "12"]
        {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        assert!(!shown.contains("<b>") && !shown.contains("de trop"), "{shown}");
    }
}
