//! `route find|matrix`.

use crate::args::Route;
use crate::fault::{Exit, Fault};
use crate::noun::Desk;

pub fn run(_desk: &mut Desk<'_>, _verb: &Route) -> Result<Exit, Fault> {
    Err(Fault::ours(Exit::DataMissing, 1915, &[("book", "routes")]))
}
