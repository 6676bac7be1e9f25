//! The World Port Index as NGA publishes it (UpdatedPub150.csv): one hundred and eight columns, and rows where a water
//! body with commas has pushed the later columns to the right.

use domain::Coordinates;

/// One port with the fields that the books use.
#[derive(Clone, Debug)]
pub(super) struct WpiPort {
    pub(super) name: String,
    pub(super) alternate: String,
    /// Five characters, or empty.
    pub(super) locode: String,
    pub(super) country: String,
    pub(super) at: Coordinates,
    /// "Large", "Medium", "Small", "Very Small" or empty.
    pub(super) size: String,
    pub(super) max_draft_m: f64,
    pub(super) channel_depth_m: f64,
    pub(super) cargo_depth_m: f64,
    pub(super) container: bool,
}

/// Reads all rows; what has no coordinates is left out and counted in the second value.
pub(super) fn read(text: &str) -> Result<(Vec<WpiPort>, usize), String> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().map_err(|it| it.to_string())?.clone();
    let column = |name: &str| {
        headers.iter().position(|it| it == name).ok_or(format!("World Port Index: no column {name}"))
    };
    let (name, alternate, locode, country) = (
        column("Main Port Name")?,
        column("Alternate Port Name")?,
        column("UN/LOCODE")?,
        column("Country Code")?,
    );
    let longitude = column("Longitude")?;
    let (size, draft, channel, cargo, container) = (
        column("Harbor Size")?,
        column("Maximum Vessel Draft (m)")?,
        column("Channel Depth (m)")?,
        column("Cargo Pier Depth (m)")?,
        column("Facilities - Container")?,
    );
    let (mut ports, mut without_place) = (Vec::new(), 0);
    for row in reader.records() {
        let row = row.map_err(|it| it.to_string())?;
        let filled = row.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
        let last = filled.last().map_or(0, |it| it.0);
        let shift = last.wrapping_sub(longitude);
        let late = |index: usize| row.get(index + shift).unwrap_or("").trim();
        let number = |index: usize| late(index).parse::<f64>().ok();
        let place = if shift > 8 { None } else { number(longitude - 1).zip(number(longitude)) };
        let Some(at) = place.and_then(|(lat, lon)| Coordinates::new(lat, lon).ok()) else {
            without_place += 1;
            continue;
        };
        let early = |index: usize| row.get(index).unwrap_or("").trim().to_owned();
        ports.push(WpiPort {
            name: early(name),
            alternate: early(alternate),
            locode: early(locode).replace(' ', ""),
            country: early(country),
            at,
            size: late(size).to_owned(),
            max_draft_m: number(draft).unwrap_or(0.0),
            channel_depth_m: number(channel).unwrap_or(0.0),
            cargo_depth_m: number(cargo).unwrap_or(0.0),
            container: late(container) == "Yes",
        });
    }
    Ok((ports, without_place))
}
