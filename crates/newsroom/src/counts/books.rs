//! The two files of a folder that hold what was counted: the ledger, and the figures made of it.
//!
//! The ledger is the truth and written first. Both are replaced in one step each, and one run waits for another, so
//! that none works on what the other is about to replace. What cannot be read is never written over: whoever counts
//! from nothing after years would not notice for weeks.

use super::{Ledger, Report, Titles};
use anyhow::{Context, Result, bail};
use archive::{Counts, counts::InvalidCounts};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Names that may stand in a published folder because of counting: `newsroom index` lets them be.
pub(crate) const FILES: [&str; 4] = [Counts::FILE, Ledger::FILE, NEW_COUNTS, NEW_LEDGER];
/// What must outlive a new publication.
pub(crate) const KEPT: [&str; 2] = [Ledger::FILE, Counts::FILE];

const NEW_COUNTS: &str = ".counts.json.new";
const NEW_LEDGER: &str = ".counts-ledger.json.new";

/// The files of one folder, for one run.
pub struct Books {
    folder: PathBuf,
    ledger: Option<Ledger>,
    /// Held until the end of the run; the system lets go of it however that comes.
    _turn: Option<File>,
}

impl Books {
    /// Waits until no other run works in the folder, and opens the files.
    ///
    /// # Errors
    /// When the folder cannot be opened, a file in it cannot be read, or the figures are there and their ledger is not.
    pub fn open(folder: &Path) -> Result<Self> {
        let turn = turn(folder)?;
        let counts = read(&folder.join(Counts::FILE), |bytes| match Counts::from_json(bytes) {
            Ok(counts) => Ok(counts),
            Err(e @ InvalidCounts::OtherFormat(_)) => {
                bail!("{e}; run the newsroom that wrote it, or a newer one")
            }
            Err(e) => bail!("{e}; move it away, and the next run makes it anew from {}", Ledger::FILE),
        })?;
        let ledger = read(&folder.join(Ledger::FILE), |bytes| {
            #[derive(Deserialize)]
            struct Version {
                format: u32,
            }
            let cure = "put it back from a copy; what was counted is nowhere else";
            let Version { format } = serde_json::from_slice(bytes).context(cure)?;
            if format != Ledger::FORMAT {
                bail!(
                    "it has the format {format}, and this newsroom reads {}; run a newer one",
                    Ledger::FORMAT
                );
            }
            serde_json::from_slice::<Ledger>(bytes).context(cure)
        })?;
        if let (Some(counts), None) = (&counts, &ledger) {
            bail!(
                "{} is there and {}, of which it was made, is not: put that back from a copy, or, to begin anew, move \
                 the figures away and run with --start {}",
                folder.join(Counts::FILE).display(),
                Ledger::FILE,
                counts.total.saturating_sub(counts.today.visitors)
            );
        }
        Ok(Self { folder: folder.to_owned(), ledger, _turn: turn })
    }

    /// Takes reports in, the oldest first, and writes both files anew, with these titles.
    ///
    /// # Errors
    /// When a file cannot be written; then the old one is still there.
    pub fn take(self, reports: &[Report], start: u64, titles: Option<&Titles>) -> Result<Counts> {
        let mut reports: Vec<&Report> = reports.iter().collect();
        // In the order of their last days, so that a day is complete before the next one closes it.
        reports.sort_by_key(|report| (report.days.last_key_value().map(|(day, _)| *day), report.time));
        let Some(first) = reports.first() else { bail!("there is no report; name one with --goaccess") };
        let mut ledger = self.ledger.unwrap_or_else(|| Ledger::new(first.time));
        ledger.start_from(start);
        for report in reports {
            ledger.take(report);
        }
        let counts = ledger.counts(titles);
        replace(&self.folder, NEW_LEDGER, Ledger::FILE, &ledger)?;
        replace(&self.folder, NEW_COUNTS, Counts::FILE, &counts)?;
        Ok(counts)
    }
}

/// Takes over what was counted from an old published folder into the one that replaces it.
pub(crate) fn carry_over(old: &Path, fresh: &Path) -> Result<()> {
    for name in KEPT {
        match fs::copy(old.join(name), fresh.join(name)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => {
                return Err(e).with_context(|| format!("cannot take over {}", old.join(name).display()));
            }
            _ => {}
        }
    }
    Ok(())
}

/// None where the file is not there.
fn read<T>(path: &Path, parse: impl FnOnce(&[u8]) -> Result<T>) -> Result<Option<T>> {
    match fs::read(path) {
        Ok(bytes) => parse(&bytes).map(Some).with_context(|| format!("{} is left as it is", path.display())),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Written beside it and put there in one step, so that a reader gets the old file or the new one, and after a power
/// failure one of the two is whole. An unchanged file stays, and caches keep it.
fn replace(folder: &Path, fresh: &str, name: &str, value: &impl Serialize) -> Result<()> {
    let (fresh, place) = (folder.join(fresh), folder.join(name));
    let mut bytes = serde_json::to_vec(value).context("cannot write JSON")?;
    bytes.push(b'\n');
    if fs::read(&place).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    let written = File::create(&fresh).and_then(|mut file| {
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, &place)
    });
    if written.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    written.with_context(|| format!("cannot write {}; the old file is still there", place.display()))
}

/// Waits for this process's turn in the folder. The folder itself is locked, so that no file of a lock lies about. A file
/// system without locks has no turns: two runs at once are then the user's mistake.
#[cfg(unix)]
fn turn(folder: &Path) -> Result<Option<File>> {
    let file = File::open(folder).with_context(|| format!("cannot open the folder {}", folder.display()))?;
    match file.lock() {
        Err(e) if e.kind() != io::ErrorKind::Unsupported => {
            Err(e).with_context(|| format!("cannot lock the folder {}", folder.display()))
        }
        _ => Ok(Some(file)),
    }
}

#[cfg(not(unix))]
fn turn(folder: &Path) -> Result<Option<File>> {
    fs::read_dir(folder).with_context(|| format!("cannot open the folder {}", folder.display()))?;
    Ok(None)
}
