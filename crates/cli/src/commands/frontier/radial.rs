//! Radial, directional and super-efficiency, and units of several kinds.

use mizan_frontier::envelopment::TradeOff;
use mizan_frontier::metafrontier::{Union, metafrontier};
use mizan_frontier::orientation::Orientation;
use mizan_frontier::outliers::{Thresholds, outliers};
use mizan_frontier::radial::{Model, Scored, Towards, scale, scores};
use mizan_frontier::slacks_based::super_slacks_based;

use super::answer::{Answer, cells, header, peers, prefixed, yes};
use super::circumstances::{Beside, beside};
use super::units::{Units, orientation, oriented, returns, sides};
use crate::arguments::{
    DeaArguments, DirectionalArguments, LimitArguments, MetaArguments, ReturnsChoice, SuperArguments, SuperMeasure,
    UnionChoice,
};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::output::Cell;

/// From where on a unit is marked as one to look at: the threshold of super-efficiency that is often used, and a peer of
/// every second unit.
const THRESHOLDS: Thresholds = Thresholds { super_efficiency: 1.2, peer_share: 0.5 };

/// `mizan frontier dea`.
pub fn dea(arguments: &DeaArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let data = units.quantities(session)?;
    let orientation = orientation(arguments.orientation.orientation);
    if arguments.scale && arguments.returns.rts == ReturnsChoice::Fdh {
        return Err(Failure::usage("the free disposal hull has no scale efficiency")
            .help("leave `--scale` out, or choose other returns"));
    }
    let mut model = Model::radial(returns(arguments.returns.rts), orientation);
    limit(&mut model, &arguments.limits, &units)?;
    let (side, stays) = match orientation {
        Orientation::Input => ("in", model.fixed_outputs.first().map(|at| &units.outputs[*at])),
        Orientation::Output => ("out", model.fixed_inputs.first().map(|at| &units.inputs[*at])),
    };
    if let Some(name) = stays {
        return Err(Failure::usage(format!(
            "`--fixed {name}` has no effect with `--orientation {side}`, under which it stays anyway"
        ))
        .help("leave it out, or ask for the other side with `--orientation`"));
    }
    let Beside { scored, comparable } = beside(&units, &data, &model, &arguments.circumstances, session)?;
    let scales =
        arguments.scale.then(|| scale(&data, orientation)).transpose().map_err(|error| units.refused(&error))?;
    let mut columns = header(&["score"], &[], &[]);
    if comparable.is_some() {
        columns.push("comparable".to_owned());
    }
    if arguments.scale {
        columns.extend(["score_crs", "score_vrs", "scale_efficiency", "returns"].map(str::to_owned));
    }
    columns.extend(details(&units));
    let mut answer = Answer::new(&units, &columns);
    for (row, scored) in scored.into_iter().enumerate() {
        if let Ok(scored) = &scored {
            answer.count_if_ambiguous(scored.distance.is_unique);
        }
        let line = scored.map(|scored| {
            let mut line: Vec<Cell> = vec![Some(scored.score).into()];
            line.extend(comparable.as_ref().map(|comparable| comparable[row].into()));
            if let Some(scales) = &scales {
                line.extend(match &scales[row] {
                    Ok(scale) => vec![
                        Some(scale.constant).into(),
                        Some(scale.variable).into(),
                        Some(scale.efficiency).into(),
                        scale.returns.word().into(),
                    ],
                    Err(_) => vec![None.into(), None.into(), None.into(), "".into()],
                });
            }
            line.extend(detail(&scored, &units));
            line
        });
        answer.add(row, line);
    }
    answer.write(&arguments.output, session)
}

