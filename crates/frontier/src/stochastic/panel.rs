//! Log-likelihood of Battese and Coelli 1992: one inefficiency a unit, which grows or decays with time.

use mizan_stats::normal::{HALF_LN_TWO_PI, log_cdf};

use super::StochasticError;
use super::likelihood::{Conditional, Likelihood, Rows, variances};

/// u_it = exp(-η (t - T)) u_i with u_i ~ N⁺(μ, σ_u²). Parameters: β, μ if truncated, η if varying, ln σ_u, ln σ_v.
pub(super) struct Decay<'a> {
    pub(super) rows: Rows<'a>,
    pub(super) units: Vec<Vec<usize>>,
    /// t - T of each row.
    pub(super) ages: Vec<f64>,
    pub(super) truncated: bool,
    pub(super) varying: bool,
}

/// Rows of each unit, in the order of first appearance, and t - T.
///
/// Errors: [`StochasticError::Times`] for a unit with one time twice, or where all times are the same but η is asked for.
pub(super) fn group(
    units: &[usize],
    times: &[f64],
    varying: bool,
) -> Result<(Vec<Vec<usize>>, Vec<f64>), StochasticError> {
    let last = times.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by(|&a, &b| units[a].cmp(&units[b]).then(times[a].total_cmp(&times[b])));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for row in order {
        match groups.last_mut() {
            Some(group) if units[group[0]] == units[row] => {
                if group.last().is_some_and(|&before| times[before] == times[row]) {
                    return Err(StochasticError::Times { unit: units[row] });
                }
                group.push(row);
            }
            _ => groups.push(vec![row]),
        }
    }
    if varying && times.iter().all(|time| *time == last) {
        return Err(StochasticError::Times { unit: units.first().copied().unwrap_or(0) });
    }
    Ok((groups, times.iter().map(|time| time - last).collect()))
}

struct Shape {
    mu: f64,
    eta: f64,
    a: f64,
    v: f64,
}

/// Sums over the rows of a unit that its likelihood needs.
#[derive(Default)]
struct Sums {
    /// Σ η_it².
    squares: f64,
    /// Σ η_it ε_it.
    cross: f64,
    /// Σ ε_it².
    residuals: f64,
    /// dΣη_it²/dη and dΣη_it ε_it/dη.
    squares_by_eta: f64,
    cross_by_eta: f64,
}

impl Decay<'_> {
    fn shape(&self, theta: &[f64]) -> Shape {
        let mut next = self.rows.x.ncols();
        let mut take = |present: bool| {
            next += usize::from(present);
            if present { theta[next - 1] } else { 0.0 }
        };
        let (mu, eta) = (take(self.truncated), take(self.varying));
        let (a, v) = variances(theta);
        Shape { mu, eta, a, v }
    }

    fn sums(&self, unit: &[usize], residuals: &[f64], eta: f64) -> Sums {
        let mut sums = Sums::default();
        for &row in unit {
            let (age, e) = (self.ages[row], residuals[row]);
            let factor = (-eta * age).exp();
            sums.squares += factor * factor;
            sums.cross += factor * e;
            sums.residuals += e * e;
            sums.squares_by_eta -= 2.0 * age * factor * factor;
            sums.cross_by_eta -= age * factor * e;
        }
        sums
    }
}

impl Likelihood for Decay<'_> {
    fn parameters(&self) -> usize {
        self.rows.x.ncols() + usize::from(self.truncated) + usize::from(self.varying) + 2
    }

    /// With σ_A² = σ_v² + σ_u² Ση_it², μ* = (μσ_v² - Sσ_u² Ση_it ε_it)/σ_A², σ*² = σ_u²σ_v²/σ_A², a unit gives
    /// -½T ln 2π - ½(T-1) ln σ_v² - ½ ln σ_A² - ln Φ(μ/σ_u) - ½(μ/σ_u)² + ln Φ(μ*/σ*) + ½(μ*/σ*)² - ½ Σε²/σ_v².
    fn value(&self, theta: &[f64], gradient: &mut [f64]) -> f64 {
        let Shape { mu, eta, a, v } = self.shape(theta);
        let sign = self.rows.sign;
        let residuals = self.rows.residuals(theta);
        let mut by_residual = residuals.clone();
        let cut = mu / a.sqrt();
        let at_cut = log_cdf(cut);
        let (mut sum, mut by_mu, mut by_eta, mut by_u, mut by_v) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for unit in &self.units {
            let sums = self.sums(unit, residuals.as_slice(), eta);
            let total = v + a * sums.squares;
            let scale = (total * a * v).sqrt();
            let star = (mu * v - sign * a * sums.cross) / scale;
            let at_star = log_cdf(star);
            let count = unit.len() as f64;
            sum += -count * HALF_LN_TWO_PI
                - 0.5 * (count - 1.0) * v.ln()
                - 0.5 * total.ln()
                - at_cut.value
                - 0.5 * cut * cut
                + at_star.value
                + 0.5 * star * star
                - 0.5 * sums.residuals / v;
            // d(ln Φ(d) + ½ d²)/dd = λ + d.
            let pull = at_star.excess;
            for &row in unit {
                by_residual[row] = -pull * sign * a * (-eta * self.ages[row]).exp() / scale - residuals[row] / v;
            }
            by_mu += pull * v / scale - at_cut.excess / a.sqrt();
            by_eta += -0.5 * a * sums.squares_by_eta / total
                + pull * (-sign * a * sums.cross_by_eta / scale - 0.5 * star * a * sums.squares_by_eta / total);
            by_u += -a * sums.squares / total + at_cut.excess * cut
                - pull * (2.0 * sign * a * sums.cross / scale + star * (1.0 + a * sums.squares / total));
            by_v += -(count - 1.0) - v / total
                + sums.residuals / v
                + pull * (2.0 * mu * v / scale - star * (1.0 + v / total));
        }
        let first = self.rows.x.ncols();
        gradient[..first].copy_from_slice((-self.rows.x.tr_mul(&by_residual)).as_slice());
        let tail = [(self.truncated, by_mu), (self.varying, by_eta), (true, by_u), (true, by_v)];
        let present = tail.iter().filter(|(present, _)| *present).map(|(_, slope)| *slope);
        gradient[first..].iter_mut().zip(present).for_each(|(cell, slope)| *cell = slope);
        sum
    }

    fn conditional(&self, theta: &[f64]) -> Vec<Conditional> {
        let Shape { mu, eta, a, v } = self.shape(theta);
        let residuals = self.rows.residuals(theta);
        let mut rows: Vec<Conditional> =
            residuals.iter().map(|_| Conditional { mean: 0.0, deviation: 0.0, factor: 0.0 }).collect();
        for unit in &self.units {
            let sums = self.sums(unit, residuals.as_slice(), eta);
            let total = v + a * sums.squares;
            for &row in unit {
                rows[row] = Conditional {
                    mean: (mu * v - self.rows.sign * a * sums.cross) / total,
                    deviation: (a * v / total).sqrt(),
                    factor: (-eta * self.ages[row]).exp(),
                };
            }
        }
        rows
    }

    fn skew_decides(&self) -> bool {
        false
    }

    fn location(&self, theta: &[f64]) -> f64 {
        let shape = self.shape(theta);
        shape.mu / shape.a.sqrt()
    }
}
