//! P-values of a family of tests, adjusted for its size.
//!
//! Who tests forty offices at 5 % finds two that stand out by chance. An adjusted p-value is the smallest level at which
//! the procedure, run on the whole family, still rejects: compare it with the level directly. State the family beside the
//! result.

/// Procedure, and what it holds down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjustment {
    /// Chance of one false alarm or more in the family: m p.
    Bonferroni,
    /// The same chance, and never rejects less than Bonferroni: running greatest of (m - i + 1) p₍ᵢ₎. Holm,
    /// Scandinavian Journal of Statistics 6 (1979).
    Holm,
    /// Expected share of false alarms among the alarms, for independent tests or positive dependence: running least,
    /// from the greatest down, of m p₍ᵢ₎/i. Benjamini and Hochberg, Journal of the Royal Statistical Society B 57
    /// (1995).
    BenjaminiHochberg,
    /// The same share under any dependence: (1 + 1/2 + … + 1/m) times the former. Benjamini and Yekutieli, Annals of
    /// Statistics 29 (2001).
    BenjaminiYekutieli,
}

/// A value that is no probability.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("p-value {value} of test {test} is not between 0 and 1")]
pub struct NotProbability {
    /// Position in the family.
    pub test: usize,
    /// What stands there.
    pub value: f64,
}