/// `mizan frontier directional`.
pub fn directional(arguments: &DirectionalArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let data = units.quantities(session)?;
    let mut model = Model::radial(returns(arguments.returns.rts), Orientation::Input);
    model.towards = towards(&arguments.direction, &units)?;
    limit(&mut model, &arguments.limits, &units)?;
    let scored = scores(&data, &model).map_err(|error| units.refused(&error))?;
    let mut answer = Answer::new(&units, &[vec!["score".to_owned()], details(&units)].concat());
    for (row, scored) in scored.into_iter().enumerate() {
        if let Ok(scored) = &scored {
            answer.count_if_ambiguous(scored.distance.is_unique);
        }
        answer.add(row, scored.map(|scored| [vec![Some(scored.score).into()], detail(&scored, &units)].concat()));
    }
    answer.write(&arguments.output, session)
}

/// `mizan frontier super`.
pub fn super_efficiency(arguments: &SuperArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let data = units.quantities(session)?;
    let returns = returns(arguments.returns.rts);
    if arguments.sides.is_some() && arguments.measure != SuperMeasure::Slacks {
        return Err(Failure::usage("`--sides` has no effect on radial scores").help("add `--measure slacks`"));
    }
    if arguments.measure == SuperMeasure::Slacks {
        let sides = arguments.sides.map_or_else(|| oriented(arguments.orientation.orientation), sides);
        let scored = super_slacks_based(&data, returns, sides).map_err(|error| units.refused(&error))?;
        let points = prefixed("point", &[&units.inputs, &units.outputs]);
        let mut answer = Answer::new(&units, &header(&["score"], &[points], &["peers", "unique"]));
        for (row, scored) in scored.into_iter().enumerate() {
            answer.add(
                row,
                scored.map(|scored| {
                    let mut line = vec![Some(scored.score).into()];
                    line.extend(cells(&[&scored.inputs, &scored.outputs]));
                    line.extend([peers(&scored.peers, &units.ids), yes(scored.is_unique)]);
                    line
                }),
            );
        }
        return answer.write(&arguments.output, session);
    }
    let ordinary = Model::radial(returns, orientation(arguments.orientation.orientation));
    let peers: Vec<_> = scores(&data, &ordinary)
        .map_err(|error| units.refused(&error))?
        .into_iter()
        .map(|scored| scored.map(|scored| scored.distance.lambdas).unwrap_or_default())
        .collect();
    let scored = scores(&data, &Model { is_super: true, ..ordinary }).map_err(|error| units.refused(&error))?;
    let numbers: Vec<f64> =
        scored.iter().map(|scored| scored.as_ref().map_or(f64::NAN, |scored| scored.score)).collect();
    let flagged = outliers(&numbers, orientation(arguments.orientation.orientation), &peers, THRESHOLDS);
    let flags = |row: usize| -> Cell {
        let Some(found) = flagged.iter().find(|found| found.unit == row) else { return "".into() };
        let words = [
            (found.is_far_ahead, "far_ahead"),
            (found.is_beyond_reach, "beyond_reach"),
            (found.is_measure_of_many, "measure_of_many"),
        ];
        words.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect::<Vec<_>>().join(" ").into()
    };
    let mut answer = Answer::new(&units, &[header(&["score", "outlier"], &[], &[]), details(&units)].concat());
    for (row, scored) in scored.into_iter().enumerate() {
        let line = |scored: Scored| [vec![Some(scored.score).into(), flags(row)], detail(&scored, &units)].concat();
        answer.add(row, scored.map(line));
    }
    answer.write(&arguments.output, session)
}

/// `mizan frontier meta`.
pub fn meta(arguments: &MetaArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let data = units.quantities(session)?;
    let column = units.sheet.needed(&arguments.group)?;
    let groups: Vec<String> =
        (0..units.ids.len()).map(|row| units.sheet.text(row, column).unwrap_or_default().to_owned()).collect();
    let union = match arguments.union {
        UnionChoice::Separate => Union::Separate,
        UnionChoice::Convex => Union::Convex,
    };
    let orientation = orientation(arguments.orientation.orientation);
    let scored = metafrontier(&data, &groups, returns(arguments.returns.rts), orientation, union)
        .map_err(|error| units.refused(&error))?;
    let mut answer = Answer::new(&units, &header(&["group", "score", "score_all", "ratio"], &[], &[]));
    for (row, scored) in scored.into_iter().enumerate() {
        answer.add(
            row,
            scored.map(|scored| {
                let group = groups[row].as_str().into();
                vec![group, Some(scored.group).into(), Some(scored.all).into(), Some(scored.ratio).into()]
            }),
        );
    }
    answer.write(&arguments.output, session)
}

