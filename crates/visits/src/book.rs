//! What one writer counted: open days, and months.
//!
//! Joining is a lattice: views and visits of a month and views of a day by the larger number, stretches by
//! union, and a day that some copy knows to be part of a month leaves the others.

use crate::{
    Figures, PAUSE, Page, VisitLog,
    day::{Day, MOST, day_and_second, midnight},
    read::Reading,
};
use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Book {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) days: BTreeMap<NaiveDate, Day>,
    /// By the first of the month.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) months: BTreeMap<NaiveDate, Month>,
    /// By slug.
    #[serde(default, skip_serializing_if = "Reading::is_empty")]
    pub(crate) articles: Reading,
    /// By slug.
    #[serde(default, skip_serializing_if = "Reading::is_empty")]
    pub(crate) categories: Reading,
}

/// What is left of the days that became part of a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Month(
    /// Page views.
    pub(crate) u32,
    /// Visits.
    pub(crate) u32,
    /// Which days: bit 0 is the first.
    pub(crate) u32,
    /// The last view, in seconds of the month: a view that comes late to such a day is a new visit only if
    /// it is a [`PAUSE`] away from it.
    pub(crate) u32,
);

impl Book {
    pub(crate) fn record(&mut self, page: Page<'_>, now: i64) {
        if let Some((slug, title)) = page.article {
            self.articles.record(slug, title, now, VisitLog::ARTICLES);
        }
        if let Some(slug) = page.category {
            self.categories.record(slug, "", now, VisitLog::CATEGORIES);
        }
        let (today, second) = day_and_second(now);
        let month = first_of_month(today);
        match self.months.get_mut(&month).filter(|month| month.has(today)) {
            Some(month) => month.record_late(today, second),
            None => self.days.entry(today).or_default().record(second),
        }
        self.fold(today);
    }

    /// Turns days into months where there are too many: the oldest before today; and, only where a wrong
    /// clock has made that many, the latest after today.
    fn fold(&mut self, today: NaiveDate) {
        while self.days.range(..=today).count() > VisitLog::OPEN_DAYS {
            let Some((day, of_day)) = self.days.pop_first() else { return };
            self.months.entry(first_of_month(day)).or_default().take(day, &of_day);
        }
        while self.days.range(today..).count() > VisitLog::OPEN_DAYS {
            let Some((day, of_day)) = self.days.pop_last() else { return };
            self.months.entry(first_of_month(day)).or_default().take(day, &of_day);
        }
    }

    pub(crate) fn join(&mut self, other: Self) {
        for (month, theirs) in other.months {
            self.months.entry(month).or_default().join(theirs);
        }
        for (day, theirs) in other.days {
            self.days.entry(day).or_default().join(&theirs);
        }
        let months = &self.months;
        self.days.retain(|day, _| !months.get(&first_of_month(*day)).is_some_and(|month| month.has(*day)));
        self.articles.join(other.articles, VisitLog::ARTICLES);
        self.categories.join(other.categories, VisitLog::CATEGORIES);
    }

    /// Visits and views of the days from one to another, both among them. Of a month that is not wholly inside, only the
    /// days count that are still kept as days.
    pub(crate) fn between(&self, from: NaiveDate, to: NaiveDate) -> Figures {
        let mut figures = Figures::default();
        if to < from {
            return figures;
        }
        for day in self.days.range(from..=to).map(|(_, day)| day) {
            figures += Figures { visits: day.visits().into(), views: day.views().into() };
        }
        for (first, month) in self.months.range(from..=to) {
            let last = first.checked_add_days(Days::new(u64::from(first.num_days_in_month()) - 1));
            if last.is_some_and(|last| last <= to) {
                figures += Figures { visits: month.1.into(), views: month.0.into() };
            }
        }
        figures
    }
}

impl Book {
    /// Every day and month, by its name.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (String, Figures)> + use<'_> {
        let figures = |visits: u32, views: u32| Figures { visits: visits.into(), views: views.into() };
        let days = self.days.iter().map(move |(day, of)| (day.to_string(), figures(of.visits(), of.views())));
        let months = self.months.iter();
        days.chain(months.map(move |(first, month)| {
            (first.to_string().chars().take(7).collect(), figures(month.1, month.0))
        }))
    }

    /// Beginning and end of each visit of the open days, in seconds since 1970.
    pub(crate) fn visits(&self) -> impl Iterator<Item = (i64, i64)> + use<'_> {
        self.days.iter().flat_map(|(day, of_day)| {
            let midnight = midnight(*day);
            of_day
                .1
                .iter()
                .map(move |(first, last)| (midnight + i64::from(*first), midnight + i64::from(*last)))
        })
    }
}

impl Month {
    /// Whether the day, which is of this month, became part of it.
    pub(crate) fn has(&self, day: NaiveDate) -> bool {
        self.2 & (1 << day.day0()) != 0
    }

    fn take(&mut self, day: NaiveDate, of_day: &Day) {
        self.0 = self.0.saturating_add(of_day.views()).min(MOST);
        self.1 = self.1.saturating_add(of_day.visits()).min(MOST);
        self.2 |= 1 << day.day0();
        let last = of_day.1.last().map_or(0, |(_, last)| *last);
        self.3 = self.3.max(second_of_month(day, last));
    }

    fn record_late(&mut self, day: NaiveDate, second: u32) {
        let now = second_of_month(day, second);
        self.0 = self.0.saturating_add(1).min(MOST);
        if now.abs_diff(self.3) >= PAUSE || self.3 / 86_400 != day.day0() {
            self.1 = self.1.saturating_add(1).min(MOST);
        }
        self.3 = now;
    }

    fn join(&mut self, other: Self) {
        self.0 = self.0.max(other.0);
        self.1 = self.1.max(other.1);
        self.2 |= other.2;
        self.3 = self.3.max(other.3);
    }
}

pub(crate) fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn second_of_month(day: NaiveDate, second: u32) -> u32 {
    day.day0() * 86_400 + second
}
