//! What is asked. Its address is the matter of `routes`.

use archive::Slug;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// A question to the archive. The default asks for everything, best first, from the first page on.
///
/// The fields are open, so that a form or a link can be written down as one; whoever uses a query puts it
/// in order first by [`Query::normalised`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Query {
    /// Words that all have to occur; empty asks for everything. At most [`Query::MAX_WORDS`] characters.
    pub words: String,
    /// Any of these categories; empty asks for all. At most [`Query::MAX_CATEGORIES`].
    pub categories: BTreeSet<Slug>,
    /// The first day in Việt Nam, in [`Query::YEARS`].
    pub from: Option<NaiveDate>,
    /// The last day in Việt Nam, in [`Query::YEARS`] and not before `from`.
    pub to: Option<NaiveDate>,
    /// The office it comes from, as it is written, case and marks aside; empty asks for all. At most
    /// [`Query::MAX_NAME`] characters.
    pub unit: String,
    /// A tag, as it is written, case and marks aside; empty asks for all. At most [`Query::MAX_NAME`] characters.
    pub tag: String,
    /// Whether the words have to stand in the title.
    pub titles_only: bool,
    /// Whether it has to come with files.
    pub attachments: bool,
    /// Whether the words are taken as typed, also when nothing is found: no correction.
    pub as_typed: bool,
    /// What comes first.
    pub order: Order,
    /// Which page of the results, from 1 to [`Query::MAX_PAGE`].
    pub page: u32,
}

/// What comes first among the results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// What fits the words best; the newest among equals.
    #[default]
    Best,
    /// The newest.
    Newest,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            words: String::new(),
            categories: BTreeSet::new(),
            from: None,
            to: None,
            unit: String::new(),
            tag: String::new(),
            titles_only: false,
            attachments: false,
            as_typed: false,
            order: Order::default(),
            page: 1,
        }
    }
}

impl Query {
    /// Whether anything but the words, the order and the page is asked.
    pub fn is_filtered(&self) -> bool {
        let plain = Self {
            words: self.words.clone(),
            order: self.order,
            page: self.page,
            as_typed: self.as_typed,
            ..Self::default()
        };
        *self != plain
    }

    /// Most characters of the words: a long title can be pasted whole.
    pub const MAX_WORDS: usize = 200;
    /// Most categories. A portal has about ten; fifty keep an address under the 8 KiB that servers take.
    pub const MAX_CATEGORIES: usize = 50;
    /// Most characters of a unit or a tag.
    pub const MAX_NAME: usize = 120;
    /// The last page that can be asked for: 100,000 results, more than anyone reads.
    pub const MAX_PAGE: u32 = 10_000;
    /// Results on a page.
    pub const PAGE: usize = 10;
    /// Years of the days: those that [`archive::Moment`] takes.
    pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

    /// The same question in its one valid form: single spaces, no ends in spaces, nothing over its limit,
    /// no day outside the years, no last day before the first. Idempotent.
    #[must_use]
    pub fn normalised(self) -> Self {
        let possible = |day: &NaiveDate| Self::YEARS.contains(&day.year());
        let from = self.from.filter(possible);
        Self {
            words: one_line(&self.words, Self::MAX_WORDS),
            categories: self.categories.into_iter().take(Self::MAX_CATEGORIES).collect(),
            from,
            to: self.to.filter(possible).filter(|&to| from.is_none_or(|from| from <= to)),
            unit: one_line(&self.unit, Self::MAX_NAME),
            tag: one_line(&self.tag, Self::MAX_NAME),
            titles_only: self.titles_only,
            attachments: self.attachments,
            as_typed: self.as_typed,
            order: self.order,
            page: self.page.clamp(1, Self::MAX_PAGE),
        }
    }
}

/// A text on one line with single spaces, cut to `most` characters.
fn one_line(text: &str, most: usize) -> String {
    let mut spaced = String::new();
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
        // Four bytes hold any character: here the limit is reached whatever follows.
        if spaced.len() >= most * 4 {
            break;
        }
    }
    let cut = spaced.char_indices().nth(most).map_or(spaced.len(), |(at, _)| at);
    spaced.truncate(cut);
    spaced.truncate(spaced.trim_end().len());
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().expect("a day"))
    }

    proptest! {
        #[test]
        fn normalising_twice_is_normalising_once(words in "(\\PC|\\s){0,300}", page in any::<u32>()) {
            let once = Query { words, page, ..Query::default() }.normalised();
            prop_assert!(once.words.chars().count() <= Query::MAX_WORDS);
            prop_assert!((1..=Query::MAX_PAGE).contains(&once.page));
            prop_assert!(once.words.is_empty() || !once.words.split(' ').any(str::is_empty));
            prop_assert_eq!(once.clone().normalised(), once);
        }
    }

    #[test]
    fn spaces_of_all_kinds_become_single_ones() {
        let query =
            Query { words: " \u{a0}hội \t\n nghị\u{3000}".into(), page: 0, ..Query::default() }.normalised();
        assert_eq!((query.words.as_str(), query.page), ("hội nghị", 1));
    }

    #[test]
    fn words_are_cut_at_their_limit_and_not_before() {
        let words = |text: &str| Query { words: text.into(), ..Query::default() }.normalised().words;
        let whole = "ộ".repeat(Query::MAX_WORDS);
        assert_eq!(words(&whole), whole);
        assert_eq!(words(&format!("{whole}x")), whole);
        assert_eq!(words(&format!("{} x", "ộ".repeat(199))), "ộ".repeat(199));
    }

    #[test]
    fn impossible_days_are_left_out() {
        let query = Query { from: day("0021-09-11"), to: day("2021-09-11"), ..Query::default() }.normalised();
        assert_eq!((query.from, query.to), (None, day("2021-09-11")));
        let query = Query { from: day("2021-09-12"), to: day("2021-09-11"), ..Query::default() }.normalised();
        assert_eq!((query.from, query.to), (day("2021-09-12"), None));
        let query = Query { from: day("2021-09-11"), to: day("2021-09-11"), ..Query::default() };
        assert_eq!(query.clone().normalised(), query);
    }
}
