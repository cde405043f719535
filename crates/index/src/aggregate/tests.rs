use nalgebra::DMatrix;
use proptest::prelude::*;

use super::*;
use crate::recipe::{Deviation, Phenomenon};

const VOTES: &str = include_str!("../../../../reference/handbook_tai/voting_examples.csv");
const IMPACT: &str = include_str!("../../../../reference/handbook_tai/table35_impact_matrix_5.csv");
const OUTRANKING: &str = include_str!("../../../../reference/handbook_tai/table36_outranking_5.csv");
const KEMENY: &str = include_str!("../../../../reference/handbook_tai/table37_kemeny_scores.csv");

/// Units a, b, c, … by voters' profiles, and the number of voters of each profile: a score is the place from below.
fn votes(example: &str) -> (DMatrix<f64>, Vec<f64>) {
    let profiles: Vec<(f64, Vec<char>)> = csv::Reader::from_reader(VOTES.as_bytes())
        .records()
        .map(Result::unwrap)
        .filter(|record| &record[0] == example)
        .map(|record| (record[1].parse().unwrap(), record[2].chars().filter(char::is_ascii_lowercase).collect()))
        .collect();
    let n = profiles[0].1.len();
    let x = DMatrix::from_fn(n, profiles.len(), |unit, profile| {
        let letter = char::from(b'a' + unit as u8);
        (n - profiles[profile].1.iter().position(|known| *known == letter).unwrap()) as f64
    });
    (x, profiles.iter().map(|(voters, _)| *voters).collect())
}

#[test]
fn borda_and_condorcet_of_the_handbooks_tables_25_to_27() {
    let (x, weights) = votes("T25");
    assert_eq!(borda(&x, &weights), [24.0, 44.0, 38.0, 20.0]);
    let e = outranking(&x, &weights);
    // Table 26, in voters of 21.
    let expect = [[0.0, 8.0, 8.0, 8.0], [13.0, 0.0, 10.0, 21.0], [13.0, 11.0, 0.0, 14.0], [13.0, 0.0, 7.0, 0.0]];
    for (i, row) in expect.iter().enumerate() {
        for (j, count) in row.iter().enumerate() {
            assert!((e[(i, j)] * 21.0 - count).abs() < 1e-9, "{i} {j}");
        }
    }
    // c > b > d > a.
    let found = condorcet(&Majorities::of_outranking(&e));
    assert_eq!((found.scores, found.cycle), (vec![0.0, 2.0, 3.0, 1.0], vec![]));
    assert_eq!(copeland(&Majorities::of_outranking(&e)), [-3.0, 1.0, 3.0, -1.0]);
}

#[test]
fn a_cycle_and_kemeny_of_the_handbooks_tables_28_to_30() {
    let (x, weights) = votes("T28");
    assert_eq!(borda(&x, &weights), [58.0, 69.0, 53.0]);
    let e = outranking(&x, &weights);
    assert_eq!(condorcet(&Majorities::of_outranking(&e)).cycle, [0, 1, 2]);
    let found = kemeny_of(&e).unwrap();
    assert_eq!(found.order, [1, 2, 0]);
    assert!((found.support * 60.0 - 104.0).abs() < 1e-9 && found.is_exact && found.is_unique);
}

#[test]
fn borda_depends_on_a_loser_as_in_the_handbooks_table_31() {
    let (x, weights) = votes("T31");
    assert_eq!(borda(&x, &weights), [13.0, 12.0, 11.0, 6.0]);
    assert_eq!(borda(&x.rows(0, 3).into_owned(), &weights), [6.0, 7.0, 8.0]);
    let (x, weights) = votes("T34");
    assert_eq!(borda(&x, &weights), [3.0; 3]);
    assert!(!kemeny(&x, &weights).unwrap().is_unique);
}

fn cells(text: &str) -> DMatrix<f64> {
    let rows: Vec<Vec<f64>> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|record| record.unwrap().iter().skip(1).map(|cell| cell.parse().unwrap()).collect())
        .collect();
    DMatrix::from_fn(rows.len(), rows[0].len(), |row, column| rows[row][column])
}

#[test]
fn outranking_and_the_best_support_of_the_handbooks_tables_35_to_37() {
    let x = cells(IMPACT);
    let e = outranking(&x, &[1.0; 8]);
    let published = cells(OUTRANKING);
    assert!((&e - &published).abs().max() < 1e-12, "{e}");
    let found = kemeny_of(&e).unwrap();
    let best: f64 = csv::Reader::from_reader(KEMENY.as_bytes())
        .records()
        .map(|record| record.unwrap()[5].parse::<f64>().unwrap())
        .fold(0.0, f64::max);
    assert!((found.support - best).abs() < 1e-12, "{}", found.support);
    assert!((best - 6.375).abs() < 1e-12);
    // Three orders share it.
    assert!(found.is_exact && !found.is_unique);
}

