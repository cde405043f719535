//! Observations as CSV, written piece by piece: there may be hundreds of thousands of rows.

use std::io::Write;

use mizan_model::observation::Observation;

use super::{TOTAL, columns, in_order};
use crate::output::shortest_to;

/// What [`super::table`] gives as CSV, without the detour over cells.
pub fn csv<'a>(
    observations: impl IntoIterator<Item = &'a Observation>,
    breakdowns: &[String],
    file: &mut dyn Write,
) -> std::io::Result<()> {
    let names = in_order(breakdowns);
    let unsplit = Unsplit::new(names.len());
    let mut row = Row::default();
    columns(&names).iter().for_each(|name| row.field(name));
    row.end(file)?;
    for o in observations {
        [&o.kpi, &o.area, &o.period].into_iter().for_each(|text| row.field(text));
        unsplit.write(&mut row, split(o, &names));
        [o.value, o.numerator, o.denominator].into_iter().for_each(|value| row.number(value));
        row.field(&o.n.to_string());
        [o.lower, o.upper].into_iter().for_each(|value| row.number(value));
        row.field(&o.unit);
        row.number(o.coverage);
        [o.status.as_str(), &o.definition, &o.run].into_iter().for_each(|text| row.field(text));
        row.end(file)?;
    }
    file.flush()
}

/// Places of the breakdowns by which an observation is split, ascending, and its codes.
fn split<'a>(observation: &'a Observation, names: &[&str]) -> Vec<(usize, &'a str)> {
    let place = |name: &str| names.iter().position(|known| *known == name);
    let splits = observation.breakdown.iter().filter_map(|(name, code)| Some((place(name)?, code.as_str())));
    let mut splits: Vec<(usize, &str)> = splits.collect();
    // Of a name that is there twice, the first code counts.
    splits.sort_by_key(|(place, _)| *place);
    splits.dedup_by_key(|(place, _)| *place);
    splits
}

/// Of fifty breakdowns an observation is split by one or two: the others are copied together.
struct Unsplit {
    breakdowns: usize,
    text: String,
}

/// Field of a breakdown that is not split, and the comma before it.
const FIELD: usize = TOTAL.len() + 1;

impl Unsplit {
    fn new(breakdowns: usize) -> Self {
        Unsplit { breakdowns, text: format!(",{TOTAL}").repeat(breakdowns) }
    }

    fn write(&self, row: &mut Row, splits: Vec<(usize, &str)>) {
        let mut written = 0;
        for (place, code) in splits {
            row.0.push_str(&self.text[..(place - written) * FIELD]);
            row.field(code);
            written = place + 1;
        }
        row.0.push_str(&self.text[..(self.breakdowns - written) * FIELD]);
    }
}

/// A line in the making, each field after a comma.
#[derive(Default)]
struct Row(String);

impl Row {
    /// Adds a text, in quotation marks where it has to be (RFC 4180, 2.6 and 2.7).
    fn field(&mut self, text: &str) {
        self.0.push(',');
        if text.contains([',', '"', '\n', '\r']) {
            self.0.push('"');
            self.0.push_str(&text.replace('"', "\"\""));
            self.0.push('"');
        } else {
            self.0.push_str(text);
        }
    }

    /// Adds a number; nothing where there is none.
    fn number(&mut self, number: Option<f64>) {
        self.0.push(',');
        // Writing to a string does not fail.
        let _ = number.map_or(Ok(()), |number| shortest_to(&mut self.0, number));
    }

    fn end(&mut self, file: &mut dyn Write) -> std::io::Result<()> {
        self.0.push('\n');
        let written = file.write_all(&self.0.as_bytes()[1..]);
        self.0.clear();
        written
    }
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::super::tests::observation;
    use super::*;

    fn check(breakdown: &[(&str, &str)]) {
        let rows = [observation(breakdown, Some(0.1)), observation(&[], None)];
        let breakdowns = ["mode", "office", "unit", "n"].map(str::to_owned);
        let mut streamed = Vec::new();
        csv(&rows, &breakdowns, &mut streamed).unwrap();
        let text = String::from_utf8(streamed).unwrap();
        assert_eq!(text, String::from_utf8(table(&rows, &breakdowns).csv().unwrap()).unwrap());
    }

    #[test]
    fn streamed_rows_are_those_of_the_table() {
        check(&[]);
        check(&[("unit", "kg"), ("mode", "sea")]);
        check(&[("mode", "1"), ("n", "2"), ("office", "3"), ("statistic", "p90"), ("unit", "4")]);
        check(&[("other", "not a column"), ("office", "")]);
        check(&[("office", "b"), ("office", "a"), ("statistic", "x"), ("statistic", "p90")]);
        check(&[("office", "a,b"), ("mode", "\"quoted\""), ("unit", "two\nlines"), ("n", "\r")]);
        check(&[("office", " #spaces' "), ("mode", "مكتب"), ("unit", "海关")]);
    }
}
