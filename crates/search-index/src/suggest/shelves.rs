//! Filling the shelves: from titles to files of at most [`LIMIT`] bytes.
//!
//! All that can be offered stands under its folded text. Where a beginning has more than one shelf holds, each next
//! letter gets a shelf of its own, the letter with the least staying on the shelf of the beginning as long as there
//! is room; that one also holds the best of all. Not here: which sequences are worth it (`sequences`).

use super::{
    Directory, LIMIT, Shelf, Titled, key,
    sequences::{Sequence, Sequences},
};
use archive::FileName;
use std::collections::{BTreeMap, BTreeSet};
use viet_text::{Syllable, syllables};

/// Titles that are offered, the newest: for older ones the search itself is there, and the files of a million
/// articles are no more than those of twenty thousand.
const TITLES: usize = 20_000;

/// Longest title, in bytes.
const MAX_TITLE: usize = 300;

/// Where a title can be found beside its start: at the best sequences in it.
const PLACES: usize = 3;

/// What a shelf holds at least for its own beginning, of sequences and of titles each: more than is shown, so
/// that there is some choice of marks. At their longest, 24 of them take 9 KB.
const BEST: usize = 12;

/// Longest beginning with a shelf of its own, in characters.
const DEEPEST: usize = 32;

/// Most shelves below one beginning: the letters, digits and the space are 37. Of an alphabet with more, the
/// letters with the least are left out.
const LETTERS: usize = 64;

/// Writes the files by `put`, which names each, and gives the name of the directory. The order of the titles does
/// not matter.
///
/// # Errors
/// Those of `put`.
pub fn write<E>(
    mut titles: Vec<Titled<'_>>,
    put: &mut dyn FnMut(&[u8]) -> Result<FileName, E>,
) -> Result<FileName, E> {
    titles.sort_by(|a, b| (a.published, a.slug).cmp(&(b.published, b.slug)));
    let sequences = Sequences::of(&titles);
    let words: Vec<&Sequence> = sequences.offered().collect();
    let newest: Vec<_> = titles.iter().rev().filter(|t| t.title.len() <= MAX_TITLE).take(TITLES).collect();
    let mut entries: Vec<Entry> = (0..)
        .zip(&words)
        .map(|(rank, words)| Entry { key: words.key.clone(), what: What::Words(rank) })
        .collect();
    for (rank, title) in newest.iter().enumerate() {
        let parts: Vec<Syllable> = syllables(title.title).collect();
        for place in places(title.title, &parts, &sequences) {
            let key = key(parts.get(place..).unwrap_or_default());
            let end = key.char_indices().nth(DEEPEST).map_or(key.len(), |(at, _)| at);
            let key = key.get(..end).unwrap_or_default().to_owned();
            if !key.is_empty() {
                entries.push(Entry { key, what: What::Title(rank) });
            }
        }
    }
    entries.sort();
    let mut writer = Writer { words, titles: newest, put, shelves: BTreeMap::new() };
    writer.fill("", &entries)?;
    let shelves: Vec<_> = std::mem::take(&mut writer.shelves).into_iter().collect();
    writer.list("", &shelves)
}

/// Where a title can be found: at its start and at the best sequences of two or more syllables.
fn places(title: &str, parts: &[Syllable], sequences: &Sequences) -> BTreeSet<usize> {
    let mut within = sequences.within(title, parts);
    // Best first, as the sequences stand.
    within.sort_unstable();
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (_, first, length) in within {
        let apart = |&(start, end): &(usize, usize)| first + length <= start || end <= first;
        if length > 1 && taken.len() < PLACES && taken.iter().all(apart) {
            taken.push((first, first + length));
        }
    }
    taken.into_iter().map(|(first, _)| first).chain([0]).collect()
}

/// What can be offered, under the text by which it is found.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: String,
    what: What,
}

/// By rank, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Words(usize),
    Title(usize),
}

struct Writer<'a, 'p, E> {
    words: Vec<&'a Sequence>,
    titles: Vec<&'a Titled<'a>>,
    put: &'p mut dyn FnMut(&[u8]) -> Result<FileName, E>,
    shelves: BTreeMap<String, FileName>,
}

