//! Means with known standard errors: normal within units, normal between.

use nalgebra::{DMatrix, DVector};

use super::ShrinkageError;

/// How to estimate the variance τ² between units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Between {
    /// Moments with the weights 1/s²: (Q - (k - p))/tr P, at least 0. DerSimonian and Laird, Controlled Clinical Trials 7
    /// (1986); with a regression, Raudenbush in *Handbook of Research Synthesis* (1994).
    DerSimonianLaird,
    /// The τ² at which the weighted squares are what they should be, Q(τ²) = k - p; at least 0. Paule and Mandel,
    /// Journal of Research of the National Bureau of Standards 87 (1982). Less shaken by units of very unlike size.
    PauleMandel,
    /// Known from elsewhere.
    Given(f64),
}

/// One unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShrunkMean {
    /// The unit's own figure y.
    pub raw: f64,
    /// What units like it have on average, x'β.
    pub expected: f64,
    /// Weight B = s²/(s² + τ²) of `expected`; that of `raw` is 1 - B.
    pub weight: f64,
    /// B x'β + (1 - B) y.
    pub shrunk: f64,
    /// Standard error of `shrunk`: √((1 - B) s² + B² Var(x'β)).
    pub standard_error: f64,
}

/// All units, and what they were drawn to.
#[derive(Debug, Clone, PartialEq)]
pub struct MeanShrinkage {
    /// Common mean, or coefficients β of the regression.
    pub coefficients: Vec<f64>,
    /// Their standard errors.
    pub coefficient_errors: Vec<f64>,
    /// Variance τ² between units.
    pub between: f64,
    /// One a row.
    pub units: Vec<ShrunkMean>,
}

/// Shrinks the means of k units towards their common mean, or towards a regression.
///
/// `design` is k × p, an intercept included (size and mode of an office, say); without it, a column of ones. β is
/// estimated by weighted least squares with weights 1/(s² + τ²).
///
/// # Errors
/// A value that is no number, a standard error not above 0, k <= p, columns that depend on each other.
pub fn shrink_means(
    values: &[f64],
    standard_errors: &[f64],
    design: Option<&DMatrix<f64>>,
    between: Between,
) -> Result<MeanShrinkage, ShrinkageError> {
    let units = values.len();
    let ones = DMatrix::from_element(units, 1, 1.0);
    let design = design.unwrap_or(&ones);
    if let Some(unit) = (0..units).find(|&unit| !values[unit].is_finite()) {
        return Err(ShrinkageError::NoValue { unit });
    }
    let usable = |error: &&f64| **error > 0.0 && error.is_finite();
    let unit = standard_errors.iter().take(units).take_while(usable).count();
    if unit != units || standard_errors.len() != units {
        return Err(ShrinkageError::NoStandardError { unit });
    }
    if design.nrows() != units || design.iter().any(|cell| !cell.is_finite()) {
        let whole = |unit: &usize| design.row(*unit).iter().all(|cell| cell.is_finite());
        return Err(ShrinkageError::NoValue { unit: (0..design.nrows().min(units)).take_while(whole).count() });
    }
    if units <= design.ncols() {
        return Err(ShrinkageError::TooFew { units, least: design.ncols() + 1 });
    }
    let data = Data { values: DVector::from_column_slice(values), design, variances: squares(standard_errors) };
    let between = match between {
        Between::DerSimonianLaird => data.dersimonian_laird()?,
        Between::PauleMandel => data.paule_mandel()?,
        Between::Given(variance) if variance >= 0.0 && variance.is_finite() => variance,
        Between::Given(_) => return Err(ShrinkageError::NoOptimum),
    };
    let fit = data.fit(between)?;
    let shrink = |unit: usize| {
        let (raw, variance, row) = (values[unit], data.variances[unit], design.row(unit));
        let expected = (row * &fit.coefficients)[0];
        let weight = variance / (variance + between);
        let of_expected = (row * &fit.covariance * row.transpose())[0];
        let squared = (1.0 - weight) * variance + weight * weight * of_expected;
        let shrunk = weight * expected + (1.0 - weight) * raw;
        ShrunkMean { raw, expected, weight, shrunk, standard_error: squared.sqrt() }
    };
    Ok(MeanShrinkage {
        coefficients: fit.coefficients.iter().copied().collect(),
        coefficient_errors: fit.covariance.diagonal().iter().map(|variance| variance.sqrt()).collect(),
        between,
        units: (0..units).map(shrink).collect(),
    })
}

fn squares(values: &[f64]) -> Vec<f64> {
    values.iter().map(|value| value * value).collect()
}

struct Data<'a> {
    values: DVector<f64>,
    design: &'a DMatrix<f64>,
    variances: Vec<f64>,
}

