//! Seconds and memory of an uncertainty and a sensitivity analysis of the ASEM indicators: 51 countries, 49 indicators.
//!
//! `RAYON_NUM_THREADS=1 cargo run --release -p mizan-index --example uncertainty_bench -- [replications] [resamples]`.
//! Last, the table is repeated with other values up to 10,000 units, to see that the cost is linear.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use mizan_index::chain::Chain;
use mizan_index::dataset::{Dataset, Row};
use mizan_index::recipe::{Alternatives, Recipe, UncertainInput};
use mizan_index::structure::{Element, ElementKind, Structure};
use mizan_index::uncertainty::{Analysis, Draws, Intervals, effects, sensitivity, uncertainty};
use nalgebra::DMatrix;

const META: &str = include_str!("../../../reference/coinr/input/asem_iMeta.csv");
const DATA: &str = include_str!("../../../reference/coinr/input/asem_iData.csv");
const RECIPE: &str = r#"
    schema = "recipe/1"
    [[step]]
    denominate = {}
    [[step]]
    impute = { method = "mean", group = "EurAsia_group" }
    [[step]]
    treat = { winmax = 5 }
    [[step]]
    normalise = { method = "minmax", range = [1, 100] }
    [[step]]
    aggregate = { method = "arithmetic" }
    [uncertainty]
    seed = 1
    [[uncertainty.input]]
    name = "imputation"
    step = "impute"
    values = [{ method = "mean", group = "EurAsia_group" }, { method = "median" }, { method = "row-mean" }]
    [[uncertainty.input]]
    name = "winsorised points"
    step = "treat"
    parameter = "winmax"
    values = [1, 2, 3, 4, 5]
    [[uncertainty.input]]
    name = "normalisation"
    step = "normalise"
    values = [{ method = "minmax", range = [1, 100] }, { method = "zscore", mean = 15, sd = 2 }]
    [[uncertainty.input]]
    name = "weights"
    weights = { noise = 0.25, sets = 100 }
    [[uncertainty.input]]
    name = "aggregation"
    step = "aggregate"
    parameter = "method"
    values = ["arithmetic", "geometric"]
"#;

type Any = Result<(), Box<dyn Error>>;

fn main() -> Any {
    let arguments = std::env::args().skip(1).map(|word| word.parse()).collect::<Result<Vec<usize>, _>>()?;
    let replications = arguments.first().copied().unwrap_or(10_000);
    let resamples = arguments.get(1).copied().unwrap_or(1000);
    let chain = asem(replications)?;
    let top = chain.structure.top();
    let analysis = Analysis::new(&chain, None, top)?;
    let never = AtomicBool::new(false);

    let clock = Clock::new();
    let draws = Draws::new(analysis.uncertainty(), 1)?;
    let uncertain = uncertainty(&analysis, &draws, &|_| (), &never)?;
    clock.stop(&format!("{replications} replications, {} units", uncertain.rows.len()));

    let clock = Clock::new();
    let draws = Draws::new(analysis.uncertainty(), 2)?;
    let found = sensitivity(&analysis, &draws, resamples, &|_| (), &never)?;
    let inputs = &analysis.uncertainty().inputs;
    clock.stop(&format!("{replications} x ({} + 2) runs, {resamples} resamples", inputs.len()));
    for (input, of) in inputs.iter().zip(&found.mean_shift) {
        let (first, total) = (of.first, of.total);
        println!(
            "    {:24} first {:6.3} [{:6.3}, {:6.3}]  total {:6.3} [{:6.3}, {:6.3}]",
            input.name, first.value, first.lower, first.upper, total.value, total.lower, total.upper
        );
    }
    let clock = Clock::new();
    effects(&analysis)?;
    clock.stop("one alternative at a time");

    // Every value has an interval of a tenth on either side: the whole chain runs again for each set of values.
    let mut with_intervals = asem(replications)?;
    let input = UncertainInput { name: "values".into(), alternatives: Alternatives::Intervals { sets: 1000 } };
    with_intervals.recipe.uncertainty.iter_mut().for_each(|uncertain| uncertain.inputs.push(input.clone()));
    let values = &with_intervals.dataset.values;
    let ends = |side: f64| values.map(|x| x + side * 0.1 * x.abs());
    let analysis = Analysis::new(&with_intervals, Some(Intervals { lower: ends(-1.0), upper: ends(1.0) }), top)?;
    let clock = Clock::new();
    let draws = Draws::new(analysis.uncertainty(), 1)?;
    uncertainty(&analysis, &draws, &|_| (), &never)?;
    clock.stop(&format!("{replications} replications with uncertain values"));

    for units in [100, 1000, 10_000] {
        let repeated = repeated(&asem(200)?, units);
        let analysis = Analysis::new(&repeated, None, top)?;
        let draws = Draws::new(analysis.uncertainty(), 1)?;
        let clock = Clock::new();
        uncertainty(&analysis, &draws, &|_| (), &never)?;
        clock.stop(&format!("200 replications, {units} units"));
    }
    Ok(())
}

