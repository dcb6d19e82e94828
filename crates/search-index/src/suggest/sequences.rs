//! Which sequences of one to four syllables are worth offering: those that many titles have and whose syllables
//! belong together ("tuyển sinh lớp 10"), not chance neighbours ("của các") and not halves ("trung học phổ").
//!
//! Counting goes level by level: a sequence is counted only where both its parts that are one syllable shorter are
//! frequent. So a million titles need some hundred megabytes and seconds. All numbers are whole, and every map is
//! used for looking up only: the same titles give the same sequences.

use super::Titled;
use std::collections::HashMap;
use viet_text::{Spelling, Syllable, syllables};

/// Most sequences: with more, the rarest would be offered to nobody.
const MOST: usize = 20_000;

/// Longest sequence, in syllables.
const LONGEST: usize = 4;

/// Longest text of a sequence, in bytes.
const MAX_BYTES: usize = 120;

/// Spellings kept of one sequence, the first that come: enough to find the usual one.
const SURFACES: usize = 16;

/// Words that join others and mean nothing alone: no sequence begins or ends with one.
const JOINTS: &[&str] = &[
    "ai", "bằng", "bị", "bởi", "các", "cho", "có", "của", "cùng", "cũng", "đã", "đang", "để", "đến", "do",
    "được", "gì", "hay", "hoặc", "khi", "là", "mà", "mỗi", "một", "nên", "này", "nhằm", "nhưng", "những",
    "như", "ở", "qua", "ra", "rất", "sau", "sẽ", "tại", "theo", "thì", "trên", "trong", "trước", "từ", "tới",
    "và", "vào", "về", "vì", "với", "vẫn",
];

/// A sequence worth offering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sequence {
    /// As most titles write it.
    pub(super) text: String,
    /// Its folded syllables with single spaces.
    pub(super) key: String,
    /// Titles times how strongly its syllables belong together.
    pub(super) score: u64,
}

/// The sequences of some titles.
pub(super) struct Sequences {
    /// Best first.
    pub(super) all: Vec<Sequence>,
    grams: Grams,
    /// Place in `all` of a sequence.
    chosen: HashMap<Id, usize>,
}

/// Level (length less one) and number within the level.
type Id = (usize, u32);

/// Frequent sequences of one length.
#[derive(Default)]
struct Level {
    /// The sequence without its last syllable, and that syllable, to its number.
    numbers: HashMap<(u32, u32), u32>,
    grams: Vec<Gram>,
}

struct Gram {
    /// The number, one level down, of what stands before the last syllable.
    start: u32,
    last: u32,
    /// Titles that have it.
    count: u64,
    /// In most titles, what stands before it and after it: how many titles, and which syllable; no joint.
    before: (u64, u32),
    after: (u64, u32),
}

struct Grams {
    levels: Vec<Level>,
    numbers: HashMap<Spelling, u32>,
    /// The same by what stands in a title, because telling a spelling takes time.
    written: HashMap<String, u32>,
    /// By number of the syllable.
    syllables: Vec<Known>,
}

struct Known {
    folded: String,
    joint: bool,
}

/// Between two syllables that no sequence spans.
const CUT: u32 = u32::MAX;

