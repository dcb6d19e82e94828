//! From sorted postings to files.

use super::{BuildError, Progress, Settings, postings::Posting, runs::Runs};
use crate::{
    format::{List, Record, Shard, record},
    key::{Key, file_of},
    standing::Standing,
};
use rayon::prelude::*;
use std::{io, ops::Range};

/// Postings that a file has at most on average: about 3 KB. What else is in the file of a key costs a reader, too.
const POSTINGS: usize = 2_000;
/// Most files, as a power of two. Each is a file on the server; those of a million articles have 5 KB.
const MOST_FILES: u32 = 17;

/// By how many bits of the hash the records are spread over files.
fn file_bits(postings: usize) -> u32 {
    postings.div_ceil(POSTINGS).next_power_of_two().ilog2().min(MOST_FILES)
}

/// Most words that the manifest names, best first: 7 KB.
const MOST_WORDS: usize = 4_096;
/// How many times more often than by chance the syllables of a word follow each other, at least.
const AFFINITY: f64 = 12.0;

/// The files of one part.
struct Part {
    files: Vec<Vec<u8>>,
    /// Candidates for words of the archive: how strong, which pair.
    words: Vec<(u64, u32)>,
}

/// Writes all files through `file`, in order; a segment that is `packed` into the manifest has one. Gives by how many
/// bits of the hash files are told apart, and which pairs are words.
pub(super) fn merge(
    runs: Runs,
    universe: u32,
    packed: bool,
    settings: &Settings<'_>,
    file: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> Result<(u32, Vec<u32>), BuildError> {
    let bits = if packed { 0 } else { file_bits(runs.postings) };
    // Every thread has a part in memory, and the bytes that become of it. A part has whole files.
    let threads = rayon::current_num_threads().max(1);
    let most = settings.memory / 2 / threads / size_of::<Posting>();
    let parts = runs.parts(most.clamp(1 << 12, 1 << 21)).min(1 << bits);
    let files = (1 << bits) / parts;
    let mut words = Vec::new();
    for first in (0..parts).step_by(threads) {
        let made: Vec<Result<Part, BuildError>> = (first..(first + threads).min(parts))
            .into_par_iter()
            .map(|number| {
                let postings = runs.part(number, parts)?;
                Ok(part_of(&postings, &runs, universe, bits, number * files..(number + 1) * files))
            })
            .collect();
        for part in made {
            let part = part?;
            for bytes in &part.files {
                file(bytes)?;
            }
            words.extend(part.words);
        }
        (settings.progress)(Progress::Written((first + threads).min(parts) as u32, parts as u32));
    }
    words.sort_unstable_by(|a, b| b.cmp(a));
    words.truncate(MOST_WORDS);
    let mut words: Vec<u32> = words.into_iter().map(|(_, pair)| pair).collect();
    words.sort_unstable();
    Ok((bits, words))
}

/// The files of these numbers. Those that no record falls into are there all the same, so that a reader who asks for one
/// is told that it has nothing.
fn part_of(postings: &[Posting], runs: &Runs, universe: u32, bits: u32, files: Range<usize>) -> Part {
    let mut part = Part { files: Vec::new(), words: Vec::new() };
    let mut rest = postings;
    for number in files {
        let is_here = |posting: &Posting| file_of(posting.hash(), bits) as usize == number;
        let (here, behind) = rest.split_at(rest.partition_point(is_here));
        rest = behind;
        let mut shard = Shard::default();
        for postings in here.chunk_by(|a, b| a.group() == b.group()) {
            let name = name(postings[0], runs);
            if let Some((first, second)) = postings[0].pair() {
                part.words.extend(word(postings, first, second, runs, universe));
            }
            let bytes = record(&name, universe, &lists(postings));
            shard.push(name, bytes);
        }
        part.files.push(shard.finish());
    }
    part
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