fn asem(replications: usize) -> Result<Chain, Box<dyn Error>> {
    let (header, records) = read(META)?;
    let at = |name: &str| header.iter().position(|known| known == name).ok_or_else(|| format!("no column {name}"));
    let mut lines = Vec::new();
    for record in &records {
        let cell = |name: &str| at(name).map(|at| Some(&record[at]).filter(|cell| *cell != "NA").map(str::to_owned));
        let kind = ElementKind::from_word(&record[at("Type")?]).ok_or("no type")?;
        let mut element = Element::new(&record[at("iCode")?], kind, cell("Parent")?.as_deref());
        element.level = cell("Level")?.and_then(|level| level.parse().ok());
        element.weight = cell("Weight")?.map_or(Ok(1.0), |weight| weight.parse())?;
        element.direction = cell("Direction")?.map_or(Ok(1.0), |direction| direction.parse())?;
        element.denominator = cell("Denominator")?;
        lines.push(element);
    }
    let (header, records) = read(DATA)?;
    let at = |name: &str| header.iter().position(|known| known == name).unwrap_or_default();
    let words = |name: &str| records.iter().map(|record| record[at(name)].to_owned()).collect::<Vec<String>>();
    let numbers = |name: &str| words(name).iter().map(|cell| cell.parse().unwrap_or(f64::NAN)).collect::<Vec<f64>>();
    let row = |(unit, name)| Row { unit, name, time: None };
    let rows: Vec<Row> = words("uCode").into_iter().zip(words("uName")).map(row).collect();
    let of = |kind: ElementKind| lines.iter().filter(move |line| line.kind == kind).map(|line| line.code.clone());
    let indicators: Vec<String> = of(ElementKind::Indicator).collect();
    let columns: Vec<f64> = indicators.iter().flat_map(|code| numbers(code)).collect();
    let values = DMatrix::from_vec(rows.len(), indicators.len(), columns);
    let left_out = indicators.iter().map(|code| format!("{code:?}")).collect::<Vec<_>>().join(", ");
    let mut data = Dataset::new(rows, indicators, values).value;
    let groups = of(ElementKind::Group).map(|name| (name.clone(), words(&name).into_iter().map(Some).collect()));
    data.groups = Arc::new(groups.collect());
    let denominators = of(ElementKind::Denominator).map(|name| (name.clone(), numbers(&name)));
    data.denominators = Arc::new(denominators.collect());
    let recipe = format!(
        "{}\n[[uncertainty.input]]\nname = \"indicator left out\"\nleave_out = [{left_out}]",
        RECIPE.replace("seed = 1", &format!("seed = 1\nreplications = {replications}"))
    );
    let recipe = Recipe::from_toml("recipe.toml", &recipe);
    if !recipe.is_usable() {
        return Err(format!("{:?}", recipe.diagnostics).into());
    }
    Ok(Chain::new(data, Structure::new(lines).value, recipe.value).value)
}

/// The same table again and again, each time a little other.
fn repeated(chain: &Chain, units: usize) -> Chain {
    let old = &chain.dataset;
    let n = old.rows.len();
    let row = |at: usize| Row { unit: format!("U{at}"), name: format!("U{at}"), time: None };
    let factor = |at: usize, k: usize| 1.0 + 0.2 * ((at * 7919 + k * 104_729) as f64).sin() * (at >= n) as u8 as f64;
    let values = DMatrix::from_fn(units, old.values.ncols(), |at, k| old.values[(at % n, k)] * factor(at, k));
    let mut data = Dataset::new((0..units).map(row).collect(), old.indicators.clone(), values).value;
    let again = |at: usize| at % n;
    let groups = old.groups.iter().map(|(k, own)| (k.clone(), (0..units).map(|at| own[again(at)].clone()).collect()));
    data.groups = Arc::new(groups.collect());
    let numbers = old.denominators.iter().map(|(k, own)| (k.clone(), (0..units).map(|at| own[again(at)]).collect()));
    data.denominators = Arc::new(numbers.collect::<BTreeMap<_, _>>());
    Chain { dataset: data, ..chain.clone() }
}

fn read(text: &str) -> Result<(csv::StringRecord, Vec<csv::StringRecord>), csv::Error> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    Ok((reader.headers()?.clone(), reader.records().collect::<Result<_, _>>()?))
}

/// Time on the wall, and of the processor where the system tells it (other programs may hold the cores).
struct Clock {
    start: Instant,
    processor: f64,
}

impl Clock {
    fn new() -> Clock {
        Clock { start: Instant::now(), processor: processor() }
    }

    fn stop(&self, what: &str) {
        let wall = self.start.elapsed().as_secs_f64();
        let processor = processor() - self.processor;
        println!("{what}: {wall:.2} s, {processor:.2} s of the processor, at most {:.0} MB so far", memory());
    }
}

/// Seconds of all threads so far, in the hundredths of Linux; NaN elsewhere.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    let fields: Vec<f64> = after_name.split(' ').skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    if fields.is_empty() { f64::NAN } else { fields.iter().sum::<f64>() / 100.0 }
}

/// Largest memory so far in megabytes; NaN where the system does not tell it.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse::<f64>().ok()).map_or(f64::NAN, |kb| kb / 1024.0)
}
