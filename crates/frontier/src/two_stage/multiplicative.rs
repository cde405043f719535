//! Efficiency of the whole as the product of the stages' (Kao, Hwang 2008).

use nalgebra::DMatrix;
use rayon::prelude::*;

use super::{Chain, Sides};
use crate::nonradial::{Refused, Unsolved};

/// Efficiencies of the stages whose product is that of the whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stages {
    /// Of the first stage, w·z_o / v·x_o. NaN where the whole is 0 because the second stage is.
    pub first: f64,
    /// Of the second stage, u·y_o / w·z_o. NaN where the whole is 0 because the first stage is.
    pub second: f64,
}

/// A unit's efficiency and both ends of its decomposition, which is seldom unique.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MultiplicativeStages {
    /// E = E1 E2.
    pub overall: f64,
    /// With the first stage as good as E allows.
    pub first_best: Stages,
    /// With the second stage as good as E allows.
    pub second_best: Stages,
}

impl MultiplicativeStages {
    /// Whether both ends agree to 1e-9, so that the decomposition is unique.
    pub fn is_unique(&self) -> bool {
        (self.first_best.first - self.second_best.first).abs() <= 1e-9
            && (self.first_best.second - self.second_best.second).abs() <= 1e-9
    }
}

/// Computes max u·y_o with v·x_o = 1, w·z_j ≤ v·x_j, u·y_j ≤ w·z_j, and the decomposition, under constant returns.
///
/// Tables are units by variables, not negative. For variable returns use
/// [`two_stage_additive`](super::two_stage_additive): with intercepts the product is no linear program.
pub fn two_stage_multiplicative(
    inputs: &DMatrix<f64>,
    intermediates: &DMatrix<f64>,
    outputs: &DMatrix<f64>,
) -> Result<Vec<Result<MultiplicativeStages, Unsolved>>, Refused> {
    let chain = Chain::new(inputs, intermediates, outputs)?;
    Ok((0..chain.units()).into_par_iter().map(|unit| solve(&chain, unit)).collect())
}

fn solve(chain: &Chain, unit: usize) -> Result<MultiplicativeStages, Unsolved> {
    let zero = [0.0];
    let whole =
        Sides { inputs: &[1.0], intermediates: &zero, intermediate_bound: 0.0, outputs: &zero, output_bound: 1.0 };
    let overall = chain.solve(unit, &[1.0], &whole, |_, _, _| {})?.objective;
    // Free variables: of v·x_o = 1 (or w·z_o = 1), and of the whole's score kept, u·y_o − E v·x_o = 0.
    let first = Sides {
        inputs: &[1.0, -overall],
        intermediates: &[0.0, 0.0],
        intermediate_bound: 1.0,
        outputs: &[0.0, 1.0],
        output_bound: 0.0,
    };
    let first = chain.solve(unit, &[1.0, 0.0], &first, |_, _, _| {})?.objective;
    let second = Sides {
        inputs: &[0.0, -overall],
        intermediates: &[1.0, 0.0],
        intermediate_bound: 0.0,
        outputs: &[0.0, 1.0],
        output_bound: 1.0,
    };
    let second = chain.solve(unit, &[1.0, 0.0], &second, |_, _, _| {})?.objective;
    let rest = |part: f64| if part > 0.0 { overall / part } else { f64::NAN };
    Ok(MultiplicativeStages {
        overall,
        first_best: Stages { first, second: rest(first) },
        second_best: Stages { first: rest(second), second },
    })
}
