use nalgebra::DMatrix;

use super::*;
use crate::recipe::KeepRule;

const RAW: &str = include_str!("../../../../reference/handbook_tai/tableA2_tai_raw_23.csv");
const EIGENVALUES: &str = include_str!("../../../../reference/handbook_tai/table07_16_eigenvalues.csv");
const VARIMAX: &str = include_str!("../../../../reference/handbook_tai/table09_17_varimax_loadings.csv");
const WEIGHTS: &str = include_str!("../../../../reference/handbook_tai/table18_fa_weights.csv");
const AHP: &str = include_str!("../../../../reference/handbook_tai/table20_ahp_comparison_matrix.csv");
const LPI_WEIGHTS: &str = include_str!("../../../../reference/lpi/lpi_pca_weights.csv");

fn records(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
}

/// The eight indicators of the Technology Achievement Index; telephones and electricity stand as logarithms.
fn tai() -> Vec<Vec<f64>> {
    let rows = records(RAW);
    (1..9).map(|column| rows.iter().map(|row| row[column].parse().unwrap()).collect()).collect()
}

fn near(found: &[f64], expect: &[f64], tolerance: f64) {
    for (a, b) in found.iter().zip(expect) {
        assert!((a - b).abs() <= tolerance, "{found:?} is not {expect:?}");
    }
}

#[test]
fn components_of_the_handbooks_table_7() {
    let columns = tai();
    let x = DMatrix::from_fn(23, 8, |row, column| columns[column][row]);
    let found = mizan_stats::principal_components::principal_components(&x);
    let published: Vec<f64> = records(EIGENVALUES).iter().map(|row| row[1].parse().unwrap()).collect();
    near(&found.eigenvalues, &published, 0.06);
    assert!((principal(&columns).unwrap().explained - 0.419).abs() < 0.002);
}

#[test]
fn varimax_of_the_handbooks_table_9_and_nicolettis_weights_of_table_18() {
    let found = nicoletti(&tai(), KeepRule::Count, 0.9, 4).unwrap();
    let published: Vec<Vec<f64>> = records(VARIMAX)[..8]
        .iter()
        .map(|row| (1..5).map(|k| row[k].parse::<f64>().unwrap().abs()).collect())
        .collect();
    // Factors come in another order: each published one has its like.
    let factors = (0..4).map(|k| published.iter().map(|row| row[k]).collect::<Vec<f64>>());
    for (k, wanted) in factors.enumerate() {
        let distance = |factor: usize| {
            wanted
                .iter()
                .enumerate()
                .map(|(row, p)| (found.loadings[(row, factor)].abs() - p).abs())
                .fold(0.0, f64::max)
        };
        let nearest = (0..4).map(distance).fold(f64::INFINITY, f64::min);
        assert!(nearest < 0.025, "factor {k}: {nearest}");
    }
    let weights: Vec<f64> = records(WEIGHTS).iter().map(|row| row[2].parse().unwrap()).collect();
    // Exports are printed as 0.07, and are 0.0565: also by hand from the printed table 17.
    near(&found.weights, &weights, 0.014);
}

#[test]
fn ahp_of_the_handbooks_table_20() {
    let fraction = |cell: &str| match cell.split_once('/') {
        Some((a, b)) => a.parse::<f64>().unwrap() / b.parse::<f64>().unwrap(),
        None => cell.parse().unwrap(),
    };
    let matrix: Vec<Vec<f64>> = records(AHP).iter().map(|row| row.iter().skip(1).map(fraction).collect()).collect();
    let found = ahp(std::slice::from_ref(&matrix)).unwrap();
    assert!((found.eigenvalue - 8.211).abs() < 5e-4, "{}", found.eigenvalue);
    assert!((found.consistency_ratio - 0.0214).abs() < 5e-5, "{}", found.consistency_ratio);
    near(&found.weights, &[0.2291, 0.1346, 0.0594, 0.1761, 0.0385, 0.0385, 0.2522, 0.0715], 5e-5);
    // Two judges of one mind are one.
    near(&ahp(&[matrix.clone(), matrix]).unwrap().weights, &found.weights, 1e-12);
    assert!(ahp(&[vec![vec![1.0, 2.0], vec![2.0, 1.0]]]).is_err());
    assert_eq!(ahp(&[vec![vec![1.0, 3.0], vec![1.0 / 3.0, 1.0]]]).unwrap().weights, [0.75, 0.25]);
}

