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
/// A longer word may be cut when there is no room.
const LONG_WORD: usize = 14;
/// A column of text that would be narrower, and whose text is wider, is no column to read: the rows are laid as blocks.
const NARROWEST: usize = 8;
/// In a block a longer text has lines of its own.
const LONG_TEXT: usize = 48;

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

    /// Puts the table on the page, indented: without columns in which nothing stands, and as blocks where columns have no room.
    pub fn lay(&self, page: &mut Page, indent: usize) {
        let grid = self.without_empty_columns();
        match grid.fit(page.width.saturating_sub(indent)) {
            Some(widths) => grid.lay_table(page, indent, &widths),
            None => grid.lay_blocks(page, indent),
        }
    }

    fn without_empty_columns(&self) -> Self {
        let full = |at: usize| {
            self.rows.is_empty()
                || self.rows.iter().any(|row| row.get(at).is_some_and(|it| !it.1.trim().is_empty()))
        };
        let keep: Vec<usize> = (0..self.heads.len()).filter(|at| full(*at)).collect();
        Self {
            heads: keep.iter().map(|at| self.heads[*at].clone()).collect(),
            rows: self
                .rows
                .iter()
                .map(|row| keep.iter().filter_map(|at| row.get(*at)).cloned().collect())
                .collect(),
        }
    }

    fn lay_table(&self, page: &mut Page, indent: usize, widths: &[usize]) {
        let heads: Vec<(Role, String)> = self.heads.iter().map(|it| (Role::Dim, it.title.clone())).collect();
        self.lay_row(page, indent, widths, &heads);
        let rule = widths.iter().map(|it| "─".repeat(*it)).collect::<Vec<_>>().join(&" ".repeat(GAP));
        page.line(vec![Span::plain(" ".repeat(indent)), Span::new(Role::Dim, rule)]);
        for row in &self.rows {
            self.lay_row(page, indent, widths, row);
        }
    }

    /// Each row as a title and its other cells with their heads before them.
    fn lay_blocks(&self, page: &mut Page, indent: usize) {
        for row in &self.rows {
            let mut cells = row.iter().zip(&self.heads).filter(|((_, text), _)| !text.trim().is_empty());
            let mut title = cells.by_ref().take(1).map(|((_, text), _)| text.replace('\n', " ")).next();
            let mut rest: Vec<(&(Role, String), &Head)> = cells.collect();
            // A code or a number alone is no title: the first text stands beside it.
            let first_is_text = self.heads.first().is_some_and(|it| it.flexible);
            if let Some(at) = rest.iter().position(|(_, head)| head.flexible).filter(|_| !first_is_text) {
                let cell = rest.remove(at).0.1.replace('\n', " ");
                title = title.map(|it| format!("{it}  {cell}"));
            }
            page.text(Role::Title, indent, indent + 2, &title.unwrap_or_default());
            let room = page.width.saturating_sub(indent + 4).min(LONG_TEXT);
            let (long, short): (Vec<_>, Vec<_>) =
                rest.into_iter().partition(|((_, text), head)| width(&head.title) + 2 + width(text) > room);
            let said = |((_, text), head): &(&(Role, String), &Head)| {
                format!("{}: {}", head.title, text.replace('\n', " ")).replace(' ', "\u{a0}")
            };
            let short: Vec<String> = short.iter().map(said).collect();
            if !short.is_empty() {
                page.text(Role::Plain, indent + 4, indent + 4, &short.join("  "));
            }
            for ((role, text), head) in long {
                let text = format!("{}: {}", head.title, text.replace('\n', " "));
                page.text(*role, indent + 4, indent + 6, &text);
            }
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

    /// Natural widths, then the flexible columns give way evenly, the widest first, but not below their words.
    /// `None`: there is no room for that.
    fn fit(&self, room: usize) -> Option<Vec<usize>> {
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
            let full = natural.max(if head.flexible { width(&head.title) } else { head_least });
            let cell_least = if head.flexible {
                widest(index, longest_uncut).max(NARROWEST).min(natural)
            } else {
                natural
            };
            least.push(head_least.max(cell_least));
            widths.push(full.max(head_least));
        }
        let room = room.saturating_sub(GAP * self.heads.len().saturating_sub(1));
        shrink(&mut widths, &least, room);
        (widths.iter().sum::<usize>() <= room).then_some(widths)
    }
}

/// The width of the widest word that must not be cut: an address never is, another long word may be.
fn longest_uncut(text: &str) -> usize {
    let address =
        text.split_whitespace().filter(|it| it.contains("://")).map(longest_word).max().unwrap_or(0);
    longest_word(text).min(LONG_WORD).max(address)
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

    #[test]
    fn rows_without_room_become_blocks_and_empty_columns_go() {
        let heads = ["code", "name", "rate", "from", "condition"].map(Head::text);
        let mut grid = Grid::new(heads.into());
        let row = ["2804", "silicon of high purity", "conditional", "", "with an end-use authorisation"];
        grid.plain(row.map(str::to_owned).into());
        let check = |wide: usize, expect: expect_test::Expect| {
            let mut page = Page::new(wide);
            grid.lay(&mut page, 0);
            expect.assert_eq(&page.to_plain());
        };
        check(
            60,
            expect_test::expect![[r#"
                code  name                  rate         condition
                ────  ────────────────────  ───────────  ───────────────────
                2804  silicon of high       conditional  with an end-use
                      purity                             authorisation
            "#]],
        );
        check(
            36,
            expect_test::expect![[r#"
                2804
                    name: silicon of high purity
                    rate: conditional
                    condition: with an end-use
                      authorisation
            "#]],
        );
    }
}
