//! A panel: 51 countries over five years, of the R package COINr. Where statistics come from decides what compares.

use mizan_index::dataset::{Dataset, Row};
use mizan_index::explain::{Version, compare};
use mizan_index::structure::{Element, ElementKind};
use nalgebra::DMatrix;

use crate::support::{Table, chain, near, reference, run, scores};

/// Logistics performance, and carbon dioxide emissions per head, of which less is better.
const CODES: [&str; 2] = ["LPI", "CO2"];

fn panel() -> Dataset {
    let table = Table::read(reference!("coinr/input/asem_iData_panel.csv"));
    let times = table.numbers("Time");
    let rows: Vec<Row> = table
        .words("uCode")
        .into_iter()
        .zip(table.words("uName"))
        .zip(times)
        .map(|((unit, name), time)| Row { unit, name, time: Some(time as i64) })
        .collect();
    let columns = CODES.map(|code| table.numbers(code));
    let values = DMatrix::from_fn(rows.len(), 2, |row, k| columns[k][row]);
    let made = Dataset::new(rows, CODES.map(str::to_owned).to_vec(), values);
    assert!(made.diagnostics.is_empty(), "{:?}", made.diagnostics);
    made.value
}

fn lines() -> Vec<Element> {
    let mut lines = CODES.map(|code| Element::new(code, ElementKind::Indicator, None)).to_vec();
    lines[1].direction = -1.0;
    lines
}

/// LPI, CO2 and the index, each with a function from unit and year.
fn normalised(parameters: &str) -> impl Fn(&str, &str, i64) -> f64 + use<> {
    let steps = format!("[[step]]\nnormalise = {{ {parameters} }}\n[[step]]\naggregate = {{}}\n");
    let chain = chain(panel(), lines(), &steps);
    let (outcome, found) = run(&chain);
    let is_quiet = parameters.contains("annual-change") || found.is_empty();
    assert!(is_quiet, "{found:?}");
    move |code: &str, unit: &str, year: i64| {
        let row = chain.dataset.rows.iter().position(|row| row.unit == unit && row.time == Some(year)).unwrap();
        scores(&chain, &outcome, code)[row]
    }
}

/// India, as printed in the table: LPI 3.492380 in 2022, CO2 2.103363. Least and largest values over all years: LPI
/// 2.067254 (Laos 2018) and 4.637483 (Germany 2022), CO2 0.297201 (Laos 2018) and 24.282263 (Brunei 2020). In 2022: LPI
/// 2.463522 and 4.637483, CO2 1.243760 and 22.836939. In 2018: LPI 2.067254 and 4.225967, CO2 0.297201 and 22.124701.
#[test]
fn pooled_yearly_and_base_year_statistics_differ_as_they_should() {
    let checks = [
        ("panel = \"pooled\"", [2.067254, 4.637482988223726], [0.29720088370577386, 24.28226339790924]),
        ("panel = \"per-year\"", [2.463522150299334, 4.637482988223726], [1.2437597830855882, 22.83693928943681]),
        ("panel = 2018", [2.067254, 4.225967], [0.29720088370577386, 22.12470124166877]),
    ];
    let mut indices = Vec::new();
    for (word, lpi, co2) in checks {
        let found = normalised(&format!("method = \"minmax\", range = [0, 100], {word}"));
        let expect = [
            100.0 * (3.492379903824794 - lpi[0]) / (lpi[1] - lpi[0]),
            100.0 * (co2[1] - 2.1033628856415434) / (co2[1] - co2[0]),
        ];
        near(word, &[found("LPI", "IND", 2022), found("CO2", "IND", 2022)], &expect, 1e-10);
        near(word, &[found("Index", "IND", 2022)], &[(expect[0] + expect[1]) / 2.0], 1e-10);
        indices.push(found("Index", "IND", 2022));
    }
    near("indices", &indices, &[73.9585, 71.6728, 78.8713], 5e-5);
    // Over all years and within each, nobody is outside of the range; against a base year a later year may be.
    let base = normalised("method = \"minmax\", range = [0, 100], panel = 2018");
    near("Germany", &[base("LPI", "DEU", 2018), base("LPI", "LAO", 2018)], &[100.0, 0.0], 1e-12);
    near("Germany", &[base("LPI", "DEU", 2022)], &[100.0 * (4.637482988223726 - 2.067254) / 2.158713], 1e-10);
    let yearly = normalised("method = \"minmax\", range = [0, 100], panel = \"per-year\"");
    near("best of each year", &[yearly("LPI", "DEU", 2019), yearly("LPI", "LUX", 2020)], &[100.0; 2], 1e-12);
}

