//! What is drawn: rows, clusters of rows, or blocks of a series.

use std::collections::HashMap;
use std::hash::Hash;

use super::BootstrapError;

/// Units of a resample. As many are drawn, with replacement, as make up the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Units {
    /// Rows of all units, one unit after the other.
    rows: Vec<usize>,
    /// Where each unit begins in `rows`, and the end.
    starts: Vec<usize>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Partition,
    /// Overlapping blocks of a series of this many rows.
    Blocks(usize),
}

impl Units {
    /// Each of `rows` rows by itself: they are independent.
    ///
    /// # Errors
    /// Fewer than two rows.
    pub fn rows(rows: usize) -> Result<Self, BootstrapError> {
        if rows < 2 {
            return Err(BootstrapError::TooFewUnits(rows));
        }
        Ok(Units { rows: (0..rows).collect(), starts: (0..=rows).collect(), kind: Kind::Partition })
    }

    /// Rows with the same label together, clusters in the order of their first rows. `labels` has one entry a row: the
    /// importer, the day, or a tuple of both.
    ///
    /// # Errors
    /// Fewer than two clusters.
    pub fn clusters<L: Hash + Eq>(labels: &[L]) -> Result<Self, BootstrapError> {
        let mut numbers = HashMap::new();
        let mut clusters: Vec<Vec<usize>> = Vec::new();
        for (row, label) in labels.iter().enumerate() {
            let number = *numbers.entry(label).or_insert(clusters.len());
            if number == clusters.len() {
                clusters.push(Vec::new());
            }
            clusters[number].push(row);
        }
        if clusters.len() < 2 {
            return Err(BootstrapError::TooFewUnits(clusters.len()));
        }
        let mut starts = vec![0];
        starts.extend(clusters.iter().scan(0, |end, cluster| {
            *end += cluster.len();
            Some(*end)
        }));
        Ok(Units { rows: clusters.concat(), starts, kind: Kind::Partition })
    }

    /// Every run of `length` neighbouring rows of a series of `rows`; as many are drawn as cover it, the last one cut.
    ///
    /// Künsch, Annals of Statistics 17 (1989). [`block_length`](Self::block_length) gives the usual length.
    ///
    /// # Errors
    /// A length of 0 or of more than half of the series.
    pub fn moving_blocks(rows: usize, length: usize) -> Result<Self, BootstrapError> {
        if length == 0 || 2 * length > rows {
            return Err(BootstrapError::BlockLength { length, rows });
        }
        let blocks = rows - length + 1;
        Ok(Units {
            rows: (0..blocks).flat_map(|start| start..start + length).collect(),
            starts: (0..=blocks).map(|block| block * length).collect(),
            kind: Kind::Blocks(rows),
        })
    }

    /// Length of blocks for a series of `rows`: its cube root, rounded to the nearest, at least 1.
    ///
    /// Ten years of months: blocks of five.
    pub fn block_length(rows: usize) -> usize {
        ((rows as f64).cbrt().round() as usize).max(1)
    }

    /// Number of different units.
    #[expect(clippy::len_without_is_empty, reason = "there are at least two")]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Rows of one unit.
    pub(super) fn unit(&self, unit: usize) -> &[usize] {
        &self.rows[self.starts[unit]..self.starts[unit + 1]]
    }

    /// Rows of the data, each once.
    pub(super) fn all(&self) -> Vec<usize> {
        match self.kind {
            Kind::Partition => self.rows.clone(),
            Kind::Blocks(rows) => (0..rows).collect(),
        }
    }

    /// Units of a resample.
    pub(super) fn draws(&self) -> usize {
        match self.kind {
            Kind::Partition => self.len(),
            Kind::Blocks(rows) => rows.div_ceil(self.unit(0).len()),
        }
    }

    /// Where a resample is cut.
    pub(super) fn most_rows(&self) -> usize {
        match self.kind {
            Kind::Partition => usize::MAX,
            Kind::Blocks(rows) => rows,
        }
    }

    pub(super) fn overlap(&self) -> bool {
        self.kind != Kind::Partition
    }
}
