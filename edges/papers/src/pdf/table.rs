//! Tables: columns as wide as what they hold asks for, rows that may run over pages, heads that come again.

use krilla::tagging::{TableHeaderScope, Tag};

use super::draw::{How, Shape};
use super::lay::{Flow, LEADING, LEFT, RULE, WIDTH};
use super::text::{Ink, Line, Style, widest_word, width};
use crate::block::{Cell, Span, Table};

const TEXT: Style = Style { size: 8.0, bold: false, ink: Ink::Black };
const UNDER: Style = Style { size: 6.9, bold: false, ink: Ink::Grey };
const HEAD: Style = Style { size: 7.4, bold: true, ink: Ink::Accent };
const PAD: f32 = 7.0;
const PAD_ABOVE: f32 = 2.6;
/// Rows looked at to set the widths; a longer table looks like its beginning.
const ROWS_MEASURED: usize = 120;
/// A column of short texts is not broken, if there is room.
const SHORT: f32 = 62.0;
const HEAD_FILL: [u8; 3] = [0xe9, 0xf0, 0xf2];
const SUM_FILL: [u8; 3] = [0xf5, 0xf7, 0xf8];

/// Lines of a cell, text and what stands under it.
struct Set {
    lines: Vec<Line>,
    right: bool,
}

pub(super) fn lay(flow: &mut Flow<'_>, table: &Table) {
    if table.columns.is_empty() || table.rows.is_empty() {
        return;
    }
    let widths = widths(flow, table);
    let node = flow.node(Tag::Table.into(), None);
    let head: Vec<Set> = table
        .columns
        .iter()
        .zip(&widths)
        .map(|(it, w)| Set {
            lines: flow.wrap(&[Span::plain(it.title.clone())], HEAD, w - PAD),
            right: it.number,
        })
        .collect();
    let head = if table.headed { head } else { Vec::new() };
    flow.need(height(&head) + 40.0);
    let head_node = table.headed.then(|| flow.node(Tag::THead.into(), Some(node)));
    draw_head(flow, &head, &widths, head_node);
    let body = flow.node(Tag::TBody.into(), Some(node));
    for row in &table.rows {
        let style = if row.sum { Style { bold: true, ..TEXT } } else { TEXT };
        let sets: Vec<Set> = row
            .cells
            .iter()
            .zip(&table.columns)
            .zip(&widths)
            .map(|((cell, column), w)| Set {
                lines: cell_lines(flow, cell, style, w - PAD),
                right: column.number,
            })
            .collect();
        let tr = flow.node(Tag::TR.into(), Some(body));
        let cells: Vec<usize> = (0..sets.len())
            .map(|at| {
                let tag = if at == 0 && table.row_heads {
                    Tag::TH(TableHeaderScope::Row).into()
                } else {
                    Tag::TD.into()
                };
                flow.node(tag, Some(tr))
            })
            .collect();
        draw_row(flow, &sets, &cells, &widths, &head, row.sum);
    }
    flow.y += 6.0;
}

fn cell_lines(flow: &Flow<'_>, cell: &Cell, style: Style, limit: f32) -> Vec<Line> {
    let mut lines = flow.wrap(&cell.spans, style, limit);
    for more in &cell.under {
        lines.extend(flow.wrap(&[Span::plain(more.clone())], UNDER, limit));
    }
    lines
}

fn height(sets: &[Set]) -> f32 {
    let tall = |it: &Set| it.lines.iter().map(|it| it.size * LEADING).sum::<f32>();
    sets.iter().map(tall).fold(0.0, f32::max) + PAD_ABOVE * 2.0
}

/// The head of the table; on later pages it is repeated for the eye and is no part of the content.
fn draw_head(flow: &mut Flow<'_>, head: &[Set], widths: &[f32], node: Option<usize>) {
    if head.is_empty() {
        let y = flow.y;
        return flow.rule(LEFT, y, WIDTH, RULE);
    }
    let tall = height(head);
    let y = flow.y;
    flow.shape(Shape { x: LEFT, y, w: WIDTH, h: tall, how: How::Fill(HEAD_FILL) });
    let tr = node.map(|it| flow.node(Tag::TR.into(), Some(it)));
    let mut x = LEFT;
    for (set, w) in head.iter().zip(widths) {
        let th = tr.map(|it| flow.node(Tag::TH(TableHeaderScope::Column).into(), Some(it)));
        let mut at = y + PAD_ABOVE;
        for line in &set.lines {
            flow.line(line, x + PAD / 2.0, at, w - PAD, th, set.right);
            at += line.size * LEADING;
        }
        x += w;
    }
    flow.y += tall;
    let y = flow.y;
    flow.rule(LEFT, y, WIDTH, super::ACCENT);
}

