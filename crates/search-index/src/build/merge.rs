//! From sorted postings to files.

use super::{BuildError, Progress, Settings, postings::Posting, runs::Runs};
use crate::{
    format::{List, Record, Shard, record},
    key::Key,
    standing::Standing,
};
use rayon::prelude::*;
use std::io;

/// Bytes that a file is filled to. Small files cost a reader little; but each is a file on the server, and of a million
/// articles there are many lists.
pub(super) fn target(universe: u32) -> usize {
    if universe < 1 << 16 { 4 << 10 } else { 16 << 10 }
}

/// Most words that the manifest names, best first: 7 KB.
const MOST_WORDS: usize = 4_096;
/// How many times more often than by chance the syllables of a word follow each other, at least.
const AFFINITY: f64 = 12.0;

/// The files of one part.
struct Part {
    /// For each file the highest hash in it.
    cuts: Vec<u32>,
    files: Vec<Vec<u8>>,
    /// Candidates for words of the archive: how strong, which pair.
    words: Vec<(u64, u32)>,
}

/// Writes all files through `file`, in order. Gives where everything is, and which pairs are words.
pub(super) fn merge(
    runs: Runs,
    universe: u32,
    target: usize,
    settings: &Settings<'_>,
    file: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> Result<(Vec<u32>, Vec<u32>), BuildError> {
    // Every thread has a part in memory, and the bytes that become of it; a packed segment is one part.
    let threads = rayon::current_num_threads().max(1);
    let most = settings.memory / 2 / threads / size_of::<Posting>();
    let parts = if target == usize::MAX { 1 } else { runs.parts(most.clamp(1 << 12, 1 << 21)) };
    let mut cuts = Vec::new();
    let mut words = Vec::new();
    for first in (0..parts).step_by(threads) {
        let made: Vec<Result<Part, BuildError>> = (first..(first + threads).min(parts))
            .into_par_iter()
            .map(|number| {
                let postings = runs.part(number, parts)?;
                part_of(&postings, &runs, universe, target)
            })
            .collect();
        for part in made {
            let part = part?;
            for bytes in &part.files {
                file(bytes)?;
            }
            cuts.extend(part.cuts);
            words.extend(part.words);
        }
        (settings.progress)(Progress::Written((first + threads).min(parts) as u32, parts as u32));
    }
    words.sort_unstable_by(|a, b| b.cmp(a));
    words.truncate(MOST_WORDS);
    let mut words: Vec<u32> = words.into_iter().map(|(_, pair)| pair).collect();
    words.sort_unstable();
    Ok((cuts, words))
}

fn part_of(postings: &[Posting], runs: &Runs, universe: u32, target: usize) -> Result<Part, BuildError> {
    let mut part = Part { cuts: Vec::new(), files: Vec::new(), words: Vec::new() };
    let mut open = Shard::default();
    let mut highest = 0;
    let close = |open: &mut Shard, highest: u32, part: &mut Part| {
        if !open.is_empty() {
            part.cuts.push(highest);
            part.files.push(std::mem::take(open).finish());
        }
    };
    // All records of one hash stay together: a file is found by the hash alone.
    for same_hash in postings.chunk_by(|a, b| a.hash() == b.hash()) {
        let mut records = Vec::new();
        for postings in same_hash.chunk_by(|a, b| a.group() == b.group()) {
            let name = name(postings[0], runs);
            if let Some((first, second)) = postings[0].pair() {
                part.words.extend(word(postings, first, second, runs, universe));
            }
            let bytes = record(&name, universe, &lists(postings));
            records.push((name, bytes));
        }
        let size: usize = records.iter().map(|(_, record)| record.len()).sum();
        if open.size() + size > target {
            close(&mut open, highest, &mut part);
        }
        for (name, record) in records {
            open.push(name, record);
        }
        highest = same_hash[0].hash();
    }
    close(&mut open, highest, &mut part);
    Ok(part)
}

fn name(posting: Posting, runs: &Runs) -> Vec<u8> {
    let key = match (posting.name(), posting.pair()) {
        (Some(name), _) => Key::Term(runs.names.get(&name).map(|name| name.to_string()).unwrap_or_default()),
        (None, Some((first, second))) => Key::Pair(first, second),
        (None, None) => Key::Term(viet_text::numbered_syllable(posting.first()).unwrap_or_default()),
    };
    key.name()
}

/// One list for each spelling.
fn lists(postings: &[Posting]) -> Record {
    let by_marks = postings.chunk_by(|a, b| a.marks() == b.marks());
    let list = |postings: &[Posting]| {
        let docs = postings.iter().map(|posting| posting.doc).collect();
        let standings = postings.iter().map(|posting| posting.standing).collect();
        (postings[0].marks(), List { docs, standings })
    };
    by_marks.map(list).collect()
}

/// How strongly a pair is a word: in how many documents it is, if its syllables belong together.
fn word(record: &[Posting], first: u16, second: u16, runs: &Runs, universe: u32) -> Option<(u64, u32)> {
    let together = record.iter().filter(|posting| posting.standing.has(Standing::TOGETHER)).count();
    let least = if universe < 2_000 { 2 } else { 4 };
    let frequency = |number: u16| f64::from(runs.frequencies[usize::from(number)].max(1));
    // Of so many places for a pair, as many as the tokens of a document for each document that has the syllable.
    let places = runs.tokens as f64 / f64::from(universe.max(1));
    let expected = frequency(first) * frequency(second) / f64::from(universe.max(1)) / places.max(1.0) * 2.0;
    let affinity = together as f64 / expected;
    (together >= least && affinity >= AFFINITY).then(|| {
        {
            // A logarithm in whole numbers, of the fourth power for finer steps: the same on every machine.
            let strength = (affinity * affinity * affinity * affinity) as u64;
            (together as u64 * u64::from(strength.max(1).ilog2()), u32::from(first) << 12 | u32::from(second))
        }
    })
}
