//! Availability, denominators, imputation, outliers.

use mizan_index::chain::Record;
use mizan_index::impute::leave_out_error;
use mizan_index::recipe::{ImputeMethod, ImputeStep, Step};
use mizan_stats::correlation::pearson;
use mizan_stats::shape::median;

use crate::asem::{self, RECIPE};
use crate::plot::{Axis, BLUE, DARK, GREY, Mark, Outcome, Plot, RED, Side};

/// Countries by the share of indicators that they have, the poorest first.
pub fn availability() -> Outcome {
    const LEAST: f64 = 0.9;
    let recipe = "schema = \"recipe/1\"\n[[step]]\nscreen = { min_available = 0.9 }";
    let chain = asem::chain(recipe)?;
    let run = asem::run(&chain)?;
    let Some(Record::Screened(table)) = run.steps.last().map(|done| &done.record) else {
        return Err("the recipe screens".into());
    };
    let named = table.iter().zip(chain.dataset.rows.iter());
    let mut poor: Vec<(f64, String)> = named.map(|(unit, row)| (unit.available, row.name.clone())).collect();
    poor.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let below = poor.iter().filter(|(share, _)| *share < LEAST).count();
    poor.truncate(20);
    let names: Vec<String> = poor.iter().map(|(_, name)| name.clone()).collect();
    let title = format!("{below} of {} countries have less than 90 % of the 49 indicators", table.len());
    let x = Axis::linear("Share of indicators that are there, per cent", 70.0, 100.0, 5.0);
    let mut plot = Plot::new(&title, 470.0, x, Axis::names("The 20 countries with the most gaps", &names, true));
    plot.line(&[(100.0 * LEAST, -0.6), (100.0 * LEAST, 19.6)], DARK, true);
    for (place, (share, _)) in poor.iter().enumerate() {
        let (mark, colour) = if *share < LEAST { (Mark::Ring, RED) } else { (Mark::Disc, BLUE) };
        plot.mark(100.0 * share, 19.0 - place as f64, mark, colour);
    }
    plot.legend(&[
        (Mark::Ring, RED, "left out by screen = { min_available = 0.9 }"),
        (Mark::Disc, BLUE, "kept"),
        (Mark::Dashes, DARK, "limit"),
    ]);
    plot.write("structure-and-availability.svg")
}

