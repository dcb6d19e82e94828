//! Chance that is the same on every machine and in every run: a counter put through a mixer (SplitMix64).
//!
//! Not here: what is drawn.

/// A stream of numbers that its seed decides.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The stream of a seed and a number in it: streams of different numbers have nothing to do with each other.
    pub fn new(seed: u64, number: u64) -> Self {
        Self(mix(seed ^ mix(number.wrapping_add(0x9e37_79b9_7f4a_7c15))))
    }

    /// Any number.
    pub fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        // The high half of the product, without a division: this is called some thousand million times.
        ((u128::from(self.any()) * end as u128) >> 64) as usize
    }

    /// A number from 0 to below 1.
    pub fn share(&mut self) -> f64 {
        (self.any() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// One of them; `None` of none.
    pub fn one_of<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// Puts them into any order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            let other = self.below(at + 1);
            all.swap(at, other);
        }
    }
}

/// Spreads the bits of a number over all of them.
pub fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_stream_is_the_same_each_time(seed: u64, number: u64, end in 1usize..1000) {
            let (mut one, mut other) = (Chance::new(seed, number), Chance::new(seed, number));
            for _ in 0..20 {
                let drawn = one.below(end);
                prop_assert!(drawn < end);
                prop_assert_eq!(drawn, other.below(end));
            }
            prop_assert_ne!(Chance::new(seed, number).any(), Chance::new(seed, number ^ 1).any());
        }

        #[test]
        fn shuffling_loses_nothing(seed: u64, count in 0usize..50) {
            let mut all: Vec<usize> = (0..count).collect();
            Chance::new(seed, 0).shuffle(&mut all);
            all.sort_unstable();
            prop_assert_eq!(all, (0..count).collect::<Vec<_>>());
        }
    }
}