struct WeightedFit {
    coefficients: DVector<f64>,
    covariance: DMatrix<f64>,
    /// Weighted squares of the residuals.
    q: f64,
    weights: Vec<f64>,
}

impl Data<'_> {
    /// Weighted least squares by orthogonal factors of columns of unit length, since sizes of offices and an intercept
    /// lie orders of magnitude apart.
    fn fit(&self, between: f64) -> Result<WeightedFit, ShrinkageError> {
        let weights: Vec<f64> = self.variances.iter().map(|variance| 1.0 / (variance + between)).collect();
        let roots = DVector::from_iterator(weights.len(), weights.iter().map(|weight| weight.sqrt()));
        let mut scaled = self.design.clone();
        scaled.column_iter_mut().for_each(|mut column| column.component_mul_assign(&roots));
        let lengths = DVector::from_iterator(scaled.ncols(), scaled.column_iter().map(|column| column.norm()));
        for (mut column, length) in scaled.column_iter_mut().zip(lengths.iter()) {
            column /= *length;
        }
        let factors = scaled.qr();
        let triangle = factors.r();
        if !triangle.diagonal().iter().all(|pivot| pivot.abs() > 1e-9) {
            return Err(ShrinkageError::Collinear);
        }
        let target = factors.q().transpose() * self.values.component_mul(&roots);
        let solved = triangle.solve_upper_triangular(&target).ok_or(ShrinkageError::Collinear)?;
        let mut inverse = triangle
            .solve_upper_triangular(&DMatrix::identity(lengths.len(), lengths.len()))
            .ok_or(ShrinkageError::Collinear)?;
        for (mut row, length) in inverse.row_iter_mut().zip(lengths.iter()) {
            row /= *length;
        }
        let coefficients = solved.component_div(&lengths);
        let residuals = &self.values - self.design * &coefficients;
        let q = residuals.iter().zip(&weights).map(|(residual, weight)| weight * residual * residual).sum();
        Ok(WeightedFit { covariance: &inverse * inverse.transpose(), coefficients, q, weights })
    }

    /// Degrees of freedom k - p.
    fn freedom(&self) -> f64 {
        (self.design.nrows() - self.design.ncols()) as f64
    }

    fn dersimonian_laird(&self) -> Result<f64, ShrinkageError> {
        let fit = self.fit(0.0)?;
        // tr P = Σw - tr((X'WX)⁻¹ X'W²X).
        let hat = |unit: usize| {
            let row = self.design.row(unit);
            fit.weights[unit].powi(2) * (row * &fit.covariance * row.transpose())[0]
        };
        let trace = fit.weights.iter().sum::<f64>() - (0..self.design.nrows()).map(hat).sum::<f64>();
        Ok(((fit.q - self.freedom()) / trace).max(0.0))
    }

    /// Q falls as τ² grows: halve the bracket.
    fn paule_mandel(&self) -> Result<f64, ShrinkageError> {
        let excess = |between: f64| Ok(self.fit(between)?.q - self.freedom());
        if excess(0.0)? <= 0.0 {
            return Ok(0.0);
        }
        let (mut low, mut high) = (0.0, self.variances.iter().copied().fold(0.0, f64::max));
        while excess(high)? > 0.0 {
            (low, high) = (high, 4.0 * high);
            if !high.is_finite() {
                return Err(ShrinkageError::NoOptimum);
            }
        }
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if excess(middle)? > 0.0 { low = middle } else { high = middle }
        }
        Ok(0.5 * (low + high))
    }
}

/// Shrinks k means of one common variance towards their average m: m + c (y - m) with c = 1 - (k - 3) variance/Σ(y - m)²,
/// held at 0 or above.
///
/// Efron and Morris, Journal of the American Statistical Association 70 (1975). Returns c and the shrunk means. Values
/// without any spread are their own average, and c is 0.
///
/// # Errors
/// Fewer than four values, one that is no number, a variance not above 0.
pub fn james_stein(values: &[f64], variance: f64) -> Result<(f64, Vec<f64>), ShrinkageError> {
    let units = values.len();
    if let Some(unit) = values.iter().position(|value| !value.is_finite()) {
        return Err(ShrinkageError::NoValue { unit });
    }
    if units < 4 {
        return Err(ShrinkageError::TooFew { units, least: 4 });
    }
    if !(variance > 0.0 && variance.is_finite()) {
        return Err(ShrinkageError::NoStandardError { unit: 0 });
    }
    let mean = values.iter().sum::<f64>() / units as f64;
    let spread: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let factor = if spread > 0.0 { (1.0 - (units - 3) as f64 * variance / spread).max(0.0) } else { 0.0 };
    Ok((factor, values.iter().map(|value| mean + factor * (value - mean)).collect()))
}

#[cfg(test)]
mod tests;
