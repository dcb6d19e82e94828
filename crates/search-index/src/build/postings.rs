//! From a document to its postings: what stands where, once for each key.
//!
//! Not here: what is done with them (`runs`, `merge`).

use super::Text;
use crate::{
    key::{HASH_BITS, Key, hash},
    reading::{Reader, Tok},
    standing::Standing,
};
use rustc_hash::FxHashMap;

/// A key and a document in one record. Keys sort by the hash of their record first, so that a file is a stretch of
/// them, and then as `merge` takes them:
/// `hash 20 | 0 | first syllable 12 | pair? 1 | second syllable 12 | first marks 8 | second marks 8 | 0 0`, or
/// `hash 20 | 1 | hash of the name 35 | marks 8` for names that are no syllable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Posting {
    pub(super) key: u64,
    pub(super) doc: u32,
    pub(super) standing: Standing,
}

const NAMED: u64 = 1 << 43;
const PAIR: u64 = 1 << 30;

impl Posting {
    /// The part of the key that all postings of one record share.
    pub(super) fn group(self) -> u64 {
        if self.key & NAMED != 0 {
            self.key >> 8 << 8
        } else if self.key & PAIR == 0 {
            self.key >> 30 << 30
        } else {
            self.key >> 18 << 18
        }
    }

    pub(super) fn hash(self) -> u32 {
        (self.key >> 44) as u32
    }

    /// The key of the name in the table of names.
    pub(super) fn name(self) -> Option<u64> {
        (self.key & NAMED != 0).then_some(self.key >> 8)
    }

    pub(super) fn first(self) -> u16 {
        (self.key >> 31 & 0xfff) as u16
    }

    /// The two syllables of a pair.
    pub(super) fn pair(self) -> Option<(u16, u16)> {
        (self.key & (NAMED | PAIR) == PAIR).then_some((self.first(), (self.key >> 18 & 0xfff) as u16))
    }

    pub(super) fn marks(self) -> u16 {
        if self.key & NAMED != 0 {
            (self.key & 0xff) as u16
        } else if self.key & PAIR == 0 {
            (self.key >> 10 & 0xff) as u16
        } else {
            (self.key >> 2 & 0xffff) as u16
        }
    }
}

/// Makes postings; one for each thread.
pub(super) struct Poster {
    reader: Reader,
    /// Whether terms in titles get lists of their own.
    large: bool,
    /// By term of the reader: the key of its list of titles, without marks; 0 until it is known.
    titles: Vec<u64>,
    /// By term of the reader: its key without marks; 0 until it is known.
    bases: Vec<u64>,
    /// The hashes of pairs.
    pairs: FxHashMap<(u16, u16), u64>,
    /// Names that are no syllable, and their keys, that have not been fetched yet.
    pub(super) names: Vec<(u64, String)>,
    known: FxHashMap<u64, ()>,
    found: Vec<Occurrence>,
    /// In how many documents each syllable is, and how many tokens there are.
    pub(super) frequencies: Vec<u32>,
    pub(super) tokens: u64,
}

#[derive(Clone, Copy)]
struct Occurrence {
    key: u64,
    standing: Standing,
}

impl Poster {
    pub(super) fn new(reader: Reader, large: bool) -> Self {
        Self {
            reader,
            large,
            bases: Vec::new(),
            titles: Vec::new(),
            pairs: FxHashMap::default(),
            names: Vec::new(),
            known: FxHashMap::default(),
            found: Vec::new(),
            frequencies: vec![0; viet_text::MOST_SYLLABLES],
            tokens: 0,
        }
    }

