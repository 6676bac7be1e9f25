//! The sea network: nodes, edges with passages, the nearest node to a point, shortest distances and paths.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use domain::Coordinates;
use serde::Serialize;

use crate::error::RouteError;
use crate::geo::{METRES_PER_NM, Unit, chord2_of, coordinates, metres, unit};
use crate::kd::KdTree;
use crate::labels::{FAR, Handicap, Labels, Topology};
use crate::passage::PassageSet;

/// Beyond this a point is not taken for one that has to do with the sea. Mid-ocean points and ports up great rivers
/// lie within it.
pub const SNAP_LIMIT_KM: u32 = 1000;

/// Sets of closed passages whose labels are kept (about 15 MB each). The oldest makes room.
const KEPT_CLOSURES: usize = 6;

/// One direction of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc32 {
    pub to: u32,
    pub metres: u32,
    pub passages: u32,
}

/// The network as adjacency lists in one array (compressed sparse rows); each edge is there in both directions.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    first: Vec<u32>,
    arcs: Vec<Arc32>,
}

impl Graph {
    /// From undirected edges (a, b, metres, passages). Lengths of zero become one metre, so that each step advances.
    pub fn new(nodes: usize, edges: &[(u32, u32, u32, u32)]) -> Self {
        let mut first = vec![0_u32; nodes + 1];
        for &(a, b, ..) in edges {
            first[a as usize + 1] += 1;
            first[b as usize + 1] += 1;
        }
        for v in 0..nodes {
            first[v + 1] += first[v];
        }
        let mut next = first.clone();
        let mut arcs = vec![Arc32 { to: 0, metres: 0, passages: 0 }; edges.len() * 2];
        for &(a, b, metres, passages) in edges {
            for (from, to) in [(a, b), (b, a)] {
                let slot = &mut next[from as usize];
                arcs[*slot as usize] = Arc32 { to, metres: metres.max(1), passages };
                *slot += 1;
            }
        }
        for v in 0..nodes {
            arcs[first[v] as usize..first[v + 1] as usize]
                .sort_by_key(|arc| (arc.to, arc.metres, arc.passages));
        }
        Self { first, arcs }
    }

    pub fn len(&self) -> usize {
        self.first.len().saturating_sub(1)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn arcs(&self, node: u32) -> impl Iterator<Item = Arc32> + '_ {
        let v = node as usize;
        self.arcs[self.first[v] as usize..self.first[v + 1] as usize].iter().copied()
    }

    /// Metres from `source` to every node by Dijkstra's algorithm (1959), [`FAR`] where there is no way.
    pub fn tree(&self, source: u32, closed: PassageSet) -> Vec<u32> {
        self.tree_with_passages(source, closed, Handicap::NONE).0
    }

    /// As [`Self::tree`], with the passages on each way and a handicap put on Panama.
    pub fn tree_with_passages(
        &self,
        source: u32,
        closed: PassageSet,
        handicap: Handicap,
    ) -> (Vec<u32>, Vec<u32>) {
        use std::cmp::Reverse;
        let mut best = vec![FAR; self.len()];
        let mut passages = vec![0_u32; self.len()];
        let mut queue = std::collections::BinaryHeap::with_capacity(4096);
        best[source as usize] = 0;
        queue.push(Reverse((0_u32, source)));
        while let Some(Reverse((so_far, v))) = queue.pop() {
            if so_far > best[v as usize] {
                continue;
            }
            for arc in self.arcs(v).filter(|arc| arc.passages & closed.0 == 0) {
                let reached = so_far + arc.metres + handicap.metres(arc.passages);
                if reached < best[arc.to as usize] {
                    best[arc.to as usize] = reached;
                    passages[arc.to as usize] = passages[v as usize] | arc.passages;
                    queue.push(Reverse((reached, arc.to)));
                }
            }
        }
        (best, passages)
    }
}

/// The nearest node to a point and how far off it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snap {
    pub node: u32,
    pub metres: u32,
}

/// A shortest way at sea.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeaPath {
    /// Length with both snap distances, nautical miles.
    pub distance_nm: f64,
    /// How far the two ends are from the network, together, km.
    pub snap_km: f64,
    pub passages: PassageSet,
    /// The two ends with the nodes between them.
    pub waypoints: Vec<Coordinates>,
}