/// A base year is the only one whose scores stay as they are when later years come.
#[test]
fn scores_of_the_base_year_do_not_know_later_years() {
    let all = panel();
    let first: Vec<usize> = (0..all.rows.len()).filter(|&row| all.rows[row].time == Some(2018)).collect();
    let rows = first.iter().map(|&row| all.rows[row].clone()).collect();
    let alone = Dataset::new(rows, all.indicators.clone(), all.values.select_rows(&first)).value;
    let index = |data: Dataset, word: &str| {
        let steps =
            format!("[[step]]\nnormalise = {{ method = \"minmax\", panel = {word} }}\n[[step]]\naggregate = {{}}\n");
        let chain = chain(data, lines(), &steps);
        let (outcome, found) = run(&chain);
        assert!(found.is_empty(), "{found:?}");
        let element = chain.structure.top();
        let state = outcome.last().clone();
        let version = Version { name: word.to_owned(), state: &state, element };
        let of_2018 = compare(&[version]).into_iter().filter(|row| row.time == Some(2018));
        of_2018.map(|row| (row.scores[0].unwrap(), row.ranks[0].unwrap())).collect::<Vec<(f64, usize)>>()
    };
    let now = index(alone, "\"pooled\"");
    assert_eq!(index(panel(), "2018"), now);
    assert_eq!(index(panel(), "\"per-year\""), now);
    assert_ne!(index(panel(), "\"pooled\""), now);
}

/// Methods over years, by hand: India's LPI runs 3.420043, 3.470094, 3.527684, 3.700370, 3.492380.
#[test]
fn methods_over_years_follow_each_unit() {
    let x: [f64; 5] = [3.420043, 3.470094202625769, 3.52768355364609, 3.700369802069674, 3.492379903824794];
    let years = [2018, 2019, 2020, 2021, 2022];
    let found = |parameters: &str| {
        let of = normalised(parameters);
        years.map(|year| of("LPI", "IND", year))
    };
    let mean = x.iter().sum::<f64>() / 5.0;
    let deviation = x.iter().map(|value| (value - mean).abs()).sum::<f64>() / 5.0;
    near("cyclical", &found("method = \"cyclical\""), &x.map(|value| (value - mean) / deviation), 1e-10);
    near("year", &found("method = \"reference-year\", year = 2018"), &x.map(|value| value / x[0]), 1e-12);
    let mut change = [f64::NAN; 5];
    (1..5).for_each(|at| change[at] = x[at] / x[at - 1] - 1.0);
    near("change", &found("method = \"annual-change\""), &change, 1e-12);
    // Less carbon dioxide is better, so that its change is turned round: Austria, 6.873713 to 7.808361.
    let of = normalised("method = \"annual-change\"");
    near("CO2", &[of("CO2", "AUT", 2019)], &[1.0 - 7.8083612986890705 / 6.873713220336999], 1e-12);
    assert!(of("Index", "AUT", 2018).is_nan());
}

/// Ranks of each year, stretched: the best of a year has 100, whatever the number of years.
#[test]
fn yearly_ranks_reach_both_ends_of_their_range() {
    for method in ["rank", "borda", "prank"] {
        let of = normalised(&format!("method = \"{method}\", panel = \"per-year\", output = [0, 100]"));
        for (year, best) in [(2018, "DEU"), (2019, "DEU"), (2020, "LUX"), (2021, "LUX"), (2022, "DEU")] {
            near(method, &[of("LPI", best, year), of("LPI", "LAO", year)], &[100.0, 0.0], 1e-12);
        }
    }
}
