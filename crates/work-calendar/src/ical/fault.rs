//! What is wrong with a calendar file, said so that an editor can cure it.

use std::fmt;

/// One thing that is wrong: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The line of the file, counted from 1; the first one of a folded line.
    pub line: usize,
    /// The property (`DTSTART`) or component (`VEVENT`) that is meant.
    pub name: String,
    /// Whether an event, or an occurrence of one, is missing from the calendar because of it.
    pub loses: bool,
    /// What is wrong, a whole sentence.
    pub what: String,
    /// What to do, a whole sentence.
    pub cure: String,
}

impl Fault {
    /// Something that an event cannot be read without.
    pub(super) fn lost(line: usize, name: &str, what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { line, name: name.to_owned(), loses: true, what: what.into(), cure: cure.into() }
    }

    /// Something that was passed over.
    pub(super) fn noted(line: usize, name: &str, what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { loses: false, ..Self::lost(line, name, what, cure) }
    }
}

/// `line 3: DTSTART: sentence cure`
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}: {} {}", self.line, self.name, self.what, self.cure)
    }
}

/// The beginning of a text, to be shown in a sentence.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(60).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
