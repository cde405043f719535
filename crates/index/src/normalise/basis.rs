//! From which rows statistics come: all, those of each year, or those of one year.

use super::{Attributes, Basis, Normalisation, NormaliseError, scaling};
use crate::dataset::Row;

/// Scales a column by its basis. Methods that promise bounds are stretched to `output` here, since the bounds of ranks
/// are a matter of how many values the basis has.
pub(super) fn by_basis(
    x: &[f64],
    rows: &[Row],
    attributes: Attributes,
    normalisation: &Normalisation,
) -> Result<Vec<f64>, NormaliseError> {
    let all: Vec<usize> = (0..x.len()).collect();
    let scale = |x: &[f64], basis: &[usize], rows: &[Row]| {
        let mut scaled = scaling::scale(x, basis, rows, attributes, &normalisation.method)?;
        let observed = basis.iter().filter(|&&row| !x[row].is_nan()).count();
        let bounds = scaling::bounds(&normalisation.method, observed);
        if let (Some(output), Some(_)) = (normalisation.output, bounds) {
            scaling::stretch(&mut scaled, bounds, output)?;
        }
        Ok(scaled)
    };
    match normalisation.basis {
        Basis::Pooled => scale(x, &all, rows),
        Basis::Year(year) => {
            let base: Vec<usize> = all.into_iter().filter(|&row| rows[row].time == Some(year)).collect();
            if base.is_empty() {
                return Err(NormaliseError::UnknownYear(year));
            }
            scale(x, &base, rows)
        }
        Basis::PerYear => {
            let mut result = vec![f64::NAN; x.len()];
            for (_, positions) in crate::dataset::rows_by_time(rows) {
                let part: Vec<f64> = positions.iter().map(|&row| x[row]).collect();
                let part_rows: Vec<Row> = positions.iter().map(|&row| rows[row].clone()).collect();
                let every: Vec<usize> = (0..part.len()).collect();
                // A year in which nothing was observed stays missing.
                if part.iter().all(|value| value.is_nan()) {
                    continue;
                }
                let scaled = scale(&part, &every, &part_rows)?;
                positions.iter().zip(scaled).for_each(|(&row, value)| result[row] = value);
            }
            Ok(result)
        }
    }
}
