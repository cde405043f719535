use proptest::prelude::*;

use super::*;

/// Columns of a reference table, rows in order.
pub(crate) fn columns(text: &str, names: &[&str]) -> DMatrix<f64> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let places: Vec<usize> =
        names.iter().map(|name| headers.iter().position(|header| header == *name).unwrap()).collect();
    let rows: Vec<Vec<f64>> = reader
        .records()
        .map(|record| places.iter().map(|&place| record.as_ref().unwrap()[place].parse().unwrap()).collect())
        .collect();
    DMatrix::from_fn(rows.len(), names.len(), |row, column| rows[row][column])
}

macro_rules! reference {
    ($path:literal) => {
        include_str!(concat!("../../../../reference/frontier/", $path))
    };
}

/// Name, inputs, outputs.
pub(crate) fn classics() -> Vec<(&'static str, DMatrix<f64>, DMatrix<f64>)> {
    let table = |name, text, inputs: &[&str], outputs: &[&str]| (name, columns(text, inputs), columns(text, outputs));
    vec![
        table(
            "charnes1981",
            reference!("data/Benchmarking_charnes1981.csv"),
            &["x1", "x2", "x3", "x4", "x5"],
            &["y1", "y2", "y3"],
        ),
        table("milkProd", reference!("data/Benchmarking_milkProd.csv"), &["energy", "vet", "cows"], &["milk"]),
        table(
            "pigdata",
            reference!("data/Benchmarking_pigdata.csv"),
            &["x1", "x2", "x3", "x4", "x5", "x6"],
            &["y2", "y4"],
        ),
        table(
            "Electric_plants",
            reference!("data/deaR_Electric_plants.csv"),
            &["Labor", "Fuel", "Capital"],
            &["Output"],
        ),
        table("Golany_Roll_1989", reference!("data/deaR_Golany_Roll_1989.csv"), &["X1", "X2", "X3"], &["Y1", "Y2"]),
        table("Power_plants", reference!("data/deaR_Power_plants.csv"), &["X1", "X2", "X3", "X4"], &["Y1", "Y2"]),
    ]
}

pub(crate) const PARTIAL: &str = reference!("partial/exact_orderm_orderalpha.csv");

pub(crate) fn orientation(word: &str) -> Orientation {
    if word == "in" { Orientation::Input } else { Orientation::Output }
}

/// First column of a table: the names of its units.
fn names(text: &str) -> Vec<String> {
    csv::Reader::from_reader(text.as_bytes()).records().map(|record| record.unwrap()[0].to_owned()).collect()
}

fn units_of(table: &str) -> Vec<String> {
    names(match table {
        "charnes1981" => reference!("data/Benchmarking_charnes1981.csv"),
        "milkProd" => reference!("data/Benchmarking_milkProd.csv"),
        "pigdata" => reference!("data/Benchmarking_pigdata.csv"),
        "Electric_plants" => reference!("data/deaR_Electric_plants.csv"),
        "Golany_Roll_1989" => reference!("data/deaR_Golany_Roll_1989.csv"),
        _ => reference!("data/deaR_Power_plants.csv"),
    })
}

#[test]
fn equals_the_published_program() {
    let mut reader = csv::Reader::from_reader(reference!("dea/benchmarking_radial.csv").as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).filter(|r| &r[1] == "fdh").collect();
    let mut compared = 0;
    for (name, inputs, outputs) in classics() {
        let units = units_of(name);
        for word in ["in", "out"] {
            let got = scores(&inputs, &outputs, orientation(word)).unwrap();
            for record in records.iter().filter(|record| &record[0] == name && &record[2] == word) {
                let unit = units.iter().position(|unit| *unit == record[3]).unwrap();
                let expected: f64 = record[4].parse().unwrap();
                let hull = got[unit].unwrap();
                assert!((hull.score - expected).abs() < 1e-9, "{name} {word} {unit}: {} {expected}", hull.score);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 2 * (19 + 13 + 6 + 70 + 108 + 248));
}

#[test]
fn the_peer_dominates() {
    for (name, inputs, outputs) in classics() {
        for (unit, hull) in scores(&inputs, &outputs, Orientation::Input).unwrap().iter().enumerate() {
            let hull = hull.unwrap();
            let reached = inputs.row(unit) * hull.score - inputs.row(hull.peer);
            assert!(reached.min() > -1e-9 * inputs.row(unit).amax(), "{name} {unit}");
            assert!((outputs.row(hull.peer) - outputs.row(unit)).min() >= 0.0);
        }
    }
}

#[test]
fn a_weakly_efficient_unit_is_shown_its_better() {
    let inputs = DMatrix::from_row_slice(2, 2, &[4.0, 2.0, 4.0, 1.0]);
    let outputs = DMatrix::from_row_slice(2, 1, &[1.0, 1.0]);
    let got = scores(&inputs, &outputs, Orientation::Input).unwrap();
    assert_eq!(got, vec![Some(HullScore { score: 1.0, peer: 1 }), Some(HullScore { score: 1.0, peer: 1 })]);
}

#[test]
fn what_is_missing_or_zero_has_no_score() {
    let inputs = DMatrix::from_row_slice(3, 1, &[f64::NAN, 0.0, 2.0]);
    let outputs = DMatrix::from_row_slice(3, 1, &[9.0, 1.0, 1.0]);
    let got = scores(&inputs, &outputs, Orientation::Input).unwrap();
    assert_eq!(got, vec![None, None, Some(HullScore { score: 0.0, peer: 1 })]);
    let got = scores(&inputs, &outputs, Orientation::Output).unwrap();
    assert_eq!(got[1], Some(HullScore { score: 1.0, peer: 1 }));
}

#[test]
fn refuses_what_has_no_ratios() {
    let one = DMatrix::from_element(1, 1, 1.0);
    let check = |inputs: &DMatrix<f64>, expected| {
        assert_eq!(scores(inputs, &one, Orientation::Input), Err(expected));
    };
    check(&DMatrix::from_element(2, 1, 1.0), DisposalError::Rows { inputs: 2, outputs: 1 });
    check(&DMatrix::from_element(1, 1, -1.0), DisposalError::Negative { unit: 0 });
    check(&DMatrix::zeros(1, 0), DisposalError::Empty);
}

proptest! {
    #[test]
    fn scales_of_columns_change_nothing(
        cells in proptest::collection::vec(0.1..10.0_f64, 40),
        exponent in -9..9_i32,
    ) {
        let inputs = DMatrix::from_column_slice(10, 2, &cells[..20]);
        let outputs = DMatrix::from_column_slice(10, 2, &cells[20..]);
        let mut scaled = inputs.clone();
        scaled.column_mut(0).scale_mut(10.0_f64.powi(exponent));
        for orientation in [Orientation::Input, Orientation::Output] {
            let one = scores(&inputs, &outputs, orientation).unwrap();
            let other = scores(&scaled, &outputs, orientation).unwrap();
            for (a, b) in one.iter().zip(&other) {
                prop_assert!((a.unwrap().score / b.unwrap().score - 1.0).abs() < 1e-12);
            }
        }
    }
}
