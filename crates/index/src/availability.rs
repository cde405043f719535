//! Availability: how much of the data is there, by unit, by part of the tree and by indicator.
//!
//! [`crate::screen`] decides by such shares who stays; here they are a table to look at, at any step of the chain.

use nalgebra::DMatrix;
use serde::Serialize;

use crate::dataset::Dataset;
use crate::structure::Structure;

/// Cells, and those of them that are missing or 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Cells.
    pub cells: usize,
    /// Cells without a value.
    pub missing: usize,
    /// Cells with the value 0.
    pub zeros: usize,
}

impl Counts {
    /// Counts cells.
    pub fn of(cells: impl Iterator<Item = f64>) -> Counts {
        let mut counts = Counts::default();
        for cell in cells {
            counts.cells += 1;
            counts.missing += usize::from(cell.is_nan());
            counts.zeros += usize::from(cell == 0.0);
        }
        counts
    }

    /// Share of cells with a value: 1 - missing / cells. 49 cells, one missing: 0.98. `None` without cells.
    pub fn available(&self) -> Option<f64> {
        (self.cells > 0).then(|| 1.0 - self.missing as f64 / self.cells as f64)
    }

    /// Share of values that are not 0: 1 - zeros / (cells - missing). `None` without values.
    pub fn nonzero(&self) -> Option<f64> {
        let present = self.cells - self.missing;
        (present > 0).then(|| 1.0 - self.zeros as f64 / present as f64)
    }
}

/// Counts of each row over all indicators.
pub fn by_unit(values: &DMatrix<f64>) -> Vec<Counts> {
    values.row_iter().map(|row| Counts::of(row.iter().copied())).collect()
}

/// Counts of each indicator over all rows.
pub fn by_indicator(values: &DMatrix<f64>) -> Vec<Counts> {
    values.column_iter().map(|column| Counts::of(column.iter().copied())).collect()
}

/// Counts of one element of the tree.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ElementAvailability {
    /// Position of the element in the structure.
    pub element: usize,
    /// Counts of each row over the indicators below the element.
    pub rows: Vec<Counts>,
}

/// Counts of each row over the indicators below each element of a level, in the order of the structure.
///
/// An indicator that is in the structure and not in the table is counted nowhere.
pub fn by_element(dataset: &Dataset, structure: &Structure, level: u32) -> Vec<ElementAvailability> {
    let elements = (0..structure.elements.len()).filter(|&element| structure.levels[element] == level);
    elements
        .map(|element| {
            let columns: Vec<usize> = structure
                .indicators_below(element)
                .into_iter()
                .filter_map(|at| dataset.indicators.iter().position(|code| *code == structure.elements[at].code))
                .collect();
            let count = |row: usize| Counts::of(columns.iter().map(|&column| dataset.values[(row, column)]));
            ElementAvailability { element, rows: (0..dataset.rows.len()).map(count).collect() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coherence::reference::{self, Table, number};

    #[test]
    fn units_of_the_reference_have_their_shares() {
        let dataset = reference::countries();
        let text = include_str!("../../../reference/coinr/steps/03_imputed.csv");
        let counts = by_unit(&reference::step(&dataset, text));
        let table = Table::read(include_str!("../../../reference/coinr/steps/screened_summary.csv"));
        for row in &table.rows {
            let cell = |heading: &str| row[table.place(heading)].as_str();
            let at = dataset.rows.iter().position(|row| row.unit == cell("uCode")).unwrap();
            assert_eq!(counts[at].missing as f64, number(cell("N_missing")));
            assert_eq!(counts[at].zeros as f64, number(cell("N_zero")));
            assert!((counts[at].available().unwrap() - number(cell("Dat_Avail"))).abs() < 1e-15);
            assert!((counts[at].nonzero().unwrap() - number(cell("Non_Zero"))).abs() < 1e-15);
        }
    }

    #[test]
    fn parts_of_the_tree_add_up() {
        let (dataset, structure) = (reference::countries(), reference::structure());
        let whole = by_unit(&dataset.values);
        for level in 1..=4 {
            let parts = by_element(&dataset, &structure, level);
            assert_eq!(parts.len(), [49, 8, 2, 1][level as usize - 1]);
            for (row, whole) in whole.iter().enumerate() {
                let sum = |of: fn(&Counts) -> usize| parts.iter().map(|part| of(&part.rows[row])).sum::<usize>();
                assert_eq!(sum(|counts| counts.cells), whole.cells);
                assert_eq!(sum(|counts| counts.missing), whole.missing);
                assert_eq!(sum(|counts| counts.zeros), whole.zeros);
            }
        }
        let missing: usize = by_indicator(&dataset.values).iter().map(|counts| counts.missing).sum();
        assert_eq!(missing, whole.iter().map(|counts| counts.missing).sum::<usize>());
        assert!(missing > 0);
    }

    #[test]
    fn nothing_has_no_share() {
        assert_eq!(Counts::default().available(), None);
        assert_eq!(Counts::of([f64::NAN].into_iter()).nonzero(), None);
        assert_eq!(Counts::of([f64::NAN, 0.0, 2.0, -0.0].into_iter()), Counts { cells: 4, missing: 1, zeros: 2 });
    }
}
