//! Pseudonyms of persons and firms: the same for the same identifier everywhere in a node, and of no use without its key.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::manifest::hex;

/// Pseudonyms remembered at most; beyond that they are made anew.
const REMEMBERED: usize = 1 << 16;

/// Makes pseudonyms: the first 64 bits of HMAC-SHA256 (RFC 2104) under the node's key, as 16 hexadecimal digits.
pub(crate) struct Pseudonyms {
    inner: Sha256,
    outer: Sha256,
    known: HashMap<String, [u8; 16]>,
}

impl Pseudonyms {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        let keyed = |pad: u8| {
            let mut block = [pad; 64];
            for (byte, key) in block.iter_mut().zip(key) {
                *byte ^= key;
            }
            Sha256::new_with_prefix(block)
        };
        Pseudonyms { inner: keyed(0x36), outer: keyed(0x5c), known: HashMap::new() }
    }

    fn mac(&self, text: &[u8]) -> [u8; 32] {
        let inner = self.inner.clone().chain_update(text).finalize();
        self.outer.clone().chain_update(inner).finalize().into()
    }

    /// The pseudonym of an identifier, ASCII.
    pub(crate) fn of(&mut self, identifier: &str) -> [u8; 16] {
        if let Some(known) = self.known.get(identifier) {
            return *known;
        }
        let text = hex(&self.mac(identifier.as_bytes())[..8]);
        let pseudonym: [u8; 16] = text.as_bytes().try_into().expect("eight bytes make sixteen digits");
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(identifier.to_owned(), pseudonym);
        pseudonym
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pseudonyms_are_hmac_sha256() {
        // RFC 4231, test case 2, whose key is shorter than 32 bytes and so padded with zeros.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let pseudonyms = Pseudonyms::new(&key);
        assert_eq!(
            hex(&pseudonyms.mac(b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn pseudonyms_depend_on_the_key() {
        let (mut a, mut b) = (Pseudonyms::new(&[1; 32]), Pseudonyms::new(&[2; 32]));
        assert_eq!(a.of("TIN-1"), a.of("TIN-1"));
        assert_ne!(a.of("TIN-1"), b.of("TIN-1"));
        assert_ne!(a.of("TIN-1"), a.of("TIN-2"));
    }
}
