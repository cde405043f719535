//! What was made of the codes of a dictionary, remembered: the batches of a row group share theirs.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{ArrayRef, StringArray};

/// Dictionaries that are remembered: of the few columns of codes that one query looks at, and some run side by side.
const MOST: usize = 128;

/// Answers by dictionary and by what was asked of it.
#[derive(Debug)]
pub struct Remembered<Q> {
    known: Mutex<Vec<(StringArray, Q, ArrayRef)>>,
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
        // Each batch wraps the buffers of its dictionary anew; what is held here keeps them in their place.
        let is_same =
            |known: &StringArray| known.offsets().ptr_eq(codes.offsets()) && known.values().ptr_eq(codes.values());
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, answer)) = lock().iter().find(|(known, asked, _)| *asked == question && is_same(known)) {
            return Ok(Arc::clone(answer));
        }
        // Nobody waits meanwhile: at worst two make the same.
        let answer = make()?;
        let mut known = lock();
        if known.len() >= MOST {
            known.remove(0);
        }
        known.push((codes.clone(), question, Arc::clone(&answer)));
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
