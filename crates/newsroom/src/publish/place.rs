//! The place of the published folder: made beside it, put there in one step, the old one whole until then.
//!
//! Not here: what is written (`publish`).

use crate::counts;
use anyhow::{Context, Result, bail};
use archive::published::{CALENDAR_FILE, Entry, NEWS_SITEMAP_FILE, SITEMAP_FILE};
use std::{
    fs, io,
    path::{Path, PathBuf},
    process,
};

/// Names in a published folder, and those that systems put into every folder.
const OURS: [&str; 21] = [
    Entry::FILE,
    "article",
    "bucket",
    "calendar",
    CALENDAR_FILE,
    "chunk",
    "contents",
    "feed",
    "feeds",
    "home",
    "media",
    "oembed",
    "search",
    "sitemap",
    SITEMAP_FILE,
    NEWS_SITEMAP_FILE,
    "suggest",
    "week",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
];

/// A fresh folder beside the published one. Dropped without [`Place::take`], it is removed again.
pub struct Place {
    out: PathBuf,
    fresh: PathBuf,
    aside: PathBuf,
}

impl Place {
    /// Makes a fresh folder for `out`, and removes what killed runs left behind.
    ///
    /// # Errors
    /// When `out` is something that must not be replaced (a file, a folder with other things in it, the
    /// archive itself), or nothing can be written beside it.
    pub fn prepare(out: &Path, archive: &Path) -> Result<Self> {
        let out = resolve(out)?;
        let archive =
            fs::canonicalize(archive).with_context(|| format!("cannot open {}", archive.display()))?;
        if archive.starts_with(&out) {
            bail!("{} is or holds the archive; choose another folder with --out", out.display());
        }
        if out.starts_with(&archive) {
            bail!("{} is inside the archive; choose a folder outside with --out", out.display());
        }
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            bail!("{} is no folder that could be replaced; choose another with --out", out.display());
        };
        let name = name.to_string_lossy();
        sweep(parent, &name, &out)?;
        refuse_strangers(&out)?;
        let beside = |what: &str| parent.join(format!(".{name}-{what}-{}", process::id()));
        let (fresh, aside) = (beside("new"), beside("old"));
        fs::create_dir(&fresh).with_context(|| format!("cannot make the folder {}", fresh.display()))?;
        Ok(Self { fresh, aside, out })
    }

    /// The folder to write into.
    pub fn folder(&self) -> &Path {
        &self.fresh
    }

    /// Puts the fresh folder into its place and removes the old one.
    ///
    /// # Errors
    /// When it cannot be put there; then the old one is still, or again, in its place.
    pub fn take(self) -> Result<()> {
        let context = || format!("cannot put the published files into {}", self.out.display());
        // A run of `newsroom counts` in this moment is lost; the next one counts the same days again.
        counts::carry_over(&self.out, &self.fresh)?;
        // Where another run was faster, the place is taken by now, and its files are exchanged like old ones.
        if !self.out.exists() && fs::rename(&self.fresh, &self.out).is_ok() {
            return Ok(());
        }
        if !self.out.exists() {
            bail!("{}: the folder around it is gone or cannot be written", context());
        }
        // In one step where the system can: no reader, and no power failure, finds the place empty.
        if exchange(&self.fresh, &self.out).is_err() {
            fs::rename(&self.out, &self.aside).with_context(context)?;
            if let Err(e) = fs::rename(&self.fresh, &self.out) {
                fs::rename(&self.aside, &self.out).with_context(context)?;
                return Err(e).with_context(context);
            }
            // What cannot be removed now is swept by the next run.
            let _ = fs::remove_dir_all(&self.aside);
        }
        // After an exchange the old files are in the fresh folder, which goes when this is dropped.
        Ok(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.fresh);
    }
}

/// The whole path of a folder that need not be there yet.
fn resolve(out: &Path) -> Result<PathBuf> {
    if let Ok(there) = fs::canonicalize(out) {
        return Ok(there);
    }
    let Some(name) = out.file_name() else {
        bail!("{} is no name of a folder; choose another with --out", out.display());
    };
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).with_context(|| format!("cannot make the folder {}", parent.display()))?;
    let parent = fs::canonicalize(parent).with_context(|| format!("cannot open {}", parent.display()))?;
    Ok(parent.join(name))
}

fn refuse_strangers(out: &Path) -> Result<()> {
    let entries: Vec<String> = match fs::read_dir(out) {
        Ok(entries) => {
            entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(out).is_err() => return Ok(()),
        Err(e) => {
            return Err(e).with_context(|| format!("{} is not a folder that can be replaced", out.display()));
        }
    };
    // What was counted is carried over, wherever it stands.
    let entries: Vec<String> =
        entries.into_iter().filter(|name| !counts::FILES.contains(&name.as_str())).collect();
    if !entries.is_empty() && !out.join(Entry::FILE).is_file() {
        bail!(
            "{} holds files but no {}, so it was not published by newsroom and is not replaced; \
             choose another folder with --out, or empty it",
            out.display(),
            Entry::FILE
        );
    }
    // Somebody's own files beside ours would be gone with the old output.
    let mut strangers: Vec<&String> = entries.iter().filter(|name| !OURS.contains(&name.as_str())).collect();
    strangers.sort();
    if let Some(stranger) = strangers.first() {
        bail!(
            "{} also holds “{stranger}”, which newsroom did not publish and would remove; \
             choose another folder with --out, or move it out",
            out.display()
        );
    }
    Ok(())
}

/// Removes fresh and old folders of runs that are over; brings back an old one where a run was killed between
/// its two renames.
fn sweep(parent: &Path, name: &str, out: &Path) -> Result<()> {
    let entries = fs::read_dir(parent).with_context(|| format!("cannot list {}", parent.display()))?;
    let mut left: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    left.sort();
    for path in left {
        let file_name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(rest) = file_name.strip_prefix('.').and_then(|rest| rest.strip_prefix(name)) else {
            continue;
        };
        let (old, pid) = match (rest.strip_prefix("-new-"), rest.strip_prefix("-old-")) {
            (Some(pid), _) => (false, pid),
            (_, Some(pid)) => (true, pid),
            _ => continue,
        };
        let Ok(pid) = pid.parse::<u32>() else { continue };
        if pid != process::id() && runs(pid) {
            continue;
        }
        if old && !out.exists() && path.join(Entry::FILE).is_file() {
            fs::rename(&path, out).with_context(|| format!("cannot bring back {}", out.display()))?;
        } else {
            let _ = fs::remove_dir_all(&path);
        }
    }
    Ok(())
}

/// Whether a process runs. Where the system does not say (no /proc), none does: two runs at once for one
/// folder are then the user's mistake.
fn runs(pid: u32) -> bool {
    Path::new("/proc").join(pid.to_string()).exists()
}

#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
