//! Correlations of columns over the rows in which both have a value.

use mizan_model::diagnostic::{Checked, Diagnostic};
use mizan_stats::correlation::{kendall, pearson, spearman};
use nalgebra::DMatrix;
use serde::Serialize;

use crate::codes;
use crate::denominate::some;

/// Which coefficient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Product-moment.
    #[default]
    Pearson,
    /// Of mean ranks.
    Spearman,
    /// Tau-b.
    Kendall,
}

/// A coefficient that could be computed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Correlation {
    /// Coefficient, -1 to 1.
    pub r: f64,
    /// Rows in which both columns have a value.
    pub pairs: usize,
    /// Two-sided p-value; `None` where so few pairs give none (Pearson and Spearman: below three).
    pub p: Option<f64>,
}

impl Method {
    /// Correlation of two columns; `None` below three pairs, or if one column does not vary over them.
    ///
    /// Two points always lie on a line: their coefficient of 1 or -1 would say nothing.
    pub fn of(self, a: &[f64], b: &[f64]) -> Option<Correlation> {
        let found = match self {
            Method::Pearson => pearson(a, b),
            Method::Spearman => spearman(a, b),
            Method::Kendall => kendall(a, b),
        };
        let p = (!found.p.is_nan()).then_some(found.p);
        (found.pairs >= 3 && !found.r.is_nan()).then_some(Correlation { r: found.r, pairs: found.pairs, p })
    }
}

/// Two columns.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pair {
    /// Column.
    pub a: usize,
    /// Column after `a`.
    pub b: usize,
    /// How they go together.
    pub correlation: Correlation,
}

/// Correlations of all pairs of columns.
///
/// Findings: [`codes::PARAMETER`] for another number of codes than columns, [`codes::CONSTANT`] for columns without
/// variation and [`codes::TOO_FEW`] for pairs with too few common rows, all of which are left out.
pub fn correlations(values: &DMatrix<f64>, codes: &[String], method: Method) -> Checked<Vec<Pair>> {
    let mut left_out = LeftOut::default();
    if let Some(finding) = misfit(values, codes) {
        return Checked { value: Vec::new(), diagnostics: vec![finding] };
    }
    let column = |at: usize| column(values, at);
    let mut found = Vec::new();
    for a in 0..codes.len() {
        for b in a + 1..codes.len() {
            let names = [codes[a].as_str(), codes[b].as_str()];
            if let Some(correlation) = left_out.or(method, [column(a), column(b)], names) {
                found.push(Pair { a, b, correlation });
            }
        }
    }
    Checked { value: found, diagnostics: left_out.findings() }
}

/// A column as a slice: matrices lie column after column.
pub(super) fn column(values: &DMatrix<f64>, at: usize) -> &[f64] {
    let rows = values.nrows();
    &values.as_slice()[at * rows..(at + 1) * rows]
}

pub(super) fn misfit(values: &DMatrix<f64>, names: &[String]) -> Option<Diagnostic> {
    (values.ncols() != names.len()).then(|| {
        let message = format!("{} codes were given for {} columns", names.len(), values.ncols());
        Diagnostic::error(codes::PARAMETER, message).help("give one code a column")
    })
}

/// Pairs that have no coefficient, so that they can be listed.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    constant: Vec<String>,
    few: Vec<String>,
}

impl LeftOut {
    /// The correlation, or an entry of who has none.
    pub(super) fn or(&mut self, method: Method, columns: [&[f64]; 2], names: [&str; 2]) -> Option<Correlation> {
        let found = method.of(columns[0], columns[1]);
        if found.is_none() {
            let flat = columns.iter().zip(names).filter(|(column, _)| does_not_vary(column));
            let flat: Vec<String> = flat.map(|(_, name)| name.to_owned()).collect();
            if flat.is_empty() {
                self.few.push(format!("{} and {}", names[0], names[1]));
            }
            for name in flat {
                if !self.constant.contains(&name) {
                    self.constant.push(name);
                }
            }
        }
        found
    }

    pub(super) fn findings(self) -> Vec<Diagnostic> {
        let names = |names: &[String]| some(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let mut found = Vec::new();
        if !self.constant.is_empty() {
            let message = format!("without variation there is no correlation: {}", names(&self.constant));
            found.push(
                Diagnostic::warning(codes::CONSTANT, message).help("take the indicator out, or look at its source"),
            );
        }
        if !self.few.is_empty() {
            let message = format!("too few rows in common, or the same value in all of them: {}", names(&self.few));
            found.push(
                Diagnostic::warning(codes::TOO_FEW, message)
                    .help("a correlation needs three rows in which both have a value, and variation among them"),
            );
        }
        found
    }
}

/// Whether all values that are there are equal; also of no value.
pub(super) fn does_not_vary(column: &[f64]) -> bool {
    let mut there = column.iter().filter(|value| !value.is_nan());
    let Some(first) = there.next() else { return true };
    // Equal values that differ by rounding carry no variation.
    there.all(|value| (value - first).abs() <= 4.0 * f64::EPSILON * first.abs())
}
