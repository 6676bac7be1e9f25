//! Elimination order by nested dissection with inertial flow (A. Schild, C. Sommer, "On balanced separators in road
//! networks", SEA 2015): least vertex cuts between the two ends of the points sorted along a few directions.

use std::collections::VecDeque;

/// Below this a part is left as it is.
const SMALL: usize = 6;
/// Share of the points at each end that a cut must keep apart.
const END_SHARE: f64 = 0.3;

const DIRECTIONS: [[f64; 3]; 7] = [
    [1.0, 0.0, 0.0],
    [0.0, 1.0, 0.0],
    [0.0, 0.0, 1.0],
    [0.7, 0.7, 0.0],
    [0.7, -0.7, 0.0],
    [0.5, 0.5, 0.7],
    [0.5, -0.5, 0.7],
];

/// Nodes in the order in which they are eliminated: separators after the parts they separate.
pub(super) fn order(points: &[[f64; 3]], edges: &[(u32, u32)]) -> Vec<u32> {
    let mut neighbours = vec![Vec::new(); points.len()];
    for &(a, b) in edges {
        neighbours[a as usize].push(b);
        neighbours[b as usize].push(a);
    }
    let mut work = Work { points, neighbours, local: vec![u32::MAX; points.len()], order: Vec::new() };
    work.split((0..points.len() as u32).collect());
    work.order
}

struct Work<'a> {
    points: &'a [[f64; 3]],
    neighbours: Vec<Vec<u32>>,
    local: Vec<u32>,
    order: Vec<u32>,
}

impl Work<'_> {
    fn split(&mut self, part: Vec<u32>) {
        if part.len() <= SMALL {
            self.order.extend(part);
            return;
        }
        let components = self.components(&part);
        if components.len() > 1 {
            for it in components {
                self.split(it);
            }
            return;
        }
        let (left, right, separator) = self.best_cut(&part);
        if left.is_empty() || right.is_empty() {
            self.order.extend(left.into_iter().chain(right).chain(separator));
            return;
        }
        self.split(left);
        self.split(right);
        self.order.extend(separator);
    }

    fn index(&mut self, part: &[u32]) {
        for (at, &v) in part.iter().enumerate() {
            self.local[v as usize] = at as u32;
        }
    }

    fn forget(&mut self, part: &[u32]) {
        for &v in part {
            self.local[v as usize] = u32::MAX;
        }
    }

    fn components(&mut self, part: &[u32]) -> Vec<Vec<u32>> {
        self.index(part);
        let mut seen = vec![false; part.len()];
        let mut found = Vec::new();
        for start in 0..part.len() {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            let mut members = vec![part[start]];
            let mut next = 0;
            while next < members.len() {
                for &w in &self.neighbours[members[next] as usize] {
                    let at = self.local[w as usize] as usize;
                    if at < part.len() && !seen[at] {
                        seen[at] = true;
                        members.push(w);
                    }
                }
                next += 1;
            }
            members.sort_unstable();
            found.push(members);
        }
        self.forget(part);
        found
    }

    fn best_cut(&mut self, part: &[u32]) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
        self.index(part);
        let arcs: Vec<Vec<u32>> = part
            .iter()
            .map(|&v| {
                let list = self.neighbours[v as usize].iter().map(|&w| self.local[w as usize]);
                list.filter(|&it| it != u32::MAX).collect()
            })
            .collect();
        self.forget(part);
        let ends = ((part.len() as f64 * END_SHARE) as usize).max(1);
        let mut best: Option<(usize, Vec<u8>)> = None;
        for direction in DIRECTIONS {
            let mut sorted: Vec<u32> = (0..part.len() as u32).collect();
            let along = |at: u32| {
                let p = self.points[part[at as usize] as usize];
                p[0] * direction[0] + p[1] * direction[1] + p[2] * direction[2]
            };
            sorted.sort_by(|&a, &b| along(a).total_cmp(&along(b)).then(a.cmp(&b)));
            let limit = best.as_ref().map_or(usize::MAX, |it| it.0);
            if let Some((size, side)) = cut(&arcs, &sorted[..ends], &sorted[sorted.len() - ends..], limit) {
                best = Some((size, side));
            }
        }
        let side = best.map_or_else(|| vec![2; part.len()], |it| it.1);
        let pick = |which: u8| part.iter().zip(&side).filter(|it| *it.1 == which).map(|it| *it.0).collect();
        (pick(0), pick(1), pick(2))
    }
}

