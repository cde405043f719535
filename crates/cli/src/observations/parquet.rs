//! Observations as Parquet, and reading them back.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Float64Array, Int64Array, StringArray};
use arrow::datatypes::{Float64Type, Int64Type};
use mizan_measure::observe::STATISTIC;
use mizan_model::observation::{EngineStatus, Observation};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use smol_str::SmolStr;

use super::{AFTER, BEFORE, TOTAL, breakdown_of, code, columns, in_order};
use crate::failure::Failure;
use crate::output;

/// Observations that are put into columns together.
const CHUNK: usize = 8192;

/// The columns of [`super::table`]; the same observations give the same bytes.
pub fn parquet(observations: &[&Observation], breakdowns: &[String]) -> Result<Vec<u8>, Failure> {
    let names = in_order(breakdowns);
    // Without rows there are columns still.
    let chunks = if observations.is_empty() { vec![observations] } else { observations.chunks(CHUNK).collect() };
    output::parquet(&columns(&names), chunks.into_iter().map(|chunk| arrays(chunk, &names)))
}

fn arrays(observations: &[&Observation], names: &[&str]) -> Vec<ArrayRef> {
    fn texts<'a>(observations: &[&'a Observation], text: impl Fn(&'a Observation) -> &'a str) -> ArrayRef {
        Arc::new(StringArray::from_iter_values(observations.iter().map(|o| text(o))))
    }
    let numbers = |number: fn(&Observation) -> Option<f64>| -> ArrayRef {
        Arc::new(observations.iter().map(|o| number(o)).collect::<Float64Array>())
    };
    let mut arrays = vec![texts(observations, |o| &o.kpi), texts(observations, |o| &o.area)];
    arrays.push(texts(observations, |o| &o.period));
    arrays.extend(names.iter().map(|name| texts(observations, |o| code(o, name))));
    arrays.extend([numbers(|o| o.value), numbers(|o| o.numerator), numbers(|o| o.denominator)]);
    arrays.push(Arc::new(observations.iter().map(|o| i64::try_from(o.n).ok()).collect::<Int64Array>()));
    arrays.extend([numbers(|o| o.lower), numbers(|o| o.upper), texts(observations, |o| &o.unit)]);
    arrays.extend([numbers(|o| o.coverage), texts(observations, |o| o.status.as_str())]);
    arrays.extend([texts(observations, |o| &o.definition), texts(observations, |o| &o.run)]);
    arrays
}

/// File of a run's observations.
pub fn file(node: &Path, run: &str) -> PathBuf {
    node.join("observations").join(format!("{run}.parquet"))
}

/// Reads observations back from Parquet.
pub fn read(path: &Path) -> Result<Vec<Observation>, Failure> {
    let file = std::fs::File::open(path).map_err(|error| Failure::read(path, error))?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .and_then(|builder| builder.build())
        .map_err(|error| Failure::read(path, error))?;
    let mut observations = Vec::new();
    for batch in reader {
        let batch = batch.map_err(|error| Failure::read(path, error))?;
        let schema = batch.schema();
        let text = |name: &str| batch.column_by_name(name).and_then(|column| column.as_string_opt::<i32>());
        let number =
            |name: &str| batch.column_by_name(name).and_then(|column| column.as_primitive_opt::<Float64Type>());
        let damaged = || Failure::read(path, "it does not hold observations");
        let [kpi, area, period, unit, status, definition, run] =
            ["kpi", "area", "period", "unit", "status", "definition", "run"].map(text);
        let (Some(kpi), Some(area), Some(period), Some(unit), Some(status), Some(definition), Some(run)) =
            (kpi, area, period, unit, status, definition, run)
        else {
            return Err(damaged());
        };
        let numbers = ["value", "numerator", "denominator", "lower", "upper", "coverage"].map(number);
        let [Some(value), Some(numerator), Some(denominator), Some(lower), Some(upper), Some(coverage)] = numbers
        else {
            return Err(damaged());
        };
        let n =
            batch.column_by_name("n").and_then(|column| column.as_primitive_opt::<Int64Type>()).ok_or_else(damaged)?;
        let is_split = |name: &&String| !BEFORE.contains(&name.as_str()) && !AFTER.contains(&name.as_str());
        let split_names: Vec<String> =
            schema.fields().iter().map(|f| f.name().clone()).filter(|n| is_split(&n)).collect();
        let splits: Vec<_> =
            split_names.iter().filter_map(|name| Some((SmolStr::from(breakdown_of(name)), text(name)?))).collect();
        let filled = |array: &Float64Array, row: usize| (!array.is_null(row)).then(|| array.value(row));
        for row in 0..batch.num_rows() {
            let mut breakdown: Vec<(SmolStr, SmolStr)> = splits
                .iter()
                .filter(|(_, codes)| codes.value(row) != TOTAL)
                .map(|(name, codes)| (name.clone(), SmolStr::from(codes.value(row))))
                .collect();
            breakdown.sort_by(|a, b| (a.0 == STATISTIC, &a.0).cmp(&(b.0 == STATISTIC, &b.0)));
            observations.push(Observation {
                kpi: SmolStr::from(kpi.value(row)),
                area: SmolStr::from(area.value(row)),
                period: SmolStr::from(period.value(row)),
                breakdown,
                value: filled(value, row),
                numerator: filled(numerator, row),
                denominator: filled(denominator, row),
                n: u64::try_from(n.value(row)).unwrap_or(0),
                lower: filled(lower, row),
                upper: filled(upper, row),
                unit: SmolStr::from(unit.value(row)),
                coverage: filled(coverage, row),
                status: EngineStatus::from_word(status.value(row)).ok_or_else(damaged)?,
                definition: SmolStr::from(definition.value(row)),
                run: SmolStr::from(run.value(row)),
            });
        }
    }
    Ok(observations)
}

#[cfg(test)]
mod tests {
    use super::super::breakdowns_in;
    use super::super::tests::observation;
    use super::*;

    #[test]
    fn observations_come_back_from_parquet() {
        let rows = vec![observation(&[], Some(0.1)), observation(&[("office", "AB"), ("unit", "kg")], None)];
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.parquet");
        let both: Vec<&Observation> = rows.iter().collect();
        std::fs::write(&path, parquet(&both, &breakdowns_in(&rows)).unwrap()).unwrap();
        assert_eq!(read(&path).unwrap(), rows);
    }
}
