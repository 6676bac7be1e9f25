use super::*;

fn near(got: Option<f64>, expect: f64) {
    let got = got.unwrap();
    assert!((got - expect).abs() < 1e-9, "{got} is not {expect}");
}

#[test]
fn shares_are_of_a_positive_whole() {
    assert_eq!(share(1, 4), Some(Ppm(250_000)));
    assert_eq!(share(0, 4), Some(Ppm(0)));
    assert_eq!(share(1, 0), None);
}

/// 0.5^2 + 0.3^2 + 0.2^2 = 0.38; (0.38 - 1/3) / (1 - 1/3) = 0.07.
#[test]
fn concentration_by_hand() {
    near(hhi([50, 30, 20]), 0.38);
    near(hhi_normalised([50, 30, 20]), 0.07);
    near(hhi([7]), 1.0);
    near(hhi([5, 5, 5, 5]), 0.25);
    near(hhi_normalised([5, 5, 5, 5]), 0.0);
    near(hhi([50, 30, 20, 0]), 0.38);
    assert_eq!(hhi([]), None);
    assert_eq!(hhi([0, 0]), None);
    assert_eq!(hhi_normalised([7]), None);
}

/// 100 to 121 in two years is 10 % a year; 121 to 100 is 1/1.1 - 1.
#[test]
fn growth_by_hand() {
    assert_eq!(growth(100, 121, 2), Some(Ppm(100_000)));
    assert_eq!(growth(121, 100, 2), Some(Ppm(-90_909)));
    assert_eq!(growth(100, 100, 1), Some(Ppm(0)));
    for (first, last, years) in [(0, 5, 2), (5, 0, 2), (5, 6, 0), (-1, 5, 2)] {
        assert_eq!(growth(first, last, years), None);
    }
}

#[test]
fn weighted_quantiles_are_nearest_ranks() {
    let pairs = [(3.0, 60.0), (1.0, 10.0), (2.0, 30.0)];
    for (portion, expect) in
        [(0.05, 1.0), (0.1, 1.0), (0.11, 2.0), (0.4, 2.0), (0.5, 3.0), (0.9, 3.0), (1.0, 3.0)]
    {
        assert_eq!(weighted_quantile(&mut pairs.to_vec(), portion), Some(expect), "{portion}");
    }
    assert_eq!(weighted_quantile(&mut [], 0.5), None);
    assert_eq!(weighted_quantile(&mut [(1.0, 0.0)], 0.5), None);
}

/// 1 2 3 4 100: median 3, deviations 2 1 0 1 97, MAD 1, so 100 scores 0.6745 x 97 = 65.4265 and 1 scores -1.349.
/// 5 5 5 5 9: MAD 0, mean deviation 0.8, so 9 scores 4 / (1.253314 x 0.8) = 3.9894.
#[test]
fn modified_z_scores_by_hand() {
    let check = |values: &[f64], index: usize, expect: f64| {
        let got = modified_z_scores(values)[index];
        assert!((got - expect).abs() < 1e-4, "{got} is not {expect}");
    };
    check(&[1.0, 2.0, 3.0, 4.0, 100.0], 4, 65.4265);
    check(&[1.0, 2.0, 3.0, 4.0, 100.0], 0, -1.349);
    check(&[5.0, 5.0, 5.0, 5.0, 9.0], 4, 3.9894);
    check(&[5.0, 5.0, 5.0], 1, 0.0);
    assert!(modified_z_scores(&[]).is_empty());
}