fn details(units: &Units) -> Vec<String> {
    let both: [&[String]; 2] = [&units.inputs, &units.outputs];
    header(&["peers", "unique"], &[prefixed("slack", &both), prefixed("target", &both), prefixed("price", &both)], &[])
}

fn detail(scored: &Scored, units: &Units) -> Vec<Cell> {
    let distance = &scored.distance;
    let mut line = vec![peers(&distance.lambdas, &units.ids), yes(distance.is_unique)];
    line.extend(cells(&[&distance.input_slacks, &distance.output_slacks]));
    line.extend(cells(&[&scored.input_targets, &scored.output_targets]));
    line.extend(cells(&[&distance.input_prices, &distance.output_prices]));
    line
}

/// The same direction for all, where one is given.
fn towards(given: &[String], units: &Units) -> Result<Towards, Failure> {
    if given.is_empty() {
        return Ok(Towards::Proportional);
    }
    let (mut inputs, mut outputs) = (vec![0.0; units.inputs.len()], vec![0.0; units.outputs.len()]);
    for part in given {
        let wrong =
            || Failure::usage(format!("`{part}` is no direction")).help("write `--direction staff=5,declarations=100`");
        let (name, number) = part.split_once('=').ok_or_else(wrong)?;
        let number: f64 = number.trim().parse().map_err(|_| wrong())?;
        match units.place(name.trim())? {
            (place, true) => inputs[place] = number,
            (place, false) => outputs[place] = number,
        }
    }
    Ok(Towards::Fixed { inputs, outputs })
}

/// Columns that stay, and bounds of ratios of weights as trade-offs.
fn limit(model: &mut Model, limits: &LimitArguments, units: &Units) -> Result<(), Failure> {
    (model.fixed_inputs, model.fixed_outputs) = units.places(&limits.fixed)?;
    for ratio in &limits.weight_ratio {
        let wrong = || {
            Failure::usage(format!("`{ratio}` bounds no ratio of weights"))
                .help("write `--weight-ratio cost/staff=0.5..2`")
        };
        let (names, bounds) = ratio.split_once('=').ok_or_else(wrong)?;
        let (first, second) = names.split_once('/').ok_or_else(wrong)?;
        let (low, high) = bounds.split_once("..").ok_or_else(wrong)?;
        let number =
            |text: &str, usual: f64| if text.is_empty() { Ok(usual) } else { text.parse::<f64>().map_err(|_| wrong()) };
        let (low, high) = (number(low.trim(), 0.0)?, number(high.trim(), f64::INFINITY)?);
        if !(0.0 <= low && low <= high) {
            return Err(wrong());
        }
        let (first, second) = (units.place(first.trim())?, units.place(second.trim())?);
        if first.1 != second.1 {
            return Err(
                Failure::usage(format!("`{ratio}` mixes an input with an output")).help("bound weights of one side")
            );
        }
        // low · second ≤ first, and first ≤ high · second. An input's weight rests on what is given up, an output's on
        // what is won.
        let mut add = |more: usize, less: usize, times: f64| {
            let mut change =
                TradeOff { inputs: vec![0.0; units.inputs.len()], outputs: vec![0.0; units.outputs.len()] };
            let (side, sign) = if first.1 { (&mut change.inputs, 1.0) } else { (&mut change.outputs, -1.0) };
            side[more] = sign;
            side[less] = -sign * times;
            model.trade_offs.push(change);
        };
        if low > 0.0 {
            add(first.0, second.0, low);
        }
        if high.is_finite() && high > 0.0 {
            add(second.0, first.0, 1.0 / high);
        }
    }
    Ok(())
}
