//! Writing what the reader above reads: the other half of the format, native only.

use super::{List, Manifest, Of, PAIRS, Record, Rhythm, Shards, Slug, Standing, VERSION, sum};
use crate::bits::BitWriter;

fn write_list(w: &mut BitWriter, universe: u32, list: &List, of: Of) {
    w.filled_set(universe.into(), &list.docs);
    if let [standing] = list.standings.as_slice() {
        w.flag(*standing != Standing::TOGETHER);
        if *standing == Standing::TOGETHER {
            return;
        }
        w.flag(standing.has(Standing::TITLE));
        if !standing.has(Standing::TITLE) {
            of.flags_elsewhere().iter().for_each(|flag| w.flag(standing.has(*flag)));
        }
    } else {
        let mut flag = |flag, among: &[Standing]| {
            let places = (0..).zip(among).filter(|(_, s): &(u32, _)| s.has(flag)).map(|(i, _)| i);
            w.set(among.len() as u64, &places.collect::<Vec<u32>>());
        };
        flag(Standing::TITLE, &list.standings);
        let elsewhere: Vec<Standing> =
            list.standings.iter().copied().filter(|standing| !standing.has(Standing::TITLE)).collect();
        of.flags_elsewhere().iter().for_each(|&other| flag(other, &elsewhere));
    }
    if matches!(of, Of::Term) {
        for standing in list.standings.iter().filter(|s| s.has(Standing::TITLE)) {
            w.bits(standing.at().into(), 5);
        }
    }
}

fn write_record(w: &mut BitWriter, universe: u32, record: &Record, of: Of) {
    w.gamma(record.len() as u64 - 1);
    for (marks, list) in record {
        match of {
            Of::Term => w.bits(u64::from(*marks), 8),
            Of::Pair(first, second) => {
                w.bits(u64::from(marks >> 8), first);
                w.bits(u64::from(marks & 0xff), second);
            }
        }
        write_list(w, universe, list, of);
    }
}

/// The bytes of a record under this name.
pub(crate) fn record(name: &[u8], universe: u32, record: &Record) -> Vec<u8> {
    let mut w = BitWriter::default();
    write_record(&mut w, universe, record, Of::name(name));
    w.finish()
}

/// The bytes of a file with their sum at the end.
pub(crate) fn summed(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.extend(sum(&bytes));
    bytes
}

/// A file of records, each under its name.
#[derive(Debug, Default)]
pub(crate) struct Shard {
    records: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Shard {
    pub(crate) fn push(&mut self, name: Vec<u8>, record: Vec<u8>) {
        self.records.push((name, record));
    }

    /// The bytes: the records in the order of their names, each name without what it shares with the one before.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.records.sort();
        let mut bytes = Vec::new();
        let mut before: &[u8] = &[];
        for (name, record) in &self.records {
            let shared = name.iter().zip(before).take_while(|(a, b)| a == b).count().min(255);
            write_number(&mut bytes, shared as u64);
            write_number(&mut bytes, (name.len() - shared) as u64);
            bytes.extend_from_slice(&name[shared..]);
            write_number(&mut bytes, record.len() as u64);
            bytes.extend_from_slice(record);
            before = name;
        }
        summed(bytes)
    }
}

/// LEB128: seven bits a byte, the lowest first.
fn write_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        bytes.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}

impl Manifest {
    /// Its bytes.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut w = BitWriter::default();
        w.bits(VERSION, 8);
        w.bits(self.first_day as u32 as u64, 32);
        w.gamma(self.categories.len() as u64);
        for category in &self.categories {
            write_text(&mut w, category.as_ref().map_or("", Slug::as_str));
        }
        w.gamma(self.short_forms.len() as u64);
        for (short, long) in &self.short_forms {
            write_text(&mut w, short);
            write_text(&mut w, long);
        }
        w.flag(self.large);
        w.set(PAIRS, &self.words);
        w.gamma(self.segments.len() as u64);
        let mut packed = Vec::new();
        for segment in &self.segments {
            for span in &segment.spans {
                write_days(&mut w, &span.days);
            }
            match &segment.shards {
                Shards::Folder { id, bits } => {
                    w.flag(true);
                    w.bits(id >> 32, 32);
                    w.bits(id & 0xffff_ffff, 32);
                    w.bits((*bits).into(), 5);
                }
                Shards::Packed(bytes) => {
                    w.flag(false);
                    w.gamma(bytes.len() as u64);
                    packed.extend_from_slice(bytes);
                }
            }
        }
        let mut bytes = w.finish();
        bytes.extend(packed);
        summed(bytes)
    }
}

