//! A small hash that gives the same numbers on every machine and in every version.

/// FNV-1a over `bytes`, continuing from `state`.
pub fn hash(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |state, byte| (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Where a hash starts.
pub const START: u64 = 0xcbf2_9ce4_8422_2325;

/// Numbers that look like chance and follow from a seed: splitmix64.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The sequence of `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to `count`, which is not in it; 0 for an empty range.
    pub fn below(&mut self, count: usize) -> usize {
        // The bias is one in 2⁶⁴ for every value that there is.
        self.next().checked_rem(count as u64).unwrap_or(0) as usize
    }

    /// Puts `items` in an order of chance.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        assert_eq!(hash(START, b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(START, b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn chance_is_splitmix64() {
        let mut chance = Chance::new(1_234_567);
        assert_eq!((chance.next(), chance.next()), (6_457_827_717_110_365_317, 3_203_168_211_198_807_973));
        assert_eq!(chance.below(0), 0);
    }
}
