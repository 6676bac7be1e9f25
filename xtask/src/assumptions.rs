//! The book `assumptions`: what the radar takes for granted where nobody states it. Written by hand, a reason in each row.

use domain::Basis;

use crate::context::{About, Context, Error, Made};

pub fn run(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("assumptions");
    book.keep("assumptions.csv")?;
    Ok(vec![book.finish(&About {
        title: "Assumptions of the radar",
        publisher: "Periplus",
        licence: "Apache-2.0",
        licence_url: Some("https://www.apache.org/licenses/LICENSE-2.0"),
        vintage: "2026-11",
        basis: Basis::Assumed,
        how: "Low, middle and high value of what no open source states, each with its reason in the column why. Written by hand; a \
stated fact (a quote, a parameter of the need) goes before each of them.",
    })])
}
