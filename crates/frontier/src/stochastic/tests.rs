use std::collections::BTreeMap;

use nalgebra::DVector;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::likelihood::{Likelihood, Rows, Truncated};
use super::*;
use crate::free_disposal::tests::columns;

mod formulas;

const FRONT41: &str = include_str!("../../../../reference/frontier/data/frontier_front41Data.csv");
const RICE: &str = include_str!("../../../../reference/frontier/data/frontier_riceProdPhil.csv");
const OPTIMA: &str = include_str!("../../../../reference/frontier/sfa/derived_ml_optimum.csv");

fn front41() -> (Vec<f64>, Design) {
    let output = columns(FRONT41, &["output"]).map(f64::ln);
    let names = ["capital", "labour"];
    (output.as_slice().to_vec(), Design::cobb_douglas(&names, &columns(FRONT41, &names)).unwrap())
}

fn rice() -> (Vec<f64>, Design) {
    let output = columns(RICE, &["PROD"]).map(f64::ln);
    let names = ["AREA", "LABOR", "NPK"];
    (output.as_slice().to_vec(), Design::cobb_douglas(&names, &columns(RICE, &names)).unwrap())
}

/// Term → estimate, and the log-likelihood of a row of the file of optima.
fn published(model: &str, distribution: &str) -> (BTreeMap<String, f64>, f64) {
    let mut terms = BTreeMap::new();
    let mut log_likelihood = f64::NAN;
    for record in csv::Reader::from_reader(OPTIMA.as_bytes()).records().map(Result::unwrap) {
        if &record[0] == model && &record[1] == distribution {
            terms.insert(record[2].to_owned(), record[3].parse().unwrap());
            log_likelihood = record[4].parse().unwrap();
        }
    }
    (terms, log_likelihood)
}

#[test]
fn reaches_the_polished_optima() {
    let check = |model: &str, word: &str, data: &(Vec<f64>, Design), inefficiency: &Inefficiency| {
        let got = fit(&data.0, &data.1, Kind::Production, inefficiency).unwrap();
        let (terms, log_likelihood) = published(model, word);
        assert!((got.log_likelihood - log_likelihood).abs() < 1e-8, "{model} {word}: {}", got.log_likelihood);
        assert!(got.gradient_norm < 1e-8 && got.optimum == Optimum::Interior, "{got:?}");
        assert_eq!(got.coefficients.len(), terms.len());
        for coefficient in &got.coefficients {
            let expected = terms[&coefficient.name];
            let off = (coefficient.estimate - expected).abs() / coefficient.standard_error;
            assert!(off < 1e-4, "{model} {word} {coefficient:?} {expected}");
        }
        assert!(got.efficiencies.iter().all(|e| e.battese_coelli > 0.0 && e.battese_coelli < 1.0));
    };
    check("front41_CD", "hnormal", &front41(), &Inefficiency::HalfNormal);
    check("front41_CD", "exponential", &front41(), &Inefficiency::Exponential);
    check("front41_CD", "tnormal", &front41(), &Inefficiency::TruncatedNormal);
    check("rice_CD", "hnormal", &rice(), &Inefficiency::HalfNormal);
    check("rice_CD", "exponential", &rice(), &Inefficiency::Exponential);
}

/// The gradient at the estimates, in the units of the data.
#[test]
fn gradient_vanishes_in_natural_units() {
    let (y, design) = front41();
    let y = DVector::from_vec(y);
    for inefficiency in [Inefficiency::HalfNormal, Inefficiency::TruncatedNormal] {
        let got = fit(y.as_slice(), &design, Kind::Production, &inefficiency).unwrap();
        let mut theta: Vec<f64> = got.coefficients.iter().map(|coefficient| coefficient.estimate).collect();
        let last = theta.len() - 1;
        theta[last] = theta[last].ln();
        theta[last - 1] = theta[last - 1].ln();
        let z = DMatrix::from_element(y.len(), last - 1 - design.names().len(), 1.0);
        let model = Truncated { rows: Rows { y: &y, x: design.columns(), sign: 1.0 }, z: &z };
        let mut gradient = vec![0.0; last + 1];
        let value = model.value(&theta, &mut gradient);
        assert!((value - got.log_likelihood).abs() < 1e-10);
        assert!(gradient.iter().all(|slope| slope.abs() < 1e-6), "{gradient:?}");
    }
}

/// On the rice farms μ has no maximum: R's frontier stops at -82.2298, the supremum is the exponential's -81.601201.
#[test]
fn a_mean_that_runs_away_is_no_result() {
    let (y, design) = rice();
    match fit(&y, &design, Kind::Production, &Inefficiency::TruncatedNormal) {
        Err(StochasticError::TowardsExponential { exponential_log_likelihood }) => {
            assert!((exponential_log_likelihood + 81.601200521376).abs() < 1e-8);
        }
        other => panic!("{other:?}"),
    }
}

