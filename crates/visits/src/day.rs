//! One day in Việt Nam: how many views, and the stretches of time in which view followed view.

use crate::PAUSE;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Seconds between UTC and Việt Nam, which has no daylight saving.
const VIETNAM: i64 = 7 * 3600;
/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;
/// 2200-12-31 in days since 1970-01-01.
pub(crate) const LAST_DAY: i64 = 84_370;
/// Most views that a day or month counts to: one a second for thirty years.
pub(crate) const MOST: u32 = 1_000_000_000;

/// The day in Việt Nam, between 1970-01-01 and 2200-12-31, and the second of that day.
pub(crate) fn day_and_second(unix: i64) -> (NaiveDate, u32) {
    let local = unix.clamp(-VIETNAM, (LAST_DAY + 1) * DAY - 1 - VIETNAM) + VIETNAM;
    let day = NaiveDate::from_epoch_days((local / DAY) as i32).unwrap_or_default();
    (day, (local % DAY) as u32)
}

/// When a day begins, in seconds since 1970-01-01T00:00:00Z.
pub(crate) fn midnight(day: NaiveDate) -> i64 {
    i64::from(day.to_epoch_days()) * DAY - VIETNAM
}

/// A day that is kept with its times.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Day(
    /// Page views, as far as one copy has seen them; [`Day::views`] is the figure.
    u32,
    /// Visits: first and last view, in seconds of the day; in order, [`PAUSE`] or more apart.
    pub(crate) Vec<(u32, u32)>,
);

impl Day {
    /// Counts a view.
    pub(crate) fn record(&mut self, second: u32) {
        self.0 = self.0.saturating_add(1).min(MOST);
        self.add(&[(second, second)]);
    }

    /// What two copies of the day know together.
    pub(crate) fn join(&mut self, other: &Self) {
        self.0 = self.0.max(other.0);
        self.add(&other.1);
    }

    /// Puts stretches among the others. Whatever the order in which views come, the stretches are those of
    /// all of them: views inside a stretch are less than [`PAUSE`] from a neighbour, so only its ends decide.
    fn add(&mut self, stretches: &[(u32, u32)]) {
        let mut all: Vec<(u32, u32)> = self.1.iter().chain(stretches).copied().collect();
        all.sort_unstable();
        self.1.clear();
        for (first, last) in all {
            match self.1.last_mut() {
                Some((_, end)) if first < end.saturating_add(PAUSE) => *end = last.max(*end),
                _ => self.1.push((first, last)),
            }
        }
    }

    /// How many visits.
    pub(crate) fn visits(&self) -> u32 {
        self.1.len() as u32 // At most 48: a day has no more pauses.
    }

    /// How many views: at least one a visit, which the larger number of two copies may fall short of.
    pub(crate) fn views(&self) -> u32 {
        self.0.max(self.visits())
    }

    /// Whether views can have made it.
    pub(crate) fn is_sound(&self) -> bool {
        let in_order = self.1.iter().all(|(first, last)| first <= last && i64::from(*last) < DAY);
        let apart = self.1.windows(2).all(|pair| pair[0].1.saturating_add(PAUSE) <= pair[1].0);
        !self.1.is_empty() && in_order && apart && (1..=MOST).contains(&self.0)
    }
}
