//! The ways of an answer as lines on a map: at sea the real path, elsewhere great circles. Lines may cross the antimeridian; a map
//! that knows the sphere draws them right.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, State};
use domain::deal::{LegView, Stop};
use domain::{Coordinates, Mode};
use routes::geo::{self, Unit};
use routes::{PassageSet, SeaNetwork};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Document, made_once};
use crate::app::App;
use crate::lang::Language;
use crate::problem::Problem;
use crate::reply::{Reply, json_entry};
use crate::who::Who;

/// Points of a line at most: more cannot be seen on a map of the world.
const POINTS: usize = 200;
/// Points of a great circle.
const ARC_POINTS: u32 = 30;

/// A leg of a plan as a line.
#[derive(Debug, Serialize, ToSchema)]
struct LegLine {
    plan: String,
    /// Its place among the legs of the plan, from 0.
    leg: usize,
    #[schema(value_type = String, example = "sea")]
    mode: Mode,
    /// [longitude, latitude], degrees.
    path: Vec<[f64; 2]>,
}

/// A place where legs meet.
#[derive(Debug, Serialize, ToSchema)]
struct Port {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    locode: Option<String>,
    at: [f64; 2],
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AnswerMap)]
pub struct Map {
    legs: Vec<LegLine>,
    ports: Vec<Port>,
}

/// Ways of an answer as lines on a map
#[utoipa::path(get, path = "/answers/{id}/map", tag = "radar", params(("id" = String, Path)),
    responses((status = 200, description = "Lines and places", body = Map)))]
pub(super) async fn get_map(
    State(app): State<App>,
    who: Who,
    language: Language,
    Path(id): Path<String>,
) -> Result<Reply, Problem> {
    let hall = app.hall().await?;
    let made = made_once(&app, &who, &id, "map", language, move |document| {
        json_entry(&draw(document, &hall.room.base().network))
    });
    made.await.map(Reply::shared)
}

fn draw(document: &Document, network: &SeaNetwork) -> Map {
    let mut lines: BTreeMap<String, Vec<[f64; 2]>> = BTreeMap::new();
    let mut legs = Vec::new();
    let mut ports = BTreeMap::new();
    for plan in &document.deals.plans {
        for (at, leg) in plan.legs.iter().enumerate() {
            let path = lines.entry(line_key(leg)).or_insert_with(|| line(leg, network)).clone();
            legs.push(LegLine { plan: plan.id.clone(), leg: at, mode: leg.mode, path });
            for stop in [&leg.from, &leg.to] {
                ports.entry(stop_key(stop)).or_insert_with(|| port(stop));
            }
        }
    }
    Map { legs, ports: ports.into_values().collect() }
}

fn line_key(leg: &LegView) -> String {
    format!("{} {} {} {}", leg.mode, point_key(leg.from.at), point_key(leg.to.at), leg.passages.join("+"))
}

fn point_key(at: Coordinates) -> String {
    format!("{:.4},{:.4}", at.lon(), at.lat())
}

fn stop_key(stop: &Stop) -> String {
    stop.locode.as_ref().map_or_else(|| format!("{} {}", stop.name, point_key(stop.at)), ToString::to_string)
}

fn port(stop: &Stop) -> Port {
    Port {
        name: stop.name.clone(),
        locode: stop.locode.as_ref().map(ToString::to_string),
        at: [round(stop.at.lon()), round(stop.at.lat())],
    }
}

fn line(leg: &LegView, network: &SeaNetwork) -> Vec<[f64; 2]> {
    let (from, to) = (leg.from.at, leg.to.at);
    let sea = (leg.mode == Mode::Sea).then(|| sea_path(leg, network)).flatten();
    let points = sea.unwrap_or_else(|| great_circle(unit(from), unit(to)));
    points.into_iter().map(degrees).collect()
}