#[test]
fn the_logistics_performance_index_is_weighed_as_published() {
    let editions = [
        ("2012", include_str!("../../../../reference/lpi/lpi_2012.csv")),
        ("2014", include_str!("../../../../reference/lpi/lpi_2014.csv")),
        ("2016", include_str!("../../../../reference/lpi/lpi_2016.csv")),
        ("2018", include_str!("../../../../reference/lpi/lpi_2018.csv")),
    ];
    for (year, text) in editions {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let at = |name: &str| header.iter().position(|known| known == name).unwrap();
        let names = [
            "customs",
            "infrastructure",
            "international_shipments",
            "logistics_competence",
            "tracking_tracing",
            "timeliness",
        ];
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let columns: Vec<Vec<f64>> =
            names.iter().map(|name| rows.iter().map(|row| row[at(name)].parse().unwrap()).collect()).collect();
        let found = principal(&columns).unwrap();
        let raw: Vec<f64> = found.loadings.iter().zip(&found.deviations).map(|(l, sd)| l / sd).collect();
        let total: f64 = raw.iter().sum();
        let weights: Vec<f64> = raw.iter().map(|weight| weight / total).collect();
        let expect = records(LPI_WEIGHTS).into_iter().find(|row| &row[0] == year).unwrap();
        near(&weights, &(9..15).map(|k| expect[k].parse().unwrap()).collect::<Vec<f64>>(), 1e-8);
        assert!((found.explained - expect[8].parse::<f64>().unwrap()).abs() < 1e-8);
        // The published score is a printed number of inputs that are printed.
        for (row, record) in rows.iter().enumerate() {
            let overall: f64 = weights.iter().zip(&columns).map(|(w, column)| w * column[row]).sum();
            let published: f64 = record[at("lpi_published")].parse().unwrap();
            assert!((overall - published).abs() < 0.01, "{year} {row}: {overall} is not {published}");
        }
    }
}

#[test]
fn weights_by_dispersion() {
    // Worked by hand. Shares of 1, 3 are 1/4, 3/4; of 1, 1.5: 0.4, 0.6.
    let columns = vec![vec![1.0, 3.0], vec![1.0, 1.5, f64::NAN]];
    let e = |p: f64| -(p * p.ln() + (1.0 - p) * (1.0 - p).ln()) / 2f64.ln();
    let (a, b) = (1.0 - e(0.25), 1.0 - e(0.4));
    near(&entropy(&columns).unwrap(), &[a / (a + b), b / (a + b)], 1e-12);
    // G = Σ|x_i - x_j| / (2 n² mean): 4 / 16 and 1 / 10.
    near(&gini(&columns).unwrap(), &[0.25 / 0.35, 0.1 / 0.35], 1e-12);
    near(&standard_deviation(&columns).unwrap(), &[0.8, 0.2], 1e-12);
    let three = vec![vec![0.0, 1.0, 2.0], vec![2.0, 1.0, 0.0], vec![0.0, 2.0, 1.0]];
    // On 0 to 1, all have sd 0.5; r of 1 and 2 is -1, of 1 and 3 0.5, of 2 and 3 -0.5: conflicts 2.5, 3.5, 2.
    near(&critic(&three).unwrap(), &[2.5 / 8.0, 3.5 / 8.0, 2.0 / 8.0], 1e-12);
    assert_eq!(entropy(&[vec![0.0, 1.0]]), Err(WeightError::NotPositive(0)));
    assert_eq!(gini(&[vec![1.0, 1.0]]), Err(WeightError::Constant(0)));
    assert!(principal(&[vec![1.0, f64::NAN], vec![f64::NAN, 1.0]]).is_err());
}

#[test]
fn optimised_weights_balance_correlations() {
    // Three columns, two of which say much the same.
    let n = 40;
    let wave = |row: usize, f: f64| (row as f64 * f).sin();
    let columns: Vec<Vec<f64>> = vec![
        (0..n).map(|row| wave(row, 1.3)).collect(),
        (0..n).map(|row| wave(row, 1.3) + 0.4 * wave(row, 2.9)).collect(),
        (0..n).map(|row| wave(row, 0.7)).collect(),
    ];
    let index = |weights: &[f64]| {
        (0..n).map(|row| weights.iter().zip(&columns).map(|(w, column)| w * column[row]).sum()).collect::<Vec<f64>>()
    };
    let found = optimise(&Goal::Balance(vec![1.0; 3]), &columns, &index);
    assert!(found.is_converged && found.weights.iter().all(|w| *w >= 0.0), "{found:?}");
    let of = |weights: &[f64]| -> Vec<f64> {
        columns.iter().map(|column| mizan_stats::correlation::pearson(column, &index(weights)).r).collect()
    };
    let r = of(&found.weights);
    assert!((r[0] - r[2]).abs() < 1e-5 && (r[1] - r[2]).abs() < 1e-5, "{r:?}");
    // Infomax: no set of a grid has a larger sum.
    let found = optimise(&Goal::Infomax, &columns, &index);
    let best: f64 = of(&found.weights).iter().sum();
    for a in 0..=10 {
        for b in 0..=10 - a {
            let weights = [f64::from(a), f64::from(b), f64::from(10 - a - b)];
            assert!(of(&weights).iter().sum::<f64>() <= best + 1e-6, "{weights:?}");
        }
    }
}
