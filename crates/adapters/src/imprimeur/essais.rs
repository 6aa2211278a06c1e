//! Whole documents: valid by krilla's PDF/UA-1 rules, and read back with another library.

use super::*;
use app::imprime::{Bloc, Colonne, Tableau};
use app::ports::Imprimeur as _;
use lopdf::{Dictionary, Document, Object};

fn imprime(blocs: Vec<Bloc>) -> Imprime {
    Imprime { titre: "Accusé de réception".into(), emetteur: "CPAM de démonstration".into(), langue: "fr", blocs }
}

fn tableau(colonnes: usize, lignes: usize, mot: &str) -> Bloc {
    let colonne = |n: usize| Colonne { titre: format!("Colonne {n}"), nombres: n > 0 };
    let ligne = |l: usize| (0..colonnes).map(|c| format!("{mot} {l}.{c}")).collect();
    Bloc::Tableau(Tableau {
        legende: "Demandes par type".into(),
        colonnes: (0..colonnes).map(colonne).collect(),
        lignes: (0..lignes).map(ligne).collect(),
    })
}

fn all() -> Vec<Bloc> {
    vec![
        Bloc::Paragraphe(
            "Votre demande « attestation » a été reçue le 3 janvier 2029 à 14 h 05 ; l’œuvre coûte 5 €.".into(),
        ),
        Bloc::Intertitre("Mentions".into()),
        Bloc::Mentions(vec![
            ("Référence".into(), "EP-M3FJ-C7RP-TW5".into()),
            ("Courriel".into(), "a@b.example".into()),
        ]),
        Bloc::Intertitre("Suite".into()),
        Bloc::Liste(vec!["un".into(), "deux".into()]),
        Bloc::Etapes(vec!["puis".into(), "enfin".into()]),
        tableau(3, 4, "ligne"),
    ]
}

fn bytes(imprime: &Imprime) -> Vec<u8> {
    pdf(&Polices::new().unwrap(), imprime).unwrap()
}

fn read(imprime: &Imprime) -> Document {
    Document::load_mem(&bytes(imprime)).unwrap()
}

fn dictionary<'a>(document: &'a Document, of: &'a Dictionary, key: &[u8]) -> &'a Dictionary {
    document.dereference(of.get(key).unwrap()).unwrap().1.as_dict().unwrap()
}

fn text(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap()
}

/// Kinds of the structure elements, each with how often it comes.
fn kinds(document: &Document) -> std::collections::BTreeMap<String, usize> {
    let mut found = std::collections::BTreeMap::new();
    for object in document.objects.values() {
        let Ok(dictionary) = object.as_dict() else { continue };
        let Ok(kind) = dictionary.get(b"S").and_then(Object::as_name) else { continue };
        if dictionary.has(b"P") {
            *found.entry(String::from_utf8_lossy(kind).into_owned()).or_default() += 1;
        }
    }
    found
}

