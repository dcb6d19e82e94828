//! Why something could not be loaded. One type for the whole app; its sentences are in `wording`.

/// Why something could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LoadError {
    /// The device has no network.
    Offline,
    /// The network did not bring an answer, or cut it.
    Unreachable,
    /// No whole answer in good time.
    TimedOut,
    /// The server says there is no such file (404, 410).
    NotThere,
    /// The server answers with another error status.
    Refused(u16),
    /// The answer is larger than anything we publish.
    TooLarge,
    /// The answer is not what its name promises. What and where, for those who run the site.
    Malformed(String),
    /// Written by another version of Bản Tin than this app reads.
    OtherFormat,
}

impl LoadError {
    /// Whether an older copy is better than this error: the fault is of the way, not of the content.
    pub(crate) fn is_of_the_way(&self) -> bool {
        matches!(self, Self::Offline | Self::Unreachable | Self::TimedOut | Self::Refused(_))
    }

    /// For those who run the site; empty when the sentence says it all.
    pub(crate) fn detail(&self) -> &str {
        if let Self::Malformed(detail) = self { detail } else { "" }
    }
}
