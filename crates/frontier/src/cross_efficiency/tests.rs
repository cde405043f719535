use microlp::ComparisonOp;

use super::*;
use crate::nonradial::oracle::{Oracle, assert_near, by_largest, data, radial, reference_data};

/// The second goal by the other solver, from the program over prices; scaled columns as the goal sums over variables.
fn goal(x: &DMatrix<f64>, y: &DMatrix<f64>, unit: usize, own_score: f64, goal: SecondGoal) -> f64 {
    let mut oracle = match goal {
        SecondGoal::Benevolent => Oracle::maximise(),
        SecondGoal::Aggressive => Oracle::minimise(),
    };
    let rest = |table: &DMatrix<f64>, variable: usize| table.column(variable).sum() - table[(unit, variable)];
    let v: Vec<_> = (0..x.ncols()).map(|_| oracle.at_least_0(0.0)).collect();
    let u: Vec<_> = (0..y.ncols()).map(|r| oracle.at_least_0(rest(y, r))).collect();
    let row: Vec<_> = v.iter().enumerate().map(|(i, v)| (*v, rest(x, i))).collect();
    oracle.row(&row, ComparisonOp::Eq, 1.0);
    for j in 0..x.nrows() {
        let kept = if j == unit { own_score } else { 1.0 };
        let mut row: Vec<_> = v.iter().enumerate().map(|(i, v)| (*v, -kept * x[(j, i)])).collect();
        row.extend(u.iter().enumerate().map(|(r, u)| (*u, y[(j, r)])));
        oracle.row(&row, if j == unit { ComparisonOp::Eq } else { ComparisonOp::Le }, 0.0);
    }
    oracle.objective().unwrap()
}

#[test]
fn second_goals_are_those_of_another_solver() {
    for (name, inputs, outputs) in reference_data() {
        let data = data(&inputs, &outputs);
        let (x, y) = (by_largest(&inputs), by_largest(&outputs));
        for kind in [SecondGoal::Benevolent, SecondGoal::Aggressive] {
            let found = cross_efficiency(&data, kind).unwrap();
            for unit in 0..x.nrows() {
                let of = format!("{name} {unit} {kind:?}");
                let own = radial(&x, &y, unit, false);
                assert_near(found.matrix[(unit, unit)], own, 1e-9, &of);
                // What the prices found give the goal, from the data as they are.
                let worth = |table: &DMatrix<f64>, prices: &DMatrix<f64>, j: usize| -> f64 {
                    (0..table.ncols()).map(|k| prices[(unit, k)] * table[(j, k)]).sum()
                };
                let others = || (0..x.nrows()).filter(|&j| j != unit);
                let made: f64 = others().map(|j| worth(&outputs, &found.output_prices, j)).sum();
                let used: f64 = others().map(|j| worth(&inputs, &found.input_prices, j)).sum();
                assert_near(made / used, goal(&x, &y, unit, own, kind), 1e-8, &of);
                let kept = worth(&outputs, &found.output_prices, unit) / worth(&inputs, &found.input_prices, unit);
                assert_near(kept, own, 1e-8, &of);
                for j in others() {
                    let score = found.matrix[(unit, j)];
                    assert!(score <= 1.0 + 1e-9, "{of} {j}: {score}");
                    let made = worth(&outputs, &found.output_prices, j);
                    assert_near(made / worth(&inputs, &found.input_prices, j), score, 1e-12, &of);
                }
            }
        }
    }
}

/// Worked by hand: A (1, 2; 1) and B (2, 1; 1) are both efficient. A keeps its score with prices v2 ≤ v1 (else B would
/// pass 1), so that B's score at A's prices, (v1 + 2 v2) / (2 v1 + v2), lies between 1/2 and 1.
#[test]
fn benevolence_and_aggression_are_the_ends() {
    let x = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 2.0, 1.0]);
    let data = data(&x, &DMatrix::from_element(2, 1, 1.0));
    let kind = cross_efficiency(&data, SecondGoal::Benevolent).unwrap();
    let harsh = cross_efficiency(&data, SecondGoal::Aggressive).unwrap();
    for unit in 0..2 {
        assert_near(kind.scores[unit], 1.0, 1e-9, "benevolent");
        assert_near(harsh.scores[unit], 0.75, 1e-9, "aggressive");
        assert_near(harsh.scores_by_others[unit], 0.5, 1e-9, "without own score");
    }
}
