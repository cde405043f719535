//! The deterministic part of the frontier: Cobb-Douglas or translog in the logarithms of the inputs.

use nalgebra::DMatrix;

use super::StochasticError;

/// Columns of the frontier, a constant first.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    names: Vec<String>,
    columns: DMatrix<f64>,
}

impl Design {
    /// ln y = β_0 + Σ β_k ln x_k. `inputs` is units by positive inputs.
    ///
    /// Errors: [`StochasticError::NotPositive`] (also for missing values), [`StochasticError::Rows`] when names and
    /// columns differ in number.
    pub fn cobb_douglas(names: &[&str], inputs: &DMatrix<f64>) -> Result<Design, StochasticError> {
        if names.len() != inputs.ncols() {
            return Err(StochasticError::Rows { what: "names", found: names.len(), expected: inputs.ncols() });
        }
        for (column, name) in names.iter().enumerate() {
            let unusable = |value: &f64| !(value.is_finite() && *value > 0.0);
            if let Some(row) = inputs.column(column).iter().position(unusable) {
                return Err(StochasticError::NotPositive { name: (*name).to_owned(), row });
            }
        }
        let mut design =
            Design { names: vec!["(Intercept)".to_owned()], columns: DMatrix::from_element(inputs.nrows(), 1, 1.0) };
        for (column, name) in names.iter().enumerate() {
            let logarithms: Vec<f64> = inputs.column(column).iter().map(|value| value.ln()).collect();
            design = design.with_column(&format!("log({name})"), &logarithms)?;
        }
        Ok(design)
    }

    /// Cobb-Douglas and ½ Σ_k Σ_l β_kl ln x_k ln x_l with β_kl = β_lk: squares carry the ½, products stand once.
    ///
    /// Errors: as [`Design::cobb_douglas`].
    pub fn translog(names: &[&str], inputs: &DMatrix<f64>) -> Result<Design, StochasticError> {
        let mut design = Design::cobb_douglas(names, inputs)?;
        let logarithms = design.columns.clone();
        for k in 1..=names.len() {
            for l in k..=names.len() {
                let half = if k == l { 0.5 } else { 1.0 };
                let product: Vec<f64> =
                    logarithms.column(k).iter().zip(logarithms.column(l).iter()).map(|(a, b)| half * a * b).collect();
                let (first, second) = (names[k - 1], names[l - 1]);
                let name = if k == l { format!("0.5*log({first})^2") } else { format!("log({first})*log({second})") };
                design = design.with_column(&name, &product)?;
            }
        }
        Ok(design)
    }

    /// Adds a column as it is: a trend, a dummy variable, the ratio of a price.
    ///
    /// Errors: [`StochasticError::Rows`], [`StochasticError::NotFinite`].
    pub fn with_column(self, name: &str, values: &[f64]) -> Result<Design, StochasticError> {
        let Design { mut names, columns } = self;
        let expected = columns.nrows();
        if values.len() != expected {
            return Err(StochasticError::Rows { what: "column", found: values.len(), expected });
        }
        if let Some(row) = values.iter().position(|value| !value.is_finite()) {
            return Err(StochasticError::NotFinite { what: "column", row });
        }
        let place = columns.ncols();
        let mut columns = columns.insert_column(place, 0.0);
        columns.column_mut(place).copy_from_slice(values);
        names.push(name.to_owned());
        Ok(Design { names, columns })
    }

    /// Names of the columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Units by columns.
    pub fn columns(&self) -> &DMatrix<f64> {
        &self.columns
    }
}

/// Columns turned into orthogonal ones of mean square 1, so that the search sees a round valley.
pub(crate) struct Orthogonal {
    /// Rows by columns.
    pub(crate) columns: DMatrix<f64>,
    /// Coefficients of the original columns from those of the orthogonal ones.
    pub(crate) back: DMatrix<f64>,
}

/// Q R = X scaled so that QᵀQ = n I.
///
/// Errors: [`StochasticError::Collinear`] with the name of the first dependent column.
pub(crate) fn orthogonal(names: &[String], columns: &DMatrix<f64>) -> Result<Orthogonal, StochasticError> {
    let (rows, count) = columns.shape();
    if count == 0 {
        return Ok(Orthogonal { columns: DMatrix::zeros(rows, 0), back: DMatrix::zeros(0, 0) });
    }
    let size = (rows as f64).sqrt();
    let (mut q, mut r) = columns.clone().qr().unpack();
    for column in 0..count {
        if r[(column, column)].abs() <= 1e-10 * columns.column(column).norm() {
            return Err(StochasticError::Collinear(names[column].clone()));
        }
        // A constant first column stays +1.
        if r[(column, column)] < 0.0 {
            r.row_mut(column).neg_mut();
            q.column_mut(column).neg_mut();
        }
    }
    let name = || StochasticError::Collinear(names[count - 1].clone());
    let back = r.solve_upper_triangular(&DMatrix::identity(count, count)).ok_or_else(name)? * size;
    Ok(Orthogonal { columns: q * size, back })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translog_has_each_product_once() {
        let inputs = DMatrix::from_row_slice(1, 2, &[std::f64::consts::E, std::f64::consts::E.powi(3)]);
        let design = Design::translog(&["a", "b"], &inputs).unwrap();
        let expected = ["(Intercept)", "log(a)", "log(b)", "0.5*log(a)^2", "log(a)*log(b)", "0.5*log(b)^2"];
        assert_eq!(design.names(), expected);
        let values: Vec<f64> = design.columns().iter().map(|value| (value * 1e9).round() / 1e9).collect();
        assert_eq!(values, [1.0, 1.0, 3.0, 0.5, 3.0, 4.5]);
    }

    #[test]
    fn columns_come_back_from_orthogonal_ones() {
        let x = DMatrix::from_row_slice(4, 2, &[1.0, 2.0, 1.0, 3.0, 1.0, 5.0, 1.0, 8.0]);
        let names = ["one".to_owned(), "x".to_owned()];
        let turned = orthogonal(&names, &x).unwrap();
        assert!((&x * &turned.back - &turned.columns).amax() < 1e-12);
        assert!((turned.columns.tr_mul(&turned.columns) - DMatrix::identity(2, 2) * 4.0).amax() < 1e-12);
        let twice = x.clone().insert_column(2, 1.0);
        let names = ["one".to_owned(), "x".to_owned(), "again".to_owned()];
        assert_eq!(orthogonal(&names, &twice).err(), Some(StochasticError::Collinear("again".to_owned())));
    }

    #[test]
    fn zero_has_no_logarithm() {
        let inputs = DMatrix::from_row_slice(2, 1, &[1.0, 0.0]);
        let expected = StochasticError::NotPositive { name: "staff".to_owned(), row: 1 };
        assert_eq!(Design::cobb_douglas(&["staff"], &inputs), Err(expected));
    }
}
