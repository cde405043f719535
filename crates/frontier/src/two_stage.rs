//! Two stages in a row: what the first makes is all that the second uses (resources → controls → results).
//!
//! Both stages value the intermediate products with the same prices. Inputs x, intermediate products z, outputs y; the
//! tables are units by variables.

use mizan_stats::lp::{Program, Relation, Solution};
use nalgebra::DMatrix;

use crate::nonradial::rows::{Row, Scaled};
use crate::nonradial::{Refused, Side, Unsolved, check_table};

mod additive;
mod multiplicative;
#[cfg(test)]
mod tests;

pub use self::additive::{AdditiveStages, WeightedStages, two_stage_additive};
pub use self::multiplicative::{MultiplicativeStages, Stages, two_stage_multiplicative};

/// The three tables, scaled.
struct Chain {
    inputs: Scaled,
    intermediates: Scaled,
    outputs: Scaled,
}

/// Coefficients of the free variables and right sides of a dual program, by kind of row.
struct Sides<'a> {
    /// Of each input row, free variables' coefficients times x_o.
    inputs: &'a [f64],
    /// Of each intermediate row, times z_o; with the bound in z_o.
    intermediates: &'a [f64],
    intermediate_bound: f64,
    /// Of each output row, times y_o; with the bound in y_o.
    outputs: &'a [f64],
    output_bound: f64,
}

impl Chain {
    fn new(inputs: &DMatrix<f64>, intermediates: &DMatrix<f64>, outputs: &DMatrix<f64>) -> Result<Self, Refused> {
        let units = inputs.nrows();
        check_table(Side::Input, inputs, units, false)?;
        check_table(Side::Intermediate, intermediates, units, false)?;
        check_table(Side::Output, outputs, units, false)?;
        Ok(Chain {
            inputs: Scaled::new(inputs),
            intermediates: Scaled::new(intermediates),
            outputs: Scaled::new(outputs),
        })
    }

    fn units(&self) -> usize {
        self.inputs.units()
    }

    /// A program over prices has two rows a unit; its dual has one a variable, and is solved instead:
    ///
    /// - inputs: a·f x_o − Σλx ≥ 0
    /// - intermediate products: b·f z_o + Σλz − Σμz ≥ bound
    /// - outputs: c·f y_o + Σμy ≥ bound
    ///
    /// with free variables f, one a normalisation of the prices, and λ, μ ≥ 0 of the first and second stage's
    /// constraints. Columns: f, λ, μ. `more` adds rows.
    fn solve(
        &self,
        unit: usize,
        costs: &[f64],
        sides: &Sides<'_>,
        more: impl FnOnce(&mut Program, usize, usize),
    ) -> Result<Solution, Unsolved> {
        let (n, free) = (self.units(), costs.len());
        let width = free + 2 * n;
        let mut program = Program::minimise(Row::new(width).block(0, costs.iter().copied()).into_vec());
        for variable in 0..free {
            program.free(variable);
        }
        for i in 0..self.inputs.variables() {
            let own = self.inputs.get(unit, i);
            let row = Row::new(width)
                .block(0, sides.inputs.iter().map(|a| a * own))
                .block(free, self.inputs.column(i).map(|x| -x));
            row.add(&mut program, Relation::AtLeast, 0.0);
        }
        for q in 0..self.intermediates.variables() {
            let own = self.intermediates.get(unit, q);
            let row = Row::new(width)
                .block(0, sides.intermediates.iter().map(|b| b * own))
                .block(free, self.intermediates.column(q))
                .block(free + n, self.intermediates.column(q).map(|z| -z));
            row.add(&mut program, Relation::AtLeast, sides.intermediate_bound * own);
        }
        for r in 0..self.outputs.variables() {
            let own = self.outputs.get(unit, r);
            let row =
                Row::new(width).block(0, sides.outputs.iter().map(|c| c * own)).block(free + n, self.outputs.column(r));
            row.add(&mut program, Relation::AtLeast, sides.output_bound * own);
        }
        more(&mut program, free, width);
        Ok(program.solve()?)
    }

    /// Worth of the unit's inputs at the dual prices of a solution.
    fn worth_of_inputs(&self, unit: usize, solution: &Solution) -> f64 {
        (0..self.inputs.variables()).map(|i| solution.duals[i] * self.inputs.get(unit, i)).sum()
    }

    /// Worth of the unit's intermediate products.
    fn worth_of_intermediates(&self, unit: usize, solution: &Solution) -> f64 {
        let prices = &solution.duals[self.inputs.variables()..];
        (0..self.intermediates.variables()).map(|q| prices[q] * self.intermediates.get(unit, q)).sum()
    }
}
