//! How much to smooth the distances that a bootstrap draws from.

use super::{BootstrapError, quantile};

/// Rule of the bandwidth h. Both rules look at the distances above 1 and their mirror images below, 2 - δ: those at 1
/// are many by construction, not by density. A rule's width for that sample is scaled to all units by
/// (N_ref/n)^(1/5) sd(δ)/sd(ref), N_ref twice the number above 1 (Simar and Wilson, *Statistical approaches for
/// non-parametric frontier models*, 2006).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bandwidth {
    /// 0.9 min(sd, IQR/1.34) N_ref^(-1/5): Silverman, *Density Estimation* (1986), (3.31).
    NormalReference,
    /// Least squares cross-validation with the normal kernel, between 1/20 and 3/2 of the normal reference.
    CrossValidation,
    /// h itself, on the scale of δ.
    Given(f64),
}

pub(super) fn width(rule: Bandwidth, distances: &[f64]) -> Result<f64, BootstrapError> {
    let above: Vec<f64> = distances.iter().copied().filter(|distance| *distance > 1.0).collect();
    if above.is_empty() {
        return Err(BootstrapError::AllEfficient);
    }
    if let Bandwidth::Given(width) = rule {
        let usable = width > 0.0 && width.is_finite();
        return if usable { Ok(width) } else { Err(BootstrapError::Option("bandwidth")) };
    }
    let mut mirrored: Vec<f64> = above.iter().flat_map(|distance| [*distance, 2.0 - distance]).collect();
    mirrored.sort_by(f64::total_cmp);
    let spread = (quantile(&mirrored, 0.75) - quantile(&mirrored, 0.25)) / 1.34;
    let count = mirrored.len() as f64;
    let reference = 0.9 * deviation(&mirrored).min(spread) * count.powf(-0.2);
    let width = if rule == Bandwidth::CrossValidation { cross_validated(&mirrored, reference) } else { reference };
    Ok(width * (count / distances.len() as f64).powf(0.2) * deviation(distances) / deviation(&mirrored))
}

fn deviation(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0)).sqrt()
}

/// Smallest criterion on a grid of 146 widths, refined once: the criterion may have several minima.
fn cross_validated(sample: &[f64], reference: f64) -> f64 {
    let best = |from: f64, to: f64, steps: u32| {
        (0..=steps)
            .map(|step| from + (to - from) * f64::from(step) / f64::from(steps))
            .map(|width| (criterion(sample, width), width))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map_or(reference, |(_, width)| width)
    };
    let step = 0.01 * reference;
    let coarse = best(0.05 * reference, 1.5 * reference, 145);
    best((coarse - step).max(0.05 * reference), (coarse + step).min(1.5 * reference), 20)
}

/// ∫ f̂² - (2/N) Σ f̂_{-i}(x_i): (1/(N²h)) ΣΣ (φ*φ)(d/h) - (2/(N(N-1)h)) Σ_{i≠j} φ(d/h), φ*φ of variance 2.
fn criterion(sample: &[f64], width: f64) -> f64 {
    let count = sample.len() as f64;
    let (mut convolved, mut left_out) = (0.0, 0.0);
    for (place, one) in sample.iter().enumerate() {
        for other in &sample[place + 1..] {
            let squared = ((one - other) / width).powi(2);
            convolved += (-0.25 * squared).exp();
            left_out += (-0.5 * squared).exp();
        }
    }
    let root_pi = std::f64::consts::PI.sqrt();
    (count + 2.0 * convolved) / (2.0 * root_pi * count * count * width)
        - 4.0 * left_out / (std::f64::consts::SQRT_2 * root_pi * count * (count - 1.0) * width)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// δ = 1, 1.2, 1.4, 2: mirrored 0, 0.6, 0.8, 1.2, 1.4, 2 with sd 0.6928203, quartiles 0.65 and 1.35, so
    /// 0.9 · 0.5223881 · 6^(-0.2) = 0.3285556; times 1.5^0.2 · 0.4320494 / 0.6928203.
    #[test]
    fn normal_reference_by_hand() {
        let got = width(Bandwidth::NormalReference, &[1.0, 1.2, 1.4, 2.0]).unwrap();
        let by_hand =
            0.9 * (0.7 / 1.34) * 6.0_f64.powf(-0.2) * 1.5_f64.powf(0.2) * (0.56_f64 / 3.0).sqrt() / 0.48_f64.sqrt();
        assert!((got - by_hand).abs() < 1e-12, "{got} {by_hand}");
    }

    /// The criterion against its definition by integration.
    #[test]
    fn criterion_is_that_of_least_squares() {
        let (sample, h) = ([0.0, 0.6, 0.8, 1.2, 1.4, 2.0], 0.3);
        let kernel = |x: f64| (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
        let density = |x: f64| sample.iter().map(|s| kernel((x - s) / h)).sum::<f64>() / (6.0 * h);
        let squared: f64 = (-4000..8000).map(|i| density(f64::from(i) * 0.001).powi(2) * 0.001).sum();
        let others: f64 = sample.iter().map(|x| (density(*x) * 6.0 * h - kernel(0.0)) / (5.0 * h)).sum::<f64>();
        assert!((criterion(&sample, h) - (squared - 2.0 / 6.0 * others)).abs() < 1e-10);
    }

    #[test]
    fn cross_validation_finds_the_smallest_criterion() {
        let sample: Vec<f64> = (0..40).map(|i| mizan_stats::normal::quantile((f64::from(i) + 0.5) / 40.0)).collect();
        let found = cross_validated(&sample, 0.45);
        for other in [0.1, 0.2, 0.3, 0.4, 0.5, 0.6] {
            assert!(criterion(&sample, found) <= criterion(&sample, other));
        }
    }

    #[test]
    fn refuses_what_has_no_width() {
        assert_eq!(width(Bandwidth::NormalReference, &[1.0, 1.0]), Err(BootstrapError::AllEfficient));
        assert_eq!(width(Bandwidth::Given(0.0), &[1.0, 1.5]), Err(BootstrapError::Option("bandwidth")));
        assert_eq!(width(Bandwidth::Given(0.1), &[1.0, 1.5]), Ok(0.1));
    }
}
