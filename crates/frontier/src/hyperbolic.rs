//! The hyperbolic measure: inputs fall and outputs rise by one factor, Σλx ≤ θx_o and Σλy ≥ y_o/θ (Färe, Grosskopf,
//! Lovell 1985).
//!
//! Under constant returns θ is the square root of the radial input score. Otherwise the point (θx_o, y_o/θ) is followed
//! to the frontier: a facet with prices v and u and the constant w lets no θ below the root of v·x_o θ − u·y_o/θ + w = 0
//! be reached, and the facet behind that point is the next one. That is Newton's method for a convex function made of
//! finitely many pieces, so it ends at the exact root. (Directional distances as the way to the hyperbolic one: Färe,
//! Margaritis, Rouse, Roshdi, *Estimating the hyperbolic distance function*, European Journal of Operational Research 254,
//! 2016.)

use rayon::prelude::*;

use crate::envelopment::{Asker, Distance, Question, Technology, Unmeasured};
use crate::nonradial::{Peers, Refused};
use crate::technology::{Data, Returns};

#[cfg(test)]
mod tests;

/// A point less than this beyond the frontier, as a share of itself, is on it.
const REACHED: f64 = 1e-12;
/// Facets that are looked at before the search is given up; three to five are usual.
const MOST: usize = 100;

/// Score of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Hyperbolic {
    /// θ, not below 0 and at most 1.
    pub score: f64,
    /// Units that make a point no worse than (θx_o, y_o/θ).
    pub peers: Peers,
}

/// Computes θ of each unit.
///
/// # Errors
/// [`Refused::Returns`] for the free disposal hull; [`Refused::Spread`] where values differ too much in size.
pub fn hyperbolic(data: &Data, returns: Returns) -> Result<Vec<Result<Hyperbolic, Unmeasured>>, Refused> {
    if returns == Returns::FreeDisposalHull {
        return Err(Refused::Returns(returns));
    }
    data.check_spread()?;
    let mut technology = Technology::new(data, returns, &[]);
    technology.learn(data.units(), |unit| {
        let point = data.point(unit);
        let direction = direction(data, returns, &point);
        (point, direction)
    });
    let solve = |asker: &mut Asker<'_>, unit: usize| {
        let point = data.point(unit);
        if returns == Returns::Constant {
            by_root(data, &point, asker)
        } else {
            by_facets(data, returns, &point, asker)
        }
    };
    Ok((0..data.units()).into_par_iter().map_init(|| technology.asker(), solve).collect())
}

/// Inputs alone under constant returns, else both sides.
fn direction(data: &Data, returns: Returns, point: &[f64]) -> Vec<f64> {
    let mut direction = point.to_vec();
    if returns == Returns::Constant {
        direction[data.inputs.ncols()..].fill(0.0);
    }
    direction
}

fn distance(asker: &mut Asker<'_>, point: &[f64], direction: &[f64]) -> Result<Distance, Unmeasured> {
    asker.distance(&Question { point, direction, own: None, is_excluded: false, with_slacks: false })
}

fn by_root(data: &Data, point: &[f64], asker: &mut Asker<'_>) -> Result<Hyperbolic, Unmeasured> {
    let found = distance(asker, point, &direction(data, Returns::Constant, point))?;
    let score = (1.0 - found.step).clamp(0.0, 1.0).sqrt();
    // Peers of (θ²x, y), made larger by 1/θ.
    let peers = found.lambdas.into_iter().map(|(peer, share)| (peer, share / score)).collect();
    Ok(Hyperbolic { score, peers })
}

fn by_facets(data: &Data, returns: Returns, point: &[f64], asker: &mut Asker<'_>) -> Result<Hyperbolic, Unmeasured> {
    let inputs = data.inputs.ncols();
    let direction = direction(data, returns, point);
    let worth = |prices: &[f64], numbers: &[f64]| -> f64 { prices.iter().zip(numbers).map(|(p, n)| p * n).sum() };
    let (mut score, mut moved) = (1.0_f64, point.to_vec());
    for _ in 0..MOST {
        for (row, (place, number)) in moved.iter_mut().zip(point).enumerate() {
            *place = if row < inputs { number * score } else { number / score };
        }
        let found = distance(asker, &moved, &direction)?;
        let rise = worth(&found.input_prices, &point[..inputs]);
        let fall = worth(&found.output_prices, &point[inputs..]);
        let next = root(rise, fall, found.step - rise * score + fall / score);
        // The first point is inside; each later one is on the frontier, or beyond it.
        if (found.step.abs() <= REACHED && next <= score + REACHED) || (score < 1.0 && found.step > 0.0) {
            return Ok(Hyperbolic { score, peers: found.lambdas });
        }
        if next <= REACHED {
            // Nothing is made and nothing has to be used: any share of the inputs will do.
            return Ok(Hyperbolic { score: 0.0, peers: found.lambdas });
        }
        score = next.min(1.0);
    }
    Err(Unmeasured::Unproved)
}

/// The θ above zero with rise·θ − fall/θ + constant = 0, in the form without cancellation.
fn root(rise: f64, fall: f64, constant: f64) -> f64 {
    let width = (constant * constant + 4.0 * rise * fall).sqrt();
    if constant > 0.0 { 2.0 * fall / (constant + width) } else { (width - constant) / (2.0 * rise) }
}
