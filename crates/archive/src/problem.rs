//! What is wrong with an archive, said so that an editor can cure it.

use serde::Serialize;
use std::fmt;

/// How bad a [`Problem`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The archive cannot be published like this.
    Error,
    /// It can be published, but a reader loses something.
    Warning,
}

/// One thing that is wrong: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// The file, relative to the archive, with `/`.
    pub path: String,
    /// The field as a path into the JSON (`_bantin.category`, `attachments[1].url`), or `line 3, column 7`.
    pub field: String,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, a whole sentence.
    pub sentence: String,
    /// What to do, a whole sentence.
    pub cure: String,
}

impl Problem {
    /// A problem that keeps the archive from being published.
    pub fn error(
        path: impl Into<String>,
        field: impl Into<String>,
        sentence: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        let (path, field, sentence, cure) = (path.into(), field.into(), sentence.into(), cure.into());
        Self { path, field, severity: Severity::Error, sentence, cure }
    }

    /// A problem that only a reader suffers from.
    pub fn warning(
        path: impl Into<String>,
        field: impl Into<String>,
        sentence: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(path, field, sentence, cure) }
    }
}

/// `path: field: sentence cure`, with `warning: ` before the sentence where it is one.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let warning = if self.severity == Severity::Warning { "warning: " } else { "" };
        write!(f, "{}: {}: {warning}{} {}", self.path, self.field, self.sentence, self.cure)
    }
}
