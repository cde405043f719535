//! The order of Kemeny and Young: the one that most pairs support.
//!
//! Maximises Σ e_jk over ordered pairs, j above k. Exact up to [`EXACT`] units by dynamic programming inside of the
//! classes that majorities leave undecided (Young & Levenglick 1978: a Condorcet class stands above those that it
//! beats); in classes of up to [`SEARCHED`] units local search gives an order, and the sum of the larger side of each pair
//! bounds the best support; larger ones are refused, since finding the order is NP-hard (Bartholdi, Tovey, Trick 1989).

use nalgebra::DMatrix;

use super::majorities::Majorities;
use super::outranking::outranking;

/// Most units of one undecided class for an exact order: 2^20 sets of 20 units are some 170 MB of work at most.
const EXACT: usize = 20;
/// Most units of one undecided class for a searched order: its outranking matrix then has 32 MB.
pub const SEARCHED: usize = 2000;

/// An order and its support.
#[derive(Debug, Clone, PartialEq)]
pub struct Kemeny {
    /// Units from the best to the worst.
    pub order: Vec<usize>,
    /// Σ e over ordered pairs.
    pub support: f64,
    /// No order has more.
    pub bound: f64,
    /// Whether the support is the best there is.
    pub is_exact: bool,
    /// Whether no other order has the same support. Only known of exact ones.
    pub is_unique: bool,
}

impl Kemeny {
    /// Number of units below each.
    pub fn scores(&self) -> Vec<f64> {
        let mut scores = vec![0.0; self.order.len()];
        for (position, &unit) in self.order.iter().enumerate() {
            scores[unit] = (self.order.len() - 1 - position) as f64;
        }
        scores
    }
}

/// Orders units (`x` is units by children, without missing values).
///
/// # Errors
/// Size of an undecided class of more than [`SEARCHED`] units.
pub fn kemeny(x: &DMatrix<f64>, weights: &[f64]) -> Result<Kemeny, usize> {
    let of_class = |class: &[usize]| outranking(&x.select_rows(class), weights);
    let mut found = by_classes(&Majorities::of(x, weights), &of_class)?;
    let (inside, possible) = (found.support, found.bound);
    found.support = support_of(x, weights, &found.order);
    // Between classes no order has more than this one.
    found.bound = found.support - inside + possible;
    Ok(found)
}

/// The same from an outranking matrix (units by units).
///
/// # Errors
/// As [`kemeny`].
pub fn kemeny_of(e: &DMatrix<f64>) -> Result<Kemeny, usize> {
    let of_class = |class: &[usize]| e.select_rows(class).select_columns(class);
    let mut found = by_classes(&Majorities::of_outranking(e), &of_class)?;
    let (inside, possible) = (found.support, found.bound);
    found.support = support(e, &found.order);
    found.bound = found.support - inside + possible;
    Ok(found)
}

