//! What the search box offers while a reader types: sequences of syllables, and titles.

use archive::Slug;

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
