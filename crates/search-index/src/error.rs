//! What can be wrong with the bytes of the index.

/// Why a file of the index cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It ends too early.
    #[error("the file of the search index is cut off: load it again")]
    Truncated,
    /// It says what cannot be.
    #[error("the file of the search index is damaged ({0}): load it again, or publish the archive anew")]
    Damaged(&'static str),
    /// It was written by another version.
    #[error("the search index is of another version: reload the page")]
    Version,
}