/// Adjusted p-values, in the order of `p`, none above 1.
///
/// A test that could not be made (NaN) stays NaN and does not count in the size of the family. Under
/// [`Adjustment::BenjaminiHochberg`] `adjusted <= q` is the rule "reject up to the largest i with p₍ᵢ₎ <= q i/m".
///
/// # Errors
/// [`NotProbability`] for a value outside 0..=1.
///
/// ```
/// use mizan_stats::multiple::{Adjustment, adjusted};
/// let found = adjusted(&[0.04, 0.01, 0.5], Adjustment::BenjaminiHochberg)?;
/// assert!((found[0] - 0.06).abs() < 1e-15 && (found[1] - 0.03).abs() < 1e-15);
/// # Ok::<(), mizan_stats::multiple::NotProbability>(())
/// ```
pub fn adjusted(p: &[f64], adjustment: Adjustment) -> Result<Vec<f64>, NotProbability> {
    let wrong = |value: &f64| !value.is_nan() && !(0.0..=1.0).contains(value);
    if let Some(test) = p.iter().position(wrong) {
        return Err(NotProbability { test, value: p[test] });
    }
    let mut order: Vec<usize> = (0..p.len()).filter(|&test| !p[test].is_nan()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    let m = order.len() as f64;
    let harmonic: f64 = (1..=order.len()).map(|i| 1.0 / i as f64).sum();
    let scaled = |(i, &test): (usize, &usize)| {
        let rank = (i + 1) as f64;
        let factor = match adjustment {
            Adjustment::Bonferroni => m,
            Adjustment::Holm => m - rank + 1.0,
            Adjustment::BenjaminiHochberg => m / rank,
            Adjustment::BenjaminiYekutieli => harmonic * m / rank,
        };
        (p[test] * factor).min(1.0)
    };
    let mut values: Vec<f64> = order.iter().enumerate().map(scaled).collect();
    match adjustment {
        Adjustment::Bonferroni => {}
        Adjustment::Holm => running(values.iter_mut(), f64::max),
        Adjustment::BenjaminiHochberg | Adjustment::BenjaminiYekutieli => running(values.iter_mut().rev(), f64::min),
    }
    let mut result = vec![f64::NAN; p.len()];
    order.iter().zip(values).for_each(|(&test, value)| result[test] = value);
    Ok(result)
}

/// Replaces each value by the extreme of all up to it.
fn running<'a>(values: impl Iterator<Item = &'a mut f64>, extreme: fn(f64, f64) -> f64) {
    let mut so_far: Option<f64> = None;
    for value in values {
        *value = so_far.map_or(*value, |before| extreme(before, *value));
        so_far = Some(*value);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Adjustment; 4] =
        [Adjustment::Bonferroni, Adjustment::Holm, Adjustment::BenjaminiHochberg, Adjustment::BenjaminiYekutieli];

    /// The fifteen hypotheses of Benjamini and Hochberg (1995), section 4.1.
    const MYOCARDIAL: [f64; 15] = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0,
    ];

    fn check(p: &[f64], adjustment: Adjustment, expect: &[f64]) {
        let found = adjusted(p, adjustment).unwrap();
        assert_eq!(found.len(), expect.len());
        for (found, expect) in found.iter().zip(expect) {
            assert!((found - expect).abs() < 1e-9, "{adjustment:?}: {found} is not {expect}");
        }
    }

    /// The paper: Bonferroni rejects three at 5 %, the new procedure four.
    #[test]
    fn benjamini_and_hochberg_reject_four_where_bonferroni_rejects_three() {
        let rejected = |adjustment| {
            adjusted(&MYOCARDIAL, adjustment).unwrap().iter().filter(|adjusted| **adjusted <= 0.05).count()
        };
        assert_eq!(ALL.map(rejected), [3, 3, 4, 3]);
    }

    /// `multipletests` of statsmodels 0.15.0.
    #[test]
    fn adjusted_values_are_those_of_another_program() {
        check(
            &MYOCARDIAL,
            Adjustment::Bonferroni,
            &[0.0015, 0.006, 0.0285, 0.1425, 0.3015, 0.417, 0.447, 0.516, 0.6885, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
        );
        check(
            &MYOCARDIAL,
            Adjustment::Holm,
            &[0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
        );
        check(
            &MYOCARDIAL,
            Adjustment::BenjaminiHochberg,
            &[
                0.0015,
                0.003,
                0.0095,
                0.035625,
                0.0603,
                0.0638571429,
                0.0638571429,
                0.0645,
                0.0765,
                0.486,
                0.5811818182,
                0.714875,
                0.7532307692,
                0.8132142857,
                1.0,
            ],
        );
        check(
            &MYOCARDIAL[..5],
            Adjustment::BenjaminiYekutieli,
            &[0.00114166666667, 0.00228333333333, 0.00723055555556, 0.0271145833333, 0.0458950000000],
        );
    }

    #[test]
    fn order_of_the_tests_does_not_matter() {
        check(&[0.04, 0.01, 0.01, 0.2, 0.03], Adjustment::Holm, &[0.09, 0.05, 0.05, 0.2, 0.09]);
        check(&[0.04, 0.01, 0.01, 0.2, 0.03], Adjustment::BenjaminiHochberg, &[0.05, 0.025, 0.025, 0.2, 0.05]);
    }

    #[test]
    fn a_test_that_was_not_made_is_not_counted() {
        let found = adjusted(&[0.02, f64::NAN, 0.5], Adjustment::Bonferroni).unwrap();
        assert!(found[0] == 0.04 && found[1].is_nan() && found[2] == 1.0);
        assert_eq!(adjusted(&[], Adjustment::Holm), Ok(vec![]));
        assert_eq!(
            adjusted(&[0.1, 1.5], Adjustment::Holm),
            Err(NotProbability { test: 1, value: 1.5 }),
            "a z value is no p-value"
        );
    }

    proptest! {
        #[test]
        fn adjusting_keeps_the_order_and_never_helps(p in prop::collection::vec(0.0..=1.0_f64, 1..40)) {
            for adjustment in ALL {
                let found = adjusted(&p, adjustment).unwrap();
                for i in 0..p.len() {
                    prop_assert!(found[i] >= p[i] * (1.0 - 1e-12) && found[i] <= 1.0);
                    for j in 0..p.len() {
                        prop_assert!(p[i] > p[j] || found[i] <= found[j]);
                    }
                }
            }
            let [bonferroni, holm, hochberg, yekutieli] = ALL.map(|adjustment| adjusted(&p, adjustment).unwrap());
            for i in 0..p.len() {
                prop_assert!(holm[i] <= bonferroni[i] && hochberg[i] <= holm[i] * (1.0 + 1e-12));
                prop_assert!(hochberg[i] <= yekutieli[i] * (1.0 + 1e-12));
            }
        }
    }
}
