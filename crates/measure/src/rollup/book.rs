//! Codes by number: a cell is found by two small numbers instead of by its texts.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// Codes of the kept dimensions, in the order of the split. Shared, since every part of a cell has the same.
pub type Codes = Arc<[String]>;

/// The codes of the total.
pub fn total() -> Codes {
    Arc::from([])
}

/// The codes of one split, numbered as they come.
#[derive(Debug, Default)]
pub(super) struct Book {
    codes: Vec<Codes>,
    numbers: HashMap<Codes, u32>,
    /// Numbers in order of their texts, once they are asked for.
    order: OnceLock<Vec<u32>>,
}

impl Book {
    /// The number of a cell's codes; a new one for those that were not seen before.
    pub(super) fn number(&mut self, codes: Vec<String>) -> u32 {
        if let Some(&number) = self.numbers.get(codes.as_slice()) {
            return number;
        }
        let number = self.codes.len() as u32;
        let codes = Codes::from(codes);
        self.order.take();
        self.codes.push(Arc::clone(&codes));
        self.numbers.insert(codes, number);
        number
    }

    pub(super) fn len(&self) -> usize {
        self.codes.len()
    }

    /// All codes in order of their texts, with their numbers.
    pub(super) fn in_order(&self) -> impl Iterator<Item = (u32, &Codes)> {
        let order = self.order.get_or_init(|| {
            let mut numbers: Vec<u32> = (0..self.codes.len() as u32).collect();
            numbers.sort_by_key(|&number| &self.codes[number as usize]);
            numbers
        });
        order.iter().map(|&number| (number, &self.codes[number as usize]))
    }
}
