//! The standing facts of an administration.

use super::profile::{BorderKind, BorderMix, IncomeGroup, REGIONS};
use super::{Purpose, names, stream};
use crate::chance::{Chance, exp, ln};

/// Money value of trade behind one declaration, median.
const VALUE_A_DECLARATION: f64 = 25_000.0;
/// Growth of trade a year, and how much it scatters.
const GROWTH: (f64, f64) = (0.04, 0.05);

/// An administration and its country. Money is in one invented currency.
#[derive(Debug, Clone)]
pub(super) struct Nation {
    pub index: u32,
    pub code: String,
    pub name: String,
    /// Index into [`REGIONS`].
    pub region: usize,
    pub income: IncomeGroup,
    pub border: BorderKind,
    pub mix: BorderMix,
    pub population: u64,
    /// Imports and exports by year.
    pub trade: Vec<f64>,
    /// Declarations by year.
    pub declarations: Vec<f64>,
    /// What all its capabilities share; about standard normal over the world.
    pub general: f64,
    /// What a year adds to every capability.
    pub slope: f64,
}

impl Nation {
    /// Administration number `index`, with `years` years of trade.
    pub(super) fn draw(seed: u64, index: usize, years: usize) -> Self {
        let mut chance = stream(seed, Purpose::Standing, index as u32, 0);
        let region = chance.below(REGIONS.len() as u32) as usize;
        let income = IncomeGroup::ALL[chance.weighted(&[20, 30, 30, 20])];
        let border = BorderKind::ALL[chance.weighted(&[40, 25, 12, 23])];
        let mix = mix(border, &mut chance);
        let people = chance.log_normal(9e6, 1.2).clamp(3e5, 3e8);
        let product = income.product_a_head() * chance.log_normal(1.0, 0.25);
        let openness = 0.35 + 0.4 * chance.unit() + 0.3 * mix.sea;
        let step = (income as usize as f64 - 1.5) * 0.8;
        let general = 0.5 * step + 0.85 * chance.normal();
        let slope = 0.05 + 0.05 * chance.normal();
        let value = VALUE_A_DECLARATION * chance.log_normal(1.0, 0.3);
        let mut trade = people * product * openness;
        let mut by_year = Vec::with_capacity(years);
        for _ in 0..years {
            by_year.push(trade.round());
            trade *= exp(GROWTH.0 + GROWTH.1 * chance.normal());
        }
        Nation {
            index: index as u32,
            code: names::code(index),
            name: names::name(index),
            region,
            income,
            border,
            mix,
            population: (people / 1000.0).round() as u64 * 1000,
            declarations: by_year.iter().map(|trade| (trade / value).round()).collect(),
            trade: by_year,
            general,
            slope,
        }
    }

    /// Logarithm of trade in the first year against a middling country's.
    pub(super) fn size(&self) -> f64 {
        ln(self.trade[0] / 2e10)
    }
}

/// Shares of declarations by kind of office: the own kind has half to three quarters.
fn mix(border: BorderKind, chance: &mut Chance) -> BorderMix {
    let mut weights = [0.0; 4];
    for weight in &mut weights {
        *weight = 0.1 + chance.unit();
    }
    // What lies inland has no sea.
    if border == BorderKind::Inland {
        weights[BorderKind::Sea as usize] = 0.0;
    }
    weights[border as usize] = 0.0;
    let rest: f64 = weights.iter().sum();
    let own = 0.5 + 0.25 * chance.unit();
    let mut shares = weights.map(|weight| weight / rest * (1.0 - own));
    shares[border as usize] = own;
    let [sea, land, air, inland] = shares;
    BorderMix { sea, land, air, inland }
}
