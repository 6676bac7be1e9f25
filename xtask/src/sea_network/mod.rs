//! Makes the sea network book from the searoute network (Apache-2.0), ports of the World Port Index and the Natural
//! Earth land polygons (both public domain).
//!
//! 1. The lines of the searoute network, with three canals and rivers it lacks.
//! 2. Every port of the World Port Index becomes a node, joined to the nodes it can see over open water.
//! 3. Shortcuts: on shortest ways between sampled ports, chains of edges that a great circle over open water shortens
//!    by at least one half of a percent get that great circle as an edge.
//! 4. Passages: an edge that crosses the gate of a passage carries its bit.
//! 5. Nodes are written in a nested-dissection order.

mod dissect;
mod land;
pub mod lead_times;
pub mod ports;
mod wpi;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use routes::geo::{METRES_PER_NM, Unit, arcs_cross, metres, unit};
use routes::network::Graph;
use routes::{Passage, PassageSet};

use land::{Clearance, Land};
use wpi::WpiPort;

use crate::context::{About, Context, Error, Made};

const MARNET: &str = "locations/searoute_marnet.geojson.zst";
const LAND: &str = "locations/natural_earth/ne_50m_land.json.zst";
const WPI: &str = "locations/world_port_index_UpdatedPub150.csv.zst";

/// Lines across each passage from land to land; an edge that crosses one goes through the passage.
const GATES: &[(Passage, [f64; 4])] = &[
    (Passage::Suez, [30.6, 31.6, 30.6, 33.2]),
    (Passage::Panama, [9.5, -79.4, 8.7, -80.2]),
    (Passage::BabElMandeb, [13.0, 43.7, 12.2, 43.0]),
    (Passage::Hormuz, [27.3, 56.5, 25.7, 56.3]),
    (Passage::Malacca, [2.0, 99.8, 3.6, 101.7]),
    (Passage::Sunda, [-6.3, 106.4, -5.3, 105.1]),
    (Passage::Lombok, [-8.55, 115.3, -8.55, 116.4]),
    (Passage::Torres, [-8.6, 142.2, -11.6, 142.6]),
    (Passage::Taiwan, [25.4, 118.4, 23.8, 121.0]),
    (Passage::Gibraltar, [36.4, -5.6, 35.4, -5.6]),
    (Passage::Dardanelles, [40.4, 26.15, 39.95, 26.75]),
    (Passage::Bosporus, [41.1, 28.7, 41.1, 29.4]),
    (Passage::Kerch, [45.3, 36.2, 45.3, 37.1]),
    (Passage::Dover, [51.2, 1.0, 50.75, 1.8]),
    (Passage::Kiel, [54.6, 9.3, 54.0, 9.9]),
    (Passage::Oresund, [56.05, 12.3, 56.05, 13.0]),
    (Passage::Oresund, [55.9, 12.3, 55.9, 13.0]),
    (Passage::GreatBelt, [55.4, 9.3, 55.4, 11.8]),
    (Passage::Corinth, [37.75, 22.8, 38.1, 23.1]),
    (Passage::Magellan, [-51.0, -69.3, -53.0, -68.95]),
    (Passage::CapeHorn, [-54.6, -67.4, -64.5, -60.0]),
    (Passage::GoodHope, [-33.5, 19.3, -69.9, 19.3]),
    (Passage::Bering, [66.4, -171.0, 65.3, -166.5]),
    (Passage::NorthwestPassage, [66.0, -100.0, 90.0, 0.0]),
    (Passage::NorthernSeaRoute, [74.0, 105.0, 90.0, 0.0]),
    (Passage::StLawrenceSeaway, [44.6, -74.2, 45.7, -74.2]),
];

/// Name, how much longer the way is than its points show, and the points (latitude, longitude).
type Waterway = (&'static str, f64, &'static [(f64, f64)]);

