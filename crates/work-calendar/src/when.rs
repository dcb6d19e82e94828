//! When an event is: whole days, or from one clock time to another; and what of it falls on one day.
//!
//! Written as a date, a date and time, or two of them with `/` (ISO 8601): short in files, and readable.
//! Not here: repetition (`ical` writes every occurrence out) and words for readers.

use crate::{Week, YEARS};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};
use std::{cmp::Ordering, fmt, str::FromStr};

/// When an event is, in clock time of Việt Nam and whole minutes. Between the years 1900 and 2200, at most
/// [`When::MAX_DAYS`] days long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct When(Span);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Span {
    /// The first and the last day, both included.
    Days(NaiveDate, NaiveDate),
    /// From and until; both the same where no end is known.
    Hours(NaiveDateTime, NaiveDateTime),
}

/// What of an event falls on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hours {
    /// The whole day.
    AllDay,
    /// It begins at this time and has no known end.
    At(NaiveTime),
    /// It begins and ends on this day.
    Between(NaiveTime, NaiveTime),
    /// It begins at this time and goes on to the end of the day, mostly to days after it.
    From(NaiveTime),
    /// It began on a day before and ends at this time.
    Until(NaiveTime),
}

/// Why there is no such [`When`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidWhen {
    /// Not one of the four forms, or no such day or time.
    #[error(
        "“{0}” is no time of an event; write 2025-03-17, 2025-03-17T08:00 or two of one kind with / between"
    )]
    Form(String),
    /// It would end before it begins.
    #[error("it ends before it begins")]
    Backwards,
    /// It is longer than [`When::MAX_DAYS`].
    #[error("it is longer than 366 days")]
    TooLong,
    /// It is outside [`YEARS`], by the year of its week.
    #[error("it is outside the years 1900 to 2200")]
    OutOfRange,
}

impl Hours {
    /// "08:00 – 10:30", "từ 14:00", "Cả ngày", with the reader's words for all day, from and until.
    pub fn show(self, all_day: &str, from: &str, until: &str) -> String {
        let clock = |time: NaiveTime| format!("{:02}:{:02}", time.hour(), time.minute());
        match self {
            Self::AllDay => all_day.to_owned(),
            Self::At(time) => clock(time),
            Self::Between(start, end) => format!("{} – {}", clock(start), clock(end)),
            Self::From(time) => format!("{from} {}", clock(time)),
            Self::Until(time) => format!("{until} {}", clock(time)),
        }
    }
}

impl When {
    /// The longest event in days: a school year fits, and one event cannot fill a file for each week for
    /// ever.
    pub const MAX_DAYS: i64 = 366;

    /// Whole days from `first` to `last`, both included.
    ///
    /// # Errors
    /// When they are in the wrong order, too far apart, or outside the years 1900 to 2200.
    pub fn days(first: NaiveDate, last: NaiveDate) -> Result<Self, InvalidWhen> {
        Self(Span::Days(first, last)).checked()
    }

