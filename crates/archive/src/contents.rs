//! What the archive holds, by time and by tag: a page of its own, and the way into the list of all articles.
//!
//! The articles of a month have no file: they stand together in the list of all, which runs from newest to oldest.
//! So a count for each month is all that has to be published.

use crate::{Moment, Period};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

/// What the archive holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// How many articles each month has, January first, by year.
    pub months: BTreeMap<i32, [usize; 12]>,
    /// The tags of most articles and how many these are, in alphabetical order; at most [`Contents::MAX_TAGS`].
    pub tags: Vec<(String, usize)>,
}

impl Contents {
    /// Most [`Contents::tags`]: more than anyone looks through; the others are found by search.
    pub const MAX_TAGS: usize = 300;

    /// The contents of these articles: when each was published, and its tags. The order counts where spellings of a
    /// tag differ in case or marks alone: of those used equally often the one that came first is shown.
    pub fn of<'a>(articles: impl Iterator<Item = (Moment, &'a [String])>) -> Self {
        let mut contents = Self::default();
        // By what search takes for the same, the spellings: how often, and the first place.
        let mut spellings: HashMap<String, HashMap<&str, (usize, usize)>> = HashMap::new();
        let mut place = 0;
        for (published, tags) in articles {
            contents.count(published);
            for tag in tags {
                place += 1;
                let of_tag = spellings.entry(viet_text::fold(tag)).or_default();
                of_tag.entry(tag).or_insert((0, place)).0 += 1;
            }
        }
        let mut tags: Vec<(String, usize)> = spellings
            .into_values()
            .filter_map(|spellings| {
                let count = spellings.values().map(|(count, _)| count).sum();
                let (tag, _) = spellings
                    .into_iter()
                    .max_by_key(|(_, (count, place))| (*count, std::cmp::Reverse(*place)))?;
                Some((tag.to_owned(), count))
            })
            .collect();
        tags.sort_by_cached_key(|(tag, count)| (std::cmp::Reverse(*count), viet_text::sort_key(tag)));
        tags.truncate(Self::MAX_TAGS);
        tags.sort_by_cached_key(|(tag, _)| viet_text::sort_key(tag));
        contents.tags = tags;
        contents
    }

    /// Counts one article more.
    pub fn count(&mut self, published: Moment) {
        let day = published.day();
        if let Some(count) = self.months.entry(day.year()).or_default().get_mut(day.month0() as usize) {
            *count += 1;
        }
    }

    /// How many articles a year has.
    pub fn of_year(&self, year: i32) -> usize {
        self.months.get(&year).map_or(0, sum)
    }

    /// Where the articles of a period stand in the list of all, newest first.
    pub fn place(&self, period: Period) -> Range<usize> {
        let later = sum(self.months.range(period.year() + 1..).map(|(_, months)| sum(months)));
        let Some(months) = self.months.get(&period.year()) else { return later..later };
        // Months count from 1: the months after this one begin at its own number.
        let (later, within) = match period.month() {
            None => (later, sum(months)),
            Some(month) => {
                let (to_here, after) = months.split_at_checked(month as usize).unwrap_or((months, &[]));
                (later.saturating_add(sum(after)), to_here.last().copied().unwrap_or(0))
            }
        };
        later..later.saturating_add(within)
    }
}

/// A damaged file may hold any numbers.
fn sum(counts: impl IntoIterator<Item = impl std::borrow::Borrow<usize>>) -> usize {
    counts.into_iter().fold(0, |sum, count| sum.saturating_add(*count.borrow()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tags(tags: &[&str]) -> Vec<String> {
        tags.iter().map(|tag| (*tag).to_owned()).collect()
    }

    proptest! {
        #[test]
        fn a_period_stands_where_its_days_are(
            mut seconds in prop::collection::vec(1_500_000_000i64..1_700_000_000, 0..200),
            year in 2016i32..2025, month in prop::option::of(1u32..=12)
        ) {
            seconds.sort_unstable_by(|a, b| b.cmp(a));
            let moments: Vec<Moment> = seconds.into_iter().filter_map(Moment::from_unix).collect();
            let contents = Contents::of(moments.iter().map(|moment| (*moment, &[][..])));
            let period = Period::new(year, month).expect("a period");
            let place = contents.place(period);
            for (i, moment) in moments.iter().enumerate() {
                prop_assert_eq!(place.contains(&i), period.contains(moment.day()));
            }
            prop_assert_eq!(contents.months.keys().map(|year| contents.of_year(*year)).sum::<usize>(), moments.len());
        }

        #[test]
        fn any_numbers_give_a_place(months in prop::collection::btree_map(any::<i32>(), any::<[usize; 12]>(), 0..4),
            year in 1000i32..=9999, month in prop::option::of(1u32..=12)) {
            let contents = Contents { months, tags: Vec::new() };
            let place = contents.place(Period::new(year, month).expect("a period"));
            prop_assert!(place.start <= place.end);
        }
    }

    #[test]
    fn tags_are_counted_by_what_search_takes_for_the_same() {
        let articles =
            [tags(&["Lớp 10", "tuyển sinh"]), tags(&["lớp 10"]), tags(&["lop 10", "bão"]), tags(&["lớp 10"])];
        let moment = Moment::from_unix(1_600_000_000).expect("a moment");
        let contents = Contents::of(articles.iter().map(|tags| (moment, &**tags)));
        let expected = [("bão", 1), ("lớp 10", 4), ("tuyển sinh", 1)];
        assert_eq!(contents.tags, expected.map(|(tag, count)| (tag.to_owned(), count)));
    }

    #[test]
    fn of_many_tags_those_of_most_articles_stay() {
        let many: Vec<String> = (0..Contents::MAX_TAGS + 5).map(|i| format!("t{i:04}")).collect();
        let last = many.last().cloned().into_iter().collect::<Vec<_>>();
        let moment = Moment::from_unix(1_600_000_000).expect("a moment");
        let contents = Contents::of([(moment, &*many), (moment, &*last)].into_iter());
        assert_eq!(contents.tags.len(), Contents::MAX_TAGS);
        assert_eq!(contents.tags.last(), Some(&(last[0].clone(), 2)));
    }
}
