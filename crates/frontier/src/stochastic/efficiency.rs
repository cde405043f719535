//! Efficiency of each row given its residual.

use mizan_stats::normal::log_cdf;

use super::likelihood::Conditional;

/// Efficiency of a row, between 0 and 1 for production and for cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Efficiency {
    /// E[exp(-u) | ε]: Battese and Coelli, Journal of Econometrics 38 (1988).
    pub battese_coelli: f64,
    /// exp(-E[u | ε]): Jondrow, Lovell, Materov and Schmidt, Journal of Econometrics 19 (1982).
    pub jlms: f64,
    /// E[u | ε].
    pub inefficiency: f64,
}

/// Means of u = factor · N⁺(m, s²): E[u] = f (m + s λ(m/s)); E[e^-u] = exp(-f m + ½f²s²) Φ(m/s - f s)/Φ(m/s).
pub(super) fn efficiency(given: &Conditional) -> Efficiency {
    let Conditional { mean, deviation, factor } = given;
    let (cut, spread) = (mean / deviation, factor * deviation);
    let at_cut = log_cdf(cut);
    let logarithm = -factor * mean + 0.5 * spread * spread + log_cdf(cut - spread).value - at_cut.value;
    let inefficiency = spread * at_cut.excess;
    Efficiency { battese_coelli: logarithm.exp(), jlms: (-inefficiency).exp(), inefficiency }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both means by Simpson's rule over the density of the truncated normal.
    #[test]
    fn equals_the_integral() {
        let check = |mean: f64, deviation: f64, factor: f64| {
            let steps = 20_000;
            let width = (mean.max(0.0) + 12.0 * deviation) / f64::from(steps);
            let (mut mass, mut first, mut expected) = (0.0, 0.0, 0.0);
            for step in 0..=steps {
                let weight = if step == 0 || step == steps { 1.0 } else { f64::from(2 + 2 * (step % 2)) };
                let u = f64::from(step) * width;
                let density = weight
                    * (-0.5 * ((u - mean) / deviation).powi(2) + 0.5 * (mean.min(0.0) / deviation).powi(2)).exp();
                mass += density;
                first += density * factor * u;
                expected += density * (-factor * u).exp();
            }
            let got = efficiency(&Conditional { mean, deviation, factor });
            assert!((got.inefficiency - first / mass).abs() < 1e-9, "{got:?} {}", first / mass);
            assert!((got.battese_coelli - expected / mass).abs() < 1e-9, "{got:?} {}", expected / mass);
            assert!(got.jlms <= got.battese_coelli);
        };
        check(0.3, 0.2, 1.0);
        check(-0.5, 0.2, 1.0);
        check(-3.0, 0.25, 0.7);
        check(1.0, 0.1, 1.4);
    }
}