    /// From `start` to `end`; the same time twice where no end is known. Seconds are dropped.
    ///
    /// # Errors
    /// When they are in the wrong order, too far apart, or outside the years 1900 to 2200.
    pub fn hours(start: NaiveDateTime, end: NaiveDateTime) -> Result<Self, InvalidWhen> {
        let minutes =
            |at: NaiveDateTime| at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at);
        Self(Span::Hours(minutes(start), minutes(end))).checked()
    }

    fn checked(self) -> Result<Self, InvalidWhen> {
        let (start, end) = match self.0 {
            Span::Days(first, last) => (first.and_time(NaiveTime::MIN), last.and_time(NaiveTime::MIN)),
            Span::Hours(start, end) => (start, end),
        };
        if end < start {
            Err(InvalidWhen::Backwards)
        } else if [start, end].iter().any(|at| !YEARS.contains(&at.iso_week().year())) {
            // By the year of its week: the last days of 2200 lie in a week of 2201, which there is not.
            Err(InvalidWhen::OutOfRange)
        } else if (self.last_day() - self.first_day()).num_days() >= Self::MAX_DAYS {
            Err(InvalidWhen::TooLong)
        } else {
            Ok(self)
        }
    }

    /// Whether it is whole days, without clock times.
    pub fn all_day(self) -> bool {
        matches!(self.0, Span::Days(..))
    }

    /// When it begins; midnight where it is whole days.
    pub fn start(self) -> NaiveDateTime {
        match self.0 {
            Span::Days(first, _) => first.and_time(NaiveTime::MIN),
            Span::Hours(start, _) => start,
        }
    }

    /// The clock time it ends; `None` where it is whole days or no end is known.
    pub fn end(self) -> Option<NaiveDateTime> {
        match self.0 {
            Span::Hours(start, end) if end > start => Some(end),
            _ => None,
        }
    }

    /// The first day it stands on.
    pub fn first_day(self) -> NaiveDate {
        self.start().date()
    }

    /// The last day it stands on. What ends at midnight ends with the day before.
    pub fn last_day(self) -> NaiveDate {
        match self.0 {
            Span::Days(_, last) => last,
            Span::Hours(start, end) if end > start && end.time() == NaiveTime::MIN => {
                end.date().pred_opt().unwrap_or(end.date())
            }
            Span::Hours(_, end) => end.date(),
        }
    }

    /// What of it falls on this day; `None` where it does not stand on it.
    pub fn on(self, day: NaiveDate) -> Option<Hours> {
        if day < self.first_day() || day > self.last_day() {
            return None;
        }
        let Span::Hours(start, end) = self.0 else { return Some(Hours::AllDay) };
        if start == end {
            return Some(Hours::At(start.time()));
        }
        let begins = (start.date() == day).then(|| start.time());
        let ends = (end.date() == day).then(|| end.time());
        Some(match (begins, ends) {
            (Some(from), Some(until)) => Hours::Between(from, until),
            // From midnight on, the day is whole, whatever time it began with.
            (Some(NaiveTime::MIN), None) | (None, None) => Hours::AllDay,
            (Some(from), None) => Hours::From(from),
            (None, Some(until)) => Hours::Until(until),
        })
    }

    /// The days of the week on which it stands, in order, and what of it falls on each.
    pub fn within(self, week: Week) -> impl Iterator<Item = (NaiveDate, Hours)> {
        week.days().into_iter().filter_map(move |day| Some((day, self.on(day)?)))
    }

    /// The weeks that it touches, in order.
    pub fn weeks(self) -> impl Iterator<Item = Week> {
        let last = Week::of(self.last_day());
        std::iter::successors(Some(Week::of(self.first_day())), |week| week.next())
            .take_while(move |week| *week <= last)
    }

    /// Outlook writes whole days as clock times from midnight to midnight.
    #[cfg(feature = "ical")]
    pub(crate) fn whole_days_if_midnight_to_midnight(self) -> Self {
        match self.0 {
            Span::Hours(start, end)
                if end > start && start.time() == NaiveTime::MIN && end.time() == NaiveTime::MIN =>
            {
                Self(Span::Days(self.first_day(), self.last_day()))
            }
            _ => self,
        }
    }
}

/// By beginning; whole days before a clock time at midnight; then by end.
impl Ord for When {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |when: &Self| (when.start(), !when.all_day(), when.last_day(), when.end());
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// `2025-03-17`, `2025-03-17/2025-03-19`, `2025-03-17T08:00` or `2025-03-17T08:00/2025-03-17T10:30`.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // By hand: chrono's format machine weighs several KB in the browser.
        let date = |f: &mut fmt::Formatter<'_>, d: NaiveDate| {
            write!(f, "{:04}-{:02}-{:02}", d.year(), d.month(), d.day())
        };
        let at = |f: &mut fmt::Formatter<'_>, t: NaiveDateTime| {
            date(f, t.date())?;
            write!(f, "T{:02}:{:02}", t.hour(), t.minute())
        };
        match self.0 {
            Span::Days(first, last) => {
                date(f, first)?;
                if last > first {
                    f.write_str("/")?;
                    date(f, last)?;
                }
            }
            Span::Hours(start, end) => {
                at(f, start)?;
                if end > start {
                    f.write_str("/")?;
                    at(f, end)?;
                }
            }
        }
        Ok(())
    }
}

impl FromStr for When {
    type Err = InvalidWhen;

    /// Reads what [`Display`](fmt::Display) writes and nothing else.
    fn from_str(text: &str) -> Result<Self, InvalidWhen> {
        let form = || InvalidWhen::Form(text.chars().take(40).collect());
        let (first, second) = match text.split_once('/') {
            Some((first, second)) => (first, Some(second)),
            None => (text, None),
        };
        let when = if first.contains('T') {
            let start = date_time(first).ok_or_else(form)?;
            let end = second.map_or(Some(start), date_time).ok_or_else(form)?;
            Self::hours(start, end)?
        } else {
            let start = date(first).ok_or_else(form)?;
            let end = second.map_or(Some(start), date).ok_or_else(form)?;
            Self::days(start, end)?
        };
        // One way to write each value: an end equal to the beginning is left out.
        if when.to_string() == text { Ok(when) } else { Err(form()) }
    }
}