impl<E> Writer<'_, '_, E> {
    /// Writes the shelf of a beginning and those below it. All entries begin so.
    fn fill(&mut self, beginning: &str, entries: &[Entry]) -> Result<(), E> {
        let all: BTreeSet<What> = entries.iter().map(|entry| entry.what).collect();
        if self.size(&all) <= LIMIT {
            return self.shelve(beginning, &all);
        }
        let mut kept = self.best(&all);
        let mut size = self.size(&kept);
        // By next letter, the letter with the least first; what ends here is offered only among the best.
        let letter = |entry: &Entry| entry.key.get(beginning.len()..).and_then(|rest| rest.chars().next());
        let mut groups: Vec<(usize, char, &[Entry])> = entries
            .chunk_by(|a, b| letter(a) == letter(b))
            .filter_map(|group| Some((group.len(), letter(group.first()?)?, group)))
            .collect();
        groups.sort_by_key(|(count, c, _)| (*count, *c));
        let mut below = Vec::new();
        for (_, c, group) in groups {
            let more: BTreeSet<What> =
                group.iter().map(|e| e.what).filter(|what| !kept.contains(what)).collect();
            let more_size = self.size(&more);
            if size + more_size <= LIMIT {
                (kept, size) = (kept.into_iter().chain(more).collect(), size + more_size);
            } else {
                below.push((c, group));
            }
        }
        self.shelve(beginning, &kept)?;
        for (c, group) in below.into_iter().rev().take(LETTERS) {
            self.fill(&format!("{beginning}{c}"), group)?;
        }
        Ok(())
    }

    /// The best of both kinds.
    fn best(&self, all: &BTreeSet<What>) -> BTreeSet<What> {
        let words = all.iter().filter(|what| matches!(what, What::Words(_))).take(BEST);
        let titles = all.iter().filter(|what| matches!(what, What::Title(_))).take(BEST);
        words.chain(titles).copied().collect()
    }

    /// Not less than what they take in a file.
    fn size(&self, all: &BTreeSet<What>) -> usize {
        let size = |what: &What| match what {
            What::Words(rank) => self.words.get(*rank).map_or(0, |words| json(&words.text).len() + 1),
            What::Title(rank) => {
                self.titles.get(*rank).map_or(0, |title| json(&(title.slug, title.title)).len() + 1)
            }
        };
        "[[],[]]".len() + all.iter().map(size).sum::<usize>()
    }

    fn shelve(&mut self, beginning: &str, all: &BTreeSet<What>) -> Result<(), E> {
        let mut shelf = Shelf::default();
        for what in all {
            match what {
                What::Words(rank) => {
                    shelf.words.extend(self.words.get(*rank).map(|words| words.text.clone()));
                }
                What::Title(rank) => {
                    let title = self.titles.get(*rank);
                    shelf.titles.extend(title.map(|title| (title.title.to_owned(), title.slug.clone())));
                }
            }
        }
        let name = (self.put)(&json(&shelf.written()))?;
        self.shelves.insert(beginning.to_owned(), name);
        Ok(())
    }

    /// Writes the directory of these shelves; all their beginnings begin so.
    fn list(&mut self, beginning: &str, shelves: &[(String, FileName)]) -> Result<FileName, E> {
        let mut directory = Directory { shelves: shelves.to_vec(), more: Vec::new() };
        let whole = json(&directory.written());
        if whole.len() <= LIMIT {
            return (self.put)(&whole);
        }
        directory.shelves.clear();
        let letter = |name: &str| name.get(beginning.len()..).and_then(|rest| rest.chars().next());
        let mut groups: Vec<_> = shelves.chunk_by(|(a, _), (b, _)| letter(a) == letter(b)).collect();
        // The letter with the least stays here as long as there is room: a reader of it needs one file less. Each
        // of the others needs its line.
        groups.sort_by_key(|group| group.len());
        let mut room = LIMIT - json(&Directory::default().written()).len() - 20;
        let line = |name: &str| name.len() + 60;
        room = room.saturating_sub(groups.iter().map(|group| line(&group[0].0)).sum());
        for group in groups {
            let size: usize = group.iter().map(|(name, _)| line(name)).sum();
            match letter(&group[0].0) {
                Some(c) if size > room => {
                    let longer = format!("{beginning}{c}");
                    let name = self.list(&longer, group)?;
                    directory.more.push((longer, name));
                }
                _ => {
                    room = room.saturating_sub(size);
                    directory.shelves.extend(group.iter().cloned());
                }
            }
        }
        directory.shelves.sort();
        directory.more.sort();
        (self.put)(&json(&directory.written()))
    }
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_else(|error| unreachable!("texts can be written as JSON: {error}"))
}
