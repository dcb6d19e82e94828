//! `newsroom index DIR --out DIR`: the published form of an archive without errors.

use super::{Outcome, print};
use crate::{
    check,
    folder::Folder,
    publish::{Place, publish},
    report,
};
use anyhow::{Result, bail};
use archive::published::Entry;
use chrono::NaiveDate;
use std::path::Path;

/// Runs the command. An archive with errors is not published, and the old output stays. Copies of pictures are taken
/// from `earlier`, the folder of an earlier publication, where that is given, else from the one that is replaced.
///
/// # Errors
/// When the archive cannot be opened, the output cannot be written or may not be replaced, or `earlier` is no
/// publication.
pub fn run(dir: &Path, out: &Path, earlier: Option<&Path>, today: NaiveDate) -> Result<Outcome> {
    let checked = check::check(&Folder::open(dir)?, today);
    print(&report::text(&checked.problems))?;
    if checked.summary.errors > 0 {
        eprintln!("{}: not published", checked.summary);
        return Ok(Outcome::Errors);
    }
    let has_url = !checked.archive.portal.url.is_empty();
    let place = Place::prepare(out, dir)?;
    let is_published = |folder: &&Path| folder.join(Entry::FILE).is_file();
    if let Some(earlier) = earlier.filter(|earlier| !is_published(earlier)) {
        bail!("{} holds no {}, so it is no earlier publication", earlier.display(), Entry::FILE);
    }
    let earlier = earlier.or_else(|| Some(out).filter(is_published));
    let published = publish(checked.archive, place.folder(), earlier)?;
    place.take()?;
    print(&report::text(&published.problems))?;
    let mut summary = checked.summary;
    summary.warnings += published.problems.len();
    eprintln!("{summary}: published as {} files in {}", published.files, out.display());
    if !has_url {
        eprintln!(
            "portal.json does not say where the portal lies, so there are no feeds, no sitemap and no oEmbed; \
             write \"url\": \"https://…/\" into it, the whole address with a slash at its end"
        );
    }
    Ok(Outcome::Clean)
}
