//! Methods that compare units pair by pair: how much they are ahead does not count, so that nothing is compensated.
//!
//! OECD & JRC (2008), *Handbook on Constructing Composite Indicators*, 1.6.

use nalgebra::DMatrix;

/// e_ij: sum of the weights (with sum 1) of children in which i is above j, plus half where they are equal.
///
/// `x` is units by children, without missing values.
pub fn outranking(x: &DMatrix<f64>, weights: &[f64]) -> DMatrix<f64> {
    let total: f64 = weights.iter().sum();
    let n = x.nrows();
    let mut e = DMatrix::zeros(n, n);
    for (child, weight) in weights.iter().enumerate() {
        let column = x.column(child);
        for i in 0..n {
            for j in 0..n {
                if column[i] > column[j] {
                    e[(i, j)] += weight / total;
                } else if column[i] == column[j] && i != j {
                    e[(i, j)] += 0.5 * weight / total;
                }
            }
        }
    }
    e
}

/// A majority, with room for the rounding of sums of weights.
fn is_majority(e: f64) -> bool {
    e > 0.5 + 1e-12
}

/// Σ_j sign(e_ij - 0.5). Copeland (1951).
pub fn copeland(e: &DMatrix<f64>) -> Vec<f64> {
    let n = e.nrows();
    let one = |i: usize, j: usize| f64::from(is_majority(e[(i, j)])) - f64::from(is_majority(e[(j, i)]));
    (0..n).map(|i| (0..n).filter(|&j| j != i).map(|j| one(i, j)).sum()).collect()
}

/// Σ w · number of units beaten, in each child; half of a unit where they are equal. Weights as given.
pub fn borda(x: &DMatrix<f64>, weights: &[f64]) -> Vec<f64> {
    let n = x.nrows();
    let mut scores = vec![0.0; n];
    for (child, weight) in weights.iter().enumerate() {
        let column = x.column(child);
        let mut sorted: Vec<f64> = column.iter().copied().collect();
        sorted.sort_unstable_by(f64::total_cmp);
        for i in 0..n {
            let below = sorted.partition_point(|value| *value < column[i]);
            let equal = sorted.partition_point(|value| *value <= column[i]) - below - 1;
            scores[i] += weight * (below as f64 + 0.5 * equal as f64);
        }
    }
    scores
}

/// A Condorcet order.
#[derive(Debug, Clone, PartialEq)]
pub struct Condorcet {
    /// Number of units in classes below the unit's own: units that beat one another in a circle share a class.
    pub scores: Vec<f64>,
    /// Units that are part of a circle.
    pub cycle: Vec<usize>,
}

/// i stands above j when e_ij > 0.5. Circles are reported, and their units share a place.
pub fn condorcet(e: &DMatrix<f64>) -> Condorcet {
    let n = e.nrows();
    // Who reaches whom over majorities or draws of nobody: the transitive closure.
    let mut reaches = vec![vec![false; n]; n];
    for i in 0..n {
        for j in 0..n {
            reaches[i][j] = i != j && is_majority(e[(i, j)]);
        }
    }
    for k in 0..n {
        let through = reaches[k].clone();
        for row in reaches.iter_mut().filter(|row| row[k]) {
            row.iter_mut().zip(&through).for_each(|(own, via)| *own |= via);
        }
    }
    let cycle = (0..n).filter(|&i| reaches[i][i]).collect();
    // Beaten units that do not beat back.
    let below = |i: usize| (0..n).filter(|&j| reaches[i][j] && !reaches[j][i]).count();
    Condorcet { scores: (0..n).map(|i| below(i) as f64).collect(), cycle }
}
