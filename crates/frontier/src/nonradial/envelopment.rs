//! The radial input program in its plain form, as a part of other methods.

use mizan_stats::lp::{Program, Relation, Solution};

use crate::nonradial::Unsolved;
use crate::nonradial::rows::{Row, Scaled, ones};

/// Scaled inputs and outputs, and how the intensities sum.
pub(crate) struct Envelopment<'a> {
    pub(crate) inputs: &'a Scaled,
    pub(crate) outputs: &'a Scaled,
    pub(crate) sum: Option<Relation>,
}

impl Envelopment<'_> {
    /// min θ: Σλx ≤ θx, Σλy ≥ y for a point in scaled units. Values: θ, then the intensities. Duals: prices of inputs,
    /// then of outputs.
    pub(crate) fn radial_input(&self, x: &[f64], y: &[f64]) -> Result<Solution, Unsolved> {
        let width = self.inputs.units() + 1;
        let mut program = Program::minimise(Row::new(width).at(0, 1.0).into_vec());
        for (i, &x) in x.iter().enumerate() {
            let row = Row::new(width).at(0, x).block(1, self.inputs.column(i).map(|other| -other));
            row.add(&mut program, Relation::AtLeast, 0.0);
        }
        for (r, &y) in y.iter().enumerate() {
            Row::new(width).block(1, self.outputs.column(r)).add(&mut program, Relation::AtLeast, y);
        }
        if let Some(relation) = self.sum {
            Row::new(width).block(1, ones(width - 1)).add(&mut program, relation, 1.0);
        }
        Ok(program.solve()?)
    }
}