/// The path that this leg took: the shortest through its own passages and no other.
fn sea_path(leg: &LegView, network: &SeaNetwork) -> Option<Vec<Unit>> {
    let mut own = PassageSet::EMPTY;
    for name in &leg.passages {
        own = own.union(PassageSet::parse(name).ok()?);
    }
    let all: PassageSet = routes::Passage::ALL.into_iter().collect();
    let others: PassageSet = all.iter().filter(|it| !own.contains(*it)).collect();
    let path = network
        .path(leg.from.at, leg.to.at, others)
        .or_else(|_| network.path(leg.from.at, leg.to.at, PassageSet::ARCTIC))
        .ok()?;
    let points: Vec<Unit> = path.waypoints.into_iter().map(unit).collect();
    Some(simplified(&points, POINTS))
}

fn great_circle(from: Unit, to: Unit) -> Vec<Unit> {
    (0..=ARC_POINTS).map(|at| geo::along(from, to, f64::from(at) / f64::from(ARC_POINTS))).collect()
}

fn unit(at: Coordinates) -> Unit {
    geo::unit(at.lat(), at.lon())
}

fn degrees(at: Unit) -> [f64; 2] {
    let (lat, lon) = geo::degrees(at);
    [round(lon), round(lat)]
}

/// A hundred metres: less than the width of a line.
fn round(degrees: f64) -> f64 {
    (degrees * 1_000.0).round() / 1_000.0
}

/// The points that matter most, by how far the line would be off without them (Douglas and Peucker 1973, on the sphere).
fn simplified(points: &[Unit], most: usize) -> Vec<Unit> {
    let Some(last) = points.len().checked_sub(1) else { return Vec::new() };
    if points.len() <= most {
        return points.to_vec();
    }
    let mut weight = vec![0.0_f64; points.len()];
    (weight[0], weight[last]) = (f64::INFINITY, f64::INFINITY);
    let mut spans = vec![(0, last, f64::INFINITY)];
    while let Some((from, to, above)) = spans.pop() {
        let far = (from + 1..to)
            .map(|at| (at, off_line(points[at], points[from], points[to])))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let Some((at, off)) = far else { continue };
        // A point never matters more than the one that its span hangs on.
        weight[at] = off.min(above);
        spans.push((from, at, weight[at]));
        spans.push((at, to, weight[at]));
    }
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| weight[*b].total_cmp(&weight[*a]).then(a.cmp(b)));
    let kept: BTreeSet<usize> = order.into_iter().take(most).collect();
    kept.into_iter().map(|at| points[at]).collect()
}

/// How far a point is off the great circle between two others, or from the nearer of them where that is farther.
fn off_line(at: Unit, from: Unit, to: Unit) -> f64 {
    let normal = geo::cross(from, to);
    let length = geo::dot(normal, normal).sqrt();
    if length < 1e-12 {
        return geo::metres(at, from);
    }
    let sine = (geo::dot(at, normal) / length).clamp(-1.0, 1.0);
    let between =
        geo::dot(geo::cross(from, at), normal) >= 0.0 && geo::dot(geo::cross(at, to), normal) >= 0.0;
    if between {
        return sine.asin().abs() * geo::EARTH_RADIUS_M;
    }
    geo::metres(at, from).min(geo::metres(at, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_points_that_matter_are_kept() {
        // Along the equator with one corner up at 45 degrees east.
        let points: Vec<Unit> = (0..=900)
            .map(|at| {
                let lon = f64::from(at) / 10.0;
                geo::unit(10.0 - (lon - 45.0).abs().min(10.0), lon)
            })
            .collect();
        let few = simplified(&points, 9);
        assert_eq!(few.len(), 9);
        assert!(few.iter().any(|it| (geo::degrees(*it).0 - 10.0).abs() < 0.01), "the corner");
        assert_eq!((few[0], few[8]), (points[0], points[900]), "and both ends");
        assert_eq!(simplified(&points[..5], 9).len(), 5);
        assert!(simplified(&[], 9).is_empty());
    }

    #[test]
    fn a_circle_over_the_antimeridian_goes_the_short_way() {
        let arc = great_circle(geo::unit(35.0, 140.0), geo::unit(35.0, -120.0));
        assert!(arc.iter().all(|it| geo::degrees(*it).1.abs() > 110.0), "never through Greenwich");
    }
}
