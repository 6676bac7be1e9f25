//! The display list written with krilla: pages, tags, links, outline, metadata.

use std::collections::BTreeMap;

use domain::Date;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TagGroup, TagKind, TagTree,
};
use krilla::{Document, SerializeSettings};

use super::faces::{Face, Faces};
use super::text::{Ink, Piece, stretches};

/// A4 in points.
pub(super) const PAGE: (f32, f32) = (595.28, 841.89);

/// One mark on a page.
#[derive(Clone, Debug)]
pub(super) enum Op {
    /// A piece of text with its leaf in the tree of tags; without one it is not part of the content.
    Text {
        x: f32,
        y: f32,
        piece: Piece,
        leaf: Option<usize>,
    },
    Shape(Shape),
    /// Shapes and texts that are read as one picture.
    Figure {
        leaf: usize,
        ops: Vec<Self>,
    },
    Link {
        x: f32,
        y: f32,
        w: f32,
        h: f32,
        to: String,
        annot: usize,
        alt: String,
    },
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) w: f32,
    pub(super) h: f32,
    pub(super) how: How,
}

/// How a shape is drawn. Each basis has a pattern of its own, so that it reads without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Fill([u8; 3]),
    /// Diagonal strokes.
    Hatch([u8; 3]),
    /// Upright strokes.
    Stripes([u8; 3]),
    /// Only the outline.
    Outline([u8; 3]),
    /// A line from corner to corner.
    Line([u8; 3]),
    /// The same, dashed.
    Dash([u8; 3]),
    /// A lozenge in the rectangle.
    Lozenge([u8; 3]),
}

