//! Rules for `calendar.ics`, and how far into the future its weeks are written out.
//!
//! Not here: reading iCalendar (`work_calendar::ical`), which finds the faults.

use super::{article::told, letters::leftovers, limits};
use crate::folder::Folder;
use archive::{Problem, Severity};
use chrono::{Datelike, NaiveDate};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};
use work_calendar::{Event, Week, ical};

/// Years that rules without end are written out beyond the latest day of the archive.
const YEARS_AHEAD: i32 = 2;
/// Years beyond the latest article that a single event may lie ahead and still count as planned; a farther
/// one is more likely a slip in the year, and would make every rule run that far.
const YEARS_PLANNED: i32 = 10;

/// Reads the calendar and gives its weeks that have events. `latest` is the day of the newest article.
pub(super) fn read(
    folder: &Folder,
    latest: Option<NaiveDate>,
    problems: &mut Vec<Problem>,
) -> BTreeMap<Week, Vec<Event>> {
    let Some(file) = &folder.calendar else { return BTreeMap::new() };
    let mut say = |sentence, cure: &str| {
        problems.push(Problem::error(&file.path, "file", sentence, cure));
        BTreeMap::new()
    };
    if file.size > limits::FILE {
        let sentence = format!("The calendar has {} bytes, more than {}.", file.size, limits::FILE);
        return say(sentence, "Export it without old years and without attachments.");
    }
    let bytes = match fs::read(&file.at) {
        Ok(bytes) => bytes,
        Err(e) => {
            return say(format!("The calendar cannot be read: {e}."), "Look at the rights of the file.");
        }
    };
    let (calendar, mut faults) = ical::read(&bytes);
    let (weeks, more) = calendar.weeks(horizon(latest, &named_days(&String::from_utf8_lossy(&bytes))));
    faults.extend(more);
    for fault in faults {
        let severity = if fault.loses { Severity::Error } else { Severity::Warning };
        let field = format!("line {}: {}", fault.line, fault.name);
        problems.push(Problem { severity, ..Problem::error(&file.path, field, fault.what, fault.cure) });
    }
    // An event stands in the weeks as often as it takes place: each text once.
    let mut texts: BTreeSet<(&str, &str)> = BTreeSet::new();
    for event in weeks.values().flatten() {
        texts.extend([
            ("SUMMARY", &*event.title),
            ("LOCATION", &*event.place),
            ("DESCRIPTION", &*event.description),
        ]);
    }
    for (field, text) in texts {
        for leftover in leftovers(text) {
            let (sentence, cure) = told(&leftover);
            problems.push(Problem::error(&file.path, field, sentence, cure));
        }
    }
    weeks
}

/// The last day whose events are written out: the end of the second year after the latest day that the
/// archive names. The end of a year, so that a new article changes no week in all but one case a year.
fn horizon(latest: Option<NaiveDate>, named: &[NaiveDate]) -> NaiveDate {
    let planned = |day: &&NaiveDate| latest.is_none_or(|latest| day.year() <= latest.year() + YEARS_PLANNED);
    let year =
        named.iter().filter(planned).copied().chain(latest).map(|day| day.year()).max().unwrap_or(1970);
    NaiveDate::from_ymd_opt(year + YEARS_AHEAD, 12, 31).unwrap_or(NaiveDate::MAX)
}

/// The days in the lines `DTSTART…:20210917T…` and `RDATE`: how far the calendar itself looks ahead, apart
/// from rules without end.
fn named_days(text: &str) -> Vec<NaiveDate> {
    let lines = text.lines().filter(|line| {
        ["DTSTART", "RDATE"]
            .iter()
            .any(|name| line.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)))
    });
    let values = lines.filter_map(|line| line.rsplit_once(':')).flat_map(|(_, values)| values.split(','));
    values.filter_map(|day| NaiveDate::parse_from_str(day.trim().get(..8)?, "%Y%m%d").ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_named_by_events_are_found() {
        let text = "DTSTART;TZID=Asia/Ho_Chi_Minh:20210917T080000\r\ndtstart;VALUE=DATE:20211001\r\nDTEND:20990101\r\n\
                    RDATE:20220101T080000,20220102T080000\r\nDTSTART:x\r\n";
        let days: Vec<_> = named_days(text).iter().map(ToString::to_string).collect();
        assert_eq!(days, ["2021-09-17", "2021-10-01", "2022-01-01", "2022-01-02"]);
    }

    #[test]
    fn rules_run_to_the_end_of_the_second_year_ahead() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let until = |latest: Option<&str>, named: &[&str]| {
            let named: Vec<_> = named.iter().map(|text| day(text)).collect();
            horizon(latest.map(day), &named).to_string()
        };
        assert_eq!(until(Some("2021-09-11"), &["2019-01-02"]), "2023-12-31");
        assert_eq!(until(Some("2021-09-11"), &["2022-01-02"]), "2024-12-31");
        assert_eq!(until(Some("2021-09-11"), &["2121-01-02"]), "2023-12-31");
        assert_eq!(until(None, &["2021-01-02"]), "2023-12-31");
    }
}
