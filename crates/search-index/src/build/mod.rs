//! Making the index: from texts to files, on all cores, in bounded memory. Native only.
//!
//! The documents are cut into two segments: the newest [few](unsealed), packed into the manifest, and all others,
//! in files. So a new article changes the manifest alone, until the newest are many enough to be taken over.
//!
//! Not here: the bytes of the files (`format`), writing them to a disk (`newsroom`, `bench`).

mod merge;
mod postings;
mod runs;

use crate::{
    Error, ShortForms,
    format::{MOST_DOCUMENTS, Manifest, Segment, Shards, Span, folder_name, summed},
};
use archive::{FileName, Slug};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::{
    borrow::Cow,
    io,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

/// What search reads of an article.
#[derive(Debug, Clone, Default)]
pub struct Text<'a> {
    /// Title.
    pub title: Cow<'a, str>,
    /// Lead; may be empty.
    pub lead: Cow<'a, str>,
    /// The words of the body, blocks parted by newlines.
    pub body: Cow<'a, str>,
    /// Tags.
    pub tags: Cow<'a, [String]>,
    /// The office it comes from; may be empty.
    pub unit: Cow<'a, str>,
    /// Whether files come with it.
    pub attachments: bool,
}

/// The documents of a category.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// The category; none for documents without one.
    pub category: Option<Slug>,
    /// When each was published, in seconds since 1970, never falling.
    pub published: Vec<i64>,
}

/// How to build.
pub struct Settings<'a> {
    /// The most bytes that postings may take in memory, about; what is more waits in `spill`.
    pub memory: usize,
    /// A folder for temporary files; it is made when it is needed, and what is put there is removed.
    pub spill: PathBuf,
    /// The department's own short forms.
    pub short_forms: ShortForms,
    /// From how many documents on the archive is large: syllables have lists of titles alone. [`LARGE`] unless a test
    /// wants fewer.
    pub large: u32,
    /// Is told what has been done, of [`Progress`].
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

/// How far a build is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many documents of so many have been read.
    Read(u32, u32),
    /// So many parts of so many have been written.
    Written(u32, u32),
}

/// What was built.
#[derive(Debug)]
pub struct Built {
    /// The manifest's bytes.
    pub manifest: Vec<u8>,
    /// The folder that the files belong in, below the published folder; `None` when there are none.
    pub folder: Option<String>,
    /// How many files there are.
    pub files: u32,
}

