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
//! Not here: the clock (time is an argument), storage, chance (the caller makes the number of the writer),
//! and what a page view is.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod book;
mod code;
mod day;

pub use code::Error;

use book::Book;
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

/// What is shown: figures of this browser, not of the whole portal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Visits on the day, in Việt Nam, of the time asked for ("Hôm nay").
    pub today: u64,
    /// Visits in all ("Đã truy cập").
    pub total: u64,
    /// Page views on that day.
    pub views_today: u64,
    /// Page views in all.
    pub views_total: u64,
}

impl VisitLog {
    /// Days that are kept with their times, before and after now: two months, so that a chart of 30 days is
    /// whole and late or early clocks find their day. Older ones become months.
    pub const OPEN_DAYS: usize = 62;

    /// Counts a page view at `now`, in seconds since 1970-01-01T00:00:00Z. A time outside the years 1970 to
    /// 2200 counts as the nearest one inside.
    pub fn record(&mut self, writer: Writer, now: i64) {
        self.books.entry(writer).or_default().record(now);
    }

    /// The figures at `now`, in seconds since 1970-01-01T00:00:00Z.
    ///
    /// A day that became part of a month, and that the clock goes back to, shows 0 for today; what happens
    /// on it counts in all.
    pub fn summary(&self, now: i64) -> Summary {
        let (today, _) = day::day_and_second(now);
        let mut sum = Summary::default();
        for book in self.books.values() {
            let (visits, views) = book.on(today);
            sum.today += visits;
            sum.views_today += views;
            let (visits, views) = book.total();
            sum.total += visits;
            sum.views_total += views;
        }
        sum
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

#[cfg(test)]
mod tests;
