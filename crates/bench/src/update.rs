//! What one more article changes of a published portal: how many files must be copied to the server anew.
//!
//! Not here: publishing (`newsroom`).

use crate::{
    articles::Articles,
    content,
    table::{Table, count, kb},
};
use anyhow::{Context, Result, bail};
use newsroom::cmd::{Outcome, index};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Files that are new or have other bytes.
#[derive(Debug, Default)]
pub struct Changed {
    pub files: Vec<(PathBuf, u64)>,
    /// How many files there are in all.
    pub of: usize,
}

impl Changed {
    /// Their bytes.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|(_, bytes)| bytes).sum()
    }
}

/// Publishes `count` generated articles, adds the next, and publishes again.
pub fn measure(count: u32, scratch: &Path) -> Result<Changed> {
    let articles = Articles::generated(count + 1, count + 1);
    let (content, before, after) = (scratch.join("content"), scratch.join("before"), scratch.join("after"));
    for old in [&before, &after] {
        if old.exists() {
            fs::remove_dir_all(old).with_context(|| format!("cannot remove {}", old.display()))?;
        }
    }
    content::make(&content)?;
    let publish = |out: &Path| -> Result<()> {
        // The day after the last that a generated article has.
        let today = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).context("a day")?;
        match index::run(&content, out, None, today)? {
            Outcome::Clean => Ok(()),
            Outcome::Errors => bail!("the generated articles in {} have errors", content.display()),
        }
    };
    content::add(&content, &articles, 0..count)?;
    publish(&before)?;
    content::add(&content, &articles, count..count + 1)?;
    publish(&after)?;
    let mut changed = Changed::default();
    compare(&before, &after, Path::new(""), &mut changed)?;
    Ok(changed)
}

fn compare(before: &Path, after: &Path, below: &Path, changed: &mut Changed) -> Result<()> {
    let folder = after.join(below);
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let name = below.join(entry?.file_name());
        let path = after.join(&name);
        if path.is_dir() {
            compare(before, after, &name, changed)?;
            continue;
        }
        changed.of += 1;
        let new = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if fs::read(before.join(&name)).ok().as_ref() != Some(&new) {
            changed.files.push((name, new.len() as u64));
        }
    }
    Ok(())
}

/// The table of what changed.
pub fn table(articles: u32, changed: &Changed) -> Table {
    let mut table =
        Table::new(format!("One more article: {} articles, generated", count(articles)), &["", "KB"]);
    let mut files = changed.files.clone();
    files.sort();
    for (name, bytes) in &files {
        table.rows.push(vec![format!("`{}`", name.display()), kb(*bytes as usize)]);
    }
    let all = format!("{} of {} files", files.len(), count(changed.of as u64));
    table.rows.push(vec![all, kb(changed.bytes() as usize)]);
    table.note = "What of the published folder is new or has other bytes.".into();
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The limits are those of 100,000 articles, which `cargo xtask bench search --only update` publishes.
    #[test]
    fn one_more_article_changes_at_most_twelve_files() {
        let scratch = std::env::temp_dir().join(format!("bantin-update-{}", std::process::id()));
        let changed = measure(600, &scratch);
        let _ = fs::remove_dir_all(&scratch);
        let changed = changed.expect("two published folders");
        assert!(changed.files.len() <= 12 && changed.bytes() <= 400_000, "{changed:#?}");
        // Its own file, the entry and the manifest at least: else nothing was compared.
        assert!(changed.files.len() >= 3 && changed.of > 600, "{changed:#?}");
    }
}
