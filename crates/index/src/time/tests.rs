use super::*;
use crate::coherence::reference;

#[test]
fn growth_by_hand() {
    let check = |first, last, years, expect: Option<f64>| {
        let found = cagr(first, last, years);
        assert_eq!(found.is_some(), expect.is_some());
        assert!((found.unwrap_or(0.0) - expect.unwrap_or(0.0)).abs() < 1e-12, "{found:?}");
    };
    check(100.0, 121.0, 2, Some(0.1));
    check(-8.0, -1.0, 3, Some(-0.5));
    check(5.0, 0.0, 3, Some(-1.0));
    check(0.0, 5.0, 3, None);
    check(5.0, -5.0, 3, None);
    check(5.0, 6.0, 0, None);
    check(f64::NAN, 6.0, 1, None);
}

#[test]
fn the_line_by_hand() {
    let points = [(2001, 10.0), (2002, 12.0), (2003, 11.0), (2004, 15.0)];
    assert!((percent_change(&points).unwrap() - 100.0 * 1.4 / 9.9).abs() < 1e-12);
    assert_eq!(percent_change(&points[..2]), None);
    assert_eq!(percent_change(&[(1, 0.0), (2, 1.0), (3, 2.0)]), None);
    let below = [(1, -4.0), (2, -3.0), (4, -1.0)];
    assert!((percent_change(&below).unwrap() - 25.0).abs() < 1e-12);
}

#[test]
fn trends_of_the_reference_panel() {
    let dataset = reference::panel();
    let found = trends(&dataset, &dataset.values).value;
    assert_eq!(found.len(), 51 * 49);
    let lpi = dataset.indicators.iter().position(|code| code == "LPI").unwrap();
    let austria = found.iter().find(|trend| trend.unit == "AUT" && trend.column == lpi).unwrap();
    assert_eq!((austria.n, austria.first.unwrap().0, austria.last.unwrap().0), (5, 2018, 2022));
    assert!((austria.cagr.unwrap() - 0.000_149_572_141_384_224_37).abs() < 1e-12, "{austria:?}");
    assert!((austria.percent_change.unwrap() - 0.044_421_444_142_801_06).abs() < 1e-10, "{austria:?}");
    let one_year = reference::countries();
    assert_eq!(trends(&one_year, &one_year.values).diagnostics[0].code, codes::PARAMETER);
}
