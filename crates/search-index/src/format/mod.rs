//! The files of the index: this and `write` are the only places that know their bytes. docs/search.md describes them for others.
//!
//! A *list* says in which documents a key stands, and how. A *record* has one list for each spelling of a key. A
//! *shard* is a file of records, each under its name, a *segment* is a set of shards over documents that are numbered
//! from 0, and the *manifest* is the door to all segments.
//!
//! Not here: what is looked up (`plan`), how segments are made (`build`).

use crate::{
    Error, ShortForms,
    bits::BitReader,
    key::{HASH_BITS, Key, PAIR, file_of, hash},
    standing::Standing,
};
use archive::{FileName, Slug};
use std::sync::Arc;

#[cfg(feature = "build")]
mod write;
#[cfg(feature = "build")]
pub(crate) use write::{Shard, record, summed};

/// Version of the index. A manifest of another version is refused.
const VERSION: u64 = 2;
/// Most documents of a segment: their numbers have 24 bits.
pub(crate) const MOST_DOCUMENTS: u32 = 1 << 24;
/// Numbers of pairs of syllables lie below this.
const PAIRS: u64 = (viet_text::MOST_SYLLABLES * viet_text::MOST_SYLLABLES) as u64;

/// Where a key stands, document by document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct List {
    /// Numbers in the segment, rising.
    pub(crate) docs: Vec<u32>,
    /// One for each.
    pub(crate) standings: Vec<Standing>,
}

/// The lists of one key by how it is spelled: the marks of a syllable, or those of a pair as `first << 8 | second`.
pub(crate) type Record = Vec<(u16, List)>;

/// What kind of key a record is of, and so how its spellings are written.
#[derive(Debug, Clone, Copy)]
enum Of {
    Term,
    /// Bits for the marks of the first and the second syllable.
    Pair(u32, u32),
}

impl Of {
    /// The flags of its lists besides that of the title. They are stored only where it is not in the title, since there
    /// nothing else counts (`merit`).
    fn flags_elsewhere(self) -> &'static [Standing] {
        match self {
            // Frequent syllables are often in most articles: to say so would cost much and rank nothing.
            Self::Term => &[Standing::LEAD],
            Self::Pair(..) => &[Standing::LEAD, Standing::OFTEN],
        }
    }

    /// What is stored under this name.
    fn name(name: &[u8]) -> Self {
        let bits = |number: u32| {
            let syllable = u16::try_from(number).ok().and_then(viet_text::numbered_syllable);
            viet_text::marks_bits(&syllable.unwrap_or_default())
        };
        match *name {
            [PAIR, high, middle, low] => {
                let pair = u32::from_be_bytes([0, high, middle, low]);
                Self::Pair(bits(pair >> 12), bits(pair & 0xfff))
            }
            _ => Self::Term,
        }
    }
}

/// Marks which standings have a flag, as places among those that come.
fn read_flag<'a>(
    r: &mut BitReader<'_>,
    flag: Standing,
    of: u32,
    mut among: impl Iterator<Item = &'a mut Standing>,
) -> Result<(), Error> {
    let mut passed = 0;
    for place in r.set(of.into())? {
        if let Some(standing) = among.nth((place - passed) as usize) {
            *standing = standing.with(flag);
        }
        passed = place + 1;
    }
    Ok(())
}

fn read_list(r: &mut BitReader<'_>, universe: u32, of: Of) -> Result<List, Error> {
    let docs = r.filled_set(universe.into())?;
    let count = docs.len();
    let mut standings = vec![Standing::TOGETHER; count];
    let is_titled = |standing: &Standing| standing.has(Standing::TITLE);
    if let [standing] = standings.as_mut_slice() {
        // Most lists have one document, and say nothing more of it.
        if r.flag()? {
            if r.flag()? {
                *standing = standing.with(Standing::TITLE);
            } else {
                for &flag in of.flags_elsewhere() {
                    *standing = if r.flag()? { standing.with(flag) } else { *standing };
                }
            }
        }
    } else {
        read_flag(r, Standing::TITLE, count as u32, standings.iter_mut())?;
        let elsewhere = standings.iter().filter(|standing| !is_titled(standing)).count() as u32;
        for &flag in of.flags_elsewhere() {
            read_flag(r, flag, elsewhere, standings.iter_mut().filter(|standing| !is_titled(standing)))?;
        }
    }
    if matches!(of, Of::Term) {
        for standing in standings.iter_mut().filter(|standing| is_titled(standing)) {
            *standing = standing.in_title(r.bits(5)? as usize);
        }
    }
    Ok(List { docs, standings })
}

