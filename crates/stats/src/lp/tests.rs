use microlp::{ComparisonOp, OptimizationDirection, Problem};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{NoSolution, Program, Relation};

#[test]
fn a_textbook_program() {
    // Hillier and Lieberman, Introduction to Operations Research, the Wyndor Glass example: 36 at (2, 6), prices
    // 0, 3/2, 1.
    let mut program = Program::maximise(vec![3.0, 5.0]);
    program.row(vec![1.0, 0.0], Relation::AtMost, 4.0);
    program.row(vec![0.0, 2.0], Relation::AtMost, 12.0);
    program.row(vec![3.0, 2.0], Relation::AtMost, 18.0);
    let solution = program.solve().unwrap();
    assert_eq!(solution.objective, 36.0);
    assert_eq!(solution.values, [2.0, 6.0]);
    assert_eq!(solution.duals, [0.0, 1.5, 1.0]);
    assert!(solution.is_unique);
}

#[test]
fn what_has_no_solution_says_which_kind() {
    let mut program = Program::minimise(vec![1.0]);
    program.row(vec![1.0], Relation::AtLeast, 3.0).row(vec![1.0], Relation::AtMost, 2.0);
    assert_eq!(program.solve(), Err(NoSolution::Infeasible));
    let mut program = Program::maximise(vec![1.0, 1.0]);
    program.row(vec![1.0, -1.0], Relation::AtMost, 2.0);
    assert_eq!(program.solve(), Err(NoSolution::Unbounded));
    let mut program = Program::minimise(vec![1.0]);
    program.row(vec![1.0], Relation::AtLeast, -3.0).free(0);
    assert_eq!(program.solve().unwrap().values, [-3.0]);
}

#[test]
fn a_program_that_cycles_under_the_naive_rule_ends() {
    // Beale (1955), Cycling in the dual simplex algorithm: the optimum is -1/20.
    let mut program = Program::minimise(vec![-0.75, 150.0, -0.02, 6.0]);
    program.row(vec![0.25, -60.0, -0.04, 9.0], Relation::AtMost, 0.0);
    program.row(vec![0.5, -90.0, -0.02, 3.0], Relation::AtMost, 0.0);
    program.row(vec![0.0, 0.0, 1.0, 0.0], Relation::AtMost, 1.0);
    assert!((program.solve().unwrap().objective + 0.05).abs() < 1e-15);
}

#[test]
fn ties_are_not_called_unique() {
    let mut program = Program::maximise(vec![1.0, 1.0]);
    program.row(vec![1.0, 1.0], Relation::AtMost, 1.0);
    assert!(!program.solve().unwrap().is_unique);
}

/// Random programs of all shapes: the general solver agrees about what there is and what it is worth, and the prices
/// give the same value.
#[test]
fn a_general_solver_agrees() {
    let mut random = ChaCha8Rng::seed_from_u64(20);
    let mut kinds = [0; 3];
    for case in 0..3_000 {
        let (variables, rows) = (random.random_range(1..8), random.random_range(1..10));
        let is_whole = case % 2 == 0;
        let mut number = |spread: f64| {
            let number: f64 = random.random_range(-spread..spread);
            // Whole numbers make ties, and zeros.
            if is_whole { (number / 3.0).round() } else { number }
        };
        let size = if case % 5 == 0 { 1e6 } else { 1.0 };
        let costs: Vec<f64> = (0..variables).map(|_| number(10.0)).collect();
        let mut program =
            if case % 3 == 0 { Program::maximise(costs.clone()) } else { Program::minimise(costs.clone()) };
        let direction = if case % 3 == 0 { OptimizationDirection::Maximize } else { OptimizationDirection::Minimize };
        let mut oracle = Problem::new(direction);
        let is_free = case % 7 == 0;
        let handles: Vec<_> = costs
            .iter()
            .enumerate()
            .map(|(at, cost)| {
                let lower = if is_free && at == 0 { f64::NEG_INFINITY } else { 0.0 };
                oracle.add_var(*cost, (lower, f64::INFINITY))
            })
            .collect();
        if is_free {
            program.free(0);
        }
        let mut bounds = Vec::new();
        for row in 0..rows {
            let coefficients: Vec<f64> = (0..variables).map(|_| number(10.0)).collect();
            let bound = number(20.0) * size;
            let (relation, operator) = match row % 4 {
                0 | 1 => (Relation::AtMost, ComparisonOp::Le),
                2 => (Relation::AtLeast, ComparisonOp::Ge),
                _ => (Relation::Equal, ComparisonOp::Eq),
            };
            oracle.add_constraint(handles.iter().copied().zip(coefficients.iter().copied()), operator, bound);
            program.row(coefficients, relation, bound);
            bounds.push(bound);
        }
        let other = oracle.solve().map(|outcome| outcome.into_solution().unwrap().objective());
        match (program.solve(), other) {
            (Ok(own), Ok(other)) => {
                let tolerance = 1e-8 * (size + other.abs());
                assert!((own.objective - other).abs() < tolerance, "case {case}");
                let priced: f64 = own.duals.iter().zip(&bounds).map(|(price, bound)| price * bound).sum();
                assert!((own.objective - priced).abs() < tolerance, "case {case}: {priced} {}", own.objective);
                kinds[0] += 1;
            }
            (Err(NoSolution::Infeasible), Err(microlp::Error::Infeasible)) => kinds[1] += 1,
            (Err(NoSolution::Unbounded), Err(microlp::Error::Unbounded)) => kinds[2] += 1,
            (own, other) => panic!("case {case}: {own:?} against {other:?}"),
        }
    }
    // The cases are of all three kinds.
    assert!(kinds.iter().all(|kind| *kind > 100), "{kinds:?}");
}
