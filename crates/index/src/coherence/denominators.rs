//! Correlations of indicators with denominators: whether an indicator mostly says how large a unit is.

use mizan_model::diagnostic::{Checked, Diagnostic};
use serde::Serialize;

use super::correlate::{Correlation, LeftOut, Method, column};
use crate::codes;
use crate::dataset::Dataset;

/// An indicator and a denominator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WithDenominator {
    /// Column of the indicator.
    pub column: usize,
    /// Code of the denominator.
    pub denominator: String,
    /// How they go together.
    pub correlation: Correlation,
    /// Whether |r| is above the limit: the indicator may have to be divided.
    pub is_strong: bool,
}

/// Correlations of each indicator with each denominator, indicator by indicator.
///
/// `limit` is the |r| above which a relation is strong. Findings: [`codes::DENOMINATOR`] as a notice if the table has no
/// denominators, [`codes::PARAMETER`] for a limit outside 0 to 1, [`codes::CONSTANT`] and [`codes::TOO_FEW`] for pairs
/// that have no correlation.
pub fn with_denominators(dataset: &Dataset, method: Method, limit: f64) -> Checked<Vec<WithDenominator>> {
    let only = |finding| Checked { value: Vec::new(), diagnostics: vec![finding] };
    if !(0.0..=1.0).contains(&limit) {
        let message = format!("a correlation cannot be above {limit}");
        return only(Diagnostic::error(codes::PARAMETER, message).help("give a limit from 0 to 1"));
    }
    if dataset.denominators.is_empty() {
        let finding = Diagnostic::notice(codes::DENOMINATOR, "the table has no denominators to compare with");
        return only(finding.help("add columns of type Denominator, such as the number of declarations"));
    }
    let mut left_out = LeftOut::default();
    let mut found = Vec::new();
    for (at, code) in dataset.indicators.iter().enumerate() {
        for (denominator, numbers) in dataset.denominators.iter() {
            let columns = [column(&dataset.values, at), numbers];
            if let Some(correlation) = left_out.or(method, columns, [code, denominator]) {
                let is_strong = correlation.r.abs() > limit;
                found.push(WithDenominator { column: at, denominator: denominator.clone(), correlation, is_strong });
            }
        }
    }
    Checked { value: found, diagnostics: left_out.findings() }
}
