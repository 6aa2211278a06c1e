//! Sheets into a file: each line is drawn with its tag, then the tree takes the tags in.

use super::composition::{Composition, Feuille, Noeud, Repere, Role};
use super::police::Polices;
use app::ports::PrintError;
use krilla::color::luma;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Stroke;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};
use std::collections::HashMap;

/// Grey of the rules: 0 is black.
const GRIS: u8 = 150;

/// Writes a composed document.
pub(super) fn write(polices: &Polices, composition: Composition) -> Result<Vec<u8>, PrintError> {
    let failed = |cause: &str| PrintError::Failed(cause.to_owned());
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|_| failed("PDF/UA-1 has no version"))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let metadata = Metadata::new().title(composition.titre.clone()).language(composition.langue.to_owned());
    document.set_metadata(metadata);
    let (width, height) = composition.format;
    let mut tags: HashMap<usize, Vec<Identifier>> = HashMap::new();
    for feuille in &composition.feuilles {
        let settings = PageSettings::from_wh(width, height).ok_or_else(|| failed("no such paper"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        draw(polices, &mut surface, feuille, &mut tags);
        surface.finish();
        page.finish();
    }
    document.set_outline(outline(composition.plan));
    let mut tree = TagTree::new().with_lang(Some(composition.langue.to_owned()));
    for noeud in composition.arbre {
        for node in nodes(noeud, &mut tags) {
            tree.push(node);
        }
    }
    document.set_tag_tree(tree);
    document.finish().map_err(refused)
}

/// What krilla refused, in its words: kinds of errors, never a text of the document.
fn refused(error: KrillaError) -> PrintError {
    match error {
        KrillaError::Validation(errors) => {
            let kind = |text: String| text.split(['(', ' ', '{']).next().unwrap_or_default().to_owned();
            let kinds: Vec<String> = errors.iter().map(|(error, _)| kind(format!("{error:?}"))).collect();
            PrintError::Refused(kinds.join(", "))
        }
        KrillaError::Font(..) => PrintError::Failed("font not embedded".to_owned()),
        _ => PrintError::Failed("limit of the format".to_owned()),
    }
}

fn draw(polices: &Polices, surface: &mut Surface<'_>, feuille: &Feuille, tags: &mut HashMap<usize, Vec<Identifier>>) {
    for filet in &feuille.filets {
        let mut path = PathBuilder::new();
        path.move_to(filet.x, filet.y);
        path.line_to(filet.x + filet.largeur, filet.y);
        let Some(path) = path.finish() else { continue };
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        surface.set_fill(None);
        surface.set_stroke(Some(Stroke { paint: luma::Color::new(GRIS).into(), width: 0.5, ..Stroke::default() }));
        surface.draw_path(&path);
        surface.set_stroke(None);
        surface.end_tagged();
    }
    for ligne in &feuille.lignes {
        let police = polices.of(ligne.graisse);
        let tag = match ligne.role {
            Role::Contenu(_) => ContentTag::Span(SpanTag::empty()),
            Role::Entete => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Header)),
            Role::Pied => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)),
            Role::Rappel => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
        };
        let identifier = surface.start_tagged(tag);
        let glyphs = police.glyphs(&ligne.texte);
        surface.draw_glyphs(
            Point::from_xy(ligne.x, ligne.y),
            &glyphs,
            police.font.clone(),
            &ligne.texte,
            ligne.corps,
            false,
        );
        surface.end_tagged();
        if let Role::Contenu(numero) = ligne.role {
            tags.entry(numero).or_default().push(identifier);
        }
    }
}

fn outline(plan: Vec<Repere>) -> Outline {
    let mut outline = Outline::new();
    for repere in plan {
        let target = XyzDestination::new(repere.feuille, Point::from_xy(0.0, repere.y));
        outline.push_child(OutlineNode::new(repere.texte, target));
    }
    outline
}

/// A node of the tree with the tags of its texts, which may stand on several sheets.
fn nodes(noeud: Noeud, tags: &mut HashMap<usize, Vec<Identifier>>) -> Vec<Node> {
    match noeud {
        Noeud::Texte(numero) => tags.remove(&numero).unwrap_or_default().into_iter().map(Node::from).collect(),
        Noeud::Groupe(tag, enfants) => {
            let children = enfants.into_iter().flat_map(|enfant| nodes(enfant, tags)).collect();
            vec![TagGroup::with_children(tag, children).into()]
        }
    }
}