#[test]
fn a_document_is_tagged_has_a_title_and_a_language() {
    let document = read(&imprime(all()));
    let catalog = document.catalog().unwrap();
    assert_eq!(text(catalog.get(b"Lang").unwrap()), "fr");
    assert!(dictionary(&document, catalog, b"MarkInfo").get(b"Marked").unwrap().as_bool().unwrap());
    assert!(dictionary(&document, catalog, b"ViewerPreferences").get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    assert!(catalog.has(b"Outlines") && catalog.has(b"StructTreeRoot"));
    let info = dictionary(&document, &document.trailer, b"Info");
    assert_eq!(text(info.get(b"Title").unwrap()), "Accusé de réception");
    let kinds = kinds(&document);
    for (kind, count) in
        [("H1", 1), ("H2", 2), ("P", 1), ("L", 2), ("LI", 4), ("Lbl", 4), ("LBody", 4), ("Table", 2), ("Caption", 1)]
    {
        assert_eq!(kinds.get(kind), Some(&count), "{kind}: {kinds:?}");
    }
    // Two names, three columns, four lines; the rest are cells.
    assert_eq!((kinds["TH"], kinds["TD"], kinds["TR"]), (2 + 3 + 4, 2 + 8, 2 + 5), "{kinds:?}");
}

#[test]
fn a_document_without_a_title_or_without_anything_is_valid() {
    let document = read(&Imprime { titre: " ".into(), ..imprime(vec![]) });
    let info = dictionary(&document, &document.trailer, b"Info");
    assert_eq!(text(info.get(b"Title").unwrap()), "Document");
    read(&imprime(vec![
        Bloc::Paragraphe(String::new()),
        Bloc::Liste(vec![]),
        Bloc::Mentions(vec![]),
        Bloc::Mentions(vec![("Vide".into(), String::new())]),
        tableau(2, 0, "x"),
        Bloc::Tableau(Tableau { legende: String::new(), colonnes: vec![], lignes: vec![] }),
    ]));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(bytes(&imprime(all())), bytes(&imprime(all())));
}

#[test]
fn letters_that_the_font_lacks_do_not_make_a_document_invalid() {
    read(&imprime(vec![Bloc::Paragraphe("日本 \u{7} \u{feff} Ł ő → ✓ 👍 \u{301}".into())]));
}

/// Lines that are part of the text lie between the bands, inside the margins, and none lies over another.
fn check_places(composition: &composition::Composition, polices: &Polices) {
    let (width, height) = composition.format;
    for feuille in &composition.feuilles {
        for ligne in &feuille.lignes {
            let end = ligne.x + polices.of(ligne.graisse).width(ligne.texte.trim_end_matches(' '), ligne.corps);
            assert!(ligne.x >= composition::MARGE && end <= width - composition::MARGE + 0.1, "{ligne:?}");
            assert!(ligne.y > 40.0 && ligne.y <= height - composition::MARGE, "{ligne:?}");
            let over = |other: &&composition::Ligne| {
                other.y == ligne.y && other.x > ligne.x && other.x < end && !std::ptr::eq(*other, ligne)
            };
            assert!(feuille.lignes.iter().find(over).is_none(), "{ligne:?}");
        }
    }
}

fn composed(blocs: Vec<Bloc>) -> composition::Composition {
    let polices = Polices::new().unwrap();
    let composition = composition::compose(&polices, &imprime(blocs));
    check_places(&composition, &polices);
    composition
}

fn shown<'a>(composition: &'a composition::Composition, role: composition::Role) -> Vec<Vec<&'a str>> {
    let of = |l: &'a composition::Ligne| (l.role == role).then_some(l.texte.as_str());
    composition.feuilles.iter().map(|f| f.lignes.iter().filter_map(of).collect()).collect()
}

#[test]
fn a_long_text_goes_on_over_sheets_that_are_counted() {
    let long = "Le service en charge répond sous cinq jours ouvrés. ".repeat(40);
    let composition =
        composed(vec![Bloc::Paragraphe(long.clone()), Bloc::Liste(vec![long.clone(); 3]), Bloc::Paragraphe(long)]);
    let count = composition.feuilles.len();
    assert!(count > 2, "{count}");
    for (rang, pied) in shown(&composition, composition::Role::Pied).iter().enumerate() {
        assert_eq!(pied[..], ["Accusé de réception", &format!("page {} sur {count}", rang + 1)]);
    }
    assert!(shown(&composition, composition::Role::Entete).iter().all(|e| e[..] == ["CPAM de démonstration"]));
}

#[test]
fn headings_of_a_table_come_again_on_each_sheet_and_a_heading_never_stands_alone() {
    let composition = composed(vec![
        Bloc::Paragraphe("Avant.\n".repeat(41)),
        Bloc::Intertitre("Chiffres".into()),
        tableau(4, 120, "ligne"),
    ]);
    assert!(composition.feuilles.len() > 2);
    let again = shown(&composition, composition::Role::Rappel);
    assert!(again[0].is_empty() && again[2][..] == ["Colonne 0", "Colonne 1", "Colonne 2", "Colonne 3"], "{again:?}");
    assert_eq!(composition.plan[1].feuille, 1, "the heading went to the sheet of what it announces");
}

#[test]
fn a_wide_table_turns_the_paper_and_a_line_higher_than_a_sheet_goes_on() {
    let polices = Polices::new().unwrap();
    let wide = composed(vec![tableau(11, 3, "anticonstitutionnellement")]);
    assert!(wide.format.0 > wide.format.1);
    let narrow = composed(vec![tableau(3, 3, "mot")]);
    assert!(narrow.format.0 < narrow.format.1);
    let high = composed(vec![Bloc::Mentions(vec![("Texte".into(), "un mot après l’autre ".repeat(900))])]);
    assert!(high.feuilles.len() > 1);
    for blocs in [vec![tableau(11, 3, "anticonstitutionnellement")], vec![tableau(40, 3, "mot")]] {
        pdf(&polices, &imprime(blocs)).unwrap();
    }
}

#[tokio::test]
async fn the_port_prints_off_the_serving_threads() {
    let printed = Imprimeur::new().unwrap().print(imprime(all())).await.unwrap();
    assert_eq!(printed, bytes(&imprime(all())));
    assert!(printed.starts_with(b"%PDF-1.7"));
    if let Ok(path) = std::env::var("EP_WRITE_PDF") {
        std::fs::write(path, printed).unwrap();
    }
}
