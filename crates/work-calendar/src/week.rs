//! A week of the calendar, as ISO 8601 counts them: Monday to Sunday, belonging to the year of its Thursday.
//!
//! Not here: how a week is called for readers, and which week is now.

use crate::YEARS;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A week of ISO 8601 in the week-numbering years 1900 to 2200: `2025-W12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Week {
    year: i32,
    week: u32,
}

/// Why a text or a pair of numbers is not a [`Week`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidWeek {
    /// Not of the form `2025-W12`.
    #[error("“{0}” is not a week; write it as 2025-W12")]
    Form(String),
    /// The year is outside [`YEARS`].
    #[error("the year {0} is outside 1900 to 2200")]
    Year(i32),
    /// The year has no week of this number.
    #[error("the year {year} has no week {week}: its weeks are 1 to {last}")]
    Number {
        /// The week-numbering year.
        year: i32,
        /// The number asked for.
        week: u32,
        /// The number of the year's last week: 52 or 53.
        last: u32,
    },
}

impl Week {
    /// The week `week` (1 to 52 or 53) of the week-numbering year `year` (1900 to 2200).
    ///
    /// # Errors
    /// Says whether the year or the number does not exist.
    pub fn new(year: i32, week: u32) -> Result<Self, InvalidWeek> {
        if !YEARS.contains(&year) {
            return Err(InvalidWeek::Year(year));
        }
        let last = weeks_of(year);
        if (1..=last).contains(&week) {
            Ok(Self { year, week })
        } else {
            Err(InvalidWeek::Number { year, week, last })
        }
    }

    /// The week that has this day. A day before the first week or after the last one gets that week: there
    /// is no such appointment, and a clock that is so wrong needs no better answer.
    pub fn of(day: NaiveDate) -> Self {
        let at = day.iso_week();
        let (first, last) = (*YEARS.start(), *YEARS.end());
        match at.year() {
            year if year < first => Self { year: first, week: 1 },
            year if year > last => Self { year: last, week: weeks_of(last) },
            year => Self { year, week: at.week() },
        }
    }

    /// The week-numbering year. It is the year of the Thursday: 2021-01-01 lies in week 53 of 2020.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The number of the week in its year, 1 to 53.
    pub fn number(self) -> u32 {
        self.week
    }

    /// The first day.
    pub fn monday(self) -> NaiveDate {
        // Every value was checked when it was made, so the default is never taken.
        NaiveDate::from_isoywd_opt(self.year, self.week, Weekday::Mon).unwrap_or_default()
    }

    /// The seven days, Monday first.
    pub fn days(self) -> [NaiveDate; 7] {
        let monday = self.monday();
        std::array::from_fn(|i| monday + Days::new(i as u64))
    }

    /// The week after; `None` after the last one of 2200.
    pub fn next(self) -> Option<Self> {
        Self::new(self.year, self.week + 1).or_else(|_| Self::new(self.year + 1, 1)).ok()
    }

    /// The week before; `None` before the first one of 1900.
    pub fn previous(self) -> Option<Self> {
        if self.week > 1 {
            return Some(Self { week: self.week - 1, ..self });
        }
        Self::new(self.year - 1, weeks_of(self.year - 1)).ok()
    }
}

/// How many weeks the year has: the 28th of December always lies in the last one.
fn weeks_of(year: i32) -> u32 {
    NaiveDate::from_ymd_opt(year, 12, 28).map_or(52, |day| day.iso_week().week())
}

/// `2025-W12`
impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.week)
    }
}

impl FromStr for Week {
    type Err = InvalidWeek;

    fn from_str(text: &str) -> Result<Self, InvalidWeek> {
        let form = || InvalidWeek::Form(text.chars().take(40).collect());
        let (year, week) = text.split_once("-W").ok_or_else(form)?;
        let digits = |part: &str, len| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(week, 2) {
            return Err(form());
        }
        Self::new(year.parse().map_err(|_| form())?, week.parse().map_err(|_| form())?)
    }
}

impl TryFrom<String> for Week {
    type Error = InvalidWeek;

    fn try_from(text: String) -> Result<Self, InvalidWeek> {
        text.parse()
    }
}

impl From<Week> for String {
    fn from(week: Week) -> Self {
        week.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0u64..109_000).prop_map(|n| day(1900, 1, 1) + Days::new(n))
    }

    proptest! {
        #[test]
        fn printed_weeks_are_read_back(at in any_day()) {
            let week = Week::of(at);
            prop_assert_eq!(week.to_string().parse(), Ok(week));
            let json = serde_json::to_string(&week).expect("a string");
            prop_assert_eq!(json, format!("\"{week}\""));
        }

        #[test]
        fn a_week_has_its_day_and_is_the_week_of_each_of_its_days(at in any_day()) {
            let week = Week::of(at);
            prop_assert!(week.days().contains(&at));
            prop_assert_eq!(week.monday().weekday(), Weekday::Mon);
            for each in week.days() {
                prop_assert_eq!(Week::of(each), week);
            }
        }

        #[test]
        fn next_and_previous_undo_each_other_and_are_seven_days_apart(at in any_day()) {
            let week = Week::of(at);
            if let Some(next) = week.next() {
                prop_assert_eq!(next.previous(), Some(week));
                prop_assert_eq!(next.monday(), week.monday() + Days::new(7));
                prop_assert!(week < next);
            }
            if let Some(previous) = week.previous() {
                prop_assert_eq!(previous.next(), Some(week));
            }
        }

        #[test]
        fn any_text_gives_a_week_or_an_error(text in "\\PC{0,12}") {
            let _ = text.parse::<Week>();
        }
    }

    #[test]
    fn years_begin_and_end_as_iso_8601_says() {
        for (date, week) in [
            (day(2020, 12, 31), "2020-W53"),
            (day(2021, 1, 3), "2020-W53"),
            (day(2021, 1, 4), "2021-W01"),
            (day(2024, 12, 30), "2025-W01"),
            (day(2026, 12, 31), "2026-W53"),
            (day(2024, 2, 29), "2024-W09"),
        ] {
            assert_eq!(Week::of(date).to_string(), week);
        }
    }

    #[test]
    fn week_53_is_only_in_the_years_that_have_it() {
        assert!("2020-W53".parse::<Week>().is_ok() && "2026-W53".parse::<Week>().is_ok());
        let fault = "2025-W53".parse::<Week>().expect_err("2025 has 52 weeks");
        assert_eq!(fault.to_string(), "the year 2025 has no week 53: its weeks are 1 to 52");
    }

    #[test]
    fn only_the_one_form_is_a_week() {
        for bad in [
            "",
            "2025",
            "2025-12",
            "2025-w12",
            "2025W12",
            "2025-W1",
            "2025-W012",
            "25-W12",
            "+025-W12",
            "2025-W+1",
        ] {
            assert!(matches!(bad.parse::<Week>(), Err(InvalidWeek::Form(_))), "{bad}");
        }
        assert!(matches!("2025-W00".parse::<Week>(), Err(InvalidWeek::Number { .. })));
        assert_eq!("1899-W52".parse::<Week>(), Err(InvalidWeek::Year(1899)));
        assert_eq!("2201-W01".parse::<Week>(), Err(InvalidWeek::Year(2201)));
    }

    #[test]
    fn weeks_end_with_the_years_they_are_made_for() {
        assert_eq!(Week::new(1900, 1).expect("the first").previous(), None);
        assert_eq!(Week::new(2200, 52).expect("the last").next(), None);
        assert_eq!(Week::of(NaiveDate::MIN), Week::new(1900, 1).expect("the first"));
        assert_eq!(Week::of(NaiveDate::MAX), Week::new(2200, 52).expect("the last"));
    }
}
