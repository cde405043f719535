//! One unit's change from a year to the next, taken apart.

use std::collections::BTreeMap;

use crate::envelopment::Unmeasured;

/// A unit's change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Unit.
    pub unit: String,
    /// First year.
    pub from: i64,
    /// Second year.
    pub to: i64,
    /// Index and parts; a reason where a year has no distance from the other's frontier.
    pub parts: Result<Parts, Unmeasured>,
}

/// A Malmquist index and its factors, all above 1 for progress.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// The index: `efficiency` × `technique`.
    pub index: f64,
    /// Nearer to the frontier.
    pub efficiency: f64,
    /// The frontier itself.
    pub technique: f64,
    /// Under constant returns: the part of `efficiency` under variable returns (Färe, Grosskopf, Norris, Zhang 1994).
    pub pure_efficiency: Option<f64>,
    /// Under constant returns: the rest of `efficiency`, nearer to the right size.
    pub scale_efficiency: Option<f64>,
    /// Under constant returns: change of technique under variable returns (Ray, Desli 1997); `None` also where a year
    /// cannot be compared with the other's frontier.
    pub pure_technique: Option<f64>,
    /// The rest of the index after `pure_efficiency` and `pure_technique` (Ray, Desli 1997).
    pub scale: Option<f64>,
    /// e⁰₀, e¹₁, e⁰₁, e¹₀: a year's efficiency beside its own and beside the other frontier. With the global frontier
    /// the last two are both years' efficiency beside that one: second year, first year.
    pub efficiencies: [f64; 4],
}

type ByRow = BTreeMap<usize, Result<f64, Unmeasured>>;

/// Efficiencies that a pair of years needs.
pub(super) struct Efficiencies {
    /// Each year beside its own frontier.
    pub(super) own: [ByRow; 2],
    /// Second year beside the first frontier, first year beside the second.
    pub(super) crossed: [ByRow; 2],
    /// Each year beside the frontier of all.
    pub(super) global: Option<[ByRow; 2]>,
}

impl Efficiencies {
    /// Index, change of efficiency, and the four efficiencies.
    fn index(&self, first: usize, second: usize) -> Result<(f64, f64, [f64; 4]), Unmeasured> {
        let (own_first, own_second) = (self.own[0][&first]?, self.own[1][&second]?);
        let efficiency = own_second / own_first;
        if let Some([before, after]) = &self.global {
            let (before, after) = (before[&first]?, after[&second]?);
            return Ok((after / before, efficiency, [own_first, own_second, after, before]));
        }
        let (second_by_first, first_by_second) = (self.crossed[0][&second]?, self.crossed[1][&first]?);
        let index = (second_by_first * own_second / (own_first * first_by_second)).sqrt();
        Ok((index, efficiency, [own_first, own_second, second_by_first, first_by_second]))
    }

    pub(super) fn parts(
        &self,
        first: usize,
        second: usize,
        variable: Option<&Efficiencies>,
    ) -> Result<Parts, Unmeasured> {
        let (index, efficiency, efficiencies) = self.index(first, second)?;
        let pure = variable
            .map(|variable| -> Result<f64, Unmeasured> { Ok(variable.own[1][&second]? / variable.own[0][&first]?) });
        let pure_efficiency = pure.transpose()?;
        let variable_index = variable.and_then(|variable| variable.index(first, second).ok()).map(|found| found.0);
        Ok(Parts {
            index,
            efficiency,
            technique: index / efficiency,
            pure_efficiency,
            scale_efficiency: pure_efficiency.map(|pure| efficiency / pure),
            pure_technique: variable_index.zip(pure_efficiency).map(|(index, pure)| index / pure),
            scale: variable_index.map(|variable| index / variable),
            efficiencies,
        })
    }
}
