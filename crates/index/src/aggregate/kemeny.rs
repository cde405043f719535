//! The order of Kemeny and Young: the one that most pairs support.
//!
//! Maximises Σ e_jk over ordered pairs, j above k. Exact up to [`EXACT`] units by dynamic programming inside of the
//! classes that majorities leave undecided (Young & Levenglick 1978: a Condorcet class stands above those that it
//! beats); beyond, local search gives an order, and the sum of the larger side of each pair bounds the best support.

use nalgebra::DMatrix;

/// Most units of one undecided class for an exact order: 2^20 sets of 20 units are some 170 MB of work at most.
const EXACT: usize = 20;

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

/// Orders units by their outranking matrix (units by units).
pub fn kemeny(e: &DMatrix<f64>) -> Kemeny {
    let n = e.nrows();
    let mut order = Vec::with_capacity(n);
    let (mut is_exact, mut is_unique) = (true, true);
    for class in classes(e) {
        if class.len() <= EXACT {
            let (part, unique) = exact(e, &class);
            order.extend(part);
            is_unique &= unique;
        } else {
            is_exact = false;
            order.extend(local_search(e, class));
        }
    }
    let support = support(e, &order);
    let pairs = (0..n).flat_map(|i| (0..i).map(move |j| (i, j)));
    let bound = if is_exact { support } else { pairs.map(|(i, j)| e[(i, j)].max(e[(j, i)])).sum() };
    Kemeny { order, support, bound, is_exact, is_unique: is_unique && is_exact }
}

/// Sum of e over ordered pairs.
fn support(e: &DMatrix<f64>, order: &[usize]) -> f64 {
    let pairs = order.iter().enumerate().flat_map(|(at, &i)| order[at + 1..].iter().map(move |&j| (i, j)));
    pairs.map(|(i, j)| e[(i, j)]).sum()
}

/// Strongly connected classes of "at least a half", from the top down: every unit of a class has a majority over every
/// unit of the classes below, so that a best order never mixes them.
fn classes(e: &DMatrix<f64>) -> Vec<Vec<usize>> {
    let n = e.nrows();
    let mut reaches = vec![vec![false; n]; n];
    for (i, row) in reaches.iter_mut().enumerate() {
        for (j, cell) in row.iter_mut().enumerate() {
            *cell = i == j || e[(i, j)] >= 0.5 - 1e-12;
        }
    }
    for k in 0..n {
        let through = reaches[k].clone();
        for row in reaches.iter_mut().filter(|row| row[k]) {
            row.iter_mut().zip(&through).for_each(|(own, via)| *own |= via);
        }
    }
    // In a chain of classes the higher reaches more.
    let count = |i: usize| reaches[i].iter().filter(|cell| **cell).count();
    let mut units: Vec<usize> = (0..n).collect();
    units.sort_by_key(|&i| (std::cmp::Reverse(count(i)), i));
    let mut classes: Vec<Vec<usize>> = Vec::new();
    for unit in units {
        match classes.last_mut() {
            Some(class) if count(class[0]) == count(unit) => class.push(unit),
            _ => classes.push(vec![unit]),
        }
    }
    classes
}

/// Held & Karp: the best support of each set of units at the top, built unit by unit. Also whether it is the only one.
fn exact(e: &DMatrix<f64>, class: &[usize]) -> (Vec<usize>, bool) {
    let size = class.len();
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
            let gain: f64 = (0..size).filter(|k| rest & (1 << k) != 0).map(|k| e[(class[unit], class[k])]).sum();
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
        order.push(class[unit]);
        set &= !(1 << unit);
    }
    order.reverse();
    (order, ways[full] == 1)
}

/// From the order by sums of e, units move to their best place until none moves.
fn local_search(e: &DMatrix<f64>, class: Vec<usize>) -> Vec<usize> {
    let total = |i: usize| class.iter().map(|&j| e[(i, j)]).sum::<f64>();
    let mut order = class.clone();
    order.sort_by(|&a, &b| total(b).total_cmp(&total(a)));
    loop {
        let mut moved = false;
        for from in 0..order.len() {
            let unit = order[from];
            let (mut best, mut gain) = (from, 1e-12);
            // What it gains by passing its neighbours one by one, upwards and downwards.
            let mut sum = 0.0;
            for to in (0..from).rev() {
                sum += e[(unit, order[to])] - e[(order[to], unit)];
                if sum > gain {
                    (best, gain) = (to, sum);
                }
            }
            sum = 0.0;
            for to in from + 1..order.len() {
                sum += e[(order[to], unit)] - e[(unit, order[to])];
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