/// Why an index could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A file could not be written or read.
    #[error("the index cannot be built: {0}")]
    Io(#[from] io::Error),
    /// There are more documents than can be numbered.
    #[error("{0} articles are more than a search index can have ({MOST_DOCUMENTS})")]
    TooMany(u64),
    /// There are more categories than can be numbered.
    #[error("{0} categories are more than a search index can have (255)")]
    TooManyCategories(usize),
    /// The days are too far apart.
    #[error("the articles lie more than {} days apart", u16::MAX)]
    TooFarApart,
    /// Two words have one key. So improbable that it is a fault of ours.
    #[error("two words have the same key: {0} and {1}")]
    SameKey(String, String),
    /// What was written could not be read back.
    #[error(transparent)]
    Own(#[from] Error),
}

/// How many of the newest documents are packed into the manifest: 1 to 16, or all where there are fewer, for each costs
/// every reader some 2 KB. For round numbers of documents it is far from 16, where they are taken over by the files.
fn unsealed(count: u32) -> u32 {
    ((count + 3) % 16 + 1).min(count)
}

/// How many of `count` documents, the oldest, are in the files that a new article does not change.
pub fn sealed(count: u32) -> u32 {
    count - unsealed(count)
}

/// From how many documents on an archive is large. Here the list of a frequent syllable passes 20 KB.
pub const LARGE: u32 = 1 << 16;

/// Days since 1970 in Việt Nam.
fn day(published: i64) -> i64 {
    (published + 7 * 3600).div_euclid(86_400)
}

/// Builds the index over these shelves, which stand in the order of their slugs; `text` gives the document of a shelf
/// and a number in it, and is called once for each, from several threads. Files go to `file`, numbered from 0.
///
/// The same documents give the same bytes, whatever the memory and the number of cores.
///
/// # Errors
/// When there is too much of something, or a file cannot be written.
pub fn build<'a>(
    shelves: &[Shelf],
    text: &(dyn Fn(usize, u32) -> Text<'a> + Sync),
    settings: &Settings<'_>,
    file: &mut dyn FnMut(u32, &[u8]) -> io::Result<()>,
) -> Result<Built, BuildError> {
    let count: u64 = shelves.iter().map(|shelf| shelf.published.len() as u64).sum();
    let count =
        u32::try_from(count).ok().filter(|&n| n < MOST_DOCUMENTS).ok_or(BuildError::TooMany(count))?;
    if shelves.len() > 255 {
        return Err(BuildError::TooManyCategories(shelves.len()));
    }
    let first_day =
        shelves.iter().flat_map(|shelf| shelf.published.first()).min().map_or(0, |&first| day(first));
    let last_day = shelves.iter().flat_map(|shelf| shelf.published.last()).max().map_or(0, |&last| day(last));
    if last_day - first_day > i64::from(u16::MAX) {
        return Err(BuildError::TooFarApart);
    }
    let large = count >= settings.large;
    let cuts = cuts(shelves, sealed(count));
    let read = AtomicU32::new(0);
    let tell = |more: u32| {
        let done = read.fetch_add(more, Ordering::Relaxed) + more;
        (settings.progress)(Progress::Read(done, count));
    };
    let mut segment =
        |from: &[usize], to: &[usize], packed: bool| -> Result<(Segment, Vec<u32>, u32), BuildError> {
            let mut start = 0;
            let spans: Vec<Span> = shelves
                .iter()
                .zip(from.iter().zip(to))
                .map(|(shelf, (&from, &to))| {
                    let days =
                        shelf.published[from..to].iter().map(|&at| (day(at) - first_day) as u16).collect();
                    let span = Span { start, before: from as u32, days };
                    start += (to - from) as u32;
                    span
                })
                .collect();
            let of_number = |number: u32| {
                let span = spans.partition_point(|span| span.start <= number) - 1;
                // Of empty shelves the last begins at the same number.
                text(span, number - spans[span].start + spans[span].before)
            };
            let runs = runs::runs(start, large, settings, &of_number, &tell)?;
            let mut shards: Vec<u8> = Vec::new();
            let mut digest = Sha256::new();
            let mut files = 0;
            let (bits, words) = merge::merge(runs, start, packed, settings, &mut |bytes| {
                if packed {
                    shards = bytes.to_vec();
                } else {
                    digest.update((bytes.len() as u64).to_le_bytes());
                    digest.update(bytes);
                    file(files, bytes)?;
                    files += 1;
                }
                Ok(())
            })?;
            let shards = if packed {
                Shards::Packed(shards.into())
            } else {
                let id = digest.finalize().iter().take(8).fold(0, |id, &byte| id << 8 | u64::from(byte));
                Shards::Folder { id, bits }
            };
            Ok((Segment { spans, shards }, words, files))
        };
    let none = vec![0; shelves.len()];
    let all: Vec<usize> = shelves.iter().map(|shelf| shelf.published.len()).collect();
    let mut segments = Vec::new();
    let (mut words, mut files) = (Vec::new(), 0);
    if sealed(count) > 0 {
        let (sealed, its_words, its_files) = segment(&none, &cuts, false)?;
        (words, files) = (its_words, its_files);
        segments.push(sealed);
    }
    if count > 0 {
        let (packed, its_words, _) = segment(&cuts, &all, true)?;
        if segments.is_empty() {
            words = its_words;
        }
        segments.push(packed);
    }
    let folder = segments.iter().find_map(|segment| match segment.shards {
        Shards::Folder { id, .. } => Some(folder_name(id)),
        Shards::Packed(_) => None,
    });
    let manifest = Manifest {
        first_day: first_day as i32,
        categories: shelves.iter().map(|shelf| shelf.category.clone()).collect(),
        short_forms: settings.short_forms.clone(),
        large,
        words,
        segments,
    };
    Ok(Built { manifest: manifest.write(), folder, files })
}

/// How many documents of each shelf are among the oldest `sealed` of all.
fn cuts(shelves: &[Shelf], sealed: u32) -> Vec<usize> {
    let mut newest_first: Vec<(i64, usize)> = shelves
        .par_iter()
        .enumerate()
        .flat_map_iter(|(shelf, documents)| documents.published.iter().map(move |&at| (at, shelf)))
        .collect();
    newest_first.par_sort_unstable();
    let mut cuts = vec![0; shelves.len()];
    for (_, shelf) in newest_first.into_iter().take(sealed as usize) {
        cuts[shelf] += 1;
    }
    cuts
}

/// Bytes with the sum at their end that every file of the index has: for who makes damaged files that look whole.
pub fn with_sum(bytes: &[u8]) -> Vec<u8> {
    summed(bytes.to_vec())
}

/// The name of a file of the index, below the published folder.
///
/// # Errors
/// Never for the folders that [`build`] gives.
pub fn file_name(folder: &str, number: u32) -> Result<FileName, archive::InvalidFileName> {
    FileName::try_from(format!("{folder}/{number}.bin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_article_seldom_seals() {
        let sealings = (0..3200).filter(|&n| sealed(n + 1) != sealed(n)).count();
        assert_eq!(sealings, 200);
        for round in [1_000, 5_000, 10_000, 20_000, 35_000, 100_000, 1_000_000] {
            assert_eq!(sealed(round + 1), sealed(round), "{round}");
        }
        assert_eq!((sealed(0), sealed(1)), (0, 0));
    }
}
