//! The free disposal hull in any direction: each unit is compared with single units, in closed form.
//!
//! β = max over the units j of the least of (x_o − x_j) / g_x and (y_j − y_o) / g_y; a variable without direction must be
//! as good already. (Cherchye, Kuosmanen, Post 2001.)

use mizan_stats::lp::Certificate;

use crate::envelopment::{Distance, Question, Unmeasured};
use crate::technology::Data;

pub(super) fn distance(reference: &Data, question: &Question<'_>) -> Result<Distance, Unmeasured> {
    let inputs = reference.inputs.ncols();
    if question.direction.iter().all(|number| *number == 0.0) {
        return Err(Unmeasured::NoDirection);
    }
    // How much better unit j is in a variable.
    let surplus = |unit: usize, row: usize| {
        if row < inputs {
            question.point[row] - reference.inputs[(unit, row)]
        } else {
            reference.outputs[(unit, row - inputs)] - question.point[row]
        }
    };
    let step = |unit: usize| -> f64 {
        (0..question.point.len()).fold(f64::INFINITY, |least, row| {
            let (gain, direction) = (surplus(unit, row), question.direction[row]);
            if direction > 0.0 {
                least.min(gain / direction)
            } else if gain < 0.0 {
                f64::NEG_INFINITY
            } else {
                least
            }
        })
    };
    let waste = |unit: usize, step: f64| -> f64 {
        (0..question.point.len()).map(|row| surplus(unit, row) - step * question.direction[row]).sum()
    };
    let mut best: Option<(f64, usize)> = None;
    let mut ties = 0;
    for unit in (0..reference.units()).filter(|unit| !(question.is_excluded && question.own == Some(*unit))) {
        let found = step(unit);
        if found == f64::NEG_INFINITY {
            continue;
        }
        match best {
            Some((most, at)) if found == most => {
                ties += 1;
                if waste(unit, found) > waste(at, most) {
                    best = Some((found, unit));
                }
            }
            Some((most, _)) if found < most => {}
            _ => (best, ties) = (Some((found, unit)), 0),
        }
    }
    let (step, unit) = best.ok_or(Unmeasured::Infeasible)?;
    let mut slacks: Vec<f64> =
        (0..question.point.len()).map(|row| (surplus(unit, row) - step * question.direction[row]).max(0.0)).collect();
    let output_slacks = slacks.split_off(inputs);
    Ok(Distance {
        step,
        lambdas: vec![(unit, 1.0)],
        input_slacks: slacks,
        output_slacks,
        // A hull of steps has no prices.
        input_prices: Vec::new(),
        output_prices: Vec::new(),
        is_unique: ties == 0,
        certificate: Certificate { primal: 0.0, dual: 0.0, gap: 0.0 },
    })
}
