//! What the evidence for a figure is: funnel, shrinkage, intervals, ranks, many tests, clusters.

use mizan_stats::bootstrap::{Units, acceleration};
use mizan_stats::design_effect::{clustered_mean, effective_rows};
use mizan_stats::difference::{cohen_h, proportions};
use mizan_stats::funnel::{Dispersion, Scale, Standing, funnel};
use mizan_stats::interval::{Z95, wilson};
use mizan_stats::multiple::{Adjustment, adjusted};
use mizan_stats::rank_sets::{independent_draws, rank_sets};
use mizan_stats::shrinkage::{BetaPrior, Fit, james_stein};

use crate::plot::{Axis, BLUE, DARK, GREY, Mark, ORANGE, Outcome, Plot, RED};
use crate::worked::near;

/// Tumours and animals in 71 groups of rats (Tarone 1982; Gelman and others, *Bayesian Data Analysis*, table 5.1).
const TUMOURS: [u8; 71] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 5, 2, 5, 3, 2, 7,
    7, 3, 3, 2, 9, 10, 4, 4, 4, 4, 4, 4, 4, 10, 4, 4, 4, 5, 11, 12, 5, 5, 6, 5, 6, 6, 6, 6, 16, 15, 15, 9, 4,
];
const RATS: [u8; 71] = [
    20, 20, 20, 20, 20, 20, 20, 19, 19, 19, 19, 18, 18, 17, 20, 20, 20, 20, 19, 19, 18, 18, 25, 24, 23, 20, 20, 20, 20,
    20, 20, 10, 49, 19, 46, 27, 17, 49, 47, 20, 20, 13, 48, 50, 20, 20, 20, 20, 20, 20, 20, 48, 19, 19, 19, 22, 46, 49,
    20, 20, 23, 19, 22, 20, 20, 20, 52, 46, 47, 24, 14,
];

fn numbers(counts: &[u8]) -> Vec<f64> {
    counts.iter().map(|count| f64::from(*count)).collect()
}

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

    let prior = BetaPrior::estimate(&numbers(&TUMOURS), &numbers(&RATS), Fit::Likelihood)?;
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

/// Shares of groups, limits of chance and of the usual spread, and what shrinking makes of the shares.
pub fn evidence() -> Outcome {
    let (hits, cases) = (numbers(&TUMOURS), numbers(&RATS));
    let whole = funnel(&hits, &cases, Scale::Proportion, Dispersion::WinsorisedConsistent(0.1))?;
    let prior = BetaPrior::estimate(&hits, &cases, Fit::Likelihood)?;
    let is_outside = |z: f64| z.abs() > Z95;
    let by_chance = whole.units.iter().filter(|unit| is_outside(unit.z_chance)).count();
    let in_all = whole.units.iter().filter(|unit| unit.standing != Standing::Within).count();
    let rest = if in_all == 0 { "none".to_owned() } else { in_all.to_string() };
    let title = format!(
        "{by_chance} of {} groups lie outside the 95 % limits of chance, {rest} outside those that hold the usual spread too",
        hits.len()
    );
    let x = Axis::linear("Animals in the group", 0.0, 60.0, 10.0);
    let mut plot = Plot::new(&title, 440.0, x, Axis::linear("Share with tumours", 0.0, 0.6, 0.1));
    let sizes: Vec<f64> = (9..=60).map(f64::from).collect();
    let target = [(9.0, whole.target), (60.0, whole.target)];
    plot.line(&target, DARK, false);
    for (colour, between) in [(GREY, false), (BLUE, true)] {
        for upper in [false, true] {
            let end = |size: f64| {
                let (low, high) = whole.limits(size, Z95, between);
                (size, if upper { high } else { low })
            };
            plot.line(&sizes.iter().map(|size| end(*size)).collect::<Vec<_>>(), colour, !between);
        }
    }
    // Many groups have the same counts: one mark for all of them.
    let mut counts: Vec<(u8, u8)> = TUMOURS.iter().copied().zip(RATS).collect();
    counts.sort_unstable();
    counts.dedup();
    for (r, n) in counts {
        let (r, n) = (f64::from(r), f64::from(n));
        let shrunk = prior.shrink(r, n);
        plot.line(&[(n, r / n), (n, shrunk)], "#CCCCCC", false);
        plot.mark(n, shrunk, Mark::Disc, ORANGE);
        plot.mark(n, r / n, Mark::Ring, RED);
    }
    plot.legend(&[
        (Mark::Ring, RED, "share"),
        (Mark::Disc, ORANGE, "shrunk share"),
        (Mark::Dashes, GREY, "95 %, chance alone"),
        (Mark::Line, BLUE, "95 %, chance and spread"),
    ]);
    plot.write("evidence.svg")
}
