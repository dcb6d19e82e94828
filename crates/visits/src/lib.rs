//! The visit log: how often the portal was visited in one reader's browser.
//!
//! A *visit* is the first page view, the first after 30 minutes without one, or the first after midnight in
//! Việt Nam. So a visit never crosses midnight, and the visits of a day follow from that day's views alone:
//! a day is kept as the stretches of time in which view followed view, and each stretch is a visit. What is
//! counted depends on *when* pages were viewed and not on the order in which this was written down: a clock
//! that was set back or forward, or a tab that writes late, neither loses nor invents a visit.
//!
//! Each [`Writer`] (a browser) has a book of its own in the log; figures are sums over the books. Days become
//! months once there are more than [`VisitLog::OPEN_DAYS`] of them, so the log stays small for ever.
//!
//! Where a portal has its views counted elsewhere too, [`Destination`] says what of a view is told to whom.
//!
//! Not here: the clock (time is an argument), storage, chance (the caller makes the number of the writer),
//! and when a page has been viewed.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod book;
mod code;
mod day;
mod read;
mod send;

pub use code::Error;
pub use send::{Destination, Queue, Request, Service, View};

use book::Book;
use chrono::{Datelike, Days, Months, NaiveDate};
use read::Viewed;
use std::{collections::BTreeMap, fmt};

/// Seconds without a view after which the next one is a new visit.
pub const PAUSE: u32 = 30 * 60;

/// Who counts: one browser, by a number that it drew once and keeps.
///
/// Writing is to be serialised for one writer: read the log, record, and store it in one transaction. Copies
/// of one writer's book that went on apart are still joined without counting anything twice, but of the
/// *views* of a day only the larger number is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Writer(pub u32);

/// Eight hexadecimal digits.
impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

/// Views and visits, by day and month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VisitLog {
    books: BTreeMap<Writer, Book>,
}

/// What a view is of. A page that is neither an article nor in a category counts as a view alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Page<'a> {
    /// Slug and title.
    pub article: Option<(&'a str, &'a str)>,
    /// Slug.
    pub category: Option<&'a str>,
}

/// Visits and page views.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Visits.
    pub visits: u64,
    /// Page views.
    pub views: u64,
}

impl std::ops::AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.visits += other.visits;
        self.views += other.views;
    }
}

/// What is shown: figures of this browser, not of the whole portal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// On the day, in Việt Nam, of the time asked for ("Hôm nay").
    pub today: Figures,
    /// In its week, from Monday on.
    pub week: Figures,
    /// In its month.
    pub month: Figures,
    /// In its year.
    pub year: Figures,
    /// In all ("Đã truy cập").
    pub total: Figures,
}

/// An article or a category, and how often it was viewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Its name in addresses.
    pub slug: String,
    /// Its title, cut after 80 letters; empty for a category.
    pub title: String,
    /// How often.
    pub views: u64,
}

impl VisitLog {
    /// Days that are kept with their times, before and after now: two months, so that a chart of 30 days is
    /// whole and late or early clocks find their day. Older ones become months.
    pub const OPEN_DAYS: usize = 62;

    /// Articles that are counted one by one: those viewed last. With their titles they take at most 40 KB.
    pub const ARTICLES: usize = 80;
    /// Categories that are counted one by one: those viewed last.
    pub const CATEGORIES: usize = 30;

    /// Counts a page view at `now`, in seconds since 1970-01-01T00:00:00Z. A time outside the years 1970 to
    /// 2200 counts as the nearest one inside.
    pub fn record(&mut self, writer: Writer, page: Page<'_>, now: i64) {
        self.books.entry(writer).or_default().record(page, now);
    }

    /// The figures at `now`, in seconds since 1970-01-01T00:00:00Z.
    ///
    /// A day that became part of a month, and that the clock goes back to, shows 0 for today; what happens
    /// on it counts in all.
    pub fn summary(&self, now: i64) -> Summary {
        let (today, _) = day::day_and_second(now);
        let first = book::first_of_month(today);
        let january = first.with_month(1).unwrap_or(first);
        let december = january.with_month(12).unwrap_or(january);
        let end = |first: NaiveDate| first.with_day(u32::from(first.num_days_in_month())).unwrap_or(first);
        let monday = today - Days::new(today.weekday().num_days_from_monday().into());
        Summary {
            today: self.between(today, today),
            week: self.between(monday, monday + Days::new(6)),
            month: self.between(first, end(first)),
            year: self.between(january, end(december)),
            total: self.between(NaiveDate::MIN, NaiveDate::MAX),
        }
    }

