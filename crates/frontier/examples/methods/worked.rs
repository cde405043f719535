//! Numbers that the pages work by hand and that no test of the crate holds: found again, or no plot is made.

use std::error::Error;

use mizan_frontier::orientation::Orientation;
use mizan_frontier::{order_alpha, order_m};
use nalgebra::DMatrix;

use crate::hull::{radial, slacks_based};
use crate::plot::Outcome;

fn near(page: &str, found: &[f64], by_hand: &[f64]) -> Outcome {
    let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 5e-5;
    if found.len() == by_hand.len() && found.iter().zip(by_hand).all(close) {
        Ok(())
    } else {
        Err(format!("{page}: {found:?} are not {by_hand:?}").into())
    }
}

/// envelopment.md and directional-and-slacks-based.md: A (2, 1), B (4, 4), C (8, 6), D (6, 3).
pub fn hulls() -> Outcome {
    let x = DMatrix::from_column_slice(4, 1, &[2.0, 4.0, 8.0, 6.0]);
    let y = DMatrix::from_column_slice(4, 1, &[1.0, 4.0, 6.0, 3.0]);
    let score = |unit: usize, is_variable| radial(&[x[unit]], &[y[unit]], (&x, &y), is_variable);
    near("envelopment.md, CRS", &[score(3, false)?, score(2, false)?], &[0.5, 0.75])?;
    near("envelopment.md, VRS", &[score(3, true)?, score(2, true)?], &[0.55556, 1.0])?;
    let rest = (x.clone().remove_row(1), y.clone().remove_row(1));
    near("super-efficiency", &[radial(&[4.0], &[4.0], (&rest.0, &rest.1), false)?], &[1.33333])?;
    let two = DMatrix::from_row_slice(2, 2, &[2.0, 2.0, 2.0, 4.0]);
    let one = DMatrix::from_element(2, 1, 1.0);
    near("slacks", &[slacks_based(&two, &one, 1)?, radial(&[2.0, 4.0], &[1.0], (&two, &one), false)?], &[0.75, 1.0])
}

/// partial-frontiers.md: ratios 0.4, 0.6 and 1.
pub fn partial() -> Outcome {
    let x = DMatrix::from_column_slice(3, 1, &[10.0, 4.0, 6.0]);
    let y = DMatrix::from_element(3, 1, 1.0);
    let whole = |scores: Vec<Option<f64>>| scores[0].unwrap_or(f64::NAN);
    let m = whole(order_m::scores(&x, &y, Orientation::Input, 2)?);
    let alpha = whole(order_alpha::scores(&x, &y, Orientation::Input, 0.5)?);
    near("partial-frontiers.md", &[m, alpha], &[0.53333, 0.6])
}

/// productivity-over-time.md: best ratios 1.25 and 1.6, the unit's 1.0 and 1.44; groups of best ratios 1.0 and 1.25.
pub fn productivity() -> Outcome {
    let theta = |own: f64, best: f64| -> Result<f64, Box<dyn Error>> {
        let reference = (DMatrix::from_element(1, 1, 1.0), DMatrix::from_element(1, 1, best));
        radial(&[1.0], &[own], (&reference.0, &reference.1), false)
    };
    let (e00, e11) = (theta(1.0, 1.25)?, theta(1.44, 1.6)?);
    let (e01, e10) = (theta(1.44, 1.25)?, theta(1.0, 1.6)?);
    let index = (e01 / e00 * e11 / e10).sqrt();
    near("productivity-over-time.md", &[e11 / e00, index, index * e00 / e11], &[1.125, 1.44, 1.28])?;
    let ratio = theta(0.8, 1.25)? / theta(0.8, 1.0)?;
    near("productivity-over-time.md, metafrontier", &[ratio], &[0.8])
}