/// A row stays on one page if a page can hold it; otherwise it is cut between its lines.
fn draw_row(flow: &mut Flow<'_>, sets: &[Set], cells: &[usize], widths: &[f32], head: &[Set], sum: bool) {
    let mut done = vec![0; sets.len()];
    let whole = height(sets);
    loop {
        let left: f32 = rest_height(sets, &done);
        if left > flow.room() && (left <= whole && left < 420.0 || flow.room() < 60.0) {
            flow.new_page();
            draw_head(flow, head, widths, None);
        }
        let y = flow.y;
        let room = flow.room() - PAD_ABOVE * 2.0;
        let tall = left.min(flow.room());
        if sum {
            flow.shape(Shape { x: LEFT, y, w: WIDTH, h: tall, how: How::Fill(SUM_FILL) });
        }
        let mut x = LEFT;
        for (index, set) in sets.iter().enumerate() {
            let mut at = 0.0;
            while let Some(line) = set.lines.get(done[index]) {
                let tall = line.size * LEADING;
                if at + tall > room + 0.5 {
                    break;
                }
                flow.line(
                    line,
                    x + PAD / 2.0,
                    y + PAD_ABOVE + at,
                    widths[index] - PAD,
                    Some(cells[index]),
                    set.right,
                );
                at += tall;
                done[index] += 1;
            }
            x += widths[index];
        }
        flow.y += tall;
        let y = flow.y;
        flow.rule(LEFT, y, WIDTH, RULE);
        if sets.iter().zip(&done).all(|(it, done)| *done >= it.lines.len()) {
            return;
        }
        flow.new_page();
        draw_head(flow, head, widths, None);
    }
}

fn rest_height(sets: &[Set], done: &[usize]) -> f32 {
    let tall =
        |(it, done): (&Set, &usize)| it.lines.iter().skip(*done).map(|it| it.size * LEADING).sum::<f32>();
    sets.iter().zip(done).map(tall).fold(0.0, f32::max) + PAD_ABOVE * 2.0
}

/// What each column asks for and what it needs; what is between is shared out.
fn widths(flow: &Flow<'_>, table: &Table) -> Vec<f32> {
    let measure = |text: &str, style: Style| width(flow.faces, &flow.covered(text), style);
    let word = |text: &str, style: Style| widest_word(flow.faces, &flow.covered(text), style);
    let mut asked = Vec::new();
    let mut needed = Vec::new();
    for (index, column) in table.columns.iter().enumerate() {
        let title = if table.headed { column.title.as_str() } else { "" };
        let mut wish = measure(title, HEAD);
        let mut need = word(title, HEAD);
        for row in table.rows.iter().take(ROWS_MEASURED) {
            let Some(cell) = row.cells.get(index) else { continue };
            let style = Style { bold: row.sum, ..TEXT };
            let text: String = cell.spans.iter().map(|it| it.text.as_str()).collect();
            let natural = measure(&text, style);
            wish = wish.max(natural);
            // A sum may be long words ("at least ..."): it may break, a number may not.
            let unbroken = (column.number && !row.sum) || natural <= SHORT;
            need = need.max(if unbroken { natural } else { word(&text, style) });
            for more in &cell.under {
                wish = wish.max(measure(more, UNDER).min(WIDTH * 0.6));
            }
        }
        asked.push(wish + PAD + 1.0);
        needed.push(need.min(WIDTH * 0.45) + PAD + 1.0);
    }
    share(&asked, &needed, table)
}

fn share(asked: &[f32], needed: &[f32], table: &Table) -> Vec<f32> {
    let all: f32 = needed.iter().sum();
    if all >= WIDTH {
        return needed.iter().map(|it| it * WIDTH / all).collect();
    }
    let spare = WIDTH - all;
    let wishes: Vec<f32> = asked.iter().zip(needed).map(|(ask, need)| (ask - need).max(0.0)).collect();
    let wished: f32 = wishes.iter().sum();
    if wished >= spare {
        return needed.iter().zip(&wishes).map(|(need, wish)| need + wish * spare / wished).collect();
    }
    // All have what they ask for; the rest goes by weight.
    let weights: f32 = table.columns.iter().map(|it| it.weight).sum();
    let rest = spare - wished;
    let wide = needed.iter().zip(&wishes).zip(&table.columns);
    wide.map(|((need, wish), column)| need + wish + rest * column.weight / weights).collect()
}
