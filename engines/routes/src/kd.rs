//! Nearest of a fixed set of points on the sphere: a balanced k-d tree on unit vectors
//! (J. L. Bentley, "Multidimensional binary search trees", CACM 18(9), 1975).

use crate::geo::{Unit, chord2};

/// The tree is the order of `order`: the middle of each slice splits it along axis depth mod 3.
#[derive(Clone, Debug, Default)]
pub struct KdTree {
    points: Vec<Unit>,
    order: Vec<u32>,
}

impl KdTree {
    pub fn new(points: &[Unit]) -> Self {
        let mut order: Vec<u32> = (0..points.len() as u32).collect();
        split(&mut order, points, 0);
        let sorted = order.iter().map(|&it| points[it as usize]).collect();
        Self { points: sorted, order }
    }

    /// Index of the nearest point and the square of its chord. Ties go to the lower index.
    pub fn nearest(&self, to: Unit) -> Option<(u32, f64)> {
        let mut best = (f64::INFINITY, u32::MAX);
        self.search(to, 0, self.order.len(), 0, &mut best);
        (best.1 != u32::MAX).then_some((best.1, best.0))
    }

    /// Indices within a chord of square `limit2`, in ascending order of index.
    pub fn within(&self, to: Unit, limit2: f64) -> Vec<u32> {
        let mut found = Vec::new();
        self.collect(to, limit2, 0, self.order.len(), 0, &mut found);
        found.sort_unstable();
        found
    }

    fn search(&self, to: Unit, start: usize, end: usize, axis: usize, best: &mut (f64, u32)) {
        if start >= end {
            return;
        }
        let middle = usize::midpoint(start, end);
        let here = (chord2(to, self.points[middle]), self.order[middle]);
        if here.0 <= best.0 && (here.0 < best.0 || here.1 < best.1) {
            *best = here;
        }
        let gap = to[axis] - self.points[middle][axis];
        let (near, far) = if gap < 0.0 {
            ((start, middle), (middle + 1, end))
        } else {
            ((middle + 1, end), (start, middle))
        };
        self.search(to, near.0, near.1, (axis + 1) % 3, best);
        if gap * gap <= best.0 {
            self.search(to, far.0, far.1, (axis + 1) % 3, best);
        }
    }

    fn collect(&self, to: Unit, limit2: f64, start: usize, end: usize, axis: usize, found: &mut Vec<u32>) {
        if start >= end {
            return;
        }
        let middle = usize::midpoint(start, end);
        if chord2(to, self.points[middle]) <= limit2 {
            found.push(self.order[middle]);
        }
        let gap = to[axis] - self.points[middle][axis];
        if gap <= 0.0 || gap * gap <= limit2 {
            self.collect(to, limit2, start, middle, (axis + 1) % 3, found);
        }
        if gap >= 0.0 || gap * gap <= limit2 {
            self.collect(to, limit2, middle + 1, end, (axis + 1) % 3, found);
        }
    }
}

fn split(order: &mut [u32], points: &[Unit], axis: usize) {
    if order.len() < 2 {
        return;
    }
    let middle = order.len() / 2;
    order.select_nth_unstable_by(middle, |&a, &b| {
        points[a as usize][axis].total_cmp(&points[b as usize][axis]).then(a.cmp(&b))
    });
    let (low, high) = order.split_at_mut(middle);
    split(low, points, (axis + 1) % 3);
    split(&mut high[1..], points, (axis + 1) % 3);
}