fn read_record(r: &mut BitReader<'_>, universe: u32, of: Of) -> Result<Record, Error> {
    let spellings = bounded(r, 1 << 16)? + 1;
    let mut record = Vec::new();
    for _ in 0..spellings {
        let marks = match of {
            Of::Term => r.bits(8)?,
            Of::Pair(first, second) => r.bits(first)? << 8 | r.bits(second)?,
        };
        record.push((marks as u16, read_list(r, universe, of)?));
    }
    Ok(record)
}

fn read_number(bytes: &mut &[u8]) -> Result<usize, Error> {
    let mut number = 0;
    for shift in (0..28).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or(Error::Truncated)?;
        *bytes = rest;
        number |= usize::from(byte & 127) << shift;
        if byte < 128 {
            return Ok(number);
        }
    }
    Err(Error::Damaged("a length over 28 bits"))
}

/// Bytes of the sum at the end of every file.
const SUM: usize = 4;

/// FNV-1a of 32 bits. Every step can be undone, so one byte that is another always gives another sum.
fn sum(bytes: &[u8]) -> [u8; SUM] {
    let sum =
        bytes.iter().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    sum.to_le_bytes()
}

/// The bytes of a file without the sum at their end.
///
/// # Errors
/// When the sum is not theirs: the file is damaged or cut.
pub(crate) fn whole(file: &[u8]) -> Result<&[u8], Error> {
    let (bytes, end) = file.split_last_chunk::<SUM>().ok_or(Error::Truncated)?;
    if sum(bytes) == *end { Ok(bytes) } else { Err(Error::Damaged("its sum is another")) }
}

fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Result<&'a [u8], Error> {
    let (taken, rest) = bytes.split_at_checked(count).ok_or(Error::Truncated)?;
    *bytes = rest;
    Ok(taken)
}

/// The bytes of the record of this name in a shard; `None` when there is none.
fn find_record<'a>(shard: &'a [u8], wanted: &[u8]) -> Result<Option<&'a [u8]>, Error> {
    let (mut rest, mut name) = (shard, Vec::new());
    while !rest.is_empty() {
        let shared = read_number(&mut rest)?;
        if shared > name.len() {
            return Err(Error::Damaged("a name that shares more than there is"));
        }
        name.truncate(shared);
        let length = read_number(&mut rest)?;
        name.extend_from_slice(take(&mut rest, length)?);
        let length = read_number(&mut rest)?;
        let record = take(&mut rest, length)?;
        match name.as_slice().cmp(wanted) {
            std::cmp::Ordering::Less => {}
            std::cmp::Ordering::Equal => return Ok(Some(record)),
            std::cmp::Ordering::Greater => return Ok(None),
        }
    }
    Ok(None)
}

/// The documents of one category in a segment, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Span {
    /// The segment's number of its first document.
    pub(crate) start: u32,
    /// How many documents of the category lie in segments before.
    pub(crate) before: u32,
    /// The day of each, counted from [`Manifest::first_day`]; never falling.
    pub(crate) days: Vec<u16>,
}

/// Where the shards of a segment are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shards {
    /// In files of the folder `search/<16 hexadecimal digits>/`: as many as its bits can number.
    Folder { id: u64, bits: u32 },
    /// In the manifest itself: one shard.
    Packed(Arc<[u8]>),
}

/// Documents that are indexed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Segment {
    /// One for each category of the manifest.
    pub(crate) spans: Vec<Span>,
    pub(crate) shards: Shards,
}

