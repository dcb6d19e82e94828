//! Names of published files, so that bytes from the network cannot point outside the published folder.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A path below the published folder, such as `article/0123456789abcdef.json`: segments of ASCII letters,
/// digits, `-`, `_` and `.`, joined by `/`; no segment starts with a dot; at most 300 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileName(String);

/// Why a text is not a [`FileName`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not the name of a published file")]
pub struct InvalidFileName(String);

impl FileName {
    /// The name as text, relative to the published folder.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for FileName {
    type Error = InvalidFileName;

    fn try_from(text: String) -> Result<Self, InvalidFileName> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        let segment = |s: &str| !s.is_empty() && !s.starts_with('.') && s.bytes().all(plain);
        if text.len() <= 300 && text.split('/').all(segment) {
            Ok(Self(text))
        } else {
            Err(InvalidFileName(text.chars().take(80).collect()))
        }
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> Self {
        name.0
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_the_published_folder() {
        for good in ["entry.json", "feed/0a.json", "media/0123/Ke_hoach-1.pdf"] {
            assert!(FileName::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in
            ["", "/a", "a/", "a//b", "..", "../a", "a/../b", "https://x/a", "a\\b", "a b", "a?b", ".git/x"]
        {
            assert!(FileName::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
