//! A sentence of an engine as literal parts and slots, and how a text is taken apart by it. What a slot may hold follows from
//! its name: `$money2` is an amount with its currency, `$said` another sentence.

use fluent_syntax::ast::{Expression, InlineExpression, Pattern as Ast, PatternElement};

/// Ways tried for one sentence and one pattern. A sentence with many commas could be cut in very many ways.
const STEPS: u32 = 20_000;

/// What a slot holds. The name of the argument says it, without the digits at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `n`: a number as it was written.
    Number,
    /// `money`: "131056.72 GBP".
    Money,
    /// `date`: "2026-12-31", "2026-02", "2024".
    Date,
    /// `code`: a word without blanks that is the same in all languages.
    Code,
    /// `economy`: a code or a name of an economy.
    Economy,
    /// `mode`: sea, air, rail or road.
    Mode,
    /// `name`: a place, a firm, a passage; translated where a name in the language is known.
    Name,
    /// `quote`: words of somebody else, kept as they are.
    Quote,
    /// `said`: another sentence or phrase of an engine.
    Said,
    /// `list`: sentences, phrases and names, parted by ", ".
    List,
    /// `semis`: the same, parted by "; ".
    Semis,
    /// `passages`: names of straits and canals, parted by ", ".
    Passages,
}

impl Kind {
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Some(match name.trim_end_matches(|it: char| it.is_ascii_digit()) {
            "n" => Self::Number,
            "money" => Self::Money,
            "date" => Self::Date,
            "code" => Self::Code,
            "economy" => Self::Economy,
            "mode" => Self::Mode,
            "name" => Self::Name,
            "quote" => Self::Quote,
            "said" => Self::Said,
            "list" => Self::List,
            "semis" => Self::Semis,
            "passages" => Self::Passages,
            _ => return None,
        })
    }

    fn fits(self, text: &str) -> bool {
        match self {
            Self::Number => is_number(text),
            Self::Money => text.split_once(' ').is_some_and(|(amount, currency)| {
                is_number(amount) && currency.len() == 3 && currency.bytes().all(|it| it.is_ascii_uppercase())
            }),
            Self::Date => {
                text.len() >= 4
                    && text.len() <= 10
                    && text.bytes().all(|it| it.is_ascii_digit() || it == b'-')
                    && text.starts_with(|it: char| it.is_ascii_digit())
            }
            Self::Code => !text.contains(char::is_whitespace),
            Self::Mode => matches!(text, "sea" | "air" | "rail" | "road"),
            Self::Passages => text.split(", ").all(|it| it.parse::<routes::Passage>().is_ok()),
            Self::Economy => {
                let begins =
                    text.trim_start().starts_with(|it: char| !it.is_ascii() || it.is_ascii_uppercase());
                begins && text.chars().count() <= 60 && !text.contains(['"', '`', ';', ':'])
            }
            Self::Name | Self::Quote | Self::Said | Self::List | Self::Semis => true,
        }
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.starts_with(|it: char| it.is_ascii_digit())
        && digits.ends_with(|it: char| it.is_ascii_digit())
        && digits.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'.' | b',' | b'_'))
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) name: String,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Slot(Slot),
}

/// One sentence with its slots.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) key: String,
    parts: Vec<Part>,
    /// Characters that are given: of two patterns that fit, the one that says more itself is meant.
    pub(super) weight: usize,
}

/// What the slots of a pattern hold in a text.
pub(super) type Taken<'p, 't> = [(&'p Slot, &'t str)];

