//! A moment in time and how Vietnamese readers read it.
//!
//! Days are days in Việt Nam. The country has kept UTC+7 without daylight saving since 1975, so a fixed
//! offset is right for every article there is and saves the browser a time zone database.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Timelike};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A moment, in whole seconds since 1970-01-01T00:00:00Z, between the years 1900 and 2200.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Moment(i64);

/// Why a text or number is not a [`Moment`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMoment {
    /// Not of the form of RFC 3339 at all.
    #[error("“{0}” is not a date; write it as 2021-09-11T10:21:00+07:00")]
    Form(String),
    /// The form is right but the calendar or the clock has no such value.
    #[error("“{0}” does not exist in the calendar")]
    NoSuchDay(String),
    /// Date and time are there, the offset is not.
    #[error("“{0}” has no offset; write +07:00 after the time")]
    NoOffset(String),
    /// Outside 1900–2200.
    #[error("“{0}” is outside the years 1900 to 2200")]
    OutOfRange(String),
}

/// Seconds between UTC and the day and clock of Việt Nam.
const VIETNAM: i32 = 7 * 3600;
/// 1900-01-01T00:00:00Z and 2201-01-01T00:00:00Z: a number outside is a fault, not an article.
const RANGE: std::ops::Range<i64> = -2_208_988_800..7_289_654_400;

impl Moment {
    /// From seconds since the epoch; `None` outside the years 1900 to 2200.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        RANGE.contains(&seconds).then_some(Self(seconds))
    }

    /// Seconds since the epoch.
    pub fn unix(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339 (`2021-09-11T10:21:00+07:00`), as JSON Feed demands.
    ///
    /// # Errors
    /// Says whether the form, the calendar day, the offset or the range is wrong.
    pub fn parse_rfc3339(text: &str) -> Result<Self, InvalidMoment> {
        let shown = || text.chars().take(40).collect::<String>();
        if let Ok(at) = DateTime::parse_from_rfc3339(text.trim()) {
            return Self::from_unix(at.timestamp()).ok_or_else(|| InvalidMoment::OutOfRange(shown()));
        }
        // It is wrong; the rest only finds out how, so that the editor is told the cure.
        let t = text.trim().as_bytes();
        let digits_at = |places: &[usize]| places.iter().all(|&i| t.get(i).is_some_and(u8::is_ascii_digit));
        let date_form =
            digits_at(&[0, 1, 2, 3, 5, 6, 8, 9]) && t.get(4) == Some(&b'-') && t.get(7) == Some(&b'-');
        if !date_form || (t.len() > 10 && !matches!(t[10], b'T' | b't' | b' ')) {
            return Err(InvalidMoment::Form(shown()));
        }
        if text.trim().get(..10).is_none_or(|day| day.parse::<NaiveDate>().is_err()) {
            return Err(InvalidMoment::NoSuchDay(shown()));
        }
        let time = text.trim().get(11..).unwrap_or("");
        let has_offset = time.ends_with(['Z', 'z']) || time.contains(['+', '-']);
        let time_form = digits_at(&[11, 12, 14, 15]) && t.get(13) == Some(&b':');
        match (t.len() == 10 || time_form, has_offset) {
            (true, false) => Err(InvalidMoment::NoOffset(shown())),
            (true, true) if digits_at(&[17, 18]) => Err(InvalidMoment::NoSuchDay(shown())),
            _ => Err(InvalidMoment::Form(shown())),
        }
    }

    /// Reads a date as people and programs write them on the way to RFC 3339: `2021-09-11`, `2021-09-11 10:21`,
    /// `2021-09-11T10:21:00.5+0700`. Without an offset it counts as Việt Nam's. By hand, because chrono's format strings
    /// cost kilobytes of wasm.
    pub fn parse_loosely(text: &str) -> Option<Self> {
        let mut rest = text.as_bytes();
        // The next number of so many digits, after a letter that must stand there.
        let mut number = |before: &[u8], digits: usize| -> Option<u32> {
            let (number, after) = match before {
                [] => rest,
                _ => rest.split_first().filter(|(first, _)| before.contains(first))?.1,
            }
            .split_at_checked(digits)?;
            let value =
                number.iter().try_fold(0, |sum, digit| Some(sum * 10 + char::from(*digit).to_digit(10)?))?;
            rest = after;
            Some(value)
        };
        let (year, month, day) = (number(b"", 4)?, number(b"-", 2)?, number(b"-", 2)?);
        let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        let mut clock = (0, 0, 0);
        if let Some(hour) = number(b"Tt ", 2) {
            clock = (hour, number(b":", 2)?, number(b":", 2).unwrap_or(0));
            if rest.first() == Some(&b'.') {
                let digits = rest[1..].iter().take_while(|digit| digit.is_ascii_digit()).count();
                rest = &rest[1 + digits..];
            }
        }
        let offset = match rest {
            b"" => i64::from(VIETNAM),
            b"Z" | b"z" => 0,
            [sign @ (b'+' | b'-'), hour @ (b'0'..=b'9'), one @ (b'0'..=b'9'), minutes @ ..] => {
                let minutes = std::str::from_utf8(minutes.strip_prefix(b":").unwrap_or(minutes)).ok()?;
                let minutes: i64 = if minutes.len() == 2 { minutes.parse().ok()? } else { return None };
                let hours = i64::from((hour - b'0') * 10 + (one - b'0'));
                (hours * 3600 + minutes * 60) * if *sign == b'-' { -1 } else { 1 }
            }
            _ => return None,
        };
        let (hour, minute, second) = clock;
        // A leap second is the last of its minute.
        let at = day.and_hms_opt(hour, minute, second.min(59))?.and_utc().timestamp();
        Self::from_unix(at - offset).filter(|_| second <= 60)
    }

    fn in_vietnam(self) -> NaiveDateTime {
        let at = DateTime::from_timestamp(self.0 + i64::from(VIETNAM), 0).unwrap_or_default();
        at.naive_utc()
    }

    /// The day in Việt Nam.
    pub fn day(self) -> NaiveDate {
        self.in_vietnam().date()
    }

    /// RFC 3339 with the offset of Việt Nam: `2021-09-11T10:21:00+07:00`, right for `<time datetime>`.
    pub fn rfc3339(self) -> String {
        let at = self.in_vietnam();
        format!("{}T{:02}:{:02}:{:02}+07:00", at.date(), at.hour(), at.minute(), at.second())
    }

    /// The same moment as a chrono value with the offset of Việt Nam.
    pub fn to_chrono(self) -> DateTime<FixedOffset> {
        let offset =
            FixedOffset::east_opt(VIETNAM).unwrap_or_else(|| unreachable!("seven hours are an offset"));
        DateTime::from_timestamp(self.0, 0).unwrap_or_default().with_timezone(&offset)
    }
}

