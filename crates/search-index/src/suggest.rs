//! What the search box offers while a reader types: sequences of syllables, and titles. This is the format of
//! its files and their reader; `docs/search.md` says it in words.
//!
//! The files are shelves. A [`Shelf`] holds what can be offered for a beginning of folded text ("tuyen s") and
//! for all longer beginnings that have no shelf of their own, best first. A [`Directory`] says which shelf a
//! beginning has. So a keystroke needs one shelf, at most [`LIMIT`] bytes, however large the archive.
//!
//! Not here: which sequences are worth offering (`sequences`), how shelves are filled (`shelves`), naming and
//! loading files.

mod sequences;
mod shelves;

pub use shelves::write;

use archive::{FileName, Moment, Slug};
use viet_text::{Spelling, Syllable, syllables};

/// Most bytes of a file: what a keystroke may cost on a bad connection (a second and a half at 80 kbit/s).
pub const LIMIT: usize = 15_000;

/// Most suggestions at once: a list that is seen whole on a phone above its keyboard.
pub const MOST: usize = 8;

/// Sequences stand before titles, but leave these places to them.
const FOR_TITLES: usize = 3;

/// Longest text that is looked up, in characters; nobody types more in hope of a suggestion.
const LONGEST: usize = 100;

/// One line under the search box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suggestion {
    /// Words to search for, as most titles write them.
    Words(String),
    /// An article to go to.
    Title {
        /// Its name in addresses.
        slug: Slug,
        /// Its title.
        title: String,
    },
}

/// What the writer knows of an article.
#[derive(Debug, Clone, Copy)]
pub struct Titled<'a> {
    /// Its name in addresses.
    pub slug: &'a Slug,
    /// Its title.
    pub title: &'a str,
    /// When it was published.
    pub published: Moment,
}

/// Why a file of suggestions cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not two lists of texts.
    #[error("these are no suggestions: {0}")]
    Form(#[from] serde_json::Error),
    /// A text that stands where a name must stand.
    #[error("“{0}” is no name")]
    Name(String),
}

/// A file as it is written, `[[…],[…]]`: all files have this one form, because each form that the app reads costs
/// its readers some KB of wasm.
type Written = Vec<Vec<String>>;

/// The first list, and the second.
fn lists(text: &str) -> Result<(Vec<String>, Vec<String>), Error> {
    let written: Written = serde_json::from_str(text)?;
    match <[Vec<String>; 2]>::try_from(written) {
        Ok([first, second]) => Ok((first, second)),
        Err(_) => Err(Error::Name(String::new())),
    }
}

/// Neighbours of a list as pairs; the second of each is a name or becomes one.
fn pairs<T>(list: Vec<String>, make: impl Fn(String) -> Option<T>) -> Result<Vec<(String, T)>, Error> {
    let mut pairs = Vec::with_capacity(list.len() / 2);
    let mut list = list.into_iter();
    while let Some(first) = list.next() {
        let second = list.next().unwrap_or_default();
        let made = make(second.clone()).ok_or(Error::Name(second))?;
        pairs.push((first, made));
    }
    Ok(pairs)
}

/// The shelves by the beginning that they are for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Directory {
    /// The shelf of each beginning that has one.
    shelves: Vec<(String, FileName)>,
    /// The directory of all longer beginnings, where one file does not hold them all.
    more: Vec<(String, FileName)>,
}

/// The file that a directory names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Another directory.
    Directory(FileName),
    /// The shelf.
    Shelf(FileName),
}

impl Directory {
    /// Longest chain of directories: beginnings get longer along it. A reader goes no further.
    pub const DEEPEST: usize = 8;

    /// Reads a file.
    ///
    /// # Errors
    /// When it is not what [`write`] writes.
    pub fn read(text: &str) -> Result<Self, Error> {
        let (shelves, more) = lists(text)?;
        let name = |text| FileName::try_from(text).ok();
        Ok(Self { shelves: pairs(shelves, name)?, more: pairs(more, name)? })
    }

    fn written(&self) -> Written {
        let flat = |pairs: &[(String, FileName)]| {
            pairs.iter().flat_map(|(beginning, name)| [beginning.clone(), name.to_string()]).collect()
        };
        vec![flat(&self.shelves), flat(&self.more)]
    }

    /// The file of the longest beginning of what is typed.
    pub fn next(&self, typed: &Typed) -> Option<Next> {
        let longest = |of: &[(String, FileName)]| {
            let fits = of.iter().filter(|(beginning, _)| typed.key.starts_with(beginning.as_str()));
            fits.max_by_key(|(beginning, _)| beginning.len())
                .map(|(beginning, name)| (beginning.len(), name.clone()))
        };
        match (longest(&self.more), longest(&self.shelves)) {
            (Some((more, name)), shelf) if shelf.as_ref().is_none_or(|(shelf, _)| *shelf <= more) => {
                Some(Next::Directory(name))
            }
            (_, shelf) => shelf.map(|(_, name)| Next::Shelf(name)),
        }
    }
}

/// What can be offered for a beginning, best first.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// Sequences, those of most titles first.
    words: Vec<String>,
    /// Titles, newest first.
    titles: Vec<(String, Slug)>,
}

