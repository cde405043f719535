//! Ten thousand units through the whole chain: seconds, and time that grows as the table does.

use std::time::{Duration, Instant};

use crate::support::{chain, dataset, flat, run, scores};

const RECIPE: &str = "[[step]]\nimpute = { method = \"median\" }\n\
                      [[step]]\nscreen = { min_available = 0.5 }\n\
                      [[step]]\ntreat = { winmax = 5 }\n\
                      [[step]]\nnormalise = { method = \"minmax\", range = [1, 100] }\n\
                      [[step]]\nweigh = { method = \"pca\" }\n\
                      [[step]]\naggregate = { method = \"geometric\" }\n";

/// Time of a run over 20 indicators; values are cheap pseudo-random numbers with a common part, and gaps.
fn timed(units: usize) -> Duration {
    let mut seed = 1u64;
    let mut next = || {
        // Knuth's multiplier for 64 bits, upper bits.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 11) as f64 / (1u64 << 53) as f64
    };
    let common: Vec<f64> = (0..units).map(|_| next()).collect();
    let columns: Vec<(String, Vec<f64>)> = (0..20)
        .map(|at| {
            let own = |base: &f64| {
                let value = base + next();
                if next() < 0.02 { f64::NAN } else { value }
            };
            (format!("x{at}"), common.iter().map(own).collect())
        })
        .collect();
    let names: Vec<String> = (0..units).map(|at| format!("u{at}")).collect();
    let chain = chain(dataset(&names, &columns), flat(&columns), RECIPE);
    let start = Instant::now();
    let (outcome, _) = run(&chain);
    let taken = start.elapsed();
    let own = scores(&chain, &outcome, "Index");
    assert_eq!(own.len(), units);
    assert!(own.iter().all(|score| (1.0..=100.0).contains(score)));
    taken
}

#[test]
fn ten_thousand_units_take_seconds() {
    let small = timed(1_000).max(Duration::from_millis(2));
    let large = timed(10_000);
    println!("{small:?} {large:?}");
    assert!(large < Duration::from_secs(5), "{large:?}");
    // Ten times the units: ten times the time if linear, a hundred if squared. Room for a busy machine.
    assert!(large < 40 * small, "{small:?} {large:?}");
}
