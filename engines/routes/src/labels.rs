//! Exact distances between all pairs of nodes by labels on an elimination tree.
//!
//! The node table is written in an elimination order found by nested dissection, so the fill is small. The topology of
//! the contraction is made once (J. Dibbelt, B. Strasser, D. Wagner, "Customizable Contraction Hierarchies", JEA 21,
//! 2016); weights are put in for each set of closed passages; then every node stores its distance to each of its
//! ancestors (D. Ouyang et al., "When Hierarchy Meets 2-Hop-Labeling", SIGMOD 2018). A pair costs one pass over the
//! ancestors that both share.

use crate::network::Graph;
use crate::passage::{Passage, PassageSet};

/// Labels compared at a time.
const BLOCK: usize = 64;

/// "No way": larger than any distance at sea, and two of them still fit in 32 bits.
pub const FAR: u32 = 1 << 30;

/// The contraction of the network, the same for every set of closed passages.
#[derive(Debug)]
pub struct Topology {
    /// Arcs of node `v` to its higher neighbours, ascending: `up[first[v]..first[v + 1]]`.
    first: Vec<u32>,
    up: Vec<u32>,
    parent: Vec<u32>,
    depth: Vec<u16>,
    /// Where the labels of node `v` start; it has `depth[v] + 1` of them.
    start: Vec<u32>,
    lca: LowestCommon,
}

const NONE: u32 = u32::MAX;

impl Topology {
    pub fn new(graph: &Graph) -> Self {
        let n = graph.len();
        let mut higher: Vec<Vec<u32>> = (0..n as u32)
            .map(|v| {
                let mut list: Vec<u32> = graph.arcs(v).map(|arc| arc.to).filter(|&to| to > v).collect();
                list.sort_unstable();
                list.dedup();
                list
            })
            .collect();
        let mut parent = vec![NONE; n];
        for v in 0..n {
            let Some((&first, rest)) = higher[v].split_first() else { continue };
            parent[v] = first;
            let merged = merge(&higher[first as usize], rest);
            higher[first as usize] = merged;
        }
        let mut depth = vec![0_u16; n];
        for v in (0..n).rev() {
            if parent[v] != NONE {
                depth[v] = depth[parent[v] as usize] + 1;
            }
        }
        let mut first = Vec::with_capacity(n + 1);
        let mut start = Vec::with_capacity(n + 1);
        let (mut arcs, mut labels) = (0_u32, 0_u32);
        for v in 0..n {
            first.push(arcs);
            start.push(labels);
            arcs += higher[v].len() as u32;
            labels += u32::from(depth[v]) + 1;
        }
        first.push(arcs);
        start.push(labels);
        let lca = LowestCommon::new(&parent, &depth);
        Self { first, up: higher.concat(), parent, depth, start, lca }
    }

    /// Labels that all nodes have together: what a set of closures costs in memory, times eight bytes.
    pub fn label_count(&self) -> usize {
        self.start.last().map_or(0, |&it| it as usize)
    }

    pub fn max_depth(&self) -> u16 {
        self.depth.iter().copied().max().unwrap_or(0)
    }

    fn arcs(&self, v: usize) -> std::ops::Range<usize> {
        self.first[v] as usize..self.first[v + 1] as usize
    }

    fn arc_between(&self, low: u32, high: u32) -> Option<usize> {
        let range = self.arcs(low as usize);
        self.up[range.clone()].binary_search(&high).ok().map(|at| range.start + at)
    }
}

#[expect(clippy::many_single_char_names, reason = "two lists and a place in each")]
fn merge(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        out.push(x.min(y));
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    out.extend_from_slice(&a[i..]);
    out.extend_from_slice(&b[j..]);
    out
}

/// Distances of every node to each of its ancestors, for one set of closed passages.
#[derive(Debug)]
pub struct Labels {
    metres: Vec<u32>,
    /// Passages on the way to that ancestor.
    passages: Vec<u32>,
    /// Put on Panama when ways are compared, taken off when a length is told.
    handicap: Handicap,
}

/// With Suez or Bab-el-Mandeb shut, carriers between Asia and Europe go round the Cape: on that trade the way through
/// Panama is hardly shorter, its locks are too narrow for the ships and its slots are sold. So Panama counts this much
/// longer when ways are compared; where it saves more, as from Asia to the American east coast, it stays in use.
/// Basis: assumed.
pub const PANAMA_HANDICAP_METRES: u32 = 1_000 * 1852;

