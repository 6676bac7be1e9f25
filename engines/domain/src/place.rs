//! Places: UN/LOCODE, coordinates, and what a need may name as origin or destination.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::economy::Economy;
use crate::error::DomainError;

/// Mean radius of the Earth, km (IUGG 1980, R1), used for great circles.
pub const EARTH_RADIUS_KM: f64 = 6371.0088;
/// One nautical mile in km (BIPM).
pub const NAUTICAL_MILE_KM: f64 = 1.852;

/// A UN/LOCODE: two letters of the country, three letters or digits 2-9 of the place (UNECE Recommendation 16).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Locode([u8; 5]);

impl Locode {
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("?????")
    }

    pub fn economy(self) -> Economy {
        Economy::new([self.0[0], self.0[1]])
    }
}

impl FromStr for Locode {
    type Err = DomainError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code: String =
            text.trim().chars().filter(|it| *it != ' ').collect::<String>().to_ascii_uppercase();
        let refuse = || DomainError::Locode { given: text.trim().to_owned() };
        let letters = <[u8; 5]>::try_from(code.as_bytes()).map_err(|_| refuse())?;
        let country = letters[..2].iter().all(u8::is_ascii_uppercase);
        let place = letters[2..].iter().all(|it| it.is_ascii_uppercase() || matches!(it, b'2'..=b'9'));
        if country && place { Ok(Self(letters)) } else { Err(refuse()) }
    }
}

impl TryFrom<String> for Locode {
    type Error = DomainError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Locode> for String {
    fn from(locode: Locode) -> Self {
        locode.code().to_owned()
    }
}

impl fmt::Display for Locode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Locode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A point on Earth in degrees, WGS 84; latitude -90..=90, longitude -180..=180.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "Degrees", into = "Degrees")]
pub struct Coordinates {
    lat: f64,
    lon: f64,
}

#[derive(Serialize, Deserialize)]
struct Degrees {
    lat: f64,
    lon: f64,
}

impl Coordinates {
    /// Refuses what is not a number and what is off the Earth; says so when the two look swapped.
    /// Longitudes of 180..=360 are taken as the same meridian west.
    pub fn new(lat: f64, lon: f64) -> Result<Self, DomainError> {
        let refuse = |why| DomainError::Coordinates { lat: lat.to_string(), lon: lon.to_string(), why };
        if !lat.is_finite() || !lon.is_finite() {
            return Err(refuse("they are not numbers"));
        }
        if lat.abs() > 90.0 && lat.abs() <= 180.0 && lon.abs() <= 90.0 {
            return Err(refuse("latitude and longitude look swapped"));
        }
        if lat.abs() > 90.0 {
            return Err(refuse("latitude goes from -90 to 90"));
        }
        if !(-180.0..=360.0).contains(&lon) {
            return Err(refuse("longitude goes from -180 to 180"));
        }
        Ok(Self { lat, lon: if lon > 180.0 { lon - 360.0 } else { lon } })
    }

    pub fn lat(self) -> f64 {
        self.lat
    }

    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Unit vector from the centre of the Earth: distances and nearest points without trouble at the antimeridian.
    pub fn unit(self) -> [f64; 3] {
        let (lat, lon) = (self.lat.to_radians(), self.lon.to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    }

    /// Great-circle distance by the haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68, 1984).
    pub fn great_circle_km(self, other: Self) -> f64 {
        let (a, b) = (self.lat.to_radians(), other.lat.to_radians());
        let dlat = ((b - a) / 2.0).sin();
        let dlon = ((other.lon - self.lon).to_radians() / 2.0).sin();
        let h = dlat * dlat + a.cos() * b.cos() * dlon * dlon;
        2.0 * EARTH_RADIUS_KM * h.sqrt().min(1.0).asin()
    }
}

impl TryFrom<Degrees> for Coordinates {
    type Error = DomainError;
    fn try_from(it: Degrees) -> Result<Self, Self::Error> {
        Self::new(it.lat, it.lon)
    }
}

impl From<Coordinates> for Degrees {
    fn from(it: Coordinates) -> Self {
        Self { lat: it.lat, lon: it.lon }
    }
}

/// Where goods are picked up or delivered: a named place with what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub name: String,
    pub economy: Economy,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub locode: Option<Locode>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub at: Option<Coordinates>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.locode {
            Some(locode) => write!(f, "{} ({locode})", self.name),
            None => write!(f, "{}, {}", self.name, self.economy),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locodes_are_read_with_a_space_too() {
        assert_eq!("gb bhm".parse::<Locode>().unwrap().to_string(), "GBBHM");
        assert_eq!("GBBHM".parse::<Locode>().unwrap().economy(), Economy::new(*b"GB"));
        for bad in ["GB1", "GB", "G1BHM", "GBBH1", ""] {
            assert!(bad.parse::<Locode>().is_err(), "{bad}");
        }
    }

    #[test]
    fn points_off_the_earth_say_why() {
        let check = |lat, lon, expect: &str| {
            let error = Coordinates::new(lat, lon).unwrap_err().to_string();
            assert!(error.contains(expect), "{error}");
        };
        check(f64::NAN, 0.0, "they are not numbers");
        check(121.47, 31.23, "look swapped");
        check(200.0, 0.0, "latitude goes from -90 to 90");
        check(0.0, -181.0, "longitude goes from -180 to 180");
        assert!((Coordinates::new(10.0, 190.0).unwrap().lon() + 170.0).abs() < 1e-12);
    }

    /// Distance of one degree along the equator: pi R / 180.
    #[test]
    fn great_circles_cross_the_antimeridian() {
        let a = Coordinates::new(0.0, 179.5).unwrap();
        let b = Coordinates::new(0.0, -179.5).unwrap();
        assert!((a.great_circle_km(b) - 111.195).abs() < 0.01);
    }
}
