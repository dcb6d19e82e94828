//! The command line of the editors' tool. Not here: what the commands do (`newsroom::cmd`).
#![forbid(unsafe_code)]

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Parser, Subcommand};
use newsroom::cmd::{self, Outcome, check, counts, index};
use newsroom::counts::MOST;
use std::{path::PathBuf, process::ExitCode};

/// Checks an archive of articles, prepares it for the web, and counts its visits.
///
/// Exit codes: 0 no errors (warnings allowed), 1 the archive has errors, 2 wrong usage or could not run.
#[derive(Parser)]
#[command(name = "newsroom", version)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Report every problem of an archive, with its cure
    Check {
        /// The archive: the folder with portal.json
        dir: PathBuf,
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: check::Format,
        /// The day in Việt Nam after which no article may be dated [default: the real one]
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        today: Option<NaiveDate>,
    },
    /// Write the published form of an archive that has no errors
    Index {
        /// The archive: the folder with portal.json
        dir: PathBuf,
        /// Where to publish; an earlier published folder there is replaced
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// An earlier publication, to take smaller copies of pictures from [default: the one that is replaced]
        #[arg(long, value_name = "DIR")]
        earlier: Option<PathBuf>,
        /// The day in Việt Nam after which no article may be dated [default: the real one]
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        today: Option<NaiveDate>,
    },
    /// Write counts.json, the visits to the whole portal, from reports that GoAccess made of the web server's log
    ///
    /// What was counted is kept in counts-ledger.json beside it, so that figures go on when the log is rotated. The same
    /// report twice changes nothing, and no figure ever becomes smaller. docs/visits.md has a script for cron.
    Counts {
        /// A JSON report of GoAccess; several may be named
        #[arg(long, value_name = "REPORT", required = true, num_args = 1..)]
        goaccess: Vec<PathBuf>,
        /// The folder for counts.json, such as the published one; it must be there
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// The published archive, for the titles of articles [default: what lies in the folder of --out, if any does]
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// The path at which the portal lies on its server
        #[arg(long, value_name = "PATH", default_value = "/")]
        base: String,
        /// What an old portal had counted; added once, however often it is given
        #[arg(long, value_name = "NUMBER", default_value_t = 0, value_parser = clap::value_parser!(u64).range(..=MOST))]
        start: u64,
        /// The day in Việt Nam after which no report may be made [default: the real one]
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        today: Option<NaiveDate>,
    },
}

fn day(text: &str) -> Result<NaiveDate, &'static str> {
    // chrono would also take 2021-9-1; one form for all.
    let day = if text.len() == 10 { text.parse().ok() } else { None };
    day.ok_or("write a day as 2021-09-15, one that exists")
}

fn main() -> ExitCode {
    // clap itself ends the program with 2 for wrong usage.
    match run(Arguments::parse()) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Errors) => ExitCode::from(1),
        Err(error) => {
            eprintln!("newsroom: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments) -> Result<Outcome> {
    let given_or_real = |today: Option<NaiveDate>| today.map_or_else(cmd::today, Ok);
    match arguments.verb {
        Verb::Check { dir, format, today } => check::run(&dir, format, given_or_real(today)?),
        Verb::Index { dir, out, earlier, today } => {
            index::run(&dir, &out, earlier.as_deref(), given_or_real(today)?)
        }
        Verb::Counts { goaccess, out, data, base, start, today } => counts::run(counts::Asked {
            reports: &goaccess,
            out: &out,
            data: data.as_deref(),
            base: &base,
            start,
            today: given_or_real(today)?,
        }),
    }
}
