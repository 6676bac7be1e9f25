//! Land as a grid of bits, for asking whether a straight line at sea meets it.

use routes::geo::{METRES_PER_NM, Unit, along, degrees, metres};

/// Cells per degree: 3 arc minutes, 3 nautical miles at the equator.
const CELLS_PER_DEGREE: usize = 20;
const COLUMNS: usize = 360 * CELLS_PER_DEGREE;
const ROWS: usize = 180 * CELLS_PER_DEGREE;

/// A cell is land when its centre is.
pub(super) struct Land {
    cells: Vec<bool>,
}

/// How close to land a line may pass at its two ends and between them, nautical miles.
#[derive(Clone, Copy)]
pub(super) struct Clearance {
    /// Within this of an end, land is not looked at: harbours lie inside a coarse coastline.
    pub(super) harbour: (f64, f64),
    /// Farther than this from both ends a neighbouring land cell is refused too.
    pub(super) open_after: f64,
}

impl Land {
    /// From the polygons of a GeoJSON file, filled by the even-odd rule.
    pub(super) fn from_geojson(text: &str) -> Result<Self, String> {
        let file: serde_json::Value = serde_json::from_str(text).map_err(|it| it.to_string())?;
        let mut crossings: Vec<Vec<f64>> = vec![Vec::new(); ROWS];
        for feature in file["features"].as_array().ok_or("land: no features")? {
            let shape = &feature["geometry"];
            let parts: Vec<&serde_json::Value> = match shape["type"].as_str() {
                Some("Polygon") => vec![&shape["coordinates"]],
                Some("MultiPolygon") => shape["coordinates"].as_array().into_iter().flatten().collect(),
                _ => return Err("land: neither Polygon nor MultiPolygon".into()),
            };
            for ring in parts.into_iter().filter_map(|it| it.as_array()).flatten() {
                let points: Vec<(f64, f64)> = ring
                    .as_array()
                    .ok_or("land: a ring is not a list")?
                    .iter()
                    .filter_map(|p| Some((p[0].as_f64()?, p[1].as_f64()?)))
                    .collect();
                points.windows(2).for_each(|side| cross_rows(side[0], side[1], &mut crossings));
            }
        }
        let mut cells = vec![false; COLUMNS * ROWS];
        for (row, mut list) in crossings.into_iter().enumerate() {
            list.sort_by(f64::total_cmp);
            for pair in list.chunks_exact(2) {
                let first = ((pair[0] + 180.0) * CELLS_PER_DEGREE as f64 - 0.5).ceil().max(0.0) as usize;
                let last = ((pair[1] + 180.0) * CELLS_PER_DEGREE as f64 - 0.5).floor();
                if last >= 0.0 {
                    cells[row * COLUMNS..][first.min(COLUMNS)..(last as usize + 1).min(COLUMNS)].fill(true);
                }
            }
        }
        Ok(Self { cells })
    }

    fn cell(u: Unit) -> (usize, usize) {
        let (lat, lon) = degrees(u);
        let row = ((lat + 90.0) * CELLS_PER_DEGREE as f64) as usize;
        let column = ((lon + 180.0) * CELLS_PER_DEGREE as f64) as usize;
        (row.min(ROWS - 1), column.min(COLUMNS - 1))
    }

    fn at(&self, (row, column): (usize, usize)) -> bool {
        self.cells[row * COLUMNS + column]
    }

    fn near(&self, (row, column): (usize, usize)) -> bool {
        let columns = [(column + COLUMNS - 1) % COLUMNS, column, (column + 1) % COLUMNS];
        let rows = [row.saturating_sub(1), row, (row + 1).min(ROWS - 1)];
        rows.iter().any(|&r| columns.iter().any(|&c| self.at((r, c))))
    }

    /// Whether the great circle from `a` to `b` stays at sea.
    pub(super) fn open_water(&self, a: Unit, b: Unit, clearance: Clearance) -> bool {
        let length = metres(a, b) / METRES_PER_NM;
        let steps = (length / 1.2).ceil().max(1.0) as usize;
        // from the middle outwards lines over land fail sooner
        (1..steps).all(|step| {
            let step = if step % 2 == 0 { steps / 2 + step / 2 } else { steps / 2 - step / 2 };
            let share = (step as f64 / steps as f64).clamp(0.0, 1.0);
            let (from_a, from_b) = (share * length, (1.0 - share) * length);
            if from_a < clearance.harbour.0 || from_b < clearance.harbour.1 {
                return true;
            }
            let cell = Self::cell(along(a, b, share));
            let open = from_a.min(from_b) > clearance.open_after;
            if open { !self.near(cell) } else { !self.at(cell) }
        })
    }
}

fn cross_rows(a: (f64, f64), b: (f64, f64), crossings: &mut [Vec<f64>]) {
    let (low, high) = if a.1 <= b.1 { (a, b) } else { (b, a) };
    let first = ((low.1 + 90.0) * CELLS_PER_DEGREE as f64 - 0.5).ceil().max(0.0) as usize;
    for (row, list) in crossings.iter_mut().enumerate().skip(first) {
        let lat = (row as f64 + 0.5) / CELLS_PER_DEGREE as f64 - 90.0;
        if lat >= high.1 {
            break;
        }
        if lat >= low.1 {
            list.push(low.0 + (lat - low.1) / (high.1 - low.1) * (high.0 - low.0));
        }
    }
}
