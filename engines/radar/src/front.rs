//! The front: which plans nothing beats, with a tolerance, over three axes that are all "less is better".
//!
//! Dominance is Pareto's; a plan whose cost has an unknown part never dominates another, because its cost is only a
//! lower bound. The front of n points is found by a sweep in order of cost with a staircase over the other two axes
//! (H. T. Kung, F. Luccio and F. P. Preparata, "On finding the maxima of a set of vectors", JACM 22, 1975).

use std::collections::BTreeMap;

/// A plan as the front sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Minor units of the need's currency; a lower bound when `exact` is false.
    pub cost: i64,
    /// Days from the answer to arrival, median, in hundredths.
    pub days: i32,
    /// Third axis: money at risk in minor units, or grams of CO2e, as the person picks.
    pub third: i64,
    pub exact: bool,
}

/// How close two plans may be on an axis and still count as alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// Parts per million of the cost.
    pub cost_ppm: i64,
    /// Hundredths of a day.
    pub days: i32,
    /// Parts per million of the cost, for the third axis when it is money; of itself otherwise.
    pub third_ppm: i64,
}

impl Tolerance {
    pub const NONE: Self = Self { cost_ppm: 0, days: 0, third_ppm: 0 };
}

/// No worse on any axis and better on one.
pub fn dominates(left: &Point, right: &Point) -> bool {
    left.exact
        && left.cost <= right.cost
        && left.days <= right.days
        && left.third <= right.third
        && (left.cost < right.cost || left.days < right.days || left.third < right.third || !right.exact)
}

/// No worse on any axis, and better on one by more than the tolerance.
pub fn clearly_dominates(left: &Point, right: &Point, tolerance: Tolerance) -> bool {
    if !dominates(left, right) {
        return false;
    }
    let by = |share: i64, of: i64| (i128::from(share) * i128::from(of.unsigned_abs()) / 1_000_000) as i64;
    right.cost - left.cost > by(tolerance.cost_ppm, left.cost)
        || right.days - left.days > tolerance.days
        || right.third - left.third > by(tolerance.third_ppm, left.cost)
}

/// Indices of the points that no other dominates, in order of (cost, days, third, index). Equal points are all kept.
pub fn front(points: &[Point]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_unstable_by_key(|&it| {
        (points[it].cost, points[it].days, points[it].third, !points[it].exact, it)
    });
    // Staircase of exact points seen so far: days -> least third, third strictly falling as days rise.
    let mut stairs: BTreeMap<i32, i64> = BTreeMap::new();
    let mut kept = Vec::new();
    let mut last_exact: Option<Point> = None;
    for index in order {
        let point = points[index];
        let beaten = stairs.range(..=point.days).next_back().is_some_and(|(_, &third)| third <= point.third);
        let same = last_exact
            .is_some_and(|it| (it.cost, it.days, it.third) == (point.cost, point.days, point.third))
            && point.exact;
        if beaten && !same {
            continue;
        }
        kept.push(index);
        if point.exact {
            climb(&mut stairs, point);
            last_exact = Some(point);
        }
    }
    kept
}

fn climb(stairs: &mut BTreeMap<i32, i64>, point: Point) {
    if stairs.range(..=point.days).next_back().is_some_and(|(_, &third)| third <= point.third) {
        return;
    }
    let covered: Vec<i32> = stairs
        .range(point.days..)
        .take_while(|&(_, &third)| third >= point.third)
        .map(|(&days, _)| days)
        .collect();
    for days in covered {
        stairs.remove(&days);
    }
    stairs.insert(point.days, point.third);
}

/// For each point, the member of the front that clearly dominates it, if one does. What no member clearly dominates is
/// kept: the front and everything within the tolerance of it.
pub fn beaten_by(points: &[Point], tolerance: Tolerance) -> Vec<Option<usize>> {
    let front = front(points);
    // In order of cost, so that the search may stop at the first member dearer than the point.
    points
        .iter()
        .map(|point| {
            front
                .iter()
                .take_while(|&&member| points[member].cost <= point.cost)
                .find(|&&member| clearly_dominates(&points[member], point, tolerance))
                .copied()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::{Draws, Purpose};
    use proptest::prelude::*;

    use super::*;

    fn point(cost: i64, days: i32, third: i64) -> Point {
        Point { cost, days, third, exact: true }
    }

    fn by_definition(points: &[Point]) -> Vec<usize> {
        let mut kept: Vec<usize> = (0..points.len())
            .filter(|&it| !points.iter().any(|other| dominates(other, &points[it])))
            .collect();
        kept.sort_unstable_by_key(|&it| {
            (points[it].cost, points[it].days, points[it].third, !points[it].exact, it)
        });
        kept
    }

    #[test]
    fn nothing_on_the_front_is_beaten() {
        let points =
            [point(10, 30, 5), point(12, 20, 5), point(12, 31, 6), point(9, 40, 5), point(10, 30, 5)];
        assert_eq!(front(&points), [3, 0, 4, 1]);
    }

    #[test]
    fn an_unknown_part_never_dominates() {
        let unknown = Point { exact: false, ..point(1, 1, 1) };
        let points = [unknown, point(10, 10, 10)];
        assert_eq!(front(&points), [0, 1]);
        assert_eq!(beaten_by(&points, Tolerance::NONE), [None, None]);
        let dearer_unknown = Point { exact: false, ..point(20, 20, 20) };
        assert_eq!(beaten_by(&[point(10, 10, 10), dearer_unknown], Tolerance::NONE), [None, Some(0)]);
    }

    #[test]
    fn what_is_within_the_tolerance_is_kept() {
        let tolerance = Tolerance { cost_ppm: 10_000, days: 100, third_ppm: 10_000 };
        let points = [
            point(100_000, 3_000, 0),
            point(100_900, 3_050, 0),
            point(101_100, 3_000, 0),
            point(100_000, 3_101, 0),
        ];
        assert_eq!(beaten_by(&points, tolerance), [None, None, Some(0), Some(0)]);
    }

    proptest! {
        #[test]
        fn the_sweep_finds_what_the_definition_says(seed in 0_u64..500, n in 1_usize..60, unknown in 0_u64..3) {
            let draws = Draws::new(seed);
            let points: Vec<Point> = (0..n as u32)
                .map(|it| {
                    let of = |key, below: u64| draws.bits(it, Purpose::GoodsPrice, key) % below;
                    Point { cost: of(0, 12) as i64, days: of(1, 9) as i32, third: of(2, 7) as i64, exact: of(3, 4) >= unknown }
                })
                .collect();
            prop_assert_eq!(front(&points), by_definition(&points));
        }
    }
}
