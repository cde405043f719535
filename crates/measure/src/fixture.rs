//! Worked examples: a KPI's fixture is measured by the same queries as a node's records, and compared.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use datafusion::datasource::MemTable;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use mizan_ingest::layout::precision_column;
use mizan_model::contract::{Contract, FieldType};
use mizan_model::diagnostic::Diagnostic;
use mizan_model::framework::Framework;
use mizan_model::kpi::{Fixture, Kpi, Located, Measure};
use mizan_model::observation::Observation;
use mizan_model::period::{Grain, Month};

use crate::MeasureError;
use crate::observe::{self, Observed};
use crate::plan::{Place, Scan, Setting, plan};
use crate::records::PARTITION;
use crate::rollup::Rollup;
use crate::session::{SessionLimits, session};
use crate::{records, scan};

mod column;

/// Later than every stamp of a worked example.
const LATER: i64 = i64::MAX / 2;

/// Relative difference that rounding in a written expectation explains.
const TOLERANCE: f64 = 1e-9;

/// What became of one fixture.
#[derive(Debug)]
pub struct FixtureResult {
    /// KPI id.
    pub kpi: String,
    /// Number within the KPI, from 0.
    pub index: usize,
    /// Differences (F0501, F0502) and inputs that cannot be read (F0503); empty: it passed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Runs every fixture of a framework, in order.
///
/// # Errors
/// The engine cannot be started.
pub fn run_all(framework: &Framework, limits: &SessionLimits) -> Result<Vec<FixtureResult>, MeasureError> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(MeasureError::internal)?;
    let mut results = Vec::new();
    for (position, kpi) in framework.kpis.iter().enumerate() {
        for (index, fixture) in kpi.fixtures.iter().enumerate() {
            let outcome = runtime.block_on(run(framework, position, fixture, limits));
            let diagnostics = match outcome {
                Ok(observed) => compare(kpi, fixture, &observed),
                Err(diagnostic) => vec![diagnostic],
            };
            results.push(FixtureResult { kpi: kpi.id.clone(), index, diagnostics });
        }
    }
    Ok(results)
}

/// Measures one fixture.
async fn run(
    framework: &Framework,
    position: usize,
    fixture: &Fixture,
    limits: &SessionLimits,
) -> Result<Observed, Diagnostic> {
    let kpi = &framework.kpis[position];
    let broken = |message: String| {
        Diagnostic::error("F0503", message).at(&kpi.file, fixture.span.clone(), "").help("mend the fixture's input")
    };
    let mut kpis = vec![position];
    if let Measure::Kpis { of, .. } = &kpi.measure {
        let members = of.iter().filter_map(|(_, id)| framework.kpis.iter().position(|known| known.id == *id));
        kpis = members.chain([position]).collect();
        kpis.sort_unstable();
    }
    let extraction = match &fixture.extracted_at {
        Some(text) => text.parse::<Timestamp>().map_err(|e| broken(e.to_string()))?.as_microsecond(),
        None => LATER,
    };
    let calendars = format!("{:?}", limits.calendars);
    let setting = Setting { zone: "UTC".to_owned(), extraction, calendars, by: Some(Vec::new()) };
    let plan = plan(framework, &kpis, &setting);
    let context = session(limits).map_err(|e| broken(e.to_string()))?;
    let wanted = observe::wanted_splits(&plan, &[]);
    let months = Month(fixture.period.value.start.0 - 24)..=fixture.period.value.end();
    let mut rollup = Rollup::default();
    for (number, (scan, wanted)) in plan.scans.iter().zip(&wanted).enumerate() {
        let table = input(framework, scan, fixture).map_err(broken)?;
        let fail = |e: datafusion::error::DataFusionError| broken(e.strip_backtrace());
        let cells = scan::measure(&context, scan, &scan.parts, Arc::new(table), months.clone(), &Place::default())
            .await
            .map_err(fail)?;
        for (_, cells) in scan::by_partition(&cells).map_err(|e| broken(e.to_string()))? {
            rollup.add(number, scan, &cells, &scan.parts, wanted).map_err(|e| broken(e.to_string()))?;
        }
    }
    let scope = observe::Scope {
        area: "XX",
        run: "fixture",
        zone: &TimeZone::UTC,
        extraction,
        range: None,
        grains: &[] as &[Grain],
        periods: &[fixture.period.value],
        crosses: &[],
        taken: &|_, _| 1.0,
    };
    observe::observe(framework, &plan, &rollup, &scope).map_err(|e| broken(e.to_string()))
}

/// The fixture's records of a scan's contract, as a table.
fn input(framework: &Framework, scan: &Scan, fixture: &Fixture) -> Result<MemTable, String> {
    let contract = &framework.contracts[&scan.contract];
    let named = fixture.input.iter().find(|input| input.contract == scan.contract);
    let text = match named {
        Some(input) => {
            Some(framework.files.get(&input.file).ok_or_else(|| format!("there is no file `{}`", input.file))?)
        }
        None => None,
    };
    let batch = read(contract, text.map_or("", String::as_str))?;
    MemTable::try_new(batch.schema(), vec![vec![batch]]).map_err(|e| e.to_string())
}

