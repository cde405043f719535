//! Every method against hostile tables: no panic, no score that is infinite, none that is missing without a word.

use mizan_model::diagnostic::Severity;

use crate::bad_input::{as_it_is, attempt};

const NORMALISATIONS: [&str; 14] = [
    "method = \"none\"",
    "method = \"minmax\"",
    "method = \"minmax\", range = [1, 100]",
    "method = \"zscore\"",
    "method = \"rank\", output = [0, 100]",
    "method = \"prank\"",
    "method = \"fracmax\"",
    "method = \"dist2max\"",
    "method = \"dist2ref\", unit = \"u0\"",
    "method = \"dist2targ\", target = 5, cap = true",
    "method = \"goalposts\", posts = [0, 10]",
    "method = \"above-below-mean\"",
    "method = \"ratio\", to = \"worst\"",
    "method = \"zscore\", output = [1, 100]",
];

const AGGREGATIONS: [&str; 18] = [
    "method = \"arithmetic\"",
    "method = \"geometric\"",
    "method = \"harmonic\"",
    "method = \"generalised\", p = 2",
    "method = \"generalised\", p = -1",
    "method = \"copeland\"",
    "method = \"borda\"",
    "method = \"condorcet\"",
    "method = \"kemeny\"",
    "method = \"mpi\"",
    "method = \"ampi\"",
    "method = \"owa\", ordered = [0.5, 0.3, 0.2]",
    "method = \"wroclaw\"",
    "method = \"mean-min\"",
    "method = \"benefit-of-the-doubt\"",
    "method = \"geometric-bod\"",
    "method = \"directional-bod\"",
    "method = \"multi-directional-bod\"",
];

/// Three columns each.
fn tables() -> Vec<(&'static str, [Vec<f64>; 3])> {
    let nan = f64::NAN;
    let same = |x: &[f64]| [x.to_vec(), x.to_vec(), x.to_vec()];
    vec![
        ("one unit", same(&[3.0])),
        ("two equal units", same(&[3.0, 3.0])),
        ("all zero", same(&[0.0, 0.0, 0.0])),
        ("negative", [vec![-1.0, -2.0, -3.0], vec![1.0, 0.0, -1.0], vec![5.0, 5.0, 5.0]]),
        ("nothing", same(&[nan, nan, nan])),
        ("one value", [vec![nan, 1.0, nan], vec![1.0, 2.0, 3.0], vec![nan, nan, nan]]),
        ("a unit without values", [vec![1.0, nan, 2.0], vec![4.0, nan, 3.0], vec![1.0, nan, 7.0]]),
        ("huge", [vec![1e308, -1e308, 1e308], vec![1e308, 1e308, 0.0], vec![1e-308, 1.0, 2.0]]),
        ("tiny", same(&[5e-324, 1e-320, 0.0])),
        ("good", [vec![1.0, 2.0, 4.0, 3.0], vec![9.0, 7.0, 1.0, 2.0], vec![1.0, 5.0, 2.0, 8.0]]),
    ]
}

#[test]
fn no_method_gives_a_score_that_is_none() {
    let mut scored = 0;
    for (name, columns) in tables() {
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        for normalise in NORMALISATIONS {
            for aggregate in AGGREGATIONS {
                let steps =
                    format!("[[step]]\nnormalise = {{ {normalise} }}\n[[step]]\naggregate = {{ {aggregate} }}\n");
                let place = format!("{name}: {normalise}: {aggregate}");
                let (found, scores) = attempt(&columns, &steps, as_it_is);
                let Some(scores) = scores else {
                    let stops = |severity| severity == Severity::Error;
                    assert!(found.iter().any(|own| stops(own.severity)), "{place}: no reason in {found:?}");
                    continue;
                };
                assert!(!scores.iter().any(|score| score.is_infinite()), "{place}: {scores:?}");
                if scores.iter().any(|score| score.is_nan()) {
                    let is_said = found.iter().any(|own| own.severity >= Severity::Warning);
                    assert!(is_said, "{place}: {scores:?} without a word, {found:?}");
                } else {
                    scored += 1;
                }
            }
        }
    }
    // Most combinations on good tables give scores: the test does not pass because nothing does.
    assert!(scored > 300, "{scored}");
}
