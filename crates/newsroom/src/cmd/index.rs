//! `newsroom index DIR --out DIR`: the published form of an archive without errors.

use super::{Outcome, print};
use crate::{
    check,
    folder::Folder,
    publish::{Place, publish},
    report,
};
use anyhow::Result;
use chrono::NaiveDate;
use std::path::Path;

/// Runs the command. An archive with errors is not published, and the old output stays.
///
/// # Errors
/// When the archive cannot be opened, or the output cannot be written or may not be replaced.
pub fn run(dir: &Path, out: &Path, today: NaiveDate) -> Result<Outcome> {
    let checked = check::check(&Folder::open(dir)?, today);
    print(&report::text(&checked.problems))?;
    if checked.summary.errors > 0 {
        eprintln!("{}: not published", checked.summary);
        return Ok(Outcome::Errors);
    }
    let has_url = !checked.archive.portal.url.is_empty();
    let place = Place::prepare(out, dir)?;
    let files = publish(checked.archive, place.folder())?;
    place.take()?;
    eprintln!("{}: published as {files} files in {}", checked.summary, out.display());
    if !has_url {
        eprintln!(
            "portal.json does not say where the portal lies, so there are no feeds and no sitemap; \
             write \"url\": \"https://…/\" into it, the whole address with a slash at its end"
        );
    }
    Ok(Outcome::Clean)
}
