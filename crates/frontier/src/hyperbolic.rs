//! The hyperbolic measure: inputs fall and outputs rise by one factor, Σλx ≤ θx_o and Σλy ≥ y_o/θ (Färe, Grosskopf,
//! Lovell 1985).

use rayon::prelude::*;

use crate::nonradial::envelopment::Envelopment;
use crate::nonradial::rows::{Scaled, peers, sum_of_intensities};
use crate::nonradial::{Peers, Refused, Unsolved};
use crate::technology::{Data, Returns};

#[cfg(test)]
mod tests;

/// Width of the interval at which the bisection ends.
const TOLERANCE: f64 = 1e-10;

/// Score of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Hyperbolic {
    /// θ, above 0 and at most 1: exact under constant returns, else at most 1e-10 above the exact value.
    pub score: f64,
    /// Units that make a point no worse than (θx_o, y_o/θ).
    pub peers: Peers,
}

/// Computes θ of each unit.
///
/// Under constant returns θ is the square root of the radial input score. Otherwise the least θ for which the point
/// lies in the technology is found by bisection, as a point that can be reached can also be reached with more input
/// and less output. Refused: the free disposal hull.
pub fn hyperbolic(data: &Data, returns: Returns) -> Result<Vec<Result<Hyperbolic, Unsolved>>, Refused> {
    let sum = sum_of_intensities(returns)?;
    let (inputs, outputs) = (Scaled::new(&data.inputs), Scaled::new(&data.outputs));
    let technology = Envelopment { inputs: &inputs, outputs: &outputs, sum };
    Ok((0..inputs.units()).into_par_iter().map(|unit| solve(&technology, unit)).collect())
}

fn solve(technology: &Envelopment<'_>, unit: usize) -> Result<Hyperbolic, Unsolved> {
    let (x, y) = (technology.inputs.row(unit), technology.outputs.row(unit));
    // The unit itself is in the technology, so this has a solution, and no θ below is needed to start from.
    let mut best = technology.radial_input(&x, &y)?;
    if technology.sum.is_none() {
        let score = best.objective.max(0.0).sqrt();
        // Peers of (θ²x, y), made larger by 1/θ.
        let intensities = best.values[1..].iter().map(|value| value / score).enumerate();
        return Ok(Hyperbolic { score, peers: peers(intensities) });
    }
    let (mut out, mut within) = (0.0, 1.0);
    while within - out > TOLERANCE {
        let middle = 0.5 * (within + out);
        let inputs: Vec<f64> = x.iter().map(|value| value * middle).collect();
        let outputs: Vec<f64> = y.iter().map(|value| value / middle).collect();
        match technology.radial_input(&inputs, &outputs) {
            Ok(solution) if solution.objective <= 1.0 => {
                within = middle;
                best = solution;
            }
            // The point lies beyond: more input would be needed, or no amount of input makes such outputs.
            Ok(_) | Err(Unsolved::Program(mizan_stats::lp::NoSolution::Infeasible)) => out = middle,
            Err(reason) => return Err(reason),
        }
    }
    Ok(Hyperbolic { score: within, peers: peers(best.values[1..].iter().copied().enumerate()) })
}