/// Correlation of indicators with their denominator, before and after the division.
pub fn denominators() -> Outcome {
    let recipe = "schema = \"recipe/1\"\n[[step]]\ndenominate = {}";
    let chain = asem::chain(recipe)?;
    let run = asem::run(&chain)?;
    let Some(Record::Denominated(ratios)) = run.steps.last().map(|done| &done.record) else {
        return Err("the recipe divides".into());
    };
    let mut found = Vec::new();
    for (column, code) in ratios {
        let by = &chain.dataset.denominators[code];
        let r = |step: usize| pearson(run.steps[step].state.data.values.column(*column).as_slice(), by).r;
        found.push((r(0), r(1), format!("{} by {code}", chain.structure.elements[*column].code)));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let middle = |which: fn(&(f64, f64, String)) -> f64| median(&found.iter().map(which).collect::<Vec<f64>>());
    let (before, after) = (middle(|one| one.0), middle(|one| one.1));
    let title = format!(
        "Division takes size out and may overshoot: the median correlation with the denominator goes from {before:.2} to {after:.2}"
    );
    let names: Vec<String> = found.iter().map(|one| one.2.clone()).collect();
    let x = Axis::linear("Correlation of the indicator with its denominator (Pearson)", -0.5, 1.0, 0.25);
    let mut plot = Plot::new(&title, 430.0, x, Axis::names("Indicator and denominator", &names, true));
    for (place, (before, after, _)) in found.iter().enumerate() {
        let y = (found.len() - 1 - place) as f64;
        plot.line(&[(*before, y), (*after, y)], GREY, false);
        plot.mark(*before, y, Mark::Ring, RED);
        plot.mark(*after, y, Mark::Disc, BLUE);
    }
    plot.legend(&[(Mark::Ring, RED, "as collected"), (Mark::Disc, BLUE, "divided")]);
    plot.write("denominators.svg")
}

/// Leave-out error of four methods of imputation.
pub fn imputation() -> Outcome {
    let chain = asem::chain(RECIPE)?;
    let run = asem::run(&chain)?;
    let data = &run.steps[1].state.data;
    let step = |method: ImputeMethod| ImputeStep { method, ..ImputeStep::default() };
    let methods = [
        ("mean of the column", step(ImputeMethod::Mean)),
        ("mean of the continent", ImputeStep { group: Some("EurAsia_group".into()), ..step(ImputeMethod::Mean) }),
        ("mean along the row", ImputeStep { level: Some(2), ..step(ImputeMethod::RowMean) }),
        ("regression on siblings", step(ImputeMethod::Regression)),
    ];
    let names: Vec<String> = methods.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut medians = Vec::new();
    let mut drawn = Vec::new();
    for (_, step) in &methods {
        let errors = leave_out_error(data, &chain.structure, step, &mut |_| ());
        let r2: Vec<f64> = errors.iter().map(|error| error.r2).collect();
        medians.push(median(&r2));
        drawn.push(r2);
    }
    let title = format!(
        "No method finds most of what is missing: regression {:.2} of the variance in the median indicator, the mean of the continent {:.2}",
        medians[3], medians[1]
    );
    let x = Axis::linear("R² of blanked cells, one mark an indicator; below -0.5 drawn at -0.5", -0.5, 1.0, 0.25);
    let mut plot = Plot::new(&title, 320.0, x, Axis::names("Method", &names, true));
    plot.line(&[(0.0, -0.6), (0.0, 3.6)], DARK, true);
    for (place, (r2, middle)) in drawn.iter().zip(&medians).enumerate() {
        let y = 3.0 - place as f64;
        r2.iter().for_each(|value| plot.mark(value.max(-0.5), y, Mark::Ring, BLUE));
        let middle = middle.max(-0.5);
        plot.line(&[(middle, y - 0.32), (middle, y + 0.32)], RED, false);
    }
    plot.legend(&[(Mark::Ring, BLUE, "indicator"), (Mark::Tick, RED, "median")]);
    plot.write("imputation.svg")
}

/// Skewness of indicators that fail the test, before and after.
pub fn outliers() -> Outcome {
    let chain = asem::chain(RECIPE)?;
    let run = asem::run(&chain)?;
    let at = chain.recipe.steps.iter().position(|step| matches!(step, Step::Treat(_))).ok_or("no treatment")?;
    let Record::Treated { columns, cells } = &run.steps[at + 1].record else {
        return Err("the recipe treats".into());
    };
    let mut failing: Vec<_> = columns.iter().filter(|column| !column.tests[0].passes).collect();
    failing.sort_by(|a, b| b.tests[0].skew.total_cmp(&a.tests[0].skew));
    let passing = failing.iter().filter(|column| column.tests.last().is_some_and(|test| test.passes)).count();
    let moved = cells.iter().filter(|cell| cell.mark != mizan_index::treat::Mark::Transformed).count();
    let title = format!(
        "{} of 49 indicators fail the test for outliers; after {moved} cells are winsorised {passing} of them pass",
        failing.len()
    );
    let names: Vec<String> = failing.iter().map(|column| column.indicator.clone()).collect();
    let x = Axis::linear("Skewness (type 2)", -3.0, 7.0, 1.0);
    let mut plot = Plot::new(&title, 430.0, x, Axis::names("Indicator", &names, true)).with_room(96.0);
    for limit in [-2.0, 2.0] {
        plot.line(&[(limit, -0.6), (limit, names.len() as f64 - 0.4)], DARK, true);
    }
    for (place, column) in failing.iter().enumerate() {
        let y = (failing.len() - 1 - place) as f64;
        let (before, after) = (column.tests[0].skew, column.tests[column.tests.len() - 1].skew);
        plot.line(&[(before, y), (after, y)], GREY, false);
        plot.mark(before, y, Mark::Ring, RED);
        plot.mark(after, y, Mark::Disc, BLUE);
        let what = match &column.second {
            Some(second) => second.clone(),
            None if column.winsorised == 1 => "1 point".to_owned(),
            None => format!("{} points", column.winsorised),
        };
        plot.words(7.0, y, Side::Right, &what, DARK);
    }
    plot.legend(&[(Mark::Ring, RED, "before"), (Mark::Disc, BLUE, "after"), (Mark::Dashes, DARK, "limit of the test")]);
    plot.write("outliers.svg")
}
