//! Offices of different kinds: how far is each from the best of its kind, and the kind from the best of all?
//!
//! MTR = θ_meta / θ_group ≤ 1 (input; output turned round) says what a unit's surroundings take away (Battese, Rao 2004;
//! O'Donnell, Rao, Battese 2008).

use std::collections::BTreeMap;

use crate::envelopment::Unmeasured;
use crate::nonradial::{Refused, Side};
use crate::orientation::Orientation;
use crate::radial::{Model, scores, scores_against};
use crate::technology::{Data, Returns};

#[cfg(test)]
mod tests;

/// What the groups make possible together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Union {
    /// What each group makes possible by itself, and no mixture of groups: a sea port is never compared with half an
    /// airport.
    #[default]
    Separate,
    /// Mixtures of all units.
    Convex,
}

/// A unit beside its own kind and beside all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Meta {
    /// Farrell score beside its group.
    pub group: f64,
    /// Farrell score beside all.
    pub all: f64,
    /// Meta-technology ratio, at most 1.
    pub ratio: f64,
}

/// Scores each unit beside its group and beside all groups.
///
/// # Errors
/// [`Refused::Shape`] if there is not one group a unit; what the model refuses.
pub fn metafrontier(
    data: &Data,
    groups: &[String],
    returns: Returns,
    orientation: Orientation,
    union: Union,
) -> Result<Vec<Result<Meta, Unmeasured>>, Refused> {
    if groups.len() != data.units() {
        return Err(Refused::Shape(Side::Input));
    }
    let model = Model { with_slacks: false, ..Model::radial(returns, orientation) };
    let mut rows: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
    groups.iter().enumerate().for_each(|(row, group)| rows.entry(group).or_default().push(row));
    let mut own = vec![Err(Unmeasured::Unproved); data.units()];
    for members in rows.values() {
        let scored = scores(&data.select(members), &model)?;
        members.iter().zip(scored).for_each(|(row, scored)| own[*row] = scored.map(|scored| scored.score));
    }
    let all: Vec<Result<f64, Unmeasured>> = match union {
        Union::Convex => scores(data, &model)?.into_iter().map(|scored| scored.map(|scored| scored.score)).collect(),
        Union::Separate => {
            let mut best = own.clone();
            for members in rows.values() {
                let others: Vec<usize> = (0..data.units()).filter(|row| !members.contains(row)).collect();
                if others.is_empty() {
                    continue;
                }
                let scored = scores_against(&data.select(members), &data.select(&others), &model)?;
                for (row, scored) in others.iter().zip(scored) {
                    // A group that cannot be compared with the unit does not limit it.
                    let (Ok(found), Ok(known)) = (scored.map(|scored| scored.score), best[*row]) else { continue };
                    best[*row] = Ok(match orientation {
                        Orientation::Input => known.min(found),
                        Orientation::Output => known.max(found),
                    });
                }
            }
            best
        }
    };
    let meta = |(group, all): (Result<f64, Unmeasured>, Result<f64, Unmeasured>)| {
        let (group, all) = (group?, all?);
        let ratio = if orientation == Orientation::Input { all / group } else { group / all };
        Ok(Meta { group, all, ratio })
    };
    Ok(own.into_iter().zip(all).map(meta).collect())
}