/// Waterways that the searoute network lacks, as charted by hand to about a tenth of a degree; both ends join the
/// nearest node that is there already. The factor stands for the windings that the points leave out.
const WATERWAYS: &[Waterway] = &[
    (
        "Kiel Canal",
        1.0,
        &[
            (53.89, 9.14),
            (53.96, 9.25),
            (54.19, 9.45),
            (54.31, 9.70),
            (54.35, 9.95),
            (54.37, 10.15),
            (54.45, 10.22),
        ],
    ),
    ("Corinth Canal", 1.0, &[(37.98, 22.90), (37.955, 22.96), (37.915, 23.01), (37.88, 23.05)]),
    ("Nanuku Passage to Hawaii", 1.02, &[(-18.03, 178.89), (-16.75, -179.2), (21.15, -157.67)]),
    (
        "Amazon",
        1.08,
        &[
            (0.6, -49.9),
            (0.03, -51.05),
            (-0.6, -51.6),
            (-1.45, -52.2),
            (-1.9, -54.0),
            (-2.42, -54.72),
            (-1.93, -55.5),
            (-2.5, -56.7),
            (-(3.0 + 0.14), -58.45),
            (-3.13, -60.02),
            (-3.6, -61.4),
            (-3.35, -64.7),
            (-3.1, -67.9),
            (-4.2, -69.95),
            (-3.4, -71.8),
            (-3.75, -73.23),
        ],
    ),
];

/// An end of a waterway farther than this from every node leads nowhere.
const WATERWAY_END_NM: f64 = 60.0;

/// A port closer than this to a node is that node.
const PORT_IS_NODE_NM: f64 = 2.0;
/// How far a port looks for nodes that it can see.
const PORT_SIGHT_NM: [f64; 3] = [40.0, 90.0, 200.0];
const PORT_EDGES: usize = 6;
const PORT_VIEW: Clearance = Clearance { harbour: (9.0, 3.0), open_after: 1e9 };
const CHORD_VIEW: Clearance = Clearance { harbour: (3.0, 3.0), open_after: 40.0 };
/// A great circle must save this share of the way it replaces.
const CHORD_SAVES: f64 = 0.01;
/// Shorter ones would make lanes along coasts tighter than ships sail.
const CHORD_LEAST_NM: f64 = 1200.0;
/// Ships keep out of the ice: no shortcut beyond these latitudes.
const CHORD_SOUTH: f64 = -57.0;
const CHORD_NORTH: f64 = 71.5;
const SAMPLED_PAIRS: usize = 6_000;
/// Ships do not hold a great circle to the mile: weather routing and traffic lanes add to it.
const CHORD_ALLOWANCE: f64 = 1.02;

pub fn run(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("sea-network");
    let marnet = book.text(MARNET)?;
    let land = Land::from_geojson(&book.text(LAND)?)?;
    let (ports, without_place) = wpi::read(&book.text(WPI)?)?;
    book.input_terms(MARNET, "searoute-py (G. Halili)", "Apache-2.0");
    book.input_terms(WPI, "US National Geospatial-Intelligence Agency", "public domain");
    book.input_terms(LAND, "Natural Earth", "public domain");
    let mut draft = Draft::from_geojson(&marnet)?;
    let lines = (draft.points.len(), draft.edges.len());
    for (_, factor, points) in WATERWAYS {
        draft.add_waterway(*factor, points);
    }
    let blind = draft.add_ports(&ports, &land);
    draft.shorten(&ports, &land);
    let chords = draft.chords.len();
    let removed = draft.prune_useless();
    let (nodes, edges) = draft.to_csv();
    book.table("nodes.csv", nodes);
    book.table("edges.csv", edges);
    let how = format!(
        "The {} nodes and {} edges of the searoute network; the Kiel and Corinth canals, the Nanuku Passage and the Amazon to \
         Iquitos added by hand; every port of the World Port Index joined to nodes in sight over open water ({blind} ports up \
         rivers or in closed waters joined by the straight line to the nearest node; {without_place} rows without coordinates \
         left out); {chords} great circles of 1,200 nm or more over open water, with an allowance of 2 %, added where they \
         shorten a sampled way between ports by at least 1 % ({removed} of no use taken out again), none beyond 57 S or 71.5 N. \
         Lengths are great circles on the mean sphere. Passages are marked where an edge crosses a line drawn across them. \
         Rows are in nested-dissection order.",
        lines.0, lines.1
    );
    Ok(vec![book.finish(&About {
        title: "Sea network",
        publisher: "Periplus, from searoute-py, NGA World Port Index and Natural Earth",
        licence: "Apache-2.0",
        licence_url: Some("https://www.apache.org/licenses/LICENSE-2.0"),
        vintage: "2026-05",
        basis: domain::Basis::Modelled,
        how: &how,
    })])
}