#[test]
fn kemeny_of_many_units_is_bounded() {
    // A circle of 24 units, each beating the twelve after it.
    let e = DMatrix::from_fn(24, 24, |i, j| match (j + 24 - i) % 24 {
        0 => 0.0,
        1..=11 => 0.7,
        12 => 0.5,
        _ => 0.3,
    });
    let found = kemeny_of(&e).unwrap();
    assert!(!found.is_exact && found.support <= found.bound + 1e-9, "{found:?}");
    assert!(found.support > 0.5 * 276.0);
    // As many more as are searched for are refused.
    let votes = |n: usize| DMatrix::from_fn(n, 3, |unit, voter| ((unit + voter * n / 3) % n) as f64);
    assert_eq!(kemeny(&votes(SEARCHED + 1), &[1.0; 3]).unwrap_err(), SEARCHED + 1);
    // A plain order of as many is found.
    let e = DMatrix::from_fn(24, 24, |i, j| if i == j { 0.0 } else { f64::from(i < j) });
    assert_eq!(kemeny_of(&e).unwrap().order, (0..24).collect::<Vec<_>>());
}

#[test]
fn means_and_what_they_refuse() {
    let columns: [&[f64]; 3] = [&[1.0, 4.0, f64::NAN], &[4.0, f64::NAN, f64::NAN], &[16.0, 16.0, f64::NAN]];
    let check = |mean: Mean, weights: &[f64], least: Option<f64>, expect: [f64; 2]| {
        let mut out = vec![0.0; 3];
        let reweighted = means(mean, &columns, weights, least, &mut out).unwrap();
        for (found, expect) in out.iter().zip(expect) {
            assert!((found - expect).abs() < 1e-12 || (found.is_nan() && expect.is_nan()), "{mean:?} {out:?}");
        }
        assert!(out[2].is_nan());
        reweighted.rows
    };
    let one = [1.0, 1.0, 1.0];
    assert_eq!(check(Mean::Arithmetic, &one, None, [7.0, 10.0]), [1]);
    check(Mean::Geometric, &one, None, [4.0, 8.0]);
    check(Mean::Harmonic, &one, None, [3.0 / 1.3125, 6.4]);
    check(Mean::Generalised(2.0), &one, None, [91f64.sqrt(), 136f64.sqrt()]);
    check(Mean::Arithmetic, &[2.0, 1.0, 1.0], None, [5.5, 8.0]);
    assert!(check(Mean::Arithmetic, &one, Some(0.9), [7.0, f64::NAN]).is_empty());
    let mut out = [0.0];
    assert_eq!(means(Mean::Geometric, &[&[1.0], &[0.0]], &[1.0, 1.0], None, &mut out), Err((0, 1)));
    assert_eq!(means(Mean::Harmonic, &[&[0.0]], &[1.0], None, &mut out), Err((0, 0)));
    assert_eq!(means(Mean::Generalised(0.5), &[&[-1.0]], &[1.0], None, &mut out), Err((0, 0)));
}

#[test]
fn imbalance_is_punished() {
    // Two children, worked by hand: z of row a 110, 90 (population sd 1 and 1), of b the other way round.
    let x = DMatrix::from_row_slice(2, 2, &[2.0, 4.0, 4.0, 2.0]);
    let found = mpi(&x, Phenomenon::Positive, Deviation::Population);
    assert!((found[0] - 100.0 * (1.0 - 0.01)).abs() < 1e-12, "{found:?}");
    let up = mpi(&x, Phenomenon::Negative, Deviation::Population);
    assert!((up[0] - 101.0).abs() < 1e-12);
    // AMPI: the reference is the mean, so r runs from 70 to 130; of row a 70 and 130: M 100, S 30, cv 0.3.
    let found = ampi(&x, &[None, None], Phenomenon::Positive);
    assert!((found[0] - 91.0).abs() < 1e-12, "{found:?}");
    assert!((ampi(&x, &[Some(2.0), None], Phenomenon::Positive)[0] - (115.0 - 225.0 / 115.0)).abs() < 1e-12);
    // alpha 1, beta 0: the minimum; alpha 0: the mean.
    assert_eq!(mean_min(&x, &[1.0, 1.0], 1.0, 0.0), [2.0, 2.0]);
    assert_eq!(mean_min(&x, &[1.0, 3.0], 0.0, 1.0), [3.5, 2.5]);
    // Wroclaw of three units on one child: distances 2, 1, 0 in steps of sd 1.
    let found = wroclaw(&DMatrix::from_row_slice(3, 1, &[1.0, 2.0, 3.0]));
    assert!((found[0] - 2.0 / 3.0).abs() < 1e-12 && (found[1] - 1.0 / 3.0).abs() < 1e-12, "{found:?}");
}

