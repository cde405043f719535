//! The Handbook's table 15: mean years of schooling, normalised in eleven ways.

use crate::support::{Table, chain, dataset, flat, near, reference, run};

/// Schooling after a step `normalise` with these parameters, in a chain of its own.
fn schooling(parameters: &str) -> Vec<f64> {
    let table = Table::read(reference!("handbook_tai/table15_normalisation_schooling.csv"));
    let columns = [("schooling".to_owned(), table.numbers("schooling"))];
    let chain = chain(
        dataset(&table.words("country"), &columns),
        flat(&columns),
        &format!("[[step]]\nnormalise = {{ {parameters} }}\n"),
    );
    let (outcome, found) = run(&chain);
    assert!(found.is_empty(), "{found:?}");
    outcome.last().column(0).unwrap().to_vec()
}

fn check(column: &str, found: &[f64], tolerance: f64) {
    let table = Table::read(reference!("handbook_tai/table15_normalisation_schooling.csv"));
    near(column, found, &table.numbers(column), tolerance);
}

#[test]
fn table_15_is_reproduced_column_by_column() {
    let two_digits = 0.005 + 1e-9;
    check("rank_high_is_top", &schooling("method = \"rank\""), 0.0);
    check("zscore", &schooling("method = \"zscore\""), two_digits);
    check("minmax", &schooling("method = \"minmax\", range = [0, 1]"), two_digits);
    check("ratio_to_mean", &schooling("method = \"ratio\", to = \"mean\""), two_digits);
    check("ratio_to_best", &schooling("method = \"ratio\", to = \"best\""), two_digits);
    check("ratio_to_best", &schooling("method = \"fracmax\""), two_digits);
    check("ratio_to_worst", &schooling("method = \"ratio\", to = \"worst\""), two_digits);
    check("diff_to_mean", &schooling("method = \"ratio\", to = \"mean\", minus_one = true"), two_digits);
    check("diff_to_worst", &schooling("method = \"ratio\", to = \"worst\", minus_one = true"), two_digits);
    check("above_below_mean_p20", &schooling("method = \"above-below-mean\", p = 0.2"), 0.0);
    check("categorical", &schooling("method = \"categorical\""), 0.0);
}

/// The book's percentile is the rank over n, so that nobody has 0; percentile ranks run from 0 to 1.
#[test]
fn table_15_percentiles_are_ranks() {
    let ranks = schooling("method = \"rank\"");
    let percentiles: Vec<f64> = ranks.iter().map(|rank| 100.0 * rank / 23.0).collect();
    check("percentile", &percentiles, 0.05 + 1e-9);
    let ends: Vec<f64> = ranks.iter().map(|rank| (rank - 1.0) / 22.0).collect();
    near("prank", &schooling("method = \"prank\""), &ends, 1e-15);
    near("borda", &schooling("method = \"borda\""), &ranks.iter().map(|rank| rank - 1.0).collect::<Vec<f64>>(), 0.0);
}

/// Ranks promise 1 to the number of values that are there; stretched, the best is at the upper end also where a value is
/// missing, as percentile ranks have it.
#[test]
fn ranks_reach_both_ends_of_their_range() {
    let units: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
    let columns = [("x".to_owned(), vec![1.0, 2.0, f64::NAN, 3.0])];
    for method in ["rank", "borda", "prank"] {
        let step = format!("[[step]]\nnormalise = {{ method = \"{method}\", output = [0, 100] }}\n");
        let chain = chain(dataset(&units, &columns), flat(&columns), &step);
        let own = run(&chain).0.last().column(0).unwrap().to_vec();
        near(method, &own, &[0.0, 50.0, f64::NAN, 100.0], 1e-12);
    }
}
