//! Efficiency of the whole as a weighted mean of the stages', with weights in the size of the stages (Chen, Cook, Li,
//! Zhu 2009).

use mizan_stats::lp::Relation;
use nalgebra::DMatrix;
use rayon::prelude::*;

use super::{Chain, Sides};
use crate::nonradial::rows::{Row, ones};
use crate::nonradial::{Refused, Side, Unsolved};
use crate::technology::Returns;

/// Efficiencies of the stages whose weighted mean is that of the whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedStages {
    /// Of the first stage. Under variable returns it can be negative, as its intercept is free.
    pub first: f64,
    /// Of the second stage; likewise.
    pub second: f64,
    /// Weight of the first stage: v·x_o / (v·x_o + w·z_o). The second has the rest.
    pub weight_of_first: f64,
}

/// A unit's efficiency and both ends of its decomposition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdditiveStages {
    /// (w·z_o + u·y_o) / (v·x_o + w·z_o), with intercepts under variable returns.
    pub overall: f64,
    /// With the first stage as good as the whole allows; the second and the weight follow from these prices.
    pub first_best: Result<WeightedStages, Unsolved>,
    /// With the second stage as good as the whole allows.
    pub second_best: Result<WeightedStages, Unsolved>,
}

/// Computes max w·z_o + u·y_o with v·x_o + w·z_o = 1, w·z_j ≤ v·x_j, u·y_j ≤ w·z_j, and the decomposition; under
/// variable returns with a free intercept a stage.
///
/// Refused: returns other than constant or variable. An end is unsolved where a stage has no weight in any solution.
pub fn two_stage_additive(
    inputs: &DMatrix<f64>,
    intermediates: &DMatrix<f64>,
    outputs: &DMatrix<f64>,
    returns: Returns,
) -> Result<Vec<Result<AdditiveStages, Unsolved>>, Refused> {
    let is_variable = match returns {
        Returns::Constant => false,
        Returns::Variable => true,
        other => return Err(Refused::Returns(other)),
    };
    let chain = Chain::new(inputs, intermediates, outputs)?;
    Ok((0..chain.units()).into_par_iter().map(|unit| solve(&chain, unit, is_variable)).collect())
}

fn solve(chain: &Chain, unit: usize, is_variable: bool) -> Result<AdditiveStages, Unsolved> {
    let whole =
        Sides { inputs: &[1.0], intermediates: &[1.0], intermediate_bound: 1.0, outputs: &[0.0], output_bound: 1.0 };
    let overall = intercepted(chain, unit, &[1.0], &whole, is_variable, &[0.0], [1.0, 1.0])?.objective;

    // First stage best: v·x_o = 1 and (1 − θ) w·z_o + u·y_o + u₁ + u₂ = θ.
    let sides = Sides {
        inputs: &[1.0, 0.0],
        intermediates: &[0.0, 1.0 - overall],
        intermediate_bound: 1.0,
        outputs: &[0.0, 1.0],
        output_bound: 0.0,
    };
    let first_best =
        intercepted(chain, unit, &[1.0, overall], &sides, is_variable, &[0.0, 1.0], [1.0, 0.0]).and_then(|solution| {
            let (first, z) = (solution.objective, chain.worth_of_intermediates(unit, &solution));
            // Where intermediate products have no worth, the second stage has no score.
            let worthless = Unsolved::Zero { side: Side::Intermediate, variable: 0 };
            let second = if z > 0.0 { (overall * (1.0 + z) - first) / z } else { return Err(worthless) };
            Ok(WeightedStages { first, second, weight_of_first: 1.0 / (1.0 + z) })
        });

    // Second stage best: w·z_o = 1 and u·y_o + u₁ + u₂ − θ v·x_o = θ − 1.
    let sides = Sides {
        inputs: &[0.0, -overall],
        intermediates: &[1.0, 0.0],
        intermediate_bound: 0.0,
        outputs: &[0.0, 1.0],
        output_bound: 1.0,
    };
    let second_best = intercepted(chain, unit, &[1.0, overall - 1.0], &sides, is_variable, &[0.0, 1.0], [0.0, 1.0])
        .and_then(|solution| {
            let (second, x) = (solution.objective, chain.worth_of_inputs(unit, &solution));
            let worthless = Unsolved::Zero { side: Side::Input, variable: 0 };
            let first = if x > 0.0 { (overall * (x + 1.0) - second) / x } else { return Err(worthless) };
            Ok(WeightedStages { first, second, weight_of_first: x / (x + 1.0) })
        });
    Ok(AdditiveStages { overall, first_best, second_best })
}

/// Under variable returns the free intercept of each stage adds a row: kept·f + Σλ = goal of the first, and likewise
/// with μ of the second; `kept` are the intercepts' coefficients in the normalisations of the prices.
fn intercepted(
    chain: &Chain,
    unit: usize,
    costs: &[f64],
    sides: &Sides<'_>,
    is_variable: bool,
    kept: &[f64],
    goals: [f64; 2],
) -> Result<mizan_stats::lp::Solution, Unsolved> {
    let n = chain.units();
    chain.solve(unit, costs, sides, |program, free, width| {
        if is_variable {
            for (stage, goal) in goals.into_iter().enumerate() {
                let row = Row::new(width).block(0, kept.iter().copied()).block(free + stage * n, ones(n));
                row.add(program, Relation::Equal, goal);
            }
        }
    })
}
