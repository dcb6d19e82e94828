//! The commands, one file a verb. Each gives the exit code of the program: see [`Outcome`].

pub mod check;
pub mod counts;
pub mod index;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, NaiveDate, TimeDelta};
use std::{
    io::{self, Write},
    time::SystemTime,
};

/// How a command ended, when it could run at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// No errors; there may be warnings. Exit code 0.
    Clean,
    /// The archive has errors. Exit code 1.
    Errors,
}

/// Today in Việt Nam, by the clock of this machine: the only place of the program that reads it.
///
/// # Errors
/// When the clock stands outside the calendar.
pub fn today() -> Result<NaiveDate> {
    let now =
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).context("the clock stands before 1970")?;
    let utc = i64::try_from(now.as_secs()).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let vietnam = utc.and_then(|utc| utc.checked_add_signed(TimeDelta::hours(7)));
    match vietnam {
        Some(at) => Ok(at.date_naive()),
        None => bail!("the clock stands outside the calendar; set it, or use --today"),
    }
}

/// Writes to standard output; a reader that has seen enough (`| head`) is no fault.
fn print(text: &str) -> Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write the report"),
    }
}
