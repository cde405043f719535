use mizan_model::diagnostic::Checked;
use nalgebra::{DMatrix, DVector};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::reference::{self, Table, number, tai};
use super::*;
use crate::codes;
use crate::structure::{Element, ElementKind, Structure};

mod tables;

fn close(found: f64, expect: f64, tolerance: f64) {
    assert!((found - expect).abs() <= tolerance, "{found} is not {expect}");
}

fn names(of: &[&str]) -> Vec<String> {
    of.iter().map(|&name| name.to_owned()).collect()
}

fn codes_of<T>(checked: &Checked<T>) -> Vec<&str> {
    checked.diagnostics.iter().map(|finding| finding.code.as_str()).collect()
}

/// What is left of a column after its regression on others.
fn residual(x: &DMatrix<f64>, column: usize, others: &[usize]) -> DVector<f64> {
    let mut design = x.select_columns(others);
    design = design.insert_column(0, 1.0);
    let y = x.column(column).into_owned();
    let fit = design.clone().svd(true, true).solve(&y, 1e-12).unwrap();
    y - design * fit
}

fn r_of(a: &DVector<f64>, b: &DVector<f64>) -> f64 {
    mizan_stats::correlation::pearson(a.as_slice(), b.as_slice()).r
}

#[test]
fn measures_of_the_handbooks_indicators_in_rational_arithmetic() {
    // Regressions on table A.2 in exact fractions, outside of this project (Gauss-Jordan elimination).
    let (names, x) = tai();
    let found = factorability(&x, &names).unwrap();
    let inflation = [
        2.156_980_411_645_396_8,
        3.120_604_569_563_356_6,
        5.795_885_415_997_353,
        2.893_276_307_256_026,
        3.516_761_100_198_443,
        5.741_768_134_989_122_5,
        2.953_727_129_576_24,
        1.225_493_168_188_551_3,
    ];
    let adequacy = [
        0.259_971_907_201_772_55,
        0.349_270_238_335_962_4,
        0.682_517_362_556_994_9,
        0.375_828_422_347_078_5,
        0.519_810_333_378_107_2,
        0.593_100_029_120_568_9,
        0.526_176_301_611_481_1,
        0.556_495_056_794_750_3,
    ];
    for column in 0..8 {
        close(found.variance_inflation[column], inflation[column], 1e-11);
        close(found.kmo_by_indicator[column], adequacy[column], 1e-12);
    }
    close(found.kmo, 0.500_567_225_270_931_3, 1e-12);
    close(found.bartlett.chi_square, 85.930_762_975_232_24, 1e-9);
    close(found.bartlett.p / 8.460_601_185_390_672e-8, 1.0, 1e-8);
    assert_eq!((found.rows, found.bartlett.degrees), (23, 28));
}

#[test]
fn measures_agree_with_regressions() {
    let mut random = ChaCha8Rng::seed_from_u64(5);
    for round in 0..20 {
        let (n, p) = (12 + round, 2 + round % 4);
        let common: Vec<f64> = (0..n).map(|_| random.random::<f64>()).collect();
        let x = DMatrix::from_fn(n, p, |row, _| common[row] + random.random::<f64>());
        let names: Vec<String> = (0..p).map(|column| format!("x{column}")).collect();
        let found = factorability(&x, &names).unwrap();
        let (mut r2, mut a2) = (0.0, 0.0);
        for i in 0..p {
            let others: Vec<usize> = (0..p).filter(|&k| k != i).collect();
            let (rest, mean) = (residual(&x, i, &others), x.column(i).mean());
            let total: f64 = x.column(i).iter().map(|value| (value - mean).powi(2)).sum();
            close(found.variance_inflation[i] * rest.norm_squared() / total, 1.0, 1e-9);
            for j in (0..p).filter(|&j| j != i) {
                let others: Vec<usize> = (0..p).filter(|&k| k != i && k != j).collect();
                r2 += r_of(&x.column(i).into_owned(), &x.column(j).into_owned()).powi(2);
                a2 += r_of(&residual(&x, i, &others), &residual(&x, j, &others)).powi(2);
            }
        }
        close(found.kmo, r2 / (r2 + a2), 1e-9);
        // Units do not matter.
        let stretched = DMatrix::from_fn(n, p, |row, column| 3.0 - 1e4 * x[(row, column)]);
        close(factorability(&stretched, &names).unwrap().bartlett.chi_square, found.bartlett.chi_square, 1e-6);
    }
}