/// As on Vietnamese state portals: `11/09/2021 10:21`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // By hand: chrono's format strings cost 12 KB of wasm.
        let at = self.in_vietnam();
        write!(f, "{:02}/{:02}/{} {:02}:{:02}", at.day(), at.month(), at.year(), at.hour(), at.minute())
    }
}

impl TryFrom<i64> for Moment {
    type Error = InvalidMoment;

    fn try_from(seconds: i64) -> Result<Self, InvalidMoment> {
        Self::from_unix(seconds).ok_or_else(|| InvalidMoment::OutOfRange(seconds.to_string()))
    }
}

impl From<Moment> for i64 {
    fn from(moment: Moment) -> Self {
        moment.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn moments_are_shown_in_the_time_of_viet_nam() {
        let at = Moment::parse_rfc3339("2021-09-11T03:21:00Z").expect("valid");
        assert_eq!(at.to_string(), "11/09/2021 10:21");
        assert_eq!(at.rfc3339(), "2021-09-11T10:21:00+07:00");
        let midnight = Moment::parse_rfc3339("2021-12-31T17:00:00Z").expect("valid");
        assert_eq!(midnight.day().to_string(), "2022-01-01");
    }

    #[test]
    fn dates_of_feeds_are_read_loosely() {
        let read = |text: &str| Moment::parse_loosely(text).map(|at| at.rfc3339());
        for same in
            ["2021-09-11T10:21", "2021-09-11 10:21:00", "2021-09-11T03:21:00.25Z", "2021-09-11t10:21:00+0700"]
        {
            assert_eq!(read(same).as_deref(), Some("2021-09-11T10:21:00+07:00"), "{same}");
        }
        assert_eq!(read("2021-09-11").as_deref(), Some("2021-09-11T00:00:00+07:00"));
        assert_eq!(read("2021-09-10T22:21:00-05:00").as_deref(), Some("2021-09-11T10:21:00+07:00"));
        for wrong in [
            "",
            "2021-02-30",
            "2021-9-1",
            "11/09/2021",
            "2021-09-11T25:00",
            "2021-09-11T10",
            "2021-09-11x",
            "2021-09-11T10:21:61Z",
            "2021-09-11+7",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn each_fault_of_a_date_is_named() {
        use InvalidMoment::{Form, NoOffset, NoSuchDay, OutOfRange};
        let fault = |text: &str| Moment::parse_rfc3339(text).expect_err(text);
        assert!(matches!(fault("2021-02-30T08:00:00+07:00"), NoSuchDay(_)));
        assert!(matches!(fault("2021-02-03T25:00:00+07:00"), NoSuchDay(_)));
        assert!(matches!(fault("2021-09-11T10:21:00"), NoOffset(_)));
        assert!(matches!(fault("2021-09-11"), NoOffset(_)));
        assert!(matches!(fault("11/09/2021"), Form(_)));
        assert!(matches!(fault(""), Form(_)));
        assert!(matches!(fault("2021-09-1\u{110}"), Form(_)));
        assert!(matches!(fault("0021-09-11T10:21:00+07:00"), OutOfRange(_)));
    }

    proptest! {
        #[test]
        fn printed_moments_are_read_back(seconds in RANGE) {
            let moment = Moment::from_unix(seconds).expect("in range");
            prop_assert_eq!(Moment::parse_rfc3339(&moment.rfc3339()), Ok(moment));
        }

        #[test]
        fn any_text_gives_a_moment_or_an_error(text in "\\PC{0,40}") {
            let _ = Moment::parse_rfc3339(&text);
            let _ = Moment::parse_loosely(&text);
        }

        #[test]
        fn what_is_right_is_read_loosely_too(
            text in "(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-5][0-9]:[0-6][0-9](\\.[0-9]{1,9})?(Z|[+-][01][0-9]:[0-5][0-9])",
        ) {
            if let Ok(moment) = Moment::parse_rfc3339(&text) {
                prop_assert_eq!(Moment::parse_loosely(&text), Some(moment));
            }
        }
    }
}
