//! Is a unit too small, too large, or of the right size?
//!
//! SE = θ_CRS / θ_VRS; which side it is on follows from the technology with decreasing returns (Färe, Grosskopf, Lovell
//! 1985).

use crate::envelopment::Unmeasured;
use crate::nonradial::Refused;
use crate::orientation::Orientation;
use crate::radial::{Model, scores};
use crate::technology::{Data, Returns};

/// What would follow if the unit grew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScaleReturns {
    /// It is too small: outputs would grow faster than inputs.
    Increasing,
    /// Its size is the most productive one.
    Constant,
    /// It is too large: outputs would grow more slowly than inputs.
    Decreasing,
}

impl ScaleReturns {
    /// The word of tables.
    pub fn word(self) -> &'static str {
        match self {
            ScaleReturns::Increasing => "increasing",
            ScaleReturns::Constant => "constant",
            ScaleReturns::Decreasing => "decreasing",
        }
    }
}

/// A unit's efficiency split into how well it works and how right its size is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Score under constant returns.
    pub constant: f64,
    /// Score under variable returns: pure technical efficiency.
    pub variable: f64,
    /// Score under decreasing returns.
    pub decreasing: f64,
    /// Scale efficiency; constant / variable.
    pub efficiency: f64,
    /// Which side of the right size.
    pub returns: ScaleReturns,
}

/// Scores that differ by less are the same.
const SAME: f64 = 1e-7;

/// Scale efficiency of each unit.
///
/// # Errors
/// [`Refused`].
pub fn scale(data: &Data, orientation: Orientation) -> Result<Vec<Result<Scale, Unmeasured>>, Refused> {
    let under = |returns: Returns| scores(data, &Model { with_slacks: false, ..Model::radial(returns, orientation) });
    let (constant, variable, decreasing) =
        (under(Returns::Constant)?, under(Returns::Variable)?, under(Returns::Decreasing)?);
    let unit = |((constant, variable), decreasing): ((_, _), _)| -> Result<Scale, Unmeasured> {
        let scored: [Result<crate::radial::Scored, Unmeasured>; 3] = [constant, variable, decreasing];
        let [constant, variable, decreasing] = scored.map(|scored| scored.map(|scored| scored.score));
        let (constant, variable, decreasing) = (constant?, variable?, decreasing?);
        let is_same = |a: f64, b: f64| (a - b).abs() <= SAME * a.abs().max(b.abs());
        let returns = if is_same(constant, variable) {
            ScaleReturns::Constant
        } else if is_same(constant, decreasing) {
            ScaleReturns::Increasing
        } else {
            ScaleReturns::Decreasing
        };
        Ok(Scale { constant, variable, decreasing, efficiency: constant / variable, returns })
    };
    Ok(constant.into_iter().zip(variable).zip(decreasing).map(unit).collect())
}