/// Length of a shortest way, without its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeaDistance {
    pub metres: u32,
    pub snap_metres: u32,
    pub passages: PassageSet,
}

impl SeaDistance {
    pub fn nm(self) -> f64 {
        f64::from(self.metres) / METRES_PER_NM
    }

    pub fn km(self) -> f64 {
        f64::from(self.metres) / 1000.0
    }
}

/// Costs and passages from one node to all.
#[derive(Debug)]
struct SeaTree {
    cost: Vec<u32>,
    passages: Vec<u32>,
}

/// Trees kept: about 100 kB each.
const KEPT_TREES: usize = 256;

/// Labels by set of closed passages, oldest first.
type LabelCache = Mutex<Vec<(u32, Arc<Labels>)>>;

/// The sea network. What is derived for a set of closures is made on first use and kept.
#[derive(Debug)]
pub struct SeaNetwork {
    points: Vec<Unit>,
    at: Vec<Coordinates>,
    graph: Graph,
    near: KdTree,
    topology: OnceLock<Topology>,
    labels: LabelCache,
    trees: Mutex<BTreeMap<(u32, u32), Arc<SeaTree>>>,
}

impl SeaNetwork {
    /// Reads the node table (`lat,lon`; the row number is the node, in elimination order) and the edge table
    /// (`a,b,metres,passages`; passages by key, joined with `+`).
    pub fn from_csv(nodes: &str, edges: &str) -> Result<Self, RouteError> {
        let mut at = Vec::new();
        for (line, row) in data_rows(nodes) {
            let bad = |why: &str| RouteError::Table { table: "sea network nodes", line, why: why.to_owned() };
            let (lat, lon) = row.split_once(',').ok_or_else(|| bad("expected lat,lon"))?;
            let number = |text: &str| text.trim().parse::<f64>().map_err(|_| bad("not a number"));
            at.push(Coordinates::new(number(lat)?, number(lon)?)?);
        }
        let mut list = Vec::new();
        for (line, row) in data_rows(edges) {
            let bad = |why: &str| RouteError::Table { table: "sea network edges", line, why: why.to_owned() };
            let mut cells = row.split(',');
            let mut number = || {
                let cell = cells.next().ok_or_else(|| bad("expected a,b,metres,passages"))?;
                cell.trim().parse::<u32>().map_err(|_| bad("not a whole number"))
            };
            let (a, b, length) = (number()?, number()?, number()?);
            if a as usize >= at.len() || b as usize >= at.len() || a == b {
                return Err(bad("an end is not a node of the node table"));
            }
            let passages = match cells.next().map(str::trim) {
                None | Some("") => PassageSet::EMPTY,
                Some(keys) => PassageSet::parse(keys)?,
            };
            list.push((a, b, length, passages.0));
        }
        Ok(Self::new(at, &list))
    }

    pub fn new(at: Vec<Coordinates>, edges: &[(u32, u32, u32, u32)]) -> Self {
        let points: Vec<Unit> = at.iter().map(|it| unit(it.lat(), it.lon())).collect();
        Self {
            near: KdTree::new(&points),
            graph: Graph::new(points.len(), edges),
            points,
            at,
            topology: OnceLock::new(),
            labels: Mutex::new(Vec::new()),
            trees: Mutex::new(BTreeMap::new()),
        }
    }

    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    pub fn node(&self, node: u32) -> Coordinates {
        self.at[node as usize]
    }

    pub fn topology(&self) -> &Topology {
        self.topology.get_or_init(|| Topology::new(&self.graph))
    }