/// The network while it is being made.
struct Draft {
    points: Vec<Unit>,
    /// (low node, high node) to metres and passages.
    edges: BTreeMap<(u32, u32), (u32, u32)>,
    gates: Vec<(Passage, Unit, Unit)>,
    chords: BTreeSet<(u32, u32)>,
}

impl Draft {
    fn from_geojson(text: &str) -> Result<Self, String> {
        let file: serde_json::Value = serde_json::from_str(text).map_err(|it| it.to_string())?;
        let gates = GATES.iter().map(|(passage, g)| (*passage, unit(g[0], g[1]), unit(g[2], g[3]))).collect();
        let mut draft = Self { points: Vec::new(), edges: BTreeMap::new(), gates, chords: BTreeSet::new() };
        let mut known = BTreeMap::new();
        for feature in file["features"].as_array().ok_or("searoute network: no features")? {
            let shape = &feature["geometry"]["coordinates"];
            let lines: Vec<&serde_json::Value> = match feature["geometry"]["type"].as_str() {
                Some("LineString") => vec![shape],
                Some("MultiLineString") => shape.as_array().into_iter().flatten().collect(),
                _ => return Err("searoute network: neither LineString nor MultiLineString".into()),
            };
            for line in lines {
                let mut last = None;
                for point in line.as_array().ok_or("searoute network: a line is not a list")? {
                    let (lon, lat) =
                        point[0].as_f64().zip(point[1].as_f64()).ok_or("searoute network: bad point")?;
                    let lon = (lon + 180.0).rem_euclid(360.0) - 180.0;
                    let key = ((lat * 1e4).round() as i64, (lon * 1e4).round() as i64);
                    let node = *known.entry(key).or_insert_with(|| {
                        draft.points.push(unit(key.0 as f64 / 1e4, key.1 as f64 / 1e4));
                        draft.points.len() as u32 - 1
                    });
                    if let Some(last) = last {
                        draft.add_edge(last, node, 1.0);
                    }
                    last = Some(node);
                }
            }
        }
        Ok(draft)
    }

    fn add_edge(&mut self, a: u32, b: u32, factor: f64) {
        if a == b {
            return;
        }
        let (p, q) = (self.points[a as usize], self.points[b as usize]);
        let length = (metres(p, q) * factor).round().max(1.0) as u32;
        let crossed = self.gates.iter().filter(|(_, c, d)| arcs_cross(p, q, *c, *d)).map(|it| it.0);
        let passages: PassageSet = crossed.collect();
        self.edges.entry((a.min(b), a.max(b))).or_insert((length, passages.0));
    }

    fn nearest(&self, to: Unit, among: usize) -> (u32, f64) {
        let near = self.points[..among]
            .iter()
            .map(|p| metres(*p, to))
            .enumerate()
            .min_by(|a, b| a.1.total_cmp(&b.1));
        near.map_or((0, f64::INFINITY), |(at, far)| (at as u32, far / METRES_PER_NM))
    }

    fn add_waterway(&mut self, factor: f64, points: &[(f64, f64)]) {
        let among = self.points.len();
        let ends =
            [points[0], points[points.len() - 1]].map(|(lat, lon)| self.nearest(unit(lat, lon), among));
        let mut last = None;
        for &(lat, lon) in points {
            self.points.push(unit(lat, lon));
            let node = self.points.len() as u32 - 1;
            if let Some(last) = last {
                self.add_edge(last, node, factor);
            }
            last = Some(node);
        }
        // a river has one mouth: only an end within sight of the network is joined to it
        for ((node, far), own) in ends.into_iter().zip([among, self.points.len() - 1]) {
            if far < WATERWAY_END_NM {
                self.add_edge(node, own as u32, 1.0);
            }
        }
    }

