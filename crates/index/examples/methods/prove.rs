//! What the evidence for a figure is: funnel, shrinkage, intervals, ranks, many tests, clusters.

use mizan_stats::bootstrap::{Units, acceleration};
use mizan_stats::design_effect::{clustered_mean, effective_rows};
use mizan_stats::difference::{cohen_h, proportions};
use mizan_stats::funnel::{Dispersion, Scale, Standing, Z998, funnel};
use mizan_stats::interval::{Z95, wilson};
use mizan_stats::multiple::{Adjustment, adjusted};
use mizan_stats::rank_sets::{independent_draws, rank_sets};
use mizan_stats::shrinkage::{BetaPrior, Fit, james_stein};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use statrs::distribution::{Beta, BetaError, ContinuousCDF};

use crate::plot::{Axis, BLUE, DARK, GREY, Mark, ORANGE, Outcome, Plot, RED};
use crate::worked::near;

/// The numbers of evidence.md.
pub fn by_hand() -> Outcome {
    let hours = [3.0, 5.0, 7.0, 18.0, 43.0, 85.0, 91.0, 98.0, 100.0, 130.0, 230.0, 487.0];
    let mean = |rows: &[usize]| rows.iter().map(|row| hours[*row]).sum::<f64>() / rows.len() as f64;
    near("evidence.md, acceleration", &[acceleration(&Units::rows(12)?, mean)?], &[0.09382])?;

    let (low, high) = wilson(81.0, 263.0, Z95).ok_or("no proportion")?;
    near("evidence.md, Wilson", &[low, high], &[0.2553, 0.3662])?;
    let found = proportions((56.0, 70.0), (48.0, 80.0), Z95).ok_or("no proportions")?;
    near("evidence.md, difference", &[found.estimate, found.low, found.high], &[0.2, 0.0524, 0.3339])?;
    near("evidence.md, Cohen's h", &[cohen_h(0.8, 0.6)], &[0.4421])?;

    let prior = BetaPrior { mean: 2.342 / 16.457, concentration: 16.457, successes: 267.0, trials: 1739.0 };
    near("evidence.md, prior", &[prior.mean, prior.shrink(4.0, 14.0)], &[0.1423, 0.20822])?;
    let (factor, shrunk) = james_stein(&[1.0, 2.0, 3.0, 4.0, 10.0], 2.0)?;
    near("evidence.md, James-Stein", &[factor, shrunk[4]], &[0.92, 9.52])?;

    // The ten units of the tests of the funnel; the last has 4 of 60.
    let hits = [12.0, 30.0, 55.0, 8.0, 140.0, 61.0, 20.0, 90.0, 33.0, 4.0];
    let cases = [100.0, 210.0, 300.0, 90.0, 1000.0, 400.0, 150.0, 500.0, 260.0, 60.0];
    let found = funnel(&hits, &cases, Scale::Proportion, Dispersion::Winsorised(0.1))?;
    near(
        "evidence.md, funnel",
        &[found.target, found.units[9].z_chance, found.units[9].z],
        &[0.14756, -2.06212, -1.94479],
    )?;

    let (scores, errors) = ([71.0, 70.0, 52.0], [2.0; 3]);
    let ranks = rank_sets(&scores, &independent_draws(&scores, &errors, 2_000, 1)?, 0.95)?;
    let ends: Vec<f64> = ranks.sets.iter().flat_map(|set| [set.best as f64, set.worst as f64]).collect();
    near("evidence.md, ranks", &ends, &[1.0, 2.0, 1.0, 2.0, 3.0, 3.0])?;

    let tests = [0.01, 0.02, 0.03, 0.2];
    near("evidence.md, Holm", &adjusted(&tests, Adjustment::Holm)?, &[0.04, 0.06, 0.06, 0.2])?;
    near("evidence.md, BH", &adjusted(&tests, Adjustment::BenjaminiHochberg)?, &[0.04, 0.04, 0.04, 0.2])?;

    let traders = clustered_mean(&[1.0, 1.0, 1.0, 3.0, 3.0, 3.0], &[1, 1, 1, 2, 2, 2]).ok_or("no mean")?;
    let found = [traders.standard_error, traders.plain_error, traders.design_effect];
    near("evidence.md, clusters", &found, &[1.0, 0.44721, 5.0])?;
    near("evidence.md, weights", &[effective_rows(&[1.0, 1.0, 2.0, 4.0])], &[2.90909])
}

