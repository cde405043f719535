//! The Logistics Performance Index of the World Bank, editions 2012 to 2018: weights by the first principal component
//! over standard deviations.

use mizan_index::chain::Record;
use mizan_index::dataset::{Dataset, Row};
use nalgebra::DMatrix;

use crate::support::{Table, chain, dataset, flat, near, ranks, reference, run, scores};

const CODES: [&str; 6] =
    ["customs", "infrastructure", "international_shipments", "logistics_competence", "tracking_tracing", "timeliness"];
const RECIPE: &str = "[[step]]\nweigh = { method = \"pca-scaled\" }\n\
                      [[step]]\naggregate = { method = \"arithmetic\" }\n";

fn editions() -> [(i64, Table); 4] {
    [
        (2012, Table::read(reference!("lpi/lpi_2012.csv"))),
        (2014, Table::read(reference!("lpi/lpi_2014.csv"))),
        (2016, Table::read(reference!("lpi/lpi_2016.csv"))),
        (2018, Table::read(reference!("lpi/lpi_2018.csv"))),
    ]
}

fn columns(table: &Table) -> Vec<(String, Vec<f64>)> {
    CODES.map(|code| (code.to_owned(), table.numbers(code))).to_vec()
}

/// Weights as computed in R from the published loadings' rule; scores within 0.008 of the published ones, that were
/// made of components with more digits.
#[test]
fn weights_and_scores_of_four_editions() {
    let expect = Table::read(reference!("lpi/lpi_pca_weights.csv"));
    for (at, (year, table)) in editions().into_iter().enumerate() {
        let columns = columns(&table);
        let chain = chain(dataset(&table.words("country"), &columns), flat(&columns), RECIPE);
        let (outcome, found) = run(&chain);
        assert!(found.is_empty(), "{found:?}");
        let done = outcome.steps.iter().find(|done| done.step == "weigh").unwrap();
        let Record::Weighed(weighed) = &done.record else { panic!("{:?}", done.record) };
        let sum: f64 = weighed.weights[..6].iter().sum();
        let shares: Vec<f64> = weighed.weights[..6].iter().map(|weight| weight / sum).collect();
        let wanted: Vec<f64> = CODES.iter().map(|code| expect.numbers(&format!("weight_{code}"))[at]).collect();
        near("weights", &shares, &wanted, 1e-10);
        let explained = weighed.details.iter().find(|detail| detail.name == "explained").unwrap().value;
        near("explained", &[explained], &[expect.numbers("frac_var_pc1")[at]], 1e-10);
        assert_eq!(expect.numbers("year")[at] as i64, year);
        let own = scores(&chain, &outcome, "Index");
        near("as in R", &own, &table.numbers("lpi_recomputed_full_precision"), 1e-10);
        near("published", &own, &table.numbers("lpi_published"), 0.008);
        // A simple mean misses by more: that the weights matter shows in the second digit.
        let least = own.iter().zip(table.numbers("lpi_published")).filter(|(a, b)| (**a - b).abs() <= 0.005).count();
        assert!(least * 10 >= own.len() * 8, "{year}: {least} of {}", own.len());
        assert_eq!(ranks(&own).len(), expect.numbers("n")[at] as usize);
    }
}

/// All editions in one table.
fn panel() -> Dataset {
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    for (year, table) in editions() {
        let columns = columns(&table);
        for (at, country) in table.words("country").into_iter().enumerate() {
            rows.push(Row { unit: country.clone(), name: country, time: Some(year) });
            cells.extend(columns.iter().map(|(_, values)| values[at]));
        }
    }
    let values = DMatrix::from_row_slice(rows.len(), CODES.len(), &cells);
    let made = Dataset::new(rows, CODES.map(str::to_owned).to_vec(), values);
    assert!(made.diagnostics.is_empty(), "{:?}", made.diagnostics);
    made.value
}

/// The panel, and its indicators after min-max.
fn normalised(panel_word: &str) -> (Dataset, Vec<Vec<f64>>) {
    let lines = flat(&columns(&editions()[0].1));
    let steps = format!("[[step]]\nnormalise = {{ method = \"minmax\", range = [0, 1], panel = {panel_word} }}\n");
    let chain = chain(panel(), lines, &steps);
    let (outcome, found) = run(&chain);
    assert!(found.is_empty(), "{found:?}");
    let values = (0..6).map(|column| outcome.last().column(column).unwrap().to_vec()).collect();
    (chain.dataset, values)
}

/// Whether the second row is one whose values the first is compared with.
type IsBase<'a> = &'a dyn Fn(&Row, &Row) -> bool;

/// Min-max by the definition, over the rows that `is_base` says, for each row.
fn by_hand(data: &Dataset, column: usize, is_base: IsBase<'_>) -> Vec<f64> {
    let x = data.values.column(column);
    let of = |row: &Row| {
        let base = || data.rows.iter().zip(x.iter()).filter(|(other, _)| is_base(row, other)).map(|(_, value)| *value);
        (base().fold(f64::INFINITY, f64::min), base().fold(f64::NEG_INFINITY, f64::max))
    };
    let scaled = data.rows.iter().zip(x.iter()).map(|(row, value)| {
        let (least, largest) = of(row);
        (value - least) / (largest - least)
    });
    scaled.collect()
}

#[test]
fn editions_as_a_panel_are_normalised_by_three_bases() {
    let checks: [(&str, IsBase<'_>); 3] = [
        ("\"pooled\"", &|_, _| true),
        ("\"per-year\"", &|row, other| row.time == other.time),
        ("2012", &|_, other| other.time == Some(2012)),
    ];
    for (word, is_base) in checks {
        let (data, values) = normalised(word);
        for (column, own) in values.iter().enumerate() {
            near(word, own, &by_hand(&data, column, is_base), 1e-14);
        }
    }
    // Germany's timeliness of 2016 is 4.45; of 2012 the least is 1.67 (Burundi) and the largest 4.39 (Singapore).
    let (data, values) = normalised("2012");
    let germany = data.rows.iter().position(|row| row.unit == "Germany" && row.time == Some(2016)).unwrap();
    near("Germany", &[values[5][germany]], &[2.78 / 2.72], 1e-12);
}
