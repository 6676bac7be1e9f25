//! The two pictures: the landed cost as a waterfall and the way as a line of days.

use domain::Basis;
use krilla::tagging::Tag;

use super::draw::{How, Op, Shape};
use super::lay::{Flow, LEFT, RIGHT, RULE, SMALL, WIDTH};
use super::text::{Ink, Style, width};
use crate::block::{STAGES_SHOWN, day_after, last_day, span_of};
use crate::paper::{Bar, BarKind, Timeline, basis_letter};

const ROW: f32 = 13.0;
const BAR: f32 = 8.4;
const LABELS: f32 = 176.0;
const AMOUNTS: f32 = 96.0;
const TEXT: Style = Style { size: 7.6, bold: false, ink: Ink::Black };
const TICK: Style = Style { size: 6.4, bold: false, ink: Ink::Grey };
const SOFT: [u8; 3] = [0x2f, 0x7d, 0x93];
const WARN: [u8; 3] = [0xa1, 0x1d, 0x21];

/// Each basis has a pattern and a letter, so that nothing hangs on colour.
fn pattern(basis: Basis) -> How {
    match basis {
        Basis::Observed => How::Fill(super::ACCENT),
        Basis::Benchmark => How::Hatch(super::ACCENT),
        Basis::Modelled => How::Stripes(SOFT),
        Basis::Assumed => How::Outline(super::ACCENT),
    }
}

pub(super) fn waterfall(flow: &mut Flow<'_>, bars: &[Bar], alt: &str) {
    let Some((low, high)) = span_of(bars) else { return };
    let from = LEFT + LABELS;
    let scale = (WIDTH - LABELS - AMOUNTS) / (high - low) as f32;
    let at = |value: f64| from + (value - low) as f32 * scale;
    let mut rest = bars;
    while !rest.is_empty() {
        flow.need((rest.len() as f32 * ROW + 4.0).min(5.0 * ROW));
        let fits = ((flow.room() / ROW) as usize).clamp(1, rest.len());
        let (now, later) = rest.split_at(fits);
        rest = later;
        let top = flow.y;
        let mut ops = Vec::new();
        let zero = at(0.0);
        ops.push(shape(zero, top, 0.0, now.len() as f32 * ROW, How::Line(RULE)));
        for (index, bar) in now.iter().enumerate() {
            row(flow, &mut ops, bar, top + index as f32 * ROW, &at);
        }
        figure(flow, ops, alt);
        flow.y = top + now.len() as f32 * ROW + 4.0;
    }
}

fn row(flow: &Flow<'_>, ops: &mut Vec<Op>, bar: &Bar, y: f32, at: &dyn Fn(f64) -> f32) {
    let sum = bar.kind == BarKind::Sum;
    let style = Style { bold: sum, ..TEXT };
    ops.push(flow.word(&flow.fitting(&bar.label, style, LABELS - 8.0), LEFT, y + 1.0, style, false));
    let (a, b) = (at(bar.from.min(bar.to)), at(bar.from.max(bar.to)));
    let top = y + (ROW - BAR) / 2.0;
    let wide = (b - a).max(0.8);
    match (bar.kind, bar.basis) {
        (BarKind::Sum, _) => ops.push(shape(a, top, wide, BAR, How::Fill([0x1c, 0x1f, 0x24]))),
        (BarKind::Unknown, _) => ops.push(shape(a, top, 0.0, BAR, How::Dash(WARN))),
        (BarKind::Part, Some(basis)) => ops.push(shape(a, top, wide, BAR, pattern(basis))),
        (BarKind::Part, None) => {}
    }
    let letter = bar.basis.map(|it| format!(" {}", basis_letter(it))).unwrap_or_default();
    let ink = if bar.kind == BarKind::Unknown { Ink::Red } else { Ink::Black };
    // The letters stand in a column of their own, so that the figures align.
    ops.push(flow.word(letter.trim(), RIGHT - 5.0, y + 1.0, SMALL, false));
    ops.push(flow.word(&bar.text, RIGHT - 10.0, y + 1.0, Style { ink, ..style }, true));
}

fn shape(x: f32, y: f32, w: f32, h: f32, how: How) -> Op {
    Op::Shape(Shape { x, y, w, h, how })
}

fn figure(flow: &mut Flow<'_>, ops: Vec<Op>, alt: &str) {
    let node = flow.node(Tag::Figure(Some(alt.to_owned())).into(), None);
    let leaf = flow.leaf(node);
    flow.page().push(Op::Figure { leaf, ops });
}

