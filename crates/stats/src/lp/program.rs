//! A program as people write it, brought into the form that the simplex method wants.

use super::Columns;
use super::simplex::{Certificate, Simplex, Stop};

/// How a row's left side stands to its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// ≤
    AtMost,
    /// ≥
    AtLeast,
    /// =
    Equal,
}

/// Why there is no solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSolution {
    /// No values satisfy all rows.
    #[error("no values satisfy all conditions")]
    Infeasible,
    /// The objective improves without end.
    #[error("the objective improves without end")]
    Unbounded,
    /// Neither of the above, but no solution could be proved either.
    #[error("no solution could be proved within the accuracy of the arithmetic")]
    Uncertified,
}

/// An optimum with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// Value of the objective.
    pub objective: f64,
    /// Values of the variables.
    pub values: Vec<f64>,
    /// What one more unit of each row's bound adds to the objective.
    pub duals: Vec<f64>,
    /// Whether the values are proved to be the only optimal ones. Where this is false there may be others.
    pub is_unique: bool,
}

/// Off by less than this (in scaled numbers) counts as proved.
const PROVED: f64 = 1e-9;
/// What counts as no violation of a row: some times what the first phase may leave.
const FEASIBLE: f64 = 1e-8;

/// A linear program over variables that are not negative, unless said to be free.
#[derive(Debug, Clone)]
pub struct Program {
    is_maximum: bool,
    costs: Vec<f64>,
    rows: Vec<(Vec<f64>, Relation, f64)>,
    free: Vec<usize>,
}

impl Program {
    /// Maximises the sum of `costs` times variables.
    pub fn maximise(costs: Vec<f64>) -> Program {
        Program { is_maximum: true, costs, rows: Vec::new(), free: Vec::new() }
    }

    /// Minimises the sum of `costs` times variables.
    pub fn minimise(costs: Vec<f64>) -> Program {
        Program { is_maximum: false, costs, rows: Vec::new(), free: Vec::new() }
    }

    /// Adds a condition: one coefficient for each variable.
    ///
    /// # Panics
    /// If the number of coefficients is another: a mistake of the caller.
    pub fn row(&mut self, coefficients: Vec<f64>, relation: Relation, bound: f64) -> &mut Program {
        assert_eq!(coefficients.len(), self.costs.len(), "one coefficient for each variable");
        self.rows.push((coefficients, relation, bound));
        self
    }

    /// Lets a variable be negative.
    pub fn free(&mut self, variable: usize) -> &mut Program {
        if !self.free.contains(&variable) {
            self.free.push(variable);
        }
        self
    }

    /// Solves the program.
    ///
    /// # Errors
    /// [`NoSolution`].
    pub fn solve(&self) -> Result<Solution, NoSolution> {
        let scaled = Scaled::of(self);
        match scaled.solve(false) {
            Err(NoSolution::Uncertified) => scaled.solve(true),
            answer => answer,
        }
    }
}

/// The program with rows and columns multiplied by powers of two (so that nothing is rounded) to numbers around one.
struct Scaled<'program> {
    program: &'program Program,
    rows: Vec<f64>,
    columns: Vec<f64>,
    bounds: f64,
}