/// The order, with support and bound of the pairs inside of classes that are only searched.
///
/// The classes are the strongly connected ones of "at least a half", from the top down: every unit of a class has a
/// majority over every unit of the classes below, so that a best order never mixes them.
fn by_classes(majorities: &Majorities, of_class: &dyn Fn(&[usize]) -> DMatrix<f64>) -> Result<Kemeny, usize> {
    let classes = majorities.at_least_half().classes();
    if let Some(class) = classes.iter().find(|class| class.len() > SEARCHED) {
        return Err(class.len());
    }
    let order = Vec::with_capacity(majorities.units());
    let mut found = Kemeny { order, support: 0.0, bound: 0.0, is_exact: true, is_unique: true };
    for class in classes {
        let e = of_class(&class);
        let part = if class.len() <= EXACT {
            let (part, is_unique) = exact(&e);
            found.is_unique &= is_unique;
            part
        } else {
            (found.is_exact, found.is_unique) = (false, false);
            let part = local_search(&e);
            found.support += support(&e, &part);
            let pairs = (0..class.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
            found.bound += pairs.map(|(i, j)| e[(i, j)].max(e[(j, i)])).sum::<f64>();
            part
        };
        found.order.extend(part.into_iter().map(|at| class[at]));
    }
    Ok(found)
}

/// Sum of e over ordered pairs.
fn support(e: &DMatrix<f64>, order: &[usize]) -> f64 {
    let pairs = order.iter().enumerate().flat_map(|(at, &i)| order[at + 1..].iter().map(move |&j| (i, j)));
    pairs.map(|(i, j)| e[(i, j)]).sum()
}

/// The same without the matrix: of each child the pairs in order, plus half of the pairs that are equal.
fn support_of(x: &DMatrix<f64>, weights: &[f64], order: &[usize]) -> f64 {
    let total: f64 = weights.iter().sum();
    let of_child = |(child, weight): (usize, &f64)| {
        let own: Vec<f64> = order.iter().map(|unit| x[(*unit, child)]).collect();
        let mut sorted = own.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        // Values that stand further down, counted by rank (Fenwick 1994).
        let mut seen = vec![0u32; sorted.len() + 1];
        let mut twice = 0u64;
        for value in own.iter().rev() {
            let count = |seen: &[u32], mut at: usize| {
                let mut sum = 0u64;
                while at > 0 {
                    sum += u64::from(seen[at]);
                    at &= at - 1;
                }
                sum
            };
            let (low, high) = (sorted.partition_point(|own| own < value), sorted.partition_point(|own| own <= value));
            twice += count(&seen, low) + count(&seen, high);
            let mut at = low + 1;
            while at < seen.len() {
                seen[at] += 1;
                at += at & at.wrapping_neg();
            }
        }
        weight / total * 0.5 * twice as f64
    };
    weights.iter().enumerate().map(of_child).sum()
}

/// Held & Karp: the best support of each set of units at the top, built unit by unit. Also whether it is the only one.
fn exact(e: &DMatrix<f64>) -> (Vec<usize>, bool) {
    let size = e.nrows();
    if size == 1 {
        return (vec![0], true);
    }
    let full = (1usize << size) - 1;
    // Best support of the set placed first, the unit placed last in it, and the number of orders (held at 2).
    let mut best = vec![f64::NEG_INFINITY; full + 1];
    let mut last = vec![0u8; full + 1];
    let mut ways = vec![0u8; full + 1];
    best[0] = 0.0;
    ways[0] = 1;
    for set in 0..full {
        for unit in (0..size).filter(|unit| set & (1 << unit) == 0) {
            let rest = full & !set & !(1 << unit);
            let gain: f64 = (0..size).filter(|k| rest & (1 << k) != 0).map(|k| e[(unit, k)]).sum();
            let (value, next) = (best[set] + gain, set | (1 << unit));
            if value > best[next] + 1e-12 {
                (best[next], last[next], ways[next]) = (value, unit as u8, ways[set]);
            } else if value >= best[next] - 1e-12 {
                ways[next] = (ways[next] + ways[set]).min(2);
            }
        }
    }
    let mut order = Vec::with_capacity(size);
    let mut set = full;
    while set != 0 {
        let unit = last[set] as usize;
        order.push(unit);
        set &= !(1 << unit);
    }
    order.reverse();
    (order, ways[full] == 1)
}

/// From the order by sums of e, units move to their best place until none moves.
fn local_search(e: &DMatrix<f64>) -> Vec<usize> {
    let totals: Vec<f64> = e.row_iter().map(|row| row.sum()).collect();
    // What a unit gains by standing above another, a column a unit, so that a unit's own lie side by side.
    let gains = e.transpose() - e;
    let mut order: Vec<usize> = (0..e.nrows()).collect();
    order.sort_by(|&a, &b| totals[b].total_cmp(&totals[a]));
    loop {
        let mut moved = false;
        for from in 0..order.len() {
            let unit = order[from];
            let own = gains.column(unit);
            let (mut best, mut gain) = (from, 1e-12);
            // What it gains by passing its neighbours one by one, upwards and downwards.
            let mut sum = 0.0;
            for to in (0..from).rev() {
                sum += own[order[to]];
                if sum > gain {
                    (best, gain) = (to, sum);
                }
            }
            sum = 0.0;
            for to in from + 1..order.len() {
                sum -= own[order[to]];
                if sum > gain {
                    (best, gain) = (to, sum);
                }
            }
            if best != from {
                order.remove(from);
                order.insert(best, unit);
                moved = true;
            }
        }
        if !moved {
            return order;
        }
    }
}
