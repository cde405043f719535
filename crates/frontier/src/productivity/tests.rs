use nalgebra::DMatrix;

use super::*;
use crate::free_disposal::tests::{columns, orientation};

const DATA: &str = include_str!("../../../../reference/frontier/data/deaR_EconomyLong.csv");
const EXPECTED: &str = include_str!("../../../../reference/frontier/malmquist/benchmarking_malmquist_EconomyLong.csv");

/// The economies of deaR, in all their years.
pub(crate) fn economies() -> Panel {
    let data = Data::new(columns(DATA, &["Capital", "Labor"]), columns(DATA, &["GIOV"])).unwrap();
    let rows = || csv::Reader::from_reader(DATA.as_bytes()).into_records().map(|row| row.unwrap());
    Panel {
        units: rows().map(|row| row[0].to_owned()).collect(),
        years: rows().map(|row| row[1].parse().unwrap()).collect(),
        data,
    }
}

/// Index and parts of the reference.
#[test]
fn indices_are_those_of_the_reference() {
    let panel = economies();
    let mut compared = 0;
    for returns in [Returns::Constant, Returns::Variable] {
        for word in ["in", "out"] {
            let orientation = orientation(word);
            let changes = malmquist(&panel, returns, orientation, Frontiers::Contemporaneous).unwrap();
            for row in csv::Reader::from_reader(EXPECTED.as_bytes()).into_records().map(|row| row.unwrap()) {
                if row[0] != *returns.word() || row[1] != *word || &row[2] == "NA" {
                    continue;
                }
                let year: i64 = row[6].parse().unwrap();
                let change = changes.iter().find(|change| change.unit == row[5] && change.to == year).unwrap();
                let numbers: Vec<f64> = [2, 3, 4].iter().map(|at| row[*at].parse().unwrap_or(f64::INFINITY)).collect();
                if numbers.iter().any(|number| !number.is_finite() || *number == 0.0) {
                    assert_eq!(change.parts, Err(Unmeasured::Infeasible));
                    continue;
                }
                let parts = change.parts.unwrap();
                // The reference writes an output index the other way round.
                let numbers = numbers.iter().map(|number| if word == "in" { *number } else { 1.0 / number });
                for (found, expected) in [parts.index, parts.technique, parts.efficiency].iter().zip(numbers) {
                    assert!((found - expected).abs() < 1e-8 * expected, "{row:?}: {found} not {expected}");
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 400, "{compared}");
}

/// Laws: parts multiply to the index; with the frontier of all years changes multiply over years; technique never
/// regresses with sequential frontiers.
#[test]
fn parts_multiply_to_the_whole() {
    let panel = economies();
    for frontiers in [Frontiers::Global, Frontiers::Contemporaneous, Frontiers::Sequential] {
        let changes = malmquist(&panel, Returns::Constant, Orientation::Output, frontiers).unwrap();
        for change in &changes {
            let parts = change.parts.unwrap();
            assert!((parts.efficiency * parts.technique - parts.index).abs() < 1e-12);
            let split = parts.pure_efficiency.unwrap() * parts.scale_efficiency.unwrap();
            assert!((split - parts.efficiency).abs() < 1e-12);
            if let (Some(technique), Some(scale)) = (parts.pure_technique, parts.scale) {
                let whole = technique * scale * parts.pure_efficiency.unwrap();
                assert!((whole - parts.index).abs() < 1e-12);
            }
            assert!(frontiers != Frontiers::Sequential || parts.technique >= 1.0 - 1e-9);
        }
        if frontiers == Frontiers::Global {
            let of = |change: &&Change| change.unit == "Beijing";
            let product: f64 = changes.iter().filter(of).map(|change| change.parts.unwrap().index).product();
            let first = changes.iter().find(of).unwrap().parts.unwrap().efficiencies[3];
            let last = changes.iter().rfind(of).unwrap().parts.unwrap().efficiencies[2];
            assert!((product - last / first).abs() < 1e-12);
        }
    }
}

#[test]
fn what_is_no_panel_is_refused() {
    let one = |years: &[i64]| Panel {
        units: vec!["A".to_owned(); years.len()],
        years: years.to_vec(),
        data: Data {
            inputs: DMatrix::from_element(years.len(), 1, 1.0),
            outputs: DMatrix::from_element(years.len(), 1, 1.0),
        },
    };
    let of = |panel: &Panel| malmquist(panel, Returns::Constant, Orientation::Input, Frontiers::Global);
    assert_eq!(of(&one(&[2020])), Err(PanelError::OneYear));
    assert_eq!(of(&one(&[2020, 2020])), Err(PanelError::Twice { unit: "A".to_owned(), year: 2020 }));
}