impl Scaled<'_> {
    fn of(program: &Program) -> Scaled<'_> {
        let mut rows = vec![1.0; program.rows.len()];
        let mut columns = vec![1.0; program.costs.len()];
        for _ in 0..3 {
            for (scale, (coefficients, _, _)) in rows.iter_mut().zip(&program.rows) {
                *scale = balanced(coefficients.iter().zip(&columns).map(|(number, column)| number * column));
            }
            for (variable, scale) in columns.iter_mut().enumerate() {
                *scale = balanced(program.rows.iter().zip(&rows).map(|(row, scale)| row.0[variable] * scale));
            }
        }
        let largest = program.rows.iter().zip(&rows).map(|(row, scale)| (row.2 * scale).abs()).fold(0.0, f64::max);
        let bounds = if largest > 0.0 { power_of_two(1.0 / largest) } else { 1.0 };
        Scaled { program, rows, columns, bounds }
    }

    fn solve(&self, is_careful: bool) -> Result<Solution, NoSolution> {
        let Program { is_maximum, costs, rows, free } = self.program;
        let none = Columns::new(rows.len());
        let bounds: Vec<f64> = rows.iter().zip(&self.rows).map(|(row, scale)| row.2 * scale * self.bounds).collect();
        let mut simplex = Simplex::new(&none, &bounds);
        if is_careful {
            simplex.be_careful();
        }
        let column = |variable: usize, sign: f64| -> Vec<f64> {
            rows.iter()
                .zip(&self.rows)
                .map(|(row, scale)| sign * row.0[variable] * scale * self.columns[variable])
                .collect()
        };
        // Variables, then the negative sides of free ones, then slacks, then artificial columns.
        let own: Vec<(usize, f64)> = (0..costs.len())
            .map(|variable| (variable, 1.0))
            .chain(free.iter().map(|variable| (*variable, -1.0)))
            .collect();
        for (variable, sign) in &own {
            simplex.add(&column(*variable, *sign), 0.0);
        }
        let (mut basis, mut signs, mut artificial) = (vec![usize::MAX; rows.len()], vec![1.0; rows.len()], Vec::new());
        let unit = |row: usize, sign: f64| {
            let mut column = vec![0.0; rows.len()];
            column[row] = sign;
            column
        };
        for (row, (_, relation, _)) in rows.iter().enumerate() {
            let sign = match relation {
                Relation::AtMost => 1.0,
                Relation::AtLeast => -1.0,
                Relation::Equal => continue,
            };
            let slack = simplex.add(&unit(row, sign), 0.0);
            if bounds[row] * sign >= 0.0 {
                (basis[row], signs[row]) = (slack, sign);
            }
        }
        for row in 0..rows.len() {
            if basis[row] == usize::MAX {
                signs[row] = if bounds[row] < 0.0 { -1.0 } else { 1.0 };
                basis[row] = simplex.add(&unit(row, signs[row]), 1.0);
                artificial.push(basis[row]);
            }
        }
        simplex.start(basis, &signs);
        if !artificial.is_empty() {
            simplex.run().map_err(|_| NoSolution::Uncertified)?;
            simplex.refresh().map_err(|_| NoSolution::Uncertified)?;
            if simplex.objective() > PROVED {
                let is_proved = simplex.certificate().is_within(PROVED);
                return Err(if is_proved { NoSolution::Infeasible } else { NoSolution::Uncertified });
            }
            for column in artificial {
                simplex.set_cost(column, 0.0);
                simplex.lock(column);
            }
            simplex.settle();
        }
        let sense = if *is_maximum { -1.0 } else { 1.0 };
        let largest =
            own.iter().map(|(variable, _)| (costs[*variable] * self.columns[*variable]).abs()).fold(0.0, f64::max);
        let scale = if largest > 0.0 { power_of_two(1.0 / largest) } else { 1.0 };
        for (at, (variable, sign)) in own.iter().enumerate() {
            simplex.set_cost(at, sense * sign * costs[*variable] * self.columns[*variable] * scale);
        }
        simplex.run().map_err(|stop| match stop {
            Stop::Unbounded => NoSolution::Unbounded,
            Stop::Infeasible => NoSolution::Infeasible,
            Stop::Stuck => NoSolution::Uncertified,
        })?;
        simplex.refresh().map_err(|_| NoSolution::Uncertified)?;
        let Certificate { primal, dual, gap } = simplex.certificate();
        if primal > FEASIBLE || dual > PROVED || gap > PROVED {
            return Err(NoSolution::Uncertified);
        }
        let mut values = vec![0.0; costs.len()];
        for (column, value) in simplex.basics() {
            if let Some((variable, sign)) = own.get(column) {
                values[*variable] += sign * value.max(0.0) * self.columns[*variable] / self.bounds;
            }
        }
        let prices = simplex.prices();
        let duals = prices.iter().zip(&self.rows).map(|(price, row)| sense * price * row / scale).collect();
        let objective = values.iter().zip(costs).map(|(value, cost)| value * cost).sum();
        Ok(Solution { objective, values, duals, is_unique: free.is_empty() && simplex.is_unique() })
    }
}

/// The power of two that brings the smallest and the largest of numbers to both sides of one.
fn balanced(numbers: impl Iterator<Item = f64>) -> f64 {
    let (least, largest) = numbers
        .map(f64::abs)
        .filter(|number| *number > 0.0)
        .fold((f64::INFINITY, 0.0_f64), |(least, largest), number| (least.min(number), largest.max(number)));
    if largest > 0.0 { power_of_two(1.0 / (least.sqrt() * largest.sqrt())) } else { 1.0 }
}

fn power_of_two(number: f64) -> f64 {
    number.log2().round().exp2()
}