#[test]
fn ordered_weights() {
    let x = DMatrix::from_row_slice(1, 4, &[3.0, 1.0, 4.0, 2.0]);
    assert_eq!(owa(&x, &at_least(2, 4)), [3.5]);
    assert_eq!(owa(&x, &more_than(2, 4)), [1.5]);
    assert_eq!(owa(&x, &[1.0; 4]), [2.5]);
}

proptest! {
    #[test]
    fn means_lie_between_their_children(
        values in proptest::collection::vec(0.1..100.0f64, 12),
        weights in proptest::collection::vec(0.01..5.0f64, 3),
        factor in 0.01..100.0f64,
    ) {
        let columns: Vec<&[f64]> = values.chunks(4).collect();
        let scaled: Vec<f64> = weights.iter().map(|weight| weight * factor).collect();
        let mut all = Vec::new();
        for mean in [Mean::Harmonic, Mean::Geometric, Mean::Arithmetic, Mean::Generalised(2.0)] {
            let (mut out, mut again) = (vec![0.0; 4], vec![0.0; 4]);
            means(mean, &columns, &weights, None, &mut out).unwrap();
            means(mean, &columns, &scaled, None, &mut again).unwrap();
            for row in 0..4 {
                let own = || columns.iter().map(|column| column[row]);
                prop_assert!(out[row] >= own().fold(f64::INFINITY, f64::min) * (1.0 - 1e-12));
                prop_assert!(out[row] <= own().fold(0.0, f64::max) * (1.0 + 1e-12));
                prop_assert!((out[row] - again[row]).abs() < 1e-9 * out[row]);
            }
            all.push(out);
        }
        // Harmonic, geometric, arithmetic, quadratic mean: in this order.
        for pair in all.windows(2) {
            for (low, high) in pair[0].iter().zip(&pair[1]) {
                prop_assert!(*low <= high * (1.0 + 1e-12));
            }
        }
    }

    #[test]
    fn outranking_shares_each_pair(values in proptest::collection::vec(0..5i32, 18)) {
        let x = DMatrix::from_iterator(6, 3, values.iter().map(|v| f64::from(*v)));
        let e = outranking(&x, &[1.0, 2.0, 0.5]);
        for i in 0..6 {
            for j in 0..i {
                prop_assert!((e[(i, j)] + e[(j, i)] - 1.0).abs() < 1e-12);
            }
        }
        // The exact order has at least the support of any other, for example that of Borda.
        let found = kemeny_of(&e).unwrap();
        let same = kemeny(&x, &[1.0, 2.0, 0.5]).unwrap();
        prop_assert!(same.order == found.order && (same.support - found.support).abs() < 1e-9);
        prop_assert!((same.bound - found.bound).abs() < 1e-9);
        let mut other: Vec<usize> = (0..6).collect();
        let scores = borda(&x, &[1.0, 2.0, 0.5]);
        other.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
        let pairs = other.iter().enumerate().flat_map(|(at, &i)| other[at + 1..].iter().map(move |&j| (i, j)));
        let support: f64 = pairs.map(|(i, j)| e[(i, j)]).sum();
        prop_assert!(found.support >= support - 1e-9);
    }
}

/// Ten thousand units: a plain order, and one with circles.
#[test]
fn ten_thousand_units_are_compared() {
    let n = 10_000;
    let line = DMatrix::from_fn(n, 3, |unit, _| unit as f64);
    let found = condorcet(&Majorities::of(&line, &[1.0; 3]));
    assert!(found.cycle.is_empty() && (0..n).all(|unit| found.scores[unit] == unit as f64));
    let order = kemeny(&line, &[1.0; 3]).unwrap();
    assert!(order.is_exact && order.is_unique && order.order[0] == n - 1);
    assert_eq!(order.support, (n * (n - 1) / 2) as f64);
    // Threes in a circle, each above the next: within a three, a third of the votes turns each way round.
    let circles = DMatrix::from_fn(n - 1, 3, |unit, voter| (unit - unit % 3 + (unit + voter) % 3) as f64);
    let found = condorcet(&Majorities::of(&circles, &[1.0; 3]));
    assert_eq!(found.cycle.len(), n - 1);
    assert!((0..n - 1).all(|unit| found.scores[unit] == (unit - unit % 3) as f64));
    let order = kemeny(&circles, &[1.0; 3]).unwrap();
    assert!(order.is_exact && !order.is_unique);
}
