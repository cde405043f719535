//! Numbers that the pages work by hand: found again, or no plot is made.

use std::error::Error;

use mizan_frontier::additive::{Weights, additive};
use mizan_frontier::hyperbolic::hyperbolic;
use mizan_frontier::metafrontier::{Union, metafrontier};
use mizan_frontier::nonradial::Sides;
use mizan_frontier::orientation::Orientation;
use mizan_frontier::productivity::{Frontiers, Panel, malmquist};
use mizan_frontier::radial::{Model, Scored, Towards, scale, scores};
use mizan_frontier::ruggiero::ruggiero;
use mizan_frontier::russell::russell_input;
use mizan_frontier::slacks_based::slacks_based;
use mizan_frontier::technology::{Data, Returns};
use mizan_frontier::window::{summaries, windows};
use mizan_frontier::{order_alpha, order_m};
use nalgebra::DMatrix;

use crate::hull::all;
use crate::plot::Outcome;

fn near(page: &str, found: &[f64], by_hand: &[f64]) -> Outcome {
    let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 5e-5;
    if found.len() == by_hand.len() && found.iter().zip(by_hand).all(close) {
        Ok(())
    } else {
        Err(format!("{page}: {found:?} are not {by_hand:?}").into())
    }
}

/// A (2, 1), B (4, 4), C (8, 6), D (6, 3): one input, one output.
fn four() -> Result<Data, Box<dyn Error>> {
    let column = |values: &[f64]| DMatrix::from_column_slice(4, 1, values);
    Ok(Data::new(column(&[2.0, 4.0, 8.0, 6.0]), column(&[1.0, 4.0, 6.0, 3.0]))?)
}

/// A (2, 2) and E (2, 4) for one output each.
fn two() -> Result<Data, Box<dyn Error>> {
    Ok(Data::new(DMatrix::from_row_slice(2, 2, &[2.0, 2.0, 2.0, 4.0]), DMatrix::from_element(2, 1, 1.0))?)
}

fn scored(data: &Data, model: &Model) -> Result<Vec<Scored>, Box<dyn Error>> {
    all(scores(data, model)?)
}

/// envelopment.md.
pub fn radial() -> Outcome {
    let data = four()?;
    let of = |returns, orientation| scored(&data, &Model::radial(returns, orientation));
    let constant = of(Returns::Constant, Orientation::Input)?;
    near("envelopment.md, CRS", &[constant[3].score, constant[2].score], &[0.5, 0.75])?;
    let variable = of(Returns::Variable, Orientation::Input)?;
    near("envelopment.md, VRS", &[variable[3].score, variable[2].score], &[0.55556, 1.0])?;
    let peers: Vec<f64> = variable[3].distance.lambdas.iter().map(|(_, share)| *share).collect();
    near("envelopment.md, peers", &peers, &[0.33333, 0.66667])?;
    let outputs =
        [of(Returns::Constant, Orientation::Output)?[3].score, of(Returns::Variable, Orientation::Output)?[3].score];
    near("envelopment.md, output", &outputs, &[2.0, 1.66667])?;
    let scale = all(scale(&data, Orientation::Input)?)?;
    near("envelopment.md, scale", &[scale[3].efficiency, scale[2].efficiency], &[0.9, 0.75])?;
    if (scale[3].returns.word(), scale[2].returns.word()) != ("increasing", "decreasing") {
        return Err("envelopment.md: returns to scale".into());
    }
    let circumstances = DMatrix::from_column_slice(4, 1, &[1.0, 3.0, 2.0, 2.0]);
    for (returns, by_hand) in [(Returns::Constant, 0.66667), (Returns::Variable, 0.73333)] {
        let found = ruggiero(&data, &circumstances, &Model::radial(returns, Orientation::Input))?.remove(3);
        near("envelopment.md, circumstances", &[found.scored?.score, found.comparable as f64], &[by_hand, 3.0])?;
    }
    let second = &scored(&two()?, &Model::radial(Returns::Constant, Orientation::Input))?[1];
    near("envelopment.md, slack", &[second.score, second.distance.input_slacks[1]], &[1.0, 2.0])
}

/// directional-and-slacks-based.md.
pub fn beyond_radial() -> Outcome {
    let (two, four) = (two()?, four()?);
    let constant = Model::radial(Returns::Constant, Orientation::Input);
    let second = additive(&two, Returns::Constant, &Weights::Unit)?.remove(1)?.objective;
    let measures = [
        slacks_based(&two, None, Returns::Constant, Sides::Both)?.remove(1)?.score,
        russell_input(&two, Returns::Constant)?.remove(1)?.score,
    ];
    near("additive, SBM, Russell of E", &[second, measures[0], measures[1]], &[2.0, 0.75, 0.75])?;
    let towards = |inputs: [f64; 2]| Towards::Fixed { inputs: inputs.to_vec(), outputs: vec![0.0] };
    let step = |inputs| -> Result<f64, Box<dyn Error>> {
        Ok(scored(&two, &Model { towards: towards(inputs), ..constant.clone() })?[1].score)
    };
    near("directional", &[step([2.0, 4.0])?, step([0.0, 4.0])?], &[0.0, 0.5])?;
    let root = hyperbolic(&four, Returns::Constant)?.remove(3)?.score;
    let without = scored(&four, &Model { is_super: true, ..constant })?[1].score;
    near("hyperbolic and super-efficiency", &[root, without], &[0.5_f64.sqrt(), 1.33333])?;
    let ranges = additive(&four, Returns::Variable, &Weights::Range)?.remove(3)?;
    near("RAM", &[ranges.efficiency.unwrap_or(f64::NAN)], &[0.73333])
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
    let ratios = |values: &[f64]| -> Result<Data, Box<dyn Error>> {
        let count = values.len();
        Ok(Data::new(DMatrix::from_element(count, 1, 1.0), DMatrix::from_column_slice(count, 1, values))?)
    };
    let panel = Panel {
        units: ["best", "unit", "best", "unit"].map(str::to_owned).to_vec(),
        years: vec![1, 1, 2, 2],
        data: ratios(&[1.25, 1.0, 1.6, 1.44])?,
    };
    for orientation in [Orientation::Input, Orientation::Output] {
        let change = malmquist(&panel, Returns::Constant, orientation, Frontiers::Contemporaneous)?.remove(1).parts?;
        let found = [change.efficiency, change.index, change.technique];
        near("productivity-over-time.md", &found, &[1.125, 1.44, 1.28])?;
        near("productivity-over-time.md, distances", &change.efficiencies, &[0.8, 0.9, 1.152, 0.625])?;
    }
    let panel = Panel {
        units: ["A", "A", "A", "B", "B"].map(str::to_owned).to_vec(),
        years: vec![1, 2, 3, 1, 3],
        data: ratios(&[1.0, 2.0, 4.0, 2.0, 4.0])?,
    };
    let of = summaries(&panel, &windows(&panel, None, Returns::Constant, Orientation::Input)?).remove(0);
    let found = [of.mean, of.variance, of.within_period, of.overall].map(|number| number.unwrap_or(f64::NAN));
    near("productivity-over-time.md, windows", &found, &[0.75, 0.08333, 0.5, 0.5])?;
    let groups = ["land", "land", "sea"].map(str::to_owned);
    let offices = ratios(&[1.0, 0.8, 1.25])?;
    let found = metafrontier(&offices, &groups, Returns::Constant, Orientation::Input, Union::Separate)?.remove(1)?;
    near("productivity-over-time.md, metafrontier", &[found.group, found.all, found.ratio], &[0.8, 0.64, 0.8])
}
