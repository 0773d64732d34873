//! Values by name: quick to find by name, kept in the order they came.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// FNV-1a: names are short, and they are the reader's own, so nobody gains by making them collide.
#[derive(Clone)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// A number that looks random and is always the same for `text` and `seed`.
pub(crate) fn scatter(text: &str, seed: u64) -> u64 {
    let mut hash = Fnv::default();
    hash.write(&seed.to_le_bytes());
    hash.write(text.as_bytes());
    // FNV mixes its low bits poorly; this final step is SplitMix64's.
    let mixed = (hash.finish() ^ (hash.finish() >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Values by name. Equal to another if it has the same names and values, in whatever order they came.
#[derive(Debug, Clone)]
pub(crate) struct Table<V> {
    index: HashMap<Box<str>, u32, BuildHasherDefault<Fnv>>,
    values: Vec<(Box<str>, V)>,
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self { index: HashMap::default(), values: Vec::new() }
    }
}

impl<V: PartialEq> PartialEq for Table<V> {
    fn eq(&self, other: &Self) -> bool {
        self.values.len() == other.values.len()
            && self.values.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl<V> Table<V> {
    pub(crate) fn get(&self, name: &str) -> Option<&V> {
        self.index.get(name).map(|at| &self.values[*at as usize].1)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.values.iter().map(|(name, value)| (&**name, value))
    }
}

impl<V: Default> Table<V> {
    /// The value of that name, made if there was none.
    pub(crate) fn entry(&mut self, name: &str) -> &mut V {
        let at = match self.index.get(name) {
            Some(at) => *at as usize,
            None => {
                let at = self.values.len();
                self.index.insert(name.into(), at as u32);
                self.values.push((name.into(), V::default()));
                at
            }
        };
        &mut self.values[at].1
    }
}
