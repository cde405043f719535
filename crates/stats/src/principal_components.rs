//! Principal components of the correlation matrix, and varimax rotation.

use nalgebra::{DMatrix, SymmetricEigen};

/// Eigenvalues and eigenvectors.
#[derive(Debug, Clone, PartialEq)]
pub struct Components {
    /// From the largest down.
    pub eigenvalues: Vec<f64>,
    /// Variables by components, each of length 1 and with a sum of at least 0.
    pub vectors: DMatrix<f64>,
}

impl Components {
    /// Correlations of variables with components: vectors times the root of the eigenvalues.
    pub fn loadings(&self) -> DMatrix<f64> {
        let mut loadings = self.vectors.clone();
        for (mut column, value) in loadings.column_iter_mut().zip(&self.eigenvalues) {
            column *= value.max(0.0).sqrt();
        }
        loadings
    }
}

/// Correlation matrix of the columns of `x` (rows by variables, no NaN, each column with variation).
pub fn correlation_matrix(x: &DMatrix<f64>) -> DMatrix<f64> {
    let mut z = x.clone();
    for mut column in z.column_iter_mut() {
        let mean = column.mean();
        column.add_scalar_mut(-mean);
        let norm = column.norm();
        column /= norm;
    }
    let mut r = z.transpose() * &z;
    r.fill_diagonal(1.0);
    r
}

/// Principal components of the columns of `x`: those of their correlation matrix.
pub fn principal_components(x: &DMatrix<f64>) -> Components {
    of_matrix(correlation_matrix(x))
}

/// Eigenvalues and eigenvectors of a symmetric matrix.
pub fn of_matrix(matrix: DMatrix<f64>) -> Components {
    let found = SymmetricEigen::new(matrix);
    let mut order: Vec<usize> = (0..found.eigenvalues.len()).collect();
    order.sort_by(|&a, &b| found.eigenvalues[b].total_cmp(&found.eigenvalues[a]));
    let eigenvalues = order.iter().map(|&at| found.eigenvalues[at]).collect();
    let mut vectors = found.eigenvectors.select_columns(&order);
    for mut column in vectors.column_iter_mut() {
        if column.sum() < 0.0 {
            column.neg_mut();
        }
    }
    Components { eigenvalues, vectors }
}

/// Varimax rotation with Kaiser's normalisation: rows are brought to length 1, rotated so that the squared loadings of
/// each factor vary most, and brought back. Kaiser (1958), *Psychometrika* 23. `loadings` is variables by factors.
pub fn varimax(loadings: &DMatrix<f64>) -> DMatrix<f64> {
    let (p, k) = loadings.shape();
    let lengths: Vec<f64> = loadings.row_iter().map(|row| row.norm()).collect();
    let mut x = loadings.clone();
    for (mut row, length) in x.row_iter_mut().zip(&lengths) {
        if *length > 0.0 {
            row /= *length;
        }
    }
    // Pair by pair of factors the best angle is known; rounds until no angle moves.
    for _ in 0..1_000 {
        let mut largest: f64 = 0.0;
        for a in 0..k {
            for b in a + 1..k {
                let (mut su, mut sv, mut suv, mut sq) = (0.0, 0.0, 0.0, 0.0);
                for row in 0..p {
                    let (l, m) = (x[(row, a)], x[(row, b)]);
                    let (u, v) = (l * l - m * m, 2.0 * l * m);
                    su += u;
                    sv += v;
                    suv += 2.0 * u * v;
                    sq += u * u - v * v;
                }
                let n = p as f64;
                let angle = 0.25 * (suv - 2.0 * su * sv / n).atan2(sq - (su * su - sv * sv) / n);
                largest = largest.max(angle.abs());
                let (sin, cos) = angle.sin_cos();
                for row in 0..p {
                    let (l, m) = (x[(row, a)], x[(row, b)]);
                    x[(row, a)] = l * cos + m * sin;
                    x[(row, b)] = m * cos - l * sin;
                }
            }
        }
        if largest < 1e-12 {
            break;
        }
    }
    for (mut row, length) in x.row_iter_mut().zip(&lengths) {
        row *= *length;
    }
    for mut column in x.column_iter_mut() {
        if column.sum() < 0.0 {
            column.neg_mut();
        }
    }
    x
}