/// Two or four digits at this place.
fn number(text: &str, at: std::ops::Range<usize>) -> Option<u32> {
    let digits = text.get(at)?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn date(text: &str) -> Option<NaiveDate> {
    let year = i32::try_from(number(text, 0..4)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(text, 5..7)?, number(text, 8..10)?)
}

fn date_time(text: &str) -> Option<NaiveDateTime> {
    date(text)?.and_hms_opt(number(text, 11..13)?, number(text, 14..16)?, 0)
}

impl TryFrom<String> for When {
    type Error = InvalidWhen;

    fn try_from(text: String) -> Result<Self, InvalidWhen> {
        text.parse()
    }
}

impl From<When> for String {
    fn from(when: When) -> Self {
        when.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;

    fn when(text: &str) -> When {
        text.parse().expect(text)
    }

    fn any_when() -> impl Strategy<Value = When> {
        let start = NaiveDate::from_ymd_opt(1990, 1, 1).expect("a day");
        (any::<bool>(), 0u64..40_000, 0u64..1440, 0i64..30_000).prop_map(
            move |(all_day, day, minute, length)| {
                let first = start + Days::new(day);
                if all_day {
                    When::days(first, first + chrono::TimeDelta::days(length / 100)).expect("in range")
                } else {
                    let start = first.and_time(NaiveTime::MIN) + chrono::TimeDelta::minutes(minute as i64);
                    When::hours(start, start + chrono::TimeDelta::minutes(length)).expect("in range")
                }
            },
        )
    }

    proptest! {
        #[test]
        fn printed_times_are_read_back(when in any_when()) {
            prop_assert_eq!(when.to_string().parse(), Ok(when));
        }

        #[test]
        fn an_event_stands_on_the_days_of_the_weeks_it_touches_and_on_no_other(when in any_when()) {
            let days: Vec<NaiveDate> =
                when.weeks().flat_map(|week| when.within(week).map(|(day, _)| day)).collect();
            let expected: Vec<NaiveDate> =
                when.first_day().iter_days().take_while(|day| *day <= when.last_day()).collect();
            prop_assert_eq!(days, expected);
            for outside in [when.first_day() - Days::new(1), when.last_day() + Days::new(1)] {
                prop_assert_eq!(when.on(outside), None);
            }
        }

        #[test]
        fn any_text_gives_a_time_or_an_error(text in "[0-9T:/-]{0,34}|\\PC{0,34}") {
            let _ = text.parse::<When>();
        }
    }

    #[test]
    fn each_day_of_a_long_event_has_its_own_hours() {
        let t = |h, m| NaiveTime::from_hms_opt(h, m, 0).expect("a time");
        let hours = |text: &str| {
            let when = when(text);
            when.weeks().flat_map(|week| when.within(week).map(|(_, hours)| hours)).collect::<Vec<_>>()
        };
        assert_eq!(hours("2025-03-17"), [Hours::AllDay]);
        assert_eq!(hours("2025-03-16/2025-03-17"), [Hours::AllDay; 2]);
        assert_eq!(hours("2025-03-17T08:00"), [Hours::At(t(8, 0))]);
        assert_eq!(hours("2025-03-17T08:00/2025-03-17T10:30"), [Hours::Between(t(8, 0), t(10, 30))]);
        assert_eq!(
            hours("2025-03-17T14:00/2025-03-19T11:00"),
            [Hours::From(t(14, 0)), Hours::AllDay, Hours::Until(t(11, 0))]
        );
        assert_eq!(hours("2025-03-17T20:00/2025-03-18T00:00"), [Hours::From(t(20, 0))]);
        assert_eq!(hours("2025-03-17T00:00/2025-03-18T09:00"), [Hours::AllDay, Hours::Until(t(9, 0))]);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        use InvalidWhen::{Backwards, Form, OutOfRange, TooLong};
        let fault = |text: &str| text.parse::<When>().expect_err(text);
        for bad in [
            "",
            "/",
            "2025-3-17",
            "2025-02-29",
            "2025-03-17T24:00",
            "2025-03-17T08:00:00",
            "2025-03-17 08:00",
            "2025-03-17/2025-03-17T08:00",
            "2025-03-17T08:00/2025-03-18",
            "2025-03-17/2025-03-17",
            "2025-03-17/",
            "2025-03-17T08:00/2025-03-17T08:00",
            "2025-03-17T08:00+07:00",
            "+025-03-17",
        ] {
            assert!(matches!(fault(bad), Form(_)), "{bad}");
        }
        assert_eq!(fault("2025-03-17/2025-03-16"), Backwards);
        assert_eq!(fault("2025-03-17T08:00/2025-03-17T07:59"), Backwards);
        assert_eq!(fault("2025-01-01/2026-01-02"), TooLong);
        assert!("2025-01-01/2026-01-01".parse::<When>().is_ok());
        assert_eq!(fault("1899-12-31"), OutOfRange);
        assert_eq!(fault("2200-12-31"), OutOfRange);
        assert_eq!(fault("2200-12-31/2201-01-01"), OutOfRange);
    }

    #[test]
    fn events_are_in_the_order_of_their_beginning() {
        let ordered =
            ["2025-03-17", "2025-03-17T00:00", "2025-03-17T08:00", "2025-03-17T08:00/2025-03-17T09:00"];
        assert!(ordered.is_sorted_by_key(|text| when(text)));
    }
}
