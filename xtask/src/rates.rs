//! The book `rates`: euro reference rates of the ECB. Daily for the last 400 days, month ends before that.

use std::collections::BTreeMap;

use domain::Date;
use lake::import::ecb::{ABOUT, Rates, rates_csv, read};
use lake::import::sheet::Sheet;
use lake::import::{Options, Tally};

use crate::context::{About, Context, Error, Made};

const FILE: &str = "fx_prices/eurofxref-hist.zip";
/// Days before the newest that are kept one by one: a year and some, for conversion "as of" and for daily volatility.
const DAILY_DAYS: i64 = 400;
/// Month ends are kept from here, for volatility over several years.
const FIRST_YEAR: i16 = 2019;

pub fn run(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("rates");
    let input = book.input(FILE)?;
    let sheet = Sheet::read("ecb-rates", &input, Options::default().encoding.as_deref())?;
    let mut tally = Tally::default();
    let all = read(&sheet, &mut tally)?;
    let newest = all.keys().next_back().map(|(date, _)| *date).ok_or("no rates")?;
    book.table("rates.csv", rates_csv(&thinned(&all, newest)?));
    let how = format!(
        "{} Kept: every day of the {DAILY_DAYS} days to {newest}, and the last day of each month from {FIRST_YEAR} on. Left out: \
all earlier days.",
        ABOUT.how
    );
    let vintage = newest.to_string();
    Ok(vec![book.finish(&About {
        title: ABOUT.title,
        publisher: ABOUT.publisher,
        licence: ABOUT.licence,
        licence_url: ABOUT.licence_url,
        vintage: &vintage,
        basis: ABOUT.basis,
        how: &how,
    })])
}

fn thinned(all: &Rates, newest: Date) -> Result<Rates, Error> {
    let daily_from = newest.checked_sub(jiff::Span::new().days(DAILY_DAYS))?;
    // The last day on which each month has rates.
    let month_ends: BTreeMap<(i16, i8), Date> =
        all.keys().map(|(date, _)| ((date.year(), date.month()), *date)).collect();
    let kept = |date: Date| {
        date >= daily_from
            || (date.year() >= FIRST_YEAR && month_ends.get(&(date.year(), date.month())) == Some(&date))
    };
    Ok(all.iter().filter(|((date, _), _)| kept(*date)).map(|(key, units)| (*key, *units)).collect())
}