/// Offices that were never there: declarations examined, errors found, and how many of the offices are planted, which
/// come last. Usual rates are beta with mean 0.08, worth 60 declarations; planted ones are 0.25.
fn offices() -> Result<(Vec<f64>, Vec<f64>, usize), BetaError> {
    let usual = Beta::new(0.08 * 60.0, 0.92 * 60.0)?;
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let planted = [120.0, 1500.0];
    let sizes = (0..58).map(|office| (30.0 * 100_f64.powf(f64::from(office) / 57.0)).round());
    let cases: Vec<f64> = sizes.chain(planted).collect();
    let mut hits = Vec::new();
    for (office, size) in cases.iter().enumerate() {
        let rate = if office < 58 { usual.inverse_cdf(random.random()) } else { 0.25 };
        hits.push((0..*size as u32).map(|_| f64::from(u8::from(random.random::<f64>() < rate))).sum());
    }
    Ok((hits, cases, planted.len()))
}

/// Shares of offices, limits of chance and of the usual spread, and what shrinking makes of the shares.
pub fn evidence() -> Outcome {
    let (hits, cases, planted) = offices()?;
    let count = hits.len();
    let whole = funnel(&hits, &cases, Scale::Proportion, Dispersion::WinsorisedConsistent(0.1))?;
    let prior = BetaPrior::estimate(&hits, &cases, Fit::Likelihood)?;
    let is_far = |standing: Standing| matches!(standing, Standing::FarBelow | Standing::FarAbove);
    let by_chance = whole.units.iter().filter(|unit| unit.z_chance.abs() > Z998).count();
    let far: Vec<usize> = (0..count).filter(|&unit| is_far(whole.units[unit].standing)).collect();
    let title = format!(
        "{by_chance} of {count} simulated offices lie outside the 99.8 % limits of chance; {} once the usual spread \
         is counted, {} of the {planted} planted ones among them",
        far.len(),
        far.iter().filter(|&&unit| unit >= count - planted).count()
    );
    let x = Axis::logarithmic("Declarations examined", 25.0, 4000.0, &[30.0, 100.0, 300.0, 1000.0, 3000.0]);
    let mut plot = Plot::new(&title, 440.0, x, Axis::linear("Share with errors", 0.0, 0.4, 0.1));
    plot.line(&[(25.0, whole.target), (4000.0, whole.target)], DARK, false);
    let sizes: Vec<f64> = (0..=40).map(|step| 25.0 * 160_f64.powf(f64::from(step) / 40.0)).collect();
    for (colour, between) in [(GREY, false), (BLUE, true)] {
        for upper in [false, true] {
            let end = |size: f64| {
                let (low, high) = whole.limits(size, Z998, between);
                (size, if upper { high } else { low })
            };
            plot.line(&sizes.iter().map(|size| end(*size)).collect::<Vec<_>>(), colour, !between);
        }
    }
    for (unit, (r, n)) in hits.iter().zip(&cases).enumerate() {
        let shrunk = prior.shrink(*r, *n);
        plot.line(&[(*n, r / n), (*n, shrunk)], "#CCCCCC", false);
        plot.mark(*n, shrunk, Mark::Disc, ORANGE);
        let (mark, colour) = if unit < count - planted { (Mark::Ring, RED) } else { (Mark::Square, DARK) };
        plot.mark(*n, r / n, mark, colour);
    }
    plot.legend(&[
        (Mark::Ring, RED, "share"),
        (Mark::Square, DARK, "share, planted"),
        (Mark::Disc, ORANGE, "shrunk share"),
        (Mark::Dashes, GREY, "99.8 %, chance alone"),
        (Mark::Line, BLUE, "99.8 %, chance and spread"),
    ]);
    plot.write("evidence.svg")
}
