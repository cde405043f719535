use super::*;

/// Mean years of schooling of 23 countries: Handbook on Constructing Composite Indicators (OECD/JRC 2008), table 15.
const TABLE_15: &str = include_str!("../../../../reference/handbook_tai/table15_normalisation_schooling.csv");

fn rows(n: usize) -> Vec<Row> {
    (0..n).map(|row| Row { unit: row.to_string(), name: row.to_string(), time: None }).collect()
}

fn column(name: &str) -> Vec<f64> {
    let mut lines = TABLE_15.lines();
    let at = lines.next().unwrap().split(',').position(|heading| heading == name).unwrap();
    lines.map(|line| line.split(',').nth(at).unwrap().parse().unwrap()).collect()
}

fn apply(x: &[f64], direction: f64, method: Method) -> Result<Vec<f64>, NormaliseError> {
    let attributes = Attributes { direction, ..Attributes::default() };
    normalise(x, &rows(x.len()), attributes, &Normalisation { method, output: None, basis: Basis::Pooled })
}

#[test]
fn table_15_of_the_handbook() {
    let schooling = column("schooling");
    let check = |method: Method, expect: &str| {
        let found = apply(&schooling, 1.0, method).unwrap();
        for (row, (found, expect)) in found.iter().zip(column(expect)).enumerate() {
            assert!((found - expect).abs() <= 0.0051, "{row}: {found} {expect}");
        }
    };
    check(Method::Rank, "rank_high_is_top");
    check(Method::ZScore { mean: 0.0, sd: 1.0 }, "zscore");
    check(Method::MinMax { range: [0.0, 1.0] }, "minmax");
    check(Method::Ratio { to: RatioTo::Mean, minus_one: false }, "ratio_to_mean");
    check(Method::Ratio { to: RatioTo::Best, minus_one: false }, "ratio_to_best");
    check(Method::Ratio { to: RatioTo::Worst, minus_one: false }, "ratio_to_worst");
    check(Method::Ratio { to: RatioTo::Mean, minus_one: true }, "diff_to_mean");
    check(Method::Ratio { to: RatioTo::Worst, minus_one: true }, "diff_to_worst");
    check(Method::AboveBelowMean { p: 0.2 }, "above_below_mean_p20");
    check(Method::Categorical, "categorical");
}

fn check(x: &[f64], direction: f64, method: Method, expect: &[f64]) {
    let found = apply(x, direction, method).unwrap();
    let same = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-12 || (a.is_nan() && b.is_nan());
    assert!(found.len() == expect.len() && found.iter().zip(expect).all(same), "{found:?} {expect:?}");
}

#[test]
fn methods_by_hand() {
    let x = [1.0, 3.0, f64::NAN, 5.0];
    check(&x, 1.0, Method::MinMax { range: [0.0, 100.0] }, &[0.0, 50.0, f64::NAN, 100.0]);
    check(&x, -1.0, Method::MinMax { range: [0.0, 100.0] }, &[100.0, 50.0, f64::NAN, 0.0]);
    check(&x, 1.0, Method::ZScore { mean: 10.0, sd: 2.0 }, &[8.0, 10.0, f64::NAN, 12.0]);
    check(&x, 1.0, Method::Scaled { from: [0.0, 10.0], factor: 100.0 }, &[10.0, 30.0, f64::NAN, 50.0]);
    check(&x, -1.0, Method::Rank, &[3.0, 2.0, f64::NAN, 1.0]);
    check(&[1.0, 1.0, 2.0], 1.0, Method::Borda, &[0.0, 0.0, 2.0]);
    check(&x, 1.0, Method::PercentileRank, &[0.0, 0.5, f64::NAN, 1.0]);
    check(&x, 1.0, Method::FractionOfMax, &[0.2, 0.6, f64::NAN, 1.0]);
    check(&x, 1.0, Method::DistanceToMax, &[0.0, 0.5, f64::NAN, 1.0]);
    let reference = |cap| Method::DistanceToReference { unit: "1".into(), cap };
    check(&x, 1.0, reference(false), &[0.0, 1.0, f64::NAN, 2.0]);
    check(&x, 1.0, reference(true), &[0.0, 1.0, f64::NAN, 1.0]);
    check(&x, 1.0, Method::DistanceToTarget { target: Some(9.0), cap: true }, &[0.0, 0.25, f64::NAN, 0.5]);
    check(&x, -1.0, Method::DistanceToTarget { target: Some(1.0), cap: true }, &[1.0, 0.5, f64::NAN, 0.0]);
    let posts = |truncate| Method::Goalposts { posts: Some([2.0, 4.0]), scale: 10.0, truncate };
    check(&x, 1.0, posts(true), &[0.0, 5.0, f64::NAN, 10.0]);
    check(&x, -1.0, posts(true), &[10.0, 5.0, f64::NAN, 0.0]);
    check(&x, 1.0, posts(false), &[-5.0, 5.0, f64::NAN, 15.0]);
    let two = Method::TwoSided { points: [0.0, 2.0, 4.0, 8.0], scale: 1.0 };
    check(&x, 1.0, two, &[0.5, 1.0, f64::NAN, 0.75]);
}