/// What is put on Panama when ways are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handicap {
    panama_metres: u32,
}

impl Handicap {
    pub const NONE: Self = Self { panama_metres: 0 };

    /// See [`PANAMA_HANDICAP_METRES`].
    pub fn of(closed: PassageSet) -> Self {
        let diverted = PassageSet::EMPTY.with(Passage::Suez).with(Passage::BabElMandeb);
        Self { panama_metres: if closed.meets(diverted) { PANAMA_HANDICAP_METRES } else { 0 } }
    }

    /// The handicap of a way through these passages.
    pub fn metres(self, passages: u32) -> u32 {
        if PassageSet(passages).contains(Passage::Panama) { self.panama_metres } else { 0 }
    }
}

impl Labels {
    pub fn new(graph: &Graph, topology: &Topology, closed: PassageSet) -> Self {
        let handicap = Handicap::of(closed);
        let arcs = customise(graph, topology, closed.0, handicap);
        let total = topology.label_count();
        let mut it = Self { metres: vec![FAR; total], passages: vec![0; total], handicap };
        let mut ancestors = Vec::new();
        let mut row = Vec::new();
        for v in (0..graph.len()).rev() {
            it.fill(topology, &arcs, v, &mut ancestors, &mut row);
        }
        it
    }

    /// Labels of `v` from those of its higher neighbours, which are done already.
    fn fill(
        &mut self,
        topology: &Topology,
        arcs: &[(u32, u32)],
        v: usize,
        ancestors: &mut Vec<u32>,
        row: &mut Vec<(u32, u32)>,
    ) {
        let depth = usize::from(topology.depth[v]);
        ancestors.clear();
        let mut up = topology.parent[v];
        while up != NONE {
            ancestors.push(up);
            up = topology.parent[up as usize];
        }
        ancestors.reverse();
        row.clear();
        row.resize(depth, (FAR, 0));
        for at in topology.arcs(v) {
            let (weight, bits) = arcs[at];
            if weight >= FAR {
                continue;
            }
            let x = topology.up[at] as usize;
            let x_depth = usize::from(topology.depth[x]);
            let x_start = topology.start[x] as usize;
            for (k, best) in row.iter_mut().enumerate().take(x_depth + 1) {
                let d = weight + self.metres[x_start + k];
                if d < best.0 {
                    *best = (d, bits | self.passages[x_start + k]);
                }
            }
            for (k, best) in row.iter_mut().enumerate().skip(x_depth + 1) {
                let to = topology.start[ancestors[k] as usize] as usize + x_depth;
                let d = weight + self.metres[to];
                if d < best.0 {
                    *best = (d, bits | self.passages[to]);
                }
            }
        }
        let start = topology.start[v] as usize;
        for (k, &(d, bits)) in row.iter().enumerate() {
            self.metres[start + k] = d.min(FAR);
            self.passages[start + k] = bits;
        }
        self.metres[start + depth] = 0;
    }

    /// Metres between two nodes; [`FAR`] or more when there is no way.
    pub fn metres(&self, topology: &Topology, a: u32, b: u32) -> u32 {
        if self.handicap == Handicap::NONE {
            self.cost(topology, a, b)
        } else {
            self.metres_and_passages(topology, a, b).0
        }
    }

    /// What an edge counts when ways are compared.
    pub fn arc_cost(&self, metres: u32, passages: u32) -> u32 {
        metres + self.handicap.metres(passages)
    }

    /// What ways are compared by: metres, and the handicap of Panama.
    pub fn cost(&self, topology: &Topology, a: u32, b: u32) -> u32 {
        let (left, right) = self.shared(topology, a, b);
        left.iter().zip(right).map(|(x, y)| x + y).min().unwrap_or(FAR)
    }

    /// Metres between two nodes and the passages on that way.
    #[expect(clippy::many_single_char_names, reason = "two nodes and where their labels lie")]
    pub fn metres_and_passages(&self, topology: &Topology, a: u32, b: u32) -> (u32, u32) {
        let (left, right) = self.shared(topology, a, b);
        // Block by block, as the least of a block takes few instructions and where it stands is asked for one block only.
        let (mut best, mut block) = (u32::MAX, 0);
        for (at, (x, y)) in left.chunks(BLOCK).zip(right.chunks(BLOCK)).enumerate() {
            let least = x.iter().zip(y).map(|(x, y)| x + y).min().unwrap_or(u32::MAX);
            if least < best {
                (best, block) = (least, at * BLOCK);
            }
        }
        let place = left.iter().zip(right).skip(block).position(|(x, y)| x + y == best);
        let Some(k) = place.map(|it| it + block) else { return (FAR, 0) };
        let (p, q) = (topology.start[a as usize] as usize + k, topology.start[b as usize] as usize + k);
        let passages = self.passages[p] | self.passages[q];
        (best - self.handicap.metres(passages).min(best), passages)
    }

