use super::*;
use crate::interval::Z95;

fn table(events: &[i64], censored: &[i64]) -> SurvivalTable {
    let mut table = SurvivalTable::default();
    events.iter().for_each(|m| table.add_event_microseconds(m * MINUTE));
    censored.iter().for_each(|m| table.add_censored_microseconds(m * MINUTE));
    table
}

/// Weeks in remission under 6-mercaptopurine (Freireich et al., Blood 21, 1963).
fn leukaemia() -> SurvivalTable {
    table(&[6, 6, 6, 7, 10, 13, 16, 22, 23], &[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
}

fn near(found: f64, expect: f64) {
    assert!((found - expect).abs() < 5e-4, "{found} instead of {expect}");
}

#[test]
fn leukaemia_curve() {
    let table = leukaemia();
    assert_eq!(table.count(), 21);
    for (week, expect) in
        [(0.0, 1.0), (5.9, 1.0), (6.0, 0.857), (7.0, 0.807), (9.0, 0.807), (10.0, 0.753), (13.0, 0.690), (16.0, 0.627)]
    {
        near(table.survival_at(week).unwrap(), expect);
    }
    for (week, expect) in [(22.0, 0.538), (23.0, 0.448), (35.0, 0.448)] {
        near(table.survival_at(week).unwrap(), expect);
    }
    assert_eq!(table.survival_at(36.0), None);
}

#[test]
fn leukaemia_intervals() {
    let table = leukaemia();
    // Greenwood's standard errors of the published table: S = .8571 (.0764), .4482 (.1346).
    for (week, error) in [(6.0, 0.0764), (7.0, 0.0869), (10.0, 0.0963), (23.0, 0.1346)] {
        let step = table.step_at(week).unwrap();
        near(step.survival() * step.greenwood().sqrt(), error);
    }
    // By hand: ln .857143 = -.154151, √G = .0891, shift = 1.96 × .0891 / .154151 = 1.1328.
    let (low, high) = table.survival_interval(6.0, Z95).unwrap();
    near(low, 0.6197);
    near(high, 0.9516);
    assert_eq!(table.survival_interval(5.0, Z95), None);
    assert_eq!(table.survival_interval(40.0, Z95), None);
}

#[test]
fn leukaemia_quantiles() {
    let table = leukaemia();
    assert_eq!(table.quantile(0.25), Some(13.0));
    assert_eq!(table.quantile(0.5), Some(23.0));
    assert_eq!(table.quantile(0.75), None);
    assert_eq!(table.quantile_interval(0.5, Z95), Some((Some(13.0), None)));
    assert_eq!(table.quantile_interval(1.5, Z95), None);
    assert_eq!(SurvivalTable::default().quantile_interval(0.5, Z95), None);
}

#[test]
fn leukaemia_restricted_mean() {
    // 6 + .857143 + 3 × .806723 + 3 × .752941 + 3 × .690196 + 6 × .627451 + .537815 + 12 × .448179
    near(leukaemia().restricted_mean(35.0).unwrap(), 23.287);
    near(leukaemia().restricted_mean(6.5).unwrap(), 6.0 + 0.5 * 0.857143);
    near(leukaemia().restricted_mean(3.0).unwrap(), 3.0);
    assert_eq!(leukaemia().restricted_mean(36.0), None);
    assert_eq!(leukaemia().restricted_mean(-1.0), None);
}

#[test]
fn without_censoring_it_is_the_empirical_distribution() {
    let minutes: Vec<i64> = (0..500).map(|i| i * 7919 % 353).collect();
    let table = table(&minutes, &[]);
    let mut histogram = MinuteHistogram::default();
    minutes.iter().for_each(|m| histogram.add_microseconds(m * MINUTE));
    for k in 0..=500 {
        let p = f64::from(k) / 500.0;
        assert_eq!(table.quantile(p), histogram.quantile(p), "p {p}");
        let at = f64::from(k);
        let within = 1.0 - table.survival_at(at).unwrap();
        assert!((within - histogram.share_within(at).unwrap()).abs() < 1e-12);
    }
    let mean = minutes.iter().sum::<i64>() as f64 / 500.0;
    assert!((table.restricted_mean(1000.0).unwrap() - mean).abs() < 1e-9);
}

#[test]
fn more_cases_than_can_be_counted_are_refused() {
    let mut many = SurvivalTable::default();
    many.events.bins.add_n(1, u64::MAX / 2 + 1);
    many.censored.add_n(1, u64::MAX / 2 + 1);
    let mut bytes = Vec::new();
    many.encode(&mut bytes);
    assert_eq!(SurvivalTable::decode(&bytes), Err(DecodeError::Number));
    assert_eq!(SurvivalTable::default().merge_encoded(&bytes), Err(DecodeError::Number));
}

#[test]
fn a_case_is_at_risk_only_in_minutes_it_was_seen_through() {
    let mut half_minute = table(&[2], &[]);
    half_minute.add_censored_microseconds(MINUTE + MINUTE / 2);
    assert_eq!(half_minute.survival_at(2.0), Some(0.0));
    let whole = table(&[2], &[2]);
    assert_eq!(whole.survival_at(2.0), Some(0.5));
}

#[test]
fn the_curve_ends_with_the_last_case_seen() {
    assert_eq!(table(&[], &[5]).survival_at(5.0), Some(1.0));
    assert_eq!(table(&[], &[5]).survival_at(6.0), None);
    assert_eq!(table(&[9], &[5, 5, 5]).survival_at(9.0), Some(0.0));
    assert_eq!(table(&[9], &[12]).survival_at(12.0), Some(0.5));
    assert_eq!(table(&[9], &[12]).survival_at(13.0), None);
    assert_eq!(table(&[5], &[]).survival_at(1e9), Some(0.0));
    assert_eq!(SurvivalTable::default().survival_at(0.0), None);
    assert_eq!(table(&[5], &[]).survival_at(-1.0), Some(1.0));
}