    /// Joins ports; returns how many see no node and were joined to the nearest one all the same.
    fn add_ports(&mut self, ports: &[WpiPort], land: &Land) -> usize {
        let among = self.points.len();
        let base = self.graph();
        let mut blind = 0;
        for port in ports {
            let here = unit(port.at.lat(), port.at.lon());
            let (nearest, far) = self.nearest(here, self.points.len());
            if far < PORT_IS_NODE_NM {
                continue;
            }
            let (lane, lane_far) = self.nearest(here, among);
            let mut seen = PORT_SIGHT_NM.iter().map(|&sight| self.in_sight(here, sight, among, land));
            let seen = seen.find(|list| !list.is_empty()).unwrap_or_default();
            self.points.push(here);
            let own = self.points.len() as u32 - 1;
            if seen.is_empty() {
                blind += 1;
                self.add_edge(own, nearest, 1.0);
            }
            if lane_far < WATERWAY_END_NM && !seen.is_empty() && !seen.contains(&lane) {
                if same_waters(&base, lane, lane_far, &seen, &|node| metres(here, self.points[node as usize]))
                {
                    self.add_edge(own, lane, 1.0);
                }
            }
            for node in seen {
                self.add_edge(own, node, 1.0);
            }
        }
        blind
    }

    fn in_sight(&self, here: Unit, sight_nm: f64, among: usize, land: &Land) -> Vec<u32> {
        let mut near: Vec<(f64, u32)> = self.points[..among]
            .iter()
            .enumerate()
            .map(|(at, p)| (metres(*p, here) / METRES_PER_NM, at as u32))
            .filter(|it| it.0 < sight_nm)
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut seen: Vec<u32> = Vec::new();
        for (_, node) in near.into_iter().take(60) {
            let there = self.points[node as usize];
            // a node behind one that is joined already adds nothing
            let hidden = seen.iter().any(|&other| {
                let via = self.points[other as usize];
                metres(here, via) + metres(via, there) < 1.03 * metres(here, there)
            });
            if !hidden && land.open_water(here, there, PORT_VIEW) {
                seen.push(node);
            }
            if seen.len() == PORT_EDGES {
                break;
            }
        }
        seen
    }

    fn order(&self) -> Vec<u32> {
        let edges: Vec<(u32, u32)> = self.edges.keys().copied().collect();
        dissect::order(&self.points, &edges)
    }

    /// Adds great circles where they shorten ways between ports. Each sampled way is found in the network as it is by
    /// then, so that a lane serves all its neighbours.
    fn shorten(&mut self, ports: &[WpiPort], land: &Land) {
        let mut refused: BTreeSet<(u32, u32)> = BTreeSet::new();
        let mut random = 0x9E37_79B9_7F4A_7C15_u64;
        let main: Vec<&WpiPort> =
            ports.iter().filter(|it| it.size == "Large" || it.size == "Medium").collect();
        let mut graph = self.graph();
        for turn in 0..SAMPLED_PAIRS {
            let mut draw = |n: usize| {
                random =
                    random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (random >> 33) as usize % n
            };
            let a = if turn % 3 == 0 { &ports[draw(ports.len())] } else { main[draw(main.len())] };
            let b = main[draw(main.len())];
            let ends = [a.at, b.at].map(|it| self.nearest(unit(it.lat(), it.lon()), self.points.len()).0);
            let Some(path) = shortest(&graph, ends[0], ends[1]) else { continue };
            if self.pull(&path, land, &mut refused) > 0 {
                graph = self.graph();
            }
        }
    }

    fn graph(&self) -> Graph {
        let edges: Vec<_> =
            self.edges.iter().map(|(&(a, b), &(metres, bits))| (a, b, metres, bits)).collect();
        Graph::new(self.points.len(), &edges)
    }

    /// Pulls one way straight like a string; returns how many great circles it added.
    fn pull(&mut self, path: &[u32], land: &Land, refused: &mut BTreeSet<(u32, u32)>) -> usize {
        let mut so_far = vec![0.0];
        for step in path.windows(2) {
            let key = (step[0].min(step[1]), step[0].max(step[1]));
            let length = self.edges.get(&key).map_or(0.0, |it| f64::from(it.0));
            so_far.push(so_far[so_far.len() - 1] + length);
        }
        let (mut here, mut added) = (0, 0);
        while here + 2 < path.len() {
            let mut next = here + 1;
            for there in (here + 2..path.len()).rev() {
                let (a, b) = (path[here], path[there]);
                let key = (a.min(b), a.max(b));
                if self.edges.contains_key(&key) {
                    next = there;
                    break;
                }
                if refused.contains(&key) {
                    continue;
                }
                let (p, q) = (self.points[a as usize], self.points[b as usize]);
                let (way, straight) = (so_far[there] - so_far[here], metres(p, q));
                if straight < CHORD_LEAST_NM * METRES_PER_NM
                    || way - straight * CHORD_ALLOWANCE < CHORD_SAVES * way
                {
                    continue;
                }
                if !in_bounds(p, q) || !land.open_water(p, q, CHORD_VIEW) {
                    refused.insert(key);
                    continue;
                }
                self.add_edge(a, b, CHORD_ALLOWANCE);
                self.chords.insert(key);
                added += 1;
                next = there;
                break;
            }
            here = next;
        }
        added
    }

