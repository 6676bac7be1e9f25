//! Blocks laid out on pages: a display list and a tree of tags. Nothing is drawn here.

use std::collections::BTreeSet;
use std::num::NonZeroU16;

use krilla::tagging::{ListNumbering, Tag, TagKind};

use desk::words::Words;

use super::draw::{How, Kid, Laid, Op, PAGE, Shape, TagNode};
use super::faces::Faces;
use super::text::{Ink, Line, Measure, Piece, Run, Style, covered, width, wrap};
use crate::block::{Block, Item, Span, Tone};
use crate::paper::Paper;

pub(super) const LEFT: f32 = 46.0;
pub(super) const RIGHT: f32 = PAGE.0 - 46.0;
const TOP: f32 = 58.0;
const BOTTOM: f32 = PAGE.1 - 56.0;
pub(super) const WIDTH: f32 = RIGHT - LEFT;
/// Height of a line in parts of its size.
pub(super) const LEADING: f32 = 1.38;
/// From the top of a line to its baseline, in parts of its size.
const ASCENT: f32 = 1.02;
/// A heading does not stand alone at the foot of a page: so much must follow it.
const KEEP: f32 = 90.0;
pub(super) const RULE: [u8; 3] = [0xc9, 0xce, 0xd4];

pub(super) const BODY: Style = Style { size: 9.0, bold: false, ink: Ink::Black };
pub(super) const SMALL: Style = Style { size: 7.4, bold: false, ink: Ink::Grey };

/// Where the next block goes.
pub(super) struct Flow<'a> {
    pub(super) faces: &'a Measure<'a>,
    pub(super) laid: Laid,
    pub(super) y: f32,
}

/// The whole document, with heads and feet of pages.
pub(super) fn lay(blocks: &[Block], paper: &Paper, words: &Words, faces: &Faces) -> Laid {
    let faces = &Measure::new(faces);
    let mut flow = Flow { faces, laid: Laid::default(), y: TOP };
    flow.laid.pages.push(Vec::new());
    for block in blocks {
        flow.block(block);
    }
    heads_and_feet(&mut flow, paper, words);
    flow.laid
}

