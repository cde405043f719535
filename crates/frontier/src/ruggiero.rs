//! Circumstances that a unit did not choose: it is compared only with units that had it no better.
//!
//! Unit o's technology is made of the units with z_j ≤ z_o in every circumstance z, where larger is more favourable:
//! min θ with Σλx ≤ θx_o, Σλy ≥ y_o, and λ_j = 0 for all others. Ruggiero, *On the measurement of technical efficiency in
//! the public sector*, European Journal of Operational Research 90 (1996). Unlike a fixed input (Banker, Morey 1986) a
//! circumstance is not mixed: half a seaport and half a border post are no peer of a unit between them.

use std::collections::BTreeMap;

use nalgebra::DMatrix;
use rayon::prelude::*;

use crate::envelopment::Unmeasured;
use crate::nonradial::{Refused, Side, check_table};
use crate::radial::{Model, Scored, scores, scores_against};
use crate::technology::Data;

#[cfg(test)]
mod tests;

/// A unit beside those that had it no better.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Its score; peers are rows of the whole table.
    pub scored: Result<Scored, Unmeasured>,
    /// How many units its technology is made of, itself included unless the model is one of super-efficiency. A unit that
    /// stands alone is efficient because there is nobody to compare it with.
    pub comparable: usize,
}

/// Scores each unit beside the units whose circumstances are no better than its own in any column of `circumstances`
/// (units by circumstances, any finite numbers, larger is more favourable). Units of the same circumstances share a
/// technology. Slacks are made large in columns divided by the means of that technology.
///
/// # Errors
/// [`Refused::Shape`], [`Refused::NotFinite`] for the circumstances; what the model refuses.
pub fn ruggiero(data: &Data, circumstances: &DMatrix<f64>, model: &Model) -> Result<Vec<Compared>, Refused> {
    check_table(Side::Circumstance, circumstances, data.units(), true)?;
    // Sizes that one table may not mix may not meet in any part of it either.
    data.check_spread()?;
    let groups = groups(circumstances, model.is_super);
    let answers: Vec<Vec<Compared>> =
        groups.par_iter().map(|members| beside(data, circumstances, members, model)).collect::<Result<_, _>>()?;
    let mut by_row: Vec<(usize, Compared)> =
        groups.into_iter().zip(answers).flat_map(|(members, answers)| members.into_iter().zip(answers)).collect();
    by_row.sort_unstable_by_key(|(row, _)| *row);
    Ok(by_row.into_iter().map(|(_, compared)| compared).collect())
}

/// Rows of the same circumstances; rows by themselves where each has a reference of its own.
fn groups(circumstances: &DMatrix<f64>, is_each_alone: bool) -> Vec<Vec<usize>> {
    let rows = 0..circumstances.nrows();
    if is_each_alone {
        return rows.map(|row| vec![row]).collect();
    }
    let mut groups: BTreeMap<Vec<u64>, Vec<usize>> = BTreeMap::new();
    for row in rows {
        // Adding 0 makes one zero of both.
        let key = circumstances.row(row).iter().map(|number| (number + 0.0).to_bits()).collect();
        groups.entry(key).or_default().push(row);
    }
    groups.into_values().collect()
}

/// Scores of units of the same circumstances.
fn beside(
    data: &Data,
    circumstances: &DMatrix<f64>,
    members: &[usize],
    model: &Model,
) -> Result<Vec<Compared>, Refused> {
    let Some(first) = members.first() else { return Ok(Vec::new()) };
    let own = circumstances.row(*first);
    let is_no_better = |row: &usize| circumstances.row(*row).iter().zip(own.iter()).all(|(other, own)| other <= own);
    let is_left_out = |row: usize| model.is_super && row == *first;
    let reference: Vec<usize> = (0..data.units()).filter(is_no_better).filter(|row| !is_left_out(*row)).collect();
    let comparable = reference.len();
    if reference.is_empty() {
        return Ok(vec![Compared { scored: Err(Unmeasured::Infeasible), comparable }; members.len()]);
    }
    let table = data.select(&reference);
    // A model of super-efficiency has left the unit out already.
    let model = Model { is_super: false, ..model.clone() };
    // Where nobody has it worse the units are the reference: they are their own first peers.
    let found = if reference == members {
        scores(&table, &model)?
    } else {
        scores_against(&table, &data.select(members), &model)?
    };
    let in_whole_table = |scored: Scored| {
        let mut scored = scored;
        scored.distance.lambdas.iter_mut().for_each(|(unit, _)| *unit = reference[*unit]);
        scored
    };
    Ok(found.into_iter().map(|scored| Compared { scored: scored.map(in_whole_table), comparable }).collect())
}
