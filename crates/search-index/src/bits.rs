//! Numbers in few bits: what every file of the index is made of.
//!
//! Written from the highest bit of a byte down. A reader that comes to the end says so; it never reads more
//! numbers than the bytes have bits, so damaged bytes cost no more time than good ones. Not here: what the
//! numbers mean (`format`).

use crate::Error;

/// Appends bits.
#[cfg(feature = "build")]
#[derive(Debug, Default)]
pub(crate) struct BitWriter {
    bytes: Vec<u8>,
    /// Bits that do not fill a byte yet, in the low end.
    open: u64,
    count: u32,
}

#[cfg(feature = "build")]
impl BitWriter {
    /// The low `count` bits of a number; at most 56.
    pub(crate) fn bits(&mut self, value: u64, count: u32) {
        self.open = self.open << count | value & ((1 << count) - 1);
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.open >> self.count) as u8);
        }
    }

    pub(crate) fn flag(&mut self, on: bool) {
        self.bits(u64::from(on), 1);
    }

    fn unary(&mut self, value: u64) {
        for _ in 0..value / 32 {
            self.bits(0, 32);
        }
        self.bits(1, (value % 32) as u32 + 1);
    }

    /// Elias gamma of `value + 1`: 1 bit for 0, 3 for 1 and 2, …
    pub(crate) fn gamma(&mut self, value: u64) {
        let length = 63 - (value + 1).leading_zeros();
        self.unary(u64::from(length));
        self.bits(value + 1, length);
    }

    /// How many bits there are.
    pub(crate) fn length(&self) -> usize {
        self.bytes.len() * 8 + self.count as usize
    }

    /// What another one has written.
    pub(crate) fn append(&mut self, other: Self) {
        other.bytes.iter().for_each(|&byte| self.bits(byte.into(), 8));
        self.bits(other.open, other.count);
    }

    pub(crate) fn rice(&mut self, value: u64, low: u32) {
        self.unary(value >> low);
        self.bits(value, low);
    }

    /// A set of numbers below `universe`, in order: their count, and the smaller of the set and its complement as
    /// gaps in Rice codes whose parameter follows from the count.
    pub(crate) fn set(&mut self, universe: u64, members: &[u32]) {
        self.gamma(members.len() as u64);
        self.members(universe, members);
    }

    /// The same for a set that is not empty: its count takes fewer bits.
    pub(crate) fn filled_set(&mut self, universe: u64, members: &[u32]) {
        self.gamma(members.len() as u64 - 1);
        self.members(universe, members);
    }

    fn members(&mut self, universe: u64, members: &[u32]) {
        let count = members.len() as u64;
        if count == 0 || count == universe {
            return;
        }
        if count * 2 > universe {
            let mut absent = Vec::with_capacity((universe - count) as usize);
            let mut next = 0;
            for &member in members {
                absent.extend(next..member);
                next = member + 1;
            }
            absent.extend(next..universe as u32);
            self.gaps(universe, &absent);
        } else {
            self.gaps(universe, members);
        }
    }

    fn gaps(&mut self, universe: u64, members: &[u32]) {
        let low = rice_parameter(universe, members.len() as u64);
        let mut next = 0;
        for &member in members {
            self.rice(u64::from(member - next), low);
            next = member + 1;
        }
    }

    /// The bytes, the last one filled up with zeros.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bytes.push((self.open << (8 - self.count)) as u8);
        }
        self.bytes
    }
}

/// The best Rice parameter for members that are spread evenly: the least for which a run of `2^k` absent ones is
/// less probable than the golden ratio's 0.618 (Gallager and van Voorhis). In whole numbers, for the same bytes
/// everywhere.
fn rice_parameter(universe: u64, count: u64) -> u32 {
    const GOLDEN: u64 = 2_654_435_769;
    let mut absent = ((universe.saturating_sub(count)) << 32) / universe.max(1);
    let mut low = 0;
    while absent > GOLDEN && low < 32 {
        absent = (absent * absent) >> 32;
        low += 1;
    }
    low
}

/// Most members that all that is read from one record, or from the manifest, has together. Full sets cost no bits for their members, so without
/// this a small damaged record could ask for endless work; a real one has under a tenth.
const MOST_MEMBERS: u64 = 1 << 26;

/// Reads what a [`BitWriter`] wrote.
#[derive(Debug, Clone)]
pub(crate) struct BitReader<'a> {
    bytes: &'a [u8],
    /// The next bit, counted from the start.
    at: usize,
    /// Members of sets read so far.
    members: u64,
}