    fn named(&mut self, name: &str) -> u64 {
        let wide = name.bytes().fold(0x9ae1_6a3b_2f90_404f_u64, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x9ddf_ea08_eb38_2d69).rotate_left(23)
        });
        let key = u64::from(hash(name.as_bytes())) << 44 | NAMED | (wide >> 29) << 8;
        if self.known.insert(key >> 8, ()).is_none() {
            self.names.push((key >> 8, name.to_owned()));
        }
        key
    }

    fn base(&mut self, term: u32) -> u64 {
        let at = term as usize;
        if at >= self.bases.len() {
            self.bases.resize(at + 1, 0);
        }
        if self.bases[at] == 0 {
            let folded = self.reader.folded(term).to_owned();
            self.bases[at] = match self.reader.syllable(term) {
                Some(number) => u64::from(hash(folded.as_bytes())) << 44 | u64::from(number) << 31,
                None => self.named(&folded),
            };
        }
        self.bases[at]
    }

    /// The key of a term's list of titles, without marks.
    fn title(&mut self, term: u32) -> u64 {
        let at = term as usize;
        if at >= self.titles.len() {
            self.titles.resize(at + 1, 0);
        }
        if self.titles[at] == 0 {
            let name = Key::Title(self.reader.folded(term).to_owned()).name();
            self.titles[at] = self.named(&String::from_utf8_lossy(&name));
        }
        self.titles[at]
    }

    /// The key of two neighbours. Those with a function word are indexed from titles alone.
    fn pair(&mut self, first: &Tok, second: &Tok, in_title: bool) -> Option<u64> {
        if second.new_line || !in_title && (first.function || second.function) {
            return None;
        }
        let numbers = (self.reader.syllable(first.term)?, self.reader.syllable(second.term)?);
        let hash_bits = *self
            .pairs
            .entry(numbers)
            .or_insert_with(|| hash(&Key::Pair(numbers.0, numbers.1).name()).into());
        debug_assert!(hash_bits < 1 << HASH_BITS);
        let (first_marks, second_marks) = (u64::from(first.marks), u64::from(second.marks));
        Some(
            hash_bits << 44
                | u64::from(numbers.0) << 31
                | PAIR
                | u64::from(numbers.1) << 18
                | first_marks << 10
                | second_marks << 2,
        )
    }

    /// The postings of a document, added to `postings`.
    pub(super) fn post(&mut self, doc: u32, text: &Text<'_>, postings: &mut Vec<Posting>) {
        self.found.clear();
        self.field(&text.title, Standing::TITLE);
        self.field(&text.lead, Standing::LEAD);
        self.field(&text.body, Standing::TOGETHER);
        for tag in text.tags.iter() {
            self.field(tag, Standing::TOGETHER);
        }
        let mut filters = Vec::new();
        if !text.unit.trim().is_empty() {
            filters.push(Key::unit(&text.unit));
        }
        filters.extend(text.tags.iter().map(|tag| Key::tag(tag)));
        if text.attachments {
            filters.push(Key::Attachments);
        }
        for key in filters {
            let key = self.named(&String::from_utf8_lossy(&key.name()));
            self.found.push(Occurrence { key, standing: Standing::TOGETHER });
        }
        self.found.sort_unstable_by_key(|occurrence| occurrence.key);
        let mut last_term = u64::MAX;
        for same in self.found.chunk_by(|a, b| a.key == b.key) {
            let mut standing = same.iter().fold(Standing::default(), |all, one| all.and(one.standing));
            let of_pair = same[0].key & (NAMED | PAIR) == PAIR;
            if of_pair && !self.large && same.len() >= Standing::MANY as usize {
                standing = standing.with(Standing::OFTEN);
            }
            let posting = Posting { key: same[0].key, doc, standing };
            if posting.key & (NAMED | PAIR) == 0 && posting.key >> 30 != last_term {
                last_term = posting.key >> 30;
                self.frequencies[usize::from(posting.first())] += 1;
            }
            postings.push(posting);
        }
    }

    /// The occurrences in one field.
    fn field(&mut self, text: &str, place: Standing) {
        let toks = self.reader.read(text);
        self.tokens += toks.len() as u64;
        let in_title = place == Standing::TITLE;
        let place = place.with(Standing::TOGETHER);
        for (at, tok) in toks.iter().enumerate() {
            let base = self.base(tok.term);
            let shift = if base & NAMED != 0 { 0 } else { 10 };
            let standing = if in_title { place.in_title(at) } else { place };
            self.found.push(Occurrence { key: base | u64::from(tok.marks) << shift, standing });
            if in_title && self.large {
                let key = self.title(tok.term);
                self.found.push(Occurrence { key: key | u64::from(tok.marks), standing: Standing::TOGETHER });
            }
            let before = at.checked_sub(1).and_then(|before| toks.get(before));
            if let Some(key) = before.and_then(|before| self.pair(before, tok, in_title)) {
                self.found.push(Occurrence { key, standing: place });
            }
        }
    }
}