impl Shelf {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is not what [`write`] writes.
    pub fn read(text: &str) -> Result<Self, Error> {
        let (words, titles) = lists(text)?;
        Ok(Self { words, titles: pairs(titles, |slug| slug.parse().ok())? })
    }

    fn written(&self) -> Written {
        let titles = self.titles.iter().flat_map(|(title, slug)| [title.clone(), slug.to_string()]);
        vec![self.words.clone(), titles.collect()]
    }

    /// What to offer, at most [`MOST`]. Where marks are typed, what has the same marks comes first.
    pub fn offer(&self, typed: &Typed) -> Vec<Suggestion> {
        let words = typed.fitting(self.words.iter().map(String::as_str), true);
        let titles = typed.fitting(self.titles.iter().map(|(title, _)| title.as_str()), false);
        let most_words = MOST - titles.len().min(FOR_TITLES);
        let mut offered: Vec<_> = words
            .into_iter()
            .filter_map(|at| self.words.get(at))
            .filter(|words| small(words) != typed.text)
            .take(most_words)
            .map(|words| Suggestion::Words(words.clone()))
            .collect();
        let titles = titles.into_iter().filter_map(|at| self.titles.get(at));
        let titles =
            titles.map(|(title, slug)| Suggestion::Title { slug: slug.clone(), title: title.clone() });
        offered.extend(titles.take(MOST - offered.len()));
        offered
    }
}

/// What to offer from titles alone, newest first: for a source that has no files of suggestions.
pub fn among<'a>(typed: &Typed, titles: impl Iterator<Item = (&'a Slug, &'a str)>) -> Vec<Suggestion> {
    let fits = titles.filter(|(_, title)| typed.begins_in(title, false).is_some()).take(MOST);
    let titles = fits.map(|(slug, title)| (title.to_owned(), slug.clone())).collect();
    Shelf { words: Vec::new(), titles }.offer(typed)
}

/// A text that is being typed: its last syllable may go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Folded syllables with single spaces; a space at the end when the last syllable is whole.
    key: String,
    /// In small letters, without spaces at its ends.
    text: String,
    /// The syllables that carry marks, by number, as they are written.
    marked: Vec<(usize, String)>,
}

impl Typed {
    /// Reads what is typed; `None` when nothing can be offered for it.
    pub fn new(text: &str) -> Option<Self> {
        let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
        let text = small(text.get(..end)?);
        let parts: Vec<Syllable> = syllables(&text).collect();
        let last = parts.last()?;
        let mut key = key(&parts);
        if text.get(last.end..).is_some_and(|rest| !rest.is_empty()) {
            key.push(' ');
        }
        let written = parts.iter().filter_map(|part| text.get(part.start..part.end)).map(str::to_owned);
        let marked = written.enumerate().filter(|(_, part)| Spelling::of(part).is_marked()).collect();
        Some(Self { key, marked, text: text.trim().to_owned() })
    }

    /// The places of the texts that begin with what is typed, those with the same marks first.
    fn fitting<'a>(&self, texts: impl Iterator<Item = &'a str>, from_start: bool) -> Vec<usize> {
        let fits: Vec<(usize, usize)> = texts
            .enumerate()
            .filter_map(|(at, text)| Some((self.begins_in(text, from_start)?, at)))
            .collect();
        let with = |count| fits.iter().filter(move |(same, _)| *same == count).map(|(_, at)| *at);
        (0..=self.marked.len()).rev().flat_map(with).collect()
    }

    /// How many marked syllables are the same where the text goes on as typed: from its start, or from any of
    /// its syllables. `None` when it does so nowhere.
    fn begins_in(&self, text: &str, from_start: bool) -> Option<usize> {
        let parts: Vec<Syllable> = syllables(text).collect();
        let whole = key(&parts);
        let starts = if from_start { parts.len().min(1) } else { parts.len() };
        let mut at = 0;
        let mut best = None;
        for (number, part) in parts.iter().take(starts).enumerate() {
            if whole.get(at..).is_some_and(|rest| rest.starts_with(&self.key)) {
                let same = |(nth, written): &&(usize, String)| {
                    let there = parts.get(number + nth).and_then(|there| text.get(there.start..there.end));
                    there.is_some_and(|there| begins_alike(there, written))
                };
                best = best.max(Some(self.marked.iter().filter(same).count()));
            }
            at += part.folded.len() + 1;
        }
        best
    }
}

/// In small letters, letter by letter.
fn small(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Whether a syllable begins with these letters, their marks included.
fn begins_alike(syllable: &str, typed: &str) -> bool {
    let ends = syllable.char_indices().map(|(at, c)| at + c.len_utf8());
    let typed = Spelling::of(typed);
    ends.filter_map(|end| syllable.get(..end)).any(|beginning| Spelling::of(beginning) == typed)
}

/// The folded syllables with single spaces.
fn key(parts: &[Syllable]) -> String {
    let mut key = String::new();
    for part in parts {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&part.folded);
    }
    key
}

#[cfg(test)]
mod tests;
