//! The numbers that prove a solution.

use super::Simplex;

/// How far a solution is from proving itself: all three are zero in exact arithmetic, and are measured beside the largest
/// number of their kind where that lies above one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Certificate {
    /// Largest violation of a row or of a sign.
    pub primal: f64,
    /// Largest violation of a column's price.
    pub dual: f64,
    /// Difference between the two objectives.
    pub gap: f64,
}

impl Certificate {
    /// Whether nothing is off by more than `tolerance`.
    pub fn is_within(&self, tolerance: f64) -> bool {
        self.primal <= tolerance && self.dual <= tolerance && self.gap <= tolerance
    }
}

impl Simplex<'_> {
    /// How well the solution proves itself, computed from the columns themselves and not from the inverse.
    pub fn certificate(&self) -> Certificate {
        let rows = self.bounds.len();
        let (mut column, mut residual) = (vec![0.0; rows], self.bounds.clone());
        let prices = self.prices();
        let (mut primal, mut dual) = (0.0_f64, 0.0_f64);
        for (basic, value) in self.basics() {
            self.copy_column(basic, &mut column);
            residual.iter_mut().zip(&column).for_each(|(left, number)| *left -= number * value);
            let off = match () {
                () if self.is_free(basic) => 0.0,
                () if self.is_locked(basic) => value.abs(),
                () => -value,
            };
            primal = primal.max(off);
            let price: f64 = prices.iter().zip(&column).map(|(price, number)| price * number).sum();
            dual = dual.max((self.cost(basic) - price).abs());
        }
        primal = residual.iter().fold(primal, |worst, left| worst.max(left.abs()));
        // Shared columns cost nothing: what they are worth is their product.
        dual = self.shared.largest_product(&prices, dual, self.skipped).map_or(dual, |(_, worth)| worth);
        self.own.for_each_product(&prices, |own, worth| {
            if !self.locked[own] {
                dual = dual.max(worth - self.costs[own]);
            }
        });
        let bound: f64 = prices.iter().zip(&self.bounds).map(|(price, bound)| price * bound).sum();
        let (objective, largest) =
            (self.objective(), |numbers: &[f64]| numbers.iter().fold(1.0_f64, |m, n| m.max(n.abs())));
        Certificate {
            primal: primal / largest(&self.values),
            dual: dual / largest(&prices),
            gap: (objective - bound).abs() / objective.abs().max(1.0),
        }
    }

    /// Whether the solution is proved to be the only one: every column outside of the basis costs more than it saves.
    pub fn is_unique(&self) -> bool {
        let mut ties = 0;
        self.for_each_reduced_cost(&self.prices(), |_, reduced| ties += usize::from(reduced < 1e-9));
        let basics = self.basis.iter().filter(|basic| !self.is_locked(**basic) && self.skipped != Some(**basic));
        ties == basics.count()
    }
}