/// Reads a fixture: columns named as fields of the contract, and `repeat`, which makes a line stand for many records.
fn read(contract: &Contract, text: &str) -> Result<RecordBatch, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().map_err(|e| e.to_string())?.iter().map(str::to_owned).collect();
    let known = records::schema(contract);
    if let Some(unknown) = header.iter().find(|name| *name != "repeat" && known.column_with_name(name).is_none()) {
        return Err(format!("column `{unknown}` is not a field of contract `{}`", contract.name));
    }
    let mut columns: BTreeMap<&str, Vec<Option<String>>> = BTreeMap::new();
    let mut rows = 0;
    for line in reader.records() {
        let line = line.map_err(|e| e.to_string())?;
        let value = |name: &str| {
            let position = header.iter().position(|known| known == name)?;
            line.get(position).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let repeat: usize = match value("repeat") {
            None => 1,
            Some(count) => count.parse().map_err(|_| format!("`{count}` is not a number of repeats"))?,
        };
        rows += repeat;
        for name in header.iter().filter(|name| *name != "repeat") {
            let column = columns.entry(name).or_default();
            column.extend(std::iter::repeat_n(value(name), repeat));
        }
    }
    let none = vec![None; rows];
    let mut fields = Vec::new();
    let mut arrays: Vec<ArrayRef> = Vec::new();
    for field in known.fields() {
        let values = columns.get(field.name().as_str()).unwrap_or(&none);
        let array = column::build(field.data_type(), values).map_err(|e| format!("column `{}`: {e}", field.name()))?;
        fields.push(Field::new(field.name(), array.data_type().clone(), true));
        arrays.push(array);
    }
    fields.push(Field::new(PARTITION, DataType::Utf8, false));
    arrays.push(Arc::new(StringArray::from(vec!["fixture"; rows])));
    debug_assert!(contract.fields.iter().all(|field| {
        field.field_type != FieldType::Timestamp || fields.iter().any(|f| *f.name() == precision_column(&field.name))
    }));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(|e| e.to_string())
}

/// Compares what was expected with what came out.
fn compare(kpi: &Kpi, fixture: &Fixture, observed: &Observed) -> Vec<Diagnostic> {
    let code = fixture.period.value.to_string();
    let of_kpi = |o: &&Observation| o.kpi == kpi.id && o.period == code && o.breakdown.is_empty();
    let Some(observation) = observed.observations.iter().find(of_kpi) else {
        return vec![
            Diagnostic::error("F0502", "the fixture has no record in its period".to_owned())
                .at(&kpi.file, fixture.period.span.clone(), "")
                .help("give records whose anchor lies in the period, in every source of the KPI"),
        ];
    };
    let mut differences = Vec::new();
    let mut number = |name: &str, expected: &Option<Located<f64>>, found: Option<f64>| {
        let Some(expected) = expected else { return };
        if !found.is_some_and(|found| agrees(expected.value, found)) {
            let found = found.map_or("nothing".to_owned(), |found| found.to_string());
            differences.push(differs(kpi, name, &expected.value.to_string(), &found, &expected.span));
        }
    };
    number("numerator", &fixture.expect.numerator, observation.numerator);
    number("denominator", &fixture.expect.denominator, observation.denominator);
    number("value", &fixture.expect.value, observation.value);
    number("coverage", &fixture.expect.coverage, observation.coverage);
    number("n", &fixture.expect.n, Some(observation.n as f64));
    if let Some(expected) = &fixture.expect.status
        && expected.value != observation.status.as_str()
    {
        differences.push(differs(kpi, "status", &expected.value, observation.status.as_str(), &expected.span));
    }
    let of_check = |id: &str| observed.checks.iter().find(|c| c.kpi == kpi.id && c.check == id && c.period == code);
    for check in &kpi.checks {
        let should_fail = fixture.expect.failed_checks.contains(&check.id);
        let fails = of_check(&check.id).is_none_or(|result| result.holds != Some(true));
        if fails != should_fail {
            let word = |fails: bool| if fails { "fails" } else { "holds" };
            let name = format!("check {}", check.id);
            differences.push(differs(kpi, &name, word(should_fail), word(fails), &fixture.span));
        }
    }
    differences
}

fn differs(kpi: &Kpi, name: &str, expected: &str, found: &str, span: &std::ops::Range<usize>) -> Diagnostic {
    Diagnostic::error("F0501", format!("the fixture gives another `{name}`: expected {expected}, measured {found}"))
        .at(&kpi.file, span.clone(), format!("measured {found}"))
        .why("the fixture is the meaning: where prose and fixture differ, the file is wrong")
        .help("work the example by hand, then mend the expectation or the expression")
}

/// Whether a measured figure is the expected one, to the digits that the expectation gives.
fn agrees(expected: f64, found: f64) -> bool {
    let text = expected.to_string();
    let digits = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let half_unit = if digits == 0 { 0.0 } else { 0.5 * 10_f64.powi(-(digits as i32)) };
    (expected - found).abs() <= half_unit + TOLERANCE * expected.abs().max(1.0)
}
