//! The work calendar: its weeks for the browser, and one file for calendar programs.
//!
//! Not here: how far rules are written out (`check::calendar`), the format of the file (`work_calendar::to_ical`).

use super::{press::Press, titled};
use anyhow::Result;
use archive::{
    FileName,
    published::{CALENDAR_FILE, CalendarYear, Portal},
};
use std::collections::{BTreeMap, BTreeSet};
use work_calendar::{Event, Week, to_ical};

/// Writes a file for each week that has events, and one for each year; gives the latter.
pub(super) fn write_weeks(
    weeks: &BTreeMap<Week, Vec<Event>>,
    press: &Press,
) -> Result<BTreeMap<i32, FileName>> {
    let mut years: BTreeMap<i32, CalendarYear> = BTreeMap::new();
    for (week, events) in weeks {
        years.entry(week.year()).or_default().insert(week.number(), press.json("week", events)?);
    }
    years.iter().map(|(year, weeks)| Ok((*year, press.json("calendar", weeks)?))).collect()
}

/// Writes the whole calendar for calendar programs, where there are events.
pub(super) fn write_ical(portal: &Portal, weeks: &BTreeMap<Week, Vec<Event>>, press: &Press) -> Result<()> {
    // A set: an event of several weeks stands in each of them.
    let events: BTreeSet<&Event> = weeks.values().flatten().collect();
    if events.is_empty() {
        return Ok(());
    }
    let name = titled("Lịch công tác", portal);
    press.text(CALENDAR_FILE, &to_ical(&name, host(&portal.url), events))
}

/// The host of a whole address, without a port; empty where there is none.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or_default()
}