    /// Distances for one set of closed passages, made on first use.
    pub fn labels(&self, closed: PassageSet) -> Arc<Labels> {
        let mut kept = self.labels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, labels)) = kept.iter().find(|(mask, _)| *mask == closed.0) {
            return Arc::clone(labels);
        }
        let labels = Arc::new(Labels::new(&self.graph, self.topology(), closed));
        if kept.len() == KEPT_CLOSURES {
            kept.remove(0);
        }
        kept.push((closed.0, Arc::clone(&labels)));
        labels
    }

    /// The nearest node.
    pub fn snap(&self, to: Coordinates) -> Result<Snap, RouteError> {
        let too_far =
            |metres| RouteError::TooFarFromSea { place: place(to), metres, limit_km: SNAP_LIMIT_KM };
        let point = unit(to.lat(), to.lon());
        let (node, _) = self.near.nearest(point).ok_or_else(|| too_far(u32::MAX))?;
        let off = metres(point, self.points[node as usize]).round() as u32;
        if off > SNAP_LIMIT_KM * 1000 {
            return Err(too_far(off));
        }
        Ok(Snap { node, metres: off })
    }

    /// Length of the shortest way and the passages on it.
    pub fn distance(
        &self,
        from: Coordinates,
        to: Coordinates,
        closed: PassageSet,
    ) -> Result<SeaDistance, RouteError> {
        let (a, b) = (self.snap(from)?, self.snap(to)?);
        self.snapped_distance(&self.labels(closed), (from, a), (to, b))
            .ok_or_else(|| no_route(from, to, closed))
    }

    /// As [`Self::distance`], by a one-to-all tree of the destination that is made on first use and kept: cheaper than
    /// the labels of all pairs while few destinations are asked about.
    pub fn distance_by_tree(
        &self,
        from: Coordinates,
        to: Coordinates,
        closed: PassageSet,
    ) -> Result<SeaDistance, RouteError> {
        let (a, b) = (self.snap(from)?, self.snap(to)?);
        if let Some(direct) = direct_metres((from, a), (to, b)) {
            return Ok(SeaDistance { metres: direct, snap_metres: 0, passages: PassageSet::EMPTY });
        }
        let tree = self.tree(b.node, closed);
        let (cost, passages) = (tree.cost[a.node as usize], tree.passages[a.node as usize]);
        if cost >= FAR {
            return Err(no_route(from, to, closed));
        }
        let snap_metres = a.metres + b.metres;
        let net = cost - (Handicap::of(closed).metres(passages));
        Ok(SeaDistance { metres: net + snap_metres, snap_metres, passages: PassageSet(passages) })
    }

    fn tree(&self, node: u32, closed: PassageSet) -> Arc<SeaTree> {
        let kept = || self.trees.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept().get(&(closed.0, node)).map(Arc::clone);
        if let Some(tree) = found {
            return tree;
        }
        // Made without holding the others up; two threads may make the same tree once.
        let (cost, passages) = self.graph.tree_with_passages(node, closed, Handicap::of(closed));
        let tree = Arc::new(SeaTree { cost, passages });
        let mut kept = kept();
        if kept.len() >= KEPT_TREES {
            kept.clear();
        }
        kept.insert((closed.0, node), Arc::clone(&tree));
        tree
    }

    /// As [`Self::distance`] for ends that are snapped already; `None` when there is no way.
    pub fn snapped_distance(
        &self,
        labels: &Labels,
        (from, a): (Coordinates, Snap),
        (to, b): (Coordinates, Snap),
    ) -> Option<SeaDistance> {
        if let Some(direct) = direct_metres((from, a), (to, b)) {
            return Some(SeaDistance { metres: direct, snap_metres: 0, passages: PassageSet::EMPTY });
        }
        let (net, passages) = labels.metres_and_passages(self.topology(), a.node, b.node);
        let snap_metres = a.metres + b.metres;
        (net < FAR).then(|| SeaDistance {
            metres: net + snap_metres,
            snap_metres,
            passages: PassageSet(passages),
        })
    }

    /// Metres only: what a matrix of millions of pairs needs. `None` when there is no way.
    pub fn node_metres(&self, labels: &Labels, a: u32, b: u32) -> Option<u32> {
        Some(labels.metres(self.topology(), a, b)).filter(|&it| it < FAR)
    }

    /// The shortest way with its points.
    pub fn path(
        &self,
        from: Coordinates,
        to: Coordinates,
        closed: PassageSet,
    ) -> Result<SeaPath, RouteError> {
        let (a, b) = (self.snap(from)?, self.snap(to)?);
        if let Some(direct) = direct_metres((from, a), (to, b)) {
            return Ok(SeaPath {
                distance_nm: f64::from(direct) / METRES_PER_NM,
                snap_km: 0.0,
                passages: PassageSet::EMPTY,
                waypoints: vec![from, to],
            });
        }
        let labels = self.labels(closed);
        let (nodes, net, passages) =
            self.node_path(&labels, a.node, b.node, closed).ok_or_else(|| no_route(from, to, closed))?;
        let snap = a.metres + b.metres;
        let mut waypoints = Vec::with_capacity(nodes.len() + 2);
        waypoints.push(from);
        waypoints.extend(nodes.iter().map(|&node| self.at[node as usize]));
        waypoints.push(to);
        Ok(SeaPath {
            distance_nm: f64::from(net + snap) / METRES_PER_NM,
            snap_km: f64::from(snap) / 1000.0,
            passages,
            waypoints,
        })
    }

    /// Nodes of the shortest way from `a` to `b`: each step goes to the first neighbour that lies on one, which the
    /// exact integer lengths tell without fail.
    pub fn node_path(
        &self,
        labels: &Labels,
        a: u32,
        b: u32,
        closed: PassageSet,
    ) -> Option<(Vec<u32>, u32, PassageSet)> {
        let topology = self.topology();
        let cost = labels.cost(topology, a, b);
        if cost >= FAR {
            return None;
        }
        let (mut here, mut left, mut total, mut passages) = (a, cost, 0, 0);
        let mut nodes = vec![a];
        let mut before = a;
        while here != b {
            // Never back: edges have lengths, so the node before is farther from the end.
            let step = self.graph.arcs(here).find(|arc| {
                let step = labels.arc_cost(arc.metres, arc.passages);
                arc.to != before
                    && arc.passages & closed.0 == 0
                    && step <= left
                    && labels.cost(topology, arc.to, b) == left - step
            })?;
            (before, here) = (here, step.to);
            left -= labels.arc_cost(step.metres, step.passages);
            total += step.metres;
            passages |= step.passages;
            nodes.push(here);
        }
        Some((nodes, total, PassageSet(passages)))
    }

    /// Nodes within `km` of a point, by index.
    pub fn nodes_within(&self, of: Coordinates, km: f64) -> Vec<u32> {
        self.near.within(unit(of.lat(), of.lon()), chord2_of(km * 1000.0))
    }

    /// A node's coordinates as the network holds them, for a point on the sphere.
    pub fn point_of(u: Unit) -> Option<Coordinates> {
        coordinates(u)
    }
}

