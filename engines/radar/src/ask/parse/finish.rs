//! What is left when all rules have spoken: goods, a bare place, a currency, and what is missing.

use super::{
    AT, Ask, AskError, Asked, Currency, Direction, DomainError, EXAMPLE, FILLERS, Finding, HsCode, Kind,
    Need, Place, Severity, Unit, code_of, currency_of,
};

impl Ask<'_> {
    pub(super) fn finish(mut self) -> Result<Asked, AskError> {
        let mut runs = self.runs();
        let goods = self.goods_run(&mut runs)?;
        runs = self.runs();
        self.bare_place(&mut runs)?;
        self.check_missing(goods.as_deref())?;
        let (Some(quantity), Some(place)) = (self.quantity, self.place.clone()) else {
            return Err(AskError::Missing { what: vec!["what is needed"], example: EXAMPLE });
        };
        let hs = self.settle_code(goods.as_deref())?;
        let currency = self.settle_currency(&place);
        for (from, to) in runs {
            let text = self.slice(from, to).to_owned();
            self.findings.push(
                Finding::new(1830, Severity::Caution, format!("not understood and not used: '{text}'"))
                    .hint("say it in other words, or leave it out; 'periplus explain PRP-1830' lists what can be said"),
            );
        }
        let direction = self.direction.unwrap_or_else(|| {
            self.findings.push(
                Finding::new(1835, Severity::Note, "neither buying nor selling is said: taken as buying")
                    .hint("begin with 'buy' or 'sell'"),
            );
            Direction::Buy
        });
        let goods =
            goods.unwrap_or_else(|| self.books.nomenclature.describe(hs).unwrap_or_default().to_owned());
        self.understood.sort_by_key(|it| it.0);
        Ok(Asked {
            need: Need {
                direction,
                hs,
                goods,
                quantity,
                place,
                incoterm: self.incoterm,
                currency,
                deadline: self.deadline,
                limits: self.limits,
                wishes: self.wishes.unwrap_or_default(),
                facts: self.facts,
            },
            understood: self.understood.into_iter().map(|it| it.1).collect(),
            findings: self.findings,
        })
    }

    /// Runs of free tokens between marks and understood parts, without fillers at their ends.
    pub(super) fn runs(&self) -> Vec<(usize, usize)> {
        let mut runs = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let inside = |it: usize| {
                self.free(it).is_some_and(|it| it.kind != Kind::Mark || it.text == "-" || it.text == "%")
            };
            if !inside(at) {
                at += 1;
                continue;
            }
            let mut end = at;
            while inside(end) {
                end += 1;
            }
            runs.extend(self.trimmed(at, end));
            at = end;
        }
        runs
    }

    /// Whether only marks and fillers stand between the run and the code or the quantity.
    fn is_beside_goods(&self, (from, to): (usize, usize)) -> bool {
        let nothing = |from: usize, to: usize| {
            let mut at = from;
            while at < to {
                at = match self.any(at, FILLERS) {
                    Some(next) => next,
                    None if self.tokens[at].kind == Kind::Mark => at + 1,
                    None => return false,
                };
            }
            true
        };
        self.beside_goods.iter().any(|&(start, end)| {
            if end <= from { nothing(end, from) } else { to <= start && nothing(to, start) }
        })
    }

    pub(super) fn trimmed(&self, mut from: usize, mut to: usize) -> Option<(usize, usize)> {
        while from < to {
            match self.any(from, FILLERS).filter(|it| *it <= to) {
                Some(next) => from = next,
                None => break,
            }
        }
        while from < to {
            let filler = (from..to).find(|&it| self.any(it, FILLERS) == Some(to));
            match filler {
                Some(start) => to = start,
                None => break,
            }
        }
        (from < to).then_some((from, to))
    }

    /// Goods are what is quoted, else the first run that has letters; a place at its end is cut off.
    pub(super) fn goods_run(&mut self, runs: &mut Vec<(usize, usize)>) -> Result<Option<String>, AskError> {
        if self.quoted.is_some() {
            return Ok(self.quoted.clone());
        }
        let lettered = |&(from, to): &(usize, usize)| {
            (from..to).any(|it| matches!(self.tokens[it].kind, Kind::Word | Kind::Han))
        };
        // With a code the name is a label: words far from it ("by next friday") are something that was not understood.
        let named = |run: &(usize, usize)| lettered(run) && (self.hs.is_none() || self.is_beside_goods(*run));
        let Some(index) = runs.iter().position(named) else { return Ok(None) };
        let (from, to) = runs.remove(index);
        // "5 tonns of magnets": the number before it had no unit that is known.
        let (mut from, mut end) = (from, to);
        while from < end && self.tokens[from].kind == Kind::Number {
            from += 1;
        }
        if self.place.is_none() {
            let first = from + usize::from(self.hs.is_none());
            let from_here = (first..end).find(|&start| {
                self.place_at(start).is_some_and(|(stop, found)| stop >= end && found.is_ok())
            });
            if let Some(start) = from_here {
                if let Some((stop, Ok(found))) = self.place_at(start) {
                    self.set_place(start, stop, found)?;
                    end = self.trimmed(from, start).map_or(from, |it| it.1);
                }
            }
        }
        if from >= end {
            return Ok(None);
        }
        let text = self.slice(from, end).to_owned();
        let unused_unit = self.quantity.is_none()
            && from > 0
            && self.tokens[from - 1].kind == Kind::Number
            && !self.taken[from - 1];
        if unused_unit {
            let word = &self.tokens[from].text;
            if let Err(error @ DomainError::Unit { nearest: Some(_), .. }) = word.parse::<Unit>() {
                return Err(error.into());
            }
        }
        self.take(from, end, "goods");
        Ok(Some(text))
    }

    /// A run that is a place, when no place was named: "5 t magnets, Birmingham".
    pub(super) fn bare_place(&mut self, runs: &mut Vec<(usize, usize)>) -> Result<(), AskError> {
        if self.place.is_some() {
            return Ok(());
        }
        for index in 0..runs.len() {
            let (from, to) = runs[index];
            let from = self.skip(from, AT);
            if let Some((next, found)) = self.place_at(from) {
                self.set_place(from, next, found?)?;
                runs.remove(index);
                if let Some(rest) = self.trimmed(next, to.max(next)) {
                    runs.insert(index, rest);
                }
                return Ok(());
            }
        }
        Ok(())
    }

    pub(super) fn check_missing(&self, goods: Option<&str>) -> Result<(), AskError> {
        if self.quantity.is_none() {
            let bare =
                self.tokens.iter().enumerate().find(|(at, it)| !self.taken[*at] && it.kind == Kind::Number);
            if let Some((at, token)) = bare {
                if let Some((_, Err(error))) = self.number(at) {
                    return Err(error.into());
                }
                return Err(DomainError::QuantityWithoutUnit { given: token.text.clone() }.into());
            }
        }
        let mut what = Vec::new();
        if self.quantity.is_none() {
            what.push("how much (a quantity with its unit)");
        }
        if goods.is_none() && self.hs.is_none() {
            what.push("what (goods or an HS code)");
        }
        if self.place.is_none() {
            what.push(if self.sells() {
                "from where (the place of the goods)"
            } else {
                "to where (a place)"
            });
        }
        if what.is_empty() { Ok(()) } else { Err(AskError::Missing { what, example: EXAMPLE }) }
    }

    pub(super) fn settle_code(&mut self, goods: Option<&str>) -> Result<HsCode, AskError> {
        let (hs, findings) = code_of(self.hs, goods.unwrap_or_default(), &self.books)?;
        self.findings.extend(findings);
        Ok(hs)
    }

    pub(super) fn settle_currency(&mut self, place: &Place) -> Currency {
        let (currency, finding) = currency_of(self.currency, place, &self.books);
        self.findings.extend(finding);
        currency
    }
}
