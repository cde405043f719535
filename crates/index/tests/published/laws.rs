//! Laws that hold through the whole chain, whatever the numbers: seeded loops over random tables.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::bad_input::{MEAN, attempt};
use crate::support::{chain, dataset, flat, index, near, ranks, run, scores};

const UNITS: usize = 12;

/// Three columns; with `is_positive` above 0.
fn random(seed: u64, is_positive: bool) -> Vec<(String, Vec<f64>)> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let low = if is_positive { 0.5 } else { -5.0 };
    (0..3).map(|k| (format!("x{k}"), (0..UNITS).map(|_| random.random_range(low..9.0)).collect())).collect()
}

fn units() -> Vec<String> {
    (0..UNITS).map(|at| format!("u{at}")).collect()
}

/// A normalised value never falls where the unit is better; a method that cannot promise it for these values is an
/// error. Ratios cannot where what they are taken to is negative, which it is whenever less is better.
#[test]
fn better_is_never_worth_less() {
    let methods = [
        "method = \"none\"",
        "method = \"minmax\"",
        "method = \"zscore\"",
        "method = \"scaled\"",
        "method = \"rank\"",
        "method = \"borda\"",
        "method = \"prank\"",
        "method = \"fracmax\"",
        "method = \"dist2max\"",
        "method = \"dist2ref\", unit = \"u3\"",
        "method = \"dist2targ\", target = 12",
        "method = \"dist2targ\", target = -7, cap = true",
        "method = \"goalposts\", posts = [1, 7]",
        "method = \"goalposts\", posts = [1, 7], truncate = false, output = [1, 100]",
        "method = \"above-below-mean\"",
        "method = \"categorical\"",
        "method = \"ratio\", to = \"mean\"",
        "method = \"ratio\", to = \"best\", minus_one = true",
        "method = \"ratio\", to = \"worst\"",
    ];
    for method in methods {
        let mut computed = 0;
        for case in 0..40 {
            let (direction, is_positive) = (if case % 2 == 0 { 1.0 } else { -1.0 }, case % 4 < 2);
            let (_, x) = &random(case, is_positive)[0];
            let steps = format!("[[step]]\nnormalise = {{ {method} }}\n{MEAN}");
            let (found, scores) = attempt(&[x], &steps, |_, line| line.direction = direction);
            let Some(scores) = scores else {
                assert!(!found.is_empty());
                continue;
            };
            computed += 1;
            for a in 0..UNITS {
                for b in 0..UNITS {
                    let is_better = direction * x[a] > direction * x[b];
                    assert!(!is_better || scores[a] >= scores[b] - 1e-12, "{method} {direction}: {x:?} {scores:?}");
                }
            }
        }
        assert!(computed >= 5, "{method}: {computed}");
    }
}

#[test]
fn the_unit_of_measurement_does_not_matter() {
    for seed in 0..20 {
        let columns = random(seed, false);
        let other: Vec<(String, Vec<f64>)> = columns
            .iter()
            .enumerate()
            .map(|(k, (code, x))| (code.clone(), x.iter().map(|value| 1000.0 * value - 7.0 * k as f64).collect()))
            .collect();
        for method in ["minmax", "zscore", "rank"] {
            let steps = format!("[[step]]\nnormalise = {{ method = \"{method}\" }}\n{MEAN}");
            near(method, &index(&units(), &other, &steps), &index(&units(), &columns, &steps), 1e-10);
        }
    }
}

#[test]
fn only_the_relation_of_weights_matters() {
    let weigh = |by: f64| {
        format!(
            "[[step]]\nweigh = {{ method = \"manual\", weights = {{ x0 = {by:?}, x1 = {:?}, x2 = {:?} }} }}\n",
            2.0 * by,
            5.0 * by
        )
    };
    for seed in 0..10 {
        for method in ["arithmetic", "geometric", "kemeny", "copeland", "condorcet"] {
            let steps = |by: f64| {
                let normalise = "[[step]]\nnormalise = { method = \"minmax\", range = [1, 100] }\n";
                format!("{normalise}{}[[step]]\naggregate = {{ method = \"{method}\" }}\n", weigh(by))
            };
            let columns = random(seed, true);
            let own = |by: f64| {
                let chain = chain(dataset(&units(), &columns), flat(&columns), &steps(by));
                scores(&chain, &run(&chain).0, "Index")
            };
            near(method, &own(1e-3), &own(40.0), 1e-9);
        }
    }
}

/// Units and indicators in another order: the same scores.
#[test]
fn the_order_of_the_table_does_not_matter() {
    let methods = ["arithmetic", "geometric", "harmonic", "copeland", "borda", "mpi", "ampi", "wroclaw", "mean-min"];
    for seed in 0..10 {
        let columns = random(seed, true);
        let turned: Vec<(String, Vec<f64>)> =
            columns.iter().rev().map(|(code, x)| (code.clone(), x.iter().rev().copied().collect())).collect();
        let names: Vec<String> = units().into_iter().rev().collect();
        for method in methods {
            let steps = format!(
                "[[step]]\nnormalise = {{ method = \"none\" }}\n[[step]]\naggregate = {{ method = \"{method}\" }}\n"
            );
            let mut back = index(&names, &turned, &steps);
            back.reverse();
            near(method, &back, &index(&units(), &columns, &steps), 1e-9);
        }
    }
}

/// A unit that is at least as good everywhere never stands behind, whatever the method makes of the distances.
#[test]
fn who_is_better_everywhere_is_ahead() {
    let methods =
        ["arithmetic", "geometric", "harmonic", "copeland", "borda", "condorcet", "kemeny", "wroclaw", "mean-min"];
    for seed in 0..20 {
        let mut columns = random(seed, true);
        columns.iter_mut().for_each(|(_, x)| x[4] = x[7] + 0.25);
        for method in methods {
            let steps = format!(
                "[[step]]\nnormalise = {{ method = \"minmax\", range = [1, 2] }}\n[[step]]\naggregate = {{ method = \"{method}\" }}\n"
            );
            let chain = chain(dataset(&units(), &columns), flat(&columns), &steps);
            let own = ranks(&scores(&chain, &run(&chain).0, "Index"));
            assert!(own[4] <= own[7], "{method} {seed}: {own:?}");
        }
    }
}
