use microlp::ComparisonOp;

use super::*;
use crate::nonradial::oracle::{Oracle, assert_near, by_largest, radial, table};
use crate::technology::Returns;

fn supply_chain() -> [DMatrix<f64>; 3] {
    let take = |columns: &[&str]| by_largest(&table("deaR_Supply_Chain", columns));
    [take(&["x1", "x2", "x3"]), take(&["I1", "I2"]), take(&["Y1", "Y2"])]
}

/// What is maximised and what is held at 1, in worth of inputs, intermediate products and outputs; and what is kept.
struct Goal {
    gain: [f64; 3],
    unit: [f64; 3],
    kept: Option<[f64; 3]>,
    intercepts: Option<[f64; 2]>,
}

/// A program over prices by the other solver.
fn oracle([x, z, y]: &[DMatrix<f64>; 3], unit: usize, goal: &Goal) -> f64 {
    let mut oracle = Oracle::maximise();
    let mut prices = |table: &DMatrix<f64>, gain: f64| -> Vec<_> {
        (0..table.ncols()).map(|k| oracle.at_least_0(gain * table[(unit, k)])).collect()
    };
    let (v, w, u) = (prices(x, goal.gain[0]), prices(z, goal.gain[1]), prices(y, goal.gain[2]));
    let [first, second] = goal.intercepts.unwrap_or_default();
    let free = [oracle.free(first), oracle.free(second)];
    let row = |j: usize, factors: [f64; 3]| {
        let mut row = Vec::new();
        for ((prices, table), factor) in [(&v, x), (&w, z), (&u, y)].into_iter().zip(factors) {
            if factor != 0.0 {
                row.extend(prices.iter().enumerate().map(|(k, price)| (*price, factor * table[(j, k)])));
            }
        }
        row
    };
    oracle.row(&row(unit, goal.unit), ComparisonOp::Eq, 1.0);
    if let Some(kept) = goal.kept {
        // With intercepts the gain of both stages is kept.
        let mut kept = row(unit, kept);
        if goal.intercepts.is_some() {
            kept.extend(free.map(|free| (free, 1.0)));
        }
        oracle.row(&kept, ComparisonOp::Eq, 0.0);
    }
    for j in 0..x.nrows() {
        for (factors, free) in [([-1.0, 1.0, 0.0], free[0]), ([0.0, -1.0, 1.0], free[1])] {
            let mut row = row(j, factors);
            if goal.intercepts.is_some() {
                row.push((free, 1.0));
            }
            oracle.row(&row, ComparisonOp::Le, 0.0);
        }
    }
    oracle.objective().unwrap()
}

#[test]
fn products_are_those_of_another_solver() {
    let tables = supply_chain();
    let [x, z, y] = &tables;
    for (unit, found) in two_stage_multiplicative(x, z, y).unwrap().into_iter().enumerate() {
        let (of, found) = (format!("chain {unit}"), found.unwrap());
        let of_prices = |gain, held, kept| oracle(&tables, unit, &Goal { gain, unit: held, kept, intercepts: None });
        let overall = of_prices([0.0, 0.0, 1.0], [1.0, 0.0, 0.0], None);
        assert_near(found.overall, overall, 1e-9, &of);
        let kept = Some([-overall, 0.0, 1.0]);
        let first = of_prices([0.0, 1.0, 0.0], [1.0, 0.0, 0.0], kept);
        let second = of_prices([0.0, 0.0, 1.0], [0.0, 1.0, 0.0], kept);
        assert_near(found.first_best.first, first, 1e-8, &of);
        assert_near(found.second_best.second, second, 1e-8, &of);
        for stages in [found.first_best, found.second_best] {
            assert_near(stages.first * stages.second, found.overall, 1e-12, &of);
            assert!(stages.first <= 1.0 + 1e-9 && stages.second <= 1.0 + 1e-9, "{of}");
        }
        assert!(found.first_best.first >= found.second_best.first - 1e-9, "{of}");
        // Neither stage can be better than on its own, and with one price for both the whole is no better than a
        // single stage from inputs to outputs.
        assert!(found.first_best.first <= radial(x, z, unit, false) + 1e-8, "{of}");
        assert!(found.second_best.second <= radial(z, y, unit, false) + 1e-8, "{of}");
        assert!(found.overall <= radial(x, y, unit, false) + 1e-8, "{of}");
    }
}