impl Flow<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Section => self.new_page(),
            Block::Heading { level, text, anchor } => self.heading(*level, text, anchor.as_deref()),
            Block::Text { tone, spans } => {
                let style = Style { ink: Ink::of(*tone), bold: *tone == Tone::Strong, ..BODY };
                let node = self.node(Tag::P.into(), None);
                let lines = self.wrap(spans, style, WIDTH);
                self.lines(&lines, LEFT, WIDTH, node, false);
                self.y += 3.0;
            }
            Block::List(items) => self.list(items),
            Block::Table(table) => super::table::lay(self, table),
            Block::Waterfall { bars, alt } => super::figures::waterfall(self, bars, alt),
            Block::Time { time, alt, from } => super::figures::timeline(self, time, alt, *from),
            Block::Legend(rows) => super::figures::legend(self, rows),
        }
    }

    pub(super) fn page(&mut self) -> &mut Vec<Op> {
        if self.laid.pages.is_empty() {
            self.laid.pages.push(Vec::new());
        }
        let last = self.laid.pages.len() - 1;
        &mut self.laid.pages[last]
    }

    pub(super) fn page_number(&self) -> usize {
        self.laid.pages.len().saturating_sub(1)
    }

    pub(super) fn new_page(&mut self) {
        if self.y > TOP {
            self.laid.pages.push(Vec::new());
            self.y = TOP;
        }
    }

    pub(super) fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    /// A new page unless so much fits; more than a page never fits, and begins where it stands.
    pub(super) fn need(&mut self, height: f32) {
        if height > self.room() && height <= BOTTOM - TOP {
            self.new_page();
        }
    }

    /// A node of the tree, under `parent` or at the top.
    pub(super) fn node(&mut self, tag: TagKind, parent: Option<usize>) -> usize {
        self.laid.nodes.push(TagNode { tag, kids: Vec::new() });
        let node = self.laid.nodes.len() - 1;
        match parent {
            Some(parent) => self.laid.nodes[parent].kids.push(Kid::Node(node)),
            None => self.laid.top.push(node),
        }
        node
    }

    pub(super) fn leaf(&mut self, node: usize) -> usize {
        let leaf = self.laid.leaves;
        self.laid.leaves += 1;
        self.laid.nodes[node].kids.push(Kid::Leaf(leaf));
        leaf
    }

    pub(super) fn shape(&mut self, shape: Shape) {
        self.page().push(Op::Shape(shape));
    }

    /// A thin line across.
    pub(super) fn rule(&mut self, x: f32, y: f32, w: f32, color: [u8; 3]) {
        self.shape(Shape { x, y, w, h: 0.0, how: How::Line(color) });
    }

    pub(super) fn covered(&self, text: &str) -> String {
        covered(self.faces, text, &mut BTreeSet::new())
    }

    pub(super) fn wrap(&self, spans: &[Span], style: Style, limit: f32) -> Vec<Line> {
        let run = |it: &Span| Run {
            text: self.covered(&it.text),
            style: if it.to.is_some() { Style { ink: Ink::Accent, ..style } } else { style },
            to: it.to.clone(),
        };
        let runs: Vec<Run> = spans.iter().map(run).collect();
        wrap(self.faces, &runs, limit)
    }

    /// Lines one under another, pages turning between them.
    pub(super) fn lines(&mut self, lines: &[Line], x: f32, w: f32, node: usize, right: bool) {
        for line in lines {
            if line.size * LEADING > self.room() {
                self.new_page();
            }
            let y = self.y;
            self.line(line, x, y, w, Some(node), right);
            self.y += line.size * LEADING;
        }
    }

    /// One line with its top at `y`.
    pub(super) fn line(&mut self, line: &Line, x: f32, y: f32, w: f32, node: Option<usize>, right: bool) {
        let mut at = if right { x + w - line.width } else { x };
        let baseline = y + line.size * ASCENT;
        for piece in &line.pieces {
            let linked = node.zip(piece.to.as_ref());
            let leaf = match linked {
                Some((node, to)) => {
                    let link = self.node(Tag::Link.into(), Some(node));
                    let leaf = self.leaf(link);
                    let annot = self.laid.annots;
                    self.laid.annots += 1;
                    self.laid.nodes[link].kids.push(Kid::Annot(annot));
                    let op = Op::Link {
                        x: at,
                        y,
                        w: piece.width.max(1.0),
                        h: line.size * LEADING,
                        to: to.clone(),
                        annot,
                        alt: piece.text.trim().to_owned(),
                    };
                    self.page().push(op);
                    Some(leaf)
                }
                None => node.map(|it| self.leaf(it)),
            };
            self.page().push(Op::Text { x: at, y: baseline, piece: piece.clone(), leaf });
            at += piece.width;
        }
    }

    /// A text on one line that belongs to a figure or to the margin of the page.
    pub(super) fn word(&self, text: &str, x: f32, y: f32, style: Style, right: bool) -> Op {
        let text = self.covered(text);
        let width = width(self.faces, &text, style);
        let x = if right { x - width } else { x };
        Op::Text { x, y: y + style.size * ASCENT, piece: Piece { text, style, to: None, width }, leaf: None }
    }

    /// As much of a text as fits, the cut being shown.
    pub(super) fn fitting(&self, text: &str, style: Style, limit: f32) -> String {
        let text = self.covered(text);
        if width(self.faces, &text, style) <= limit {
            return text;
        }
        let mut kept = String::new();
        let mut used = width(self.faces, "…", style);
        for letter in text.chars() {
            used += width(self.faces, letter.encode_utf8(&mut [0; 4]), style);
            if used > limit {
                break;
            }
            kept.push(letter);
        }
        format!("{}…", kept.trim_end())
    }

    fn heading(&mut self, level: u8, text: &str, anchor: Option<&str>) {
        let (size, before, after) = match level {
            1 => (15.0, 0.0, 5.0),
            2 => (12.0, 12.0, 4.0),
            _ => (9.6, 9.0, 3.0),
        };
        if self.y > TOP {
            self.y += before;
        }
        self.need(size * LEADING + KEEP);
        let ink = if level == 1 { Ink::Black } else { Ink::Accent };
        let style = Style { size, bold: true, ink };
        let page = self.page_number();
        if let Some(anchor) = anchor {
            self.laid.anchors.insert(anchor.to_owned(), (page, self.y - 4.0));
        }
        self.laid.outline.push((level, text.to_owned(), page, self.y - 4.0));
        let level = NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN);
        let node = self.node(Tag::Hn(level, Some(text.to_owned())).into(), None);
        let lines = self.wrap(&[Span::plain(text)], style, WIDTH);
        self.lines(&lines, LEFT, WIDTH, node, false);
        self.y += after;
    }

    fn list(&mut self, items: &[Item]) {
        let list = self.node(Tag::L(ListNumbering::None).into(), None);
        let mark_style = |item: &Item| Style { bold: item.tone == Tone::Strong, ..BODY };
        let widest = items
            .iter()
            .map(|it| width(self.faces, &self.covered(&it.mark), mark_style(it)))
            .fold(0.0, f32::max);
        let hang = widest.max(8.0) + 6.0;
        for item in items {
            let style = Style { bold: item.tone == Tone::Strong, ink: Ink::of(item.tone), ..BODY };
            let lines = self.wrap(&item.spans, style, WIDTH - hang);
            let under: Vec<Vec<Line>> = item
                .under
                .iter()
                .map(|it| self.wrap(&[Span::plain(it.clone())], SMALL, WIDTH - hang))
                .collect();
            self.need(lines.iter().take(3).map(|it| it.size * LEADING).sum());
            if let Some(anchor) = &item.anchor {
                let at = (self.page_number(), self.y - 2.0);
                self.laid.anchors.insert(anchor.clone(), at);
            }
            let node = self.node(Tag::LI.into(), Some(list));
            let label = self.node(Tag::Lbl.into(), Some(node));
            let body = self.node(Tag::LBody.into(), Some(node));
            let mark = self.wrap(&[Span::plain(item.mark.clone())], mark_style(item), WIDTH);
            if let Some(mark) = mark.first() {
                let y = self.y;
                self.line(mark, LEFT, y, hang, Some(label), false);
            }
            self.lines(&lines, LEFT + hang, WIDTH - hang, body, false);
            for lines in &under {
                self.lines(lines, LEFT + hang, WIDTH - hang, body, false);
            }
            self.y += 2.4;
        }
    }
}

