//! Weighted means of columns.

/// A mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mean {
    /// Σ w x / Σ w.
    Arithmetic,
    /// exp(Σ w ln x / Σ w).
    Geometric,
    /// Σ w / Σ (w / x).
    Harmonic,
    /// (Σ w x^p / Σ w)^(1/p), p other than 0.
    Generalised(f64),
}

/// Rows in which weights of present children stand for missing ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reweighted {
    /// Rows.
    pub rows: Vec<usize>,
}

/// Means of the children of a parent, row by row.
///
/// `columns` has one slice a child, as long as `out`. Missing children (NaN) are dropped and the weights re-normalised;
/// a row without any child, or with a smaller share of its children than `min_available` (counted without weights),
/// gets NaN. Columns are walked one after the other, which keeps the loops short and their memory in order.
///
/// # Errors
/// Row and child of a value that the mean cannot take: at most 0 for a geometric mean, 0 for a harmonic one, below 0
/// for a generalised one. A child of weight 0 does not count.
pub fn means(
    mean: Mean,
    columns: &[&[f64]],
    weights: &[f64],
    min_available: Option<f64>,
    out: &mut [f64],
) -> Result<Reweighted, (usize, usize)> {
    let rows = out.len();
    out.fill(0.0);
    let mut totals = vec![0.0; rows];
    let mut counts = vec![0u32; rows];
    let all: f64 = weights.iter().sum();
    for (child, (column, &weight)) in columns.iter().zip(weights).enumerate() {
        for (row, &x) in column.iter().enumerate() {
            if x.is_nan() {
                continue;
            }
            counts[row] += 1;
            if weight == 0.0 {
                continue;
            }
            let f = match mean {
                Mean::Arithmetic => x,
                Mean::Geometric if x > 0.0 => x.ln(),
                Mean::Harmonic if x != 0.0 => 1.0 / x,
                Mean::Generalised(p) if x > 0.0 || (x == 0.0 && p > 0.0) => x.powf(p),
                _ => return Err((row, child)),
            };
            out[row] += weight * f;
            totals[row] += weight;
        }
    }
    let mut reweighted = Reweighted::default();
    for row in 0..rows {
        let share = f64::from(counts[row]) / columns.len() as f64;
        if totals[row] <= 0.0 || min_available.is_some_and(|least| share < least) {
            out[row] = f64::NAN;
            continue;
        }
        if (counts[row] as usize) < columns.len() && totals[row] < all {
            reweighted.rows.push(row);
        }
        let f = out[row] / totals[row];
        out[row] = match mean {
            Mean::Arithmetic => f,
            Mean::Geometric => f.exp(),
            Mean::Harmonic => 1.0 / f,
            Mean::Generalised(p) => f.powf(1.0 / p),
        };
    }
    Ok(reweighted)
}
