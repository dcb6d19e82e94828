//! The calendar as read, and the weeks made of it.

use super::{fault::Fault, rule::Rule, time::Stamp};
use crate::{Event, InvalidWhen, Week, When};
use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use std::collections::{BTreeMap, BTreeSet};

/// Days that all rules of a calendar together may look at: 500 daily rules over twenty years. More would be
/// an attack or a slip, and takes well under a second.
const WORK: usize = 4_000_000;
/// Events that all weeks together may have: twenty each working day for twenty years.
const EVENTS: usize = 100_000;

/// A calendar as its file says it, repetition not yet written out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calendar {
    pub(super) series: Vec<Series>,
    pub(super) overrides: Vec<Override>,
}

/// What an event is, apart from when.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct What {
    pub(super) title: String,
    pub(super) uid: String,
    pub(super) place: String,
    pub(super) leaders: Vec<String>,
    pub(super) attendees: Vec<String>,
    pub(super) units: Vec<String>,
    pub(super) description: String,
}

impl What {
    fn at(&self, when: When) -> Event {
        let Self { title, uid, place, leaders, attendees, units, description } = self.clone();
        Event { when, title, uid, place, leaders, attendees, units, description }
    }
}

/// An event and its repetition.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Series {
    /// The line of its BEGIN:VEVENT.
    pub(super) line: usize,
    pub(super) what: What,
    pub(super) start: Stamp,
    /// Of a clock time: how long it takes. Of days: how many more than one, in whole days.
    pub(super) length: TimeDelta,
    pub(super) rules: Vec<Rule>,
    pub(super) more: Vec<Stamp>,
    pub(super) except: Moments,
}

/// One occurrence that is other than its series says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Override {
    /// The occurrence meant: when it would have been.
    pub(super) instead_of: Stamp,
    /// Of this series.
    pub(super) uid: String,
    /// Where it stands instead; `None` where it is cancelled.
    pub(super) event: Option<(What, When)>,
}

/// Beginnings of occurrences, to be found again whether written as a day or as a time, in whatever zone.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Moments {
    times: BTreeSet<NaiveDateTime>,
    days: BTreeSet<NaiveDate>,
    days_of_times: BTreeSet<NaiveDate>,
}

impl Moments {
    pub(super) fn insert(&mut self, at: Stamp) {
        match at {
            Stamp::Day(day) => {
                self.days.insert(day);
            }
            Stamp::At(..) => {
                self.times.insert(at.in_vietnam());
                self.days_of_times.insert(at.day());
            }
        }
    }

    fn contains(&self, at: Stamp) -> bool {
        self.days.contains(&at.day())
            || match at {
                Stamp::Day(day) => self.days_of_times.contains(&day),
                Stamp::At(..) => self.times.contains(&at.in_vietnam()),
            }
    }
}

/// When an event of this beginning and length is.
pub(super) fn when(start: Stamp, length: TimeDelta) -> Result<When, InvalidWhen> {
    match start {
        Stamp::Day(day) => {
            let more = Days::new(u64::try_from(length.num_days()).unwrap_or(0));
            When::days(day, day.checked_add_days(more).unwrap_or(NaiveDate::MAX))
        }
        Stamp::At(..) => {
            let start = start.in_vietnam();
            let end = start.checked_add_signed(length).unwrap_or(NaiveDateTime::MAX);
            When::hours(start, end).map(When::whole_days_if_midnight_to_midnight)
        }
    }
}

impl Calendar {
    /// Whether it has no events at all.
    pub fn is_empty(&self) -> bool {
        self.series.is_empty() && self.overrides.iter().all(|one| one.event.is_none())
    }

    /// Every event that begins on or before `until` (a day in Việt Nam), by week, each week in the order of
    /// [`Event`]. An event of several days stands in every week that it touches, also after `until`. A week
    /// without events is not there.
    ///
    /// The same calendar gives the same weeks, in whatever order its events stand in the file.
    ///
    /// The faults say which events, the last ones of the file, are missing because the calendar is larger
    /// than any real one: it has rules over more than four million days, or more than 100,000 events.
    pub fn weeks(&self, until: NaiveDate) -> (BTreeMap<Week, Vec<Event>>, Vec<Fault>) {
        let mut replaced: BTreeMap<&str, Moments> = BTreeMap::new();
        for one in &self.overrides {
            replaced.entry(&one.uid).or_default().insert(one.instead_of);
        }
        let none = Moments::default();
        let (mut work, mut room) = (WORK, EVENTS);
        let mut faults = Vec::new();
        let mut weeks: BTreeMap<Week, Vec<Event>> = BTreeMap::new();
        let mut place = |event: Event| {
            for week in event.when.weeks() {
                room = room.checked_sub(1)?;
                weeks.entry(week).or_default().push(event.clone());
            }
            Some(())
        };
        for one in &self.overrides {
            if let Some((what, when)) = one.event.as_ref().filter(|(_, when)| when.first_day() <= until) {
                // Overrides are single events in the file: reading it took longer than placing them.
                let _ = place(what.at(*when));
            }
        }
        for series in &self.series {
            let replaced = replaced.get(series.what.uid.as_str()).unwrap_or(&none);
            let placed = series.occurrences(until, &mut work).and_then(|all| {
                all.into_iter()
                    .filter(|at| !replaced.contains(*at))
                    .filter_map(|at| when(at, series.length).ok())
                    .filter(|when| when.first_day() <= until)
                    .try_for_each(|when| place(series.what.at(when)))
            });
            if placed.is_none() {
                let what =
                    format!("The calendar is too large: occurrences of “{}” are missing.", series.what.title);
                let cure = "Give rules an end (UNTIL), or remove what is not meant.";
                faults.push(Fault::lost(series.line, "RRULE", what, cure));
            }
        }
        for events in weeks.values_mut() {
            events.sort();
        }
        (weeks, faults)
    }
}

impl Series {
    /// The beginnings of its occurrences up to about `until`, each once; `None` where `work` does not
    /// suffice.
    fn occurrences(&self, until: NaiveDate, work: &mut usize) -> Option<Vec<Stamp>> {
        // A day in Việt Nam may be the day before or after in the zone of the event.
        let end = until.succ_opt().unwrap_or(until);
        let mut all = vec![self.start];
        let start = self.start.written_day();
        if start <= end {
            for rule in &self.rules {
                let last = rule.until.map_or(end, |last| end.min(last.written_day() + Days::new(1)));
                let days = rule.days(start, last, work)?;
                let stamps = days.into_iter().skip(1).map(|day| self.start.on(day));
                all.extend(stamps.take_while(|at| rule.until.is_none_or(|last| !begins_after(*at, last))));
            }
        }
        all.extend(&self.more);
        let mut seen = BTreeSet::new();
        all.retain(|at| !self.except.contains(*at) && seen.insert(at.in_vietnam()));
        Some(all)
    }
}

/// Whether an occurrence begins after the UNTIL of its rule, which is inclusive and may be a day, a time in
/// the zone of the event, or a time in UTC.
fn begins_after(at: Stamp, until: Stamp) -> bool {
    use super::time::Zone;
    match (at, until) {
        (at, Stamp::Day(last)) => at.written_day() > last,
        (Stamp::Day(day), until) => day > until.day(),
        (at, Stamp::At(_, Zone::Fixed(0))) => at.in_vietnam() > until.in_vietnam(),
        (Stamp::At(local, _), Stamp::At(last, _)) => local > last,
    }
}
