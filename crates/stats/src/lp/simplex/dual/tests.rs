use microlp::{ComparisonOp, OptimizationDirection, Problem};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::lp::{Columns, Simplex, Stop};

/// max β: Σλa ≤ b − βg, Σλ = 1, λ ≥ 0, and β of any sign, by the general solver.
fn general(columns: &[Vec<f64>], point: &[f64], direction: &[f64]) -> Option<f64> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let lambdas: Vec<_> = columns.iter().map(|_| problem.add_var(0.0, (0.0, f64::INFINITY))).collect();
    let step = problem.add_var(1.0, (f64::NEG_INFINITY, f64::INFINITY));
    for (row, (bound, number)) in point.iter().zip(direction).enumerate() {
        let mut terms: Vec<_> = lambdas.iter().zip(columns).map(|(lambda, column)| (*lambda, column[row])).collect();
        terms.push((step, *number));
        problem.add_constraint(&terms, ComparisonOp::Le, *bound);
    }
    let ones: Vec<_> = lambdas.iter().map(|lambda| (*lambda, 1.0)).collect();
    problem.add_constraint(&ones, ComparisonOp::Eq, 1.0);
    problem.solve().ok()?.into_solution().ok().map(|solution| solution.objective())
}

/// One basis serves many right-hand sides and directions, inside and outside of what is possible: the general solver
/// finds the same step, or none as well.
#[test]
fn a_general_solver_agrees_about_programs_that_go_on() {
    let mut random = ChaCha8Rng::seed_from_u64(55);
    let (mut solved, mut infeasible) = (0, 0);
    for case in 0..150 {
        let (rows, count) = (random.random_range(2..6), random.random_range(3..40));
        let mut number = |low: f64| {
            let number: f64 = random.random_range(low..5.0);
            // Whole numbers make ties.
            if case % 3 == 0 { number.round() } else { number }
        };
        let columns: Vec<Vec<f64>> = (0..count).map(|_| (0..rows).map(|_| number(-2.0)).collect()).collect();
        let mut shared = Columns::new(rows + 1);
        for column in &columns {
            shared.push(&[column.as_slice(), &[1.0]].concat());
        }
        let mut simplex = Simplex::new(&shared, &vec![1.0; rows + 1]);
        let mut unit = vec![0.0; rows + 1];
        for row in 0..=rows {
            unit[row] = 1.0;
            let slack = simplex.add(&unit, 0.0);
            unit[row] = 0.0;
            if row == rows {
                simplex.lock(slack);
            }
        }
        // A single column is the basis to begin with, and β takes the row in which it is nearest.
        let forward = simplex.add(&[vec![1.0; rows], vec![0.0]].concat(), -1.0);
        simplex.free(forward);
        simplex.start((count..=count + rows).collect(), &vec![1.0; rows + 1]);
        let nearest = (0..count).min_by(|a, b| columns[*a][0].total_cmp(&columns[*b][0])).unwrap();
        simplex.swap_in(nearest, rows);
        simplex.swap_in(forward, 0);
        let first = simplex.basis();
        for _ in 0..20 {
            let mut number = |low: f64| {
                let number: f64 = random.random_range(low..4.0);
                if case % 3 == 0 { number.round() } else { number }
            };
            let point: Vec<f64> = (0..rows).map(|_| number(-3.0)).collect();
            // The first row has to be faced; others need not be.
            let direction: Vec<f64> = (0..rows).map(|row| if row == 0 { 1.0 } else { number(0.0).floor() }).collect();
            simplex.set_column(forward, &[direction.as_slice(), &[0.0]].concat());
            let bounds = [point.as_slice(), &[1.0]].concat();
            simplex.resume(&bounds, &first, forward).unwrap();
            let expected = general(&columns, &point, &direction);
            match (simplex.run_dual(), expected) {
                (Ok(()), Some(expected)) => {
                    assert!((simplex.value(forward) - expected).abs() < 1e-8, "case {case}");
                    assert!(simplex.certificate().is_within(1e-9), "case {case}: {:?}", simplex.certificate());
                    solved += 1;
                }
                (Err(Stop::Infeasible), None) => infeasible += 1,
                (found, expected) => panic!("case {case}: {found:?}, not {expected:?}"),
            }
        }
    }
    assert!(solved > 1_000 && infeasible > 150, "{solved} {infeasible}");
}
