//! The books `tariff-us`, `tariff-gb`, `tariff-eu` and `tariff-au`.

use std::collections::BTreeSet;

use lake::import::Tally;
use lake::import::tariff::measure::{Measure, MeasureKind, Member, groups_csv, measures_csv};
use lake::import::tariff::roll_up::roll_up;
use lake::import::tariff::{australia, ukgt};

use crate::context::{About, Context, Error, Made};

mod us;
mod us_additional;

const UKGT_FILE: &str = "tariffs/uk_ukgt_vs_eu_cet_2020.json.zst";
const OGL: &str = "Open Government Licence v3.0";
const OGL_URL: &str = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/";

/// HS-6 codes of the bundled trade flows: the goods for which exemptions were looked up one by one.
pub(crate) const BUNDLED_GOODS: [&str; 30] = [
    "250490", "251010", "251110", "252800", "252910", "252922", "260200", "260600", "270112", "280429",
    "280469", "280470", "280480", "282200", "283691", "283692", "711011", "711021", "720292", "720293",
    "740311", "750210", "810194", "810320", "810411", "810820", "811010", "811212", "811292", "850511",
];

pub fn run(cx: &Context) -> Result<Vec<Made>, Error> {
    Ok(vec![
        us::run(cx)?,
        from_ukgt(cx, ukgt::Side::Uk)?,
        from_ukgt(cx, ukgt::Side::Eu)?,
        australia_book(cx)?,
    ])
}

fn from_ukgt(cx: &Context, side: ukgt::Side) -> Result<Made, Error> {
    let (name, title, how) = match side {
        ukgt::Side::Uk => (
            "tariff-gb",
            "UK Global Tariff as announced in May 2020",
            "Third country duty of all commodity codes of eight digits (nomenclature of 2020), in force from 2021-01-01. Not covered: \
             later changes (among them the nomenclature of 2022), preferences, quotas, suspensions, trade remedies. A commodity document \
             of the UK Trade Tariff laid over the book brings them for that commodity.",
        ),
        ukgt::Side::Eu => (
            "tariff-eu",
            "EU Common External Tariff of 2020",
            "Conventional duty of all CN codes of eight digits (nomenclature of 2020), as the UK government compared them in May 2020. Not \
             covered: later changes (among them the nomenclature of 2022), preferences, quotas, suspensions, trade remedies; agricultural \
             components (EA, AD S/Z, AD F/M) and entry prices (EP) are named and not resolved.",
        ),
    };
    let mut book = cx.draft(name);
    let text = book.text(UKGT_FILE)?;
    let mut tally = Tally::default();
    let measures = ukgt::read(UKGT_FILE, &text, side, &mut tally)?;
    // The days and the reference are the same for every row and stand in source.toml.
    let measures = measures.into_iter().map(|it| it.between(None, None).reference("")).collect();
    book.table("measures.csv", measures_csv(measures));
    book.table("groups.csv", groups_csv(Vec::<Member>::new()));
    Ok(book.finish(&About {
        title,
        publisher: "UK Department for International Trade",
        licence: OGL,
        licence_url: Some(OGL_URL),
        vintage: "2020-05",
        basis: domain::Basis::Observed,
        how: &format!("{how} {}", counted(&tally)),
    }))
}

fn australia_book(cx: &Context) -> Result<Made, Error> {
    const SCHEDULE_3: &str = "tariffs/au_schedule3.json.zst";
    const AGREEMENTS: &str = "tariffs/au_schedules_fta.json.zst";
    let mut book = cx.draft("tariff-au");
    let mut tally = Tally::default();
    let mut measures = australia::read_schedule_3(SCHEDULE_3, &book.text(SCHEDULE_3)?, &mut tally)?;
    measures.extend(australia::read_agreements(AGREEMENTS, &book.text(AGREEMENTS)?, &mut tally)?);
    // Stages that ended before the book's vintage answer no question any more.
    let vintage = domain::Date::constant(2026, 4, 1);
    measures.retain(|it| it.to.is_none_or(|to| to >= vintage));
    let is_line = |it: &&Measure| it.kind == MeasureKind::Mfn;
    let lines: BTreeSet<_> = measures.iter().filter(is_line).filter_map(|it| it.hs).collect();
    let (general, special) = measures.into_iter().partition::<Vec<_>, _>(|it| it.kind == MeasureKind::Mfn);
    let mut measures = roll_up(special, &lines, &BTreeSet::new());
    measures.extend(general);
    book.table("measures.csv", measures_csv(measures));
    book.table("groups.csv", groups_csv(australia::au_groups()));
    Ok(book.finish(&About {
        title: "Australian Customs Tariff, Schedules 3 to 16",
        publisher: "Australian Border Force",
        licence: "CC BY 4.0",
        licence_url: Some("https://creativecommons.org/licenses/by/4.0/"),
        vintage: "2026-04",
        basis: domain::Basis::Observed,
        how: &format!(
            "General rates of Schedule 3; rates under agreements: free for originating goods (Customs Tariff Act 1995, section 16) unless \
             the agreement's schedule lists the classification. Stages that ended before 2026-04-01 are left out. Not covered: the \
             chapters that the file lacks (28, 30, 32, 33, 35, 37, 50 to 52, 54 to 56, 58 to 62, 72 to 74, 76, 78, 81, 83), concessions of \
             Schedule 4, tariff concession orders, trade remedies; rates for classes of developing economies stand in the note only. {}",
            counted(&tally)
        ),
    }))
}

/// "Rows read: ..."
fn counted(tally: &Tally) -> String {
    use lake::import::report::Fate;
    let [repaired, aside, rejected] =
        [Fate::Repaired, Fate::SetAside, Fate::Rejected].map(|it| tally.count(it));
    format!(
        "Rows read: {}; accepted {}, repaired {repaired}, set aside {aside}, rejected {rejected}.",
        tally.rows_read(),
        tally.accepted()
    )
}