/// On every page: what it is, of which dossier, which page of how many, and that it is an estimate.
fn heads_and_feet(flow: &mut Flow<'_>, paper: &Paper, words: &Words) {
    let small = Style { size: 7.0, bold: false, ink: Ink::Grey };
    let brand = Style { size: 8.4, bold: true, ink: Ink::Accent };
    let count = flow.laid.pages.len();
    for page in 0..count {
        let number =
            words.with("papers-page", &[("page", &(page + 1).to_string()), ("pages", &count.to_string())]);
        let kind = format!("Periplus · {}", words.get("papers-kind"));
        let kind_width = width(flow.faces, &kind, brand);
        let title = flow.fitting(&paper.title, small, WIDTH - kind_width - 20.0);
        let left = format!("{} {} · {}", words.get("papers-dossier"), paper.dossier_short, paper.footer);
        let foot = BOTTOM + 16.0;
        let mut ops = vec![
            flow.word(&kind, LEFT, 30.0, brand, false),
            Op::Shape(Shape { x: LEFT, y: 45.0, w: WIDTH, h: 0.0, how: How::Line(super::ACCENT) }),
            Op::Shape(Shape { x: LEFT, y: foot - 4.0, w: WIDTH, h: 0.0, how: How::Line(RULE) }),
            flow.word(&left, LEFT, foot, small, false),
            flow.word(&number, RIGHT, foot, small, true),
        ];
        if page > 0 {
            ops.push(flow.word(&title, RIGHT, 31.4, small, true));
        }
        flow.laid.pages[page].extend(ops);
    }
}