/// A degree of latitude is a little longer than this on our sphere.
const LEAST_METRES_PER_DEGREE: f64 = 111_000.0;

/// Two points nearer to each other than to the network are joined by the great circle.
fn direct_metres((from, a): (Coordinates, Snap), (to, b): (Coordinates, Snap)) -> Option<u32> {
    // Most pairs are too far apart in latitude alone, which spares the great circle.
    let apart = (from.lat() - to.lat()).abs() * LEAST_METRES_PER_DEGREE;
    if a.node != b.node && apart > f64::from(a.metres + b.metres) {
        return None;
    }
    let direct = (from.great_circle_km(to) * 1000.0).round() as u32;
    (a.node == b.node || direct < a.metres + b.metres).then_some(direct)
}

pub(crate) fn no_route(from: Coordinates, to: Coordinates, closed: PassageSet) -> RouteError {
    RouteError::NoRoute { from: place(from), to: place(to), closed }
}

/// "31.23N 121.49E"
pub(crate) fn place(at: Coordinates) -> String {
    let side = |value: f64, plus, minus| if value < 0.0 { minus } else { plus };
    format!(
        "{:.2}{} {:.2}{}",
        at.lat().abs(),
        side(at.lat(), 'N', 'S'),
        at.lon().abs(),
        side(at.lon(), 'E', 'W')
    )
}

/// Data rows of a small table with their line numbers: no header, no empty lines.
pub(crate) fn data_rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let rows = text.trim_start_matches('\u{feff}').lines().enumerate().skip(1);
    rows.map(|(index, row)| (index + 1, row)).filter(|(_, row)| !row.trim().is_empty())
}
