//! A small set of 64-bit hashes.

/// Open addressing with linear probing, at most half full. The hashes are their own hash.
#[derive(Clone, Debug, Default)]
pub(super) struct HashSet64 {
    /// Length 0 or a power of two; 0 is an empty slot.
    slots: Vec<u64>,
    len: usize,
    /// The hash 0, which has no slot.
    zero: bool,
}

impl HashSet64 {
    /// Adds a hash; whether it is new.
    #[inline]
    pub(super) fn insert(&mut self, hash: u64) -> bool {
        if hash == 0 {
            return !std::mem::replace(&mut self.zero, true);
        }
        if self.slots.is_empty() {
            self.grow();
        }
        let free = match self.find(hash) {
            Ok(()) => return false,
            Err(free) => free,
        };
        self.slots[free] = hash;
        self.len += 1;
        if self.len * 2 > self.slots.len() {
            self.grow();
        }
        true
    }

    /// `Err` with the free slot when the hash is not in the set. There is always a free slot.
    #[inline]
    fn find(&self, hash: u64) -> Result<(), usize> {
        let mask = self.slots.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            match self.slots[place] {
                0 => return Err(place),
                found if found == hash => return Ok(()),
                _ => place = (place + 1) & mask,
            }
        }
    }

    /// An empty set with room for so many.
    pub(super) fn with_room_for(count: usize) -> Self {
        // At most half of the slots are taken, see `insert`.
        let slots = if count == 0 { 0 } else { (count * 2 + 1).next_power_of_two().max(4) };
        HashSet64 { slots: vec![0; slots], ..HashSet64::default() }
    }

    #[cold]
    fn grow(&mut self) {
        let larger = vec![0; (self.slots.len() * 2).max(4)];
        for hash in std::mem::replace(&mut self.slots, larger) {
            if hash != 0
                && let Err(free) = self.find(hash)
            {
                self.slots[free] = hash;
            }
        }
    }

    /// Number of hashes.
    pub(super) fn len(&self) -> usize {
        self.len + usize::from(self.zero)
    }

    /// The hashes in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u64> {
        let slots = self.slots.iter().copied().filter(|&hash| hash != 0);
        self.zero.then_some(0).into_iter().chain(slots)
    }

    /// The hashes, ascending.
    pub(super) fn sorted(&self) -> Vec<u64> {
        let mut sorted: Vec<_> = self.iter().collect();
        sorted.sort_unstable();
        sorted
    }

    /// Bytes on the heap.
    pub(super) fn heap_size(&self) -> usize {
        self.slots.capacity() * size_of::<u64>()
    }
}

impl PartialEq for HashSet64 {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.sorted() == other.sorted()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_zero_and_colliding_hashes() {
        let mut set = HashSet64::default();
        let hashes: Vec<u64> = (0..200).map(|i| i << 32).collect();
        for &hash in &hashes {
            assert!(set.insert(hash));
            assert!(!set.insert(hash));
        }
        assert_eq!(set.len(), 200);
        assert_eq!(set.sorted(), hashes);
    }
}
