//! Spherical geometry on unit vectors: free of trouble at the antimeridian and the poles.
//!
//! The Earth is a sphere of the mean radius; against the WGS 84 ellipsoid a distance is off by at most 0.56 %.

use domain::Coordinates;
use domain::place::EARTH_RADIUS_KM;

/// A direction from the centre of the Earth, of length one.
pub type Unit = [f64; 3];

pub const EARTH_RADIUS_M: f64 = EARTH_RADIUS_KM * 1000.0;
pub const METRES_PER_NM: f64 = 1852.0;

pub fn dot(a: Unit, b: Unit) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub fn cross(a: Unit, b: Unit) -> Unit {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// Square of the straight chord through the Earth between two points of the unit sphere.
pub fn chord2(a: Unit, b: Unit) -> f64 {
    let d = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    dot(d, d)
}

/// Great-circle distance in metres.
pub fn metres(a: Unit, b: Unit) -> f64 {
    2.0 * EARTH_RADIUS_M * (chord2(a, b).sqrt() / 2.0).min(1.0).asin()
}

/// Square of the chord that spans a great circle of `metres`.
pub fn chord2_of(metres: f64) -> f64 {
    let half = (metres / (2.0 * EARTH_RADIUS_M)).min(std::f64::consts::FRAC_PI_2);
    let chord = 2.0 * half.sin();
    chord * chord
}

/// The point at `share` (0..=1) of the great circle from `a` to `b` (spherical linear interpolation,
/// K. Shoemake, "Animating rotation with quaternion curves", SIGGRAPH 1985).
pub fn along(a: Unit, b: Unit, share: f64) -> Unit {
    let angle = metres(a, b) / EARTH_RADIUS_M;
    if angle < 1e-9 {
        return a;
    }
    let (p, q) = (((1.0 - share) * angle).sin() / angle.sin(), (share * angle).sin() / angle.sin());
    [p * a[0] + q * b[0], p * a[1] + q * b[1], p * a[2] + q * b[2]]
}

/// Whether the great-circle arcs `a`-`b` and `c`-`d` (each shorter than half the Earth) cross.
#[expect(clippy::many_single_char_names, reason = "ends and normals of two arcs")]
pub fn arcs_cross(a: Unit, b: Unit, c: Unit, d: Unit) -> bool {
    let (n, m) = (cross(a, b), cross(c, d));
    let (sc, sd) = (dot(n, c), dot(n, d));
    let (sa, sb) = (dot(m, a), dot(m, b));
    if sc * sd > 0.0 || sa * sb > 0.0 {
        return false;
    }
    // both planes separate the ends; the arcs meet on the same side of the Earth, not on opposite ones
    let line = cross(n, m);
    let middle = |p: Unit, q: Unit| [p[0] + q[0], p[1] + q[1], p[2] + q[2]];
    dot(line, middle(a, b)) * dot(line, middle(c, d)) > 0.0
}

/// Latitude and longitude in degrees.
pub fn degrees(u: Unit) -> (f64, f64) {
    (u[2].clamp(-1.0, 1.0).asin().to_degrees(), u[1].atan2(u[0]).to_degrees())
}

pub fn unit(lat: f64, lon: f64) -> Unit {
    let (lat, lon) = (lat.to_radians(), lon.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// A point of the sphere as coordinates; a unit vector always makes valid ones.
pub fn coordinates(u: Unit) -> Option<Coordinates> {
    let (lat, lon) = degrees(u);
    Coordinates::new(lat, lon).ok()
}
