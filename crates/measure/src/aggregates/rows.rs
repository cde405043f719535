//! Which rows of a batch an aggregate sees, 64 at a time.

use arrow::array::{Array, BooleanArray};

use crate::bits::{self, WORD, restrict};

/// The rows of a batch that pass the aggregate's filter, with their groups.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// Group of each row.
    pub groups: &'a [usize],
    /// A condition on rows; unknown is no.
    pub filter: Option<&'a BooleanArray>,
}

impl Rows<'_> {
    /// Calls `add(group, row)` for each row that passes the filter and is not NULL in `column`, in order.
    #[inline]
    pub fn for_each<E>(self, column: &dyn Array, mut add: impl FnMut(usize, usize) -> Result<(), E>) -> Result<(), E> {
        let nulls = column.nulls().filter(|nulls| nulls.null_count() > 0);
        if nulls.is_none() && self.filter.is_none() {
            return self.groups.iter().enumerate().try_for_each(|(row, &group)| add(group, row));
        }
        let mut words = vec![u64::MAX; self.groups.len().div_ceil(WORD)];
        if let Some(known) = nulls {
            restrict(&mut words, known.inner());
        }
        if let Some(filter) = self.filter {
            restrict(&mut words, filter.values());
            if let Some(known) = filter.nulls() {
                restrict(&mut words, known.inner());
            }
        }
        for ((start, groups), word) in (0..).step_by(WORD).zip(self.groups.chunks(WORD)).zip(words) {
            // The last word may have bits beyond the last row.
            let mut rest = if groups.len() < WORD { word & ((1 << groups.len()) - 1) } else { word };
            if rest == u64::MAX {
                for (offset, &group) in groups.iter().enumerate() {
                    add(group, start + offset)?;
                }
                continue;
            }
            while rest != 0 {
                let offset = rest.trailing_zeros() as usize;
                add(groups[offset], start + offset)?;
                rest &= rest - 1;
            }
        }
        Ok(())
    }
}

/// The answers of a batch to one condition, a bit a row; unknown is no.
pub fn words(flag: &BooleanArray, filter: Option<&BooleanArray>, into: &mut Vec<u64>) {
    into.clear();
    bits::append(flag.values(), into);
    if let Some(known) = flag.nulls() {
        restrict(into, known.inner());
    }
    if let Some(filter) = filter {
        restrict(into, filter.values());
        if let Some(known) = filter.nulls() {
            restrict(into, known.inner());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::Int64Array;

    fn check(rows: usize, answer: impl Fn(usize) -> Option<bool>, value: impl Fn(usize) -> Option<i64>) {
        let column: Int64Array = (0..rows).map(&value).collect();
        let filter: BooleanArray = (0..rows).map(&answer).collect();
        let groups: Vec<usize> = (0..rows).map(|row| row % 7).collect();
        let mut seen = Vec::new();
        let all = Rows { groups: &groups, filter: Some(&filter) };
        let () = all
            .for_each(&column, |group, row| {
                assert_eq!(group, row % 7);
                seen.push(row);
                Ok::<(), ()>(())
            })
            .expect("nothing fails");
        let expect: Vec<usize> = (0..rows).filter(|&row| answer(row) == Some(true) && value(row).is_some()).collect();
        assert_eq!(seen, expect, "{rows} rows");
    }

    #[test]
    fn rows_are_those_of_a_loop() {
        let mixed = |row: usize| match row * 31 % 5 {
            0 | 1 => Some(true),
            2 => Some(false),
            _ => None,
        };
        for rows in [0, 1, 63, 64, 65, 128, 1_000] {
            check(rows, |_| Some(true), |row| Some(row as i64));
            check(rows, |_| Some(false), |row| Some(row as i64));
            check(rows, mixed, |row| (row % 3 != 0).then_some(1));
        }
    }

    #[test]
    fn a_slice_of_a_batch_keeps_its_own_rows() {
        let column = Int64Array::from((0..300).map(|row| (row % 3 != 0).then_some(row)).collect::<Vec<_>>());
        let column = column.slice(70, 150);
        let filter: BooleanArray = (0..300).map(|row| Some(row % 2 == 0)).collect();
        let filter = filter.slice(5, 150);
        let groups = vec![0; 150];
        let mut seen = 0;
        Rows { groups: &groups, filter: Some(&filter) }
            .for_each(&column, |_, row| {
                assert!(column.is_valid(row) && filter.value(row));
                seen += 1;
                Ok::<(), ()>(())
            })
            .expect("nothing fails");
        assert_eq!(seen, (0..150).filter(|row| (row + 70) % 3 != 0 && (row + 5) % 2 == 0).count());
    }
}
