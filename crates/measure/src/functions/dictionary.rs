//! Codes as they are stored, in dictionaries; and what was made of a dictionary, remembered: the batches of a row group
//! share theirs.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{ArrayRef, AsArray, DictionaryArray, StringArray};
use arrow::datatypes::Int32Type;

/// A column of stored codes: their numbers, and the texts that these stand for. `None`: it is stored in another way.
pub fn stored(codes: &ArrayRef) -> Option<(&DictionaryArray<Int32Type>, &StringArray)> {
    let codes = codes.as_dictionary_opt::<Int32Type>()?;
    Some((codes, codes.values().as_string_opt::<i32>()?))
}

/// A dictionary that is told from others by where it lies. Each batch wraps the buffers of its dictionary anew; what is
/// held here keeps them in their place.
#[derive(Debug)]
pub struct Dictionary(pub StringArray);

impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        self.0.offsets().ptr_eq(other.0.offsets()) && self.0.values().ptr_eq(other.0.values())
    }
}

/// Dictionaries that are remembered: of the few columns of codes that one query looks at, and some run side by side.
const MOST: usize = 128;

/// Answers by dictionary and by what was asked of it.
#[derive(Debug)]
pub struct Remembered<Q> {
    known: Mutex<Vec<(Dictionary, Q, ArrayRef)>>,
}

impl<Q> Default for Remembered<Q> {
    fn default() -> Self {
        Remembered { known: Mutex::default() }
    }
}

/// What is remembered does not tell one function from another.
impl<Q> PartialEq for Remembered<Q> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<Q> Eq for Remembered<Q> {}

impl<Q> Hash for Remembered<Q> {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl<Q: PartialEq> Remembered<Q> {
    /// The answer to a question about the codes, made if it is not known.
    pub fn answer<E>(
        &self,
        codes: &StringArray,
        question: Q,
        make: impl FnOnce() -> Result<ArrayRef, E>,
    ) -> Result<ArrayRef, E> {
        let codes = Dictionary(codes.clone());
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, answer)) = lock().iter().find(|(known, asked, _)| *asked == question && *known == codes) {
            return Ok(Arc::clone(answer));
        }
        // Nobody waits meanwhile: at worst two make the same.
        let answer = make()?;
        let mut known = lock();
        if known.len() >= MOST {
            known.remove(0);
        }
        known.push((codes, question, Arc::clone(&answer)));
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_is_asked_once_a_question() {
        let remembered = Remembered::default();
        let codes = StringArray::from(vec!["a", "b"]);
        let ask = |codes: &StringArray, question: u32, answer: &str| {
            let made: ArrayRef = Arc::new(StringArray::from(vec![answer]));
            remembered.answer(codes, question, || Ok::<_, ()>(made)).expect("an answer")
        };
        let first = ask(&codes, 1, "first");
        assert!(Arc::ptr_eq(&ask(&codes.clone(), 1, "again"), &first), "another wrapper of the same buffers");
        assert!(!Arc::ptr_eq(&ask(&codes, 2, "other question"), &first));
        assert!(!Arc::ptr_eq(&ask(&StringArray::from(vec!["a", "b"]), 1, "other buffers"), &first));
        for n in 3..150 {
            ask(&codes, n, "many");
        }
        assert!(!Arc::ptr_eq(&ask(&codes, 1, "forgotten"), &first));
    }
}
