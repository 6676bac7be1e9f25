//! A page of text for a person: lines of spans, painted only at the end, measured without paint.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

pub mod clean;
pub mod grid;
pub mod wrap;

/// What a piece of text is, which decides how it is painted where there is colour. It must read without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    #[default]
    Plain,
    Title,
    Figure,
    Dim,
    Good,
    Warn,
    Bad,
}

impl Role {
    fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Title | Self::Figure => Style::new().bold(),
            Self::Dim => Style::new().dimmed(),
            Self::Good => Style::new().fg_color(Some(AnsiColor::Green.into())),
            Self::Warn => Style::new().fg_color(Some(AnsiColor::Yellow.into())),
            Self::Bad => Style::new().fg_color(Some(AnsiColor::Red.into())).bold(),
        }
    }
}

/// Some text with one role. Control characters are gone by construction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub role: Role,
    pub text: String,
}

impl Span {
    pub fn new(role: Role, text: impl AsRef<str>) -> Self {
        Self { role, text: clean::line(text.as_ref()).into_owned() }
    }

    pub fn plain(text: impl AsRef<str>) -> Self {
        Self::new(Role::Plain, text)
    }
}

/// Lines to be printed.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub width: usize,
    lines: Vec<Vec<Span>>,
}

impl Page {
    pub fn new(width: usize) -> Self {
        Self { width, lines: Vec::new() }
    }

    pub fn blank(&mut self) {
        self.lines.push(Vec::new());
    }

    /// A line as it is; the caller has measured it.
    pub fn line(&mut self, spans: Vec<Span>) {
        self.lines.push(spans);
    }

    /// Text wrapped to the page, with the first line indented by `indent` and the others by `hang`.
    pub fn text(&mut self, role: Role, indent: usize, hang: usize, text: &str) {
        self.hanging(&" ".repeat(indent), 0, hang, role, text);
    }

    /// A dim label in front, then text wrapped under column `hang`.
    pub fn labelled(&mut self, label: &str, hang: usize, role: Role, text: &str) {
        let label = clean::line(label).into_owned();
        let used = wrap::width(&label);
        self.hanging(&label, hang.saturating_sub(used), hang, role, text);
    }

    fn hanging(&mut self, label: &str, gap: usize, hang: usize, role: Role, text: &str) {
        let used = wrap::width(label);
        let text = clean::line(text);
        let rest = self.width.saturating_sub(hang);
        let first = self.width.saturating_sub(used + gap);
        for (index, part) in wrap::wrap(&text, first, rest).into_iter().enumerate() {
            let lead = if index == 0 {
                Span { role: Role::Dim, text: format!("{label}{}", " ".repeat(gap)) }
            } else {
                Span { role: Role::Plain, text: " ".repeat(hang) }
            };
            self.lines.push(vec![lead, Span { role, text: part }]);
        }
    }

    /// Left text, and right text flush with the edge of the page; on two lines when they do not fit.
    pub fn ends(&mut self, mut left: Vec<Span>, right: Vec<Span>) {
        let measure = |spans: &[Span]| spans.iter().map(|it| wrap::width(&it.text)).sum::<usize>();
        let (wide_left, wide_right) = (measure(&left), measure(&right));
        if wide_left + 2 + wide_right > self.width {
            self.lines.push(left);
            left = Vec::new();
        }
        let gap = self.width.saturating_sub(measure(&left) + wide_right);
        left.push(Span::plain(" ".repeat(gap)));
        left.extend(right);
        self.lines.push(left);
    }

    /// Writes the page; with colour only when `color`.
    pub fn write(&self, color: bool, out: &mut dyn Write) -> io::Result<()> {
        for line in &self.lines {
            let last = line.iter().rposition(|span| !span.text.trim_end().is_empty());
            for (index, span) in line.iter().enumerate().take(last.map_or(0, |it| it + 1)) {
                let text = if Some(index) == last { span.text.trim_end() } else { &span.text };
                // A no-break space keeps words together while a table is laid out; what is printed can be searched for.
                let text = text.replace('\u{a0}', " ");
                let style = span.role.style();
                if color && style != Style::new() && !text.trim().is_empty() {
                    write!(out, "{style}{text}{style:#}")?;
                } else {
                    out.write_all(text.as_bytes())?;
                }
            }
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// The page without colour.
    pub fn to_plain(&self) -> String {
        let mut out = Vec::new();
        let _ = self.write(false, &mut out);
        String::from_utf8(out).unwrap_or_default()
    }
}
