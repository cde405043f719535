//! Who has a majority over whom, a bit a pair, so that ten thousand units fit into memory.

use nalgebra::DMatrix;
use rayon::prelude::*;

/// Room for the rounding of sums of weights.
const ROOM: f64 = 1e-12;
const WORD: usize = u64::BITS as usize;

/// A relation between units: bit j of row i says whether i stands in it to j.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Majorities {
    units: usize,
    /// Words of a row.
    words: usize,
    bits: Vec<u64>,
}

impl Majorities {
    /// i stands above j: e_ij > 0.5. `x` is units by children, without missing values; e is that of
    /// [`outranking`](super::outranking), summed in the same order and never held as a whole.
    pub fn of(x: &DMatrix<f64>, weights: &[f64]) -> Majorities {
        let total: f64 = weights.iter().sum();
        let mut made = Majorities::none(x.nrows());
        let (units, words) = (made.units, made.words.max(1));
        made.bits.par_chunks_mut(words).enumerate().for_each_init(
            || vec![0.0; units],
            |support, (i, row)| {
                support.fill(0.0);
                for (child, weight) in weights.iter().enumerate() {
                    let column = x.column(child);
                    let (own, whole) = (column[i], weight / total);
                    for (sum, other) in support.iter_mut().zip(column.iter()) {
                        *sum += if own > *other {
                            whole
                        } else if own == *other {
                            0.5 * whole
                        } else {
                            0.0
                        };
                    }
                }
                for (j, sum) in support.iter().enumerate().filter(|(j, _)| *j != i) {
                    row[j / WORD] |= u64::from(*sum > 0.5 + ROOM) << (j % WORD);
                }
            },
        );
        made
    }

    /// The same from an outranking matrix.
    pub fn of_outranking(e: &DMatrix<f64>) -> Majorities {
        let mut made = Majorities::none(e.nrows());
        for i in 0..made.units {
            for j in (0..made.units).filter(|j| *j != i && e[(i, *j)] > 0.5 + ROOM) {
                made.set(i, j);
            }
        }
        made
    }

    fn none(units: usize) -> Majorities {
        let words = units.div_ceil(WORD);
        Majorities { units, words, bits: vec![0; units * words] }
    }

    fn set(&mut self, i: usize, j: usize) {
        self.bits[i * self.words + j / WORD] |= 1 << (j % WORD);
    }

    fn row(&self, i: usize) -> &[u64] {
        &self.bits[i * self.words..(i + 1) * self.words]
    }

    /// Whether i stands above j.
    pub fn has(&self, i: usize, j: usize) -> bool {
        self.row(i)[j / WORD] >> (j % WORD) & 1 == 1
    }

    /// Number of units.
    pub fn units(&self) -> usize {
        self.units
    }

    /// Number of units below each by majority, and above each.
    pub fn counts(&self) -> (Vec<usize>, Vec<usize>) {
        let mut above = vec![0; self.units];
        let below = (0..self.units).map(|i| ones(self.row(i)).inspect(|j| above[*j] += 1).count()).collect();
        (below, above)
    }

    /// The relation the other way round.
    fn turned(&self) -> Majorities {
        let mut turned = Majorities::none(self.units);
        for i in 0..self.units {
            for j in ones(self.row(i)) {
                turned.set(j, i);
            }
        }
        turned
    }

    /// i stands to j where j has no majority over i: at least a half of the weights, any two units one way or both.
    pub fn at_least_half(&self) -> Majorities {
        let mut turned = self.turned();
        for i in 0..self.units {
            for (word, bits) in turned.bits[i * self.words..(i + 1) * self.words].iter_mut().enumerate() {
                let there = (self.units - word * WORD).min(WORD);
                *bits = !*bits & (u64::MAX >> (WORD - there));
            }
            turned.bits[i * turned.words + i / WORD] &= !(1 << (i % WORD));
        }
        turned
    }

    /// Classes of units that reach one another (strongly connected components), none reaching one that stands before it.
    ///
    /// Two searches in depth, the second against the arrows (Kosaraju, Sharir 1981); rows of bits make each O(n² / 64).
    pub fn classes(&self) -> Vec<Vec<usize>> {
        let everyone: Vec<usize> = (0..self.units).collect();
        let ends: Vec<usize> = self.searched(&everyone).into_iter().flatten().rev().collect();
        let mut classes = self.turned().searched(&ends);
        classes.iter_mut().for_each(|class| class.sort_unstable());
        classes
    }

