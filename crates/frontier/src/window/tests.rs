use super::*;
use crate::free_disposal::tests::orientation;
use crate::nonradial::oracle::{self, ORACLE, assert_near};
use crate::productivity::tests::economies;
use crate::radial::scores_against;
use crate::technology::Data;
use nalgebra::DMatrix;

const OWN_YEAR: &str = include_str!("../../../../reference/frontier/malmquist/benchmarking_malmquist_EconomyLong.csv");

/// Output per input of A and B in years 1 to 3; B has no year 2.
fn ratios() -> Panel {
    let outputs = [1.0, 2.0, 4.0, 2.0, 4.0];
    Panel {
        units: ["A", "A", "A", "B", "B"].map(str::to_owned).to_vec(),
        years: vec![1, 2, 3, 1, 3],
        data: Data::new(DMatrix::from_element(5, 1, 1.0), DMatrix::from_column_slice(5, 1, &outputs)).unwrap(),
    }
}

/// Worked by hand: the best ratio of years 1 and 2 is 2, of years 2 and 3 it is 4. A has 0.5, 1 | 0.5, 1: in year 2 it fell
/// by half because of those beside it. B has 1 | 1.
#[test]
fn a_window_pools_its_years() {
    let panel = ratios();
    let found = windows(&panel, None, Returns::Constant, Orientation::Input).unwrap();
    assert_eq!((found.width, &found.spans[..], &found.pooled[..]), (2, &[(1, 2), (2, 3)][..], &[3, 3][..]));
    let cells: Vec<(usize, usize)> = found.cells.iter().map(|cell| (cell.window, cell.row)).collect();
    assert_eq!(cells, [(0, 0), (0, 1), (0, 3), (1, 1), (1, 2), (1, 4)]);
    for (cell, expected) in found.cells.iter().zip([0.5, 1.0, 1.0, 0.5, 1.0, 1.0]) {
        assert!((cell.score.unwrap() - expected).abs() < 1e-12, "{cell:?}");
    }
    let [a, b] = &summaries(&panel, &found)[..] else { panic!("two units") };
    // Mean 0.75; squares of 0.25 four times, by 3.
    assert!((a.mean.unwrap() - 0.75).abs() < 1e-12 && (a.variance.unwrap() - 0.25 / 3.0).abs() < 1e-12, "{a:?}");
    assert!((a.within_period.unwrap() - 0.5).abs() < 1e-12 && (a.overall.unwrap() - 0.5).abs() < 1e-12);
    // B stands in no year twice: nothing can differ there.
    assert_eq!((b.scores, b.mean, b.variance, b.within_period, b.overall), (2, Some(1.0), Some(0.0), None, Some(0.0)));
}

#[test]
fn one_score_has_no_variance() {
    let mut panel = ratios();
    panel.units[4] = "C".to_owned();
    let found = windows(&panel, Some(3), Returns::Constant, Orientation::Output).unwrap();
    let c = summaries(&panel, &found).remove(2);
    assert_eq!((c.unit.as_str(), c.scores, c.without, c.mean), ("C", 1, 0, Some(1.0)));
    assert_eq!((c.variance, c.within_period, c.overall), (None, None, None));
}

