//! The book `grid`: carbon intensity of electricity by economy and year.

use domain::EconomyBook;
use lake::import::Tally;
use lake::import::grid::{ABOUT, grid_csv, read};
use lake::import::sheet::Sheet;

use crate::context::{About, Context, Error, Made};

const FILE: &str = "emissions/owid_ember_carbon_intensity_electricity.csv";
/// Older intensities are of other power plants.
const FIRST_YEAR: i16 = 2018;

pub fn run(cx: &Context) -> Result<Vec<Made>, Error> {
    let economies = EconomyBook::from_csv(&cx.book_text("economies", "economies.csv")?)?;
    let mut book = cx.draft("grid");
    let input = book.input(FILE)?;
    let sheet = Sheet::read("grid-intensity", &input, None)?;
    let mut tally = Tally::default();
    let mut all = read(&sheet, &economies, &mut tally)?;
    all.retain(|(_, year), _| *year >= FIRST_YEAR);
    let newest = all.keys().map(|(_, year)| *year).max().ok_or("no values")?.to_string();
    book.table("grid.csv", grid_csv(&all));
    let how = format!("{} Left out: years before {FIRST_YEAR}.", ABOUT.how);
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