#[test]
fn a_matrix_that_cannot_be_inverted_is_an_error() {
    let (columns, x) = tai();
    let mut tied = x.clone();
    let sum = x.column(2) + x.column(6) * 3.0;
    tied.set_column(7, &sum);
    let tied_names = || CoherenceError::Singular(names(&["internet", "schooling", "university"]));
    assert_eq!(factorability(&tied, &columns), Err(tied_names()));
    // Components of it exist; the last explains nothing.
    let found = principal_components(&tied, &columns).unwrap();
    close(found.cumulative[6], 1.0, 1e-12);
    let mut flat = x.clone();
    flat.column_mut(3).fill(0.1);
    let constant = || CoherenceError::Constant(names(&["exports"]));
    assert_eq!(factorability(&flat, &columns), Err(constant()));
    assert_eq!(principal_components(&flat, &columns), Err(constant()));
    assert_eq!(reliability(&flat, &columns, Covariances::Raw), Err(constant()));
    let few = CoherenceError::TooFewRows { found: 8, needed: 9 };
    assert_eq!(factorability(&x.rows(0, 8).into_owned(), &columns), Err(few));
    let one = x.columns(0, 1).into_owned();
    let needed = CoherenceError::TooFewColumns { found: 1, needed: 2 };
    assert_eq!(reliability(&one, &columns[..1], Covariances::Raw), Err(needed.clone()));
    assert_eq!(factorability(&one, &columns[..1]), Err(needed));
    assert!(matches!(principal_components(&one, &columns), Err(CoherenceError::Codes { .. })));
    // Two columns without any relation: 0 of 0.
    let cross = DMatrix::from_column_slice(4, 2, &[1.0, 1.0, -1.0, -1.0, 1.0, -1.0, 1.0, -1.0]);
    assert!(matches!(factorability(&cross, &columns[..2]), Err(CoherenceError::Undefined(_))));
    // Rows with a gap do not count.
    let mut gap = x.clone();
    gap[(4, 2)] = f64::NAN;
    assert_eq!(factorability(&gap, &columns), factorability(&x.remove_row(4), &columns));
    assert_eq!(principal_components(&gap, &columns).unwrap().rows, 22);
}

#[test]
fn reliability_in_rational_arithmetic() {
    // As above: covariances in exact fractions. The handbook prints 0.70 (0.704 to three digits).
    let (names, x) = tai();
    let standardised = reliability(&x, &names, Covariances::Standardised).unwrap();
    close(standardised.alpha, 0.703_542_757_958_491_1, 1e-12);
    close(standardised.items[7].alpha_without.unwrap(), 0.705_844_283_885_135_6, 1e-12);
    let raw = reliability(&x, &names, Covariances::Raw).unwrap();
    close(raw.alpha, 0.118_891_834_775_456_24, 1e-12);
    close(raw.items[0].alpha_without.unwrap(), 0.348_328_876_742_879_9, 1e-12);
    assert_eq!(raw.least_pairs, 23);
}

#[test]
fn reliability_by_hand() {
    // Variances 1, covariance 0.5: 4 · 0.5 / 3.
    let two = DMatrix::from_column_slice(3, 2, &[-1.0, 0.0, 1.0, -0.5, -0.5, 1.0]);
    let found = reliability(&two, &names(&["a", "b"]), Covariances::Raw).unwrap();
    close(found.alpha, 4.0 * 0.75 / (1.0 + 0.75 + 1.5), 1e-12);
    assert_eq!(found.items[0].alpha_without, None);
    // A cell that is missing leaves the pairs without it.
    let gap = DMatrix::from_column_slice(4, 2, &[-1.0, 0.0, 1.0, f64::NAN, -0.5, -0.5, 1.0, 0.0]);
    let found = reliability(&gap, &names(&["a", "b"]), Covariances::Raw).unwrap();
    close(found.alpha, 4.0 * 0.75 / (1.0 + 0.5 + 1.5), 1e-12);
    assert_eq!(found.least_pairs, 3);
    // Columns that cancel out have no variance of their sum.
    let opposite = DMatrix::from_column_slice(3, 2, &[1.0, 2.0, 4.0, -1.0, -2.0, -4.0]);
    let undefined = reliability(&opposite, &names(&["a", "b"]), Covariances::Raw);
    assert!(matches!(undefined, Err(CoherenceError::Undefined(_))), "{undefined:?}");
}

#[test]
fn what_has_no_correlation_is_listed() {
    let nan = f64::NAN;
    let x = DMatrix::from_column_slice(
        4,
        4,
        &[
            1.0, 2.0, 3.0, 5.0, //
            0.1, 0.1, 0.1, 0.1, //
            2.0, 3.0, nan, nan, //
            4.0, nan, 1.0, 1.5,
        ],
    );
    for method in [Method::Pearson, Method::Spearman, Method::Kendall] {
        let found = correlations(&x, &names(&["a", "flat", "few", "d"]), method);
        assert_eq!(codes_of(&found), [codes::CONSTANT, codes::TOO_FEW]);
        assert!(found.diagnostics[0].message.contains("`flat`"), "{:?}", found.diagnostics);
        assert!(found.diagnostics[1].message.contains("`a and few`, `few and d`"), "{:?}", found.diagnostics);
        let [pair] = found.value.as_slice() else { panic!("{:?}", found.value) };
        assert_eq!((pair.a, pair.b, pair.correlation.pairs), (0, 3, 3));
        assert!(pair.correlation.r.abs() <= 1.0 && pair.correlation.p.is_some());
    }
    assert_eq!(codes_of(&correlations(&x, &names(&["a"]), Method::Pearson)), [codes::PARAMETER]);
    // A line: p is 0, not missing.
    let line = Method::Pearson.of(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]).unwrap();
    assert_eq!((line.r, line.p), (1.0, Some(0.0)));
}