/// Published: efficiency in the own year, by Benchmarking; that is a window of one year.
#[test]
fn a_window_of_one_year_is_the_reference() {
    let panel = economies();
    let mut compared = 0;
    for returns in [Returns::Constant, Returns::Variable] {
        for word in ["in", "out"] {
            let found = windows(&panel, Some(1), returns, orientation(word)).unwrap();
            for row in csv::Reader::from_reader(OWN_YEAR.as_bytes()).into_records().map(|row| row.unwrap()) {
                if row[0] != *returns.word() || row[1] != *word {
                    continue;
                }
                let year: i64 = row[6].parse().unwrap();
                let at =
                    (0..panel.years.len()).find(|at| panel.units[*at] == row[5] && panel.years[*at] == year).unwrap();
                let cell = found.cells.iter().find(|cell| cell.row == at).unwrap();
                let expected: f64 = row[9].parse().unwrap();
                assert!((cell.score.unwrap() - expected).abs() < 1e-8 * expected, "{row:?}: {cell:?}");
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 4 * 155);
}

/// Each window by itself: another solver's program of multipliers, on the rows of the years.
#[test]
fn each_window_is_an_analysis_of_its_own() {
    let panel = economies();
    let found = windows(&panel, None, Returns::Variable, Orientation::Input).unwrap();
    assert_eq!((found.width, found.spans.len(), found.cells.len()), (3, 3, 3 * 3 * 31));
    for (window, first) in [2005, 2006, 2007].into_iter().enumerate() {
        assert_eq!((found.spans[window], found.pooled[window]), ((first, first + 2), 93));
        let rows: Vec<usize> = (0..155).filter(|row| (first..first + 3).contains(&panel.years[*row])).collect();
        let data = panel.data.select(&rows);
        for (place, row) in rows.iter().enumerate().step_by(4) {
            let cell = found.cells.iter().find(|cell| (cell.window, cell.row) == (window, *row)).unwrap();
            let expected = oracle::radial(&data.inputs, &data.outputs, place, true);
            assert_near(cell.score.unwrap(), expected, ORACLE, &format!("window {window} row {row}"));
        }
    }
}

/// The widest window is the pooled analysis; a wider window never makes a unit look better.
#[test]
fn more_years_never_make_better() {
    let panel = economies();
    for returns in Returns::ALL {
        for (orientation, sign) in [(Orientation::Input, 1.0), (Orientation::Output, -1.0)] {
            let model = Model { with_slacks: false, ..Model::radial(returns, orientation) };
            let pooled = scores_against(&panel.data, &panel.data, &model).unwrap();
            let wide = windows(&panel, Some(5), returns, orientation).unwrap();
            for cell in &wide.cells {
                let pooled = pooled[cell.row].as_ref().unwrap().score;
                assert!((cell.score.unwrap() - pooled).abs() < 1e-9, "{returns:?} {orientation:?} {cell:?}");
            }
            let narrow = windows(&panel, Some(2), returns, orientation).unwrap();
            for cell in &narrow.cells {
                let pooled = sign * pooled[cell.row].as_ref().unwrap().score;
                assert!(sign * cell.score.unwrap() >= pooled - 1e-9, "{returns:?} {orientation:?} {cell:?}");
            }
        }
    }
}

/// Scores of a period in different windows differ by no more than all scores do.
#[test]
fn a_period_differs_by_no_more_than_all() {
    let panel = economies();
    for orientation in [Orientation::Input, Orientation::Output] {
        let found = windows(&panel, None, Returns::Constant, orientation).unwrap();
        for summary in summaries(&panel, &found) {
            assert_eq!((summary.scores, summary.without), (9, 0));
            assert!(summary.within_period.unwrap() <= summary.overall.unwrap(), "{summary:?}");
            // No variance is larger than that of half the numbers at each end.
            let range = summary.overall.unwrap();
            assert!(summary.variance.unwrap() <= range * range * 9.0 / 4.0 / 8.0 + 1e-15, "{summary:?}");
        }
    }
}

/// The usual width gives the most scores, and of two such widths it is the longer.
#[test]
fn the_usual_width_gives_the_most_scores() {
    for periods in 1..40 {
        let scores = |width: usize| width * (periods - width + 1);
        let best = (1..=periods).max_by_key(|width| (scores(*width), *width)).unwrap();
        assert_eq!(usual_width(periods), best, "{periods}");
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut panel = ratios();
    for width in [0, 4] {
        let found = windows(&panel, Some(width), Returns::Constant, Orientation::Input);
        assert_eq!(found, Err(WindowError::Width { width, periods: 3 }));
    }
    panel.units[4] = "A".to_owned();
    let twice = PanelError::Twice { unit: "A".to_owned(), year: 3 };
    assert_eq!(windows(&panel, None, Returns::Constant, Orientation::Input), Err(WindowError::Panel(twice)));
}
