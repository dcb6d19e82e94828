//! The name of an article or category in addresses and file names.
//!
//! Not here: making one from a title (`viet_text::slug`).

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A name of small ASCII letters and digits in groups joined by single hyphens, 1 to 200 bytes:
/// `lich-thi-lop-10`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a text is not a [`Slug`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a name for an address: use small letters a-z, digits and single hyphens, at most 200")]
pub struct InvalidSlug(String);

impl Slug {
    /// Longest slug in bytes. File systems take 255 with the ending; 200 leaves room for it.
    pub const MAX: usize = 200;

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = InvalidSlug;

    fn from_str(text: &str) -> Result<Self, InvalidSlug> {
        let group =
            |g: &str| !g.is_empty() && g.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if text.len() <= Self::MAX && text.split('-').all(group) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidSlug(text.chars().take(80).collect()))
        }
    }
}

impl TryFrom<String> for Slug {
    type Error = InvalidSlug;

    fn try_from(text: String) -> Result<Self, InvalidSlug> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_plain_names_are_slugs() {
        for good in ["a", "tin-tuc-su-kien", "lop-10", "2021"] {
            assert!(good.parse::<Slug>().is_ok(), "{good}");
        }
        for bad in ["", "-", "a-", "-a", "a--b", "A", "a b", "a/b", "..", "tuyển-sinh", &"a".repeat(201)] {
            assert!(bad.parse::<Slug>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_viet_text_makes_of_a_title_is_a_slug_or_empty(title in "\\PC*") {
            let made = viet_text::slug(&title, Slug::MAX);
            prop_assert!(made.is_empty() || made.parse::<Slug>().is_ok());
        }
    }
}