/// Marks where a path starts.
const START: u32 = u32::MAX - 1;

/// Least vertex cut between two sets by augmenting paths; `None` when it is not smaller than `limit`.
/// Sides: 0 with the sources, 1 with the sinks, 2 the cut.
fn cut(arcs: &[Vec<u32>], sources: &[u32], sinks: &[u32], limit: usize) -> Option<(usize, Vec<u8>)> {
    let n = arcs.len();
    let mut is_sink = vec![false; n];
    for &it in sinks {
        is_sink[it as usize] = true;
    }
    // flow on a node: where it comes from and where it goes; at most one unit passes a node
    let mut from = vec![u32::MAX; n];
    let mut to = vec![u32::MAX; n];
    let mut used = vec![false; n];
    let mut size = 0;
    loop {
        // state 2v: at the entry of v, 2v + 1: at its exit
        let mut before = vec![u32::MAX; 2 * n];
        let mut queue = VecDeque::new();
        for &s in sources {
            if !(used[s as usize] && from[s as usize] == START) {
                before[2 * s as usize] = START;
                queue.push_back(2 * s);
            }
        }
        let mut end = None;
        while let Some(state) = queue.pop_front() {
            let v = (state / 2) as usize;
            let mut visit = |next: u32, queue: &mut VecDeque<u32>| {
                if before[next as usize] == u32::MAX {
                    before[next as usize] = state;
                    queue.push_back(next);
                }
            };
            if state % 2 == 0 {
                if !used[v] {
                    visit(state + 1, &mut queue);
                } else if from[v] != START {
                    // push the flow back to the exit of the node it came from
                    visit(2 * from[v] + 1, &mut queue);
                }
            } else {
                if is_sink[v] && !(used[v] && to[v] == START) {
                    end = Some(state);
                    break;
                }
                if used[v] {
                    visit(state - 1, &mut queue);
                }
                for &w in &arcs[v] {
                    if !(used[v] && to[v] == w) {
                        visit(2 * w, &mut queue);
                    }
                }
            }
        }
        let Some(end) = end else {
            let side = (0..n)
                .map(|v| match (before[2 * v] != u32::MAX, before[2 * v + 1] != u32::MAX) {
                    (true, true) => 0,
                    (true, false) => 2,
                    (false, _) => 1,
                })
                .collect();
            return Some((size, side));
        };
        size += 1;
        if size >= limit {
            return None;
        }
        let mut path = vec![end];
        while before[path[path.len() - 1] as usize] != START {
            path.push(before[path[path.len() - 1] as usize]);
        }
        path.reverse();
        apply(&path, &mut from, &mut to, &mut used);
    }
}

/// Adds one augmenting path to the flow.
fn apply(path: &[u32], from: &mut [u32], to: &mut [u32], used: &mut [bool]) {
    let mut gone_in = Vec::new();
    let mut gone_out = Vec::new();
    let mut forward = Vec::new();
    let mut freed = Vec::new();
    let mut filled = Vec::new();
    for step in path.windows(2) {
        let (a, b) = (step[0] / 2, step[1] / 2);
        match (step[0] % 2, step[1] % 2) {
            (0, 1) if a == b => filled.push(a),
            (1, 0) if a == b => freed.push(a),
            (0, 1) => {
                // undo the flow b -> a
                gone_out.push(b);
                gone_in.push(a);
            }
            _ => forward.push((a, b)),
        }
    }
    for v in gone_in {
        from[v as usize] = u32::MAX;
    }
    for v in gone_out {
        to[v as usize] = u32::MAX;
    }
    for v in freed {
        used[v as usize] = false;
    }
    for v in filled {
        used[v as usize] = true;
    }
    for (a, b) in forward {
        to[a as usize] = b;
        from[b as usize] = a;
    }
    from[(path[0] / 2) as usize] = START;
    to[(path[path.len() - 1] / 2) as usize] = START;
}
