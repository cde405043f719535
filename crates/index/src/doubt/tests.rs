use microlp::{ComparisonOp, OptimizationDirection, Problem};
use proptest::prelude::*;

use super::*;

fn table(text: &str, skip: usize) -> DMatrix<f64> {
    let rows: Vec<Vec<f64>> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|row| row.unwrap().iter().skip(skip).map(|cell| cell.parse().unwrap()).collect())
        .collect();
    DMatrix::from_fn(rows.len(), rows[0].len(), |row, column| rows[row][column])
}

/// The eight achievements of the 23 countries, as logarithms where the Handbook takes them.
fn achievements() -> DMatrix<f64> {
    table(include_str!("../../../../reference/compind/tai23_input.csv"), 1)
}

fn minmax(table: &DMatrix<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(table.nrows(), table.ncols(), |row, column| {
        let column = table.column(column);
        (column[row] - column.min()) / (column.max() - column.min())
    })
}

/// The primal program as the definition has it, by a general solver.
fn general(y: &DMatrix<f64>, row: usize, bounds: Bounds) -> f64 {
    let own: Vec<f64> = y.row(row).iter().copied().collect();
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let weights: Vec<_> = own.iter().map(|value| problem.add_var(*value, (0.0, f64::INFINITY))).collect();
    for unit in 0..y.nrows() {
        problem.add_constraint(weights.iter().copied().zip(y.row(unit).iter().copied()), ComparisonOp::Le, 1.0);
    }
    let (limits, measure) = match bounds {
        Bounds::None => ([0.0, 1.0], own.clone()),
        Bounds::OfScore(limits) => (limits, own.clone()),
        Bounds::OfWeights(limits) => (limits, vec![1.0; own.len()]),
    };
    for column in 0..own.len() {
        for (limit, operator) in [(limits[0], ComparisonOp::Ge), (limits[1], ComparisonOp::Le)] {
            let share = |at: usize| measure[at] * (f64::from(at == column) - limit);
            problem.add_constraint(weights.iter().enumerate().map(|(at, w)| (*w, share(at))), operator, 0.0);
        }
    }
    problem.solve().unwrap().into_solution().unwrap().objective()
}

#[test]
fn scores_are_those_of_a_general_solver() {
    let plain = achievements();
    let scaled = minmax(&plain);
    let cases = [
        (&plain, Bounds::None),
        (&plain, Bounds::OfScore([0.05, 0.3])),
        (&scaled, Bounds::None),
        (&scaled, Bounds::OfWeights([0.10, 0.15])),
    ];
    for (y, bounds) in cases {
        let found = benefit_of_the_doubt(y, bounds).unwrap();
        for row in 0..y.nrows() {
            let expected = general(y, row, bounds);
            assert!((found.scores[row] - expected).abs() < 1e-8, "{bounds:?} {row}: {} {expected}", found.scores[row]);
        }
    }
}

/// OECD/JRC Handbook (2008), table 19, printed to two digits; some of the table's inputs are printed to three digits only.
#[test]
fn the_table_of_the_handbook() {
    let printed = include_str!("../../../../reference/handbook_tai/table19_bod.csv");
    let expected: Vec<f64> =
        csv::Reader::from_reader(printed.as_bytes()).records().map(|row| row.unwrap()[9].parse().unwrap()).collect();
    let found = benefit_of_the_doubt(&minmax(&achievements()), Bounds::OfWeights([0.10, 0.15])).unwrap();
    let off: Vec<f64> = found.scores.iter().zip(&expected).map(|(found, expected)| (found - expected).abs()).collect();
    assert!(off.iter().all(|off| *off < 0.0105), "{off:?}");
}

/// Weights keep all conditions, give the score, and no other optimal weights have more equal shares.
#[test]
fn weights_are_optimal_and_the_most_equal_ones() {
    let y = achievements();
    for bounds in [Bounds::None, Bounds::OfScore([0.02, 0.4])] {
        let found = benefit_of_the_doubt(&y, bounds).unwrap();
        let shares = found.shares(&y);
        for row in 0..y.nrows() {
            let under = |unit: usize| found.weights.row(row).dot(&y.row(unit));
            assert!((0..y.nrows()).all(|unit| under(unit) < 1.0 + 1e-7));
            assert!((under(row) - found.scores[row]).abs() < 1e-7);
            assert!((shares.row(row).sum() - 1.0).abs() < 1e-7);
            let distance = shares.row(row).iter().map(|share| (share - 0.125).powi(2)).sum::<f64>();
            // The vertex that the solver finds by itself is no better.
            let mut program = Program::minimise(vec![1.0; y.nrows()]);
            for column in 0..y.ncols() {
                program.row(y.column(column).iter().copied().collect(), Relation::AtLeast, y[(row, column)]);
            }
            let vertex = program.solve().unwrap().duals;
            let share = |column: usize| vertex[column] * y[(row, column)] / found.scores[row];
            let of_vertex: f64 = (0..y.ncols()).map(|column| (share(column) - 0.125).powi(2)).sum();
            assert!(bounds != Bounds::None || distance <= of_vertex + 1e-9);
        }
    }
}

