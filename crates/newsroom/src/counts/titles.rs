//! What articles are called, from a published archive: the log of a web server knows addresses only.
//!
//! Not here: which articles are counted.

use anyhow::{Context, Result, bail};
use archive::{
    Slug,
    published::{Article, Bucket, Entry, FORMAT, bucket_of},
};
use serde::{Deserialize, de::DeserializeOwned};
use std::{
    cell::OnceCell,
    fs, io,
    path::{Path, PathBuf},
};

/// The titles of one published archive.
pub struct Titles {
    folder: PathBuf,
    entry: Entry,
    /// Read when first asked for.
    buckets: Vec<OnceCell<Option<Bucket>>>,
}

impl Titles {
    /// Those of the archive in this folder; `None` where there is none.
    ///
    /// # Errors
    /// When there is one that cannot be read.
    pub fn of(folder: &Path) -> Result<Option<Self>> {
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let path = folder.join(Entry::FILE);
        let bytes = match fs::read(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            read => read.with_context(|| format!("cannot read {}", path.display()))?,
        };
        let damaged = || format!("{} is no published archive", path.display());
        let Version { format } = serde_json::from_slice(&bytes).with_context(damaged)?;
        if format != FORMAT {
            bail!("{} has the format {format}, and this newsroom reads {FORMAT}", path.display());
        }
        let entry: Entry = serde_json::from_slice(&bytes).with_context(damaged)?;
        let buckets = entry.articles.iter().map(|_| OnceCell::new()).collect();
        Ok(Some(Self { folder: folder.to_owned(), entry, buckets }))
    }

    /// The title of an article; `None` where the archive has none of this name, or is just being replaced.
    pub(super) fn title(&self, slug: &Slug) -> Option<String> {
        let number = bucket_of(slug, self.buckets.len());
        let bucket =
            self.buckets.get(number)?.get_or_init(|| self.read(self.entry.articles[number].as_str()));
        let article: Article = self.read(bucket.as_ref()?.get(slug)?.as_str())?;
        Some(article.headline.title)
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_slice(&fs::read(self.folder.join(name)).ok()?).ok()
    }
}
