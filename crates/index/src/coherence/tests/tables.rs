//! Against printed tables, and the tables of flags and statistics.

use super::*;

#[test]
fn the_handbooks_correlations() {
    let (names, x) = tai();
    let table = Table::read(include_str!("../../../../../reference/handbook_tai/table06_correlation.csv"));
    let found = correlations(&x, &names, Method::Pearson);
    assert!(found.diagnostics.is_empty());
    assert_eq!(found.value.len(), 28);
    for pair in found.value {
        let printed = number(&table.rows[pair.a][pair.b + 1]);
        // Royalties and telephones: 0.56 printed, 0.58 from the printed data, as `reference/handbook_tai` says.
        let tolerance = if (pair.a, pair.b) == (1, 4) { 0.021 } else { 0.0101 };
        close(pair.correlation.r, printed, tolerance);
        assert_eq!(pair.correlation.pairs, 23);
    }
}

#[test]
fn the_handbooks_components() {
    let (names, x) = tai();
    let found = principal_components(&x, &names).unwrap();
    let table = Table::read(include_str!("../../../../../reference/handbook_tai/table07_16_eigenvalues.csv"));
    for (at, row) in table.rows.iter().enumerate() {
        // The first is printed as 3.3, and its share as 41.9 %, which is that of 3.35.
        close(found.eigenvalues[at], number(&row[1]), 0.055);
        close(100.0 * found.shares[at], number(&row[2]), 0.15);
        close(100.0 * found.cumulative[at], number(&row[3]), 0.15);
    }
    assert_eq!((found.rows, found.above_one()), (23, 2));
    let table = Table::read(include_str!("../../../../../reference/handbook_tai/table08_component_loadings.csv"));
    for (at, row) in table.rows.iter().enumerate() {
        for component in 0..8 {
            // Signs are a matter of choice.
            close(found.loadings[(at, component)].abs(), number(&row[component + 1]).abs(), 0.021);
        }
    }
}

#[test]
fn the_handbooks_factors() {
    let (names, x) = tai();
    let found = principal_components(&x, &names).unwrap();
    let rotated = found.rotated(4).unwrap();
    let table = Table::read(include_str!("../../../../../reference/handbook_tai/table09_17_varimax_loadings.csv"));
    let explained: Vec<f64> = table.rows[8][1..5].iter().map(|cell| number(cell)).collect();
    // Factors come in an order of their own.
    let order: Vec<usize> = explained
        .iter()
        .map(|printed| (0..4).find(|&factor| (rotated.explained[factor] - printed).abs() < 0.05).unwrap())
        .collect();
    for (at, row) in table.rows[..8].iter().enumerate() {
        for (printed, &factor) in row[1..5].iter().zip(&order) {
            close(rotated.loadings[(at, factor)].abs(), number(printed).abs(), 0.021);
        }
        close(rotated.communalities[at], number(&row[5]), 0.011);
    }
    close(rotated.explained.iter().sum(), found.eigenvalues[..4].iter().sum(), 1e-10);
    assert_eq!(found.rotated(0), Err(CoherenceError::Factors { kept: 0, components: 8 }));
    assert_eq!(found.rotated(9), Err(CoherenceError::Factors { kept: 9, components: 8 }));
    let text = serde_json::to_value(&rotated).unwrap();
    assert_eq!(text["loadings"].as_array().unwrap().len(), 8);
}

#[test]
fn the_handbooks_reliability() {
    let (names, x) = tai();
    let found = reliability(&x, &names, Covariances::Standardised).unwrap();
    let table = Table::read(include_str!("../../../../../reference/handbook_tai/table11_cronbach_item_deleted.csv"));
    close(found.alpha, number(&table.rows[0][2]), 0.005);
    for (item, row) in found.items.iter().zip(&table.rows[1..]) {
        // 0.006: the printed data are rounded.
        close(item.alpha_without.unwrap(), number(&row[2]), 0.006);
        close(item.correlation_with_rest.unwrap(), number(&row[1]), 0.011);
    }
}