    fn shared(&self, topology: &Topology, a: u32, b: u32) -> (&[u32], &[u32]) {
        let count = topology.lca.shared_depth(a, b, &topology.depth);
        let (p, q) = (topology.start[a as usize] as usize, topology.start[b as usize] as usize);
        (&self.metres[p..p + count], &self.metres[q..q + count])
    }
}

/// Weights (metres, passages) of all upward arcs: the network's own edges that are open, then the best way over each
/// lower node in ascending order.
fn customise(graph: &Graph, topology: &Topology, closed: u32, handicap: Handicap) -> Vec<(u32, u32)> {
    let mut arcs = vec![(FAR, 0_u32); topology.up.len()];
    for v in 0..graph.len() as u32 {
        for arc in graph.arcs(v).filter(|arc| arc.to > v && arc.passages & closed == 0) {
            if let Some(at) = topology.arc_between(v, arc.to) {
                let cost = arc.metres + handicap.metres(arc.passages);
                if cost < arcs[at].0 {
                    arcs[at] = (cost, arc.passages);
                }
            }
        }
    }
    for v in 0..graph.len() {
        let range = topology.arcs(v);
        for i in range.clone() {
            let (first, first_bits) = arcs[i];
            if first >= FAR {
                continue;
            }
            let low = topology.up[i];
            let (mut at, end) =
                (topology.first[low as usize] as usize, topology.first[low as usize + 1] as usize);
            for j in i + 1..range.end {
                let high = topology.up[j];
                while at < end && topology.up[at] < high {
                    at += 1;
                }
                let metres = first + arcs[j].0;
                if at < end && topology.up[at] == high && metres < arcs[at].0 {
                    arcs[at] = (metres, first_bits | arcs[j].1);
                }
            }
        }
    }
    arcs
}

/// Depth of the lowest common ancestor in constant time: range minimum over a depth-first order
/// (M. A. Bender, M. Farach-Colton, "The LCA problem revisited", LATIN 2000).
#[derive(Debug)]
struct LowestCommon {
    /// Position of each node in depth-first order.
    place: Vec<u32>,
    /// `rows[k][i]`: the least parent depth + 1 (0 for roots) over `2^k` nodes from place `i`.
    rows: Vec<Vec<u16>>,
}

impl LowestCommon {
    fn new(parent: &[u32], depth: &[u16]) -> Self {
        let n = parent.len();
        let mut size = vec![1_u32; n];
        for v in 0..n {
            if parent[v] != NONE {
                size[parent[v] as usize] += size[v];
            }
        }
        // parents come before children in descending order of rank, so places can be handed down
        let mut place = vec![0_u32; n];
        let mut next = vec![0_u32; n];
        let mut root_next = 0;
        for v in (0..n).rev() {
            let slot = if parent[v] == NONE { &mut root_next } else { &mut next[parent[v] as usize] };
            place[v] = *slot;
            *slot += size[v];
            next[v] = place[v] + 1;
        }
        let mut base = vec![0_u16; n];
        for v in 0..n {
            base[place[v] as usize] = depth[v];
        }
        let mut rows = vec![base];
        let mut width = 1;
        while 2 * width <= n {
            let last = &rows[rows.len() - 1];
            let row = (0..=n - 2 * width).map(|i| last[i].min(last[i + width])).collect();
            rows.push(row);
            width *= 2;
        }
        Self { place, rows }
    }

    /// How many ancestors (each node counts as its own) two nodes share.
    fn shared_depth(&self, a: u32, b: u32, depth: &[u16]) -> usize {
        if a == b {
            return usize::from(depth[a as usize]) + 1;
        }
        let (p, q) = (self.place[a as usize], self.place[b as usize]);
        let (from, to) = (p.min(q) as usize + 1, p.max(q) as usize + 1);
        // between two places the least depth is that of a child of the common ancestor
        let level = (to - from).ilog2() as usize;
        let row = &self.rows[level];
        usize::from(row[from].min(row[to - (1 << level)]))
    }
}
