//! Denominators: y = x / (d / scale), so that large and small units can be compared.

use mizan_model::diagnostic::{Checked, Diagnostic};
use nalgebra::DMatrix;

use crate::codes;
use crate::dataset::Dataset;
use crate::recipe::DenominateStep;
use crate::structure::Structure;

/// Ratios.
#[derive(Debug, Clone)]
pub struct Denominated {
    /// Rows by indicators.
    pub values: DMatrix<f64>,
    /// Which indicator was divided by what: column and code of the denominator.
    pub ratios: Vec<(usize, String)>,
}

/// Divides each indicator by its denominator, where it has one.
///
/// Findings: [`codes::DENOMINATOR`], as an error for a denominator that is not in the table, and as a warning for cells
/// whose denominator is missing or 0, which become missing, or negative, which turn their sign. [`codes::PARAMETER`] for a scale without
/// denominator. [`codes::NO_EFFECT`] if no indicator has one.
pub fn denominate(dataset: &Dataset, structure: &Structure, step: &DenominateStep) -> Checked<Denominated> {
    let mut diagnostics = Vec::new();
    let mut values = dataset.values.clone();
    let mut ratios = Vec::new();
    for code in step.denominator.keys().chain(step.scales.keys()) {
        if !dataset.indicators.contains(code) {
            diagnostics.push(
                Diagnostic::error(codes::UNKNOWN_CODE, format!("`denominate` names `{code}`, which is no indicator"))
                    .help("write the code of an indicator of the structure"),
            );
        }
    }
    for (column, code) in dataset.indicators.iter().enumerate() {
        let own = structure.position(code).and_then(|element| structure.elements[element].denominator.as_ref());
        let Some(by) = step.denominator.get(code).or(own).filter(|by| !by.is_empty()) else {
            if step.scales.contains_key(code) {
                let message = format!("`denominate`: the scale of `{code}` has no effect, since it has no denominator");
                diagnostics.push(
                    Diagnostic::error(codes::PARAMETER, message)
                        .help("take it out of `scales`, or give the indicator a denominator"),
                );
            }
            continue;
        };
        let Some(numbers) = dataset.denominators.get(by) else {
            diagnostics.push(
                Diagnostic::error(
                    codes::DENOMINATOR,
                    format!("the denominator `{by}` of `{code}` is not in the table"),
                )
                .help("add it to the table of units or to `--denominators`, or take it out of the structure"),
            );
            continue;
        };
        let scale = step.scales.get(code).copied().unwrap_or(step.scale);
        let (mut without, mut negative) = (Vec::new(), Vec::new());
        for (row, number) in numbers.iter().enumerate() {
            if values[(row, column)].is_nan() {
                continue;
            }
            if !number.is_finite() || *number == 0.0 {
                without.push(dataset.rows[row].label());
                values[(row, column)] = f64::NAN;
            } else {
                if *number < 0.0 {
                    negative.push(dataset.rows[row].unit.as_str());
                }
                values[(row, column)] /= number / scale;
            }
        }
        if !negative.is_empty() {
            let message = format!("`{by}` is negative for {}: `{code}` turns its sign there", some(&negative));
            diagnostics.push(
                Diagnostic::warning(codes::DENOMINATOR, message)
                    .why("a rate over a negative number falls where its numerator rises")
                    .help("correct the denominator, or take another one"),
            );
        }
        if !without.is_empty() {
            let names: Vec<&str> = without.iter().map(String::as_str).collect();
            let message = format!("`{by}` is missing or 0 for {}: `{code}` becomes missing there", some(&names));
            diagnostics.push(Diagnostic::warning(codes::DENOMINATOR, message).help("fill the denominator in"));
        }
        ratios.push((column, by.clone()));
    }
    if ratios.is_empty() && diagnostics.is_empty() {
        diagnostics.push(
            Diagnostic::notice(codes::NO_EFFECT, "no indicator has a denominator")
                .help("leave the step `denominate` out, or give denominators in the structure"),
        );
    }
    Checked { value: Denominated { values, ratios }, diagnostics }
}

/// The first few of many, in words.
pub(crate) fn some(names: &[&str]) -> String {
    const FEW: usize = 5;
    let mut words = names.iter().take(FEW).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > FEW {
        words.push_str(&format!(" and {} more", names.len() - FEW));
    }
    words
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::dataset::Row;
    use crate::structure::{Element, ElementKind};

    #[test]
    fn ratios_and_what_stops_them() {
        let row = |unit: &str| Row { unit: unit.into(), name: unit.into(), time: None };
        let values = DMatrix::from_row_slice(3, 2, &[10.0, 1.0, 20.0, 2.0, 30.0, f64::NAN]);
        let mut dataset = Dataset::new(vec![row("a"), row("b"), row("c")], vec!["x".into(), "y".into()], values).value;
        dataset.denominators = Arc::new(BTreeMap::from([("pop".to_owned(), vec![5.0, 0.0, 10.0])]));
        let mut x = Element::new("x", ElementKind::Indicator, None);
        x.denominator = Some("pop".into());
        let structure = Structure::new(vec![x, Element::new("y", ElementKind::Indicator, None)]).value;
        let scales = BTreeMap::from([("y".to_owned(), 2.0)]);
        let done = denominate(&dataset, &structure, &DenominateStep { scales, ..Default::default() });
        assert_eq!(done.diagnostics.last().map(|found| found.code.as_str()), Some(codes::PARAMETER));
        let done = denominate(&dataset, &structure, &DenominateStep { scale: 100.0, ..Default::default() });
        assert_eq!(done.value.values[(0, 0)], 200.0);
        assert!(done.value.values[(1, 0)].is_nan());
        assert_eq!(done.value.values[(2, 0)], 300.0);
        assert_eq!(done.value.values[(0, 1)], 1.0);
        assert_eq!(done.diagnostics.len(), 1);
        assert!(done.diagnostics[0].message.contains("`b`"), "{:?}", done.diagnostics);
        // A negative one turns the sign, which is said.
        dataset.denominators = Arc::new(BTreeMap::from([("pop".to_owned(), vec![5.0, -2.0, 10.0])]));
        let done = denominate(&dataset, &structure, &DenominateStep::default());
        assert_eq!(done.value.values[(1, 0)], -10.0);
        assert!(done.diagnostics.len() == 1 && done.diagnostics[0].message.contains("negative for `b`"));
        let step = DenominateStep { denominator: BTreeMap::from([("y".into(), "gdp".into())]), ..Default::default() };
        assert!(!denominate(&dataset, &structure, &step).is_usable());
        let step = DenominateStep { denominator: BTreeMap::from([("x".into(), String::new())]), ..Default::default() };
        assert_eq!(denominate(&dataset, &structure, &step).diagnostics[0].code, codes::NO_EFFECT);
    }
}