/// A node of the tree of tags.
#[derive(Clone, Debug)]
pub(super) struct TagNode {
    pub(super) tag: TagKind,
    pub(super) kids: Vec<Kid>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Kid {
    Node(usize),
    Leaf(usize),
    Annot(usize),
}

/// Everything that is laid out.
#[derive(Debug, Default)]
pub(super) struct Laid {
    pub(super) pages: Vec<Vec<Op>>,
    pub(super) nodes: Vec<TagNode>,
    /// Nodes at the top, in reading order.
    pub(super) top: Vec<usize>,
    pub(super) leaves: usize,
    pub(super) annots: usize,
    pub(super) anchors: BTreeMap<String, (usize, f32)>,
    /// Level, text, page, y.
    pub(super) outline: Vec<(u8, String, usize, f32)>,
}

/// What the document says of itself.
#[derive(Debug)]
pub(super) struct About {
    pub(super) title: String,
    pub(super) language: &'static str,
    pub(super) rtl: bool,
    pub(super) as_of: Date,
    pub(super) id: String,
    pub(super) subject: String,
}

/// PDF/UA-1, the standard of accessible documents, is claimed when the writer can vouch for it; otherwise the same pages go
/// out with the same tags and without the claim.
pub(super) fn write(laid: &Laid, about: &About, faces: &Faces) -> Result<Vec<u8>, KrillaError> {
    let claimed = ConfigurationBuilder::new()
        .with_accessibility_validator(krilla::configure::Accessibility::UA1)
        .finish()
        .unwrap_or_default();
    match attempt(laid, about, faces, claimed) {
        Err(KrillaError::Validation(_)) => attempt(laid, about, faces, Configuration::default()),
        done => done,
    }
}

fn attempt(
    laid: &Laid,
    about: &About,
    faces: &Faces,
    configuration: Configuration,
) -> Result<Vec<u8>, KrillaError> {
    let mut document = Document::new_with(SerializeSettings { configuration, ..Default::default() });
    let mut leaves: Vec<Option<Identifier>> = vec![None; laid.leaves];
    let mut annots: Vec<Option<Identifier>> = vec![None; laid.annots];
    for ops in &laid.pages {
        let Some(settings) = PageSettings::from_wh(PAGE.0, PAGE.1) else { continue };
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for op in ops {
            draw(&mut surface, op, faces, &mut leaves);
        }
        surface.finish();
        for op in ops {
            if let Op::Link { x, y, w, h, to, annot, alt } = op {
                let target = match laid.anchors.get(to) {
                    Some((page, y)) => {
                        Target::Destination(XyzDestination::new(*page, Point::from_xy(0.0, *y)).into())
                    }
                    None => Target::Action(Action::Link(LinkAction::new(format!("#{to}")))),
                };
                let Some(rect) = Rect::from_xywh(*x, *y, *w, *h) else { continue };
                let link = Annotation::new_link(LinkAnnotation::new(rect, target), Some(alt.clone()));
                annots[*annot] = Some(page.add_tagged_annotation(link));
            }
        }
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(about.language.to_owned()));
    for node in &laid.top {
        if let Some(group) = group(laid, *node, &leaves, &annots) {
            tree.push(group);
        }
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(laid));
    document.set_metadata(metadata(about));
    document.finish()
}

fn group(
    laid: &Laid,
    node: usize,
    leaves: &[Option<Identifier>],
    annots: &[Option<Identifier>],
) -> Option<TagGroup> {
    let node = &laid.nodes[node];
    let kids = node.kids.iter().filter_map(|kid| match kid {
        Kid::Node(it) => group(laid, *it, leaves, annots).map(Node::from),
        Kid::Leaf(it) => leaves[*it].map(Node::from),
        Kid::Annot(it) => annots[*it].map(Node::from),
    });
    let kids: Vec<Node> = kids.collect();
    // An empty cell is still a cell of its row.
    let cell = matches!(node.tag, TagKind::TD(_) | TagKind::TH(_));
    (cell || !kids.is_empty()).then(|| TagGroup::with_children(node.tag.clone(), kids))
}

fn outline(laid: &Laid) -> Outline {
    let mut out = Outline::new();
    let mut open: Option<OutlineNode> = None;
    for (level, text, page, y) in &laid.outline {
        let node = OutlineNode::new(text.clone(), XyzDestination::new(*page, Point::from_xy(0.0, *y)));
        if let (Some(parent), 3..) = (&mut open, level) {
            parent.push_child(node);
        } else {
            out.children_push(open.replace(node));
        }
    }
    out.children_push(open);
    out
}

/// Pushes a node, if there is one.
trait PushSome {
    fn children_push(&mut self, node: Option<OutlineNode>);
}

impl PushSome for Outline {
    fn children_push(&mut self, node: Option<OutlineNode>) {
        if let Some(node) = node {
            self.push_child(node);
        }
    }
}

/// No clock: the date of a paper is the date of its facts.
fn metadata(about: &About) -> Metadata {
    let day = about.as_of;
    let date = DateTime::new(day.year().unsigned_abs())
        .month(day.month().unsigned_abs())
        .day(day.day().unsigned_abs());
    let direction = if about.rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
    Metadata::new()
        .title(about.title.clone())
        .description(about.subject.clone())
        .language(about.language.to_owned())
        .creator(format!("Periplus {}", env!("CARGO_PKG_VERSION")))
        .producer(format!("Periplus {}", env!("CARGO_PKG_VERSION")))
        .creation_date(date)
        .document_id(about.id.clone())
        .text_direction(direction)
}

fn draw(surface: &mut Surface<'_>, op: &Op, faces: &Faces, leaves: &mut [Option<Identifier>]) {
    match op {
        Op::Text { x, y, piece, leaf } => {
            let tag = match leaf {
                Some(_) => ContentTag::Span(SpanTag::empty()),
                None => artifact(),
            };
            let identifier = surface.start_tagged(tag);
            write_piece(surface, *x, *y, piece, faces);
            surface.end_tagged();
            if let Some(leaf) = leaf {
                leaves[*leaf] = Some(identifier);
            }
        }
        Op::Shape(shape) => {
            surface.start_tagged(artifact());
            draw_shape(surface, shape);
            surface.end_tagged();
        }
        Op::Figure { leaf, ops } => {
            let identifier = surface.start_tagged(ContentTag::Other);
            for op in ops {
                match op {
                    Op::Shape(shape) => draw_shape(surface, shape),
                    Op::Text { x, y, piece, .. } => write_piece(surface, *x, *y, piece, faces),
                    Op::Figure { .. } | Op::Link { .. } => {}
                }
            }
            surface.end_tagged();
            leaves[*leaf] = Some(identifier);
        }
        Op::Link { .. } => {}
    }
}

fn artifact() -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other))
}