impl Sequences {
    /// Finds them. The order of the titles matters only for which rare spellings are counted.
    pub(super) fn of(titles: &[Titled<'_>]) -> Self {
        let grams = Grams::count(titles);
        let mut found: Vec<(u64, String, Id)> = Vec::new();
        for (level, grams_of) in grams.levels.iter().enumerate() {
            for number in (0_u32..).take(grams_of.grams.len()) {
                let id = (level, number);
                if let Some(score) = grams.score(id, titles.len() as u64) {
                    found.push((score, grams.key(id), id));
                }
            }
        }
        // Best first; numbers of syllables depend on the titles' order, which is given.
        found.sort_by(|a, b| (b.0, &a.1, a.2).cmp(&(a.0, &b.1, b.2)));
        found.truncate(MOST);
        let chosen = found.iter().enumerate().map(|(at, (.., id))| (*id, at)).collect();
        let all = found.into_iter().map(|(score, key, _)| Sequence { text: String::new(), key, score });
        let mut sequences = Self { all: all.collect(), grams, chosen };
        sequences.give_texts(titles);
        sequences
    }

    /// The sequences in a title: place in `all`, number of the first syllable, and how many.
    pub(super) fn within(&self, title: &str, parts: &[Syllable]) -> Vec<(usize, usize, usize)> {
        let numbers = self.grams.numbers(title, parts);
        let mut found = Vec::new();
        for first in 0..numbers.len() {
            let mut id = None;
            for (level, &syllable) in numbers.iter().skip(first).take(LONGEST).enumerate() {
                id = self.grams.next(level, id, syllable);
                let Some(number) = id else { break };
                if let Some(&at) = self.chosen.get(&(level, number)) {
                    found.push((at, first, level + 1));
                }
            }
        }
        // Cuts are numbers too, but syllables are counted without them.
        let cuts_before = |place: usize| numbers.iter().take(place).filter(|&&n| n == CUT).count();
        found.into_iter().map(|(at, first, length)| (at, first - cuts_before(first), length)).collect()
    }

    /// Gives each sequence the spelling that most titles have. What stands at a title's start counts without its
    /// large letter, unless the next syllable has one too: "Tuyển sinh", but "Phú Sa".
    fn give_texts(&mut self, titles: &[Titled<'_>]) {
        let mut surfaces: Vec<Vec<(String, u32)>> = vec![Vec::new(); self.all.len()];
        for Titled { title, .. } in titles {
            let parts: Vec<Syllable> = syllables(title).collect();
            for (at, first, length) in self.within(title, &parts) {
                let inside = parts.get(first..first + length).unwrap_or_default();
                let (Some(start), Some(end)) = (inside.first(), inside.last()) else { continue };
                let Some(text) = title.get(start.start..end.end) else { continue };
                let second = inside.get(1).and_then(|second| title.get(second.start..));
                let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let text = if first == 0 && !begins_large(second) && !is_large(text.split(' ').next()) {
                    let mut chars = text.chars();
                    chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
                } else {
                    text
                };
                let Some(known) = surfaces.get_mut(at) else { continue };
                let room = known.len() < SURFACES;
                match known.iter_mut().find(|(surface, _)| *surface == text) {
                    Some((_, count)) => *count += 1,
                    None if room => known.push((text, 1)),
                    None => {}
                }
            }
        }
        for (sequence, surfaces) in self.all.iter_mut().zip(surfaces) {
            let usual = surfaces.into_iter().max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0)));
            sequence.text = usual.map(|(text, _)| text).unwrap_or_default();
        }
    }

    /// The sequences that can be offered, best first.
    pub(super) fn offered(&self) -> impl Iterator<Item = &Sequence> {
        self.all.iter().filter(|sequence| (1..=MAX_BYTES).contains(&sequence.text.len()))
    }
}

