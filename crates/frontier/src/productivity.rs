//! Productivity over time: the Malmquist index and what it is made of.
//!
//! Above 1 means progress, whatever the orientation. With e^s_t the Farrell efficiency (θ, or 1/φ) of a unit's year t
//! beside the frontier of year s: M = √(e⁰₁ e¹₁ / (e⁰₀ e¹₀)) (Caves, Christensen, Diewert 1982; Färe, Grosskopf, Lindgren,
//! Roos 1992). It is change of efficiency e¹₁/e⁰₀, how much nearer the unit came to the best, times change of
//! technique, how much further the best went.

use std::collections::BTreeMap;

use crate::envelopment::Unmeasured;
use crate::nonradial::{Refused, Side};
use crate::orientation::Orientation;
use crate::radial::{Model, scores_against};
use crate::technology::{Data, Returns};

mod chain;
#[cfg(test)]
pub(crate) mod tests;

pub use self::chain::{Change, Parts};

/// Which units make the frontier of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Frontiers {
    /// Those of all years together (Pastor, Lovell 2005): changes multiply over years and none is infeasible.
    #[default]
    Global,
    /// Those of the year; the two years of a change stand as a geometric mean.
    Contemporaneous,
    /// Those of the year and of all before it (Tulkens, Vanden Eeckaut 1995): technique does not regress.
    Sequential,
}

impl Frontiers {
    /// The word of commands.
    pub fn word(self) -> &'static str {
        match self {
            Frontiers::Global => "global",
            Frontiers::Contemporaneous => "contemporaneous",
            Frontiers::Sequential => "sequential",
        }
    }
}

/// Units over years: row r of the data is unit `units[r]` in year `years[r]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Names of units.
    pub units: Vec<String>,
    /// Years.
    pub years: Vec<i64>,
    /// Inputs and outputs.
    pub data: Data,
}

/// Why there is no index.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PanelError {
    /// The technology refuses the data.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A unit stands twice in a year.
    #[error("unit `{unit}` stands twice in {year}")]
    Twice {
        /// Unit.
        unit: String,
        /// Year.
        year: i64,
    },
    /// There is one year only.
    #[error("there is only one year: nothing changes")]
    OneYear,
    /// Rows of units, years and data differ in number.
    #[error("units, years and data differ in number")]
    Rows,
}

/// Changes of all units between consecutive years, in the order of years, then of the panel's rows. Units that stand in
/// one of the two years only have none.
///
/// Under constant returns the change of efficiency is split further; see [`Parts`].
///
/// # Errors
/// [`PanelError`]; [`Returns::FreeDisposalHull`] is refused.
pub fn malmquist(
    panel: &Panel,
    returns: Returns,
    orientation: Orientation,
    frontiers: Frontiers,
) -> Result<Vec<Change>, PanelError> {
    let years = check(panel)?;
    if returns == Returns::FreeDisposalHull {
        return Err(Refused::Returns(returns).into());
    }
    let rows_of = |year: i64| (0..panel.years.len()).filter(move |row| panel.years[*row] == year).collect::<Vec<_>>();
    let reference = |year: i64| -> Vec<usize> {
        match frontiers {
            Frontiers::Global => (0..panel.years.len()).collect(),
            Frontiers::Contemporaneous => rows_of(year),
            Frontiers::Sequential => (0..panel.years.len()).filter(|row| panel.years[*row] <= year).collect(),
        }
    };
    let efficiency = |against: i64, of: i64, returns: Returns, own_year: bool| {
        let reference = if own_year { rows_of(against) } else { reference(against) };
        efficiencies(&panel.data, &reference, &rows_of(of), returns, orientation)
    };
    let mut changes = Vec::new();
    for pair in years.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let table = |returns: Returns| -> Result<chain::Efficiencies, Refused> {
            let own_year = frontiers == Frontiers::Global;
            Ok(chain::Efficiencies {
                own: [efficiency(from, from, returns, own_year)?, efficiency(to, to, returns, own_year)?],
                crossed: [efficiency(from, to, returns, false)?, efficiency(to, from, returns, false)?],
                global: match frontiers {
                    Frontiers::Global => {
                        Some([efficiency(from, from, returns, false)?, efficiency(to, to, returns, false)?])
                    }
                    _ => None,
                },
            })
        };
        let main = table(returns)?;
        let variable = (returns == Returns::Constant).then(|| table(Returns::Variable)).transpose()?;
        for row in rows_of(from) {
            let Some(later) = rows_of(to).into_iter().find(|later| panel.units[*later] == panel.units[row]) else {
                continue;
            };
            changes.push(Change {
                unit: panel.units[row].clone(),
                from,
                to,
                parts: main.parts(row, later, variable.as_ref()),
            });
        }
    }
    Ok(changes)
}

/// Efficiency of some rows beside a reference, by row.
fn efficiencies(
    data: &Data,
    reference: &[usize],
    points: &[usize],
    returns: Returns,
    orientation: Orientation,
) -> Result<BTreeMap<usize, Result<f64, Unmeasured>>, Refused> {
    let model = Model { with_slacks: false, ..Model::radial(returns, orientation) };
    let scored = scores_against(&data.select(reference), &data.select(points), &model)?;
    let efficiency = |score: f64| match orientation {
        Orientation::Input => score,
        Orientation::Output => 1.0 / score,
    };
    Ok(points
        .iter()
        .copied()
        .zip(scored.into_iter().map(|scored| scored.map(|scored| efficiency(scored.score))))
        .collect())
}

/// The years in order, if each unit has one row a year at most.
pub(crate) fn check(panel: &Panel) -> Result<Vec<i64>, PanelError> {
    if panel.units.len() != panel.data.units() || panel.years.len() != panel.data.units() {
        return Err(PanelError::Rows);
    }
    if panel.data.units() == 0 {
        return Err(Refused::Shape(Side::Input).into());
    }
    let mut seen = std::collections::BTreeSet::new();
    for (unit, year) in panel.units.iter().zip(&panel.years) {
        if !seen.insert((unit, year)) {
            return Err(PanelError::Twice { unit: unit.clone(), year: *year });
        }
    }
    let mut years = panel.years.clone();
    years.sort_unstable();
    years.dedup();
    if years.len() < 2 { Err(PanelError::OneYear) } else { Ok(years) }
}