/// The four patterns with their words, on as few lines as they need.
pub(super) fn legend(flow: &mut Flow<'_>, rows: &[(Basis, String)]) {
    let half = WIDTH / 2.0;
    flow.need(24.0);
    let node = flow.node(Tag::P.into(), None);
    let top = flow.y;
    for (index, (basis, words)) in rows.iter().enumerate() {
        let x = LEFT + (index % 2) as f32 * half;
        let y = top + (index / 2) as f32 * 10.6;
        flow.shape(Shape { x, y: y + 1.6, w: 14.0, h: 6.4, how: pattern(*basis) });
        let text = flow.fitting(&format!("{}  {words} ", basis_letter(*basis)), SMALL, half - 24.0);
        let lines = flow.wrap(&[crate::block::Span::plain(text)], SMALL, half);
        if let Some(line) = lines.first() {
            flow.line(line, x + 19.0, y, half, Some(node), false);
        }
    }
    flow.y = top + rows.len().div_ceil(2) as f32 * 10.6 + 2.0;
}

/// Days between the ticks of the axis.
fn tick(days: f64) -> f64 {
    [1.0, 2.0, 5.0, 7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0]
        .into_iter()
        .find(|it| days / it <= 6.0)
        .unwrap_or(730.0)
}

pub(super) fn timeline(flow: &mut Flow<'_>, time: &Timeline, alt: &str, from: domain::Date) {
    let last = last_day(time);
    let left = LEFT + LABELS;
    let scale = (WIDTH - LABELS - 62.0) / last as f32;
    let at = |day: f64| left + (day.clamp(0.0, last) as f32) * scale;
    let shown = time.stages.len().min(STAGES_SHOWN);
    let rows = shown + 1 + usize::from(time.deadline.is_some());
    let height = rows as f32 * ROW + 16.0;
    flow.need(height);
    let top = flow.y;
    let foot = top + rows as f32 * ROW;
    let mut ops = Vec::new();
    let step = tick(last);
    let mut day = 0.0;
    while day <= last {
        ops.push(shape(at(day), top, 0.0, foot - top, How::Line(RULE)));
        let label = day_after(from, day);
        let wide = width(flow.faces, &label, TICK);
        ops.push(flow.word(&label, at(day) - wide / 2.0, foot + 1.0, TICK, false));
        day += step;
    }
    for (index, stage) in time.stages.iter().take(shown).enumerate() {
        let y = top + index as f32 * ROW;
        ops.push(flow.word(&flow.fitting(&stage.label, TEXT, LABELS - 8.0), LEFT, y + 1.0, TEXT, false));
        let (a, b) = (at(stage.from), at(stage.to));
        let how = if stage.waiting { How::Outline(SOFT) } else { How::Fill(SOFT) };
        ops.push(shape(a, y + (ROW - BAR) / 2.0, (b - a).max(0.8), BAR, how));
        ops.push(flow.word(&stage.text, RIGHT, y + 1.0, TEXT, true));
    }
    let y = top + shown as f32 * ROW;
    let middle = y + ROW / 2.0;
    let bold = Style { bold: true, ..TEXT };
    ops.push(flow.word("P10 – P50 – P90", LEFT, y + 1.0, bold, false));
    let [low, mid, high] = time.days;
    ops.push(shape(at(low), middle, at(high) - at(low), 0.0, How::Line([0x1c, 0x1f, 0x24])));
    for end in [low, high] {
        ops.push(shape(at(end), middle - 3.0, 0.0, 6.0, How::Line([0x1c, 0x1f, 0x24])));
    }
    ops.push(shape(at(mid) - 4.0, middle - 4.0, 8.0, 8.0, How::Lozenge(super::ACCENT)));
    ops.push(flow.word(&time.p50.text, RIGHT, y + 1.0, bold, true));
    if let Some(due) = &time.deadline {
        let red = Style { ink: Ink::Red, ..TEXT };
        ops.push(flow.word(&due.label, LEFT, y + ROW + 1.0, red, false));
        ops.push(flow.word(&due.day.text, RIGHT, y + ROW + 1.0, red, true));
        ops.push(shape(at(due.days), top - 1.0, 0.0, foot - top + 1.0, How::Dash(WARN)));
    }
    figure(flow, ops, alt);
    flow.y = foot + 14.0;
}
