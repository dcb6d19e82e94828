//! From reports about a web server's log to the figures of the whole portal.
//!
//! A log is rotated and a report forgets, so what was counted is kept in a [`Ledger`]. It is joined with a report so
//! that the same report changes nothing the second time and no figure ever becomes smaller.
//!
//! Not here: the figures that readers get (`archive::counts`), the command (`cmd::counts`).

mod books;
mod report;
mod titles;

pub use books::Books;
pub(crate) use books::{FILES, carry_over};
pub use report::{InvalidReport, Report};
pub use titles::Titles;

use archive::{
    Counts, Moment, Slug,
    counts::{self, Day, Views},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// More than any single count can be: thirty thousand visits from every person on earth. Far enough from the end of the
/// numbers for sums of them.
pub const MOST: u64 = 1 << 48;

/// A day stays by itself for as long as a report is likely to tell of it: GoAccess lists 366 days unless told otherwise.
const DAYS: usize = 400;

/// An address is whatever somebody asks for. Bounded, so that a joker fills no disk; far more than a portal has articles.
const ARTICLES: usize = 100_000;

/// All that was ever counted. Written to [`Ledger::FILE`], beside the figures that are made of it.
///
/// Visitors are known by the day, so a day's count is the largest that any report had for it. Views of articles are
/// not: a report has one sum for all its days. So each day belongs to one of two parts: it is *open*, and its views are
/// in `open_views`, of which a new report about any open day gives larger ones; or it is *closed*, and they are in
/// `closed_views` for good. A report about none of the open days closes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// [`Ledger::FORMAT`] of the writer.
    format: u32,
    /// What an old portal had counted.
    start: u64,
    /// When the newest report was made.
    time: Moment,
    /// The days before those of `days`, in one sum.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<Earlier>,
    /// Visitors of each day.
    days: BTreeMap<NaiveDate, u64>,
    /// Days that are open.
    open: BTreeSet<NaiveDate>,
    open_views: BTreeMap<Slug, u64>,
    closed_views: BTreeMap<Slug, u64>,
}

/// Days that are over for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Earlier {
    /// The last of them.
    through: NaiveDate,
    visitors: u64,
}

impl Ledger {
    /// The fixed name, beside [`Counts::FILE`].
    pub const FILE: &str = "counts-ledger.json";
    /// Version of the file.
    pub const FORMAT: u32 = 1;

    /// An empty one. `time` is that of the first report.
    pub fn new(time: Moment) -> Self {
        Self {
            format: Self::FORMAT,
            start: 0,
            time,
            earlier: None,
            days: BTreeMap::new(),
            open: BTreeSet::new(),
            open_views: BTreeMap::new(),
            closed_views: BTreeMap::new(),
        }
    }

    /// Goes on from what an old portal had counted. Given with each run and still added once: it is a number here and
    /// no sum. A smaller one than before changes nothing.
    pub fn start_from(&mut self, start: u64) {
        self.start = self.start.max(start);
    }

    /// Takes a report in. Exact when each report is about all of the open days, or about none of them and no closed
    /// ones; otherwise the views of articles are at least right, never twice counted and never fewer than before.
    pub fn take(&mut self, report: &Report) {
        self.time = self.time.max(report.time);
        self.take_views(report);
        for (&day, &visitors) in &report.days {
            if !self.is_over(day) {
                let most = self.days.entry(day).or_default();
                *most = visitors.max(*most);
            }
        }
        while self.days.len() > DAYS {
            let Some((day, visitors)) = self.days.pop_first() else { break };
            self.open.remove(&day);
            let before = self.earlier.map_or(0, |earlier| earlier.visitors);
            self.earlier = Some(Earlier { through: day, visitors: before.saturating_add(visitors) });
        }
    }

    fn take_views(&mut self, report: &Report) {
        let (closed, new): (Vec<NaiveDate>, Vec<NaiveDate>) =
            report.days.keys().partition(|&&day| self.is_closed(day));
        if new.is_empty() {
            return;
        }
        if new.iter().all(|day| !self.open.contains(day)) {
            for (slug, views) in std::mem::take(&mut self.open_views) {
                let sum = self.closed_views.entry(slug).or_default();
                *sum = sum.saturating_add(views);
            }
            bound(&mut self.closed_views);
            self.open.clear();
        }
        self.open.extend(new);
        for (slug, &views) in &report.views {
            // What is counted of the closed days already may be in this sum, too; it is not counted again.
            let counted = if closed.is_empty() { None } else { self.closed_views.get(slug) };
            let views = views.saturating_sub(counted.copied().unwrap_or(0));
            if views > 0 {
                let most = self.open_views.entry(slug.clone()).or_default();
                *most = views.max(*most);
            }
        }
        bound(&mut self.open_views);
    }

    /// Whether the day's visitors are in the one sum of all early days.
    fn is_over(&self, day: NaiveDate) -> bool {
        self.earlier.is_some_and(|earlier| day <= earlier.through)
    }

    /// Whether the day's views are counted for good.
    fn is_closed(&self, day: NaiveDate) -> bool {
        self.is_over(day) || (self.days.contains_key(&day) && !self.open.contains(&day))
    }

    /// The figures for readers. With the titles of an archive, only of articles that it has.
    pub fn counts(&self, titles: Option<&Titles>) -> Counts {
        let day = self.time.day();
        let mut views = self.closed_views.clone();
        for (slug, open) in &self.open_views {
            let sum = views.entry(slug.clone()).or_default();
            *sum = sum.saturating_add(*open);
        }
        let mut articles: Vec<(Slug, u64)> = views.into_iter().collect();
        // Stable: where views are the same, the slug decides.
        articles.sort_by_key(|(_, views)| Reverse(*views));
        let named = |(slug, views): (Slug, u64)| {
            let title = titles.map_or(Some(String::new()), |titles| titles.title(&slug))?;
            Some(Views { slug, title, views })
        };
        let articles = articles.into_iter().filter_map(named).take(Counts::MAX_ARTICLES).collect();
        let earlier = self.earlier.map_or(0, |earlier| earlier.visitors);
        Counts {
            format: counts::FORMAT,
            time: self.time,
            today: Day { day, visitors: self.days.get(&day).copied().unwrap_or(0) },
            total: self
                .days
                .values()
                .fold(self.start.saturating_add(earlier), |sum, n| sum.saturating_add(*n)),
            articles,
        }
    }
}

/// Keeps the articles of most views.
fn bound(views: &mut BTreeMap<Slug, u64>) {
    if views.len() > ARTICLES {
        let mut all: Vec<(Slug, u64)> = std::mem::take(views).into_iter().collect();
        all.sort_by_key(|(_, views)| Reverse(*views));
        all.truncate(ARTICLES);
        *views = all.into_iter().collect();
    }
}

#[cfg(test)]
mod tests;