/// A cost frontier of -y is the production frontier of y.
#[test]
fn cost_mirrors_production() {
    let (y, design) = front41();
    let minus: Vec<f64> = y.iter().map(|value| -value).collect();
    let production = fit(&y, &design, Kind::Production, &Inefficiency::HalfNormal).unwrap();
    let cost = fit(&minus, &design, Kind::Cost, &Inefficiency::HalfNormal).unwrap();
    assert!((production.log_likelihood - cost.log_likelihood).abs() < 1e-9);
    assert!((production.coefficients[1].estimate + cost.coefficients[1].estimate).abs() < 1e-7);
    assert!((production.efficiencies[7].battese_coelli - cost.efficiencies[7].battese_coelli).abs() < 1e-7);
    assert!(!production.wrong_skew);
}

#[test]
fn wrong_skew_is_least_squares_and_says_so() {
    let (y, design) = front41();
    for inefficiency in [Inefficiency::HalfNormal, Inefficiency::Exponential] {
        let got = fit(&y, &design, Kind::Cost, &inefficiency).unwrap();
        assert!(got.wrong_skew && got.optimum == Optimum::NoInefficiency);
        assert_eq!((got.test.statistic, got.test.p_value), (0.0, 1.0));
        assert_eq!(got.log_likelihood, got.least_squares_log_likelihood);
        assert_eq!(got.coefficients[3].estimate, 0.0);
        assert!(got.efficiencies.iter().all(|e| e.battese_coelli == 1.0));
    }
}

/// 43 rice farms over 8 years.
#[test]
fn panels_of_rice_farms_have_an_optimum() {
    let (y, design) = rice();
    let key = columns(RICE, &["FMERCODE", "YEARDUM"]);
    let panel = |truncated, varying| Inefficiency::Panel {
        units: key.column(0).iter().map(|code| *code as usize).collect(),
        times: key.column(1).iter().copied().collect(),
        truncated,
        varying,
    };
    let constant = fit(&y, &design, Kind::Production, &panel(false, false)).unwrap();
    let varying = fit(&y, &design, Kind::Production, &panel(false, true)).unwrap();
    assert!(constant.gradient_norm < 1e-8 && varying.gradient_norm < 1e-8);
    assert!(varying.log_likelihood > constant.log_likelihood);
    // A unit keeps its inefficiency when it does not vary.
    let of = |farm: f64| (0..y.len()).find(|&row| key[(row, 0)] == farm).unwrap();
    let again = (0..y.len()).rfind(|&row| key[(row, 0)] == 1.0).unwrap();
    assert_eq!(constant.efficiencies[of(1.0)], constant.efficiencies[again]);
    // Larger models fit better; the tests of the formulas are beside them in `formulas`.
    let located = fit(&y, &design, Kind::Production, &panel(true, false)).unwrap();
    let both = fit(&y, &design, Kind::Production, &panel(true, true)).unwrap();
    assert!(located.log_likelihood >= constant.log_likelihood && both.log_likelihood >= varying.log_likelihood);
    assert!(both.gradient_norm < 1e-8 && both.starts.1 > 1 && both.test.restrictions == 3);
    // Inefficiency that decays (eta > 0) lets every farm catch up.
    assert!(both.coefficients[5].name == "eta" && both.coefficients[5].estimate > 0.0);
    assert!(both.efficiencies[of(1.0)].battese_coelli < both.efficiencies[again].battese_coelli);
}

#[test]
fn explained_inefficiency_of_rice_farms_has_an_optimum() {
    let (y, design) = rice();
    let names = ["EDYRS", "BANRAT"];
    let z = columns(RICE, &names);
    let names = names.map(str::to_owned).to_vec();
    let without = Inefficiency::Explained { names: names.clone(), z: z.clone() };
    let without = fit(&y, &design, Kind::Production, &without).unwrap();
    let with = Inefficiency::Explained { names: [vec!["one".to_owned()], names].concat(), z: z.insert_column(0, 1.0) };
    let with = fit(&y, &design, Kind::Production, &with).unwrap();
    // The half-normal is the case δ = 0.
    assert!(without.log_likelihood > -86.202690 && with.log_likelihood > without.log_likelihood);
    for got in [without, with] {
        assert!(got.gradient_norm < 1e-8 && got.starts.1 > 1, "{:?}", got.starts);
        assert!(got.efficiencies.iter().all(|e| e.battese_coelli > 0.0 && e.battese_coelli < 1.0));
    }
}

