//! A year or a month, as readers ask for what was published in it.

use chrono::{Datelike, NaiveDate};
use std::{fmt, str::FromStr};

/// A year ("2025") or a month of a year ("2025-03"), by days in Việt Nam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i32,
    /// 1 to 12; none for the whole year.
    month: Option<u32>,
}

/// The years that have four digits: an address with any other is a slip.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=9999;

impl Period {
    /// `None` for a year outside 1000 to 9999 or a month outside 1 to 12.
    pub fn new(year: i32, month: Option<u32>) -> Option<Self> {
        let possible = YEARS.contains(&year) && month.is_none_or(|month| (1..=12).contains(&month));
        possible.then_some(Self { year, month })
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12; `None` for a whole year.
    pub fn month(self) -> Option<u32> {
        self.month
    }

    /// Whether a day lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        day.year() == self.year && self.month.is_none_or(|month| day.month() == month)
    }
}

/// As in addresses.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.month {
            Some(month) => write!(f, "{:04}-{month:02}", self.year),
            None => write!(f, "{:04}", self.year),
        }
    }
}

/// A text that is no [`Period`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a year is written as 2025, a month as 2025-03")]
pub struct InvalidPeriod;

impl FromStr for Period {
    type Err = InvalidPeriod;

    fn from_str(text: &str) -> Result<Self, InvalidPeriod> {
        let number = |part: &str, digits: usize| {
            let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| part.parse::<u32>().ok()).flatten().ok_or(InvalidPeriod)
        };
        let (year, month) = match text.split_once('-') {
            Some((year, month)) => (year, Some(number(month, 2)?)),
            None => (text, None),
        };
        let year = i32::try_from(number(year, 4)?).map_err(|_| InvalidPeriod)?;
        Self::new(year, month).ok_or(InvalidPeriod)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_printed_is_read(year in 0i32..11_000, month in proptest::option::of(0u32..14)) {
            if let Some(period) = Period::new(year, month) {
                prop_assert_eq!(period.to_string().parse(), Ok(period));
            }
        }

        #[test]
        fn any_text_is_a_period_or_none(text in "[0-9-]{0,9}|\\PC{0,8}") {
            if let Ok(period) = text.parse::<Period>() {
                prop_assert_eq!(period.to_string(), text);
            }
        }
    }

    #[test]
    fn a_year_has_all_its_days_and_a_month_its_own() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let period = |text: &str| text.parse::<Period>().expect("a period");
        assert!(period("2024").contains(day("2024-01-01")) && period("2024").contains(day("2024-12-31")));
        assert!(!period("2024").contains(day("2025-01-01")));
        assert!(
            period("2024-02").contains(day("2024-02-29")) && !period("2024-02").contains(day("2024-03-01"))
        );
        for wrong in ["", "24", "2024-2", "2024-13", "2024-00", "2024-03-01", "+024", "0999", "2024-"] {
            assert_eq!(wrong.parse::<Period>(), Err(InvalidPeriod), "{wrong}");
        }
    }
}
