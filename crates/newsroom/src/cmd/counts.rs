//! `newsroom counts --goaccess REPORT --out DIR`: the figures of the whole portal, from reports about the web server's log.

use super::Outcome;
use crate::counts::{Books, Report, Titles};
use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use routes::Base;
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

/// A report about a hundred thousand addresses has about 20 MB; more than this is another file.
const LARGEST: u64 = 256 << 20;

/// What the command is given.
pub struct Asked<'a> {
    /// Reports of GoAccess.
    pub reports: &'a [PathBuf],
    /// The folder of the two files.
    pub out: &'a Path,
    /// The published archive that names articles; without it, what lies in `out`.
    pub data: Option<&'a Path>,
    /// The path of the portal.
    pub base: &'a str,
    /// What an old portal had counted.
    pub start: u64,
    /// The day after which no report may be made.
    pub today: NaiveDate,
}

/// Runs the command. All reports are read before anything is written, so that a bad one changes nothing.
///
/// # Errors
/// When a report, a given archive or an earlier file cannot be read or trusted, or the new ones cannot be written.
pub fn run(Asked { reports, out, data, base, start, today }: Asked<'_>) -> Result<Outcome> {
    let base = Base::new(base);
    let reports = reports.iter().map(|path| read(path, &base, today)).collect::<Result<Vec<_>>>()?;
    let titles = match (data, Titles::of(data.unwrap_or(out))) {
        (Some(data), Ok(None)) => bail!("{} has no entry.json; name the published folder", data.display()),
        // Who asked for no titles can do without.
        (None, Err(error)) => {
            eprintln!("{error:#}; articles have no titles");
            None
        }
        (_, titles) => titles?,
    };
    let counts = Books::open(out)?.take(&reports, start, titles.as_ref())?;
    let (day, visitors) = (counts.today.day, counts.today.visitors);
    eprintln!("{day}: visitors {visitors}, in all {}, articles {}", counts.total, counts.articles.len());
    Ok(Outcome::Clean)
}

fn read(path: &Path, base: &Base, today: NaiveDate) -> Result<Report> {
    let shown = path.display();
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .with_context(|| format!("cannot read {shown}"))?;
    if bytes.len() as u64 > LARGEST {
        bail!("{shown} has more than 256 MB, so it is no report; name the file that `goaccess -o` wrote");
    }
    let report = Report::read(&bytes, base).with_context(|| shown.to_string())?;
    // It would be “today” until that day, and no later report could take that back.
    if report.time.day() > today {
        bail!(
            "{shown} was made on {}, which is to come; put this machine's clock right, and make it anew",
            report.time.day()
        );
    }
    Ok(report)
}
