//! The work calendar ("Lịch công tác"): iCalendar in, weeks out, and iCalendar again for other programs.
//!
//! [`Week`] and [`Event`] are what the browser shows; with the feature `ical`, [`ical::read`] makes them
//! from the file that Outlook, Google Calendar or Thunderbird export, and [`to_ical`] gives them back. Every time here is a clock time of
//! Việt Nam (UTC+7 without daylight saving since 1975); every day is a day there.
//!
//! Not here: what today is (time is an argument), words for readers, files.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod event;
#[cfg(feature = "ical")]
pub mod ical;
mod to_ical;
mod week;
mod when;

pub use event::Event;
pub use to_ical::to_ical;
pub use week::{InvalidWeek, Week};
pub use when::{Hours, InvalidWhen, When};

/// Years that days may lie in. What is outside is a slip of the keyboard, not an appointment, and an
/// endless rule ends here.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;
