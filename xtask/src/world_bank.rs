//! The book `wdi`: indicators of the World Bank that plans use, one table for each.

use domain::EconomyBook;
use lake::import::wdi::{ABOUT, Values, read, sheet_text, tables};
use lake::import::{Options, Tally};

use crate::context::{About, Context, Error, Made};

/// Lending rates, lead times to export and import, logistics performance.
const FILES: [&str; 4] = [
    "macro/wdi/fr.inr.lend.csv",
    "macro/wdi/lp.exp.durs.md.csv",
    "macro/wdi/lp.imp.durs.md.csv",
    "macro/wdi/lp.lpi.ovrl.xq.csv",
];
/// Earlier years say nothing about a deal of today; lead times were last surveyed in 2018.
const FIRST_YEAR: i16 = 2010;

pub fn run(cx: &Context) -> Result<Vec<Made>, Error> {
    let economies = EconomyBook::from_csv(&cx.book_text("economies", "economies.csv")?)?;
    let mut book = cx.draft("wdi");
    let mut all = Values::new();
    for file in FILES {
        let input = book.input(file)?;
        let mut tally = Tally::default();
        let text = sheet_text(&input, &Options::default())?;
        all.extend(read(&input, text, None, &economies, &mut tally)?);
    }
    all.retain(|(_, _, year), _| *year >= FIRST_YEAR);
    let newest = all.keys().map(|(_, _, year)| *year).max().ok_or("no values")?.to_string();
    for (file, text) in tables(&all) {
        book.table(&file, text);
    }
    let how = format!(
        "{} Values are rounded to six decimals. Left out: years before {FIRST_YEAR}. FR.INR.LEND lending interest rate, percent a \
year; LP.EXP.DURS.MD and LP.IMP.DURS.MD median lead time to export and import, days, last surveyed for 2018; LP.LPI.OVRL.XQ \
logistics performance index, 1 to 5.",
        ABOUT.how
    );
    Ok(vec![book.finish(&About {
        title: ABOUT.title,
        publisher: ABOUT.publisher,
        licence: ABOUT.licence,
        licence_url: ABOUT.licence_url,
        vintage: &newest,
        basis: ABOUT.basis,
        how: &how,
    })])
}