#[test]
fn what_cannot_be_normalised_is_an_error() {
    let constant = [2.0, 2.0];
    assert_eq!(apply(&constant, 1.0, Method::MinMax { range: [0.0, 1.0] }), Err(NormaliseError::Constant));
    assert_eq!(apply(&constant, 1.0, Method::ZScore { mean: 0.0, sd: 1.0 }), Err(NormaliseError::Constant));
    assert_eq!(apply(&[f64::NAN], 1.0, Method::Rank), Err(NormaliseError::Empty));
    assert_eq!(apply(&[7.0], 1.0, Method::PercentileRank), Err(NormaliseError::Constant));
    assert_eq!(apply(&[0.0, -1.0], 1.0, Method::FractionOfMax), Err(NormaliseError::ZeroDivisor("largest value")));
    let target = Method::DistanceToTarget { target: None, cap: false };
    assert_eq!(apply(&[0.0, 1.0], 1.0, target), Err(NormaliseError::NotGiven("target")));
    assert_eq!(apply(&[0.0, 1.0], 1.0, Method::Cyclical), Err(NormaliseError::NoYears));
}

/// Two units over two years.
fn panel() -> (Vec<f64>, Vec<Row>) {
    let row = |unit: &str, time| Row { unit: unit.into(), name: unit.into(), time: Some(time) };
    (vec![1.0, 3.0, 5.0, 9.0], vec![row("a", 2001), row("b", 2001), row("a", 2002), row("b", 2002)])
}

fn check_panel(method: Method, basis: Basis, output: Option<[f64; 2]>, expect: &[f64]) {
    let (x, rows) = panel();
    let attributes = Attributes { direction: 1.0, ..Attributes::default() };
    let found = normalise(&x, &rows, attributes, &Normalisation { method, output, basis }).unwrap();
    let same = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-12 || (a.is_nan() && b.is_nan());
    assert!(found.iter().zip(expect).all(same), "{found:?} {expect:?}");
}

#[test]
fn panels_choose_where_statistics_come_from() {
    let minmax = Method::MinMax { range: [0.0, 1.0] };
    check_panel(minmax.clone(), Basis::Pooled, None, &[0.0, 0.25, 0.5, 1.0]);
    check_panel(minmax.clone(), Basis::PerYear, None, &[0.0, 1.0, 0.0, 1.0]);
    check_panel(minmax.clone(), Basis::Year(2001), None, &[0.0, 1.0, 2.0, 4.0]);
    check_panel(minmax, Basis::Pooled, Some([1.0, 101.0]), &[1.0, 26.0, 51.0, 101.0]);
    check_panel(Method::None, Basis::Pooled, Some([0.0, 8.0]), &[0.0, 2.0, 4.0, 8.0]);
    check_panel(Method::Cyclical, Basis::Pooled, None, &[-1.0, -1.0, 1.0, 1.0]);
    let change = Method::AnnualChange { divisor: Divisor::Previous };
    check_panel(change, Basis::Pooled, None, &[f64::NAN, f64::NAN, 4.0, 2.0]);
    check_panel(Method::ReferenceYear { year: 2001 }, Basis::Pooled, None, &[1.0, 1.0, 5.0, 3.0]);
}