#[test]
fn flags_of_a_small_tree() {
    let element = |code: &str, parent: Option<&str>, direction: f64| {
        let kind = if code.starts_with('x') { ElementKind::Indicator } else { ElementKind::Aggregate };
        Element { direction, ..Element::new(code, kind, parent) }
    };
    let structure = Structure::new(vec![
        element("x1", Some("A"), 1.0),
        element("x2", Some("A"), 1.0),
        element("x3", Some("A"), -1.0),
        element("x4", Some("B"), 1.0),
        element("A", Some("Top"), 1.0),
        element("B", Some("Top"), 1.0),
        element("Top", None, 1.0),
    ]);
    assert!(structure.diagnostics.is_empty());
    let structure = structure.value;
    // x1 and x2 nearly the same, x3 against both, x4 unrelated.
    let x = DMatrix::from_column_slice(
        5,
        5,
        &[
            1.0, 2.0, 3.0, 4.0, 5.0, //
            1.1, 2.0, 3.0, 4.0, 5.0, //
            -1.0, -3.0, -2.0, -5.0, -4.0, //
            1.0, -1.0, 0.0, -1.0, 1.0, //
            1.0, 2.0, 3.0, 4.0, 5.0,
        ],
    );
    let columns = names(&["x1", "x2", "x3", "x4", "B"]);
    let inside = |limits, level| siblings(&x, &columns, &structure, Method::Pearson, limits, level);
    let found = inside(Limits::default(), 2);
    assert!(found.diagnostics.is_empty());
    let flags: Vec<_> = found.value.iter().map(|pair| (pair.a, pair.b, pair.group, pair.flag)).collect();
    let group = structure.position("A").unwrap();
    assert_eq!(
        flags,
        [
            (0, 1, group, Some(Flag::Collinear)),
            (0, 2, group, Some(Flag::Negative)),
            (1, 2, group, Some(Flag::Negative)),
        ]
    );
    // Raw values are turned by their directions first: -0.8 becomes 0.8.
    let raw = Limits { is_raw: true, ..Limits::default() };
    let found = inside(raw, 2).value;
    close(found[1].correlation.r, 0.8, 1e-12);
    assert_eq!(found[1].flag, None);
    // Among all indicators of the top: x4 has nothing to do with x1 (r 0).
    let found = inside(raw, 3).value;
    assert_eq!(found.len(), 6);
    assert_eq!(found[2].flag, Some(Flag::Low));
    assert_eq!(codes_of(&inside(raw, 1)), [codes::PARAMETER]);
    assert_eq!(codes_of(&inside(raw, 9)), [codes::PARAMETER]);
    let above = with_ancestors(&x, &columns, &structure, Method::Pearson, Limits::default());
    assert!(above.diagnostics.is_empty());
    let [own] = above.value.as_slice() else { panic!("{:?}", above.value) };
    assert_eq!((own.element, own.ancestor, own.flag), (3, structure.position("B").unwrap(), Some(Flag::Low)));
    let unknown = with_ancestors(&x, &names(&["x1", "x2", "y", "z", "A"]), &structure, Method::Pearson, raw);
    assert_eq!(codes_of(&unknown), [codes::UNKNOWN_CODE]);
    assert_eq!(unknown.value.len(), 2);
    // x1 is its group here, which is no flaw.
    assert_eq!((unknown.value[0].correlation.r, unknown.value[0].flag), (1.0, None));
}

#[test]
fn indicators_meet_every_level_above_them() {
    let structure = reference::structure();
    let dataset = reference::countries();
    let text = include_str!("../../../../../reference/coinr/steps/07_aggregated.csv");
    let columns: Vec<String> = structure.elements.iter().map(|element| element.code.clone()).collect();
    let scores = reference::step(&crate::dataset::Dataset { indicators: columns.clone(), ..dataset }, text);
    let found = with_ancestors(&scores, &columns, &structure, Method::Spearman, Limits::default());
    assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
    // 49 indicators with three levels above, eight pillars with two, two halves with one.
    assert_eq!(found.value.len(), 49 * 3 + 8 * 2 + 2);
    assert!(found.value.iter().all(|pair| pair.flag != Some(Flag::Collinear)));
}