#[test]
fn weighted_means_are_those_of_another_solver() {
    let tables = supply_chain();
    let [x, z, y] = &tables;
    for returns in [Returns::Constant, Returns::Variable] {
        let free = |intercepts: [f64; 2]| (returns == Returns::Variable).then_some(intercepts);
        for (unit, found) in two_stage_additive(x, z, y, returns).unwrap().into_iter().enumerate() {
            let (of, found) = (format!("chain {unit} {returns:?}"), found.unwrap());
            let solve =
                |gain, held, kept, intercepts| oracle(&tables, unit, &Goal { gain, unit: held, kept, intercepts });
            let overall = solve([0.0, 1.0, 1.0], [1.0, 1.0, 0.0], None, free([1.0, 1.0]));
            assert_near(found.overall, overall, 1e-9, &of);
            let kept = Some([-overall, 1.0 - overall, 1.0]);
            let first = solve([0.0, 1.0, 0.0], [1.0, 0.0, 0.0], kept, free([1.0, 0.0]));
            let second = solve([0.0, 0.0, 1.0], [0.0, 1.0, 0.0], kept, free([0.0, 1.0]));
            let near =
                |stages: &Result<WeightedStages, Unsolved>, found: fn(&WeightedStages) -> f64, expected| match stages {
                    Ok(stages) => assert_near(found(stages), expected, 1e-8, &of),
                    // Optimal prices under which a stage has no weight.
                    Err(reason) => assert!(matches!(reason, Unsolved::Zero { .. }) && unit == 14, "{of}: {reason}"),
                };
            near(&found.first_best, |stages| stages.first, first);
            near(&found.second_best, |stages| stages.second, second);
            for stages in [found.first_best, found.second_best].into_iter().flatten() {
                let weight = stages.weight_of_first;
                let mean = weight * stages.first + (1.0 - weight) * stages.second;
                assert_near(mean, found.overall, 1e-9, &of);
                assert!(stages.first <= 1.0 + 1e-8 && stages.second <= 1.0 + 1e-8, "{of}: {stages:?}");
                // Under constant returns the first stage is the larger, as it is no better than 1.
                assert!((0.0..=1.0).contains(&weight), "{of}");
            }
        }
    }
}

/// Worked by hand: A turns 1 into 2 into 4, B turns 1 into 1 into 4. B's first stage is half as good as A's, A's second
/// stage half as good as B's. Product: 1/2 for both; weighted: A (2 + 2) / (2 + 2), with v = 2.
#[test]
fn one_variable_a_stage_has_one_decomposition() {
    let column = |values: &[f64]| DMatrix::from_column_slice(2, 1, values);
    let (x, z, y) = (column(&[1.0, 1.0]), column(&[2.0, 1.0]), column(&[4.0, 4.0]));
    let found = two_stage_multiplicative(&x, &z, &y).unwrap();
    for (found, (first, second)) in found.into_iter().zip([(1.0, 0.5), (0.5, 1.0)]) {
        let found = found.unwrap();
        assert_near(found.overall, 0.5, 1e-12, "whole");
        assert_near(found.first_best.first, first, 1e-9, "first");
        assert_near(found.first_best.second, second, 1e-9, "second");
        assert!(found.is_unique());
    }
    // Prices w = 1, v = 2, u = 1/4: A is worth 2, 2, 1 and B 2, 1, 1.
    let found = two_stage_additive(&x, &z, &y, Returns::Constant).unwrap();
    for (found, (whole, first, second, weight)) in
        found.into_iter().zip([(0.75, 1.0, 0.5, 0.5), (2.0 / 3.0, 0.5, 1.0, 2.0 / 3.0)])
    {
        let found = found.unwrap();
        assert_near(found.overall, whole, 1e-12, "whole");
        for stages in [found.first_best.unwrap(), found.second_best.unwrap()] {
            assert_near(stages.first, first, 1e-9, "first");
            assert_near(stages.second, second, 1e-9, "second");
            assert_near(stages.weight_of_first, weight, 1e-9, "weight");
        }
    }
    let refused = two_stage_additive(&x, &z, &y, Returns::Decreasing).unwrap_err();
    assert_eq!(refused, Refused::Returns(Returns::Decreasing));
    let other_height = DMatrix::from_element(1, 1, 1.0);
    assert_eq!(two_stage_multiplicative(&x, &other_height, &y).unwrap_err(), Refused::Shape(Side::Intermediate));
}
