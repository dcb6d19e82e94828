//! The only place that knows what time it is.

use archive::Moment;

/// Now, in whole seconds since 1970-01-01T00:00:00Z, as the reader's device has it.
#[expect(clippy::cast_possible_truncation, reason = "a clock beyond 292 billion years")]
pub(crate) fn now() -> i64 {
    (js_sys::Date::now() / 1000.0).floor() as i64
}

/// Today in Việt Nam. A device whose clock is beyond the years 1900 to 2200 gets the first day of 1970.
pub(crate) fn today() -> chrono::NaiveDate {
    Moment::from_unix(now()).map_or_else(chrono::NaiveDate::default, Moment::day)
}