/// Worked by hand: (4, 1), (1, 4) and (2, 2). The third lies under the line through the first two (x + y = 5): 4/5.
#[test]
fn worked_by_hand() {
    let y = DMatrix::from_row_slice(3, 2, &[4.0, 1.0, 1.0, 4.0, 2.0, 2.0]);
    let found = benefit_of_the_doubt(&y, Bounds::None).unwrap();
    assert!((found.scores[2] - 0.8).abs() < 1e-12);
    assert!((found.weights[(2, 0)] - 0.2).abs() < 1e-9 && (found.weights[(2, 1)] - 0.2).abs() < 1e-9);
    // In the direction (1, 1) it can rise by a half: 1 / 1.5. Each indicator alone could rise to 3, so d = (1, 1) too,
    // and the score is 1 − 1 / 5.
    let found = directional(&y, &[1.0, 1.0]).unwrap();
    assert!((found.steps[2] - 0.5).abs() < 1e-12 && (found.scores[2] - 2.0 / 3.0).abs() < 1e-12);
    let found = multi_directional(&y).unwrap();
    assert!((found.scores[2] - 0.8).abs() < 1e-12 && found.scores[0] == 1.0);
    // Geometric: equal shares, benchmark (2, 2): the third is as good as the benchmark.
    let found = geometric(&y, &[2.0, 2.0], Bounds::None).unwrap();
    assert!((found.scores[2] - 1.0).abs() < 1e-9);
}

/// With its own values as direction the distance is the plain score.
#[test]
fn its_own_direction_is_the_plain_score() {
    let y = achievements();
    let plain = benefit_of_the_doubt(&y, Bounds::None).unwrap();
    for row in 0..y.nrows() {
        let own: Vec<f64> = y.row(row).iter().copied().collect();
        let found = directional(&y, &own).unwrap().scores[row];
        assert!((found - plain.scores[row]).abs() < 1e-8, "{found} {}", plain.scores[row]);
    }
}

/// Roads cost and trains serve: the primal program by a general solver, with and without a preference.
#[test]
fn what_is_unwanted_counts_against_a_unit() {
    let x = table(include_str!("../../../../reference/compind/eu_nuts1_input.csv"), 1);
    let is_bad = [true, false];
    // No weights give trains a fifth and keep every region's loss at zero or more.
    assert!(matches!(
        unwanted(&x, &is_bad, 0.2, None),
        Err(DoubtError::NoWeights { reason: NoSolution::Infeasible, .. })
    ));
    for (low, preference) in [(0.0, None), (0.02, None), (0.01, Some(Preference { first: 0, last: 1 }))] {
        let found = unwanted(&x, &is_bad, low, preference).unwrap();
        let means = [x.column(0).mean(), x.column(1).mean()];
        for row in 0..x.nrows() {
            let mut problem = Problem::new(OptimizationDirection::Minimize);
            let weights = [0, 1].map(|column| {
                let sign = if column == 0 { 1.0 } else { -1.0 };
                problem.add_var(sign * x[(row, column)] / means[column], (0.0, f64::INFINITY))
            });
            let scaled = |unit: usize, column: usize| x[(unit, column)] / means[column];
            problem.add_constraint([(weights[0], scaled(row, 0)), (weights[1], scaled(row, 1))], ComparisonOp::Eq, 1.0);
            for unit in 0..x.nrows() {
                let row = [(weights[0], scaled(unit, 0)), (weights[1], -scaled(unit, 1))];
                problem.add_constraint(row, ComparisonOp::Ge, 0.0);
            }
            problem.add_constraint([(weights[0], 1.0 - low), (weights[1], -low)], ComparisonOp::Ge, 0.0);
            problem.add_constraint([(weights[1], 1.0 - low), (weights[0], -low)], ComparisonOp::Ge, 0.0);
            if preference.is_some() {
                problem.add_constraint([(weights[0], 1.0), (weights[1], -1.0)], ComparisonOp::Ge, 0.0);
            }
            let expected = problem.solve().unwrap().into_solution().unwrap().objective();
            let score = 1.0 / (1.0 + expected.max(0.0));
            assert!((found.scores[row] - score).abs() < 1e-8, "{row}: {} {score}", found.scores[row]);
        }
    }
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let y = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, -1.0, 3.0]);
    assert!(matches!(benefit_of_the_doubt(&y, Bounds::None), Err(DoubtError::Value { row: 1, column: 0, .. })));
    let y = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 1.0, 3.0]);
    assert!(matches!(benefit_of_the_doubt(&y, Bounds::OfScore([0.6, 1.0])), Err(DoubtError::Parameter(_))));
    assert!(matches!(directional(&y, &[0.0, 0.0]), Err(DoubtError::Parameter(_))));
    assert!(matches!(unwanted(&y, &[true, true], 0.0, None), Err(DoubtError::Parameter(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A score is 0..1, one unit at least has 1, units of measurement do not matter, and bounds lower scores.
    #[test]
    fn laws(numbers in proptest::collection::vec(0.1..10.0_f64, 60), factor in -6_i32..6) {
        let y = DMatrix::from_vec(15, 4, numbers);
        let found = benefit_of_the_doubt(&y, Bounds::None).unwrap();
        prop_assert!(found.scores.iter().all(|score| *score > 0.0 && *score < 1.0 + 1e-9));
        prop_assert!(found.scores.iter().any(|score| *score > 1.0 - 1e-9));
        let mut other = y.clone();
        other.column_mut(2).scale_mut(10_f64.powi(factor));
        for (a, b) in found.scores.iter().zip(benefit_of_the_doubt(&other, Bounds::None).unwrap().scores) {
            prop_assert!((a - b).abs() < 1e-9);
        }
        let bounded = benefit_of_the_doubt(&y, Bounds::OfScore([0.1, 0.5])).unwrap();
        for (a, b) in found.scores.iter().zip(bounded.scores) {
            prop_assert!(b < a + 1e-9);
        }
    }
}