fn begins_large(text: Option<&str>) -> bool {
    text.and_then(|text| text.chars().next()).is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// "UBND"
fn is_large(syllable: Option<&str>) -> bool {
    syllable.is_some_and(|s| s.chars().count() > 1 && !s.chars().any(char::is_lowercase))
}

impl Grams {
    fn count(titles: &[Titled<'_>]) -> Self {
        let mut grams = Self {
            levels: Vec::new(),
            numbers: HashMap::new(),
            written: HashMap::new(),
            syllables: Vec::new(),
        };
        // Two titles make a habit; in a large archive it takes more, and rare ones would fill the memory.
        let enough = (titles.len() / 50_000).max(2) as u64;
        let mut texts: Vec<u32> = Vec::new();
        let mut ends = Vec::with_capacity(titles.len());
        for Titled { title, .. } in titles {
            let parts: Vec<Syllable> = syllables(title).collect();
            for part in &parts {
                grams.learn(title, part);
            }
            texts.extend(grams.numbers(title, &parts));
            ends.push(texts.len());
        }
        for level in 0..LONGEST {
            // Titles that have it, and the last of them.
            let mut counts: HashMap<(u32, u32), (u64, usize)> = HashMap::new();
            let mut begin = 0;
            for (title, &end) in ends.iter().enumerate() {
                let text = texts.get(begin..end).unwrap_or_default();
                begin = end;
                for first in 0..text.len() {
                    let Some(key) = grams.gram_at(text, first, level) else { continue };
                    let (count, last) = counts.entry(key).or_insert((0, usize::MAX));
                    if *last != title {
                        (*count, *last) = (*count + 1, title);
                    }
                }
            }
            let mut frequent: Vec<_> = counts
                .into_iter()
                .filter(|(_, (count, _))| *count >= enough)
                .map(|(k, (n, _))| (k, n))
                .collect();
            frequent.sort_unstable();
            let mut next = Level::default();
            for (number, ((start, last), count)) in (0_u32..).zip(frequent) {
                next.numbers.insert((start, last), number);
                next.grams.push(Gram { start, last, count, before: (0, CUT), after: (0, CUT) });
            }
            grams.levels.push(next);
        }
        grams.find_neighbours();
        grams
    }

    fn learn(&mut self, title: &str, part: &Syllable) {
        let written = title.get(part.start..part.end).unwrap_or_default();
        if self.written.contains_key(written) {
            return;
        }
        let next = u32::try_from(self.syllables.len()).unwrap_or(CUT).min(CUT - 1);
        let number = *self.numbers.entry(Spelling::of(written)).or_insert(next);
        if number == next {
            let joint = JOINTS.contains(&written.to_lowercase().as_str());
            self.syllables.push(Known { folded: part.folded.clone(), joint });
        }
        self.written.insert(written.to_owned(), number);
    }

    /// The numbers of a title's syllables, with [`CUT`] where punctuation parts them.
    fn numbers(&self, title: &str, parts: &[Syllable]) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(parts.len() + 2);
        let mut before: Option<usize> = None;
        for part in parts {
            let gap = before.and_then(|before| title.get(before..part.start));
            if gap.is_some_and(|gap| {
                !gap.chars().all(char::is_whitespace) && !["-", "–", "/", "&"].contains(&gap)
            }) {
                numbers.push(CUT);
            }
            before = Some(part.end);
            let written = title.get(part.start..part.end).unwrap_or_default();
            numbers.push(self.written.get(written).copied().unwrap_or(CUT));
        }
        numbers
    }

    /// One syllable further: the number, on this level, of a sequence of the level below and a syllable.
    fn next(&self, level: usize, before: Option<u32>, syllable: u32) -> Option<u32> {
        let start = if level == 0 { CUT } else { before? };
        self.levels.get(level)?.numbers.get(&(start, syllable)).copied()
    }

    /// What is to be counted at a place: the sequence of this level that begins there, when both its parts are
    /// frequent.
    fn gram_at(&self, text: &[u32], first: usize, level: usize) -> Option<(u32, u32)> {
        let text = text.get(first..=first + level)?;
        let last = text.last().copied().filter(|&last| last != CUT)?;
        if level == 0 {
            return Some((CUT, last));
        }
        self.find(text.get(1..)?)?;
        Some((self.find(text.get(..level)?)?, last))
    }

    /// The number of a sequence on the level of its length.
    fn find(&self, text: &[u32]) -> Option<u32> {
        let mut id = None;
        for (level, &syllable) in text.iter().enumerate() {
            id = Some(self.next(level, id, syllable)?);
        }
        id
    }

    fn find_neighbours(&mut self) {
        for level in 1..self.levels.len() {
            let mut seen = Vec::new();
            for (number, gram) in (0_u32..).zip(self.levels.get(level).map(|l| &*l.grams).unwrap_or_default())
            {
                let text = self.text((level, number));
                let (Some(&first), Some(&last)) = (text.first(), text.last()) else { continue };
                let end = self.find(text.get(1..).unwrap_or_default());
                seen.push((gram.count, gram.start, last, end, first));
            }
            for (count, start, last, end, first) in seen {
                let (first_says, last_says) = (!self.is_joint(first), !self.is_joint(last));
                let Some(below) = self.levels.get_mut(level - 1) else { continue };
                if let Some(gram) = below.grams.get_mut(start as usize).filter(|_| last_says) {
                    gram.after = gram.after.max((count, last));
                }
                if let Some(gram) =
                    end.and_then(|end| below.grams.get_mut(end as usize)).filter(|_| first_says)
                {
                    gram.before = gram.before.max((count, first));
                }
            }
        }
    }

    fn is_joint(&self, syllable: u32) -> bool {
        self.syllables.get(syllable as usize).is_some_and(|known| known.joint)
    }

    fn gram(&self, (level, number): Id) -> Option<&Gram> {
        self.levels.get(level)?.grams.get(number as usize)
    }

    /// The syllables of a sequence.
    fn text(&self, (level, number): Id) -> Vec<u32> {
        let mut text = Vec::with_capacity(level + 1);
        let mut at = number;
        for level in (0..=level).rev() {
            let Some(gram) = self.gram((level, at)) else { break };
            text.push(gram.last);
            at = gram.start;
        }
        text.reverse();
        text
    }

    fn key(&self, id: Id) -> String {
        let folded =
            self.text(id).into_iter().filter_map(|s| Some(self.syllables.get(s as usize)?.folded.as_str()));
        folded.collect::<Vec<_>>().join(" ")
    }

    /// How good a sequence is, when it is worth offering in an archive of so many titles.
    fn score(&self, id: Id, titles: u64) -> Option<u64> {
        let gram = self.gram(id)?;
        let text = self.text(id);
        let (first, last) = (text.first()?, text.last()?);
        let known = self.syllables.get(*first as usize)?;
        if known.joint || self.is_joint(*last) || known.folded.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        // What goes on by the same syllable in every other title may be a piece of something longer. Whether one of
        // four syllables does, its last three and its first three tell.
        let longest = LONGEST - 1;
        let (end, start) = if text.len() > longest {
            (text.get(1..)?, text.get(..longest)?)
        } else {
            (text.as_slice(), text.as_slice())
        };
        let piece = |part: &[u32]| self.gram((part.len() - 1, self.find(part)?));
        let (end, start) = (piece(end)?, piece(start)?);
        let open = |(most, _): (u64, u32), all: u64| most * 2 >= all;
        let (is_open, was_open) = (open(end.after, end.count), open(start.before, start.count));
        // It is one when its edge stands with what is outside more often than with what is inside: "trung học
        // phổ" of "phổ thông", but not "tuyển sinh lớp 10" of "10 năm". Of equals two syllables stay, to be found
        // by each part of a name ("Phù Đổng"), and longer ones go.
        let joined = |a: u32, b: u32| piece(&[a, b]).map_or(0, |gram| gram.count);
        let tie = u64::from(text.len() > 2);
        match text.as_slice() {
            // Alone, a syllable says something only when it is rare ("bão"): the frequent ones ("học") are parts.
            [_] if is_open || was_open || gram.count * 50 > titles || known.folded.chars().count() < 2 => {
                return None;
            }
            [first, second, ..]
                if was_open && joined(start.before.1, *first) + tie > joined(*first, *second) =>
            {
                return None;
            }
            [.., second, last] if is_open && joined(*last, end.after.1) + tie > joined(*second, *last) => {
                return None;
            }
            _ => {}
        }
        match text.len() {
            1 => Some(gram.count),
            _ => {
                // Weakest at its weakest joint: of the titles that have its parts, how many have the whole?
                let splits = 1..text.len();
                let parts = splits
                    .filter_map(|at| Some((piece(text.get(..at)?)?.count, piece(text.get(at..)?)?.count)));
                let bond = parts.map(|(a, b)| gram.count * gram.count * 64 / (a * b).max(1)).min()?;
                (bond > 0).then(|| gram.count * (1 + u64::from(bond.ilog2())))
            }
        }
    }
}