impl Segment {
    /// How many documents it has.
    pub(crate) fn documents(&self) -> u32 {
        self.spans.last().map_or(0, |span| span.start + span.days.len() as u32)
    }

    /// The file that a key is in if it is anywhere; `None` where it is packed into the manifest.
    pub(crate) fn file(&self, key: &Key) -> Option<FileName> {
        match self.shards {
            Shards::Packed(_) => None,
            Shards::Folder { id, bits } => {
                let number = file_of(hash(&key.name()), bits);
                FileName::try_from(format!("{}/{number}.bin", folder_name(id))).ok()
            }
        }
    }

    /// The record of a key in the bytes of its shard; empty when it stands nowhere.
    pub(crate) fn record(&self, key: &Key, shard: &[u8]) -> Result<Record, Error> {
        let name = key.name();
        let Some(bytes) = find_record(shard, &name)? else { return Ok(Vec::new()) };
        read_record(&mut BitReader::new(bytes), self.documents(), Of::name(&name))
    }
}

/// The folder of a segment's files, below the published folder.
pub(crate) fn folder_name(id: u64) -> String {
    format!("search/{id:016x}")
}

/// The door to the index: what has to be known before anything can be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Days since 1970-01-01 of the oldest document.
    pub(crate) first_day: i32,
    /// In the order of their slugs; documents without a category have the empty one.
    pub(crate) categories: Vec<Option<Slug>>,
    pub(crate) short_forms: ShortForms,
    /// Whether there are lists of titles alone ([`Key::Title`]).
    pub(crate) large: bool,
    /// Pairs of syllables that are a word of this archive: `first << 12 | second`, rising.
    pub(crate) words: Vec<u32>,
    pub(crate) segments: Vec<Segment>,
}

impl Manifest {
    /// How many documents the index has.
    pub fn documents(&self) -> u32 {
        self.segments.iter().map(Segment::documents).sum()
    }

    /// The department's own short forms, as the index was made with them.
    pub fn short_forms(&self) -> &ShortForms {
        &self.short_forms
    }

    /// Reads the bytes of a manifest.
    ///
    /// # Errors
    /// When they are damaged, cut or of another version.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        if u64::from(*bytes.first().ok_or(Error::Truncated)?) != VERSION {
            return Err(Error::Version);
        }
        let mut r = BitReader::new(whole(bytes)?);
        r.bits(8)?;
        let first_day = r.bits(32)? as u32 as i32;
        let mut categories = Vec::new();
        for _ in 0..bounded(&mut r, 1 << 8)? {
            let slug = read_text(&mut r)?;
            categories.push(match slug.as_str() {
                "" => None,
                slug => Some(slug.parse().map_err(|_| Error::Damaged("a category that is no slug"))?),
            });
        }
        let mut short_forms = ShortForms::new();
        for _ in 0..bounded(&mut r, 1 << 10)? {
            let short = read_text(&mut r)?;
            short_forms.insert(short, read_text(&mut r)?);
        }
        let large = r.flag()?;
        let words = r.set(PAIRS)?;
        let mut before = vec![0; categories.len()];
        let mut segments = Vec::new();
        let mut packed = Vec::new();
        for _ in 0..bounded(&mut r, 1 << 8)? {
            let mut spans = Vec::new();
            let mut start = 0;
            for before in &mut before {
                let days = read_days(&mut r)?;
                let count = days.len() as u32;
                spans.push(Span { start, before: *before, days });
                start += count;
                *before += count;
                if start > MOST_DOCUMENTS || *before > MOST_DOCUMENTS {
                    return Err(Error::Damaged("more documents than can be numbered"));
                }
            }
            let shards = if r.flag()? {
                let id = r.bits(32)? << 32 | r.bits(32)?;
                let bits = r.bits(5)? as u32;
                if bits > HASH_BITS {
                    return Err(Error::Damaged("more files than a hash can tell apart"));
                }
                Shards::Folder { id, bits }
            } else {
                packed.push((segments.len(), r.gamma()? as usize));
                Shards::Packed(Arc::default())
            };
            segments.push(Segment { spans, shards });
        }
        let mut rest = r.rest();
        for (segment, length) in packed {
            segments[segment].shards = Shards::Packed(whole(take(&mut rest, length)?)?.into());
        }
        if !rest.is_empty() {
            return Err(Error::Damaged("bytes behind the end"));
        }
        Ok(Self { first_day, categories, short_forms, large, words, segments })
    }
}