fn write_text(w: &mut BitWriter, text: &str) {
    w.gamma(text.len() as u64);
    for byte in text.bytes() {
        w.bits(byte.into(), 8);
    }
}

/// Days that never fall: as a walk or as counts, whichever is shorter.
fn write_days(w: &mut BitWriter, days: &[u16]) {
    let last = days.last().copied().unwrap_or(0);
    w.gamma(last.into());
    w.gamma(days.len() as u64);
    let (walk, counts) = (as_walk(days, last), as_counts(days, last));
    let is_shorter = counts.length() < walk.length();
    w.flag(is_shorter);
    w.append(if is_shorter { counts } else { walk });
}

fn as_walk(days: &[u16], last: u16) -> BitWriter {
    let mut w = BitWriter::default();
    let steps: Vec<u32> = (0..).zip(days).map(|(i, day): (u32, _)| i + u32::from(*day)).collect();
    w.set(u64::from(last) + days.len() as u64, &steps);
    w
}

fn as_counts(days: &[u16], last: u16) -> BitWriter {
    let mut w = BitWriter::default();
    let (mut rhythm, mut rest) = (Rhythm::default(), days);
    for day in 0..=last {
        let (here, behind) = rest.split_at(rest.partition_point(|&other| other == day));
        rest = behind;
        w.rice(rhythm.distance(day, here.len() as i64), rhythm.low(day));
        rhythm.learn(day, here.len() as i64);
    }
    w
}

#[cfg(test)]
mod tests {
    use super::{super::read_days, *};
    use crate::bits::BitReader;
    use proptest::prelude::*;

    fn written(days: &[u16]) -> Vec<u8> {
        let mut w = BitWriter::default();
        write_days(&mut w, days);
        w.finish()
    }

    proptest! {
        #[test]
        fn days_are_read_as_they_were_written(counts in prop::collection::vec(0usize..60, 0..200), gap in 0u16..500) {
            let days: Vec<u16> =
                (gap..).zip(&counts).flat_map(|(day, &count)| std::iter::repeat_n(day, count)).collect();
            prop_assert_eq!(read_days(&mut BitReader::new(&written(&days))).expect("days"), days);
        }

        #[test]
        fn any_bytes_are_days_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            if let Ok(days) = read_days(&mut BitReader::new(&bytes)) {
                prop_assert!(days.is_sorted());
            }
        }
    }

    #[test]
    fn days_with_many_articles_and_a_weekly_rhythm_take_few_bits() {
        // 20 to 27 on five days, one or two on the others: about 3 bits are news each day. A walk takes six.
        let count = |day: u16| if day % 7 < 5 { 20 + day * 5 % 8 } else { 1 + day * 3 % 2 };
        let days: Vec<u16> =
            (0..2_000).flat_map(|day| std::iter::repeat_n(day, usize::from(count(day)))).collect();
        assert!(written(&days).len() * 8 < 2_000 * 5, "{}", written(&days).len());
    }
    #[test]
    fn days_that_cost_few_bits_cannot_ask_for_endless_memory() {
        // Twice as many from week to week cost two bytes each; of all categories together they would be gigabytes.
        let days: Vec<u16> = (0..22_u16).flat_map(|week| std::iter::repeat_n(week * 7, 1 << week)).collect();
        let last = days.last().copied().expect("days");
        let mut w = BitWriter::default();
        for _ in 0..20 {
            w.gamma(last.into());
            w.gamma(days.len() as u64);
            w.flag(true);
            w.append(as_counts(&days, last));
        }
        let bytes = w.finish();
        assert!(bytes.len() < 20 * 1_000, "{}", bytes.len());
        let mut reader = BitReader::new(&bytes);
        let read: usize = (0..20).map_while(|_| read_days(&mut reader).ok()).map(|days| days.len()).sum();
        assert!(read <= 1 << 26, "{read}");
    }
}