    /// Takes out great circles that another way of the same length (within 0.1 %) makes useless.
    fn prune_useless(&mut self) -> usize {
        let before = self.edges.len();
        let chords: Vec<(u32, u32)> = self.chords.iter().copied().collect();
        let mut neighbours: BTreeMap<u32, BTreeMap<u32, u32>> = BTreeMap::new();
        for (&(a, b), &(length, _)) in &self.edges {
            neighbours.entry(a).or_default().insert(b, length);
            neighbours.entry(b).or_default().insert(a, length);
        }
        for key in chords {
            let (length, passages) = self.edges[&key];
            let (from, to) = (&neighbours[&key.0], &neighbours[&key.1]);
            let detour =
                from.iter().filter_map(|(via, first)| to.get(via).map(|second| first + second)).min();
            let useless = detour.is_some_and(|it| f64::from(it) <= f64::from(length) * 1.001);
            if useless && passages == 0 {
                self.edges.remove(&key);
                neighbours.get_mut(&key.0).map(|it| it.remove(&key.1));
                neighbours.get_mut(&key.1).map(|it| it.remove(&key.0));
            }
        }
        before - self.edges.len()
    }

    fn to_csv(&self) -> (String, String) {
        let order = self.order();
        let mut rank = vec![0_u32; order.len()];
        order.iter().enumerate().for_each(|(at, &v)| rank[v as usize] = at as u32);
        let mut nodes = String::from("lat,lon\n");
        for &v in &order {
            let (lat, lon) = routes::geo::degrees(self.points[v as usize]);
            let _ = writeln!(nodes, "{},{}", short(lat), short(lon));
        }
        let mut rows: Vec<(u32, u32, u32, u32)> = self
            .edges
            .iter()
            .map(|(&(a, b), &(metres, bits))| {
                let (a, b) = (rank[a as usize], rank[b as usize]);
                (a.min(b), a.max(b), metres, bits)
            })
            .collect();
        rows.sort_unstable();
        let mut edges = String::from("a,b,metres,passages\n");
        for (a, b, metres, bits) in rows {
            let _ = writeln!(edges, "{a},{b},{metres},{}", PassageSet(bits).keys());
        }
        (nodes, edges)
    }
}

fn in_bounds(p: Unit, q: Unit) -> bool {
    (0..=20).all(|step| {
        let (lat, _) = routes::geo::degrees(routes::geo::along(p, q, f64::from(step) / 20.0));
        (CHORD_SOUTH..CHORD_NORTH).contains(&lat)
    })
}

/// Whether a lane beyond a spit or a pier, which a coarse coastline hides, lies in the waters that the port looks on:
/// at sea it must be about as far from the nodes in sight as by way of the port.
fn same_waters(base: &Graph, lane: u32, lane_nm: f64, seen: &[u32], far: &dyn Fn(u32) -> f64) -> bool {
    let tree = base.tree(lane, PassageSet::EMPTY);
    seen.iter().all(|&node| {
        let by_port = far(node) + lane_nm * METRES_PER_NM;
        f64::from(tree[node as usize]) <= 1.6 * by_port + 20.0 * METRES_PER_NM
    })
}

/// Nodes of the shortest way with the Arctic shut.
fn shortest(graph: &Graph, from: u32, to: u32) -> Option<Vec<u32>> {
    let left = graph.tree(to, PassageSet::ARCTIC);
    let mut here = from;
    let mut path = vec![from];
    while here != to {
        let open = |arc: &routes::network::Arc32| !PassageSet(arc.passages).meets(PassageSet::ARCTIC);
        let step = graph
            .arcs(here)
            .filter(open)
            .find(|arc| left[arc.to as usize] + arc.metres == left[here as usize])?;
        here = step.to;
        path.push(here);
    }
    Some(path)
}

/// Four decimals (11 m) without trailing zeros.
fn short(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
