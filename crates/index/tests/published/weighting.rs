//! The Handbook's weights: tables 15 to 23 and 41.

use mizan_index::chain::Record;

use crate::support::{Table, chain, dataset, flat, index, near, ranks, reference, run};
use crate::technology::{CODES, goalposts, printed, ranked, technology};

const MEAN: &str = "[[step]]\naggregate = { method = \"arithmetic\" }\n";
const TABLE_23: &str = reference!("handbook_tai/table23_ranks_by_weighting.csv");

/// Numbers by indicator as a TOML table.
fn by_code(numbers: &[f64]) -> String {
    let cells: Vec<String> = CODES.iter().zip(numbers).map(|(code, number)| format!("{code} = {number:?}")).collect();
    format!("{{ {} }}", cells.join(", "))
}

/// Weights of a method, table 22: printed with two digits.
fn table_22(method: &str) -> Vec<f64> {
    let table = Table::read(reference!("handbook_tai/table22_weights.csv"));
    let row = table.words("method").iter().position(|name| name == method).unwrap();
    CODES.iter().map(|code| table.numbers(code)[row]).collect()
}

fn ranks_with(weigh: &str) -> Vec<usize> {
    let (countries, columns) = technology();
    ranks(&index(&countries, &columns, &format!("{}{weigh}{MEAN}", goalposts())))
}

#[test]
fn table_23_ranks_by_equal_weights() {
    ranked("EW", &ranks_with(""), &printed(TABLE_23, "EW"), 0, 0);
    ranked("EW", &ranks_with("[[step]]\nweigh = { method = \"equal\" }\n"), &printed(TABLE_23, "EW"), 0, 0);
}

#[test]
fn table_23_ranks_by_the_budget_allocation_of_experts() {
    let expect = printed(TABLE_23, "BAP");
    let judge = by_code(&table_22("BAP"));
    let manual = format!("[[step]]\nweigh = {{ method = \"manual\", weights = {judge} }}\n");
    ranked("BAP", &ranks_with(&manual), &expect, 0, 0);
    // The mean of judges that agree is what they say.
    let judges = format!("[[step]]\nweigh = {{ method = \"budget-allocation\", judges = [{judge}, {judge}] }}\n");
    ranked("BAP", &ranks_with(&judges), &expect, 0, 0);
}

/// Weights are printed with two digits, so that near countries change places.
#[test]
fn table_23_ranks_by_printed_weights_of_factors_and_hierarchies() {
    for (method, differ, by) in [("FA", 4, 1), ("AHP", 3, 2)] {
        let weights = by_code(&table_22(method));
        let manual = format!("[[step]]\nweigh = {{ method = \"manual\", weights = {weights} }}\n");
        ranked(method, &ranks_with(&manual), &printed(TABLE_23, method), differ, by);
    }
}

/// Weights before the last step, and what the weighing found.
fn weighed(steps: &str) -> (Vec<f64>, Vec<(&'static str, f64)>) {
    let (countries, columns) = technology();
    let chain = chain(dataset(&countries, &columns), flat(&columns), steps);
    let (outcome, found) = run(&chain);
    assert!(found.is_empty(), "{found:?}");
    let done = outcome.steps.iter().find(|done| done.step == "weigh").unwrap();
    let Record::Weighed(weighed) = &done.record else { panic!("{:?}", done.record) };
    let own = CODES.map(|code| weighed.weights[chain.structure.position(code).unwrap()]);
    (own.to_vec(), weighed.details.iter().map(|detail| (detail.name, detail.value)).collect())
}

/// Table 20 is the matrix of one expert; the text gives its consistency. The weights were computed from it in R.
#[test]
fn table_20_weights_of_a_comparison_of_pairs() {
    let table = Table::read(reference!("handbook_tai/table20_ahp_comparison_matrix.csv"));
    let columns: Vec<Vec<f64>> = CODES.iter().map(|code| table.numbers(code)).collect();
    let matrix: Vec<Vec<f64>> = (0..8).map(|row| columns.iter().map(|column| column[row]).collect()).collect();
    let step = format!("[[step]]\nweigh = {{ method = \"ahp\", elements = {CODES:?}, matrices = [{matrix:?}] }}\n");
    let (weights, details) = weighed(&format!("{}{step}{MEAN}", goalposts()));
    near("AHP", &weights, &[0.2291, 0.1346, 0.0594, 0.1761, 0.0385, 0.0385, 0.2522, 0.0715], 5e-5);
    let detail = |name: &str| details.iter().find(|(known, _)| *known == name).unwrap().1;
    near("eigenvalue", &[detail("eigenvalue")], &[8.2111], 5e-5);
    near("CI", &[(detail("eigenvalue") - 8.0) / 7.0], &[0.03015], 1e-5);
    near("CR", &[detail("consistency_ratio")], &[0.0214], 5e-5);
}

/// Tables 16 to 18: four factors, the weights by principal components. The book takes the indicators as they are, and
/// weights do not ask for units, so that any min-max gives the same.
#[test]
fn tables_17_and_18_weights_of_rotated_factors() {
    let step = "[[step]]\nnormalise = { method = \"minmax\" }\n\
                [[step]]\nweigh = { method = \"nicoletti\", keep = \"count\", count = 4 }\n";
    let (weights, details) = weighed(&format!("{step}{MEAN}"));
    assert_eq!(details, [("factors", 4.0)]);
    // Exports, that lie between two factors, are printed as 0.07; the printed shares of table 17 give 0.23 · 0.20 over
    // the sum of all, which is 0.055.
    near("table 18", &weights, &Table::read(reference!("handbook_tai/table18_fa_weights.csv")).numbers("PC"), 0.014);
    let shares = Table::read(reference!("handbook_tai/table17_squared_loadings_scaled.csv"));
    let factors = ["F1", "F2", "F3", "F4"].map(|factor| shares.numbers(factor));
    let raw: Vec<f64> = (0..8)
        .map(|row| {
            let best = factors.iter().max_by(|a, b| a[row].total_cmp(&b[row])).unwrap();
            best[row] * best[8]
        })
        .collect();
    let sum: f64 = raw.iter().sum();
    near("table 17", &weights, &raw.iter().map(|weight| weight / sum).collect::<Vec<f64>>(), 0.006);
}

/// Table 41: the index without telephones and electricity. Of the 28 pairs that can be left out, no other gives these
/// ranks. The ranks with all eight are those of the Human Development Report 2001, in which three neighbours differ.
#[test]
fn table_41_ranks_with_six_indicators() {
    let table = reference!("handbook_tai/table41_tai6_ranks.csv");
    ranked("TAI", &ranks_with(""), &printed(table, "TAI"), 3, 2);
    let weights = "{ telephones = 0, electricity = 0 }";
    let without = format!("[[step]]\nweigh = {{ method = \"manual\", weights = {weights} }}\n");
    ranked("TAI6", &ranks_with(&without), &printed(table, "TAI6"), 0, 0);
    // What weighs nothing might as well not be there.
    let (countries, mut columns) = technology();
    columns.retain(|(code, _)| code != "telephones" && code != "electricity");
    let posts: Vec<String> = goalposts()
        .lines()
        .filter(|line| !line.contains("telephones") && !line.contains("electricity"))
        .map(str::to_owned)
        .collect();
    let six = index(&countries, &columns, &format!("{}\n{MEAN}", posts.join("\n")));
    ranked("TAI6", &ranks(&six), &printed(table, "TAI6"), 0, 0);
}
