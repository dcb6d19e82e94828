//! Reading iCalendar (RFC 5545), as Outlook, Google Calendar and Thunderbird export it, for the native tool.
//!
//! Lenient: every fault is reported with its line and its cure; a faulty event is left out and the others
//! stay. Bounded: no text makes it panic or work without end. What a public calendar must not show is not
//! read: private events (CLASS), e-mail addresses, addresses of meetings (URL), and what VALARM says.
//!
//! Supported: folded lines, TZID by IANA and Windows names or by the offset of VTIMEZONE, UTC, times without
//! zone (Việt Nam), whole days, DURATION; RRULE with DAILY to YEARLY, RDATE, EXDATE, RECURRENCE-ID,
//! STATUS:CANCELLED. Not: rules by hour, week number or day of the year, EXRULE, periods in RDATE,
//! RANGE=THISANDFUTURE; each is a fault.

mod calendar;
mod fault;
mod line;
mod reader;
mod rule;
#[cfg(test)]
mod tests;
mod time;

pub use calendar::Calendar;
pub use fault::Fault;
pub use reader::read;
