//! A table fitted to a width: columns shrink where they can, cells wrap, numbers stay whole.

use crate::screen::wrap::{longest_word, width, wrap};
use crate::screen::{Page, Role, Span};

/// A column of a grid.
#[derive(Clone, Debug)]
pub struct Head {
    pub title: String,
    pub right: bool,
    /// Whether cells may be wrapped to make room.
    pub flexible: bool,
}

impl Head {
    pub fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), right: false, flexible: true }
    }

    pub fn number(title: impl Into<String>) -> Self {
        Self { title: title.into(), right: true, flexible: false }
    }

    /// Text that must not be broken: codes, ids.
    pub fn code(title: impl Into<String>) -> Self {
        Self { title: title.into(), right: false, flexible: false }
    }
}

/// Rows under heads. A cell may hold several lines, split by "\n".
#[derive(Clone, Debug, Default)]
pub struct Grid {
    pub heads: Vec<Head>,
    pub rows: Vec<Vec<(Role, String)>>,
}

const GAP: usize = 2;
/// A longer word is cut when there is no room.
const LONG_WORD: usize = 16;
/// A text column is not squeezed below this.
const NARROWEST: usize = 6;

impl Grid {
    pub fn new(heads: Vec<Head>) -> Self {
        Self { heads, rows: Vec::new() }
    }

    pub fn row(&mut self, cells: Vec<(Role, String)>) {
        let cells = cells.into_iter().map(|(role, text)| (role, clean_cell(&text))).collect();
        self.rows.push(cells);
    }

    pub fn plain(&mut self, cells: Vec<String>) {
        self.row(cells.into_iter().map(|text| (Role::Plain, text)).collect());
    }

    /// Puts the table on the page, indented.
    pub fn lay(&self, page: &mut Page, indent: usize) {
        let widths = self.fit(page.width.saturating_sub(indent));
        let heads: Vec<(Role, String)> = self.heads.iter().map(|it| (Role::Dim, it.title.clone())).collect();
        self.lay_row(page, indent, &widths, &heads);
        let rule = widths.iter().map(|it| "─".repeat(*it)).collect::<Vec<_>>().join(&" ".repeat(GAP));
        page.line(vec![Span::plain(" ".repeat(indent)), Span::new(Role::Dim, rule)]);
        for row in &self.rows {
            self.lay_row(page, indent, &widths, row);
        }
    }

    fn lay_row(&self, page: &mut Page, indent: usize, widths: &[usize], cells: &[(Role, String)]) {
        let wrapped: Vec<Vec<String>> = cells
            .iter()
            .zip(widths)
            .map(|((_, text), wide)| text.split('\n').flat_map(|part| wrap(part, *wide, *wide)).collect())
            .collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(1);
        for level in 0..height {
            let mut spans = vec![Span::plain(" ".repeat(indent))];
            for (index, lines) in wrapped.iter().enumerate() {
                let text = lines.get(level).map_or("", String::as_str);
                let pad = " ".repeat(widths[index].saturating_sub(width(text)));
                let gap = if index + 1 < wrapped.len() { " ".repeat(GAP) } else { String::new() };
                let role = cells[index].0;
                let right = self.heads.get(index).is_some_and(|it| it.right);
                let (before, after) = if right { (pad, gap) } else { (String::new(), pad + &gap) };
                spans.push(Span::plain(before));
                spans.push(Span::new(role, text));
                spans.push(Span::plain(after));
            }
            page.line(spans);
        }
    }

    /// Natural widths, then the flexible columns give way evenly, the widest first.
    fn fit(&self, room: usize) -> Vec<usize> {
        let widest = |index: usize, measure: fn(&str) -> usize| {
            let cells =
                self.rows.iter().filter_map(|row| row.get(index)).flat_map(|(_, text)| text.split('\n'));
            cells.map(measure).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = Vec::new();
        let mut least: Vec<usize> = Vec::new();
        for (index, head) in self.heads.iter().enumerate() {
            let natural = widest(index, width);
            let head_least = longest_word(&head.title);
            let cell_least =
                if head.flexible { widest(index, longest_word).clamp(NARROWEST, LONG_WORD) } else { natural };
            least.push(head_least.max(cell_least));
            widths.push(
                natural.max(if head.flexible { width(&head.title) } else { head_least }).max(head_least),
            );
        }
        let gaps = GAP * self.heads.len().saturating_sub(1);
        shrink(&mut widths, &least, room.saturating_sub(gaps));
        let floor: Vec<usize> = self.heads.iter().map(|it| if it.flexible { NARROWEST } else { 1 }).collect();
        let floor: Vec<usize> = floor.iter().zip(&least).map(|(a, b)| *a.min(b)).collect();
        let rigid: Vec<usize> = self
            .heads
            .iter()
            .zip(&floor)
            .zip(&least)
            .map(|((head, floor), least)| if head.flexible { *floor } else { *least })
            .collect();
        shrink(&mut widths, &rigid, room.saturating_sub(gaps));
        widths
    }
}

fn shrink(widths: &mut [usize], least: &[usize], room: usize) {
    while widths.iter().sum::<usize>() > room {
        let victim = (0..widths.len()).filter(|it| widths[*it] > least[*it]).max_by_key(|it| widths[*it]);
        let Some(victim) = victim else { return };
        widths[victim] -= 1;
    }
}

fn clean_cell(text: &str) -> String {
    crate::screen::clean::block(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_gives_way_and_numbers_stay_whole() {
        let mut grid = Grid::new(vec![Head::code("id"), Head::text("route"), Head::number("cost")]);
        grid.plain(vec!["CN-sea-1".into(), "sea 宁波 – Felixstowe via Suez".into(), "132,410.22".into()]);
        let mut page = Page::new(40);
        grid.lay(&mut page, 0);
        expect_test::expect![[r#"
            id        route                     cost
            ────────  ──────────────────  ──────────
            CN-sea-1  sea 宁波 –          132,410.22
                      Felixstowe via
                      Suez
        "#]]
        .assert_eq(&page.to_plain());
    }
}
