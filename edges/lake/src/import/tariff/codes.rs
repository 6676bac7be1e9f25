//! Codes of tariff lines, mended only where the nomenclature bears it out.

use domain::HsCode;

use crate::import::clean;
use crate::import::report::Repair;

/// The last heading of each chapter, HS 2022 (chapter 77 is reserved).
const LAST_HEADING: [u8; 97] = [
    6, 10, 9, 10, 11, 4, 14, 14, 10, 8, 9, 14, 2, 4, 22, 5, 4, 6, 5, 9, 6, 9, 9, 4, 30, 21, 16, 53, 42, 6, 5,
    15, 7, 7, 7, 6, 7, 27, 26, 17, 15, 6, 4, 21, 4, 2, 7, 23, 11, 7, 13, 12, 11, 8, 16, 9, 5, 11, 11, 6, 17,
    17, 10, 6, 7, 3, 4, 15, 14, 20, 18, 29, 26, 19, 8, 16, 0, 6, 7, 7, 13, 15, 11, 87, 49, 9, 16, 7, 8, 33,
    14, 9, 7, 6, 8, 20, 6,
];

/// Whether the heading of a code can exist. Chapters 98 and 99 are for national use.
pub(super) fn heading_exists(code: HsCode) -> bool {
    let heading = (code.padded() / 1_000_000 % 100) as u8;
    match usize::from(code.chapter()).checked_sub(1).and_then(|at| LAST_HEADING.get(at)) {
        Some(&last) => (1..=last).contains(&heading),
        None => true,
    }
}

/// A code of eight digits. A zero is put back in front only when that gives a heading that exists: 2836910 lost a digit at its end.
pub(super) fn line_code(
    given: &str,
    column: &'static str,
    repairs: &mut Vec<Repair>,
) -> Result<HsCode, &'static str> {
    let before = repairs.len();
    let code = clean::hs(given, 8).take(column, given, repairs, ToString::to_string)?;
    if repairs.len() > before && !heading_exists(code) {
        repairs.truncate(before);
        return Err("an HS code that lost a digit, and not its leading zero");
    }
    Ok(code)
}