fn bounded(r: &mut BitReader<'_>, most: u64) -> Result<u64, Error> {
    let number = r.gamma()?;
    if number > most { Err(Error::Damaged("a count over its limit")) } else { Ok(number) }
}

fn read_text(r: &mut BitReader<'_>) -> Result<String, Error> {
    let length = bounded(r, 1 << 12)?;
    let bytes = (0..length).map(|_| r.bits(8).map(|byte| byte as u8)).collect::<Result<Vec<_>, _>>()?;
    String::from_utf8(bytes).map_err(|_| Error::Damaged("a text that is no UTF-8"))
}

/// Days that never fall: of a walk with a step for each day and each document, the places of the documents; or, where
/// days have many, how many each has.
fn read_days(r: &mut BitReader<'_>) -> Result<Vec<u16>, Error> {
    let last = bounded(r, u16::MAX.into())?;
    let count = bounded(r, MOST_DOCUMENTS.into())?;
    if !r.flag()? {
        let steps = r.set(last + count)?;
        if steps.len() as u64 != count {
            return Err(Error::Damaged("another number of days than of documents"));
        }
        return Ok((0..).zip(steps).map(|(i, step): (u32, _)| (step - i) as u16).collect());
    }
    r.expect_members(count)?;
    let (mut days, mut rhythm) = (Vec::new(), Rhythm::default());
    for day in 0..=last as u16 {
        let here = rhythm.count(day, r.rice(rhythm.low(day))?);
        let left = count - days.len() as u64;
        let here =
            here.filter(|&here| here <= left).ok_or(Error::Damaged("a day with more than there are"))?;
        days.extend(std::iter::repeat_n(day, here as usize));
        rhythm.learn(day, here as i64);
    }
    if days.len() as u64 != count {
        return Err(Error::Damaged("another number of days than of documents"));
    }
    Ok(days)
}

/// How many documents a day is expected to have, from the same day of the weeks before; and how far off that was. In
/// sixteenths, for the same bytes everywhere.
#[derive(Debug, Default)]
struct Rhythm {
    expected: [i64; 7],
    missed: [i64; 7],
}

impl Rhythm {
    fn expected(&self, day: u16) -> i64 {
        (self.expected[usize::from(day % 7)] + 8) >> 4
    }

    /// How many low bits a distance is written with.
    fn low(&self, day: u16) -> u32 {
        ((self.missed[usize::from(day % 7)] >> 4) as u64).checked_ilog2().unwrap_or(0).min(32)
    }

    /// The number that stands for a count: 0 for the one expected, then by turns one less and one more.
    #[cfg(feature = "build")]
    fn distance(&self, day: u16, count: i64) -> u64 {
        let off = count - self.expected(day);
        ((off << 1) ^ (off >> 63)) as u64
    }

    /// The count that a number stands for; `None` when there is none.
    fn count(&self, day: u16, distance: u64) -> Option<u64> {
        let off = i64::try_from(distance >> 1).ok()? ^ -((distance & 1) as i64);
        u64::try_from(self.expected(day).checked_add(off)?).ok()
    }

    fn learn(&mut self, day: u16, count: i64) {
        let weekday = usize::from(day % 7);
        let off = count - self.expected(day);
        let distance = (off << 1) ^ (off >> 63);
        self.expected[weekday] += ((count << 4) - self.expected[weekday]) >> 3;
        self.missed[weekday] += ((distance << 4) - self.missed[weekday]) >> 3;
    }
}