fn ink(ink: Ink) -> [u8; 3] {
    match ink {
        Ink::Black => [0x1c, 0x1f, 0x24],
        Ink::Grey => [0x58, 0x60, 0x6a],
        Ink::Accent => super::ACCENT,
        Ink::Red => [0xa1, 0x1d, 0x21],
    }
}

fn fill(color: [u8; 3]) -> Fill {
    Fill { paint: paint(color), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

fn paint(color: [u8; 3]) -> krilla::paint::Paint {
    rgb::Color::new(color[0], color[1], color[2]).into()
}

fn stroke(color: [u8; 3], width: f32) -> Stroke {
    Stroke { paint: paint(color), width, ..Default::default() }
}

fn write_piece(surface: &mut Surface<'_>, x: f32, y: f32, piece: &Piece, faces: &Faces) {
    let size = piece.style.size;
    let color = ink(piece.style.ink);
    let mut at = x;
    for stretch in stretches(faces, &piece.text, piece.style.bold) {
        surface.set_fill(Some(fill(color)));
        // There is one weight of Chinese: a thin stroke of the same colour stands in for bold.
        let fake = piece.style.bold && matches!(stretch.face, Face::Cjk | Face::Arabic);
        surface.set_stroke(fake.then(|| stroke(color, size * 0.03)));
        surface.draw_glyphs(
            Point::from_xy(at, y),
            &stretch.glyphs,
            faces.font(stretch.face),
            &stretch.text,
            size,
            false,
        );
        at += stretch.width * size;
    }
    surface.set_stroke(None);
}

fn lines(points: &[(f32, f32)], close: bool) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(first.0, first.1);
    for point in rest {
        path.line_to(point.0, point.1);
    }
    if close {
        path.close();
    }
    path.finish()
}

fn rect(shape: &Shape) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(shape.x, shape.y, shape.w, shape.h)?);
    path.finish()
}

/// Points between the strokes of a pattern.
const STEP: f32 = 2.6;

fn draw_shape(surface: &mut Surface<'_>, shape: &Shape) {
    let Shape { x, y, w, h, how } = *shape;
    let mut stroked = |path: Option<Path>, stroke: Stroke| {
        if let Some(path) = path {
            surface.set_fill(None);
            surface.set_stroke(Some(stroke));
            surface.draw_path(&path);
            surface.set_stroke(None);
        }
    };
    match how {
        How::Outline(color) => stroked(rect(shape), stroke(color, 0.6)),
        How::Line(color) => stroked(lines(&[(x, y), (x + w, y + h)], false), stroke(color, 0.5)),
        How::Dash(color) => {
            let dash = krilla::paint::StrokeDash { array: vec![2.0, 2.0], offset: 0.0 };
            stroked(
                lines(&[(x, y), (x + w, y + h)], false),
                Stroke { dash: Some(dash), ..stroke(color, 0.8) },
            );
        }
        How::Hatch(color) => {
            stroked(rect(shape), stroke(color, 0.6));
            // Diagonals cut at the edges of the rectangle.
            let mut at = STEP;
            while at < w + h {
                let from = if at <= h { (x, y + at) } else { (x + at - h, y + h) };
                let to = if at <= w { (x + at, y) } else { (x + w, y + at - w) };
                stroked(lines(&[from, to], false), stroke(color, 0.7));
                at += STEP;
            }
        }
        How::Stripes(color) => {
            stroked(rect(shape), stroke(color, 0.6));
            let mut at = STEP;
            while at < w {
                stroked(lines(&[(x + at, y), (x + at, y + h)], false), stroke(color, 0.5));
                at += STEP;
            }
        }
        How::Fill(color) => filled(surface, rect(shape), color),
        How::Lozenge(color) => {
            let path = lines(
                &[(x + w / 2.0, y), (x + w, y + h / 2.0), (x + w / 2.0, y + h), (x, y + h / 2.0)],
                true,
            );
            filled(surface, path, color);
        }
    }
}

fn filled(surface: &mut Surface<'_>, path: Option<Path>, color: [u8; 3]) {
    let Some(path) = path else { return };
    surface.set_stroke(None);
    surface.set_fill(Some(fill(color)));
    surface.draw_path(&path);
}
