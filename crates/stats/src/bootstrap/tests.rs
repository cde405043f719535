use super::*;

/// Spatial test of 26 children (Efron and Tibshirani 1993, table 14.1), column A.
const SPATIAL: [f64; 26] = [
    48.0, 36.0, 20.0, 29.0, 42.0, 42.0, 20.0, 42.0, 22.0, 41.0, 45.0, 14.0, 6.0, 0.0, 33.0, 28.0, 34.0, 4.0, 32.0,
    24.0, 47.0, 41.0, 24.0, 26.0, 30.0, 41.0,
];

/// Hours between failures of an air conditioner (Davison and Hinkley 1997, example 1.1).
const HOURS: [f64; 12] = [3.0, 5.0, 7.0, 18.0, 43.0, 85.0, 91.0, 98.0, 100.0, 130.0, 230.0, 487.0];

fn mean(data: &[f64]) -> impl Fn(&[usize]) -> f64 + Sync {
    move |rows| rows.iter().map(|&row| data[row]).sum::<f64>() / rows.len() as f64
}

fn variance(data: &[f64]) -> impl Fn(&[usize]) -> f64 + Sync {
    move |rows| {
        let centre = mean(data)(rows);
        rows.iter().map(|&row| (data[row] - centre).powi(2)).sum::<f64>() / rows.len() as f64
    }
}

fn close(found: (f64, f64), expect: (f64, f64), tolerance: f64) {
    let near = |a: f64, b: f64| (a - b).abs() <= tolerance;
    assert!(near(found.0, expect.0) && near(found.1, expect.1), "{found:?} is not {expect:?}");
}

/// The book gives a = 0.061 and, from 2 000 replicates, z₀ = 0.146, BCa 115.8 to 259.6, percentile 100.8 to 233.9. scipy
/// 1.17 from 400 000: 97.86 to 235.79, basic 107.28 to 245.20, BCa 115.47 to 260.95, standard error 41.83.
#[test]
fn spatial_test_of_efron_and_tibshirani() {
    let units = Units::rows(26).unwrap();
    let drawn = draw(&units, 40_000, 3, variance(&SPATIAL)).unwrap();
    assert!((drawn.estimate() - 171.5).abs() < 0.05);
    let a = acceleration(&units, variance(&SPATIAL)).unwrap();
    assert!((a - 0.061_240_119_8).abs() < 1e-9, "{a}");
    assert!((drawn.bias_correction() - 0.146).abs() < 0.04, "{}", drawn.bias_correction());
    assert!((drawn.standard_error() - 41.83).abs() < 0.6);
    close(drawn.percentile(0.9).unwrap(), (97.86, 235.79), 1.5);
    close(drawn.basic(0.9).unwrap(), (107.28, 245.20), 1.5);
    close(drawn.bias_corrected(0.9, a).unwrap(), (115.47, 260.95), 2.5);
}

/// scipy 1.17 from 400 000 replicates: percentile 46.8 to 190.9, basic 25.3 to 169.3, BCa 56.9 to 226.6. Davison and
/// Hinkley (example 5.8): a = 0.0938.
#[test]
fn air_conditioner_of_davison_and_hinkley() {
    let units = Units::rows(12).unwrap();
    let drawn = draw(&units, 40_000, 11, mean(&HOURS)).unwrap();
    let a = acceleration(&units, mean(&HOURS)).unwrap();
    assert!((a - 0.0938).abs() < 5e-5, "{a}");
    close(drawn.percentile(0.95).unwrap(), (46.83, 190.92), 2.0);
    close(drawn.basic(0.95).unwrap(), (25.25, 169.33), 2.0);
    close(drawn.bias_corrected(0.95, a).unwrap(), (56.92, 226.58), 4.0);
}

#[test]
fn threads_change_no_digit() {
    let labels: Vec<usize> = (0..26).map(|row| row / 3).collect();
    let units = Units::clusters(&labels).unwrap();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| draw(&units, 500, 9, variance(&SPATIAL)).unwrap())
    };
    assert_eq!(run(1), run(4));
    assert_ne!(run(1), draw(&units, 500, 10, variance(&SPATIAL)).unwrap());
    // The first replicates do not depend on how many follow.
    assert_eq!(run(1).values()[..50], draw(&units, 50, 9, variance(&SPATIAL)).unwrap().values()[..]);
}

#[test]
fn clusters_of_one_row_are_rows() {
    let labels: Vec<usize> = (0..26).map(|row| 100 - row).collect();
    let units = Units::clusters(&labels).unwrap();
    assert_eq!(units, Units::rows(26).unwrap());
}

/// Ten rows a trader, all alike: the standard error of the mean is that of the traders' means, √10 times the plain one.
#[test]
fn clusters_widen_the_interval_of_clustered_data() {
    let data: Vec<f64> = (0..260).map(|row| SPATIAL[row / 10]).collect();
    let traders: Vec<usize> = (0..260).map(|row| row / 10).collect();
    let error = |units: Units| draw(&units, 4_000, 5, mean(&data)).unwrap().standard_error();
    let (plain, clustered) = (error(Units::rows(260).unwrap()), error(Units::clusters(&traders).unwrap()));
    assert!((clustered / plain - 10_f64.sqrt()).abs() < 0.15, "{clustered} {plain}");
    // Known: the standard deviation with divisor n over √n.
    assert!((clustered - (171.534_f64 / 26.0).sqrt()).abs() < 0.1, "{clustered}");
}