impl Pattern {
    /// # Errors
    /// A message that is no plain sentence with slots of known kinds, parted by words; the text says what.
    pub(super) fn of_message(key: &str, ast: &Ast<&str>) -> Result<Self, String> {
        let mut parts: Vec<Part> = Vec::new();
        for element in &ast.elements {
            let literal = match element {
                PatternElement::TextElement { value } => *value,
                PatternElement::Placeable {
                    expression: Expression::Inline(InlineExpression::StringLiteral { value }),
                } => *value,
                PatternElement::Placeable {
                    expression: Expression::Inline(InlineExpression::VariableReference { id }),
                } => {
                    let kind = Kind::of_name(id.name)
                        .ok_or_else(|| format!("{key}: nothing is known of arguments named ${}", id.name))?;
                    if matches!(parts.last(), Some(Part::Slot(_))) {
                        return Err(format!("{key}: ${} follows another argument without a word", id.name));
                    }
                    parts.push(Part::Slot(Slot { name: id.name.to_owned(), kind }));
                    continue;
                }
                PatternElement::Placeable { .. } => {
                    return Err(format!("{key}: only arguments and texts stand in a sentence of an engine"));
                }
            };
            match parts.last_mut() {
                Some(Part::Literal(text)) => text.push_str(literal),
                _ => parts.push(Part::Literal(literal.to_owned())),
            }
        }
        let weight = parts.iter().map(|it| if let Part::Literal(text) = it { text.len() } else { 0 }).sum();
        Ok(Self { key: key.to_owned(), parts, weight })
    }

    /// The first word, when every text that fits begins with it.
    pub(super) fn first_word(&self) -> Option<&str> {
        let Some(Part::Literal(text)) = self.parts.first() else { return None };
        match text.split_once(' ') {
            Some((word, _)) => Some(word),
            None if self.parts.len() == 1 => Some(text),
            None => None,
        }
    }

    /// Takes a text apart. `accept` sees what each slot holds and may refuse; then the next way to cut is tried.
    pub(super) fn matches<'p, 't>(
        &'p self,
        text: &'t str,
        accept: &mut dyn FnMut(&Taken<'p, 't>) -> bool,
    ) -> bool {
        // The end is cheap to look at and tells most patterns apart.
        if let Some(Part::Literal(end)) = self.parts.last() {
            if !text.ends_with(end.as_str()) {
                return false;
            }
        }
        Cut { steps: STEPS, taken: Vec::new(), accept }.go(&self.parts, text)
    }

    #[cfg(test)]
    pub(super) fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.parts.iter().filter_map(|it| if let Part::Slot(slot) = it { Some(slot) } else { None })
    }

    /// The sentence with its slots filled.
    #[cfg(test)]
    pub(super) fn fill(&self, taken: &[(String, String)]) -> String {
        let value = |slot: &Slot| taken.iter().find(|it| it.0 == slot.name).map_or("", |it| it.1.as_str());
        self.parts
            .iter()
            .map(|it| match it {
                Part::Literal(text) => text.as_str(),
                Part::Slot(slot) => value(slot),
            })
            .collect()
    }
}

struct Cut<'p, 't, 'a> {
    steps: u32,
    taken: Vec<(&'p Slot, &'t str)>,
    accept: &'a mut dyn FnMut(&Taken<'p, 't>) -> bool,
}

impl<'p, 't> Cut<'p, 't, '_> {
    fn go(&mut self, parts: &'p [Part], rest: &'t str) -> bool {
        let Some(steps) = self.steps.checked_sub(1) else { return false };
        self.steps = steps;
        match parts {
            [] => rest.is_empty() && (self.accept)(&self.taken),
            [Part::Literal(text), after @ ..] => {
                rest.strip_prefix(text.as_str()).is_some_and(|rest| self.go(after, rest))
            }
            [Part::Slot(slot)] => self.take(slot, rest, &[], ""),
            [Part::Slot(slot), after @ ..] => {
                let Some(Part::Literal(next)) = after.first() else { return false };
                let mut from = 0;
                while let Some(found) = rest.get(from..).and_then(|it| it.find(next.as_str())) {
                    let (held, left) = rest.split_at(from + found);
                    if self.take(slot, held, after, left) {
                        return true;
                    }
                    from += found + rest[from + found..].chars().next().map_or(1, char::len_utf8);
                }
                false
            }
        }
    }

    fn take(&mut self, slot: &'p Slot, held: &'t str, after: &'p [Part], left: &'t str) -> bool {
        let before = self.taken.iter().find(|it| it.0.name == slot.name).map(|it| it.1);
        if held.is_empty() || !slot.kind.fits(held) || before.is_some_and(|it| it != held) {
            return false;
        }
        self.taken.push((slot, held));
        let done = self.go(after, left);
        self.taken.pop();
        done
    }
}
