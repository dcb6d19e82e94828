//! The times of iCalendar, and the zones they are in, as clock times of Việt Nam.
//!
//! Not here: repetition. An occurrence is computed in the zone of its event and only then converted, so
//! that "every Monday at nine in Paris" follows the summer time of Paris.

use super::{
    fault::{Fault, shown},
    line::Line,
};
use crate::YEARS;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// Seconds between UTC and Việt Nam.
const VIETNAM: i32 = 7 * 3600;

/// The zone of a clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Việt Nam, and every time that names no zone.
    Vietnam,
    /// A fixed offset from UTC, in seconds.
    Fixed(i32),
    /// A zone of the IANA database.
    Iana(Tz),
}

impl Zone {
    /// UTC.
    pub(super) const UTC: Self = Self::Fixed(0);

    /// Seconds between UTC and the zone at this clock time. A time that summer time skips is read with the
    /// offset before the gap, one that comes twice is the first (RFC 5545, 3.3.5).
    fn offset(self, local: NaiveDateTime) -> i32 {
        match self {
            Self::Vietnam => VIETNAM,
            Self::Fixed(offset) => offset,
            Self::Iana(tz) => {
                let at = |local: &NaiveDateTime| tz.offset_from_local_datetime(local).earliest();
                // No gap is longer than a day (Samoa left one out in 2011).
                at(&local)
                    .or_else(|| at(&(local - TimeDelta::hours(25))))
                    .map_or(0, |offset| offset.fix().local_minus_utc())
            }
        }
    }
}

/// A date, or a clock time in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stamp {
    /// A whole day.
    Day(NaiveDate),
    /// A clock time.
    At(NaiveDateTime, Zone),
}

impl Stamp {
    /// The clock time in Việt Nam; midnight of a day.
    pub(super) fn in_vietnam(self) -> NaiveDateTime {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN),
            Self::At(local, zone) => local + TimeDelta::seconds(i64::from(VIETNAM - zone.offset(local))),
        }
    }

    /// The day as the event's own calendar counts it. UTC is nobody's calendar: there it is the day in Việt
    /// Nam.
    pub(super) fn day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::At(_, Zone::Fixed(0)) => self.in_vietnam().date(),
            Self::At(local, _) => local.date(),
        }
    }

    /// The day in the zone it is written in, by which rules count.
    pub(super) fn written_day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::At(local, _) => local.date(),
        }
    }

    /// The same clock time on another day.
    pub(super) fn on(self, day: NaiveDate) -> Self {
        match self {
            Self::Day(_) => Self::Day(day),
            Self::At(local, zone) => Self::At(day.and_time(local.time()), zone),
        }
    }
}

/// The zones that the file itself describes (VTIMEZONE), by name.
pub(super) type FileZones = BTreeMap<String, Zone>;

/// Reads one date or time with the parameters of its line.
pub(super) fn stamp(line: &Line, value: &str, zones: &FileZones) -> Result<Stamp, Fault> {
    let value = value.trim();
    let fault = |what: String, cure: &str| Fault::lost(line.number, &line.name, what, cure);
    let form = || {
        let cure = "Write 20250317T080000 for a time in Việt Nam, or 20250317 for a whole day.";
        fault(format!("“{}” is not a date or time of iCalendar.", shown(value)), cure)
    };
    let (local, utc) = match value.strip_suffix(['Z', 'z']) {
        Some(local) => (local, true),
        None => (value, false),
    };
    let (date, time) = match local.split_once(['T', 't']) {
        Some((date, time)) => (date, Some(time)),
        None => (local, None),
    };
    if !digits(date, 8)
        || !time.is_none_or(|time| digits(time, 6) || digits(time, 4))
        || (utc && time.is_none())
    {
        return Err(form());
    }
    let missing =
        || fault(format!("“{}” does not exist in the calendar.", shown(value)), "Correct the date.");
    let year = number(date, 0..4) as i32;
    let day = NaiveDate::from_ymd_opt(year, number(date, 4..6), number(date, 6..8)).ok_or_else(missing)?;
    if !YEARS.contains(&day.year()) {
        return Err(fault(format!("The year {year} is outside 1900 to 2200."), "Correct the year."));
    }
    let Some(time) = time else {
        return Ok(Stamp::Day(day));
    };
    let seconds = if time.len() == 6 { number(time, 4..6) } else { 0 };
    // RFC 5545 allows the leap second 60; no appointment needs it.
    let seconds = if seconds == 60 { 59 } else { seconds };
    let local = day.and_hms_opt(number(time, 0..2), number(time, 2..4), seconds).ok_or_else(missing)?;
    if line.parameter("VALUE").is_some_and(|kind| kind.eq_ignore_ascii_case("DATE")) {
        return Ok(Stamp::Day(day));
    }
    let zone = match (utc, line.parameter("TZID")) {
        (true, _) => Zone::UTC,
        (false, None) => Zone::Vietnam,
        (false, Some(name)) => zone(name, zones).ok_or_else(|| {
            let cure = "Use TZID=Asia/Ho_Chi_Minh, or a time without zone for Việt Nam.";
            fault(format!("The time zone “{}” is not known.", shown(name)), cure)
        })?,
    };
    Ok(Stamp::At(local, zone))
}

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

