//! Sorted runs of postings, in memory or on disk.

use super::{
    BuildError, Settings, Text,
    postings::{Poster, Posting},
};
use crate::{reading::Reader, standing::Standing};
use rayon::prelude::*;
use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Documents of a run: enough to sort well, few enough that every core has one.
const RUN: u32 = 2048;
/// A run knows where each of so many equal stretches of keys begins in it.
const STRETCHES: usize = 1 << 10;
/// Bytes of a posting on disk.
const STORED: usize = 14;

/// All postings of a segment.
pub(super) struct Runs {
    runs: Vec<Run>,
    /// Names that are no syllable, by their keys.
    pub(super) names: HashMap<u64, Box<str>>,
    /// In how many documents each syllable is.
    pub(super) frequencies: Vec<u32>,
    /// How many tokens all documents have.
    pub(super) tokens: u64,
    pub(super) postings: usize,
    spill: Option<PathBuf>,
}

struct Run {
    /// Where each stretch begins, and the end.
    starts: Vec<u32>,
    held: Held,
}

enum Held {
    Memory(Vec<Posting>),
    Disk(PathBuf),
}

/// Reads all documents of a segment, whose numbers are below `count`.
pub(super) fn runs<'a>(
    count: u32,
    large: bool,
    settings: &Settings<'_>,
    text: &(dyn Fn(u32) -> Text<'a> + Sync),
    tell: &(dyn Fn(u32) + Sync),
) -> Result<Runs, BuildError> {
    let held = AtomicUsize::new(0);
    let spilled = AtomicUsize::new(0);
    let names: Mutex<HashMap<u64, Box<str>>> = Mutex::default();
    let totals: Mutex<(Vec<u32>, u64)> = Mutex::new((vec![0; viet_text::MOST_SYLLABLES], 0));
    let made: Result<Vec<Run>, BuildError> = (0..count.div_ceil(RUN))
        .into_par_iter()
        .map_init(
            || Poster::new(Reader::new(&settings.short_forms), large),
            |poster, number| {
                let mut postings = Vec::new();
                let documents = number * RUN..((number + 1) * RUN).min(count);
                let length = documents.end - documents.start;
                for doc in documents {
                    poster.post(doc, &text(doc), &mut postings);
                }
                postings.sort_unstable();
                tell(length);
                {
                    let mut names = names.lock().unwrap_or_else(PoisonError::into_inner);
                    for (key, name) in poster.names.drain(..) {
                        let known = names.entry(key).or_insert_with(|| name.as_str().into());
                        if **known != *name {
                            return Err(BuildError::SameKey(known.to_string(), name));
                        }
                    }
                    let mut totals = totals.lock().unwrap_or_else(PoisonError::into_inner);
                    for (total, more) in totals.0.iter_mut().zip(&mut poster.frequencies) {
                        *total += std::mem::take(more);
                    }
                    totals.1 += std::mem::take(&mut poster.tokens);
                }
                let starts = starts(&postings);
                let bytes = postings.len() * size_of::<Posting>();
                // Half of the memory is for what has been read, half for putting it together.
                let held = if held.fetch_add(bytes, Ordering::Relaxed) + bytes > settings.memory / 2 {
                    held.fetch_sub(bytes, Ordering::Relaxed);
                    let file = settings.spill.join(format!("run-{number}"));
                    fs::create_dir_all(&settings.spill)?;
                    store(&file, &postings)?;
                    spilled.fetch_add(1, Ordering::Relaxed);
                    Held::Disk(file)
                } else {
                    postings.shrink_to_fit();
                    Held::Memory(postings)
                };
                Ok(Run { starts, held })
            },
        )
        .collect();
    let runs = made?;
    let (frequencies, tokens) = totals.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Runs {
        postings: runs.iter().map(|run| run.starts.last().map_or(0, |&end| end as usize)).sum(),
        runs,
        names: names.into_inner().unwrap_or_else(PoisonError::into_inner),
        frequencies,
        tokens,
        spill: (spilled.into_inner() > 0).then(|| settings.spill.clone()),
    })
}

fn starts(postings: &[Posting]) -> Vec<u32> {
    let stretch = |number: usize| (number as u64) << (64 - STRETCHES.trailing_zeros());
    let begins = (0..STRETCHES).map(|n| postings.partition_point(|p| p.key < stretch(n)) as u32);
    begins.chain([postings.len() as u32]).collect()
}

fn store(file: &PathBuf, postings: &[Posting]) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file)?);
    for posting in postings {
        out.write_all(&posting.key.to_le_bytes())?;
        out.write_all(&posting.doc.to_le_bytes())?;
        out.write_all(&posting.standing.to_bits().to_le_bytes())?;
    }
    out.flush()
}

impl Runs {
    /// Into how many parts, each a stretch of keys, the postings must be cut to have at most `most` in one.
    pub(super) fn parts(&self, most: usize) -> usize {
        (self.postings / most.max(1) + 1).next_power_of_two().min(STRETCHES)
    }

    /// The postings of one of so many parts, sorted.
    pub(super) fn part(&self, number: usize, of: usize) -> io::Result<Vec<Posting>> {
        let stretches = STRETCHES / of;
        let mut postings = Vec::new();
        for run in &self.runs {
            let (from, to) =
                (run.starts[number * stretches] as usize, run.starts[(number + 1) * stretches] as usize);
            match &run.held {
                Held::Memory(all) => postings.extend_from_slice(&all[from..to]),
                Held::Disk(file) => {
                    let mut file = BufReader::new(File::open(file)?);
                    file.seek(SeekFrom::Start((from * STORED) as u64))?;
                    let mut bytes = vec![0; (to - from) * STORED];
                    file.read_exact(&mut bytes)?;
                    postings.extend(bytes.chunks_exact(STORED).map(restore));
                }
            }
        }
        postings.sort_unstable();
        Ok(postings)
    }
}

fn restore(bytes: &[u8]) -> Posting {
    let number = |from: usize, to: usize| {
        bytes[from..to].iter().rev().fold(0_u64, |number, &byte| number << 8 | u64::from(byte))
    };
    Posting {
        key: number(0, 8),
        doc: number(8, 12) as u32,
        standing: Standing::from_bits(number(12, 14) as u16),
    }
}

impl Drop for Runs {
    fn drop(&mut self) {
        for run in &self.runs {
            if let Held::Disk(file) = &run.held {
                let _ = fs::remove_file(file);
            }
        }
        if let Some(folder) = &self.spill {
            // Only if nothing else is in it.
            let _ = fs::remove_dir(folder);
        }
    }
}
