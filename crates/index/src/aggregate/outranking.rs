//! Methods that compare units pair by pair: how much they are ahead does not count, so that nothing is compensated.
//!
//! OECD & JRC (2008), *Handbook on Constructing Composite Indicators*, 1.6.

use nalgebra::DMatrix;

use super::majorities::Majorities;

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

/// Σ_j sign(e_ij - 0.5): majorities won less majorities lost. Copeland (1951).
pub fn copeland(majorities: &Majorities) -> Vec<f64> {
    let (below, above) = majorities.counts();
    below.into_iter().zip(above).map(|(won, lost)| won as f64 - lost as f64).collect()
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
pub fn condorcet(majorities: &Majorities) -> Condorcet {
    let classes = majorities.classes();
    let mut found = Condorcet { scores: vec![0.0; majorities.units()], cycle: Vec::new() };
    // A class of its own is no circle: nobody beats itself.
    for (class, below) in classes.iter().zip(majorities.reached(&classes)) {
        class.iter().for_each(|unit| found.scores[*unit] = below as f64);
        if class.len() > 1 {
            found.cycle.extend(class);
        }
    }
    found.cycle.sort_unstable();
    found
}