/// 4 000 rows of known parameters come back within four standard errors.
#[test]
fn known_parameters_come_back() {
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let mut normal = || mizan_stats::normal::quantile(random.random_range(1e-12..1.0));
    let rows = 4000;
    let inputs = DMatrix::from_fn(rows, 2, |_, _| (0.5 * normal()).exp());
    let z = DMatrix::from_fn(rows, 2, |_, column| if column == 0 { 1.0 } else { normal() });
    let truth = [0.5, 0.4, 0.5, 0.3, 0.5, 0.5, 0.3];
    let y: Vec<f64> = (0..rows)
        .map(|row| {
            let mu = truth[3] + truth[4] * z[(row, 1)];
            let u = loop {
                let draw = mu + truth[5] * normal();
                if draw >= 0.0 {
                    break draw;
                }
            };
            truth[0] + truth[1] * inputs[(row, 0)].ln() + truth[2] * inputs[(row, 1)].ln() + truth[6] * normal() - u
        })
        .collect();
    let design = Design::cobb_douglas(&["a", "b"], &inputs).unwrap();
    let explained = Inefficiency::Explained { names: vec!["one".to_owned(), "z".to_owned()], z };
    let got = fit(&y, &design, Kind::Production, &explained).unwrap();
    for (coefficient, truth) in got.coefficients.iter().zip(truth) {
        assert!((coefficient.estimate - truth).abs() < 4.0 * coefficient.standard_error, "{coefficient:?} {truth}");
        assert!(coefficient.standard_error < 0.2, "{coefficient:?}");
    }
    assert!(got.test.p_value < 1e-6);
}

#[test]
fn scales_of_inputs_change_only_the_constant() {
    let (y, design) = front41();
    let names = ["capital", "labour"];
    let other = Design::cobb_douglas(&names, &(columns(FRONT41, &names) * 1e9)).unwrap();
    let one = fit(&y, &design, Kind::Production, &Inefficiency::TruncatedNormal).unwrap();
    let two = fit(&y, &other, Kind::Production, &Inefficiency::TruncatedNormal).unwrap();
    assert!((one.log_likelihood - two.log_likelihood).abs() < 1e-9);
    assert!((one.coefficients[1].estimate - two.coefficients[1].estimate).abs() < 1e-7);
    assert!((one.efficiencies[3].battese_coelli - two.efficiencies[3].battese_coelli).abs() < 1e-7);
}

#[test]
fn translog_nests_cobb_douglas() {
    let (y, design) = rice();
    let names = ["AREA", "LABOR", "NPK"];
    let translog = Design::translog(&names, &columns(RICE, &names)).unwrap();
    let small = fit(&y, &design, Kind::Production, &Inefficiency::HalfNormal).unwrap();
    let large = fit(&y, &translog, Kind::Production, &Inefficiency::HalfNormal).unwrap();
    assert_eq!(large.coefficients.len(), 12);
    assert!(large.log_likelihood > small.log_likelihood && large.gradient_norm < 1e-8);
}

#[test]
fn refuses_what_cannot_be_fitted() {
    let (y, design) = front41();
    let check = |y: &[f64], inefficiency: &Inefficiency, expected: StochasticError| {
        assert_eq!(fit(y, &design, Kind::Production, inefficiency).err(), Some(expected));
    };
    let half = Inefficiency::HalfNormal;
    check(&y[1..], &half, StochasticError::Rows { what: "design", found: 60, expected: 59 });
    let mut hole = y.clone();
    hole[5] = f64::NAN;
    check(&hole, &half, StochasticError::NotFinite { what: "y", row: 5 });
    check(&[1.0; 60], &half, StochasticError::NoResidual);
    let twice = Inefficiency::Panel { units: vec![1; 60], times: vec![1.0; 60], truncated: false, varying: false };
    check(&y, &twice, StochasticError::Times { unit: 1 });
}

/// Most rows on one line and some far below it: the frontier closes in on the line.
#[test]
fn a_frontier_without_noise_is_no_result() {
    let inputs = DMatrix::from_fn(40, 1, |row, _| 1.0 + ((row * 7) % 40) as f64);
    let below = |row: usize| (-(1.0 - (row as f64 + 0.5) / 40.0).ln()).powi(2);
    let y: Vec<f64> = (0..40).map(|row| 0.5 * inputs[(row, 0)].ln() - below(row)).collect();
    let design = Design::cobb_douglas(&["a"], &inputs).unwrap();
    let got = fit(&y, &design, Kind::Production, &Inefficiency::HalfNormal);
    assert!(matches!(got, Err(StochasticError::TowardsDeterministic { .. })), "{got:?}");
}