/// A series in which each value stays for six rows: plain rows promise far too much.
#[test]
fn blocks_keep_the_dependence_of_a_series() {
    let data: Vec<f64> = (0..150).map(|row| SPATIAL[(row / 6) % 26]).collect();
    let error = |units: Units| draw(&units, 2_000, 5, mean(&data)).unwrap().standard_error();
    assert_eq!([Units::block_length(120), Units::block_length(1)], [5, 1]);
    let (plain, blocks) = (error(Units::rows(150).unwrap()), error(Units::moving_blocks(150, 12).unwrap()));
    assert!(blocks > 1.8 * plain, "{blocks} {plain}");
    // A resample is as long as the series, though 11 does not divide 150, and the data are counted once.
    let length = draw(&Units::moving_blocks(150, 11).unwrap(), 10, 1, |rows| rows.len() as f64).unwrap();
    assert!(length.estimate() == 150.0 && length.values().iter().all(|length| *length == 150.0));
}

#[test]
fn a_statistic_that_never_varies_is_its_own_interval() {
    let units = Units::rows(5).unwrap();
    let same = |_: &[usize]| 7.0;
    let drawn = draw(&units, 99, 1, same).unwrap();
    assert_eq!(acceleration(&units, same), Ok(0.0));
    assert_eq!(drawn.bias_corrected(0.95, 0.0), Ok((7.0, 7.0)));
    assert_eq!(drawn.basic(0.95), Ok((7.0, 7.0)));
}

/// Ranks (B + 1) p: of 39 replicates the first and the last hold 95 %.
#[test]
fn quantiles_are_replicates_counted_from_both_ends() {
    let drawn = Draws::new(20.0, (1..=39).rev().map(f64::from).collect()).unwrap();
    assert_eq!(drawn.percentile(0.95), Ok((1.0, 39.0)));
    assert_eq!(drawn.percentile(0.5), Ok((10.0, 30.0)));
    assert_eq!(drawn.bias_corrected(0.5, 0.0), Ok((10.0, 30.0)));
    close(drawn.percentile(0.52).unwrap(), (9.6, 30.4), 1e-12);
    assert!(matches!(drawn.percentile(0.99), Err(BootstrapError::TooFewReplicates { replicates: 39, .. })));
}

#[test]
fn what_has_no_interval_is_said() {
    assert_eq!(Units::rows(1), Err(BootstrapError::TooFewUnits(1)));
    assert_eq!(Units::clusters(&["one"; 9]), Err(BootstrapError::TooFewUnits(1)));
    assert_eq!(Units::moving_blocks(5, 3), Err(BootstrapError::BlockLength { length: 3, rows: 5 }));
    assert_eq!(acceleration(&Units::moving_blocks(6, 3).unwrap(), |_| 0.0), Err(BootstrapError::Overlapping));
    let units = Units::rows(3).unwrap();
    assert_eq!(draw(&units, 9, 1, |_| f64::NAN), Err(BootstrapError::NoEstimate));
    let needs_all = |rows: &[usize]| if (0..3).all(|row| rows.contains(&row)) { 1.0 } else { f64::NAN };
    assert!(matches!(draw(&units, 99, 1, needs_all), Err(BootstrapError::NoReplicate(_))));
    assert_eq!(acceleration(&units, needs_all), Err(BootstrapError::NoLeaveOneOut(0)));
    let aside = Draws::new(0.0, vec![1.0; 99]).unwrap();
    assert_eq!(aside.bias_corrected(0.9, 0.0), Err(BootstrapError::NoCorrection));
    assert_eq!(Draws::new(0.0, vec![1.0, f64::NAN]), Err(BootstrapError::NoReplicate(1)));
    assert_eq!(aside.percentile(1.0), Err(BootstrapError::Confidence(1.0)));
}

/// 400 samples of 40 clusters of a skewed variable: intervals at 95 % hold the true mean in nearly as many.
#[test]
fn intervals_cover_what_they_promise() {
    let (mut covered, mut plain) = (0, 0);
    for sample in 0..400 {
        let mut random = stream(77, sample);
        // Exponential of mean 1 per trader, four declarations that share it half.
        let mut exponential = || -(1.0 - random.random::<f64>()).ln();
        let mut data = Vec::new();
        for _ in 0..40 {
            let own = exponential();
            (0..4).for_each(|_| data.push(0.5 * own + 0.5 * exponential()));
        }
        let traders: Vec<usize> = (0..160).map(|row| row / 4).collect();
        let units = Units::clusters(&traders).unwrap();
        let holds = |units: &Units| {
            let drawn = draw(units, 999, sample, mean(&data)).unwrap();
            let (low, high) = drawn.bias_corrected(0.95, acceleration(units, mean(&data)).unwrap()).unwrap();
            u32::from(low <= 1.0 && 1.0 <= high)
        };
        covered += holds(&units);
        plain += holds(&Units::rows(160).unwrap());
    }
    let (covered, plain) = (f64::from(covered) / 400.0, f64::from(plain) / 400.0);
    // A standard error of 1.1 %.
    assert!((0.915..0.98).contains(&covered), "{covered}");
    assert!(plain < 0.9, "rows drawn one by one promise too much: {plain}");
}