impl<'a> BitReader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, members: 0 }
    }

    /// The next 56 bits or more in the high end, zeros behind the end.
    fn window(&self) -> u64 {
        let byte = self.at / 8;
        let word = match self.bytes.get(byte..byte + 8) {
            Some(eight) => eight.iter().fold(0, |word, &b| word << 8 | u64::from(b)),
            None => {
                let rest = self.bytes.get(byte..).unwrap_or_default();
                (0..8).fold(0, |word, i| word << 8 | u64::from(rest.get(i).copied().unwrap_or(0)))
            }
        };
        word << (self.at % 8)
    }

    fn advance(&mut self, count: u32) -> Result<(), Error> {
        self.at += count as usize;
        if self.at > self.bytes.len() * 8 { Err(Error::Truncated) } else { Ok(()) }
    }

    /// A number of `count` bits; at most 56.
    pub(crate) fn bits(&mut self, count: u32) -> Result<u64, Error> {
        if count == 0 {
            return Ok(0);
        }
        let value = self.window() >> (64 - count);
        self.advance(count)?;
        Ok(value)
    }

    /// The bytes behind the one that the next bit is in, or begins.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at.div_ceil(8)..).unwrap_or_default()
    }

    pub(crate) fn flag(&mut self) -> Result<bool, Error> {
        Ok(self.bits(1)? == 1)
    }

    fn unary(&mut self) -> Result<u64, Error> {
        let mut value = 0;
        loop {
            let zeros = self.window().leading_zeros();
            if zeros < 56 {
                self.advance(zeros + 1)?;
                return Ok(value + u64::from(zeros));
            }
            self.advance(56)?;
            value += 56;
        }
    }

    pub(crate) fn gamma(&mut self) -> Result<u64, Error> {
        let length = self.unary()?;
        if length > 40 {
            return Err(Error::Damaged("a number over 40 bits"));
        }
        Ok((1 << length | self.bits(length as u32)?) - 1)
    }

    /// A number that [`BitWriter::rice`] wrote; `low` is at most 32.
    pub(crate) fn rice(&mut self, low: u32) -> Result<u64, Error> {
        let high = self.unary()?;
        Ok(high << low | self.bits(low)?)
    }

    /// A set that [`BitWriter::set`] wrote.
    pub(crate) fn set(&mut self, universe: u64) -> Result<Vec<u32>, Error> {
        let count = self.gamma()?;
        self.set_of(universe, count)
    }

    /// A set that [`BitWriter::filled_set`] wrote.
    pub(crate) fn filled_set(&mut self, universe: u64) -> Result<Vec<u32>, Error> {
        let count = self.gamma()? + 1;
        self.set_of(universe, count)
    }

    /// Counts members before there is room made for them.
    ///
    /// # Errors
    /// When there are more than [`MOST_MEMBERS`] by now.
    pub(crate) fn expect_members(&mut self, count: u64) -> Result<(), Error> {
        self.members += count;
        if self.members > MOST_MEMBERS {
            Err(Error::Damaged("more members than there can be"))
        } else {
            Ok(())
        }
    }

    fn set_of(&mut self, universe: u64, count: u64) -> Result<Vec<u32>, Error> {
        self.expect_members(count)?;
        if count > universe || universe > u64::from(u32::MAX) {
            return Err(Error::Damaged("a set with more members than there are"));
        }
        if count == 0 {
            return Ok(Vec::new());
        }
        if count == universe {
            return Ok((0..universe as u32).collect());
        }
        if count * 2 > universe {
            let absent = self.gaps(universe, universe - count)?;
            let mut members = Vec::with_capacity(count as usize);
            let mut next = 0;
            for gone in absent {
                members.extend(next..gone);
                next = gone + 1;
            }
            members.extend(next..universe as u32);
            return Ok(members);
        }
        self.gaps(universe, count)
    }

    fn gaps(&mut self, universe: u64, count: u64) -> Result<Vec<u32>, Error> {
        // A member takes a bit at least: no room is made for more than can come.
        if count > (self.bytes.len() * 8 - self.at.min(self.bytes.len() * 8)) as u64 {
            return Err(Error::Truncated);
        }
        let low = rice_parameter(universe, count);
        let mut members = Vec::with_capacity(count as usize);
        let mut next = 0;
        for _ in 0..count {
            let member = next + self.rice(low)?;
            if member >= universe {
                return Err(Error::Damaged("a member beyond the set"));
            }
            members.push(member as u32);
            next = member + 1;
        }
        Ok(members)
    }
}

#[cfg(all(test, feature = "build"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(
            numbers in prop::collection::vec((0u64..1 << 40, 0u32..41), 0..40),
            universe in 1u32..4000, picks in prop::collection::btree_set(0u32..4000, 0..4000),
        ) {
            let members: Vec<u32> = picks.into_iter().filter(|&m| m < universe).collect();
            let mut writer = BitWriter::default();
            for &(number, bits) in &numbers {
                writer.bits(number, bits);
                writer.gamma(number);
                writer.rice(number & 0xffff, bits % 20);
            }
            writer.set(universe.into(), &members);
            let bytes = writer.finish();
            let mut reader = BitReader::new(&bytes);
            for &(number, bits) in &numbers {
                prop_assert_eq!(reader.bits(bits).expect("there"), number & ((1 << bits) - 1));
                prop_assert_eq!(reader.gamma().expect("there"), number);
                prop_assert_eq!(reader.rice(bits % 20).expect("there"), number & 0xffff);
            }
            prop_assert_eq!(reader.set(universe.into()).expect("there"), members);
            prop_assert!(reader.bits(8).is_err());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), universe in 0u64..1 << 33) {
            let mut reader = BitReader::new(&bytes);
            while reader.set(universe).is_ok_and(|members| !members.is_empty() && members.len() < 10_000) {}
        }
    }

    #[test]
    fn a_set_costs_little_more_than_it_must() {
        // Every third of 30,000: 0.918 bits for each place at best, 3,444 bytes.
        let members: Vec<u32> =
            (0..30_000u32).filter(|i| i.wrapping_mul(2_654_435_761) >> 16 < 21_845).collect();
        let mut writer = BitWriter::default();
        writer.set(30_000, &members);
        assert!(writer.finish().len() < 3_444 * 108 / 100);
    }
}