    /// Trees of a search in depth that begins at the units in turn, each in the order in which its units were left.
    fn searched(&self, starts: &[usize]) -> Vec<Vec<usize>> {
        let mut open = vec![u64::MAX; self.words];
        let mut trees = Vec::new();
        for &start in starts {
            if open[start / WORD] >> (start % WORD) & 1 == 0 {
                continue;
            }
            open[start / WORD] &= !(1 << (start % WORD));
            let (mut tree, mut path) = (Vec::new(), vec![(start, 0)]);
            while let Some((unit, word)) = path.last_mut() {
                let row = &self.bits[*unit * self.words..(*unit + 1) * self.words];
                let found = (*word..self.words).find(|at| row[*at] & open[*at] != 0);
                match found {
                    Some(at) => {
                        *word = at;
                        let next = at * WORD + (row[at] & open[at]).trailing_zeros() as usize;
                        open[at] &= !(1 << (next % WORD));
                        path.push((next, 0));
                    }
                    None => {
                        tree.push(*unit);
                        path.pop();
                    }
                }
            }
            trees.push(tree);
        }
        trees
    }

    /// Number of units outside of its class that each class reaches, for the [`classes`](Self::classes).
    pub fn reached(&self, classes: &[Vec<usize>]) -> Vec<usize> {
        let mut class_of = vec![0; self.units];
        for (at, class) in classes.iter().enumerate() {
            class.iter().for_each(|unit| class_of[*unit] = at);
        }
        let mut reach = Majorities { units: self.units, words: self.words, bits: vec![0; classes.len() * self.words] };
        let mut counts = vec![0; classes.len()];
        // What is reached stands behind.
        for at in (0..classes.len()).rev() {
            let mut own = vec![0u64; self.words];
            let mut direct = vec![0u64; self.words];
            for &unit in &classes[at] {
                direct.iter_mut().zip(self.row(unit)).for_each(|(all, word)| *all |= word);
            }
            classes[at].iter().for_each(|unit| direct[unit / WORD] &= !(1 << (unit % WORD)));
            // Nearer classes first: what they reach need not be looked at again.
            let mut next: Vec<usize> = ones(&direct).map(|unit| class_of[unit]).collect();
            next.sort_unstable();
            next.dedup();
            for class in next {
                let first = classes[class][0];
                if own[first / WORD] >> (first % WORD) & 1 == 0 {
                    own.iter_mut().zip(reach.row(class)).for_each(|(all, word)| *all |= word);
                    classes[class].iter().for_each(|unit| own[unit / WORD] |= 1 << (unit % WORD));
                }
            }
            counts[at] = own.iter().map(|word| word.count_ones() as usize).sum();
            reach.bits[at * self.words..(at + 1) * self.words].copy_from_slice(&own);
        }
        counts
    }
}

/// Places of the bits that are set.
fn ones(row: &[u64]) -> impl Iterator<Item = usize> + '_ {
    row.iter().enumerate().flat_map(|(word, bits)| {
        let mut left = *bits;
        std::iter::from_fn(move || {
            (left != 0).then(|| {
                let at = left.trailing_zeros() as usize;
                left &= left - 1;
                word * WORD + at
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::aggregate::outranking;

    proptest! {
        /// What the whole matrix and Warshall's closure say, over more units than a word has bits.
        #[test]
        fn majorities_and_classes_are_those_of_the_matrix(values in proptest::collection::vec(0..6i32, 70 * 4)) {
            let x = DMatrix::from_iterator(70, 4, values.iter().map(|value| f64::from(*value)));
            let weights = [1.0, 2.0, 0.5, 1.5];
            let e = outranking(&x, &weights);
            let found = Majorities::of(&x, &weights);
            prop_assert_eq!(&found, &Majorities::of_outranking(&e));
            let half = found.at_least_half();
            for relation in [&found, &half] {
                let mut reaches: Vec<Vec<bool>> =
                    (0..70).map(|i| (0..70).map(|j| relation.has(i, j)).collect()).collect();
                for k in 0..70 {
                    let through = reaches[k].clone();
                    for row in reaches.iter_mut().filter(|row| row[k]) {
                        row.iter_mut().zip(&through).for_each(|(own, via)| *own |= via);
                    }
                }
                let classes = relation.classes();
                prop_assert_eq!(classes.iter().map(Vec::len).sum::<usize>(), 70);
                for (at, class) in classes.iter().enumerate() {
                    for &i in class {
                        prop_assert!(class.iter().all(|&j| i == j || (reaches[i][j] && reaches[j][i])));
                        prop_assert!(classes[..at].iter().flatten().all(|&j| !reaches[i][j]));
                        let below = (0..70).filter(|&j| reaches[i][j] && !reaches[j][i]).count();
                        prop_assert_eq!(relation.reached(&classes)[at], below);
                    }
                }
            }
            for i in 0..70 {
                for j in (0..70).filter(|j| *j != i) {
                    prop_assert_eq!(half.has(i, j), e[(i, j)] >= 0.5 - 1e-12);
                }
            }
        }
    }
}