#[test]
fn statistics_by_hand() {
    let nan = f64::NAN;
    let x = DMatrix::from_column_slice(
        5,
        3,
        &[
            0.0, 0.0, 4.0, 2.0, nan, //
            7.0, 7.0, 7.0, 7.0, 7.0, //
            nan, nan, nan, nan, nan,
        ],
    );
    let table = |divisors| statistics(&x, &names(&["a", "flat", "none"]), Thresholds::default(), divisors);
    let found = table(Divisors::default());
    assert_eq!(codes_of(&found), [codes::TOO_FEW, codes::CONSTANT]);
    let [a, flat, none] = found.value.as_slice() else { panic!() };
    assert_eq!((a.min, a.max, a.mean, a.median), (Some(0.0), Some(4.0), Some(1.5), Some(1.0)));
    close(a.sd.unwrap(), (11.0f64 / 3.0).sqrt(), 1e-12);
    assert_eq!((a.available, a.nonzero, a.unique), (4, 2, 3));
    assert_eq!((a.available_share, a.nonzero_share, a.unique_share), (Some(0.8), Some(0.5), Some(0.75)));
    // 2 of 4 values differ from 0, but of 5 rows only 0.4.
    assert_eq!(a.doubts, [Doubt::Nonzero]);
    let observed = Divisors { shares: Divisor::All, flags: Divisor::Observed };
    let own = &table(observed).value[0];
    assert_eq!((own.nonzero_share, own.unique_share, own.doubts.len()), (Some(0.4), Some(0.6), 0));
    assert_eq!((flat.skew, flat.kurtosis, flat.sd), (None, None, Some(0.0)));
    assert_eq!(flat.doubts, [Doubt::Unique]);
    assert_eq!((none.min, none.mean, none.sd, none.nonzero_share), (None, None, None, None));
    assert_eq!(none.doubts, [Doubt::Available, Doubt::Nonzero, Doubt::Unique]);
    let empty = statistics(&DMatrix::zeros(0, 1), &names(&["a"]), Thresholds::default(), Divisors::default());
    assert_eq!(codes_of(&empty), [codes::EMPTY_TABLE]);
}

#[test]
fn statistics_of_the_reference_have_its_shape() {
    let dataset = reference::countries();
    let text = include_str!("../../../../../reference/coinr/steps/04_screened.csv");
    let values = reference::step(&dataset, text);
    let found = statistics(&values, &dataset.indicators, Thresholds::default(), Divisors::default()).value;
    let table = Table::read(include_str!("../../../../../reference/coinr/steps/treated_details.csv"));
    for row in &table.rows {
        let own = found.iter().find(|own| own.code == row[0]).unwrap();
        close(own.skew.unwrap(), number(&row[2]), 1e-10);
        close(own.kurtosis.unwrap(), number(&row[3]), 1e-9);
        assert_eq!(own.doubts.contains(&Doubt::Outliers), &row[1] == "FALSE", "{}", own.code);
    }
    assert!(found.iter().any(|own| own.doubts.contains(&Doubt::Outliers)));
}

#[test]
fn indicators_beside_denominators() {
    let dataset = reference::countries();
    let found = with_denominators(&dataset, Method::Spearman, 0.6);
    assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
    assert_eq!(found.value.len(), 49 * 4);
    for own in &found.value {
        let column = dataset.values.column(own.column).into_owned();
        let direct = mizan_stats::correlation::spearman(column.as_slice(), &dataset.denominators[&own.denominator]);
        assert_eq!((own.correlation.r, own.correlation.pairs), (direct.r, direct.pairs));
        assert_eq!(own.is_strong, own.correlation.r.abs() > 0.6);
    }
    assert!(found.value.iter().any(|own| own.is_strong));
    assert_eq!(codes_of(&with_denominators(&dataset, Method::Pearson, f64::NAN)), [codes::PARAMETER]);
    let without = crate::dataset::Dataset { denominators: std::sync::Arc::default(), ..dataset };
    assert_eq!(codes_of(&with_denominators(&without, Method::Pearson, 0.6)), [codes::DENOMINATOR]);
}
