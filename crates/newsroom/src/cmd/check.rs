//! `newsroom check DIR`: every problem of an archive, to standard output.

use super::{Outcome, print};
use crate::{check, folder::Folder, report};
use anyhow::Result;
use chrono::NaiveDate;
use std::path::Path;

/// How problems are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One line a problem, for people; the sum goes to standard error.
    #[default]
    Text,
    /// One JSON object with `problems` and `summary`, for programs.
    Json,
}

/// Runs the command.
///
/// # Errors
/// When the archive cannot be opened.
pub fn run(dir: &Path, format: Format, today: NaiveDate) -> Result<Outcome> {
    let checked = check::check(&Folder::open(dir)?, today);
    match format {
        Format::Text => print(&report::text(&checked.problems))?,
        Format::Json => print(&report::json(&checked.problems, checked.summary)?)?,
    }
    eprintln!("{}", checked.summary);
    Ok(if checked.summary.errors == 0 { Outcome::Clean } else { Outcome::Errors })
}