/// Digits that were checked before.
fn number(text: &str, at: std::ops::Range<usize>) -> u32 {
    text.get(at).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// The zone of this name: of IANA, of Windows, or as the file describes it.
fn zone(name: &str, zones: &FileZones) -> Option<Zone> {
    known_zone(name).or_else(|| zones.get(name.trim()).copied())
}

/// A zone known by name alone.
pub(super) fn known_zone(name: &str) -> Option<Zone> {
    let name = name.trim();
    let iana = |name: &str| {
        let zone = match name.parse::<Tz>().ok()? {
            // Before 1975 the database has other offsets; for us a clock time there stays what it is.
            Tz::Asia__Ho_Chi_Minh | Tz::Asia__Saigon | Tz::Asia__Bangkok | Tz::Asia__Vientiane => {
                Zone::Vietnam
            }
            tz if tz.name().ends_with("UTC") || tz.name().ends_with("GMT") => Zone::UTC,
            tz => Zone::Iana(tz),
        };
        Some(zone)
    };
    if let Some(zone) = iana(name) {
        return Some(zone);
    }
    if let Some((_, tz)) = WINDOWS.iter().find(|(windows, _)| windows.eq_ignore_ascii_case(name)) {
        return iana(tz);
    }
    // Evolution and old Thunderbird: `/freeassociation.sourceforge.net/Asia/Ho_Chi_Minh`.
    let parts: Vec<&str> = name.strip_prefix('/')?.rsplitn(4, '/').collect();
    (1..parts.len()).rev().find_map(|count| {
        let tail: Vec<&str> = parts[..count].iter().rev().copied().collect();
        iana(&tail.join("/"))
    })
}

/// Names of Windows and Outlook (CLDR, windowsZones.xml) for the zones that a department in Việt Nam is
/// likely to meet. Others are read by the offset that the file gives with them.
const WINDOWS: [(&str, &str); 27] = [
    ("SE Asia Standard Time", "Asia/Ho_Chi_Minh"),
    ("SE Asia", "Asia/Ho_Chi_Minh"),
    ("(UTC+07:00) Bangkok, Hanoi, Jakarta", "Asia/Ho_Chi_Minh"),
    ("(GMT+07:00) Bangkok, Hanoi, Jakarta", "Asia/Ho_Chi_Minh"),
    ("Bangkok, Hanoi, Jakarta", "Asia/Ho_Chi_Minh"),
    ("UTC", "Etc/UTC"),
    ("Coordinated Universal Time", "Etc/UTC"),
    ("GMT Standard Time", "Europe/London"),
    ("Greenwich Standard Time", "Atlantic/Reykjavik"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Romance Standard Time", "Europe/Paris"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("E. Europe Standard Time", "Europe/Chisinau"),
    ("FLE Standard Time", "Europe/Kiev"),
    ("Russian Standard Time", "Europe/Moscow"),
    ("Arabian Standard Time", "Asia/Dubai"),
    ("India Standard Time", "Asia/Kolkata"),
    ("Myanmar Standard Time", "Asia/Yangon"),
    ("China Standard Time", "Asia/Shanghai"),
    ("Singapore Standard Time", "Asia/Singapore"),
    ("Taipei Standard Time", "Asia/Taipei"),
    ("Korea Standard Time", "Asia/Seoul"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("Eastern Standard Time", "America/New_York"),
    ("Pacific Standard Time", "America/Los_Angeles"),
];

/// `+0700`, `-033000`: an offset of VTIMEZONE in seconds.
pub(super) fn offset(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    if !digits(rest, 4) && !digits(rest, 6) {
        return None;
    }
    let seconds = if rest.len() == 6 { number(rest, 4..6) } else { 0 };
    let (hours, minutes) = (number(rest, 0..2), number(rest, 2..4));
    (hours < 24 && minutes < 60 && seconds < 60)
        .then(|| sign * i32::try_from(hours * 3600 + minutes * 60 + seconds).unwrap_or(0))
}

/// `P1D`, `PT1H30M`, `P2W`: a length of time that is not negative (3.3.6). At most ten years, so that no
/// sum with it can leave the calendar.
pub(super) fn duration(text: &str) -> Option<TimeDelta> {
    let text = text.trim();
    let mut rest = text.strip_prefix('+').unwrap_or(text).strip_prefix(['P', 'p'])?;
    let (mut total, mut in_time, mut any) = (0_i64, false, false);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(['T', 't']) {
            if in_time {
                return None;
            }
            (in_time, rest) = (true, after);
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let count: i64 = rest[..end].parse().ok()?;
        let unit = match (rest.as_bytes()[end].to_ascii_uppercase(), in_time) {
            (b'W', false) => 7 * 86_400,
            (b'D', false) => 86_400,
            (b'H', true) => 3600,
            (b'M', true) => 60,
            (b'S', true) => 1,
            _ => return None,
        };
        total = total.checked_add(count.checked_mul(unit)?)?;
        (rest, any) = (&rest[end + 1..], true);
    }
    (any && total <= 3660 * 86_400).then(|| TimeDelta::seconds(total))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ical::line::lines;

    fn read(text: &str) -> Result<String, String> {
        let line = lines(text.as_bytes(), &mut Vec::new()).remove(0);
        match stamp(&line, &line.value, &FileZones::new()) {
            Ok(stamp @ Stamp::Day(_)) => Ok(stamp.day().to_string()),
            Ok(stamp) => Ok(stamp.in_vietnam().to_string()),
            Err(fault) => Err(fault.what),
        }
    }

    #[test]
    fn every_kind_of_time_is_read_as_the_clock_of_viet_nam() {
        for (text, expected) in [
            ("DTSTART:20250317T080000", "2025-03-17 08:00:00"),
            ("DTSTART:20250317T0800", "2025-03-17 08:00:00"),
            ("DTSTART:20250317T170000Z", "2025-03-18 00:00:00"),
            ("DTSTART;TZID=Asia/Ho_Chi_Minh:20250317T080000", "2025-03-17 08:00:00"),
            ("DTSTART;TZID=Asia/Saigon:19650317T080000", "1965-03-17 08:00:00"),
            ("DTSTART;TZID=SE Asia Standard Time:20250317T080000", "2025-03-17 08:00:00"),
            ("DTSTART;TZID=\"(UTC+07:00) Bangkok, Hanoi, Jakarta\":20250317T080000", "2025-03-17 08:00:00"),
            (
                "DTSTART;TZID=/freeassociation.sourceforge.net/Asia/Tokyo:20250317T080000",
                "2025-03-17 06:00:00",
            ),
            ("DTSTART;TZID=America/Argentina/Ushuaia:20250317T080000", "2025-03-17 18:00:00"),
            ("DTSTART;TZID=Europe/Paris:20250301T090000", "2025-03-01 15:00:00"),
            ("DTSTART;TZID=Romance Standard Time:20250701T090000", "2025-07-01 14:00:00"),
            // Skipped by summer time: read with the offset before the gap. Comes twice: the first.
            ("DTSTART;TZID=Europe/Paris:20250330T023000", "2025-03-30 08:30:00"),
            ("DTSTART;TZID=Europe/Paris:20251026T023000", "2025-10-26 07:30:00"),
            ("DTSTART;VALUE=DATE:20240229", "2024-02-29"),
            ("DTSTART:20240229", "2024-02-29"),
            ("DTSTART;VALUE=DATE:20240229T000000", "2024-02-29"),
            ("DTSTART:20161231T235960", "2016-12-31 23:59:59"),
        ] {
            assert_eq!(read(text), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_said() {
        for (text, word) in [
            ("DTSTART:17/03/2025", "not a date"),
            ("DTSTART:2025-03-17T08:00:00", "not a date"),
            ("DTSTART:20250317T0800+07", "not a date"),
            ("DTSTART:20250317Z", "not a date"),
            ("DTSTART:", "not a date"),
            ("DTSTART:2025031é", "not a date"),
            ("DTSTART:20250229", "does not exist"),
            ("DTSTART:20250317T250000", "does not exist"),
            ("DTSTART:02250317", "outside 1900"),
            ("DTSTART;TZID=Sao Hoả:20250317T080000", "not known"),
        ] {
            let fault = read(text).expect_err(text);
            assert!(fault.contains(word), "{text}: {fault}");
        }
    }

    #[test]
    fn lengths_and_offsets_are_read() {
        let minutes = |text| duration(text).map(|d| d.num_minutes());
        assert_eq!(minutes("PT1H30M"), Some(90));
        assert_eq!(minutes("P1DT2H"), Some(26 * 60));
        assert_eq!(minutes("+P2W"), Some(14 * 24 * 60));
        for bad in
            ["", "P", "PT", "1H", "-PT1H", "P1H", "PT1", "PTT1H", "P99999999999999999999D", "P9999999D", "Pé"]
        {
            assert_eq!(duration(bad), None, "{bad}");
        }
        assert_eq!(offset("+0700"), Some(VIETNAM));
        assert_eq!(offset("-033015"), Some(-12_615));
        for bad in ["", "0700", "+7", "+07:00", "+2400", "é700"] {
            assert_eq!(offset(bad), None, "{bad}");
        }
    }
}