    fn between(&self, from: NaiveDate, to: NaiveDate) -> Figures {
        let mut sum = Figures::default();
        self.books.values().for_each(|book| sum += book.between(from, to));
        sum
    }

    /// The days to `now`, oldest first, at most [`Self::OPEN_DAYS`], each with its figures.
    pub fn days(&self, now: i64, count: usize) -> Vec<(NaiveDate, Figures)> {
        let (today, _) = day::day_and_second(now);
        let day = |back: usize| today.checked_sub_days(Days::new(back as u64));
        let days = (0..count.min(Self::OPEN_DAYS)).rev().filter_map(day);
        days.map(|day| (day, self.between(day, day))).collect()
    }

    /// The months to that of `now`, oldest first, each by its first day and with its figures.
    pub fn months(&self, now: i64, count: u32) -> Vec<(NaiveDate, Figures)> {
        let first = book::first_of_month(day::day_and_second(now).0);
        let months = (0..count).rev().filter_map(|back| first.checked_sub_months(Months::new(back)));
        let last = |first: NaiveDate| first.with_day(u32::from(first.num_days_in_month())).unwrap_or(first);
        months.map(|first| (first, self.between(first, last(first)))).collect()
    }

    /// The articles viewed most often, at most `count`; of those viewed equally often the one viewed later first.
    pub fn articles(&self, count: usize) -> Vec<Counted> {
        counted(self.books.values().flat_map(|book| &book.articles.0), count)
    }

    /// The categories viewed most often, in the same way.
    pub fn categories(&self, count: usize) -> Vec<Counted> {
        counted(self.books.values().flat_map(|book| &book.categories.0), count)
    }

    /// Beginning and end of the last visits, in seconds since 1970-01-01T00:00:00Z, newest first; of those on days that
    /// are still kept as days.
    pub fn visits(&self, count: usize) -> Vec<(i64, i64)> {
        let mut visits: Vec<(i64, i64)> = self.books.values().flat_map(Book::visits).collect();
        visits.sort_unstable_by(|a, b| b.cmp(a));
        visits.truncate(count);
        visits
    }

    /// The figures as a table (CSV with a byte order mark, as Excel wants it), newest first: a row for each day that is
    /// still kept as a day (`2025-03-17`) and for what became part of each month (`2025-01`).
    pub fn to_csv(&self, columns: [&str; 3]) -> String {
        let mut rows: BTreeMap<String, Figures> = BTreeMap::new();
        for book in self.books.values() {
            for (name, figures) in book.rows() {
                *rows.entry(name).or_default() += figures;
            }
        }
        let mut table = ["\u{feff}", &columns.join(","), "\r\n"].concat();
        for (name, Figures { visits, views }) in rows.into_iter().rev() {
            table.push_str(&[&name, ",", &visits.to_string(), ",", &views.to_string(), "\r\n"].concat());
        }
        table
    }

    /// What two logs know together. Commutative, associative and idempotent: copies can be joined in any
    /// order and any number of times.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        for (writer, book) in other.books {
            self.books.entry(writer).or_default().join(book);
        }
        self
    }

    /// As text to be stored: JSON with a version.
    pub fn encode(&self) -> String {
        code::encode(&self.books)
    }

    /// Reads what [`encode`](Self::encode) wrote.
    ///
    /// # Errors
    /// When the text is no visit log, is of another version, or has numbers that no reader can have made.
    /// The caller keeps the text aside then and begins a new log.
    pub fn decode(text: &str) -> Result<Self, Error> {
        Ok(Self { books: code::decode(text)? })
    }
}

/// The same name in several books is one.
fn counted<'a>(viewed: impl Iterator<Item = (&'a String, &'a Viewed)>, count: usize) -> Vec<Counted> {
    let mut sums: BTreeMap<&str, (u64, i64, &str)> = BTreeMap::new();
    for (slug, Viewed(last, views, title)) in viewed {
        let (sum, latest, known) = sums.entry(slug).or_insert((0, i64::MIN, ""));
        *sum += u64::from(*views);
        if *last > *latest {
            (*latest, *known) = (*last, title);
        }
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(slug, (views, last, _))| (std::cmp::Reverse((*views, *last)), *slug));
    let counted = |(slug, (views, _, title)): (&str, (u64, i64, &str))| Counted {
        slug: slug.to_owned(),
        title: title.to_owned(),
        views,
    };
    sums.into_iter().take(count).map(counted).collect()
}

#[cfg(test)]
mod tests;
